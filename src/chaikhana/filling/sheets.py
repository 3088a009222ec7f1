"""Workbooks and files of commas, read as grids of cells that know where they stand.

What it is: the edge at which somebody else's spreadsheet comes in. `.xlsx` with openpyxl (values as last computed, merged
cells, formula errors), `.csv` parted by commas, semicolons or tabs. Nothing in a workbook is executed; one that unpacks to
more than `MOST_BYTES` is not opened.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from chaikhana.errors import BadValueError, shorten
from chaikhana.study.reading import LARGEST_FILE, UnusableFileError, decode

MOST_BYTES = 400_000_000
MOST_COLUMNS = 256
Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell.

    Attributes
    ----------
    value
        Text as typed (blanks at its ends included), a number, a truth or a day; None where it is blank.
    place : str
        As a spreadsheet calls it: ``D7``.
    fault : str
        ``formula-error``, ``formula-without-value`` or ``merged`` (covered by another cell), else empty.
    formula : str
        What the cell is computed by or merged with, where it has a fault.
    """

    value: Value
    place: str
    fault: str = ""
    formula: str = ""

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.fault and (
            self.value is None or (isinstance(self.value, str) and not self.value.strip())
        )

    @property
    def text(self) -> str:
        """What it shows, without blanks at its ends."""
        return "" if self.value is None else str(self.value).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a file: its rows from the first to the last that has anything in it."""

    file: str
    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook, a file of commas, or a folder of either, by name.

    Raises
    ------
    BadValueError
        If there is no such file, it is of another kind, cannot be opened, or is too large.
    """
    if path.is_dir():
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".xlsx", ".tsv"))
        inside = [p for p in inside if not p.name.startswith((".", "~$"))]
        if not inside:
            raise BadValueError(f"{path} has no workbook (.xlsx) and no file of commas (.csv) in it.")
        return [sheet for one in inside for sheet in read_sheets(one)]
    if not path.is_file():
        raise BadValueError(
            f"There is no file {path}. Name a workbook (.xlsx), a .csv file or a folder of them."
        )
    if path.stat().st_size > LARGEST_FILE:
        raise BadValueError(
            f"{path.name} has {path.stat().st_size / 1e6:,.0f} MB; {LARGEST_FILE // 1_000_000} MB is the most."
        )
    kind = path.suffix.lower()
    if kind == ".xlsx":
        return list(_workbook(path))
    if kind in (".csv", ".tsv"):
        return [_commas(path)]
    hint = "Save it as an Excel workbook (.xlsx) or as CSV UTF-8."
    raise BadValueError(f"{path.name} is a file of a kind that is not read. {hint}")


def place(row: int, column: int) -> str:
    """The name of a cell, both counted from nought: ``D7``."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row + 1}"


def _workbook(path: Path) -> Iterator[Sheet]:
    from openpyxl import load_workbook  # a tenth of a second, for workbooks alone

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
                raise BadValueError(
                    f"{path.name} unpacks to more than {MOST_BYTES // 1_000_000} MB, and is not opened."
                )
            computed = any(
                b"<f>" in (part := packed.read(name)) or b"<f " in part
                for name in packed.namelist()
                if name.startswith("xl/worksheets/")
            )
        values = load_workbook(path, data_only=True)
        formulas = load_workbook(path, data_only=False) if computed else values
    except BadValueError:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as there are parts to it
        raise BadValueError(
            f"{path.name} is no workbook that can be opened ({shorten(str(error), 80)}). "
            "Open it in a spreadsheet and save it anew as .xlsx."
        ) from error
    for sheet in values.worksheets:
        typed = formulas[sheet.title]
        covered = {
            (row, column): area.coord.split(":")[0]
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
            if (row, column) != (area.min_row, area.min_col)
        }
        if sheet.max_column > MOST_COLUMNS * 4:
            raise BadValueError(
                f"{path.name}, sheet {sheet.title}: has {sheet.max_column:,} columns; no table has so many."
            )
        # A dimension that reaches below the last filled row is no cost: rows without cells are not made.
        rows = [
            tuple(_cell(cell, typed_cell, covered) for cell, typed_cell in zip(row, typed_row, strict=True))
            for row, typed_row in zip(sheet.iter_rows(), typed.iter_rows(), strict=True)
        ]
        yield Sheet(file=path.name, name=sheet.title, rows=_trimmed(rows))


def _cell(cell: Any, typed: Any, covered: dict[tuple[int, int], str]) -> Cell:
    where = cell.coordinate
    if (cell.row, cell.column) in covered:
        return Cell(value=None, place=where, fault="merged", formula=covered[cell.row, cell.column])
    value = cell.value
    if cell.data_type == "e":
        return Cell(value=str(value), place=where, fault="formula-error", formula=str(typed.value))
    if value is None and typed.data_type == "f":
        return Cell(value=None, place=where, fault="formula-without-value", formula=str(typed.value))
    if isinstance(value, datetime):
        value = value.date()
    elif isinstance(value, time):
        value = value.isoformat()
    return Cell(value=value, place=where)


def _commas(path: Path) -> Sheet:
    try:
        text, _ = decode(path.name, path.read_bytes())
    except UnusableFileError as error:
        raise BadValueError(str(error)) from error
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    csv.field_size_limit(LARGEST_FILE)
    try:
        grid = list(csv.reader(io.StringIO(text), delimiter=mark, strict=True))
    except csv.Error as error:
        raise BadValueError(
            f"{path.name} cannot be cut into cells ({error}). "
            'A quote is not closed, or stands inside a cell: write it double ("").'
        ) from error
    rows = [
        tuple(Cell(value=cell or None, place=place(row, column)) for column, cell in enumerate(cells))
        for row, cells in enumerate(grid)
    ]
    return Sheet(file=path.name, name=path.stem, rows=_trimmed(rows))


def _trimmed(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Without the blank rows at the end."""
    last = max((number for number, row in enumerate(rows) if not all(cell.blank for cell in row)), default=-1)
    return tuple(rows[: last + 1])
