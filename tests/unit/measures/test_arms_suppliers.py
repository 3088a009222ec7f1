"""Arms suppliers on a few invented deliveries."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from chaikhana.errors import BadValueError, SourceError
from chaikhana.measures.arms_suppliers import (
    COLUMNS,
    CONCENTRATION,
    CONCENTRATION_COLUMNS,
    SERIES,
    arms_concentration,
    arms_suppliers,
    concentration,
    region,
    windows,
    world,
)
from chaikhana.study.derived import Derived

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")
UNKNOWN = "Unknown supplier(s)"


def transfers(*rows: tuple[str, str, int, float]) -> pl.DataFrame:
    """Supplier, recipient, year, TIV (rounded where it is 0); a name in capitals is no state."""
    frame = pl.DataFrame(
        rows,
        schema={"supplier": pl.String, "recipient": pl.String, "year": pl.Int32, "tiv": pl.Float64},
        orient="row",
    )
    return frame.with_columns(
        tiv_low=pl.col("tiv"), tiv_high=pl.when(pl.col("tiv") == 0).then(0.5).otherwise("tiv")
    ).with_columns(
        pl.when(pl.col(end).str.len_chars() == 3).then(pl.col(end)).alias(f"{end}_state")
        for end in ("supplier", "recipient")
    )


SOME = transfers(
    ("xxx", "aaa", 1991, 30.0),
    ("xxx", "aaa", 1992, 30.0),
    ("yyy", "aaa", 1991, 20.0),
    ("yyy", "aaa", 1992, 0.0),
    ("bbb", "aaa", 1992, 0.0),
    ("xxx", "bbb", 1992, 0.0),
    ("REBELS", "ccc", 1991, 3.0),
    ("xxx", "REBELS", 1991, 4.0),
)


def of(frame: pl.DataFrame, recipient: str, first: int = 1991, last: int = 1992) -> list[dict[str, object]]:
    chosen = (pl.col("recipient") == recipient) & (pl.col("first") == first) & (pl.col("last") == last)
    return frame.filter(chosen).to_dicts()


def test_sums_over_a_span_with_zeros_as_intervals() -> None:
    """60 of xxx; 20 and less than half a million of yyy; less than half a million of bbb."""
    xxx, yyy, bbb = of(world(SOME, [(1991, 1992)]), "aaa")
    assert [(row["supplier"], row["tiv_low"], row["tiv_high"], row["rank"]) for row in (xxx, yyy, bbb)] == [
        ("xxx", 60.0, 60.0, 1), ("yyy", 20.0, 20.5, 2), ("bbb", 0.0, 0.5, 3),
    ]  # fmt: skip
    assert (xxx["share_low"], xxx["share_high"]) == (pytest.approx(60 / 81), pytest.approx(60 / 80))
    assert (yyy["share_low"], yyy["share_high"]) == (pytest.approx(20 / 80.5), pytest.approx(20.5 / 80.5))
    assert (bbb["share_low"], bbb["share_high"]) == (0.0, pytest.approx(0.5 / 80.5))


def test_each_year_by_itself_without_spans() -> None:
    frame = world(SOME)
    assert frame.filter(pl.col("recipient") == "aaa").select("first", "last", "supplier").rows() == [
        (1991, 1991, "xxx"), (1991, 1991, "yyy"), (1992, 1992, "xxx"), (1992, 1992, "bbb"), (1992, 1992, "yyy"),
    ]  # fmt: skip
    assert of(frame, "aaa", 1992, 1992)[1]["rank"] == of(frame, "aaa", 1992, 1992)[2]["rank"] == 2


def test_spans_may_overlap() -> None:
    frame = world(SOME, [(1991, 1992), (1991, 1991)])
    assert [of(frame, "aaa", 1991, last)[0]["tiv_low"] for last in (1991, 1992)] == [30.0, 60.0]


def test_who_delivers_alone_has_all_of_it_even_of_nearly_nothing() -> None:
    only = of(world(SOME, [(1991, 1992)]), "bbb")[0]
    assert (only["tiv_low"], only["share_low"], only["share_high"]) == (0.0, 1.0, 1.0)


def test_what_is_no_state_keeps_its_name() -> None:
    frame = world(SOME, [(1991, 1992)])
    assert of(frame, "ccc")[0]["supplier"] == "REBELS"
    assert of(frame, "REBELS")[0]["supplier"] == "xxx"


def test_a_state_and_the_one_before_it_are_two_suppliers() -> None:
    frame = world(transfers(("old", "aaa", 1991, 5.0), ("new", "aaa", 1992, 5.0)), [(1991, 1992)])
    assert frame["supplier"].to_list() == ["new", "old"]
    assert frame["share_low"].to_list() == [0.5, 0.5]


def test_unknown_suppliers_count_in_the_whole_and_have_no_rank() -> None:
    frame = world(transfers((UNKNOWN, "aaa", 1991, 6.0), ("xxx", "aaa", 1991, 4.0)))
    assert frame.select("supplier", "share_low", "rank").rows() == [("xxx", 0.4, 1), (UNKNOWN, 0.6, None)]
    row = concentration(frame).to_dicts()[0]
    assert (row["suppliers"], row["largest"], row["certain"]) == (1, "xxx", False)
    assert row["herfindahl_low"] == pytest.approx(0.16)
    assert row["herfindahl_high"] == pytest.approx(1.0)


def test_unknown_suppliers_alone_leave_the_largest_open() -> None:
    row = concentration(world(transfers((UNKNOWN, "aaa", 1991, 6.0)))).to_dicts()[0]
    assert (row["suppliers"], row["largest"], row["certain"]) == (0, None, False)


def test_concentration_by_hand() -> None:
    """Without zeros the index is a point: (60² + 20²)/80²."""
    plain = SOME.filter(pl.col("tiv") > 0)
    row = of(concentration(world(plain, [(1991, 1992)])), "aaa")[0]
    assert list(row) == list(CONCENTRATION_COLUMNS)
    assert row["herfindahl_low"] == row["herfindahl_high"] == pytest.approx(0.625)
    assert (row["largest"], row["largest_low"], row["certain"], row["suppliers"]) == ("xxx", 0.75, True, 2)


def test_the_largest_is_uncertain_where_intervals_overlap() -> None:
    row = concentration(world(transfers(("xxx", "aaa", 1991, 0.0), ("yyy", "aaa", 1991, 0.0)))).to_dicts()[0]
    assert (row["largest"], row["certain"]) == ("xxx", False)
    assert (row["herfindahl_low"], row["herfindahl_high"]) == (0.5, 1.0)


def test_windows_end_with_the_last_year() -> None:
    assert windows(1991, 2001) == [(1991, 1991), (1992, 1996), (1997, 2001)]
    assert windows(2000, 2000) == [(2000, 2000)]
    with pytest.raises(BadValueError, match="2001 to 2000"):
        windows(2001, 2000)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadValueError, match="ends before it begins"):
        world(SOME, [(1992, 1991)])
    with pytest.raises(BadValueError, match="negative"):
        world(transfers(("xxx", "aaa", 1991, -1.0)))


def test_the_series_of_a_study(tiny) -> None:
    series = region(tiny(), SOME)
    assert list(series) == [SERIES, CONCENTRATION]
    frame = series[SERIES]
    assert frame.columns == list(COLUMNS)
    assert frame.select("first", "last").unique().rows() == [(1990, 1992)]
    assert set(frame["recipient"]) == {"aaa", "bbb", "ccc"}
    assert frame["share_low"].to_list()[0] == 0.7407
    late = SOME.with_columns(year=pl.col("year") + 10)
    assert set(region(tiny(), late)[SERIES].select("first", "last").rows()) == set()
    assert region(tiny(), SOME.clear())[SERIES].is_empty()


def test_the_measures_read_the_series_or_say_what_to_add(tiny) -> None:
    with pytest.raises(SourceError, match="sources add sipri-arms"):
        arms_suppliers(tiny())
    derived = {
        name: Derived(name=name, frame=frame, origin={**ORIGIN, "dataset": "sipri-arms"})
        for name, frame in region(tiny(), SOME).items()
    }
    for measure in (arms_suppliers, arms_concentration):
        measured = measure(replace(tiny(), derived=derived))
        assert measured.frame.columns[-1] == "rows"
        assert any("sipri-arms" in line for line in measured.assumptions)
