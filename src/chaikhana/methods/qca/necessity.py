"""Necessity: what is there whenever the outcome is, of single conditions and of disjunctions.

Reference: Ragin (2006), doi:10.1093/pan/mpj019 (inclusion and coverage); Schneider and Wagemann (2012), *Set-theoretic
methods*, section 9.2.1 (relevance of necessity, RoN: low where the condition is nearly always there). A disjunction is told
only if no smaller one inside it is already necessary; whether it stands for one idea is for the reader to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from chaikhana.errors import BadValueError
from chaikhana.methods.qca.cases import Cases
from chaikhana.methods.qca.fit import Floats, memberships, over
from chaikhana.methods.qca.implicants import FREE
from chaikhana.methods.qca.terms import written

INCLUSION_CUT = 0.9
"""As most published studies have it."""
RELEVANCE_CUT = 0.6
"""Ours, as is usual: below, the condition is nearly constant."""
MOST_JOINED = 3
MOST_TRIED = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Necessary:
    """A condition, or a disjunction of conditions, as necessary for the outcome.

    Attributes
    ----------
    expression : str
        `A`, `~B`, or `A + ~B`.
    inclusion : float
        Share of the outcome that lies in it.
    coverage : float
        Share of it that lies in the outcome.
    relevance : float
        RoN; not a number if every case is fully in it.
    passes : bool
        Whether inclusion and relevance reach the cut-offs.
    outside : tuple of str
        Cases in the outcome and not in it.
    """

    expression: str
    inclusion: float
    coverage: float
    relevance: float
    passes: bool
    outside: tuple[str, ...]


def necessity(
    given: Cases,
    *,
    inclusion_cut: float = INCLUSION_CUT,
    relevance_cut: float = RELEVANCE_CUT,
    most_joined: int = MOST_JOINED,
) -> tuple[Necessary, ...]:
    """Every single condition, then the smallest disjunctions that pass, the most relevant first.

    Parameters
    ----------
    most_joined : int
        Conditions in a disjunction.

    Raises
    ------
    BadValueError
        If a cut-off lies outside 0 to 1, or there are more disjunctions than can be tried.
    """
    for name, cut in (("inclusion", inclusion_cut), ("relevance", relevance_cut)):
        if not 0 <= cut <= 1:
            raise BadValueError(f"The cut-off of {name} is a number from 0 to 1, not {cut:g}.")
    width = len(given.conditions)
    literals = [
        (column, value) for column in range(width) for value in range(given.levels[column] - 1, -1, -1)
    ]
    tried = sum(len(literals) ** size for size in range(1, most_joined + 1))
    if tried > MOST_TRIED:
        raise BadValueError(
            f"{len(literals)} values of conditions make too many disjunctions of {most_joined}. Join fewer."
        )
    terms = np.full((len(literals), width), FREE, dtype=np.int8)
    for place, (column, value) in enumerate(literals):
        terms[place, column] = value
    held = memberships(terms, given)
    texts = [written(tuple(term), given.conditions, given.braces) for term in terms]
    singles = _judged(held, texts, given, inclusion_cut, relevance_cut)
    found = list(singles)
    included = [{place} for place, one in enumerate(singles) if one.inclusion >= inclusion_cut]
    for size in range(2, most_joined + 1):
        chosen = [
            each
            for each in combinations(range(len(literals)), size)
            if len({literals[place][0] for place in each}) == size
            and not any(small <= set(each) for small in included)
        ]
        if not chosen:
            continue
        joined = held[np.array(chosen)].max(axis=1)
        inside = over(np.minimum(joined, given.result).sum(axis=1), np.full(len(chosen), given.result.sum()))
        kept = np.flatnonzero(inside >= inclusion_cut)
        included += [set(chosen[i]) for i in kept]
        judged = _judged(
            joined[kept],
            [" + ".join(texts[place] for place in chosen[i]) for i in kept],
            given,
            inclusion_cut,
            relevance_cut,
        )
        found += sorted(
            (one for one in judged if one.passes), key=lambda one: (-one.relevance, one.expression)
        )
    return tuple(found)


def _judged(
    sets: Floats, texts: list[str], given: Cases, inclusion_cut: float, relevance_cut: float
) -> list[Necessary]:
    result = given.result
    common = np.minimum(sets, result)
    inclusion = over(common.sum(axis=1), np.full(len(sets), result.sum()))
    coverage = over(common.sum(axis=1), sets.sum(axis=1))
    relevance = over((1 - sets).sum(axis=1), (1 - common).sum(axis=1))
    return [
        Necessary(
            expression=text,
            inclusion=float(inclusion[i]),
            coverage=float(coverage[i]),
            relevance=float(relevance[i]),
            passes=bool(inclusion[i] >= inclusion_cut and relevance[i] >= relevance_cut),
            outside=tuple(given.names[c] for c in np.flatnonzero((result > 0.5) & (sets[i] < 0.5))),
        )
        for i, text in enumerate(texts)
    ]
