"""`chaikhana explore`: the study in a browser, served on this machine or written as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.cli.output import counted_progress
from chaikhana.errors import BadValueError
from chaikhana.web.binding import HOST, PORT

if TYPE_CHECKING:
    from chaikhana.study.loading import Sources


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command(epilog="Example: chaikhana explore STUDY --open")(explore)


def explore(
    study: Annotated[str, typer.Argument(help="A shipped study or a folder.")],
    port: Annotated[int, typer.Option("--port", help="0 for any that is free.")] = PORT,
    host: Annotated[
        str,
        typer.Option("--host", help="The address to bind to; by default this machine alone can reach it."),
    ] = HOST,
    show: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    export: Annotated[
        Path | None,
        typer.Option("--export", help="Write the site into this folder instead, for any web server."),
    ] = None,
) -> None:
    """Walk through a study in the browser: its states, bodies, theories, claims, suppositions, rows and sources."""
    from chaikhana.study.catalogue import find

    folder = find(study)
    if export is not None:
        if show or host != HOST or port != PORT:
            raise BadValueError(
                "--export writes files and serves nothing: leave --port, --host and --open out."
            )
        from chaikhana.web.exporting import write_site

        with counted_progress("Reading the study") as tell:
            written = write_site(folder, export, tell)
        typer.echo(f"Wrote {written.pages:,} files, {written.size / 1e6:.1f} MB, to {export.resolve()}.")
        typer.echo(f"Look at it: python3 -m http.server -d {export}")
        return
    from chaikhana.study.bibliography import read_bibliography
    from chaikhana.web.binding import bound
    from chaikhana.web.kept import kept_of
    from chaikhana.web.opening import STUDY, begun

    listening = bound(host, port)
    kept = kept_of(folder)
    sources: Sources = read_bibliography
    if not kept.has(STUDY):
        typer.echo("Reading the study; the next time it is there at once.")
        sources = begun(folder)
    from chaikhana.web.serving import serve  # a second, in which the other process reads the sources

    serve(folder, kept, sources, host, listening, show=show, say=typer.echo)
