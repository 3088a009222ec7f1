"""From a provider's file to a frame of its own columns: unpacking, headings, records, kinds.

What it is: the part of reading that is the same for every dataset. `unpacked` gives a file's bytes, `headings` what its
columns are called, `records` a frame of text, `typed` the same with numbers as numbers and the codes of missing
values as nulls, each with its word in a column `<column>_missing`. Everything that does not fit is a `SourceError` that
names the place.
"""

from __future__ import annotations

import csv
import gzip
import io
import tempfile
import zlib
from pathlib import Path

import polars as pl
import pyreadstat

from chaikhana.errors import SourceError, shorten
from chaikhana.sources.codes import words
from chaikhana.sources.manifest import Csv, Dataset, Kind, Part, Stata

MISSING = "_missing"
_HEAD = 1 << 18  # bytes in which every preamble and line of headings ends


def unpacked(known: Dataset, file: Path) -> bytes:
    """The file's bytes, unpacked.

    Raises
    ------
    SourceError
        If it cannot be read, or is empty.
    """
    try:
        data = file.read_bytes()
        text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" or file.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            f"{file} cannot be read as a part of {known.id}: {error}. {again(known)}"
        ) from error
    if not text.strip():
        raise SourceError(f"{file} is empty. {expected(known)}")
    return text


def headings(part: Part, data: bytes) -> list[str] | None:
    """The names of the columns, blank ones as ``blank_1``, ``blank_2``; None if the file is not of the part's form."""
    if isinstance(part.form, Stata):
        frame = _stata(data, rows=1)
        return None if frame is None else list(frame.columns)
    found = _body(part.form, data[:_HEAD].decode(part.form.encoding, "replace"))
    try:
        return None if found is None else _named(next(csv.reader([found[0]], delimiter=part.form.separator)))
    except (csv.Error, StopIteration):
        return None


def records(known: Dataset, part: Part, file: Path, data: bytes) -> pl.DataFrame:
    """Every record, all columns as text and blanks as nulls.

    Raises
    ------
    SourceError
        If the file is cut, or a record does not fit the headings.
    """
    if isinstance(part.form, Stata):
        frame = _stata(data)
        if frame is None:
            raise SourceError(f"{file} cannot be read as a Stata file. {again(known)}")
        return frame
    if b"\0" in data:
        raise SourceError(f"{file} has bytes that no text has (NUL). {again(known)}")
    try:
        lines = _body(part.form, data.decode(part.form.encoding))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{file} cannot be read as a part of {known.id}: {error.reason} at byte {error.start:,}, where "
            f"{part.form.encoding} is expected. {again(known)}"
        ) from error
    if lines is None:
        raise SourceError(f"{file} has no line of headings that begins ‘{part.form.header}’. {again(known)}")
    names = _named(next(csv.reader([lines[0]], delimiter=part.form.separator)))
    if part.form.rejoins:
        frame = _rejoined(known, part.form, file, names, lines[1])
    else:
        _whole(known, part.form, file, len(names), lines[1])
        frame = _csv(known, part, part.form, file, names, lines[1])
    if part.form.title:
        first = data.split(b"\n", 1)[0].decode(part.form.encoding)
        frame = frame.with_columns(pl.lit(next(csv.reader([first]))[0]).alias(part.form.title))
    return frame


def typed(known: Dataset, part: Part, file: Path, raw: pl.DataFrame) -> pl.DataFrame:
    """Numbers as numbers; a code of a missing value is null, its word stands in ``<column>_missing``.

    Raises
    ------
    SourceError
        If a key is blank, or a cell is not of its column's kind; it names row, column and value.
    """
    for key in part.keys:
        if raw.height and raw[key].null_count():
            raise SourceError(f"{file} has rows without ‘{key}’. {again(known)}")
    made: list[pl.Series] = []
    for name, kind in part.columns.items():
        if kind is Kind.TEXT:
            continue
        text = raw[name].cast(pl.String).str.strip_chars()
        codes = words(known.id, name)
        if codes:
            spoken = pl.Series(name + MISSING, text.fill_null("").replace_strict(codes, default=None))
            made.append(spoken.cast(pl.String))
            text = text.to_frame().select(pl.when(spoken.is_null()).then(pl.col(name)))[name]
        made.append(_numbers(known, file, text, kind).alias(name))
    return raw.with_columns(made)


