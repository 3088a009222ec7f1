"""Cohesion of a group of voters: the agreement index of Hix, Noury and Roland (2005), p. 215, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from chaikhana.methods.cohesion import agreement_index, mean_agreement

N, A, Y, X = 0, 1, 2, -1


def columns(*calls: list[int]) -> np.ndarray:
    """Roll calls as they are written down, one list each."""
    return np.array(calls, dtype=np.int8).T


def everyone(choices: np.ndarray) -> np.ndarray:
    """All voters as the one group."""
    return np.ones((1, len(choices)), dtype=bool)


@pytest.mark.parametrize(
    ("call", "index"),
    [
        ([Y, Y, Y, Y], 1),
        ([A, A, X, A], 1),
        ([Y, N, A], 0),  # (1 - ½ × 2) / 3
        ([Y, Y, N, N], 0.25),  # (2 - ½ × 2) / 4
        ([Y, Y, Y, N], 0.625),  # (3 - ½ × 1) / 4
        ([Y, N, X, X], 0.25),  # (1 - ½ × 1) / 2
    ],
)
def test_the_agreement_index(call: list[int], index: float) -> None:
    choices = columns(call)
    assert agreement_index(choices, everyone(choices))[0] == pytest.approx([index])


def test_one_voter_is_no_group() -> None:
    choices = columns([Y, X, X], [X, X, X])
    assert np.isnan(agreement_index(choices, everyone(choices))).all()
    nobody = np.empty((0, 2), dtype=np.int8)
    assert agreement_index(nobody, everyone(nobody)).shape == (1, 2)


def test_each_group_by_itself() -> None:
    """The first two are of one mind on the first call, the last two on none; nobody is in the third group."""
    choices = columns([Y, Y, N], [N, Y, A])
    groups = np.array([[True, True, False], [False, True, True], [False, False, False]])
    index = agreement_index(choices, groups)
    assert index[:2] == pytest.approx(np.array([[1, 0.25], [0.25, 0.25]]))
    assert np.isnan(index[2]).all()
    found = mean_agreement(choices, choices != X, groups)
    assert found.mean[:2] == pytest.approx([0.5, 0.25])
    assert math.isnan(found.mean[2])
    assert (found.low[2], found.high[2]) == (0, 1)


def test_mean_agreement_of_pairs_and_what_absences_leave_open() -> None:
    """Two roll calls, three voters with a seat at both; the third is away from the second.

    Pairs: 1-2 agree and disagree, ½; 1-3 agree once, 2-3 agree once: mean (½ + 1 + 1) / 3. Had the third voted: 1-3 and
    2-3 lie between ½ and 1, 1-2 stays ½.
    """
    choices = columns([Y, Y, Y], [Y, N, X])
    found = mean_agreement(choices, np.ones((3, 2), dtype=bool), everyone(choices))
    assert found.mean[0] == pytest.approx(2.5 / 3)
    assert found.low[0] == pytest.approx(1.5 / 3)
    assert found.high[0] == pytest.approx(2.5 / 3)


def test_without_a_seat_there_is_no_absence() -> None:
    choices = columns([Y, Y, Y], [Y, N, X])
    found = mean_agreement(choices, choices != X, everyone(choices))
    assert (found.low[0], found.mean[0], found.high[0]) == pytest.approx((2.5 / 3,) * 3)


def test_who_never_met_says_nothing() -> None:
    apart = columns([Y, X], [X, N])
    found = mean_agreement(apart, apart != X, everyone(apart))
    assert math.isnan(found.mean[0])
    assert (found.low[0], found.high[0]) == (0, 1)
    absent = mean_agreement(apart, np.ones((2, 2), dtype=bool), everyone(apart))
    assert math.isnan(absent.mean[0])
    assert (absent.low[0], absent.high[0]) == (0, 1)
