"""What a solution assumes of combinations that were never observed, and which of that can be defended.

Reference: Ragin and Sonnett (2005), *Between complexity and parsimony: limited diversity, counterfactual cases, and comparative
analysis*, in Kropp and Minkenberg (eds), *Vergleichen in der Politikwissenschaft*, VS, 180–197; Schneider and Wagemann (2013),
*Doing justice to logical remainders in QCA: moving beyond the standard analysis*, Political Research Quarterly 66(1), 211–220,
doi:10.1177/1065912912468269 (untenable assumptions). An easy counterfactual lies in a parsimonious term and differs from what
was observed only where the difference is expected to help the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

import numpy as np

from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.methods.qca.cases import Cases
from chaikhana.methods.qca.implicants import FREE, Rows

MOST_ROWS = 2**22
"""Rows that are written out one by one; ours, for memory."""

Expected = Mapping[str, int | tuple[int, ...]]


def expectations(given: Cases, expect: Expected) -> list[frozenset[int]]:
    """The values of each condition that are expected to help the outcome; none where nothing is expected.

    Raises
    ------
    UnknownNameError
        If an expectation is of what is no condition.
    BadValueError
        If it names a value that the condition cannot have.
    """
    found = {name: frozenset[int]() for name in given.conditions}
    for name, value in expect.items():
        if name not in found:
            raise UnknownNameError("condition", name, given.conditions)
        values = frozenset((value,) if isinstance(value, int) else value)
        top = given.levels[given.conditions.index(name)] - 1
        beyond = [one for one in sorted(values) if not 0 <= one <= top]
        if beyond:
            raise BadValueError(f"{name} has the values 0 to {top}; it cannot be expected to be {beyond[0]}.")
        found[name] = values
    return [found[name] for name in given.conditions]


def rows_within(terms: Rows, levels: tuple[int, ...]) -> Rows:
    """Every combination in which some term holds, each once; shape (rows, conditions).

    Raises
    ------
    BadValueError
        If they are more than can be written out.
    """
    return _written_out(
        [
            [range(level) if v == FREE else (int(v),) for v, level in zip(term, levels, strict=True)]
            for term in terms
        ],
        len(levels),
    )


def easy(
    conservative: Rows, parsimonious: Rows, expected: list[frozenset[int]], levels: tuple[int, ...]
) -> Rows:
    """The combinations that may be assumed: each inside a parsimonious term, and a conservative one with expected changes.

    Raises
    ------
    BadValueError
        If they are more than can be written out.
    """
    choices = []
    for narrow in conservative:
        for wide in parsimonious:
            if not all(w in (FREE, n) for n, w in zip(narrow, wide, strict=True)):
                continue
            allowed: list[Iterable[int]] = []
            for n, w, helps, level in zip(narrow, wide, expected, levels, strict=True):
                if n == FREE:
                    allowed.append(range(level))
                elif w != FREE or int(n) in helps:
                    allowed.append((int(n),))
                else:
                    allowed.append((int(n), *sorted(helps)))
            choices.append(allowed)
    return _written_out(choices, len(levels))


def meeting(some: Rows, others: Rows) -> Rows:
    """The terms that hold where one of `some` and one of `others` do."""
    met = []
    for a in some:
        for b in others:
            if not ((a != FREE) & (b != FREE) & (a != b)).any():
                met.append(np.where(a == FREE, b, a))
    return np.array(met, dtype=np.int8).reshape(-1, some.shape[1])


def unlike(rows: Rows, seen: Rows) -> Rows:
    """The rows that are not among `seen`."""
    known = {row.tobytes() for row in np.ascontiguousarray(seen, dtype=np.int8)}
    kept = [row for row in np.ascontiguousarray(rows, dtype=np.int8) if row.tobytes() not in known]
    return np.array(kept, dtype=np.int8).reshape(-1, rows.shape[1])


def _written_out(choices: list[list[Iterable[int]]], width: int) -> Rows:
    sized = [[tuple(allowed) for allowed in each] for each in choices]
    total = sum(prod(len(allowed) for allowed in each) for each in sized)
    if total > MOST_ROWS:
        raise BadValueError(
            f"{total:,} combinations would be assumed, more than the {MOST_ROWS:,} that are written out. Leave conditions out."
        )
    rows = [np.array(list(product(*each)), dtype=np.int8) for each in sized]
    return np.unique(np.concatenate(rows), axis=0) if rows else np.empty((0, width), dtype=np.int8)
