"""Codes of published datasets, each translated to a word and to one of the four answers.

What it is: `codes.csv`, the one visible table in which *missing* is typed. A code of words that does not stand there is an
error, never a guess; in a column of numbers, the codes that stand there are no numbers. Zero, unknown and not
applicable are kept apart.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import polars as pl

from chaikhana.core.truth import Truth
from chaikhana.errors import SourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of one column of a dataset.

    Attributes
    ----------
    word : str
        What it says, in the vocabulary of the workbench.
    answer : Truth
        Its answer to the question that the column puts (is it in the body? did it vote? is there a value?).
    """

    dataset: str
    column: str
    code: str
    word: str
    answer: Truth
    says: str


@lru_cache(maxsize=1)
def codes() -> tuple[Code, ...]:
    """Every code of every dataset."""
    text = (files("chaikhana.sources") / "codes.csv").read_text(encoding="utf-8")
    return tuple(
        Code(
            dataset=row["dataset"],
            column=row["column"],
            code=row["code"],
            word=row["word"],
            answer=Truth(row["answer"]),
            says=row["says"],
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def words(dataset: str, column: str) -> dict[str, str]:
    """Code to word for a column of a dataset; empty where it has no codes."""
    return {code.code: code.word for code in codes() if (code.dataset, code.column) == (dataset, column)}


def translate(dataset: str, column: str, values: pl.Series) -> pl.Series:
    """The words of a column of codes.

    Raises
    ------
    SourceError
        If a code is not in the table.
    """
    known = words(dataset, column)
    strange = [value for value in values.unique().to_list() if value not in known]
    if strange:
        shown = ", ".join(
            "blank" if value is None else f"‘{value}’" for value in sorted(strange, key=str)[:5]
        )
        raise SourceError(
            f"{dataset}: the column {column} has the code {shown}, which is not known. "
            f"Allowed: {', '.join(known)}."
        )
    return values.replace_strict(known, return_dtype=pl.Categorical)
