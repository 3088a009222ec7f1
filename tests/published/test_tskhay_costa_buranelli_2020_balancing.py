"""Tskhay and Costa Buranelli (2020): the instances that they name are found by the patterns, which do not read their codings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from chaikhana.frameworks import tskhay_2020_balancing_regionalism as balancing
from chaikhana.measures.branding import brands
from chaikhana.measures.bridging import bridges
from chaikhana.measures.dovetailing import pairs

# what the paper gives no date for is found, and counts as a tie that may hold
BRIDGED = (
    "episode:2017-04-06-naz-sco-cooperation",
    "statement:kgz-2017-csto-sco-cis",
    "statement:tjk-2017-csto-sco-cis",
    "episode:2014-csto-sco-coordination-calls",
    "episode:2019-07-vienna-three-bodies",
    "meeting:osce-fsc-2019-07-10-officials",
    "episode:2019-eaeu-eu-single-space",
    "episode:2017-naz-sco-eaeu-eu-space",
    "episode:2014-alimov-bri-eaeu",
    "body:cica",
    "episode:2017-11-16-naz-osce-cica",
)
BRANDED = (
    "2015-07-naz-silk-road-link",
    "kgz-2019-european-values",
    "kgz-2018-05-22-jeenbekov-osce",
    "2018-03-15-ca-meeting-launch",
    "kaz-2018-03-15-naz-ca-alone",
)


@pytest.fixture(scope="module")
def bridged(central_asia):
    return {f"{one.kind}:{one.id}": one for one in bridges(central_asia)}


@pytest.mark.parametrize("name", BRIDGED)
def test_a_bridge_that_the_paper_names(bridged, name):
    """Section *Bridging*, notes 15 to 19: the state stands in some way to two of the platforms."""
    assert sorted(bridged[name].high)[-2] >= 1


@pytest.mark.xfail(
    reason="the study has no tie of Kazakhstan to ASEAN, with which the paper has it cooperate", strict=True
)
def test_the_call_to_widen_cooperation_with_asean(bridged):
    """Section *Bridging*, note 18."""
    assert sorted(bridged["episode:2019-naz-eaeu-asean"].high)[-2] >= 1


def test_every_coded_bridge_and_brand_is_one_of_those(central_asia):
    """The lists above are the codings of the paper, so that none is left out of the test."""
    coded = central_asia.table("codings").filter(
        (pl.col("framework") == "balancing-regionalism") & (pl.col("code") == "mechanism")
    )
    units = dict(coded.select("unit", "value").iter_rows())
    named = {unit for unit, value in units.items() if value == "bridging" and not unit.startswith("region:")}
    listed = {name.replace(":", "s:", 1) for name in BRIDGED} | {"episodes:2019-naz-eaeu-asean"}
    assert named == {name.replace("bodys:", "bodies:") for name in listed}


def test_two_tables_in_2008(central_asia):
    """Section *Dovetailing*: after the war in Georgia the same matter went to two tables."""
    found = [one for one in pairs(central_asia) if "2008-dushanbe-two-tables" in one.sources]
    assert {one.actor for one in found} >= {"kaz", "kgz", "tjk", "uzb"}
    assert {frozenset(one.bodies) for one in found} >= {frozenset({"csto", "sco"})}


@pytest.fixture(scope="module")
def from_meetings(central_asia):
    """Pairs found in a study without the rows of episodes and statements: from meetings and who came alone."""
    frames = {**central_asia.frames}
    frames |= {name: frames[name].clear() for name in ("episodes", "statements")}
    return pairs(replace(central_asia, frames=frames))


def test_terrorism_in_two_meetings_of_ministers_in_may_2019(from_meetings):
    """Section *Dovetailing*, note 21."""
    found = [
        one
        for one in from_meetings
        if one.sources == ("csto-2019-05-22-ministers", "sco-2019-05-ministers") and one.issue == "terrorism"
    ]
    assert {one.actor for one in found} == {"kaz"}  # of the others nothing says that they sat in the second
    assert all(one.gap_high <= 30 for one in found)


def test_two_summits_on_security_in_june_2019(from_meetings):
    """Section *Dovetailing*, note 22."""
    found = [
        one
        for one in from_meetings
        if one.sources == ("sco-2019-06-14", "cica-2019-06-15") and one.issue == "security"
    ]
    assert {one.actor for one in found} >= {"kgz", "tjk"}
    assert all(one.gap_high == 1 for one in found)


@pytest.mark.parametrize("pair", [("c5-plus-1", "ca-japan"), ("ca-japan", "ca-korea")])
def test_formats_of_five_and_one_dovetail(central_asia, pair):
    """Section *Dovetailing*: common issues in formats of the five with one other."""
    assert any(
        set(one.bodies) == set(pair) and one.leads in ("apart", "unknown") for one in pairs(central_asia)
    )


def test_an_exercise_beside_the_alliance_dovetails(central_asia):
    """Section *Dovetailing*, note 23."""
    found = [one for one in pairs(central_asia) if "steppe-eagle" in one.bodies]
    assert any({"csto", "sco"} & set(one.bodies) for one in found)


@pytest.mark.parametrize("name", BRANDED)
def test_a_brand_that_the_paper_names(central_asia, name):
    """Section *Branding*, notes 25 to 28."""
    assert name in {one.id for one in brands(central_asia)}


def test_big_eurasia_is_found_by_the_statement(central_asia):
    """Section *Branding*, note 24: what the row of the act lacks, its statement has."""
    assert "kaz-2017-05-15-naz-big-eurasia" in {one.id for one in brands(central_asia)}


def test_the_region_balances_by_all_three(central_asia):
    """Section *Conclusions*, on the paper's year."""
    found = balancing.classify(central_asia, "central-asia", date(2019, 12, 31))
    assert (found.verdict.value, found.label) == ("holds", "bridging, dovetailing, branding")


def test_access_is_made_more_difficult(central_asia):
    """Section *Branding*, last paragraph."""
    steps = balancing.classify(central_asia, "central-asia", date(2019, 12, 31)).steps
    found = next(step for step in steps if step.rule == "access-made-harder")
    assert found.outcome.value == "yes"
    assert found.value["led-by-others"][0] > found.value["all"][1]
