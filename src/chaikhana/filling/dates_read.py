"""Dates as people type them into spreadsheets, read as the study writes them, or not at all.

What it is: text of a study (EDTF) stays as it is; the common forms that can mean one day only are rewritten; a form that can
mean two days, or that leaves out the century, is a fault that names the readings. Excel counts days from the end of 1899:
such a number is a guess, since it may be any other number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from chaikhana.core.dates import OPEN, parse_moment
from chaikhana.errors import BadValueError

Order = Literal["", "dmy", "mdy"]
EXCEL_ZERO = date(1899, 12, 30)
DAY_NUMBERS = range(3_000, 80_000)  # of 1908 to 2119: smaller numbers are years
YEARS = range(1000, 2200)
_STILL = frozenset(
    ("present", "today", "ongoing", "still", "now", "current", "open", "to-date", "to-present", "still-so",
     "continues", "--", "–")
)  # fmt: skip
_UNKNOWN = frozenset(("unknown", "n/a", "na", "n.a.", "?", "-", "none", "not-known", "tbc", "tba"))
_ABOUT = re.compile(r"(?:c\.?|ca\.?|circa|about|around|approx\.?)\s*(\d{4}(?:-\d{2}){0,2})", re.IGNORECASE)
_SPAN = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4}|\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_SHORT = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})(?:[./](\d{1,2}))?|(\d{4})-(\d{1,2})-(\d{1,2})")
_FORMS = (
    ("%d %B %Y", 10), ("%d %b %Y", 10), ("%B %d %Y", 10), ("%b %d %Y", 10), ("%Y %B %d", 10), ("%d-%b-%Y", 10),
    ("%B %Y", 7), ("%b %Y", 7), ("%Y %B", 7), ("%b-%Y", 7), ("%Y%m%d", 10),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """How a cell of a date is meant.

    Attributes
    ----------
    text : str, optional
        The date as the study writes it; None where it cannot be told.
    how : str
        ``same``, ``form`` (another form of the one day), or the rule of the guess or fault.
    """

    text: str | None
    how: str
    message: str = ""
    remedy: str = ""


def read_date(value: object, *, end: bool, order: Order = "") -> Meant:
    """Read the cell of a date.

    Parameters
    ----------
    value
        What the cell holds: text, a number or a day.
    end : bool
        Whether the column may say *still so*.
    order : str
        How days written in figures alone are meant, where the user has said so.
    """
    if isinstance(value, date):
        return Meant(text=value.isoformat(), how="same")
    if isinstance(value, bool):
        return _fault("broken-date", "is a truth, not a date.", "Write 1996, 1996-04 or 1996-04-26.")
    if isinstance(value, (int, float)):
        return _number(float(value))
    text = str(value).strip()
    try:
        parse_moment(text)
        return Meant(text=text, how="same")
    except BadValueError as error:
        refused = str(error)
    word = re.sub(r"\s+", "-", text.lower())
    if end and word in _STILL:
        return Meant(text=OPEN, how="form")
    if word in _UNKNOWN:
        return Meant(
            text="",
            how="word-for-unknown",
            message="is taken for a date that is not known.",
            remedy="Leave it blank.",
        )
    if about := _ABOUT.fullmatch(text):
        return Meant(text=f"{about[1]}~", how="form")
    if text.isdigit() and int(text) in DAY_NUMBERS:
        return _number(float(text))
    return _figures(text, order) or _words(text) or _fault("broken-date", "cannot be read:", refused)


def _number(value: float) -> Meant:
    if value.is_integer() and int(value) in YEARS:
        return Meant(text=str(int(value)), how="same")
    if int(value) in DAY_NUMBERS:
        day = (EXCEL_ZERO + timedelta(days=int(value))).isoformat()
        message = f"is a number, taken for a spreadsheet's count of days: {day}."
        return Meant(
            text=day,
            how="day-number",
            message=message,
            remedy="Format the cell as a date, or write the date as text.",
        )
    if value.is_integer() and (full := _words(str(int(value)))):
        return full
    return _fault("broken-date", "is a number that is no year.", "Write 1996, 1996-04 or 1996-04-26.")


def _figures(text: str, order: Order) -> Meant | None:
    if parts := _NUMBERS.fullmatch(text):
        first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
        readings = {"dmy": _day(year, second, first), "mdy": _day(year, first, second)}
        days = [day for day in dict.fromkeys(readings.values()) if day]
        if order and readings[order]:
            return Meant(text=readings[order], how="form")
        if len(days) == 1:
            return Meant(text=days[0], how="form")
        if days:
            message = f"may be {days[0]} or {days[1]}."
            return _fault("two-readings", message, "Write year-month-day, or say --dates dmy or --dates mdy.")
        return _fault("no-such-day", "is no day of the calendar.", "Look at the source again.")
    if _SHORT.fullmatch(text):
        return _fault("no-century", "leaves out the century.", "Write the year in four figures: 1996-04-26.")
    if parts := _YEAR_FIRST.fullmatch(text):
        year, month, day = (
            int(part) if part else 0
            for part in (parts[1] or parts[4], parts[2] or parts[5], parts[3] or parts[6])
        )
        found = _day(year, month, day or 1)
        if found:
            return Meant(text=found if day else found[:7], how="form")
        return _fault("no-such-day", "is no day of the calendar.", "Look at the source again.")
    if parts := _SPAN.fullmatch(text):
        until = parts[2] if len(parts[2]) == 4 else parts[1][:2] + parts[2]
        between = f"[{parts[1]}..{until}]"
        remedy = f"Put its first day into ‘from’ and the first day after into ‘to’, or write {between} for some time between."
        return _fault("span-in-a-cell", "is a span of time.", remedy)
    return None


def _words(text: str) -> Meant | None:
    simple = re.sub(
        r"(\d)(?:st|nd|rd|th)\b", r"\1", " ".join(text.replace(",", " ").replace(".", " ").split())
    )
    for form, length in _FORMS:
        try:
            found = datetime.strptime(simple, form).date()
        except ValueError:
            continue
        return Meant(text=found.isoformat()[:length], how="form")
    return None


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _fault(rule: str, message: str, remedy: str) -> Meant:
    return Meant(text=None, how=rule, message=message, remedy=remedy)
