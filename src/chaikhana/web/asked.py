"""What an address asks for: its parameters, read and refused by name.

What it is: the whole state of a view is its address, so that it can be sent and cited. Each page says which parameters it
knows; one that it does not know, or a value that it cannot take, is told with what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import quote, urlencode

from chaikhana.core.dates import parse_day
from chaikhana.errors import BadValueError, UnknownNameError, shorten

LONGEST = 8_000  # characters of one value


class Asked:
    """The parameters of one request.

    Parameters
    ----------
    given : sequence of (str, str)
        As they stand in the address.
    """

    def __init__(self, given: Sequence[tuple[str, str]] = ()) -> None:
        self._given: dict[str, list[str]] = {}
        for name, value in given:
            if len(value) > LONGEST:
                raise BadValueError(
                    f"The parameter {shorten(name)} has {len(value):,} characters. At most {LONGEST:,} are read."
                )
            if value.strip():
                self._given.setdefault(name, []).append(value.strip())

    def only(self, names: Iterable[str]) -> None:
        """Refuse any parameter but these.

        Raises
        ------
        UnknownNameError
            Naming those that are known.
        """
        allowed = set(names)
        for name in self._given:
            if name not in allowed:
                raise UnknownNameError("parameter", name, allowed)

    def names(self) -> tuple[str, ...]:
        """The parameters that are given."""
        return tuple(self._given)

    def text(self, name: str, default: str = "") -> str:
        """The value of a parameter; the last where it is given twice."""
        return self._given.get(name, [default])[-1]

    def texts(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(self._given.get(name, ()))

    def word(self, name: str, allowed: Iterable[str], default: str = "") -> str:
        """A value that must be one of several.

        Raises
        ------
        UnknownNameError
            If it is not.
        """
        value = self.text(name)
        if not value:
            return default
        choices = list(allowed)
        if value not in choices:
            raise UnknownNameError(name, value, choices)
        return value

    def day(self, name: str, first: date, last: date, default: date | None = None) -> date:
        """A day between two; a year is its last day.

        Raises
        ------
        BadValueError
            If it is no date, or beyond what the study speaks of.
        """
        value = self.text(name)
        if not value:
            return default or last
        try:
            day = parse_day(value)
        except BadValueError as error:
            raise BadValueError(f"{name}: {error}") from error
        if value.isdigit() and day > last:  # the last year, which is not over yet
            day = last if int(value) == last.year else day
        if not first <= day <= last:
            raise BadValueError(
                f"{name}: the study speaks of {first} to {last}, not of {day}. Name a day within."
            )
        return day

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds.

        Raises
        ------
        BadValueError
            If it is none.
        """
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
            raise BadValueError(
                f"{name}: ‘{shorten(value)}’ is not a whole number from {least:,} to {most:,}."
            )
        return int(value)


def address(path: str, params: Mapping[str, object] | Sequence[tuple[str, object]] = ()) -> str:
    """A path with its parameters, empty ones left out."""
    pairs = params.items() if isinstance(params, Mapping) else params
    kept = [(name, str(value)) for name, value in pairs if value not in ("", None)]
    return quote(path, safe="/:.-_~") + (f"?{urlencode(kept)}" if kept else "")
