"""Whether a measure of the network means more than the sizes of its bodies and the number of its ties explain.

What it is: any measure of a day, taken again of studies whose ties were dealt out anew, each actor keeping as many ties of each
status as it has, and each body as many of each (`methods.rewiring`). Ours: statuses are dealt apart, and ties of which the day is
open stay open; where an actor is dealt two statuses in a body, the closer counts, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from chaikhana.core.dates import FIRST_DAY, LAST_DAY
from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError
from chaikhana.measures.catalogue import Asks, Measure, run
from chaikhana.methods.rewiring import rewired
from chaikhana.scenario.moves import key_of, rows_by_key
from chaikhana.scenario.over_draws import TAIL, Say, in_range
from chaikhana.study.membership import ties
from chaikhana.study.study import Study

DRAWS, MOST = 100, 10_000


def rewired_studies(study: Study, day: date, draws: int, seed: int) -> Iterator[Study]:
    """Studies with the ties of a day dealt out anew.

    Yields
    ------
    Study
        Its memberships hold, or may hold, for ever; so it is to be asked of that day alone.
    """
    held = ties(study, [day])
    classes = [frame for _, frame in held.group_by("status", "holds", maintain_order=True)]
    actors, bodies = (sorted(set(held[column])) for column in ("actor", "body"))
    place, spot = ({name: at for at, name in enumerate(names)} for names in (actors, bodies))
    samples = []
    for number, frame in enumerate(classes):
        incidence = np.zeros((len(actors), len(bodies)), dtype=np.bool_)
        for actor, body in frame.select("actor", "body").iter_rows():
            incidence[place[actor], spot[body]] = True
        samples.append(rewired(incidence, draws, seed + number))
    schema = study.frames["memberships"].schema
    for parts in zip(*samples, strict=True):
        rows = [
            _row(actors[i], bodies[j], frame.row(0, named=True))
            for frame, incidence in zip(classes, parts, strict=True)
            for i, j in zip(*np.nonzero(incidence), strict=True)
        ]
        frame = pl.DataFrame(rows, schema={name: schema[name] for name in rows[0]} if rows else {})
        blank = [pl.lit("", dtype=schema[name]).alias(name) for name in schema if name not in frame.columns]
        yield replace(
            study, frames={**study.frames, "memberships": frame.with_columns(blank).select(list(schema))}
        )


def _row(actor: str, body: str, like: Mapping[str, Any]) -> dict[str, Any]:
    """A tie of the class of another, which holds, or may hold, for ever."""
    sure = like["holds"] == Truth.YES.value
    return {
        "row": like["row"],
        "actor": actor,
        "body": body,
        "status": like["status"],
        "from_earliest": FIRST_DAY,
        "from_latest": FIRST_DAY if sure else LAST_DAY,
        "to_earliest": LAST_DAY,
        "to_latest": LAST_DAY,
    }


def beyond_size(
    entry: Measure,
    study: Study,
    day: date | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    say: Say = lambda *_: None,
) -> pl.DataFrame:
    """Each number of a measure beside what it is in rewired networks.

    Returns
    -------
    polars.DataFrame
        The columns that name a row of the measure, then column (which of its numbers), observed, expected (the mean),
        expected_low, expected_high (the middle 95 per cent), as_high and as_low (the share of networks, the observed one among
        them, in which it is as high, as low), beyond: ``high`` where as_high is 2.5 per cent or less, ``low`` where as_low is,
        else ``as size has it``; null where a number is missing.

    Raises
    ------
    BadValueError
        If the measure is not of a day, is not moved by memberships at all, or the number of draws cannot be.
    """
    if entry.asks is not Asks.DAY:
        raise BadValueError(f"The measure {entry.name} is of no day: a network of a day is rewired.")
    in_range(draws, MOST, "networks are rewired")
    on = day or study.about.last_day
    observed = run(entry, study, on).frame
    key = key_of(observed)
    numbers = [name for name, kind in observed.schema.items() if kind.is_numeric() and name not in key]
    found: list[dict[tuple[Any, ...], Any]] = []
    for again in rewired_studies(study, on, draws, seed):
        found.append(rows_by_key(run(entry, again, on).frame, key))
        say(len(found), draws)
    rows = []
    for place, row in rows_by_key(observed, key).items():
        same = [each.get(place) for each in found]
        for name in numbers:
            values = np.array([float(one[name]) for one in same if one and one[name] is not None])
            rows.append({**dict(zip(key, place, strict=True)), "column": name, **_beside(row[name], values)})
    if not rows:
        raise BadValueError(f"The measure {entry.name} has no number on {on}.")
    frame = pl.DataFrame(rows, infer_schema_length=None)
    if frame.select(((pl.col("as_high") == 1) & (pl.col("as_low") == 1)).fill_null(True).all()).item():
        raise BadValueError(
            f"Who is in which body does not move the measure {entry.name}: there is nothing to hold it against."
        )
    return frame


def _beside(value: Any, values: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, Any]:
    none = dict.fromkeys(("expected", "expected_low", "expected_high", "as_high", "as_low", "beyond"))
    if value is None or not len(values):
        return {"observed": None if value is None else float(value), **none}
    low, high = np.quantile(values, (TAIL, 1 - TAIL))
    as_high, as_low = (
        (1 + int(found.sum())) / (1 + len(values)) for found in (values >= value, values <= value)
    )
    return {
        "observed": float(value),
        "expected": float(values.mean()),
        "expected_low": float(low),
        "expected_high": float(high),
        "as_high": as_high,
        "as_low": as_low,
        "beyond": "high" if as_high <= TAIL else "low" if as_low <= TAIL else "as size has it",
    }
