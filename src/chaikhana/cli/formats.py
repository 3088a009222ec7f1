"""`chaikhana formats`: who could take part in an initiative, in which form, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.cli.options import OnOption, day_of, study_of
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
from chaikhana.errors import ScenarioError

if TYPE_CHECKING:
    from chaikhana.scenario.initiative import Initiative
    from chaikhana.scenario.viability import Answered, Format
    from chaikhana.study.study import Study

SHOWN = 3


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command(epilog="Example: chaikhana formats STUDY --issue water --depth binding-decisions --open")(
        formats
    )


def formats(
    study: Annotated[str, typer.Argument(help="A shipped study or a folder.")],
    issue: Annotated[str, typer.Option("--issue", help="An issue of the study.", show_default=False)] = "",
    depth: Annotated[
        str,
        typer.Option(
            "--depth",
            help="dialogue, declaration, treaty, secretariat, binding-decisions, common-tariff or joint-force.",
            show_default=False,
        ),
    ] = "",
    is_open: Annotated[
        bool, typer.Option("--open/--closed", help="Whether others of the region may join later.")
    ] = True,
    invited: Annotated[
        list[str] | None,
        typer.Option(
            "--with", help="An outsider that is asked; without any, each is tried.", show_default=False
        ),
    ] = None,
    lead: Annotated[str, typer.Option("--lead", help="Who leads it.", show_default=False)] = "",
    name: Annotated[
        str,
        typer.Option(
            "--initiative", help="An initiative: a file, or one in the study's folder.", show_default=False
        ),
    ] = "",
    who: Annotated[
        str,
        typer.Option(
            "--who", help="One format in full: its participants, parted by commas.", show_default=False
        ),
    ] = "",
    on: OnOption = "",
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Try an initiative in every format of the region, by how little stands in the way, with the reasons."""
    form = form_of(as_json, as_csv)
    opened = study_of(study)
    given = bool(issue or depth or invited or lead or on)
    if not name and not given:
        _list(opened, form)
        return
    asked = _asked(opened, name, given, issue, depth, is_open, invited, lead, on)
    from chaikhana.scenario import formats_told, viability

    with progress("Asking what stands in the way"):
        answered = viability.formats(opened, asked)
    if form is Form.JSON:
        rows = {
            row
            for one in answered.formats
            for obstacle in (*one.in_the_way, *one.speaks_for, *one.said)
            for row in obstacle.rows
        }
        show_json(formats_told.formats_data(answered, _cited(opened, rows)))
        return
    if who:
        show_listed(_listed(answered, _chosen(answered, who)), "--json has all, with what each row cites.")
        return
    if form is Form.CSV:
        show_frame(formats_told.formats_frame(answered), form)
        return
    _show(opened, answered)


def _asked(
    study: Study,
    name: str,
    given: bool,
    issue: str,
    depth: str,
    is_open: bool,
    invited: list[str] | None,
    lead: str,
    on: str,
) -> Initiative:
    from chaikhana.scenario.initiative import initiative
    from chaikhana.scenario.shelf import initiative_of

    if name:
        if given:
            raise ScenarioError("Give --initiative, or --issue and --depth with the rest; not both.")
        return initiative_of(study, name)
    if not issue or not depth:
        raise ScenarioError(
            f"An initiative needs {'--issue' if not issue else '--depth'}. See chaikhana formats --help."
        )
    return initiative(
        study,
        issue=issue,
        depth=depth,
        on=day_of(on, "--on"),
        is_open=is_open,
        invited=tuple(invited or ()),
        lead=lead,
    )


def _list(study: Study, form: Form) -> None:
    import polars as pl

    from chaikhana.scenario.shelf import initiatives

    known = initiatives(study)
    frame = pl.DataFrame(
        {
            "initiative": list(known),
            "title": [one.title for one in known.values()],
            "issue": [one.issue for one in known.values()],
            "depth": [one.depth for one in known.values()],
        },
        schema=dict.fromkeys(("initiative", "title", "issue", "depth"), pl.String),
    )
    show_frame(
        frame,
        form,
        title=f"Initiatives of {study.about.title}",
        notes=["--initiative NAME tries one; --issue and --depth try one of your own."],
    )


def _cited(study: Study, rows: set[str]) -> dict[str, list[str]]:
    """What each row cites, the place in the work included."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found[row] = [str(citation) for citation in study.evidence([row]).citations]
    return found


def _chosen(answered: Answered, who: str) -> Format:
    wanted = {part.strip() for part in who.split(",") if part.strip()}
    for one in answered.formats:
        if {*one.members, *one.outsiders} == wanted:
            return one
    raise ScenarioError(
        f"No format has exactly {who}. It takes two of the region's states or more, and one outsider or those who are invited."
    )


def _show(study: Study, answered: Answered) -> None:
    from chaikhana.scenario import formats_told

    asked = answered.asked
    openness = "open" if asked.open else "closed"
    led = f", led by {asked.lead}" if asked.lead else ""
    typer.echo(f"{asked.title} ({asked.issue}, {asked.depth}, {openness}{led}) on {asked.on}\n")
    show_frame(
        formats_told.joining_frame(answered),
        Form.TABLE,
        title="Who could join in which form: what weighs most against it",
        notes=["A dot: nothing that the study knows. bars, doctrine, renegotiate: see below."],
    )
    typer.echo()
    frame = formats_told.formats_frame(answered)
    show_frame(
        frame.head(15),
        Form.TABLE,
        title=f"The first 15 of {frame.height} formats",
        notes=answered.assumptions[1:3],
    )
    typer.echo()
    whole = next((one for one in answered.formats if not one.without and not one.outsiders), None)
    shown = dict.fromkeys(filter(None, (answered.formats[0], whole)))
    show_listed(
        [entry for one in shown for entry in _listed(answered, one)],
        f"--who {','.join(study.about.members[:2])} shows another format in full; --json has all, with what each row cites.",
    )


def _listed(answered: Answered, one: Format) -> list[tuple[str, list[str]]]:
    from chaikhana.scenario import formats_told

    way = [
        f"{line} [{', '.join(obstacle.rows)}]" if obstacle.rows else line
        for line, obstacle in zip(formats_told.reasons(one), one.in_the_way, strict=True)
    ]
    entries = [
        (
            f"{one.name}: {', '.join((*one.members, *one.outsiders))}",
            way or ["Nothing that the study knows stands in the way."],
        )
    ]
    if one.shared:
        entries.append(("All of them share already", [", ".join(one.shared)]))
    if one.could_join:
        entries.append(("Could join later", [", ".join(one.could_join)]))
    if one.speaks_for:
        acts = [f"{obstacle.actor}: {formats_told.sentence(obstacle.says)}" for obstacle in one.speaks_for]
        entries.append(("Speaks for it", acts[-SHOWN:]))
    past = [formats_told.precedent(old) for old in answered.precedents[(*one.members, *one.outsiders)]]
    return [*entries, ("Precedents, nearest first", past)] if past else entries
