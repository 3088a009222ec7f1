"""`chaikhana export`: a study, and what is computed of it, for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from chaikhana.cli.options import study_of, writable
from chaikhana.cli.output import progress


class Format(StrEnum):
    """What a study can be written as."""

    DUCKDB = "duckdb"
    PARQUET = "parquet"
    CSV = "csv"
    STATA = "stata"
    GRAPHML = "graphml"
    GEXF = "gexf"
    BIBTEX = "bibtex"
    ZIP = "zip"


_ENDS = {Format.DUCKDB: ".duckdb", Format.PARQUET: "-parquet", Format.CSV: "-csv", Format.STATA: "-stata",
         Format.GRAPHML: ".graphml", Format.GEXF: ".gexf", Format.BIBTEX: ".bib", Format.ZIP: ".zip"}  # fmt: skip
_FOLDERS = (Format.PARQUET, Format.CSV, Format.STATA)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: chaikhana export STUDY --format stata -o my-data")(export)


def export(
    study: Annotated[str, typer.Argument(help="A shipped study or a folder.")],
    form: Annotated[
        Format, typer.Option("--format", "-f", help="For R, Stata, Gephi, a reference manager, an archive.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The file, or for csv, parquet and stata the folder."),
    ] = None,
    tables_only: Annotated[
        bool, typer.Option("--tables-only", help="Without measures and findings.")
    ] = False,
) -> None:
    """Write a study for other tools: every table, series, measure and finding, with what its columns mean."""
    from chaikhana.taking import archive, database, folders, graphs, package, references, stata

    opened = study_of(study)
    target = output or Path(f"{opened.about.id}{_ENDS[form]}")
    if form not in _FOLDERS:
        writable(target)
    elif target.exists():
        folders.refuse(target)
    with progress("Gathering") as say:
        if form in (Format.GRAPHML, Format.GEXF):
            (graphs.write_graphml if form is Format.GRAPHML else graphs.write_gexf)(opened, target)
            graph = graphs.network(opened)
            told = f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} ties"
        elif form is Format.BIBTEX:
            told = f"{references.write_bibtex(opened, target):,} entries"
        else:
            found = package.gather(opened, say, computed=not tables_only)
            say("Writing")
            write = {Format.DUCKDB: database.write_duckdb, Format.PARQUET: folders.write_parquet,
                     Format.CSV: folders.write_csv, Format.STATA: stata.write_stata}  # fmt: skip
            count = (
                archive.write_archive(found, target, say)
                if form is Format.ZIP
                else write[form](found, target)
            )
            told = f"{count:,} {'tables' if form is Format.DUCKDB else 'files'}"
    typer.echo(f"Wrote {target} ({told}).")
