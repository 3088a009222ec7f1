"""Trade agreements: types as words, who acceded or left, lost sides, today's codes of states of the past, mere talks."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.desta import ID
from samples.desta import SAMPLES


def test_treaties_cell_by_cell(add_sample) -> None:
    treaties = add_sample(ID, SAMPLES).table("treaties")
    assert treaties.columns == [
        "number", "base_treaty", "name", "entry_type", "consolidated", "year", "in_force", "language", "type", "region",
        "wto_listed", "wto_name",
    ]  # fmt: skip
    asia, union, third = "Asia", "X Union", "plurilateral-and-third"
    assert treaties.rows() == [
        ("1", 1, "A B", "base_treaty", 0, 2003, None, "English", "bilateral", asia, True, "B A"),
        ("2", 2, "Club", "base_treaty", 0, 1994, 1995, None, "plurilateral", asia, False, None),
        ("2+1", 2, "Club D accession", "accession", 0, 2006, None, None, "accession", asia, False, None),
        ("2_1", 2, "Club withdrawal D", "withdrawal", 0, 2008, None, None, "withdrawal", asia, False, None),
        ("3", 3, union, "base_treaty", 0, 1970, 1972, "German", third, "Europe", True, "Union X"),
        ("3+1", 3, "X Union Y accession", "accession", 0, 1985, None, None, "accession-by-group", "Europe", None, None),
        ("4", 4, "Two Unions", "base_treaty", 0, 1985, 1986, "Arabic", "region-to-region", "Intercontinental", False, None),
        ("3a", 3, union, "consolidated", 1, 1990, None, None, third, "Europe", None, None),
        ("3b", 3, union, "protocol or amendment", -1, 1980, None, None, third, "Europe", False, None),
        ("5", 5, "Talks", "negotiation", 0, None, None, None, "plurilateral", asia, None, None),
    ]  # fmt: skip


def test_members_cell_by_cell(add_sample) -> None:
    members = add_sample(ID, SAMPLES).table("members")
    assert members.columns == ["number", "iso_n", "year", "side", "role", "state"]
    assert members.filter(~pl.col("number").is_in(["3a", "3b"])).rows() == [
        ("1", 4, 2003, 0, "party", "afg"),
        ("1", 356, 2003, 0, "party", "ind"),
        ("2", 398, 1994, 0, "party", "kaz"),
        ("2", 417, 1994, 0, "party", "kgz"),
        ("2", 643, 1994, 0, "party", "rus"),
        ("2+1", 398, 2006, 2, "party", "kaz"),
        ("2+1", 417, 2006, 2, "party", "kgz"),
        ("2+1", 643, 2006, 2, "party", "rus"),
        ("2+1", 860, 2006, 1, "acceding", "uzb"),
        ("2_1", 398, 2008, 2, "party", "kaz"),
        ("2_1", 417, 2008, 2, "party", "kgz"),
        ("2_1", 643, 2008, None, None, "rus"),
        ("2_1", 860, 2008, 1, "leaving", "uzb"),
        ("3", 688, 1970, 0, "party", "yug"),
        ("3", 276, 1970, 1, "party", "deu"),
        ("3", 250, 1970, 1, "party", "fra"),
        ("3+1", 688, 1985, 3, "party", "yug"),
        ("3+1", 620, 1985, 2, "acceding", "prt"),
        ("3+1", 724, 1985, 2, "acceding", "esp"),
        ("4", 887, 1985, 2, "party", "yar"),
        ("4", 729, 1985, 2, "party", "sdn"),
        ("4", 203, 1985, 3, "party", "csk"),
    ]


def test_talks_have_no_members(add_sample) -> None:
    """And a state that is listed twice, or a number that is none's, is kept once or told of."""
    kept = add_sample(ID, SAMPLES)
    assert kept.table("negotiators").rows() == [("5", 398, "kaz"), ("5", 999, None)]
    assert kept.unresolved().rows() == [("negotiators.iso_n", "999", None, None, 1)]


def test_a_type_that_is_not_known(add_sample) -> None:
    with pytest.raises(SourceError, match="the code ‘8’"):
        add_sample(ID, {"treaties": SAMPLES["treaties"].replace(b'"English";1', b'"English";8')})


def test_a_lost_side_is_mended_where_the_entry_tells_it(add_sample) -> None:
    """The entries 915, 672_1 and 672+5 are corrected; the correction is stale once the provider has the side."""
    header, first, *rest = SAMPLES["treaties"].decode().splitlines()
    lost = first.replace('"1";1', '"915";915').replace(";4;356;", ";704;51;51;51;51;", 1)
    cells = lost.split(";")[:194]
    cells[103:108] = ["0", "1", "1", "1", "NA"]
    wide = "\n".join([header, ";".join(cells), *rest, ""]).encode()
    origin = dict(add_sample(ID, {"treaties": wide}).parts)["treaties"]
    assert len(origin.corrections) == 1
    assert "915" in origin.corrections[0]
    told = ";".join([*cells[:107], "1", *cells[108:]])
    origin = dict(add_sample(ID, {"treaties": wide.replace(";".join(cells).encode(), told.encode())}).parts)[
        "treaties"
    ]
    assert (len(origin.corrections), len(origin.stale)) == (0, 1)
