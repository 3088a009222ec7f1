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
    [read] = store.add("cow-igo-v3", path, "sample")
    part, origin = read.part.name, read.origin
    assert part == "state-year"
    assert (origin.dataset, origin.version, origin.rows) == ("cow-igo-v3", "sample", 2)
    assert origin.years == "2013–2014"
    assert origin.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert origin.brought_from == "state_year.csv"
    assert origin.brought_on == date.today().isoformat()
    assert origin.citation == cow_igo.DATASET.citation
    kept = store.newest("cow-igo-v3")
    assert kept is not None
    [(name, stored)] = kept.parts
    assert (name, replace(stored, tables={})) == (part, origin)
    assert set(stored.tables) == {"memberships", "state_years", "body_years"}
    assert kept.table("memberships").height == 4


def test_adding_part_by_part(write) -> None:
    store.add("un-votes", write("votes.csv", VOTES), "sample")
    kept = store.newest("un-votes")
    assert kept is not None
    with pytest.raises(SourceError, match="the table roll_calls is not in the store, which has votes"):
        kept.table("roll_calls")
    store.add("un-votes", write("calls.csv", CALLS), "sample")
    store.add("un-votes", write("issues.csv.gz", ISSUES), "sample")
    kept = store.newest("un-votes")
    assert kept is not None
    assert [part for part, _ in kept.parts] == ["issues", "roll-calls", "votes"]
    assert kept.table("votes")["iso2"].to_list() == ["US", "NA"]
    assert kept.table("roll_calls").height == kept.table("issues").height == 1


def test_a_folder_of_parts_among_other_files(write) -> None:
    for name, text in (("a/v.csv.gz", VOTES), ("a/c.csv", CALLS), ("a/x.csv", "a,b\n1,2\n"), ("a/S.md", "x")):
        folder = write(name, text).parent
    assert sorted(read.part.name for read in store.add("un-votes", folder, "sample")) == [
        "roll-calls",
        "votes",
    ]


def test_adding_again_replaces(write) -> None:
    store.add("cow-igo-v3", write("one.csv", STATE_YEARS), "sample")
    store.add("cow-igo-v3", write("orgs.csv", ORGANISATION_YEARS), "sample")
    store.add("cow-igo-v3", write("two.csv", STATE_YEARS + "705,2014,kaz,1,1\n"), "sample")
    [kept] = store.kept("cow-igo-v3")
    origins = dict(kept.parts)
    assert origins["state-year"].brought_from == "two.csv"
    assert kept.table("state_years").height == 3
    assert kept.table("organisations").rows() == [("un", "United Nations", 1945, 2014)]


def test_versions_live_side_by_side_in_the_order_of_their_release(write) -> None:
    path = write("votes.csv", VOTES)
    for version in ("mine", "2021-03", "2016"):
        store.add("un-votes", path, version)
    assert [kept.version for kept in store.kept("un-votes")] == ["2016", "2021-03", "mine"]
    assert store.chosen("un-votes").version == "mine", "one that is not known is taken for newer"
    assert store.chosen("un-votes@2016").version == "2016"
    with pytest.raises(UnknownNameError, match="no version of un-votes in the store ‘2020’"):
        store.chosen("un-votes@2020")
    with pytest.raises(SourceError, match=r"cow-igo-v3 .* is not in the store.*sources add cow-igo-v3"):
        store.chosen("cow-igo-v3")


@pytest.mark.parametrize("version", ["../x", "a b", "/", "1;2"])
def test_a_version_that_cannot_be_a_folder(version: str, write, home: Path) -> None:
    with pytest.raises(SourceError, match="no name of a version"):
        store.add("un-votes", write("votes.csv", VOTES), version)
    assert not home.exists()


def test_a_file_of_no_known_release_needs_a_name(write, home: Path) -> None:
    with pytest.raises(
        SourceError, match=r"2 rows of the years 2013–2014.*15,557 rows, 1816–2014.*--version"
    ):
        store.add("cow-igo-v3", write("one.csv", STATE_YEARS))
    assert not home.exists()


def test_what_was_changed_or_lost_in_the_store_is_told(write) -> None:
    store.add("cow-igo-v3", write("one.csv", STATE_YEARS), "sample")
    entry = store.chosen("cow-igo-v3")
    assert store.faults(entry) == []
    pl.DataFrame({"ccode": [1]}).write_parquet(entry.folder / "state_years.parquet")
    (entry.folder / "body_years.parquet").unlink()
    told = store.faults(entry)
    assert [("gone" in one, "is not what was added" in one) for one in told] == [(False, True), (True, False)]
    assert all("chaikhana sources add cow-igo-v3" in one for one in told)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "empty.csv is empty"),
        ("other.csv", b"a,b\n1,2\n", "is not a part of un-votes"),
        ("header.csv", b"rcid,country,country_code,vote\n", "has 0 rows"),
        ("code.csv", VOTES.replace("yes", "maybe").encode(), "the code ‘maybe’"),
        ("blank.csv", VOTES.replace("yes", "").encode(), "rows without ‘vote’|the code blank"),
        (
            "number.csv",
            VOTES.replace("3,Uni", "three,Uni").encode(),
            "column rcid: ‘three’ is not a whole number",
        ),
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
    store.add("un-votes", write("votes.csv", VOTES), "sample")
    before = files(home)
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        store.add("un-votes", path, "sample")
    assert files(home) == before


def _of_one_release(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    part = next(part for part in un_votes.DATASET.parts if part.name == "votes")
    release = replace(part.releases[0], **values)  # type: ignore[arg-type]
    known = replace(un_votes.DATASET, parts=(replace(part, releases=(release,)),))
    monkeypatch.setattr(store, "dataset", lambda _name: known)


def test_a_truncated_copy_of_a_known_file_is_told(write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("votes.csv", VOTES)
    _of_one_release(monkeypatch, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), rows=870109)
    with pytest.raises(SourceError, match=r"has 2 rows, not the 870,109"):
        store.add("un-votes", path)


def test_a_release_is_known_by_its_digest_or_by_its_rows(write, monkeypatch: pytest.MonkeyPatch) -> None:
    _of_one_release(monkeypatch, version="9", sha256="0" * 64, rows=2)
    [read] = store.add("un-votes", write("votes.csv", VOTES))
    assert read.origin.version == "9"
    with pytest.raises(SourceError, match="is version 9 of un-votes, not 8"):
        store.add("un-votes", write("votes.csv", VOTES), "8")


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no file"):
        store.add("un-votes", tmp_path / "nowhere.csv", "sample")
    with pytest.raises(SourceError, match="No file in"):
        store.add("un-votes", tmp_path, "sample")
    with pytest.raises(UnknownNameError):
        store.add("un-vote", tmp_path, "sample")


def test_no_draft_is_left_behind(write, home: Path) -> None:
    store.add("un-votes", write("votes.csv", VOTES), "sample")
    with pytest.raises(SourceError):
        store.add("un-votes", write("bad.csv", VOTES.replace("yes", "x")), "sample")
    assert [path.name for path in (home / "sources" / "un-votes").iterdir()] == ["sample"]


def test_tables_are_parquet_that_others_can_read(write, home: Path) -> None:
    store.add("un-votes", write("votes.csv", VOTES), "sample")
    assert pl.read_parquet(home / "sources/un-votes/sample/votes.parquet").height == 2
