"""`chaikhana claims`: what papers claim, put to the data of a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from chaikhana.cli.options import StudyOption, day_of, study_of, writable
from chaikhana.cli.output import (
    CsvFlag,
    Form,
    JsonFlag,
    counted_progress,
    form_of,
    show_frame,
    show_json,
    show_listed,
)
from chaikhana.errors import BadValueError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl

    from chaikhana.claims.registry import Claim, Corpus
    from chaikhana.claims.testing import Result
    from chaikhana.study.study import Study

RUN = "run"
FEW = 40  # claims that are listed whole


class _RunUnlessNamed(TyperGroup):
    """`claims STUDY` runs the claims of a study; `claims new` and the others are commands of their own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the unnamed command before what is no command."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = [RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_RunUnlessNamed,
    help="Re-test what papers claim: chaikhana claims STUDY, with the options of chaikhana claims run --help.",
    no_args_is_help=False,
)


@app.command(RUN, epilog="Example: chaikhana claims STUDY --verdict contradicted")
def run(
    study: Annotated[
        str, typer.Argument(help="A shipped study or a folder; left out: the first shipped one.")
    ] = "",
    paper: Annotated[str, typer.Option("--paper", help="Claims of one paper, by its key.")] = "",
    verdict: Annotated[
        str, typer.Option("--verdict", help="supported, contradicted, mixed, undetermined, or untested.")
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help="Ask as of this date instead of the study's last day.")
    ] = "",
    id: Annotated[str, typer.Option("--id", help="One claim.")] = "",
    trace: Annotated[bool, typer.Option("--trace", help="Show each test and the rows that decide.")] = False,
    file: Annotated[Path | None, typer.Option("--file", help="Try the claims of this file alone.")] = None,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Put the registered claims of papers to a study's data."""
    from chaikhana.claims.testing import results
    from chaikhana.core.vocabulary import CLAIM_VERDICTS

    form = form_of(as_json, as_csv)
    words = (*CLAIM_VERDICTS, "untested")
    if verdict and verdict not in words:
        raise UnknownNameError("verdict", verdict, words)
    day = day_of(as_of, "--as-of")
    opened = study_of(study)
    found = _found(opened, file)
    _known(found, paper, id)

    def wanted(claim: Claim) -> bool:
        return (not paper or claim.paper == paper) and (not id or claim.id == id)

    with counted_progress("Testing claims") as say:
        tried = results(opened, found, day, wanted, say) if verdict != "untested" else []
    tried = [one for one in tried if not verdict or one.verdict == verdict]
    untested = [
        claim
        for corpus in found
        for claim in corpus.claims
        if not claim.testable and wanted(claim) and verdict in ("", "untested")
    ]
    if form is Form.JSON:
        from chaikhana.claims.telling import as_data, untested_as_data

        show_json([*(as_data(one) for one in tried), *(untested_as_data(claim) for claim in untested)])
    elif trace and form is Form.TABLE:
        from chaikhana.claims.telling import traced, untested_told

        typer.echo("\n\n".join([*(traced(one, opened) for one in tried), *map(untested_told, untested)]))
    else:
        _listed(tried, untested, form, opened, verdict)


def _found(study: Study, file: Path | None) -> tuple[Corpus, ...]:
    from chaikhana.claims.registry import corpora, read
    from chaikhana.errors import StudyError

    if file is None:
        return corpora(study)
    corpus, faults = read(file, study)
    if faults or corpus is None:
        raise StudyError(str(file), faults)
    return (corpus,)


def _known(found: tuple[Corpus, ...], paper: str, id: str) -> None:
    if not found:
        raise BadValueError(
            "No claims are registered for this study. chaikhana claims new KEY writes a file to start from; "
            "put it into the study's folder claims/."
        )
    papers = list(dict.fromkeys(corpus.paper for corpus in found))
    if paper and paper not in papers:
        raise UnknownNameError("paper with claims", paper, papers)
    ids = [claim.id for corpus in found for claim in corpus.claims if not paper or claim.paper == paper]
    if id and id not in ids:
        raise UnknownNameError("claim", id, ids)


def _listed(tried: list[Result], untested: list[Claim], form: Form, study: Study, verdict: str) -> None:
    """For tools a row a claim; for eyes the verdicts by paper, then each claim whose rows do not simply agree."""
    from chaikhana.claims.telling import summary
    from chaikhana.claims.verdicts import ORDER

    if form is Form.CSV:
        show_frame(_frame(tried, untested), form)
        return
    everything = not verdict and len(tried) > FEW
    if everything:
        show_frame(_by_paper(tried, study), form, title=f"Claims on {study.about.region}, by paper")
    shown = [one for one in tried if one.verdict != "supported"] if everything else tried
    shown = sorted(shown, key=lambda one: ORDER.index(one.verdict))
    entries = [(f"{one.verdict}: {one.claim.id}", _lines(one, study)) for one in shown]
    if verdict == "untested" or not everything:
        entries += [
            (f"untested: {claim.id}", (claim.says, f"Would test it: {claim.needs}")) for claim in untested
        ]
    notes = [summary(tried)] if tried else []
    if everything:
        notes.append("Supported ones: --verdict supported.")
        if untested:
            notes.append(f"{len(untested)} more cannot be tested with what is at hand: --verdict untested.")
    notes.append("--id CLAIM --trace shows a test and the rows that decide; --json has everything.")
    show_listed(entries, " ".join(notes))


