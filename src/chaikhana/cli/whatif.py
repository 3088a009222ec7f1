"""`chaikhana whatif`: a study under a supposition, and what that moves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.cli.options import FromOption, OnOption, ToOption, day_of, study_of, writable
from chaikhana.cli.output import (
    CsvFlag,
    Form,
    JsonFlag,
    counted_progress,
    form_of,
    progress,
    show_frame,
    show_json,
    show_listed,
)
from chaikhana.errors import BadValueError

if TYPE_CHECKING:
    from chaikhana.scenario.central_claim import Played
    from chaikhana.scenario.scenario import Scenario
    from chaikhana.study.study import Study

Several = list[str] | None


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command(epilog="Example: chaikhana whatif STUDY --join ACTOR:BODY:2021-01-01")(whatif)


def _flag(name: str, shape: str, says: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=shape, help=says, show_default=False)
    return option


def whatif(
    study: Annotated[str, typer.Argument(help="A shipped study or a folder.")],
    scenario: Annotated[
        Several, _flag("--scenario", "FILE", "A scenario: a file, or the name of one in the study's folder.")
    ] = None,
    remove_body: Annotated[Several, _flag("--remove-body", "ID", "As if this body had never been.")] = None,
    remove_led_by: Annotated[
        Several, _flag("--remove-led-by", "ACTOR", "As if no body that it leads or has founded had been.")
    ] = None,
    remove_form: Annotated[
        Several,
        _flag("--remove-form", "FORM", "As if no formal, no informal body, or none of a form had been."),
    ] = None,
    join: Annotated[
        Several, _flag("--join", "ACTOR:BODY:DATE[:STATUS]", "Joins, as a member if no status is given.")
    ] = None,
    leave: Annotated[Several, _flag("--leave", "ACTOR:BODY:DATE", "Leaves.")] = None,
    suspend: Annotated[Several, _flag("--suspend", "ACTOR:BODY:DATE[:UNTIL]", "Is suspended.")] = None,
    status: Annotated[Several, _flag("--status", "ACTOR:BODY:STATUS:DATE", "Has another status.")] = None,
    end_body: Annotated[Several, _flag("--end-body", "BODY:DATE", "The body ends.")] = None,
    design: Annotated[
        Several, _flag("--design", "BODY:ATTRIBUTE:VALUE:DATE", "An attribute of its design has this value.")
    ] = None,
    lead: Annotated[Several, _flag("--lead", "BODY:ACTOR:DATE[:KIND]", "An actor leads it.")] = None,
    unlead: Annotated[Several, _flag("--unlead", "BODY:ACTOR:DATE", "An actor leads it no longer.")] = None,
    drop_agreement: Annotated[
        Several, _flag("--drop-agreement", "ID", "As if it had never been signed.")
    ] = None,
    move: Annotated[Several, _flag("--move", "TABLE:ID:COLUMN:DATE", "A date of a row is another.")] = None,
    on: OnOption = "",
    first: FromOption = "",
    last: ToOption = "",
    draws: Annotated[
        int,
        typer.Option(
            "--draws", help="Networks drawn for access and brokerage; 0 for none.", show_default="200"
        ),
    ] = -1,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same.")] = 1,
    null: Annotated[
        int, typer.Option("--null", help="Counterparts by chance, each measured whole; some seconds each.")
    ] = 0,
    show: Annotated[
        str,
        typer.Option("--show", help="Every difference of this measure, and of it alone.", show_default=False),
    ] = "",
    save: Annotated[
        Path | None, typer.Option("--save", help="Write the scenario to a file.", show_default=False)
    ] = None,
    central_claim: Annotated[
        bool,
        typer.Option(
            "--central-claim", help="What the other platforms change for a power, per year, against chance."
        ),
    ] = False,
    actor: Annotated[
        str, typer.Option("--actor", help="The power of --central-claim.", show_default=False)
    ] = "",
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Suppose something else, and see which measures and findings move, by which rules, and beyond what chance would."""
    form = form_of(as_json, as_csv)
    opened = study_of(study)
    edits = {
        "join": join, "leave": leave, "suspend": suspend, "status": status, "end-body": end_body, "design": design,
        "lead": lead, "unlead": unlead, "drop-agreement": drop_agreement,
    }  # fmt: skip
    supposed = _scenario(opened, scenario, edits, move, remove_body, remove_led_by, remove_form)
    if central_claim:
        if supposed.edits:
            raise BadValueError("--central-claim takes platforms away by itself: leave the edits out.")
        _central_claim(opened, actor, first, last, draws, seed, form)
        return
    if actor:
        raise BadValueError("--actor belongs to --central-claim.")
    if not supposed.edits:
        _list(opened, form)
        return
    if save is not None:
        from chaikhana.scenario.scenario import written

        writable(save).write_text(written(supposed), "utf-8")
        typer.echo(f"Wrote {save}.", err=True)
    _tell(opened, supposed, on, first, last, draws, seed, null, show, form)


