"""What a measure returns: numbers with their definition, unit, assumptions, and the rows behind each."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

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
