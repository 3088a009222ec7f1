"""How well a combination of conditions fits an outcome: inclusion, proportional reduction in inconsistency, coverage.

Reference: Ragin (2006), *Set relations in social research: evaluating their consistency and coverage*, Political Analysis
14(3), 291–310, doi:10.1093/pan/mpj019; Schneider and Wagemann (2012), *Set-theoretic methods for the social sciences*,
Cambridge University Press, section 9.2 (PRI, relevance of necessity). Inclusion is what R calls `inclS` and Ragin consistency.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chaikhana.methods.qca.cases import Cases
from chaikhana.methods.qca.implicants import Rows

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Of several sets against one outcome; each array has shape (sets,). Not a number where a set is empty."""

    inclusion: Floats
    pri: Floats
    coverage: Floats


def memberships(terms: Rows, given: Cases) -> Floats:
    """How far each case is in each term: the least of its conditions; shape (terms, cases)."""
    found = np.ones((len(terms), len(given.names)))
    multi = np.array([kind == "multi" for kind in given.kinds])
    _least(np.ascontiguousarray(terms), np.ascontiguousarray(given.scores), multi, found)
    return found


def sufficiency(sets: Floats, result: Floats) -> Fits:
    """Fit of sets as sufficient for an outcome.

    Parameters
    ----------
    sets : array, shape (sets, cases)
    result : array, shape (cases,)
    """
    both = np.minimum(sets, result)
    common = both.sum(axis=1)
    neither = np.minimum(both, 1 - result).sum(axis=1)
    size = sets.sum(axis=1)
    return Fits(
        inclusion=over(common, size),
        pri=over(common - neither, size - neither),
        coverage=over(common, np.full(len(sets), result.sum())),
    )


def over(part: Floats, whole: Floats) -> Floats:
    """A share; not a number where there is nothing to share."""
    found: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return found


def _memberships(terms: Rows, scores: Floats, multi: NDArray[np.bool_], found: Floats) -> None:
    for t in range(terms.shape[0]):
        for c in range(scores.shape[0]):
            least = 1.0
            for j in range(terms.shape[1]):
                value = terms[t, j]
                if value < 0:
                    continue
                here = scores[c, j]
                if here != here:  # either value will do
                    continue
                if multi[j]:
                    here = 1.0 if here == value else 0.0
                elif value == 0:
                    here = 1.0 - here
                if here < least:
                    least = here
                    if least == 0.0:
                        break
            found[t, c] = least


_least: Callable[[Rows, Floats, NDArray[np.bool_], Floats], None] = njit(cache=True)(_memberships)
