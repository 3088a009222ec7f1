"""Shocks: how often something was done before and after the episodes that a paper takes for starting points.

Reference: Tskhay & Costa Buranelli 2020, section Conceptualising Revisionism in Eurasia (two starting points). Reads
codings of `starting-point` and the episodes that they name. Returns the ratio of the rates with an exact interval
(`methods.before_after`). A rise says when, not why; a record that grows denser with the years rises by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from chaikhana.core.instances import YEAR
from chaikhana.methods.before_after import Change, rate_ratio
from chaikhana.study.codings import codings_on
from chaikhana.study.study import Study


def around_shocks(
    study: Study, framework: str, acts: Sequence[date], on: date, spans: Sequence[int]
) -> tuple[dict[int, tuple[tuple[str, Change], ...]], tuple[str, ...]]:
    """How acts changed around each starting point, as far as the day and the study's beginning allow.

    Parameters
    ----------
    acts : sequence of date
        The day of each act.
    spans : sequence of int
        Numbers of years to either side.

    Returns
    -------
    (dict, tuple of str)
        For each span the date of each starting point, as it is given, with the change; and the rows of the episodes.
    """
    coded = codings_on(study, framework, on, codes=("starting-point",))
    ids = [unit.partition(":")[2] for unit in coded["unit"] if unit.startswith("episodes:")]
    events = study.table("episodes").filter(pl.col("id").is_in(ids) & (pl.col("date") != "")).sort("date")
    found: dict[int, tuple[tuple[str, Change], ...]] = {}
    for years in spans:
        span, changes = timedelta(days=round(years * YEAR)), []
        for name, day in events.select("date", "date_latest").iter_rows():
            begins, ends = max(day - span, study.about.first_day), min(day + span, on)
            if begins < day < ends:
                before = sum(begins <= act < day for act in acts)
                after = sum(day <= act <= ends for act in acts)
                changes.append((name, rate_ratio(before, (day - begins).days, after, (ends - day).days)))
        found[years] = tuple(changes)
    return found, tuple(events["row"])


def told(found: Sequence[tuple[str, Change]]) -> str:
    """The changes in running text."""
    return (
        "; ".join(
            f"{day}: {change.before} before, {change.after} after, ratio "
            + (f"{change.ratio:.1f}" if change.ratio is not None else "not defined")
            + f" ({change.low:.1f} to {change.high:.1f})"
            for day, change in found
        )
        or "no shock so far"
    )
