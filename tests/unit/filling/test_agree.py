"""Two coders: agreement as Krippendorff prints it, differences to settle, and a study that keeps both and the settlement."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from chaikhana.cli.main import app
from chaikhana.errors import ChaikhanaError
from chaikhana.study.loading import check_study, load_study

NORDIC = Path(__file__).parents[2] / "studies" / "nordic"
HEAD = "unit,framework,code,value,coder,from,to,cite,basis\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(copytree(NORDIC, tmp_path / "nordic"))


def codings(path: Path, values: str, bodies: list[str], cite: str) -> Path:
    """A sheet on which each letter answers one question on one body; a dot is a missing code."""
    lines = [
        f'bodies:{body},regional-order,purpose,{value},,,,"{cite}",document\n'
        for body, value in zip(bodies, values, strict=True)
        if value != "."
    ]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["study", "agree", *map(str, arguments)])
    if isinstance(result.exception, ChaikhanaError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_alpha_of_two_coders_is_as_printed(tmp_path: Path, study: Path) -> None:
    """Krippendorff 2011, section B: two observers, five categories, alpha 0.692."""
    raw = check_study(study).tables
    bodies = [row["id"] for row in raw["bodies"].rows][:12]
    cite = next(row["cite"] for row in raw["memberships"].rows if row["basis"] == "document")
    one = codings(tmp_path / "anna.csv", "aabbdcccedda", bodies, cite)
    two = codings(tmp_path / "bek.csv", "babbbccceddd", bodies, cite)
    told = json.loads(run(one, two, "--study", study, "--json"))
    assert [row["variable"] for row in told] == ["regional-order: purpose"]
    assert told[0]["alpha"] == pytest.approx(0.692, abs=0.0005)
    assert told[0]["agreement"] == pytest.approx(9 / 12) and told[0]["differing"] == 3
    assert told[0]["low"] < told[0]["alpha"] < told[0]["high"]


def test_both_codings_and_the_settlement_are_kept(tmp_path: Path, study: Path) -> None:
    raw = check_study(study).tables
    bodies = [row["id"] for row in raw["bodies"].rows][:4]
    cite = next(row["cite"] for row in raw["memberships"].rows if row["basis"] == "document")
    one, two = (
        codings(tmp_path / "anna.csv", "abc.", bodies, cite),
        codings(tmp_path / "bek.csv", "adda", bodies, cite),
    )
    settle = tmp_path / "settle.csv"
    run(one, two, "--study", study, "--list", settle)
    with settle.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["coder_1"], row["coder_2"]) for row in rows] == [("b", "d"), ("c", "d")]
    rows[0] |= {"settled": "d", "settled_by": "both", "reason": "the charter says so"}
    with settle.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    before = check_study(study).tables["codings"].rows
    said = run(one, two, "--study", study, "--settled", settle)
    assert "stay out until they are settled: 1" in said
    assert not check_study(study).faults
    new = check_study(study).tables["codings"].rows[len(before) :]
    told = sorted((row["unit"], row["coder"], row["value"], row["prefer"]) for row in new)
    assert told == sorted(
        [
            (f"bodies:{bodies[0]}", "anna", "a", ""), (f"bodies:{bodies[0]}", "bek", "a", ""),
            (f"bodies:{bodies[1]}", "anna", "b", "no"), (f"bodies:{bodies[1]}", "bek", "d", "yes"),
            (f"bodies:{bodies[3]}", "bek", "a", ""),
        ]
    )  # fmt: skip
    read = load_study(study).table("codings").tail(4)["value"].to_list()
    assert "d" in read and "b" not in read


def test_grades_are_ordinal_and_a_third_value_is_a_side_of_its_own(tmp_path: Path, study: Path) -> None:
    raw = check_study(study).tables
    cite = next(row["cite"] for row in raw["memberships"].rows if row["basis"] == "document")
    taken = {(row["body"], row["attribute"]) for row in raw["design"].rows}
    bodies = [row["id"] for row in raw["bodies"].rows if (row["id"], "precision") not in taken][:3]
    for name, values in (("anna", ("low", "high", "low")), ("bek", ("low", "low", "low"))):
        lines = [
            f'{body},precision,{value},,,"{cite}",document\n'
            for body, value in zip(bodies, values, strict=True)
        ]
        (tmp_path / f"{name}.csv").write_text(
            "body,attribute,value,from,to,cite,basis\n" + "".join(lines), encoding="utf-8"
        )
        (tmp_path / f"{name}.csv").rename(tmp_path / f"design-{name}.csv")
    files = []
    for name in ("anna", "bek"):
        (tmp_path / name).mkdir()
        files.append((tmp_path / f"design-{name}.csv").rename(tmp_path / name / "design.csv"))
    settle = tmp_path / "settle.csv"
    told = json.loads(run(*files, "--study", study, "--coders", "anna,bek", "--list", settle, "--json"))
    assert told[0]["scale"] == "ordinal" and told[0]["differing"] == 1
    settle.write_text(
        settle.read_text("utf-8").replace("high,low,,,", "high,low,medium,us,between the two"),
        encoding="utf-8",
    )
    run(*files, "--study", study, "--coders", "anna,bek", "--settled", settle)
    found = load_study(study).table("design")
    assert found.filter((found["body"] == bodies[1]) & (found["attribute"] == "precision"))[
        "value"
    ].to_list() == ["medium"]
    assert not check_study(study).faults


def test_what_cannot_be_compared_is_told(tmp_path: Path, study: Path) -> None:
    cite = check_study(study).tables["memberships"].rows[0]["cite"]
    body = check_study(study).tables["bodies"].rows[0]["id"]
    one = codings(tmp_path / "anna.csv", "a", [body], cite)
    other = tmp_path / "meetings.csv"
    other.write_text(f'id,title,cite,basis\nm,M,"{cite}",document\n', encoding="utf-8")
    with pytest.raises(ChaikhanaError, match="no table in common"):
        run(one, other, "--study", study)
    with pytest.raises(ChaikhanaError, match="names of their own"):
        run(one, one, "--study", study, "--coders", "anna,anna")
    with pytest.raises(ChaikhanaError, match="no list of differences"):
        run(one, codings(tmp_path / "bek.csv", "b", [body], cite), "--study", study, "--settled", other)
