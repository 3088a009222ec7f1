"""`chaikhana sources`: published datasets on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.cli.output import (
    CsvFlag,
    Form,
    JsonFlag,
    bytes_bar,
    form_of,
    progress,
    show_frame,
    show_json,
    show_measured,
)

if TYPE_CHECKING:
    from chaikhana.core.evidence import Origin
    from chaikhana.sources.store import Kept
    from chaikhana.study.study import Study

app = typer.Typer(
    help="Add, fetch, check and compare published datasets.", no_args_is_help=True, rich_markup_mode=None
)
DatasetArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Id of the dataset, as ‘chaikhana sources list’ has it.")
]


@app.command(epilog="Example: chaikhana sources add cow-igo-v3 state_year_format3.csv")
def add(
    dataset: DatasetArgument,
    file: Annotated[
        Path,
        typer.Argument(help="A file as its provider publishes it, plain or gzipped, or a folder of them."),
    ],
    version: Annotated[
        str, typer.Option("--version", help="Name the version of a file that is of no known release.")
    ] = "",
) -> None:
    """Read a dataset's file into the source store."""
    from chaikhana.sources import store

    with progress(f"Reading {file.name}"):
        added = store.add(dataset, file, version)
    for read in added:
        typer.echo(f"Added {_told(read.part.name, read.origin)}")
        if read.strangers.height:
            typer.echo(
                f"  {read.strangers.height} of its codes stand for no state: chaikhana sources show {dataset}"
            )


@app.command(epilog="Example: chaikhana sources get world-bank")
def get(dataset: DatasetArgument) -> None:
    """Fetch a dataset whose terms allow it; of others, say what to bring from where."""
    from chaikhana.sources import fetching

    with bytes_bar() as told:
        added = fetching.get(dataset, told)
    for read in added:
        typer.echo(f"Added {_told(read.part.name, read.origin)}")


@app.command("list", epilog="Example: chaikhana sources list --json")
def list_(as_json: JsonFlag = False, as_csv: CsvFlag = False) -> None:
    """The datasets that the workbench reads, and which versions and parts are in the store."""
    form = form_of(as_json, as_csv)
    import polars as pl

    from chaikhana.sources import store
    from chaikhana.sources.catalogue import DATASETS
    from chaikhana.sources.place import home

    rows = []
    for known in DATASETS:
        entries = store.kept(known.id)
        rows.append(
            {
                "dataset": known.id,
                "title": known.title,
                "version": known.version,
                "in_store": "; ".join(
                    f"{entry.version}: {', '.join(part for part, _ in entry.parts)}" for entry in entries
                ),
                "rows": sum(origin.rows for entry in entries for _, origin in entry.parts) or None,
                "get": any(release.url for part in known.parts for release in part.releases),
                "gives": known.gives,
                "page": known.page,
            }
        )
    frame = pl.DataFrame(rows, schema_overrides={"rows": pl.Int64})
    show_frame(
        frame.drop("page", "gives", "get") if form is Form.TABLE else frame,
        form,
        title="Datasets",
        notes=(
            f"Store: {home()}",
            "chaikhana sources show ID tells of one; chaikhana sources add ID FILE brings one in.",
        ),
    )


@app.command(epilog="Example: chaikhana sources show un-votes")
def show(dataset: DatasetArgument, as_json: JsonFlag = False) -> None:
    """What a dataset is, what its terms allow, what of it is in the store, and which codes stand for no state."""
    from chaikhana.sources import store
    from chaikhana.sources.catalogue import dataset as find
    from chaikhana.sources.place import home

    known = find(dataset)
    entries = store.kept(known.id)
    told = {
        "dataset": known.id,
        "title": known.title,
        "authors": known.authors,
        "citation": known.citation,
        "licence": known.licence,
        "terms": known.terms.value,
        "page": known.page,
        "bring": known.bring,
        "gives": known.gives,
        "beware": known.beware,
        "versions": list(known.versions),
        "in_store": [
            {
                "version": entry.version,
                "parts": [
                    {
                        "part": part,
                        "rows": origin.rows,
                        "years": origin.years,
                        "file": origin.brought_from,
                        "brought_on": origin.brought_on,
                        "sha256": origin.sha256,
                        "corrections": list(origin.corrections),
                        "stale_corrections": list(origin.stale),
                    }
                    for part, origin in entry.parts
                ],
                "tables": {
                    name: [f"{column}: {kind}" for column, kind in entry.table(name).schema.items()]
                    for name in entry.tables()
                },
                "unresolved": entry.unresolved().to_dicts(),
            }
            for entry in entries
        ],
    }
    if as_json:
        show_json(told)
        return
    for key in (
        "title",
        "authors",
        "citation",
        "licence",
        "terms",
        "page",
        "bring",
        "gives",
        "beware",
    ):
        if value := told[key]:
            typer.echo(f"{key:>9}: {value}")
    typer.echo(f" versions: {', '.join(known.versions)}")
    if not entries:
        typer.echo(f"Not in the store ({home()}).")
    for entry in entries:
        typer.echo(f"\nIn the store, version {entry.version}:")
        for part, origin in entry.parts:
            typer.echo(f"  {_told(part, origin)}")
            for said in origin.corrections:
                typer.echo(f"    corrected: {said}")
            for said in origin.stale:
                typer.echo(f"    a correction that no longer applies: {said}")
        for name in entry.tables():
            frame = entry.table(name)
            typer.echo(f"  table {name}, {frame.height:,} rows: {', '.join(frame.columns)}")
        lost = entry.unresolved()
        if lost.height:
            show_frame(
                lost,
                Form.TABLE,
                title="Codes that stand for no state in their years",
                notes=("Their rows are kept.",),
            )


