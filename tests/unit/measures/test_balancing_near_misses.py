"""The three mechanisms found where they should be, and not where one thing is lacking: each near-miss beside its twin."""

from __future__ import annotations

import pytest

from chaikhana.measures.branding import brands
from chaikhana.measures.bridging import bridges, close
from chaikhana.measures.dovetailing import near, pairs

BODIES = """
id,name,acronym,form,issues,from,to
one,First League,FL,formal-organisation,security,1990-01-01,..
two,Second League,SL,formal-organisation,security,1990-01-01,..
old,Older Second League,OSL,formal-organisation,security,1990-01-01,1996-01-01
far,Far League,FAR,formal-organisation,security,1990-01-01,..
"""
MEMBERSHIPS = """
actor,body,status,from,to
aaa,one,member,1990-01-01,..
aaa,two,observer,1990-01-01,1998-03-01
bbb,one,member,1990-01-01,..
xxx,one,member,1990-01-01,..
xxx,two,member,1990-01-01,..
"""
LINEAGE = "body,relation,other,date\nold,renamed-to,two,1996-01-01"
LEADS = """
body,actor,from,to,kind
one,xxx,1990-01-01,..,dominant
two,yyy,1990-01-01,..,dominant
"""
ISSUES = {"security": "security", "drugs": "drugs", "trade": "trade"}
FRAMES = {"silk": {"says": "the Silk Road, old and new", "words": ("Silk Road*",)}}
IDENTITY = {"silk": "the Silk Road"}
COMMON = {
    "bodies": BODIES,
    "memberships": MEMBERSHIPS,
    "lineage": LINEAGE,
    "leads": LEADS,
    "issues": ISSUES,
    "frames": FRAMES,
    "identity_frames": IDENTITY,
}


def proposal(**changed: str) -> dict[str, str]:
    row = {
        "date": "1995-05-01",
        "act": "proposal",
        "actors": "aaa",
        "target": "",
        "bodies": "one; two",
    } | changed
    header = ",".join(["id", *row, "summary"])
    return {"episodes": f"{header}\nit,{','.join(row.values())},It was proposed."}


def bridged(tiny, least: int = 2, **texts: object) -> int:
    found = bridges(tiny(**{**COMMON, **texts}))
    return sum(close((sorted(one.low)[-2], sorted(one.high)[-2]), least)[0] for one in found)


BRIDGE_MISSES = {
    "a proposal of one platform": proposal(bodies="one"),
    "a proposal by an outsider": proposal(actors="xxx"),
    "no tie to one of the two": proposal(bodies="one; far"),
    "a state without a tie to either": proposal(actors="ccc"),
    "the tie ended the day before": proposal(date="1998-03-01"),
    "a refusal, no proposal": proposal(act="refusal"),
    "one body under two names": proposal(bodies="old; two"),
    "no date, so no standing on a day": proposal(date=""),
    "the tie begins after the act": {
        **proposal(),
        "memberships": MEMBERSHIPS.replace("aaa,two,observer,1990-01-01", "aaa,two,observer,1995-05-02"),
    },
    "a tie that has been suspended": {
        **proposal(),
        "memberships": MEMBERSHIPS.replace("aaa,two,observer", "aaa,two,suspended"),
    },
}


def test_a_proposal_to_join_two_platforms_bridges(tiny):
    assert bridged(tiny, **proposal()) == 1


@pytest.mark.parametrize("texts", BRIDGE_MISSES.values(), ids=BRIDGE_MISSES)
def test_what_does_not_bridge(tiny, texts):
    assert bridged(tiny, **texts) == 0


def test_an_observer_is_not_inside(tiny):
    assert bridged(tiny, least=3, **proposal()) == 0
    inside = MEMBERSHIPS.replace("aaa,two,observer", "aaa,two,member")
    assert bridged(tiny, least=3, memberships=inside, **proposal()) == 1


def test_a_statement_about_two_platforms_bridges_and_about_one_does_not(tiny):
    said = "id,speaker,actor,date,bodies,gist\nit,A minister,aaa,1995-05-01,{},They should work together."
    assert bridged(tiny, statements=said.format("one; two")) == 1
    assert bridged(tiny, statements=said.format("one")) == 0


def test_a_hosted_meeting_of_platforms_bridges(tiny):
    actors = "id,name,kind,from,to\n" + "\n".join(
        f"{name},{name},{kind},1800,.." for name, kind in (("aaa", "state"), ("bbb", "state"), ("ccc", "state"),
        ("xxx", "state"), ("yyy", "state"), ("one", "bloc"), ("two", "bloc"))
    )  # fmt: skip
    meeting = "id,title,body,date,host,level,issues\nm,Meeting,,1995-05-01,{},officials,security"
    seats = "meeting,actor,level,present\nm,one,,yes\nm,two,,{}"
    hosted = {"actors_table": actors, "meetings": meeting.format("aaa")}
    assert bridged(tiny, attendance=seats.format("yes"), **hosted) == 1
    assert bridged(tiny, attendance=seats.format("no"), **hosted) == 0
    hosted["meetings"] = meeting.format("xxx")
    assert bridged(tiny, attendance=seats.format("yes"), **hosted) == 0


