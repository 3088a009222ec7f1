"""Agreement between coders: Krippendorff's alpha, with an interval by resampling units.

Reference: Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability* (University of Pennsylvania); Krippendorff 2004,
*Content Analysis*, chapter 11. Alpha is one minus observed over expected disagreement; it admits any number of coders, missing
codings and four scales. The interval resamples units with replacement, which is ours: Krippendorff resamples disagreements.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chaikhana.errors import BadValueError

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Agreement of coders.

    Attributes
    ----------
    alpha : float, optional
        Krippendorff's alpha; none where fewer than two codings can be paired, or all of them are the same value,
        so that chance agreement is not defined.
    low, high : float, optional
        The middle 95 per cent of alpha over resampled units, where an interval was asked for and is defined.
    agreement : float, optional
        Share of pairs of codings of a unit that agree.
    units : int
        Units with two codings or more.
    values : int
        Codings in them.
    """

    alpha: float | None
    low: float | None
    high: float | None
    agreement: float | None
    units: int
    values: int


def krippendorff_alpha(
    units: Sequence[Sequence[Hashable]],
    scale: Scale = "nominal",
    order: Sequence[Hashable] | None = None,
    draws: int = 0,
    seed: int = 0,
) -> Reliability:
    """Agreement over units, each a sequence of the values that its coders gave; who gave which does not matter.

    Parameters
    ----------
    units : sequence of sequences
        Missing codings are left out; a unit with fewer than two is not counted.
    order : sequence, optional
        The values from lowest to highest, for an ordinal scale of words; numbers order themselves.
    draws : int
        How often units are resampled for the interval; 0 for none.

    Raises
    ------
    BadValueError
        If a scale other than nominal gets words without an order, a value that `order` lacks, or negative numbers on a
        ratio scale.
    """
    paired = [list(unit) for unit in units if len(unit) > 1]
    found = list(dict.fromkeys(value for unit in paired for value in unit))
    levels = _levels(found, scale, order)
    counts = np.array([[unit.count(level) for level in levels] for unit in paired], dtype=np.float64)
    counts = counts.reshape(len(paired), len(levels))
    alpha = _alpha(counts, levels, scale)
    interval = _interval(counts, levels, scale, draws, seed) if draws and alpha is not None else (None, None)
    sizes = counts.sum(axis=1)
    pairs = float((sizes * (sizes - 1)).sum())
    return Reliability(
        alpha=alpha,
        low=interval[0],
        high=interval[1],
        agreement=float((counts * (counts - 1)).sum()) / pairs if pairs else None,
        units=len(paired),
        values=int(sizes.sum()),
    )


def _levels(found: list[Hashable], scale: Scale, order: Sequence[Hashable] | None) -> list[Hashable]:
    if scale == "nominal":
        return found
    if order is not None:
        lacking = [value for value in found if value not in order]
        if lacking:
            raise BadValueError(
                f"‘{lacking[0]}’ is not in the order of values: {', '.join(map(str, order))}."
            )
        if scale != "ordinal":
            raise BadValueError("An order of words makes an ordinal scale; interval and ratio take numbers.")
        return [value for value in order if value in found]
    numbers = [value for value in found if isinstance(value, (int, float))]
    if len(numbers) < len(found):
        raise BadValueError(f"The scale {scale} takes numbers, or an order of the words.")
    if scale == "ratio" and any(value < 0 for value in numbers):
        raise BadValueError("A ratio scale has no negative values.")
    ordered: list[Hashable] = [*sorted(numbers)]
    return ordered


def _distance(levels: list[Hashable], totals: Floats, scale: Scale) -> Floats:
    """Squared differences between values, levels by levels (Krippendorff 2011, section E)."""
    places = len(levels)
    if scale == "nominal":
        return 1.0 - np.eye(places)
    if scale == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        return np.asarray((middle[:, None] - middle[None, :]) ** 2)
    numbers = np.array(levels, dtype=np.float64)
    apart = np.abs(numbers[:, None] - numbers[None, :])
    if scale == "interval":
        return np.asarray(apart**2)
    sums = numbers[:, None] + numbers[None, :]
    return np.asarray(np.divide(apart, sums, out=np.zeros_like(apart), where=sums > 0) ** 2)


def _alpha(counts: Floats, levels: list[Hashable], scale: Scale) -> float | None:
    sizes = counts.sum(axis=1)
    total = sizes.sum()
    if total < 2:
        return None
    weights = 1.0 / (sizes - 1.0)
    coincidences = (counts * weights[:, None]).T @ counts - np.diag((counts * weights[:, None]).sum(axis=0))
    totals = coincidences.sum(axis=0)
    distance = _distance(levels, totals, scale)
    expected = float((np.outer(totals, totals) * distance).sum())
    if expected == 0:
        return None
    return float(1.0 - (total - 1.0) * (coincidences * distance).sum() / expected)


def _interval(
    counts: Floats, levels: list[Hashable], scale: Scale, draws: int, seed: int
) -> tuple[float | None, float | None]:
    draw = np.random.default_rng(seed)
    sampled = [
        value
        for _ in range(draws)
        if (value := _alpha(counts[draw.integers(0, len(counts), len(counts))], levels, scale)) is not None
    ]
    if not sampled:
        return None, None
    low, high = np.quantile(sampled, [0.025, 0.975])
    return float(low), float(high)
