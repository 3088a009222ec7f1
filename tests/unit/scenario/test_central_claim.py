"""What other platforms change for a power, on small worlds whose answer is known, and what the shipped study gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
import pytest

from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.scenario import central_claim as claim
from chaikhana.scenario.draws import drawn, ground, settle
from chaikhana.study.study import Study

Tiny = Callable[..., Study]
BODIES = "id,name,form,from,to\n" + "\n".join(
    f"{name},{name},formal-organisation,1990,.." for name in ("mine", "theirs", "ours", "other")
)
LEADS = "body,actor,from,to,kind\nmine,xxx,1990,..,dominant\ntheirs,yyy,1990,..,dominant\nours,aaa,1990,..,dominant"


def world(tiny: Tiny, *more: str) -> Study:
    """Two powers, xxx with a body of its own; the region's three states sit in all."""
    ties = [
        f"{actor},{body},member,1990,.."
        for body in ("mine", "theirs", "ours", "other")
        for actor in ("aaa", "bbb")
    ]
    ties += ["xxx,mine,member,1990,..", "yyy,theirs,member,1990,..", "ccc,mine,member,1990,..", *more]
    return tiny(
        bodies=BODIES,
        memberships="actor,body,status,from,to\n" + "\n".join(ties),
        leads=LEADS,
        powers=("xxx", "yyy"),
    )


def test_a_body_of_others_in_which_it_is_not_lowers_its_access(tiny: Tiny) -> None:
    played = claim.play(world(tiny), "xxx", draws=60)
    found = claim.overall(played).filter(pl.col("position") == "access")
    row = found.filter(pl.col("without") == "led by other powers").row(0, named=True)
    assert row["change"] > 0
    assert played.values.shape == (60, 11, 7, 2)
    assert claim.verdict({**row, "beyond": 1.0}) == "supported"
    assert claim.verdict({**row, "beyond": 0.0}) == "contradicted"
    assert claim.verdict({**row, "beyond": 0.5}) == "undetermined"


def test_the_power_is_the_one_that_leads_most(tiny: Tiny) -> None:
    assert claim.play(world(tiny, "yyy,mine,observer,1990,.."), draws=3).actor == "xxx"


def test_the_same_seed_draws_the_same_and_another_another(tiny: Tiny) -> None:
    study = world(tiny, "ccc,other,observer,1995~,..")
    one, again, other = (claim.play(study, "xxx", draws=9, seed=seed).values for seed in (3, 3, 4))
    assert np.array_equal(one, again, equal_nan=True)
    assert not np.array_equal(one, other, equal_nan=True)


def test_more_draws_begin_with_the_fewer(tiny: Tiny) -> None:
    study = world(tiny)
    few, many = claim.play(study, "xxx", draws=4), claim.play(study, "xxx", draws=8)
    assert np.array_equal(few.values, many.values[:4], equal_nan=True)
    assert many.choices[:4] == few.choices


def test_where_nothing_is_removed_nothing_changes(tiny: Tiny) -> None:
    played = claim.play(world(tiny), "xxx", draws=12)
    informal = claim.overall(played).filter(pl.col("without") == "informal")  # the world has none
    assert informal["change"].drop_nulls().to_list() == [0.0] * informal["change"].drop_nulls().len()
    assert informal["beyond"].drop_nulls().unique().to_list() == [0.5]


def test_every_row_of_the_years_lies_within_its_interval(tiny: Tiny) -> None:
    frame = claim.by_year(claim.play(world(tiny), "xxx", draws=20)).drop_nulls(["median"])
    assert frame.filter((pl.col("low") > pl.col("median")) | (pl.col("high") < pl.col("median"))).is_empty()
    assert set(frame["without"]) == {"", *claim.SETS}


def test_draws_take_dates_and_sides_that_the_study_allows(tiny: Tiny) -> None:
    study = tiny(
        bodies=BODIES,
        memberships=(
            "actor,body,status,from,to,cite,basis,rival,side,prefer,reason\n"
            "aaa,mine,member,1992,1996,test,document,,,,\n"
            "bbb,mine,member,1991-05-01,,test,document,,,,\n"
            "ccc,mine,member,1993-01-01,..,test,document,when,one,yes,ours\n"
            "ccc,mine,member,1994-01-01,..,test,document,when,two,no,"
        ),
        powers=("xxx",),
    )
    held = ground(study, [date(1995, 12, 31)])
    seen = set()
    still = 0
    for number in range(200):
        chosen, rng = settle(number, 1)
        draw = drawn(held, chosen, rng, np.zeros((0, len(held.bodies)), dtype=np.bool_))
        first, last = date.fromordinal(int(draw.begins[0])), date.fromordinal(int(draw.ends[0]))
        assert first.year == 1992
        assert last.year == 1996
        assert date.fromordinal(int(draw.begins[1])) == date(1991, 5, 1)
        still += draw.ends[1] == date(9999, 12, 31).toordinal()
        holding = draw.begins[2:] < draw.ends[2:]
        assert holding.sum() == 1
        seen.add(int(np.flatnonzero(holding)[0]))
    assert seen == {0, 1}
    assert 60 < still < 140  # one in two


def test_what_cannot_be_played(tiny: Tiny) -> None:
    study = world(tiny)
    with pytest.raises(BadValueError, match="Between 1 and"):
        claim.play(study, "xxx", draws=0)
    with pytest.raises(UnknownNameError, match="power"):
        claim.play(study, "zzz", draws=1)
    with pytest.raises(BadValueError, match="no year there"):
        claim.play(study, "xxx", first=date(2010, 1, 1), last=date(2011, 1, 1), draws=1)
    with pytest.raises(BadValueError, match="leads a platform"):
        claim.play(tiny(bodies=BODIES, powers=("xxx",)), draws=1)


def test_the_shipped_study_says_which_way_it_falls(central_asia: Study) -> None:
    played = claim.play(central_asia, first=date(2014, 1, 1), last=date(2016, 12, 31), draws=60)
    assert played.actor == "rus"
    row = (
        claim.overall(played)
        .filter((pl.col("position") == "access") & (pl.col("without") == "led by other powers"))
        .row(0, named=True)
    )
    assert row["change"] > row["chance"]
    assert any("Russia's access" in line for line in claim.told(played))
    data = claim.data(played)
    assert {"overall", "by_year", "by_choice"} <= data.keys()
    by = claim.by_choice(played)
    assert set(by["choice"]) == {
        "network",
        "access to",
        "access by",
        "brokerage by",
        "leads",
        "shared",
        "others",
    }
