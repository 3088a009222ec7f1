"""A build opened as a study again: what was compiled to one DuckDB file, read back.

What it is: the tables as frames, the texts that no table holds (`study.toml`, `sources.bib`, claims), the series with their
origins. The file is somebody else's: it is opened read-only, with access to anything else off, and its tables alone are read.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

import duckdb
import polars as pl

from chaikhana.errors import ChaikhanaError, StudyError
from chaikhana.study.about import read_about
from chaikhana.study.assemble import TEXTS
from chaikhana.study.bibliography import read_bibliography
from chaikhana.study.derived import Derived
from chaikhana.study.schema import TABLES
from chaikhana.study.study import Study

AGAIN = "Build it again: chaikhana study build STUDY -o FILE."


class BuildError(ChaikhanaError):
    """A file that is no build of a study, or one that cannot be opened again."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why} {AGAIN}")


def reopen(path: Path) -> Study:
    """The study that a DuckDB file was built from.

    Its texts are written to a folder for as long as the machine keeps temporary files.

    Raises
    ------
    BuildError
        If the file is no build, or one without what is needed to open it again.
    StudyError
        If its texts are faulty.
    """
    guarded: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "lock_configuration": "true",
    }
    try:
        with duckdb.connect(str(path), read_only=True, config=guarded) as connection:
            there = {
                name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            }
            missing = [name for name in (TEXTS, *(table.name for table in TABLES)) if name not in there]
            if missing:
                raise BuildError(path, f"it has no table {', '.join(missing)}.")
            texts = dict(connection.execute(f"SELECT name, text FROM {TEXTS}").fetchall())
            frames = {table.name: _frame(connection, f'SELECT * FROM "{table.name}"') for table in TABLES}
            origins = _frame(connection, "SELECT * FROM origins").to_dicts() if "origins" in there else []
            series = {
                (name := str(origin.pop("series")).removeprefix("derived_")): Derived(
                    name=name,
                    frame=_frame(connection, f'SELECT * FROM "derived_{name}"'),
                    origin={key: value for key, value in origin.items() if value is not None},
                )
                for origin in origins
            }
    except duckdb.Error as error:
        raise BuildError(
            path, f"it cannot be read as a DuckDB file: {str(error).splitlines()[0]}."
        ) from error
    folder = _unpacked(path, texts)
    about, about_faults, _ = read_about(folder)
    bibliography, bib_faults, _ = read_bibliography(folder)
    if about is None or bibliography is None:
        raise StudyError(str(path), [*about_faults, *bib_faults])
    return Study(folder=folder, about=about, frames=frames, bibliography=bibliography, derived=series)


def _frame(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    return pl.DataFrame(connection.sql(sql).to_arrow_table())


def _unpacked(path: Path, texts: dict[str, str]) -> Path:
    folder = Path(mkdtemp(prefix="chaikhana-"))
    for name, text in texts.items():
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts or len(inside.parts) > 2:
            raise BuildError(path, f"a text is named {json.dumps(name)}, which leads out of its folder.")
        target = folder / inside
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, "utf-8")
    return folder
