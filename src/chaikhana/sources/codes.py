"""Codes of published datasets, each translated to a word and to one of the four answers.

What it is: the one visible table in which *missing* is typed. A code that does not stand here is an error, never a
guess; zero, unknown and not applicable are kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
        Its answer to the question that the column puts (is it in the body? did it vote?).
    """

    dataset: str
    column: str
    code: str
    word: str
    answer: Truth
    says: str


def _codes(dataset: str, column: str, rows: Mapping[str, tuple[str, Truth, str]]) -> tuple[Code, ...]:
    return tuple(
        Code(dataset=dataset, column=column, code=code, word=word, answer=answer, says=says)
        for code, (word, answer, says) in rows.items()
    )


CODES: tuple[Code, ...] = (
    *_codes(
        "cow-igo-v3",
        "membership",
        {
            "1": ("member", Truth.YES, "full member"),
            "2": ("associate", Truth.YES, "associate member"),
            "3": ("observer", Truth.YES, "observer"),
            "0": ("none", Truth.NO, "no membership"),
            "-9": ("missing", Truth.UNKNOWN, "missing data"),
            "-1": (
                "not-in-system",
                Truth.NOT_APPLICABLE,
                "the state or the organisation is not in the system that year",
            ),
        },
    ),
    *_codes(
        "un-votes",
        "vote",
        {
            "yes": ("yes", Truth.YES, "voted in favour"),
            "abstain": ("abstain", Truth.YES, "abstained"),
            "no": ("no", Truth.YES, "voted against"),
            "1": ("yes", Truth.YES, "voted in favour"),
            "2": ("abstain", Truth.YES, "abstained"),
            "3": ("no", Truth.YES, "voted against"),
            "8": ("absent", Truth.NO, "a member that did not vote"),
            "9": ("not-a-member", Truth.NOT_APPLICABLE, "not a member of the organisation at the time"),
        },
    ),
)


def translate(dataset: str, column: str, values: pl.Series) -> pl.Series:
    """The words of a column of codes.

    Raises
    ------
    SourceError
        If a code is not in the table.
    """
    words = {code.code: code.word for code in CODES if code.dataset == dataset and code.column == column}
    strange = [value for value in values.unique().to_list() if value not in words]
    if strange:
        shown = ", ".join(
            "blank" if value is None else f"‘{value}’" for value in sorted(strange, key=str)[:5]
        )
        raise SourceError(
            f"{dataset}: the column {column} has the code {shown}, which is not known. "
            f"Allowed: {', '.join(words)}."
        )
    return values.replace_strict(words, return_dtype=pl.Categorical)
