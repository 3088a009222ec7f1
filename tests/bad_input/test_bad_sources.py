"""Damaged and mistaken files of published datasets: a clear `SourceError`, and the store as it was."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chaikhana.errors import ChaikhanaError, SourceError, UnknownNameError
from chaikhana.sources import store
from chaikhana.sources.catalogue import dataset

IGO, UN = "cow-igo-v3", "un-votes"
Tree = dict[str, bytes | None]


def _state_years(states: int = 120, code: str | None = None) -> str:
    rows = [
        f"{state},{year},AAA,{code or (state + year) % 4},{state * year % 3}"
        for state in range(2, states)
        for year in range(2000, 2010)
    ]
    return "\n".join(["ccode,year,state,un,nato", *rows, ""])


def _votes(calls: int = 60) -> str:
    words = ("yes", "no", "abstain")
    rows = [
        f"{call},Land {state},L{state},{words[(call * 7 + state * state) % 3]}"
        for call in range(1, calls)
        for state in range(30)
    ]
    return "\n".join(["rcid,country,country_code,vote", *rows, ""])


def _roll_calls(calls: int = 400) -> str:
    rows = [
        f"{call},50,0,1995-10-{call % 28 + 1:02d},R/50/{call},0,0,Short {call * call},Long text {call * 37 % 101}"
        for call in range(1, calls)
    ]
    return "\n".join(["rcid,session,importantvote,date,unres,amend,para,short,descr", *rows, ""])


ORGANISATIONS = "ioname,orgname,year\n" + "".join(
    f"ORG{n},Organisation {n},{1945 + n % 60}\n" for n in range(400)
)
ISSUES = "rcid,short_name,issue\n" + "".join(f"{n},me,Issue {n * n}\n" for n in range(1, 400))
PARTS = {
    "state-year": (IGO, _state_years()),
    "organisation-year": (IGO, ORGANISATIONS),
    "votes": (UN, _votes()),
    "roll-calls": (UN, _roll_calls()),
    "issues": (UN, ISSUES),
}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Tree]:
    """A store that holds a good part of each dataset; gives what it holds now."""
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    for name, (known, text) in PARTS.items():
        if name in ("state-year", "votes"):
            file = tmp_path / f"{name}.csv"
            file.write_text(text, encoding="utf-8")
            store.add(known, file, "sample")
            file.unlink()
    return lambda: {
        str(path.relative_to(tmp_path)): path.read_bytes() if path.is_file() else None
        for path in sorted((tmp_path / "home").rglob("*"))
    }


def _refused(kept: Callable[[], Tree], known: str, path: Path) -> str:
    before = kept()
    with pytest.raises(SourceError) as refused:
        store.add(known, path, "sample")
    assert kept() == before
    told = str(refused.value)
    assert len(told) < 1500
    assert "\n" not in told
    return told


def _in(tmp_path: Path, name: str, data: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("damage", ["corrupted", "cut", "checksum", "no gzip at all"])
def test_a_damaged_gz(damage: str, part: str, tmp_path: Path, kept: Callable[[], Tree]) -> None:
    known, text = PARTS[part]
    packed = bytearray(gzip.compress(text.encode(), mtime=0))
    if damage == "corrupted":
        middle = len(packed) // 2
        packed[middle : middle + 40] = bytes(byte ^ 0x5A for byte in packed[middle : middle + 40])
    elif damage == "cut":
        packed = packed[: len(packed) * 2 // 3]
    elif damage == "checksum":
        packed[-6] ^= 0xFF
    else:
        packed = bytearray(text.encode())
    told = _refused(kept, known, _in(tmp_path, "file.csv.gz", bytes(packed)))
    assert "file.csv.gz" in told
    assert known in told
    assert dataset(known).page in told


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("cells", [1, 2])
def test_a_file_cut_within_its_last_row(
    cells: int, part: str, tmp_path: Path, kept: Callable[[], Tree]
) -> None:
    known, text = PARTS[part]
    rows = text.rstrip("\n").split("\n")
    cut = "\n".join([*rows[:-1], ",".join(rows[-1].split(",")[:cells])])
    told = _refused(kept, known, _in(tmp_path, "file.csv", cut))
    assert "file.csv" in told
    assert "cut short" in told


@pytest.mark.parametrize("part", PARTS)
def test_a_renamed_column(part: str, tmp_path: Path, kept: Callable[[], Tree]) -> None:
    known, text = PARTS[part]
    told = _refused(kept, known, _in(tmp_path, "file.csv", "x" + text))
    first = text.split(",", 1)[0]
    assert f"‘{part}’" in told
    assert first in told
    assert f"‘x{first}’" in told, "the column that is nearest"


@pytest.mark.parametrize("known", [IGO, UN])
@pytest.mark.parametrize("text", ["", "\n\n"], ids=["nothing", "blank"])
def test_an_empty_file(text: str, known: str, tmp_path: Path, kept: Callable[[], Tree]) -> None:
    told = _refused(kept, known, _in(tmp_path, "file.csv", text))
    assert "file.csv is empty" in told


@pytest.mark.parametrize("part", PARTS)
def test_a_header_without_rows(part: str, tmp_path: Path, kept: Callable[[], Tree]) -> None:
    known, text = PARTS[part]
    told = _refused(kept, known, _in(tmp_path, "file.csv", text.split("\n")[0] + "\n"))
    assert "0 rows" in told
    assert "cut short" in told


@pytest.mark.parametrize(("known", "other"), [(IGO, "votes"), (IGO, "issues"), (UN, "state-year")])
def test_the_file_of_another_dataset(
    known: str, other: str, tmp_path: Path, kept: Callable[[], Tree]
) -> None:
    told = _refused(kept, known, _in(tmp_path, "file.csv", PARTS[other][1]))
    assert f"not a part of {known}" in told
    assert PARTS[other][0] in told, "it is known whose file it is"


@pytest.mark.parametrize("known", [IGO, UN])
def test_no_dataset_at_all(known: str, tmp_path: Path, kept: Callable[[], Tree]) -> None:
    told = _refused(kept, known, _in(tmp_path, "file.csv", "name,height\nAnna,170\n"))
    assert f"not a part of {known}" in told
    assert dataset(known).page in told
    told = _refused(kept, known, _in(tmp_path, "file.xlsx", b"PK\x03\x04\0\0\xff\xfe"))
    assert "file.xlsx" in told


def test_an_unknown_code(tmp_path: Path, kept: Callable[[], Tree]) -> None:
    told = _refused(kept, IGO, _in(tmp_path, "igo.csv", _state_years(code="7")))
    assert "‘7’" in told
    assert "1, 2, 3, 0, -9, -1" in told
    assert "igo.csv" in told
    told = _refused(kept, UN, _in(tmp_path, "un.csv", _votes() + "1,Land,L,maybe\n"))
    assert "‘maybe’" in told
    assert "yes, abstain, no" in told
    assert "un.csv" in told


@pytest.mark.parametrize(
    ("part", "spoil", "says"),
    [
        ("state-year", lambda text: text + "2,,AAA,1,1\n", "year"),
        ("state-year", lambda text: text + ",2001,AAA,1,1\n", "ccode"),
        ("state-year", lambda text: text + "2,20x1,AAA,1,1\n", "20x1"),
        ("state-year", lambda text: text + "2,2011,AAA,,1\n", "blank"),
        ("organisation-year", lambda text: text + "ORG1,Organisation,\n", "year"),
        ("votes", lambda text: text + ",Land,L,yes\n", "rcid"),
        ("votes", lambda text: text + "1,Land,L,yes,more\n", "cut short"),
        ("votes", lambda text: text + '1,"Land,L,yes\n', "cut short"),
        ("roll-calls", lambda text: text.replace("1995-10-05", "", 1), "date"),
        ("roll-calls", lambda text: text.replace("1995-10-05", "05/10/1995", 1), "05/10/1995"),
        ("issues", lambda text: text + ",me,Issue\n", "rcid"),
    ],
)
def test_a_cell_that_cannot_be(
    part: str, spoil: Callable[[str], str], says: str, tmp_path: Path, kept: Callable[[], Tree]
) -> None:
    known, text = PARTS[part]
    told = _refused(kept, known, _in(tmp_path, "file.csv", spoil(text)))
    assert says in told
    assert "file.csv" in told


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("tail", [b"\xe4,\xe4,\xe4\n", b"\0\0\0\0\n"], ids=["latin-1", "NUL"])
def test_bytes_that_are_no_text(tail: bytes, part: str, tmp_path: Path, kept: Callable[[], Tree]) -> None:
    known, text = PARTS[part]
    assert "file.csv" in _refused(kept, known, _in(tmp_path, "file.csv", text.encode() + tail))


def test_a_missing_file_and_a_folder_without_one(tmp_path: Path, kept: Callable[[], Tree]) -> None:
    told = _refused(kept, IGO, tmp_path / "nothing.csv")
    assert "no file" in told
    assert "nothing.csv" in told
    assert dataset(IGO).page in told
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "No file in" in _refused(kept, UN, empty)


def test_one_bad_file_of_a_folder_keeps_the_good_ones_out(tmp_path: Path, kept: Callable[[], Tree]) -> None:
    folder = tmp_path / "un"
    folder.mkdir()
    _in(folder, "a_roll_calls.csv", PARTS["roll-calls"][1])
    _in(folder, "b_issues.csv", PARTS["issues"][1])
    _in(folder, "c_votes.csv", PARTS["votes"][1] + "1,Land,L,maybe\n")
    assert "c_votes.csv" in _refused(kept, UN, folder)


def test_an_unknown_dataset(tmp_path: Path, kept: Callable[[], Tree]) -> None:
    before = kept()
    with pytest.raises(UnknownNameError, match=r"no dataset ‘cow-igo’.*‘cow-igo-v3’"):
        store.add("cow-igo", _in(tmp_path, "file.csv", PARTS["votes"][1]), "sample")
    assert kept() == before


def test_a_home_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = _in(tmp_path, "home", "x")
    monkeypatch.setenv("CHAIKHANA_HOME", str(home))
    with pytest.raises(ChaikhanaError, match="home"):
        store.add(UN, _in(tmp_path, "file.csv", PARTS["votes"][1]), "sample")
    assert home.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("spoilt", ["", "{", '{"dataset": "un-votes"}', "[]"])
def test_a_spoilt_origin_in_the_store_is_told(spoilt: str, tmp_path: Path, kept: Callable[[], Tree]) -> None:
    assert kept()
    origin = next((tmp_path / "home").rglob("votes.origin.json"))
    origin.write_text(spoilt, encoding="utf-8")
    with pytest.raises(SourceError, match=r"votes\.origin\.json.*chaikhana sources add un-votes"):
        store.kept(UN)


def test_a_spoilt_table_in_the_store_is_told(tmp_path: Path, kept: Callable[[], Tree]) -> None:
    assert kept()
    next((tmp_path / "home").rglob("votes.parquet")).write_bytes(b"PAR1 is not enough")
    entry = store.newest(UN)
    assert entry is not None
    with pytest.raises(SourceError, match=r"votes.*chaikhana sources add un-votes"):
        entry.table("votes")


def test_a_table_that_was_not_added_is_told(kept: Callable[[], Tree]) -> None:
    assert kept()
    entry = store.newest(UN)
    assert entry is not None
    with pytest.raises(SourceError, match="roll_calls is not in the store, which has votes"):
        entry.table("roll_calls")


def test_the_origin_that_was_kept_is_whole(tmp_path: Path, kept: Callable[[], Tree]) -> None:
    assert not [name for name in kept() if ".draft" in name]
    origin = json.loads(next((tmp_path / "home").rglob("votes.origin.json")).read_text(encoding="utf-8"))
    assert origin["rows"] == PARTS["votes"][1].count("\n") - 1
