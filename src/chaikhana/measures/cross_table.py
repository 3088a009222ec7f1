"""Openness by commitment: what a set of pairs of body and state says of the two together.

Reference: Talka 2018, section 7.4, which proposes the cross-tabulation of openness and political commitment. Takes pairs
with bounds of both. Returns the difference of means, the table of two by two with Fisher's exact test, and a rank
correlation. Pairs of one body are not independent of one another, so a small probability is a hint at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import at_least
from chaikhana.core.truth import Truth
from chaikhana.methods.exact_tests import kendall_tau_b, spearman, table_test

CORRELATIONS = {"kendall": kendall_tau_b, "spearman": spearman}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A body and a state: how open the one is, and how committed to it the other."""

    body: str
    state: str
    openness: Bounds
    commitment: Bounds
    rows: tuple[str, ...]


def mean(several: Sequence[Bounds]) -> Bounds:
    """The mean of numbers known within bounds; there must be one."""
    return Bounds(
        low=sum(one.low for one in several) / len(several),
        high=sum(one.high for one in several) / len(several),
    )


def middle(bounds: Bounds) -> float:
    """The middle of the bounds."""
    return (bounds.low + bounds.high) / 2


def difference(cells: Sequence[Cell], cut: float) -> tuple[Bounds | None, int, int]:
    """Mean commitment to bodies that are surely open less that to those surely closed, and how many pairs there are of each."""
    open_: list[Bounds] = []
    closed: list[Bounds] = []
    for cell in cells:
        outcome = at_least(cell.openness, cut)
        if outcome is not Truth.UNKNOWN:
            (open_ if outcome is Truth.YES else closed).append(cell.commitment)
    if not open_ or not closed:
        return None, len(open_), len(closed)
    first, second = mean(open_), mean(closed)
    return Bounds(low=first.low - second.high, high=first.high - second.low), len(open_), len(closed)


def two_by_two(cells: Sequence[Cell], open_from: float, kept_from: float) -> list[list[int]]:
    """Open and closed bodies by kept and not kept, by the middle of the bounds."""
    table = [[0, 0], [0, 0]]
    for cell in cells:
        table[middle(cell.openness) < open_from][middle(cell.commitment) < kept_from] += 1
    return table


def told_of(table: Sequence[Sequence[int]]) -> str:
    """The table in running text."""
    (kept, lost), (closed_kept, closed_lost) = table
    return f"open and kept {kept}, open and not {lost}, closed and kept {closed_kept}, closed and not {closed_lost}"


def as_many_open_and_kept(table: Sequence[Sequence[int]]) -> Fraction:
    """The exact probability of as many pairs that are open and kept, or more, its margins given."""
    return table_test(table, "greater")


def correlation(cells: Sequence[Cell], by: str) -> float | None:
    """The rank correlation by the middle of the bounds; none where one side does not vary or fewer than three pairs are there."""
    if len(cells) < 3:
        return None
    x, y = [middle(cell.openness) for cell in cells], [middle(cell.commitment) for cell in cells]
    return CORRELATIONS[by](x, y)
