"""What is known of a published dataset before it is read.

What it is: the record in which a reader declares its dataset: who made it, what its terms allow, which files it
consists of and how each is told apart, and the digests of the files that were seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a dataset, in the format of its provider.

    Attributes
    ----------
    name : str
        What the file holds.
    columns : tuple of str
        The columns by which the file is known; all must be there.
    keys : tuple of str
        Those that no row may leave blank: a blank one means that the file was cut or damaged.
    read : callable
        From the raw frame (every column as text, blanks as nulls) to tidy tables.
    rows : mapping
        SHA-256 of a file that was seen, to its number of rows.
    """

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    read: Callable[[pl.DataFrame], Tables]
    rows: Mapping[str, int] = field(default_factory=dict)
    encoding: str = "utf8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A published dataset.

    Attributes
    ----------
    parts : tuple of Part
        Its files; the first is the one that it cannot do without.
    page : str
        Where the provider offers it.
    gives : str
        What a study gains by it, for the report of those who lack it.
    """

    id: str
    title: str
    version: str
    authors: str
    citation: str
    licence: str
    page: str
    gives: str
    parts: tuple[Part, ...]
