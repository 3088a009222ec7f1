"""The state system and capitals: days in and out, a list that was closed while states go on, codes with a decimal point."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.cow_states import ID
from samples.cow_states import SAMPLES


def test_states_cell_by_cell(add_sample) -> None:
    states = add_sample(ID, SAMPLES).table("states")
    assert states.columns == ["ccode", "abbreviation", "name", "from", "to", "version", "goes_on"]
    assert states.rows() == [
        (40, "CUB", "Cuba", date(1902, 5, 20), date(1906, 9, 25), 2016, False),
        (40, "CUB", "Cuba", date(1909, 1, 23), date(2016, 12, 31), 2016, True),
        (255, "GMY", "Germany", date(1816, 1, 1), date(1945, 5, 8), 2016, False),
        (255, "GMY", "Germany", date(1990, 10, 3), date(2016, 12, 31), 2016, True),
        (260, "GFR", "German Federal Republic", date(1955, 5, 5), date(1990, 10, 2), 2016, False),
        (678, "YAR", "Yemen Arab Republic", date(1926, 9, 2), date(1990, 5, 21), 2016, False),
        (705, "KZK", "Kazakhstan", date(1991, 12, 26), date(2016, 12, 31), 2016, True),
    ]


def test_state_years_cell_by_cell(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    state_years = kept.table("state_years")
    assert state_years.columns == ["ccode", "year", "abbreviation", "state"]
    assert state_years.rows() == [
        (255, 1870, "GMY", "prussia"),
        (255, 1990, "GMY", "deu"),
        (260, 1989, "GFR", "deu"),
        (345, 1950, "YUG", "yug"),
        (345, 1995, "YUG", "scg"),
        (345, 2010, "YUG", "srb"),
        (365, 1950, "RUS", "sun"),
        (625, 2011, "SUD", "sdn"),
        (679, 1990, "YEM", "yem"),
        (999, 1950, "XYZ", None),
    ]
    assert kept.unresolved().rows() == [("state_years.ccode", "999", 1950, 1950, 1)]


def test_capitals_cell_by_cell(add_sample) -> None:
    capitals = add_sample(ID, SAMPLES).table("capitals")
    assert capitals.columns == ["ccode", "name", "capital", "from", "to", "latitude", "longitude"]
    assert capitals.rows() == [
        (2, "United States of America", "Washington D.C.", date(1816, 1, 1), date(2024, 12, 31), 38.9, -77.0),
        (705, "Kazakhstan", "First Town", date(1991, 1, 1), date(1998, 5, 5), 43.2, 76.9),
        (705, "Kazakhstan", "Second Town", date(1998, 5, 6), date(2024, 12, 31), 51.1, 71.5),
    ]


def test_a_day_that_there_is_not(add_sample) -> None:
    with pytest.raises(SourceError, match="cannot be read as the part ‘states’"):
        add_sample(ID, {"states": SAMPLES["states"].replace(b"1906,9,25", b"1906,9,31")})
