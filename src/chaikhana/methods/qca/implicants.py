"""Prime implicants: the shortest combinations of conditions that hold in a positive row and in no row that is excluded.

Reference: Quine (1952), *The problem of simplifying truth functions*, American Mathematical Monthly 59(8), 521–531,
doi:10.2307/2308219; Duşa and Thiem (2015), *Enhancing the minimization of Boolean and multivalue output functions with eQMC*,
Journal of Mathematical Sociology 39(2), 92–108, doi:10.1080/0022250X.2014.897949. Two ways, for two questions. Where what was
never observed may be assumed (`without`), an implicant around a positive row is a set of columns that meets every difference
from an excluded row; all such sets are found at once on a vector of 2^k bits, 64 sets to a word. Where only what was observed
counts (`within`), rows are merged column by column. Both take conditions of any number of values.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chaikhana.errors import BadValueError

Rows = NDArray[np.int8]
Words = NDArray[np.uint64]
FREE = -1
MOST_CONDITIONS = 24
WORTH_SHARING = 2**21
MANY = 3_000
"""Positive rows above which all combinations are searched rather than merged one by one."""
MOST_MERGED = 20_000_000
LOW = np.array(
    [
        0x5555555555555555,
        0x3333333333333333,
        0x0F0F0F0F0F0F0F0F,
        0x00FF00FF00FF00FF,
        0x0000FFFF0000FFFF,
        0x00000000FFFFFFFF,
    ],
    dtype=np.uint64,
)


def without(positive: Rows, excluded: Rows) -> Rows:
    """All prime implicants that hold in a positive row and in none that is excluded; any other row is free to be assumed.

    Parameters
    ----------
    positive, excluded : array of int8, shapes (positive rows, conditions) and (excluded rows, conditions)
        Distinct rows, none in both.

    Returns
    -------
    array of int8, shape (implicants, conditions)
        The value that a condition must have, or `FREE`. Sorted, so that the order of the rows changes nothing.

    Raises
    ------
    BadValueError
        If there are more conditions than the vector of bits is made for.
    """
    width = positive.shape[1]
    if width > MOST_CONDITIONS:
        raise BadValueError(
            f"{width} conditions are too many: all combinations of at most {MOST_CONDITIONS} are searched. "
            "Leave conditions out, or join those that go together."
        )
    if not len(positive):
        return np.empty((0, width), dtype=np.int8)
    rows, others = np.ascontiguousarray(positive), np.ascontiguousarray(excluded)
    parts = _shares(len(rows), width)
    if len(parts) == 1:
        found = [_prime_sets(rows, others, LOW, 0, len(rows))]
    else:
        with ThreadPoolExecutor(len(parts)) as pool:  # the search lets go of the interpreter
            found = list(pool.map(lambda part: _prime_sets(rows, others, LOW, *part), parts))
    kept = np.concatenate([sets for sets, _ in found])
    implicants = np.empty((len(kept), width), dtype=np.int8)
    _write_out(kept, np.concatenate([row for _, row in found]), rows, implicants)
    return in_order(implicants)


def _shares(rows: int, width: int) -> list[tuple[int, int]]:
    """The rows in as many shares as there are processors, where the work is worth it."""
    shares = min(rows, (os.cpu_count() or 1)) if rows << width > WORTH_SHARING else 1
    ends = [rows * place // shares for place in range(shares + 1)]
    return list(pairwise(ends))


def within(positive: Rows, levels: NDArray[np.int64], around: Rows | None = None) -> Rows:
    """All prime implicants that hold in positive rows alone: nothing else is assumed.

    Parameters
    ----------
    positive : array of int8, shape (positive rows, conditions)
    levels : array of int, shape (conditions,)
        How many values each condition has.
    around : array of int8, optional
        Only implicants that hold in one of these rows are wanted.

    Returns
    -------
    array of int8, shape (implicants, conditions)
        As of `without`.

    Raises
    ------
    BadValueError
        If there are more combinations than can be written in one number, or merging makes more than memory allows.
    """
    if len(positive) > MANY and int(np.prod(levels.astype(float))) <= 2**MOST_CONDITIONS:
        return without(positive if around is None else around, _all_but(positive, levels))
    primes = _merged(positive, levels)
    if around is None:
        return primes
    return primes[covering(primes, around).any(axis=1)]


def _all_but(rows: Rows, levels: NDArray[np.int64]) -> Rows:
    """Every combination that is not among the rows."""
    at = np.concatenate([[1], np.cumprod(levels[:-1])])
    others = np.setdiff1d(np.arange(int(np.prod(levels))), rows.astype(np.int64) @ at)
    return np.column_stack(
        [(others // weight) % level for weight, level in zip(at, levels, strict=True)]
    ).astype(np.int8)


def _merged(positive: Rows, levels: NDArray[np.int64]) -> Rows:
    """Rows merged wherever a condition takes all its values, again and again; what merges no further is prime."""
    width = positive.shape[1]
    sizes = [int(level) + 1 for level in levels]
    weights = [1]
    for size in sizes:
        weights.append(weights[-1] * size)
    if weights[-1] >= 2**62:
        raise BadValueError(
            f"{width} conditions have more combinations than can be told apart. Leave conditions out."
        )
    at = np.array(weights[:-1], dtype=np.int64)
    current = np.unique(positive.astype(np.int64) @ at)
    primes: list[NDArray[np.int64]] = []
    while len(current):
        merged = np.zeros(len(current), dtype=bool)
        wider: list[NDArray[np.int64]] = []
        for column in range(width):
            first = np.flatnonzero((current // at[column]) % sizes[column] == 0)
            places = [first]
            for value in range(1, sizes[column] - 1):
                wanted = current[first] + value * at[column]
                found = np.minimum(np.searchsorted(current, wanted), len(current) - 1)
                stays = current[found] == wanted
                first, found = first[stays], found[stays]
                places = [*(place[stays] for place in places), found]
            for place in places:
                merged[place] = True
            wider.append(current[first] + (sizes[column] - 1) * at[column])
        primes.append(current[~merged])
        current = np.unique(np.concatenate(wider))
        if len(current) > MOST_MERGED:
            raise BadValueError(
                f"Merging the positive rows makes more than {MOST_MERGED:,} combinations. Leave conditions out."
            )
    codes = np.concatenate(primes) if primes else np.empty(0, dtype=np.int64)
    values = (codes[:, None] // at) % np.array(sizes)
    return in_order(np.where(values == np.array(sizes) - 1, FREE, values).astype(np.int8))


def in_order(implicants: Rows) -> Rows:
    """Sorted by how many conditions are kept, then column by column, the greatest value first and what is free last."""
    if not implicants.size:
        return implicants
    top = implicants.max(axis=0).astype(np.int64)
    places = [1]
    for greatest in top[::-1]:
        places.append(places[-1] * (int(greatest) + 2))
    if places[-1] * (implicants.shape[1] + 1) < 2**62:
        place = np.empty(len(implicants), dtype=np.int64)
        _place(implicants, np.array([*places[:-1][::-1], places[-1]]), top, place)
        return implicants[np.argsort(place)]
    free_last = np.where(implicants == FREE, top + 1, top - implicants)
    return implicants[np.lexsort([*free_last.T[::-1], (implicants != FREE).sum(axis=1)])]


def covering(implicants: Rows, rows: Rows) -> Words:
    """Which implicant holds in which row: one bit a row; shape (implicants, words of 64 rows)."""
    words = max(1, -(-len(rows) // 64))
    values = int(max(implicants.max(initial=0), rows.max(initial=0))) + 1
    of_value = np.zeros((rows.shape[1], values, words), dtype=np.uint64)
    _mark_values(np.ascontiguousarray(rows), of_value)
    bits = np.zeros((len(implicants), words), dtype=np.uint64)
    every = np.zeros(words, dtype=np.uint64)
    for row in range(len(rows)):
        every[row >> 6] |= np.uint64(1) << np.uint64(row & 63)
    _mark_rows(np.ascontiguousarray(implicants), of_value, every, bits)
    return bits


def _sets(
    positive: Rows, excluded: Rows, low: Words, begin: int, end: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For positive rows from `begin` to `end` the least sets of columns to keep, as bits, and the row that each came from.

    Each implicant is found once, at the first row that it holds in.

    A set of *freed* columns is marked if it contains all columns in which some excluded row differs: freeing it would let
    that row in. Marks are closed upwards; a set is as free as can be if it is unmarked, and marked with any column more.
    """
    width = positive.shape[1]
    bits = max(width, 6)
    size = 1 << (bits - 6)
    every = (1 << width) - 1
    marked = np.zeros(size, dtype=np.uint64)
    known = np.zeros(size, dtype=np.uint64)
    prime = np.zeros(size, dtype=np.uint64)
    kept = np.empty(1024, dtype=np.int64)
    of_row = np.empty(1024, dtype=np.int64)
    count = 0
    one = np.uint64(1)
    for p in range(begin, end):
        marked[:] = 0
        known[:] = 0
        for q in range(excluded.shape[0]):
            mask = 0
            for j in range(width):
                if excluded[q, j] != positive[p, j]:
                    mask |= 1 << j
            marked[mask >> 6] |= one << np.uint64(mask & 63)
        for q in range(p):  # what an earlier row shares was found there
            mask = 0
            for j in range(width):
                if positive[q, j] != positive[p, j]:
                    mask |= 1 << j
            known[mask >> 6] |= one << np.uint64(mask & 63)
        for j in range(6):
            shift = np.uint64(1 << j)
            mask64 = low[j]
            for w in range(size):
                marked[w] |= (marked[w] & mask64) << shift
                known[w] |= (known[w] & mask64) << shift
        for j in range(6, bits):
            step = 1 << (j - 6)
            for base in range(0, size, 2 * step):
                for i in range(base, base + step):
                    marked[i + step] |= marked[i]
                    known[i + step] |= known[i]
        for w in range(size):
            prime[w] = ~marked[w] & ~known[w]
        for j in range(6):
            shift = np.uint64(1 << j)
            mask64 = ~low[j]
            if j < width:
                for w in range(size):
                    prime[w] &= (marked[w] >> shift) | mask64
            else:  # columns that fill up the first word are no conditions: always freed
                for w in range(size):
                    prime[w] &= mask64
        for j in range(6, bits):
            step = 1 << (j - 6)
            for base in range(0, size, 2 * step):
                for i in range(base, base + step):
                    prime[i] &= marked[i + step]
        for w in range(size):
            word = prime[w]
            while word != 0:
                lowest = word & (~word + one)
                place = 0
                rest = lowest
                if rest >> np.uint64(32) != 0:
                    place += 32
                    rest = rest >> np.uint64(32)
                if rest >> np.uint64(16) != 0:
                    place += 16
                    rest = rest >> np.uint64(16)
                if rest >> np.uint64(8) != 0:
                    place += 8
                    rest = rest >> np.uint64(8)
                if rest >> np.uint64(4) != 0:
                    place += 4
                    rest = rest >> np.uint64(4)
                if rest >> np.uint64(2) != 0:
                    place += 2
                    rest = rest >> np.uint64(2)
                if rest >> np.uint64(1) != 0:
                    place += 1
                if count == kept.shape[0]:
                    more = np.empty(2 * count, dtype=np.int64)
                    more[:count] = kept
                    kept = more
                    others = np.empty(2 * count, dtype=np.int64)
                    others[:count] = of_row
                    of_row = others
                kept[count] = every & ~((w << 6) | place)
                of_row[count] = p
                count += 1
                word ^= lowest
    return kept[:count], of_row[:count]


