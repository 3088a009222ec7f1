"""Embedded revisionism and its kinds: every type, every kind, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import filled
from chaikhana.core.findings import Verdict
from chaikhana.frameworks import cooley_2019_kinds_of_revisionism as kinds
from chaikhana.frameworks import goddard_2018_embedded_revisionism as embedded

DAY = date(1995, 6, 1)


def bounds(low: float, high: float | None = None) -> Bounds:
    return Bounds(low=low, high=low if high is None else high)


def facts(access: Bounds | None, brokerage: Bounds | None) -> embedded.Facts:
    others = tuple(bounds(value) for value in (0.2, 0.4, 0.6))
    place = embedded.Place(
        flags=("undetermined", "undetermined"), own=(access, brokerage), others=(others, others)
    )
    key = ("regional", "declared", "depth-and-meetings", "betweenness", "powers")
    return embedded.Facts(
        subject="aaa",
        on=DAY,
        places={key: place},
        rows={},
        weighed=True,
        norms=((), ()),
        coded=(),
        coded_rows=(),
    )


@pytest.mark.parametrize(
    ("access", "brokerage", "label"),
    [
        (0.7, 0.7, "bridging"),
        (0.7, 0.1, "integrated"),
        (0.1, 0.7, "isolated"),
        (0.1, 0.1, "rogue"),
    ],
)
def test_the_four_types(access, brokerage, label):
    chosen = filled(embedded.CHOICES, {"unknowns": "low"})
    found = embedded.judge(facts(bounds(access), bounds(brokerage)), chosen)
    assert (found.verdict, found.label) == (Verdict.HOLDS, label)


def test_bounds_on_both_sides_of_the_cut_leave_it_open_and_either_end_decides():
    wide = facts(bounds(0.1, 0.9), bounds(0.7))
    ends = {
        end: filled(embedded.CHOICES, {"unknowns": end, "cut": 0.6}) for end in ("unknown", "low", "high")
    }
    open_, low, high = (embedded.judge(wide, ends[end]) for end in ("unknown", "low", "high"))
    assert (open_.verdict, open_.label) == (Verdict.UNDETERMINED, "bridging or isolated")
    assert open_.missing
    assert (low.label, high.label) == ("isolated", "bridging")


def test_a_state_outside_of_the_network_is_not_judged():
    found = embedded.judge(facts(None, None), filled(embedded.CHOICES))
    assert found.verdict is Verdict.UNDETERMINED
    assert "memberships" in found.missing[0]
    of_world = embedded.judge(facts(bounds(0.1), bounds(0.1)), filled(embedded.CHOICES, {"network": "world"}))
    assert "cow-igo-v3" in of_world.missing[0]


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1.0), (0.5, 2.5), (1.0, 4.0), (0.4, 2.2)])
def test_a_quantile_by_straight_lines(share, expected):
    assert embedded._quantile([4.0, 1.0, 3.0, 2.0], share) == pytest.approx(expected)


CODINGS = "unit,framework,code,value,coder,confidence,from,to\n"


def judged(tiny, *rows: str, given=None, on=DAY, subject="xxx@regional", **texts):
    lines = "\n".join(f"actors:xxx,kinds-of-revisionism,{row},1990,.." for row in rows)
    study = tiny(powers=("xxx",), codings=CODINGS + lines, **texts)
    return kinds.classify(study, subject, on, given)


@pytest.mark.parametrize(
    ("order", "power", "kind"),
    [
        ("content", "content", "status-quo"),
        ("not-content", "content", "reformist"),
        ("content", "not-content", "positionalist"),
        ("not-content", "not-content", "revolutionary"),
    ],
)
def test_the_four_kinds(tiny, order, power, kind):
    found = judged(tiny, f"order-regional,{order},one,high", f"power-regional,{power},one,high")
    assert (found.verdict, found.label) == (Verdict.HOLDS, kind)


def test_levels_are_asked_apart(tiny):
    rows = ("order-regional,content,one,high", "power-regional,content,one,high")
    assert judged(tiny, *rows).label == "status-quo"
    other = judged(tiny, *rows, subject="xxx@international")
    assert other.verdict is Verdict.UNDETERMINED
    assert "order-international" in other.missing[0]


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({}, ""),
        ({"tie": "content"}, "status-quo"),
        ({"tie": "not-content"}, "positionalist"),
        ({"combine": "any-discontent"}, "positionalist"),
        ({"combine": "unanimous", "tie": "content"}, ""),
        ({"reported": "no"}, "positionalist"),
        ({"confidence": "high"}, ""),
        ({"unknowns": "high"}, "status-quo"),
    ],
)
def test_coders_who_differ(tiny, given, label):
    found = judged(
        tiny,
        "order-regional,content,paper,medium",
        "power-regional,not-content,paper,medium",
        "power-regional,content,somebody in paper,low",
        given=given,
    )
    assert found.label == label


def test_a_judgement_that_has_ended_counts_only_in_memory(tiny):
    codings = CODINGS + "\n".join(
        f"actors:xxx,kinds-of-revisionism,{code}-regional,content,one,high,1990,1994"
        for code in ("order", "power")
    )
    study = tiny(powers=("xxx",), codings=codings)
    assert kinds.classify(study, "xxx@regional", DAY).verdict is Verdict.UNDETERMINED
    assert kinds.classify(study, "xxx@regional", DAY, {"memory": 3}).label == "status-quo"


def test_an_act_taken_for_a_sign_counts_where_chosen(tiny):
    codings = CODINGS + (
        "episodes:act,kinds-of-revisionism,signals,counter-order-revisionism,one,high,1994,\n"
        "actors:xxx,kinds-of-revisionism,power-regional,content,one,high,1990,.."
    )
    episodes = "id,date,act,actors,summary\nact,1994-03-01,intervention,xxx,It took a piece of land."
    study = tiny(powers=("xxx",), codings=codings, episodes=episodes)
    assert kinds.classify(study, "xxx@regional", DAY).verdict is Verdict.UNDETERMINED
    assert kinds.classify(study, "xxx@regional", DAY, {"acts": "yes"}).label == "reformist"


def test_coders_who_agree_too_little_find_nothing(tiny):
    rows = (
        "order-regional,content,one,high",
        "order-regional,not-content,two,high",
        "power-regional,content,one,high",
        "power-regional,content,two,high",
    )
    found = judged(tiny, *rows, given={"tie": "content", "agreement": 0.667})
    assert found.verdict is Verdict.UNDETERMINED
    assert found.steps[2].value == pytest.approx(0.0, abs=0.3)
