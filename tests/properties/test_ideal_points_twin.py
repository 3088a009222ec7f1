"""Positions by EM over a grid, against a sampler of the same model, against integrals done point by point, and on any votes."""

from __future__ import annotations

from math import erf, exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chaikhana.methods.ideal_points import Session, moving_positions
from chaikhana.methods.ordinal_probit import Items, Positions, session_positions

NO, ABSTAIN, YES, ABSENT = 0, 1, 2, -1
tables = st.tuples(st.integers(3, 7), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.int8, shape, elements=st.integers(-1, 2))
)


def usable(choices: np.ndarray) -> np.ndarray:
    """The votes that somebody cast."""
    return choices[:, (choices != ABSENT).any(axis=0)]


def cdf(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def chance(choice: int, at: float, slope: float, low: float, high: float) -> float:
    """Probability of a choice, less what it loses where slope × position is beyond 9."""
    below, above = cdf(low - slope * at), cdf(high - slope * at)
    beyond = max(abs(slope * at) - 9, 0)
    return max([below, above - below, 1 - above][choice], 1e-10) * exp(-(beyond**2) / 2)


def slow_weights(row: np.ndarray, items: Items, mean: float, sd: float, points: np.ndarray) -> list[float]:
    """Likelihood times prior of one voter at each point, up to a constant that its prior alone settles."""
    return [
        exp(-(((at - mean) / sd) ** 2) / 2)
        * np.prod(
            [chance(int(c), at, *(float(part[v]) for part in items)) for v, c in enumerate(row) if c >= 0]
        )
        for at in points
    ]


def slow_objective(choices: np.ndarray, items: Items, mean: np.ndarray, sd: np.ndarray) -> float:
    """What the votes' parameters are to make largest: positions integrated out, and the priors."""
    points = np.linspace(-6, 6, 97)
    total = sum(
        log(sum(slow_weights(row, items, m, s, points))) for row, m, s in zip(choices, mean, sd, strict=True)
    )
    for slope, low, high in zip(*items, strict=True):
        total += log(high - low) - (low**2 + high**2) / 50 - slope**2 / 2
    return float(total)


def sampled(
    choices: np.ndarray, mean: np.ndarray, sd: np.ndarray, start: Positions, draws: int
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of the positions, on their own scale, by the sampler of the reference for one session.

    Johnson and Albert (1999), *Ordinal data modeling*: cut points by Metropolis, then answers, discriminations, positions.
    """
    rng = np.random.default_rng(0)
    grid = np.linspace(-8, 8, 1601)
    table = np.array([cdf(at) for at in grid])
    cast = choices != ABSENT
    slope, low, high = (np.array(part) for part in start.items)
    place = start.estimate.copy()
    kept = []

    def bounds(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        below, above = (np.interp(cut - place[:, None] * slope, grid, table) for cut in (low, high))
        return np.choose(choices % 3, [0 * below, below, above]), np.choose(
            choices % 3, [below, above, 1 + 0 * above]
        )

    def likelihood(low: np.ndarray, high: np.ndarray) -> np.ndarray:
        first, last = bounds(low, high)
        logs = np.where(cast, np.log(np.maximum(last - first, 1e-300)), 0).sum(axis=0)
        return logs - (low**2 + high**2) / 50

    for draw in range(draws):
        now = likelihood(low, high)
        for _ in range(2):
            other = low + rng.normal(0, 0.25, low.size), high + rng.normal(0, 0.25, high.size)
            then = likelihood(*other)
            better = np.log(rng.random(low.size)) < then - now
            better &= other[0] < other[1]
            low, high, now = (
                np.where(better, new, old) for new, old in ((other[0], low), (other[1], high), (then, now))
            )
        first, last = bounds(low, high)
        noise = np.interp(first + rng.random(choices.shape) * (last - first), table, grid)
        answer = np.where(cast, np.clip(place[:, None] * slope + noise, -9, 9), 0)
        certain = 1 + (cast * place[:, None] ** 2).sum(axis=0)
        slope = (answer * place[:, None]).sum(axis=0) / certain + rng.normal(size=low.size) / np.sqrt(certain)
        certain = sd**-2 + (cast * slope**2).sum(axis=1)
        place = (mean / sd**2 + (answer * slope).sum(axis=1)) / certain + rng.normal(
            size=mean.size
        ) / np.sqrt(certain)
        if draw >= draws // 4:
            kept.append((place - place.mean()) / place.std())
    return np.mean(kept, axis=0), np.std(kept, axis=0)


@pytest.fixture(scope="module")
def made() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Votes of 30 voters on 30 votes, with priors that know something."""
    rng = np.random.default_rng(21)
    true = rng.normal(size=30)
    slope, middle = rng.normal(0, 1.2, 30), rng.normal(0, 1, 30)
    answer = true[:, None] * slope + rng.normal(size=(30, 30))
    choices = (answer > middle - 0.4).astype(np.int8) + (answer > middle + 0.4)
    choices[rng.random((30, 30)) < 0.1] = ABSENT
    return choices.astype(np.int8), true + rng.normal(0, 0.6, 30), np.full(30, 0.7)


def test_a_sampler_of_the_same_model_finds_the_same(made: tuple[np.ndarray, ...]) -> None:
    """The sampler's intervals are wider by what it does not know of the votes."""
    choices, mean, sd = made
    fast = session_positions(choices, mean, sd)
    estimate, error = sampled(choices, mean, sd, fast, 2000)
    spread = fast.estimate.std()
    ours = (fast.estimate - fast.estimate.mean()) / spread
    assert np.corrcoef(ours, estimate)[0, 1] > 0.999
    assert np.abs(ours - estimate).max() < 0.15
    assert np.abs(ours - estimate).mean() < 0.04
    assert 0.9 < np.median(fast.sd / spread / error) < 1.05


def test_the_parameters_of_the_votes_are_the_most_probable(made: tuple[np.ndarray, ...]) -> None:
    choices, mean, sd = (part[:12] for part in made)
    choices = choices[:, :6]
    found = session_positions(choices, mean, sd, tolerance=1e-6)
    best = slow_objective(choices, found.items, mean, sd)
    rng = np.random.default_rng(22)
    for _ in range(6):
        moved = Items(*(part + rng.normal(0, 0.15, part.size) for part in found.items))
        if (moved.cut_low < moved.cut_high).all():
            assert slow_objective(choices, moved, mean, sd) < best
    for shift, unit in ((0.1, 1.0), (-0.1, 1.0), (0.0, 1.1), (0.0, 0.9)):
        assert slow_objective(choices, found.items.rescaled(shift, unit), mean, sd) < best


@given(tables, st.integers(0, 1000))
@settings(max_examples=25)
def test_positions_are_what_the_votes_and_the_prior_say(choices: np.ndarray, seed: int) -> None:
    """Given the votes' parameters, each position is the mean of an integral that is here done point by point."""
    choices = usable(choices)
    if choices.shape[1] == 0:
        return
    rng = np.random.default_rng(seed)
    mean, sd = rng.normal(0, 0.8, len(choices)), rng.uniform(0.3, 1.2, len(choices))
    found = session_positions(choices, mean, sd)
    points = np.linspace(-7, 7, 281)
    for row, m, s, estimate, error in zip(choices, mean, sd, found.estimate, found.sd, strict=True):
        weights = np.array(slow_weights(row, found.items, m, s, points))
        centre = (weights * points).sum() / weights.sum()
        assert estimate == pytest.approx(centre, abs=2e-3)
        assert error == pytest.approx(
            sqrt((weights * (points - centre) ** 2).sum() / weights.sum()), abs=4e-3
        )


@given(st.lists(tables, min_size=1, max_size=3))
@settings(max_examples=40)
def test_any_votes_give_finite_positions_on_one_scale(tables: list[np.ndarray]) -> None:
    sessions = []
    for table in tables:
        table = usable(table)
        if table.shape[1] == 0:
            continue
        table[:2] = np.where(table[:2] == ABSENT, ABSTAIN, table[:2])
        sessions.append(Session(voters=[f"v{place}" for place in range(len(table))], choices=table))
    if not sessions:
        return
    found = moving_positions(sessions, "v0", "v1")
    assert found[0].estimate[0] >= found[0].estimate[1]
    for session in found:
        assert np.isfinite(session.estimate).all()
        assert (session.sd > 0).all()
        assert session.estimate.mean() == pytest.approx(0, abs=1e-9)
        assert session.estimate.std() == pytest.approx(1) or np.ptp(session.estimate) < 1e-9
        assert (session.items.cut_low < session.items.cut_high).all()
