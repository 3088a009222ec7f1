"""Likeness of regimes, means over windows and disputes by joins, against loops that a reader can follow."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaikhana.measures import disputes, regime_likeness

STATES = ("aaa", "bbb", "ccc", "ddd")
YEARS = (1995, 1996)
SCORE = st.none() | st.lists(st.integers(0, 10), min_size=3, max_size=3).map(
    lambda three: tuple(value / 10 for value in sorted(three))
)
regimes = st.dictionaries(st.tuples(st.sampled_from(STATES), st.sampled_from(YEARS)), SCORE)
SCHEMA = {
    "state": pl.String,
    "year": pl.Int32,
    "polyarchy_low": pl.Float64,
    "polyarchy": pl.Float64,
    "polyarchy_high": pl.Float64,
}


@given(regimes)
def test_likeness_agrees_with_its_slow_twin(scores) -> None:
    rows = [(state, year, *(score or (None,) * 3)) for (state, year), score in scores.items()]
    found = regime_likeness.world(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    expected = {}
    for year in YEARS:
        for one, other in combinations(STATES, 2):
            if (one, year) not in scores or (other, year) not in scores:
                continue
            first, second = scores[one, year], scores[other, year]
            if first is None or second is None:
                expected[one, other, year] = (None, None, None)
                continue
            ends = [abs(a - b) for a in (first[0], first[2]) for b in (second[0], second[2])]
            overlap = first[0] <= second[2] and second[0] <= first[2]
            expected[one, other, year] = (
                1 - abs(first[1] - second[1]),
                1 - max(ends),
                1 if overlap else 1 - min(ends),
            )
    assert {row[:3] for row in found.rows()} == set(expected)
    for row in found.rows():
        assert row[3:] == pytest.approx(expected[row[:3]])
        if row[3] is not None:
            assert -1e-9 <= row[4] <= row[3] + 1e-9 <= row[5] + 2e-9 <= 1 + 3e-9


@given(regimes)
def test_turning_the_scale_round_changes_nothing(scores) -> None:
    rows = [(state, year, *(score or (None,) * 3)) for (state, year), score in scores.items()]
    turned = [
        (state, year, *((1 - score[2], 1 - score[1], 1 - score[0]) if score else (None,) * 3))
        for (state, year), score in scores.items()
    ]
    before, after = (
        regime_likeness.world(pl.DataFrame(some, schema=SCHEMA, orient="row")) for some in (rows, turned)
    )
    assert before.select("state1", "state2", "year").equals(after.select("state1", "state2", "year"))
    for column in ("likeness", "low", "high"):
        assert before[column].to_list() == pytest.approx(after[column].to_list())


values = st.lists(
    st.tuples(
        st.sampled_from(STATES[:2]),
        st.integers(1990, 2001),
        st.none() | st.integers(0, 10),
        st.none() | st.integers(0, 10),
    ),
    min_size=4,
    unique_by=lambda row: row[:2],
)


@given(values, st.integers(1988, 1993), st.integers(1989, 2003))
def test_means_over_windows_agree_with_their_slow_twin(rows, first, last) -> None:
    """Windows counted backwards from the last year, the means of two known years or more."""
    schema = {"state": pl.String, "year": pl.Int32, "value": pl.Float64, "low": pl.Float64}
    table = pl.DataFrame(rows, schema=schema, orient="row").with_columns(high=pl.col("low") + 1)
    found = {row[:3]: row[3:] for row in regime_likeness.windowed(table, first, last).rows()}
    expected = {}
    for state in STATES:
        end = last
        while end >= first:
            years = range(max(first, end - regime_likeness.WINDOW + 1), end + 1)
            mine = [row for row in rows if row[0] == state and row[1] in years]
            known = [row for row in mine if row[2] is not None]
            lows = [row[3] for row in known]
            enough = len(known) >= regime_likeness.LEAST
            bounded = enough and None not in lows
            if mine:
                expected[state, years[0], years[-1]] = (
                    sum(row[2] for row in known) / len(known) if enough else None,
                    sum(lows) / len(lows) if bounded else None,
                    sum(lows) / len(lows) + 1 if bounded else None,
                    len(known),
                    len(mine) - len(known),
                )
            end = years[0] - 1
    assert set(found) == set(expected)
    for key, row in found.items():
        assert row == pytest.approx(expected[key])


DYADS = {
    "dispnum": pl.Int32, "state1": pl.String, "state2": pl.String, "year": pl.Int32,
    "onset": pl.Boolean, "hostility1": pl.String, "hostility2": pl.String,
}  # fmt: skip
LEVELS = ("none", "threat", "display", "use", "war")
fights = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sets(st.sampled_from(STATES), min_size=2, max_size=2).map(sorted),
        st.sampled_from(YEARS),
        st.booleans(),
        st.none() | st.sampled_from(LEVELS),
        st.none() | st.sampled_from(LEVELS),
    ),
    unique_by=lambda fight: (fight[0], tuple(fight[1]), fight[2]),
)


@given(fights, st.randoms(use_true_random=False))
def test_disputes_agree_with_their_slow_twin(found, random) -> None:
    rows = []
    for number, (one, other), year, onset, first, second in found:
        rows.append((number, one, other, year, onset, first, second))
        rows.append((number, other, one, year, onset, second, first))
    random.shuffle(rows)
    frame = pl.DataFrame(rows, schema=DYADS, orient="row")
    expected = set()
    for one, other in combinations(STATES, 2):
        for year in YEARS:
            some = [fight for fight in found if fight[1] == [one, other] and fight[2] == year]
            if some:
                levels = [LEVELS.index(word) for fight in some for word in fight[4:] if word]
                expected.add(
                    (one, other, year, len(some), sum(fight[3] for fight in some),
                     LEVELS[max(levels)] if levels else None)
                )  # fmt: skip
    assert set(disputes.world(frame).rows()) == expected


@given(fights, st.randoms(use_true_random=False))
def test_disputes_by_party_agree_with_their_slow_twin(tiny, found, random) -> None:
    """Each dispute once, under all the states of its pairs with a member; the members are aaa, bbb and ccc."""
    members = {"aaa", "bbb", "ccc"}
    rows = []
    for number, (one, other), year, onset, first, second in found:
        rows.append((number, one, other, year, onset, first, second))
        rows.append((number, other, one, year, onset, second, first))
    random.shuffle(rows)
    frame = pl.DataFrame(rows, schema=DYADS, orient="row")
    series = disputes.region(tiny(), frame)
    told: dict[tuple[str, str], list] = {}
    for number in {fight[0] for fight in found}:
        mine = [fight for fight in found if fight[0] == number and members & set(fight[1])]
        if mine:
            parties = "; ".join(sorted({state for fight in mine for state in fight[1]}))
            within = any(set(fight[1]) <= members for fight in mine)
            told.setdefault((parties, "between" if within else "crossing"), []).append(mine)
    expected = set()
    for (parties, reach), several in told.items():
        years = {fight[2] for mine in several for fight in mine}
        levels = [LEVELS.index(word) for mine in several for fight in mine for word in fight[4:] if word]
        expected.add(
            (parties, reach, min(years), max(years), len(several), len(years), LEVELS[max(levels)] if levels else None)
        )  # fmt: skip
    kept = series.select("actors", "reach", "first", "last", "number", "years", "level").rows()
    assert len(kept) == len(set(kept))
    assert set(kept) == expected
