"""Likeness of regimes: scores written by hand, with bounds, interruptions and two rows for one year."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import polars as pl
import pytest

from chaikhana.errors import SourceError, UnknownNameError
from chaikhana.measures.regime_likeness import (
    COLUMNS,
    REGIMES_COLUMNS,
    WINDOW,
    regime_likeness,
    region,
    windowed,
    world,
)
from chaikhana.study.derived import Derived

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")


def vdem(*rows: tuple[str | None, int, float | None, float | None, float | None]) -> pl.DataFrame:
    frame = pl.DataFrame(
        rows,
        schema={
            "state": pl.String,
            "year": pl.Int32,
            "polyarchy": pl.Float64,
            "polyarchy_low": pl.Float64,
            "polyarchy_high": pl.Float64,
        },
        orient="row",
    )
    return frame.with_columns(
        libdem=pl.col("polyarchy") / 2,
        libdem_low=pl.col("polyarchy_low") / 2,
        libdem_high=pl.col("polyarchy") / 2,
    )


def polity(*rows: tuple[str | None, int, int | None, str | None]) -> pl.DataFrame:
    schema = {"state": pl.String, "year": pl.Int32, "polity": pl.Int64, "polity_missing": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


SCORES = vdem(
    ("bbb", 1995, 0.5, 0.4, 0.6),
    ("aaa", 1995, 0.2, 0.1, 0.3),
    ("ccc", 1995, 0.25, 0.2, 0.35),
    ("ddd", 1995, None, None, None),
    ("aaa", 1996, 0.9, 0.8, 1.0),
    (None, 1995, 0.7, 0.6, 0.8),
)


def test_likeness_and_its_bounds() -> None:
    """aaa, bbb: 1 - 0.3; at most 0.5 apart (0.1, 0.6), at least 0.1 (0.3, 0.4). aaa, ccc overlap: high 1."""
    found = {row[:2]: row[2:] for row in world(SCORES).rows()}
    assert found["aaa", "bbb"] == pytest.approx((1995, 0.7, 0.5, 0.9))
    assert found["aaa", "ccc"] == pytest.approx((1995, 0.95, 0.75, 1.0))
    assert found["bbb", "ccc"] == pytest.approx((1995, 0.75, 0.6, 0.95))
    assert [pair for pair, row in found.items() if row[1] is None] == [
        ("aaa", "ddd"), ("bbb", "ddd"), ("ccc", "ddd"),
    ]  # fmt: skip
    assert all(row[2:] == (None, None) for row in found.values() if row[1] is None)


def test_every_pair_once_in_order() -> None:
    frame = world(SCORES)
    assert frame.height == 6
    assert frame.columns == ["state1", "state2", "year", "likeness", "low", "high"]
    assert (frame["state1"] < frame["state2"]).all()
    assert frame.schema["year"] == pl.Int32


def test_polity_is_measured_on_its_own_scale() -> None:
    scores = polity(
        ("aaa", 1995, -7, None),
        ("bbb", 1995, 8, None),
        ("ccc", 1995, None, "interregnum"),
        ("aaa", 1996, 10, None),
    )
    found = world(scores, "polity")
    assert found["likeness"].to_list() == [0.25, None, None]
    assert found["low"].to_list() == found["high"].to_list() == [0.25, None, None]


def test_two_rows_for_one_state_and_year_are_not_averaged() -> None:
    """The likeness is unknown unless they agree; the bounds enclose both."""
    twice = vdem(("aaa", 1995, 0.2, 0.1, 0.3), ("aaa", 1995, 0.4, 0.3, 0.5), ("bbb", 1995, 0.4, 0.4, 0.4))
    [row] = world(twice).rows()
    assert row[:4] == ("aaa", "bbb", 1995, None)
    assert row[4:] == pytest.approx((0.7, 1.0))
    same = vdem(*[("aaa", 1995, 0.2, 0.1, 0.3)] * 2, ("bbb", 1995, 0.4, 0.4, 0.4))
    assert world(same)["likeness"].to_list() == pytest.approx([0.8])


def test_an_index_that_is_not_there() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean ‘polyarchy’"):
        world(SCORES, "polyarch")
    with pytest.raises(UnknownNameError):
        world(SCORES, "state")


WHOLE = vdem(
    ("aaa", 1995, 0.2, 0.1, 0.3),
    ("bbb", 1995, 0.5, 0.4, 0.6),
    ("ccc", 1995, None, None, None),
    ("xxx", 1995, 0.8, 0.8, 0.8),
    ("yyy", 1995, 0.1, 0.1, 0.1),
    ("zzz", 1995, 0.1, 0.1, 0.1),
    ("aaa", 1989, 0.2, 0.1, 0.3),
    ("aaa", 2001, 0.2, 0.1, 0.3),
)


def test_the_region_and_its_powers(tiny) -> None:
    """aaa-bbb is 0.7 (0.5 to 0.9); the two pairs with ccc are unknown, so that over three the mean lies between 0.5/3 and 2.9/3.
    With xxx: 0.4 (0.3 to 0.5), 0.7 (0.6 to 0.8), unknown."""
    series = region(tiny(powers=("xxx",), others=("yyy",)), WHOLE, None)
    frame = series["regime_likeness"]
    assert tuple(frame.columns) == COLUMNS
    found = {(row["actor"], row["group"]): row for row in frame.iter_rows(named=True)}
    inside, outside = found["region", "region"], found["region", "xxx"]
    assert (inside["index"], inside["year"], inside["pairs"], inside["of"]) == ("polyarchy", 1995, 1, 3)
    assert (inside["likeness"], inside["low"], inside["high"]) == pytest.approx(
        (0.7, 0.5 / 3, 2.9 / 3), abs=1e-4
    )
    assert (outside["likeness"], outside["pairs"], outside["of"]) == (0.55, 2, 3)
    assert (outside["low"], outside["high"]) == pytest.approx((0.9 / 3, 2.3 / 3), abs=1e-4)
    assert (found["aaa", "region"]["likeness"], found["aaa", "region"]["of"]) == (0.7, 2)
    assert (found["bbb", "xxx"]["likeness"], found["bbb", "xxx"]["of"]) == (0.7, 1)
    assert found["ccc", "xxx"]["likeness"] is None
    assert {actor for actor, _ in found} == {"region", "aaa", "bbb", "ccc"}
    assert {group for _, group in found} == {"region", "xxx"}


def test_the_regimes_of_members_powers_and_others_over_windows(tiny) -> None:
    """The study begins in 1990 and the data end in 1997: windows 1993–1997 and, cut short, 1990–1992. The V-Dem of aaa is 0.2 and
    0.4 in the last, its Polity -7 and -4 and a transition; 1989 and 2001 are outside the study, zzz is none of its states."""
    scores = vdem(
        ("aaa", 1989, 0.9, 0.9, 0.9),
        ("aaa", 1991, 0.1, 0.1, 0.1),
        ("aaa", 1992, 0.2, 0.1, 0.4),
        ("aaa", 1993, 0.2, 0.1, 0.3),
        ("aaa", 1997, 0.4, 0.2, 0.6),
        ("xxx", 1995, 0.8, 0.8, 0.8),
        ("xxx", 1996, 0.9, 0.8, 1.0),
        ("zzz", 1999, 0.5, 0.5, 0.5),
        ("aaa", 2001, 0.9, 0.9, 0.9),
    )
    polities = polity(
        ("aaa", 1993, -7, None), ("aaa", 1994, -4, None), ("aaa", 1995, None, "transition"), ("yyy", 1996, 3, None)
    )  # fmt: skip
    frame = region(tiny(powers=("xxx",), others=("yyy",)), scores, polities)["regimes"]
    assert tuple(frame.columns) == REGIMES_COLUMNS
    assert frame.select("actor", "first", "last").rows() == [
        ("aaa", 1990, 1992), ("aaa", 1993, 1997), ("xxx", 1993, 1997), ("yyy", 1993, 1997),
    ]  # fmt: skip
    means = frame.select("polyarchy", "polyarchy_low", "polyarchy_high", "libdem", "polity")
    assert means.rows() == [
        (0.15, 0.1, 0.25, 0.075, None),
        (0.3, 0.15, 0.45, 0.15, -5.5),
        (0.85, 0.8, 0.9, 0.425, None),
        (None, None, None, None, None),
    ]
    assert frame.select("years", "libdem_years", "polity_years", "polity_missing").rows() == [
        (2, 2, 0, 0), (2, 2, 2, 1), (2, 2, 0, 0), (0, 0, 1, 0),
    ]  # fmt: skip


def index(*rows: tuple[int, float | None, float | None]) -> pl.DataFrame:
    schema = {"year": pl.Int32, "value": pl.Float64, "low": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(state=pl.lit("aaa"), high=pl.lit(1.0))


def test_one_known_year_has_no_mean() -> None:
    """It would be the value that the dataset prints; the counts tell of it."""
    found = windowed(index((1995, 0.2, 0.1), (1996, None, None), (2000, 0.4, 0.4)), 1990, 2000)
    assert found.select("first", "last", "value", "years", "without").rows() == [
        (1991, 1995, None, 1, 0),
        (1996, 2000, None, 1, 1),
    ]


def test_a_mean_without_all_its_bounds_has_none() -> None:
    """A bound of a year without a value counts as little as the year."""
    found = windowed(index((1996, 0.2, None), (1997, 0.4, 0.3), (1998, None, 0.9)), 1996, 2000)
    assert found.select("value", "low", "high", "years").rows() == [(pytest.approx(0.3), None, 1.0, 2)]
    found = windowed(index((1996, 0.2, 0.1), (1997, 0.4, 0.3), (1998, None, 0.9)), 1996, 2000)
    assert found.select("value", "low").rows() == [(pytest.approx(0.3), pytest.approx(0.2))]


@pytest.mark.parametrize("last", range(1990, 2002))
def test_windows_end_with_the_last_year_and_only_the_first_is_cut_short(last: int) -> None:
    found = windowed(index(*((year, 0.5, 0.5) for year in range(1985, 2010))), 1990, last)
    spans = found.select("first", "last").rows()
    assert (spans[0][0], spans[-1][1]) == (1990, last)
    assert all(end - first + 1 == WINDOW for first, end in spans[1:])
    assert all(one[1] + 1 == other[0] for one, other in pairwise(spans))
    assert found["years"].to_list() == [end - first + 1 for first, end in spans]
    assert 1 <= found["years"][0] <= WINDOW


def test_either_dataset_alone_will_do(tiny) -> None:
    scores = polity(
        ("aaa", 1994, -7, None), ("aaa", 1995, -7, None), ("bbb", 1994, 8, None), ("bbb", 1995, 9, None)
    )
    series = region(tiny(powers=("xxx",)), None, scores)
    assert series["regimes"]["polyarchy"].to_list() == [None, None]
    assert series["regimes"]["polity"].to_list() == [-7, 8.5]
    assert set(series["regime_likeness"]["index"]) == {"polity"}
    for nothing in (region(tiny(), None, None), region(tiny(), vdem().clear(), polity().clear())):
        assert [frame.height for frame in nothing.values()] == [0, 0]
        assert tuple(nothing["regimes"].columns) == REGIMES_COLUMNS
        assert tuple(nothing["regime_likeness"].columns) == COLUMNS


def test_the_measure_reads_the_series(tiny) -> None:
    with pytest.raises(SourceError, match="sources add vdem"):
        regime_likeness(tiny())
    frame = region(tiny(powers=("xxx",)), WHOLE, None)["regime_likeness"]
    both = {**ORIGIN, "dataset": "vdem; polity5", "version": "15; p5v2018"}
    study = replace(
        tiny(), derived={"regime_likeness": Derived(name="regime_likeness", frame=frame, origin=both)}
    )
    measured = regime_likeness(study)
    assert measured.frame.columns[-1] == "rows"
    assert measured.frame["rows"].to_list() == [["derived:regime_likeness"]] * frame.height
    assert "Computed from vdem; polity5, version 15; p5v2018." in measured.assumptions
