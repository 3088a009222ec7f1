"""`chaikhana show` and `chaikhana measure`: the tables of a study and what is computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.cli.options import FromOption, OnOption, StudyOption, ToOption, day_of, study_of
from chaikhana.cli.output import (
    CsvFlag,
    Form,
    JsonFlag,
    counted_progress,
    flat,
    form_of,
    progress,
    show_frame,
    show_measured,
)
from chaikhana.errors import BadValueError, UnknownNameError

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from chaikhana.core.measured import Measured
    from chaikhana.measures.catalogue import Measure
    from chaikhana.study.study import Study


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    app.command(
        epilog="Example: chaikhana show memberships --study STUDY --on 2014-03-27 --where body=eu --csv"
    )(show)
    app.command(epilog="Example: chaikhana measure vote-agreement --source un-votes --session 74 --csv")(
        measure
    )


def show(
    table: Annotated[str, typer.Argument(help="A table of the study, or one of its derived series.")],
    study: StudyOption = "",
    on: OnOption = "",
    where: Annotated[
        list[str] | None, typer.Option("--where", help="COLUMN=VALUE; may be given several times.")
    ] = None,
    rivals: Annotated[
        bool, typer.Option("--rivals", help="Show rival statements too, not the preferred ones alone.")
    ] = False,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Show the rows of a table, as of a date, filtered."""
    form = form_of(as_json, as_csv)
    opened = study_of(study)
    frame = _rows(opened, table, on, rivals)
    for condition in where or []:
        frame = _filtered(frame, condition, opened, table)
    if form is Form.TABLE:
        hidden = {"note"} if rivals else {"rival", "side", "prefer", "reason", "note"}
        frame = flat(frame)
        blank = {
            name
            for name in frame.columns
            if frame.height and frame[name].cast(str).fill_null("").eq("").all()
        }
        frame = frame.drop([name for name in frame.columns if name in hidden | blank])
    show_frame(frame, form, title=f"{opened.about.title}: {table}" + (f" on {on}" if on else ""))


