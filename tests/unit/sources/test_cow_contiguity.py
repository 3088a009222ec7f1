"""Contiguity: kinds as words, a year in which a border changed, months as days, states that changed their codes."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.cow_contiguity import ID
from samples.cow_contiguity import SAMPLES


def test_borders_cell_by_cell(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    contiguity = kept.table("contiguity")
    assert contiguity.columns == ["ccode1", "ccode2", "year", "kind", "state1", "state2"]
    assert contiguity.rows() == [
        (200, 220, 1970, "sea-24", "gbr", "fra"),
        (255, 390, 1865, "land", "prussia", "dnk"),
        (255, 390, 1865, "sea-150", "prussia", "dnk"),
        (260, 265, 1970, "land", "deu", "ddr"),
        (265, 260, 1970, "land", "ddr", "deu"),
        (315, 365, 1950, "land", "csk", "sun"),
        (345, 325, 1970, "sea-12", "yug", "ita"),
        (345, 350, 1970, "land", "yug", "grc"),
        (365, 701, 1995, "sea-400", "rus", "tkm"),
        (365, 705, 1995, "land", "rus", "kaz"),
    ]
    assert kept.unresolved().is_empty()


def test_spells_cell_by_cell(add_sample) -> None:
    spells = add_sample(ID, SAMPLES).table("spells")
    assert spells.columns == ["ccode1", "ccode2", "kind", "first", "last", "notes", "goes_on"]
    note = 'Across a passage, to the "east"; ends with an occupation'
    assert spells.rows() == [
        (2, 20, "land", date(1920, 1, 1), date(2016, 12, 1), "Begins with an entry", True),
        (40, 41, "sea-150", date(1909, 1, 1), date(1915, 7, 1), note, False),
        (260, 265, "land", date(1955, 5, 1), date(1990, 10, 1), "Ends with the union", False),
        (365, 701, "sea-400", date(1991, 12, 1), date(2016, 12, 1), "Across a sea", True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'"CAN",1,', b'"CAN",6,', "the code ‘6’"),
        (b"192001", b"192013", "cannot be read as the part ‘spells’"),
    ],
)
def test_a_kind_and_a_month_that_there_are_not(old: bytes, new: bytes, told: str, add_sample) -> None:
    with pytest.raises(SourceError, match=told):
        add_sample(ID, {"spells": SAMPLES["spells"].replace(old, new)})
