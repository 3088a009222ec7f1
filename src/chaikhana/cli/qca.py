"""`chaikhana qca`: which combinations of conditions are sufficient or necessary for an outcome, in a scholar's own file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chaikhana.cli.output import CsvFlag, Form, JsonFlag, form_of, progress, show_frame, show_json
from chaikhana.errors import BadValueError, UnknownNameError

if TYPE_CHECKING:
    from chaikhana.methods.qca import Cases, Robustness, Solution

MOST_ROWS = 60  # of a truth table that are printed for eyes


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command(
        epilog="Example: chaikhana qca lipset.csv --outcome SURV --conditions DEV,URB,LIT,IND,STB --solution intermediate "
        "--expect DEV=1,URB=1,LIT=1,IND=1,STB=1"
    )(qca)


def qca(
    file: Annotated[
        Path, typer.Argument(help="CSV: one row a case, the first column its name.", show_default=False)
    ],
    outcome: Annotated[
        str, typer.Option("--outcome", help="Y, ~Y, or Y{2} of a multi-value outcome.", show_default=False)
    ],
    conditions: Annotated[
        str, typer.Option("--conditions", help="A,B,C; all other columns if left out.", show_default=False)
    ] = "",
    incl_cut: Annotated[float, typer.Option("--incl-cut", help="Least inclusion of a positive row.")] = 0.8,
    pri_cut: Annotated[
        float | None, typer.Option("--pri-cut", help="Least PRI of a positive row.", show_default=False)
    ] = None,
    n_cut: Annotated[int, typer.Option("--n-cut", help="Fewest cases of a row that is no remainder.")] = 1,
    solution: Annotated[
        str, typer.Option("--solution", help="conservative, parsimonious, intermediate, or enhanced.")
    ] = "parsimonious",
    expect: Annotated[
        str,
        typer.Option(
            "--expect", help="A=1,B=0: values expected to help (intermediate, enhanced).", show_default=False
        ),
    ] = "",
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude", help="A*~B: combinations that may not be assumed; several times.", show_default=False
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All irredundant models, not only the shortest.")
    ] = False,
    negate: Annotated[bool, typer.Option("--negate", help="Explain the outcome's absence.")] = False,
    necessity: Annotated[
        bool, typer.Option("--necessity", help="Necessary conditions and disjunctions too.")
    ] = False,
    robust: Annotated[
        bool,
        typer.Option("--robust", help="Change cut-offs, cases and conditions in turn; tell what stands."),
    ] = False,
    drop_missing: Annotated[
        bool, typer.Option("--drop-missing", help="Leave out cases with a missing score.")
    ] = False,
    most: Annotated[int, typer.Option("--most", help="Models to list.")] = 1000,
    seconds: Annotated[
        float, typer.Option("--seconds", help="When the search for models ends, and says so.")
    ] = 10.0,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Qualitative Comparative Analysis of a file: crisp, multi-value and fuzzy sets."""
    form = form_of(as_json, as_csv)
    with progress("Reading the file") as say:
        from chaikhana.compare.scores_file import read_scores
        from chaikhana.methods import qca as engine

        given = _cases(read_scores(file), outcome, conditions, negate, drop_missing)
        say("Making the truth table")
        table = engine.truth_table(given, inclusion_cut=incl_cut, pri_cut=pri_cut, n_cut=n_cut)
        say("Searching for models")
        wanted = _expected(expect, given)
        found = engine.solve(
            table,
            _kind(solution),
            expect=wanted,
            exclude=exclude or (),
            every=every,
            most=most,
            seconds=seconds,
        )
        needed = engine.necessity(given) if necessity else None
        tried = engine.robustness(found, expect=wanted, exclude=exclude or (), say=say) if robust else None
    _show(found, needed, tried, form)


def _cases(frame: Any, outcome: str, conditions: str, negate: bool, drop_missing: bool) -> Cases:
    from chaikhana.compare.scores_file import HEADER_LINES
    from chaikhana.methods import qca as engine
    from chaikhana.methods.qca.terms import read_literal

    first = frame.columns[0]
    target, _ = read_literal(outcome)
    chosen = [name.strip() for name in conditions.split(",") if name.strip()]
    if not chosen:
        chosen = [name for name in frame.columns[1:] if name != target]
    given = engine.cases(
        frame, outcome, chosen, case=first, drop_missing=drop_missing, first_row=HEADER_LINES + 1
    )
    return engine.negated(given) if negate else given


def _kind(text: str) -> Any:
    from chaikhana.methods.qca.solutions import KINDS

    if text not in KINDS:
        raise UnknownNameError("solution", text, KINDS)
    return text


def _expected(text: str, given: Cases) -> dict[str, int | tuple[int, ...]]:
    """What is expected, of `A=1,B=0` or, of several values, `A=1/2`; `A=-` expects nothing."""
    found: dict[str, int | tuple[int, ...]] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, sign, values = (piece.strip() for piece in part.partition("="))
        if name not in given.conditions:
            raise UnknownNameError("condition", name, given.conditions)
        if values == "-":
            continue
        if not sign or not all(value.isdigit() for value in values.split("/")):
            raise BadValueError(
                f"--expect: ‘{part}’ cannot be read. Write A=1 where the presence of A should help, A=0 where its absence "
                "should, A=1/2 for several values."
            )
        if name in found:
            raise BadValueError(f"--expect: {name} is named twice.")
        found[name] = tuple(int(value) for value in values.split("/"))
    return found


def _show(found: Solution, needed: Any, tried: Robustness | None, form: Form) -> None:
    from chaikhana.compare import telling

    if form is Form.JSON:
        data = telling.solution_data(found)
        if needed is not None:
            data["necessity"] = telling.necessity_data(needed)
        if tried is not None:
            data["robustness"] = telling.robustness_data(tried)
        show_json(data)
        return
    if form is Form.CSV:
        show_frame(telling.terms_frame(found, found.models), form)
        return
    table = found.table
    cuts = f"inclusion {table.inclusion_cut:g}, cases {table.n_cut}"
    cuts += "" if table.pri_cut is None else f", PRI {table.pri_cut:g}"
    show_frame(
        telling.table_frame(table).head(MOST_ROWS),
        form,
        decimals=3,
        title=f"Truth table of {table.cases.outcome} (cut-offs: {cuts})",
        notes=[*telling.notes(table), f"{table.remainders:,} combinations have too few cases, or none."],
    )
    if needed is not None:
        typer.echo()
        show_frame(
            telling.necessity_frame(needed), form, title=f"Necessary for {table.cases.outcome}", decimals=3
        )
    typer.echo()
    shown = found.models[: telling.SHOWN_MODELS]
    more = [f"The first {len(shown)} are shown. --json and --csv have all that are listed."]
    show_frame(
        telling.terms_frame(found, shown),
        form,
        decimals=3,
        title=f"{found.kind.capitalize()} solution of {table.cases.outcome}",
        notes=[telling.how_many(found), *(more if len(shown) < len(found.models) else [])],
    )
    if tried is not None:
        typer.echo()
        failed = sum(bool(run.failed) for run in tried.runs)
        show_frame(
            telling.survival_frame(tried),
            form,
            title="What becomes of each term",
            notes=[
                f"{len(tried.runs)} runs, each with one thing changed; {failed} have no answer. ‘Related’ counts a term that is "
                "longer or shorter as well. --json lists each run."
            ],
        )
