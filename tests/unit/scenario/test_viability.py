"""Which formats could work: the examples of the paper on the shipped study, and small worlds by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from chaikhana.errors import ScenarioError
from chaikhana.scenario.initiative import DEPTHS, initiative
from chaikhana.scenario.obstacles import AGAINST, BARS, DOCTRINE, FOR, PAPER, UNKNOWN, Obstacle
from chaikhana.scenario.precedents import candidates, nearest
from chaikhana.scenario.viability import Answered, Format, formats
from chaikhana.study.study import Study

Tiny = Callable[..., Study]


def asked(study: Study, issue: str, depth: str, on: str = "", **more: object) -> Answered:
    """The answer to an initiative."""
    day = date.fromisoformat(on) if on else None
    return formats(study, initiative(study, issue=issue, depth=depth, on=day, **more))  # type: ignore[arg-type]


def among(answered: Answered, *actors: str) -> Format:
    """The format of exactly these."""
    return next(one for one in answered.formats if {*one.members, *one.outsiders} == set(actors))


def all_five(answered: Answered) -> Format:
    """The format of the whole region alone."""
    return next(one for one in answered.formats if not one.without and not one.outsiders)


def of(one: Format, actor: str, *kinds: str) -> list[Obstacle]:
    """What stands in an actor's way."""
    return [each for each in one.in_the_way if each.actor == actor and each.kind in kinds]


@pytest.mark.parametrize(
    ("on", "barred"),
    [
        ("2014-12-31", set()),
        ("2015-01-01", {"kaz"}),
        ("2015-08-05", {"kaz"}),
        ("2015-08-12", {"kaz", "kgz"}),
        ("2026-11-21", {"kaz", "kgz"}),
    ],
)
def test_a_common_tariff_of_all_is_barred_by_the_union_from_accession_on(
    central_asia: Study, on: str, barred: set[str]
) -> None:
    found = all_five(asked(central_asia, "customs", "common-tariff", on))
    by_union = {
        one.actor for one in found.in_the_way if one.kind == BARS and "eaeu" in one.says and not one.source
    }
    assert by_union == barred
    for one in found.in_the_way:
        if one.actor in by_union and one.kind == BARS:
            assert any(row.startswith("memberships:") for row in one.rows)
            assert any(row.startswith("design:") for row in one.rows)


def test_before_the_union_nothing_in_force_bars_it_and_after_2010_the_customs_union_does(
    central_asia: Study,
) -> None:
    early = all_five(asked(central_asia, "customs", "common-tariff", "2005-12-31"))
    assert not [one for one in early.in_the_way if one.kind == BARS]
    later = all_five(asked(central_asia, "customs", "common-tariff", "2012-12-31"))
    assert {one.actor for one in later.in_the_way if one.kind == BARS} == {"kaz"}


def test_in_1995_two_states_held_two_arrangements_at_once(central_asia: Study) -> None:
    found = all_five(asked(central_asia, "customs", "common-tariff", "1995-12-31"))
    kaz = of(found, "kaz", PAPER)
    assert {one.territory for one in kaz} == {"cau", "cis-customs-union"}
    assert not any(one.source for one in kaz)
    kgz = {one.territory: one.source for one in of(found, "kgz", PAPER)}
    # the record has its accession in March 1996; the paper counts it among the signatories of 1995
    assert kgz == {"cau": "", "cis-customs-union": "moldashev2018"}
    assert {one.territory for one in of(all_five(asked(central_asia, "customs", "common-tariff", "1996-12-31")), "kgz", PAPER)
            if not one.source} == {"cau", "cis-customs-union"}  # fmt: skip
    assert found.counts["bars"] == 0


def test_a_dialogue_of_all_is_barred_by_nothing(central_asia: Study) -> None:
    for issue in ("migration", "water", "customs", "defence"):
        found = all_five(asked(central_asia, issue, "dialogue"))
        assert not [one for one in found.in_the_way if one.kind in (BARS, DOCTRINE, PAPER)]


@pytest.mark.parametrize(("on", "meets"), [("1994-12-31", False), ("1995-12-12", True), ("2026-11-21", True)])
def test_a_supranational_body_meets_neutrality_once_it_is_recognised(
    central_asia: Study, on: str, meets: bool
) -> None:
    for depth in ("binding-decisions", "common-tariff", "joint-force"):
        found = of(all_five(asked(central_asia, "integration", depth, on)), "tkm", DOCTRINE)
        assert bool(found) is meets
    assert not of(all_five(asked(central_asia, "integration", "secretariat", on)), "tkm", DOCTRINE)


def test_who_could_join_in_which_form(central_asia: Study) -> None:
    by = asked(central_asia, "customs", "dialogue").by_depth
    assert list(by["kaz"]) == list(DEPTHS)
    assert by["kaz"]["common-tariff"] == BARS
    assert by["tkm"]["binding-decisions"] == DOCTRINE
    assert {actor: kinds["dialogue"] for actor, kinds in by.items()} == dict.fromkeys(by, "")


