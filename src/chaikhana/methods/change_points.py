"""Change points in a series of counts: the most probable division into stretches of steady rates, and how sure its years are.

Reference: the product-partition model of Barry & Hartigan (1992, doi:10.1214/aos/1176348521) for Poisson counts, each
stretch with a rate of its own under a Gamma prior; sums over all divisions by the recursion of Fearnhead (2006,
doi:10.1007/s11222-006-8450-8). The prior's mean is the series' own mean, its weight one year (ours). It finds steps, not
slopes, and one series says nothing of why.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from chaikhana.errors import BadValueError

Floats = NDArray[np.float64]
WEIGHT = 1.0  # years' worth of prior


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A series divided at change points.

    Attributes
    ----------
    starts : tuple of int
        Where each stretch after the first begins, as a place in the series: the most probable division.
    rates : tuple of float
        The mean count of each stretch.
    chances : array, shape (changes, places)
        The probability that the first, second … change lies at each place, over all divisions into as many stretches.
    evidence : float
        The logarithm of the probability of the series, over all these divisions, each as likely before as any other.
    """

    starts: tuple[int, ...]
    rates: tuple[float, ...]
    chances: Floats
    evidence: float

    def interval(self, change: int, share: float = 0.9) -> tuple[int, int]:
        """The shortest run of places that holds a change with at least this probability."""
        chance = self.chances[change]
        best = (0, len(chance) - 1)
        for first in range(len(chance)):
            total = 0.0
            for last in range(first, len(chance)):
                total += chance[last]
                if total >= share - 1e-9:
                    if last - first < best[1] - best[0]:
                        best = (first, last)
                    break
        return best


def divide(counts: Sequence[int], changes: int, shortest: int = 2) -> Division:
    """Divide a series of counts, at equal steps, into one more stretch than there are changes.

    Parameters
    ----------
    counts : sequence of int
        Not negative.
    changes : int
        How many changes; 0 for none.
    shortest : int
        How many places a stretch has at least.

    Raises
    ------
    BadValueError
        If a count is negative, or the series is too short for so many stretches.
    """
    size = len(counts)
    if any(count < 0 for count in counts):
        raise BadValueError("Counts are not negative.")
    if changes < 0 or shortest < 1 or size < (changes + 1) * shortest:
        raise BadValueError(
            f"{size} places cannot be divided at {changes} changes into stretches of {shortest} or more."
        )
    stretch = _stretches(counts, shortest)
    best, come = [stretch[0]], []
    forward = [stretch[0]]
    for _ in range(changes):
        best.append(np.full(size + 1, -np.inf))
        come.append(np.zeros(size + 1, dtype=np.int64))
        forward.append(np.full(size + 1, -np.inf))
        for end in range(1, size + 1):
            told = best[-2][:end] + stretch[:end, end]
            come[-1][end] = int(np.argmax(told))
            best[-1][end] = told[come[-1][end]]
            forward[-1][end] = _log_sum(forward[-2][:end] + stretch[:end, end])
    starts: list[int] = []
    end = size
    for back in reversed(come):
        end = int(back[end])
        starts.insert(0, end)
    edges = [0, *starts, size]
    rates = tuple(float(np.mean(counts[first:last])) for first, last in pairwise(edges))
    total = forward[-1][size]
    return Division(
        starts=tuple(starts),
        rates=rates,
        chances=_chances(forward, stretch, size, changes, total),
        evidence=float(total - math.log(_ways(size, changes, shortest))),
    )


def _stretches(counts: Sequence[int], shortest: int) -> Floats:
    """The logarithm of the probability of each stretch from one place to before another; minus infinity if too short."""
    size = len(counts)
    mean = max(float(np.mean(counts)), 1 / (2 * size))
    shape, rate = mean * WEIGHT, WEIGHT
    sums = np.concatenate([[0], np.cumsum(counts)])
    factorials = np.concatenate([[0.0], np.cumsum([math.lgamma(count + 1) for count in counts])])
    found = np.full((size + 1, size + 1), -np.inf)
    for first in range(size):
        for last in range(first + shortest, size + 1):
            total, length = float(sums[last] - sums[first]), last - first
            found[first, last] = (
                shape * math.log(rate)
                - math.lgamma(shape)
                + math.lgamma(shape + total)
                - (shape + total) * math.log(rate + length)
                - (factorials[last] - factorials[first])
            )
    return found


def _chances(forward: list[Floats], stretch: Floats, size: int, changes: int, total: float) -> Floats:
    """The probability of each change at each place, from the sums before it and after it."""
    backward = [stretch[:, size]]
    for _ in range(changes):
        after = np.full(size + 1, -np.inf)
        for first in range(size):
            after[first] = _log_sum(stretch[first, first + 1 :] + backward[-1][first + 1 :])
        backward.append(after)
    chances = np.zeros((changes, size))
    for change in range(changes):
        chances[change] = np.exp(forward[change][:size] + backward[changes - 1 - change][:size] - total)
    return chances


def _log_sum(values: Floats) -> float:
    top = float(np.max(values)) if len(values) else -math.inf
    return top if top == -math.inf else top + math.log(float(np.sum(np.exp(values - top))))


def _ways(size: int, changes: int, shortest: int) -> int:
    """How many divisions there are."""
    return math.comb(size - (changes + 1) * (shortest - 1) - 1, changes)