def measure(
    name: Annotated[str, typer.Argument(help="A measure; left out: the list.")] = "",
    study: StudyOption = "",
    on: OnOption = "",
    from_: FromOption = "",
    to: ToOption = "",
    source: Annotated[
        str,
        typer.Option("--source", help="Compute it from a dataset of the source store, ID or ID@VERSION."),
    ] = "",
    session: Annotated[
        int | None, typer.Option("--session", help="A session of the General Assembly (with --source).")
    ] = None,
    states: Annotated[
        str, typer.Option("--states", help="Ids of states, by commas (with --source); a study gives its own.")
    ] = "",
    rewired: Annotated[
        int,
        typer.Option(
            "--rewired",
            help="Hold it against so many networks of the same sizes, dealt out anew.",
            show_default=False,
        ),
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", help="The same seed rewires the same (with --rewired).")] = 1,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Compute a measure of a study, or with --source of the whole world; without a name, list them."""
    form = form_of(as_json, as_csv)
    from chaikhana.measures import catalogue

    if not name:
        _list(form)
        return
    if source:
        if on:
            raise BadValueError("A dataset is asked for a span (--from, --to) or a session, not for a day.")
        span = day_of(from_, "--from", first=True), day_of(to, "--to")
        with progress(f"Computing {name}"):
            result = _on_source(name, source, study, states, session, *span)
        show_measured(result, form)
        return
    if session is not None or states:
        raise BadValueError("--session and --states go with --source: name the dataset.")
    entry = catalogue.measure(name)
    opened = study_of(study)
    days = [day_of(on, "--on"), day_of(from_, "--from", first=True), day_of(to, "--to")]
    if rewired:
        _rewired(entry, opened, days, rewired, seed, form)
        return
    show_measured(catalogue.run(entry, opened, *days), form)


def _rewired(
    entry: Measure, study: Study, days: list[date | None], count: int, seed: int, form: Form
) -> None:
    """The measure beside what it is in networks with the same sizes."""
    from chaikhana.scenario.rewired import beyond_size

    if days[1] or days[2]:
        raise BadValueError("A network of a day is rewired: use --on DATE with --rewired.")
    with counted_progress("Rewiring networks") as tell:
        frame = beyond_size(entry, study, days[0], count, seed, tell)
    show_frame(
        frame,
        form,
        title=f"{entry.name} against {count} networks of the same sizes",
        notes=[
            "Each actor keeps as many ties of each status, and each body as many of each. as high, as low: shares of networks, "
            "the observed one among them; beyond: where that is 2.5 per cent or less (ours)."
        ],
        decimals=3,
    )


def _list(form: Form) -> None:
    import polars as pl

    from chaikhana.measures.catalogue import MEASURES
    from chaikhana.measures.on_sources import SOURCE_MEASURES

    panels = {entry.name: "; ".join(entry.panels) for entry in SOURCE_MEASURES}
    rows = [
        {"measure": m.name, "asks": m.asks.value, "source": panels.get(m.name, ""), "says": m.says}
        for m in MEASURES
    ]
    rows += [
        {"measure": m.name, "asks": "a source", "source": panels[m.name], "says": m.says}
        for m in SOURCE_MEASURES
        if m.name not in {one["measure"] for one in rows}
    ]
    show_frame(
        pl.DataFrame(rows),
        form,
        title="Measures",
        notes=(
            "chaikhana measure NAME --study STUDY",
            "chaikhana measure NAME --source ID computes it for the whole world, from a dataset in the store.",
        ),
    )


def _on_source(
    name: str,
    source: str,
    study: str,
    states: str,
    session: int | None,
    first: date | None,
    last: date | None,
) -> Measured:
    from chaikhana.measures.on_sources import Asked, on_source
    from chaikhana.sources import store

    opened = study_of(study) if study else None
    named = tuple(dict.fromkeys(state.strip().lower() for state in states.split(",") if state.strip()))
    return on_source(
        name,
        store.chosen(source),
        Asked(
            states=named or (opened.about.members if opened else ()),
            session=session,
            first=first.year if first else None,
            last=last.year if last else None,
            study=opened,
        ),
    )


def _rows(study: Study, table: str, on: str, rivals: bool) -> pl.DataFrame:
    import polars as pl

    from chaikhana.study.schema import BY_NAME
    from chaikhana.study.study import holds_on

    if table in study.derived:
        if on:
            raise BadValueError(f"{table} is a derived series and has no dates of validity: leave --on out.")
        return study.derived[table].frame
    if table not in BY_NAME:
        raise UnknownNameError("table", table, [*BY_NAME, *study.derived])
    frame = study.frames[table] if rivals else study.table(table)
    if day := day_of(on, "--on"):
        if not BY_NAME[table].period:
            raise BadValueError(f"{table} has no dates of validity: leave --on out, or use --where date=….")
        holds = holds_on(day, study.about.last_day).alias("holds")
        frame = frame.with_columns(holds).filter(pl.col("holds") != "no")
    bounds = [name for name in frame.columns if name.endswith(("_earliest", "_latest"))]
    return frame.drop("row", *bounds)


def _allowed(study: Study, table: str, column: str) -> list[str]:
    """The values that a column may hold, where it is one of words or of ids; empty where it is not."""
    from chaikhana.study.schema import BY_NAME, Kind

    found = (
        next((one for one in BY_NAME[table].all_columns if one.name == column), None)
        if table in BY_NAME
        else None
    )
    if found is None:
        return []
    if found.kind is Kind.WORD:
        return list(found.allowed)
    if found.kind in (Kind.LINK, Kind.LINKS):
        return [name for target in found.to for name in study.frames[target]["id"]]
    return list(study.about.issues) if column == "issues" else []


def _filtered(frame: pl.DataFrame, condition: str, study: Study, table: str) -> pl.DataFrame:
    import polars as pl

    column, mark, value = condition.partition("=")
    if not mark:
        raise BadValueError(f"--where ‘{condition}’: write COLUMN=VALUE, for instance status=member.")
    if column not in frame.columns:
        raise UnknownNameError("column", column, frame.columns)
    allowed = _allowed(study, table, column)
    if allowed and value and value not in allowed:
        raise UnknownNameError(f"value of {column}", value, allowed)
    if frame.schema[column] == pl.List(pl.String):
        return frame.filter(pl.col(column).list.contains(value))
    return frame.filter(pl.col(column).cast(pl.String) == value)
