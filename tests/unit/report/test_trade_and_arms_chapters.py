"""The chapters on trade and arms: what they say with the series, without them, and at the edges."""

from __future__ import annotations

import io
from dataclasses import replace

import polars as pl
import pytest

from chaikhana.measures import arms_suppliers, trade_partners, trade_within
from chaikhana.report import drawing
from chaikhana.report.blocks import Chapter, Figure, Prose, Table
from chaikhana.report.chapters import arms, trade
from chaikhana.report.names import names_of
from chaikhana.study.derived import Derived
from chaikhana.study.study import Study

ORIGIN = {
    "measure": "m",
    "dataset": "d",
    "version": "9",
    "sha256": "0",
    "computed": "2000-01-01",
    "citation": "Cited 1999",
    "licence": "x",
}
ACTORS = """
id,name,kind,from,to
aaa,Alba,state,1800,..
bbb,Bera,state,1800,..
ccc,Cora,state,1800,..
xxx,Xenia,state,1800,..
yyy,Ypsilon,state,1800,..
"""


def flows(*rows: tuple[int, str, str, float | None, float | None]) -> pl.DataFrame:
    schema = {
        "year": pl.Int32,
        "state1": pl.String,
        "state2": pl.String,
        "imports1": pl.Float64,
        "imports2": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


TRADE = flows(
    *(
        (year, one, other, 1.0, 1.0)
        for year in (1995, 1996)
        for one, other in (("aaa", "bbb"), ("aaa", "ccc"), ("bbb", "ccc"))
    ),
    (1995, "aaa", "xxx", 2.0, 2.0),
    (1995, "bbb", "xxx", 0.0, 0.0),
    (1995, "ccc", "xxx", 1.0, None),
    (1995, "aaa", "yyy", 1.0, 4.0),
    (1996, "aaa", "xxx", 20.0, 20.0),
    (1996, "bbb", "xxx", 10.0, 10.0),
    (1996, "ccc", "xxx", 1.0, None),
    (1996, "aaa", "yyy", 1.0, 4.0),
)


def deliveries(*rows: tuple[str, str, int, float]) -> pl.DataFrame:
    schema = {"supplier": pl.String, "recipient": pl.String, "year": pl.Int32, "tiv": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        tiv_low=pl.max_horizontal(pl.col("tiv") - 0.5, 0.0),
        tiv_high=pl.col("tiv") + 0.5,
        recipient_state="recipient",
        supplier_state=pl.when(pl.col("supplier").str.len_chars() == 3).then("supplier"),
    )


ARMS = deliveries(
    ("xxx", "aaa", 1992, 90.0),
    ("yyy", "aaa", 1997, 10.0),
    ("Unknown supplier(s)", "aaa", 1997, 4.0),
    ("yyy", "bbb", 1997, 0.0),
)


def carrying(study: Study, frames: dict[str, pl.DataFrame]) -> Study:
    """The study with series as they are read back from its folder."""
    read = {
        name: pl.read_csv(io.StringIO(frame.write_csv()), infer_schema_length=None)
        for name, frame in frames.items()
    }
    return replace(
        study, derived={name: Derived(name=name, frame=frame, origin=ORIGIN) for name, frame in read.items()}
    )


def said(chapter: Chapter) -> str:
    return " ".join(text for block in chapter.blocks if isinstance(block, Prose) for text in block.paragraphs)


def figures(chapter: Chapter) -> dict[str, Figure]:
    return {block.id: block for block in chapter.blocks if isinstance(block, Figure)}


def tables(chapter: Chapter) -> dict[str, Table]:
    return {block.id: block for block in chapter.blocks if isinstance(block, Table)}


@pytest.fixture
def study(tiny) -> Study:
    return tiny(actors_table=ACTORS, powers=("xxx", "yyy"))


def trading(study: Study, table: pl.DataFrame = TRADE) -> Chapter:
    frames = {"trade_within": trade_within.region(study, table), **trade_partners.region(study, table)}
    return trade.chapter(carrying(study, frames), names_of(study))


def armed(study: Study, table: pl.DataFrame = ARMS) -> Chapter:
    return arms.chapter(carrying(study, arms_suppliers.region(study, table)), names_of(study))


def test_without_series_the_chapters_say_which_dataset_would_fill_them(study: Study) -> None:
    names = names_of(study)
    assert "chaikhana sources add cow-trade-v4 FILE" in said(trade.chapter(study, names))
    assert "chaikhana sources add sipri-arms FILE" in said(arms.chapter(study, names))


def test_series_without_a_row_are_as_none(study: Study) -> None:
    assert "carries no trade" in said(trading(study, TRADE.clear()))
    assert "carries no arms" in said(armed(study, ARMS.clear()))


def test_what_trade_within_did(study: Study) -> None:
    """1995: 12 of 22 twice counted ends; 1996: 12 of 78."""
    chapter = trading(study)
    assert "fell from 54.5 to 15.4 per cent" in said(chapter)
    assert figures(chapter)["trade-within"].title.endswith(
        "fell from 54.5 to 15.4 per cent of its states' trade, 1995 to 1996"
    )
    assert "none of them within the region, so that the shares are the highest that they can be" in said(
        chapter
    )


def test_who_the_largest_partner_is(study: Study) -> None:
    chapter = trading(study)
    assert "Alba's was Xenia (81.6 per cent, since 1995)" in said(chapter) or "Alba's was Xenia" in said(
        chapter
    )
    assert "Bera's was Xenia (83.3 per cent, after Alba)" in said(chapter)
    assert (
        figures(chapter)["trade-partners"].title
        == "Xenia was the largest single partner of 2 of 3 states in 1996, of none in 1995"
    )


def test_a_zero_before_a_large_trade_is_told(study: Study) -> None:
    assert "no trade at all between Bera and Xenia in 1995 (then 83.3 per cent)" in said(trading(study))


def test_the_tables_of_partners_and_concentration(study: Study) -> None:
    found = tables(trading(study))
    top = found["trade-top"].frame
    assert top.filter(pl.col("state") == "Bera").row(0)[:4] == (
        "Bera",
        "Xenia 83%",
        "Alba 8%",
        "Cora 8%",
    )
    assert found["trade-concentration"].frame["missing"].to_list() == [0, 2, 3]


def test_an_unknown_inner_flow_leaves_the_year_out_of_the_lines(study: Study) -> None:
    """Without the row of bbb and ccc in 1995, aaa alone knows its trade with the region that year."""
    holed = TRADE.filter((pl.col("year") != 1995) | (pl.col("state1") != "bbb") | (pl.col("state2") != "ccc"))
    drawn = figures(trading(study, holed))["trade-within"].chart.to_dict()
    points = {(row["who"], row["year"]) for rows in drawn["datasets"].values() for row in rows}
    assert ("Alba", 1995) in points
    assert not {("the whole region", 1995), ("Bera", 1995)} & points


def test_open_both_ways_where_the_last_year_lacks_an_inner_flow(study: Study) -> None:
    holed = TRADE.filter((pl.col("year") != 1996) | (pl.col("state1") != "bbb") | (pl.col("state2") != "ccc"))
    assert "2 of them within the region, so that the shares are open both ways" in said(trading(study, holed))


def test_a_world_of_the_region_alone_has_no_introversion_to_tell(study: Study) -> None:
    inner = TRADE.filter(pl.col("state2").is_in(["bbb", "ccc"]))
    chapter = trading(study, inner)
    assert "introversion" not in said(chapter)
    assert "hardly moved, from 100.0 to 100.0 per cent" in said(chapter)
    assert (
        figures(chapter)["trade-partners"].title
        == "No power is the largest single partner of a state of the region"
    )


def test_who_armed_whom(study: Study) -> None:
    chapter = armed(study)
    text = said(chapter)
    assert "Alba's was Xenia (87 per cent [86–87] of 104 million)" in text
    assert "Bera's was Ypsilon (100 per cent of less than a million)" in text
    assert "in Bera (Herfindahl index 1.00), least in Alba (Herfindahl index 0.74 to 0.85)" in text
    assert "No delivery to Cora is known." in text
    title = figures(chapter)["arms-suppliers"].title
    assert title == "Xenia is the largest supplier of major arms to Alba; Ypsilon to Bera"


def test_a_change_of_lead_is_told(study: Study) -> None:
    table = deliveries(("xxx", "aaa", 1992, 90.0), ("yyy", "aaa", 1997, 10.0))
    assert "Alba's was Ypsilon (100 per cent) in 1993–1997, after Xenia in 1990–1992" in said(
        armed(study, table)
    )


def test_the_bars_tell_the_unknown_from_the_others_and_what_is_not_known_at_all(study: Study) -> None:
    many = deliveries(
        *((f"s{place:02d}", "aaa", 1997, 20.0 - place) for place in range(10)),
        ("Unknown supplier(s)", "aaa", 1997, 5.0),
    )
    drawn = figures(armed(study, pl.concat([many, ARMS])))["arms-suppliers"].chart.to_dict()
    rows = [row for rows in drawn["datasets"].values() for row in rows]
    assert {"others", "Unknown supplier(s)"} <= {row["who"] for row in rows if row["who"]}
    totals = {(row["state"], row["window"]): row["total"] for row in rows if row["total"]}
    assert totals["Bera", "1993–1997"] == "< 0.5"
    assert totals["Bera", "1990–1992"] == "none known"


def test_every_figure_can_be_drawn(study: Study) -> None:
    for chapter in (trading(study), armed(study)):
        for figure in figures(chapter).values():
            assert drawing.as_svg(figure.chart).startswith("<svg")
            assert "Cited 1999 (version 9)" in figure.source
