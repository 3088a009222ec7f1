"""Alliance obligations: pledges of one side alone, and states that changed their codes."""

from __future__ import annotations

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.atop import ID
from samples.atop import SAMPLES


def test_pledges_and_states_cell_by_cell(add_sample) -> None:
    obligations = add_sample(ID, SAMPLES).table("obligations")
    assert obligations.columns == [
        "ccode1", "ccode2", "year", "defence", "offence", "neutrality", "nonaggression", "consultation", "state1", "state2",
    ]  # fmt: skip
    assert obligations.rows() == [
        (60, 90, 1981, True, False, False, True, True, None, "gtm"),
        (200, 235, 1900, True, False, False, False, False, "gbr", "prt"),
        (235, 200, 1900, False, False, False, False, False, "prt", "gbr"),
        (255, 365, 1939, False, False, True, True, True, "deu", "sun"),
        (260, 220, 1960, True, False, False, True, True, "deu", "fra"),
        (265, 365, 1960, True, True, False, False, True, "ddr", "sun"),
        (345, 630, 1990, False, False, False, True, False, "yug", "irn"),
        (345, 630, 1995, False, False, False, True, False, "scg", "irn"),
        (365, 705, 1995, True, False, False, True, True, "rus", "kaz"),
        (678, 651, 1989, False, False, False, False, True, "yar", "egy"),
        (679, 651, 1991, False, False, False, False, True, "yem", "egy"),
    ]


def test_a_state_before_its_entry_is_listed(add_sample) -> None:
    assert add_sample(ID, SAMPLES).unresolved().rows() == [("obligations.ccode1", "60", 1981, 1981, 1)]


@pytest.mark.parametrize(("cell", "told"), [("2", "the code ‘2’"), ("", "the code blank")])
def test_a_pledge_is_0_or_1(cell: str, told: str, add_sample) -> None:
    broken = SAMPLES["dyad-years"].replace(b"1900,1,0", f"1900,{cell},0".encode(), 1)
    with pytest.raises(SourceError, match=told):
        add_sample(ID, {"dyad-years": broken})
