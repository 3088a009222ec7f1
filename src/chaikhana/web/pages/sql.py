"""Ask in SQL: one SELECT over the study's tables, read-only, with the tables described."""

from __future__ import annotations

import re
from typing import Any

from chaikhana.claims.words import MACROS
from chaikhana.study.schema import BY_NAME
from chaikhana.web.asked import Asked
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site

SECONDS = 12.0  # the query's own five, and what it may have to compute first
MOST_SHOWN = 500
_MACRO = re.compile(r"CREATE MACRO (\w+\([^)]*\))")
EXAMPLES = (
    (
        "In which bodies most states of the region are today",
        """SELECT body, count(DISTINCT actor) AS states, list("row") AS rows
FROM memberships
WHERE list_contains(region(), actor) AND status IN ('founder-member', 'member') AND "to" = '..'
GROUP BY body ORDER BY states DESC, body LIMIT 20""",
    ),
    (
        "Meetings of heads of state by year",
        """SELECT year(date_earliest) AS year, count(*) AS meetings, list("row") AS rows
FROM meetings
WHERE level = 'heads-of-state' AND year(date_earliest) > 1990
GROUP BY year ORDER BY year""",
    ),
    (
        "Memberships that nobody has checked",
        """SELECT actor, body, status, "from", "row" FROM memberships WHERE basis = 'unverified'""",
    ),
    (
        "Regionness as of a day",
        "SELECT subject, verdict, label, score_low, score_high, rows FROM finding_regionness",
    ),
)


def sql(site: Site, asked: Asked) -> Page:
    """The console."""
    asked.only(("query", "day"))
    query = asked.text("query")
    day = asked.day("day", site.first, site.last)
    there, found = True, None
    if query:
        there, found = site.ask(("sql", query, day), "sql", query, day, limit=SECONDS)
    listings = [result(found)] if found else []
    return Page(
        title="Ask in SQL",
        section="sql",
        template="sql.html",
        says=f"{len(found[1]):,} rows."
        if found
        else "One SELECT in DuckDB's SQL. It only reads, has five seconds, and gives at most 20,000 rows.",
        about={"query": query, "day": day.isoformat() if query else ""},
        data={"query": query, "day": day.isoformat(), "columns": found[0] if found else []},
        listings=(*listings, *described(site)),
        drawn=lambda: {"examples": EXAMPLES},
        waiting="" if there else "The query is running. The answer comes by itself.",
        rows=evidence(found) if found else (),
    )


def result(found: tuple[list[str], list[tuple[Any, ...]]], title: str = "Result") -> Listing:
    """What a query gave, as a listing: a column ``rows`` or ``row`` leads to the study."""
    names, rows = found
    distinct = [name if names.index(name) == place else f"{name}_{place}" for place, name in enumerate(names)]
    kinds = {"row": "row", "rows": "rows"}
    return Listing(
        id="result",
        title=title,
        columns={name: (name, kinds.get(name, "text")) for name in distinct},
        records=[dict(zip(distinct, map(_plain, row), strict=True)) for row in rows],
        most=MOST_SHOWN,
        empty="No row.",
    )


def _plain(value: Any) -> Any:
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return str(value)


def evidence(found: tuple[list[str], list[tuple[Any, ...]]]) -> list[str]:
    """The rows of the study that a result names."""
    names, rows = found
    ids: dict[str, None] = {}
    for place, name in enumerate(names):
        if name in ("row", "rows"):
            for row in rows:
                for id in row[place] if isinstance(row[place], list) else [row[place]]:
                    if isinstance(id, str):
                        ids[id] = None
    return list(ids)


def described(site: Site) -> list[Listing]:
    """The tables that may be read, with their columns."""
    records = []
    for name, frame in site.study.frames.items():
        told = {column.name: column.says for column in BY_NAME[name].all_columns}
        records += [
            {
                "table": name,
                "column": column,
                "type": str(frame.schema[column]),
                "means": told.get(column, _bound(column)),
            }
            for column in frame.columns
        ]
    series = [
        {
            "table": f"derived_{name}",
            "columns": ", ".join(["row", *one.frame.columns]),
            "from": one.origin["dataset"],
        }
        for name, one in site.study.derived.items()
    ]
    macros = [{"macro": found[1], "means": says} for says, sql in MACROS if (found := _MACRO.match(sql))]
    return [
        Listing(
            id="tables",
            title="Tables and their columns",
            columns={
                "table": ("table", "text"),
                "column": ("column", "text"),
                "type": ("type", "text"),
                "means": ("means", "text"),
            },
            records=records,
            most=0,
            note="In the preferred reading: where sources differ, the side that the study takes.",
        ),
        Listing(
            id="series",
            title="Series computed from datasets",
            columns={"table": ("table", "text"), "columns": ("columns", "text"), "from": ("from", "text")},
            records=series,
            most=0,
        ),
        Listing(
            id="macros",
            title="Macros",
            columns={"macro": ("macro", "text"), "means": ("means", "text")},
            records=macros,
            most=0,
            note="What a test of a claim may ask; those that read a series are there where the study carries it.",
        ),
    ]


def _bound(column: str) -> str:
    if column == "row":
        return "id of the row, table:line"
    return "a bound of the date" if column.endswith(("_earliest", "_latest")) else ""
