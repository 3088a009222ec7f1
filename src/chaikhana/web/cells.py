"""Cells of a listing as HTML: what is plain data becomes names, links and numbers.

What it is: the hot path of a page, a hundred times a listing, and so written in Python and not in a template. Whatever is not
a link made here is escaped.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from chaikhana.web.asked import address
from chaikhana.web.page import Listing, Record
from chaikhana.web.site import Site, series_of

MOST_ROWS = 40  # row ids that one address names
_ROW = re.compile(r"[a-z]+:[0-9]+")  # the ids of rows as they are; what a query gives may be anything
# How a cell is set, by its kind: numbers to the right, dates unbroken.
_SET = {
    "number": ' class="n"', "count": ' class="n"', "date": ' class="d"', "row": ' class="d"', "rows": ' class="d"',
}  # fmt: skip


class Cells:
    """Draws the cells of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._links: dict[tuple[str, str], str] = {}
        self._kinds: Mapping[str, Callable[[Any], str]] = {
            "actor": self.actor,
            "actor-or-text": self.actor,
            "actors": lambda value: ", ".join(map(self.actor, value or ())),
            "body": self.body,
            "bodies": lambda value: ", ".join(map(self.body, value or ())),
            "row": self.row,
            "rows": self.rows,
            "number": lambda value: escaped(number(value)),
            "count": lambda value: str(len(value or ())),
            "word": lambda value: escaped(str(value or "").replace("-", " ")),
            "words": lambda value: escaped(", ".join(value or ()).replace("-", " ")),
            "date": lambda value: escaped(value) if value else '<span class="unknown">not known</span>',
            "verdict": lambda value: f'<span class="verdict {escaped(value)}">{escaped(value)}</span>',
            "framework": lambda value: _link(f"/frameworks/{value}", str(value).replace("-", " ")),
            "subject": lambda value: escaped(subject_name(site, value)),
            "claim": lambda value: _link(f"/claims/{value}", value),
            "source": self.source,
            "sources": lambda value: ", ".join(map(self.source, value or ())),
            "dispute": lambda value: (
                _link("/compare", value, {"kind": "readings", "dispute": value}) if value else ""
            ),
            "link": _linked,
        }

    def body_of(self, listing: Listing, records: Sequence[Record]) -> Markup:
        """The rows of a table."""
        columns = [
            (name, self._kinds.get(kind, _text), _SET.get(kind, ""))
            for name, (_, kind) in listing.columns.items()
        ]
        out = []
        for record in records:
            anchor = record.get("anchor")
            out.append(f'<tr id="{escaped(anchor)}">' if anchor else "<tr>")
            for place, (name, draw, given) in enumerate(columns):
                value = record.get(name)
                out.append(
                    f'<th scope="row"{given}>{draw(value)}</th>'
                    if place == 0
                    else f"<td{given}>{draw(value)}</td>"
                )
            out.append("</tr>\n")
        return Markup("".join(out))

    def cell(self, value: Any, kind: str) -> Markup:
        """One cell by itself."""
        return Markup(self._kinds.get(kind, _text)(value))

    def actor(self, id: Any) -> str:
        """An actor by name, linked where the study has it."""
        return self._remembered("/state/", id, self.site.names.actors, self.site.names.actor)

    def body(self, id: Any) -> str:
        """A body by its short name, linked."""
        return self._remembered("/body/", id, self.site.names.bodies, self.site.names.short)

    def _remembered(self, at: str, id: Any, known: Mapping[str, str], name: Callable[[str], str]) -> str:
        if not id:
            return ""
        if id not in known:
            return escaped(name(str(id)))
        key = (at, id)
        if key not in self._links:
            self._links[key] = _link(f"{at}{id}", name(id))
        return self._links[key]

    def row(self, id: Any) -> str:
        """A row of the study, or a series that it carries."""
        if not id:
            return ""
        if _ROW.fullmatch(id):
            return f'<a href="/row/{id}">{id}</a>'
        return _link(row_at(id), id)

    def rows(self, ids: Iterable[str] | None) -> str:
        """Rows: one by its id, several by their number."""
        some = [id for id in ids or () if id]
        if len(some) < 2:
            return self.row(some[0]) if some else ""
        at = address("/evidence", {"rows": told_rows(some)})
        return f'<a href="{escaped(at)}" data-first="{escaped(row_at(some[0]))}">{len(some)} rows</a>'

    def source(self, key: Any) -> str:
        """A source in a few words, linked."""
        told = short_source(self.site, key) if key else ""
        return _link(f"/source/{key}", told) if key in self.site.sources else escaped(told)


def subject_name(site: Site, id: str) -> str:
    """What a framework judges, by name."""
    names = site.names
    if id in names.actors:
        return names.actor(id)
    if id in names.bodies:
        return names.short(id)
    head, mark, tail = id.partition("@")
    if mark and head in names.actors:
        return f"{names.actor(head)}, {tail}"
    if id == site.study.about.id:
        return site.study.about.region
    return id.replace("-", " ").replace("_", " ")


def escaped(value: object) -> str:
    """Text that cannot be taken for HTML."""
    return html.escape(str(value))


def _link(path: str, text: object, params: Mapping[str, object] = {}) -> str:
    return f'<a href="{escaped(address(path, params))}">{escaped(str(text))}</a>'


def _linked(value: Any) -> str:
    """A link whose address is whole already, or plain text."""
    if isinstance(value, Mapping):
        return f'<a href="{escaped(value["href"])}">{escaped(value["text"])}</a>'
    return _text(value)


def _text(value: Any) -> str:
    return escaped(pretty(value))


def row_at(id: str) -> str:
    """Where a row is shown; a value of a derived series leads to the series."""
    if id.startswith("derived"):
        return f"/series/{series_of(id)}"
    return f"/row/{id}"


def told_rows(rows: Sequence[str], most: int = MOST_ROWS) -> str:
    """Row ids for an address, each table named once: ``memberships:12.15,bodies:3``."""
    found: dict[str, list[str]] = {}
    for row in list(rows)[:most]:
        table, _, line = row.partition(":")
        found.setdefault(table, []).append(line)
    return ",".join(f"{table}:{'.'.join(lines)}" for table, lines in found.items())


def short_source(site: Site, key: str) -> str:
    """A source in a few words."""
    return site.study.bibliography[key].short if key in site.study.bibliography else key


def number(value: object) -> str:
    """A number as it is read."""
    if value is None:
        return "·"
    if isinstance(value, float):
        if not math.isfinite(value):
            return "·"
        return (
            f"{value:,.0f}"
            if abs(value) >= 1000 or value.is_integer()
            else f"{value:.3g}"
            if abs(value) < 1
            else f"{value:.4g}"
        )
    return f"{value:,}" if isinstance(value, int) else str(value)


def pretty(value: object) -> str:
    """Plain text of any value."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(pretty(one) for one in value)
    return number(value) if isinstance(value, float) else str(value)
