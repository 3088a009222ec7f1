"""Gleditsch and Ward's states: spells, and a list that was closed while states go on."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.gw_states import ID
from samples.gw_states import SAMPLES

CLOSED = date(2017, 12, 31)


def test_states_cell_by_cell(add_sample) -> None:
    states = add_sample(ID, SAMPLES).table("states")
    assert states.columns == ["gw", "abbreviation", "name", "from", "to", "goes_on"]
    assert states.rows() == [
        (41, "HAI", "Haiti", date(1816, 1, 1), date(1915, 7, 4), False),
        (41, "HAI", "Haiti", date(1934, 8, 15), CLOSED, True),
        (260, "GFR", "German Federal Republic", date(1949, 9, 21), CLOSED, True),
        (345, "YUG", "Yugoslavia", date(1918, 12, 1), date(2006, 6, 4), False),
        (678, "YEM", "Yemen (Arab Republic of Yemen)", date(1918, 10, 30), CLOSED, True),
        (705, "KZK", "Kazakhstan", date(1991, 12, 16), CLOSED, True),
    ]


def test_a_day_in_another_form(add_sample) -> None:
    with pytest.raises(SourceError, match="cannot be read as the part ‘states’"):
        add_sample(ID, {"states": SAMPLES["states"].replace(b"1918-12-01", b"01.12.1918")})
