"""`chaikhana sources`: published datasets on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chaikhana.cli.output import CsvFlag, Form, JsonFlag, form_of, progress, show_frame

app = typer.Typer(help="Add and list published datasets.", no_args_is_help=True, rich_markup_mode=None)


@app.command(epilog="Example: chaikhana sources add cow-igo-v3 state_year_format3.csv")
def add(
    dataset: Annotated[
        str, typer.Argument(metavar="ID", help="Id of the dataset, as ‘chaikhana sources list’ has it.")
    ],
    file: Annotated[
        Path,
        typer.Argument(help="A file as its provider publishes it, plain or gzipped, or a folder of them."),
    ],
) -> None:
    """Read a dataset's file into the source store."""
    from chaikhana.sources import store

    with progress(f"Reading {file.name}"):
        added = store.add(dataset, file)
    for part, origin in added:
        typer.echo(
            f"Added {dataset} {origin.version}, {part}: {origin.rows:,} rows"
            + (f", {origin.years}." if origin.years else ".")
        )


@app.command("list", epilog="Example: chaikhana sources list --json")
def list_(as_json: JsonFlag = False, as_csv: CsvFlag = False) -> None:
    """The datasets that the workbench reads, and which of their parts are in the store."""
    form = form_of(as_json, as_csv)
    import polars as pl

    from chaikhana.sources import store
    from chaikhana.sources.catalogue import DATASETS

    have = {entry.dataset: entry for entry in store.kept()}
    rows = []
    for known in DATASETS:
        entry = have.get(known.id)
        rows.append(
            {
                "dataset": known.id,
                "title": known.title,
                "version": entry.version if entry else known.version,
                "in_store": "; ".join(part for part, _ in entry.parts) if entry else "",
                "rows": sum(origin.rows for _, origin in entry.parts) if entry else None,
                "gives": known.gives,
                "page": known.page,
            }
        )
    frame = pl.DataFrame(rows)
    show_frame(
        frame.drop("page", "gives") if form is Form.TABLE else frame,
        form,
        title="Datasets",
        notes=(f"Store: {store.home()}", "chaikhana sources add ID FILE brings one in."),
    )
