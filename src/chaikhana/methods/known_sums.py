"""Sums in which an unknown amount stays unknown: what is known is added up, and how much was known is counted.

What it is: expressions for tables of amounts where null means *missing*, not zero. A sum of nothing known is null.
Reads column names; returns expressions. It imputes nothing: a sum over partly known amounts is a lower bound.
"""

from __future__ import annotations

import polars as pl


def across(*columns: str) -> pl.Expr:
    """The sum of those of the columns that are known in a row, null where none is."""
    return pl.when(pl.any_horizontal(pl.col(columns).is_not_null())).then(pl.sum_horizontal(columns))


def count_across(*columns: str) -> pl.Expr:
    """How many of the columns are known in a row."""
    return pl.sum_horizontal(pl.col(columns).is_not_null().cast(pl.Int64))


def down(column: str) -> pl.Expr:
    """The sum of the known rows of a group, null where none is."""
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum())
