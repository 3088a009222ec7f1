"""Dates as sources give them (EDTF, ISO 8601-2:2019), and periods that answer yes, no or unknown."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.core.dates import (
    FIRST_DAY,
    FOREVER,
    LAST_DAY,
    SOME_TIME,
    parse_day,
    parse_moment,
    parse_period,
)
from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError

DAY = date.fromisoformat
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1996", "1996-01-01", "1996-12-31"),
        ("1996-04", "1996-04-01", "1996-04-30"),
        ("1996-02", "1996-02-01", "1996-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("1996-12", "1996-12-01", "1996-12-31"),
        ("1996-04-26", "1996-04-26", "1996-04-26"),
        (" 1996 ", "1996-01-01", "1996-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("1996?", "1995-01-01", "1997-12-31"),
        ("1996~", "1995-01-01", "1997-12-31"),
        ("1997%", "1996-01-01", "1998-12-31"),
        ("1996-04~", "1996-03-01", "1996-05-31"),
        ("1996-01~", "1995-12-01", "1996-02-29"),
        ("1996-04-26?", "1996-04-25", "1996-04-27"),
        ("[1996..]", "1996-01-01", "9999-12-31"),
        ("[1996-04..]", "1996-04-01", "9999-12-31"),
        ("[1996-04-26..]", "1996-04-26", "9999-12-31"),
        ("[..1996]", "0001-01-01", "1996-12-31"),
        ("[..1996-04]", "0001-01-01", "1996-04-30"),
        ("[..1996-04-26]", "0001-01-01", "1996-04-26"),
    ],
)
def test_every_form_stands_for_the_days_that_it_may_be(text: str, earliest: str, latest: str) -> None:
    moment = parse_moment(text)
    assert (moment.earliest, moment.latest) == (DAY(earliest), DAY(latest))
    assert moment.text == str(moment) == text.strip()
    assert moment.exact == (earliest == latest)


def test_widening_stays_inside_the_calendar() -> None:
    assert parse_moment("0001~").earliest == FIRST_DAY
    assert parse_moment("9999~").latest == LAST_DAY


def test_the_last_month_of_the_calendar_can_be_read() -> None:
    moment = parse_moment("9999-12")
    assert (moment.earliest, moment.latest) == (date(9999, 12, 1), LAST_DAY)


def test_open_and_unknown() -> None:
    assert parse_moment("..") is FOREVER
    assert parse_moment("") is SOME_TIME
    assert parse_moment("   ") is SOME_TIME
    assert (FOREVER.earliest, FOREVER.latest) == (LAST_DAY, LAST_DAY)
    assert (SOME_TIME.earliest, SOME_TIME.latest) == (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize(
    "text",
    [
        "96", "199", "19960", "1996-4", "1996-04-6", "1996-13", "1996-00", "1996-02-30", "1996-04-00", "0000",
        "1996/04/26", "26.04.1996", "April 1996", "1996-04-26T00:00", "~1996", "1996!", "[1996]", "[..]",
        "[1997..1996]", "[1996-13..]", "1996..", "-1996", "1996-1997", "199x", "١٩٩٦",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(BadValueError, match=r"Allowed: 1996, 1996-04"):
        parse_moment(text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("26.04.1996", "1996-04-26"),
        ("26/4/1996", "1996-04-26"),
        ("1996/4/26", "1996-04-26"),
        ("1996.04.26", "1996-04-26"),
        ("1996-4-26", "1996-04-26"),
    ],
)
def test_a_date_in_the_wrong_form_is_put_right_where_it_can_be(text: str, suggestion: str) -> None:
    with pytest.raises(BadValueError, match=rf"Did you mean {suggestion}\?"):
        parse_moment(text)


@pytest.mark.parametrize("text", ["04/05/1996", "05.04.1996"])
def test_an_ambiguous_date_is_not_decided(text: str) -> None:
    with pytest.raises(BadValueError) as error:
        parse_moment(text)
    told = str(error.value)
    assert ("1996-04-05" in told) == ("1996-05-04" in told)


@pytest.mark.parametrize("text", ["31.31.1996", "1996-02-30", "soon"])
def test_nothing_is_suggested_where_nothing_can_be_meant(text: str) -> None:
    with pytest.raises(BadValueError) as error:
        parse_moment(text)
    assert "Did you mean" not in str(error.value)


def test_a_suggestion_is_itself_a_date() -> None:
    with pytest.raises(BadValueError) as error:
        parse_moment("1996/13/45")
    assert "Did you mean 1996-13-45" not in str(error.value)


@pytest.mark.parametrize(
    ("start", "end", "day", "answer"),
    [
        ("1996-04-26", "2001-06-15", "1996-04-25", NO),
        ("1996-04-26", "2001-06-15", "1996-04-26", YES),
        ("1996-04-26", "2001-06-15", "2001-06-14", YES),
        ("1996-04-26", "2001-06-15", "2001-06-15", NO),
        ("1996", "2001", "1995-12-31", NO),
        ("1996", "2001", "1996-01-01", UNKNOWN),
        ("1996", "2001", "1996-12-30", UNKNOWN),
        ("1996", "2001", "1996-12-31", YES),
        ("1996", "2001", "2000-12-31", YES),
        ("1996", "2001", "2001-01-01", UNKNOWN),
        ("1996", "2001", "2001-12-30", UNKNOWN),
        ("1996", "2001", "2001-12-31", NO),
        ("1996", "..", "2020-01-01", YES),
        ("1996", "", "2020-01-01", UNKNOWN),
        ("1996", "", "1995-01-01", NO),
        ("", "2001-01-01", "1900-01-01", UNKNOWN),
        ("", "2001-01-01", "2001-01-01", NO),
        ("", "", "2001-01-01", UNKNOWN),
        ("..", "2001-01-01", "0001-01-01", YES),
        ("..", "2001-01-01", "2001-01-01", NO),
        ("[..1996]", "..", "1990-01-01", UNKNOWN),
        ("[..1996]", "..", "1996-12-31", YES),
        ("1990", "[1996..]", "1995-12-31", YES),
        ("1990", "[1996..]", "2020-01-01", UNKNOWN),
    ],
)
def test_a_period_on_a_day(start: str, end: str, day: str, answer: Truth) -> None:
    assert parse_period(start, end).on(DAY(day)) is answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (("1990-01-01", "1995-01-01"), ("1995-01-01", "2000-01-01"), NO),
        (("1990-01-01", "1995-01-02"), ("1995-01-01", "2000-01-01"), YES),
        (("1990", "1995"), ("1995", "2000"), UNKNOWN),
        (("1990", "1994"), ("1995", "2000"), NO),
        (("1990", ".."), ("1995", ".."), YES),
        (("1990", ""), ("1995", ".."), UNKNOWN),
        (("", "1990"), ("1995", ".."), NO),
        (("..", "1996-01-01"), ("1995-01-01", ".."), YES),
    ],
)
def test_whether_two_periods_meet(one: tuple[str, str], other: tuple[str, str], answer: Truth) -> None:
    first, second = parse_period(*one), parse_period(*other)
    assert first.meets(second) is second.meets(first) is answer


def test_the_ends_of_a_period() -> None:
    period = parse_period("", "..")
    assert period.start is SOME_TIME
    assert period.end is FOREVER
    assert parse_period("..", "").start.latest == FIRST_DAY
    assert parse_period("..", "").start.text == ".."


def test_a_broken_end_is_refused() -> None:
    with pytest.raises(BadValueError):
        parse_period("1996", "soon")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-03-27", "2014-03-27"),
        ("2014", "2014-12-31"),
        ("2014-02", "2014-02-28"),
        ("2016-02", "2016-02-29"),
    ],
)
def test_a_question_takes_the_last_day_of_a_year_or_month(text: str, day: str) -> None:
    assert parse_day(text) == DAY(day)


@pytest.mark.parametrize("text", ["", "  ", ".."])
def test_a_question_needs_a_date(text: str) -> None:
    with pytest.raises(BadValueError, match="needs a date"):
        parse_day(text)
