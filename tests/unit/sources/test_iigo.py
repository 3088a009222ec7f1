"""Informal bodies by two definitions: bodies without an id, memberships without dates, lost and wrong codes of states."""

from __future__ import annotations

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.iigo import ID
from samples.iigo import SAMPLES


def test_memberships_cell_by_cell(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    memberships = kept.table("memberships")
    assert memberships.columns == ["body", "state_code", "name", "first", "last", "year", "title", "state"]
    assert memberships.rows() == [
        ("CG", "BRA", "Brazil", None, None, 2017, "Carnegie", "bra"),
        ("CoE", "AUH", "Austria-Hungary", 1815, 1856, 1856, "Concert", None),
        ("G7+", "DZA", "Algeria", 2008, None, 2017, "G7 Plus", "dza"),
        ("G7+", "COD", "Democratic Republic of the Congo", 2008, None, 2017, "G7 Plus", "cod"),
        ("G9", "YUG", "Yugoslavia", 1965, 1969, 1969, "Group Of 9", "yug"),
        ("Quint", "FRA", "France", 1999, None, 2017, "Quint", "fra"),
        ("Quint", "DEU", "Germany", 1999, None, 2017, "Quint", "deu"),
        ("S5", "KAZ", "Kazakhstan", 1996, 2002, 2002, "Five Mechanism", "kaz"),
        ("S5", "RUS", "Russia", 1996, 2002, 2002, "Five Mechanism", "rus"),
    ]
    assert kept.unresolved().rows() == [("memberships.state_code", "AUH", 1856, 1856, 1)]


def test_corrections_are_told(add_sample) -> None:
    origin = dict(add_sample(ID, SAMPLES).parts)["iigo-memberships"]
    assert len(origin.corrections) == 4
    assert not origin.stale


def test_organisations_cell_by_cell(add_sample) -> None:
    organisations = add_sample(ID, SAMPLES).table("organisations")
    assert organisations.columns == [
        "body", "title", "first", "last", "fate", "regional", "domain", "members", "secretariat_year", "treaty_year",
        "follow_on", "number",
    ]  # fmt: skip
    assert organisations.rows() == [
        ("G9", "Group Of 9", 1965, 1969, "ended", False, "social affairs", 9, None, None, None, 10),
        ("Quint", "Quint", 1999, None, "continues", False, None, 5, None, None, None, 11),
        ("S5", "Five Mechanism", 1996, 2002, "formalised", True, "political", 5, 2002, 2002, "Superseded by another", 134),
    ]  # fmt: skip


def test_the_other_definition_cell_by_cell(add_sample) -> None:
    memberships = add_sample(ID, SAMPLES).table("migo_memberships")
    assert memberships.columns == [
        "body",
        "state_code",
        "name",
        "year",
        "membership",
        "active",
        "cow",
        "state",
    ]
    assert memberships.rows() == [
        ("ACD", "RUS", "Russia", 2005, "member", True, 365, "rus"),
        ("ACD", "KAZ", "Kazakhstan", 2004, "member", True, 705, "kaz"),
        ("ASEAN", "TLS", "Timor-Leste", 2002, "observer", True, 860, "tls"),
        ("COOMET", "DEU", "Germany", 1992, "associate", True, 255, "deu"),
        ("COOMET", "DEU", "West Germany", 1989, "associate", True, 260, "deu"),
        ("CSCE", "SRB", "Serbia", 1989, "member", True, 345, "yug"),
        ("CSCE", "RUS", "Russia", 1989, "member", True, 365, "sun"),
        ("INTOSAI", None, "SA£o TomA(100) PrA-ncipe", 1998, "member", True, 403, "stp"),
    ]


def test_a_code_of_membership_that_is_not_known(add_sample) -> None:
    broken = SAMPLES["migo-memberships"].replace(b"Russia,1", b"Russia,4")
    with pytest.raises(SourceError, match="the code ‘4’"):
        add_sample(ID, {"migo-memberships": broken})
