"""Bodies as coalitions, and factors of integration, on rows written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import filled
from chaikhana.core.truth import Truth
from chaikhana.frameworks import vanheukelom_2016_factors_of_integration as framework
from chaikhana.measures import factors as of
from chaikhana.measures.coalition import coalitions
from chaikhana.measures.scholarship import FOUR, Work, tendency, works

DAY = date(2018, 12, 31)
CHOSEN = filled(framework.CHOICES)


def row(says, weight=1.0, sure=True, name="x"):
    return (name, says, "sectors", "intraregional", weight, sure, "")


@pytest.mark.parametrize(
    ("rows", "low", "high"),
    [
        ([row("enables"), row("inhibits")], 0.5, 0.5),
        ([row("enables", 3.0), row("inhibits", 1.0)], 0.75, 0.75),
        ([row("enables"), row("both")], 0.75, 0.75),  # half for each side
        ([row("inhibits"), row("enables", sure=False)], 0.0, 0.5),
        ([row("enables"), row("inhibits", sure=False)], 0.5, 1.0),
    ],
)
def test_the_balance_of_factors(rows, low, high):
    assert framework.balance(rows, CHOSEN) == Bounds(low=pytest.approx(low), high=pytest.approx(high))


def test_nothing_that_counts_is_no_balance():
    assert framework.balance([], CHOSEN) is None
    assert framework.balance([row("both")], {**CHOSEN, "both": "left-out"}) is None


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("contiguity", 1.0, "enables"),
        ("contiguity", 0.0, "inhibits"),
        ("contiguity", None, ""),
        ("development-gap", 9.0, "inhibits"),
        ("development-gap", 2.0, ""),  # no burden is no help
        ("armed-disputes", 0.0, ""),
        ("armed-disputes", 2.0, "inhibits"),
        ("trade-within", 0.05, "inhibits"),
        ("trade-within", 0.4, "enables"),
        ("trade-within", None, ""),
        ("regime-likeness", 0.95, "enables"),
        ("own-hard-body", None, "inhibits"),  # known to be absent
        ("own-hard-body", 0.7, "enables"),
    ],
)
def test_what_a_number_says(name, value, says):
    told = of.Indicator(id=name, group="sectors", vector="intraregional", value=value, told="", needs="")
    assert framework.direction(told, CHOSEN) == says


def test_group_and_vector_come_from_the_note_or_from_what_is_judged(central_asia):
    codings = central_asia.frames["codings"]
    blank = {name: "" for name, kind in codings.schema.items() if kind == pl.String}
    day = {name: date.min for name, kind in codings.schema.items() if kind == pl.Date}

    def coding(unit, code, note="", value="enables"):
        told = {
            "row": f"codings:{code}",
            "unit": unit,
            "code": code,
            "note": note,
            "value": value,
            "framework": of.FRAMEWORK,
        }
        return {**blank, **day, **told, "coder": "x", "confidence": "high", "basis": "paper", "cite": "x"}

    rows = [
        coding("region:central-asia", "sectors-a"),
        coding("bodies:sco", "institutional-b"),
        coding("actors:rus", "outside-c"),
        coding("region:central-asia", "d", "group=foundational; vector=institutional"),
        coding("region:central-asia", "nothing-known"),  # no group
        coding("region:central-asia", "sectors-e", value="small"),  # no direction
    ]
    study = replace(
        central_asia, frames={**central_asia.frames, "codings": pl.DataFrame(rows, schema=codings.schema)}
    )
    found = {one.code: (one.group, one.vector) for one in of.factors(study, DAY)}
    assert found == {
        "sectors-a": ("sectors", "intraregional"),
        "institutional-b": ("institutional", "institutional"),
        "outside-c": ("outside", "interregional"),
        "d": ("foundational", "institutional"),
    }


def test_every_factor_of_the_study_has_a_group_and_a_vector(central_asia):
    coded = central_asia.table("codings").filter(
        (pl.col("framework") == of.FRAMEWORK) & pl.col("value").is_in(["enables", "inhibits", "both"])
    )
    for unit, code, note in coded.select("unit", "code", "note").iter_rows():
        assert "group=" in note, (unit, code)
        assert "vector=" in note, (unit, code)


def test_a_group_holds_its_own_factors_alone(central_asia):
    facts = framework.gather(central_asia, "group-outside", DAY, framework.share(central_asia, DAY))
    assert {one[2] for one in framework.counted(facts, CHOSEN)} == {"outside"}


@pytest.fixture(scope="module")
def bodies(central_asia):
    return coalitions(central_asia, DAY, ["csto", "eaeu", "eco", "no-such-body"])


def test_a_body_that_does_not_stand_is_left_out(bodies):
    assert set(bodies) == {"csto", "eaeu", "eco"}


def test_the_lead_is_no_follower(bodies):
    assert "rus" in bodies["csto"].leads
    assert not set(bodies["eaeu"].leads) & set(bodies["eaeu"].members)


def test_stands_lie_before_the_day(bodies):
    assert all(one.age >= 0 for body in bodies.values() for one in body.stands)


def test_founders_do_not_join(central_asia, bodies):
    """Kyrgyzstan and Armenia joined the Union after its founding; its founders did not join it."""
    rows = {row: actor for actor, row in central_asia.table("memberships").select("actor", "row").iter_rows()}
    assert {rows[row] for _, row in bodies["eaeu"].joined} == {"arm", "kgz"}


def test_collective_defence_from_the_design(bodies):
    assert bodies["csto"].defends is Truth.YES


def test_tendencies_are_counted_by_work(central_asia):
    read = works(central_asia)
    assert [work.year for work in read] == sorted(work.year for work in read)
    found = tendency(read, "yardstick", 2)
    assert found.value == sum(bool(work.found.keys() & set(FOUR["yardstick"])) for work in read)
    assert tendency((), "yardstick", 1).outcome is Truth.UNKNOWN
    one = Work(key="k", kind="sources", year=2000, called="K", found={"end-point": (("c",), ("codings:2",))})
    assert tendency([one], "end-point", 1).rows == ("codings:2",)
    assert tendency([one], "end-point", 2).outcome is Truth.NO
