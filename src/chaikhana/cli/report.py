"""`chaikhana report`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chaikhana.cli.options import study_of, writable
from chaikhana.cli.output import progress


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command(epilog="Example: chaikhana report STUDY -o region.html --figures figures/")(report)


def report(
    study: Annotated[str, typer.Argument(help="A shipped study or a folder.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The HTML file; by default STUDY.html here.")
    ] = None,
    figures: Annotated[
        Path | None, typer.Option("--figures", help="A folder for each chart as SVG and PNG.")
    ] = None,
) -> None:
    """Write a region's report: one HTML file that works offline."""
    from chaikhana.report.page import write_report

    with progress("Reading the study") as say:
        opened = study_of(study)
        target = writable(output or Path(f"{opened.about.id}.html"))
        pictures = write_report(opened, target, figures, say)
    typer.echo(f"Wrote {target.resolve()} ({target.stat().st_size / 1e6:.1f} MB).")
    if figures:
        typer.echo(f"Wrote {pictures} pictures to {figures.resolve()}.")
