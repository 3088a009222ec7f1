"""The command `chaikhana`: its groups, its version, and errors without tracebacks."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from chaikhana import __version__
from chaikhana.cli import (
    claims,
    classify,
    compare,
    explore,
    export,
    formats,
    new,
    qca,
    reading,
    report,
    sources,
    study,
    whatif,
)
from chaikhana.errors import ChaikhanaError

app = typer.Typer(
    name="chaikhana",
    help="A workbench for comparative regionalism: dated, source-cited studies of regions, and what theory "
    "makes of them.",
    epilog="Start with: chaikhana study list, then chaikhana report STUDY.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
report.register(app)
reading.register(app)
classify.register(app)
qca.register(app)
compare.register(app)
whatif.register(app)
formats.register(app)
explore.register(app)
new.register(app)
export.register(app)
app.add_typer(claims.app, name="claims")
app.add_typer(study.app, name="study")
app.add_typer(sources.app, name="sources")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"chaikhana {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read a region through published theory, with every cell traced to its source."""


def run() -> None:
    """Run the command line; a mistake of the user's gives its message on the error stream and exit code 1."""
    try:
        app()
    except ChaikhanaError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    run()
