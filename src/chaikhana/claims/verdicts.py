"""What a test of a claim found, and the verdict that follows.

What it is: one record for each thing tested (an actor, a year, a body) with its answer of yes, no or unknown and the rows that
decide it. All yes is *supported*, all no *contradicted*, some of each *mixed*; anything unknown among answers that otherwise
agree, or nothing tested, is *undetermined*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chaikhana.core.truth import Truth

SUPPORTED, CONTRADICTED, MIXED, UNDETERMINED = "supported", "contradicted", "mixed", "undetermined"
ORDER = (CONTRADICTED, MIXED, UNDETERMINED, SUPPORTED)  # in which they are read: what wants a look first


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing tested.

    Attributes
    ----------
    found : str
        What was found, for instance a count or a date.
    rows : tuple of str
        The rows that decide (``table:line``).
    """

    what: str
    holds: Truth
    found: str = ""
    rows: tuple[str, ...] = ()


def verdict(tested: Iterable[Point]) -> str:
    """The verdict on everything that was tested."""
    answers = {one.holds for one in tested}
    if {Truth.YES, Truth.NO} <= answers:
        return MIXED
    if answers == {Truth.YES}:
        return SUPPORTED
    return CONTRADICTED if answers == {Truth.NO} else UNDETERMINED


def rows_of(tested: Sequence[Point]) -> tuple[str, ...]:
    """Every row that decides, once each."""
    return tuple(dict.fromkeys(row for one in tested for row in one.rows))
