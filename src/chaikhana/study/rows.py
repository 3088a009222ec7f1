"""Rows as the rules read them, and the fault at one of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chaikhana.core.dates import SOME_TIME, Moment, Period, parse_moment, parse_period
from chaikhana.errors import BadValueError, Fault
from chaikhana.study.reading import RawTable, Row

Tables = Mapping[str, RawTable]


def preferred(raw: RawTable) -> Iterator[Row]:
    """The rows that the default reading takes; rival statements are not held against the others."""
    return (row for row in raw.rows if row["prefer"] != "no")


def period(row: Row) -> Period:
    """The period of a row; of unknown ends where a date is broken, which has a fault of its own."""
    try:
        return parse_period(row["from"], row["to"])
    except BadValueError:
        return Period(start=SOME_TIME, end=SOME_TIME)


def moment(text: str) -> Moment:
    """A date; unknown where it is broken, which has a fault of its own."""
    try:
        return parse_moment(text)
    except BadValueError:
        return SOME_TIME


def at(
    raw: RawTable, row: Row, rule: str, message: str, remedy: str, *, column: str, value: str | None = None
) -> Fault:
    """The fault at a cell, or at a row, of a table."""
    return Fault(
        rule=rule, file=raw.file, row=row.line, column=column, value=value, message=message, remedy=remedy
    )
