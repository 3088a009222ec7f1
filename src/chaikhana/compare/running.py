"""A comparison run: its cases scored, what goes with the outcome and with its absence, what explanations come to, what stands.

Reference: Ragin 2008 for the analysis; Schneider and Wagemann (2012), *Set-theoretic methods*, section 11.3, for holding
expectations of a theory against cases. An explanation is tried as it stands, as a relation between sets, and again in every
variant of the scores; it holds where inclusion and PRI reach the cut-offs of sufficiency, fails where inclusion falls below a
lower one. These are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

import numpy as np

from chaikhana.compare.definition import Comparison, Explanation
from chaikhana.compare.scoring import Cells, Scored, scored
from chaikhana.errors import BadValueError, ChaikhanaError
from chaikhana.methods import qca
from chaikhana.methods.qca.fit import Floats
from chaikhana.methods.qca.terms import parsed
from chaikhana.study.study import Study

HOLDS, HOLDS_PRI, FAILS = 0.8, 0.5, 0.65
TOGETHER, SEED, DRAW = 24, 1, "draw"
"""How often anchors, indicators and spans are drawn at random together, and from which seed on; ours."""
Verdict = Literal["holds", "fails", "mixed", "undetermined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """An explanation held against the cases.

    Attributes
    ----------
    inclusion, pri, coverage : float
        Of what it starts from in what it expects; not a number where no case is in it.
    verdict : str
    agree, against : tuple of str
        Cases more in than out of what it starts from, with what it expects and without it.
    held : int
        Variants in which it holds.
    not_in : tuple of str
        Variants in which it does not.
    """

    explanation: Explanation
    inclusion: float
    pri: float
    coverage: float
    verdict: Verdict
    agree: tuple[str, ...]
    against: tuple[str, ...]
    held: int
    not_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What goes with the outcome, or with its absence.

    Attributes
    ----------
    solution : Solution or None
        None where there is none; `failed` then says why.
    robust : Robustness or None
        None where it was not asked for.
    """

    outcome: str
    solution: qca.Solution | None
    strict: qca.Solution | None
    failed: str
    robust: qca.Robustness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A comparison that was run."""

    asked: Comparison
    found: Scored
    sides: tuple[Side, ...]
    necessary: tuple[qca.Necessary, ...]
    relations: tuple[Relation, ...]


def run(
    asked: Comparison,
    study: Study | None = None,
    *,
    periods: Sequence[str] = (),
    only: Sequence[str] = (),
    robust: bool = False,
    say: Callable[[str], object] = lambda _: None,
) -> Ran:
    """Run a comparison.

    Parameters
    ----------
    periods, only
        As of `scored`.
    robust : bool
        Change cut-offs, cases, conditions, anchors, spans and indicators in turn.

    Raises
    ------
    BadValueError, UnknownNameError, ComparisonError
        As of `scored`.
    """
    say("Scoring the cases")
    cells: Cells = {}
    found = scored(asked, study, periods=periods, only=only, cells=cells)
    variants = {
        changed: dict(each) for changed, each in _variants(asked, study, periods, only, cells) if each
    }
    given = found.cases
    say("Searching for models")
    sides = tuple(_side(asked, cases, robust, variants, say) for cases in (given, qca.negated(given)))
    others = {how: cases for each in variants.values() for how, cases in each.items()}
    return Ran(
        asked=asked,
        found=found,
        sides=sides,
        necessary=qca.necessity(given, most_joined=2),
        relations=tuple(_relation(one, given, others) for one in asked.explanation),
    )


def related(cases: qca.Cases, when: str, then: str) -> tuple[float, float, float]:
    """Inclusion, PRI and coverage of one expression of conditions in the outcome or its negation.

    Raises
    ------
    BadValueError
        If `then` is not the outcome, or its negation; or an expression cannot be read.
    """
    sets, result = _sets(cases, when, then)
    fit = qca.sufficiency(sets[None, :], result)
    return float(fit.inclusion[0]), float(fit.pri[0]), float(fit.coverage[0])


def verdict(inclusion: float, pri: float) -> Verdict:
    """What a relation comes to; undetermined where no case is in what it starts from."""
    if np.isnan(inclusion):
        return "undetermined"
    if inclusion >= HOLDS and pri >= HOLDS_PRI:
        return "holds"
    return "fails" if inclusion < FAILS else "mixed"


def _sets(cases: qca.Cases, when: str, then: str) -> tuple[Floats, Floats]:
    outcome = cases.outcome.removeprefix("~")
    if then.removeprefix("~") != outcome:
        raise BadValueError(f"An explanation expects the outcome {outcome} or ~{outcome}, not ‘{then}’.")
    terms = parsed(when, cases.conditions, cases.levels)
    wanted = then.startswith("~") == cases.outcome.startswith("~")
    return qca.memberships(terms, cases).max(axis=0), cases.result if wanted else 1 - cases.result


def _relation(one: Explanation, given: qca.Cases, others: Mapping[str, qca.Cases]) -> Relation:
    sets, result = _sets(given, one.when, one.then)
    inclusion, pri, coverage = related(given, one.when, one.then)
    not_in = tuple(
        how for how, cases in others.items() if verdict(*related(cases, one.when, one.then)[:2]) != "holds"
    )
    inside = sets > 0.5
    if not inside.any():
        inclusion = float("nan")
    return Relation(
        explanation=one,
        inclusion=inclusion,
        pri=pri,
        coverage=coverage,
        verdict=verdict(inclusion, pri),
        agree=tuple(given.names[i] for i in np.flatnonzero(inside & (result > 0.5))),
        against=tuple(given.names[i] for i in np.flatnonzero(inside & (result < 0.5))),
        held=len(others) - len(not_in),
        not_in=not_in,
    )


def _side(
    asked: Comparison,
    cases: qca.Cases,
    robust: bool,
    variants: Mapping[str, Mapping[str, qca.Cases]],
    say: Callable[[str], object],
) -> Side:
    try:
        table = qca.truth_table(
            cases, inclusion_cut=asked.inclusion_cut, pri_cut=asked.pri_cut, n_cut=asked.n_cut
        )
        solution = qca.solve(table, asked.solution)
        strict = qca.solve(table, "conservative")
    except ChaikhanaError as error:
        return Side(outcome=cases.outcome, solution=None, strict=None, failed=str(error), robust=None)
    negative = cases.outcome.startswith("~")
    turned = {
        changed: {how: qca.negated(other) if negative else other for how, other in each.items()}
        for changed, each in variants.items()
    }
    tried = qca.robustness(solution, variants=turned, say=say) if robust else None
    return Side(outcome=cases.outcome, solution=solution, strict=strict, failed="", robust=tried)


def _variants(
    asked: Comparison, study: Study | None, periods: Sequence[str], only: Sequence[str], cells: Cells
) -> Iterator[tuple[str, list[tuple[str, qca.Cases]]]]:
    """Other anchors, indicators and spans, each changed alone and then several at once; one without an answer is left out."""

    def tried(how: str, **changed: object) -> list[tuple[str, qca.Cases]]:
        options = {"periods": periods, "only": only, "cells": cells, "told": False, **changed}
        try:
            return [(how, scored(asked, study, **options).cases)]  # type: ignore[arg-type]
        except ChaikhanaError:
            return []

    other_periods = () if periods else asked.other_periods
    anchors = [(one.id, other) for one in asked.sets for other in one.other_anchors]
    indicators = [(one.id, other) for one in asked.sets for other in one.other_indicators]
    alone = {
        "other anchors": [
            tried(f"{name} at {', '.join(f'{point:g}' for point in other)}", anchors={name: other})
            for name, other in anchors
        ],
        "other indicators": [
            tried(f"{name} by {other}", indicators={name: other}) for name, other in indicators
        ],
        "other spans": [tried(", ".join(spans), periods=spans) for spans in other_periods],
    }
    for changed, runs in alone.items():
        yield changed, [one for run in runs for one in run]
    draw = Random(SEED)
    together = []
    for number in range(1, TOGETHER + 1 if sum(map(len, alone.values())) > 1 else 1):
        points = {one.id: other for one in asked.sets if (other := draw.choice((None, *one.other_anchors)))}
        by = {one.id: name for one in asked.sets if (name := draw.choice((None, *one.other_indicators)))}
        spans = draw.choice((tuple(periods), *other_periods))
        told = [f"{name} at {', '.join(f'{point:g}' for point in other)}" for name, other in points.items()]
        told += [f"{name} by {other}" for name, other in by.items()] + [", ".join(spans or asked.periods)]
        together += tried(f"{DRAW} {number}: {'; '.join(told)}", anchors=points, indicators=by, periods=spans)
    yield "several at once", together
