"""Dates, periods and truth values, each against a slow and obvious twin."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from chaikhana.core.bounds import count_yes
from chaikhana.core.dates import Moment, Period, parse_moment, parse_period
from chaikhana.core.evidence import Citation, Evidence, parse_citations, union
from chaikhana.core.truth import Truth, all_of, any_of

ZERO = date(1996, 1, 1)
days = st.integers(0, 40).map(lambda shift: ZERO + timedelta(days=shift))
truths = st.sampled_from(list(Truth))
known = st.sampled_from([Truth.YES, Truth.NO, Truth.UNKNOWN])


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    one, other = sorted((draw(days), draw(days)))
    return Moment(text="", earliest=one, latest=other)


periods = st.builds(lambda start, end: Period(start=start, end=end), start=moments(), end=moments())


def span(moment: Moment) -> list[date]:
    return [moment.earliest + timedelta(days=n) for n in range((moment.latest - moment.earliest).days + 1)]


def verdict(answers: set[bool]) -> Truth:
    return {(True,): Truth.YES, (False,): Truth.NO}.get(tuple(answers), Truth.UNKNOWN)


@given(periods, days)
def test_a_period_holds_on_a_day_as_all_its_possible_ends_have_it(period: Period, day: date) -> None:
    assert period.on(day) is verdict({a <= day < b for a, b in product(span(period.start), span(period.end))})


short = st.integers(0, 9).map(lambda shift: ZERO + timedelta(days=shift))


@st.composite
def short_periods(draw: st.DrawFn) -> Period:
    ends = sorted(draw(st.lists(short, min_size=4, max_size=4)))
    start = Moment(text="", earliest=ends[0], latest=ends[1])
    return Period(
        start=start, end=Moment(text="", earliest=ends[2] + timedelta(1), latest=ends[3] + timedelta(1))
    )


@given(short_periods(), short_periods())
def test_two_periods_meet_as_all_their_possible_ends_have_it(one: Period, other: Period) -> None:
    answers = {
        max(a, c) < min(b, d)
        for a, b, c, d in product(span(one.start), span(one.end), span(other.start), span(other.end))
    }
    assert one.meets(other) is verdict(answers)
    assert other.meets(one) is one.meets(other)


@given(periods, periods, days)
def test_periods_that_both_hold_on_a_day_meet(one: Period, other: Period, day: date) -> None:
    if one.on(day) is other.on(day) is Truth.YES:
        assert one.meets(other) is Truth.YES


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    moment = parse_moment(day.isoformat())
    assert moment.earliest == moment.latest == day
    assert parse_moment(str(moment)) == moment


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_is_its_days(year: int, month: int) -> None:
    text = f"{year:04d}-{month:02d}"
    moment = parse_moment(text)
    assert moment.earliest == date(year, month, 1)
    assert (moment.latest.year, moment.latest.month) == (year, month)
    assert moment.latest == date.max or (moment.latest + timedelta(days=1)).day == 1


edtf = st.one_of(
    st.dates().map(date.isoformat),
    st.integers(1, 9998).map(lambda year: f"{year:04d}"),
    st.tuples(st.integers(1, 9998), st.integers(1, 12)).map(lambda pair: f"{pair[0]:04d}-{pair[1]:02d}"),
)


@given(edtf, st.sampled_from(["~", "?", "%"]))
def test_a_mark_widens(text: str, mark: str) -> None:
    plain, wide = parse_moment(text), parse_moment(text + mark)
    assert wide.earliest <= plain.earliest <= plain.latest <= wide.latest
    assert wide.text == text + mark


@given(edtf)
def test_open_sets_have_one_end(text: str) -> None:
    plain = parse_moment(text)
    assert parse_moment(f"[{text}..]").earliest == plain.earliest
    assert parse_moment(f"[..{text}]").latest == plain.latest
    assert parse_moment(f"[{text}..]").latest == date.max
    assert parse_moment(f"[..{text}]").earliest == date.min


@given(edtf, st.one_of(edtf, st.sampled_from(["", ".."])), st.dates())
def test_a_period_never_holds_before_it_starts_or_once_it_has_ended(start: str, end: str, day: date) -> None:
    period = parse_period(start, end)
    if day < parse_moment(start).earliest or day >= parse_moment(end).latest:
        assert period.on(day) is Truth.NO


@given(truths, truths, truths)
def test_kleene(a: Truth, b: Truth, c: Truth) -> None:
    assert a & b is b & a
    assert a | b is b | a
    assert (a & b) & c is a & (b & c)
    assert (a | b) | c is a | (b | c)
    assert a & a is a | a is a
    assert ~~a is a
    assert ~(a & b) is ~a | ~b
    assert ~(a | b) is ~a & ~b
    assert a & Truth.NOT_APPLICABLE is a | Truth.NOT_APPLICABLE is a


@given(known, known, known)
def test_kleene_distributes_where_all_apply(a: Truth, b: Truth, c: Truth) -> None:
    assert a & (b | c) is (a & b) | (a & c)
    assert a | (b & c) is (a | b) & (a | c)
    assert a & (a | b) is a | (a & b) is a


@given(st.lists(truths, max_size=8))
def test_folds_are_what_every_resolution_of_the_unknown_has(answers: list[Truth]) -> None:
    asked = [answer for answer in answers if answer is not Truth.NOT_APPLICABLE]
    worlds = list(product(*({Truth.YES: [True], Truth.NO: [False]}.get(a, [True, False]) for a in asked)))
    expected_all = verdict({all(world) for world in worlds}) if asked else Truth.NOT_APPLICABLE
    expected_any = verdict({any(world) for world in worlds}) if asked else Truth.NOT_APPLICABLE
    assert all_of(asked) is expected_all
    assert any_of(asked) is expected_any
    count = count_yes(asked)
    assert (count.low, count.high) == (
        min((sum(world) for world in worlds), default=0),
        max((sum(world) for world in worlds), default=0),
    )


words = st.sampled_from(["a", "un", "mayer2021", "cow-igo-v3", "a-b-c", "0", "sco-charter-2002"])
citations = st.builds(
    lambda key, locator: Citation(key=key, locator=locator),
    key=words,
    locator=st.sampled_from(["", "p. 1", "section 4, note 42", "KAZ 2014", "Art. 1, § 2 (b)"]),
)


@given(st.lists(citations, min_size=1, max_size=5))
def test_citations_are_read_as_they_are_written(given_citations: list[Citation]) -> None:
    text = "; ".join(str(citation) for citation in given_citations)
    assert parse_citations(text) == tuple(given_citations)


pieces = st.builds(
    lambda rows, cited, doubtful: Evidence(
        rows=tuple(rows), citations=tuple(cited), unverified=tuple(doubtful)
    ),
    st.lists(words, max_size=3),
    st.lists(citations, max_size=3),
    st.lists(words, max_size=3),
)


@given(st.lists(pieces, max_size=3), st.lists(pieces, max_size=3))
def test_evidence_unions_like_a_set(first: list[Evidence], second: list[Evidence]) -> None:
    together = union([*first, *second])
    assert together == union([union(first), union(second)])
    assert set(together.rows) == {row for piece in [*first, *second] for row in piece.rows}
    assert len(together.rows) == len(set(together.rows))
    assert union([together, together]) == together