def _scenario(
    study: Study,
    files: Several,
    edits: dict[str, Several],
    move: Several,
    bodies: Several,
    led_by: Several,
    forms: Several,
) -> Scenario:
    """What the files and flags suppose together; files first, then removals, then the rest in the order of the help."""
    from chaikhana.scenario.scenario import Scenario, composed, edit_of, from_flag, move_from_flag
    from chaikhana.scenario.shelf import scenario_of

    parts = [scenario_of(study, name) for name in files or ()]
    flags = [edit_of({"do": "remove", "bodies": bodies})] if bodies else []
    flags += [edit_of({"do": "remove", "led-by": one}) for one in led_by or ()]
    flags += [edit_of({"do": "remove", "form": one}) for one in forms or ()]
    flags += [from_flag(kind, text) for kind, texts in edits.items() for text in texts or ()]
    flags += [move_from_flag(text) for text in move or ()]
    if flags:
        title = f"What if: {'; '.join(edit.told for edit in flags)}"
        parts.append(Scenario(title=title, edits=tuple(flags)))
    return composed(parts) if len(parts) != 1 else parts[0]


def _list(study: Study, form: Form) -> None:
    """The scenarios that the study carries."""
    import polars as pl

    from chaikhana.scenario.shelf import scenarios

    known = scenarios(study)
    frame = pl.DataFrame(
        {
            "scenario": list(known),
            "title": [one.title for one in known.values()],
            "edits": ["; ".join(edit.told for edit in one.edits) for one in known.values()],
        },
        schema=dict.fromkeys(("scenario", "title", "edits"), pl.String),
    )
    show_frame(
        frame,
        form,
        title=f"Scenarios of {study.about.title}",
        notes=[
            "--scenario NAME runs one; --join, --leave, --remove-body and the other flags suppose something of your own."
        ],
    )


