"""Exact tests for small tables, and rank correlations with their permutation test.

Reference: Fisher 1935, *The Design of Experiments*, chapter 2; Freeman & Halton 1951 (doi:10.1093/biomet/38.1-2.141) for
tables of any size; Kendall 1945 (doi:10.1093/biomet/33.3.239) for tau-b; Spearman 1904 (doi:10.2307/1412159). Probabilities
of tables are fractions, so that nothing is lost in rounding. A permutation test takes the pairs as exchangeable, which
states in one region are not quite.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from chaikhana.errors import BadValueError

Numbers = Sequence[float]
EXACT = 8  # up to so many pairs all orders are tried
DRAWS = 5_000


def table_test(table: Sequence[Sequence[int]], alternative: str = "two-sided") -> Fraction:
    """The probability of a table as unlikely as this or more so, its margins given.

    Parameters
    ----------
    table : sequence of sequences of int
        Counts, two rows and two columns or more.
    alternative : {"two-sided", "greater", "less"}
        *greater* and *less* are for two by two: as many or more, or as few or fewer, in the first cell.

    Raises
    ------
    BadValueError
        If the table is not one, has a negative count, or an alternative does not fit it.
    """
    rows = [list(row) for row in table]
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        raise BadValueError("A table has two rows and two columns at least, and rows of the same length.")
    if any(count < 0 for row in rows for count in row):
        raise BadValueError("Counts are not negative.")
    if alternative not in ("two-sided", "greater", "less"):
        raise BadValueError(f"‘{alternative}’ is no alternative. Allowed: two-sided, greater, less.")
    if alternative != "two-sided" and (len(rows), len(rows[0])) != (2, 2):
        raise BadValueError("One side is for a table of two by two: only there more means one thing.")
    down = [sum(column) for column in zip(*rows, strict=True)]
    across = [sum(row) for row in rows]
    own, total, found = _weight(rows), 0, 0
    for other in _tables(across, down):
        weight = _weight(other)
        total += weight
        if alternative == "two-sided":
            found += weight if weight <= own else 0
        elif alternative == "greater":
            found += weight if other[0][0] >= rows[0][0] else 0
        else:
            found += weight if other[0][0] <= rows[0][0] else 0
    return Fraction(found, total)


def _weight(table: Sequence[Sequence[int]]) -> int:
    """How many ways lead to the table, up to a factor that its margins fix."""
    ways = 1
    left = [sum(column) for column in zip(*table, strict=True)]
    for row in table:
        for place, count in enumerate(row):
            ways *= math.comb(left[place], count)
            left[place] -= count
    return ways


def _tables(across: Sequence[int], down: Sequence[int]) -> Iterator[list[list[int]]]:
    """All tables with these margins."""
    if len(across) == 1:
        yield [list(down)]
        return
    for first in _fillings(across[0], down):
        left = [total - count for total, count in zip(down, first, strict=True)]
        for rest in _tables(across[1:], left):
            yield [first, *rest]


def _fillings(total: int, most: Sequence[int]) -> Iterator[list[int]]:
    if len(most) == 1:
        if total <= most[0]:
            yield [total]
        return
    for count in range(min(total, most[0]) + 1):
        for rest in _fillings(total - count, most[1:]):
            yield [count, *rest]


def kendall_tau_b(x: Numbers, y: Numbers) -> float | None:
    """Kendall's rank correlation, ties allowed for; none where one side does not vary.

    Raises
    ------
    BadValueError
        If the two differ in length.
    """
    _alike(x, y)
    sign = np.sign(np.subtract.outer(np.asarray(x, dtype=float), np.asarray(x, dtype=float)))
    other = np.sign(np.subtract.outer(np.asarray(y, dtype=float), np.asarray(y, dtype=float)))
    size = math.sqrt(float(np.abs(sign).sum()) * float(np.abs(other).sum()))
    return float((sign * other).sum()) / size if size else None


def spearman(x: Numbers, y: Numbers) -> float | None:
    """Spearman's rank correlation: Pearson's of the mean ranks; none where one side does not vary.

    Raises
    ------
    BadValueError
        If the two differ in length.
    """
    _alike(x, y)
    first, second = _ranks(x), _ranks(y)
    first, second = first - first.mean(), second - second.mean()
    size = math.sqrt(float((first**2).sum()) * float((second**2).sum()))
    return float((first * second).sum()) / size if size else None


def _ranks(values: Numbers) -> NDArray[np.float64]:
    whole = np.asarray(values, dtype=float)
    below, same = (whole[:, None] > whole).sum(axis=1), (whole[:, None] == whole).sum(axis=1)
    return np.asarray(below + (same + 1) / 2, dtype=np.float64)


def permutation_test(
    statistic: Callable[[Numbers, Numbers], float | None],
    x: Numbers,
    y: Numbers,
    draws: int = DRAWS,
    seed: int = 1,
) -> float | None:
    """The two-sided probability of a statistic as far from nought, were the second side in any order.

    All orders are tried up to eight pairs; beyond, so many are drawn by a fixed seed, the one at hand counted among them.
    """
    _alike(x, y)
    own = statistic(x, y)
    if own is None:
        return None
    if len(x) <= EXACT:
        found = [statistic(x, order) for order in permutations(y)]
        far = [abs(value) >= abs(own) - 1e-12 for value in found if value is not None]
        return sum(far) / len(far)
    draw = np.random.default_rng(seed)
    shuffled = np.asarray(y, dtype=float)
    hits = 1
    for _ in range(draws):
        value = statistic(x, list(draw.permutation(shuffled)))
        hits += value is not None and abs(value) >= abs(own) - 1e-12
    return hits / (draws + 1)


def _alike(x: Numbers, y: Numbers) -> None:
    if len(x) != len(y):
        raise BadValueError(f"Pairs are asked for: {len(x)} values on one side, {len(y)} on the other.")
