"""`chaikhana compare`: regions, periods and bodies side by side, by comparisons that ship or a scholar's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.cli.options import StudyOption, study_of
from chaikhana.cli.output import (
    CsvFlag,
    Form,
    JsonFlag,
    form_of,
    progress,
    show_frame,
    show_json,
    show_listed,
)
from chaikhana.errors import BadValueError

if TYPE_CHECKING:
    from chaikhana.compare.running import Ran, Side


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command(epilog="Example: chaikhana compare security-regionalism --robust")(compare)


def compare(
    name: Annotated[
        str, typer.Argument(help="A comparison, or the path of one's own TOML file; left out: what there is.")
    ] = "",
    cases: Annotated[
        str,
        typer.Option(
            "--cases", help="Only these regions (or bodies, states), parted by commas.", show_default=False
        ),
    ] = "",
    period: Annotated[
        str, typer.Option("--period", help="Other spans: 1992-1999,2000-2007.", show_default=False)
    ] = "",
    robust: Annotated[
        bool,
        typer.Option(
            "--robust", help="Change cut-offs, cases, conditions, anchors, spans and indicators in turn."
        ),
    ] = False,
    scores: Annotated[
        bool, typer.Option("--scores", help="Every score with its raw value, source and anchors.")
    ] = False,
    regions: Annotated[bool, typer.Option("--regions", help="How each region is drawn, and why.")] = False,
    derive: Annotated[
        bool,
        typer.Option("--derive", help="Compute the indicators anew from the datasets in the source store."),
    ] = False,
    describe: Annotated[
        bool, typer.Option("--describe", help="The comparisons, indicators and regions as a page.")
    ] = False,
    studies: Annotated[
        str, typer.Option("--studies", help="Set these studies side by side: one,other.")
    ] = "",
    study: StudyOption = "",
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Compare regions by what goes with what: cited scores, all models, and how far they stand."""
    form = form_of(as_json, as_csv)
    if derive:
        _derive()
        return
    if describe:
        from chaikhana.compare.reference import page

        typer.echo(page(), nl=False)
        return
    if regions:
        _regions(form)
        return
    if studies:
        _studies(_parted(studies), form)
        return
    if not name:
        if cases or period or robust or scores:
            raise BadValueError("Name a comparison. chaikhana compare lists those that ship.")
        _list(form)
        return
    from chaikhana.compare.definition import comparison
    from chaikhana.compare.running import run

    asked = comparison(name)
    with progress("Comparing") as say:
        ran = run(
            asked,
            study_of(study) if asked.cases == "body-members" or study else None,
            periods=_parted(period),
            only=_parted(cases),
            robust=robust,
            say=lambda what: say(what[:60]),
        )
    _show(ran, form, scores)


def _parted(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _studies(names: tuple[str, ...], form: Form) -> None:
    from chaikhana.compare.studies import beside

    with progress("Measuring both"):
        frame = beside([study_of(name) for name in names])
    notes = [
        "Each study counts what its authors listed; a finding is of its last day, under the framework's own terms."
    ]
    show_frame(frame, form, title="Studies side by side", notes=notes)


def _list(form: Form) -> None:
    import polars as pl

    from chaikhana.compare.definition import comparison, shipped

    asked = [comparison(name) for name in shipped()]
    frame = pl.DataFrame(
        {
            "comparison": [one.id for one in asked],
            "title": [one.title for one in asked],
            "outcome": [one.outcome.id for one in asked],
            "conditions": [", ".join(condition.id for condition in one.condition) for one in asked],
            "cases": [one.cases for one in asked],
        }
    )
    show_frame(
        frame,
        form,
        title="Comparisons",
        notes=["chaikhana compare NAME runs one; --regions tells how regions are drawn."],
    )


def _regions(form: Form) -> None:
    import polars as pl

    from chaikhana.compare.regions import regions, spells

    known = regions()
    if form is not Form.TABLE:
        show_frame(
            spells().with_columns(
                reason=pl.col("region").replace_strict({one.id: one.reason for one in known.values()})
            ),
            form,
        )
        return
    states = dict(
        spells()
        .group_by("region", maintain_order=True)
        .agg(pl.col("state").unique(maintain_order=True))
        .iter_rows()
    )
    show_listed(
        [(f"{one.id}: {one.name}", [one.reason, ", ".join(states[one.id])]) for one in known.values()],
        "--csv gives the years of every membership, and what each was checked against.",
    )


def _derive() -> None:
    from chaikhana.compare.indicators import write

    with progress("Reading the store") as say:
        count = write(say)
    typer.echo(f"Wrote {count:,} values of indicators.")


def _show(ran: Ran, form: Form, scores: bool) -> None:
    from chaikhana.compare import paragraphs

    if scores or form is Form.CSV:
        frame = paragraphs.scores_frame(ran)
        if form is Form.JSON:
            show_json(frame.to_dicts())
        else:
            show_frame(frame, form, title=ran.asked.title, decimals=3)
        return
    if form is Form.JSON:
        show_json(paragraphs.data(ran))
        return
    typer.echo(f"{ran.asked.title}\n\n{ran.asked.question}")
    if ran.asked.caution:
        typer.echo(f"\nBeware: {ran.asked.caution}")
    typer.echo("\nFound\n" + "\n".join(f"- {text}" for text in paragraphs.found(ran)))
    typer.echo("\nNot found\n" + "\n".join(f"- {text}" for text in paragraphs.not_found(ran)) + "\n")
    if ran.relations:
        show_frame(
            paragraphs.explanations_frame(ran),
            form,
            title="Explanations",
            notes=[paragraphs.CUTS],
            decimals=3,
        )
    for side in ran.sides:
        _show_side(side, form)


def _show_side(side: Side, form: Form) -> None:
    from chaikhana.compare import telling

    if side.solution is None:
        return
    shown = side.solution.models[: telling.SHOWN_MODELS]
    typer.echo()
    show_frame(
        telling.terms_frame(side.solution, shown),
        form,
        title=f"{side.solution.kind.capitalize()} solution of {side.outcome}",
        notes=[telling.how_many(side.solution)],
        decimals=3,
    )
    if side.robust is not None:
        typer.echo()
        show_frame(
            telling.survival_frame(side.robust),
            form,
            title=f"What becomes of each term of {side.outcome}",
            notes=[
                f"{len(side.robust.runs)} runs, each with one thing changed or several drawn at once. --json lists each."
            ],
        )
