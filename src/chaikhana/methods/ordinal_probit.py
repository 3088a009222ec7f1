"""Positions of voters on one dimension from ordered choices: an ordinal probit, by EM over a grid of positions.

Reference: the model is that of Bailey, Strezhnev and Voeten (2017), *Estimating dynamic state preferences from United
Nations voting data*, Journal of Conflict Resolution 61(2), 430–456, doi:10.1177/0022002715595700; the estimation is marginal
maximum likelihood, Bock and Aitkin (1981), Psychometrika 46(4), 443–459, doi:10.1007/BF02293801. Knows nothing of
states. Not their sampler: a vote's parameters are held at their most probable values, without an error of their own (ours).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaikhana.errors import BadValueError

Floats = NDArray[np.float64]
Choices = NDArray[np.int8]
NO, ABSTAIN, YES, ABSENT = 0, 1, 2, -1

# finer than the error of a position where many votes were cast; a position beyond either end counts as that end
GRID = np.linspace(-7.0, 7.0, 113)
CUT_SD = 5.0  # ours: keeps a cut point finite where nobody voted beyond it
LIMIT = 9.0  # at which the authors' sampler cuts latent answers, on the scale of the noise
LEAST_PROBABILITY = 1e-10
SLACK = 1e-3  # above the error of the table, below any step that matters
PIECE = 2**18  # multiplications
_STEP = 0.01
_REACH = 10.0
_POINTS = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
_CDF = np.array([erfc(-point / sqrt(2)) / 2 for point in _POINTS])
_PDF = np.exp(-(_POINTS**2) / 2) / sqrt(2 * np.pi)


class Items(NamedTuple):
    """Parameters of the votes, each of shape (votes,); yes is the likelier, the larger discrimination × position."""

    discrimination: Floats
    cut_low: Floats
    cut_high: Floats

    def rescaled(self, centre: float, unit: float) -> Items:
        """The same votes on a scale on which `centre` is 0 and `centre + unit` is 1."""
        moved = self.discrimination * centre
        return Items(self.discrimination * unit, self.cut_low - moved, self.cut_high - moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """Positions of the voters of one session.

    Attributes
    ----------
    estimate, sd : array, shape (voters,)
        Mean and standard deviation of what is known of a position, its prior and the votes taken together.
    items : Items
        The votes' parameters, on the scale of `estimate`.
    converged : bool
        Whether the last iteration moved no position by more than the tolerance.
    iterations : int
    """

    estimate: Floats
    sd: Floats
    items: Items
    converged: bool
    iterations: int

    def rescaled(self, centre: float, unit: float) -> Positions:
        """The same on a scale on which `centre` is 0 and `centre + unit` is 1; a negative unit turns it round."""
        return Positions(
            estimate=(self.estimate - centre) / unit,
            sd=self.sd / abs(unit),
            items=self.items.rescaled(centre, unit),
            converged=self.converged,
            iterations=self.iterations,
        )


def session_positions(
    choices: Choices,
    prior_mean: Floats,
    prior_sd: Floats,
    *,
    start: Items | None = None,
    tolerance: float = 1e-3,
    most: int = 200,
) -> Positions:
    """Positions of the voters of one session, given what was known of each before it.

    A vote is no where ``discrimination × position + noise`` lies below the lower cut point, yes where it lies above the
    higher one, abstention between; the noise is standard normal. Discriminations have a standard normal prior, as in
    the reference. The authors' sampler cuts the left side at ±9, which holds the outermost voters in; here a vote's
    likelihood falls by half the square of what ``discrimination × position`` has beyond. Ours: cut points have a normal
    prior of standard deviation 5, and their distance is found at the most probable value of its logarithm, not at zero
    where nobody abstained.

    Parameters
    ----------
    choices : array of int8, shape (voters, votes)
        0 no, 1 abstain, 2 yes, -1 no vote, which says nothing.
    prior_mean, prior_sd : array, shape (voters,)
        Normal prior of each position.
    start : Items, optional
        Where to begin. By default, where the votes agree with the prior means or, if these are all one, with the
        votes' first principal component: the direction of the scale is then arbitrary.
    tolerance : float
        Iterations end once one moves no position by more, in standard deviations of all positions.
    most : int
        Iterations at most.

    Returns
    -------
    Positions
        On the scale of the priors.

    Raises
    ------
    BadValueError
        If the arrays do not fit one another, or there is nobody, or nothing, to estimate from.
    """
    _check(choices, prior_mean, prior_sd)
    chosen = np.concatenate([choices == value for value in (NO, ABSTAIN, YES)], axis=1).astype(np.float64)
    by_vote = np.ascontiguousarray(chosen.T)
    prior = -0.5 * ((GRID - prior_mean[:, None]) / prior_sd[:, None]) ** 2
    items = start or _start(choices, prior_mean)
    curves = _Curves.of(items)
    weights = _posterior(chosen, curves, prior)
    estimate, sd = _moments(weights)
    converged, iteration = False, 0
    while not converged and iteration < most:
        iteration += 1
        items = _improved(items, curves, _product(by_vote, weights).reshape(3, -1, GRID.size))
        items = _fitted_to_priors(items, estimate, sd, prior_mean, prior_sd)
        curves = _Curves.of(items)
        weights = _posterior(chosen, curves, prior)
        before = estimate
        estimate, sd = _moments(weights)
        converged = _farthest_move(before, estimate) < tolerance
    return Positions(estimate=estimate, sd=sd, items=items, converged=converged, iterations=iteration)


class _Curves(NamedTuple):
    """For each vote at each point of the grid: what it says of a voter there.

    The probability of each choice, its logarithm less the penalty, the densities at the two cut points, and by how much
    discrimination × position lies beyond the limit.
    """

    probability: Floats
    logarithm: Floats
    low: Floats
    high: Floats
    beyond: Floats

    @classmethod
    def of(cls, items: Items) -> _Curves:
        slope = items.discrimination[:, None] * GRID
        below_low, low = _looked_up(items.cut_low[:, None] - slope)
        below_high, high = _looked_up(items.cut_high[:, None] - slope)
        probability = np.stack([below_low, below_high - below_low, 1.0 - below_high])
        np.maximum(probability, LEAST_PROBABILITY, out=probability)
        beyond = slope - np.clip(slope, -LIMIT, LIMIT)
        return cls(probability, np.log(probability) - beyond**2 / 2, low, high, beyond)


def _looked_up(x: Floats) -> tuple[Floats, Floats]:
    """Distribution function and density of the standard normal, from a table: within 4e-6."""
    place = np.clip((x + _REACH) / _STEP, 0.0, _POINTS.size - 1.001)
    below = place.astype(np.intp)
    rest = place - below
    above = below + 1
    return (
        _CDF[below] * (1.0 - rest) + _CDF[above] * rest,
        _PDF[below] * (1.0 - rest) + _PDF[above] * rest,
    )


def _posterior(chosen: Floats, curves: _Curves, prior: Floats) -> Floats:
    """Weights of the grid's points for each voter, shape (voters, points)."""
    logs: Floats = _product(chosen, curves.logarithm.reshape(-1, GRID.size)) + prior
    weights: Floats = np.exp(logs - logs.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def _product(left: Floats, right: Floats) -> Floats:
    """Matrix product in pieces too small for a library to spread over threads, whose waiting costs more than they save."""
    rows = max(1, PIECE // right.size)
    result = np.empty((left.shape[0], right.shape[1]))
    for first in range(0, left.shape[0], rows):
        np.matmul(left[first : first + rows], right, out=result[first : first + rows])
    return result


def _moments(weights: Floats) -> tuple[Floats, Floats]:
    mean = weights @ GRID
    return mean, np.sqrt(np.maximum(weights @ GRID**2 - mean**2, 0.0))


def _improved(items: Items, curves: _Curves, counts: Floats) -> Items:
    """One step of Fisher's scoring of all votes at once; `counts` are the expected voters by choice, vote and point.

    What a step must raise, the expected logarithm of likelihood and priors, is concave in the three parameters; it is
    halved until it does.
    """
    slope, low, high = items
    p = curves.probability
    gap = high - low
    total = counts.sum(axis=0)
    ratio = counts / p
    at_low = curves.low * (ratio[NO] - ratio[ABSTAIN])
    at_high = curves.high * (ratio[ABSTAIN] - ratio[YES])
    gradient = np.stack(
        [
            at_low.sum(axis=1) - 1.0 / gap - low / CUT_SD**2,
            at_high.sum(axis=1) + 1.0 / gap - high / CUT_SD**2,
            -(at_low + at_high + total * curves.beyond) @ GRID - slope,
        ],
        axis=1,
    )
    shared = total / p[ABSTAIN]
    low_low = curves.low**2 * (total / p[NO] + shared)
    high_high = curves.high**2 * (shared + total / p[YES])
    low_high = -curves.low * curves.high * shared
    apart = 1.0 / gap**2
    information = np.empty((slope.size, 3, 3))
    information[:, 0, 0] = low_low.sum(axis=1) + apart + CUT_SD**-2
    information[:, 1, 1] = high_high.sum(axis=1) + apart + CUT_SD**-2
    information[:, 2, 2] = (low_low + high_high + 2 * low_high + total * (curves.beyond != 0)) @ GRID**2 + 1.0
    information[:, 0, 1] = information[:, 1, 0] = low_high.sum(axis=1) - apart
    information[:, 0, 2] = information[:, 2, 0] = -(low_low + low_high) @ GRID
    information[:, 1, 2] = information[:, 2, 1] = -(high_high + low_high) @ GRID
    step = np.linalg.solve(information, gradient[..., None])[..., 0]
    closing = np.maximum(step[:, 0] - step[:, 1], 1e-300)
    part = np.minimum(1.0, 0.8 * gap / closing)
    start = _expected(items, curves, counts)
    for _ in range(20):
        found = Items(slope + part * step[:, 2], low + part * step[:, 0], high + part * step[:, 1])
        worse = _expected(found, _Curves.of(found), counts) < start - SLACK
        if not worse.any():
            break
        part = np.where(worse, part / 2, part)
    return found


def _expected(items: Items, curves: _Curves, counts: Floats) -> Floats:
    """Expected logarithm of the likelihood and the priors of each vote, up to a constant."""
    likelihood: Floats = np.einsum("cvq,cvq->v", counts, curves.logarithm)
    slope, low, high = items
    return likelihood + np.log(high - low) - (low**2 + high**2) / (2 * CUT_SD**2) - slope**2 / 2


def _fitted_to_priors(
    items: Items, estimate: Floats, sd: Floats, prior_mean: Floats, prior_sd: Floats
) -> Items:
    """The votes on the scale that all priors together make most probable.

    Moving and stretching positions and votes alike leaves the likelihood as it is; without this step EM would creep
    along. Liu, Rubin and Wu (1998), Biometrika 85(4), 755–770, doi:10.1093/biomet/85.4.755.
    """
    weight = prior_sd**-2.0
    slope, low, high = items
    steepness = float(slope @ slope)
    shift, stretch = 0.0, 1.0
    for _ in range(3):
        pull = stretch * weight @ (prior_mean - stretch * estimate) - slope @ (low + high) / CUT_SD**2
        shift = float(pull / (stretch**2 * weight.sum() + 2 * steepness / CUT_SD**2))
        moved = estimate + shift
        spread, along = float(weight @ (moved**2 + sd**2)), float(weight @ (moved * prior_mean))
        roots = np.roots(np.array([spread, -along, -estimate.size, 0.0, -steepness]))
        stretch = float(roots[np.abs(roots.imag) < 1e-9].real.max())
    return items.rescaled(-shift, 1.0 / stretch)


def _start(choices: Choices, prior_mean: Floats) -> Items:
    """Cut points from the shares of the choices, discriminations from how these go with a first guess of positions."""
    cast = choices != ABSENT
    voters = cast.sum(axis=0)
    scored = np.where(cast, choices - 1.0, 0.0)
    centred = np.where(cast, scored - scored.sum(axis=0) / voters, 0.0)
    guess = prior_mean - prior_mean.mean()
    if np.allclose(guess, 0.0):
        guess = np.linalg.svd(centred, full_matrices=False)[0][:, 0]
    spread = guess.std() or 1.0
    slope = np.clip(3.0 * (guess / spread) @ centred / voters, -1.5, 1.5)
    shares = [((choices == value).sum(axis=0) + 0.5) / (voters + 1.5) for value in (NO, ABSTAIN)]
    low, high = (np.interp(share, _CDF, _POINTS) for share in (shares[0], shares[0] + shares[1]))
    return Items(slope, low, high)


def _farthest_move(before: Floats, after: Floats) -> float:
    """How far any position moved within the order of all, the scale's origin and unit aside."""
    old, new = ((positions - positions.mean()) / (positions.std() or 1.0) for positions in (before, after))
    return float(np.abs(new - old).max())


def _check(choices: Choices, prior_mean: Floats, prior_sd: Floats) -> None:
    if choices.ndim != 2 or not prior_mean.shape == prior_sd.shape == choices.shape[:1]:
        raise BadValueError(
            f"Choices of shape {choices.shape} do not fit priors of shape {prior_mean.shape} and {prior_sd.shape}. "
            "Give one row of choices, one mean and one standard deviation a voter."
        )
    if not np.isin(choices, (NO, ABSTAIN, YES, ABSENT)).all():
        raise BadValueError("Choices hold another number. Allowed: 0 no, 1 abstain, 2 yes, -1 no vote.")
    if choices.size == 0 or not (choices != ABSENT).any(axis=0).all():
        raise BadValueError("There are no votes, or there is one that nobody cast. Leave such votes out.")
    if not (np.isfinite(prior_mean).all() and np.isfinite(prior_sd).all() and (prior_sd > 0).all()):
        raise BadValueError("A prior is not a number, or its standard deviation is not above zero.")
