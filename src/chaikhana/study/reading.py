"""Files of a study folder, read as they come from a spreadsheet, and what is wrong with them as files.

What it is: the edge at which somebody else's files come in. A folder is data and is never executed; no path
leads out of it. It reads UTF-8 with or without a byte-order mark and any line ending, and says so; every
other oddity (semicolons, tabs, other encodings, unclosed quotes, runaway lines) is a fault with its remedy.
"""

from __future__ import annotations

import csv
import io
import stat
from dataclasses import dataclass
from pathlib import Path

from chaikhana.errors import ChaikhanaError, Fault, allowed_values, shorten
from chaikhana.study.schema import BY_NAME, Table

LONGEST_LINE = 100_000
LARGEST_FILE = 64 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table: its number in the file (the header is line 1) and its cells by column."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A table as text, before any cell has been looked at."""

    table: Table
    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    spoilt: tuple[Row, ...] = ()

    @property
    def every(self) -> tuple[Row, ...]:
        """All rows, those of the wrong width too: others may name them."""
        return self.rows + self.spoilt


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What could be read of a file, what is wrong with it, and what was put right on the way."""

    raw: RawTable | None
    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()


class UnusableFileError(ChaikhanaError):
    """A file of a study that cannot be read at all; carries the fault."""

    def __init__(self, rule: str, file: str, message: str, remedy: str) -> None:
        self.fault = Fault(rule=rule, file=file, message=message, remedy=remedy)
        super().__init__(str(self.fault))


def is_there(folder: Path, name: str) -> bool:
    """Whether the folder has such a name, be it a link that leads nowhere."""
    path = folder / name
    return path.is_symlink() or path.exists()


def read_text(folder: Path, name: str) -> tuple[str, list[Fault]]:
    """The text of a file inside `folder`, and what was put right in it.

    Raises
    ------
    UnusableFileError
        If it is no plain file inside the folder, is too large, or is not UTF-8 text.
    """
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise UnusableFileError(
                "path-leaves-study",
                name,
                "leads out of the study's folder.",
                "Put the file itself into the folder.",
            )
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnusableFileError(
                "unreadable-file",
                name,
                "is a directory or a device.",
                "Check that it is a file and that you may read it.",
            )
        if status.st_size > LARGEST_FILE:
            raise UnusableFileError(
                "file-too-large",
                name,
                f"has {status.st_size / 1e6:,.0f} MB.",
                f"A table may have {LARGEST_FILE // 1_000_000} MB.",
            )
        data = path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its links go in a circle"
        raise UnusableFileError(
            "unreadable-file",
            name,
            f"cannot be read ({reason}).",
            "Check that it is a file and that you may read it.",
        ) from error
    return decode(name, data)


def decode(name: str, data: bytes) -> tuple[str, list[Fault]]:
    """The text of some bytes, and what was put right in it.

    Raises
    ------
    UnusableFileError
        If they are not UTF-8 text.
    """
    notices: list[Fault] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnusableFileError("utf-16", name, "is in UTF-16.", "Save it as ‘CSV UTF-8’.")
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        notices.append(
            _fault("byte-order-mark", name, "begins with a byte-order mark, which was passed over.")
        )
    if b"\0" in data:
        raise UnusableFileError(
            "nul-byte",
            name,
            "has bytes that no text has (NUL).",
            "It may be a workbook or a damaged file: save it as ‘CSV UTF-8’.",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnusableFileError(
            "wrong-encoding",
            name,
            f"is not UTF-8: line {line} has the byte 0x{data[error.start]:02x}.",
            "Save it as ‘CSV UTF-8’.",
        ) from error
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notices.append(
            _fault("crlf", name, "has Windows or old Mac line endings, which were read as plain ones.")
        )
    return text, notices


def read_table(folder: Path, table: Table) -> Reading:
    """Read one table of a study folder."""
    name = f"{table.name}.csv"
    try:
        text, notices = read_text(folder, name)
    except UnusableFileError as error:
        return Reading(raw=None, faults=(error.fault,))
    raw, faults = parse_table(table, name, text)
    return Reading(raw=raw, faults=tuple(faults), notices=tuple(notices))


def parse_table(table: Table, name: str, text: str) -> tuple[RawTable | None, list[Fault]]:
    """Cut the text of a table into rows; no table where it cannot be done without guessing."""
    if not text.strip():
        return None, [
            _fault("empty-file", name, "is empty.", f"Its first line names the columns: {_names(table)}.")
        ]
    if long := _long_line(text):
        return None, [
            Fault(
                rule="line-too-long",
                file=name,
                row=long,
                message=f"is a line of over {LONGEST_LINE:,} characters.",
                remedy="A quote may be missing, or it is no table.",
            )
        ]
    first = text.split("\n", 1)[0]
    for rule, mark, label in (("semicolons", ";", "semicolons"), ("tabs", "\t", "tabs")):
        if "," not in first and mark in first:
            return None, [_fault(rule, name, f"parts its columns by {label}.", "Save it with commas.")]
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(text), strict=True)
    header: list[str] = []
    rows: list[Row] = []
    spoilt: list[Row] = []
    faults: list[Fault] = []
    line = 1
    try:
        header = [cell.strip() for cell in next(reader)]
        if not any(header):
            return None, [
                Fault(
                    rule="empty-header",
                    file=name,
                    row=1,
                    message="is blank.",
                    remedy=f"The first line names the columns: {_names(table)}.",
                )
            ]
        faults += _check_header(table, name, header)
        if faults:
            return None, faults
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    faults.append(_wrong_width(name, line, len(cells), len(header)))
                    spoilt.append(
                        Row(
                            line=line, cells=dict(zip(header, (cell.strip() for cell in cells), strict=False))
                        )
                    )
                else:
                    rows.append(
                        Row(line=line, cells=dict(zip(header, (cell.strip() for cell in cells), strict=True)))
                    )
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(
            Fault(
                rule="broken-quotes",
                file=name,
                row=line,
                message=f"cannot be cut into cells ({error}).",
                remedy='A quote is not closed, or stands inside a cell: write it double ("").',
            )
        )
        return None, faults
    return RawTable(
        table=table, file=name, header=tuple(header), rows=tuple(rows), spoilt=tuple(spoilt)
    ), faults


def stray_tables(folder: Path) -> list[Fault]:
    """CSV files of the folder that are no table of a study."""
    strays = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() == ".csv" and (path.suffix != ".csv" or path.stem not in BY_NAME)
    ]
    return [
        _fault(
            "unknown-table",
            path.name,
            "is no table of a study.",
            f"Did you mean ‘{path.stem.lower()}’? Call it {path.stem.lower()}.csv."
            if path.stem.lower() in BY_NAME
            else allowed_values(path.stem, sorted(BY_NAME), most=20),
        )
        for path in strays
    ]


def _check_header(table: Table, name: str, header: list[str]) -> list[Fault]:
    known = {column.name: column for column in table.all_columns}
    faults = []
    for column in dict.fromkeys(header):
        if header.count(column) > 1:
            faults.append(
                _fault("double-column", name, f"has the column ‘{shorten(column)}’ twice.", "Keep one.")
            )
        if column not in known:
            faults.append(
                _fault(
                    "unknown-column",
                    name,
                    f"has a column ‘{shorten(column)}’ that its table does not.",
                    allowed_values(column, list(known), most=20),
                )
            )
    faults += [
        _fault("missing-column", name, f"lacks the column ‘{column.name}’ ({column.says}).", "Add it.")
        for column in known.values()
        if column.needed and column.name not in header
    ]
    return faults


def _wrong_width(name: str, line: int, found: int, wanted: int) -> Fault:
    rule = "too-many-cells" if found > wanted else "too-few-cells"
    hint = (
        "A cell with a comma in it needs quotes."
        if found > wanted
        else "Leave blank cells, but keep their commas."
    )
    return Fault(
        rule=rule,
        file=name,
        row=line,
        message=f"has {found} cells where the header has {wanted}.",
        remedy=hint,
    )


def _long_line(text: str) -> int | None:
    if len(text) <= LONGEST_LINE:
        return None
    return next((number for number, line in enumerate(text.split("\n"), 1) if len(line) > LONGEST_LINE), None)


def _names(table: Table) -> str:
    return ", ".join(column.name for column in table.all_columns)


def _fault(rule: str, file: str, message: str, remedy: str = "") -> Fault:
    return Fault(rule=rule, file=file, message=message, remedy=remedy)