def test_every_set_of_two_or_more_alone_and_with_each_outsider(central_asia: Study) -> None:
    outsiders = len({*central_asia.about.powers, *central_asia.about.others})
    found = asked(central_asia, "migration", "dialogue")
    assert len(found.formats) == 26 * (1 + outsiders)
    assert len({(one.members, one.outsiders) for one in found.formats}) == len(found.formats)
    with_two = asked(central_asia, "migration", "dialogue", invited=("rus", "tur"))
    assert {one.outsiders for one in with_two.formats} == {(), ("rus",), ("tur",), ("rus", "tur")}
    led = asked(central_asia, "migration", "dialogue", lead="uzb")
    assert all("uzb" in one.members for one in led.formats)
    from_outside = asked(central_asia, "migration", "dialogue", lead="tur")
    assert all("tur" in one.outsiders for one in from_outside.formats)


def test_formats_stand_in_the_order_of_what_is_in_their_way(central_asia: Study) -> None:
    found = asked(central_asia, "customs", "common-tariff").formats
    counts = [tuple(one.counts.values()) for one in found]
    assert counts == sorted(counts)
    for one in found:
        assert sum(one.counts.values()) == len(one.in_the_way)


def test_open_says_who_could_join_later_and_closed_does_not(central_asia: Study) -> None:
    two = among(asked(central_asia, "water", "binding-decisions"), "kaz", "uzb")
    assert two.could_join == ("kgz", "tjk")
    assert two.without == ("kgz", "tjk", "tkm")
    assert (
        among(asked(central_asia, "water", "binding-decisions", is_open=False), "kaz", "uzb").could_join == ()
    )


def test_what_all_participants_share_is_in_nobodys_way(central_asia: Study) -> None:
    found = asked(central_asia, "customs", "common-tariff")
    within = among(found, "kaz", "kgz", "rus")
    assert within.shared == ("eaeu",)
    assert not [one for one in within.in_the_way if one.kind in (BARS, PAPER)]
    assert of(among(found, "kaz", "uzb"), "kaz", BARS)


def test_precedents_come_nearest_first_with_what_became_of_them(central_asia: Study) -> None:
    found = asked(central_asia, "migration", "treaty")
    first = found.precedents["kaz", "uzb"][0]
    assert first.candidate.id == "kaz-uzb-visa-recognition-2018"
    assert (first.participants, first.depth, first.same_issue) == (0.0, 0, True)
    distances = [one.distance for one in found.precedents["kaz", "uzb"]]
    assert distances == sorted(distances)
    eurasec = next(one for one in candidates(central_asia, date(2020, 1, 1)) if one.id == "eurasec")
    assert "ended 2015-01-01" in eurasec.became
    assert "succeeded by eaeu" in eurasec.became


SMALL = {
    "bodies": "id,name,form,issues,from,to\nunion,Union,formal-organisation,trade,1991,..",
    "memberships": "actor,body,status,from,to\naaa,union,member,1992-01-01,..\nxxx,union,member,1991,..",
    "design": "body,attribute,value,from,to\nunion,common-external-tariff,yes,1993-01-01,..",
    "powers": ("xxx",),
}


def test_a_small_world_by_hand(tiny: Tiny) -> None:
    study = tiny(
        **SMALL,
        episodes=(
            "id,date,until,act,actors,target,bodies,issues,summary\n"
            "no,1994-05-01,,refusal,bbb,,union,trade,It stays out.\n"
            "yes,1995-05-01,,proposal,ccc,,,trade,It proposes a market.\n"
            "later,2000-05-01,,refusal,ccc,,,trade,It changes its mind."
        ),
    )
    found = asked(study, "trade", "common-tariff", "1996-01-01")
    whole = all_five(found)
    assert whole.name == "T-3"
    assert [(one.actor, one.kind) for one in whole.in_the_way] == [
        ("aaa", BARS), ("aaa", UNKNOWN), ("bbb", AGAINST),
    ]  # fmt: skip
    assert [(one.actor, one.kind) for one in whole.speaks_for] == [("ccc", FOR)]
    best = found.formats[0]
    assert (best.members, best.outsiders) == (("bbb", "ccc"), ())
    assert not of(all_five(asked(study, "trade", "common-tariff", "1992-06-01")), "aaa", BARS)
    assert (
        nearest(candidates(study, date(1996, 1, 1)), found.asked, frozenset(("aaa", "xxx")))[0].candidate.id
        == "union"
    )


def test_an_accession_within_the_day_asked_is_unknown(tiny: Tiny) -> None:
    study = tiny(**{**SMALL, "memberships": "actor,body,status,from,to\naaa,union,member,1994,.."})
    one = all_five(asked(study, "trade", "common-tariff", "1994-06-01"))
    assert not of(one, "aaa", BARS)
    assert any("whether aaa was inside union" in each.says for each in of(one, "aaa", UNKNOWN))


def test_too_large_a_region_is_refused(tiny: Tiny) -> None:
    names = tuple(f"s{letter}a" for letter in "abcdefghijklm")
    study = tiny(actors=" ".join(names), members=names)
    with pytest.raises(ScenarioError, match="13 states"):
        asked(study, "trade", "dialogue", "1995-01-01")
