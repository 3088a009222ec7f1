"""A table of the study, a page at a time, rival statements included; and a series that it carries."""

from __future__ import annotations

import polars as pl

from chaikhana.core.vocabulary import BASES
from chaikhana.errors import UnknownNameError
from chaikhana.study.schema import BY_NAME
from chaikhana.web.asked import Asked, address
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site
from chaikhana.web.telling import PER_PAGE, kind_of


def table(site: Site, name: str, asked: Asked) -> Page:
    """The rows of a table, a page at a time, rival statements included.

    Raises
    ------
    UnknownNameError
        If the study has no such table.
    """
    asked.only(("page", "basis"))
    if name not in site.study.frames:
        raise UnknownNameError("table", name, site.study.frames)
    basis = asked.word("basis", BASES)
    frame = site.study.frames[name]
    if basis:
        frame = frame.filter(pl.col("basis") == basis)
    pages = max(1, -(-frame.height // PER_PAGE))
    number = asked.whole("page", 1, 1, pages)
    some = frame.slice((number - 1) * PER_PAGE, PER_PAGE)
    declared = BY_NAME[name]
    columns = {"row": ("row", "row")} | {
        column.name: (column.name.replace("_", " "), kind_of(column.kind, column.to))
        for column in declared.all_columns
        if column.name in frame.columns
        and any(value not in ("", None, []) for value in some[column.name].to_list())
    }
    records = [one | {"anchor": f"r{one['row'].partition(':')[2]}"} for one in some.to_dicts()]
    return Page(
        title=f"Table {name}",
        section="rows",
        template="table.html",
        says=f"A row is {declared.one_row_is}. {frame.height:,} rows, page {number} of {pages}.",
        about={"page": number if number > 1 else "", "basis": basis},
        data={
            "table": name,
            "page": number,
            "pages": pages,
            "described": {column.name: column.says for column in declared.all_columns},
        },
        listings=(
            Listing(id="rows", title=f"Rows of {name}", columns=columns, records=records, most=PER_PAGE),
        ),
        rows=some["row"].to_list(),
    )


def series(site: Site, name: str, asked: Asked) -> Page:
    """A series that the study carries: its origin and its values.

    Raises
    ------
    UnknownNameError
        If it carries none of that name.
    """
    asked.only(("page", "all"))
    if name not in site.study.derived:
        raise UnknownNameError("series", name, site.study.derived)
    one = site.study.derived[name]
    every = asked.word("all", ("yes",))
    # Among files a series has its first values as a page, and all of them as CSV.
    pages = max(1, -(-one.frame.height // PER_PAGE)) if site.live and not every else 1
    number = asked.whole("page", 1, 1, pages)
    some = one.frame if every else one.frame.slice((number - 1) * PER_PAGE, PER_PAGE)
    return Page(
        title=f"Series {name.replace('_', ' ')}",
        section="rows",
        template="table.html",
        says=f"Computed from {one.origin['dataset']} ({one.origin['version']}). {one.origin['citation']} "
        f"Licence: {one.origin['licence']}.",
        about={"page": number if number > 1 else "", "all": every},
        data={
            "table": name,
            "page": number,
            "pages": pages,
            "origin": dict(one.origin),
            "described": {},
            "values": one.frame.height,
            "all_at": address(f"/series/{name}.csv", {"all": "yes"}),
        },
        listings=(
            Listing(
                id="rows",
                title="Values",
                columns={
                    column: (
                        column.replace("_", " "),
                        "number" if one.frame.schema[column].is_float() else "text",
                    )
                    for column in one.frame.columns
                },
                records=some.to_dicts(),
                most=PER_PAGE,
            ),
        ),
        rows=[f"derived:{name}"],
    )
