"""Derived series as of a day: the last year, or window of years, that they tell of.

What it is: the as-of question that measures put to series. A series that ends before the day tells by its last row; none, where
the study does not carry it or it begins later, is the answer that nothing is known.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from chaikhana.study.study import Study


def newest(study: Study, name: str, on: date, **wanted: str) -> dict[str, Any] | None:
    """The last row of a yearly series up to a day, of those in which columns have the values wanted.

    Parameters
    ----------
    wanted : str
        Column to value: ``actor="region"``.
    """
    series = study.derived.get(name)
    if series is None:
        return None
    kept = series.frame.filter(pl.col("year") <= on.year, **wanted).sort("year")
    return kept.row(-1, named=True) if kept.height else None


def regimes_on(study: Study, on: date) -> tuple[dict[str, float], str]:
    """Electoral democracy of each actor, 0 to 1, in the newest window that has begun by a day, and of which years that is."""
    series = study.derived.get("regimes")
    if series is None:
        return {}, ""
    begun = series.frame.filter((pl.col("first") <= on.year) & pl.col("polyarchy").is_not_null())
    window = begun.filter(pl.col("first") == pl.col("first").max()).sort("actor")
    if not window.height:
        return {}, ""
    years = f"{window['first'][0]} to {window['last'][0]}"
    return dict(window.select("actor", "polyarchy").iter_rows()), years


def members_below(study: Study, on: date, electoral: float) -> tuple[int, int, str]:
    """How many members lie below a mean of electoral democracy, of how many that are known, and of which years that is."""
    every, years = regimes_on(study, on)
    known = [every[actor] for actor in study.about.members if actor in every]
    return sum(value < electoral for value in known), len(known), years
