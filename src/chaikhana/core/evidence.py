"""Citations, the evidence behind a value, and the origin of a dataset.

What it is: the records by which a number can be traced. A citation is a bibliography key with a locator
(``mayer2021, section 4, note 42``); evidence is a set of rows and what they cite; an origin says which
file of which version a dataset was read from. Evidence unions: a derived value has all its inputs' rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from chaikhana.errors import BadValueError, shorten

T = TypeVar("T")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Citation:
    """A key of the bibliography, and where in that work."""

    key: str
    locator: str = ""

    def __str__(self) -> str:
        return f"{self.key}, {self.locator}" if self.locator else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The rows that a value rests on.

    Attributes
    ----------
    rows : tuple of str
        Row ids, ``table:line``, in order and without doubles.
    citations : tuple of Citation
        What those rows cite.
    unverified : tuple of str
        Those of the rows that nobody has checked against a document.
    """

    rows: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a dataset came from: enough to fetch it again and to know it is the same.

    Attributes
    ----------
    corrections, stale : tuple of str
        Corrections that were applied to its records, and those that no longer apply.
    tables : mapping
        Its tables in the store, each with its digest.
    """

    dataset: str
    version: str
    title: str
    authors: str
    citation: str
    licence: str
    brought_from: str
    brought_on: str
    sha256: str
    rows: int
    years: str
    corrections: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)


def parse_citations(text: str) -> tuple[Citation, ...]:
    """Read the `cite` column: ``key, locator; key, locator``.

    Raises
    ------
    BadValueError
        If it is empty, or a key has other characters than lower-case letters, digits and hyphens.
    """
    citations = []
    for part in text.split(";"):
        key, _, locator = part.strip().partition(",")
        if not _KEY.fullmatch(key.strip()):
            raise BadValueError(
                f"‘{shorten(part)}’ is not a citation. Write a key of sources.bib, a comma and the place in "
                f"that "
                "work: ‘mayer2021, section 4, note 42’; several are parted by semicolons."
            )
        citations.append(Citation(key=key.strip(), locator=locator.strip()))
    return tuple(citations)


def union(pieces: Iterable[Evidence]) -> Evidence:
    """All rows and citations of `pieces`, each once, in order of first appearance."""
    gathered = list(pieces)
    return Evidence(
        rows=_once(row for piece in gathered for row in piece.rows),
        citations=_once(citation for piece in gathered for citation in piece.citations),
        unverified=_once(row for piece in gathered for row in piece.unverified),
    )


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
