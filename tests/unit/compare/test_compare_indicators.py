"""Indicators of regions on rows by hand, the region tables, and what the workbench carries."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.compare import region_indicators as of_region
from chaikhana.compare import security_indicators as of_security
from chaikhana.compare.indicators import FIRST, INDICATORS, LAST, carried, computed, origins
from chaikhana.compare.regions import Region, member_years, region, regions, spells
from chaikhana.errors import SourceError, UnknownNameError
from chaikhana.sources.states import states

YEAR = pl.Int32
MEMBERS = pl.DataFrame(
    {"region": ["r"] * 3, "year": [2000] * 3, "state": ["a", "b", "c"]}, schema_overrides={"year": YEAR}
)
POWER = pl.DataFrame(
    {"state": ["a", "b", "c", "big", "near"], "year": [2000] * 5, "cinc": [0.06, 0.03, 0.01, 0.2, 0.07]}
)


def obliged(*ties: tuple[str, str, str]) -> pl.DataFrame:
    """Obligations both ways: one, other, kind."""
    rows = []
    for one, other, kind in ties:
        for x, y in ((one, other), (other, one)):
            rows.append(
                {
                    "state1": x,
                    "state2": y,
                    "year": 2000,
                    **{k: k == kind for k in ("defence", "consultation", "nonaggression", "neutrality")},
                }
            )
    return pl.DataFrame(rows)


def value(frame: pl.DataFrame) -> float:
    return round(frame["value"].item(), 6)


def test_own_depth_is_over_all_pairs() -> None:
    """Three pairs: one owes defence, one consults, one nothing."""
    ties = obliged(("a", "b", "defence"), ("b", "c", "consultation"))
    assert value(of_security.own_depth(MEMBERS, ties, POWER, 2)) == round((1 + 2 / 3) / 3, 6)


def test_a_pact_under_a_stronger_outsiders_roof_is_not_the_regions_own() -> None:
    """The outsider is more than three times as strong as the strongest member and owes both as much; a near one is not."""
    ties = obliged(("a", "b", "defence"), ("a", "big", "defence"), ("b", "big", "defence"))
    assert value(of_security.own_depth(MEMBERS, ties, POWER, 2)) == 0
    assert value(of_security.own_depth(MEMBERS, ties, POWER, 5)) == round(1 / 3, 6)
    assert value(of_security.own_depth(MEMBERS, ties, POWER, None)) == round(1 / 3, 6)
    shallow = obliged(("a", "b", "defence"), ("a", "big", "consultation"), ("b", "big", "consultation"))
    assert value(of_security.own_depth(MEMBERS, shallow, POWER, 2)) == round(1 / 3, 6)
    one_only = obliged(("a", "b", "defence"), ("a", "big", "defence"))
    assert value(of_security.own_depth(MEMBERS, one_only, POWER, 2)) == round(1 / 3, 6)


def test_outside_defence_counts_members_and_only_much_stronger_outsiders() -> None:
    ties = obliged(("a", "big", "defence"), ("b", "near", "defence"), ("c", "big", "consultation"))
    assert value(of_security.outside_defence(MEMBERS, ties, POWER, 2)) == round(1 / 3, 6)
    assert value(of_security.outside_defence(MEMBERS, ties, POWER, 1)) == round(2 / 3, 6)


def test_regimes_know_how_many_they_are_of() -> None:
    regimes = pl.DataFrame({"state": ["a", "b"], "year": [2000, 2000], "polyarchy": [0.2, 0.6]})
    found = of_region.regime(MEMBERS, regimes, "polyarchy").row(0, named=True)
    assert (round(found["value"], 6), found["known"], found["of"]) == (0.4, 2, 3)
    apart = of_region.regime_distance(MEMBERS, regimes, "polyarchy").row(0, named=True)
    assert (round(apart["value"], 6), apart["known"], apart["of"]) == (0.4, 1, 3)


def test_leaders_one_two_or_none() -> None:
    def of(*shares: float) -> float:
        power = pl.DataFrame({"state": ["a", "b", "c"], "year": [2000] * 3, "cinc": list(shares)})
        return value(of_region.leaders(MEMBERS, power))

    assert of(0.6, 0.2, 0.2) == 2
    assert of(0.45, 0.4, 0.15) == 1
    assert of(0.48, 0.21, 0.31) == 1
    assert of(0.4, 0.1, 0.1) == 2
    assert of(0.34, 0.33, 0.33) == 1
    four = pl.concat([MEMBERS, MEMBERS.head(1).with_columns(state=pl.lit("d"))])
    even = pl.DataFrame({"state": list("abcd"), "year": [2000] * 4, "cinc": [0.25] * 4})
    assert value(of_region.leaders(four, even)) == 0


def test_quarrels_borders_rivals_and_wars() -> None:
    fights = pl.DataFrame({"state1": ["a", "b"], "state2": ["b", "a"], "year": [2000, 2000]})
    assert value(of_region.disputes_within(MEMBERS, fights)) == round(1 / 3, 6)
    land = pl.DataFrame(
        {"state1": ["a", "a"], "state2": ["b", "c"], "year": [2000, 2000], "kind": ["land", "sea"]}
    )
    assert value(of_region.borders(MEMBERS, land)) == round(1 / 3, 6)
    rivals = pl.DataFrame(
        {"state1": ["a", "z"], "state2": ["x", "b"], "first": [1990, 1990], "last": [2005, 1995]}
    )
    assert value(of_region.rivalries(MEMBERS, rivals)) == round(1 / 3, 6)
    wars = pl.DataFrame({"conflict_id": [1, 2], "year": [2000, 2000], "type": ["intrastate", "interstate"]})
    sides = pl.DataFrame(
        {
            "conflict_id": [1, 2, 1],
            "year": [2000] * 3,
            "side": ["side_a", "side_a", "side_b"],
            "state": ["a", "b", "c"],
        }
    )
    assert value(of_region.armed_conflict(MEMBERS, wars, sides)) == round(1 / 3, 6)


def test_bodies_shared_by_most_and_by_whom_else() -> None:
    """One body of all three alone, one of two with two outsiders, one of mostly outsiders, one of a single member."""
    rows = [(s, "own") for s in "abc"] + [(s, "half") for s in "abxy"] + [(s, "world") for s in "abcwxyz"]
    rows += [("a", "alone")]
    held = pl.DataFrame(
        {
            "state": [r[0] for r in rows],
            "body": [r[1] for r in rows],
            "year": [2000] * len(rows),
            "status": ["member"] * len(rows),
        }
    )
    assert value(of_region.exclusivity(MEMBERS, held)) == 0.5
    assert value(of_region.overlap(MEMBERS, held)) == 2


def test_a_region_without_an_organisation_gives_no_authority_away() -> None:
    known = {
        "r": Region(id="r", name="R", authority="", body="", reason="by hand"),
        "s": Region(id="s", name="S", authority="S", body="", reason="by hand"),
        "t": Region(id="t", name="T", authority="T", body="", reason="by hand"),
    }
    years = pl.DataFrame(
        {"region": ["r", "s", "t"], "year": [2000] * 3, "state": ["a"] * 3}, schema_overrides={"year": YEAR}
    )
    scores = pl.DataFrame({"body": ["S"], "year": [2000], "delegation": [0.4], "pooling": [0.2]})
    found = dict(of_region.authority(known, years, scores).select("region", "value").iter_rows())
    assert {name: round(v, 6) for name, v in found.items()} == {
        "r": 0.0,
        "s": 0.3,
    }  # of t nothing is known, which is not zero


def test_at_least_eighteen_regions_with_reasons_and_known_states() -> None:
    assert len(regions()) >= 12
    assert all(len(one.reason) > 20 for one in regions().values())
    frame = spells()
    assert set(frame["region"]) == set(regions())
    assert set(frame["state"]) <= set(states()["id"])
    assert frame.select("region", "state").is_duplicated().sum() == 0
    assert set(frame["cite"]) <= {"cow-igo-v3", "cow-states", "mayer2021", "unverified"}
    with pytest.raises(UnknownNameError, match="There is no region ‘sovereign’"):
        region("sovereign")


def test_members_enter_and_leave() -> None:
    eu = member_years(2003, 2021).filter(pl.col("region") == "eu").group_by("year").agg(pl.len()).sort("year")
    assert dict(eu.iter_rows())[2003] == 15
    assert dict(eu.iter_rows())[2004] == 25
    assert dict(eu.iter_rows())[2021] == 27


def test_every_indicator_is_carried_with_its_origin() -> None:
    frame = carried()
    assert set(frame["indicator"]) == set(INDICATORS) == set(origins()["indicator"])
    assert frame["year"].min() == FIRST and frame["year"].max() <= LAST  # type: ignore[operator]
    assert (frame["known"] <= frame["of"]).all()
    assert frame["value"].null_count() == 0
    assert origins().filter(pl.col("sha256").str.len_chars() != 64).is_empty()
    assert origins().filter(pl.col("citation").str.len_chars() < 20).is_empty()


def test_nothing_is_computed_without_the_datasets() -> None:
    with pytest.raises(SourceError, match="The store lacks atop-v5, cow-nmc"):
        computed(lambda _: None)
