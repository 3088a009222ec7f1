"""Files as they come from a spreadsheet: what is put right with a notice, and what is a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaikhana.study.reading import (
    LONGEST_LINE,
    RawTable,
    UnusableFileError,
    decode,
    parse_table,
    read_table,
    read_text,
    stray_tables,
)
from chaikhana.study.schema import BY_NAME

LEADS = BY_NAME["leads"]
GOOD = "body,actor,from,to,kind,cite,basis\norg,aaa,1990,..,host,x,document\n"


def rules(faults) -> list[str]:
    return [fault.rule for fault in faults]


def test_a_plain_file() -> None:
    raw, faults = parse_table(LEADS, "leads.csv", GOOD)
    assert faults == []
    assert raw is not None
    assert raw.header == ("body", "actor", "from", "to", "kind", "cite", "basis")
    assert [(row.line, row["actor"], row["note"]) for row in raw.rows] == [(2, "aaa", "")]


def test_line_numbers_are_those_of_the_file() -> None:
    text = GOOD + '\norg,bbb,1990,..,"ho\nst",x,document\n,,,,,,\norg,ccc,1990,..,host,x,document\n'
    raw, faults = parse_table(LEADS, "leads.csv", text)
    assert faults == []
    assert raw is not None
    assert [(row.line, row["actor"]) for row in raw.rows] == [(2, "aaa"), (4, "bbb"), (7, "ccc")]


def test_cells_lose_their_blanks() -> None:
    raw, _ = parse_table(LEADS, "leads.csv", GOOD.replace("aaa", "  aaa "))
    assert raw is not None
    assert raw.rows[0]["actor"] == "aaa"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty-file"),
        ("\n \n", "empty-file"),
        (GOOD.replace(",", ";"), "semicolons"),
        (GOOD.replace(",", "\t"), "tabs"),
        (GOOD.replace("kind", "sort", 1), "unknown-column"),
        (GOOD.replace("kind", "from", 1), "double-column"),
        (GOOD.replace("kind,", "", 1), "missing-column"),
        (GOOD.replace("host,", "host,host,"), "too-many-cells"),
        (GOOD.replace("host,", ""), "too-few-cells"),
        (GOOD.replace("host", '"host'), "broken-quotes"),
        (GOOD.replace("host", '"ho"st'), "broken-quotes"),
        (GOOD.replace("host", "h" * (LONGEST_LINE + 1)), "line-too-long"),
    ],
)
def test_what_cannot_be_cut_into_cells(text: str, rule: str) -> None:
    _, faults = parse_table(LEADS, "leads.csv", text)
    assert rule in rules(faults)
    assert all(fault.remedy for fault in faults)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (GOOD.encode("utf-16"), "utf-16"),
        ("Jalalabad é".encode("latin-1"), "wrong-encoding"),
        (b"PK\x03\x04\x00", "nul-byte"),
    ],
)
def test_what_is_no_utf8_text(data: bytes, rule: str) -> None:
    with pytest.raises(UnusableFileError) as error:
        decode("leads.csv", data)
    assert error.value.fault.rule == rule
    assert error.value.fault.remedy


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (GOOD.encode("utf-8-sig"), "byte-order-mark"),
        (GOOD.replace("\n", "\r\n").encode(), "crlf"),
        (GOOD.replace("\n", "\r").encode(), "crlf"),
    ],
)
def test_what_is_put_right_with_a_notice(data: bytes, rule: str) -> None:
    text, notices = decode("leads.csv", data)
    assert (text, rules(notices)) == (GOOD, [rule])


def test_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text(GOOD)
    reading = read_table(tmp_path, LEADS)
    assert isinstance(reading.raw, RawTable)
    assert reading.faults == reading.notices == ()
    missing = read_table(tmp_path, BY_NAME["bodies"])
    assert missing.raw is None
    assert rules(missing.faults) == ["unreadable-file"]
    (tmp_path / "leeds.csv").write_text(GOOD)
    [stray] = stray_tables(tmp_path)
    assert stray.rule == "unknown-table"
    assert "‘leads’" in stray.remedy


def test_no_path_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "leads.csv").symlink_to(tmp_path / "secret")
    for name in ("../secret", "leads.csv"):
        with pytest.raises(UnusableFileError) as error:
            read_text(folder, name)
        assert error.value.fault.rule == "path-leaves-study"
