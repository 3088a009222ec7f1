"""Choices: filled in, refused where they do not fit, and unknown facts read at either end."""

from __future__ import annotations

import pytest

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, at_least, filled, narrowed, settled
from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError, UnknownNameError

CUT = Choice(id="cut", says="where it is cut", default=0.5, values=(0.25, 0.5))
YEARS = Choice(id="years", says="how many years count", default=10, values=(5, 10))
CHOICES = (CUT, YEARS, UNKNOWNS)


def test_defaults_stand_where_nothing_is_given():
    assert filled(CHOICES) == {"cut": 0.5, "years": 10, "unknowns": "unknown"}


def test_a_number_may_be_any_and_keeps_its_kind():
    made = filled(CHOICES, {"cut": "0.7", "years": "7"})
    assert (made["cut"], made["years"]) == (0.7, 7)
    assert isinstance(made["years"], int)


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"cuts": 1}, UnknownNameError, "Did you mean ‘cut’"),
        ({"unknowns": "maybe"}, BadValueError, "Allowed: unknown, low, high"),
        ({"cut": "much"}, BadValueError, "takes a number, not ‘much’"),
        ({"cut": float("nan")}, BadValueError, "finite"),
    ],
)
def test_what_does_not_fit_is_refused(given, error, says):
    with pytest.raises(error, match=says):
        filled(CHOICES, given)


def test_a_choice_says_whose_it_is_and_over_what_it_varies():
    assert CUT.told(0.5) == "Where it is cut: 0.5 (ours; varied over 0.25)."
    theirs = Choice(
        id="a", says="which", default="x", values=("x", "y"), basis="paper", locator="p, section 1"
    )
    assert theirs.told("x") == "Which: x (p, section 1; varied over y)."


@pytest.mark.parametrize(
    ("unknowns", "answer", "bounds"),
    [
        ("unknown", Truth.UNKNOWN, Bounds(low=0.2, high=0.8)),
        ("low", Truth.NO, Bounds(low=0.2, high=0.2)),
        ("high", Truth.YES, Bounds(low=0.8, high=0.8)),
    ],
)
def test_unknown_facts_at_both_ends(unknowns, answer, bounds):
    chosen = {"unknowns": unknowns}
    assert settled(Truth.UNKNOWN, chosen) is answer
    assert settled(Truth.NO, chosen) is Truth.NO
    assert narrowed(Bounds(low=0.2, high=0.8), chosen) == bounds


def test_a_number_within_bounds_reaches_a_least_surely_maybe_or_not():
    bounds = Bounds(low=0.2, high=0.8)
    assert [at_least(bounds, cut) for cut in (0.2, 0.5, 0.9)] == [Truth.YES, Truth.UNKNOWN, Truth.NO]
