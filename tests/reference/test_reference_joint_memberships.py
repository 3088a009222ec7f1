"""Joint memberships in COW IGO as published: known counts, every dyad against a second way of counting, and the whole world."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

from chaikhana.measures import access_brokerage
from chaikhana.measures.joint_memberships import region, world
from chaikhana.sources.store import Kept
from chaikhana.study.study import Study

# Full memberships in 2014, counted in the file of the provider: cells of the state's row with the code 1.
OWN = {705: 55, 704: 49, 703: 48, 702: 46, 701: 39}


@pytest.fixture(scope="module")
def memberships(cow: Kept) -> pl.DataFrame:
    return cow.table("memberships")


@pytest.fixture(scope="module")
def state_years(cow: Kept) -> pl.DataFrame:
    return cow.table("state_years")


@pytest.fixture(scope="module")
def counted(memberships: pl.DataFrame, state_years: pl.DataFrame) -> pl.DataFrame:
    return world(memberships, state_years, bounds=True, diagonal=True)


def test_own_memberships_in_2014(counted: pl.DataFrame) -> None:
    own = counted.filter((pl.col("year") == 2014) & (pl.col("ccode1") == pl.col("ccode2")))
    found = dict(own.select("ccode1", "joint").iter_rows())
    assert {code: found[code] for code in OWN} == OWN


def test_every_dyad_of_the_system_is_there(counted: pl.DataFrame, state_years: pl.DataFrame) -> None:
    states = state_years.group_by("year").agg(pairs=pl.len() * (pl.len() + 1) // 2)
    found = counted.group_by("year").agg(found=pl.len())
    assert states.join(found, on="year").filter(pl.col("pairs") != pl.col("found")).is_empty()
    assert (counted["year"].min(), counted["year"].max()) == (1816, 2014)
    assert counted.filter(pl.col("ccode1") != pl.col("ccode2")).height == 917695
    assert counted.select("ccode1", "ccode2", "year").is_unique().all()
    assert (counted["ccode1"] <= counted["ccode2"]).all()


def test_a_self_join_counts_the_same(counted: pl.DataFrame, memberships: pl.DataFrame) -> None:
    members = memberships.filter(pl.col("status") == "member").select("ccode", "year", "body")
    with duckdb.connect() as connection:
        connection.register("members", members.to_arrow())
        found = connection.sql(
            "select a.ccode ccode1, b.ccode ccode2, a.year, count(*)::int joint from members a "
            "join members b on a.year = b.year and a.body = b.body and a.ccode <= b.ccode group by all"
        )
        joined = pl.from_arrow(found.to_arrow_table())
    assert isinstance(joined, pl.DataFrame)
    ours = counted.filter(pl.col("joint") > 0).select("ccode1", "ccode2", "year", "joint")
    assert joined.sort("year", "ccode1", "ccode2").equals(ours)


def test_the_series_of_the_shipped_study(
    central_asia: Study, memberships: pl.DataFrame, state_years: pl.DataFrame, counted: pl.DataFrame
) -> None:
    frame = region(central_asia, memberships, state_years)
    assert set(frame["state1"]) == set(central_asia.about.members)
    pair = frame.filter((pl.col("state1") == "kaz") & (pl.col("state2") == "uzb") & (pl.col("year") == 2014))
    theirs = counted.filter((pl.col("year") == 2014) & (pl.col("ccode1") == 704) & (pl.col("ccode2") == 705))
    assert pair.select("joint", "joint_high").rows() == theirs.select("joint", "joint_high").rows()
    assert frame.group_by("state1", "state2", "year").len()["len"].max() == 1


def test_access_and_brokerage_of_the_world_in_1900_and_2014(
    memberships: pl.DataFrame, state_years: pl.DataFrame
) -> None:
    """Every state of the year has its place; who is in the United Nations and the trade organisation is there fully."""
    for year in (1900, 2014):
        declared = ("un", "wto") if year == 2014 else ()
        frame = access_brokerage.world(memberships, state_years, year, declared)
        codes = state_years.filter(pl.col("year") == year)["ccode"].sort()
        assert frame["ccode"].to_list() == codes.to_list()
        for low, high in zip(frame.columns[4::2], frame.columns[5::2], strict=True):
            assert low.removesuffix("_low") == high.removesuffix("_high")
            known = frame.filter(pl.col(low).is_not_null())
            assert (known[low] <= known[high]).all()
    full = frame.filter(pl.col("access_declared_low") == 1)["ccode"]
    both = memberships.filter(
        (pl.col("year") == 2014) & pl.col("body").is_in(["un", "wto"]) & (pl.col("status") == "member")
    )
    assert full.to_list() == both.group_by("ccode").len().filter(pl.col("len") == 2)["ccode"].sort().to_list()
    assert frame["in_densest"].sum() >= 3
