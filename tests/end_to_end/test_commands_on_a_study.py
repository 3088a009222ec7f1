"""One study through every command."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from chaikhana.cli.main import run as main
from chaikhana.measures.catalogue import MEASURES, Asks
from chaikhana.measures.on_sources import SOURCE_MEASURES
from chaikhana.sources.catalogue import DATASETS
from chaikhana.study.catalogue import open_study
from chaikhana.study.schema import BY_NAME, TABLES

STUDY = str(Path(__file__).resolve().parent.parent / "studies" / "nordic")
IGO = "ccode,year,state,un,nordc,efta\n" + "".join(
    f"{code},{year},{name},1,1,{efta}\n"
    for code, name, efta in (
        (390, "DEN", 0),
        (375, "FIN", 2),
        (395, "ICE", 1),
        (385, "NOR", 1),
        (380, "SWD", 1),
    )
    for year in (1970, 1971, 1972)
)
VOTES = "rcid,country,country_code,vote\n" + "".join(
    f"{call},{name},{code},{'yes' if (call + place) % 3 else 'abstain'}\n"
    for call in range(1, 41)
    for place, (name, code) in enumerate(
        (("Denmark", "DK"), ("Finland", "FI"), ("Iceland", "IS"), ("Norway", "NO"), ("Sweden", "SE"),
         ("United States", "US"), ("Russia", "RU"), ("Germany", "DE"))
    )
)  # fmt: skip
CALLS = "rcid,session,importantvote,date,unres,amend,para,short,descr\n" + "".join(
    f"{call},{68 + call // 21},0,{2014 + call // 21}-03-{1 + call % 20:02d},R/68/{262 if call == 3 else call},"
    "0,0,Title,About\n"
    for call in range(1, 41)
)


def _csv(text):
    return list(csv.reader(io.StringIO(text)))


def test_version(process):
    said = process("--version")
    assert said.returncode == 0
    assert said.stdout.startswith("chaikhana ")


@pytest.mark.parametrize(
    "command",
    ["report", "show", "measure", "study list", "study check", "study build", "study describe", "study derive",
     "study format", "sources list", "sources add", "whatif", "formats"],
)  # fmt: skip
def test_every_command_has_help_with_an_example(run, command):
    assert "Example: chaikhana" in run(*command.split(), "--help").output


def test_study_list(run):
    assert "central-asia" in run("study", "list").output
    assert json.loads(run("study", "list", "--json").output)[0]["study"] == "central-asia"
    lines = _csv(run("study", "list", "--csv").output)
    assert lines[0][:2] == ["study", "title"]
    assert "central-asia" in [line[0] for line in lines[1:]]


def test_study_check_is_clean(run):
    assert "Clean" in run("study", "check", STUDY).output
    assert json.loads(run("study", "check", STUDY, "--json").output)["clean"] is True
    assert _csv(run("study", "check", STUDY, "--csv").output)[0][0] == "kind"


def test_study_check_names_every_fault_and_ends_with_one(run, nordic_folder):
    path = nordic_folder / "memberships.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("dnk,nordic-council", "dnnk,nordic-council", 1), encoding="utf-8")
    said = run("study", "check", nordic_folder, code=1)
    assert "memberships.csv" in said.output
    assert "‘dnnk’" in said.output
    assert "dnk" in said.output.split("Did you mean")[1]
    found = json.loads(run("study", "check", nordic_folder, "--json", code=1).output)
    assert found["clean"] is False
    assert [one["rule"] for one in found["found"] if one["kind"] == "fault"] == ["unknown-actor"]


def test_study_build_opens_in_duckdb(run, tmp_path):
    target = tmp_path / "nordic.duckdb"
    run("study", "build", STUDY, "-o", target)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["nordic.duckdb"]
    study = open_study(STUDY)
    with duckdb.connect(str(target), read_only=True) as database:
        for name, frame in study.frames.items():
            assert database.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (frame.height,)
        keys = database.execute("SELECT count(*) FROM sources").fetchone()
        assert keys == (len(study.bibliography),)
        about = dict(database.execute("SELECT * FROM about").fetchall())
        assert about["id"] == "nordic"
        held = database.execute(
            "SELECT actor FROM memberships_on(DATE '1970-06-01') WHERE body = 'nordic-council' AND holds = 'yes'"
        ).fetchall()
    expected = study.on("memberships", date(1970, 6, 1)).filter(
        (pl.col("body") == "nordic-council") & (pl.col("holds") == "yes")
    )
    assert sorted(actor for (actor,) in held) == sorted(expected["actor"].to_list())


@pytest.mark.parametrize("where", ["no such folder/x.duckdb", "."])
def test_study_build_says_where_it_cannot_write(process, tmp_path, where):
    said = process("study", "build", STUDY, "-o", tmp_path / where)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert "folder" in said.stderr


def test_study_describe_writes_a_data_package(run, nordic_folder):
    run("study", "describe", nordic_folder)
    package = json.loads((nordic_folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["name"] == "nordic"
    for resource in package["resources"]:
        header = (
            (nordic_folder / resource["path"]).read_text(encoding="utf-8-sig").split("\n", 1)[0].split(",")
        )
        assert [one["name"] for one in resource["schema"]["fields"]] == header
    assert "Clean" in run("study", "check", nordic_folder).output


def test_study_derive_says_what_it_lacks(process, nordic_folder):
    said = process("study", "derive", nordic_folder)
    assert said.returncode == 1
    assert "chaikhana sources add" in said.stderr
    assert "Traceback" not in said.stderr
    assert not (nordic_folder / "derived").exists()


def test_study_format_is_the_page_in_docs(run):
    said = run("study", "format").output
    for table in TABLES:
        assert f"## {table.name}.csv" in said


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_show_every_table(run, table):
    study = open_study(STUDY)
    frame = study.table(table)
    columns = [column.name for column in BY_NAME[table].all_columns]
    seen = run("show", table, "-s", STUDY).output
    assert f"{frame.height:,} {'row' if frame.height == 1 else 'rows'}" in seen
    lines = _csv(run("show", table, "-s", STUDY, "--csv").output)
    assert set(columns) <= set(lines[0])
    assert len(lines) - 1 == frame.height
    records = json.loads(run("show", table, "-s", STUDY, "--json").output)
    assert len(records) == frame.height
    assert all("cite" in record for record in records)
    everything = json.loads(run("show", table, "-s", STUDY, "--json", "--rivals").output)
    assert len(everything) == study.frames[table].height
    if BY_NAME[table].period:
        on = json.loads(run("show", table, "-s", STUDY, "--json", "--on", "1996-06-01").output)
        assert {record["holds"] for record in on} <= {"yes", "unknown"}
        assert len(on) <= frame.height
    column = BY_NAME[table].key[0]
    value = frame[column][0]
    some = json.loads(run("show", table, "-s", STUDY, "--json", "--where", f"{column}={value}").output)
    assert len(some) == frame.filter(pl.col(column) == value).height > 0


@pytest.mark.parametrize("table", [table.name for table in TABLES if not table.period])
def test_show_on_a_table_without_dates_of_validity_says_so(process, table):
    if table != "meetings":
        return
    said = process("show", table, "-s", STUDY, "--on", "1996")
    assert said.returncode == 1
    assert "no dates of validity" in said.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("show", "membership", "-s", STUDY), "‘memberships’"),
        (("show", "memberships", "-s", STUDY, "--where", "actr=dnk"), "‘actor’"),
        (("show", "memberships", "-s", STUDY, "--where", "actor"), "COLUMN=VALUE"),
        (("show", "memberships", "-s", STUDY, "--on", "27.03.2014"), "2014-03-27"),
        (("measure", "exclusivty", "-s", STUDY), "‘exclusivity’"),
        (("measure", "exclusivity", "-s", STUDY, "--from", "1990"), "--on DATE"),
        (("measure", "formats", "-s", STUDY, "--on", "1990"), "whole study"),
        (("report", "nordik"), "no study or folder"),
        (("report", "/nonexistent/nordic"), "no study or folder"),
        (("sources", "add", "cow-igo", "x.csv"), "‘cow-igo-v3’"),
        (("sources", "add", "cow-igo-v3", "/nonexistent.csv"), "There is no file"),
    ],
)
def test_a_mistake_is_answered_in_words(process, arguments, expected):
    said = process(*arguments)
    assert said.returncode == 1
    assert expected in said.stderr
    assert "Traceback" not in said.stderr
    assert said.stdout == ""


def test_measures_are_listed(run):
    listed = json.loads(run("measure", "--json").output)
    names = [entry.name for entry in MEASURES]
    names += [entry.name for entry in SOURCE_MEASURES if entry.name not in names]
    assert [one["measure"] for one in listed] == names
    assert all(entry.name in run("measure").output for entry in MEASURES)


NEEDS_DATASETS = (
    "vote-agreement", "source-differences", "joint-memberships", "ideal-points", "cohesion", "agreement-by-issue", "trade-within",
    "trade-partners", "trade-concentration", "arms-suppliers", "arms-concentration", "regime-likeness", "disputes",
    "speech-frames", "contiguity", "development-gap",
)  # fmt: skip


@pytest.mark.parametrize("entry", [e for e in MEASURES if e.name not in NEEDS_DATASETS], ids=lambda e: e.name)
def test_every_measure(run, entry):
    asked = {Asks.DAY: ["--on", "1996"], Asks.SPAN: ["--from", "1990", "--to", "1996"], Asks.NOTHING: []}
    for extra in ([], asked[entry.asks]):
        told = json.loads(run("measure", entry.name, "-s", STUDY, "--json", *extra).output)
        assert told["measure"] == entry.name
        assert told["title"]
        assert told["definition"]
        assert told["reference"]
        lines = _csv(run("measure", entry.name, "-s", STUDY, "--csv", *extra).output)
        assert len(lines) - 1 == len(told["values"])
        assert "rows" in lines[0]
        for value in told["values"][:20]:
            for row in value["rows"] or []:
                table, _, line = row.partition(":")
                assert table in BY_NAME
                assert line.isdigit()
    shown = run("measure", entry.name, "-s", STUDY, *extra).output
    assert told["title"] in " ".join(shown.split())  # a narrow table breaks its title


@pytest.mark.parametrize("name", NEEDS_DATASETS)
def test_a_measure_without_its_dataset_says_what_to_do(monkeypatch, capsys, name):
    monkeypatch.setattr(sys, "argv", ["chaikhana", "measure", name, "-s", str(STUDY)])
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert "derive" in said or "sources add" in said
    assert "Traceback" not in said


def test_sources_list(run):
    listed = json.loads(run("sources", "list", "--json").output)
    assert [one["dataset"] for one in listed] == [known.id for known in DATASETS]
    assert all(one["in_store"] == "" for one in listed)
    assert len(_csv(run("sources", "list", "--csv").output)) == len(DATASETS) + 1
    assert "Store:" in run("sources", "list").output


def test_datasets_are_added_derived_from_and_shown_in_the_report(run, process, nordic_folder, tmp_path):
    (tmp_path / "igo.csv").write_text(IGO, encoding="utf-8")
    (tmp_path / "un").mkdir()
    (tmp_path / "un" / "votes.csv").write_text(VOTES, encoding="utf-8")
    (tmp_path / "un" / "calls.csv").write_text(CALLS, encoding="utf-8")
    assert "15 rows" in run("sources", "add", "cow-igo-v3", tmp_path / "igo.csv", "--version", "mine").output
    assert "votes" in run("sources", "add", "un-votes", tmp_path / "un", "--version", "mine").output
    held = {one["dataset"]: one for one in json.loads(run("sources", "list", "--json").output)}
    assert held["cow-igo-v3"]["rows"] == 15
    assert held["cow-igo-v3"]["in_store"] == "mine: state-year"
    run("study", "derive", nordic_folder)
    made = {path.name for path in (nordic_folder / "derived").iterdir()}
    assert {
        "vote_agreement.csv",
        "vote_agreement.origin.toml",
        "votes.csv",
        "membership_differences.csv",
    } <= made
    assert "Clean" in run("study", "check", nordic_folder).output
    for name in NEEDS_DATASETS[:2]:
        assert json.loads(run("measure", name, "-s", nordic_folder, "--json").output)["values"], name
    assert json.loads(run("show", "vote_agreement", "-s", nordic_folder, "--json").output)
    with duckdb.connect(str(_built(run, nordic_folder, tmp_path)), read_only=True) as database:
        assert database.execute("SELECT count(*) > 0 FROM derived_vote_agreement").fetchone() == (True,)
    said = process("report", nordic_folder, "-o", tmp_path / "derived.html")
    assert said.returncode == 0, said.stderr
    html = (tmp_path / "derived.html").read_text(encoding="utf-8")
    assert 'id="fig-vote-agreement"' in html
    assert 'id="tab-source-differences"' in html


def _built(run, study, folder):
    run("study", "build", study, "-o", folder / "derived.duckdb")
    return folder / "derived.duckdb"


def test_a_dataset_cut_short_changes_nothing(process, tmp_path, home):
    (tmp_path / "igo.csv").write_text("ccode,year,state,un\n390,1970,DEN", encoding="utf-8")
    said = process("sources", "add", "cow-igo-v3", tmp_path / "igo.csv")
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert not list(home.rglob("*.parquet"))


def test_a_study_in_a_folder_with_spaces_and_its_report_named_after_it(process, nordic_folder, tmp_path):
    folder = shutil.copytree(nordic_folder, tmp_path / "my region (draft) é" / "the study")
    assert process("study", "check", folder).returncode == 0
    place = tmp_path / "my region (draft) é" / "an empty folder"
    place.mkdir()
    said = process("report", folder, folder=place)
    assert said.returncode == 0, said.stderr
    assert "Traceback" not in said.stderr
    assert [path.name for path in place.iterdir()] == ["nordic.html"]
    assert "nordic.html" in said.stdout
    assert (place / "nordic.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    built = process("study", "build", "./the study", "-o", "the study.duckdb", folder=folder.parent)
    assert built.returncode == 0, built.stderr
    with duckdb.connect(str(folder.parent / "the study.duckdb"), read_only=True) as database:
        assert database.execute("SELECT count(*) > 10 FROM bodies").fetchone() == (True,)
    assert process("study", "describe", folder).returncode == 0


def test_a_reader_of_the_output_may_leave_early():
    head = subprocess.run(
        f"'{sys.executable}' -m chaikhana.cli.main show memberships -s '{STUDY}' --csv | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert head.stdout.startswith("actor,")
    assert "Traceback" not in head.stderr
    assert "BrokenPipe" not in head.stderr
