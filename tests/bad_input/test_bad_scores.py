"""Files of scores, and analyses of them, that cannot be: each with its message, none with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from chaikhana.cli.main import app
from chaikhana.errors import ChaikhanaError

GOOD = """case,A,B,C,Y
one,1,1,0,1
two,1,0,0,1
three,0,1,1,0
four,0,0,1,0
five,0,1,0,0
"""
FUZZY = GOOD.replace("one,1,1,0,1", "one,0.9,0.8,0.2,0.9")
FORTY = (
    "case," + ",".join(f"C{i}" for i in range(40)) + ",Y\n"
    + "a," + ",".join("1" for _ in range(40)) + ",1\n"
    + "b," + ",".join("0" for _ in range(40)) + ",0\n"
)  # fmt: skip


def told(folder: Path, text: str | bytes, *options: str) -> str:
    """What the command says of a file with this text."""
    path = folder / "scores.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    found = CliRunner().invoke(app, ["qca", str(path), "--outcome", "Y", *options])
    assert isinstance(found.exception, ChaikhanaError), (found.exception, found.output)
    assert found.stdout == ""
    return str(found.exception)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("one,1,1,0,1", "one,1.4,1,0,1"), "A of case one is 1.4, outside 0 to 1. Calibrate raw values first"),
        (GOOD.replace("one,1,1,0,1", "one,-0.1,1,0,1"), "A of case one is -0.1, outside 0 to 1"),
        (GOOD.replace(",0\n", ",1\n"), "Every case has 1 in the outcome Y: there is nothing to tell apart"),
        (GOOD.replace("one,1,1,0,1", "one,2,1,0,1").replace("two,1,0", "two,0.5,0"), "A mixes two scales: case one has 2"),
        (GOOD.replace("two,1", "one,1"), "Rows 2 and 3 are both called ‘one’"),
        (GOOD.replace("two,1", ",1"), "Row 3 has no name of a case in the column case"),
        (GOOD.replace("one,1,1", "one,,1"), "A score is missing in 1 of 5 cases (row 2, one: A). Unknown is not zero"),
        (GOOD.replace("one,1,1", "one,-,1"), "A score is missing in 1 of 5 cases (row 2, one: A)"),
        (GOOD.replace("one,1,1", "one,yes,1"), "Row 2: A of one is ‘yes’, which is no number"),
        (GOOD.replace("one,1,1", 'one,"0,8",1'), "Row 2: A of one is ‘0,8’, which is no number. Scores are 0 or 1"),
        (GOOD.replace("one,1,1", "one,inf,1"), "Row 2: A of one is ‘inf’. A score is a finite number"),
        (GOOD.replace("one,1,1", "one,1991,1"), "A of case one is 1991: a condition of more than 20 values is raw data"),
        (GOOD.replace("one,1,1,0,1", "one,1,1,0,2"), "The outcome Y has the values 0 to 2. Say which of them"),
        (GOOD.replace("one,1,1,0,1", "one,1,1,0,dc"), "The outcome Y is ‘dc’ in a case"),
        (GOOD.replace("two,1,0,0,1", "two,1,0,0"), "scores.csv, line 3: 4 cells where the header has 5"),
        (GOOD.replace("case,A,B", "case,A,A"), "two columns are called ‘A’"),
        (GOOD.replace("case,A,B", "case,A,"), "column 3 has no name in the header"),
        ("case,Y\none,1\n", "the header has 2 columns"),
        ("case,A,Y\n", "scores.csv has no case"),
        ("", "scores.csv has no case"),
        (GOOD.encode("utf-16"), "is no text in UTF-8"),
        (GOOD.replace('one,1', 'on"e,1').replace("two,1", '"two,1'), "scores.csv, line"),
        (GOOD.replace("case,A", "case,A*B"), "has one of ~ * + { } in its name"),
        (FORTY, "40 conditions are too many: at most 24 are searched"),
    ],
    ids=lambda value: None if isinstance(value, bytes) or len(value) > 90 else value[:30],
)  # fmt: skip
def test_a_file_that_cannot_be_scored(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert said in told(tmp_path, text)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--conditions", "A,D"), "There is no column ‘D’"),
        (("--conditions", "A,A"), "The condition A is named twice"),
        (("--conditions", "A,Y"), "Y is the outcome; it cannot be a condition as well"),
        (("--conditions", "A,case"), "case is the name of the case; it cannot be a condition as well"),
        (("--outcome", "Z"), "There is no column ‘Z’"),
        (("--outcome", "~Y{1}"), "cannot be read as a condition"),
        (("--outcome", "Y{7}"), "Every case has 0 in the outcome Y{7}"),
        (("--conditions", "B"), "none reaches the cut-off of inclusion in Y, 0.8; the nearest is ~B with 0.500"),
        (("--incl-cut", "0"), "The cut-off of inclusion is a number above 0 and up to 1, not 0"),
        (("--pri-cut", "2"), "The cut-off of PRI is a number from 0 to 1, not 2"),
        (("--n-cut", "0"), "A row needs at least one case"),
        (("--n-cut", "9"), "No row has 9 cases or more; the fullest has 1"),
        (("--solution", "best"), "There is no solution ‘best’. Allowed: conservative, enhanced, intermediate, parsimonious"),
        (("--expect", "A=1"), "Expectations change nothing in the parsimonious solution"),
        (("--solution", "intermediate", "--expect", "A=2"), "A has the values 0 to 1; it cannot be expected to be 2"),
        (("--solution", "intermediate", "--expect", "A"), "--expect: ‘A’ cannot be read"),
        (("--solution", "intermediate", "--expect", "D=1"), "There is no condition ‘D’"),
        (("--solution", "intermediate", "--expect", "A=1,A=0"), "--expect: A is named twice"),
        (("--exclude", "A*~A"), "gives A two values at once; no case can have both"),
        (("--exclude", "A{4}"), "A has the values 0 to 1; ‘A{4}’ asks for 4"),
        (("--exclude", "Q"), "There is no condition ‘Q’"),
        (("--most", "0"), "At least one model is listed"),
        (("--seconds", "0"), "the search needs some time"),
    ],
)  # fmt: skip
def test_an_analysis_that_cannot_be(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    assert said in told(tmp_path, GOOD, *options)


def test_no_row_is_negative(tmp_path: Path) -> None:
    """All rows pass the cut-off: anything would be sufficient."""
    text = "case,A,B,Y\na,0.9,0.8,0.9\nb,0.8,0.2,0.85\nc,0.3,0.7,0.8\n"
    assert "No row is negative, so nothing stands against the outcome" in told(tmp_path, text)


def test_a_contradictory_row_is_told_and_counts_by_its_inclusion(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(GOOD + "six,1,1,0,0\n", "utf-8")
    found = CliRunner().invoke(app, ["qca", str(path), "--outcome", "Y", "--conditions", "A,B,C"])
    assert found.exit_code == 0
    flat = " ".join(found.stdout.split())
    assert (
        "A*B*~C holds cases of both kinds: one against six. With inclusion 0.500 it counts as negative."
        in flat
    )


def test_crisp_beside_fuzzy_is_told(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(FUZZY.replace("one,0.9,0.8,0.2", "one,0.9,1,0"), "utf-8")
    found = CliRunner().invoke(app, ["qca", str(path), "--outcome", "Y"])
    assert found.exit_code == 0
    assert "B, C: only 0 and 1 beside fuzzy conditions; read as crisp sets." in " ".join(found.stdout.split())


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none.csv", "cannot be read: No such file"), (tmp_path, "is a folder")):
        found = CliRunner().invoke(app, ["qca", str(path), "--outcome", "Y"])
        assert isinstance(found.exception, ChaikhanaError)
        assert said in str(found.exception)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("security-regionalsm",),
            "There is no comparison ‘security-regionalsm’. Did you mean ‘security-regionalism’?",
        ),
        (("security-regionalism", "--cases", "atlantis"), "There is no region ‘atlantis’"),
        (("security-regionalism", "--period", "soon"), "‘soon’ is no span of years"),
        (("security-regionalism", "--period", "1999-1992"), "The span 1999-1992 ends before it begins"),
        (("security-regionalism", "--period", "1800-1810"), "No case has all its scores"),
        (("--robust",), "Name a comparison"),
        (
            ("security-regionalism", "--cases", "gcc"),
            "Every case has 0.985188 in the outcome OWN: there is nothing to tell",
        ),
    ],
)
def test_a_comparison_that_cannot_be(arguments: tuple[str, ...], said: str) -> None:
    found = CliRunner().invoke(app, ["compare", *arguments])
    assert isinstance(found.exception, ChaikhanaError), found.output
    assert said in str(found.exception)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('title = "', 'titel = "'), "titel: there is no such key. Allowed: anchors"),
        (("anchors = [0.7, 0.5, 0.3]", "anchors = [0.7, 0.3]"), "condition 1, anchors:"),
        (("anchors = [0.7, 0.5, 0.3]", ""), "give anchors (out, crossover, in) or thresholds"),
        (("anchors = [0.7, 0.5, 0.3]", "anchors = [0.7, 0.8, 0.3]"), "neither rise nor fall"),
        (('indicator = "democracy"', 'indicator = "freedom"'), "There is no indicator of regions ‘freedom’"),
        (('id = "AUT"', 'id = "OWN"'), "two sets are called OWN"),
        (('id = "AUT"', 'id = "A*B"'), "condition 1, id:"),
        (('if = "AUT"', 'if = "AUTO"'), "There is no condition ‘AUTO’"),
        (('then = "~OWN"', 'then = "~AUT"'), "An explanation expects the outcome OWN or ~OWN"),
        (('question = "', "question = "), "is not TOML"),
    ],
)
def test_a_comparison_of_ones_own_that_cannot_be(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    from chaikhana.compare.definition import shipped

    text = shipped()["security-regionalism"].read_text("utf-8")
    assert change[0] in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(*change, 1), "utf-8")
    found = CliRunner().invoke(app, ["compare", str(path)])
    assert isinstance(found.exception, ChaikhanaError), found.output
    assert said in str(found.exception)
