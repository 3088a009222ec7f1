"""Positions: shares of possible ties as intervals, brokerage between two ends, high and low."""

from __future__ import annotations

import numpy as np
import pytest

from chaikhana.methods.positions import KINDS, above_median, access, bounded, brokers, seats, share_of_ties

ONES = np.ones(2)


def ends(found: tuple[np.ndarray, np.ndarray]) -> list[tuple[float, float]]:
    return list(zip(found[0].tolist(), found[1].tolist(), strict=True))


def test_a_share_of_ties_that_are_known() -> None:
    held = np.array([[1, 0.25], [0, 0], [1, 1]])
    assert ends(share_of_ties(held, held, ONES, ONES)) == [(0.625, 0.625), (0, 0), (1, 1)]


def test_unknown_ties_and_unknown_weights_widen_it() -> None:
    """The second body weighs 1 to 3; whoever is in the first alone has a half to a quarter."""
    low = np.array([[1.0, 0], [0, 0]])
    high = np.array([[1.0, 0], [0, 1]])
    assert ends(share_of_ties(low, high, ONES, np.array([1.0, 3.0]))) == [(0.25, 0.5), (0, 0.75)]


def test_nothing_to_have_access_to() -> None:
    held = np.array([[1.0, 0]])
    assert np.isnan(share_of_ties(held, held, np.zeros(2), np.zeros(2))).all()
    assert np.isnan(share_of_ties(np.zeros((1, 0)), np.zeros((1, 0)), np.zeros(0), np.zeros(0))).all()
    # a body that may count nothing, beside one that never counts: the share is 1 wherever there is one
    assert ends(share_of_ties(held, held, np.zeros(2), np.array([1.0, 0]))) == [(1, 1)]


def test_seats_leave_out_ones_own() -> None:
    held = np.array([[1, 1], [1, 0], [0.5, 1]])
    low, high = seats(np.array([True, True, False]), held, held)
    assert low.tolist() == high.tolist() == [[1, 0], [1, 1], [2, 1]]


def test_shares_are_told_apart_although_their_bounds_overlap() -> None:
    """A is in the first body more than B is, and alike in the second: whatever these weigh, A has more. C is open to B."""
    held = np.array([[1.0, 0.5], [0.75, 0.5], [1.0, 0]])
    found = access(held, held, np.array([0.1, 1.0]), np.array([9.0, 1.0]))
    assert found.low[0] < found.high[1]  # by the bounds alone it would be open
    assert found.above.tolist() == [[False, True, True], [False, False, False], [False, False, False]]
    assert found.at_most.tolist() == [[True, False, False], [True, True, False], [True, False, True]]
    heavy = access(held, held, np.array([3.0, 1.0]), np.array([9.0, 1.0]))
    assert heavy.above[2].tolist() == [False, True, False]


def test_above_the_median() -> None:
    exact = np.array([1.0, 2, 3, np.nan])
    everyone = np.ones(4, dtype=bool)
    assert above_median(bounded(exact, exact), everyone).tolist() == ["low", "low", "high", "undetermined"]
    some = np.array([True, False, False, True])
    assert above_median(bounded(exact, exact), some).tolist() == ["low", "high", "high", "undetermined"]
    nobody = np.zeros(4, dtype=bool)
    assert set(above_median(bounded(exact, exact), nobody).tolist()) == {"undetermined"}


def test_bounds_that_leave_the_median_open() -> None:
    low, high = np.array([0.0, 4, 1]), np.array([2.0, 6, 5])
    assert above_median(bounded(low, high), np.ones(3, dtype=bool)).tolist() == [
        "low",  # not above the second, nor above itself: not above two of three
        "undetermined",
        "undetermined",
    ]
    low, high = np.array([0.0, 6, 3]), np.array([2.0, 7, 5])
    assert above_median(bounded(low, high), np.ones(3, dtype=bool)).tolist() == ["low", "high", "low"]


def test_the_bridge_between_two_groups_brokers() -> None:
    """Bodies of three hold two groups together; actor 2 sits in both."""
    held = np.array([[1, 0], [1, 0], [1, 1], [0, 1], [0, 1]], dtype=float)
    found = brokers(held, held)
    for kind in KINDS:
        values = found.values[kind]
        assert values.low.tolist() == values.high.tolist()
        assert values.low.argmax() == 2, kind
    assert found.values["betweenness"].low[2] == 1
    assert found.values["structural-holes"].low == pytest.approx([3 / 64, 3 / 64, 7 / 16, 3 / 64, 3 / 64])
    assert found.values["roles"].low[2] == 8 / 12  # of 4·3 ordered pairs of others
    assert found.densest.sum() == 3


def test_unknown_ties_give_two_ends() -> None:
    """Without its unknown tie actor 2 sits in one group alone."""
    low = np.array([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]], dtype=float)
    high = low.copy()
    high[2, 1] = 1
    values = brokers(low, high).values["betweenness"]
    assert (values.low[2], values.high[2]) == (0, 1)


def test_another_bridge_that_may_be_lowers_the_first() -> None:
    """Actor 2 sits in both groups; if 1 does too, the ways between them are shared."""
    low = np.array([[1, 0], [1, 0], [1, 1], [0, 1], [0, 1]], dtype=float)
    high = low.copy()
    high[1, 1] = 1
    values = brokers(low, high).values["betweenness"]
    assert values.high[2] == 1
    assert values.low[2] < 1
