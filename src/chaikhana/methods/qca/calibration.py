"""Calibration: raw values turned into degrees of membership, with the anchors and the reason for them kept beside each.

Reference: Ragin (2008), *Redesigning social inquiry*, chapter 5 (the direct and the indirect method); Duşa (2019), *QCA with
R*, chapter 4, doi:10.1007/978-3-319-75668-4 (0.95 at full membership, 0.05 at full non-membership). The direct method is a
logistic curve through three anchors; the indirect one a logit fitted to a first sorting of the cases, here on the raw value
alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chaikhana.errors import BadValueError

Floats = NDArray[np.float64]
FULL = 0.95
"""Membership at the anchor of full membership (Ragin 2008, 85-97); one minus it at full non-membership."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Three raw values, and why they are what they are.

    Attributes
    ----------
    out, crossover, full : float
        Fully out, neither in nor out, fully in; rising or falling.
    reason : str
        Why these; a threshold without one is only a number.
    """

    out: float
    crossover: float
    full: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """Raw values and their scores; arrays of shape (cases,), not a number where the raw value is unknown.

    Attributes
    ----------
    method : str
        How the scores were made, with its anchors, in words.
    reason : str
    """

    raw: Floats
    scores: Floats
    method: str
    reason: str


def direct(raw: ArrayLike, anchors: Anchors) -> Calibrated:
    """Fuzzy scores by a logistic curve through the anchors; where the curve has two slopes, they meet at the crossover.

    Raises
    ------
    BadValueError
        If the anchors do not rise or fall, are not finite, or have no reason.
    """
    points = (anchors.out, anchors.crossover, anchors.full)
    if not all(isfinite(point) for point in points):
        raise BadValueError(f"An anchor is a finite number, not {', '.join(map(str, points))}.")
    if not (points[0] < points[1] < points[2] or points[0] > points[1] > points[2]):
        raise BadValueError(
            f"The anchors {points[0]:g}, {points[1]:g}, {points[2]:g} (out, crossover, full) neither rise nor fall."
        )
    _has_reason(anchors.reason)
    values = _numbers(raw)
    sign = 1.0 if anchors.full > anchors.out else -1.0
    beyond = (values - anchors.crossover) * sign
    upper, lower = abs(anchors.full - anchors.crossover), abs(anchors.crossover - anchors.out)
    odds = log(FULL / (1 - FULL)) * beyond / np.where(beyond >= 0, upper, lower)
    return Calibrated(
        raw=values,
        scores=1 / (1 + np.exp(-odds)),
        method=f"direct: out at {anchors.out:g}, crossover at {anchors.crossover:g}, in at {anchors.full:g}",
        reason=anchors.reason,
    )


def crisp(raw: ArrayLike, threshold: float, reason: str) -> Calibrated:
    """One from the threshold on, else zero."""
    return multi_value(raw, (threshold,), reason)


def multi_value(raw: ArrayLike, thresholds: Sequence[float], reason: str) -> Calibrated:
    """How many thresholds a value reaches: whole numbers from zero.

    Raises
    ------
    BadValueError
        If there is no threshold, they do not rise, or have no reason.
    """
    cuts = np.array([float(cut) for cut in thresholds])
    if not len(cuts) or not np.isfinite(cuts).all() or (np.diff(cuts) <= 0).any():
        raise BadValueError(
            f"Thresholds are finite numbers that rise, not {', '.join(map(str, thresholds)) or 'none'}."
        )
    _has_reason(reason)
    values = _numbers(raw)
    scores = np.where(np.isnan(values), np.nan, np.searchsorted(cuts, values, side="right").astype(float))
    return Calibrated(
        raw=values, scores=scores, method=f"from {', '.join(f'{cut:g}' for cut in cuts)} on", reason=reason
    )


def recoded(raw: ArrayLike, scores: Mapping[float, float], reason: str) -> Calibrated:
    """The values of a scale, each given its score.

    Raises
    ------
    BadValueError
        If a value has no score, or a score lies outside 0 to 1.
    """
    outside = [score for score in scores.values() if not 0 <= score <= 1]
    if outside:
        raise BadValueError(f"A score is from 0 to 1, not {outside[0]:g}.")
    _has_reason(reason)
    values = _numbers(raw)
    unknown = sorted({float(value) for value in values[~np.isnan(values)]} - set(scores))
    if unknown:
        raise BadValueError(
            f"The value {unknown[0]:g} has no score. Scored: {', '.join(f'{one:g}' for one in sorted(scores))}."
        )
    found = np.array([np.nan if np.isnan(value) else scores[float(value)] for value in values])
    said = ", ".join(f"{value:g} as {score:g}" for value, score in sorted(scores.items()))
    return Calibrated(raw=values, scores=found, method=f"recoded: {said}", reason=reason)


def indirect(raw: ArrayLike, thresholds: Sequence[float], reason: str) -> Calibrated:
    """Fuzzy scores predicted by a logit from a first sorting of the cases into evenly spaced degrees.

    Parameters
    ----------
    thresholds : sequence of float
        Raw values that part the degrees: five give 0, 0.2, 0.4, 0.6, 0.8 and 1. Rising.

    Raises
    ------
    BadValueError
        As of `multi_value`; or if all cases fall into one degree.
    """
    sorted_in = multi_value(raw, thresholds, reason)
    known = ~np.isnan(sorted_in.raw)
    degrees = sorted_in.scores[known] / len(thresholds)
    if not known.any() or np.ptp(degrees) == 0:
        raise BadValueError("Every case falls into one degree: the thresholds tell none from another.")
    middle, spread = sorted_in.raw[known].mean(), sorted_in.raw[known].std()
    design = np.column_stack([np.ones(known.sum()), (sorted_in.raw[known] - middle) / spread])
    weights = np.zeros(2)
    for _ in range(100):
        fitted = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (design * (fitted * (1 - fitted) + 1e-9)[:, None])
        step = np.linalg.solve(slope, design.T @ (degrees - fitted))
        weights += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10 or np.abs(weights).max() > 30:
            break
    scores = np.full(len(sorted_in.raw), np.nan)
    scores[known] = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
    return Calibrated(
        raw=sorted_in.raw,
        scores=scores,
        method=f"indirect: degrees part at {', '.join(map('{:g}'.format, thresholds))}",
        reason=reason,
    )


def _numbers(raw: ArrayLike) -> Floats:
    values = np.asarray(raw, dtype=float)
    if values.ndim != 1 or np.isinf(values).any():
        raise BadValueError("Raw values are a row of finite numbers; an unknown one is not a number (nan).")
    return values


def _has_reason(reason: str) -> None:
    if not reason.strip():
        raise BadValueError("Anchors want a reason: say why a case is in or out there.")
