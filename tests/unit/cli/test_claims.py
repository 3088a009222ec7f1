"""`chaikhana claims`: the list, one claim traced, its forms, a file of one's own, builds compared, and mistakes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chaikhana.cli.main import app
from chaikhana.errors import BadValueError, ChaikhanaError, OutputError, StudyError, UnknownNameError
from chaikhana.study.assemble import build
from chaikhana.study.study import Study

KEYS = {"id", "paper", "locator", "says", "kind", "expected", "verdict", "verdict_then", "evidence", "note"}


def run(*arguments: str) -> str:
    found = CliRunner().invoke(app, ["claims", *arguments])
    if isinstance(found.exception, ChaikhanaError):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.stdout


def test_one_claim_as_json_has_what_is_promised():
    (one,) = json.loads(run("central-asia", "--id", "tskhay-crimea-abstain", "--json"))
    assert set(one) >= KEYS
    assert (one["verdict"], one["verdict_then"]) == ("supported", "supported")
    assert {each["what"]: each["found"] for each in one["evidence"]} == {
        "kaz on 68/262": "abstain",
        "uzb on 68/262": "abstain",
    }


def test_without_a_study_the_first_shipped_one_is_asked():
    (one,) = json.loads(run("--id", "thesis-sco-eight", "--json"))
    assert (one["verdict"], one["verdict_then"]) == ("contradicted", "supported")


def test_as_of_a_date_the_answer_is_another():
    (one,) = json.loads(run("central-asia", "--id", "thesis-sco-eight", "--as-of", "2019", "--json"))
    assert (one["verdict"], one["as_of"]) == ("supported", "2019-12-31")


def test_a_trace_shows_the_test_and_what_the_rows_say():
    told = run("central-asia", "--id", "mayer-csto-2003", "--trace")
    assert "What could explain it: Definition:" in told
    assert "bodies: id csto" in told
    assert "supported by mayer (csto-founding-date)" in told
    assert "SELECT * FROM founded('csto'" in told


def test_a_paper_and_a_verdict_as_csv():
    lines = list(
        csv.DictReader(io.StringIO(run("--paper", "mayer2021", "--verdict", "contradicted", "--csv")))
    )
    assert len(lines) > 5
    assert {(line["paper"], line["verdict"]) for line in lines} == {("mayer2021", "contradicted")}
    assert all(line["explains"] for line in lines)


def test_those_that_wait_say_for_what():
    waiting = json.loads(run("--verdict", "untested", "--json"))
    assert waiting
    assert all(one["needs"] for one in waiting)


def test_a_file_of_ones_own_is_made_and_tried(tmp_path: Path):
    path = tmp_path / "mine.toml"
    told = run("new", "mayer2021", "--to", str(path))
    assert f"chaikhana claims central-asia --file {path}" in told
    (one,) = json.loads(run("central-asia", "--file", str(path), "--json"))
    assert one["verdict"] == "supported"
    before = path.read_text("utf-8")
    with pytest.raises(OutputError, match="is there already, and untouched"):
        run("new", "mayer2021", "--to", str(path))
    assert path.read_text("utf-8") == before


def test_two_builds_of_one_study_move_nothing(nordic: Study, tmp_path: Path):
    path = build(nordic, tmp_path / "a.duckdb")
    assert run("diff", str(path), str(path)) == "No verdict moved.\n"
    assert json.loads(run("diff", str(path), str(path), "--json")) == []


def test_pages_are_written(tmp_path: Path):
    run("describe", "-o", str(tmp_path / "pages"))
    assert {path.name for path in (tmp_path / "pages").iterdir()} >= {"README.md", "mayer2021.md"}
    assert "membership(who, a_body, day" in run("describe")


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        (("--id", "mayer-cst-1993"), UnknownNameError, "There is no claim ‘mayer-cst-1993’. Did you mean"),
        (("--paper", "meyer2021"), UnknownNameError, "Did you mean ‘mayer2021’"),
        (("--verdict", "suported"), UnknownNameError, "Did you mean ‘supported’"),
        (("--as-of", "soon"), BadValueError, "--as-of: ‘soon’ is not a date"),
        (("no-such-study",), UnknownNameError, "There is no study or folder ‘no-such-study’"),
        (("new", "meyer2021"), UnknownNameError, "There is no source ‘meyer2021’"),
        (("diff", "no-such", "no-such"), UnknownNameError, "There is no study or folder ‘no-such’"),
    ],
)
def test_a_mistake_is_told(arguments: tuple[str, ...], error: type[ChaikhanaError], told: str):
    with pytest.raises(error) as raised:
        run(*arguments)
    assert told in str(raised.value)


def test_a_study_without_claims_says_how_to_begin(nordic: Study):
    with pytest.raises(BadValueError, match="No claims are registered for this study"):
        run(str(nordic.folder))


def test_a_broken_file_is_told_with_its_line(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text('paper = "mayer2021"\nwritten = "2020"\n[[claim]]\nid = "x"\n', "utf-8")
    with pytest.raises(StudyError, match="line 3: locator: ‘locator’ is missing"):
        run("--file", str(path))
