"""Derived series: written and read back with their origin."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from chaikhana.study.derived import ORIGIN_KEYS, read_derived, write_derived

ORIGIN = {key: f'{key} with "quotes" and \\ a backslash' for key in ORIGIN_KEYS}


def test_round_trip(tmp_path: Path) -> None:
    frame = pl.DataFrame({"actor": ["a", "b"], "share": [0.5, None], "year": [1990, 1991]})
    assert write_derived(tmp_path, "series", frame, ORIGIN) == tmp_path / "derived" / "series.csv"
    series, faults = read_derived(tmp_path)
    assert faults == []
    assert series["series"].frame.equals(frame)
    assert series["series"].origin == ORIGIN


def test_no_folder_no_series(tmp_path: Path) -> None:
    assert read_derived(tmp_path) == ({}, [])


@pytest.mark.parametrize(
    ("origin", "rule"),
    [
        (None, "derived-without-origin"),
        ("measure = 'x'", "derived-without-origin"),
        ("measure = ", "broken-toml"),
    ],
)
def test_a_series_needs_its_origin(origin: str | None, rule: str, tmp_path: Path) -> None:
    write_derived(tmp_path, "series", pl.DataFrame({"a": [1]}), ORIGIN)
    path = tmp_path / "derived" / "series.origin.toml"
    path.unlink()
    if origin is not None:
        path.write_text(origin)
    series, faults = read_derived(tmp_path)
    assert series == {}
    assert [fault.rule for fault in faults] == [rule]


def test_a_citation_of_several_lines_survives(tmp_path: Path) -> None:
    write_derived(tmp_path, "series", pl.DataFrame({"a": [1]}), {**ORIGIN, "citation": "one\ntwo"})
    series, faults = read_derived(tmp_path)
    assert faults == []
    assert series["series"].origin["citation"].split() == ["one", "two"]
