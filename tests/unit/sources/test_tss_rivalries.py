"""Strategic rivalries: elements that are marked or blank, and the states of a rivalry's last year."""

from __future__ import annotations

from chaikhana.sources.tss_rivalries import ID
from samples.tss_rivalries import SAMPLES


def test_rivalries_cell_by_cell(add_sample) -> None:
    rivalries = add_sample(ID, SAMPLES).table("rivalries")
    assert rivalries.columns == [
        "rivalry", "name", "ccode1", "ccode2", "first", "last", "positional", "spatial", "ideological",
        "interventionary", "principal", "asymmetric_principal", "state1", "state2",
    ]  # fmt: skip
    yes, no = True, False
    assert rivalries.rows() == [
        (1, "Here-There 1", 200, 220, 1494, 1716, yes, yes, no, no, yes, no, None, None),
        (2, "West-East", 260, 265, 1960, 1980, no, yes, yes, no, no, yes, "deu", "ddr"),
        (3, "Union-States", 2, 365, 1945, 1989, yes, no, yes, no, yes, no, "usa", "sun"),
        (4, "Russia-States", 2, 365, 2007, 2020, yes, no, no, no, no, yes, "usa", "rus"),
        (5, "North-South", 678, 680, 1967, 1990, no, yes, yes, yes, no, no, "yar", "ydr"),
        (6, "South Slavs", 345, 355, 1920, 1955, no, yes, no, no, no, no, "yug", "bgr"),
        (7, "Unsaid", 625, 530, 1967, 1980, no, no, no, no, no, no, "sdn", "eth"),
    ]


def test_before_1816_there_is_no_system_of_states(add_sample) -> None:
    assert add_sample(ID, SAMPLES).unresolved().rows() == [
        ("rivalries.ccode1", "200", 1716, 1716, 1),
        ("rivalries.ccode2", "220", 1716, 1716, 1),
    ]
