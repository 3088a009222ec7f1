"""How rules stand: readings of a small ledger that can be worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import filled
from chaikhana.core.findings import NOT_ASKED, Answer, Verdict
from chaikhana.core.instances import instances
from chaikhana.core.truth import Truth
from chaikhana.frameworks.costa_buranelli_2021_regional_order import CHOICES
from chaikhana.measures import rule_standing as by

ON = date(2020, 12, 31)
READING = by.Reading(
    window=10, evidence="both", wide=True, within=2, settled=True, unanswered="left-out", most_rows=10
)


def entry(year, source="found", strict=True, answers=()):
    return date(year, 6, 30), (source, strict, tuple(answers)), (f"episodes:{year}",)


BREACHES = instances(
    [
        entry(2012, answers=[("acknowledged", 0.5)]),
        entry(2014, answers=[("settled", 1.5)]),
        entry(2016, answers=[("disregarded", 0.1)]),
        entry(2018, answers=[("acknowledged", 4.0)]),
        entry(2019, strict=False),
        entry(2000, answers=[("acknowledged", 0.0)]),
    ],
    ON,
)
ENTRIES = {
    ("rule-x", "breach"): BREACHES,
    ("rule-x", "for"): instances([entry(2015), entry(2017, source="coded"), entry(1999)], ON),
    ("rule-x", "against"): instances([entry(2018, source="both")], ON),
}


def test_breaches_are_sorted_by_what_answered_them():
    found = by.breaches(ENTRIES, "rule-x", READING)
    assert (found.number, found.acknowledged, found.disregarded) == (5, 2, 1)
    assert found.share == Bounds(low=2 / 3, high=2 / 3)
    assert "2 without a recorded answer" in found.told


@pytest.mark.parametrize(
    ("change", "low", "high"),
    [
        ({"unanswered": "unknown"}, 2 / 5, 4 / 5),
        ({"unanswered": "disregarded"}, 2 / 5, 2 / 5),
        ({"settled": False}, 1 / 2, 1 / 2),
        ({"within": 5}, 3 / 4, 3 / 4),
        ({"wide": False}, 2 / 3, 2 / 3),
        ({"window": 35}, 3 / 4, 3 / 4),
    ],
)
def test_each_reading_moves_the_share(change, low, high):
    share = by.breaches(ENTRIES, "rule-x", replace(READING, **change)).share
    assert (share.low, share.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(("evidence", "yes", "no"), [("both", 2, 1), ("coded", 1, 1), ("found", 1, 1)])
def test_whose_judgement_counts(evidence, yes, no):
    reading = replace(READING, evidence=evidence)
    found = by.practised(ENTRIES, "rule-x", reading, 0.5, filled(CHOICES))
    assert found.value == [yes, no]
    assert found.outcome is Truth.YES


def test_a_rule_on_which_no_act_bears_is_unknown():
    found = by.practised({}, "rule-x", READING, 0.5, filled(CHOICES))
    assert found.outcome is Truth.UNKNOWN
    assert by.breaches({}, "rule-x", READING).share is None
    assert by.acknowledged({}, "rule-x", READING, 0.5, filled(CHOICES)).outcome is Truth.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("practice", "number", "answered", "beside", "verdict", "label"),
    [
        (Truth.YES, 2, Truth.YES, Truth.NOT_APPLICABLE, Verdict.HOLDS, "upheld"),
        (Truth.YES, 2, Truth.NOT_APPLICABLE, Truth.NOT_APPLICABLE, Verdict.HOLDS, "upheld"),
        (Truth.YES, 2, Truth.NO, Truth.NOT_APPLICABLE, Verdict.MIXED, "contested"),
        (Truth.YES, 2, Truth.UNKNOWN, Truth.NOT_APPLICABLE, Verdict.UNDETERMINED, ""),
        (Truth.NO, 1, Truth.NO, Truth.NOT_APPLICABLE, Verdict.MIXED, "contested"),
        (Truth.NO, 0, Truth.NO, Truth.NOT_APPLICABLE, Verdict.FAILS, "collapsed"),
        (Truth.UNKNOWN, 0, Truth.NOT_APPLICABLE, Truth.NOT_APPLICABLE, Verdict.UNDETERMINED, "no test seen"),
        (Truth.UNKNOWN, 0, Truth.NOT_APPLICABLE, Truth.YES, Verdict.HOLDS, "upheld"),
    ],
)
def test_the_verdict_on_a_rule(practice, number, answered, beside, verdict, label):
    acts = Answer(value=[number, 1], outcome=practice)
    assert by.verdict_on("rule", acts, answered, beside) == (verdict, label)


def test_the_other_tests_answer_unknown_without_series():
    assert by.engaged({}, 5, 0.5).outcome is Truth.UNKNOWN
    assert by.adopted({}, "", ("a",), 0.5).outcome is Truth.UNKNOWN
    assert (
        by.adopted({"a": 0.2, "b": 0.3, "c": 0.9, "x": 0.1}, "2020", ("a", "b", "c"), 0.5).outcome
        is Truth.YES
    )
    assert by.engaged({"a": (0.9, ()), "b": (0.2, ())}, 2, 0.5).outcome is Truth.NO
    assert NOT_ASKED.outcome is Truth.NOT_APPLICABLE
