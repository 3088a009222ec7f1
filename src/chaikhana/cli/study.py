"""`chaikhana study`: list, check, build, describe, format, derive; import and export stand in `filling`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from chaikhana.cli import agreeing, filling
from chaikhana.cli.options import study_of, writable
from chaikhana.cli.output import CsvFlag, Form, JsonFlag, form_of, progress, show_frame, show_json

app = typer.Typer(help="List, check and build studies.", no_args_is_help=True, rich_markup_mode=None)
filling.register(app)
agreeing.register(app)
StudyArgument = Annotated[str, typer.Argument(help="A shipped study or a folder.")]


@app.command("list", epilog="Example: chaikhana study list --json")
def list_(as_json: JsonFlag = False, as_csv: CsvFlag = False) -> None:
    """The studies that ship with the workbench."""
    form = form_of(as_json, as_csv)
    import polars as pl

    from chaikhana.study.about import read_about
    from chaikhana.study.catalogue import shipped

    found = [(name, read_about(folder)[0]) for name, folder in shipped().items()]
    rows = [
        {
            "study": name,
            "title": about.title,
            "version": about.version,
            "members": "; ".join(about.members),
            "until": about.ends,
            "licence": about.licence,
        }
        for name, about in found
        if about
    ]
    show_frame(pl.DataFrame(rows), form, title="Studies", notes=("chaikhana report STUDY makes its report.",))


@app.command(epilog="Example: chaikhana study check my-region/")
def check(study: StudyArgument, as_json: JsonFlag = False, as_csv: CsvFlag = False) -> None:
    """Check a study whole: every fault of every file, with its remedy."""
    form = form_of(as_json, as_csv)
    import polars as pl

    from chaikhana.study.catalogue import find
    from chaikhana.study.loading import check_study

    checked = check_study(find(study))
    found = [("fault", fault) for fault in checked.faults] + [
        ("notice", notice) for notice in checked.notices
    ]
    if form is Form.TABLE:
        for kind, fault in found:
            typer.echo(f"{kind}: {fault}")
        counts = ", ".join(f"{len(raw.rows):,} {name}" for name, raw in checked.tables.items())
        typer.echo(f"{study}: {counts or 'no tables'}.")
        typer.echo(
            f"{_count(checked.faults, 'fault')}, {_count(checked.notices, 'notice')}."
            if checked.faults
            else f"Clean ({_count(checked.notices, 'notice')})."
        )
    else:
        fields = ("rule", "file", "row", "column", "value", "message", "remedy")
        rows = [{"kind": kind, **{name: getattr(fault, name) for name in fields}} for kind, fault in found]
        if form is Form.JSON:
            show_json({"study": study, "clean": not checked.faults, "found": rows})
        else:
            schema = {
                "kind": pl.String,
                **{name: pl.Int64 if name == "row" else pl.String for name in fields},
            }
            show_frame(pl.DataFrame(rows, schema=schema), form)
    if checked.faults:
        raise typer.Exit(1)


@app.command(epilog="Example: chaikhana study build STUDY -o study.duckdb")
def build(
    study: StudyArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="The DuckDB file to write.")],
) -> None:
    """Compile a study to one DuckDB file, which R and any SQL client open."""
    from chaikhana.study import assemble

    writable(output)
    with progress("Building"):
        target = assemble.build(study_of(study), output)
    typer.echo(f"Wrote {target} ({target.stat().st_size / 1e6:.1f} MB).")


@app.command(epilog="Example: chaikhana study describe my-region/")
def describe(study: StudyArgument) -> None:
    """Write the study's datapackage.json (Frictionless)."""
    from chaikhana.study.datapackage import write_datapackage

    typer.echo(f"Wrote {write_datapackage(study_of(study))}.")


@app.command("format", epilog="Example: chaikhana study format > study-format.md")
def format_() -> None:
    """The study format as a page: every table, column and word."""
    from chaikhana.study.reference import as_markdown

    typer.echo(as_markdown(), nl=False)


@app.command(epilog="Example: chaikhana study derive my-region/")
def derive(
    study: StudyArgument,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say which series the datasets give differently.")
    ] = False,
) -> None:
    """Compute the study's derived series from the datasets in the source store."""
    from chaikhana.measures.derive import derive_all, stale

    with progress("Computing") as say:
        differing = stale(study_of(study), say) if check else {}
        written = [] if check else derive_all(study_of(study), say)
    for path in written:
        typer.echo(f"Wrote {path}.")
    for name, how in differing.items():
        typer.echo(f"{name}: {how or 'as the study carries it'}.")
    if any(differing.values()):
        raise typer.Exit(1)


def _count(things: Sequence[object], word: str) -> str:
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"
