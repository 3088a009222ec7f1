"""The two-mode network of a study on a day: actors by bodies, status-weighted, and what each body counts.

What it is: the memberships of a day as two matrices, with the ties of which the day is open absent, and present; beside them
bounds of each body's depth (delegation and pooling, the two dimensions of international authority in Hooghe and Marks
2015, Review of International Organizations 10(3), 305–328, doi:10.1007/s11558-014-9194-4) and of how often it meets. The
weights of the statuses and the span of meetings are ours. Where design or meetings say nothing, the bounds are 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import FULL_STATUSES, INFORMAL_FORMS
from chaikhana.methods.interval_index import interval_index
from chaikhana.study.design import design_on
from chaikhana.study.membership import ties
from chaikhana.study.study import Study

Matrix = NDArray[np.float64]
# How close a tie each status is (ours). A partner of an informal body, which has no members in law, counts as a member.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys(FULL_STATUSES, 1.0),
        "associate": 0.5,
        **dict.fromkeys(("observer", "partner", "candidate", "signatory"), 0.25),
    }
)
YEARS_OF_MEETINGS = 5
# Whoever offers a seat or a chair does not lead for that (ours).
LEADING = ("founder", "dominant", "co-lead")


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoMode:
    """Actors by bodies on a day.

    Attributes
    ----------
    actors, bodies : tuple of str
        What the rows and columns are, in alphabetical order.
    low, high : array, shape (actors, bodies)
        How close each tie is, from 0 to 1, with the ties of which the day is open absent, and present.
    rows : mapping of str to tuple of str
        The membership rows of each actor.
    """

    actors: tuple[str, ...]
    bodies: tuple[str, ...]
    low: Matrix
    high: Matrix
    rows: Mapping[str, tuple[str, ...]]


def two_mode(study: Study, day: date, forms: Sequence[str], besides: Sequence[str] = ()) -> TwoMode:
    """The network of the bodies of some forms.

    Parameters
    ----------
    forms : sequence of str
        Which forms of body.
    besides : sequence of str
        Actors that belong to the network even without a tie.
    """
    shapes = study.table("bodies").select(body="id", form="form").filter(pl.col("form").is_in(list(forms)))
    pieces = [
        ties(study, [day], [status]).join(shapes, on="body").with_columns(weight=pl.lit(weight))
        for status, weight in WEIGHTS.items()
    ]
    partner = (pl.col("status") == "partner") & pl.col("form").is_in(INFORMAL_FORMS)
    held = (
        pl.concat(pieces)
        .with_columns(weight=pl.when(partner).then(1.0).otherwise("weight"))
        .group_by("actor", "body", maintain_order=True)
        .agg(
            low=pl.col("weight").filter(pl.col("holds") == Truth.YES.value).max().fill_null(0.0),
            high=pl.col("weight").max(),
            rows=pl.col("row"),
        )
        .sort("actor", "body")
    )
    actors = tuple(sorted({*held["actor"], *besides}))
    bodies = tuple(sorted(set(held["body"])))
    place = (
        pl.Series(actors, dtype=pl.String).search_sorted(held["actor"]).to_numpy(),
        pl.Series(bodies, dtype=pl.String).search_sorted(held["body"]).to_numpy(),
    )
    low, high = np.zeros((2, len(actors), len(bodies)))
    low[place], high[place] = held["low"], held["high"]
    rows = held.group_by("actor", maintain_order=True).agg(pl.col("rows").explode())
    return TwoMode(
        actors=actors,
        bodies=bodies,
        low=low,
        high=high,
        rows={actor: tuple(found) for actor, found in rows.iter_rows()},
    )


def depth(study: Study, day: date, bodies: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Bounds of the mean of delegation and pooling, from 0 to 1; 0 where neither applies.

    Returns
    -------
    (array, array)
        Shape (bodies,).
    """
    stated = design_on(study, day, ("delegation", "pooling")).rename({"attribute": "indicator"})
    index = interval_index(stated, ("body",), {name: (name,) for name in ("delegation", "pooling")})
    return _bounds(bodies, index, 0.0, 0.0)


def meeting_rate(study: Study, day: date, bodies: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Bounds of how often each body met in the last years, as a share of the most frequent among them.

    The study lists the meetings that its sources name and is no register: a body without one may have met as often as any.

    Returns
    -------
    (array, array)
        Shape (bodies,), from 0 to 1.
    """
    since = date(day.year - YEARS_OF_MEETINGS, day.month, min(day.day, 28))
    counted = (
        study.table("meetings")
        .filter(
            (pl.col("date_earliest") > since)
            & (pl.col("date_latest") <= day)
            & pl.col("body").is_in(list(bodies))
        )
        .group_by("body", maintain_order=True)
        .agg(low=pl.len().cast(pl.Float64))
        .with_columns(low=pl.col("low") / pl.col("low").max())
        .with_columns(high=pl.col("low"))
    )
    return _bounds(bodies, counted, 0.0, 1.0)


def led_by(study: Study, day: date, actors: Sequence[str]) -> tuple[str, ...]:
    """The bodies that any of `actors` leads or has founded, as far as the day is not ruled out; hosts do not lead."""
    found = study.on("leads", day).filter(
        (pl.col("holds") != Truth.NO.value)
        & pl.col("actor").is_in(list(actors))
        & pl.col("kind").is_in(list(LEADING))
    )
    return tuple(sorted(set(found["body"])))


def _bounds(bodies: Sequence[str], found: pl.DataFrame, low: float, high: float) -> tuple[Matrix, Matrix]:
    """The bounds of each body in the order given, and those for bodies that were not found."""
    names = pl.DataFrame({"body": list(bodies)}, schema={"body": pl.String})
    joined = names.join(found, on="body", how="left", maintain_order="left")
    return joined["low"].fill_null(low).to_numpy(), joined["high"].fill_null(high).to_numpy()