def again(known: Dataset) -> str:
    """What to do about a damaged file."""
    return f"It may be damaged or cut short: bring it again from {known.page}"


def expected(known: Dataset) -> str:
    """Which files a dataset consists of."""
    parts = "; ".join(f"{part.name} ({', '.join(list(part.columns)[:4])} …)" for part in known.parts)
    return f"Its parts are: {parts}. {known.title} is offered at {known.page}"


def _numbers(known: Dataset, file: Path, text: pl.Series, kind: Kind) -> pl.Series:
    numbers = text.cast(pl.Float64, strict=False)
    bad = text.is_not_null() & numbers.is_null()
    if kind is Kind.WHOLE:
        bad = bad | (numbers.is_not_null() & (numbers != numbers.floor()))
    if bad.any():
        row = int(bad.arg_true()[0])
        raise SourceError(
            f"{file}, record {row + 1:,}, column {text.name}: ‘{shorten(str(text[row]))}’ is not {kind.value}. "
            f"{again(known)}"
        )
    return numbers.cast(pl.Int32) if kind is Kind.WHOLE else numbers


def _body(form: Csv, text: str) -> tuple[str, str] | None:
    """The line of headings, and the records below it; None where there is no such line."""
    text = text.removeprefix("\ufeff").replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if form.header:
        at = 0 if text.startswith(form.header) else text.find("\n" + form.header) + 1
        if at == 0 and not text.startswith(form.header):
            return None
        text = text[at:]
    head, _, rest = text.partition("\n")
    if form.footer and (end := rest.find("\n" + form.footer)) >= 0:
        rest = rest[: end + 1]
    if form.gaps:
        rest = "".join(line for line in rest.splitlines(keepends=True) if line.strip(f"{form.separator}\n"))
    return head, rest


def _named(cells: list[str]) -> list[str]:
    names: list[str] = []
    blank = 0
    for cell in cells:
        if not cell.strip():
            blank += 1
        names.append(cell.strip() or f"blank_{blank}")
    return names


def _whole(known: Dataset, form: Csv, file: Path, width: int, text: str) -> None:
    """Raise if the last record is not whole: a quotation that does not end, or too few cells in a line of its own."""
    last = text.rstrip("\n").rsplit("\n", 1)[-1]
    cells = next(csv.reader([last], delimiter=form.separator), [])
    own_line = last.count('"') % 2 == 0
    if text.count('"') % 2 or (text.strip() and own_line and len(cells) != width):
        raise SourceError(f"{file} ends in the middle of a row. {again(known)}")


def _csv(known: Dataset, part: Part, form: Csv, file: Path, names: list[str], text: str) -> pl.DataFrame:
    if not text.strip():
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    try:
        return pl.read_csv(
            text.encode(),
            has_header=False,
            new_columns=names,
            infer_schema=False,
            separator=form.separator,
            null_values=list(form.blanks),
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise SourceError(
            f"{file} cannot be read as the part ‘{part.name}’ of {known.id}: {reason}. {again(known)}"
        ) from error


def _rejoined(known: Dataset, form: Csv, file: Path, names: list[str], text: str) -> pl.DataFrame:
    """Records of which some are broken over two lines, each too short: 13 cells and 4 make 16, one being cut in two."""
    rows: list[list[str | None]] = []
    held: list[str] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=form.separator), start=1):
        if held:
            cells = [*held[:-1], f"{held[-1]} {cells[0]}".strip(), *cells[1:]] if cells else held
        held = []
        if len(cells) < len(names):
            held = cells
        elif len(cells) == len(names):
            rows.append([None if cell in form.blanks else cell for cell in cells])
        else:
            raise SourceError(
                f"{file}, record {number:,} has {len(cells)} cells, not {len(names)}. {again(known)}"
            )
    if held:
        raise SourceError(f"{file} ends in the middle of a row. {again(known)}")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _stata(data: bytes, rows: int = 0) -> pl.DataFrame | None:
    """The frame of a Stata file as text (the first `rows`, or all), or None if it is none."""
    with tempfile.NamedTemporaryFile(suffix=".dta") as copy:
        copy.write(data)
        copy.flush()
        try:
            frame, _ = pyreadstat.read_dta(copy.name, row_limit=rows, output_format="polars")
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, ValueError):
            return None
    return pl.DataFrame(frame).with_columns(pl.all().cast(pl.String).replace("", None))
