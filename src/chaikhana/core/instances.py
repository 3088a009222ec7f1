"""Instances of a pattern, kept so that they can be counted again and again under other choices.

What it is: what a measure found, as plain numbers: how long ago, what a choice will test, and the rows behind. Counting
them costs microseconds, so a framework gathers once and counts a thousand times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from chaikhana.core.choices import Chosen

Test = tuple[object, ...]
Passes = Callable[[Test, Chosen], tuple[bool, bool]]
YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Instances:
    """Instances of a pattern up to a day.

    Attributes
    ----------
    ages : tuple of float
        How many years before the day each was.
    tests : tuple of tuple
        What the choices test in each.
    rows : tuple of tuple of str
        The rows behind each.
    """

    ages: tuple[float, ...]
    tests: tuple[Test, ...]
    rows: tuple[tuple[str, ...], ...]

    def count(
        self, years: float, passes: Passes, chosen: Chosen, most_rows: int
    ) -> tuple[int, int, tuple[str, ...]]:
        """How many of the last years surely, and perhaps, pass; the rows of those that surely do, up to a number."""
        sure = may = 0
        rows: dict[str, None] = {}
        for age, test, own in zip(self.ages, self.tests, self.rows, strict=True):
            if age <= years:
                low, high = passes(test, chosen)
                sure, may = sure + low, may + high
                if low and len(rows) < most_rows:
                    rows.update(dict.fromkeys(own))
        return sure, may, tuple(rows)


def instances(found: Iterable[tuple[date, Test, tuple[str, ...]]], on: date) -> Instances:
    """What was found up to a day: each with its day, its tests and its rows."""
    kept = [(day, test, rows) for day, test, rows in found if day <= on]
    return Instances(
        ages=tuple((on - day).days / YEAR for day, _, _ in kept),
        tests=tuple(test for _, test, _ in kept),
        rows=tuple(rows for _, _, rows in kept),
    )
