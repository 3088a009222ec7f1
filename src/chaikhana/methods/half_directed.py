"""Half-directed dyads as directed ones: each row as it looks from either end.

What it is: published dyad-years often stand once a pair, with a flow in each direction (imports of the first from the
second, imports of the second from the first). Reads such a table and which of its columns change places. Returns every
row twice, once from each end. It fills nothing: a pair without a row has none here either.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl


def both_ways(half: pl.DataFrame, swapped: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """Each dyad from both its ends.

    Parameters
    ----------
    half : polars.DataFrame
        One row a dyad (and year).
    swapped : iterable of (str, str)
        Columns that change places when the dyad is seen from its other end.

    Returns
    -------
    polars.DataFrame
        The columns of `half`, twice its height: first the rows as they stand, then all of them turned round.
    """
    turn = {left: right for pair in swapped for left, right in (pair, pair[::-1])}
    return pl.concat([half, half.rename(turn).select(half.columns)])
