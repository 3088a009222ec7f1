"""What a comparison found and what it did not, in plain words made from its numbers; and the same as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from math import isnan
from typing import Any

import polars as pl

from chaikhana.compare.running import DRAW, FAILS, HOLDS, HOLDS_PRI, TOGETHER, Ran, Relation, Side
from chaikhana.compare.telling import model_data, necessity_data, robustness_data, solution_data
from chaikhana.methods.qca import Row
from chaikhana.methods.qca.implicants import FREE

STANDS, FRAGILE = 0.8, 0.6
"""Share of runs from which on a term is said to stand, and below which it is said to be fragile; ours."""
NAMED = 8
ANYTHING = "1"
VERDICTS = {
    "holds": ("holds", "hold"),
    "mixed": ("is mixed", "are mixed"),
    "fails": ("fails", "fail"),
    "undetermined": ("is undetermined", "are undetermined"),
}


def found(ran: Ran) -> list[str]:
    """What was found: how many cases, what goes with the outcome and its absence, which explanations hold."""
    return [
        *_in_short(ran),
        _cases(ran),
        *(_side(side, ran) for side in ran.sides),
        _necessity(ran),
        _explanations(ran, hold=True),
    ]


def not_found(ran: Ran) -> list[str]:
    """What was not found: explanations that fail, terms that do not stand, cases that nothing explains."""
    said = [_explanations(ran, hold=False)]
    for side in ran.sides:
        if side.solution is None:
            said.append(f"Nothing was found to go with {side.outcome}. {side.failed}")
            continue
        lost = [one for one in _terms(side) if one[1] is not None and one[1] < FRAGILE]
        if lost:
            told = "; ".join(f"{term} ({share:.0%} of the runs)" for term, share in lost)
            said.append(f"Of what goes with {side.outcome}, these are fragile: {told}.")
        if uncovered := side.solution.models[0].uncovered:
            said.append(f"No term holds for {named(uncovered)}, though more in than out of {side.outcome}.")
    if ran.found.left_out:
        sets = sorted({name for sets in ran.found.left_out.values() for name in sets})
        said.append(
            f"Nothing is said of {named(tuple(ran.found.left_out))}: their score is unknown in {', '.join(sets)}."
        )
    return [text for text in said if text]


def peers(ran: Ran, region: str) -> list[str]:
    """For each case of a region: what it has in common with others, and whether it stands alone."""
    side = next((side for side in ran.sides if side.solution is not None), None)
    if side is None or side.solution is None:
        return []
    table = side.solution.table
    said = []
    for row in table.rows:
        mine = [name for name in row.cases if name.rpartition(" ")[0] == region]
        others = tuple(name for name in row.cases if name not in mine)
        if mine:
            shared = f"shares it with {named(others)}" if others else "stands alone in it"
            said.append(
                f"{named(tuple(mine))} is in {table.text(row.values)} ({in_words(ran, row.values)}) and {shared}; "
                f"{_judged(row, side.outcome)}."
            )
    return said


def data(ran: Ran) -> dict[str, Any]:
    """Everything of a comparison that was run, as JSON has it."""
    return {
        "comparison": ran.asked.id,
        "title": ran.asked.title,
        "question": ran.asked.question,
        "paper": ran.asked.paper,
        "locator": ran.asked.locator,
        "caution": ran.asked.caution or None,
        "cases": list(ran.found.cases.names),
        "left_out": {case: list(sets) for case, sets in ran.found.left_out.items()},
        "found": found(ran),
        "not_found": not_found(ran),
        "sides": [_side_data(side) for side in ran.sides],
        "necessity": necessity_data(ran.necessary),
        "explanations": [
            {
                "id": one.explanation.id,
                "says": one.explanation.says,
                "locator": one.explanation.locator,
                "relation": f"{one.explanation.when} -> {one.explanation.then}",
                "verdict": one.verdict,
                "inclusion": one.inclusion,
                "pri": one.pri,
                "coverage": one.coverage,
                "agree": list(one.agree),
                "against": list(one.against),
                "variants": one.held + len(one.not_in),
                "holds_in": one.held,
                "does_not_hold_in": list(one.not_in),
            }
            for one in ran.relations
        ],
        "scores": [asdict(score) for score in ran.found.scores],
    }


def scores_frame(ran: Ran) -> pl.DataFrame:
    """Every score with its raw value, its source and its anchors; one row a case and set."""
    return pl.DataFrame([asdict(score) for score in ran.found.scores], infer_schema_length=None)


def explanations_frame(ran: Ran) -> pl.DataFrame:
    """Every explanation with what it comes to."""
    return pl.DataFrame(
        {
            "explanation": [one.explanation.id for one in ran.relations],
            "relation": [f"{one.explanation.when} → {one.explanation.then}" for one in ran.relations],
            "verdict": [one.verdict for one in ran.relations],
            "inclusion": [one.inclusion for one in ran.relations],
            "pri": [one.pri for one in ran.relations],
            "coverage": [one.coverage for one in ran.relations],
            "variants": [f"{one.held} of {one.held + len(one.not_in)}" for one in ran.relations],
            "against": [", ".join(one.against) for one in ran.relations],
        },
        schema_overrides={"against": pl.String},
    )


def in_words(ran: Ran, values: Sequence[int]) -> str:
    """A term in words: what each of its conditions stands for."""
    return ", ".join(
        one.in_words(value) for one, value in zip(ran.asked.condition, values, strict=True) if value != FREE
    )


def _in_short(ran: Ran) -> list[str]:
    """How the explanations fare, in one sentence."""
    if not ran.relations:
        return []
    of = {
        word: [one.explanation.id.replace("-", " ") for one in ran.relations if one.verdict == verdict]
        for verdict, word in VERDICTS.items()
    }
    told = [f"{', '.join(names)} {word[len(names) > 1]}" for word, names in of.items() if names]
    return [f"In short, of {len(ran.relations)} explanations: " + "; ".join(told) + "."]


def _cases(ran: Ran) -> str:
    given = ran.found.cases
    inside = tuple(name for name, score in zip(given.names, given.result, strict=True) if score > 0.5)
    return (
        f"{len(given.names)} cases have every score. {len(inside)} of them are more in than out of {given.outcome} "
        f"({ran.asked.outcome.says})" + (f": {named(inside)}." if inside else ".")
    )


def _side(side: Side, ran: Ran) -> str:
    if side.solution is None:
        return f"Nothing goes with {side.outcome} at these cut-offs."
    first = side.solution.models[0]
    if len(first.terms) == 1 and first.terms[0].term == ANYTHING:
        return (
            f"{side.outcome} goes with every combination that was observed ({ran.asked.solution} solution: inclusion "
            f"{first.inclusion:.2f}), so no condition tells where it comes about."
        )
    terms = "; ".join(
        f"{term.term} ({in_words(ran, term.values)}; inclusion {term.inclusion:.2f}, "
        f"coverage {term.coverage:.2f}{_stands(term.term, side)})"
        for term in first.terms
    )
    said = f"With {side.outcome} goes, in the {side.solution.kind} solution, {terms}. "
    said += f"Together: inclusion {first.inclusion:.2f}, PRI {first.pri:.2f}, coverage {first.coverage:.2f}."
    if side.solution.count > 1:
        counted = Counter(term.term for model in side.solution.models for term in model.terms)
        every = [term for term, times in counted.items() if times == len(side.solution.models)]
        count = f"{side.solution.count:,}" if side.solution.complete else f"At least {side.solution.count:,}"
        said += f" {count} models fit the rows equally well; in all of them: {', '.join(every) or 'no term'}."
    if first.inclusion < HOLDS:
        said += f" Over all cases this is less than the cut-off of {HOLDS:g}: its rows pass, the terms made of them do not."
    return said


def _terms(side: Side) -> list[tuple[str, float | None]]:
    survival = _survival(side)
    first = side.solution.models[0].terms if side.solution else ()
    return [(term.term, survival.get(term.term)) for term in first]


def _survival(side: Side) -> dict[str, float]:
    robust = side.robust
    return {one.term: one.some / len(robust.runs) for one in robust.terms} if robust and robust.runs else {}


def _stands(term: str, side: Side) -> str:
    share = _survival(side).get(term)
    if share is None:
        return ""
    word = "stands" if share >= STANDS else "stands only" if share < FRAGILE else "mostly stands"
    return f"; {word} in {share:.0%} of {len(side.robust.runs) if side.robust else 0} runs"


def _necessity(ran: Ran) -> str:
    single = [one for one in ran.necessary if one.passes and "+" not in one.expression]
    outcome = ran.found.cases.outcome
    if not single:
        return f"No single condition is necessary for {outcome}."
    told = ", ".join(
        f"{one.expression} (inclusion {one.inclusion:.2f}, RoN {one.relevance:.2f})" for one in single
    )
    return f"Necessary for {outcome}: {told}."


def _explanations(ran: Ran, *, hold: bool) -> str:
    chosen = [one for one in ran.relations if (one.verdict == "holds") == hold]
    if not chosen:
        return "No explanation holds as it stands." if hold else ""
    return ("Holds: " if hold else "Does not hold: ") + "; ".join(_explained(one) for one in chosen) + "."


def _explained(one: Relation) -> str:
    asked = one.explanation
    relation = f"{asked.id.replace('-', ' ')}, that {asked.says} ({asked.when} → {asked.then}"
    if isnan(one.inclusion):
        return f"{relation}: no case is in {asked.when})"
    tried = one.held + len(one.not_in)
    said = f"{relation}: inclusion {one.inclusion:.2f}, PRI {one.pri:.2f}, "
    said += f"{len(one.agree)} cases for it and {len(one.against)} against"
    if tried:
        said += f", holds in {one.held} of {tried} variants"
        if one.verdict == "holds" and one.not_in:
            said += f", not in {_variants(one)}"
    return said + (", mixed" if one.verdict == "mixed" else "") + ")"


def _variants(one: Relation) -> str:
    """The variants in which an explanation does not hold: those with one change by name, the draws by their number."""
    alone = [how for how in one.not_in if not how.startswith(DRAW)]
    drawn = len(one.not_in) - len(alone)
    told = alone[:3] + ([f"{len(alone) - 3} more with one change"] if len(alone) > 3 else [])
    return "; ".join([*told, *([f"{drawn} of the {TOGETHER} with several at once"] if drawn else [])])


def _judged(row: Row, outcome: str) -> str:
    if row.outcome == "?":
        return "too few cases are in it to say more"
    word = "positive" if row.outcome == "1" else "negative"
    deviant = f", against {named(row.deviant)}" if row.deviant else ""
    return f"the row is {word} for {outcome} (inclusion {row.inclusion:.2f}){deviant}"


def named(names: Sequence[str], most: int = NAMED) -> str:
    """Names; cases of one region with their spans together, and no more of them than can be read."""
    grouped: dict[str, list[str]] = {}
    for name in names:
        region, _, span = name.rpartition(" ")
        grouped.setdefault(region or span, []).extend([span] if region else [])
    told = [f"{region} {', '.join(spans)}".strip() for region, spans in grouped.items()]
    return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")


def _side_data(side: Side) -> dict[str, Any]:
    if side.solution is None:
        return {"outcome": side.outcome, "failed": side.failed, "models": []}
    said = solution_data(side.solution)
    if side.strict is not None:
        said["conservative"] = [model_data(model) for model in side.strict.models]
    if side.robust is not None:
        said["robustness"] = robustness_data(side.robust)
    return said


CUTS = f"An explanation holds from inclusion {HOLDS:g} and PRI {HOLDS_PRI:g} on, and fails below {FAILS:g}; these are ours."
