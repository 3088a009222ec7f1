"""A study as a folder of files: CSV, which is a study folder again, or Parquet.

What it is: every table, series, measure and finding as a file of its name. The CSV folder holds `study.toml`, `sources.bib` and
`derived/` too, so that `chaikhana study check FOLDER` reads it; what is computed stands in `computed/`. The Parquet folder has
the same frames with their types, lists as lists, dates with their bounds. The folder is written beside its place and moved there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from chaikhana.errors import OutputError
from chaikhana.study.datapackage import write_datapackage
from chaikhana.study.derived import write_derived
from chaikhana.study.loading import load_study
from chaikhana.study.schema import TABLES, Column, Kind
from chaikhana.study.tables_text import as_text, full_header
from chaikhana.taking.package import Package, flat

COMPUTED = "computed"


@contextmanager
def folder_at(target: Path) -> Iterator[Path]:
    """A folder to fill beside its place, moved there once it is whole; what is there already is left alone.

    Raises
    ------
    OutputError
        If something is there, or it cannot be written.
    """
    if target.exists():
        refuse(target)
    if not target.parent.is_dir():
        raise OutputError(f"There is no folder {target.parent}. Make it first, or name another place.")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        draft.mkdir()
        yield draft
        draft.rename(target)
    except OSError as error:
        raise OutputError(f"{target} could not be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def refuse(target: Path) -> None:
    """Say that something is there already.

    Raises
    ------
    OutputError
    """
    raise OutputError(f"{target} is there already. Name another folder, or take it away first.")


def write_csv(package: Package, target: Path) -> int:
    """Write a study folder with what was computed beside it; the number of files.

    Raises
    ------
    OutputError
    """
    with folder_at(target) as draft:
        fill_csv(package, draft)
        return sum(path.is_file() for path in draft.rglob("*"))


def fill_csv(package: Package, folder: Path) -> None:
    """Write the study and what was computed of it into an empty folder."""
    study = package.study
    for name in ("study.toml", "sources.bib"):
        shutil.copyfile(study.folder / name, folder / name)
    for name in ("claims", "scenarios", "initiatives"):
        for path in sorted((study.folder / name).glob("*.toml")):
            (folder / name).mkdir(exist_ok=True)
            shutil.copyfile(path, folder / name / path.name)
    for table in TABLES:
        frame = study.frames[table.name]
        columns = {column.name: _cells(column, frame[column.name]) for column in table.all_columns}
        rows = (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))
        (folder / f"{table.name}.csv").write_text(
            as_text(full_header(table), rows), encoding="utf-8", newline=""
        )
    for one in study.derived.values():
        write_derived(folder, one.name, one.frame, one.origin)
    computed = package.of("measure", "finding")
    if computed:
        (folder / COMPUTED).mkdir()
    for taken in computed:
        flat(taken.frame).write_csv(folder / COMPUTED / f"{taken.file}.csv")
    write_datapackage(load_study(folder))


def write_parquet(package: Package, target: Path) -> int:
    """Write each frame as a Parquet file, and the texts that no frame holds; the number of files.

    Raises
    ------
    OutputError
    """
    with folder_at(target) as draft:
        for taken in package.frames:
            taken.frame.write_parquet(draft / f"{taken.file}.parquet")
        shutil.copyfile(package.study.folder / "study.toml", draft / "study.toml")
        described = {
            taken.file: {"title": taken.title, "rows": taken.frame.height, "columns": dict(taken.says)}
            for taken in package.frames
        }
        (draft / "columns.json").write_text(
            json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
        origins = {one.name: dict(one.origin) for one in package.study.derived.values()}
        (draft / "origins.json").write_text(json.dumps(origins, ensure_ascii=False, indent=1) + "\n", "utf-8")
        return sum(path.is_file() for path in draft.rglob("*"))


def _cells(column: Column, values: pl.Series) -> list[str]:
    """A column as the cells of a file hold it."""
    if column.kind in (Kind.LIST, Kind.LINKS):
        return ["; ".join(parts) for parts in values.to_list()]
    if column.kind is Kind.NUMBER:
        return [
            ""
            if value is None
            else str(int(value))
            if value.is_integer() and abs(value) < 1e15
            else repr(value)
            for value in values
        ]
    if column.kind is Kind.WHOLE:
        return ["" if value is None else str(value) for value in values]
    return values.to_list()
