"""The truth table: which combinations of conditions were observed, in which cases, and whether the outcome goes with them.

Reference: Ragin (1987), *The comparative method*, University of California Press, chapter 6; Ragin (2008), *Redesigning social
inquiry*, chapter 7 (from fuzzy sets to truth tables). A case belongs to the row in which its membership is above one half. A
row is positive where enough cases are in it and its inclusion in the outcome, and its PRI where that is asked for, reach the
cut-off; with too few cases it is a remainder, like the rows that were never seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chaikhana.errors import BadValueError
from chaikhana.methods.qca.cases import HALF, Cases
from chaikhana.methods.qca.fit import memberships, sufficiency
from chaikhana.methods.qca.implicants import Rows
from chaikhana.methods.qca.terms import written

Outcome = Literal["1", "0", "?"]
INCLUSION_CUT = 0.8
"""Ours, as most published studies have it (Ragin 2008 advises no less than 0.75)."""
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One observed combination.

    Attributes
    ----------
    values : tuple of int
        Of each condition.
    outcome : str
        `1` positive, `0` negative, `?` a remainder, for want of cases.
    inclusion, pri : float
        Over all cases, not only those of the row.
    cases : tuple of str
        More in than out of this row.
    deviant : tuple of str
        Those among them whose outcome is on the other side than the row's.
    """

    values: tuple[int, ...]
    outcome: Outcome
    inclusion: float
    pri: float
    cases: tuple[str, ...]
    deviant: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthTable:
    """Observed rows, with the cases and the cut-offs that they come from.

    Attributes
    ----------
    rows : tuple of Row
        In the order of their values.
    positive, negative : array of int8, shape (rows, conditions)
    remainders : int
        Combinations that no case, or too few, are in.
    unplaced : tuple of str
        Cases that are in no row.
    """

    cases: Cases
    rows: tuple[Row, ...]
    positive: Rows
    negative: Rows
    remainders: int
    unplaced: tuple[str, ...]
    inclusion_cut: float
    pri_cut: float | None
    n_cut: int

    def text(self, values: tuple[int, ...]) -> str:
        """A row as an expression."""
        return written(values, self.cases.conditions, self.cases.braces)

    @property
    def contradictory(self) -> tuple[Row, ...]:
        """Rows that hold cases of both kinds: with the outcome and without it."""
        return tuple(row for row in self.rows if 0 < len(row.deviant) < len(row.cases))


def truth_table(
    given: Cases, *, inclusion_cut: float = INCLUSION_CUT, pri_cut: float | None = None, n_cut: int = 1
) -> TruthTable:
    """Make the truth table of cases.

    Parameters
    ----------
    given : Cases
    inclusion_cut : float
        The least inclusion of a positive row, above 0 and up to 1.
    pri_cut : float, optional
        The least PRI of a positive row.
    n_cut : int
        The fewest cases of a row that is no remainder.

    Raises
    ------
    BadValueError
        If a cut-off is not one.
    """
    if not 0 < inclusion_cut <= 1:
        raise BadValueError(
            f"The cut-off of inclusion is a number above 0 and up to 1, not {inclusion_cut:g}."
        )
    if pri_cut is not None and not 0 <= pri_cut <= 1:
        raise BadValueError(f"The cut-off of PRI is a number from 0 to 1, not {pri_cut:g}.")
    if n_cut < 1:
        raise BadValueError(f"A row needs at least one case: the cut-off of cases cannot be {n_cut}.")
    fuzzy = np.array([kind != "multi" for kind in given.kinds])
    placed = np.asarray(~(np.abs(given.scores - 0.5) <= HALF)[:, fuzzy].any(axis=1))
    in_row, sides = _each_row(given, np.where(fuzzy, given.scores > 0.5, given.scores), placed)
    seen, row_of, size = np.unique(sides, axis=0, return_inverse=True, return_counts=True)
    fits = sufficiency(memberships(seen, given), given.result)
    passes = fits.inclusion >= inclusion_cut - ROUNDING
    if pri_cut is not None:
        passes &= np.nan_to_num(fits.pri, nan=0.0) >= pri_cut - ROUNDING
    enough = size >= n_cut
    members = _members(in_row, row_of.ravel(), len(seen))
    rows = tuple(
        _row(given, values, inside, "?" if not ok else "1" if yes else "0", float(inclusion), float(pri))
        for values, inside, ok, yes, inclusion, pri in zip(
            seen, members, enough, passes, fits.inclusion, fits.pri, strict=True
        )
    )
    return TruthTable(
        cases=given,
        rows=rows,
        positive=seen[enough & passes],
        negative=seen[enough & ~passes],
        remainders=prod(given.levels) - int(enough.sum()),
        unplaced=tuple(given.names[i] for i in np.flatnonzero(~placed)),
        inclusion_cut=inclusion_cut,
        pri_cut=pri_cut,
        n_cut=n_cut,
    )


def _each_row(
    given: Cases, sides: NDArray[np.float64], placed: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], Rows]:
    """The row of each case that is in one; a case for which either value will do is in the row of each."""
    either = np.isnan(given.scores)
    plain = np.flatnonzero(placed & ~either.any(axis=1))
    cases, rows = [plain], [sides[plain].astype(np.int8)]
    for case in np.flatnonzero(placed & either.any(axis=1)):
        choices = [
            range(level) if free else (int(v),)
            for v, level, free in zip(sides[case], given.levels, either[case], strict=True)
        ]
        each = np.array(list(product(*choices)), dtype=np.int8)
        cases.append(np.full(len(each), case))
        rows.append(each)
    return np.concatenate(cases), np.concatenate(rows)


def _members(placed: NDArray[np.intp], row_of: NDArray[np.intp], rows: int) -> list[list[int]]:
    members: list[list[int]] = [[] for _ in range(rows)]
    for case, row in zip(placed, row_of, strict=True):
        members[row].append(int(case))
    return members


def _row(
    given: Cases, values: Rows, inside: list[int], outcome: Outcome, inclusion: float, pri: float
) -> Row:
    other = [i for i in inside if (given.result[i] < 0.5 if outcome == "1" else given.result[i] > 0.5)]
    return Row(
        values=tuple(int(value) for value in values),
        outcome=outcome,
        inclusion=inclusion,
        pri=pri,
        cases=tuple(given.names[i] for i in inside),
        deviant=tuple(given.names[i] for i in other),
    )
