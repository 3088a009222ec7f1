"""Positions in a two-mode network of which some ties are unknown: access to a part of it, brokerage, high or low.

Takes the incidence twice, with the unknown ties absent and present. Access is a weighted share, whose bounds are exact: the
largest share puts the upper weight on the bodies to which one is tied most, and the lower on the rest. Brokerage does
not rise or fall with each tie, so that its bounds are the two ends computed (ours): a mixture of present and absent
ties may lie beyond them. What is unknown of a body is unknown for all alike, so that shares may be told apart although
their bounds overlap. Knows nothing of states; the measures themselves stand in `brokerage` and `communities`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from chaikhana.methods.arrays import Floats, Whole

# What is compiled is loaded when a position is computed: whoever only names one does without half a second and 60 MB.

Flags = NDArray[np.bool_]
Ends = tuple[Floats, Floats]
BETWEENNESS, HOLES, ROLES = "betweenness", "structural-holes", "roles"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        BETWEENNESS: "share of the pairs of actors of different communities whose shortest paths over close ties lead "
        "through the actor",
        HOLES: "one minus Burt's constraint",
        ROLES: "share of the ordered pairs of others, not closely tied themselves, between which the actor is itinerant "
        "broker, gatekeeper, representative or liaison",
    }
)
# Sums of weights that differ by less are equal.
ROUNDING = 1e-12
HIGH, LOW, UNDETERMINED = "high", "low", "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """Values of actors that are known within bounds.

    Attributes
    ----------
    low, high : array, shape (actors,)
        The bounds; not a number where there is no value.
    above, at_most : array of bool, shape (actors, actors)
        Whether the row's value is surely above that of the column, or surely at most as high.
    """

    low: Floats
    high: Floats
    above: Flags
    at_most: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Brokers:
    """Brokerage of every actor by each of `KINDS`, and the communities that it is reckoned across.

    Attributes
    ----------
    values : mapping of str to Bounded
        Between the two ends; not a number where one of them is not defined.
    groups : array of int
        The community of each actor, by the certain ties.
    densest : array of bool
        Which actors make up the densest community, by the certain ties.
    """

    values: Mapping[str, Bounded]
    groups: Whole
    densest: Flags


def brokers(low: Floats, high: Floats) -> Brokers:
    """Brokerage in the one-mode network of actors.

    Parameters
    ----------
    low, high : array, shape (actors, bodies)
        How closely each actor is tied to each body, with the unknown ties absent, and present.
    """
    from chaikhana.methods.communities import communities, densest
    from chaikhana.methods.network import one_mode

    ties = one_mode(low)
    groups = communities(ties)
    first = _kinds(ties, groups)
    second = first
    if not np.array_equal(low, high):
        more = one_mode(high)
        second = _kinds(more, communities(more))
    values = {
        kind: bounded(np.minimum(first[kind], second[kind]), np.maximum(first[kind], second[kind]))
        for kind in KINDS
    }
    return Brokers(values=values, groups=groups, densest=densest(ties, groups))


def _kinds(ties: Floats, groups: Whole) -> dict[str, Floats]:
    from chaikhana.methods.brokerage import betweenness_across, constraint, roles
    from chaikhana.methods.network import lengths, strong_ties

    size = len(ties)
    triads = (size - 1) * (size - 2)
    close = strong_ties(ties)
    across = roles(close, groups).across
    return {
        BETWEENNESS: betweenness_across(lengths(np.where(close, ties, 0.0)), groups),
        HOLES: 1 - constraint(ties),
        ROLES: across / triads if triads > 0 else np.full(size, np.nan),
    }


def bounded(low: Floats, high: Floats) -> Bounded:
    """Values of which nothing but the bounds is known."""
    at_most = high[:, None] <= low[None, :]
    np.fill_diagonal(at_most, ~np.isnan(low))
    return Bounded(low=low, high=high, above=low[:, None] > high[None, :], at_most=at_most)


def access(low: Floats, high: Floats, weight_low: Floats, weight_high: Floats) -> Bounded:
    """`share_of_ties` of each actor, and whose is surely greater.

    With weights that are the same for all, one share is greater than another if the weighted sum of the differences between
    the two actors' ties is: surely so, if it is with the upper weight wherever the difference is negative.
    """
    found = bounded(*share_of_ties(low, high, weight_low, weight_high))
    if weight_low.ndim > 1:
        return found
    from chaikhana.methods.network import compare_shares

    least, most = np.zeros((2, len(low), len(low)))
    compare_shares(low, high, weight_low, weight_high, least, most)
    above, at_most = least > ROUNDING, most <= ROUNDING
    known = ~np.isnan(found.low)
    np.fill_diagonal(at_most, known)
    return Bounded(
        low=found.low, high=found.high, above=above & known[:, None], at_most=at_most & known[:, None]
    )


def share_of_ties(low: Floats, high: Floats, weight_low: Floats, weight_high: Floats) -> Ends:
    """The weighted share of the possible ties that each actor has, as an interval.

    Parameters
    ----------
    low, high : array, shape (actors, bodies)
        How closely each actor is tied to each body, from 0 to 1.
    weight_low, weight_high : array, shape (bodies,) or (actors, bodies)
        Bounds of what each body counts, at least 0.

    Returns
    -------
    (array, array)
        Shape (actors,), from 0 to 1; not a number where no body can count. A world in which none counts is left out.
    """
    levels = np.unique(np.concatenate([low.ravel(), high.ravel()]))
    least = np.full(len(low), np.nan)
    most = np.full(len(low), np.nan)
    for level in levels:
        least = np.fmin(least, _share(low, np.where(low <= level, weight_high, weight_low)))
        most = np.fmax(most, _share(high, np.where(high >= level, weight_high, weight_low)))
    return least, most


def _share(ties: Floats, weights: Floats) -> Floats:
    total = weights.sum(axis=1)
    found = np.full(len(ties), np.nan)
    np.divide((ties * weights).sum(axis=1), total, out=found, where=total > 0)
    return found


def seats(inside: Flags, low: Floats, high: Floats) -> Ends:
    """What each body counts for access to a set of actors: the seats that they hold in it, the actor's own left out.

    Parameters
    ----------
    inside : array of bool, shape (actors,)
        The set.

    Returns
    -------
    (array, array)
        Bounds, shape (actors, bodies).
    """
    return _others(inside, low), _others(inside, high)


def _others(inside: Flags, ties: Floats) -> Floats:
    own = ties * inside[:, None]
    held: Floats = own.sum(axis=0) - own
    return held


def above_median(values: Bounded, among: Flags) -> NDArray[np.str_]:
    """Whether each value lies above the median of some of them.

    Parameters
    ----------
    among : array of bool, shape (actors,)
        Of whom the median is taken; those without a value are left out.

    Returns
    -------
    array of str, shape (actors,)
        *high* above the median, *low* at or below it (ours), *undetermined* where that is open or there is no value: neither
        do the bounds tell, nor is the value surely above, or at most, that of more than half.
    """
    known = ~np.isnan(values.low)
    some = among & known
    answer = np.full(len(known), UNDETERMINED)
    if some.any():
        more = some.sum() // 2 + 1
        high = (values.low > np.median(values.high[some])) | (values.above[:, some].sum(axis=1) >= more)
        low = (values.high <= np.median(values.low[some])) | (values.at_most[:, some].sum(axis=1) >= more)
        answer[known & high] = HIGH
        answer[known & low] = LOW
    return answer
