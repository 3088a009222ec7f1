"""Dates as sources give them, and periods that answer yes, no or unknown.

What it is: the part of EDTF (ISO 8601-2:2019, level 1; and of level 2 the sets ``[1995..]``, ``[..1995]`` and
``[1995..1997]``) that a study of institutions needs. A date stands for the days that it may be; a period is half open.
Ours: ``~`` and ``?`` widen a date by one unit of its own precision on either side, since the standard gives no width.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError, shorten

OPEN = ".."
FIRST_DAY = date(1, 1, 1)
LAST_DAY = date(9999, 12, 31)
_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[~?%])?")
_SET = re.compile(r"\[(?P<since>[0-9]{4}[0-9-]*)?\.\.(?P<until>[0-9]{4}[0-9-]*)?\]")
ALLOWED = "Allowed: 1996, 1996-04, 1996-04-26, 1996~, 1996?, [1996..] (1996 or later), [..1996], [1995..1996], or empty."


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date known to lie between two days, both included.

    Attributes
    ----------
    text : str
        The date as the source gives it.
    earliest, latest : datetime.date
        The first and the last day that it may be.
    """

    text: str
    earliest: date
    latest: date

    def __str__(self) -> str:
        return self.text

    @property
    def exact(self) -> bool:
        """Whether it is known to the day."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A half-open stretch of time: it holds from `start` until the day before `end`.

    Attributes
    ----------
    start, end : Moment
        `end` may be `FOREVER` (still so) or `SOME_TIME` (not known when).
    """

    start: Moment
    end: Moment

    def on(self, day: date) -> Truth:
        """Whether the period holds on `day`; unknown on the days that its ends leave open."""
        if day < self.start.earliest or day >= self.end.latest:
            return Truth.NO
        if day >= self.start.latest and day < self.end.earliest:
            return Truth.YES
        return Truth.UNKNOWN

    def meets(self, other: Period) -> Truth:
        """Whether the two periods share a day."""
        if self.end.latest <= other.start.earliest or other.end.latest <= self.start.earliest:
            return Truth.NO
        if self.start.latest < other.end.earliest and other.start.latest < self.end.earliest:
            return Truth.YES
        return Truth.UNKNOWN


FOREVER = Moment(text=OPEN, earliest=LAST_DAY, latest=LAST_DAY)
SOME_TIME = Moment(text="", earliest=FIRST_DAY, latest=LAST_DAY)


@lru_cache(maxsize=65536)
def parse_moment(text: str) -> Moment:
    """Read one EDTF date.

    Parameters
    ----------
    text : str
        ``1996``, ``1996-04``, ``1996-04-26``, any of them with ``~`` or ``?``, ``[1996..]``, ``[..1996]``,
        ``[1995..1996]``, ``..`` (open) or nothing (unknown).

    Raises
    ------
    BadValueError
        If the text is none of these, or no such day exists.
    """
    stripped = text.strip()
    if stripped == OPEN:
        return FOREVER
    if not stripped:
        return SOME_TIME
    if (bounded := _SET.fullmatch(stripped)) and any(bounded.groups()):
        since = parse_moment(bounded["since"] or "").earliest
        until = parse_moment(bounded["until"] or "").latest
        if until < since:
            raise BadValueError(f"‘{stripped}’ ends before it begins. {ALLOWED}")
        return Moment(text=stripped, earliest=since, latest=until)
    parts = _DATE.fullmatch(stripped)
    if parts is None:
        raise BadValueError(f"‘{shorten(stripped)}’ is not a date. {ALLOWED}{_suggest(stripped)}")
    year, month, day = (int(parts[name]) if parts[name] else None for name in ("year", "month", "day"))
    if 0 in (year, month, day):
        raise BadValueError(f"‘{stripped}’ is not a date: no year, month or day is numbered zero. {ALLOWED}")
    try:
        earliest = date(year or 1, month or 1, day or 1)
    except ValueError as error:
        raise BadValueError(f"‘{stripped}’ is not a day of the calendar ({error}). {ALLOWED}") from error
    latest = earliest if day else _last_day(earliest.year, month or 12)
    if parts["mark"]:
        earliest, latest = _widen(earliest, latest, month, day)
    return Moment(text=stripped, earliest=earliest, latest=latest)


def parse_period(start: str, end: str) -> Period:
    """Read a period from the text of its two ends; an empty start is unknown, ``..`` starts before all records."""
    beginning = parse_moment(start)
    if beginning is FOREVER:
        beginning = Moment(text=OPEN, earliest=FIRST_DAY, latest=FIRST_DAY)
    return Period(start=beginning, end=parse_moment(end))


def parse_day(text: str) -> date:
    """Read a full date (year, month, day), as an as-of question needs.

    A year or a month alone stands for its last day: *as of 2014* means once 2014 is over.

    Raises
    ------
    BadValueError
        If it is no date.
    """
    if not text.strip() or text.strip() == OPEN:
        raise BadValueError("A question needs a date, for instance 2014-03-27 or 2014 (its last day).")
    return parse_moment(text).latest


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _widen(earliest: date, latest: date, month: int | None, day: int | None) -> tuple[date, date]:
    """Both ends moved outwards by one unit of the date's own precision: a day, a month, a year."""
    if day:
        low = earliest - timedelta(days=1) if earliest > FIRST_DAY else FIRST_DAY
        return low, latest + timedelta(days=1) if latest < LAST_DAY else LAST_DAY
    step = 1 if month else 12
    first, last = earliest.year * 12 + earliest.month - 1 - step, latest.year * 12 + latest.month - 1 + step
    low = date(first // 12, first % 12 + 1, 1) if first >= 12 else FIRST_DAY
    return low, _last_day(last // 12, last % 12 + 1) if last // 12 <= LAST_DAY.year else LAST_DAY


def _suggest(text: str) -> str:
    """The days that were perhaps meant, in the right form."""
    parts = re.fullmatch(r"(\d{1,4})[-./](\d{1,2})(?:[-./](\d{1,4}))?", text)
    if parts is None:
        return ""
    first, second, third = parts.groups()
    if third is None:
        readings = [(first, second, "")] if len(first) == 4 else []
    elif len(first) == 4:
        readings = [(first, second, third)]
    else:
        readings = [(third, second, first), (third, first, second)] if len(third) == 4 else []
    days = ["-".join([year, *(part.zfill(2) for part in rest if part)]) for year, *rest in readings]
    real = [day for day in dict.fromkeys(days) if _is_date(day)]
    return f" Did you mean {' or '.join(real)}?" if real else ""


def _is_date(text: str) -> bool:
    parts = [int(part) for part in text.split("-")]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return parts[0] > 0
