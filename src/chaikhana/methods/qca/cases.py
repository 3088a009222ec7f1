"""Cases with calibrated scores: what a truth table is made from, read from a data frame and checked.

Reference: Ragin (2008), *Redesigning social inquiry: fuzzy sets and beyond*, University of Chicago Press, chapters 2 and 5. A
condition is crisp (0 or 1), fuzzy (from 0 to 1) or multi-value (whole numbers from 0). A blank, a dash, R's NA or Stata's dot
is missing, and never zero; `dc` (don't care) stands for either value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.errors import BadValueError, ComparisonError, UnknownNameError, shorten
from chaikhana.methods.qca.implicants import MOST_CONDITIONS
from chaikhana.methods.qca.terms import read_literal

Floats = NDArray[np.float64]
Kind = Literal["crisp", "fuzzy", "multi"]
MOST_VALUES = 20
"""Values that a multi-value condition may have; more are a count or a year that wants calibrating."""
HALF = 1e-9
MISSING = ("", "-", ".", "na", "nan")
EITHER = "dc"
FORBIDDEN = set("~*+{}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Scores of cases in conditions and in an outcome.

    Attributes
    ----------
    names : tuple of str
    conditions : tuple of str
    kinds : tuple of str
        Of each condition: crisp, fuzzy or multi.
    levels : tuple of int
        How many values each condition has; two, but for multi-value ones.
    scores : array, shape (cases, conditions)
        Not a number where either value will do: the case then stands in the rows of each.
    outcome : str
        As it is written: `Y`, `~Y` or `Y{2}`.
    result : array, shape (cases,)
        Membership in the outcome.
    notes : tuple of str
        What a reader should know of the data before what is found.
    dropped : tuple of str
        Cases left out because a score is missing.
    """

    names: tuple[str, ...]
    conditions: tuple[str, ...]
    kinds: tuple[Kind, ...]
    levels: tuple[int, ...]
    scores: Floats
    outcome: str
    result: Floats
    notes: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def braces(self) -> bool:
        """Whether terms are written `A{1}`, because some condition has more than two values."""
        return "multi" in self.kinds


def cases(
    frame: Any,
    outcome: str,
    conditions: Sequence[str],
    *,
    case: str | None = None,
    drop_missing: bool = False,
    first_row: int = 1,
) -> Cases:
    """Read cases from a data frame.

    Parameters
    ----------
    frame : polars.DataFrame, or what it can be made from (a pandas frame, a dictionary of columns)
        One row a case; a score may be a number or its text.
    outcome : str
        A column, or `~Y` for its negation, or `Y{2}` for one value of a multi-value outcome.
    conditions : sequence of str
        Columns.
    case : str, optional
        The column of names; the rows are numbered from 1 without.
    drop_missing : bool
        Leave out cases with a missing score rather than refuse them.
    first_row : int
        The number of the first row, for messages: 2 in a file with a header.

    Raises
    ------
    UnknownNameError
        If a column is not there.
    BadValueError
        If a score is missing, is no number, or lies outside its scale; if cases share a name.
    ComparisonError
        If there are no cases, or the outcome is the same in all of them.
    """
    table = frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(frame, strict=False)
    target, wanted = read_literal(outcome)
    chosen = _chosen(table, target, conditions, case)
    names = _names(table, case, first_row)
    columns = {name: _numbers(table[name], names, first_row) for name in (*chosen, target)}
    kept = _complete(columns, names, drop_missing, first_row)
    names, dropped = [names[i] for i in kept], [name for i, name in enumerate(names) if i not in set(kept)]
    if not names:
        raise ComparisonError(
            "There is no case" + (" in which no score is missing." if dropped else ": the table is empty.")
        )
    read = {name: np.array([values[i] for i in kept]) for name, values in columns.items()}
    kinds = {name: _kind(name, values, names) for name, values in read.items()}
    if np.isnan(read[target]).any():
        raise BadValueError(f"The outcome {target} is ‘{EITHER}’ in a case: only a condition can be so.")
    result, said = _result(target, wanted, read[target], kinds[target], "{" in outcome)
    if np.ptp(result) <= HALF:
        raise ComparisonError(
            f"Every case has {float(result[0]):g} in the outcome {said}: there is nothing to tell apart. "
            "Add cases in which it differs."
        )
    found = Cases(
        names=tuple(names),
        conditions=tuple(chosen),
        kinds=tuple(kinds[name] for name in chosen),
        levels=tuple(int(np.nanmax(read[name])) + 1 if kinds[name] == "multi" else 2 for name in chosen),
        scores=np.column_stack([read[name] for name in chosen]),
        outcome=said,
        result=result,
        dropped=tuple(dropped),
    )
    return replace(found, notes=_notes(found))


