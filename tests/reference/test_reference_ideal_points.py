"""Ideal points of the whole Assembly: what is left out, which states there are, and positions that nobody disputes."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from chaikhana.measures.ideal_points import world
from chaikhana.sources.store import Kept

SESSIONS = [session for session in range(1, 75) if session != 19]


@pytest.fixture(scope="module")
def points(un: Kept) -> pl.DataFrame:
    begun = time.process_time()
    found = world(un.table("votes"), un.table("roll_calls"))
    print(f"ideal points of {found.height} state-sessions: {time.process_time() - begun:.1f} CPU s")
    return found


def of(points: pl.DataFrame, iso3: str) -> dict[int, float]:
    return dict(points.filter(pl.col("iso3") == iso3).select("session", "estimate").iter_rows())


def test_every_session_but_the_nineteenth(points: pl.DataFrame) -> None:
    assert points.columns == ["iso3", "ccode", "session", "estimate", "lower", "upper"]
    assert points["session"].unique().sort().to_list() == SESSIONS
    assert points.height == 10469
    assert points.null_count().sum_horizontal().item() == 0
    assert points.select(pl.col("estimate", "lower", "upper").is_finite().all()).row(0) == (True, True, True)
    for code in ("iso3", "ccode"):
        assert not points.select(pl.struct(code, "session").is_duplicated().any()).item()


def test_each_session_has_a_scale_of_its_own(points: pl.DataFrame) -> None:
    each = points.group_by("session").agg(
        mean=pl.col("estimate").mean(), sd=pl.col("estimate").std(ddof=0), states=pl.len()
    )
    assert each["mean"].to_numpy() == pytest.approx(0, abs=1e-9)
    assert each["sd"].to_numpy() == pytest.approx(1)
    assert each["states"].is_between(50, 193).all()


def test_bounds_lie_about_the_estimate(points: pl.DataFrame) -> None:
    width = (points["upper"] - points["lower"]).to_numpy()
    middle = ((points["upper"] + points["lower"]) / 2).to_numpy()
    assert middle == pytest.approx(points["estimate"].to_numpy(), abs=1e-9)
    assert width.min() > 0.1
    assert 0.4 < np.median(width) < 0.8


def test_states_are_those_that_a_user_would_merge_on(points: pl.DataFrame) -> None:
    spans = {
        (iso3, ccode): (first, last)
        for iso3, ccode, first, last in points.group_by("iso3", "ccode")
        .agg(first=pl.col("session").min(), last=pl.col("session").max())
        .iter_rows()
    }
    assert spans["RUS", 365] == (1, 74)
    assert spans["DEU", 260] == (28, 44)
    assert spans["DEU", 255] == (45, 74)
    assert spans["DDR", 265] == (28, 44)
    assert spans["YMD", 680] == (22, 44)
    assert spans["YEM", 679][1] == 74
    assert spans["CSK", 315] == (1, 47)
    assert spans["CZE", 316] == (48, 74)
    assert spans["YUG", 345][0] == 1
    assert spans["SRB", 345][1] == 74
    assert all(len(iso3) == 3 and iso3.isupper() for iso3, _ in spans)


def test_what_the_practice_leaves_out_is_not_there(points: pl.DataFrame) -> None:
    south_africa, zanzibar = (points.filter(pl.col("ccode") == code) for code in (560, 511))
    assert 48 not in south_africa["session"].to_list()
    assert {29, 49} & set(south_africa["session"].to_list())
    assert zanzibar.is_empty()


def test_the_first_two_of_session_74(points: pl.DataFrame) -> None:
    last = points.filter(pl.col("session") == 74).sort("estimate", descending=True)
    assert set(last["iso3"][:2]) == {"USA", "ISR"}
    west = last.filter(pl.col("iso3").is_in(["GBR", "FRA", "CAN", "AUS"]))["estimate"].min()
    south = last.filter(pl.col("iso3").is_in(["CUB", "VEN", "SYR", "IRN"]))["estimate"].max()
    assert west > 1 > -1 > south


def test_the_scale_runs_one_way_throughout(points: pl.DataFrame) -> None:
    """Only the first session in which both vote is told which way; a session found upside down would show here."""
    west, east = of(points, "USA"), of(points, "RUS")
    assert west.keys() == east.keys() == set(SESSIONS)
    assert all(west[session] > east[session] for session in SESSIONS)


def test_the_wall_falls_in_sessions_44_to_47(points: pl.DataFrame) -> None:
    for iso3 in ("HUN", "POL", "BGR"):
        place = of(points, iso3)
        assert max(place[session] for session in range(30, 42) if session in place) < 0
        assert min(place[session] for session in range(47, 75) if session in place) > 0.5


def test_no_session_is_out_of_line_with_the_one_before(points: pl.DataFrame) -> None:
    """Sessions 8, 10 and 31 fail where nothing is carried over; the Assembly of 1960 (15) grew by a fifth."""
    for before, session in pairwise(SESSIONS):
        both = points.filter(pl.col("session") == session).join(
            points.filter(pl.col("session") == before), on="ccode"
        )
        assert both.select(pl.corr("estimate", "estimate_right")).item() > 0.9, session


def test_states_that_left_in_the_middle_are_kept(points: pl.DataFrame) -> None:
    """A state that voted in part of a session only: Ghana's one vote in session 11, Mauritius's two in session 22."""
    assert points.filter((pl.col("iso3") == "GHA") & (pl.col("session") == 11)).height == 1
    assert points.filter((pl.col("iso3") == "MUS") & (pl.col("session") == 22)).height == 1
