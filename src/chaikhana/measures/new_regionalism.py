"""New regionalism: whether a body creates trade, is deep, and holds states of unlike weight, as far as its design and members
tell.

Reference: Talka 2018, section 2.1.3, after Burfisher and others. Reads design and memberships. Returns bounds of each mark.
A common external tariff stands for trade diverted, delegation and binding decisions for depth, a power among the members
for unlike weight; all three stand-ins are ours. The fourth mark, openness, is a measure of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import Chosen, at_least, narrowed
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import FULL_STATUSES
from chaikhana.study.design import design_on
from chaikhana.study.study import Study

TARIFF = "common-external-tariff"
DEPTH = ("binding-decisions", "delegation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is known of three marks of a body.

    Attributes
    ----------
    tariff : Bounds, optional
        Of a common external tariff; none where it does not apply.
    depth : Bounds, optional
        The mean of delegation and binding decisions.
    powers, members : int
        Powers and other outsiders of interest among the full members, and all full members.
    """

    tariff: Bounds | None
    depth: Bounds | None
    powers: int
    members: int
    rows: tuple[str, ...]


def marks(study: Study, on: date, bodies: Sequence[str]) -> dict[str, Marks]:
    """The marks of each living body of those named, on a day."""
    stated = design_on(study, on, (TARIFF, *DEPTH)).filter(pl.col("body").is_in(bodies))
    full = study.on("memberships", on).filter(
        (pl.col("holds") == "yes") & pl.col("status").is_in(FULL_STATUSES) & pl.col("body").is_in(bodies)
    )
    inside = {body: set(actors) for body, actors in full.group_by("body").agg("actor").iter_rows()}
    outsiders = {*study.about.powers, *study.about.others}
    found = {}
    for (body,), group in stated.group_by(["body"], maintain_order=True):
        ends = {
            row["attribute"]: Bounds(low=row["low"], high=row["high"])
            for row in group.filter(pl.col("low").is_not_null()).iter_rows(named=True)
        }
        deep = [ends[one] for one in DEPTH if one in ends]
        name = str(body)
        found[name] = Marks(
            tariff=ends.get(TARIFF),
            depth=Bounds(
                low=sum(one.low for one in deep) / len(deep), high=sum(one.high for one in deep) / len(deep)
            )
            if deep
            else None,
            powers=len(outsiders & inside.get(name, set())),
            members=len(inside.get(name, ())),
            rows=tuple(dict.fromkeys(row for rows in group["rows"] for row in rows)),
        )
    return found


def answers(found: Marks | None, least: float, chosen: Chosen) -> dict[str, Truth]:
    """Whether a body creates trade, is deep, and holds states of unlike weight; unknown where nothing is known of it.

    Parameters
    ----------
    least : float
        From which value on a grade counts, 0 to 1.
    chosen : mapping
        Choices, of which `unknowns` is read.
    """
    if found is None:
        return dict.fromkeys(("trade creating", "deep", "heterogeneous"), Truth.UNKNOWN)
    mixed = Truth.YES if found.powers else Truth.NO
    return {
        "trade creating": ~at_least(narrowed(found.tariff, chosen), least) if found.tariff else Truth.UNKNOWN,
        "deep": at_least(narrowed(found.depth, chosen), least) if found.depth else Truth.UNKNOWN,
        "heterogeneous": mixed if found.members else Truth.UNKNOWN,
    }
