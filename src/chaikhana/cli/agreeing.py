"""`chaikhana study agree`: two coders' sheets side by side, and their settlement brought in."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.cli.options import writable
from chaikhana.cli.output import CsvFlag, JsonFlag, form_of, progress, show_frame

if TYPE_CHECKING:
    from chaikhana.filling.agreeing import Compared


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Example: chaikhana study agree anna.xlsx bek.xlsx --study my-region --list settle.csv"
    )(agree)


def agree(
    first: Annotated[Path, typer.Argument(help="The sheets of one coder.")],
    second: Annotated[Path, typer.Argument(help="The sheets of the other.")],
    study: Annotated[str, typer.Option("--study", "-s", help="The folder of the study that they code.")],
    coders: Annotated[
        str, typer.Option("--coders", help="What the two are called; by their files if left out.")
    ] = "",
    to_settle: Annotated[
        Path | None,
        typer.Option("--list", help="Write the differences to this .csv or .xlsx, to be settled."),
    ] = None,
    settled: Annotated[
        Path | None, typer.Option("--settled", help="That list, settled: bring both codings and it in.")
    ] = None,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """How far two coders agree, variable by variable; the differences to settle; both kept with the settlement."""
    form = form_of(as_json, as_csv)
    import polars as pl

    from chaikhana.errors import BadValueError
    from chaikhana.filling import agreeing
    from chaikhana.filling.importing import read_rows
    from chaikhana.filling.sheets import read_sheets
    from chaikhana.study.catalogue import find
    from chaikhana.study.loading import check_study

    names = [name.strip() for name in coders.split(",")] if coders else [first.stem, second.stem]
    if len(names) != 2 or not all(names):
        raise BadValueError("Name the two coders: --coders anna,bek.")
    checked = check_study(find(study))
    read = [read_rows(read_sheets(path), checked) for path in (first, second)]
    for path, (_, said, refused) in zip((first, second), read, strict=True):
        faults = sum(one.weight == "fault" for one in said)
        if faults:
            typer.echo(
                f"{path}: {faults:,} faults, {refused:,} rows left out. chaikhana study import {path} --study {study} "
                "--dry-run names them.", err=True,
            )  # fmt: skip
    compared = agreeing.compare(read[0][0], read[1][0], (names[0], names[1]))
    if to_settle:
        _write_list(compared, writable(to_settle))
    fields = (
        "table",
        "variable",
        "scale",
        "units",
        "differing",
        "alone",
        "agreement",
        "alpha",
        "low",
        "high",
    )
    frame = pl.DataFrame(
        [
            (v.table, v.name, v.scale, v.found.units, v.differing, v.alone,
             v.found.agreement, v.found.alpha, v.found.low, v.found.high)
            for v in compared.variables
        ],
        schema=dict(zip(fields, (pl.String,) * 3 + (pl.Int64,) * 3 + (pl.Float64,) * 4, strict=True)),
        orient="row",
    )  # fmt: skip
    show_frame(
        frame,
        form,
        title=f"{names[0]} and {names[1]}",
        notes=(
            "units: rows that both coded; alone: rows that one did. agreement: share of pairs of codes that are the same.",
            "alpha: Krippendorff's, with the middle 95 per cent over resampled units; · where chance agreement is not defined.",
            *(
                [f"Wrote {to_settle}; differences to settle: {len(compared.differences):,}."]
                if to_settle
                else []
            ),
        ),
    )
    if settled:
        _bring_in(compared, settled, Path(study))


def _write_list(compared: Compared, target: Path) -> None:
    from chaikhana.filling import agreeing
    from chaikhana.filling.workbook import write_list

    rows = agreeing.as_list(compared)
    if target.suffix.lower() == ".xlsx":
        write_list(agreeing.LIST_HEADER, rows, target)
        return
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(agreeing.LIST_HEADER)
        writer.writerows(rows)


def _bring_in(compared: Compared, settled: Path, study: Path) -> None:
    from chaikhana.errors import BadValueError
    from chaikhana.filling import agreeing
    from chaikhana.filling.importing import carry_out, plan_sheets
    from chaikhana.filling.sheets import read_sheets

    sheets, still_open = agreeing.together(compared, agreeing.read_settlements(read_sheets(settled)[0]))
    with progress("Checking both codings with the study"):
        planned = plan_sheets(study, sheets)
    faults = planned.of("fault")
    if faults:
        raise BadValueError(
            "\n".join(["The two codings cannot be brought in; nothing was written.", *map(str, faults)])
        )
    carry_out(planned)
    added = ", ".join(f"{count:,} {table}" for table, count in planned.added.items()) or "nothing new"
    left = f"; rows that stay out until they are settled: {still_open:,}" if still_open else ""
    typer.echo(f"{study}: {added} added, {planned.same:,} as they stand{left}.")
