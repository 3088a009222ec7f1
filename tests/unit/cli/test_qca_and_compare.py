"""`chaikhana qca` and `chaikhana compare`: their forms, and that each option does what it says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chaikhana.cli.main import app

TABLE = """case;A;B;C;Y
one;1;1;0;1
two;1;0;0;1
three;0;1;1;0
four;0;0;1;0
five;0;1;0;0
six;1;1;1;1
"""
MULTI = "case,A,B,Y\n1,2,0,1\n2,1,1,1\n3,0,1,0\n4,0,0,0\n5,1,0,0\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "scores.csv"
    path.write_text("\ufeff" + TABLE, "utf-8")  # as Excel saves it
    return path


def run(*arguments: str) -> str:
    found = CliRunner().invoke(app, list(arguments))
    assert found.exit_code == 0, found.output
    return found.stdout


def test_json_has_what_is_promised(file: Path) -> None:
    data = json.loads(run("qca", str(file), "--outcome", "Y", "--conditions", "A,B,C", "--json"))
    assert data["solution"] == "parsimonious" and data["enumerated"] is True
    (model,) = data["models"]
    assert set(model) >= {"terms", "inclusion", "pri", "coverage"}
    (term,) = model["terms"]
    assert set(term) >= {"term", "inclusion", "pri", "coverage", "unique_coverage", "cases"}
    assert (term["term"], term["cases"]) == ("A", ["one", "two", "six"])
    assert (model["inclusion"], model["coverage"]) == (1.0, 1.0)


def test_all_other_columns_are_conditions_if_none_is_named(file: Path) -> None:
    named = run("qca", str(file), "--outcome", "Y", "--conditions", "A,B,C", "--json")
    assert run("qca", str(file), "--outcome", "Y", "--json") == named


def test_the_negation_by_flag_or_by_sign(file: Path) -> None:
    flag = json.loads(run("qca", str(file), "--outcome", "Y", "--negate", "--json"))
    sign = json.loads(run("qca", str(file), "--outcome", "~Y", "--json"))
    assert flag == sign
    assert flag["models"][0]["terms"][0]["term"] == "~A"


def test_multi_value_terms_are_written_in_braces(tmp_path: Path) -> None:
    path = tmp_path / "multi.csv"
    path.write_text(MULTI, "utf-8")
    data = json.loads(run("qca", str(path), "--outcome", "Y", "--solution", "conservative", "--json"))
    assert {term["term"] for term in data["models"][0]["terms"]} == {"A{1}*B{1}", "A{2}*B{0}"}


def test_a_table_for_eyes_has_rows_terms_and_how_many_models(file: Path) -> None:
    told = run("qca", str(file), "--outcome", "Y", "--necessity", "--robust")
    for piece in (
        "Truth table of Y",
        "Necessary for Y",
        "Parsimonious solution of Y",
        "The one model",
        "What becomes of each term",
    ):
        assert piece in told


def test_csv_has_a_row_a_term_and_one_a_model(file: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("qca", str(file), "--outcome", "Y", "--csv"))))
    assert [row["term"] for row in rows] == ["A", "→ Y"]


def test_necessity_and_robustness_in_json(file: Path) -> None:
    data = json.loads(run("qca", str(file), "--outcome", "Y", "--necessity", "--robust", "--json"))
    assert {one["expression"] for one in data["necessity"]} >= {"A", "~A", "B", "C"}
    assert data["robustness"]["runs"] == len(data["robustness"]["each"]) == 9 + 6 + 3


def test_expectations_of_the_intermediate_solution(file: Path) -> None:
    data = json.loads(
        run(
            "qca",
            str(file),
            "--outcome",
            "Y",
            "--solution",
            "intermediate",
            "--expect",
            "A=1,B=-,C=0",
            "--json",
        )
    )
    assert data["solution"] == "intermediate" and data["models"]


def test_bounds_are_passed_on(file: Path) -> None:
    data = json.loads(
        run("qca", str(file), "--outcome", "Y", "--most", "1", "--seconds", "1", "--all", "--json")
    )
    assert len(data["models"]) == 1


def test_compare_lists_and_runs() -> None:
    listed = json.loads(run("compare", "--json"))
    assert len(listed) >= 3
    data = json.loads(run("compare", "leader-or-pair", "--json"))
    assert data["comparison"] == "leader-or-pair"
    assert len(data["cases"]) >= 36 and data["found"] and data["not_found"]
    assert {"case", "set", "score", "raw", "source", "method", "reason"} <= set(data["scores"][0])
    assert all(
        one["variants"] == one["holds_in"] + len(one["does_not_hold_in"]) for one in data["explanations"]
    )


def test_compare_by_cases_and_period() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(
                run("compare", "authority", "--cases", "eu,gcc,asean", "--period", "1995-2004", "--csv")
            )
        )
    )
    assert {row["case"] for row in rows} == {"eu 1995–2004", "gcc 1995–2004", "asean 1995–2004"}
    assert {row["set"] for row in rows} == {"AUTH", "DEM", "TRADE", "LEAD", "QUARREL", "CLOSE"}


def test_compare_for_eyes_says_what_was_found_and_what_not() -> None:
    told = run("compare", "security-regionalism")
    for piece in (
        "Beware:",
        "\nFound\n- ",
        "\nNot found\n- ",
        "Explanations",
        "solution of OWN",
        "solution of ~OWN",
    ):
        assert piece in told


def test_regions_are_told_with_reasons() -> None:
    assert "central-asia: Central Asia" in run("compare", "--regions")
    rows = list(csv.DictReader(io.StringIO(run("compare", "--regions", "--csv"))))
    assert len({row["region"] for row in rows}) >= 12
    assert all(row["reason"] for row in rows)
