"""Brokerage of one actor in a small dense network, compiled for networks by the million.

References: those of `brokerage` and `communities`, with which it agrees (tests). Distances are Floyd's (1962, Algorithm 97), of
which a half is reckoned; paths are counted for the few pairs alone that lead through the actor. Ties are sums of products of
quarters, so that the median is found by counting. Knows nothing of states.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chaikhana.methods.arrays import Floats, Whole
from chaikhana.methods.brokerage import TOLERANCE
from chaikhana.methods.communities import FEWEST


def _distances(lengths: Floats) -> Floats:
    """How far each actor is from each (Floyd 1962, Algorithm 97); of the two halves, which are alike, one is reckoned."""
    size = len(lengths)
    far = lengths.copy()
    via = np.empty(size)
    for k in range(size):
        for j in range(k):
            via[j] = far[k, j]
        for j in range(k, size):
            via[j] = far[j, k]
        via[k] = 0.0
        for i in range(size):
            first = via[i]
            if i != k and first < np.inf:
                for j in range(i):
                    there = first + via[j]
                    far[i, j] = there if there < far[i, j] else far[i, j]
    for i in range(size):
        far[i, i] = 0.0
        for j in range(i):
            far[j, i] = far[i, j]
    return far


far_apart: Callable[..., Any] = njit(cache=True, nogil=True)(_distances)


def _paths(lengths: Floats, far: Floats, s: int, t: int, on: Whole, many: Floats) -> float:
    """By how many shortest paths one actor is reached from another; `on` and `many` are room to work in."""
    limit = far[s, t] * (1 + TOLERANCE)
    from_s, from_t = far[s], far[t]
    count = 0
    for u in range(len(lengths)):
        if from_s[u] + from_t[u] <= limit:
            at = count  # in order of their distance
            while at > 0 and far[s, on[at - 1]] > far[s, u]:
                on[at] = on[at - 1]
                at -= 1
            on[at] = u
            count += 1
    many[0] = 1.0
    for late in range(1, count):
        v = on[late]
        bound = far[s, v] * (1 + TOLERANCE)
        total = 0.0
        for early in range(late):
            u = on[early]
            if far[s, u] + lengths[u, v] <= bound:
                total += many[early]
        many[late] = total
    return float(many[count - 1])


pathsbetweenness_of: Callable[..., float] = njit(cache=True, nogil=True)(_paths)


def _betweenness(ties: Floats, close: NDArray[np.bool_], groups: Whole, me: int) -> float:
    """As `brokerage.betweenness_across` over close ties, for one actor; not a number where there are no such pairs.

    The paths from s to t that lead through the actor are those from s to it times those from it to t: they are counted for the
    few pairs alone of which it lies on a shortest path.
    """
    size = len(ties)
    lengths = np.full((size, size), np.inf)
    across = 0
    for s in range(size):
        for t in range(size):
            if close[s, t]:
                lengths[s, t] = 1.0 / ties[s, t]
            if s < t and s != me and t != me and groups[s] != groups[t]:
                across += 1
    if across == 0:
        return np.nan
    far = far_apart(lengths)
    on, many = np.empty(size, dtype=np.int64), np.empty(size)
    mine = np.zeros(size)
    through = 0.0
    for s in range(size):
        if s == me or far[s, me] == np.inf:
            continue
        for t in range(s + 1, size):
            if t == me or groups[s] == groups[t]:
                continue
            if far[s, me] + far[me, t] <= far[s, t] * (1 + TOLERANCE) and far[s, t] < np.inf:
                for x in (s, t):
                    if mine[x] == 0:
                        mine[x] = pathsbetweenness_of(lengths, far, me, x, on, many)
                through += mine[s] * mine[t] / pathsbetweenness_of(lengths, far, s, t, on, many)
    return through / across


betweenness_of: Callable[..., float] = njit(cache=True, nogil=True)(_betweenness)


def _roles(close: NDArray[np.bool_], groups: Whole, me: int) -> float:
    """As `brokerage.roles` across groups over all triads, for one actor."""
    size = len(close)
    if size < 3:
        return np.nan
    found = 0
    for s in range(size):
        if s == me or not close[s, me]:
            continue
        for t in range(size):
            if t in (s, me) or not close[me, t] or close[s, t]:
                continue
            if not (groups[s] == groups[me] and groups[t] == groups[me]):
                found += 1
    return found / ((size - 1) * (size - 2))


def _holes(ties: Floats, me: int) -> float:
    """One less Burt's constraint of one actor."""
    size = len(ties)
    strength = np.zeros(size)
    for i in range(size):
        for j in range(size):
            strength[i] += ties[i, j]
    if strength[me] <= 0:
        return np.nan
    bound = np.zeros(size)
    for q in range(size):
        share = ties[me, q] / strength[me]
        if share > 0:
            bound[q] += share
            for j in range(size):
                bound[j] += share * ties[q, j] / strength[q]
    total = 0.0
    for j in range(size):
        if ties[me, j] > 0:
            total += bound[j] ** 2
    return 1 - total


roles_of: Callable[..., float] = njit(cache=True, nogil=True)(_roles)
holes_of: Callable[..., float] = njit(cache=True, nogil=True)(_holes)


def _close(ties: Floats) -> NDArray[np.bool_]:
    """As `network.strong_ties`; ties are multiples of 1/16, so that the median is found by counting."""
    size = len(ties)
    most = 0
    for i in range(size):
        for j in range(i):
            most = max(most, int(ties[i, j] * 16 + 0.5))
    counts = np.zeros(most + 1, dtype=np.int64)
    for i in range(size):
        for j in range(i):
            counts[int(ties[i, j] * 16 + 0.5)] += 1
    pairs = size * (size - 1) // 2
    lower, upper = (pairs - 1) // 2, pairs // 2
    seen, first, second = 0, -1, -1
    for value in range(most + 1):
        seen += counts[value]
        if first < 0 and seen > lower:
            first = value
        if second < 0 and seen > upper:
            second = value
            break
    median = (first + second) / 32
    out = np.zeros((size, size), dtype=np.bool_)
    for i in range(size):
        for j in range(size):
            out[i, j] = i != j and ties[i, j] > 0 and ties[i, j] >= median
    return out


close_ties: Callable[..., Any] = njit(cache=True, nogil=True)(_close)


def _densest(ties: Floats, groups: Whole) -> NDArray[np.bool_]:
    """As `communities.densest`."""
    size = len(ties)
    best = np.zeros(size, dtype=np.bool_)
    highest = 0.0
    seen = np.zeros(size + 1, dtype=np.bool_)
    for first in range(size):
        if seen[groups[first]]:
            continue
        seen[groups[first]] = True
        count, total = 0, 0.0
        for i in range(size):
            if groups[i] == groups[first]:
                count += 1
                for j in range(size):
                    if groups[j] == groups[first]:
                        total += ties[i, j]
        if count >= FEWEST and total / (count * (count - 1)) > highest:
            highest = total / (count * (count - 1))
            for i in range(size):
                best[i] = groups[i] == groups[first]
    return best


densest_of: Callable[..., Any] = njit(cache=True, nogil=True)(_densest)
