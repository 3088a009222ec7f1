"""A set-theoretic analysis told: as data for tools, as tables and lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from chaikhana.methods.qca import Model, Necessary, Robustness, Row, Solution, TruthTable

SHOWN_MODELS = 8


def solution_data(found: Solution) -> dict[str, Any]:
    """Everything of a solution, as JSON has it."""
    return {
        "solution": found.kind,
        "outcome": found.table.cases.outcome,
        "enumerated": found.enumerated,
        "count": found.count,
        "count_is": "exact" if found.complete else "at least",
        "fewest_terms": found.fewest,
        "least_proved": found.least,
        "prime_implicants": found.primes,
        "models": [model_data(model) for model in found.models],
        "notes": notes(found.table),
        "truth_table": table_frame(found.table).to_dicts(),
    }


def model_data(model: Model) -> dict[str, Any]:
    """A model as JSON has it."""
    return {
        "terms": [
            {
                "term": term.term,
                "inclusion": term.inclusion,
                "pri": term.pri,
                "coverage": term.coverage,
                "unique_coverage": term.unique_coverage,
                "cases": list(term.cases),
                "deviant": list(term.deviant),
                "typical": list(term.typical),
            }
            for term in model.terms
        ],
        "inclusion": model.inclusion,
        "pri": model.pri,
        "coverage": model.coverage,
        "uncovered": list(model.uncovered),
    }


def necessity_data(found: Sequence[Necessary]) -> list[dict[str, Any]]:
    """Necessary conditions as JSON has them."""
    return [
        {
            "expression": one.expression,
            "inclusion": one.inclusion,
            "coverage": one.coverage,
            "relevance": one.relevance,
            "passes": one.passes,
            "outside": list(one.outside),
        }
        for one in found
    ]


def robustness_data(found: Robustness) -> dict[str, Any]:
    """What becomes of each term, and each run, as JSON has them."""
    return {
        "runs": len(found.runs),
        "terms": [
            {
                "term": one.term,
                "in_every_model": one.every,
                "in_some_model": one.some,
                "longer_or_shorter_too": one.related,
                "by_change": [
                    {"changed": changed, "stands": stands, "runs": runs}
                    for changed, stands, runs in one.by_change
                ],
            }
            for one in found.terms
        ],
        "each": [
            {
                "changed": run.changed,
                "what": run.what,
                "models": [" + ".join(terms) for terms in run.models],
                "failed": run.failed or None,
            }
            for run in found.runs
        ],
    }


def table_frame(table: TruthTable) -> pl.DataFrame:
    """The truth table as a journal prints it."""
    rows = rows_in_order(table)
    columns = {name: [row.values[j] for row in rows] for j, name in enumerate(table.cases.conditions)}
    return pl.DataFrame(
        {
            **columns,
            "out": [row.outcome for row in rows],
            "n": [len(row.cases) for row in rows],
            "inclusion": [row.inclusion for row in rows],
            "pri": [row.pri for row in rows],
            "cases": [", ".join(row.cases) for row in rows],
            "deviant": [", ".join(row.deviant) for row in rows],
        },
        schema_overrides={"cases": pl.String, "deviant": pl.String},
    )


def rows_in_order(table: TruthTable) -> list[Row]:
    """Positive rows first, then negative ones, by their inclusion."""
    order = {"1": 0, "0": 1, "?": 2}
    return sorted(table.rows, key=lambda row: (order[row.outcome], -row.inclusion, [-v for v in row.values]))


def terms_frame(found: Solution, models: Sequence[Model]) -> pl.DataFrame:
    """The terms of models, one row a term, with the model's own row after them."""
    rows: list[dict[str, Any]] = []
    for number, model in enumerate(models, start=1):
        for term in model.terms:
            rows.append(
                {
                    "model": f"M{number}",
                    "term": term.term,
                    "inclusion": term.inclusion,
                    "pri": term.pri,
                    "coverage": term.coverage,
                    "unique": term.unique_coverage,
                    "cases": ", ".join(term.cases),
                    "deviant": ", ".join(term.deviant),
                }
            )
        rows.append(
            {
                "model": f"M{number}",
                "term": f"→ {found.table.cases.outcome}",
                "inclusion": model.inclusion,
                "pri": model.pri,
                "coverage": model.coverage,
                "unique": None,
                "cases": "",
                "deviant": "",
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def necessity_frame(found: Sequence[Necessary]) -> pl.DataFrame:
    """Necessary conditions, one row each."""
    return pl.DataFrame(
        {
            "expression": [one.expression for one in found],
            "necessary": ["yes" if one.passes else "no" for one in found],
            "inclusion": [one.inclusion for one in found],
            "RoN": [one.relevance for one in found],
            "coverage": [one.coverage for one in found],
            "outside": [", ".join(one.outside) for one in found],
        }
    )


def survival_frame(found: Robustness) -> pl.DataFrame:
    """What becomes of each term, in shares of the runs by what was changed."""
    rows = []
    for one in found.terms:
        row: dict[str, Any] = {
            "term": one.term,
            "stands": f"{one.some} of {len(found.runs)}",
            "related": one.related,
        }
        row |= {changed: f"{stands} of {runs}" for changed, stands, runs in one.by_change}
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def notes(table: TruthTable) -> list[str]:
    """What a reader should know before the solution."""
    said = list(table.cases.notes)
    for row in table.contradictory:
        counts = "positive" if row.outcome == "1" else "negative" if row.outcome == "0" else "a remainder"
        others = [name for name in row.cases if name not in row.deviant]
        said.append(
            f"{table.text(row.values)} holds cases of both kinds: {', '.join(row.deviant)} against {', '.join(others)}. "
            f"With inclusion {row.inclusion:.3f} it counts as {counts}."
        )
    return said


def how_many(found: Solution) -> str:
    """How many models there are, and how sure that is."""
    least = "of the fewest terms" if found.least else "from which no term can be left out"
    listed = f"{len(found.models):,} {'is' if len(found.models) == 1 else 'are'} listed"
    count = f"{found.count:,} {'model' if found.count == 1 else 'models'}"
    if found.enumerated:
        return f"{'The one model' if found.count == 1 else f'All {count}'} {least}."
    if found.complete:
        return f"{count} {least}; {listed} (--most lists more)."
    if found.least:
        return (
            f"At least {count} of {found.fewest} terms, the fewest that there can be; the search was bounded before all were "
            f"found (--seconds, --most). {listed}."
        )
    return (
        f"The search was bounded (--seconds, --most): at least {count}, none proved to have the fewest terms; no model has "
        f"fewer than {found.fewest}. {listed}."
    )
