"""A source: its reference, the rows that cite it, and the series computed from it."""

from __future__ import annotations

from chaikhana.core.evidence import parse_citations
from chaikhana.errors import UnknownNameError
from chaikhana.web.asked import Asked
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site
from chaikhana.web.telling import cited, told

MOST_ROWS = 200


def source(site: Site, key: str, asked: Asked) -> Page:
    """One source: its reference, and the rows that cite it.

    Raises
    ------
    UnknownNameError
        If the study has no such source.
    """
    asked.only(())
    if key not in site.study.bibliography:
        named = [name for name, one in site.study.derived.items() if key in one.origin["dataset"].split("; ")]
        if not named:
            raise UnknownNameError("source", key, site.study.bibliography)
        origin = site.study.derived[named[0]].origin
        title, full, bibtex, at = f"Dataset {key}", origin["citation"], "", ""
    else:
        one = site.study.bibliography[key]
        title, full, bibtex, at = one.short, one.full, one.bibtex, one.address
        named = [
            name for name, series in site.study.derived.items() if key in series.origin["dataset"].split("; ")
        ]
    rows = cited(site).get(key, [])
    series = Listing(
        id="series",
        title="Series computed from it",
        columns={"series": ("series", "link")},
        records=[{"series": {"href": f"/series/{name}", "text": name}} for name in named],
    )
    return Page(
        title=title,
        section="rows",
        template="source.html",
        says=full,
        data={"key": key, "reference": full, "found_at": at, "bibtex": bibtex, "rows": len(rows)},
        listings=(
            Listing(
                id="rows",
                title="Rows that cite it",
                columns={
                    "row": ("row", "row"),
                    "says": ("says", "text"),
                    "place": ("place in it", "text"),
                    "basis": ("basis", "word"),
                },
                records=[
                    {
                        "row": row,
                        "says": told(site, row),
                        "place": "; ".join(
                            one.locator for one in parse_citations(site.row(row)["cite"]) if one.key == key
                        ),
                        "basis": site.footings[row].basis,
                    }
                    for row in rows[:MOST_ROWS]
                ],
                note=f"The first {MOST_ROWS} of {len(rows):,}." if len(rows) > MOST_ROWS else "",
                most=50,
            ),
            *([series] if named else []),
        ),
        rows=rows[:MOST_ROWS],
    )
