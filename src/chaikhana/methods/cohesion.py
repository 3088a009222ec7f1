"""Cohesion of groups of voters: the agreement index, and the mean agreement of their pairs with what absences leave open.

Reference: Hix, Noury and Roland (2005), *Power to the Parties: Cohesion and Competition in the European Parliament,
1979–2001*, British Journal of Political Science 35(2), 209–234, doi:10.1017/S0007123405000128, for the index; Häge (2011),
doi:10.1093/pan/mpr023, for the agreement of a pair. Knows nothing of states. Any number of groups at once by matrix
products of who is in which. Ours: the bounds that absences give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chaikhana.methods.agreement import ABSENT, SCALE, all_pairs

Floats = NDArray[np.float64]
LEAST_VOTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanAgreement:
    """The mean agreement of the pairs of each group; every array has shape (groups,).

    Attributes
    ----------
    mean : array
        Over the pairs that voted together, one minus their mean distance; not a number where none did.
    low, high : array
        The ends of the same mean over all pairs that had a seat together, where each roll call that one of a pair missed
        counts as disagreement, then as agreement. They enclose the mean.
    """

    mean: Floats
    low: Floats
    high: Floats


def agreement_index(choices: NDArray[np.int8], groups: NDArray[np.bool_]) -> Floats:
    """How far each group votes as one on each roll call.

    With Y, N, A votes in favour, against and abstaining, and m the largest of the three, the index is
    (m − ½ ((Y + N + A) − m)) / (Y + N + A): 1 where all cast the same vote, 0 where they split evenly in three.

    Parameters
    ----------
    choices : array of int8, shape (voters, roll calls)
        0 no, 1 abstain, 2 yes, -1 no vote.
    groups : array of bool, shape (groups, voters)
        Who is in which group.

    Returns
    -------
    array, shape (groups, roll calls)
        Not a number where fewer than two voted: one voter is always of one mind.
    """
    inside = groups.astype(np.float32)  # counts are far below 2 to the 24th, and so exact
    hot = np.concatenate([choices == value for value in range(len(SCALE))], axis=1).astype(np.float32)
    counts = (inside @ hot).reshape(len(groups), len(SCALE), choices.shape[1]).swapaxes(0, 1)
    total, most = counts.sum(axis=0, dtype=np.float64), counts.max(axis=0).astype(np.float64)
    enough = total >= LEAST_VOTERS
    index = (most - (total - most) / 2) / np.where(enough, total, 1)
    return np.where(enough, index, np.nan)


def mean_agreement(
    choices: NDArray[np.int8], seated: NDArray[np.bool_], groups: NDArray[np.bool_]
) -> MeanAgreement:
    """The mean agreement of all pairs of each group, and its bounds had all who had a seat voted.

    Parameters
    ----------
    choices : array of int8, shape (voters, roll calls)
        0 no, 1 abstain, 2 yes, -1 no vote.
    seated : array of bool, shape (voters, roll calls)
        Whether the voter had a seat; who voted counts as seated.
    groups : array of bool, shape (groups, voters)
        Who is in which group.

    Returns
    -------
    MeanAgreement
        Not a number and 0 to 1 where no two had a seat together.
    """
    here = (seated | (choices != ABSENT)).astype(np.float32)
    together = (here @ here.T).astype(np.float64)
    found = all_pairs(choices)
    both = found.votes.astype(np.float64)
    agreed = np.where(both > 0, found.agreement * both, 0.0)
    pairs, mean, pairs_seated, low, high = _over_pairs(
        [
            both > 0,
            _ratio(agreed, both, 0.0),
            together > 0,
            _ratio(agreed, together, 0.0),
            _ratio(agreed + together - both, together, 0.0),
        ],
        groups,
    )
    return MeanAgreement(
        mean=_ratio(mean, pairs, np.nan),
        low=_ratio(low, pairs_seated, 0.0),
        high=_ratio(high, pairs_seated, 1.0),
    )


def _over_pairs(tables: list[NDArray[Any]], groups: NDArray[np.bool_]) -> Floats:
    """Sum of each table, shape (voters, voters), over the pairs of each group: shape (tables, groups)."""
    inside = groups.astype(np.float64)
    side_by_side = np.concatenate([np.triu(table, 1) for table in tables], axis=1, dtype=np.float64)
    sums = (inside @ side_by_side).reshape(len(groups), len(tables), groups.shape[1])
    summed: Floats = np.einsum("gtv,gv->tg", sums, inside)
    return summed


def _ratio(part: Floats, whole: Floats, none: float) -> Floats:
    ratio: Floats = np.divide(part, whole, out=np.full_like(part, none), where=whole > 0)
    return ratio
