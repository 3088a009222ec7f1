"""A study as a workbook: a sheet a table, with what each column holds, lists to choose from, and the check's faults.

What it is: `.xlsx` written with openpyxl. Each header cell carries a note on its column; cells of closed lists and of ids have
drop-down lists; dates are text, so that no spreadsheet turns them; every fault of the last check is a note at its cell, which
is red. The sheets `sources` and `study-toml` carry the rest of what is written by hand, so that a round trip loses nothing;
series computed from datasets are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chaikhana.core.vocabulary import attribute_values
from chaikhana.errors import Fault, OutputError
from chaikhana.filling.bibliography_sheet import SOURCES, STUDY
from chaikhana.filling.sheets import place
from chaikhana.study.loading import Checked
from chaikhana.study.reading import RawTable
from chaikhana.study.schema import TABLES, Column, Kind, Table
from chaikhana.study.tables_text import full_header
from chaikhana.study.writing import draft_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_CELL = 32_767
READ_ME, LISTS = "read-me", "lists"
SPARE = 500  # blank rows below the last one that have the lists too
_WIDTHS = {
    Kind.ID: 24,
    Kind.DATE: 13,
    Kind.END: 13,
    Kind.WORD: 18,
    Kind.CITE: 44,
    Kind.LINK: 22,
    Kind.NUMBER: 12,
    Kind.WHOLE: 10,
}


def write_workbook(checked: Checked, target: Path) -> Path:
    """Write a study, be it at fault or not, as a workbook.

    Raises
    ------
    OutputError
        If the file cannot be written, or a cell has more than a spreadsheet's cell can hold; what stood there is untouched.
    """
    from openpyxl import Workbook

    book = Workbook()
    _read_me(book, checked)
    lists = _Lists(book, checked)
    faults: dict[tuple[str, int | None, str | None], list[Fault]] = {}
    for fault in checked.faults:
        faults.setdefault((fault.file, fault.row, fault.column), []).append(fault)
    for table in TABLES:
        _table(book, table, checked.tables.get(table.name), lists, faults)
    _texts(book, checked.folder)
    with draft_of(target) as draft:
        book.save(draft)
    return target


def write_list(header: Sequence[str], rows: Sequence[Sequence[str]], target: Path) -> Path:
    """Write one sheet of text under a header.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for at, row in enumerate((header, *rows), 1):
        for number, text in enumerate(row, 1):
            _put(sheet, at, number, text, f"row {at}")
    sheet.freeze_panes = "A2"
    with draft_of(target) as draft:
        book.save(draft)
    return target


class _Lists:
    """The sheet of lists, and where in it each list stands."""

    def __init__(self, book: Workbook, checked: Checked) -> None:
        self._sheet = book.create_sheet(LISTS)
        self._places: dict[str, str] = {}
        for name, raw in checked.tables.items():
            if raw.table.key == ("id",):
                self._add(name, sorted({row["id"] for row in raw.rows}))
        if checked.about:
            self._add("issues", list(checked.about.issues))
        values = dict.fromkeys(v for row in _attributes() for v in attribute_values(row))
        self._add("values of design", list(values))
        for table in TABLES:
            for column in table.all_columns:
                if column.kind is Kind.WORD:
                    self._add(f"{table.name}.{column.name}", list(column.allowed))

    def of(self, table: Table, column: Column) -> str:
        """The range of a column's list; empty where it has none."""
        if column.kind is Kind.WORD:
            return self._places.get(f"{table.name}.{column.name}", "")
        if column.kind is Kind.LINK and len(column.to) == 1:
            return self._places.get(column.to[0], "")
        if (table.name, column.name) == ("design", "value"):
            return self._places["values of design"]
        return ""

    def _add(self, name: str, words: Sequence[str]) -> None:
        from openpyxl.styles import Font

        column = len(self._places)
        head = self._sheet.cell(1, column + 1, name)
        head.font = Font(bold=True)
        for number, word in enumerate(words, 2):
            _put(self._sheet, number, column + 1, word, name)
        letter = place(0, column)[:-1]
        self._sheet.column_dimensions[letter].width = 24
        self._places[name] = f"{LISTS}!${letter}$2:${letter}${max(2, len(words) + 1)}"