@app.command(epilog="Example: chaikhana sources check")
def check(
    dataset: Annotated[str, typer.Argument(metavar="[ID]", help="One dataset; left out: all.")] = "",
) -> None:
    """Check that what is in the store is what was added to it, and which corrections are stale."""
    from chaikhana.sources import store
    from chaikhana.sources.catalogue import dataset as find
    from chaikhana.sources.place import home

    entries = store.kept(find(dataset).id if dataset else None)
    if not entries:
        typer.echo(f"The store ({home()}) has {'no ' + dataset if dataset else 'no dataset'}.")
    bad = 0
    for entry in entries:
        faults = store.faults(entry)
        bad += len(faults)
        rows = sum(origin.rows for _, origin in entry.parts)
        strangers = entry.unresolved().height
        typer.echo(
            f"{entry.dataset} {entry.version}: {'whole' if not faults else 'not whole'}, {rows:,} rows"
            + (f", {strangers} codes that stand for no state" if strangers else "")
            + "."
        )
        for said in [*faults, *(f"stale correction: {said}" for _, o in entry.parts for said in o.stale)]:
            typer.echo(f"  {said}")
    if bad:
        raise typer.Exit(1)


@app.command(epilog="Example: chaikhana sources describe > datasets.md")
def describe() -> None:
    """The datasets as a page: terms, files, codes and corrections."""
    from chaikhana.sources.reference import as_markdown

    typer.echo(as_markdown(), nl=False)


@app.command(epilog="Example: chaikhana sources compare regimes vdem polity5 --csv")
def compare(
    fact: Annotated[
        str,
        typer.Argument(metavar="TABLE", help="The fact: memberships, regimes, votes …; left out: the list."),
    ] = "",
    first: Annotated[
        str,
        typer.Argument(metavar="ID_A", help="A dataset (ID or ID@VERSION), a shipped study, or a folder."),
    ] = "",
    second: Annotated[str, typer.Argument(metavar="ID_B", help="Another.")] = "",
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """How two sources differ on the same fact, where both speak of it."""
    form = form_of(as_json, as_csv)
    import polars as pl

    from chaikhana.errors import BadValueError
    from chaikhana.measures.comparable import FACTS
    from chaikhana.measures.compare_sources import compare_sources

    if not fact:
        rows = [
            {"table": name, "says": known.says, "sources": "; ".join(known.sources)}
            for name, known in FACTS.items()
        ]
        show_frame(
            pl.DataFrame(rows),
            form,
            title="Facts on which sources can be compared",
            notes=("‘study’ stands for any study, by its name or folder.",),
        )
        return
    if not (first and second):
        raise BadValueError(
            f"Name two sources: chaikhana sources compare {fact} ID_A ID_B. "
            "Without any, chaikhana sources compare lists what can be compared."
        )
    with progress("Comparing"):
        result = compare_sources(fact, _source(first), _source(second))
    show_measured(result, form)


def _source(name: str) -> Kept | Study:
    """A dataset in the store, or a study."""
    from chaikhana.cli.options import study_of
    from chaikhana.errors import UnknownNameError
    from chaikhana.sources import store
    from chaikhana.sources.catalogue import DATASETS
    from chaikhana.study.catalogue import shipped

    ids = [known.id for known in DATASETS]
    if name.partition("@")[0] in ids:
        return store.chosen(name)
    if name in shipped() or Path(name).is_dir():
        return study_of(name)
    raise UnknownNameError("dataset or study", name, [*ids, *shipped()])


def _told(part: str, origin: Origin) -> str:
    years = f", {origin.years}" if origin.years else ""
    return f"{origin.dataset} {origin.version}, {part}: {origin.rows:,} rows{years} ({origin.brought_from})."
