"""What a measure returns: numbers with their definition, unit, assumptions, and the rows behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from chaikhana.core.bounds import Bounds

ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A table of computed values.

    Attributes
    ----------
    title : str
        What the table shows.
    definition : str
        How a value is computed, in a sentence or two.
    reference : str
        Where the definition comes from.
    frame : polars.DataFrame
        One row a value; the last column, `rows`, lists the study rows (``table:line``) that it rests on.
    assumptions : tuple of str
        Choices that are ours, and what the value does not say.
    """

    name: str
    title: str
    definition: str
    reference: str
    frame: pl.DataFrame
    assumptions: tuple[str, ...] = ()


Known = tuple[Bounds, tuple[str, ...]]


def bounds_of(result: Measured, name: str, *key: str) -> dict[Any, Known]:
    """The bounds of one of its numbers, with the rows behind, by one column or by several.

    Parameters
    ----------
    name : str
        The number: its columns are ``name_low`` and ``name_high``.
    key : str
        The columns that name a row.
    """
    return {
        row[key[0]] if len(key) == 1 else tuple(row[one] for one in key): (
            Bounds(low=row[f"{name}_low"], high=row[f"{name}_high"]),
            tuple(row[ROWS]),
        )
        for row in result.frame.iter_rows(named=True)
    }
