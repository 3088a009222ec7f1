"""The compiled networks with bodies taken away against the measures they stand for, taken one network at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from chaikhana.methods.brokerage import betweenness_across, constraint, roles
from chaikhana.methods.communities import communities, densest
from chaikhana.methods.drawn_networks import BETWEENNESS, DECLARED, DENSEST, HOLES, ROLES, Drawn, measured
from chaikhana.methods.network import Floats, lengths, one_mode, strong_ties
from chaikhana.methods.one_broker import betweenness_of, close_ties, densest_of, holes_of, roles_of
from chaikhana.methods.positions import share_of_ties

WEIGHTS = (0.0, 0.0, 0.25, 0.5, 0.75, 1.0)


@some.composite
def networks(draw: some.DrawFn) -> Floats:
    """Actors by bodies, with ties in quarters."""
    actors, bodies = draw(some.integers(3, 14)), draw(some.integers(2, 10))
    rng = np.random.default_rng(draw(some.integers(0, 2**32)))
    return rng.choice(WEIGHTS, (actors, bodies))


@given(networks())
def test_each_position_of_one_actor_is_that_of_all(held: Floats) -> None:
    ties = one_mode(held)
    groups = communities(ties)
    close = strong_ties(ties)
    assert np.array_equal(close_ties(ties), close)
    assert np.array_equal(densest_of(ties, groups), densest(ties, groups))
    size = len(ties)
    wanted = (
        betweenness_across(lengths(np.where(close, ties, 0.0)), groups),
        1 - constraint(ties),
        roles(close, groups).across / ((size - 1) * (size - 2)),
    )
    for me in range(size):
        found = (betweenness_of(ties, close, groups, me), holes_of(ties, me), roles_of(close, groups, me))
        for one, values in zip(found, wanted, strict=True):
            assert one == pytest.approx(values[me], nan_ok=True, abs=1e-12)


def draw_of(
    held: Floats, rng: np.random.Generator, dominant: int, kind: int
) -> tuple[Drawn, tuple[np.ndarray, ...]]:
    """A draw in which every tie holds on the one day."""
    actor, body = np.nonzero(held)
    actors, bodies = held.shape
    return (
        Drawn(
            begins=np.zeros(len(actor), dtype=np.int64),
            ends=np.full(len(actor), 9, dtype=np.int64),
            weight=held[actor, body],
            counts=1 + rng.random((1, bodies)),
            declared=rng.random((1, bodies)) < 0.6,
            inside=rng.random(bodies) < 0.9,
            without=rng.random((2, bodies)) < 0.4,
            shuffled=rng.permutation(bodies),
            order=np.arange(actors),
            dominant=dominant,
            kind=kind,
        ),
        (actor.astype(np.int64), body.astype(np.int64), np.tile([0, 9], (bodies, 1)).astype(np.int64)),
    )


def slowly(held: Floats, draw: Drawn, always: np.ndarray, me: int, gone: np.ndarray) -> tuple[float, float]:
    """Access, and brokerage by structural holes, of the network without some bodies, step by step."""
    left = np.where(draw.inside & ~gone, held, 0.0)
    there = (left > 0).any(axis=1) | always
    bodies = draw.inside & ~gone & (held > 0).any(axis=0)
    counts = np.where(draw.declared[0] & bodies, draw.counts[0], 0.0)
    access = share_of_ties(left, left, counts, counts)[0][me]
    place = int(there[:me].sum())
    return float(access), float(1 - constraint(one_mode(left[there]))[place])


@given(networks(), some.integers(0, 2**32))
def test_a_network_without_bodies_is_the_network_of_the_rest(held: Floats, seed: int) -> None:
    rng = np.random.default_rng(seed)
    draw, (actor, body, lives) = draw_of(held, rng, DECLARED, HOLES)
    always = np.zeros(len(held), dtype=np.bool_)
    always[0] = True
    out = measured(draw, actor, body, lives, np.array([5]), always, 0)[0]
    alive = draw.inside & (held > 0).any(axis=0)
    nothing = np.zeros(held.shape[1], dtype=np.bool_)
    sets = [nothing]
    for without in draw.without:
        chance = nothing.copy()
        chosen = [one for one in draw.shuffled if alive[one]][: int((without & alive).sum())]
        chance[chosen] = True
        sets += [without, chance]
    for place, gone in enumerate(sets):
        assert out[place] == pytest.approx(slowly(held, draw, always, 0, gone), nan_ok=True, abs=1e-9)


@given(networks(), some.integers(0, 2**32), some.sampled_from((BETWEENNESS, ROLES)))
def test_days_and_lives_decide_what_is_in_the_network(held: Floats, seed: int, kind: int) -> None:
    rng = np.random.default_rng(seed)
    draw, (actor, body, lives) = draw_of(held, rng, DENSEST, kind)
    always = np.ones(len(held), dtype=np.bool_)
    draw = replace(draw, counts=draw.counts.repeat(3, axis=0), declared=draw.declared.repeat(3, axis=0))
    before, on, after = measured(draw, actor, body, lives, np.array([-1, 8, 9]), always, 0)
    assert np.isnan(before[:, 0]).all()
    assert np.isnan(after[:, 0]).all()
    known = ~np.isnan(on)
    assert ((on[known] >= 0) & (on[known] <= 1 + 1e-9)).all()
    again = measured(draw, actor, body, lives, np.array([8]), always, 0)[0]
    assert np.array_equal(on, again, equal_nan=True)
