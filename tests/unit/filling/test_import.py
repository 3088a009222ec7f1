"""Spreadsheets brought into a study: what is taken, guessed, refused; and that nothing is overwritten."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from chaikhana.cli.main import app
from chaikhana.errors import BadValueError
from chaikhana.filling.dates_read import read_date
from chaikhana.filling.importing import carry_out, plan
from chaikhana.filling.said import told
from chaikhana.filling.workbook import write_workbook
from chaikhana.study.loading import check_study, load_study

ROOT = Path(__file__).parents[3]
NORDIC = ROOT / "tests" / "studies" / "nordic"
sys.path.insert(0, str(ROOT / "tests"))
from samples import seeded_workbook  # noqa: E402


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(copytree(NORDIC, tmp_path / "nordic"))


def test_each_sown_fault_is_told_with_its_cell_its_value_and_a_remedy(tmp_path: Path, study: Path) -> None:
    planned = plan(study, seeded_workbook.write(tmp_path / "sown.xlsx"))
    found = {(one.sheet, one.cell, one.weight, one.rule) for one in planned.said}
    assert len(seeded_workbook.SEEDED) >= 30
    assert set(seeded_workbook.SEEDED) <= found
    # What is said beyond them is of one kind: a name that was read as its id.
    assert {rule for *_, rule in found - set(seeded_workbook.SEEDED)} == {"name-to-id"}
    for one in planned.said:
        assert one.message and one.remedy and one.cell in str(one) and one.sheet in str(one)
    assert len(told(planned.said)) < len(planned.said)  # what was mended is told once a column


def test_the_rest_comes_in_when_told_to_and_the_study_stays_clean(tmp_path: Path, study: Path) -> None:
    book = str(seeded_workbook.write(tmp_path / "sown.xlsx"))
    before = {path.name: path.read_bytes() for path in study.iterdir() if path.is_file()}
    refused = CliRunner().invoke(app, ["study", "import", book, "--study", str(study)])
    assert refused.exit_code == 1 and "Nothing was written" in refused.output
    assert {path.name: path.read_bytes() for path in study.iterdir() if path.is_file()} == before
    taken = CliRunner().invoke(app, ["study", "import", book, "--study", str(study), "--rest", "--yes"])
    assert taken.exit_code == 0, taken.output
    assert not check_study(study).faults
    bodies = load_study(study).table("bodies").filter(load_study(study).table("bodies")["id"] == "north-bank")
    assert bodies["from"].to_list() == ["1996-04-25"]
    for name, old in before.items():
        if name.endswith(".csv"):
            assert (study / name).read_bytes().startswith(old.rstrip(b"\n")), f"{name} lost what it had"
    again = CliRunner().invoke(app, ["study", "import", book, "--study", str(study), "--rest", "--yes"])
    assert "added" not in again.output.splitlines()[-1] or "0 added" in again.output.splitlines()[-1]


def test_a_blank_is_filled_and_what_differs_is_refused(tmp_path: Path, study: Path) -> None:
    header, *rows = (study / "bodies.csv").read_text("utf-8").splitlines()
    rows[0] = rows[0].replace('"', "")
    columns = header.split(",")
    raw = check_study(study).tables["bodies"]
    blank = next(row for row in raw.rows if not row["note"])
    full = next(row for row in raw.rows if row["acronym"] and row != blank)
    sheet = tmp_path / "bodies.csv"
    lines = ["id,name,form,cite,basis,note,acronym"]
    for row, note, acronym in ((blank, "a note", ""), (full, "", "ZZZ")):
        cells = [row["id"], row["name"], row["form"], row["cite"], row["basis"], note, acronym]
        lines.append(",".join(f'"{cell}"' for cell in cells))
    sheet.write_text("\n".join(lines), encoding="utf-8")
    planned = plan(study, sheet)
    assert dict(planned.changed) == {"bodies": 1} and planned.refused == 1 and not planned.added
    assert [one.rule for one in planned.said] == ["differs-from-study"]
    carry_out(planned)
    after = check_study(study).tables["bodies"]
    assert next(row for row in after.rows if row["id"] == blank["id"])["note"] == "a note"
    assert next(row for row in after.rows if row["id"] == full["id"])["acronym"] == full["acronym"]
    assert columns == (study / "bodies.csv").read_text("utf-8").splitlines()[0].split(",")


def test_rows_that_name_a_refused_row_are_refused_with_it(tmp_path: Path, study: Path) -> None:
    book = Workbook()
    book.active.title = "bodies"
    book.active.append(["id", "name", "form", "from", "to", "cite", "basis"])
    book.active.append(["new-body", "New", "formal-organisation", "1999", "..", "nowhere, p. 1", "document"])
    spells = book.create_sheet("memberships")
    spells.append(["actor", "body", "status", "from", "to", "cite", "basis"])
    cite = check_study(study).tables["memberships"].rows[0]["cite"]
    spells.append(["nor", "new-body", "member", "1999", "..", cite, "document"])
    book.save(tmp_path / "two.xlsx")
    planned = plan(study, tmp_path / "two.xlsx")
    assert [one.rule for one in planned.said] == ["unknown-key", "unknown-body"]
    assert planned.refused == 2 and not planned.texts


def test_a_workbook_makes_a_study_of_its_own(tmp_path: Path, study: Path) -> None:
    write_workbook(check_study(study), tmp_path / "book.xlsx")
    made = tmp_path / "copy"
    said = CliRunner().invoke(app, ["study", "import", str(tmp_path / "book.xlsx"), "--study", str(made)])
    assert said.exit_code == 0, said.output
    for path in sorted(study.iterdir()):
        if path.suffix in (".csv", ".toml"):
            assert (made / path.name).read_bytes() == path.read_bytes(), path.name
    assert set(load_study(made).bibliography) == set(load_study(study).bibliography)


def test_faults_of_the_check_stand_beside_their_cells(tmp_path: Path, study: Path) -> None:
    path = study / "memberships.csv"
    path.write_text(
        path.read_text("utf-8").replace("dnk,nato,founder-member,1949-04-04", "dnk,nato,founder,1949-04-04"),
        "utf-8",
    )
    fault = check_study(study).faults[0]
    sheet = load_workbook(write_workbook(check_study(study), tmp_path / "b.xlsx"))["memberships"]
    marked = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment]
    assert [(cell.value, cell.row) for cell in marked] == [("founder", fault.row)]
    assert "founder-member" in marked[0].comment.text
    assert any("lists!" in rule.formula1 for rule in sheet.data_validations.dataValidation)
    assert all(cell.comment for cell in sheet[1])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("26 April 1996", "1996-04-26"), ("April 26, 1996", "1996-04-26"), ("26th Apr 1996", "1996-04-26"),
        ("26.4.1996", "1996-04-26"), ("4/26/1996", "1996-04-26"), ("1996/4/26", "1996-04-26"), ("1996-4-26", "1996-04-26"),
        ("04/04/1996", "1996-04-04"), ("April 1996", "1996-04"), ("1996.04", "1996-04"), ("c. 1996", "1996~"),
        ("circa 1996", "1996~"), (1996, "1996"), (1996.0, "1996"), ("1996?", "1996?"), ("[1996..1998]", "[1996..1998]"),
        ("present", ".."), ("..", ".."), ("19960426", "1996-04-26"), (19960426, "1996-04-26"), (35181, "1996-04-26"),
        ("35181", "1996-04-26"), ("unknown", ""),
    ],
)  # fmt: skip
def test_dates_in_any_common_form(typed: object, read: str) -> None:
    assert read_date(typed, end=True).text == read


@pytest.mark.parametrize(
    "typed",
    [
        "03/04/1996",
        "3.4.96",
        "31.2.1996",
        "1996-1998",
        "1996–98",
        "spring 1996",
        "1996-13",
        7.5,
        True,
        "13/13/1996",
    ],
)
def test_dates_that_cannot_be_told_are_faults(typed: object) -> None:
    meant = read_date(typed, end=True)
    assert meant.text is None and meant.message and meant.remedy


def test_the_order_of_days_and_months_can_be_said() -> None:
    assert read_date("03/04/1996", end=False, order="dmy").text == "1996-04-03"
    assert read_date("03/04/1996", end=False, order="mdy").text == "1996-03-04"


def test_files_that_cannot_be_read_say_so(tmp_path: Path, study: Path) -> None:
    (tmp_path / "not.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "old.xls").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    (tmp_path / "open.csv").write_text('id,name\n"a,b\n', encoding="utf-8")
    for name, told_ in (
        ("not.xlsx", "save it anew"),
        ("old.xls", "kind"),
        ("empty", "no workbook"),
        ("open.csv", "quote"),
        ("none.csv", "no file"),
    ):
        with pytest.raises(BadValueError, match=told_):
            plan(study, tmp_path / name)


def test_semicolons_and_json(tmp_path: Path, study: Path) -> None:
    sheet = tmp_path / "actors.csv"
    sheet.write_text(
        "id;name;kind;from;to;cite;basis\nxyz;Xyzland;state;1990;..;nowhere;document\n", encoding="utf-8"
    )
    said = CliRunner().invoke(app, ["study", "import", str(sheet), "--study", str(study), "--json"])
    told_ = json.loads(said.output)
    assert said.exit_code == 1 and told_["written"] is False and told_["refused"] == 1
    assert told_["said"][0]["cell"] == "F2" and told_["said"][0]["rule"] == "unknown-key"


def test_a_shipped_study_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id,name\n", encoding="utf-8")
    said = CliRunner().invoke(
        app, ["study", "import", str(tmp_path / "actors.csv"), "--study", "central-asia"]
    )
    assert said.exit_code == 1 and "not written into" in str(said.exception)
