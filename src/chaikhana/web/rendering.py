"""Pages as HTML, JSON and CSV.

What it is: the one place where a page is drawn. Everything is escaped; names and links are put to ids here.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from chaikhana import __version__
from chaikhana.core.plain import finite
from chaikhana.core.vocabulary import BASES
from chaikhana.report.names import FORMS
from chaikhana.web import drawn
from chaikhana.web.asked import address
from chaikhana.web.cells import Cells, number, row_at, short_source
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site

MOST_SOURCES, MOST_IN_FILES, MOST_UNVERIFIED = 40, 20, 12
SECTIONS = (
    ("region", "/region", "Region"),
    ("states", "/states", "States"),
    ("bodies", "/bodies", "Bodies"),
    ("compare", "/compare", "Compare"),
    ("frameworks", "/frameworks", "Frameworks"),
    ("claims", "/claims", "Claims"),
    ("whatif", "/whatif", "What if"),
    ("formats", "/formats", "Formats"),
    ("rows", "/rows", "Rows and sources"),
    ("sql", "/sql", "Ask in SQL"),
)
LIVE_ALONE = ("whatif", "formats", "sql")


class Renderer:
    """Draws the pages of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cells = Cells(site)
        self.environment = Environment(
            loader=PackageLoader("chaikhana.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals.update(
            site=site,
            names=site.names,
            about=site.study.about,
            version=__version__,
            sections=[one for one in SECTIONS if site.live or one[0] not in LIVE_ALONE],
            href=address,
            bases=BASES,
            forms=FORMS,
            row_at=row_at,
            cells=self.cells,
            drawn_network=drawn.network,
            drawn_timeline=drawn.timeline,
            short_source=lambda key: short_source(site, key),
        )
        self.environment.filters["number"] = number

    def html(self, page: Page, path: str) -> str:
        """The page as HTML; `path` is where it stands, without its parameters."""
        sources, unverified = self.site.sources_of(dict.fromkeys(page.rows))
        return self.environment.get_template(page.template).render(
            page=page,
            path=path,
            here=address(path, _pairs(page.about)),
            json_at=address(f"{path}.json", _pairs(page.about)),
            csv_at=lambda listing: address(f"{path}.csv", [*_pairs(page.about), ("listing", listing)]),
            sources=list(sources.items()),
            most_sources=MOST_SOURCES if self.site.live else MOST_IN_FILES,
            unverified=unverified,
            most_unverified=MOST_UNVERIFIED,
            **page.drawn(),
        )

    def json(self, page: Page, path: str) -> str:
        """The page as JSON."""
        sources, unverified = self.site.sources_of(dict.fromkeys(page.rows))
        return json_text(
            {
                "title": page.title,
                "says": page.says,
                "study": self.site.study.about.id,
                "address": address(path, _pairs(page.about)),
                **page.data,
                "listings": {
                    one.id: {
                        "title": one.title,
                        "note": one.note,
                        "columns": {name: heading for name, (heading, _) in one.columns.items()},
                        "records": [
                            {name: record.get(name) for name in one.columns} for record in one.records
                        ],
                    }
                    for one in page.listings
                },
                "sources": [
                    {"key": key, "rows": count, "says": short_source(self.site, key)}
                    for key, count in sources.items()
                ],
                "unverified": unverified,
                **({"waiting": page.waiting} if page.waiting else {}),
            }
        )

    def error(self, title: str, told: str) -> str:
        """A plain page that says what was wrong."""
        page = Page(title=title, template="error.html", says=told)
        return self.html(page, "")


def json_text(value: Any) -> str:
    """A value as JSON; what is no number is null."""
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        return json.dumps(finite(value), ensure_ascii=False, default=_plain, allow_nan=False)


def csv_text(listing: Listing) -> str:
    """A listing as CSV: lists joined by semicolons, ids as they are."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(listing.columns)
    for record in listing.records:
        writer.writerow([_flat(record.get(name)) for name in listing.columns])
    return out.getvalue()


def _pairs(about: Mapping[str, Any]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, value in about.items():
        if isinstance(value, (list, tuple)):
            found += [(name, one) for one in value]
        else:
            found.append((name, value))
    return found


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value.get("text", ""))
    return "; ".join(_flat(one) for one in value) if isinstance(value, (list, tuple)) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, (set, frozenset)) else str(value)
