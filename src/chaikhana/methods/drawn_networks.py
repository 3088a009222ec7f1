"""Access and brokerage of one actor in thousands of two-mode networks, drawn alike and with bodies taken away.

What it is: the compiled core of questions that ask what a position owes to some bodies. A network is drawn once from everything
that is unknown of it; then it is measured whole, without each of several sets of bodies, and without as many bodies taken at
random, so that the differences are between networks that agree in all else. The measures are those of `positions`, for one
actor alone, and agree with it (tests); of the orders in which Louvain's method may visit actors it takes one at random. Knows
nothing of states.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chaikhana.methods.arrays import Floats, Whole
from chaikhana.methods.communities import _GAIN, _unfold
from chaikhana.methods.one_broker import betweenness_of, close_ties, densest_of, holes_of, roles_of

DECLARED, DENSEST = 0, 1
BETWEENNESS, HOLES, ROLES = 0, 1, 2


def _measure(
    held: Floats,
    ties: Floats,
    out_of: NDArray[np.bool_],
    always: NDArray[np.bool_],
    counts: Floats,
    declared: NDArray[np.bool_],
    order: Whole,
    me: int,
    dominant: int,
    kind: int,
    out: Floats,
) -> None:
    """Access and brokerage in the network of some bodies; actors that have no tie left are not in it."""
    actors, bodies = held.shape
    present = np.empty(actors, dtype=np.int64)
    size, own = 0, -1
    for at in range(actors):
        i = order[at]
        inside = always[i]
        if not inside:
            for body in range(bodies):
                if held[i, body] > 0 and not out_of[body]:
                    inside = True
                    break
        if inside:
            if i == me:
                own = size
            present[size] = i
            size += 1
    small = np.zeros((size, size))
    some = False
    for a in range(size):
        for b in range(size):
            if a != b:
                small[a, b] = ties[present[a], present[b]]
                some = some or small[a, b] > 0
    groups = np.arange(size)
    if some and (dominant == DENSEST or kind != HOLES):
        groups = _unfold(small, _GAIN)
    above, total = 0.0, 0.0
    if dominant == DECLARED:
        for body in range(bodies):
            if declared[body] and not out_of[body]:
                total += counts[body]
                above += counts[body] * held[me, body]
    else:
        inside_of = densest_of(small, groups)
        for body in range(bodies):
            if not out_of[body]:
                seats = 0.0
                for a in range(size):
                    if inside_of[a] and a != own:
                        seats += held[present[a], body]
                total += seats * counts[body]
                above += seats * counts[body] * held[me, body]
    out[0] = above / total if total > 0 else np.nan
    if kind == HOLES:
        out[1] = holes_of(small, own)
    else:
        close = close_ties(small)
        out[1] = (
            betweenness_of(small, close, groups, own) if kind == BETWEENNESS else roles_of(close, groups, own)
        )


_measure_one: Callable[..., None] = njit(cache=True, nogil=True)(_measure)


def _add(held: Floats, body: int, sign: float, ties: Floats, members: Whole) -> None:
    """Add, or take away, the ties that a body makes."""
    count = 0
    for i in range(held.shape[0]):
        if held[i, body] > 0:
            members[count] = i
            count += 1
    for a in range(count):
        i = members[a]
        for b in range(a):
            j = members[b]
            weight = sign * held[i, body] * held[j, body]
            ties[i, j] += weight
            ties[j, i] += weight


_add_body: Callable[..., None] = njit(cache=True, nogil=True)(_add)


def _draw(
    actor: Whole,
    body: Whole,
    weight: Floats,
    begins: Whole,
    ends: Whole,
    lives: Whole,
    days: Whole,
    counts: Floats,
    declared: NDArray[np.bool_],
    inside: NDArray[np.bool_],
    without: NDArray[np.bool_],
    shuffled: Whole,
    always: NDArray[np.bool_],
    order: Whole,
    me: int,
    dominant: int,
    kind: int,
    out: Floats,
) -> None:
    """One drawn network through time; see `measured`."""
    actors, bodies = len(always), len(inside)
    sets = len(without)
    members = np.empty(actors, dtype=np.int64)
    out_of = np.empty(bodies, dtype=np.bool_)
    for at in range(len(days)):
        day = days[at]
        held = np.zeros((actors, bodies))
        for row in range(len(actor)):
            one = body[row]
            alive_then = lives[one, 0] <= day < lives[one, 1] and inside[one]
            if alive_then and begins[row] <= day < ends[row]:
                held[actor[row], one] = max(held[actor[row], one], weight[row])
        alive = np.zeros(bodies, dtype=np.bool_)
        ties = np.zeros((actors, actors))
        for one in range(bodies):
            for i in range(actors):
                if held[i, one] > 0:
                    alive[one] = True
                    break
            if alive[one]:
                _add_body(held, one, 1.0, ties, members)
        out_of[:] = ~alive
        _measure_one(
            held, ties, out_of, always, counts[at], declared[at], order, me, dominant, kind, out[at, 0]
        )
        for chosen in range(sets):
            wanted = 0
            for one in range(bodies):
                wanted += alive[one] and without[chosen, one]
            for by_chance in range(2):
                place = 1 + 2 * chosen + by_chance
                if wanted == 0:
                    out[at, place] = out[at, 0]
                    continue
                out_of[:] = ~alive
                taken = 0
                for step in range(bodies):
                    one = shuffled[step] if by_chance else step
                    if alive[one] and taken < wanted and (by_chance or without[chosen, one]):
                        out_of[one] = True
                        taken += 1
                        _add_body(held, one, -1.0, ties, members)
                _measure_one(
                    held,
                    ties,
                    out_of,
                    always,
                    counts[at],
                    declared[at],
                    order,
                    me,
                    dominant,
                    kind,
                    out[at, place],
                )
                for one in range(bodies):
                    if out_of[one] and alive[one]:
                        _add_body(held, one, 1.0, ties, members)


_drawn: Callable[..., None] = njit(cache=True, nogil=True)(_draw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Everything that a draw settles.

    Attributes
    ----------
    begins, ends : array of int, shape (rows,)
        The days between which each tie holds, the last not included; a tie that is not there begins when it ends.
    weight : array, shape (rows,)
        How close each tie is; a multiple of ¼, from 0 to 1.
    counts : array, shape (days, bodies)
        What each body counts for access.
    declared : array of bool, shape (days, bodies)
        The bodies of the declared dominant network.
    inside : array of bool, shape (bodies,)
        The bodies of the network.
    without : array of bool, shape (sets, bodies)
        The bodies that each set takes away.
    shuffled : array of int, shape (bodies,)
        Bodies in the order in which chance takes them.
    order : array of int, shape (actors,)
        The order in which Louvain's method visits actors.
    dominant, kind : int
        `DECLARED` or `DENSEST`; `BETWEENNESS`, `HOLES` or `ROLES`.
    """

    begins: Whole
    ends: Whole
    weight: Floats
    counts: Floats
    declared: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    without: NDArray[np.bool_]
    shuffled: Whole
    order: Whole
    dominant: int
    kind: int


def measured(
    draw: Drawn, actor: Whole, body: Whole, lives: Whole, days: Whole, always: NDArray[np.bool_], me: int
) -> Floats:
    """Access and brokerage of an actor on each day, whole, and without each set and as many bodies by chance.

    Parameters
    ----------
    actor, body : array of int, shape (rows,)
        Whose tie to what each row is.
    lives : array of int, shape (bodies, 2)
        The days between which each body exists.
    always : array of bool, shape (actors,)
        Actors that belong to the network even without a tie.
    me : int
        The actor that is measured, one of `always`.

    Returns
    -------
    array, shape (days, 1 + 2 × sets, 2)
        The whole; then for each set the network without it, and without as many bodies taken by chance from those that have
        ties on the day. The last axis is access and brokerage; not a number where either is not defined.
    """
    out = np.empty((len(days), 1 + 2 * len(draw.without), 2))
    _drawn(
        actor,
        body,
        draw.weight,
        draw.begins,
        draw.ends,
        lives,
        days,
        draw.counts,
        draw.declared,
        draw.inside,
        draw.without,
        draw.shuffled,
        always,
        draw.order,
        me,
        draw.dominant,
        draw.kind,
        out,
    )
    return out
