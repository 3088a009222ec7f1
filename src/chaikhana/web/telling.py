"""Rows and columns told: a cell as a link, a row in a line, how a column is drawn, and row ids as an address writes them."""

from __future__ import annotations

from typing import Any

import polars as pl

from chaikhana.errors import BadValueError
from chaikhana.study.schema import BY_NAME, Kind
from chaikhana.web.site import Site

PER_PAGE = 200  # rows of a table on one page


def cut(text: str, most: int = 110) -> str:
    """A text, and no more of it than is read in a line."""
    return text if len(text) <= most else text[: most - 1] + "…"


def kind_of(kind: Kind, to: tuple[str, ...]) -> str:
    """How a column is drawn, by what its cells hold and point to."""
    if kind is Kind.LINK and to == ("actors",):
        return "actor"
    if kind is Kind.LINK and to == ("bodies",):
        return "body"
    if kind is Kind.LINKS:
        return "actors" if to == ("actors",) else "bodies" if to == ("bodies",) else "words"
    if kind in (Kind.DATE, Kind.END):
        return "date"
    return {Kind.WORD: "word", Kind.LIST: "words", Kind.NUMBER: "number"}.get(kind, "text")


def cell_of(site: Site, value: Any, kind: Kind, to: tuple[str, ...]) -> Any:
    """A cell as a link where it names something, else as it is."""
    if kind is Kind.LINK and to == ("actors",) and value in site.names.actors:
        return {"href": f"/state/{value}", "text": site.names.actor(value)}
    if kind is Kind.LINK and to == ("bodies",) and value in site.names.bodies:
        return {"href": f"/body/{value}", "text": site.names.body(value)}
    if kind is Kind.LINK:
        there = site.study.frames[to[0]].filter(pl.col("id") == value)["row"]
        return {"href": f"/row/{there[0]}", "text": value} if len(there) else value
    if kind is Kind.LINKS and value:
        return ", ".join(
            site.names.actor(one) if one in site.names.actors else site.names.body(one) for one in value
        )
    if kind is Kind.WORD:
        return str(value).replace("-", " ")
    return value


def told(site: Site, id: str) -> str:
    """A row in a line: its own columns, names for ids."""
    found = site.row(id)
    parts = []
    for column in BY_NAME[id.partition(":")[0]].columns:
        value = found[column.name]
        if value in ("", None, []) or column.name == "id":
            continue
        shown = cell_of(site, value, column.kind, column.to)
        parts.append(
            str(
                shown["text"]
                if isinstance(shown, dict)
                else ", ".join(shown)
                if isinstance(shown, list)
                else shown
            )
        )
    return cut(" · ".join(parts), 200)


def read_rows(text: str) -> list[str]:
    """Row ids as an address tells them: ``memberships:12.15,bodies:3``.

    Raises
    ------
    BadValueError
        If a part is not of that form.
    """
    found = []
    for part in text.split(","):
        table, mark, lines = part.partition(":")
        if not mark or not all(line.isascii() and line.isdigit() for line in lines.split(".")):
            if table.startswith("derived"):
                found.append(part)
                continue
            raise BadValueError(f"‘{part[:60]}’ names no rows. Write them as memberships:12.15,bodies:3.")
        found += [f"{table}:{line}" for line in lines.split(".")]
    return found


def cited(site: Site) -> dict[str, list[str]]:
    """Source to the rows that cite it."""

    def find() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row, footing in site.footings.items():
            for key in footing.keys:
                found.setdefault(key, []).append(row)
        return found

    known: dict[str, list[str]] = site.remembered("cited", find)
    return known


def page_of(site: Site, table: str, id: str) -> int | str:
    """On which page of its table a row stands; empty for the first."""
    number = site.study.frames[table]["row"].to_list().index(id) // PER_PAGE + 1
    return number if number > 1 else ""