def _tell(
    study: Study,
    supposed: Scenario,
    on: str,
    first: str,
    last: str,
    draws: int,
    seed: int,
    null: int,
    show: str,
    form: Form,
) -> None:
    from chaikhana.frameworks.catalogue import FRAMEWORKS
    from chaikhana.measures.catalogue import MEASURES, measure
    from chaikhana.scenario import telling
    from chaikhana.scenario.chance import against_chance
    from chaikhana.scenario.drawn_moves import DRAWS, positions
    from chaikhana.scenario.laying import lay
    from chaikhana.scenario.moves import moved
    from chaikhana.scenario.over_draws import DRAWN, MOST, in_range

    day, begins, ends = day_of(on, "--on"), day_of(first, "--from", first=True), day_of(last, "--to")
    about = study.about
    if day and not about.first_day <= day <= about.last_day:
        raise BadValueError(
            f"The study {about.id} speaks of {about.first_day} to {about.last_day}, not of {day}."
        )
    if begins and ends and begins > ends:
        raise BadValueError(f"The span ends ({ends}) before it begins ({begins}).")
    draws = DRAWS if draws < 0 else draws
    if draws:
        in_range(draws, MOST, DRAWN)
    wanted = [measure(show)] if show else list(MEASURES)
    with progress("Laying the scenario over the study") as say:
        laid = lay(study, supposed)
        found = moved(laid, day, begins, ends, wanted, () if show else FRAMEWORKS, say)
    chance = drawn = None
    if null:
        with counted_progress("Laying counterparts by chance") as tell:
            chance = against_chance(laid, found, null, seed, tell)
    if draws and laid.changes and form is not Form.CSV and not show:
        with counted_progress("Drawing networks") as tell:
            drawn = positions(laid, day, draws, seed, tell)
    of_moves, of_flips = chance or (None, None)
    if form is Form.JSON:
        show_json(telling.whatif_data(laid, found, chance, drawn))
        return
    if form is Form.CSV or show:
        frame = telling.moves_frame(found.moves, of_moves)
        show_frame(
            frame if form is Form.CSV else frame.drop("rows"),
            form,
            title=f"{supposed.title}: {show}",
            decimals=3,
        )
        return
    typer.echo(f"{supposed.title}\n" + (f"\n{supposed.why}\n" if supposed.why else ""))
    for number, edit in enumerate(supposed.edits, start=1):
        typer.echo(f"{number}. {edit.told}")
    typer.echo()
    show_frame(
        telling.rows_frame(laid), form, title="Rows of the study", notes=[*laid.notices, telling.UNTOUCHED]
    )
    typer.echo()
    listed = telling.flips_listed(found.flips, of_flips)
    asked = sum(found.compared.get(one.name, 0) for one in FRAMEWORKS)
    typer.echo(f"Findings that flip on {found.on}: {len(listed) or 'none'} of {asked}")
    show_listed(
        listed,
        " ".join(
            [*telling.subjects_gone(found.flips), "--json has every rule that moved, before and after."]
        ),
    )
    typer.echo()
    show_frame(
        telling.measures_frame(found),
        form,
        title="Measures that move",
        notes=["--show MEASURE lists its differences; --csv and --json have all, with their rows."],
    )
    if drawn is not None:
        typer.echo()
        show_frame(
            drawn,
            form,
            title=f"Access and brokerage on {found.on}, {draws} networks drawn",
            notes=[
                "before, after: medians; change: the middle 95 per cent of the differences within a draw; chance: as many bodies "
                "taken at random; beyond: how often it rises more than by chance."
            ],
            decimals=3,
        )
    for name, why in found.silent.items():
        typer.echo(f"Not asked, {name}: {why}")


def _central_claim(
    study: Study, actor: str, first: str, last: str, draws: int, seed: int, form: Form
) -> None:
    from chaikhana.scenario import central_claim as claim

    with counted_progress("Drawing networks") as tell:
        played = claim.play(
            study,
            actor,
            day_of(first, "--from", first=True),
            day_of(last, "--to"),
            claim.DRAWS if draws < 0 else draws,
            seed,
            tell,
        )
    if form is Form.JSON:
        show_json(claim.data(played))
        return
    if form is Form.CSV:
        show_frame(claim.by_year(played), form)
        return
    _print_claim(played)


def _print_claim(played: Played) -> None:
    from chaikhana.scenario import central_claim as claim

    typer.echo(
        f"{played.name} with and without the other platforms, {played.draws:,} draws ({claim.LOCATOR})\n"
    )
    typer.echo("\n".join(f"- {line}" for line in claim.told(played)) + "\n")
    shown = ("change", "change_low", "change_high", "chance", "chance_low", "chance_high", "beyond")
    show_frame(
        claim.overall(played).select("position", "without", *shown),
        Form.TABLE,
        title="Change in per cent of the whole, mean over years",
        notes=[
            *claim.assumptions(),
            "--csv gives every year; --json also what each matter of definition moves.",
        ],
        decimals=2,
    )