def _by_paper(tried: list[Result], study: Study) -> pl.DataFrame:
    import polars as pl

    from chaikhana.core.vocabulary import CLAIM_VERDICTS

    papers = dict.fromkeys(one.claim.paper for one in tried)
    return pl.DataFrame(
        [
            {"paper": study.bibliography[paper].short}
            | {
                word: sum(one.verdict == word and one.claim.paper == paper for one in tried)
                for word in CLAIM_VERDICTS
            }
            for paper in papers
        ]
    )


def _lines(one: Result, study: Study) -> tuple[str, ...]:
    from chaikhana.claims.telling import found_in_short, hangs_on

    source = study.bibliography[one.claim.paper].short
    lines = [f"{one.claim.says} ({source}, {one.claim.locator})"]
    if one.verdict != "supported":
        lines.append(f"Found: {found_in_short(one)}.")
        if one.claim.explains:
            lines.append(one.claim.explains)
    if hung := hangs_on(one):
        lines.append(f"Hangs on {'; '.join(hung)}.")
    return tuple(lines)


def _frame(tried: list[Result], untested: list[Claim]) -> pl.DataFrame:
    """A row a claim, as CSV has it."""
    import polars as pl

    from chaikhana.claims.telling import found_in_short, hangs_on

    names = [
        *(
            "id",
            "paper",
            "locator",
            "says",
            "kind",
            "expected",
            "verdict",
            "verdict_then",
            "found",
            "hangs_on",
        ),
        *("rows", "note", "explains", "needs"),
    ]
    rows: list[dict[str, str]] = [
        {
            "verdict": one.verdict,
            "verdict_then": one.verdict_then,
            "found": found_in_short(one),
            "hangs_on": "; ".join(hangs_on(one)),
            "rows": "; ".join(one.rows),
        }
        | _said(one.claim)
        for one in tried
    ]
    rows += [{"verdict": "untested", "verdict_then": "untested"} | _said(claim) for claim in untested]
    return pl.DataFrame(
        [{name: row.get(name, "") for name in names} for row in rows], schema=dict.fromkeys(names, pl.String)
    )


def _said(claim: Claim) -> dict[str, str]:
    return {
        name: getattr(claim, name)
        for name in ("id", "paper", "locator", "says", "kind", "expected", "note", "explains", "needs")
    }


@app.command(epilog="Example: chaikhana claims new mayer2021 --study my-region/")
def new(
    key: Annotated[str, typer.Argument(help="A key of the study's sources.bib.")],
    study: StudyOption = "",
    to: Annotated[
        Path | None,
        typer.Option("--to", help="The file; by default KEY.toml in the study's claims, or here."),
    ] = None,
) -> None:
    """Write a claim file to start from."""
    from chaikhana.claims.scaffold import scaffold
    from chaikhana.study.assemble import CLAIMS
    from chaikhana.study.catalogue import shipped

    opened = study_of(study)
    own = opened.folder not in shipped().values()
    target = to or (opened.folder / CLAIMS / f"{key}.toml" if own else Path(f"{key}.toml"))
    if to is not None and not to.exists():
        writable(to)
    written = scaffold(opened, key, target)
    typer.echo(f"Wrote {written}. Try it: chaikhana claims {study or opened.about.id} --file {written}")


@app.command(epilog="Example: chaikhana claims diff last-month.duckdb today.duckdb")
def diff(
    first: Annotated[str, typer.Argument(help="A build (DuckDB file of study build), or a study.")],
    second: Annotated[str, typer.Argument(help="A later build, or a study.")],
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Which verdicts moved between two builds of a study, and why."""
    import polars as pl

    from chaikhana.claims.comparing import moved

    form = form_of(as_json, as_csv)
    with counted_progress("Testing claims") as say:
        found = moved(_build(first), _build(second), say)
    rows = [
        {
            "claim": one.id,
            "paper": one.paper,
            "says": one.says,
            "before": one.before,
            "after": one.after,
            "why": list(one.why),
        }
        for one in found
    ]
    if form is not Form.TABLE:
        schema = {
            name: pl.String if name != "why" else pl.List(pl.String)
            for name in ("claim", "paper", "says", "before", "after", "why")
        }
        show_frame(pl.DataFrame(rows, schema=schema), form)
        return
    if not found:
        typer.echo("No verdict moved.")
        return
    show_listed(
        [
            (f"{one.id}: {one.before or 'no claim'} → {one.after or 'no claim'}", (one.says, *one.why))
            for one in found
        ],
        f"{len(found)} {'verdict' if len(found) == 1 else 'verdicts'} moved.",
    )


def _build(name: str) -> Study:
    path = Path(name)
    if path.is_file():
        from chaikhana.study.reopening import reopen

        return reopen(path)
    return study_of(name)


@app.command(epilog="Example: chaikhana claims describe STUDY -o docs/replications")
def describe(
    study: Annotated[
        str, typer.Argument(help="A shipped study or a folder; left out: the first shipped one.")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A folder for a page per paper and an index.")
    ] = None,
) -> None:
    """Write what became of each paper's claims as Markdown pages; without a folder, print how a claim is written."""
    from chaikhana.claims import reference

    if output is None:
        typer.echo(reference.how_to_write(study_of(study)), nl=False)
        return
    from chaikhana.claims.registry import corpora
    from chaikhana.claims.testing import results
    from chaikhana.errors import OutputError
    from chaikhana.study.writing import replace_whole

    opened = study_of(study)
    found = corpora(opened)
    with counted_progress("Testing claims") as say:
        tried = results(opened, found, say=say)
    try:
        output.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"{output} cannot be made: {error}. Make the folder above it first.") from error
    for name, text in reference.pages(opened, found, tried).items():
        replace_whole(output / name, text)
    typer.echo(f"Wrote {len(found) + 1} pages to {output}.")
