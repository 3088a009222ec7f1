"""What is taken out of a study and brought back in is the same, to the bit: by workbook, CSV, DuckDB, Parquet and Stata."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from chaikhana.filling.importing import carry_out, plan
from chaikhana.filling.workbook import write_workbook
from chaikhana.study.catalogue import open_study, shipped
from chaikhana.study.loading import check_study, load_study
from chaikhana.study.reopening import reopen
from chaikhana.study.schema import BY_NAME, Kind
from chaikhana.study.study import Study
from chaikhana.study.tables_text import as_text, full_header
from chaikhana.taking.database import write_duckdb
from chaikhana.taking.folders import write_csv, write_parquet
from chaikhana.taking.package import Package, flat, gather
from chaikhana.taking.stata import stata_names, write_dta

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


@pytest.fixture(scope="module", params=sorted(shipped()))
def taken(request: pytest.FixtureRequest) -> Package:
    """Tables and series of a shipped study."""
    return gather(open_study(request.param), computed=False)


def same(one: Study, other: Study) -> None:
    """Two studies have the same tables, bibliography and series, to the bit."""
    for name, frame in one.frames.items():
        assert_frame_equal(frame, other.frames[name], check_exact=True)
    assert one.bibliography == other.bibliography and one.about == other.about
    assert set(one.derived) == set(other.derived)
    for name, series in one.derived.items():
        assert_frame_equal(series.frame, other.derived[name].frame, check_exact=True)


def test_csv_is_a_study_again(taken: Package, tmp_path: Path) -> None:
    write_csv(taken, tmp_path / "out")
    same(taken.study, load_study(tmp_path / "out"))
    for path in sorted(taken.study.folder.glob("*.csv")):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), path.name


def test_duckdb_is_a_study_again(taken: Package, tmp_path: Path) -> None:
    write_duckdb(taken, tmp_path / "out.duckdb")
    same(taken.study, reopen(tmp_path / "out.duckdb"))


def test_parquet_has_the_same_frames(taken: Package, tmp_path: Path) -> None:
    write_parquet(taken, tmp_path / "out")
    for one in taken.frames:
        assert_frame_equal(
            pl.read_parquet(tmp_path / "out" / f"{one.file}.parquet"), one.frame, check_exact=True
        )


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_any_rows_go_through_stata_and_back(taken: Package, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from([frame for frame in taken.frames if frame.frame.height]))
    wanted = data.draw(st.lists(st.integers(0, one.frame.height - 1), min_size=1, max_size=40))
    odd = data.draw(st.lists(TEXT | AWKWARD, min_size=len(wanted), max_size=len(wanted)))
    frame = one.frame[wanted]
    if "note" in frame.columns:
        frame = frame.with_columns(pl.Series("note", odd))
    with TemporaryDirectory() as place:
        write_dta(replace(one, frame=frame), Path(place) / "x.dta")
        read, _ = pyreadstat.read_dta(
            str(Path(place) / "x.dta"), apply_value_formats=True, output_format="polars"
        )
    for column, name in stata_names(frame.columns).items():
        wrote = flat(frame)[column].to_list()
        back = (read[name].cast(pl.String) if read[name].dtype == pl.Categorical else read[name]).to_list()
        if frame.schema[column].is_integer() or frame.schema[column].is_float():
            assert back == wrote, column
        elif frame.schema[column] == pl.Boolean:
            assert [{"no": False, "yes": True}.get(str(value)) for value in back] == wrote, column
        elif frame.schema[column] == pl.Date:
            assert back == wrote, column
        else:
            assert [value or "" for value in back] == [value or "" for value in wrote], column
