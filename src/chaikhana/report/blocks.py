"""What a chapter of the report is made of: words, figures, tables, and the data one click away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import altair as alt


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart with what it shows, in what unit, from where, and its data.

    Attributes
    ----------
    id : str
        Also the name of its files.
    title : str
        What it shows, as a sentence.
    frame : polars.DataFrame
        Its data; a column `rows` leads to the study's rows.
    folded : bool
        Whether it is shown only when opened.
    """

    id: str
    title: str
    subtitle: str
    source: str
    chart: alt.TopLevelMixin
    frame: pl.DataFrame
    alt: str
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of values; `most` rows are shown, all are in its data."""

    id: str
    title: str
    source: str
    frame: pl.DataFrame
    headings: dict[str, str]
    most: int = 60
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Paragraphs in plain words, made from the numbers."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block that has a template of its own (the matrix, the disputes, the references)."""

    template: str
    values: dict[str, object]


Block = Figure | Table | Prose | Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter: an id for its address, a title, and its blocks in order."""

    id: str
    title: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)
