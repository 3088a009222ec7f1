"""Militarised disputes: sides, levels and actions as words, losses that are unknown."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.sources.cow_mids import ID
from samples.cow_mids import SAMPLES


@pytest.fixture
def disputes(add_sample) -> pl.DataFrame:
    return add_sample(ID, SAMPLES).table("disputes")


def test_who_was_on_which_side(disputes: pl.DataFrame) -> None:
    assert disputes.columns[:17] == [
        "dispnum", "ccode1", "ccode2", "year", "ongoing", "onset", "side_a1", "side_a2", "fatality1", "fatality2",
        "highest_action1", "highest_action2", "hostility1", "hostility2", "originator1", "originator2", "deaths1",
    ]  # fmt: skip
    assert disputes.select(disputes.columns[:8]).rows()[:4] == [
        (1, 255, 365, 1930, True, True, True, False),
        (1, 365, 255, 1930, True, True, False, True),
        (2, 260, 365, 1961, True, True, False, True),
        (2, 365, 260, 1961, True, True, True, False),
    ]
    assert disputes.select("originator1", "originator2").rows()[2] == (False, True)
    assert disputes.filter(pl.col("year") == 1973)["onset"].to_list() == [False]


def test_levels_and_actions_are_words(disputes: pl.DataFrame) -> None:
    assert disputes.select("highest_action1", "highest_action2", "hostility1", "hostility2").unique(
        maintain_order=True
    ).rows() == [
        ("show-of-force", "none", "display", "none"),
        ("none", "show-of-force", "none", "display"),
        ("threat-of-force", "occupation", "threat", "use"),
        ("occupation", "threat-of-force", "use", "threat"),
        ("war-begun", "war-joined", "war", "war"),
        ("clash", "missing", "use", "missing"),
    ]


def test_an_unknown_loss_is_null_and_no_loss_is_zero(disputes: pl.DataFrame) -> None:
    assert disputes.select("fatality1", "fatality2", "deaths1", "deaths2").unique(
        maintain_order=True
    ).rows() == [
        (0.0, 0.0, 0.0, 0.0),
        (0.0, None, 0.0, None),
        (None, 0.0, None, 0.0),
        (6.0, 5.0, None, 640.0),
        (1.0, 0.0, 2.0, 0.0),
    ]


def test_states_of_their_year(disputes: pl.DataFrame, add_sample) -> None:
    assert disputes.select("ccode1", "ccode2", "state1", "state2").unique(maintain_order=True).rows() == [
        (255, 365, "deu", "sun"),
        (365, 255, "sun", "deu"),
        (260, 365, "deu", "sun"),
        (365, 260, "sun", "deu"),
        (678, 680, "yar", "ydr"),
        (703, 704, "kgz", "uzb"),
        (999, 704, None, "uzb"),
    ]
    assert add_sample(ID, SAMPLES).unresolved().rows() == [("disputes.ccode1", "999", 2013, 2013, 1)]
