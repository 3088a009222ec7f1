"""Bad studies and slips of the keyboard at the command line: exit code, message, and nothing half-written."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_faults import FAULTS, NOTICES
from bad_study import GOOD, ORIGIN

from chaikhana.study.loading import check_study

Lay = Callable[..., Path]
Command = Callable[..., tuple[int, str, str]]
CHEAP = [fault for fault in FAULTS if not fault.endswith(("-too-large", "-too-long"))]
SAMPLE = ["unknown-actor", "broken-toml", "utf-16", "broken-bibtex", "missing-table", "contradicting-spells",
          "toml-nested-too-deep", "author-with-commas", "number-too-large", "derived-without-origin"]  # fmt: skip


@pytest.mark.parametrize("fault", CHEAP)
def test_check_prints_the_fault_and_exits_with_1(fault: str, lay: Lay, command: Command) -> None:
    folder = lay(fault)
    code, out, err = command("study", "check", folder)
    assert code == 1
    assert err == ""
    found = check_study(folder).faults
    assert [line for line in out.splitlines() if line.startswith("fault: ")] == [
        f"fault: {one}" for one in found
    ]
    assert f"{len(found)} fault" in out


@pytest.mark.parametrize("fault", NOTICES)
def test_check_passes_with_notices(fault: str, lay: Lay, command: Command) -> None:
    code, out, _ = command("study", "check", lay(fault))
    assert code == 0
    assert "Clean" in out


def test_check_counts_one_fault_as_one(lay: Lay, command: Command) -> None:
    _, out, _ = command("study", "check", lay("unknown-actor"))
    assert "1 fault, 0 notices." in out


def test_check_speaks_json_and_csv(lay: Lay, command: Command) -> None:
    folder = lay("unknown-actor", "double-id", "byte-order-mark")
    wanted = [(fault.rule, fault.row) for fault in check_study(folder).faults]
    assert wanted
    code, out, _ = command("study", "check", folder, "--json")
    told = json.loads(out)
    assert (code, told["clean"]) == (1, False)
    assert [(row["rule"], row["row"]) for row in told["found"] if row["kind"] == "fault"] == wanted
    code, out, _ = command("study", "check", folder, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 1
    assert [(row["rule"], int(row["row"])) for row in rows if row["kind"] == "fault"] == wanted


@pytest.mark.parametrize("fault", SAMPLE)
@pytest.mark.parametrize(
    "words",
    [
        ("report", "STUDY", "-o", "OUT"),
        ("study", "build", "STUDY", "-o", "OUT"),
        ("study", "describe", "STUDY"),
        ("study", "derive", "STUDY"),
        ("show", "actors", "--study", "STUDY"),
        ("measure", "exclusivity", "--study", "STUDY"),
    ],
    ids=lambda words: "-".join(word for word in words if word.islower() and not word.startswith("-")),
)
def test_no_command_works_on_a_bad_study(
    words: tuple[str, ...], fault: str, lay: Lay, command: Command, tmp_path: Path
) -> None:
    folder, out = lay(fault), tmp_path / "out" / "result"
    out.parent.mkdir()
    out.write_text("what stood here before", encoding="utf-8")
    before = _tree(tmp_path)
    code, printed, err = command(*({"STUDY": str(folder), "OUT": str(out)}.get(word, word) for word in words))
    assert code == 1
    assert printed == ""
    assert err.rstrip().endswith(str(check_study(folder).faults[-1]))
    assert "Traceback" not in err
    assert _tree(tmp_path) == before


@pytest.mark.parametrize(
    "words",
    [("study", "check", "STUDY"), ("report", "STUDY"), ("show", "actors", "-s", "STUDY")],
    ids=" ".join,
)
def test_in_a_process_of_its_own(words: tuple[str, ...], lay: Lay, tmp_path: Path) -> None:
    folder = lay("unknown-actor")
    at = tmp_path / "work"
    at.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "chaikhana.cli.main", *(str(folder) if word == "STUDY" else word for word in words)],
        cwd=at, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert ran.returncode == 1
    assert "memberships.csv, row 2, column actor: ‘dnl’" in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
    assert list(at.iterdir()) == []


STUDY = ("--study", str(GOOD))
SLIPS: dict[str, tuple[tuple[str, ...], int, tuple[str, ...]]] = {
    "study": (("study", "check", "central-aisa"), 1, ("‘central-aisa’", "‘central-asia’")),
    "study to show": (("show", "actors", "--study", "central-aisa"), 1, ("‘central-aisa’", "‘central-asia’")),
    "study to report": (("report", "nowhere"), 1, ("‘nowhere’", "central-asia")),
    "study that is a file": (("report", str(GOOD / "study.toml")), 1, ("study.toml", "central-asia")),
    "measure": (("measure", "exclusivty", *STUDY), 1, ("‘exclusivty’", "‘exclusivity’")),
    "table": (("show", "membership", *STUDY), 1, ("‘membership’", "‘memberships’")),
    "column": (("show", "memberships", *STUDY, "--where", "actr=dnk"), 1, ("‘actr’", "‘actor’")),
    "where without mark": (("show", "memberships", *STUDY, "--where", "dnk"), 1, ("‘dnk’", "COLUMN=VALUE")),
    "where without column": (("show", "memberships", *STUDY, "--where", "=dnk"), 1, ("column", "actor")),
    "where of a wrong word": (("show", "memberships", *STUDY, "--where", "status=membr"), 1, ("‘membr’", "‘member’")),
    "where of a wrong id": (("show", "memberships", *STUDY, "--where", "actor=dnl"), 1, ("‘dnl’", "‘dnk’")),
    "on": (("show", "memberships", *STUDY, "--on", "27.03.2014"), 1, ("--on", "‘27.03.2014’", "2014-03-27")),
    "on no such month": (("show", "memberships", *STUDY, "--on", "2014-13"), 1, ("--on", "‘2014-13’", "month")),
    "on of a measure": (("measure", "exclusivity", *STUDY, "--on", "soon"), 1, ("--on", "‘soon’", "1996-04-26")),
    "on open": (("measure", "exclusivity", *STUDY, "--on", ".."), 1, ("--on", "2014-03-27")),
    "on of a table without": (("show", "meetings", *STUDY, "--on", "2014"), 1, ("meetings", "--on", "--where")),
    "from": (("measure", "membership-counts", *STUDY, "--from", "2014/3/1"), 1, ("--from", "2014-03-01")),
    "span backwards": (
        ("measure", "membership-counts", *STUDY, "--from", "2014", "--to", "2001"), 1, ("2001-12-31", "2014-01-01")
    ),
    "span of a day": (("measure", "exclusivity", *STUDY, "--from", "2014"), 1, ("exclusivity", "--on")),
    "json and csv": (("show", "actors", *STUDY, "--json", "--csv"), 2, ("--json", "--csv", "not both")),
    "json and csv of a measure": (("measure", "--json", "--csv"), 2, ("--json", "--csv", "not both")),
    "option": (("show", "actors", "--stdy", "x"), 2, ("--stdy", "--study")),
    "command": (("reprot", "central-asia"), 2, ("reprot", "report")),
    "dataset": (("sources", "add", "cow-igo", "x.csv"), 1, ("‘cow-igo’", "‘cow-igo-v3’")),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_what_is_meant(slip: str, command: Command, tmp_path: Path) -> None:
    words, wanted, says = SLIPS[slip]
    code, out, err = command(*words)
    assert code == wanted
    assert out == ""
    assert [part for part in says if part not in err] == [], err
    assert "Traceback" not in err
    assert len(err) < 1500
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [("report", str(GOOD)), ("study", "build", str(GOOD))], ids=["report", "build"]
)
def test_output_into_a_folder_or_a_missing_folder(
    words: tuple[str, ...], command: Command, tmp_path: Path
) -> None:
    code, _, err = command(*words, "-o", tmp_path)
    assert (code, f"{tmp_path} is a folder" in err) == (1, True)
    code, _, err = command(*words, "-o", tmp_path / "missing" / "result")
    assert (code, f"no folder {tmp_path / 'missing'}" in err) == (1, True)
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    before = _tree(tmp_path)
    code, _, err = command(*words, "-o", tmp_path / "a-file" / "result")
    assert (code, str(tmp_path / "a-file") in err) == (1, True)
    assert _tree(tmp_path) == before


def test_figures_into_a_file_leave_no_half_report(command: Command, tmp_path: Path) -> None:
    taken = tmp_path / "figures"
    taken.write_text("x", encoding="utf-8")
    code, _, err = command("report", GOOD, "-o", tmp_path / "report.html", "--figures", taken)
    assert (code, str(taken) in err) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["figures"]


def test_the_report_of_a_study_named_by_a_path_stays_here(
    lay: Lay, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay("toml-id-that-leaves")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    before = _tree(tmp_path)
    code, _, err = command("report", folder)
    assert code == 1
    assert "‘../nordic’" in err
    assert _tree(tmp_path) == before


@pytest.mark.parametrize("kept", ["memberships", "actors, bodies and memberships"])
def test_a_study_with_few_rows_still_has_its_report(
    kept: str, lay: Lay, command: Command, tmp_path: Path
) -> None:
    folder = lay()
    if kept == "memberships":  # without a row
        file = folder / "memberships.csv"
        file.write_text(file.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    else:  # nothing else
        for path in folder.glob("*.csv"):
            if path.stem not in kept:
                path.unlink()
    code, _, err = command("report", folder, "-o", tmp_path / "report.html")
    assert code == 0, err


@pytest.mark.parametrize(
    "series", ["vote_agreement", "votes", "membership_comparison", "membership_differences"]
)
def test_a_derived_series_with_other_columns_is_told(series: str, lay: Lay, command: Command) -> None:
    folder = lay()
    (folder / "derived").mkdir()
    (folder / "derived" / f"{series}.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "derived" / f"{series}.origin.toml").write_text(ORIGIN, encoding="utf-8")
    code, out, _ = command("study", "check", folder)
    assert code == 1
    assert f"derived/{series}.csv" in out


def _tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
