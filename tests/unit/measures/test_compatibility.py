"""Obligations that exclude each other, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.measures.compatibility import BASES, CUSTOMS, NEUTRALITY, conflicts

DAY = date(1996, 6, 1)
BODIES = """
id,name,form,from,to
east,East Union,formal-organisation,1990-01-01,..
west,West Union,formal-organisation,1990-01-01,..
pact,The Pact,formal-organisation,1990-01-01,..
"""
MEMBERS = """
actor,body,status,from,to
aaa,east,member,1990-01-01,..
aaa,west,member,1990-01-01,..
bbb,pact,member,1990-01-01,..
"""
AGREEMENTS = """
id,title,signed,in_force,ended,form,binding,issues,under
e,Treaty on the East Customs Union,1994-01-01,,,treaty,yes,trade,east
w,Agreement on a Single Economic Space,1995-01-01,1997-01-01,,treaty,yes,trade,west
"""
PARTIES = "agreement,actor\ne,aaa\nw,aaa"


def found(tiny, day=DAY, since="signed", **changed):
    texts = {"bodies": BODIES, "memberships": MEMBERS, "agreements": AGREEMENTS, "parties": PARTIES} | changed
    return conflicts(tiny(**texts), day, since)


def test_two_customs_territories_exclude_each_other(tiny):
    (one,) = found(tiny)
    assert (one.actor, one.kind, one.first.by, one.second.by) == ("aaa", CUSTOMS, "e", "w")
    assert set(one.rows) == {"agreements:2", "agreements:3", "parties:2", "parties:3"}


MISSES = {
    "one territory alone": {"parties": "agreement,actor\ne,aaa"},
    "two states, one each": {"parties": "agreement,actor\ne,aaa\nw,bbb"},
    "an outsider in both": {"parties": "agreement,actor\ne,xxx\nw,xxx"},
    "the second signed later": {"agreements": AGREEMENTS.replace("1995-01-01", "1996-06-02")},
    "the first has ended": {"agreements": AGREEMENTS.replace("1994-01-01,,,", "1994-01-01,,1995,")},
    "a free trade area": {"agreements": AGREEMENTS.replace("Single Economic Space", "Free Trade Area")},
    "a declaration": {"agreements": AGREEMENTS.replace("1997-01-01,,treaty,yes", "1997-01-01,,declaration,no")},
    "it has left the second": {"parties": "agreement,actor,withdrew\ne,aaa,\nw,aaa,1996-01-01"},
    "two treaties of one territory": {"agreements": AGREEMENTS.replace("trade,west", "trade,east")},
    "it has left the union": {"memberships": MEMBERS.replace("aaa,west,member,1990-01-01,..", "aaa,west,member,1990,1995")},
    "the two have become one": {"lineage": "body,relation,other,date\neast,merged-into,west,1996-01-01"},
}  # fmt: skip


@pytest.mark.parametrize("changed", MISSES.values(), ids=MISSES)
def test_what_does_not_exclude(tiny, changed):
    assert found(tiny, **changed) == ()


def test_from_signature_or_from_entry_into_force(tiny):
    assert found(tiny, since="in-force") == ()
    agreements = AGREEMENTS.replace("1994-01-01,,,", "1994-01-01,1995-01-01,,")
    assert len(found(tiny, date(1997, 6, 1), "in-force", agreements=agreements)) == 1


def test_a_common_tariff_by_membership_is_a_territory(tiny):
    design = "body,attribute,value,from,to\neast,common-external-tariff,yes,1990,..\nwest,common-external-tariff,{},1990,.."
    (one,) = found(tiny, agreements="id,title,form", parties="agreement,actor", design=design.format("yes"))
    assert {one.first.by, one.second.by} == {"east", "west"}
    assert (
        found(tiny, agreements="id,title,form", parties="agreement,actor", design=design.format("no")) == ()
    )


NEUTRAL = "id,date,act,actors,target,summary\nn,1995-12-12,recognition,xxx,{},Its neutrality was recognised."


def test_neutrality_beside_a_collective_defence(tiny):
    design = "body,attribute,value,from,to\npact,collective-defence,yes,1990,.."
    own = {"agreements": "id,title,form", "parties": "agreement,actor", "design": design}
    (one,) = found(tiny, episodes=NEUTRAL.format("bbb"), **own)
    assert (one.actor, one.kind) == ("bbb", NEUTRALITY)
    assert found(tiny, episodes=NEUTRAL.format("aaa"), **own) == ()
    assert found(tiny, date(1995, 12, 11), episodes=NEUTRAL.format("bbb"), **own) == ()


def test_an_outsiders_base_beside_an_alliance_that_excludes_it(tiny):
    design = "body,attribute,value,from,to\npact,excludes-outside-bases,yes,1990,.."
    base = "id,date,until,act,actors,target,summary\nb,1994-01-01,{},base-opening,xxx,bbb,A base was opened."
    own = {"agreements": "id,title,form", "parties": "agreement,actor", "design": design}
    (one,) = found(tiny, episodes=base.format(".."), **own)
    assert one.kind == BASES
    assert found(tiny, episodes=base.format("1995-01-01"), **own) == ()