def _table(
    book: Workbook,
    table: Table,
    raw: RawTable | None,
    lists: _Lists,
    faults: Mapping[tuple[str, int | None, str | None], list[Fault]],
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.create_sheet(table.name)
    header = full_header(table)
    red, needed = PatternFill("solid", fgColor="F4B8B0"), PatternFill("solid", fgColor="DCE6F1")
    rows = raw.every if raw else ()
    for number, name in enumerate(header, 1):
        column = table.column(name)
        cell = sheet.cell(1, number, name)
        cell.font = Font(bold=True)
        if column.needed:
            cell.fill = needed
        cell.comment = _note(Comment, _about(column))
        letter = place(0, number - 1)[:-1]
        sheet.column_dimensions[letter].width = _WIDTHS.get(column.kind, 30)
        if allowed := lists.of(table, column):
            choice = DataValidation(
                type="list", formula1=f"={allowed}", allow_blank=True, showErrorMessage=True
            )
            choice.errorTitle, choice.errorStyle = "Not in the list", "warning"
            choice.error = f"{column.says[:200]}: choose from the list, or see chaikhana study check."
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{len(rows) + SPARE}")
    for at, row in enumerate(rows, 2):
        for number, name in enumerate(header, 1):
            column = table.column(name)
            if row[name] or column.kind in (Kind.DATE, Kind.END):
                _put(
                    sheet,
                    at,
                    number,
                    row[name],
                    f"{table.name}.csv, row {row.line}, column {name}",
                    column.kind,
                )
        _mark(sheet, at, row.line, table, header, faults, red)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{place(len(rows), len(header) - 1)}"


def _mark(
    sheet: Worksheet,
    at: int,
    line: int,
    table: Table,
    header: Sequence[str],
    faults: Mapping[tuple[str, int | None, str | None], list[Fault]],
    red: Any,
) -> None:
    """The faults of a row as notes at its cells; those of the whole row at its first."""
    from openpyxl.comments import Comment

    for number, name in enumerate((None, *header)):
        found = faults.get((f"{table.name}.csv", line, name))
        if found:
            cell = sheet.cell(at, max(number, 1))
            cell.fill = red
            told = "\n".join(f"{fault.message} {fault.remedy}".strip() for fault in found)
            before = f"{cell.comment.text}\n" if cell.comment else ""
            cell.comment = _note(Comment, f"{before}{told}")


def _put(sheet: Worksheet, row: int, column: int, text: str, where: str, kind: Kind = Kind.TEXT) -> None:
    """A cell of text that stays text: no formula, no date, no number that loses a digit."""
    from openpyxl.utils.escape import escape

    if len(text) > LONGEST_CELL:
        raise OutputError(
            f"{where} has {len(text):,} characters; a spreadsheet's cell holds {LONGEST_CELL:,}. Shorten it, or export CSV."
        )
    cell = sheet.cell(row, column)
    if kind in (Kind.NUMBER, Kind.WHOLE) and (number := _number(text)) is not None:
        cell.value = number
        return
    if kind in (Kind.DATE, Kind.END):
        cell.number_format = "@"
    if text:
        cell.value = text if not text.startswith("=") and "_x" not in text else escape(text)
        cell.data_type = "s"


def _number(text: str) -> int | float | None:
    """A number that is written as the text is; others stay text."""
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        if str(number) == text:
            return number
    return None


def _texts(book: Workbook, folder: Path) -> None:
    """The bibliography, an entry a row, and `study.toml`, a line a row."""
    from chaikhana.study.bibliography import cut_entries

    sheet = book.create_sheet(SOURCES)
    for number, name in enumerate(("key", "bibtex"), 1):
        _put(sheet, 1, number, name, SOURCES)
    path = folder / "sources.bib"
    entries = cut_entries(path.read_text(encoding="utf-8-sig")) if path.is_file() else []
    for at, (key, text) in enumerate(entries, 2):
        _put(sheet, at, 1, key, f"sources.bib, {key}")
        _put(sheet, at, 2, text, f"sources.bib, {key}")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 120
    sheet.freeze_panes = "A2"
    sheet = book.create_sheet(STUDY)
    path = folder / "study.toml"
    lines = path.read_text(encoding="utf-8-sig").rstrip("\n").split("\n") if path.is_file() else []
    for at, line in enumerate(lines, 1):
        _put(sheet, at, 1, line, f"study.toml, line {at}")
    sheet.column_dimensions["A"].width = 120


def _read_me(book: Workbook, checked: Checked) -> None:
    from openpyxl.styles import Font

    sheet = book.active
    sheet.title = READ_ME
    name = checked.about.title if checked.about else checked.folder.name
    for at, line in enumerate(_welcome(name, checked), 1):
        _put(sheet, at, 1, line, READ_ME)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 110


def _welcome(name: str, checked: Checked) -> Iterator[str]:
    yield name
    yield "One sheet a table, one row a fact, the first line names the columns. Point at a column's name to see what it holds."
    yield "Columns in blue are needed. Many cells have a list to choose from; the sheet ‘lists’ has them all."
    yield "Dates: 1996, 1996-04, 1996-04-26, 1996~ (about), 1996? (uncertain); .. in ‘to’ for still so; blank for not known."
    yield "Every row says in ‘cite’ who says so: a key of the sheet ‘sources’, a comma, and the place there."
    yield "A new source: a row on the sheet ‘sources’ with its key, and its entry as BibTeX, or columns author, title, year, url."
    yield f"Bring it in with: chaikhana study import FILE.xlsx --study {checked.folder.name}"
    count = len(checked.faults)
    yield f"The check found {count} {'fault' if count == 1 else 'faults'}" + (
        "; their cells are red." if count else "."
    )
    yield from (str(fault) for fault in checked.faults if fault.row is None)
    yield f"Written by chaikhana {version('chaikhana')}."


def _about(column: Column) -> str:
    parts = [("Needed. " if column.needed else "") + column.says + "."]
    if column.allowed:
        parts.append(f"Allowed: {', '.join(column.allowed)}.")
    if column.to:
        parts.append(
            f"An id of {' or '.join(column.to)}"
            + ("; several parted by ;" if column.kind is Kind.LINKS else "")
            + "."
        )
    return "\n".join(parts)


def _note(comment: Any, text: str) -> Any:
    note = comment(text[:8000], "chaikhana")
    note.width, note.height = 320, 40 + 18 * min(16, text.count("\n") + len(text) // 45 + 1)
    return note


def _attributes() -> tuple[str, ...]:
    return next(table for table in TABLES if table.name == "design").column("attribute").allowed
