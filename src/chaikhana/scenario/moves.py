"""What a scenario moves: every measure and finding before and after, and the rules that turned findings.

What it is: the comparison of two studies that differ by a scenario. A measure's values are told apart by the columns that come
first in its table, as many as it takes; whatever stands behind them is compared. Values that are known within bounds give a
difference within bounds. Findings are compared step by step, so that a flip names the rules that flipped it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from chaikhana.core.choices import filled
from chaikhana.core.findings import Finding, Framework, Step
from chaikhana.core.measured import ROWS, Measured
from chaikhana.errors import ChaikhanaError
from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.frameworks.running import facts_of
from chaikhana.measures.catalogue import MEASURES, Asks, Measure, run
from chaikhana.scenario.laying import Laid
from chaikhana.study.study import Study

NEW, GONE, CHANGED = "new", "gone", "changed"
Say = Callable[[str], object]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A value of a measure that is another one under the scenario.

    Attributes
    ----------
    what : str
        ``new``, ``gone`` or ``changed``: whether there is such a row before and after.
    key : mapping
        Which row of the measure's table it is in.
    column : str
        Which of its values; for bounds the name without ``_low``. Empty where the whole row is new or gone.
    before, after : Any
        A number, a word, a list; a pair for bounds; none where there is no such row.
    difference : tuple of float or None
        The least and the greatest difference, after less before, that the bounds allow; none for what is no number.
    rows : tuple of str
        The study rows behind it, before and after.
    """

    measure: str
    what: str
    key: Values
    column: str
    before: Any
    after: Any
    difference: tuple[float, float] | None
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A rule that went otherwise."""

    rule: str
    locator: str
    before: Step | None
    after: Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A finding that is another one under the scenario.

    Attributes
    ----------
    before, after : Finding or None
        None where there is no such subject.
    flipped : bool
        Whether the verdict or the label is another; else only steps or the score moved.
    turns : tuple of Turn
        The rules whose outcome or value is another.
    """

    framework: str
    subject: str
    before: Finding | None
    after: Finding | None
    flipped: bool
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Everything that a scenario moves.

    Attributes
    ----------
    compared : mapping
        Each measure to the number of values that were compared; each framework to the number of findings.
    silent : mapping
        Measures and frameworks that could not be asked, each with the reason.
    """

    on: date
    moves: tuple[Move, ...]
    flips: tuple[Flip, ...]
    compared: Mapping[str, int]
    silent: Mapping[str, str]


def moved(
    laid: Laid,
    on: date | None = None,
    first: date | None = None,
    last: date | None = None,
    measures: Sequence[Measure] = MEASURES,
    frameworks: Sequence[Framework] = FRAMEWORKS,
    say: Say = lambda _: None,
) -> Moved:
    """Compare every measure and finding without and with the scenario.

    Parameters
    ----------
    on : date, optional
        The day of measures of a day and of findings; by default the study's last.
    first, last : date, optional
        The span of measures of a span; by default the study's.
    """
    day = on or laid.base.about.last_day
    moves: list[Move] = []
    flips: list[Flip] = []
    compared: dict[str, int] = {}
    silent: dict[str, str] = {}
    for entry in measures:
        say(f"Measuring {entry.name}")
        try:
            before = _measure_of_base(entry, laid.base, day, first, last)
            after = _measure(entry, laid.study, day, first, last) if laid.changes else before
        except ChaikhanaError as error:
            silent[entry.name] = str(error)
            continue
        compared[entry.name] = before.frame.height
        moves += differences(before, after)
    for one in frameworks:
        say(f"Judging by {one.name}")
        try:
            was = _findings_of_base(one, laid.base, day)
            is_now = _findings(one, laid.study, day) if laid.changes else was
        except ChaikhanaError as error:
            silent[one.name] = str(error)
            continue
        compared[one.name] = len(was)
        flips += _flips(one, was, is_now)
    return Moved(on=day, moves=tuple(moves), flips=tuple(flips), compared=compared, silent=silent)


def _measure(entry: Measure, study: Study, day: date, first: date | None, last: date | None) -> Measured:
    if entry.asks is Asks.DAY:
        return run(entry, study, day)
    return run(entry, study, None, first, last) if entry.asks is Asks.SPAN else run(entry, study)


def _findings(framework: Framework, study: Study, day: date) -> dict[str, Finding]:
    chosen = filled(framework.choices)
    return {
        subject: framework.judge(facts, chosen) for subject, facts in facts_of(framework, study, day).items()
    }


# Several scenarios are held against one study, which is measured and judged once.
_measure_of_base = lru_cache(maxsize=64)(_measure)
_findings_of_base = lru_cache(maxsize=16)(_findings)


def differences(before: Measured, after: Measured) -> list[Move]:
    """The values of a measure that are not the same in two of its tables."""
    if before.frame.drop(ROWS, strict=False).equals(after.frame.drop(ROWS, strict=False)):
        return []
    key = key_of(before.frame, after.frame)
    values = {
        name: columns for name, columns in _bounds(before.frame.columns).items() if name not in (*key, ROWS)
    }
    was, is_now = (rows_by_key(one.frame, key) for one in (before, after))
    found: list[Move] = []
    for place in dict.fromkeys((*was, *is_now)):
        one, other = was.get(place), is_now.get(place)
        if one is None or other is None or any(one[name] != other[name] for name in one if name != ROWS):
            found += _row_moves(before.name, dict(zip(key, place, strict=True)), values, one, other)
    return found


def key_of(*frames: pl.DataFrame) -> list[str]:
    """The fewest columns from the left that tell all rows of each frame apart; numbers with fractions tell nothing apart."""
    columns = [name for name in frames[0].columns if name != ROWS and not frames[0].schema[name].is_float()]
    for count in range(1, len(columns) + 1):
        if all(frame.select(columns[:count]).is_duplicated().any() is False for frame in frames):
            return columns[:count]
    return columns


def rows_by_key(frame: pl.DataFrame, key: Sequence[str]) -> dict[tuple[Any, ...], Values]:
    """Rows by their key; of those that nothing tells apart the last."""
    return {tuple(_plain(row[name]) for name in key): row for row in frame.iter_rows(named=True)}


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _row_moves(
    measure: str,
    key: Values,
    values: Mapping[str, tuple[str, ...]],
    was: Values | None,
    is_now: Values | None,
) -> Iterator[Move]:
    rows = tuple(dict.fromkeys((*((was or {}).get(ROWS) or ()), *((is_now or {}).get(ROWS) or ()))))
    if was is None or is_now is None:
        whole = {name: _pair(was or is_now or {}, columns) for name, columns in values.items()}
        yield Move(
            measure=measure,
            what=NEW if was is None else GONE,
            key=key,
            column="",
            before=None if was is None else whole,
            after=None if is_now is None else whole,
            difference=None,
            rows=rows,
        )
        return
    for name, columns in values.items():
        one, other = _pair(was, columns), _pair(is_now, columns)
        if one != other:
            yield Move(
                measure=measure,
                what=CHANGED,
                key=key,
                column=name,
                before=one,
                after=other,
                difference=_difference(one, other),
                rows=rows,
            )


def _bounds(columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What each value is called, to the columns that hold it; two bounds are one, called by what they bound."""
    found: dict[str, tuple[str, ...]] = {}
    for name in columns:
        stem, _, end = name.rpartition("_")
        low, high = (f"{stem}_low", f"{stem}_high") if stem else ("low", "high")
        if end in ("low", "high") and low in columns and high in columns:
            called = "value" if not stem else f"{stem} bounds" if stem in columns else stem
            found.setdefault(called, (low, high))
        else:
            found[name] = (name,)
    return found