def negated(given: Cases) -> Cases:
    """The same cases with the negation of the outcome."""
    outcome = given.outcome[1:] if given.outcome.startswith("~") else f"~{given.outcome}"
    return replace(given, outcome=outcome, result=1 - given.result)


def chosen_cases(given: Cases, stays: Callable[[str], bool]) -> Cases:
    """The cases whose name is to stay."""
    kept = [i for i, name in enumerate(given.names) if stays(name)]
    return replace(
        given,
        names=tuple(given.names[i] for i in kept),
        scores=given.scores[kept],
        result=given.result[kept],
    )


def without_condition(given: Cases, condition: str) -> Cases:
    """The same cases without one condition."""
    kept = [i for i, name in enumerate(given.conditions) if name != condition]
    return replace(
        given,
        conditions=tuple(given.conditions[i] for i in kept),
        kinds=tuple(given.kinds[i] for i in kept),
        levels=tuple(given.levels[i] for i in kept),
        scores=given.scores[:, kept],
    )


def _chosen(table: pl.DataFrame, outcome: str, conditions: Sequence[str], case: str | None) -> list[str]:
    chosen = [name.strip() for name in conditions]
    for name in (*chosen, outcome, *([case] if case is not None else [])):
        if name not in table.columns:
            raise UnknownNameError("column", name, table.columns)
    if not chosen:
        raise BadValueError("Name at least one condition.")
    twice = sorted({name for name in chosen if chosen.count(name) > 1})
    if twice:
        raise BadValueError(f"The condition {twice[0]} is named twice.")
    for taken, what in ((outcome, "the outcome"), (case, "the name of the case")):
        if taken in chosen:
            raise BadValueError(f"{taken} is {what}; it cannot be a condition as well.")
    for name in chosen:
        if FORBIDDEN & set(name):
            raise BadValueError(
                f"The condition ‘{name}’ has one of ~ * + {{ }} in its name, which terms are written with. Rename it."
            )
    if len(chosen) > MOST_CONDITIONS:
        raise BadValueError(
            f"{len(chosen)} conditions are too many: at most {MOST_CONDITIONS} are searched, and few cases fill even 2^8 rows. "
            "Leave conditions out, or join those that go together."
        )
    return chosen


def _names(table: pl.DataFrame, case: str | None, first: int) -> list[str]:
    if case is None:
        return [str(i + 1) for i in range(table.height)]
    names = ["" if name is None else str(name).strip() for name in table[case].to_list()]
    seen: dict[str, int] = {}
    for row, name in enumerate(names, start=first):
        if not name:
            raise BadValueError(f"Row {row} has no name of a case in the column {case}. Give it one.")
        if name in seen:
            raise BadValueError(
                f"Rows {seen[name]} and {row} are both called ‘{shorten(name)}’. Each case is one row."
            )
        seen[name] = row
    return names


def _numbers(column: pl.Series, names: Sequence[str], first: int) -> list[float | None]:
    if column.dtype.is_numeric():
        return [
            _finite(float(value), column.name, place, names, first)
            if value is not None and value == value
            else None
            for place, value in enumerate(column.to_list())
        ]
    return [_number(value, column.name, place, names, first) for place, value in enumerate(column.to_list())]


def _number(value: object, column: str, place: int, names: Sequence[str], first: int) -> float | None:
    """What a cell says: a number, nothing (missing), or not a number (either value)."""
    text = "" if value is None else str(value).strip()
    if text.lower() in MISSING:
        return None
    if text.lower() == EITHER:
        return np.nan
    try:
        number = float(value) if isinstance(value, bool) else float(text.replace("_", "x"))
    except ValueError:
        raise BadValueError(
            f"Row {place + first}: {column} of {shorten(names[place])} is ‘{shorten(text)}’, which is no number. Scores are 0 or "
            "1, from 0 to 1 (with a decimal point), or whole numbers from 0; a missing one is left blank."
        ) from None
    return _finite(number, column, place, names, first)


