"""Specifications: the whole grid or a draw from it, what survives, what moves it, and rival readings of facts."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice
from chaikhana.core.findings import Answer, Finding, Framework, Rule, Verdict, step
from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.frameworks import running
from chaikhana.frameworks.robustness import MOST_READINGS, robust

DAY = date(1996, 6, 1)
CUT = Choice(id="cut", says="how many members make a crowd", default=2, values=(1, 2, 3, 4))
IDLE = Choice(id="idle", says="something that changes nothing", default=0, values=(0, 1, 2))


def _test(facts, chosen):
    number, rows, _ = facts
    return Answer(value=number, outcome=Truth.YES if number >= chosen["cut"] else Truth.NO, rows=rows)


RULE = Rule(id="crowd", locator="p, section 1", sentence="{value} members.", test=_test)


def _gather(study, subject, on):
    held = study.on("memberships", on).filter(study.table("memberships")["body"] == subject)
    held = held.filter(held["holds"] == "yes")
    return held.height, tuple(held["row"]), subject


def _judge(facts, chosen):
    one = step(RULE, facts, chosen)
    return Finding(
        framework="crowds",
        subject=facts[2],
        on=DAY,
        verdict=Verdict.HOLDS if one.outcome is Truth.YES else Verdict.FAILS,
        label="",
        steps=(one,),
        score=Bounds(low=facts[0], high=facts[0]),
        chosen=chosen,
    )


FRAMEWORK = Framework(
    name="crowds",
    title="Crowds",
    paper="p",
    reference="P 2000",
    asks="Is it a crowd?",
    about="bodies",
    levels={},
    needs=("memberships",),
    choices=(CUT, IDLE, UNKNOWNS),
    rules=(RULE,),
    subjects=lambda study: tuple(study.table("bodies")["id"]),
    gather=_gather,
    judge=_judge,
)


@pytest.fixture(scope="module")
def study(tiny):
    return tiny(
        bodies="id,name,form,from,to\norg,The Organisation,formal-organisation,1990,..",
        memberships="""
        actor,body,status,from,to,cite,basis,rival,side,prefer,reason
        aaa,org,member,1991,..,test,document,,,,
        bbb,org,member,1992,..,test,unverified,,,,
        ccc,org,member,1993,..,test,document,joined,early,yes,Better source
        ccc,org,member,1998,..,test,document,joined,late,no,
        """,
    )


def test_the_whole_grid_with_the_share_that_survives(study):
    found = robust(FRAMEWORK, study, "org", DAY)
    assert found.complete
    assert found.specifications == found.grid == 4 * 3 * 3 * 2
    assert found.finding.verdict is Verdict.HOLDS
    # three members under the preferred reading: cuts 1 to 3 hold; two under the other: cuts 1 and 2
    assert found.share == pytest.approx((3 + 2) / 8)
    assert found.outcomes[0][0] is Verdict.HOLDS
    assert [point.score.low for point in found.curve] == sorted(point.score.low for point in found.curve)


def test_which_choices_move_it(study):
    found = robust(FRAMEWORK, study, "org", DAY)
    assert found.spread() == {"cut": 1.0, "reading": pytest.approx(0.25), "idle": 0.0, "unknowns": 0.0}
    shares = {move.value: move.share for move in found.moves if move.choice == "cut"}
    assert shares == {1: 1.0, 2: 1.0, 3: 0.5, 4: 0.0}


def test_a_draw_is_seeded_and_says_that_it_is_one(study):
    first, again = (robust(FRAMEWORK, study, "org", DAY, most=20) for _ in range(2))
    assert first == again
    assert (first.complete, first.specifications, first.grid) == (False, 20, 72)
    assert len({tuple(point.chosen.items()) for point in first.curve}) == 20
    assert robust(FRAMEWORK, study, "org", DAY, most=20, seed=2) != first


def test_too_many_readings_are_named(tiny):
    spells = "\n".join(
        f"m{number:02},org,member,199{side},..,test,document,d{number:02},s{side},{prefer},{reason}"
        for number in range(20)
        for side, prefer, reason in ((1, "yes", "Better"), (2, "no", ""))
    )
    study = tiny(
        actors=" ".join(["aaa bbb ccc", *(f"m{number:02}" for number in range(20))]),
        bodies="id,name,form,from,to\norg,The Organisation,formal-organisation,1990,..",
        memberships=f"actor,body,status,from,to,cite,basis,rival,side,prefer,reason\n{spells}",
    )
    found = robust(FRAMEWORK, study, "org", DAY)
    assert len(found.left_out) == 20 - (MOST_READINGS - 1)
    assert found.left_out[-1] == "d19=s2"


def test_a_finding_names_what_its_rows_cite_and_what_nobody_checked(study):
    found = running.classify(FRAMEWORK, study, "org", DAY)
    assert [str(one) for one in found.evidence.citations] == ["test"]
    assert found.evidence.unverified == ("memberships:3",)


def test_what_is_no_subject_and_no_day_of_the_study(study):
    with pytest.raises(UnknownNameError, match="subject of crowds ‘orgs’"):
        running.classify(FRAMEWORK, study, "orgs", DAY)
    with pytest.raises(BadValueError, match="speaks of 1990-01-01 to 2000-12-31, not of 2001-01-01"):
        running.classify(FRAMEWORK, study, "org", date(2001, 1, 1))
