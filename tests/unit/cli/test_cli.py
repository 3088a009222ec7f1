"""Every command: what it prints to eyes, to tools, and when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

import duckdb
import polars as pl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from chaikhana import __version__
from chaikhana.cli.main import app
from chaikhana.cli.output import LONGEST, Form, show_frame
from chaikhana.errors import BadValueError, ChaikhanaError, OutputError, StudyError, UnknownNameError
from chaikhana.measures.catalogue import MEASURES, Asks
from chaikhana.measures.comparable import FACTS
from chaikhana.measures.on_sources import SOURCE_MEASURES
from chaikhana.report import page
from chaikhana.sources.catalogue import DATASETS
from chaikhana.study.schema import TABLES
from chaikhana.study.study import Study

ROOT = Path(__file__).parents[3]
NORDIC = str(Path(__file__).parents[2] / "studies" / "nordic")
STATE_YEARS = "ccode,year,state,un\n704,2014,uzb,1\n"


def ask(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def run(*words: str) -> str:
    result = ask(*words)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def refused(kind: type[ChaikhanaError], *words: str) -> str:
    result = ask(*words)
    assert isinstance(result.exception, kind), (result.output, result.exception)
    return str(result.exception)


def as_json(*words: str) -> Any:
    """JSON as the standard has it, in which there is no NaN."""

    def no_constant(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    return json.loads(run(*words, "--json"), parse_constant=no_constant)


def as_csv(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*words, "--csv"))))


def test_version_and_help() -> None:
    assert run("--version") == f"chaikhana {__version__}\n"
    for command in ((), ("study",), ("sources",)):
        assert "Usage" in ask(*command, "--help").output


@pytest.mark.parametrize(
    "command",
    [
        ("report",), ("show",), ("measure",), ("study", "list"), ("study", "check"), ("study", "build"),
        ("study", "describe"), ("study", "format"), ("study", "derive"), ("sources", "add"), ("sources", "list"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_has_help_with_an_example(command: tuple[str, ...]) -> None:
    text = run(*command, "--help")
    assert "Example: chaikhana " + " ".join(command) in " ".join(text.split())


def test_study_list() -> None:
    assert [one["study"] for one in as_json("study", "list")] == ["central-asia", "south-east-asia"]
    assert as_csv("study", "list")[0]["members"] == "kaz; kgz; tjk; tkm; uzb"
    assert "central-asia" in run("study", "list")


def test_study_check() -> None:
    assert "Clean (0 notices)." in run("study", "check", NORDIC)
    assert as_json("study", "check", NORDIC) == {"study": NORDIC, "clean": True, "found": []}
    assert as_csv("study", "check", NORDIC) == []


def test_study_check_of_a_faulty_study(tmp_path: Path) -> None:
    folder = copytree(NORDIC, tmp_path / "study")
    text = (folder / "leads.csv").read_text(encoding="utf-8")
    (folder / "leads.csv").write_text("\ufeff" + text.replace("host", "hsot", 1), encoding="utf-8")
    told = ask("study", "check", str(folder))
    assert told.exit_code == 1
    assert "Did you mean ‘host’" in told.output
    assert "1 faults, 1 notices" in told.output or "1 fault, 1 notice" in told.output
    result = ask("study", "check", str(folder), "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert not found["clean"]
    assert [(row["kind"], row["rule"], row["row"]) for row in found["found"]] == [
        ("fault", "not-allowed", 7),
        ("notice", "byte-order-mark", None),
    ]
    rows = list(csv.DictReader(io.StringIO(ask("study", "check", str(folder), "--csv").stdout)))
    assert rows[0]["value"] == "hsot"
    assert "leads.csv, row 7" in refused(StudyError, "show", "leads", "-s", str(folder))


def test_study_build(tmp_path: Path) -> None:
    target = tmp_path / "nordic.duckdb"
    assert "Wrote" in run("study", "build", NORDIC, "-o", str(target))
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM actors").fetchone() == (14,)
    assert "is a folder" in refused(OutputError, "study", "build", NORDIC, "-o", str(tmp_path))
    assert "no folder" in refused(OutputError, "study", "build", NORDIC, "-o", str(tmp_path / "a" / "b"))


def test_study_describe(tmp_path: Path) -> None:
    folder = copytree(NORDIC, tmp_path / "study")
    (folder / "datapackage.json").unlink(missing_ok=True)
    assert "datapackage.json" in run("study", "describe", str(folder))
    assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["name"] == "nordic"


def test_study_format_names_every_table_and_is_what_the_docs_have() -> None:
    page = run("study", "format")
    assert all(table.name in page for table in TABLES)
    docs = Path(__file__).parents[3] / "docs" / "study-format.md"
    assert docs.read_text(encoding="utf-8") == page


def test_study_derive_without_a_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    folder = copytree(NORDIC, tmp_path / "study")
    assert "sources add" in refused(ChaikhanaError, "study", "derive", str(folder))
    (tmp_path / "states.csv").write_text("ccode,year,state,un\n390,2014,den,1\n385,2014,nor,0\n")
    run("sources", "add", "cow-igo-v3", str(tmp_path / "states.csv"), "--version", "sample")
    assert "membership_differences.csv" in run("study", "derive", str(folder))
    rows = as_csv("show", "membership_differences", "-s", str(folder))
    assert [(row["actor"], row["body"], row["study"], row["cow"]) for row in rows] == [
        ("nor", "un", "member", "none"),
    ]
    assert as_json("measure", "source-differences", "-s", str(folder))["values"][0]["status"] == "open"


def test_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    assert [row["dataset"] for row in as_json("sources", "list")] == [known.id for known in DATASETS]
    assert all(row["in_store"] == "" for row in as_csv("sources", "list"))
    (tmp_path / "s.csv").write_text(STATE_YEARS)
    assert "Added cow-igo-v3 sample, state-year: 1 rows, 2014–2014 (s.csv)." in run(
        "sources", "add", "cow-igo-v3", str(tmp_path / "s.csv"), "--version", "sample"
    )
    assert "whole" in run("sources", "check")
    assert "state_years" in run("sources", "show", "cow-igo-v3")
    assert as_json("sources", "show", "cow-igo-v3")["in_store"][0]["parts"][0]["rows"] == 1
    assert [row["table"] for row in as_json("sources", "compare")] == list(FACTS)
    assert run("sources", "describe") == (ROOT / "docs" / "datasets.md").read_text(encoding="utf-8")
    assert "Visit" in refused(ChaikhanaError, "sources", "get", "vdem")
    listed = {row["dataset"]: row for row in as_json("sources", "list")}
    assert (listed["cow-igo-v3"]["in_store"], listed["cow-igo-v3"]["rows"]) == ("sample: state-year", 1)
    assert "Store:" in run("sources", "list")
    assert "Did you mean" in refused(UnknownNameError, "sources", "add", "cow-igo-3", str(tmp_path / "s.csv"))
    assert "There is no file" in refused(
        ChaikhanaError, "sources", "add", "un-votes", str(tmp_path / "x.csv")
    )


def test_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaikhana.report.page.CHAPTERS", page.CHAPTERS[:3])  # the whole is tried elsewhere
    target = tmp_path / "nordic.html"
    assert "Wrote" in run("report", NORDIC, "-o", str(target))
    html = target.read_text(encoding="utf-8")
    assert html.lstrip().lower().startswith("<!doctype html>")
    assert "Nordic cooperation since 1946" in html
    assert "no folder" in refused(OutputError, "report", NORDIC, "-o", str(tmp_path / "a" / "b.html"))


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_every_table_is_shown_in_three_forms(table: str) -> None:
    rows = as_csv("show", table, "-s", NORDIC)
    assert len(as_json("show", table, "-s", NORDIC)) == len(rows) > 0
    assert {"cite", "basis"} <= set(rows[0])
    text = run("show", table, "-s", NORDIC)
    assert f"Nordic cooperation since 1946: {table}" in text
    assert f"{len(rows)} rows" in text


def test_the_columns_of_memberships() -> None:
    header = run("show", "memberships", "-s", NORDIC, "--csv").split("\n", 1)[0].split(",")
    assert header[:5] == ["actor", "body", "status", "from", "to"]
    assert {"cite", "basis"} <= set(header)


def test_show_as_of_a_date_filtered() -> None:
    rows = as_csv(
        "show",
        "memberships",
        "-s",
        NORDIC,
        "--on",
        "2022-03-03",
        "--where",
        "body=cbss",
        "--where",
        "actor=rus",
    )
    assert [(row["status"], row["holds"]) for row in rows] == [("suspended", "yes")]
    rows = as_json("show", "bodies", "-s", NORDIC, "--where", "issues=arctic")
    assert [row["id"] for row in rows] == ["arctic-council", "beac"]
    assert rows[0]["issues"] == ["arctic", "environment"]
    rows = as_csv("show", "actors", "-s", NORDIC, "--where", "cow=390")
    assert [row["id"] for row in rows] == ["dnk"]


def test_a_year_is_its_last_day() -> None:
    year, day = (as_csv("show", "memberships", "-s", NORDIC, "--on", on) for on in ("1995", "1995-12-31"))
    assert year == day


def test_show_rivals() -> None:
    where = ("show", "bodies", "-s", NORDIC, "--where", "id=cbss")
    assert [row["side"] for row in as_csv(*where)] == ["press"]
    assert [row["side"] for row in as_csv(*where, "--rivals")] == ["press", "secretariat"]
    assert "secretariat" in run(*where, "--rivals")


def test_show_rivals_as_of_a_date() -> None:
    rows = as_csv("show", "bodies", "-s", NORDIC, "--where", "id=cbss", "--rivals", "--on", "1992-03-05")
    assert [(row["side"], row["holds"]) for row in rows] == [("secretariat", "yes")]


def test_show_a_derived_series() -> None:
    rows = as_csv("show", "votes", "--where", "resolution=68/262", "--where", "actor=uzb")
    assert [row["vote"] for row in rows] == ["abstain"]
    assert as_json("show", "vote_agreement")


@pytest.mark.parametrize(
    ("words", "kind", "message"),
    [
        (("show", "membership", "-s", NORDIC), UnknownNameError, "Did you mean ‘memberships’"),
        (("show", "leads", "-s", "nowhere"), UnknownNameError, "no study or folder ‘nowhere’"),
        (("show", "leads", "-s", NORDIC, "--where", "bodies=eu"), UnknownNameError, "Did you mean ‘body’"),
        (("show", "leads", "-s", NORDIC, "--where", "body"), BadValueError, "write COLUMN=VALUE"),
        (("show", "leads", "-s", NORDIC, "--on", "27.3.2014"), BadValueError, "--on: .*Did you mean 2014-03-27"),
        (("show", "meetings", "-s", NORDIC, "--on", "2014"), BadValueError, "leave --on out"),
        (("show", "votes", "--on", "2014"), BadValueError, "derived series"),
        (("measure", "exclusivty", "-s", NORDIC), UnknownNameError, "Did you mean ‘exclusivity’"),
        (("measure", "exclusivity", "-s", NORDIC, "--from", "2000"), BadValueError, "use --on"),
        (("measure", "formats", "-s", NORDIC, "--on", "2000"), BadValueError, "leave --on"),
        (("measure", "vote-agreement", "-s", NORDIC), ChaikhanaError, "sources add un-votes"),
        (
            ("measure", "meeting-frequency", "-s", NORDIC, "--from", "2000", "--to", "1990"),
            BadValueError,
            "before it begins",
        ),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_remedy(
    words: tuple[str, ...], kind: type[ChaikhanaError], message: str
) -> None:
    with pytest.raises(kind, match=message):
        raise ask(*words).exception or AssertionError("no mistake was found")


@pytest.mark.parametrize(
    "command", [("show", "leads", "-s", NORDIC), ("measure",), ("study", "list"), ("sources", "list")]
)
def test_one_form_at_a_time(command: tuple[str, ...]) -> None:
    result = ask(*command, "--json", "--csv")
    assert result.exit_code == 2
    assert "not both" in result.output


def test_the_list_of_measures() -> None:
    names = [entry.name for entry in MEASURES]
    names += [entry.name for entry in SOURCE_MEASURES if entry.name not in names]
    assert [row["measure"] for row in as_json("measure")] == names
    assert [row["measure"] for row in as_csv("measure")] == names
    assert "exclusivity" in run("measure")


@pytest.mark.parametrize("entry", MEASURES, ids=lambda entry: entry.name)
def test_every_measure_is_given_in_three_forms(
    entry: Any, central_asia: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "chaikhana.study.catalogue.open_study", lambda _: central_asia
    )  # read once, not thrice
    day = "1995-12-31" if entry.name == "compatibility" else "2014-03-27"  # what excludes another is rare
    on = ("--on", day) if entry.asks is Asks.DAY else ()
    words = ("measure", entry.name, *on)
    found = as_json(*words)
    rows = as_csv(*words)
    assert found["measure"] == entry.name
    assert found["definition"] and found["reference"]
    assert len(found["values"]) == len(rows) > 0
    assert all(value["rows"] is not None for value in found["values"])
    text = run(*words)
    assert f"{len(rows):,} rows" in text or len(rows) == 1
    assert "--csv and --json give the rows behind each value" in " ".join(text.split())


def test_a_span_of_years_is_whole_years() -> None:
    """The Arctic Council was founded on 19 September 1996."""
    rows = as_csv("measure", "meeting-frequency", "-s", NORDIC, "--from", "1996", "--to", "1996")
    assert [row["ids"] for row in rows] == ["arctic-council-1996-09-19-ministers"]


def test_a_span_after_the_study_is_empty_and_no_crash() -> None:
    result = ask("measure", "membership-counts", "-s", NORDIC, "--from", "2030", "--csv")
    assert result.exit_code == 0 or isinstance(result.exception, ChaikhanaError), repr(result.exception)


def test_from_the_shell_a_mistake_is_a_message_on_the_error_stream() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "chaikhana.cli.main", "show", "membership", "-s", NORDIC],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("There is no table ‘membership’.")
    assert "Traceback" not in ran.stderr


def test_from_the_shell_a_closed_pipe_is_no_error() -> None:
    ran = subprocess.run(
        f"'{sys.executable}' -m chaikhana.cli.main show attendance --csv | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.startswith("meeting,actor")
    assert "Traceback" not in ran.stderr


def test_a_long_table_is_cut_for_eyes_and_whole_for_tools(capsys: pytest.CaptureFixture[str]) -> None:
    frame = pl.DataFrame({"number": range(LONGEST + 1)})
    show_frame(frame, Form.TABLE)
    shown = capsys.readouterr().out
    assert f"The first {LONGEST:,} of {LONGEST + 1:,} rows." in shown
    assert f" {LONGEST} " not in shown
    show_frame(frame, Form.CSV)
    assert capsys.readouterr().out.count("\n") == LONGEST + 2
