"""Before and after: the ratio of two rates of counted events, with an exact interval.

Reference: given their sum, the later of two Poisson counts is binomial (Przyborowski & Wilenski 1940, doi:10.2307/2332612);
the interval is that of Clopper & Pearson (1934, doi:10.2307/2331986), carried over to the ratio of rates. It speaks of
counts at a steady rate on either side, and says nothing of causes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from chaikhana.errors import BadValueError

STEPS = 80  # halvings: beyond the precision of a float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a rate changed.

    Attributes
    ----------
    ratio : float, optional
        The later rate over the earlier; none where nothing happened before.
    low, high : float
        The exact interval of the ratio; infinite above where nothing happened before.
    """

    before: int
    after: int
    ratio: float | None
    low: float
    high: float


def rate_ratio(
    before: int, before_exposure: float, after: int, after_exposure: float, level: float = 0.95
) -> Change:
    """The ratio of the rate after to the rate before.

    Parameters
    ----------
    before, after : int
        Events counted.
    before_exposure, after_exposure : float
        The time, or the number of words, over which they were counted; above 0.
    level : float
        Confidence of the interval, between 0 and 1.

    Raises
    ------
    BadValueError
        If a count is negative, an exposure not above 0, or the level outside of 0 to 1.
    """
    if before < 0 or after < 0:
        raise BadValueError(f"Counts are not negative: {before}, {after}.")
    if before_exposure <= 0 or after_exposure <= 0:
        raise BadValueError(f"Exposures are above 0: {before_exposure:g}, {after_exposure:g}.")
    if not 0 < level < 1:
        raise BadValueError(f"A level of confidence lies between 0 and 1, not at {level:g}.")
    total, tail = before + after, (1 - level) / 2
    scale = before_exposure / after_exposure
    least = 0.0 if after == 0 else _root(lambda share: 1 - cumulative(after - 1, total, share), tail)
    most = 1.0 if after == total else _root(lambda share: 1 - cumulative(after, total, share), 1 - tail)
    return Change(
        before=before,
        after=after,
        ratio=after / before * scale if before else None,
        low=_odds(least) * scale,
        high=_odds(most) * scale,
    )


def cumulative(successes: int, trials: int, share: float) -> float:
    """The probability of at most so many successes in binomial trials."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if successes >= trials else 0.0
    logs = [
        math.lgamma(trials + 1)
        - math.lgamma(hits + 1)
        - math.lgamma(trials - hits + 1)
        + hits * math.log(share)
        + (trials - hits) * math.log1p(-share)
        for hits in range(successes + 1)
    ]
    return min(1.0, math.fsum(math.exp(one) for one in logs))


def _root(rising: Callable[[float], float], wanted: float) -> float:
    """Where a function that rises over 0 to 1 reaches a value."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)
