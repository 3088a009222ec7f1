"""`chaikhana show` and `chaikhana measure`: the tables of a study and what is computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.cli.options import FromOption, OnOption, StudyOption, ToOption, day_of, study_of
from chaikhana.cli.output import CsvFlag, Form, JsonFlag, flat, form_of, show_frame, show_json
from chaikhana.errors import BadValueError, UnknownNameError

if TYPE_CHECKING:
    import polars as pl

    from chaikhana.study.study import Study


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    app.command(
        epilog="Example: chaikhana show memberships --study STUDY --on 2014-03-27 --where body=eu --csv"
    )(show)
    app.command(epilog="Example: chaikhana measure exclusivity --study STUDY --on 2020")(measure)


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
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Compute a measure; without a name, list them."""
    form = form_of(as_json, as_csv)
    import polars as pl

    from chaikhana.measures import catalogue

    if not name:
        listed = pl.DataFrame(
            [{"measure": m.name, "asks": m.asks.value, "says": m.says} for m in catalogue.MEASURES]
        )
        show_frame(listed, form, title="Measures", notes=("chaikhana measure NAME --study STUDY",))
        return
    entry = catalogue.measure(name)
    opened = study_of(study)
    days = [day_of(on, "--on"), day_of(from_, "--from", first=True), day_of(to, "--to")]
    result = catalogue.run(entry, opened, *days)
    if form is Form.JSON:
        show_json(
            {
                "measure": result.name,
                "title": result.title,
                "definition": result.definition,
                "reference": result.reference,
                "assumptions": result.assumptions,
                "values": result.frame.to_dicts(),
            }
        )
    else:
        shown = result.frame if form is Form.CSV else result.frame.drop("rows")
        show_frame(
            shown,
            form,
            title=result.title,
            notes=(
                result.definition,
                *result.assumptions,
                "--csv and --json give the rows behind each value.",
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
