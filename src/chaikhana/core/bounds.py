"""A number known only to lie between two others.

An index over partly unknown attributes is an interval, not a guess: unknowns are set to whichever end makes
the number smallest, then largest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chaikhana.core.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A closed interval; `low` equals `high` where nothing is unknown."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether the two ends meet."""
        return self.low == self.high

    def __str__(self) -> str:
        return f"{self.low:g}" if self.exact else f"{self.low:g} to {self.high:g}"


def count_yes(answers: Iterable[Truth]) -> Bounds:
    """How many answers are yes: at least the certain ones, at most these and the unknown."""
    certain = possible = 0
    for answer in answers:
        certain += answer is Truth.YES
        possible += answer in (Truth.YES, Truth.UNKNOWN)
    return Bounds(low=certain, high=possible)
