"""Change points: a step that anybody sees, the slow twin that tries every division, and what cannot be divided."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.errors import BadValueError
from chaikhana.methods.change_points import divide


def test_two_steps_that_anybody_sees():
    counts = [5, 6, 4, 5, 6, 0, 1, 0, 0, 1, 0, 8, 9, 7, 8]
    found = divide(counts, 2)
    assert found.starts == (5, 11)
    assert found.rates == pytest.approx((5.2, 1 / 3, 8.0))
    assert found.interval(0) == (5, 5)
    assert found.chances.sum(axis=1) == pytest.approx([1, 1])


def test_a_steady_series_prefers_no_change():
    steady = [3, 2, 4, 3, 3, 2, 4, 3, 3, 3]
    assert divide(steady, 0).evidence > divide(steady, 1).evidence > divide(steady, 2).evidence
    step = [1, 0, 1, 1, 0, 9, 8, 9, 10, 9]
    assert divide(step, 1).evidence > divide(step, 0).evidence


def test_a_slow_rise_leaves_the_year_open():
    first, last = divide([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6], 1).interval(0)
    assert last - first > 2


@pytest.mark.parametrize(
    ("counts", "changes", "shortest"), [([1, 2, 3], 2, 2), ([1, -1, 2], 0, 1), ([], 0, 1)]
)
def test_what_cannot_be_divided(counts, changes, shortest):
    with pytest.raises(BadValueError):
        divide(counts, changes, shortest)


def slow(counts, changes, shortest):
    """Every division with the probability of its stretches, each a Gamma-Poisson mixture."""
    size, mean = len(counts), max(sum(counts) / len(counts), 1 / (2 * len(counts)))

    def stretch(part):
        total = sum(part)
        value = math.lgamma(mean + total) - math.lgamma(mean) - (mean + total) * math.log(1 + len(part))
        return value - sum(math.lgamma(count + 1) for count in part)

    found = {}
    for starts in itertools.combinations(range(1, size), changes):
        edges = [0, *starts, size]
        parts = [counts[first:last] for first, last in itertools.pairwise(edges)]
        if min(map(len, parts)) >= shortest:
            found[starts] = sum(map(stretch, parts))
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=11), st.integers(0, 2), st.integers(1, 2))
def test_every_division_tried(counts, changes, shortest):
    tried = slow(counts, changes, shortest)
    found = divide(counts, changes, shortest)
    top = max(tried.values())
    assert tried[found.starts] == pytest.approx(top)
    weights = {starts: math.exp(value - top) for starts, value in tried.items()}
    total = sum(weights.values())
    expected = np.zeros((changes, len(counts)))
    for starts, weight in weights.items():
        for place, start in enumerate(starts):
            expected[place, start] += weight / total
    assert found.chances == pytest.approx(expected, abs=1e-9)
    assert found.evidence == pytest.approx(top + math.log(total) - math.log(len(tried)))