def _finite(number: float, column: str, place: int, names: Sequence[str], first: int) -> float:
    if not np.isfinite(number):
        raise BadValueError(
            f"Row {place + first}: {column} of {shorten(names[place])} is ‘{number}’. A score is a finite number."
        )
    return number


def _complete(
    columns: Mapping[str, list[float | None]], names: Sequence[str], drop: bool, first: int
) -> list[int]:
    missing = {
        i: [column for column, values in columns.items() if values[i] is None] for i in range(len(names))
    }
    holes = [i for i, where in missing.items() if where]
    if holes and not drop:
        shown = "; ".join(f"row {i + first}, {names[i]}: {', '.join(missing[i])}" for i in holes[:5])
        more = f"; and {len(holes) - 5} more" if len(holes) > 5 else ""
        raise BadValueError(
            f"A score is missing in {len(holes)} of {len(names)} cases ({shown}{more}). Unknown is not zero: "
            "find it, leave the condition out, or leave the cases out (--drop-missing)."
        )
    return [i for i in range(len(names)) if not missing[i]]


def _kind(column: str, values: Floats, names: Sequence[str]) -> Kind:
    known = ~np.isnan(values)
    if not known.any():
        raise BadValueError(f"{column} is ‘{EITHER}’ (either value) in every case. Leave it out.")
    if not known.all():
        values, names = values[known], [name for name, is_known in zip(names, known, strict=True) if is_known]
    whole = values == np.round(values)
    low, high = int(values.argmin()), int(values.argmax())
    if values[low] < 0:
        raise BadValueError(_outside(column, names[low], values[low]))
    if whole.all():
        if values[high] >= MOST_VALUES:
            raise BadValueError(
                f"{column} of case {names[high]} is {values[high]:g}: a condition of more than {MOST_VALUES} values is raw data. "
                "Calibrate it first."
            )
        return "multi" if values[high] > 1 else "crisp"
    if values[high] > 1:
        part = int(np.flatnonzero(~whole)[0])
        if whole[values > 1].all():
            raise BadValueError(
                f"{column} mixes two scales: case {names[high]} has {values[high]:g} and case {names[part]} has "
                f"{values[part]:g}. It is either fuzzy (from 0 to 1) or multi-value (whole numbers)."
            )
        raise BadValueError(_outside(column, names[high], values[high]))
    return "fuzzy"


def _outside(column: str, name: str, value: float) -> str:
    return (
        f"{column} of case {shorten(name)} is {value:g}, outside 0 to 1. Calibrate raw values first: "
        "a score is a degree of membership."
    )


def _result(target: str, wanted: int, values: Floats, kind: Kind, with_value: bool) -> tuple[Floats, str]:
    if with_value:
        return (values == wanted).astype(float), f"{target}{{{wanted}}}"
    if kind == "multi":
        top = int(values.max())
        raise BadValueError(
            f"The outcome {target} has the values 0 to {top}. Say which of them is to be explained: {target}{{{top}}}."
        )
    return (values, target) if wanted == 1 else (1 - values, f"~{target}")


def _notes(given: Cases) -> tuple[str, ...]:
    notes = []
    if given.dropped:
        notes.append(f"Left out, since a score is missing: {', '.join(given.dropped)}.")
    kinds = set(given.kinds)
    if {"crisp", "fuzzy"} <= kinds:
        crisp = [name for name, kind in zip(given.conditions, given.kinds, strict=True) if kind == "crisp"]
        notes.append(
            f"{', '.join(crisp)}: only 0 and 1 beside fuzzy conditions; read as crisp sets. "
            "If more was known, calibrate it more finely."
        )
    for j, (name, kind) in enumerate(zip(given.conditions, given.kinds, strict=True)):
        column = given.scores[:, j]
        if np.nanmax(column) - np.nanmin(column) <= HALF:
            notes.append(f"{name} is {np.nanmax(column):g} in every case: it can tell none from another.")
        between = (
            [given.names[i] for i in np.flatnonzero(np.abs(column - 0.5) <= HALF)] if kind == "fuzzy" else []
        )
        if between:
            notes.append(
                f"{name} is exactly 0.5 in {', '.join(between)}: neither in nor out, so these belong to no row of the "
                "truth table; they still count in the fit."
            )
    between = [given.names[i] for i in np.flatnonzero(np.abs(given.result - 0.5) <= HALF)]
    if between:
        notes.append(f"The outcome is exactly 0.5 in {', '.join(between)}: neither in nor out.")
    return tuple(notes)
