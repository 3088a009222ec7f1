"""A folder made into typed frames with the bounds of every date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import polars as pl
import pytest

from chaikhana.core.dates import FIRST_DAY, LAST_DAY, parse_moment
from chaikhana.errors import StudyError, UnknownNameError
from chaikhana.study.catalogue import find, open_study, shipped
from chaikhana.study.loading import check_study, load_study
from chaikhana.study.schema import TABLES, Kind
from chaikhana.study.study import Study


def test_every_table_is_a_frame_with_its_columns(nordic: Study) -> None:
    assert set(nordic.frames) == {table.name for table in TABLES}
    for table in TABLES:
        frame = nordic.frames[table.name]
        assert frame.columns[0] == "row"
        for column in table.all_columns:
            assert column.name in frame.columns
            kind = frame.schema[column.name]
            if column.kind in (Kind.LIST, Kind.LINKS):
                assert kind == pl.List(pl.String)
            elif column.kind is Kind.NUMBER:
                assert kind == pl.Float64
            elif column.kind is Kind.WHOLE:
                assert kind == pl.Int64
            else:
                assert kind == pl.String
            if column.kind in (Kind.DATE, Kind.END):
                assert frame.schema[f"{column.name}_earliest"] == pl.Date
                assert frame.schema[f"{column.name}_latest"] == pl.Date


def test_row_ids_are_lines_of_the_files(nordic: Study) -> None:
    for table in TABLES:
        lines = (nordic.folder / f"{table.name}.csv").read_text(encoding="utf-8").split("\n")
        first = table.columns[0].name
        for row, value in nordic.frames[table.name].select("row", first).iter_rows():
            name, _, line = row.partition(":")
            assert name == table.name
            assert lines[int(line) - 1].lstrip('"').startswith(value)


def test_the_bounds_are_those_of_the_dates(central_asia: Study) -> None:
    for table in TABLES:
        frame = central_asia.frames[table.name]
        for column in table.columns:
            if column.kind in (Kind.DATE, Kind.END):
                texts = frame.select(column.name, f"{column.name}_earliest", f"{column.name}_latest").unique()
                for text, earliest, latest in texts.iter_rows():
                    moment = parse_moment(text)
                    assert (earliest, latest) == (moment.earliest, moment.latest), (table.name, text)


def test_bounds_by_hand(nordic: Study) -> None:
    council = nordic.table("bodies").filter(pl.col("id") == "nordic-council").row(0, named=True)
    assert (council["from_earliest"], council["from_latest"]) == (date(1952, 1, 1), date(1952, 12, 31))
    assert (council["to_earliest"], council["to_latest"]) == (LAST_DAY, LAST_DAY)
    nordcaps = nordic.table("bodies").filter(pl.col("id") == "nordcaps").row(0, named=True)
    assert (nordcaps["from_earliest"], nordcaps["from_latest"]) == (FIRST_DAY, LAST_DAY)
    assert nordcaps["to_earliest"] == nordcaps["to_latest"] == date(2009, 11, 4)
    assert council["issues"] == ["political", "law", "culture"]
    assert nordic.table("actors").filter(pl.col("id") == "eu")["cow"].item() is None


def test_both_studies_check_clean(nordic: Study, central_asia: Study) -> None:
    for study in (nordic, central_asia):
        checked = check_study(study.folder)
        assert checked.faults == ()
        assert checked.notices == ()


def test_a_study_with_a_fault_does_not_load(nordic: Study, tmp_path: Path) -> None:
    folder = copytree(nordic.folder, tmp_path / "study")
    text = (folder / "memberships.csv").read_text(encoding="utf-8")
    (folder / "memberships.csv").write_text(
        text.replace("dnk,nato,", "dkn,nato,", 1).replace("1949-04-04", "4.4.1949", 1), encoding="utf-8"
    )
    with pytest.raises(StudyError) as error:
        load_study(folder)
    assert {fault.rule for fault in error.value.faults} == {"unknown-actor", "broken-date"}
    assert "memberships.csv, row" in str(error.value)
    assert "Did you mean ‘dnk’" in str(error.value)


def test_tables_that_are_left_out_are_empty(nordic: Study, tmp_path: Path) -> None:
    folder = copytree(nordic.folder, tmp_path / "study")
    (folder / "figures.csv").unlink()
    study = load_study(folder)
    assert study.table("figures").is_empty()
    assert study.table("figures").schema == nordic.table("figures").schema
    (folder / "bodies.csv").unlink()
    with pytest.raises(StudyError, match=r"bodies\.csv: is not there"):
        load_study(folder)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="is not a folder"):
        check_study(tmp_path / "nowhere")


def test_studies_are_found_by_name_or_folder(nordic: Study) -> None:
    assert list(shipped()) == ["central-asia", "south-east-asia"]
    assert find("central-asia") == shipped()["central-asia"]
    assert find(str(nordic.folder)) == nordic.folder
    assert open_study(str(nordic.folder)).about == nordic.about
    with pytest.raises(UnknownNameError, match="Did you mean ‘central-asia’"):
        find("central-asai")
