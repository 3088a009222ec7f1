"""Concentration of shares: the Herfindahl index, its normalised form, and its bounds where shares are intervals.

Reference: Hirschman (1964), *The Paternity of an Index*, American Economic Review 54(5), 761–762; the normalised index
as in UNCTAD's *Handbook of Statistics*, without the square root. Reads expressions over the members of one group and
returns expressions for it. The bounds over intervals are ours, and outer ones: the value lies within them.
"""

from __future__ import annotations

import polars as pl


def herfindahl(share: pl.Expr) -> pl.Expr:
    """Sum of squared shares: 1 is one partner alone, 1/n is n partners alike; null where no share is known."""
    return pl.when(share.count() > 0).then((share**2).sum())


def normalised(index: pl.Expr, partners: pl.Expr) -> pl.Expr:
    """The index from 0 (all alike) to 1 (one alone) whatever the number of partners; null for fewer than two."""
    even = 1 / partners
    return pl.when(partners > 1).then((index - even) / (1 - even))


def share_low(low: pl.Expr, high: pl.Expr, group: list[str]) -> pl.Expr:
    """The smallest share of an amount in [low, high] of its group: it at its lowest, the others at their highest.

    Whoever is alone has all of it, be the amount as small as it may.
    """
    rest = (high.sum().over(group) - high).clip(lower_bound=0)
    return pl.coalesce(_part(low, rest), pl.when(high > 0).then(1.0))


def share_high(low: pl.Expr, high: pl.Expr, group: list[str]) -> pl.Expr:
    """The largest share of an amount in [low, high] of its group: it at its highest, the others at their lowest."""
    return _part(high, (low.sum().over(group) - low).clip(lower_bound=0))


def herfindahl_low(low: pl.Expr, unnamed: pl.Expr) -> pl.Expr:
    """An outer lower bound of the index over shares no smaller than `low`.

    Parameters
    ----------
    unnamed : polars.Expr
        Whether a share is nobody's in particular; it may be spread over any number, and adds nothing.
    """
    named = low.filter(~unnamed)
    spread = pl.when(unnamed.any()).then(0.0).otherwise(1 / low.len())
    return pl.max_horizontal((named**2).sum(), spread)


def herfindahl_high(high: pl.Expr, unnamed: pl.Expr) -> pl.Expr:
    """An outer upper bound of the index over shares no larger than `high`; what is nobody's goes to the largest."""
    named, loose = high.filter(~unnamed), high.filter(unnamed).sum()
    largest = named.max().fill_null(0.0)
    squares = (named**2).sum() - largest**2 + (largest + loose) ** 2
    return pl.min_horizontal(squares, largest + loose, pl.lit(1.0))


def _part(amount: pl.Expr, rest: pl.Expr) -> pl.Expr:
    return pl.when(amount + rest > 0).then(amount / (amount + rest))
