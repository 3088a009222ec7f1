"""Deaths of organisations: blanks and why, counts that are none, footnotes in names, a list closed while bodies live."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.digo import ID
from samples.digo import SAMPLES


def test_organisations_cell_by_cell(add_sample) -> None:
    organisations = add_sample(ID, SAMPLES).table("organisations")
    first = [
        "body",
        "name",
        "founded",
        "ended",
        "observed_to",
        "region",
        "living",
        "fate",
        "function",
        "scope",
        "lifespan",
    ]
    assert organisations.columns[:11] == first
    assert organisations.select(first).rows() == [
        ("AAA", "Alpha Auth. for Ag.", 1976, None, 2016, "interregional", True, None, "economic", "narrow", 40),
        ("BBB", "Beta Commission", 1942, 1946, 1946, "americas", False, "succeeded", "economic", "broad", 4),
        ("CCC", "Gamma Conf", 1900, 1914, 1914, "europe", False, "dissolved", None, "narrow", 14),
        ("CIS", "Commonwealth of Independent States", 1991, None, 2016, "interregional", True, None, "general", "broad", 25),
        ("DDD", "Delta", 1950, 1960, 1960, "global", False, None, "technical", "medium", 10),
        ("EEE", "Epsilon", 1960, 1970, 1970, "oceania", False, "expired-or-absorbed", "social-welfare", "medium", 10),
        ("FFF", "Zeta Group", 1986, None, 2016, None, None, None, None, None, None),
    ]  # fmt: skip
    assert organisations.select(organisations.columns[11:]).columns == [
        "mandate", "event", "event_1", "life_1", "membership_form", "wwi", "wwii", "members_first", "members_last",
        "region_missing", "fate_missing", "function_missing", "scope_missing",
    ]  # fmt: skip


def test_a_blank_says_why(add_sample) -> None:
    missing = add_sample(ID, SAMPLES).table("organisations").select("body", pl.col("^.*_missing$"))
    assert missing.rows() == [
        ("AAA", None, "living", None, None),
        ("BBB", None, None, None, None),
        ("CCC", None, None, "missing", None),
        ("CIS", None, "living", None, None),
        ("DDD", None, "missing", None, None),
        ("EEE", None, None, None, None),
        ("FFF", "missing", "missing", "missing", "missing"),
    ]


def test_no_members_known_is_not_no_members(add_sample) -> None:
    counted = (
        add_sample(ID, SAMPLES).table("organisations").select("body", "members_first", "members_last", "wwi")
    )
    assert counted.rows() == [
        ("AAA", None, 17, False),
        ("BBB", 4, 4, False),
        ("CCC", 12, None, True),
        ("CIS", None, 12, False),
        ("DDD", None, 5, None),
        ("EEE", 5, 5, False),
        ("FFF", None, None, None),
    ]


def test_an_address_in_place_of_a_name_is_corrected(add_sample) -> None:
    origin = dict(add_sample(ID, SAMPLES).parts)["organisations"]
    assert len(origin.corrections) == 1
    assert "Commonwealth of Independent States" in origin.corrections[0]


def test_a_fate_that_is_not_known(add_sample) -> None:
    with pytest.raises(SourceError, match="the code ‘GONE’"):
        add_sample(ID, {"organisations": SAMPLES["organisations"].replace(b"DISS", b"GONE")})
