"""Facts of the shipped study that a scholar of the region would look up first."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from chaikhana.study.loading import check_study
from chaikhana.study.study import Study

FULL = ("founder-member", "member")
INSIDE = (*FULL, "associate")


def held(study: Study, actor: str, bodies: tuple[str, ...], day: str) -> set[tuple[str, str]]:
    """Status and whether it holds, of every spell that is not certainly over."""
    found = study.on("memberships", date.fromisoformat(day)).filter(
        (pl.col("actor") == actor) & pl.col("body").is_in(bodies) & (pl.col("holds") != "no")
    )
    return set(found.select("status", "holds").rows())


def test_it_checks_clean(central_asia: Study) -> None:
    assert check_study(central_asia.folder).faults == ()


@pytest.mark.parametrize(
    ("table", "least"),
    [
        ("bodies", 50),
        ("memberships", 500),
        ("agreements", 60),
        ("meetings", 120),
        ("episodes", 120),
        ("statements", 60),
    ],
)
def test_it_is_of_some_size(table: str, least: int, central_asia: Study) -> None:
    assert central_asia.table(table).height >= least


def test_the_design_of_many_bodies_is_coded(central_asia: Study) -> None:
    assert central_asia.table("design")["body"].n_unique() >= 25


def test_most_rows_are_verified(central_asia: Study) -> None:
    bases = pl.concat([frame.select("basis") for frame in central_asia.frames.values()])["basis"]
    assert (bases != "unverified").mean() >= 0.85


def test_the_region(central_asia: Study) -> None:
    assert central_asia.about.members == ("kaz", "kgz", "tjk", "tkm", "uzb")


@pytest.mark.parametrize(
    ("actor", "bodies", "day", "inside"),
    [
        ("uzb", ("cst", "csto"), "1992-12-31", True),
        ("uzb", ("cst", "csto"), "2000-01-01", False),
        ("uzb", ("cst", "csto"), "2007-01-01", True),
        ("uzb", ("cst", "csto"), "2013-06-01", False),
        ("rus", ("caco",), "2003-06-01", False),
        ("rus", ("caco",), "2005-01-15", True),
        ("tkm", ("cis",), "1995-01-01", True),
        ("kgz", ("eaeu",), "2015-01-15", False),
        ("kgz", ("eaeu",), "2015-08-13", True),
        ("kaz", ("eaeu",), "2015-01-15", True),
        ("uzb", ("sco",), "2001-06-16", True),
        ("tkm", ("sco",), "2014-01-01", False),
        ("ind", ("sco",), "2010-01-01", False),
        ("ind", ("sco",), "2018-01-01", True),
        ("pak", ("sco",), "2010-01-01", False),
        ("pak", ("sco",), "2018-01-01", True),
    ],
)
def test_who_is_a_full_member(
    actor: str, bodies: tuple[str, ...], day: str, inside: bool, central_asia: Study
) -> None:
    full = {holds for status, holds in held(central_asia, actor, bodies, day) if status in FULL}
    assert full == ({"yes"} if inside else set())


def test_turkmenistan_is_an_associate_of_the_commonwealth_since_2005(central_asia: Study) -> None:
    after = held(central_asia, "tkm", ("cis",), "2005-09-01")
    assert {pair for pair in after if pair[0] in INSIDE} == {("associate", "yes")}
    assert "associate" not in {status for status, _ in held(central_asia, "tkm", ("cis",), "2005-08-25")}


@pytest.mark.parametrize("actor", ["ind", "pak"])
def test_observers_of_the_shanghai_organisation(actor: str, central_asia: Study) -> None:
    assert ("observer", "yes") in held(central_asia, actor, ("sco",), "2010-01-01")


def test_the_vote_of_27_march_2014(central_asia: Study) -> None:
    votes = central_asia.derived["votes"].frame.filter(pl.col("resolution") == "68/262")
    assert set(votes["date"]) == {"2014-03-27"} or set(votes["date"]) == {date(2014, 3, 27)}
    cast = dict(votes.select("actor", "vote").iter_rows())
    assert {actor: cast[actor] for actor in central_asia.about.members} == {
        "kaz": "abstain",
        "kgz": "absent",
        "tjk": "absent",
        "tkm": "absent",
        "uzb": "abstain",
    }
    assert (cast["rus"], cast["usa"], cast["chn"]) == ("no", "yes", "abstain")


def test_every_derived_series_names_its_dataset(central_asia: Study) -> None:
    assert set(central_asia.derived) >= {
        "membership_comparison",
        "membership_differences",
        "vote_agreement",
        "votes",
    }
    for series in central_asia.derived.values():
        assert all(len(digest) == 64 for digest in series.origin["sha256"].split("; "))
        assert series.origin["citation"]
        assert series.origin["licence"]
