"""The source store: parts, versions, origin, and that a bad file changes nothing."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from chaikhana.errors import SourceError, UnknownNameError
from chaikhana.sources import cow_igo, store, un_votes

STATE_YEARS = "ccode,year,state,un,sco\n704,2013,uzb,1,1\n704,2014,uzb,1,-9\n"
ORGANISATION_YEARS = "ioname,orgname,year\nUN,United Nations,1945\nUN,United Nations,2014\n"
VOTES = "rcid,country,country_code,vote\n3,United States,US,yes\n3,Namibia,NA,no\n"
CALLS = "rcid,session,importantvote,date,unres,amend,para,short,descr\n3,1,0,1946-01-01,R/1/66,1,0,A,B\n"
ISSUES = "rcid,short_name,issue\n3,me,Palestinian conflict\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def write(tmp_path: Path):
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        return path

    return write


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_store() -> None:
    assert store.kept() == []
    assert store.newest("un-votes") is None


def test_where_the_store_is(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert store.home() == home / "sources"
    monkeypatch.delenv("CHAIKHANA_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert store.home() == tmp_path / "chaikhana" / "sources"


def test_a_part_comes_with_its_origin(write) -> None:
    path = write("state_year.csv", STATE_YEARS)
    [(part, origin)] = store.add("cow-igo-v3", path)
    assert part == "state-year"
    assert (origin.dataset, origin.version, origin.rows) == ("cow-igo-v3", "3.0", 2)
    assert origin.years == "2013–2014"
    assert origin.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert origin.brought_from == "state_year.csv"
    assert origin.brought_on == date.today().isoformat()
    assert origin.citation == cow_igo.DATASET.citation
    kept = store.newest("cow-igo-v3")
    assert kept is not None
    assert kept.parts == ((part, origin),)
    assert kept.table("memberships").height == 4


def test_adding_part_by_part(write) -> None:
    store.add("un-votes", write("votes.csv", VOTES))
    kept = store.newest("un-votes")
    assert kept is not None
    with pytest.raises(SourceError, match="the table roll_calls is not in the store, which has votes"):
        kept.table("roll_calls")
    store.add("un-votes", write("calls.csv", CALLS))
    store.add("un-votes", write("issues.csv.gz", ISSUES))
    kept = store.newest("un-votes")
    assert kept is not None
    assert [part for part, _ in kept.parts] == ["issues", "roll-calls", "votes"]
    assert kept.table("votes")["iso2"].to_list() == ["US", "NA"]
    assert kept.table("roll_calls").height == kept.table("issues").height == 1


def test_a_folder_of_parts_among_other_files(write) -> None:
    for name, text in (("a/v.csv.gz", VOTES), ("a/c.csv", CALLS), ("a/x.csv", "a,b\n1,2\n"), ("a/S.md", "x")):
        folder = write(name, text).parent
    assert sorted(part for part, _ in store.add("un-votes", folder)) == ["roll-calls", "votes"]


def test_adding_again_replaces(write) -> None:
    store.add("cow-igo-v3", write("one.csv", STATE_YEARS))
    store.add("cow-igo-v3", write("orgs.csv", ORGANISATION_YEARS))
    store.add("cow-igo-v3", write("two.csv", STATE_YEARS + "705,2014,kaz,1,1\n"))
    [kept] = store.kept("cow-igo-v3")
    origins = dict(kept.parts)
    assert origins["state-year"].brought_from == "two.csv"
    assert kept.table("state_years").height == 3
    assert kept.table("organisations").rows() == [("un", "United Nations", 1945, 2014)]


def test_versions_live_side_by_side_and_the_newest_is_the_last_added(
    write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write("votes.csv", VOTES)
    for version in ("2021-03", "2024-01"):
        later = replace(un_votes.DATASET, version=version)
        monkeypatch.setattr(store, "dataset", lambda _name, later=later: later)
        store.add("un-votes", path)
    assert [kept.version for kept in store.kept("un-votes")] == ["2021-03", "2024-01"]
    newest = store.newest("un-votes")
    assert newest is not None
    assert newest.version == "2024-01"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "empty.csv is empty"),
        ("other.csv", b"a,b\n1,2\n", "is not a part of un-votes"),
        ("header.csv", b"rcid,country,country_code,vote\n", "has 0 rows"),
        ("code.csv", VOTES.replace("yes", "maybe").encode(), "the code ‘maybe’"),
        ("blank.csv", VOTES.replace("yes", "").encode(), "rows without ‘vote’|the code blank"),
        ("number.csv", VOTES.replace("3,Uni", "three,Uni").encode(), "cannot be read as the part ‘votes’"),
        ("cut.csv.gz", gzip.compress(VOTES.encode() * 50)[:-9], "cannot be read"),
        ("not.csv.gz", b"rcid,country,country_code,vote\n", "cannot be read"),
        ("latin.csv", b"rcid,country,country_code,vote,\xe9\n", "cannot be read"),
        ("latin2.csv", VOTES.encode() + b"4,C\xf4te,CI,yes\n", "cannot be read"),
    ],
)
def test_a_bad_file_changes_nothing(
    name: str,
    content: bytes,
    message: str,
    write,
    home: Path,
    tmp_path: Path,
) -> None:
    store.add("un-votes", write("votes.csv", VOTES))
    before = files(home)
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        store.add("un-votes", path)
    assert files(home) == before


def test_a_truncated_copy_of_a_known_file_is_told(write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("votes.csv", VOTES)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = replace(un_votes.DATASET, parts=(replace(un_votes.DATASET.parts[0], rows={digest: 870109}),))
    monkeypatch.setattr(store, "dataset", lambda _name: known)
    with pytest.raises(SourceError, match=r"has 2 rows, not the 870109"):
        store.add("un-votes", path)


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no file"):
        store.add("un-votes", tmp_path / "nowhere.csv")
    with pytest.raises(SourceError, match="No file in"):
        store.add("un-votes", tmp_path)
    with pytest.raises(UnknownNameError):
        store.add("un-vote", tmp_path)


def test_no_draft_is_left_behind(write, home: Path) -> None:
    store.add("un-votes", write("votes.csv", VOTES))
    with pytest.raises(SourceError):
        store.add("un-votes", write("bad.csv", VOTES.replace("yes", "x")))
    assert [path.name for path in (home / "sources" / "un-votes").iterdir()] == ["2021-03"]


def test_tables_are_parquet_that_others_can_read(write, home: Path) -> None:
    store.add("un-votes", write("votes.csv", VOTES))
    assert pl.read_parquet(home / "sources/un-votes/2021-03/votes.parquet").height == 2
