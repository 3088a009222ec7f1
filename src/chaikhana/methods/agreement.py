"""Agreement between voters on ordered choices: share, mean distance, Cohen's kappa, Scott's pi.

Reference: Häge (2011), *Choice or circumstance? Adjusting measures of foreign policy similarity for chance agreement*, Political
Analysis 19(3), 287–305, doi:10.1093/pan/mpr023. Disagreement on one roll call is the distance between two votes on the
scale no = 0, abstain = ½, yes = 1. Knows nothing of states. All pairs at once by one
matrix product of one-hot votes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SCALE = np.array([0.0, 0.5, 1.0])
ABSENT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """All pairs of voters; every matrix is symmetric, of shape (voters, voters).

    Attributes
    ----------
    votes : array of int
        Roll calls on which both voted.
    share : array
        Share of those on which both cast the same vote.
    agreement : array
        One minus the mean distance.
    kappa, pi : array
        Corrected for the agreement that the two voters' own (kappa), or their common (pi) distribution of votes gives by
        chance; not a number where chance alone leaves nothing to explain.
    """

    votes: NDArray[np.int64]
    share: Floats
    agreement: Floats
    kappa: Floats
    pi: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Agreement of pairs of voters; every array has shape (pairs,), the fields of `Agreement` among them."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    votes: NDArray[np.int64]
    share: Floats
    agreement: Floats
    kappa: Floats
    pi: Floats


def each_pair(choices: NDArray[np.int8], *, with_self: bool = False) -> Pairs:
    """Agreement of every pair of voters, each pair once.

    Parameters
    ----------
    choices : array of int8, shape (voters, roll calls)
        0 no, 1 abstain, 2 yes, -1 no vote.
    with_self : bool
        Whether a voter is paired with itself too.

    Returns
    -------
    Pairs
        Not a number for pairs that never voted together.
    """
    voters, values = len(choices), range(len(SCALE))
    first, second = np.triu_indices(voters, k=0 if with_self else 1)
    hot = np.concatenate([choices == value for value in values]).astype(np.float32)
    # exact: a count of roll calls is far below 2 to the 24th
    counts = (hot @ hot.T).ravel()
    place = first * (len(SCALE) * voters) + second
    joint = {
        (a, b): counts[place + (a * len(SCALE) * voters + b) * voters].astype(np.float64)
        for a, b in product(values, values)
    }
    own = [joint[value, 0] + joint[value, 1] + joint[value, 2] for value in values]
    other = [joint[0, value] + joint[1, value] + joint[2, value] for value in values]
    both = own[0] + own[1] + own[2]
    observed, chance_kappa, chance_pi = np.zeros((3, len(first)))
    for a, b in combinations(values, 2):
        distance = SCALE[b] - SCALE[a]
        observed += distance * (joint[a, b] + joint[b, a])
        chance_kappa += distance * (own[a] * other[b] + own[b] * other[a])
        chance_pi += (distance / 2) * (own[a] + other[a]) * (own[b] + other[b])
    with np.errstate(invalid="ignore", divide="ignore"):
        observed /= both
        square = both * both
        return Pairs(
            first=first,
            second=second,
            votes=both.astype(np.int64),
            share=(joint[0, 0] + joint[1, 1] + joint[2, 2]) / both,
            agreement=1 - observed,
            kappa=_corrected(observed, chance_kappa / square),
            pi=_corrected(observed, chance_pi / square),
        )


def all_pairs(choices: NDArray[np.int8]) -> Agreement:
    """Agreement of every pair of voters, as matrices.

    Parameters
    ----------
    choices : array of int8, shape (voters, roll calls)
        0 no, 1 abstain, 2 yes, -1 no vote.

    Returns
    -------
    Agreement
        Not a number for pairs that never voted together.
    """
    found = each_pair(choices, with_self=True)

    def matrix(values: NDArray[Any]) -> NDArray[Any]:
        made = np.empty((len(choices), len(choices)), dtype=values.dtype)
        made[found.first, found.second] = made[found.second, found.first] = values
        return made

    return Agreement(
        votes=matrix(found.votes),
        share=matrix(found.share),
        agreement=matrix(found.agreement),
        kappa=matrix(found.kappa),
        pi=matrix(found.pi),
    )


def _corrected(observed: Floats, expected: Floats) -> Floats:
    """One minus observed over expected disagreement, not a number where none is expected."""
    return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), np.nan)


def median_choice(choices: NDArray[np.int8]) -> NDArray[np.int8]:
    """The median vote of a group on each roll call.

    Parameters
    ----------
    choices : array of int8, shape (voters, roll calls)

    Returns
    -------
    array of int8, shape (roll calls,)
        The median of those who voted, -1 where nobody did; a median between two choices is the abstention that lies
        between no and yes, or the choice nearer to it.
    """
    middle = np.full(choices.shape[1], float(ABSENT))
    voted = (choices != ABSENT).any(axis=0)
    middle[voted] = np.nanmedian(np.where(choices[:, voted] == ABSENT, np.nan, choices[:, voted]), axis=0)
    towards_abstaining = np.where(middle > 1, np.floor(middle), np.ceil(middle))
    return np.where(middle < 0, ABSENT, towards_abstaining).astype(np.int8)
