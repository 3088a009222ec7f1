"""Security placements, stances, demand and leadership, on acts written by hand and on the shipped study."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import filled
from chaikhana.core.truth import Truth
from chaikhana.frameworks.mayer_2021_security_regionalism import CHOICES, strict
from chaikhana.measures import security_placements as of
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.formats import formats
from chaikhana.measures.leadership import Initiatives, initiatives
from chaikhana.measures.security_demand import Reason, demand, enough
from chaikhana.measures.security_stance import Stance, stances

DAY = date(2018, 12, 31)
PLAIN = of.Placement(
    kind="agreement", id="x", title="X", year=2000, age=5.0, members=("a", "b", "c"), parties=3, reach=of.WITHIN, sure=True,
    formal=True, organised=False, depth=None, issues=frozenset({"security"}), outsiders=(), rows=("agreements:2",),
)  # fmt: skip


def like(**changes):
    return replace(PLAIN, **changes)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, Truth.YES),
        ({"members": ("a", "b"), "parties": 2}, Truth.NO),  # bilateral
        ({"reach": of.OUTSIDE, "parties": 4}, Truth.NO),  # an outsider
        ({"formal": False}, Truth.NO),  # a statement
        ({"reach": of.WORLDWIDE}, Truth.NO),
        ({"reach": of.UNSEEN}, Truth.UNKNOWN),
        ({"sure": False}, Truth.UNKNOWN),  # an outsider may be in it
    ],
)
def test_the_strict_sense(changes, answer):
    assert strict(like(**changes), filled(CHOICES)) is answer


def test_how_many_members_it_takes_is_a_choice():
    assert strict(PLAIN, {**filled(CHOICES), "members": 4}) is Truth.NO


def test_width_and_form():
    assert (PLAIN.width, PLAIN.form) == ("multilateral", "formal")
    assert (like(parties=2).width, like(formal=False).form) == ("bilateral", "informal")


def test_what_would_remain_without_outsiders():
    held = [PLAIN, like(reach=of.OUTSIDE), like(reach=of.UNSEEN), like(reach=of.OUTSIDE)]
    found = of.remaining(held)
    assert found.value == pytest.approx(1 / 3)
    assert found.outcome is Truth.NO
    assert of.remaining([]).outcome is Truth.UNKNOWN


def test_main_width_counts_agreements_within_the_region_alone():
    two = like(parties=2, members=("a", "b"))
    held = [two, two, PLAIN, like(reach=of.OUTSIDE, parties=2), replace(two, kind="body")]
    assert of.main_width(held).value == [2, 3]
    assert of.main_width([]).outcome is Truth.UNKNOWN


def test_treaties_of_all_need_all_formal_and_no_outsider():
    every = ("a", "b", "c")
    held = [
        PLAIN,
        like(id="y", members=("a", "b")),
        like(id="z", formal=False),
        like(id="w", reach=of.OUTSIDE),
    ]
    assert of.treaties_of_all(held, every).value == ["x"]


def test_those_who_nurture_lead_bodies_that_reach_beyond():
    body = like(kind="body", id="b1", reach=of.OUTSIDE)
    held = [body, like(kind="body", id="b2"), like(reach=of.OUTSIDE)]
    assert of.nurtured(held, {"b1": ("rus", "a"), "b2": ("chn",)}, ("a",)).value == {"rus": 1}


@pytest.fixture(scope="module")
def placed(central_asia):
    return of.placements(central_asia, DAY, formats(central_asia).frame, exclusivity(central_asia, DAY).frame)


def test_nothing_lies_after_the_day(placed):
    assert all(one.age >= 0 for one in placed)
    assert not any(one.year > DAY.year for one in placed if one.kind != "body")


def test_depth_is_of_bodies_alone_and_within_bounds(placed):
    assert all(one.depth is None for one in placed if one.kind != "body")
    assert all(0 <= one.depth.low <= one.depth.high <= 1 for one in placed if one.depth)


def test_an_unknown_attribute_only_widens_depth(central_asia, placed):
    """Forget the design of one body: its depth becomes nothing known, and the others stay."""
    frames = {**central_asia.frames, "design": central_asia.frames["design"].filter(pl.col("body") != "csto")}
    without = replace(central_asia, frames=frames)
    held = of.placements(without, DAY, formats(without).frame, exclusivity(without, DAY).frame)
    then, now = ({one.id: one.depth for one in several if one.kind == "body"} for several in (placed, held))
    assert now["csto"] == Bounds(low=0, high=1)
    assert now["csto"].low <= then["csto"].low <= then["csto"].high <= now["csto"].high
    assert {key: depth for key, depth in now.items() if key != "csto"} == {
        key: depth for key, depth in then.items() if key != "csto"
    }


def test_a_stance_by_joining_and_by_acts():
    stance = Stance(joined=3, offered=4, rows=(), acts=((1.0, 1, "r1"), (2.0, -1, "r2"), (9.0, -1, "r3")))
    assert stance.willing("joining", 5, 1.0) == pytest.approx(0.75)
    assert stance.willing("acts", 5, 1.0) == pytest.approx(0.5)
    assert stance.willing("acts", 10, 1.0) == pytest.approx(1 / 3)
    assert stance.willing("both", 5, 1.0) == pytest.approx((0.75 + 0.5) / 2)
    assert stance.willing("both", 5, 2.0) == pytest.approx((0.75 + 2 * 0.5) / 3)
    assert stance.willing("both", 0.5, 1.0) == pytest.approx(0.75)  # no act in the window


def test_a_stance_of_which_nothing_tells():
    assert Stance(joined=0, offered=0, rows=(), acts=()).willing("both", 5, 1.0) is None


def test_stances_take_acts_on_security_by_members_up_to_the_day(central_asia):
    offered = [(("kaz", "kgz"), ("agreements:2",)), (("kaz", "uzb"), ("agreements:3",))]
    found = stances(central_asia, DAY, offered, of.WIDE)
    assert (found["kaz"].joined, found["kgz"].joined, found["tkm"].joined) == (2, 1, 0)
    assert all(age >= 0 for stance in found.values() for age, _, _ in stance.acts)
    assert not stances(central_asia, DAY, [], frozenset())["kaz"].acts


def test_candidates_for_leading():
    held = Initiatives(found=((1.0, "a", "r1"), (2.0, "a", "r2"), (3.0, "b", "r3"), (9.0, "c", "r4")))
    shares, rows = held.candidates(5, 0.5)
    assert set(shares) == {"a"}
    assert rows == ("r1", "r2", "r3")
    assert set(held.candidates(10, 0.25)[0]) == {"a", "b", "c"}
    assert held.candidates(0.5, 0.1) == ({}, ())


def test_what_several_do_together_tells_of_no_leader(central_asia):
    rows = {row for _, _, row in initiatives(central_asia, DAY).found}
    several = central_asia.table("episodes").filter(pl.col("actors").list.len() > 1)["row"]
    assert not rows & set(several)


def test_reasons_of_demand():
    assert Reason(share=0.4, told="").answer(0.33).outcome is Truth.YES
    assert Reason(share=0.2, told="").answer(0.33).outcome is Truth.NO
    assert Reason(share=None, told="").answer(0.33).outcome is Truth.UNKNOWN
    reasons = {
        "a": Reason(share=0.9, told=""),
        "b": Reason(share=None, told=""),
        "c": Reason(share=0.1, told=""),
    }
    assert [enough(reasons, 0.5, number).outcome for number in (1, 2, 3)] == [
        Truth.YES,
        Truth.UNKNOWN,
        Truth.NO,
    ]


def test_demand_without_series_or_acts_is_unknown(central_asia):
    empty = ("agreements", "parties", "meetings", "attendance", "episodes")
    bare = replace(
        central_asia,
        frames={**central_asia.frames, **{name: central_asia.frames[name].clear() for name in empty}},
        derived={},
    )
    assert all(reason.share is None for reason in demand(bare, DAY).values())
