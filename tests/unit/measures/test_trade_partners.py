"""Trade partners on a table of five states that can be checked by hand."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from chaikhana.errors import SourceError, UnknownNameError
from chaikhana.measures.trade_partners import (
    COLUMNS,
    CONCENTRATION,
    CONCENTRATION_COLUMNS,
    SERIES,
    concentration,
    region,
    trade_concentration,
    trade_partners,
    world,
)
from chaikhana.study.derived import Derived

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")
ROWS = [
    (1995, "aaa", "bbb", 10.0, 20.0),
    (1995, "aaa", "xxx", 40.0, 20.0),
    (1995, "aaa", "yyy", 10.0, None),
    (1995, "bbb", "xxx", None, None),
    (1995, "bbb", "yyy", 30.0, 0.0),
    (1996, "aaa", "bbb", 0.0, 0.0),
]
TRADE = pl.DataFrame(
    ROWS,
    schema={
        "year": pl.Int32,
        "state1": pl.String,
        "state2": pl.String,
        "imports1": pl.Float64,
        "imports2": pl.Float64,
    },
    orient="row",
).with_columns(smooth1=pl.lit(1.0), smooth2=pl.lit(1.0))
BLOC = {
    "members": ("aaa", "bbb"),
    "powers": ("xxx", "bloc"),
    "bodies": "id,name,form,from,to\nbloc,Bloc,formal-organisation,1990-01-01,..",
    "memberships": """
        actor,body,status,from,to
        xxx,bloc,member,1990-01-01,..
        yyy,bloc,member,1995,..
        bbb,bloc,observer,1990-01-01,..
        """,
    "actors": "aaa bbb xxx yyy bloc",
}


def of(frame: pl.DataFrame, state: str, year: int = 1995) -> list[dict[str, object]]:
    return frame.filter((pl.col("state") == state) & (pl.col("year") == year)).to_dicts()


def test_shares_and_ranks_seen_from_either_end() -> None:
    """aaa trades 30 with bbb, 60 with xxx, 10 known with yyy."""
    frame = world(TRADE)
    bbb, xxx, yyy = of(frame, "aaa")
    assert (bbb["partner"], bbb["imports"], bbb["exports"], bbb["flow"]) == ("bbb", 10.0, 20.0, 30.0)
    assert (bbb["share"], xxx["share"], yyy["share"]) == (0.3, 0.6, 0.1)
    assert (bbb["rank"], xxx["rank"], yyy["rank"]) == (2, 1, 3)
    turned = of(frame, "bbb")[0]
    assert (turned["partner"], turned["imports"], turned["exports"]) == ("aaa", 20.0, 10.0)


def test_one_known_flow_of_two_is_the_sum_of_the_known() -> None:
    yyy = of(world(TRADE), "aaa")[2]
    assert (yyy["flow"], yyy["known"], yyy["exports"]) == (10.0, 1, None)


def test_a_dyad_without_a_known_flow_has_no_share_and_no_rank() -> None:
    aaa, xxx, _ = of(world(TRADE), "bbb")
    assert (aaa["rank"], aaa["share"]) == (1, 0.5)
    assert (xxx["flow"], xxx["known"], xxx["share"], xxx["rank"]) == (None, 0, None, None)


def test_equal_partners_share_the_better_rank() -> None:
    assert [row["rank"] for row in of(world(TRADE), "bbb")] == [1, None, 1]


def test_no_trade_at_all_has_no_shares() -> None:
    only = of(world(TRADE), "aaa", 1996)[0]
    assert (only["flow"], only["share"], only["rank"]) == (0.0, None, 1)


def test_a_span_of_years_and_smoothed_figures() -> None:
    assert world(TRADE, 1996)["year"].unique().to_list() == [1996]
    assert world(TRADE, last=1995)["year"].unique().to_list() == [1995]
    assert world(TRADE, figures="smoothed")["flow"].unique().to_list() == [2.0]
    assert world(TRADE.clear()).is_empty()
    with pytest.raises(UnknownNameError, match="smoothed"):
        world(TRADE, figures="guessed")  # type: ignore[arg-type]


def test_a_partner_that_is_no_state_counts_in_the_whole() -> None:
    unresolved = TRADE.with_columns(state2=pl.when(pl.col("state2") != "yyy").then("state2"))
    frame = world(unresolved)
    assert [row["share"] for row in of(frame, "aaa")] == [0.3, 0.6, 0.1]
    assert frame["state"].null_count() == 0


def test_concentration_by_hand() -> None:
    """0.3² + 0.6² + 0.1² = 0.46; normalised (0.46 − 1/3)/(1 − 1/3); of 6 flows one missing."""
    frame = concentration(world(TRADE))
    assert frame.columns == list(CONCENTRATION_COLUMNS)
    row = of(frame, "aaa")[0]
    assert (row["total"], row["partners"], row["known"], row["missing"]) == (100.0, 3, 5, 1)
    assert (row["largest"], row["largest_share"]) == ("xxx", 0.6)
    assert row["herfindahl"] == pytest.approx(0.46)
    assert row["normalised"] == pytest.approx((0.46 - 1 / 3) / (2 / 3))


def test_dyads_without_a_row_are_missing_flows() -> None:
    """xxx has a row with aaa and bbb, none with yyy: of 6 flows, 2 are known."""
    row = of(concentration(world(TRADE)), "xxx")[0]
    assert (row["known"], row["missing"], row["largest"]) == (2, 4, "aaa")


def test_nothing_traded_has_no_largest_partner_and_no_index() -> None:
    row = of(concentration(world(TRADE)), "aaa", 1996)[0]
    assert (row["total"], row["largest"], row["herfindahl"], row["normalised"]) == (0.0, None, None, None)


def test_the_series_of_a_study(tiny) -> None:
    series = region(tiny(**BLOC), TRADE)
    assert list(series) == [SERIES, CONCENTRATION]
    frame = series[SERIES]
    assert frame.columns == list(COLUMNS)
    rows = (
        frame.filter((pl.col("year") == 1995) & (pl.col("state") == "aaa"))
        .select("partner", "kind", "share", "rank")
        .rows()
    )
    assert rows == [
        ("xxx", "state", 0.6, 1), ("bbb", "state", 0.3, 2), ("yyy", "state", 0.1, 3), ("bloc", "bloc", 0.7, None),
    ]  # fmt: skip
    assert set(series[CONCENTRATION]["state"]) == {"aaa", "bbb"}


def test_a_bloc_is_the_sum_of_its_members_and_says_how_much_is_known(tiny) -> None:
    frame = region(tiny(**BLOC), TRADE)[SERIES]
    bloc = frame.filter(
        (pl.col("partner") == "bloc") & (pl.col("year") == 1995) & (pl.col("state") == "aaa")
    ).to_dicts()[0]
    assert (bloc["share"], bloc["known"], bloc["flows"]) == (0.7, 3, 4)
    assert bloc["name"] == "bloc"


def test_a_bloc_takes_in_a_member_at_the_end_of_the_year_of_entry(tiny) -> None:
    earlier = TRADE.with_columns(year=pl.col("year") - 1)
    frame = region(tiny(**BLOC), earlier)[SERIES]
    bloc = frame.filter(
        (pl.col("partner") == "bloc") & (pl.col("year") == 1994) & (pl.col("state") == "aaa")
    ).to_dicts()[0]
    assert (bloc["share"], bloc["flows"]) == (0.6, 2)


def test_a_named_partner_without_a_row_stands_with_nothing_known(tiny) -> None:
    """bbb and xxx, both of 1995, once the row between them is left out: unknown, not zero, not gone."""
    frame = region(tiny(**BLOC), TRADE.filter(pl.col("imports1").is_not_null()))[SERIES]
    row = frame.filter(
        (pl.col("year") == 1995) & (pl.col("state") == "bbb") & (pl.col("partner") == "xxx")
    ).to_dicts()[0]
    assert (row["share"], row["known"], row["flows"], row["rank"]) == (None, 0, 2, None)


def test_names_are_those_of_the_study_or_of_the_crosswalk(tiny) -> None:
    swapped = TRADE.with_columns(state2=pl.col("state2").replace("yyy", "swe"))
    frame = region(tiny(**BLOC), swapped)[SERIES]
    assert dict(frame.select("partner", "name").unique().rows())["swe"] == "Sweden"


def test_the_measures_read_the_series_or_say_what_to_add(tiny) -> None:
    with pytest.raises(SourceError, match="sources add cow-trade-v4"):
        trade_partners(tiny())
    with pytest.raises(SourceError, match="trade_concentration"):
        trade_concentration(tiny())
    study = tiny(**BLOC)
    derived = {
        name: Derived(name=name, frame=frame, origin={**ORIGIN, "dataset": "cow-trade-v4"})
        for name, frame in region(study, TRADE).items()
    }
    for measure in (trade_partners, trade_concentration):
        measured = measure(replace(study, derived=derived))
        assert measured.frame.columns[-1] == "rows"
        assert any("cow-trade-v4" in line for line in measured.assumptions)