_prime_sets: Callable[[Rows, Rows, Words, int, int], tuple[NDArray[np.int64], NDArray[np.int64]]] = njit(
    cache=True, nogil=True
)(_sets)


def _literals(kept: NDArray[np.int64], of_row: NDArray[np.int64], rows: Rows, implicants: Rows) -> None:
    for i in range(kept.shape[0]):
        for j in range(rows.shape[1]):
            implicants[i, j] = rows[of_row[i], j] if (kept[i] >> j) & 1 else -1


def _places(
    implicants: Rows, at: NDArray[np.int64], top: NDArray[np.int64], places: NDArray[np.int64]
) -> None:
    """Where each comes: by the conditions that it keeps, then column by column, the greatest value first, what is free last."""
    for i in range(implicants.shape[0]):
        kept, place = 0, 0
        for j in range(implicants.shape[1]):
            if implicants[i, j] < 0:
                place += at[j] * (top[j] + 1)
            else:
                kept += 1
                place += at[j] * (top[j] - implicants[i, j])
        places[i] = kept * at[-1] + place


_write_out: Callable[[NDArray[np.int64], NDArray[np.int64], Rows, Rows], None] = njit(cache=True)(_literals)
_place: Callable[[Rows, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], None] = njit(cache=True)(
    _places
)


def _rows_of_values(rows: Rows, of_value: Words) -> None:
    for r in range(rows.shape[0]):
        for j in range(rows.shape[1]):
            of_value[j, rows[r, j], r >> 6] |= np.uint64(1) << np.uint64(r & 63)


def _rows_held(implicants: Rows, of_value: Words, every: Words, bits: Words) -> None:
    for i in range(implicants.shape[0]):
        for w in range(bits.shape[1]):
            held = every[w]
            for j in range(implicants.shape[1]):
                if implicants[i, j] >= 0:
                    held &= of_value[j, implicants[i, j], w]
            bits[i, w] = held


_mark_values: Callable[[Rows, Words], None] = njit(cache=True)(_rows_of_values)
_mark_rows: Callable[[Rows, Words, Words, Words], None] = njit(cache=True)(_rows_held)
