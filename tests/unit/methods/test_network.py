"""Two-mode networks: ties counted by hand, and the faults of blocks that do not divide the rows."""

from __future__ import annotations

import numpy as np
import pytest

from chaikhana.errors import BadValueError
from chaikhana.methods.network import density, joint_counts, lengths, mean_tie, one_mode, pairs, strong_ties

# Two years: three actors, then two; four bodies.
TABLE = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 0], [1, 1, 1, 1], [0, 0, 0, 1]], dtype=np.uint8)
STARTS = np.array([0, 3, 5])


def test_joint_counts_by_hand() -> None:
    """First year: 2 (the first two bodies), 0, 1; second year: 1. Nobody is paired across the years."""
    assert joint_counts(TABLE, STARTS).tolist() == [2, 0, 1, 1]
    first, second = pairs(STARTS)
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2), (3, 4)]


def test_the_diagonal_counts_ones_own() -> None:
    counts = joint_counts(TABLE, STARTS, diagonal=True)
    first, second = pairs(STARTS, diagonal=True)
    assert counts[first == second].tolist() == TABLE.sum(axis=1).tolist()
    assert counts[first != second].tolist() == [2, 0, 1, 1]


@pytest.mark.parametrize("bodies", [0, 1, 63, 64, 65, 300])
def test_any_number_of_bodies_packs_into_words(bodies: int) -> None:
    full = np.ones((3, bodies), dtype=np.uint8)
    assert joint_counts(full, np.array([0, 3])).tolist() == [bodies] * 3


def test_years_of_one_actor_or_none_have_no_pairs() -> None:
    assert joint_counts(TABLE[:1], np.array([0, 0, 1, 1])).tolist() == []
    assert pairs(np.array([0]))[0].tolist() == []


@pytest.mark.parametrize("starts", [[], [1, 5], [0, 4], [0, 4, 3, 5]])
def test_blocks_must_divide_the_rows(starts: list[int]) -> None:
    with pytest.raises(BadValueError, match="do not divide the 5 rows"):
        joint_counts(TABLE, np.array(starts, dtype=np.int64))


def test_one_mode_by_hand() -> None:
    """A and B share a body fully (1·1) and one as observer (1·¼); C only the second, with B as observer (¼·½)."""
    held = np.array([[1, 1, 0], [1, 0.25, 0], [0, 0.5, 1]])
    assert one_mode(held).tolist() == [[0, 1.25, 0.5], [1.25, 0, 0.125], [0.5, 0.125, 0]]
    assert one_mode(held, np.array([2.0, 4.0, 9.0])).tolist() == [[0, 3, 2], [3, 0, 0.5], [2, 0.5, 0]]


def test_density_of_a_star() -> None:
    """Three of six possible ties; a mean of 2·3/6."""
    star = np.zeros((4, 4))
    star[0, 1:] = star[1:, 0] = 2
    assert density(star) == 0.5
    assert mean_tie(star) == 1.0
    assert np.isnan(density(np.zeros((1, 1))))
    assert np.isnan(mean_tie(np.zeros((1, 1))))


def test_strong_ties_are_no_weaker_than_the_median_of_all_pairs() -> None:
    ties = np.array([[0, 5, 1], [5, 0, 3], [1, 3, 0]], dtype=float)
    assert strong_ties(ties).tolist() == [[False, True, False], [True, False, True], [False, True, False]]
    assert strong_ties(np.ones((3, 3)) - np.eye(3)).sum() == 6  # all alike: all are kept
    sparse = np.zeros((4, 4))
    sparse[0, 1] = sparse[1, 0] = 0.25
    assert strong_ties(sparse).sum() == 2  # most pairs have none: every tie stays
    assert strong_ties(np.zeros((1, 1))).tolist() == [[False]]


def test_strong_ties_are_short() -> None:
    assert lengths(np.array([[0, 4.0], [4.0, 0]])).tolist() == [[np.inf, 0.25], [0.25, np.inf]]
