"""`chaikhana new`: start a study of a region of your own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chaikhana.cli.output import progress


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog='Example: chaikhana new nordic --region "Nordic region" --members DNK,FIN,ISL,NOR,SWE'
    )(new)


def new(
    name: Annotated[str, typer.Argument(help="The folder to make; its last part becomes the study's id.")],
    region: Annotated[str, typer.Option("--region", help="What the region is called.")],
    members: Annotated[
        str, typer.Option("--members", help="Its states by ISO code or name, parted by commas.")
    ],
    powers: Annotated[str, typer.Option("--powers", help="Great powers that matter to it.")] = "",
    others: Annotated[str, typer.Option("--others", help="Other outsiders of interest.")] = "",
    bodies: Annotated[
        str,
        typer.Option("--bodies", help="Take these of the datasets' bodies alone, by id, parted by commas."),
    ] = "",
    begins: Annotated[str, typer.Option("--from", help="The day on which the study begins.")] = "1991-01-01",
    ends: Annotated[str, typer.Option("--to", help="The day on which it ends; today if left out.")] = "",
) -> None:
    """Start a study of a region of your own: a folder of tables, filled from the datasets that you have added."""
    from chaikhana.errors import OutputError, SourceError
    from chaikhana.filling.scaffold import scaffold
    from chaikhana.measures.derive import derive_all
    from chaikhana.study.catalogue import shipped
    from chaikhana.study.loading import load_study

    if name in shipped():
        raise OutputError(
            f"{name} is a study that comes with the workbench. Name yours otherwise, or say where: ./{name}."
        )
    with progress("Reading the datasets") as say:
        made = scaffold(
            Path(name),
            region=region,
            members=_parts(members),
            powers=_parts(powers),
            others=_parts(others),
            bodies=_parts(bodies),
            begins=begins,
            ends=ends,
            say=say,
        )
        try:
            series = derive_all(load_study(made.folder), say)
        except SourceError:
            series = []
    typer.echo(
        f"Made {made.folder}: "
        + ", ".join(f"{count:,} {table}" for table, count in made.counts.items())
        + "."
    )
    if made.datasets:
        read = ", ".join(f"{dataset} {version}" for dataset, version in made.datasets.items())
        typer.echo(f"Read from {read}; {len(series)} series computed.")
    else:
        typer.echo(
            "The source store has no dataset of organisations: chaikhana sources list shows which can be added."
        )
    if not powers:
        typer.echo("No great powers were named: --powers, or the line ‘powers’ of study.toml, adds them.")
    typer.echo("Next:")
    typer.echo(f"  chaikhana study export {name} --xlsx {made.folder.name}.xlsx    a workbook to fill in")
    typer.echo(f"  chaikhana study import FILE --study {name}    what you have filled in")
    typer.echo(f"  chaikhana study check {name}    every fault, with its remedy")
    typer.echo(f"  chaikhana report {name}    the region's report")


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
