"""Corrections of published datasets, as entries: which record, which column, what stands there, what should, and why.

What it is: `corrections.csv` beside this file, applied to a provider's records before they are tidied. A correction
whose record no longer says what it expects is stale: it is not applied, and is told of, so that it can be withdrawn.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction.

    Attributes
    ----------
    record : tuple of (str, str)
        Columns and values by which the record is found.
    expected, value : str
        What the provider has, and what it is read as.
    reason, cite : str
        Why, and by which document.
    """

    dataset: str
    part: str
    record: tuple[tuple[str, str], ...]
    column: str
    expected: str
    value: str
    reason: str
    cite: str

    def __str__(self) -> str:
        place = ", ".join(f"{column} {value}" for column, value in self.record)
        return (
            f"{place}: {self.column} ‘{self.expected}’ is read as ‘{self.value}’ ({self.reason}; {self.cite})"
        )


@lru_cache(maxsize=1)
def corrections() -> tuple[Correction, ...]:
    """Every correction of every dataset."""
    text = (files("chaikhana.sources") / "corrections.csv").read_text(encoding="utf-8")
    return tuple(
        Correction(
            dataset=row["dataset"],
            part=row["part"],
            record=tuple(
                (column.strip(), value.strip())
                for column, _, value in (cell.partition("=") for cell in row["record"].split(";"))
            ),
            column=row["column"],
            expected=row["expected"],
            value=row["value"],
            reason=row["reason"],
            cite=row["cite"],
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def correct(
    dataset: str, part: str, raw: pl.DataFrame
) -> tuple[pl.DataFrame, list[Correction], list[Correction]]:
    """The records corrected, the corrections that were applied, and those that are stale.

    Parameters
    ----------
    raw : polars.DataFrame
        All columns as text.

    Returns
    -------
    frame, applied, stale
        A correction whose record is not in the file at all is neither.
    """
    applied: list[Correction] = []
    stale: list[Correction] = []
    for entry in corrections():
        if (entry.dataset, entry.part) != (dataset, part):
            continue
        found = pl.all_horizontal(pl.col(column).eq_missing(value or None) for column, value in entry.record)
        there = raw.select(found & (pl.col(entry.column).fill_null("") == entry.expected)).to_series()
        if there.any():
            applied.append(entry)
            raw = raw.with_columns(
                pl.when(there).then(pl.lit(entry.value or None)).otherwise(entry.column).alias(entry.column)
            )
        elif raw.select(found).to_series().any():
            stale.append(entry)
    return raw, applied, stale
