"""The covers of a chart: all of the fewest terms, or all from which no term can be left out, that together hold in every row.

Reference: Petrick (1956), *A direct determination of the irredundant forms of a Boolean function*, AFCRC-TR-56-110; Murakami
and Uno (2014), *Efficient algorithms for dualizing large-scale hypergraphs*, Discrete Applied Mathematics 170, 83–94,
doi:10.1016/j.dam.2014.01.012. Rows that others imply are left out, terms that hold in the same rows are one until the end, and
parts of the chart that share no term are searched apart and multiplied. The search branches on the row with the fewest terms
left; a branch forbids the choices before it, so that each cover is met once. It is bounded in covers and in seconds, and says
so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import ceil, prod
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from chaikhana.methods.qca.cover_search import (
    join_rows,
    keep_rows,
    list_by_row,
    mark_contained,
    mark_implied,
    turn,
    walk,
    weigh,
)

Words = NDArray[np.uint64]
Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
MOST_FOUND = 200_000
ROUNDING = 1e-9
SEARCHING = 0.8
"""Share of the time that is given to the search; the rest is for counting and listing."""
STEPS = 20_000
"""Nodes of the search between two looks at the clock, at most."""
EFFORT = 100_000_000
"""Entries of a chart that are gone through between two looks at the clock, about a second's work."""
LEAST_TURNS, MOST_TURNS = 10, 400
"""Steps towards the weights of rows; fewer where the chart is large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """The covers that were found.

    Attributes
    ----------
    listed : tuple of tuple of int
        Covers, each the numbers of its terms; at most as many as were asked for.
    count : int
        How many there are if `complete`, else how many were found before the search ended.
    complete : bool
        Whether the search came to its end.
    fewest : int
        A lower bound on the terms of any cover; exact if the search for the fewest came to its end.
    least : bool
        Whether the listed ones are known to have the fewest terms.
    """

    listed: tuple[tuple[int, ...], ...]
    count: int
    complete: bool
    fewest: int
    least: bool


def covers(chart: Words, rows: int, *, every: bool, most: int, seconds: float) -> Covers:
    """All covers of the fewest terms, or all from which no term can be left out.

    Parameters
    ----------
    chart : array of uint64, shape (terms, words)
        One bit for each row in which the term holds; each row is held by some term.
    rows : int
        How many rows there are.
    every : bool
        All irredundant covers rather than those of the fewest terms.
    most : int
        Covers to list; more are counted, up to `MOST_FOUND` in each part of the chart.
    seconds : float
        When the search ends without an answer.
    """
    until = monotonic() + SEARCHING * seconds
    parts = [_search(part, every=every, until=until) for part in _parts(chart, rows)]
    per_part = [part.count for part in parts]
    options = [list(islice(part.expanded(), most)) for part in parts]
    together = islice(product(*options), most)
    return Covers(
        listed=tuple(sorted(tuple(sorted(term for some in chosen for term in some)) for chosen in together)),
        count=prod(per_part),
        complete=all(part.complete for part in parts),
        fewest=sum(part.fewest for part in parts),
        least=not every and all(part.least for part in parts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A piece of the chart: the rows that decide, the distinct ways to hold in them, and the terms of each way."""

    bits: Words
    rows: int
    order: Whole
    first: Whole
    size: Whole

    def alike(self, way: int) -> list[int]:
        """The terms that hold in just the rows of a way."""
        terms: list[int] = self.order[self.first[way] : self.first[way] + self.size[way]].tolist()
        return terms


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    part: _Part
    ways: tuple[tuple[int, ...], ...]
    complete: bool
    fewest: int
    least: bool

    @property
    def count(self) -> int:
        return sum(prod(int(self.part.size[way]) for way in ways) for ways in self.ways)

    def expanded(self) -> Iterator[tuple[int, ...]]:
        """Each cover by its terms: one choice among the terms that are alike."""
        for ways in self.ways:
            yield from product(*(self.part.alike(way) for way in ways))


