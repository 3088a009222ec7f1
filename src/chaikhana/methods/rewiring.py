"""Random two-mode networks with the same degrees: how much of a measure the degrees alone explain.

Reference: Strona and others (2014), *A fast and unbiased procedure to randomize ecological binary matrices with fixed row and
column totals*, Nature Communications 5, 4114, doi:10.1038/ncomms5114 (the curveball trade); Carstens (2015), Physical Review E
91, 042812, doi:10.1103/PhysRevE.91.042812 (that it samples uniformly). In a trade two rows pool what only one of them has and
deal it out anew, each as many as before; so the margins stay. Knows nothing of states and bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chaikhana.errors import BadValueError

Ties = NDArray[np.bool_]
TRADES_PER_ROW = 5
"""Trades between two samples, for each row: as Strona and others advise, enough to forget where it began."""


def rewired(ties: Ties, count: int, seed: int, trades: int | None = None) -> Iterator[Ties]:
    """Samples of the networks that have the same number of ties in each row and column.

    Parameters
    ----------
    ties : array of bool, shape (actors, bodies)
    count : int
        How many samples.
    seed : int
        The same seed gives the same samples.
    trades : int, optional
        Trades before each sample; by default five for each row.

    Yields
    ------
    array of bool, shape (actors, bodies)

    Raises
    ------
    BadValueError
        If there are no samples to draw, or the network has no two modes.
    """
    if ties.ndim != 2 or ties.dtype != np.bool_:
        raise BadValueError(
            "A two-mode network is a table of yes and no with a row for each actor and a column for each body."
        )
    if count < 1:
        raise BadValueError(f"At least one sample is drawn, not {count}.")
    state = np.ascontiguousarray(ties).copy()
    each = TRADES_PER_ROW * len(state) if trades is None else trades
    seeds = np.random.default_rng(seed).integers(0, 2**31, count)
    for one in seeds:
        if len(state) > 1:
            _trade(state, each, int(one))
        yield state.copy()


def _curveball(ties: Ties, trades: int, seed: int) -> None:
    np.random.seed(seed)
    rows, columns = ties.shape
    only = np.empty(columns, dtype=np.int64)
    for _ in range(trades):
        a = np.random.randint(rows)
        b = np.random.randint(rows - 1)
        if b >= a:
            b += 1
        count, mine = 0, 0
        for column in range(columns):
            if ties[a, column] != ties[b, column]:
                only[count] = column
                count += 1
                if ties[a, column]:
                    mine += 1
        for i in range(mine):  # deal the first row as many as it had, each choice as likely as any other
            j = i + np.random.randint(count - i)
            only[i], only[j] = only[j], only[i]
        for i in range(count):
            ties[a, only[i]] = i < mine
            ties[b, only[i]] = i >= mine


_trade: Callable[[Ties, int, int], None] = njit(cache=True)(_curveball)
