"""What is known of a published dataset before it is read.

What it is: the records in which a reader declares its dataset: who made it, what its terms allow, which files it
consists of, the form and the columns of each, which column names a state in which code, and the releases that were
seen, with their digests, rows and years.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

Tables = Mapping[str, pl.DataFrame]


class Kind(StrEnum):
    """What a column of a provider's file holds."""

    TEXT = "text"
    WHOLE = "a whole number"
    NUMBER = "a number"


class Terms(StrEnum):
    """What a licence allows."""

    OPEN = "may be downloaded, used and handed on, with its citation"
    SCHOLARLY = "may be used for scholarship with its citation; not ours to hand on"
    NO_REPUBLICATION = "may be used; must not be published again"
    UNSEEN = "its terms were not seen: ask the provider before handing it on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Csv:
    """A file of text with one record a line.

    Attributes
    ----------
    blanks : tuple of str
        What stands for a blank cell.
    header : str
        How the line of headings begins, where a preamble stands before it; empty if it is the first line.
    footer : str
        How the line begins that ends the records, where there is one.
    rejoins : bool
        Whether a record may be broken over two lines, each too short, which are to be joined.
    gaps : bool
        Whether lines of separators alone stand among the records, which are to be left out.
    title : str
        The column into which the first line of the preamble goes, if it is needed.
    """

    separator: str = ","
    encoding: str = "utf-8"
    blanks: tuple[str, ...] = ("",)
    header: str = ""
    footer: str = ""
    rejoins: bool = False
    gaps: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stata:
    """A Stata file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """A column that names states, and the code in which it does; resolved by code and year.

    Attributes
    ----------
    table : str
        The tidy table.
    code : str
        Its column with codes.
    regime : str
        Which code: one of `chaikhana.sources.states.REGIMES`.
    into : str
        The column that the state's id goes into; null where the code stands for no state that year.
    year : str or None
        The column with the year; None where the table has none, and a code must stand for one state at all times.
    """

    table: str
    code: str
    regime: str
    into: str = "state"
    year: str | None = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One version of a file, as it was seen.

    Attributes
    ----------
    sha256 : str
        Of the file as it was brought.
    years : (int, int) or None
        The first and the last year of its records, where they have one.
    url : str
        Where it can be fetched from, if its terms allow; `plain` is the digest of what comes from there.
    """

    version: str
    sha256: str
    rows: int
    years: tuple[int, int] | None = None
    url: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a dataset, in the format of its provider.

    Attributes
    ----------
    name : str
        What the file holds.
    columns : mapping
        The columns by which the file is known, each with its kind; all must be there. Others are read as text.
    keys : tuple of str
        Those that no row may leave blank: a blank one means that the file was cut or damaged.
    read : callable
        From the raw frame (columns of their kinds, codes of missing values as nulls with a word for each beside them)
        to tidy tables.
    year : str
        The column with a record's year, if it has one.
    states : tuple of States
        Which columns of the tidy tables name states.
    many : bool
        Whether the part comes as several files, whose tables are put one below the other.
    file : str
        What the file's name must hold, in lower case, where several parts have the same headings.
    """

    name: str
    columns: Mapping[str, Kind]
    keys: tuple[str, ...]
    read: Callable[[pl.DataFrame], Tables]
    releases: tuple[Release, ...]
    year: str = ""
    form: Csv | Stata = Csv()
    states: tuple[States, ...] = ()
    many: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A published dataset.

    Attributes
    ----------
    parts : tuple of Part
        Its files; the first is the one that it cannot do without.
    page : str
        Where the provider offers it.
    bring : str
        Which file to bring from there.
    gives : str
        What a study gains by it, for the report of those who lack it.
    beware : str
        What a reader of its numbers should know.
    """

    id: str
    title: str
    authors: str
    citation: str
    licence: str
    terms: Terms
    page: str
    bring: str
    gives: str
    parts: tuple[Part, ...]
    beware: str = ""

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions of which a file was seen, the newest last."""
        return tuple(dict.fromkeys(release.version for part in self.parts for release in part.releases))

    @property
    def version(self) -> str:
        """The newest of them."""
        return self.versions[-1]
