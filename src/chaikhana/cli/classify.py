"""`chaikhana classify`: what published frameworks find, with the rules that fired, and how often it survives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chaikhana.cli.findings_said import show, show_robust
from chaikhana.cli.options import FromOption, OnOption, StudyOption, ToOption, day_of, study_of
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
from chaikhana.errors import BadValueError

if TYPE_CHECKING:
    from datetime import date

    from chaikhana.core.choices import Value
    from chaikhana.core.findings import Framework
    from chaikhana.frameworks.robustness import Robustness
    from chaikhana.study.study import Study


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command(epilog="Example: chaikhana classify regionness --study STUDY --on 2018 --robust --trace")(
        classify
    )


def classify(
    framework: Annotated[str, typer.Argument(help="A framework; left out: the list.")] = "",
    study: StudyOption = "",
    subject: Annotated[str, typer.Option("--subject", help="What is judged; left out: every subject.")] = "",
    on: OnOption = "",
    from_: FromOption = "",
    to: ToOption = "",
    robust: Annotated[
        bool,
        typer.Option("--robust", help="Vary every choice that is ours and every rival reading of facts."),
    ] = False,
    trace: Annotated[
        bool, typer.Option("--trace", help="Show each rule with its value, outcome and rows.")
    ] = False,
    choices: Annotated[
        list[str] | None, typer.Option("--set", help="CHOICE=VALUE, a choice departed from; may be repeated.")
    ] = None,
    source: Annotated[
        str, typer.Option("--source", help="Instead of a study: memberships of a dataset, cow-igo-v3.")
    ] = "",
    states: Annotated[str, typer.Option("--states", help="Ids of states, by commas (with --source).")] = "",
    describe: Annotated[
        bool,
        typer.Option("--describe", help="Print every framework with its rules and choices, as Markdown."),
    ] = False,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Run a published framework on a study; without a name, list them."""
    form = form_of(as_json, as_csv)
    if describe:
        from chaikhana.frameworks.reference import as_markdown

        typer.echo(as_markdown())
        return
    from chaikhana.frameworks import catalogue

    if not framework:
        _list(form)
        return
    chosen = catalogue.framework(framework)
    days = _days(on, from_, to)
    opened = _opened(study, source, states)
    given = _given(chosen, choices or [])
    asked = [(one, day) for one in _subjects(chosen, opened, subject) for day in days(opened)]
    if robust:
        show_robust(_robust(chosen, opened, asked, given), chosen, form, trace)
        return
    from chaikhana.frameworks import running

    with counted_progress(f"Running {chosen.name}") as say:
        found = []
        for place, (one, day) in enumerate(asked):
            found.append(running.classify(chosen, opened, one, day, given))
            say(place + 1, len(asked))
    show(found, chosen, form, trace)


def _list(form: Form) -> None:
    import polars as pl

    from chaikhana.frameworks.catalogue import FRAMEWORKS

    rows = [
        {
            "framework": one.name,
            "subjects": one.about,
            "asks": one.asks,
            "paper": one.paper,
            "needs": "; ".join(one.needs),
        }
        for one in FRAMEWORKS
    ]
    if form is Form.JSON:
        show_json(
            [
                row
                | {
                    "reference": one.reference,
                    "levels": dict(one.levels),
                    "needs": list(one.needs),
                    "choices": [
                        {
                            "choice": choice.id,
                            "says": choice.says,
                            "default": choice.default,
                            "values": list(choice.values),
                            "basis": choice.basis,
                            "locator": choice.locator,
                        }
                        for choice in one.choices
                    ],
                }
                for row, one in zip(rows, FRAMEWORKS, strict=True)
            ]
        )
        return
    if form is Form.CSV:
        show_frame(pl.DataFrame(rows), form)
        return
    show_listed(
        [
            (
                f"{one.name}  ({one.reference.rstrip('.')})",
                (one.asks, f"Judged are {one.about}.", f"Reads {', '.join(one.needs)}."),
            )
            for one in FRAMEWORKS
        ],
        "chaikhana classify FRAMEWORK --study STUDY; --json gives the levels and choices of each, --describe the rules too.",
    )


def _days(on: str, from_: str, to: str) -> Any:
    """From a study to the days asked for: one day, or the year's ends of a span; the last day where none is named."""
    from chaikhana.study.membership import year_ends

    if on and (from_ or to):
        raise BadValueError("Name a day (--on) or a span (--from, --to), not both.")
    day, first, last = day_of(on, "--on"), day_of(from_, "--from", first=True), day_of(to, "--to")
    if first and last and first > last:
        raise BadValueError(f"--from {from_} comes after --to {to}. Put the two in order.")

    def asked(study: Study) -> list[date]:
        if first or last:
            ends = year_ends(study, first, last)
            if not ends:
                raise BadValueError(f"The study ends on {study.about.last_day}, before the span begins.")
            return ends
        last_day = study.about.last_day
        whole_year = len(on) == 4 and day is not None and day.year == last_day.year
        return [last_day if day is None or whole_year else day]

    return asked


def _opened(study: str, source: str, states: str) -> Study:
    if not source:
        if states:
            raise BadValueError(
                "--states goes with --source: chaikhana classify NAME --source cow-igo-v3 --states …"
            )
        return study_of(study)
    if study:
        raise BadValueError("Name a study or a source, not both.")
    from chaikhana.frameworks.on_sources import study_of_states
    from chaikhana.sources import store

    named = [state.strip().lower() for state in states.split(",") if state.strip()]
    return study_of_states(store.chosen(source), named)


def _given(framework: Framework, texts: list[str]) -> dict[str, Value]:
    from chaikhana.core.choices import filled

    given: dict[str, Value] = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark:
            raise BadValueError(f"--set ‘{text}’: write CHOICE=VALUE, for instance unknowns=low.")
        given[name.strip()] = value.strip()
    made = filled(framework.choices, given)
    return {name: made[name] for name in given}


def _subjects(framework: Framework, study: Study, subject: str) -> tuple[str, ...]:
    if subject:
        return (subject,)
    found = framework.subjects(study)
    if not found:
        raise BadValueError(
            f"The study {study.about.id} has no subject for {framework.name}, which judges {framework.about}. "
            f"It reads: {', '.join(framework.needs)}."
        )
    return found


def _robust(
    framework: Framework, study: Study, asked: list[tuple[str, date]], given: dict[str, Value]
) -> list[Robustness]:
    from chaikhana.frameworks.robustness import robust

    found = []
    with counted_progress(f"Varying {framework.name}") as say:
        for place, (subject, day) in enumerate(asked):

            def told(done: int, of: int, place: int = place) -> None:
                say(place * of + done, of * len(asked))

            found.append(robust(framework, study, subject, day, given, say=told))
    return found
