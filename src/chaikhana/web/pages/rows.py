"""A row: what it says, who says so, what others say, and what rests on it; and several rows behind one value."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from chaikhana.core.evidence import parse_citations
from chaikhana.errors import BadValueError
from chaikhana.study.schema import BY_NAME
from chaikhana.web.asked import Asked, address
from chaikhana.web.page import Listing, Page
from chaikhana.web.resting import on_row
from chaikhana.web.site import Site, series_of
from chaikhana.web.telling import cell_of, cut, kind_of, page_of, read_rows, told

MOST_EVIDENCE = 200


def row(site: Site, id: str, asked: Asked) -> Page:
    """One row.

    Raises
    ------
    UnknownNameError
        If there is none of that id.
    """
    asked.only(())
    if id.startswith("derived"):
        raise BadValueError(f"‘{id[:60]}’ is a value of a series. See /series/NAME.")
    found = site.row(id)
    name = id.partition(":")[0]
    declared = BY_NAME[name]
    said = [
        {
            "column": column.name.replace("_", " "),
            "value": cell_of(site, found[column.name], column.kind, column.to),
            "means": column.says,
        }
        for column in declared.columns
        if found[column.name] not in ("", None, [])
    ]
    citations = [
        {
            "source": one.key,
            "place": one.locator,
            "reference": site.study.bibliography[one.key].full if one.key in site.study.bibliography else "",
        }
        for one in parse_citations(found["cite"])
    ]
    own = str(found.get("id") or "")
    pointing = site.pointing.get((name, own), []) if own else []
    rivals = [
        {
            "side": side,
            "rows": [one],
            "taken": "yes" if site.row(one)["prefer"] == "yes" else "no",
            "says": told(site, one),
        }
        for side, rows in site.disputes.get(found["rival"], {}).items()
        for one in rows
    ]
    rests = on_row(site, id)
    title = found.get("title") or (
        site.names.body(own)
        if name == "bodies"
        else site.names.actor(own)
        if name == "actors"
        else told(site, id)
    )
    listings = [
        Listing(
            id="said",
            title="What it says",
            columns={"column": ("column", "text"), "value": ("value", "link"), "means": ("which is", "text")},
            records=said,
            most=40,
        ),
        Listing(
            id="who-says-so",
            title="Who says so",
            columns={
                "source": ("source", "source"),
                "place": ("place in it", "text"),
                "reference": ("reference", "text"),
            },
            records=citations,
        ),
    ]
    if rivals:
        listings.append(
            Listing(
                id="rivals",
                title=f"What others say: the dispute {found['rival']}",
                columns={
                    "side": ("side", "text"),
                    "taken": ("taken by default", "word"),
                    "says": ("says", "text"),
                    "rows": ("row", "rows"),
                },
                records=rivals,
                note=found["reason"] or "",
            )
        )
    for table_name, column in dict.fromkeys((one.partition(":")[0], at) for one, at in pointing):
        rows = [one for one, at in pointing if at == column and one.startswith(f"{table_name}:")]
        listings.append(_naming(site, table_name, column, rows))
    listings += rests
    return Page(
        title=cut(title, 140),
        section="rows",
        template="row.html",
        says=f"Row {id}: {declared.one_row_is}. Basis: {found['basis']}."
        + (f" {found['note']}" if found["note"] else ""),
        data={
            "row": id,
            "table": name,
            "basis": found["basis"],
            "note": found["note"],
            "dispute": found["rival"],
            "side": found["side"],
            "table_at": address(f"/table/{name}", {"page": page_of(site, name, id)}),
            "own_page": f"/state/{own}" if name == "actors" else f"/body/{own}" if name == "bodies" else "",
        },
        listings=tuple(listings),
        rows=[id],
    )


def _naming(site: Site, table: str, column: str, rows: Sequence[str]) -> Listing:
    """The rows of one table that name this one."""
    declared = BY_NAME[table]
    wanted = set(rows)
    some = site.study.frames[table].filter(pl.col("row").is_in(list(wanted)))
    columns: dict[str, tuple[str, str]] = {}
    for one in declared.columns:
        if one.name in (column, "id") or all(value in ("", None, []) for value in some[one.name].to_list()):
            continue
        columns[one.name] = (one.name.replace("_", " "), kind_of(one.kind, one.to))
    columns["row"] = ("row", "row")
    return Listing(
        id=f"{table}-{column}",
        title=f"{table.capitalize()}: rows that name it as {column}",
        columns=columns,
        records=some.to_dicts(),
        most=30,
    )


def evidence(site: Site, asked: Asked) -> Page:
    """Several rows, each in a line with its sources."""
    asked.only(("rows",))
    text = asked.text("rows")
    if not text:
        raise BadValueError("rows: name the rows, for instance rows=memberships:12.15,bodies:3.")
    ids = list(dict.fromkeys(read_rows(text)))[:MOST_EVIDENCE]
    records = []
    for id in ids:
        if id.startswith("derived"):
            records.append(
                {
                    "row": id,
                    "says": f"a value of the series {series_of(id)}",
                    "sources": [],
                    "basis": "dataset",
                }
            )
            continue
        footing = site.footings.get(id)
        if footing is None:
            site.row(id)
        records.append(
            {
                "row": id,
                "says": told(site, id),
                "sources": list(footing.keys if footing else ()),
                "basis": footing.basis if footing else "",
            }
        )
    return Page(
        title="Rows behind a value",
        section="rows",
        template="listed.html",
        says=f"{len(records)} rows and who says so.",
        about={"rows": text},
        data={},
        listings=(
            Listing(
                id="rows",
                title="Rows",
                columns={
                    "row": ("row", "row"),
                    "says": ("says", "text"),
                    "sources": ("sources", "sources"),
                    "basis": ("basis", "word"),
                },
                records=records,
                most=MOST_EVIDENCE,
            ),
        ),
        rows=ids,
    )
