"""A study as one DuckDB file, which R and any SQL client open.

What it is: every table with its bounds of dates, the bibliography, the derived series and their origins, and for each
table of periods a macro ``<table>_on(day)``. The file is built beside its place and moved there whole: a build
that dies leaves the last good one.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from chaikhana import __version__
from chaikhana.errors import OutputError
from chaikhana.study.schema import TABLES
from chaikhana.study.study import Study

TEXTS = "texts"
CLAIMS = "claims"  # the folder of a study in which its own claims stand


def build(study: Study, target: Path) -> Path:
    """Write the study to a DuckDB file.

    Raises
    ------
    OutputError
        If the place cannot be written to; what stood there before is untouched.
    """
    if target.is_dir():
        raise OutputError(
            f"{target} is a folder. Name a file, for instance {target / (study.about.id + '.duckdb')}."
        )
    if not target.parent.is_dir():
        raise OutputError(f"There is no folder {target.parent}. Make it first, or name another place.")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with duckdb.connect(str(draft)) as connection:
            fill(study, connection)
            write(connection, TEXTS, _texts(study))
        draft.replace(target)
    except (OSError, duckdb.IOException) as error:
        raise OutputError(
            f"{target} could not be written: {error}. What stood there before is untouched."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    return target


def fill(study: Study, connection: duckdb.DuckDBPyConnection, *, periods: bool = True) -> None:
    """Write every table of the study into an open database; with `periods`, the macros that ask of a day too."""
    for table in TABLES:
        write(connection, table.name, study.frames[table.name])
        if table.period and periods:
            connection.execute(_as_of(table.name, study.about.last_day))
    write(connection, "sources", sources_of(study))
    for derived in study.derived.values():
        write(connection, f"derived_{derived.name}", derived.frame)
    origins = [{"series": f"derived_{name}", **derived.origin} for name, derived in study.derived.items()]
    if origins:
        write(connection, "origins", pl.DataFrame(origins))
    about = study.about
    write(
        connection,
        "about",
        pl.DataFrame(
            {
                "key": [
                    "id",
                    "title",
                    "version",
                    "licence",
                    "region",
                    "members",
                    "begins",
                    "ends",
                    "built_with",
                ],
                "value": [
                    about.id,
                    about.title,
                    about.version,
                    about.licence,
                    about.region,
                    "; ".join(about.members),
                    about.begins,
                    about.ends,
                    f"chaikhana {__version__}",
                ],
            }
        ),
    )


def sources_of(study: Study) -> pl.DataFrame:
    """The bibliography as a frame: one row an entry."""
    sources = [
        (s.key, s.kind, "; ".join(s.authors), s.year, s.title, s.address, s.bibtex)
        for s in study.bibliography.values()
    ]
    columns = ("key", "kind", "authors", "year", "title", "address", "bibtex")
    return pl.DataFrame(sources, schema=dict.fromkeys(columns, pl.String), orient="row")


def _texts(study: Study) -> pl.DataFrame:
    """The texts of the study's folder that no table holds: with them a build can be opened as a study again."""
    paths = [study.folder / name for name in ("study.toml", "sources.bib")]
    paths += sorted((study.folder / CLAIMS).glob("*.toml"))
    found = [
        (path.relative_to(study.folder).as_posix(), path.read_text("utf-8"))
        for path in paths
        if path.is_file()
    ]
    return pl.DataFrame(found, schema={"name": pl.String, "text": pl.String}, orient="row")


def write(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, kind: str = "TABLE") -> None:
    """Put a frame into a database as a table of that name, in the place of one that is there."""
    connection.register("incoming", frame.to_arrow())
    connection.execute(f'CREATE OR REPLACE {kind} "{name}" AS SELECT * FROM incoming')
    connection.unregister("incoming")


def _as_of(name: str, last_day: date) -> str:
    """A table macro that mirrors `Study.on`: the default reading's rows with `holds` on a day."""
    return f"""
        CREATE MACRO "{name}_on"(day) AS TABLE
        SELECT *, CASE WHEN from_earliest > day OR to_latest <= day THEN 'no'
                       WHEN from_latest <= day AND to_earliest > day AND day <= DATE '{last_day}' THEN 'yes'
                       ELSE 'unknown' END AS holds
        FROM "{name}" WHERE rival = '' OR prefer = 'yes'
    """