def _parts(chart: Words, rows: int) -> list[_Part]:
    """The chart, reduced and in pieces that share no term."""
    by_row = np.zeros((rows, max(1, -(-len(chart) // 64))), dtype=np.uint64)
    turn(chart, by_row)
    implied = np.zeros(rows, dtype=np.bool_)
    mark_implied(by_row, implied)
    decisive = np.flatnonzero(~implied)
    small = np.zeros((len(chart), max(1, -(-len(decisive) // 64))), dtype=np.uint64)
    keep_rows(chart, decisive, small)
    ways, way_of = _alike(small)
    order = np.argsort(way_of, kind="stable")
    ends = np.cumsum(np.bincount(way_of, minlength=len(ways)))
    size = np.diff(ends, prepend=0)
    piece = np.arange(len(decisive))
    join_rows(ways, piece)
    parts = []
    for one in np.unique(piece):
        mine = np.flatnonzero(piece == one)
        bits = np.zeros((len(ways), max(1, -(-len(mine) // 64))), dtype=np.uint64)
        keep_rows(ways, mine, bits)
        held = np.flatnonzero(bits.any(axis=1))
        width = np.bitwise_count(bits[held]).sum(axis=1)
        held = held[np.argsort(-width.astype(np.int64), kind="stable")]
        parts.append(
            _Part(bits=bits[held], rows=len(mine), order=order, first=(ends - size)[held], size=size[held])
        )
    return parts


def _search(part: _Part, *, every: bool, until: float) -> _Found:
    """The covers of one part; of the fewest terms by finding a cover, then smaller ones until there are none, then all that size.

    The proof that there is no smaller one gets half of the time that is left, so that some is kept for the listing.
    """
    if part.rows == 1:
        each = tuple((way,) for way in range(len(part.bits)))
        return _Found(part=part, ways=each, complete=True, fewest=1, least=not every)
    weights = _weights(part.bits, part.rows)
    if every:
        tree = _Walk(part.bits, part.rows, weights, part.rows, MOST_FOUND)
        complete = tree.on(until)
        some = tree.found() or (_greedy(part.bits, part.rows),)
        return _Found(ways=some, part=part, complete=complete, fewest=_bound(weights), least=False)
    best = _greedy(part.bits, part.rows)
    useful = _undominated(part.bits)
    half = monotonic() + (until - monotonic()) / 2
    proved = len(best) == _bound(weights)
    while not proved:
        tree = _Walk(part.bits[useful], part.rows, weights, len(best) - 1, 1)
        ended = tree.on(half)
        smaller = tree.found()
        if smaller:
            best = tuple(int(useful[way]) for way in smaller[0])
            proved = len(best) == _bound(weights)
        elif ended:
            proved = True
        else:
            break
    tree = _Walk(part.bits, part.rows, weights, len(best), MOST_FOUND)
    complete = tree.on(until)
    return _Found(
        ways=tree.found() or (best,),
        part=part,
        complete=complete and proved,
        fewest=len(best) if proved else _bound(weights),
        least=proved,
    )


def _greedy(bits: Words, rows: int) -> tuple[int, ...]:
    """A cover, each term the one that holds in most rows not yet held in; what the others make needless is left out."""
    left = np.zeros(bits.shape[1], dtype=np.uint64)
    for row in range(rows):
        left[row >> 6] |= np.uint64(1) << np.uint64(row & 63)
    chosen: list[int] = []
    while left.any():
        chosen.append(int(np.bitwise_count(bits & left).sum(axis=1).argmax()))
        left = left & ~bits[chosen[-1]]
    for way in list(chosen):
        others = [other for other in chosen if other != way]
        if (
            others
            and (np.bitwise_or.reduce(bits[others]) | bits[way] == np.bitwise_or.reduce(bits[others])).all()
        ):
            chosen = others
    return tuple(chosen)


def _undominated(bits: Words, most: int = 20_000) -> Whole:
    """The ways that no other contains; enough to find how few terms a cover can have."""
    if len(bits) > most:
        return np.arange(len(bits))
    inside = np.zeros(len(bits), dtype=np.bool_)
    mark_contained(bits, inside)
    return np.flatnonzero(~inside)


def _bound(weights: Floats) -> int:
    """No cover has fewer terms than the rows weigh, since no term holds in rows that weigh more than one."""
    return max(1, ceil(float(weights.sum()) - ROUNDING))


def _by_row(bits: Words, rows: int) -> tuple[Whole, Whole]:
    """The terms of each row, one row after the other, and where each row's begin."""
    start = np.zeros(rows + 1, dtype=np.int64)
    terms = np.empty(int(np.bitwise_count(bits).sum()), dtype=np.int64)
    list_by_row(bits, start, terms)
    return start, terms


def _alike(bits: Words) -> tuple[Words, Whole]:
    """The distinct rows of a table of words, and which of them each row is; by a hash, checked against what it stands for."""
    rng = np.random.default_rng(0)
    odd = rng.integers(1, 2**63, bits.shape[1], dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    mixed = bits ^ (bits >> np.uint64(29))
    hashed = (mixed * odd).sum(axis=1, dtype=np.uint64)
    _, first, way = np.unique(hashed, return_index=True, return_inverse=True)
    if (bits[first[way]] == bits).all():
        return bits[first], way
    distinct, way = np.unique(bits, axis=0, return_inverse=True)
    return distinct, way.ravel()


def _weights(bits: Words, rows: int) -> Floats:
    """Weights of rows such that no term holds in more than one's worth, and all of them weigh as much as can be found.

    The dual of the cover, by subgradient steps (Held, Wolfe and Crowder 1974, doi:10.1007/BF01580223), made feasible.
    """
    start, terms = _by_row(bits, rows)
    weights = np.zeros(rows)
    turns = int(np.clip(EFFORT // max(1, len(terms)), LEAST_TURNS, MOST_TURNS))
    weigh(start, terms, len(bits), turns, weights)
    return weights


class _Walk:
    """A depth-first search that can be left and taken up again."""

    def __init__(self, bits: Words, rows: int, weights: Floats, deepest: int, most: int) -> None:
        terms, words = bits.shape
        self._bits, self._weights = bits, weights
        self._start, self._terms = _by_row(bits, rows)
        self._left = np.diff(self._start)
        self._steps = int(np.clip(EFFORT // (4 * max(1, len(self._terms) + terms)), 1, STEPS))
        self._uncovered = np.zeros((deepest + 1, words), dtype=np.uint64)
        for one in range(rows):
            self._uncovered[0, one >> 6] |= np.uint64(1) << np.uint64(one & 63)
        self._once = np.zeros((deepest + 1, words), dtype=np.uint64)
        self._barred = np.full(terms, -1, dtype=np.int64)
        self._trail = np.zeros(terms, dtype=np.int64)
        self._trail_from = np.zeros(deepest + 2, dtype=np.int64)
        self._branch = np.full(deepest + 1, -1, dtype=np.int64)
        self._place = np.zeros(deepest + 1, dtype=np.int64)
        self._chosen = np.full(deepest + 1, -1, dtype=np.int64)
        self._state = np.zeros(2, dtype=np.int64)
        self._most = most
        self._covers: list[tuple[int, ...]] = []

    def on(self, until: float) -> bool:
        """Go on until all is searched (true), or until as many as asked for are found or the time is over (false)."""
        depth = self._chosen.shape[0] - 1
        while True:
            out = np.full((min(self._steps, self._most - len(self._covers)), depth), -1, dtype=np.int64)
            found = walk(
                self._bits, self._weights, self._start, self._terms, self._left, self._uncovered, self._once, self._barred,
                self._trail, self._trail_from, self._branch, self._place, self._chosen, self._state, out, self._steps,
            )  # fmt: skip
            self._covers += [tuple(int(way) for way in row if way >= 0) for row in out[:found]]
            if self._state[0] < 0:
                return True
            if len(self._covers) >= self._most or monotonic() > until:
                return False

    def found(self) -> tuple[tuple[int, ...], ...]:
        return tuple(self._covers)
