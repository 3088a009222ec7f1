"""The other list of trade agreements: members cut out of a cell of text, days that are not given."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaikhana.errors import SourceError
from chaikhana.sources.gptad import ID, read_agreements
from samples.gptad import SAMPLES

NAMES = (
    "Norway",
    "Trinidad and Tobago",
    "Guinea-Bissau",
    "Guinea",
    "South Africa",
    "Korea",
    "Serbia and Montenegro",
)


def read(cell: str | None) -> list[tuple[str, str | None]]:
    """The members of one agreement, and the groups in which they stand."""
    columns = ("Type", "WTO.notified", "In.force.status")
    raw = pl.DataFrame(
        {
            "Common.Name": ["X"],
            "Membership": [cell],
            "Date.of.Signature": ["n/a"],
            "Date.of.Entry.into.Force": ["N/A"],
            **dict.fromkeys(columns),
        },
        schema_overrides={"Membership": pl.String, **dict.fromkeys(columns, pl.String)},
    )
    return read_agreements(raw)["members"].select("member", "group").rows()


def test_agreements_cell_by_cell(add_sample) -> None:
    agreements = add_sample(ID, SAMPLES).table("agreements")
    assert agreements.columns == [
        "agreement", "name", "type", "signed", "signed_missing", "in_force", "in_force_missing", "wto_notified", "status",
    ]  # fmt: skip
    several, two = "Regional/Plurilateral Free Trade Agreement", "Bilateral Free Trade Agreement"
    assert agreements.rows() == [
        (1, "Steppe", several, date(2003, 9, 20), None, date(2004, 5, 20), None, True, "in force"),
        (2, "Steppe", several, None, "not-given", None, "not-given", False, "unknown"),
        (3, "Group - Chile", "Association Free Trade Agreement", date(2003, 6, 26), None, None, "not-given", True,
         "signed - not yet in force"),
        (4, "Two groups", None, None, "not-given", date(1990, 1, 1), None, None, None),
        (5, "Old", two, date(1970, 12, 5), None, date(1971, 1, 1), None, False, "expired"),
        (6, "Ukraine - Russia", two, date(1993, 6, 24), None, date(1994, 2, 21), None, True, "in force"),
        (7, "Nobody told", "Framework Agreement", None, "not-given", None, "not-given", None, None),
        (8, "Far", two, date(2006, 6, 16), None, date(2008, 1, 1), None, False, "in force"),
    ]  # fmt: skip


def test_members_cell_by_cell(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    members = kept.table("members")
    assert members.columns == ["agreement", "member", "group", "year", "state"]
    assert members.rows() == [
        (1, "Kazakhstan", None, 2003, "kaz"),
        (1, "Russia", None, 2003, "rus"),
        (1, "Ukraine", None, 2003, "ukr"),
        (2, "Kazakhstan", None, None, "kaz"),
        (2, "Russia", None, None, None),
        (2, "Ukraine", None, None, "ukr"),
        (3, "Iceland", "EFTA", 2003, "isl"),
        (3, "Norway", "EFTA", 2003, "nor"),
        (3, "Switzerland", "EFTA", 2003, "che"),
        (3, "the Republic of Chile", None, 2003, None),
        (4, "Trinidad and Tobago", "Isles", 1990, "tto"),
        (4, "Isles (far)", "Isles", 1990, None),
        (4, "Suriname", "Isles", 1990, "sur"),
        (4, "Germany", "Union", 1990, "deu"),
        (4, "France", "Union", 1990, "fra"),
        (5, "Yugoslavia", None, 1970, "yug"),
        (5, "Czechoslovakia", None, 1970, "csk"),
        (5, "Norway", None, 1970, "nor"),
        (6, "Ukraine", None, 1993, "ukr"),
        (6, "Russia", None, 1993, "rus"),
        (8, "China (Taiwan)", None, 2006, "twn"),
        (8, "Suriname", None, 2006, "sur"),
    ]
    assert kept.unresolved().rows() == [
        ("members.member", "Isles (far)", 1990, 1990, 1),
        ("members.member", "Russia", None, None, 1),
        ("members.member", "the Republic of Chile", 2003, 2003, 1),
    ]


@pytest.mark.parametrize(
    ("cell", "members"),
    [
        (None, []),
        (" ", []),
        ("Norway", [("Norway", None)]),
        ("Suriname and Trinidad and Tobago", [("Suriname", None), ("Trinidad and Tobago", None)]),
        ("A and B", [("A and B", None)]),
        ("Club (A, B and Norway), C", [("A", "Club"), ("B and Norway", "Club"), ("C", None)]),
        ("Macedonia(Former Yugoslav Republic of Macedonia)",
         [("Macedonia(Former Yugoslav Republic of Macedonia)", None)]),
        ("Long name (LN) (A; B;)and Norway", [("A", "Long name (LN)"), ("B", "Long name (LN)"), ("Norway", None)]),
    ],
)  # fmt: skip
def test_how_a_cell_is_cut(cell: str | None, members: list[tuple[str, str | None]]) -> None:
    assert read(cell) == members


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), st.data())
def test_names_come_back_whatever_joins_them(names: list[str], data: st.DataObject) -> None:
    joint = st.sampled_from([", ", "; ", ",", " and ", ", and ", " - ", "\\r\\n, "])
    cell = names[0] + "".join(data.draw(joint) + name for name in names[1:])
    assert read(cell) == [(name, None) for name in names]


def test_a_day_in_another_form(add_sample) -> None:
    with pytest.raises(SourceError, match="cannot be read as the part ‘agreements’"):
        add_sample(ID, {"agreements": SAMPLES["agreements"].replace(b"09/20/2003", b"2003-09-20")})


def test_one_state_written_as_two_is_corrected(add_sample) -> None:
    row = b'Croatia-Bosnia-Herzegovina,"Bosnia, Croatia, Herzegovina",,n/a,01/01/2005,yes,expired,NA\n'
    kept = add_sample(ID, {"agreements": SAMPLES["agreements"] + row})
    assert kept.table("members").filter(pl.col("agreement") == 9)["state"].to_list() == ["bih", "hrv"]
    assert len(dict(kept.parts)["agreements"].corrections) == 1
