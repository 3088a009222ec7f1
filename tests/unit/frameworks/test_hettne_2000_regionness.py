"""Regionness: each level yes, no and unknown, and the levels cumulative."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaikhana.core.findings import Step, Verdict
from chaikhana.core.truth import Truth
from chaikhana.frameworks import hettne_2000_regionness as regionness

DAY = date(1999, 12, 31)
BODIES = """
id,name,form,issues,from,to
own,The Region's Own,formal-organisation,trade; security; water; drugs,1992-01-01,..
wide,The Wide One,formal-organisation,trade; security; water; drugs,1992-01-01,..
"""
MEMBERS = """
actor,body,status,from,to
aaa,own,member,1992-01-01,..
bbb,own,member,1992-01-01,..
ccc,own,member,1992-01-01,..
aaa,wide,member,1992-01-01,..
bbb,wide,member,1992-01-01,..
ccc,wide,member,1992-01-01,..
xxx,wide,member,1992-01-01,..
"""
MEETINGS = """
id,title,body,date,level,issues
one,One,own,1998-03-01,heads-of-state,security; trade; water; drugs; borders
"""
ATTENDANCE = """
meeting,actor,level,present
one,aaa,,yes
one,bbb,,yes
one,ccc,,yes
"""
CODINGS = """
unit,framework,code,value,coder
region:tiny,regionness,level-1-geographic-unit,yes,somebody
"""
ISSUES = {word: word for word in ("trade", "security", "water", "drugs", "borders")}
DESIGN = "body,attribute,value,from,to\nown,pooling,{pooling},1992-01-01,.."


def study_of(tiny, *, pooling: str = "", **changed: str):
    texts = {
        "bodies": BODIES,
        "memberships": MEMBERS,
        "meetings": MEETINGS,
        "attendance": ATTENDANCE,
        "codings": CODINGS,
    } | changed
    if pooling:
        texts["design"] = DESIGN.format(pooling=pooling)
    return tiny(issues=ISSUES, **{name: text for name, text in texts.items() if text})


@pytest.mark.parametrize(
    ("pooling", "verdict", "label"),
    [
        ("high", Verdict.HOLDS, "5 of 5: institutionalised policy"),
        ("none", Verdict.MIXED, "4 of 5: regional community"),
        ("", Verdict.UNDETERMINED, "4 to 5 of 5: regional community"),
    ],
)
def test_the_top_level_hangs_on_pooling(tiny, pooling, verdict, label):
    found = regionness.classify(study_of(tiny, pooling=pooling), "tiny", DAY)
    assert (found.verdict, found.label) == (verdict, label)


def test_a_body_with_an_outsider_is_not_the_regions_own(tiny):
    members = MEMBERS + "xxx,own,member,1992-01-01,..\n"
    found = regionness.classify(study_of(tiny, memberships=members, pooling="high"), "tiny", DAY)
    assert found.label == "3 of 5: regional society"


def test_too_few_fields_make_no_society_whatever_stands_above(tiny):
    meetings = MEETINGS.replace("security; trade; water; drugs; borders", "security")
    found = regionness.classify(study_of(tiny, meetings=meetings, pooling="high"), "tiny", DAY)
    assert found.label == "2 of 5: security complex"
    assert found.steps[3].outcome is Truth.YES  # it stands, and does not count


def test_acts_of_long_ago_do_not_count(tiny):
    late = regionness.classify(study_of(tiny), "tiny", DAY, {"window": 1})
    assert late.label == "1 of 5: geographic unit"


def test_a_clash_ties_the_pair_that_fought(tiny):
    episodes = "id,date,act,actors,target,summary\nfight,1998-05-01,border-clash,aaa,bbb,They fought."
    study = study_of(tiny, meetings="", attendance="", episodes=episodes)
    found = regionness.classify(study, "tiny", DAY)
    assert found.steps[1].value == pytest.approx(1 / 3, abs=0.001)


def test_memberships_alone_decide_nothing_and_say_what_would(tiny):
    study = study_of(tiny, meetings="", attendance="", codings="")
    found = regionness.classify(study, "tiny", DAY)
    assert found.verdict is Verdict.UNDETERMINED
    assert "cow-contiguity" in " ".join(found.missing)
    assert "agreements, meetings" in " ".join(found.missing)


def test_unknown_facts_at_both_ends_bracket_the_finding(tiny):
    study = study_of(tiny)
    low, mid, high = (
        regionness.classify(study, "tiny", DAY, {"unknowns": end}).score for end in ("low", "unknown", "high")
    )
    assert (low.low, high.high) == (mid.low, mid.high)


@given(st.lists(st.sampled_from(list(Truth)), min_size=5, max_size=5))
def test_levels_are_cumulative(outcomes):
    steps = tuple(
        Step(rule=str(place), locator="", value=None, outcome=outcome, sentence="")
        for place, outcome in enumerate(outcomes)
    )
    level = regionness.level_of(steps)
    low, high = (level, level) if isinstance(level, int) else level
    assert all(outcome in (Truth.YES, Truth.NOT_APPLICABLE) for outcome in outcomes[:low])
    assert Truth.NO not in outcomes[:high]
    assert high == 5 or Truth.NO in outcomes[: high + 1] or outcomes[0] is Truth.NOT_APPLICABLE
