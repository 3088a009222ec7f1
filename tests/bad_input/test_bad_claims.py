"""Claim files that are not as they should be, or that try what they may not: each with its message, nothing read or written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chaikhana.claims import database
from chaikhana.claims.registry import corpora, read
from chaikhana.claims.testing import ClaimError, Examiner
from chaikhana.errors import StudyError
from chaikhana.study.study import Study

HEAD = 'paper = "mayer2021"\nwritten = "2020"\n'
GOOD = """
[[claim]]
id = "a-claim"
locator = "section 1"
says = "There are five."
kind = "count"
expected = "five"
test = "SELECT 'five' AS what, true AS holds, ['actors:2'] AS rows"
"""


def faults_of(study: Study, folder: Path, text: str) -> str:
    """What is told of a file with this text."""
    path = folder / "claims.toml"
    path.write_text(text, "utf-8")
    corpus, faults = read(path, study)
    assert corpus is None
    return "\n".join(map(str, faults))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("id =", "idd ="), "line 5: idd: ‘idd’ is no key here. Allowed: id, locator"),
        (('id = "a-claim"\n', ""), "line 4: id: ‘id’ is missing. A claim has: id, locator"),
        (('"a-claim"', '"A Claim"'), "line 5: id: ‘A Claim’ is no id"),
        (('"section 1"', '""'), "line 6: locator: the claim ‘a-claim’ has an empty locator"),
        (('"count"', '"counts"'), "line 8: kind: ‘counts’ is no kind of claim. Did you mean ‘count’?"),
        (("test =", 'needs = "data"\ntest ='), "has test and needs. Give one of"),
        (("test =", "#test ="), "has no test. Give one of"),
        (
            ("\ntest =", '\npython = "tendr"\n#test ='),
            "line 10: python: there is no test ‘tendr’. Did you mean ‘trend’?",
        ),
        (("\ntest =", '\nactors = ["kax"]\ntest ='), "line 10: actors: ‘kax’ is none of the study's actors"),
        (
            ("\ntest =", '\nbodies = ["scoo"]\ntest ='),
            "line 10: bodies: ‘scoo’ is none of the study's bodies",
        ),
        (('"There are five."', "5"), "line 7: says: Input should be a valid string"),
        (('"five"', '"five'), "line 9: it is not TOML"),
    ],
)
def test_a_fault_of_a_claim_names_its_line(
    central_asia: Study, tmp_path: Path, change: tuple[str, str], told: str
):
    assert told in faults_of(central_asia, tmp_path, HEAD + GOOD.replace(*change, 1))


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (
            'paper = "meyer2021"\nwritten = "2020"\n',
            "line 1: paper: ‘meyer2021’ is no key of the study's sources.bib",
        ),
        ('paper = "mayer2021"\nwritten = "soon"\n', "line 2: written: ‘soon’ is not a date"),
        ('paper = "mayer2021"\n', "written: ‘written’ is missing"),
    ],
)
def test_a_fault_of_the_head_names_its_line(central_asia: Study, tmp_path: Path, head: str, told: str):
    assert told in faults_of(central_asia, tmp_path, head + GOOD)


def test_a_file_that_is_no_text_is_told(central_asia: Study, tmp_path: Path):
    path = tmp_path / "claims.toml"
    path.write_bytes(b"\xff\xfe\x00claim")
    corpus, faults = read(path, central_asia)
    assert corpus is None
    assert "it is not UTF-8 text" in str(faults[0])


def test_a_file_that_is_not_there_is_told(central_asia: Study, tmp_path: Path):
    corpus, faults = read(tmp_path / "nowhere.toml", central_asia)
    assert corpus is None
    assert str(faults[0]).startswith("nowhere.toml: it cannot be read: No such file or directory.")


def own_study(study: Study, folder: Path, **files: str) -> Study:
    """The study with a claims folder of its own."""
    from dataclasses import replace

    (folder / "claims").mkdir()
    for name, text in files.items():
        (folder / "claims" / f"{name}.toml").write_text(text, "utf-8")
    return replace(study, folder=folder)


def test_ids_are_not_shared_and_links_lead_both_ways(central_asia: Study, tmp_path: Path):
    twice = GOOD.replace("a-claim", "mayer-summit-1993")
    lost = GOOD.replace("\ntest =", '\nagainst = ["no-such-claim", "mayer-cst-1992"]\ntest =')
    with pytest.raises(StudyError) as told:
        corpora(own_study(central_asia, tmp_path, one=HEAD + twice + lost))
    assert "the id ‘mayer-summit-1993’ is taken by mayer2021.toml, line" in str(told.value)
    assert "there is no claim ‘no-such-claim’" in str(told.value)
    assert "‘mayer-cst-1992’ does not name ‘a-claim’ in turn" in str(told.value)


def test_a_link_out_of_the_study_is_not_followed(central_asia: Study, tmp_path: Path):
    outside = tmp_path / "outside.toml"
    outside.write_text(HEAD + GOOD, "utf-8")
    (tmp_path / "study").mkdir()
    study = own_study(central_asia, tmp_path / "study")
    (study.folder / "claims" / "in.toml").symlink_to(outside)
    assert "a-claim" not in {claim.id for corpus in corpora(study) for claim in corpus.claims}


@pytest.fixture(scope="module")
def examiner(central_asia: Study) -> Examiner:
    """One examiner for all hostile tests: none of them may spoil it."""
    return Examiner(central_asia)


def put(examiner: Examiner, study: Study, folder: Path, sql: str) -> str:
    """What is told of a claim with this test."""
    path = folder / "claims.toml"
    path.write_text(HEAD + GOOD.partition("test =")[0] + f"test = '''\n{sql}\n'''\n", "utf-8")
    corpus, faults = read(path, study)
    assert corpus is not None, faults
    with pytest.raises(ClaimError) as told:
        examiner.result(corpus.claims[0], date(2020, 1, 1))
    return str(told.value)


OUTSIDE = "It reaches outside the study"
SECRET = "/etc/passwd"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (f"SELECT * FROM read_csv('{SECRET}')", OUTSIDE),
        (f"SELECT * FROM read_text('{SECRET}')", OUTSIDE),
        (f"SELECT * FROM read_blob('{SECRET}')", OUTSIDE),
        (f"SELECT * FROM glob('{Path(SECRET).parent}/*')", OUTSIDE),
        (f"SELECT * FROM '{SECRET}'", "Table with name /etc/passwd does not exist"),
        ("SELECT * FROM 'https://example.org/rows.csv'", OUTSIDE),
        ("SELECT * FROM read_csv('https://example.org/rows.csv')", "cannot be run"),
        ("SELECT * FROM read_parquet('s3://bucket/rows.parquet')", "cannot be run"),
        ("ATTACH '/tmp/chaikhana-hostile.db'", "A test is one SELECT; this is ATTACH"),
        ("COPY actors TO '/tmp/chaikhana-hostile.csv'", "A test is one SELECT; this is COPY"),
        ("INSTALL httpfs", "A test is one SELECT; this is LOAD"),
        ("SET enable_external_access = true", "A test is one SELECT; this is SET"),
        ("PRAGMA database_list", "A test is one SELECT"),
        ("CREATE TABLE x AS SELECT 1", "A test is one SELECT; this is CREATE"),
        ("DELETE FROM actors", "A test is one SELECT; this is DELETE"),
        ("DROP TABLE actors", "A test is one SELECT; this is DROP"),
        ("SELECT 1; SELECT 2", "A test is one SELECT; this is SELECT, SELECT"),
        (
            "WITH gone AS (DELETE FROM actors RETURNING *) SELECT id AS what FROM gone",
            "It writes. A test only reads.",
        ),
        ("SELECT 1 AS", "line 11"),
        ("SELECT id AS what,\n no_such AS holds, [] AS rows FROM actors", "line 12"),
        ("SELECT id AS what, no_such AS holds FROM actors", 'Referenced column "no_such" not found'),
        ("SELECT * FROM no_such_table", "Table with name no_such_table does not exist"),
        ("SELECT * FROM derived_no_such_series", "The study carries no series ‘no_such_series’"),
        ("SELECT * FROM measure_no_such", "There is no measure ‘no-such’"),
        ("SELECT * FROM finding_no_such", "There is no framework ‘no-such’"),
        ("SELECT $other AS what", "$other is not known. A test may use $day alone"),
        ("SELECT id AS what FROM actors", "gives no column holds, rows"),
        (
            "SELECT id AS what, 'yes' AS holds, [] AS rows FROM actors",
            "holds is 'yes'. It must be true, false or NULL",
        ),
        ("SELECT id AS what, true AS holds, 'actors:2' AS rows FROM actors", "It must be a list of row ids"),
        (
            "SELECT a.actor AS what, true AS holds, [] AS rows FROM parties a, parties b",
            "more than 20,000 rows",
        ),
        ("SELECT getenv('HOME') AS what", "does not exist"),
        ("", "A test is one SELECT"),
    ],
)
def test_a_hostile_or_broken_test_is_refused(
    examiner: Examiner, central_asia: Study, tmp_path: Path, sql: str, told: str
):
    if not sql:
        sql = "-- nothing"
    assert told in put(examiner, central_asia, tmp_path, sql)
    assert not Path("/tmp/chaikhana-hostile.db").exists()
    assert not Path("/tmp/chaikhana-hostile.csv").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE x(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x) "
        "SELECT count(*) AS what, true AS holds, [] AS rows FROM x",
        "SELECT count(*) AS what, true AS holds, [] AS rows FROM memberships a, memberships b, memberships c, memberships d",
        "SELECT sum(sqrt(a.i * b.i)) AS what, true AS holds, [] AS rows FROM range(1000000) a(i), range(1000000) b(i)",
    ],
)
def test_what_does_not_end_is_stopped(
    examiner: Examiner, central_asia: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
):
    monkeypatch.setattr("chaikhana.claims.testing.LIMIT", 0.5)
    assert "It was stopped" in put(examiner, central_asia, tmp_path, sql)


def test_what_eats_memory_is_stopped(examiner: Examiner, central_asia: Study, tmp_path: Path):
    sql = "SELECT list(a.i) AS what, true AS holds, [] AS rows FROM range(400000000) a(i)"
    assert "It was stopped" in put(examiner, central_asia, tmp_path, sql)


def test_nothing_was_spoilt(examiner: Examiner, central_asia: Study):
    """After all of these the database says what it said."""
    _, rows = examiner.database.ask("SELECT count(*) FROM actors", date(2020, 1, 1))
    assert rows == [(central_asia.table("actors").height,)]


def test_memory_and_time_are_bounded():
    assert database.LIMIT <= 10
    assert database.MEMORY.endswith("MB")
