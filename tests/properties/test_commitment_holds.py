"""Commitment whatever the memberships: bounds, names, the day-by-day twin of length, and dates that become known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chaikhana.core.vocabulary import STATUSES
from chaikhana.measures.commitment import commitment, indicators
from chaikhana.study.study import Study

DAY = date(1995, 12, 31)
BODIES = {"org": "formal-organisation", "plat": "informal-platform"}
FROMS = ("1990", "1995-01-01", "1995?", "[..1997]", "", "1999", "[1994..]")
TOS = ("..", "", "1994", "1995", "[1993..]", "1998-01-01", "1995?")
Rows = list[tuple[str, str, str, str, str]]
memberships = st.lists(
    st.tuples(
        st.sampled_from(["aaa", "bbb", "ccc"]),
        st.sampled_from(list(BODIES)),
        st.sampled_from(list(STATUSES)),
        st.sampled_from(FROMS),
        st.sampled_from(TOS),
    ),
    max_size=12,
    unique=True,
)
few = settings(max_examples=25, phases=(Phase.explicit, Phase.generate))  # each example makes a study


@pytest.fixture(scope="session")
def make(tiny) -> Callable[..., Study]:
    """A study of these memberships; they need not make sense together, so that no check is asked."""

    def make(rows: Rows, names: dict[str, str] | None = None) -> Study:
        called = names or {actor: actor for actor in ("aaa", "bbb", "ccc")}
        return tiny(
            check=False,
            actors=" ".join(called.values()),
            members=tuple(called.values()),
            bodies="\n".join(
                ["id,name,form,from,to", *(f"{body},{body},{form},1980,.." for body, form in BODIES.items())]
            ),
            memberships="\n".join(
                ["actor,body,status,from,to", *(",".join((called[row[0]], *row[1:])) for row in rows)]
            ),
        )

    return make


@few
@given(memberships)
def test_bounds(make, rows: Rows) -> None:
    study = make(rows)
    for row in commitment(study, DAY).frame.iter_rows(named=True):
        low, high = row["commitment_low"], row["commitment_high"]
        assert 0 <= row["varied_low"] <= low <= high <= row["varied_high"] <= 1
        assert 0 <= row["known"] <= row["of"] <= 7
        if row["known"] == row["of"]:
            assert low == high
    frame = indicators(study, DAY)
    assert frame.select("actor", "body", "indicator").is_unique().all()
    assert frame.height == 7 * frame.select("actor", "body").unique().height


@few
@given(memberships)
def test_relabelling_states_relabels_them(make, rows: Rows) -> None:
    names = {"aaa": "rrr", "bbb": "qqq", "ccc": "ppp"}
    before, after = commitment(make(rows), DAY).frame, commitment(make(rows, names), DAY).frame
    columns = ("actor", "body", "commitment_low", "commitment_high", "known", "of")
    told = {(names[row[0]], *row[1:]) for row in before.select(columns).rows()}
    assert told == set(after.select(columns).rows())


DAYS = st.integers(0, 2500).map(lambda days: date(1990, 1, 1) + timedelta(days=days))


@few
@given(DAYS, DAYS)
def test_length_agrees_with_counting_the_days(make, begins: date, ends: date) -> None:
    begins, ends = min(begins, ends), max(begins, ends) + timedelta(days=1)
    frame = indicators(make([("aaa", "org", "member", str(begins), str(ends))]), DAY)
    every = [date(1980, 1, 1) + timedelta(days=days) for days in range((DAY - date(1980, 1, 1)).days + 1)]
    expected = sum(begins <= day < ends for day in every) / len(every)
    found = frame.filter(frame["indicator"] == "length")
    if begins > DAY:
        assert found.is_empty()
    else:
        # the body's first day is known to the year, so that its life may be up to a year shorter
        assert found["low"][0] == pytest.approx(expected)
        assert found["high"][0] == pytest.approx(
            sum(begins <= day < ends for day in every) / (len(every) - 365), abs=1e-9
        )


@few
@given(st.integers(-365, 364), st.sampled_from(["member", "associate", "observer"]))
def test_a_beginning_that_becomes_known_never_widens(make, shift: int, status: str) -> None:
    """1994? stands for any day of 1993 to 1995; the founder beside it keeps all indicators applicable."""
    founder = ("aaa", "org", "founder-member", "1985-01-01", "1992-01-01")
    known = date(1994, 6, 30) + timedelta(days=shift)
    wide = indicators(make([founder, ("aaa", "org", status, "1994?", "..")]), DAY)
    narrow = indicators(make([founder, ("aaa", "org", status, str(known), "..")]), DAY)
    for one, other in zip(wide.iter_rows(named=True), narrow.iter_rows(named=True), strict=True):
        assert one["indicator"] == other["indicator"]
        if one["low"] is not None:
            assert one["low"] <= other["low"] + 1e-9
            assert other["high"] <= one["high"] + 1e-9