def _pair(row: Values, columns: tuple[str, ...]) -> Any:
    return _plain(row[columns[0]]) if len(columns) == 1 else tuple(row[column] for column in columns)


def _difference(before: Any, after: Any) -> tuple[float, float] | None:
    ends = [one if isinstance(one, tuple) and len(one) == 2 else (one, one) for one in (before, after)]
    if any(isinstance(end, bool) or not isinstance(end, (int, float)) for pair in ends for end in pair):
        return None
    (low, high), (low_after, high_after) = ends
    return low_after - high, high_after - low


def _flips(framework: Framework, was: Mapping[str, Finding], is_now: Mapping[str, Finding]) -> Iterator[Flip]:
    for subject in dict.fromkeys((*was, *is_now)):
        before, after = was.get(subject), is_now.get(subject)
        turns = tuple(_turns(before, after))
        flipped = (
            before is None or after is None or (before.verdict, before.label) != (after.verdict, after.label)
        )
        if flipped or turns or (before and after and before.score != after.score):
            yield Flip(
                framework=framework.name,
                subject=subject,
                before=before,
                after=after,
                flipped=flipped,
                turns=turns,
            )


def _turns(before: Finding | None, after: Finding | None) -> Iterator[Turn]:
    if before is None or after is None:
        return
    was, is_now = ({step.rule: step for step in finding.steps} for finding in (before, after))
    for rule in dict.fromkeys((*was, *is_now)):
        one, other = was.get(rule), is_now.get(rule)
        if (one and (one.outcome, one.value)) != (other and (other.outcome, other.value)):
            there = one or other
            yield Turn(rule=rule, locator=there.locator if there else "", before=one, after=other)
