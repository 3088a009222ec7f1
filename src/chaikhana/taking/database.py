"""A study with everything that is computed of it as one DuckDB file, which R and any SQL client open."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from chaikhana.errors import OutputError
from chaikhana.study.assemble import build, write
from chaikhana.study.writing import draft_of
from chaikhana.taking.package import Package


def write_duckdb(package: Package, target: Path) -> int:
    """Write the study's build with its measures and findings as further tables; the number of tables.

    Every column is described in the table ``columns``. `chaikhana.study.reopening.reopen` reads the study back.

    Raises
    ------
    OutputError
        If the place cannot be written to; what stood there before is untouched.
    """
    try:
        with draft_of(target) as draft:
            build(package.study, draft)
            with duckdb.connect(str(draft)) as connection:
                for taken in package.of("measure", "finding"):
                    write(connection, taken.file, taken.frame)
                said = [
                    (one.file, one.title, column, says)
                    for one in package.frames
                    for column, says in one.says.items()
                ]
                names = dict.fromkeys(("table", "title", "column", "says"), pl.String)
                write(connection, "columns", pl.DataFrame(said, schema=names, orient="row"))
                found = connection.execute("SELECT count(*) FROM duckdb_tables()").fetchone()
    except duckdb.IOException as error:
        raise OutputError(
            f"{target} could not be written: {error}. What stood there before is untouched."
        ) from error
    return int(found[0]) if found else 0
