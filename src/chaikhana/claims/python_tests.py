"""Tests of claims that SQL says badly: change points, rank trends, rates around an event.

What it is: a name, and a function from a study, a day and the words after the name to what was tested. A claim file names one
(`python = "phases-begin 2004 2017"`); a study's own folder can name these and no others, since a study is data
and is never executed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from chaikhana.claims.verdicts import Point
from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError
from chaikhana.measures.formats import formats
from chaikhana.measures.phases import own_acts, phases
from chaikhana.methods.before_after import rate_ratio
from chaikhana.methods.exact_tests import kendall_tau_b
from chaikhana.study.study import Study

Words = Sequence[str]
YEAR = 365.25


def phases_begin(study: Study, day: date, words: Words) -> tuple[Point, ...]:
    """Whether the region's own meetings and agreements change pace in these years: `phases-begin YEAR YEAR`.

    A year holds where it is the most probable change point, of as many as there are years; it is unknown where it lies in
    the years that hold a change with nine in ten of its probability, and not otherwise. Method: `methods.change_points`.

    Raises
    ------
    BadValueError
        If a word is no year.
    """
    years = [_whole(word, "a year") for word in words]
    acts = [act for act in own_acts(study, formats(study).frame) if act.year <= day.year]
    until = replace(study, about=study.about.model_copy(update={"ends": day.isoformat()}))
    found = phases(until, acts).get(("meetings-and-agreements", 2, len(years)))
    if found is None:
        return ()
    rows = tuple(row for act in acts for row in act.rows)
    starts = found.starts()[1:]
    told = ", ".join(map(str, starts))
    answers = []
    for number, year in enumerate(years):
        low, high = found.interval(number)
        holds = Truth.YES if year in starts else Truth.UNKNOWN if low <= year <= high else Truth.NO
        answers.append(Point(what=f"a change in {year}", holds=holds, found=f"changes in {told}", rows=rows))
    return tuple(answers)


def trend(study: Study, day: date, words: Words) -> tuple[Point, ...]:
    """Whether a derived series goes up or down with the years: `trend SERIES COLUMN up|down COLUMN=VALUE …`.

    By Kendall's rank correlation with the year: above 0.2 it rises, below -0.2 it falls, between them neither (ours).

    Raises
    ------
    BadValueError
        If there is no such series or column, or a word is none of these.
    """
    if len(words) < 3 or words[2] not in ("up", "down"):
        raise BadValueError("Write: trend SERIES COLUMN up|down COLUMN=VALUE …")
    name, column, direction, *conditions = words
    if name not in study.derived:
        return ()
    frame = study.derived[name].frame.with_row_index("line", offset=2)
    for condition in conditions:
        key, _, value = condition.partition("=")
        if key not in frame.columns:
            raise BadValueError(
                f"The series {name} has no column {key}. It has: {', '.join(frame.columns[1:])}."
            )
        frame = frame.filter(pl.col(key).cast(pl.String) == value)
    if column not in frame.columns or "year" not in frame.columns:
        raise BadValueError(
            f"The series {name} lacks {column} or year. It has: {', '.join(frame.columns[1:])}."
        )
    frame = frame.filter((pl.col("year") <= day.year) & pl.col(column).is_not_null()).sort("year")
    tau = kendall_tau_b(frame["year"].to_list(), frame[column].to_list()) if frame.height > 3 else None
    if tau is None:
        return ()
    signed = tau if direction == "up" else -tau
    return (
        Point(
            what=f"{name}.{column} goes {direction}, {frame['year'][0]}-{frame['year'][-1]}",
            holds=Truth.YES if signed > 0.2 else Truth.NO,
            found=f"rank correlation with the year {tau:.2f}",
            rows=tuple(f"derived/{name}:{line}" for line in frame["line"]),
        ),
    )


def rises_around(study: Study, day: date, words: Words) -> tuple[Point, ...]:
    """Whether acts of the region's states become more frequent after an episode: `rises-around EPISODE YEARS ACT …`.

    The rate of these acts in so many years after, over that in as many before, with an exact interval: above 1 it rises, below
    1 it does not, across 1 it is unknown. Method: `methods.before_after`.

    Raises
    ------
    BadValueError
        If a word is none of these.
    """
    if len(words) < 3:
        raise BadValueError("Write: rises-around EPISODE YEARS ACT …")
    event, years, kinds = words[0], _whole(words[1], "a number of years"), words[2:]
    episodes = study.table("episodes")
    at = episodes.filter((pl.col("id") == event) & (pl.col("date") != ""))
    if not at.height:
        return ()
    moment: date = at["date_latest"][0]
    dated = episodes.filter(
        pl.col("act").is_in(list(kinds))
        & (pl.col("date") != "")
        & (pl.col("date_latest") <= day)
        & pl.col("actors").list.set_intersection(list(study.about.members)).list.len().gt(0)
    )
    away = [(one - moment).days for one in dated["date_earliest"]]
    before = [row for row, days in zip(dated["row"], away, strict=True) if -years * YEAR <= days < 0]
    after = [row for row, days in zip(dated["row"], away, strict=True) if 0 <= days <= years * YEAR]
    if not before and not after:
        return ()
    change = rate_ratio(len(before), years * YEAR, len(after), min(years * YEAR, (day - moment).days or 1))
    holds = Truth.YES if change.low > 1 else Truth.NO if change.high < 1 else Truth.UNKNOWN
    return (
        Point(
            what=f"{' or '.join(kinds)}, {years} years around {event}",
            holds=holds,
            found=f"{len(before)} before, {len(after)} after, ratio {change.low:.1f} to {change.high:.1f}",
            rows=(at["row"][0], *before, *after),
        ),
    )


def _whole(word: str, what: str) -> int:
    if not word.isdigit():
        raise BadValueError(f"‘{word}’ is not {what}.")
    return int(word)


PYTHON_TESTS: Mapping[str, Callable[[Study, date, Words], tuple[Point, ...]]] = {
    "phases-begin": phases_begin,
    "trend": trend,
    "rises-around": rises_around,
}
