"""Organisations of the region's own: formal, without a certain outsider, and with fewer possible outsiders than members.

Reference: Talka 2018, section 1.1, and Costa Buranelli 2021, section 3, which look for an organisation that the region has made
itself. Takes the table of exclusivity, and reads bodies and design. Members are counted among the actors of
the study.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import Chosen, at_least, narrowed
from chaikhana.core.truth import Truth, all_of, any_of
from chaikhana.study.design import design_on
from chaikhana.study.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A formal organisation of the region's own.

    Attributes
    ----------
    coverage : Bounds
        The share of the region's states in it.
    fields : int
        On how many issues it works.
    pooling : Bounds
        0 to 1.
    """

    id: str
    coverage: Bounds
    fields: int
    pooling: Bounds
    rows: tuple[str, ...]


def own_organisations(study: Study, on: date, exclusive: pl.DataFrame) -> tuple[Own, ...]:
    """Those that stand on a day and hold two states of the region or more.

    Parameters
    ----------
    exclusive : polars.DataFrame
        The table of `exclusivity` on the same day.
    """
    kept = exclusive.filter(
        (pl.col("form") == "formal-organisation")
        & (pl.col("outside_low") == 0)
        & (pl.col("outside_high") < pl.col("region_high"))
        & (pl.col("region_high") > 1)
    )
    if not kept.height:
        return ()
    pooled = design_on(study, on, ["pooling"]).filter(pl.col("body").is_in(kept["body"].to_list()))
    pooling = {row["body"]: row for row in pooled.iter_rows(named=True)}
    issues = dict(study.table("bodies").select("id", "issues").iter_rows())
    return tuple(
        Own(
            id=row["body"],
            coverage=Bounds(low=row["coverage_low"], high=row["coverage_high"]),
            fields=len(issues[row["body"]]),
            pooling=Bounds(low=pooling[row["body"]]["low"] or 0.0, high=pooling[row["body"]]["high"] or 0.0),
            rows=(*row["rows"], *pooling[row["body"]]["rows"]),
        )
        for row in kept.iter_rows(named=True)
    )


def enough(
    owned: tuple[Own, ...], chosen: Chosen, coverage: float, breadth: float, pooling: float | None = None
) -> tuple[Truth, list[Own]]:
    """Whether one of them is wide and broad enough, and, if asked, pools decisions; and those that are, or may be.

    Parameters
    ----------
    chosen : mapping
        Choices, of which `unknowns` is read.
    coverage : float
        The least share of the region's states.
    breadth : float
        The least number of fields.
    pooling : float, optional
        The least grade of pooling, 0 to 1.
    """
    answers, kept = [], []
    for own in owned:
        tests = [at_least(narrowed(own.coverage, chosen), coverage)]
        tests.append(Truth.YES if own.fields >= breadth else Truth.NO)
        if pooling is not None:
            tests.append(at_least(narrowed(own.pooling, chosen), pooling))
        answers.append(all_of(tests))
        kept += [own] if answers[-1] is not Truth.NO else []
    return (any_of(answers) if answers else Truth.NO), kept
