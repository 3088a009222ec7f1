"""What is taken out of a study and brought back in is the same, to the bit: by workbook, for text of any kind."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.filling.importing import carry_out, plan
from chaikhana.filling.workbook import write_workbook
from chaikhana.study.catalogue import shipped
from chaikhana.study.loading import check_study
from chaikhana.study.schema import BY_NAME, Kind
from chaikhana.study.tables_text import as_text, full_header

# Text as a cell of a study may hold it: no control characters, no blanks at its ends.
TEXT = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Co", "Cn"), blacklist_characters="\u2028\u2029"),
    max_size=60,
).map(str.strip)
AWKWARD = st.sampled_from(
    ["=1+1", "@SUM(A1)", "_x0041_", "_x000D_", '"quoted"', "a,b;c", "1996", "007", "1e5", "TRUE", "#REF!", "'",
     "-", "n/a", "=", "a\nb"]
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_study_goes_through_a_workbook_and_back(name: str, tmp_path: Path) -> None:
    folder = shipped()[name]
    write_workbook(check_study(folder), tmp_path / "book.xlsx")
    planned = plan(tmp_path / "copy", tmp_path / "book.xlsx")
    assert not planned.said and not planned.refused
    carry_out(planned)
    for path in sorted(folder.glob("*.*")):
        if path.suffix in (".csv", ".toml", ".bib", ".json"):
            assert (tmp_path / "copy" / path.name).read_bytes() == path.read_bytes(), path.name


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_rows_of_any_text_go_through_a_workbook_and_back(data: st.DataObject) -> None:
    table = BY_NAME["episodes"]
    header = full_header(table)
    rows = []
    for number in range(data.draw(st.integers(1, 4))):
        row = {
            "id": f"e{number}",
            "date": "1996-04",
            "act": "other",
            "cite": "test, p. 1",
            "basis": "document",
            "summary": "x",
        }
        for column in table.all_columns:
            if column.kind is Kind.TEXT and column.name in ("summary", "note"):
                row[column.name] = data.draw(TEXT | AWKWARD) or "x"
        rows.append(row)
    toml = (shipped()["central-asia"] / "study.toml").read_text("utf-8")
    with TemporaryDirectory() as place:
        folder, back = Path(place) / "one", Path(place) / "two"
        folder.mkdir()
        text = as_text(header, rows)
        (folder / "study.toml").write_text(toml.replace('papers = ["', 'papers = [] # ["'), "utf-8")
        (folder / "sources.bib").write_text("@misc{test,\n  title = {A test}\n}\n", "utf-8")
        (folder / "episodes.csv").write_bytes(text.encode())
        write_workbook(check_study(folder), Path(place) / "book.xlsx")
        planned = plan(back, Path(place) / "book.xlsx")
        assert not planned.said
        carry_out(planned)
        assert (back / "episodes.csv").read_bytes() == text.encode()
        assert (back / "study.toml").read_bytes() == (folder / "study.toml").read_bytes()
