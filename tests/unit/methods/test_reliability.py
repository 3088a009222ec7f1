"""Krippendorff's alpha on the worked examples that he prints (2011, sections A to E)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaikhana.errors import BadValueError
from chaikhana.methods.reliability import krippendorff_alpha

FOUR_OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
UNITS = [
    [int(code) for code in unit if code != "."]
    for unit in zip(*(row.split() for row in FOUR_OBSERVERS), strict=True)
]


@pytest.mark.parametrize(
    ("scale", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_four_observers_with_missing_codings(scale, alpha):
    """Section C to E: any number of observers, any metric, missing data."""
    found = krippendorff_alpha(UNITS, scale)
    assert found.alpha == pytest.approx(alpha, abs=0.0005)
    assert (found.units, found.values) == (11, 40)


def test_two_observers_of_two_values():
    """Section A: binary data, two observers, no missing data."""
    meg, owen = "0100000010", "1110010000"
    found = krippendorff_alpha(list(zip(meg, owen, strict=True)))
    assert found.alpha == pytest.approx(0.095, abs=0.0005)
    assert found.agreement == pytest.approx(0.6)


def test_two_observers_of_five_values():
    """Section B: nominal data, two observers, no missing data."""
    found = krippendorff_alpha(list(zip("aabbdcccedda", "babbbccceddd", strict=True)))
    assert found.alpha == pytest.approx(0.692, abs=0.0005)


def test_an_ordinal_scale_of_words_is_that_of_their_places():
    words = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
    worded = [[words[code] for code in unit] for unit in UNITS]
    named = krippendorff_alpha(worded, "ordinal", list(words.values()))
    assert named.alpha == pytest.approx(krippendorff_alpha(UNITS, "ordinal").alpha)


def test_nothing_to_pair_and_nothing_to_tell_apart():
    assert krippendorff_alpha([]).alpha is None
    assert krippendorff_alpha([["a"], ["b"]]).alpha is None
    alike = krippendorff_alpha([["a", "a"], ["a", "a"]])
    assert alike.alpha is None
    assert alike.agreement == 1.0


def test_the_interval_is_seeded_and_encloses():
    first, again = (krippendorff_alpha(UNITS, draws=300, seed=7) for _ in range(2))
    assert first == again
    assert first.low < first.alpha < first.high
    assert krippendorff_alpha(UNITS, draws=300, seed=8) != first


@pytest.mark.parametrize(
    ("units", "scale", "order", "says"),
    [
        ([["a", "b"]], "ordinal", None, "takes numbers, or an order of the words"),
        ([["a", "z"]], "ordinal", ["a", "b"], "‘z’ is not in the order"),
        ([["a", "b"]], "interval", ["a", "b"], "makes an ordinal scale"),
        ([[-1, 2]], "ratio", None, "no negative values"),
    ],
)
def test_what_a_scale_cannot_take(units, scale, order, says):
    with pytest.raises(BadValueError, match=says):
        krippendorff_alpha(units, scale, order)


def slow_alpha(units):
    """One minus the mean disagreement within units over that of all pairs of values, by counting pairs."""
    paired = [unit for unit in units if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    observed = sum(
        (one != other) / (len(unit) - 1) for unit in paired for one, other in itertools.permutations(unit, 2)
    ) / len(values)
    expected = sum(one != other for one, other in itertools.permutations(values, 2)) / (
        len(values) * (len(values) - 1)
    )
    return None if expected == 0 else 1 - observed / expected


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=8))
def test_alpha_is_what_counting_pairs_gives(units):
    found = krippendorff_alpha(units)
    if not any(len(unit) > 1 for unit in units):
        assert found.alpha is None
        return
    slow = slow_alpha(units)
    assert found.alpha == (None if slow is None else pytest.approx(slow))
    renamed = krippendorff_alpha([[f"x{value}" for value in unit] for unit in units])
    assert renamed.alpha == found.alpha