MEETINGS = """
id,title,body,date,level,issues
m1,First,one,{first},ministers,{issue}
m2,Second,{body},{second},ministers,{other}
"""
ATTENDANCE = """
meeting,actor,level,present
m1,{who},,yes
m2,{who},,{present}
"""


def turned(tiny, window: int = 30, leads: str = "any", broad: bool = False, **changed: str) -> int:
    told = {
        "first": "1995-05-01",
        "second": "1995-05-20",
        "issue": "drugs",
        "other": "drugs",
        "body": "two",
        "who": "aaa",
        "present": "yes",
    } | changed
    texts = {"meetings": MEETINGS.format(**told), "attendance": ATTENDANCE.format(**told)}
    found = pairs(tiny(**{**COMMON, **texts}))
    tests = [(one.gap_low, one.gap_high, one.broad, one.leads) for one in found]
    return sum(near(test, window, leads, broad=broad)[0] for test in tests)


PAIR_MISSES = {
    "the same issue in one group": {"body": "one"},
    "another issue": {"other": "trade"},
    "an empty agenda": {"other": ""},
    "a day outside the window": {"second": "1995-06-01"},
    "a month of which a day lies outside the window": {"second": "1995-06"},
    "the state was absent": {"present": "no"},
    "nobody knows whether it came": {"present": "unknown"},
    "an outsider in both": {"who": "xxx"},
    "no tie to the second group": {"who": "bbb"},
    "no tie any more on the day": {"first": "1998-02-20", "second": "1998-03-01"},
    "one group under its old and its new name": {"body": "old", "first": "1995-05-02"},
}


def test_an_issue_taken_to_two_groups_dovetails(tiny):
    assert turned(tiny) == 1
    assert turned(tiny, second="1995-05-31") == 1


@pytest.mark.parametrize("changed", PAIR_MISSES.values(), ids=PAIR_MISSES)
def test_what_does_not_dovetail(tiny, changed):
    if "old" in changed.values():
        swapped = MEETINGS.replace("m1,First,one", "m1,First,two")
        told = {
            "first": "1995-05-01",
            "second": "1995-05-20",
            "issue": "drugs",
            "other": "drugs",
            "body": "old",
        }
        texts = {
            "meetings": swapped.format(**told),
            "attendance": ATTENDANCE.format(who="aaa", present="yes"),
        }
        assert pairs(tiny(**{**COMMON, **texts})) == ()
        return
    assert turned(tiny, **changed) == 0


def test_a_wider_window_a_broad_issue_and_leads(tiny):
    assert turned(tiny, second="1995-07-15") == 0
    assert turned(tiny, window=90, second="1995-07-15") == 1
    assert turned(tiny, issue="security", other="security") == 0
    assert turned(tiny, broad=True, issue="security", other="security") == 1
    assert turned(tiny, leads="apart") == 1
    same = LEADS.replace("two,yyy", "two,xxx")
    told = {"first": "1995-05-01", "second": "1995-05-20", "issue": "drugs", "other": "drugs", "body": "two"}
    study = tiny(
        **{
            **COMMON,
            "leads": same,
            "meetings": MEETINGS.format(**told),
            "attendance": ATTENDANCE.format(who="aaa", present="yes"),
        }
    )
    assert [one.leads for one in pairs(study)] == ["same"]


def promoted(
    tiny, act: str = "proposal", actor: str = "aaa", bodies: str = "one", text: str = "A new Silk Road."
) -> int:
    episodes = f"id,date,act,actors,bodies,summary\nit,1995-05-01,{act},{actor},{bodies},{text}"
    return len(brands(tiny(**COMMON, episodes=episodes)))


BRAND_MISSES = {
    "no grouping": {"bodies": ""},
    "no identity in its words": {"text": "A new road."},
    "by an outsider": {"actor": "xxx"},
    "no tie to the grouping": {"bodies": "far"},
    "an act that promotes nothing": {"act": "border-clash"},
}


def test_an_identity_promoted_with_a_grouping_brands(tiny):
    assert promoted(tiny) == 1


@pytest.mark.parametrize("changed", BRAND_MISSES.values(), ids=BRAND_MISSES)
def test_what_does_not_brand(tiny, changed):
    assert promoted(tiny, **changed) == 0


def test_a_groupings_own_name_is_told_apart(tiny):
    bodies = BODIES.replace("First League,FL", "Silk Road League,SRL")
    episodes = "id,date,act,actors,bodies,summary\nit,1995-05-01,proposal,aaa,one,The Silk Road League meets."
    (found,) = brands(tiny(**{**COMMON, "bodies": bodies}, episodes=episodes))
    assert not found.beyond
    (founded,) = brands(
        tiny(
            **{**COMMON, "bodies": bodies},
            episodes=episodes.replace("proposal", "creation").replace("The Silk Road League", "It"),
        )
    )
    assert founded.beyond
