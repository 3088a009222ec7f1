"""A scholar's own file of scores, read whole or refused with the line that is wrong.

What it is: the reader of the table that `chaikhana qca` is given. One row a case, the first column its name; comma or semicolon
between cells, as Excel saves them; text in UTF-8. Nothing is guessed of the cells: they stay text until they are scored.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl

from chaikhana.errors import BadValueError, SourceError, shorten

LARGEST = 50_000_000
HEADER_LINES = 1


def read_scores(path: Path) -> pl.DataFrame:
    """The file as a table of text.

    Raises
    ------
    SourceError
        If there is no such file, or it is no text in UTF-8.
    BadValueError
        If a row has more or fewer cells than the header, or a column has no name or that of another.
    """
    text = _text(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(
        io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True
    )
    rows: list[list[str]] = []
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                _names(path, header)
            elif len(cells) != len(header):
                raise BadValueError(
                    f"{path.name}, line {reader.line_num}: {len(cells)} cells where the header has {len(header)}. "
                    "Give each column a cell; leave it blank where a score is missing."
                )
            else:
                rows.append([cell.strip() for cell in cells])
    except csv.Error as error:
        raise BadValueError(
            f"{path.name}, line {reader.line_num}: {error}. Save it as CSV in UTF-8."
        ) from None
    if not rows:
        raise BadValueError(f"{path.name} has no case: it wants a header and one row for each case.")
    return pl.DataFrame(rows, schema=[(name, pl.String) for name in header], orient="row")


def _text(path: Path) -> str:
    if path.is_dir():
        raise SourceError(f"{path} is a folder. Give a CSV file with one row for each case.")
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(
                f"{path.name} is larger than {LARGEST // 1_000_000} MB: this is no table of cases."
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path.name} is no text in UTF-8 (at byte {error.start:,}). In Excel, save it as ‘CSV UTF-8’."
        ) from None
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror or error}. Give the path of a CSV file."
        ) from None


def _names(path: Path, header: list[str]) -> None:
    if len(header) < 3:
        raise BadValueError(
            f"{path.name}: the header has {len(header)} columns. It wants the case, at least one condition, and the outcome."
        )
    for place, name in enumerate(header):
        if not name:
            raise BadValueError(f"{path.name}: column {place + 1} has no name in the header.")
        if name in header[:place]:
            raise BadValueError(f"{path.name}: two columns are called ‘{shorten(name)}’. Rename one.")
