"""Solutions: the combinations of conditions that are sufficient for the outcome, with all models and what each assumes.

Reference: Ragin (2008), *Redesigning social inquiry*, chapters 8 and 9; Baumgartner and Thiem (2017), *Model ambiguities in
configurational comparative research*, Sociological Methods & Research 46(4), 954–987, doi:10.1177/0049124115610351 (why all
models are told); Schneider and Wagemann (2013), doi:10.1177/1065912912468269 (the enhanced solution). The conservative solution
assumes nothing of what was not observed, the parsimonious one whatever makes it shorter, the intermediate one only what is
expected to help; the enhanced one none of what is assumed of the outcome and of its negation at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chaikhana.errors import BadValueError, ComparisonError
from chaikhana.methods.qca import assumptions, implicants
from chaikhana.methods.qca.cases import Cases, negated
from chaikhana.methods.qca.covers import Covers, covers
from chaikhana.methods.qca.fit import Floats, memberships, over, sufficiency
from chaikhana.methods.qca.implicants import FREE, Rows
from chaikhana.methods.qca.terms import parsed, written
from chaikhana.methods.qca.truth_table import TruthTable, truth_table

SolutionKind = Literal["conservative", "parsimonious", "intermediate", "enhanced"]
KINDS: tuple[SolutionKind, ...] = ("conservative", "parsimonious", "intermediate", "enhanced")
MOST_MODELS = 1_000
SECONDS = 10.0
MOST_PAIRS = 100
"""Pairs of a conservative and a parsimonious model from which intermediate ones are made; ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One sufficient combination.

    Attributes
    ----------
    term : str
    values : tuple of int
        Of each condition; -1 where it is free.
    inclusion, pri, coverage, unique_coverage : float
        Unique coverage is what the model would lose without it.
    cases : tuple of str
        More in than out of it.
    deviant : tuple of str
        Those among them that are more out than in the outcome.
    typical : tuple of str
        Those in it and in the outcome at least as much, the most so first.
    """

    term: str
    values: tuple[int, ...]
    inclusion: float
    pri: float
    coverage: float
    unique_coverage: float
    cases: tuple[str, ...]
    deviant: tuple[str, ...]
    typical: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Terms that together explain every positive row.

    Attributes
    ----------
    uncovered : tuple of str
        Cases with the outcome that no term holds in.
    """

    terms: tuple[Term, ...]
    inclusion: float
    pri: float
    coverage: float
    uncovered: tuple[str, ...]

    def __str__(self) -> str:
        return " + ".join(term.term for term in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """All models of one kind.

    Attributes
    ----------
    models : tuple of Model
        The best covered first.
    enumerated : bool
        Whether `models` are all that there are.
    count : int
        How many there are; if the search did not end, how many were found.
    complete : bool
        Whether the search ended.
    fewest : int
        No model has fewer terms.
    least : bool
        Whether the models are known to have the fewest terms; not so if all irredundant ones were asked for.
    primes : int
        Prime implicants that the models are chosen from.
    """

    kind: SolutionKind
    table: TruthTable
    models: tuple[Model, ...]
    enumerated: bool
    count: int
    complete: bool
    fewest: int
    least: bool
    primes: int

    def simplifying(self, model: Model) -> Rows:
        """The combinations that were not observed and that a model assumes to be positive; shape (rows, conditions).

        Raises
        ------
        BadValueError
            If they are more than can be written out.
        """
        terms = np.array([term.values for term in model.terms], dtype=np.int8)
        return assumptions.unlike(assumptions.rows_within(terms, self.table.cases.levels), _seen(self.table))


def solve(
    table: TruthTable,
    kind: SolutionKind = "parsimonious",
    *,
    expect: assumptions.Expected | None = None,
    exclude: Sequence[str] = (),
    every: bool = False,
    most: int = MOST_MODELS,
    seconds: float = SECONDS,
) -> Solution:
    """Find the models of a truth table.

    Parameters
    ----------
    kind : {'conservative', 'parsimonious', 'intermediate', 'enhanced'}
        The enhanced one is intermediate where something is expected, else parsimonious.
    expect : mapping, optional
        Condition to the value, or values, that should help the outcome; for intermediate and enhanced solutions.
    exclude : sequence of str
        Expressions whose rows may not be assumed, since they cannot be, or deny a necessary condition.
    every : bool
        All models from which no term can be left out, not only those of the fewest terms.
    most : int
        Models to list; more are counted.
    seconds : float
        After which the search for models ends and says how far it came.

    Raises
    ------
    ComparisonError
        If no row is positive, or nothing stands against the positive ones.
    BadValueError, UnknownNameError
        If an expectation or an expression cannot be read, or more is asked for than can be searched.
    """
    given = table.cases
    if kind not in KINDS:
        raise BadValueError(f"There is no {kind} solution. Allowed: {', '.join(KINDS)}.")
    if expect and kind not in ("intermediate", "enhanced"):
        raise BadValueError(
            f"Expectations change nothing in the {kind} solution: ask for the intermediate or the enhanced one."
        )
    if most < 1 or seconds <= 0:
        raise BadValueError("At least one model is listed, and the search needs some time.")
    _solvable(table)
    expected = assumptions.expectations(given, expect or {})
    barred = _barred(table, exclude)
    if kind == "enhanced":
        barred = np.concatenate([barred, _contradictory(table, barred, every, most, seconds)])
        kind_of_base: SolutionKind = "intermediate" if any(expected) else "parsimonious"
    else:
        kind_of_base = kind
    if kind_of_base == "conservative":
        primes = implicants.within(table.positive, np.array(given.levels))
        chosen, listed = _covers(primes, table.positive, every, most, seconds)
    elif kind_of_base == "parsimonious":
        if not len(table.negative) and not len(barred):
            raise ComparisonError(
                "No row is negative, so nothing stands against the outcome and any combination would be sufficient for it. "
                "Ask for the conservative solution, or raise the cut-off of inclusion."
            )
        primes = implicants.without(table.positive, np.concatenate([table.negative, barred]))
        chosen, listed = _covers(primes, table.positive, every, most, seconds)
    else:
        chosen, listed = _intermediate(table, barred, expected, every, most, seconds)
    return Solution(
        kind=kind,
        table=table,
        models=_models(listed, given),
        enumerated=chosen.complete and chosen.count == len(listed),
        count=chosen.count,
        complete=chosen.complete,
        fewest=chosen.fewest,
        least=chosen.least,
        primes=_primes(listed) if kind_of_base == "intermediate" else len(primes),
    )


def _solvable(table: TruthTable) -> None:
    if len(table.positive):
        return
    observed = [row for row in table.rows if row.outcome != "?"]
    if not observed:
        size = max((len(row.cases) for row in table.rows), default=0)
        raise ComparisonError(
            f"No row has {table.n_cut} cases or more; the fullest has {size}. Lower the cut-off of cases (--n-cut)."
        )
    best = max(observed, key=lambda row: row.inclusion)
    why = f"the nearest is {table.text(best.values)} with {best.inclusion:.3f} ({', '.join(best.cases[:4])}"
    why += f" and {len(best.cases) - 4} more)" if len(best.cases) > 4 else ")"
    both = len(table.contradictory)
    mixed = f" {both} {'row holds' if both == 1 else 'rows hold'} cases of both kinds." if both else ""
    pri = "" if table.pri_cut is None else f" and the cut-off of PRI, {table.pri_cut:g}"
    raise ComparisonError(
        f"No row is positive: none reaches the cut-off of inclusion in {table.cases.outcome}, {table.inclusion_cut:g}{pri}; "
        f"{why}.{mixed} Lower the cut-off (--incl-cut), or look for a condition that tells these cases apart."
    )


def _seen(table: TruthTable) -> Rows:
    return np.concatenate([table.positive, table.negative])


def _barred(table: TruthTable, exclude: Sequence[str]) -> Rows:
    """The remainders that may not be assumed."""
    given = table.cases
    if not exclude:
        return np.empty((0, len(given.conditions)), dtype=np.int8)
    terms = np.concatenate([parsed(text, given.conditions, given.levels) for text in exclude])
    return assumptions.unlike(assumptions.rows_within(terms, given.levels), _seen(table))


def _contradictory(table: TruthTable, barred: Rows, every: bool, most: int, seconds: float) -> Rows:
    """The remainders that are assumed of the outcome and of its negation at once."""
    other = truth_table(
        negated(table.cases), inclusion_cut=table.inclusion_cut, pri_cut=table.pri_cut, n_cut=table.n_cut
    )
    sides = []
    for side in (table, other):
        against = np.concatenate([side.negative, barred])
        if not len(side.positive) or not len(against):
            return np.empty((0, len(table.cases.conditions)), dtype=np.int8)
        primes = implicants.without(side.positive, against)
        _, listed = _covers(primes, side.positive, every, most, seconds)
        sides.append(np.unique(np.concatenate(listed), axis=0))
    rows = assumptions.rows_within(assumptions.meeting(*sides), table.cases.levels)
    return assumptions.unlike(rows, np.concatenate([_seen(table), barred]))


def _covers(
    primes: Rows, positive: Rows, every: bool, most: int, seconds: float
) -> tuple[Covers, list[Rows]]:
    chart = implicants.covering(primes, positive)
    found = covers(chart, len(positive), every=every, most=most, seconds=seconds)
    return found, [primes[list(cover)] for cover in found.listed]


def _intermediate(
    table: TruthTable,
    barred: Rows,
    expected: list[frozenset[int]],
    every: bool,
    most: int,
    seconds: float,
) -> tuple[Covers, list[Rows]]:
    """The models of every pair of a conservative and a parsimonious model, each once."""
    given, positive = table.cases, table.positive
    levels = np.array(given.levels)
    narrow, narrow_models = _covers(implicants.within(positive, levels), positive, every, most, seconds)
    against = np.concatenate([table.negative, barred])
    nothing_kept = np.full((1, len(levels)), FREE, dtype=np.int8)
    primes = implicants.without(positive, against) if len(against) else nothing_kept
    wide, wide_models = _covers(primes, positive, every, most, seconds)
    models: dict[bytes, Rows] = {}
    ends, assumed_before = [narrow, wide], set()
    for some, others in islice(product(narrow_models, wide_models), MOST_PAIRS):
        assumed = assumptions.unlike(assumptions.easy(some, others, expected, given.levels), against)
        if assumed.tobytes() in assumed_before:
            continue
        assumed_before.add(assumed.tobytes())
        allowed = np.unique(np.concatenate([positive, assumed]), axis=0)
        found, listed = _covers(implicants.within(allowed, levels, positive), positive, every, most, seconds)
        ends.append(found)
        models |= {model.tobytes(): model for model in listed}
    pairs = len(narrow_models) * len(wide_models)
    every_end = all(end.complete for end in ends)
    listed_all = all(end.count == len(end.listed) for end in ends)
    return Covers(
        listed=(),
        count=len(models),
        complete=every_end and listed_all and pairs <= MOST_PAIRS,
        fewest=min(end.fewest for end in ends[2:]),
        least=not every and all(end.least for end in ends),
    ), list(islice(models.values(), most))


def _primes(listed: list[Rows]) -> int:
    return len(np.unique(np.concatenate(listed), axis=0))


def _models(listed: list[Rows], given: Cases) -> tuple[Model, ...]:
    """Terms with their fit, computed once for all models that share them."""
    terms, place = np.unique(np.concatenate(listed), axis=0, return_inverse=True)
    held = memberships(terms, given)
    fits = sufficiency(held, given.result)
    with_outcome = given.result > 0.5
    against = given.result < 0.5
    shared = [
        Term(
            term=written(tuple(values), given.conditions, given.braces),
            values=tuple(values),
            inclusion=inclusion,
            pri=pri,
            coverage=coverage,
            unique_coverage=float("nan"),
            cases=_named(given, score > 0.5),
            deviant=_named(given, (score > 0.5) & against),
            typical=_typical(given, score),
        )
        for values, inclusion, pri, coverage, score in zip(
            terms.tolist(),
            fits.inclusion.tolist(),
            fits.pri.tolist(),
            fits.coverage.tolist(),
            held,
            strict=True,
        )
    ]
    models = []
    ends = np.cumsum([len(rows) for rows in listed])[:-1]
    for numbers in np.split(place.ravel(), ends):
        sets = held[numbers]
        together, unique = _together(sets, given.result)
        fit = sufficiency(together[None, :], given.result)
        models.append(
            Model(
                terms=tuple(
                    replace(shared[number], unique_coverage=alone)
                    for number, alone in zip(numbers.tolist(), unique.tolist(), strict=True)
                ),
                inclusion=float(fit.inclusion[0]),
                pri=float(fit.pri[0]),
                coverage=float(fit.coverage[0]),
                uncovered=_named(given, with_outcome & ~(together > 0.5)),
            )
        )
    return tuple(
        sorted(models, key=lambda model: (-round(model.coverage, 9), -round(model.inclusion, 9), str(model)))
    )


def _together(sets: Floats, result: Floats) -> tuple[Floats, Floats]:
    """Membership in any of the sets, and what coverage each alone accounts for."""
    if len(sets) == 1:
        return sets[0], over(np.minimum(sets, result).sum(axis=1), np.full(1, result.sum()))
    ordered = np.partition(sets, -2, axis=0)
    first, second = ordered[-1], ordered[-2]
    whole = np.minimum(first, result)
    others = np.where(sets == first, second, first)  # the most of the other sets, for each set
    lost = (whole - np.minimum(others, result)).sum(axis=1)
    return first, over(lost, np.full(len(sets), result.sum()))


def _typical(given: Cases, score: Floats) -> tuple[str, ...]:
    """Cases in a term that it explains (Schneider and Rohlfing 2013, doi:10.1177/0049124113481341), the furthest in first."""
    order = np.argsort(-score, kind="stable")
    return tuple(given.names[i] for i in order if score[i] > 0.5 and given.result[i] >= score[i])


def _named(given: Cases, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(given.names[i] for i in np.flatnonzero(chosen))
