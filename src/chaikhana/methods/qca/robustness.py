"""Robustness of a solution: what becomes of each term when cut-offs, cases, conditions or scores are changed.

Reference: Skaaning (2011), *Assessing the robustness of crisp-set and fuzzy-set QCA results*, Sociological Methods & Research
40(2), 391–408, doi:10.1177/0049124111404818; Oana and Schneider (2024), *A robustness test protocol for applied QCA*,
Sociological Methods & Research 53(1), 57–88, doi:10.1177/00491241211036158. Every change is a run of its own; a run that has no
answer counts as one in which the term is gone, and is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from chaikhana.errors import ChaikhanaError
from chaikhana.methods.qca.assumptions import Expected
from chaikhana.methods.qca.cases import Cases, chosen_cases, without_condition
from chaikhana.methods.qca.implicants import FREE
from chaikhana.methods.qca.solutions import Solution, solve
from chaikhana.methods.qca.truth_table import truth_table

INCLUSION_CUTS = (0.7, 0.75, 0.8, 0.85, 0.9)
N_CUTS = (1, 2)
SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One changed analysis.

    Attributes
    ----------
    changed : str
        What was changed: cut-offs, a case, a condition, scores.
    what : str
        How.
    models : tuple of tuple of str
        The terms of each model; empty where there is no answer.
    failed : str
        Why there is none.
    values : frozenset
        The terms, as condition and value, of all models.
    """

    changed: str
    what: str
    models: tuple[tuple[str, ...], ...]
    failed: str
    values: frozenset[frozenset[tuple[str, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """What becomes of one term of the solution.

    Attributes
    ----------
    every, some : int
        Runs in which it stands as it is in every model, or in some.
    related : int
        Runs in which it stands, or is made longer or shorter.
    by_change : tuple of (str, int, int)
        What was changed, runs in which it stands in some model, runs.
    """

    term: str
    every: int
    some: int
    related: int
    by_change: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """Every run, and what becomes of each term over all of them."""

    runs: tuple[Run, ...]
    terms: tuple[Survival, ...]


def robustness(
    base: Solution,
    *,
    expect: Expected | None = None,
    exclude: Sequence[str] = (),
    inclusion_cuts: Sequence[float] = INCLUSION_CUTS,
    n_cuts: Sequence[int] = N_CUTS,
    variants: Mapping[str, Mapping[str, Cases]] | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> Robustness:
    """Repeat an analysis with everything changed in turn.

    Parameters
    ----------
    base : Solution
    expect, exclude
        As they were given for the solution.
    inclusion_cuts, n_cuts : sequence
        Cut-offs, in all combinations; the PRI cut-off stays.
    variants : mapping of str to mapping of str to Cases, optional
        What is changed, to how, to the cases that it gives: other anchors, spans, or indicators.
    say : callable
        Told before each run.
    """
    runs = []
    for changed, what, given, cut, fewest in _changes(base, inclusion_cuts, n_cuts, variants or {}):
        say(f"{changed}: {what}")
        runs.append(_run(base, changed, what, given, cut, fewest, expect or {}, exclude))
    seen: dict[str, frozenset[tuple[str, int]]] = {}
    for model in base.models:
        for term in model.terms:
            seen.setdefault(term.term, _literals(base.table.cases, term.values))
    return Robustness(
        runs=tuple(runs), terms=tuple(_survival(text, values, runs) for text, values in seen.items())
    )


def _changes(
    base: Solution,
    inclusion_cuts: Sequence[float],
    n_cuts: Sequence[int],
    variants: Mapping[str, Mapping[str, Cases]],
) -> Iterator[tuple[str, str, Cases, float, int]]:
    table = base.table
    given, cut, fewest = table.cases, table.inclusion_cut, table.n_cut
    for other, size in product(inclusion_cuts, n_cuts):
        if (other, size) != (cut, fewest):
            yield "cut-offs", f"inclusion {other:g}, cases {size}", given, other, size
    for name in given.names:
        yield "a case left out", name, chosen_cases(given, lambda one, out=name: one != out), cut, fewest  # type: ignore[misc]
    if len(given.conditions) > 1:
        for condition in given.conditions:
            yield "a condition left out", condition, without_condition(given, condition), cut, fewest
    for changed, each in variants.items():
        for how, other_cases in each.items():
            yield changed, how, other_cases, cut, fewest


def _run(
    base: Solution,
    changed: str,
    what: str,
    given: Cases,
    cut: float,
    fewest: int,
    expect: Expected,
    exclude: Sequence[str],
) -> Run:
    here = {name: value for name, value in expect.items() if name in given.conditions}
    try:
        table = truth_table(given, inclusion_cut=cut, pri_cut=base.table.pri_cut, n_cut=fewest)
        found = solve(table, base.kind, expect=here, exclude=exclude, seconds=SECONDS)
    except ChaikhanaError as error:
        return Run(changed=changed, what=what, models=(), failed=str(error), values=frozenset())
    return Run(
        changed=changed,
        what=what,
        models=tuple(tuple(term.term for term in model.terms) for model in found.models),
        failed="",
        values=frozenset(_literals(given, term.values) for model in found.models for term in model.terms),
    )


def _literals(given: Cases, values: Sequence[int]) -> frozenset[tuple[str, int]]:
    return frozenset((name, int(v)) for name, v in zip(given.conditions, values, strict=True) if v != FREE)


def _survival(text: str, values: frozenset[tuple[str, int]], runs: Sequence[Run]) -> Survival:
    every = some = related = 0
    stands: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for run in runs:
        here = sum(text in model for model in run.models)
        every += bool(run.models) and here == len(run.models)
        some += here > 0
        related += any(other <= values or values <= other for other in run.values)
        stands[run.changed] += here > 0
        of[run.changed] += 1
    return Survival(
        term=text,
        every=every,
        some=some,
        related=related,
        by_change=tuple((changed, stands[changed], count) for changed, count in of.items()),
    )
