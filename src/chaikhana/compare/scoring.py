"""Cases and their scores: raw values of a span, where each comes from, and the degree of membership that the anchors make of it.

Reads the indicators that the workbench carries, or the cells of a study's cross-table of openness and commitment. A case that
lacks a score is left out and named, since unknown is not zero; a value that the dataset knows for fewer than half of the
members is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import fmean, multimode

import polars as pl

from chaikhana.compare.definition import Comparison, Set
from chaikhana.compare.indicators import INDICATORS, carried, origins
from chaikhana.compare.regions import region, regions
from chaikhana.core.choices import filled
from chaikhana.errors import BadValueError, ComparisonError, UnknownNameError, shorten
from chaikhana.frameworks import talka_2018_open_regionalism as open_regionalism
from chaikhana.measures.cross_table import Cell
from chaikhana.methods import qca
from chaikhana.study.study import Study

SPAN = re.compile(r"^(\d{4})(?:-(\d{4}))?$")
KNOWN_LEAST = 0.5
"""From which share of the members on a value counts as known; ours."""
NAMED_ROWS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A raw value of a case.

    Attributes
    ----------
    value : float or None
        None where it is unknown.
    source : str
        The datasets with their versions, or the rows of the study.
    detail : str
        What it was made of: which years, how many members are known.
    """

    value: float | None
    source: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score of a case in a set, with all that it goes back to."""

    case: str
    set: str
    score: float | None
    raw: float | None
    indicator: str
    source: str
    detail: str
    method: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The cases of a comparison.

    Attributes
    ----------
    cases : Cases
        Those whose every score is known.
    scores : tuple of Score
        Of all cases, known or not.
    left_out : mapping of str to tuple of str
        Case to the sets in which it has no score.
    """

    cases: qca.Cases
    scores: tuple[Score, ...]
    left_out: Mapping[str, tuple[str, ...]]


Table = Mapping[str, Mapping[str, Raw]]
Cells = dict[int, tuple[Cell, ...]]


def scored(
    asked: Comparison,
    study: Study | None,
    *,
    periods: Sequence[str] = (),
    only: Sequence[str] = (),
    anchors: Mapping[str, tuple[float, ...]] | None = None,
    indicators: Mapping[str, str] | None = None,
    cells: Cells | None = None,
    told: bool = True,
) -> Scored:
    """The cases of a comparison, or of a variant of it.

    Parameters
    ----------
    study : Study, optional
        For cases that are a study's own.
    periods : sequence of str
        Other spans than those of the comparison.
    only : sequence of str
        Regions, or bodies and states, to keep; all without.
    anchors, indicators : mapping
        Set to the anchors or the indicator that replaces its own.
    cells : dict, optional
        Where the cells of a study are kept by year, so that variants do not compute them again.
    told : bool
        Whether to tell where each score comes from; a variant is only run.

    Raises
    ------
    BadValueError
        If a span cannot be read, or anchors do not rise or fall.
    UnknownNameError
        If a region or an indicator is not known.
    ComparisonError
        If no case has all its scores, or the outcome is the same in all.
    """
    named = {one.id: (indicators or {}).get(one.id, one.indicator) for one in asked.sets}
    table = _KINDS[asked.cases](
        tuple(dict.fromkeys(named.values())),
        periods or asked.periods,
        only,
        study,
        {} if cells is None else cells,
    )
    scores: list[Score] = []
    missing: dict[str, list[str]] = {}
    columns: dict[str, list[float]] = {}
    for one in asked.sets:
        raw = [table[case][named[one.id]] for case in table]
        made = one.calibrated(
            pl.Series([each.value for each in raw], dtype=pl.Float64).to_numpy(), (anchors or {}).get(one.id)
        )
        columns[one.id] = made.scores.tolist()
        for case, each in zip(table, raw, strict=True):
            if each.value is None:
                missing.setdefault(case, []).append(one.id)
        if told:
            scores += [
                _score(case, one, named[one.id], each, score, made)
                for case, each, score in zip(table, raw, columns[one.id], strict=True)
            ]
    frame = pl.DataFrame({"case": list(table), **columns}).filter(~pl.col("case").is_in(list(missing)))
    if frame.is_empty():
        raise ComparisonError(
            "No case has all its scores. Choose other spans or cases; --scores lists what is known."
        )
    return Scored(
        cases=qca.cases(frame, asked.outcome.id, [one.id for one in asked.condition], case="case"),
        scores=tuple(scores),
        left_out={case: tuple(sets) for case, sets in missing.items()},
    )


def span(text: str) -> tuple[int, int]:
    """The years of `1992-1999` or `2018`.

    Raises
    ------
    BadValueError
        If it is neither, or ends before it begins.
    """
    match = SPAN.match(text.strip().replace("–", "-"))
    if not match:
        raise BadValueError(f"‘{shorten(text)}’ is no span of years. Write 1992-1999, or one year.")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise BadValueError(f"The span {text} ends before it begins.")
    return first, last


