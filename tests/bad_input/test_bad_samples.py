"""Every part of every dataset, damaged in each way: a clear error, and the store as it was."""

from __future__ import annotations

import gzip
import importlib
import pkgutil
from pathlib import Path

import pytest

import samples
from chaikhana.errors import SourceError
from chaikhana.sources import store
from chaikhana.sources.catalogue import DATASETS
from chaikhana.sources.manifest import Csv, Dataset, Part, Stata

MODULES = [
    importlib.import_module(f"samples.{found.name}") for found in pkgutil.iter_modules(samples.__path__)
]
READERS = {known.id: known for known in DATASETS}
CASES = [
    pytest.param(known, part, module.SAMPLES[part.name], id=f"{known.id}-{part.name}")
    for module in MODULES
    for known in DATASETS
    for part in known.parts
    if part.read.__module__.rpartition(".")[2] == module.__name__.rpartition(".")[2]
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def named(part: Part, folder: Path, ending: str = "") -> Path:
    """A file by the name that the part is known by, where it is known by one."""
    suffix = ".dta" if isinstance(part.form, Stata) else ".csv"
    return folder / f"{part.file or 'sample'}{suffix}{ending}"


def refused(known: Dataset, path: Path, home: Path, version: str = "sample") -> str:
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    with pytest.raises(SourceError) as told:
        store.add(known.id, path, version)
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before
    assert path.name in str(told.value)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 1600
    return str(told.value)


def test_every_part_of_every_dataset_has_a_sample() -> None:
    older = {"cow-igo-v3", "un-votes"}  # theirs stand in test_bad_sources.py and test_readers.py
    have = {case.values[0].id for case in CASES}
    assert have | older == set(READERS)
    assert len(CASES) == sum(len(known.parts) for known in DATASETS if known.id not in older)


@pytest.mark.parametrize(("known", "part", "data"), CASES)
def test_a_good_file_is_taken_and_a_bad_one_changes_nothing(
    known: Dataset, part: Part, data: bytes, tmp_path: Path, home: Path
) -> None:
    path = named(part, tmp_path)
    path.write_bytes(data)
    [read] = store.add(known.id, path, "sample")
    assert read.part is part
    assert read.origin.version == "sample"
    assert all(frame.height for frame in read.tables.values())
    for column in part.states:
        frame = read.tables[column.table]
        assert frame[column.into].drop_nulls().len(), "some state is known"
    [kept] = store.kept(known.id)
    assert store.faults(kept) == []
    path.write_bytes(b"")
    assert "is empty" in refused(known, path, home)


@pytest.mark.parametrize(("known", "part", "data"), CASES)
def test_a_file_of_another_version(
    known: Dataset, part: Part, data: bytes, tmp_path: Path, home: Path
) -> None:
    told = refused(known, _changed(named(part, tmp_path), data), home, version="")
    assert "no version of" in told
    assert "--version" in told
    assert all(release.version in told for release in part.releases)


@pytest.mark.parametrize(("known", "part", "data"), CASES)
def test_a_renamed_column(known: Dataset, part: Part, data: bytes, tmp_path: Path, home: Path) -> None:
    told = refused(known, _changed(named(part, tmp_path), _renamed(part, data)), home)
    assert known.id in told
    assert known.page in told


@pytest.mark.parametrize(("known", "part", "data"), CASES)
@pytest.mark.parametrize("damage", ["corrupted", "cut", "checksum"])
def test_a_damaged_gz(
    damage: str, known: Dataset, part: Part, data: bytes, tmp_path: Path, home: Path
) -> None:
    if isinstance(part.form, Stata):
        pytest.skip("Stata files are not gzipped")
    packed = bytearray(gzip.compress(data, mtime=0))
    if damage == "corrupted":
        middle = len(packed) // 2
        packed[middle : middle + 20] = bytes(byte ^ 0x5A for byte in packed[middle : middle + 20])
    elif damage == "cut":
        packed = packed[: len(packed) * 2 // 3]
    else:
        packed[-6] ^= 0xFF
    told = refused(known, _changed(named(part, tmp_path, ".gz"), bytes(packed)), home)
    assert known.page in told


@pytest.mark.parametrize(("known", "part", "data"), CASES)
def test_a_truncated_file(known: Dataset, part: Part, data: bytes, tmp_path: Path, home: Path) -> None:
    if isinstance(part.form, Stata):
        cut = data[: len(data) * 2 // 3]
    else:
        last = data.rstrip(b"\r\n").rsplit(b"\n", 1)
        separator = part.form.separator.encode()
        cells = last[1].split(separator)
        cut = last[0] + b"\n" + (separator.join(cells[:2]) if cells[2:] else last[1][: len(last[1]) // 2])
        if part.form.footer:
            return  # what follows the records is no record
    told = refused(known, _changed(named(part, tmp_path), cut), home)
    assert known.page in told


@pytest.mark.parametrize(("known", "part", "data"), CASES)
def test_bytes_that_no_text_has(known: Dataset, part: Part, data: bytes, tmp_path: Path, home: Path) -> None:
    if isinstance(part.form, Csv):
        assert "NUL" in refused(known, _changed(named(part, tmp_path), data + b"\0\0\n"), home)


@pytest.mark.parametrize(("known", "part", "data"), CASES)
def test_a_number_that_is_none(known: Dataset, part: Part, data: bytes, tmp_path: Path, home: Path) -> None:
    """The year (or the first number) of a record is a word."""
    numbers = [name for name, kind in part.columns.items() if kind.value != "text"]
    if not numbers or isinstance(part.form, Stata) or part.form.header or part.form.rejoins:
        return
    column = part.year if part.year in numbers else numbers[0]
    lines = data.decode(part.form.encoding).split("\n")
    heads = [name.strip('"\r\ufeff') for name in lines[0].split(part.form.separator)]
    cells = lines[1].split(part.form.separator)
    cells[heads.index(column)] = "a"
    lines[1] = part.form.separator.join(cells)
    told = refused(known, _changed(named(part, tmp_path), "\n".join(lines).encode(part.form.encoding)), home)
    assert f"record 1, column {column}: ‘a’ is not a" in told


def _changed(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _renamed(part: Part, data: bytes) -> bytes:
    """The file with one of the headings that it is known by under another name."""
    column = next(name for name in part.columns if not name.startswith("blank_")).encode()
    at = data.index(part.form.header.encode()) if isinstance(part.form, Csv) and part.form.header else 0
    place = data.index(column, at)
    return data[:place] + b"Q" + data[place + 1 :]
