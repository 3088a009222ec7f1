"""Communities of a valued network: groups tied more closely within than their ties as a whole would lead to expect.

Reference: Blondel, Guillaume, Lambiotte and Lefebvre (2008), *Fast unfolding of communities in large networks*, Journal of
Statistical Mechanics P10008, doi:10.1088/1742-5468/2008/10/P10008; Newman (2004) for the modularity of valued networks,
doi:10.1103/PhysRevE.70.056131. Reads a symmetric matrix of ties; returns a label for each actor. After whole communities have
joined, single actors may move again (Rotta and Noack 2011, Journal of Experimental Algorithmics 16, 2.3). Ours: actors
are visited in a few fixed orders instead of random ones, so that the same network always gives the same communities.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chaikhana.methods.arrays import Floats, Whole
from chaikhana.methods.network import mean_tie

# A move must add this much to the modularity, else rounding would let actors move to and fro.
_GAIN = 1e-10
# The first order is the actors' own; multiples of the golden ratio scatter the others evenly and alike everywhere.
ORDERS = 8
_GOLDEN = (5**0.5 - 1) / 2
FEWEST = 3


def communities(ties: Floats) -> Whole:
    """The communities of Louvain's method: of several orders of visiting, those of the highest modularity.

    Parameters
    ----------
    ties : array, shape (actors, actors)
        Symmetric, at least 0; the diagonal does not count.

    Returns
    -------
    array of int, shape (actors,)
        Labels from 0, in the order in which actors first meet them; an actor without ties is alone.
    """
    between = np.array(ties, dtype=np.float64)
    np.fill_diagonal(between, 0.0)
    best = np.arange(len(between))
    if not between.any():
        return best
    highest = -1.0
    for turn in range(ORDERS):
        order = np.argsort(np.arange(1, len(between) + 1) * turn * _GOLDEN % 1, kind="stable")
        label = np.empty_like(order)
        label[order] = _unfold(np.ascontiguousarray(between[order][:, order]), _GAIN)
        if (reached := modularity(between, label)) > highest + _GAIN:
            best, highest = label, reached
    return _by_first(best)


def modularity(ties: Floats, groups: Whole) -> float:
    """Newman's modularity of a partition: the share of ties within groups, less that expected from actors' totals.

    Not a number for a network without ties.
    """
    total = float(ties.sum())
    if total <= 0:
        return float("nan")
    within = float(ties[groups[:, None] == groups[None, :]].sum())
    held = np.bincount(groups, ties.sum(axis=1))
    return within / total - float((held / total) @ (held / total))


def densest(ties: Floats, groups: Whole, fewest: int = FEWEST) -> NDArray[np.bool_]:
    """The members of the densest group: that whose mean tie, over all pairs within, is greatest.

    Parameters
    ----------
    fewest : int
        Groups of fewer actors do not count: a pair that shares much is no network (ours).

    Returns
    -------
    array of bool, shape (actors,)
        All false where no group is large enough; of equals the one that comes first.
    """
    best = np.zeros(len(groups), dtype=np.bool_)
    highest = 0.0
    for group in dict.fromkeys(groups.tolist()):
        inside = groups == group
        if inside.sum() >= fewest and (mean := mean_tie(ties[np.ix_(inside, inside)])) > highest:
            best, highest = inside, mean
    return best


def _by_first(label: Whole) -> Whole:
    """The labels counted in the order of their first bearers."""
    _, first, again = np.unique(label, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[again]


def _local(between: Floats, label: Whole, gain: float) -> bool:
    """Let each actor move to the community that adds most, until none gains; whether any has moved."""
    size = len(between)
    strength = np.zeros(size)
    held = np.zeros(size)
    towards = np.zeros((size, size))  # of each actor, its ties to each group
    for i in range(size):
        strength[i] = between[i].sum()
        held[label[i]] += strength[i]
        for j in range(size):
            towards[i, label[j]] += between[i, j]
    total = strength.sum()
    ever = False
    moving = True
    while moving:
        moving = False
        for i in range(size):
            if strength[i] <= 0:
                continue
            own = label[i]
            held[own] -= strength[i]
            per_held = strength[i] / total
            best, most = own, towards[i, own] - between[i, i] - per_held * held[own]
            for group in range(size):
                here = towards[i, group] - per_held * held[group]
                if here > most + gain * total and group != own:
                    best, most = group, here
            held[best] += strength[i]
            if best != own:
                label[i] = best
                for j in range(size):
                    towards[j, own] -= between[j, i]
                    towards[j, best] += between[j, i]
                moving = ever = True
    return ever


_move: Callable[[Floats, Whole, float], bool] = njit(cache=True)(_local)


def _louvain(between: Floats, gain: float) -> Whole:
    """Let actors move, then whole communities, each joined to one actor, then actors again, until nothing moves."""
    size = len(between)
    label = np.arange(size)
    while True:
        _move(between, label, gain)
        place = np.full(size, -1)
        groups = 0
        for i in range(size):
            if place[label[i]] < 0:
                place[label[i]] = groups
                groups += 1
        joined = np.zeros((groups, groups))
        for i in range(size):
            label[i] = place[label[i]]
        for i in range(size):
            for j in range(size):
                joined[label[i], label[j]] += between[i, j]
        merged = np.arange(groups)
        if not _move(joined, merged, gain):
            return label
        for i in range(size):
            label[i] = merged[label[i]]


_unfold: Callable[[Floats, float], Whole] = njit(cache=True)(_louvain)