def _score(case: str, one: Set, indicator: str, raw: Raw, score: float, made: qca.Calibrated) -> Score:
    return Score(
        case=case,
        set=one.id,
        score=None if raw.value is None else score,
        raw=raw.value,
        indicator=indicator,
        source=raw.source,
        detail=raw.detail,
        method=made.method,
        reason=made.reason,
    )


def _region_periods(
    indicators: Sequence[str], periods: Sequence[str], only: Sequence[str], _: Study | None, __: Cells
) -> Table:
    """Every region in every span: the mean of the years that are known, or the kind of most of them."""
    for name in indicators:
        if name not in INDICATORS:
            raise UnknownNameError("indicator of regions", name, INDICATORS)
    chosen = [region(name.strip()) for name in only] or list(regions().values())
    spans = [span(text) for text in periods]
    return {
        f"{one.id} {first}–{last}" if last > first else f"{one.id} {first}": {
            name: _of_span(name, one.id, first, last) for name in indicators
        }
        for one in chosen
        for first, last in spans
    }


@cache
def _of_span(name: str, where: str, first: int, last: int) -> Raw:
    """A region's value in a span: the mean of the years in which enough members are known, or the kind of most of them."""
    source = _sources()[name]
    all_years = [row for row in _yearly().get((name, where), ()) if first <= row[0] <= last]
    if not all_years:
        return Raw(value=None, source=source, detail=f"no value in {first}–{last}")
    low, high = min(row[2] for row in all_years), max(row[3] for row in all_years)
    years = [row for row in all_years if row[2] >= KNOWN_LEAST * row[3]]
    if not years:
        return Raw(value=None, source=source, detail=f"known for {low} of {high}, fewer than half")
    values = [row[1] for row in years]
    kinds = INDICATORS[name].kinds
    value = max(multimode(values)) if kinds else fmean(values)
    told = "most of" if kinds else "mean of"
    between = f"{years[0][0]} to {years[-1][0]}"
    detail = f"{told} {len(years)} years, {between}; known for at least {low} of {high}"
    return Raw(value=value, source=source, detail=detail)


@cache
def _yearly() -> dict[tuple[str, str], list[tuple[int, float, int, int]]]:
    """The carried values of each indicator and region: year, value, known, of."""
    found: dict[tuple[str, str], list[tuple[int, float, int, int]]] = {}
    for name, where, *row in carried().iter_rows():
        found.setdefault((name, where), []).append((row[0], row[1], row[2], row[3]))
    return found


@cache
def _sources() -> dict[str, str]:
    each = origins().with_columns(said=pl.col("dataset") + " " + pl.col("version"))
    return {
        str(key[0]): "; ".join(part["said"].to_list())
        for key, part in each.group_by(["indicator"], maintain_order=True)
    }


def _body_members(
    indicators: Sequence[str], periods: Sequence[str], only: Sequence[str], study: Study | None, cells: Cells
) -> Table:
    """Every pair of a body and a state that the framework of open regionalism compares, at the end of a year."""
    if study is None:
        raise BadValueError("These cases are those of a study: name one (--study).")
    known = [f"{stem}{end}" for stem in ("openness", "commitment") for end in ("", "-low", "-high")]
    for name in indicators:
        if name not in known:
            raise UnknownNameError("index of bodies and members", name, known)
    table: dict[str, dict[str, Raw]] = {}
    for text in periods:
        _, year = span(text)
        if year not in cells:
            cells[year] = _cells(study, date(year, 12, 31))
        for cell in cells[year]:
            if only and not {cell.body, cell.state} & {name.strip() for name in only}:
                continue
            rows = ", ".join(cell.rows[:NAMED_ROWS]) + (
                f" and {len(cell.rows) - NAMED_ROWS} more" if len(cell.rows) > NAMED_ROWS else ""
            )
            name = f"{cell.body}–{cell.state}" + (f" {year}" if len(periods) > 1 else "")
            table[name] = {index: _of_cell(cell, index, rows, year) for index in indicators}
    if not table:
        raise ComparisonError(
            "The study has no body whose openness and commitment can be compared in these years."
        )
    return table


def _cells(study: Study, day: date) -> tuple[Cell, ...]:
    shared = open_regionalism.share(study, day)
    facts = open_regionalism.gather(study, study.about.id, day, shared)
    return tuple(open_regionalism.cells_of(facts, filled(open_regionalism.CHOICES)))


def _of_cell(cell: Cell, index: str, rows: str, year: int) -> Raw:
    stem, _, end = index.partition("-")
    bounds = cell.openness if stem == "openness" else cell.commitment
    value = bounds.low if end == "low" else bounds.high if end == "high" else (bounds.low + bounds.high) / 2
    between = "" if bounds.exact else f"; known to lie from {bounds.low:.2f} to {bounds.high:.2f}"
    return Raw(value=value, source=rows, detail=f"at the end of {year}{between}")


_KINDS: Mapping[str, Callable[[Sequence[str], Sequence[str], Sequence[str], Study | None, Cells], Table]] = {
    "region-periods": _region_periods,
    "body-members": _body_members,
}
