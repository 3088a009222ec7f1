"""Trade within a region, on four states whose trade can be added up by hand."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from chaikhana.errors import BadValueError, SourceError, UnknownNameError
from chaikhana.measures.trade_within import COLUMNS, by_state, region, trade_within, world
from chaikhana.study.derived import Derived

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")


def trade(*rows: tuple[int, str, str, float | None, float | None]) -> pl.DataFrame:
    """Year, two states, imports of the first from the second, imports of the second from the first."""
    return pl.DataFrame(
        rows,
        schema={
            "year": pl.Int32,
            "state1": pl.String,
            "state2": pl.String,
            "imports1": pl.Float64,
            "imports2": pl.Float64,
        },
        orient="row",
    ).with_columns(smooth1="imports1", smooth2="imports2")


# aaa and bbb trade 10 each way; with xxx they exchange 20 and 20; xxx and yyy exchange 40; yyy and aaa, bbb nothing.
FOUR = trade(
    (1995, "aaa", "bbb", 10.0, 10.0),
    (1995, "aaa", "xxx", 15.0, 5.0),
    (1995, "aaa", "yyy", 0.0, 0.0),
    (1995, "bbb", "xxx", 5.0, 15.0),
    (1995, "bbb", "yyy", 0.0, 0.0),
    (1995, "xxx", "yyy", 30.0, 10.0),
)
PAIR = {"pair": ["aaa", "bbb"]}


def test_the_three_indices_by_hand() -> None:
    """T(i,i) 40, T(i) 80, T(o,i) 40, T(o) 120, T(w) 200; S 1/2, V 1/3, HI 3/2, HE 3/4."""
    row = world(FOUR, PAIR).row(0, named=True)
    assert (row["group"], row["year"], row["members"]) == ("pair", 1995, 2)
    assert (row["intra"], row["total"]) == (20.0, 80.0)
    assert row["share"] == 0.5
    assert row["intensity"] == pytest.approx(0.5 / (80 / 200))
    assert row["introversion"] == pytest.approx((3 / 2 - 3 / 4) / (3 / 2 + 3 / 4))
    assert (row["share_low"], row["share_high"]) == (0.5, 0.5)


def test_flows_are_counted_once_and_zeros_apart_from_the_missing() -> None:
    row = world(FOUR, PAIR).row(0, named=True)
    assert (row["flows"], row["known"]) == (10, 10)
    assert (row["intra_flows"], row["intra_known"], row["intra_zero"]) == (2, 2, 0)
    assert world(FOUR, {"g": ["aaa", "yyy"]})["intra_zero"].to_list() == [2]


def test_introversion_at_its_ends_and_at_neutrality() -> None:
    alone = trade((1995, "aaa", "bbb", 1.0, 1.0), (1995, "xxx", "yyy", 1.0, 1.0))
    assert world(alone, PAIR)["introversion"].to_list() == [1.0]
    apart = trade(
        (1995, "aaa", "bbb", 0.0, 0.0), (1995, "aaa", "xxx", 1.0, 1.0), (1995, "xxx", "yyy", 1.0, 1.0)
    )
    assert world(apart, PAIR)["introversion"].to_list() == [-1.0]
    # S = 2/4; T(o,i) 2 of T(o) 4: the members have the weight with each other that they have with outsiders
    even = trade((1995, "aaa", "bbb", 1.0, 0.0), (1995, "aaa", "xxx", 1.0, 0.0), (1995, "bbb", "xxx", 1.0, 0.0),
                 (1995, "xxx", "yyy", 1.0, 0.0))  # fmt: skip
    assert world(even, PAIR)["introversion"].to_list() == [0.0]


def test_a_state_alone_and_the_whole_world_have_no_introversion() -> None:
    assert world(FOUR, {"one": ["aaa"]}).row(0, named=True)["share"] is None
    everyone = world(FOUR, {"all": ["aaa", "bbb", "xxx", "yyy"]}).row(0, named=True)
    assert (everyone["share"], everyone["introversion"], everyone["intensity"]) == (1.0, None, 1.0)


def test_a_missing_outside_flow_makes_the_share_an_upper_bound() -> None:
    holed = FOUR.with_columns(
        imports2=pl.when(pl.col("state2") == "yyy").then(None).otherwise("imports2"),
    )
    row = world(holed, PAIR).row(0, named=True)
    assert (row["share"], row["share_low"], row["share_high"]) == (0.5, 0.0, 0.5)
    assert (row["flows"], row["known"]) == (10, 8)


def test_a_missing_inner_flow_makes_the_share_a_lower_bound() -> None:
    holed = FOUR.with_columns(imports2=pl.when(pl.col("state2") == "bbb").then(None).otherwise("imports2"))
    row = world(holed, PAIR).row(0, named=True)
    assert row["intra"] == 10.0
    assert (row["share"], row["share_low"], row["share_high"]) == (
        pytest.approx(2 / 6),
        pytest.approx(2 / 6),
        1.0,
    )


def test_a_dyad_without_a_row_is_missing_and_not_zero() -> None:
    absent = FOUR.filter(~((pl.col("state1") == "aaa") & (pl.col("state2") == "bbb")))
    row = world(absent, PAIR).row(0, named=True)
    assert (row["intra"], row["share"], row["intra_flows"], row["intra_known"]) == (None, None, 2, 0)


def test_each_state_with_the_group_member_or_not() -> None:
    frame = by_state(FOUR, PAIR)
    assert frame.select("state", "member", "intra", "total").rows() == [
        ("aaa", True, 20.0, 40.0),
        ("bbb", True, 20.0, 40.0),
        ("xxx", False, 40.0, 80.0),
        ("yyy", False, 0.0, 40.0),
    ]
    assert frame["share"].to_list() == [0.5, 0.5, 0.5, 0.0]
    assert frame["flows"].to_list() == [6, 6, 6, 6]
    assert frame["intra_flows"].to_list() == [2, 2, 4, 4]


def test_states_enter_and_leave_a_group() -> None:
    later = FOUR.with_columns(year=pl.lit(1996, dtype=pl.Int32))
    groups = pl.DataFrame(
        {
            "group": ["g"] * 5,
            "state": ["aaa", "bbb", "aaa", "bbb", "xxx"],
            "year": [1995, 1995, 1996, 1996, 1996],
        }
    )
    frame = world(pl.concat([later, FOUR]), groups)
    assert frame.select("year", "members", "intra").rows() == [(1995, 2, 20.0), (1996, 3, 60.0)]


def test_a_member_that_the_table_lacks_that_year_is_no_member_that_year() -> None:
    assert world(FOUR, {"g": ["aaa", "bbb", "zzz"]})["members"].to_list() == [2]
    assert world(FOUR, {"g": ["zzz"]}).is_empty()


def test_smoothed_figures() -> None:
    smoothed = FOUR.with_columns(smooth1=pl.lit(1.0), smooth2=pl.lit(1.0))
    assert world(smoothed, PAIR, "smoothed")["intra"].to_list() == [2.0]


def test_what_is_asked_wrongly_is_said() -> None:
    with pytest.raises(UnknownNameError, match="reported"):
        world(FOUR, PAIR, "guessed")  # type: ignore[arg-type]
    with pytest.raises(BadValueError, match="‘year’"):
        world(FOUR, pl.DataFrame({"group": ["g"], "state": ["aaa"]}))


def test_the_series_of_a_study(tiny) -> None:
    frame = region(tiny(members=("aaa", "bbb")), FOUR)
    assert frame.columns == list(COLUMNS)
    assert frame.select("actor", "intra", "share").rows() == [
        ("region", 20.0, 0.5),
        ("aaa", 20.0, 0.5),
        ("bbb", 20.0, 0.5),
    ]
    assert frame["introversion"].to_list() == [0.3333, None, None]
    before = FOUR.with_columns(year=pl.lit(1989, dtype=pl.Int32))
    assert region(tiny(members=("aaa", "bbb")), before).is_empty()


def test_the_measure_reads_the_series_or_says_what_to_add(tiny) -> None:
    with pytest.raises(SourceError, match="sources add cow-trade-v4"):
        trade_within(tiny())
    study = tiny(members=("aaa", "bbb"))
    series = Derived(
        name="trade_within", frame=region(study, FOUR), origin={**ORIGIN, "dataset": "cow-trade-v4"}
    )
    measured = trade_within(replace(study, derived={"trade_within": series}))
    assert measured.frame.columns[-1] == "rows"
    assert any("cow-trade-v4" in line for line in measured.assumptions)
