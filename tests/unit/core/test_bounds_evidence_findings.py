"""Intervals, the evidence behind a value, and the verdict over several steps."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from chaikhana.core.bounds import Bounds, count_yes
from chaikhana.core.evidence import Citation, Evidence, parse_citations, union
from chaikhana.core.findings import Finding, Step, Verdict, verdict_of
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import STATUSES, TRUTHS, attribute_values
from chaikhana.errors import BadValueError

Y, N, U, X = Truth.YES, Truth.NO, Truth.UNKNOWN, Truth.NOT_APPLICABLE


def test_counting_yes_gives_an_interval() -> None:
    assert count_yes([Y, Y, N, U, X]) == Bounds(low=2, high=3)
    assert count_yes([]) == Bounds(low=0, high=0)
    assert count_yes([X, N]).exact


def test_bounds_as_text() -> None:
    assert str(Bounds(low=2, high=2)) == "2"
    assert str(Bounds(low=0.5, high=1)) == "0.5 to 1"
    assert not Bounds(low=0.5, high=1).exact


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Bounds(low=0, high=1).low = 1  # type: ignore[misc]


def test_citations_have_a_key_and_a_place() -> None:
    assert parse_citations("mayer2021, section 4, note 42; cow-igo-v3, KAZ 2014;un") == (
        Citation(key="mayer2021", locator="section 4, note 42"),
        Citation(key="cow-igo-v3", locator="KAZ 2014"),
        Citation(key="un"),
    )
    assert str(Citation(key="mayer2021", locator="section 4")) == "mayer2021, section 4"
    assert str(Citation(key="un")) == "un"


@pytest.mark.parametrize("text", ["", ";", "Mayer 2021", "mayer_2021", "mayer2021;", "-a", "a--b, p. 1"])
def test_what_is_no_citation(text: str) -> None:
    with pytest.raises(BadValueError, match="is not a citation"):
        parse_citations(text)


def test_evidence_unions_each_once_in_order() -> None:
    one, two = Citation(key="one"), Citation(key="two", locator="p. 1")
    first = Evidence(rows=("a:2", "b:3"), citations=(one,), unverified=("b:3",))
    second = Evidence(rows=("b:3", "c:4"), citations=(two, one), unverified=("b:3",))
    assert union([first, second]) == Evidence(
        rows=("a:2", "b:3", "c:4"), citations=(one, two), unverified=("b:3",)
    )
    assert union([]) == Evidence()
    assert union(piece for piece in [first]) == first


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ((Y, Y), Verdict.HOLDS),
        ((Y, X), Verdict.HOLDS),
        ((N, N, X), Verdict.FAILS),
        ((Y, N), Verdict.MIXED),
        ((Y, U), Verdict.UNDETERMINED),
        ((N, U), Verdict.UNDETERMINED),
        ((Y, N, U), Verdict.UNDETERMINED),
        ((X, X), Verdict.UNDETERMINED),
        ((), Verdict.UNDETERMINED),
    ],
)
def test_verdict(outcomes: tuple[Truth, ...], verdict: Verdict) -> None:
    assert verdict_of(outcomes) is verdict


def test_a_finding_rests_on_what_its_steps_rest_on() -> None:
    steps = tuple(
        Step(
            rule=f"r{place}",
            locator="p. 1",
            value=place,
            outcome=Y,
            sentence="",
            evidence=Evidence(rows=(row,)),
        )
        for place, row in enumerate(("a:2", "a:3", "a:2"))
    )
    finding = Finding(
        framework="f", subject="s", on=date(2000, 1, 1), verdict=Verdict.HOLDS, label="", steps=steps
    )
    assert finding.evidence.rows == ("a:2", "a:3")


def test_the_vocabulary_holds_together() -> None:
    assert attribute_values("secretariat") == TRUTHS
    assert attribute_values("delegation") == ("none", "low", "medium", "high", "unknown", "not-applicable")
    assert attribute_values("colour") == ()
    assert tuple(STATUSES)[:2] == ("founder-member", "member")
