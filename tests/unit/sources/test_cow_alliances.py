"""Formal alliances: both directions, an alliance of no type, spells by name, states that changed their codes."""

from __future__ import annotations

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.cow_alliances import ID
from samples.cow_alliances import SAMPLES


def test_alliances_cell_by_cell(add_sample) -> None:
    alliances = add_sample(ID, SAMPLES).table("alliances")
    assert alliances.columns == [
        "ccode1", "ccode2", "year", "defence", "neutrality", "nonaggression", "entente", "state1", "state2",
    ]  # fmt: skip
    assert alliances.rows() == [
        (200, 235, 1900, True, False, True, False, "gbr", "prt"),
        (220, 255, 1935, False, False, True, False, "fra", "deu"),
        (220, 255, 1995, True, False, True, True, "fra", "deu"),
        (220, 260, 1960, True, False, True, True, "fra", "deu"),
        (235, 200, 1900, True, False, True, False, "prt", "gbr"),
        (260, 220, 1995, True, False, True, True, None, "fra"),
        (345, 365, 1948, True, False, False, False, "yug", "sun"),
        (365, 345, 1948, True, False, False, False, "sun", "yug"),
        (365, 705, 1993, True, False, False, True, "rus", "kaz"),
        (625, 651, 1985, True, False, False, False, "sdn", "egy"),
        (730, 740, 1894, None, None, None, None, "korea", "jpn"),
    ]


def test_spells_cell_by_cell(add_sample) -> None:
    spells = add_sample(ID, SAMPLES).table("spells")
    assert spells.columns == [
        "name1", "name2", "first", "last", "last_missing", "defence", "neutrality", "nonaggression", "entente",
        "state1", "state2",
    ]  # fmt: skip
    assert spells.rows() == [
        ("United Kingdom", "Portugal", 1816, 2012, None, True, False, True, False, "gbr", "prt"),
        ("Russia", "Finland", 1948, 1991, None, True, False, True, False, "sun", "fin"),
        ("Russia", "Tajikistan", 1993, 2012, None, True, True, True, True, "rus", "tjk"),
        ("Germany", "Russia", 1939, 1941, None, False, True, True, True, "deu", "sun"),
        ("Yugoslavia", "Greece", 1954, 1966, None, True, False, False, False, "yug", "grc"),
        ("Yemen People's Republic", "Ethiopia", 1981, 1990, None, False, False, False, True, "ydr", "eth"),
        ("Egypt", "Israel", 1979, None, "not-given", False, False, True, False, "egy", "isr"),
    ]


def test_a_code_that_outlives_its_state_is_listed(add_sample) -> None:
    assert add_sample(ID, SAMPLES).unresolved().rows() == [("alliances.ccode1", "260", 1995, 1995, 1)]


def test_a_pledge_is_0_or_1(add_sample) -> None:
    with pytest.raises(SourceError, match="the code ‘7’"):
        add_sample(ID, {"spells": SAMPLES["spells"].replace(b"1816,2012,1", b"1816,2012,7")})
