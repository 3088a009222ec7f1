"""Commitment of states to bodies: each indicator by hand, and what happened to one member that left twice."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.errors import UnknownNameError
from chaikhana.measures.commitment import WEIGHTINGS, commitment, indicators
from chaikhana.study.study import Study

DAY = date(1999, 12, 31)
BODIES = """
id,name,form,from,to
org,Org,formal-organisation,1990-01-01,..
plat,Plat,informal-platform,1990-01-01,..
gone,Gone,formal-organisation,1990-01-01,1995-01-01
"""
MEMBERSHIPS = """
actor,body,status,from,to
aaa,org,founder-member,1990-01-01,..
bbb,org,member,1995-01-01,..
ccc,org,observer,1990-01-01,..
xxx,org,member,1990-01-01,..
aaa,plat,partner,1990-01-01,..
aaa,gone,member,1990-01-01,1995-01-01
"""
HEAD = "actor,body,status,from,to\n"


def bounds(study: Study, indicator: str, actor: str = "aaa", body: str = "org", day: date = DAY):
    frame = indicators(study, day)
    [row] = [
        row
        for row in frame.iter_rows(named=True)
        if (row["actor"], row["body"], row["indicator"]) == (actor, body, indicator)
    ]
    return row["low"], row["high"]


def test_which_states_and_bodies(tiny) -> None:
    """The region's members, in bodies that live on the day."""
    frame = commitment(tiny(bodies=BODIES, memberships=MEMBERSHIPS), DAY).frame
    assert frame.select("actor", "body").rows() == [
        ("aaa", "org"), ("bbb", "org"), ("ccc", "org"), ("aaa", "plat"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spells", "low", "high"),
    [
        ("aaa,org,founder-member,1990-01-01,..", 1, 1),
        ("aaa,org,associate,1990-01-01,..", 2 / 3, 2 / 3),
        ("aaa,org,signatory,1990-01-01,..", 1 / 3, 1 / 3),
        ("aaa,org,suspended,1990-01-01,..", 0, 0),
        ("aaa,org,withdrawn,1990-01-01,..", 0, 0),
        ("aaa,org,member,1990-01-01,", 0, 1),
        ("aaa,org,member,1999?,..", 0, 1),
        ("aaa,org,observer,1990-01-01,..\naaa,org,withdrawn,1992-01-01,..", 1 / 3, 1 / 3),
        ("aaa,org,observer,1990-01-01,..\naaa,org,signatory,1999?,..", 1 / 3, 1 / 3),
        ("aaa,org,candidate,1990-01-01,1999?\naaa,org,member,1999?,..", 0, 1),
        ("aaa,plat,partner,1990-01-01,..", 1, 1),
    ],
)
def test_status(spells: str, low: float, high: float, tiny) -> None:
    study = tiny(bodies=BODIES, memberships=HEAD + spells)
    body = "plat" if "plat" in spells else "org"
    assert bounds(study, "status", body=body) == pytest.approx((low, high))


def test_length_is_the_share_of_the_time_in_which_it_could_have_been_inside(tiny) -> None:
    """Ten years of the body, five of them inside; where the beginning is known to the year, a year more or less."""
    days = (date(2000, 1, 1) - date(1990, 1, 1)).days
    half = tiny(bodies=BODIES, memberships=HEAD + "aaa,org,member,1995-01-01,..")
    share = (date(2000, 1, 1) - date(1995, 1, 1)).days / days
    assert bounds(half, "length") == pytest.approx((share, share))
    vague = tiny(bodies=BODIES, memberships=HEAD + "aaa,org,member,1995,..")
    low = (date(2000, 1, 1) - date(1995, 12, 31)).days / days
    assert bounds(vague, "length") == pytest.approx((low, share))
    outside = tiny(bodies=BODIES, memberships=HEAD + "aaa,org,observer,1990-01-01,..")
    assert bounds(outside, "length") == (0, 0)
    two = tiny(
        bodies=BODIES,
        memberships=HEAD + "aaa,org,associate,1990-01-01,1992-01-01\naaa,org,member,1992-01-01,..",
    )
    assert bounds(two, "length") == (1, 1)


def test_a_state_cannot_have_been_inside_before_it_existed(tiny) -> None:
    actors = "id,name,kind,from,to\n" + "\n".join(
        f"{actor},{actor},state,{'1995-01-01' if actor == 'aaa' else '1800'},.."
        for actor in ("aaa", "bbb", "ccc", "xxx", "yyy")
    )
    study = tiny(actors_table=actors, bodies=BODIES, memberships=HEAD + "aaa,org,member,1995-01-01,..")
    assert bounds(study, "length") == (1, 1)


@pytest.mark.parametrize(
    ("spells", "low", "high"),
    [
        ("aaa,org,member,1990-01-01,..", 1, 1),
        ("aaa,org,member,1990-01-01,1995-01-01\naaa,org,withdrawn,1995-01-01,..", 0, 0),
        ("aaa,org,member,1990-01-01,1995-01-01", 0, 0),
        ("aaa,org,suspended,1990-01-01,1991-01-01\naaa,org,member,1991-01-01,..", 0, 0),
        ("aaa,org,member,1990-01-01,", 0, 1),
        ("aaa,org,member,1990-01-01,1999?\naaa,org,withdrawn,1999?,..", 0, 1),
        ("aaa,org,observer,1990-01-01,..\naaa,org,withdrawn,1999?,..", 0, 1),
        ("aaa,org,observer,1990-01-01,..", None, None),
    ],
)
def test_staying(spells: str, low: float | None, high: float | None, tiny) -> None:
    assert bounds(tiny(bodies=BODIES, memberships=HEAD + spells), "staying") == (low, high)


AGREEMENTS = """
id,title,signed,form,binding,issues,under
one,One,1991-01-01,treaty,yes,trade,org
two,Two,1992-01-01,treaty,yes,trade,org
three,Three,1993-01-01,treaty,yes,trade,org
word,Word,1993-01-01,declaration,no,trade,org
late,Late,2000-06-01,treaty,yes,trade,org
"""


def test_ratifications_of_the_treaties_under_the_body(tiny) -> None:
    """Ratified, in force for it, neither dated, and one after the day; the declaration and the later treaty do not count."""
    study = tiny(
        bodies=BODIES,
        memberships=MEMBERSHIPS,
        agreements=AGREEMENTS,
        parties="""
            agreement,actor,signed,ratified,in_force,withdrew
            one,aaa,1991-01-01,1992-01-01,,
            two,aaa,1992-01-01,,1993-01-01,
            three,aaa,1993-01-01,,,
            word,aaa,1993-01-01,,,
            late,aaa,2000-06-01,,,
            one,bbb,1991-01-01,2000-01-01,2000-02-01,
            two,bbb,1992-01-01,1993-01-01,,1998-01-01
            """,
    )
    assert bounds(study, "ratifications") == pytest.approx((2 / 3, 1))
    assert bounds(study, "ratifications", "bbb") == pytest.approx((1 / 2, 1 / 2))
    assert bounds(study, "ratifications", "ccc") == (None, None)  # never inside, and party to nothing
    assert bounds(study, "ratifications", body="plat") == (None, None)  # informal
    assert bounds(study, "staying", "bbb") == (0, 0)  # it left a treaty
    assert bounds(study, "staying", "bbb", day=date(1997, 12, 31)) == (1, 1)


MEETINGS = """
id,title,body,date,level
first,First,org,1995-01-01,heads-of-state
second,Second,org,1996-01-01,ministers
third,Third,org,1997-01-01,
later,Later,org,2000-06-01,ministers
"""


def test_attendance_and_rank(tiny) -> None:
    """Present twice of three, once unknown; below the rank once, and once nobody says at what rank."""
    study = tiny(
        bodies=BODIES,
        memberships=MEMBERSHIPS,
        meetings=MEETINGS,
        attendance="""
            meeting,actor,level,present
            first,aaa,ministers,yes
            second,aaa,,yes
            third,aaa,ministers,unknown
            later,aaa,ministers,no
            first,bbb,heads-of-state,yes
            second,bbb,,no
            """,
    )
    assert bounds(study, "attendance") == pytest.approx((2 / 3, 1))
    assert bounds(study, "rank") == pytest.approx((0, 1 / 2))
    assert bounds(study, "attendance", "bbb") == (0.5, 0.5)
    assert bounds(study, "rank", "bbb") == (1, 1)
    assert bounds(study, "attendance", "ccc") == bounds(study, "rank", "ccc") == (0, 1)


def test_support_among_the_acts_that_give_or_withhold_it(tiny) -> None:
    study = tiny(
        bodies=BODIES,
        memberships=MEMBERSHIPS,
        episodes="""
            id,date,act,actors,bodies,summary
            a,1994-01-01,support,aaa; bbb,org,Both
            b,1995-01-01,refusal,aaa,org; plat,One
            c,1996-01-01,criticism,aaa,org,One
            d,1996-02-01,visit,aaa,org,Neither
            e,2000-06-01,support,aaa,org,Later
            """,
    )
    assert bounds(study, "support") == pytest.approx((1 / 3, 1 / 3))
    assert bounds(study, "support", "bbb") == (1, 1)
    assert bounds(study, "support", body="plat") == (0, 0)
    assert bounds(study, "support", "ccc") == (0, 1)


def test_the_index_by_hand(tiny) -> None:
    """A founder of whom nothing else is known: status 1, ratifications, attendance and support 0 to 1, staying 1."""
    frame = commitment(tiny(bodies=BODIES, memberships=MEMBERSHIPS), DAY).frame
    row = frame.row(0, named=True)
    assert (row["commitment_low"], row["commitment_high"]) == pytest.approx((2 / 5, 1))
    assert (row["known"], row["of"]) == (3, 7)
    assert (row["varied_low"], row["varied_high"]) == pytest.approx((1 / 4, 1))
    assert row["rows"] == ["memberships:2"]
    observer = frame.filter(frame["actor"] == "ccc").row(0, named=True)
    assert (observer["commitment_low"], observer["commitment_high"]) == pytest.approx(
        ((1 / 6) / 3, (1 / 6 + 2) / 3), abs=1e-4
    )
    assert observer["of"] == 5


def test_weightings(tiny) -> None:
    study = tiny(bodies=BODIES, memberships=MEMBERSHIPS)
    without = commitment(study, DAY, "without-support").frame.row(0, named=True)
    assert without["commitment_low"] == pytest.approx(2 / 4)
    assert len(WEIGHTINGS) == 6
    with pytest.raises(UnknownNameError, match="without-support"):
        commitment(study, DAY, "without-suport")


def test_the_two_studies(central_asia: Study, nordic: Study) -> None:
    """Uzbekistan left the CSTO in 2012; Denmark, Finland and Sweden left EFTA, Norway stayed."""
    frame = commitment(central_asia, date(2018, 12, 31)).frame
    csto = {row["actor"]: row for row in frame.filter(frame["body"] == "csto").iter_rows(named=True)}
    assert csto["uzb"]["commitment_high"] < min(
        csto[actor]["commitment_low"] for actor in ("kaz", "kgz", "tjk")
    )
    before = commitment(central_asia, date(2011, 12, 31)).frame
    then = before.filter((before["body"] == "csto") & (before["actor"] == "uzb")).row(0, named=True)
    assert then["commitment_low"] > csto["uzb"]["commitment_low"]
    for left in ("dnk", "fin", "swe"):
        assert bounds(nordic, "staying", left, "efta", date(2016, 12, 31)) == (0, 0)
    assert bounds(nordic, "staying", "nor", "efta", date(2016, 12, 31)) == (1, 1)
