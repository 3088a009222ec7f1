"""Agreement between voters on ordered choices: share, mean distance, Cohen's kappa, Scott's pi.

Reference: Häge (2011), *Choice or circumstance? Adjusting measures of foreign policy similarity for chance agreement*, Political
Analysis 19(3), 287–305, doi:10.1093/pan/mpr023. Disagreement on one roll call is the distance between two votes on the
scale no = 0, abstain = ½, yes = 1. Knows nothing of states. All pairs at once by matrix products of one-hot votes.
"""

from __future__ import annotations

from dataclasses import dataclass

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


def all_pairs(choices: NDArray[np.int8]) -> Agreement:
    """Agreement of every pair of voters.

    Parameters
    ----------
    choices : array of int8, shape (voters, roll calls)
        0 no, 1 abstain, 2 yes, -1 no vote.

    Returns
    -------
    Agreement
        Not a number for pairs that never voted together.
    """
    hot = np.stack([(choices == value) for value in range(3)]).astype(np.float64)
    voted = hot.sum(axis=0)
    both = voted @ voted.T
    joint = np.einsum("avr,bwr->abvw", hot, hot, optimize=True)
    distance = np.abs(SCALE[:, None] - SCALE[None, :])
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = np.einsum("ab,abvw->vw", distance, joint) / both
        own = np.stack([hot[value] @ voted.T for value in range(3)]) / both
        other = own.transpose(0, 2, 1)
        expected_kappa = np.einsum("ab,avw,bvw->vw", distance, own, other)
        pooled = (own + other) / 2
        expected_pi = np.einsum("ab,avw,bvw->vw", distance, pooled, pooled)
        return Agreement(
            votes=both.astype(np.int64),
            share=np.einsum("aavw->vw", joint) / both,
            agreement=1 - observed,
            kappa=_corrected(observed, expected_kappa),
            pi=_corrected(observed, expected_pi),
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
