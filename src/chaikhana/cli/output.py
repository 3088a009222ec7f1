"""How commands speak: a table for eyes, JSON and CSV for tools, and errors without tracebacks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chaikhana.core.plain import finite

if TYPE_CHECKING:
    import polars as pl

    from chaikhana.core.measured import Measured

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CsvFlag = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
ROWS = "rows"
WIDEST = 48
UNBROKEN = 22
LEAST_FOLDED = 14
SMALL = 0.01
LONGEST = 2_000  # rows that are printed for eyes
ALWAYS = ("holds", "rival", "side", "prefer", "basis", "cite", "date")


class Form(StrEnum):
    """The three forms in which a reading command speaks."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def form_of(as_json: bool, as_csv: bool) -> Form:
    """The form that the flags ask for."""
    if as_json and as_csv:
        raise typer.BadParameter("Choose --json or --csv, not both.")
    return Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE


def show_frame(
    frame: pl.DataFrame, form: Form, title: str = "", notes: Sequence[str] = (), decimals: int = 2
) -> None:
    """Print a frame in the form asked for; titles, notes and rounding only to eyes."""
    if form is Form.CSV:
        sys.stdout.write(flat(frame).write_csv())
    elif form is Form.JSON:
        show_json(frame.to_dicts())
    else:
        _show_table(frame, title, notes, decimals)


def show_json(value: Any) -> None:
    """Print a value as JSON."""
    sys.stdout.write(
        json.dumps(finite(value), ensure_ascii=False, indent=1, default=str, allow_nan=False) + "\n"
    )


def show_measured(result: Measured, form: Form) -> None:
    """Print a measure: its values, and for eyes and JSON its definition and assumptions."""
    if form is Form.JSON:
        show_json(
            {
                "measure": result.name,
                "title": result.title,
                "definition": result.definition,
                "reference": result.reference,
                "assumptions": result.assumptions,
                "values": result.frame.to_dicts(),
            }
        )
        return
    notes = [result.definition, *result.assumptions]
    shown = result.frame
    if form is Form.TABLE and ROWS in shown.columns:
        shown = shown.drop(ROWS)
        notes.append("--csv and --json give the rows behind each value.")
    show_frame(shown, form, title=result.title, notes=notes)


def show_listed(entries: Sequence[tuple[str, Sequence[str]]], note: str) -> None:
    """Print headings, each with its lines indented below."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console()
    for heading, lines in entries:
        console.print(Text(heading, style="bold"))
        for line in lines:
            console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print(Text(note, style="dim"))


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text parted by semicolons, as the tables of a study write them."""
    import polars as pl

    return frame.with_columns(pl.col(pl.List(pl.String)).list.join("; "))


def _show_table(frame: pl.DataFrame, title: str, notes: Sequence[str], decimals: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=None,
        header_style="bold",
        padding=(0, 1),
    )
    count = f"{frame.height:,} {'row' if frame.height == 1 else 'rows'}"
    if frame.height > LONGEST:
        count = f"The first {LONGEST:,} of {count}. --csv and --json have all."
    columns, left_out = _fitting(_as_read(frame.head(LONGEST), decimals), console.width)
    if left_out:
        notes = (*notes, f"Not shown here: {', '.join(left_out)}. --csv and --json have all.")
    for name, cells in columns.items():
        short = max((len(cell) for cell in cells), default=0) <= UNBROKEN
        numeric = name in frame.columns and frame.schema[name].is_numeric()
        table.add_column(
            name.replace("_", " "), justify="right" if numeric else "left", no_wrap=short, overflow="fold"
        )
    for row in zip(*columns.values(), strict=True):
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    for note in (count, *notes):
        console.print(Text(note, style="dim"))


def _fitting(columns: dict[str, list[str]], width: int) -> tuple[dict[str, list[str]], list[str]]:
    """As many columns as can be read at a width, and the names of the others."""
    needs = {}
    for name, cells in columns.items():
        widest = max([len(name), *map(len, cells)])
        needs[name] = 2 + (widest if widest <= UNBROKEN else LEAST_FOLDED)
    left_out: list[str] = []
    for name in reversed([name for name in columns if name not in ALWAYS]):
        if (
            sum(needs[kept] for kept in columns if kept not in left_out) <= width
            or len(columns) - len(left_out) <= 3
        ):
            break
        left_out.insert(0, name)
    return {name: cells for name, cells in columns.items() if name not in left_out}, left_out


def _as_read(frame: pl.DataFrame, decimals: int) -> dict[str, list[str]]:
    """The columns as text for eyes; a pair of bounds, `x_low` and `x_high`, is one column."""
    shown = flat(frame)
    columns: dict[str, list[str]] = {}
    for name in shown.columns:
        stem, _, end = name.rpartition("_")
        if end == "high" and f"{stem}_low" in shown.columns:
            continue
        cells = [_cell(value, decimals) for value in shown[name]]
        if end == "low" and f"{stem}_high" in shown.columns:
            highs = [_cell(value, decimals) for value in shown[f"{stem}_high"]]
            name, cells = (
                stem,
                [low if low == high else f"{low}–{high}" for low, high in zip(cells, highs, strict=True)],
            )
        columns[name] = cells
    return columns


def _cell(value: Any, decimals: int) -> str:
    if value is None:
        return "·"
    if isinstance(value, float):
        return f"{value:.{decimals}f}" if value == 0 or abs(value) >= SMALL else f"{value:.1g}"
    text = str(value)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


@contextmanager
def progress(label: str) -> Iterator[Any]:
    """A bar on the terminal's error stream; call what is yielded with a description to move it on."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(label, total=None)
        yield lambda description: bar.update(task, description=description)


@contextmanager
def counted_progress(label: str) -> Iterator[Any]:
    """A bar on the error stream; call what is yielded with how many of how many are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(label, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def bytes_bar() -> Iterator[Any]:
    """A bar of bytes on the error stream; call what is yielded with a name, the bytes that are there, and their total."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("Waiting", total=None)
        yield lambda name, done, total: bar.update(task, description=name, completed=done, total=total)
