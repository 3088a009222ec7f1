"""Parameters of an address: read, or refused by name."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.web.asked import LONGEST, Asked, address

FIRST, LAST = date(1991, 8, 31), date(2026, 11, 21)


def test_an_unknown_parameter_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UnknownNameError, match=r"no parameter ‘onn’.*‘on’"):
        Asked([("onn", "2014")]).only(("on", "tie"))


@pytest.mark.parametrize(
    ("value", "day"),
    [("2014-03-27", date(2014, 3, 27)), ("2014", date(2014, 12, 31)), ("2026", LAST), ("", LAST)],
)
def test_a_day_is_a_date_or_the_last_of_a_year(value: str, day: date) -> None:
    assert Asked([("on", value)]).day("on", FIRST, LAST) == day


@pytest.mark.parametrize("value", ["abc", "2014-13-01", "1990", "2027", "2014-02-30", "-1", "9" * 40])
def test_a_day_that_is_none_or_beyond_the_study_is_refused(value: str) -> None:
    with pytest.raises(BadValueError, match="on: "):
        Asked([("on", value)]).day("on", FIRST, LAST)


@pytest.mark.parametrize("value", ["x", "0", "367", "1e2", "٣٠", "-30", "30.5"])
def test_a_whole_number_beyond_its_bounds_is_refused(value: str) -> None:
    with pytest.raises(BadValueError, match=r"within: .* from 30 to 365"):
        Asked([("within", value)]).whole("within", 182, 30, 365)


def test_a_value_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadValueError, match="8,001 characters"):
        Asked([("q", "x" * (LONGEST + 1))])


@given(st.text(min_size=1, max_size=40), st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1))))
def test_an_address_gives_back_what_it_was_made_of(path: str, given: list[tuple[str, str]]) -> None:
    found = urlsplit(address("/x", given))
    assert parse_qsl(found.query, keep_blank_values=True) == given
    assert "?" not in address(path) and "#" not in address(path)
