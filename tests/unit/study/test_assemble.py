"""The DuckDB file: every table, and macros that mirror `Study.on`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from chaikhana.errors import OutputError
from chaikhana.study.assemble import build
from chaikhana.study.schema import TABLES
from chaikhana.study.study import Study


@pytest.fixture(scope="module")
def built(nordic: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(nordic, tmp_path_factory.mktemp("built") / "nordic.duckdb")


@pytest.fixture(scope="module")
def shipped(central_asia: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(central_asia, tmp_path_factory.mktemp("built") / "central-asia.duckdb")


def rows(connection: duckdb.DuckDBPyConnection, query: str, *values: object) -> list[tuple[object, ...]]:
    return connection.execute(query, values).fetchall()


def test_every_table_is_there(shipped: Path, central_asia: Study) -> None:
    with duckdb.connect(str(shipped), read_only=True) as connection:
        names = {name for (name,) in rows(connection, "SELECT table_name FROM duckdb_tables()")}
        assert names == {
            *(table.name for table in TABLES),
            *(f"derived_{name}" for name in central_asia.derived),
            *("sources", "origins", "about", "texts"),
        }
        for table in TABLES:
            [(count,)] = rows(connection, f'SELECT count(*) FROM "{table.name}"')
            assert count == central_asia.frames[table.name].height
        [(count,)] = rows(connection, "SELECT count(*) FROM sources")
        assert count == len(central_asia.bibliography)
        assert dict(rows(connection, "FROM about"))["id"] == "central-asia"
        assert {dataset for (dataset,) in rows(connection, "SELECT dataset FROM origins")} == {
            series.origin["dataset"] for series in central_asia.derived.values()
        }


def test_it_opens_read_only(built: Path) -> None:
    with duckdb.connect(str(built), read_only=True) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute("DELETE FROM bodies")
        [(kind,)] = rows(connection, "SELECT typeof(from_earliest) FROM memberships LIMIT 1")
        assert kind == "DATE"


@pytest.mark.parametrize("table", [table.name for table in TABLES if table.period])
def test_macros_agree_with_the_study_on_any_day(table: str, built: Path, nordic: Study) -> None:
    days = [date(1950, 6, 1), date(1995, 1, 1), date(2009, 11, 4), date(2022, 3, 3), date(2025, 12, 31)]
    days.append(nordic.about.last_day + timedelta(days=1))
    with duckdb.connect(str(built), read_only=True) as connection:
        for day in days:
            found = rows(connection, f'SELECT "row", holds FROM "{table}_on"(?::DATE)', day)
            assert sorted(found) == sorted(nordic.on(table, day).select("row", "holds").rows()), day


@pytest.mark.parametrize("day", ["1992-06-01", "2000-01-01", "2005-08-26", "2014-03-27", "2024"])
def test_the_memberships_macro_agrees_on_the_shipped_study(
    day: str, shipped: Path, central_asia: Study
) -> None:
    when = date.fromisoformat(day) if "-" in day else date(int(day), 12, 31)
    with duckdb.connect(str(shipped), read_only=True) as connection:
        found = rows(connection, 'SELECT "row", holds FROM memberships_on(?::DATE)', when)
    assert sorted(found) == sorted(central_asia.on("memberships", when).select("row", "holds").rows())


def test_a_build_replaces_the_last_one_whole(nordic: Study, tmp_path: Path) -> None:
    target = tmp_path / "study.duckdb"
    target.write_text("what stood there")
    build(nordic, target)
    build(nordic, target)
    assert [path.name for path in tmp_path.iterdir()] == ["study.duckdb"]
    with duckdb.connect(str(target), read_only=True) as connection:
        assert rows(connection, "SELECT count(*) FROM actors") == [(nordic.frames["actors"].height,)]


def test_a_build_that_fails_leaves_what_stood_there(
    nordic: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "study.duckdb"
    target.write_text("what stood there")

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("chaikhana.study.assemble.fill", fail)
    with pytest.raises(OutputError, match="untouched"):
        build(nordic, target)
    assert target.read_text() == "what stood there"
    assert [path.name for path in tmp_path.iterdir()] == ["study.duckdb"]


def test_places_that_cannot_be_written(nordic: Study, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        build(nordic, tmp_path)
    with pytest.raises(OutputError, match="There is no folder"):
        build(nordic, tmp_path / "nowhere" / "study.duckdb")
