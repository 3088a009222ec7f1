"""The ledger of the order: near-misses must not be entered, and answers come from the right parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from chaikhana.measures import rule_ledger as of
from chaikhana.measures.violence import violence

BLANK = {"until": "", "issues": [], "bodies": [], "cite": "x", "basis": "paper", "note": "", "rival": "", "side": "",
         "prefer": "", "reason": ""}  # fmt: skip


def study_with(central_asia, *acts):
    """The study with these episodes alone, and no meetings, agreements or codings."""
    schema = central_asia.table("episodes").schema
    rows = []
    for number, (day, act, actors, target, *rest) in enumerate(acts):
        issues, bodies = (*rest, [], [])[:2]
        rows.append(
            {**BLANK, "row": f"episodes:{number}", "id": f"e{number}", "date": day.isoformat(), "date_earliest": day,
             "date_latest": day, "until_earliest": day, "until_latest": day, "act": act, "actors": actors,
             "target": target, "issues": issues, "bodies": bodies, "summary": f"act {number}"}
        )  # fmt: skip
    frames = {
        name: central_asia.frames[name].clear()
        for name in ("meetings", "agreements", "codings", "statements")
    }
    episodes = pl.DataFrame(rows, schema=schema)
    return replace(central_asia, frames={**central_asia.frames, **frames, "episodes": episodes}, derived={})


def entered(study):
    return {(one.of, one.side) for one in of.ledger(study)}


DAY = date(2010, 5, 1)


@pytest.mark.parametrize(
    ("act", "actors", "target", "entry"),
    [
        ("intervention", ["rus"], ["kgz"], ("rule-non-intervention", "breach")),
        ("border-closure", ["uzb"], ["kgz"], ("rule-non-intervention", "breach")),
        ("border-clash", ["kgz", "tjk"], [], ("rule-uti-possidetis", "breach")),
        ("border-clash", ["kgz"], ["tjk"], ("goal-control-of-violence", "breach")),
        ("mediation-refused", ["kgz"], ["rus"], ("institution-great-power-management", "against")),
        ("mediation-offer", ["rus"], ["kgz"], ("institution-great-power-management", "for")),
        ("upheaval", ["kgz"], [], ("institution-authoritarianism", "against")),
    ],
)
def test_acts_that_bear_on_a_rule(central_asia, act, actors, target, entry):
    assert entry in entered(study_with(central_asia, (DAY, act, actors, target)))


@pytest.mark.parametrize(
    ("act", "actors", "target"),
    [
        ("intervention", ["rus"], ["geo"]),  # not against a member
        ("intervention", ["kgz"], ["kgz"]),  # within itself
        ("border-closure", ["kaz"], ["rus"]),  # not between members
        ("border-clash", ["kgz", "afg"], []),  # one member only
        ("mediation-refused", ["geo"], ["rus"]),  # an outsider
        ("mediation-offer", ["tur"], ["kgz"]),  # not one of the powers
        ("upheaval", ["ukr"], ["rus"]),  # elsewhere
        ("criticism", ["kaz"], ["uzb"]),  # not of a regime
        ("border-settlement", ["rus", "chn"], []),  # outsiders alone
        ("other", ["kgz", "tjk"], []),  # no act that any pattern names
    ],
)
def test_near_misses_are_not_entered(central_asia, act, actors, target):
    assert entered(study_with(central_asia, (DAY, act, actors, target))) == set()


def answers(study):
    return [(answer.kind, round(answer.years, 1)) for one in of.ledger(study) for answer in one.answers]


def test_an_answer_comes_from_the_breaker(central_asia):
    closed = (DAY, "border-closure", ["uzb"], ["kgz"], ["borders"])
    own = (date(2010, 11, 1), "justification", ["uzb"], ["kgz"], ["borders"])
    assert answers(study_with(central_asia, closed, own)) == [("acknowledged", 0.5)]
    for miss in (
        (date(2010, 11, 1), "justification", ["kaz"], ["kgz"], ["borders"]),  # another state
        (date(2010, 4, 1), "justification", ["uzb"], ["kgz"], ["borders"]),  # before the breach
        (date(2010, 11, 1), "justification", ["uzb"], ["tkm"], ["borders"]),  # to another
        (date(2010, 11, 1), "justification", ["uzb"], ["kgz"], ["health"]),  # on another matter
        (date(2010, 11, 1), "support", ["uzb"], ["kgz"], ["borders"]),  # no answer
    ):
        assert answers(study_with(central_asia, closed, miss)) == []


def test_a_protest_comes_from_the_other_side(central_asia):
    closed = (DAY, "border-closure", ["uzb"], ["kgz"], ["borders"])
    assert answers(
        study_with(central_asia, closed, (date(2010, 6, 1), "protest", ["kgz"], ["uzb"], ["borders"]))
    ) == [("protested", 0.1)]
    assert (
        answers(
            study_with(central_asia, closed, (date(2010, 6, 1), "protest", ["uzb"], ["kgz"], ["borders"]))
        )
        == []
    )


def test_an_act_before_the_study_begins_is_left_out(central_asia):
    assert entered(study_with(central_asia, (date(1865, 1, 1), "intervention", ["rus"], ["uzb"]))) == set()


def test_answers_after_the_day_are_not_known_on_it(central_asia):
    study = study_with(
        central_asia,
        (DAY, "border-closure", ["uzb"], ["kgz"], ["borders"]),
        (date(2012, 5, 1), "denial", ["uzb"], ["kgz"], ["borders"]),
    )
    (breach,) = [one for one in of.ledger(study) if one.side == of.BREACH]
    assert breach.tested(date(2011, 1, 1))[2] == ()
    assert breach.tested(date(2013, 1, 1))[2][0][0] == of.ACKNOWLEDGED


def test_the_table_has_a_line_for_every_entry(central_asia):
    table = of.rule_ledger(central_asia).frame
    assert table.height == len(of.ledger(central_asia))
    assert set(table["side"]) == {of.FOR, of.AGAINST, of.BREACH}


def test_violence_by_pairs(central_asia):
    study = study_with(
        central_asia, (DAY, "border-clash", ["kgz", "tjk"], []), (DAY, "violence", ["kgz"], ["kaz"])
    )
    found = violence(study)
    assert found.pairs(date(2010, 12, 31), 5)[0] == {
        ("kgz", "tjk")
    }  # violence upon another state's people is no clash
    assert found.pairs(date(2016, 12, 31), 5)[0] == set()
    assert found.pairs(date(2009, 12, 31), 5)[0] == set()
    assert found.wars(date(2010, 12, 31), 35)[0] == set()
    assert violence(central_asia).wars(date(1995, 12, 31), 5)[0] == {("tjk",)}
