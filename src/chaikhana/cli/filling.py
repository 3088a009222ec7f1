"""`chaikhana study import` and `study export`: a study by way of spreadsheets."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chaikhana.cli.options import writable
from chaikhana.cli.output import JsonFlag, progress, show_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chaikhana.filling.importing import Plan

MOST = 400  # lines that are printed for eyes


class Order(StrEnum):
    """How days written in figures are meant."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import", epilog="Example: chaikhana study import meetings.xlsx --study my-region")(import_)
    app.command("export", epilog="Example: chaikhana study export my-region --xlsx my-region.xlsx")(export)


def import_(
    file: Annotated[Path, typer.Argument(help="A workbook (.xlsx), a .csv file, or a folder of them.")],
    study: Annotated[str, typer.Option("--study", "-s", help="The folder of the study that it goes into.")],
    yes: Annotated[bool, typer.Option("--yes", help="Take the guesses.")] = False,
    rest: Annotated[
        bool, typer.Option("--rest", help="Bring in the rows without fault, and leave the others out.")
    ] = False,
    dates: Annotated[
        Order | None, typer.Option("--dates", help="How 03/04/1996 is meant: day first or month first.")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Bring spreadsheets into a study: nothing is overwritten, and every fault says its cell and its remedy."""
    from chaikhana.errors import OutputError
    from chaikhana.filling.importing import carry_out, plan
    from chaikhana.filling.said import told
    from chaikhana.study.catalogue import shipped

    if study in shipped():
        raise OutputError(
            f"{study} comes with the workbench and is not written into. Copy it first: chaikhana study export {study} "
            f"--xlsx copy.xlsx, then chaikhana study import copy.xlsx --study my-copy"
        )
    with progress("Reading the sheets"):
        planned = plan(Path(study), file, dates.value if dates else "")
    faults, guesses = planned.of("fault"), planned.of("guess")
    if not as_json:
        lines = told(planned.said)
        for line in lines[:MOST]:
            typer.echo(line)
        if len(lines) > MOST:
            typer.echo(f"… and {len(lines) - MOST:,} more; --json has all.")
        if planned.own_faults:
            typer.echo(f"The study had {planned.own_faults} faults before: chaikhana study check {study}.")
    wanted = not dry and (rest or not faults)
    if wanted and guesses and not yes and not as_json and sys.stdin.isatty():
        yes = typer.confirm(f"Take {_count(len(guesses), 'guess', 'guesses')}?")
    written = wanted and (yes or not guesses) and bool(planned.texts)
    if written:
        carry_out(planned)
    if as_json:
        show_json(_as_json(planned, written))
    else:
        typer.echo(_summary(planned, written))
        if not written and planned.texts and not dry:
            typer.echo(_what_to_do(bool(faults) and not rest, bool(guesses) and not yes))
    if not written and not dry and (faults or guesses):
        raise typer.Exit(1)


def export(
    study: Annotated[str, typer.Argument(help="A shipped study or a folder.")],
    xlsx: Annotated[Path, typer.Option("--xlsx", help="The workbook to write.")],
) -> None:
    """Write a study as a workbook to fill in: lists to choose from, a note on every column, faults beside their cells."""
    from chaikhana.filling.workbook import write_workbook
    from chaikhana.study.catalogue import find
    from chaikhana.study.loading import check_study

    writable(xlsx)
    with progress("Writing the workbook"):
        checked = check_study(find(study))
        write_workbook(checked, xlsx)
    rows = sum(len(raw.rows) for raw in checked.tables.values())
    typer.echo(f"Wrote {xlsx}: {rows:,} rows, {_count(len(checked.faults), 'fault', 'faults')} marked.")


def _summary(planned: Plan, written: bool) -> str:
    did = "" if written else "would be "
    parts = [
        f"{_rows(planned.added)} {did}added" if planned.added else "",
        f"{_rows(planned.changed)} {did}filled in" if planned.changed else "",
    ]
    if planned.entries:
        parts.append(f"{_count(planned.entries, 'source', 'sources')} {did}added")
    parts += [
        f"{planned.same:,} as they stand" if planned.same else "",
        f"{planned.refused:,} refused" if planned.refused else "",
    ]
    told = "; ".join(filter(None, parts)) or "nothing to bring in"
    return f"{planned.folder}: {told}."


def _what_to_do(faults: bool, guesses: bool) -> str:
    if faults:
        more = " with the guesses: --rest --yes." if guesses else ": --rest."
        return f"Nothing was written. Mend the faults, or bring in the rows without one{more}"
    return "Nothing was written. Take the guesses with --yes, or mend them in the sheet."


def _rows(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


def _as_json(planned: Plan, written: bool) -> dict[str, Any]:
    fields = ("weight", "rule", "file", "sheet", "cell", "value", "message", "remedy", "taken")
    return {
        "study": str(planned.folder),
        "written": written,
        "added": dict(planned.added),
        "filled_in": dict(planned.changed),
        "sources": planned.entries,
        "as_they_stand": planned.same,
        "refused": planned.refused,
        "said": [{name: getattr(one, name) for name in fields} for one in planned.said],
    }


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
