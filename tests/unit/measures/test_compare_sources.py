"""How two sources differ: cells that both cover, runs of years, numbers, and what cannot be compared."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.measures.comparable import FACTS, Claims, Fact
from chaikhana.measures.compare_sources import _runs, _side_by_side, compare_sources
from chaikhana.sources.catalogue import DATASETS
from samples.polity5 import SAMPLES as POLITY
from samples.vdem import SAMPLES as VDEM

WORDS = Fact(says="x", keys=("state", "year"), sources={})


def said(*rows: tuple[str, int, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"state": pl.String, "year": pl.Int32, "value": pl.String}, orient="row")


def years(*every: int) -> pl.DataFrame:
    return pl.DataFrame({"year": every}, schema={"year": pl.Int32})


def test_a_missing_row_is_a_none_only_where_the_source_covers_the_cell() -> None:
    first = Claims(frame=said(("aaa", 2000, "in"), ("aaa", 2001, "in"), ("aaa", 2002, "in")))
    second = Claims(frame=said(("aaa", 2000, "in"), ("bbb", 2000, "in")), covers=(years(2000, 2001),))
    both = _side_by_side(WORDS, first, second)
    assert both.rows() == [
        ("aaa", 2000, "in", "in"), ("aaa", 2001, "in", "none"), ("bbb", 2000, "none", "in"),
    ]  # fmt: skip


def test_runs_of_years_end_where_a_year_is_left_out_or_the_words_change() -> None:
    differing = pl.DataFrame(
        [
            ("aaa", 2000, "in", "none"), ("aaa", 2001, "in", "none"), ("aaa", 2003, "in", "none"),
            ("aaa", 2004, "out", "none"), ("bbb", 2004, "in", "none"),
        ],
        schema={"state": pl.String, "year": pl.Int32, "value_1": pl.String, "value_2": pl.String},
        orient="row",
    )  # fmt: skip
    assert _runs(WORDS, differing, ("one", "two")).rows() == [
        ("aaa", 2000, 2001, 2, "in", "none"), ("aaa", 2003, 2003, 1, "in", "none"),
        ("aaa", 2004, 2004, 1, "out", "none"), ("bbb", 2004, 2004, 1, "in", "none"),
    ]  # fmt: skip


def test_regimes_are_compared_as_numbers(add_sample) -> None:
    first, second = add_sample("vdem", VDEM), add_sample("polity5", POLITY)
    found = compare_sources("regimes", first, second)
    polity = second.table("regimes").select("state", "year", two=(pl.col("polity") + 10) / 20)
    both = (
        first.table("regimes").select("state", "year", one="polyarchy").join(polity, on=["state", "year"])
    ).drop_nulls()
    assert both.height
    assert found.definition.startswith(f"{both.height} cells that both cover")
    expected = both.with_columns(distance=(pl.col("one") - pl.col("two")).abs().round(4)).filter(
        pl.col("distance") > 0
    )
    assert found.frame["distance"].to_list() == sorted(expected["distance"], reverse=True)
    assert found.frame.columns == ["state", "year", "vdem", "polity5", "distance"]


def test_a_source_is_not_set_against_itself(add_sample) -> None:
    kept = add_sample("polity5", POLITY)
    with pytest.raises(BadValueError, match="‘polity5@sample’ agrees with itself"):
        compare_sources("regimes", kept, kept)


def test_a_study_against_cow_igo_has_reasons(nordic, add_sample) -> None:
    rows = [
        "ccode,year,state,un,nato",
        *(f"390,{year},DEN,1,{int(year < 2005)}" for year in range(1995, 2015)),
    ]
    kept = add_sample("cow-igo-v3", {"state-year": ("\n".join(rows) + "\n").encode()})
    for pair in ((nordic, kept), (kept, nordic)):
        found = compare_sources("memberships", *pair)
        assert {"status", "explanation", "rows"} <= set(found.frame.columns)
        gone = found.frame.filter((pl.col("actor") == "dnk") & (pl.col("body") == "nato"))
        assert gone.select("first", "last", "study", "cow").rows() == [(2005, 2014, "member", "none")]


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ("regime", "no fact on which sources can be compared ‘regime’"),
        ("alliances", "source of alliances ‘vdem’"),
    ],
)
def test_what_cannot_be_compared_is_told(fact: str, message: str, add_sample) -> None:
    kept = add_sample("vdem", VDEM)
    with pytest.raises(UnknownNameError, match=message):
        compare_sources(fact, kept, kept)


def test_every_source_of_a_fact_is_a_dataset_or_a_study() -> None:
    known = {one.id for one in DATASETS} | {"study"}
    for name, fact in FACTS.items():
        assert set(fact.sources) <= known, name
