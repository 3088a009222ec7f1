"""A study folder, checked whole and made into a `Study`.

What it is: reading, every check, and the tables as typed frames. All faults of all files come in one go; where there is
one, there is no study.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from chaikhana.core.dates import parse_moment, parse_period
from chaikhana.errors import Fault, StudyError, allowed_values
from chaikhana.study.about import About, read_about
from chaikhana.study.bibliography import Source, read_bibliography
from chaikhana.study.cells import ID_TABLES, Context, check_cells, split_list
from chaikhana.study.derived import Derived, read_derived
from chaikhana.study.reading import RawTable, is_there, read_table, stray_tables
from chaikhana.study.rules import RULES
from chaikhana.study.schema import BY_NAME, TABLES, Column, Kind, Table
from chaikhana.study.study import Study

Sources = Callable[[Path], tuple[dict[str, Source] | None, list[Fault], list[Fault]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found.

    Attributes
    ----------
    faults : tuple of Fault
        What must be mended before the study can be used, in the order of files and rows.
    notices : tuple of Fault
        What was put right on the way, or is worth a look.
    """

    folder: Path
    about: About | None
    tables: dict[str, RawTable]
    bibliography: dict[str, Source]
    derived: dict[str, Derived]
    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...]


def check_study(folder: Path, sources: Sources = read_bibliography) -> Checked:
    """Read and check a study folder whole.

    Parameters
    ----------
    folder : Path
        Holds `study.toml`, `sources.bib` and the tables.
    sources : callable
        Reads the bibliography; whoever has begun to read it elsewhere gives what waits for it.

    Raises
    ------
    StudyError
        If there is no such folder; faults inside the folder are returned, not raised.
    """
    if not folder.is_dir():
        raise StudyError(
            str(folder),
            [
                Fault(
                    rule="no-folder",
                    file=folder.name,
                    message="is not a folder.",
                    remedy="Name a study folder, or a shipped study.",
                )
            ],
        )
    about, faults, notices = read_about(folder)
    bibliography, more, noticed = sources(folder)
    faults += more + stray_tables(folder)
    notices += noticed
    tables: dict[str, RawTable] = {}
    unusable: set[str] = set()
    for table in TABLES:
        if not is_there(folder, f"{table.name}.csv"):
            if not table.optional:
                unusable.add(table.name)
                faults.append(
                    Fault(
                        rule="missing-table",
                        file=f"{table.name}.csv",
                        message="is not there.",
                        remedy=f"A study needs it; one row is {table.one_row_is}.",
                    )
                )
            continue
        reading = read_table(folder, table)
        faults += reading.faults
        notices += reading.notices
        if reading.raw is None:
            unusable.add(table.name)
        else:
            tables[table.name] = reading.raw
    faults += check_tables(tables, unusable, about, bibliography)
    if about and bibliography is not None:
        faults += _papers(about, bibliography)
    derived, more = read_derived(folder)
    faults += more
    if not faults:
        notices += _unused(bibliography or {}, tables)
    return Checked(
        folder=folder,
        about=about,
        tables=tables,
        bibliography=bibliography or {},
        derived=derived,
        faults=_ordered(faults),
        notices=tuple(notices),
    )


def check_tables(
    tables: dict[str, RawTable],
    unusable: set[str],
    about: About | None,
    bibliography: dict[str, Source] | None,
) -> list[Fault]:
    """Every fault of the cells of tables and of what they say together; `unusable` names those that could not be read."""
    ids = {
        name: None
        if name in unusable
        else frozenset(row["id"] for row in tables[name].every)
        if name in tables
        else frozenset()
        for name in ID_TABLES
    }
    context = Context(ids, bibliography, about)
    faults = [fault for raw in tables.values() for fault in check_cells(raw, context)]
    return faults + [fault for rule in RULES for fault in rule(tables, about)]


def _papers(about: About, bibliography: dict[str, Source]) -> list[Fault]:
    return [
        Fault(
            rule="unknown-key",
            file="study.toml",
            column="papers",
            value=paper,
            message="is not in sources.bib.",
            remedy=allowed_values(paper, sorted(bibliography)),
        )
        for paper in about.papers
        if paper not in bibliography
    ]


def load_study(folder: Path, sources: Sources = read_bibliography) -> Study:
    """Load a study folder; `sources` as `check_study` takes it.

    Raises
    ------
    StudyError
        With every fault, if there is any.
    """
    checked = check_study(folder, sources)
    if checked.faults or checked.about is None:
        raise StudyError(str(folder), checked.faults)
    return Study(
        folder=folder,
        about=checked.about,
        frames={table.name: as_frame(table, checked.tables.get(table.name)) for table in TABLES},
        bibliography=checked.bibliography,
        derived=checked.derived,
    )


def as_frame(table: Table, raw: RawTable | None) -> pl.DataFrame:
    """A table as a frame: text as written, lists as lists, numbers as numbers, and the bounds of each date.

    Returns
    -------
    polars.DataFrame
        One row a line, with `row` (``table:line``); each date column ``d`` brings ``d_earliest`` and
        ``d_latest``, of type Date.
    """
    rows = raw.rows if raw else ()
    columns: dict[str, pl.Series] = {
        "row": pl.Series("row", [f"{table.name}:{row.line}" for row in rows], dtype=pl.String)
    }
    for column in table.all_columns:
        columns[column.name] = _series(column, [row[column.name] for row in rows])
        if column.kind in (Kind.DATE, Kind.END):
            starts = column.name == "from"
            moments = [
                parse_period(row[column.name], "").start if starts else parse_moment(row[column.name])
                for row in rows
            ]
            for end in ("earliest", "latest"):
                name = f"{column.name}_{end}"
                columns[name] = pl.Series(name, [getattr(moment, end) for moment in moments], dtype=pl.Date)
    return pl.DataFrame(list(columns.values()))


def _series(column: Column, cells: Sequence[str]) -> pl.Series:
    if column.kind in (Kind.LIST, Kind.LINKS):
        return pl.Series(column.name, [split_list(cell) for cell in cells], dtype=pl.List(pl.String))
    if column.kind is Kind.NUMBER:
        return pl.Series(column.name, [float(cell) if cell else None for cell in cells], dtype=pl.Float64)
    if column.kind is Kind.WHOLE:
        return pl.Series(column.name, [int(float(cell)) if cell else None for cell in cells], dtype=pl.Int64)
    return pl.Series(column.name, cells, dtype=pl.String)


def _ordered(faults: list[Fault]) -> tuple[Fault, ...]:
    order = {f"{name}.csv": place for place, name in enumerate(BY_NAME)}
    return tuple(sorted(faults, key=lambda fault: (order.get(fault.file, -1), fault.row or 0)))


def _unused(bibliography: dict[str, Source], tables: dict[str, RawTable]) -> list[Fault]:
    cited = {
        part.split(",", 1)[0].strip()
        for raw in tables.values()
        for row in raw.rows
        for part in row["cite"].split(";")
    }
    cited |= (
        {unit.removeprefix("sources:") for row in tables["codings"].rows for unit in split_list(row["unit"])}
        if "codings" in tables
        else set()
    )
    return [
        Fault(rule="uncited-source", file="sources.bib", value=key, message="is cited by no row.")
        for key in bibliography
        if key not in cited
    ]
