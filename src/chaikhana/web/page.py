"""What a page of the explorer is made of: a title, plain data, listings, pictures, and the rows that it rests on.

What it is: one record from which the HTML, the JSON and the CSV of an address are made, so that they cannot disagree. Ids
stand in the data; names and links are put to them where a page is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table of a page.

    Attributes
    ----------
    id : str
        Its anchor, and the name of its CSV.
    columns : mapping
        Column to (heading, kind); the kind says how a cell is drawn: text, number, word, date, actor, body, row, rows, source,
        claim, framework, dispute, link (text and address), verdict, and lists of actors and bodies alike.
    records : sequence of mapping
        Plain values by column.
    note : str
        What a reader should know of it.
    most : int
        How many are shown before the rest is folded.
    """

    id: str
    title: str
    columns: Mapping[str, tuple[str, str]]
    records: Sequence[Record]
    note: str = ""
    most: int = 25
    empty: str = "Nothing that the study knows."


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address, answered.

    Attributes
    ----------
    template : str
        The HTML template.
    says : str
        The page in a sentence.
    data : mapping
        Plain data: what JSON has besides the listings, and what the template reads.
    drawn : callable
        Gives pictures and forms, for the template alone.
    rows : sequence of str
        Study rows that it rests on, for the sources and unverified facts at its foot.
    waiting : str
        What is still being computed; the page then asks again by itself.
    about : mapping
        Parameters of its address as they were read.
    """

    title: str
    template: str
    says: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    listings: Sequence[Listing] = ()
    drawn: Callable[[], Mapping[str, Any]] = dict
    rows: Sequence[str] = ()
    waiting: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    section: str = ""

    def listing(self, id: str) -> Listing:
        """The listing of that id."""
        return next(one for one in self.listings if one.id == id)
