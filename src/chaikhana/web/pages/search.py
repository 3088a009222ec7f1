"""Search: names, acronyms, former names, titles, summaries and sources; and what there is to look through."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chaikhana.study.schema import BY_NAME
from chaikhana.web.asked import Asked
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site
from chaikhana.web.telling import cited, cut

MOST_FOUND = 200
NAMES = {"actors": ("name", "iso3", "id"), "bodies": ("acronym", "name", "former_names", "id")}
TOLD = {
    "meetings": ("title", "format", "place"),
    "agreements": ("title",),
    "episodes": ("summary",),
    "statements": ("speaker", "gist"),
    "corrections": ("dataset", "key", "explanation"),
    "figures": ("quantity",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that can be found: its words without case and accents, and where it is."""

    words: tuple[str, ...]
    kind: str
    text: str
    says: str
    at: str
    weight: int
    every: str
    rows: tuple[str, ...] = ()


def search(site: Site, asked: Asked) -> Page:
    """Search names, acronyms, former names, sources, titles and summaries."""
    asked.only(("q",))
    q = asked.text("q")
    found = sought(entries(site), q) if q else []
    if q:
        return _found(q, found)
    tables = [
        {
            "table": {"href": f"/table/{name}", "text": name},
            "is": BY_NAME[name].one_row_is,
            "count": frame.height,
        }
        for name, frame in site.study.frames.items()
    ]
    listings = [
        Listing(
            id="tables",
            title="Every table",
            columns={"table": ("table", "link"), "is": ("a row is", "text"), "count": ("rows", "number")},
            records=tables,
        ),
        Listing(
            id="series",
            title="Series computed from datasets",
            columns={
                "series": ("series", "link"),
                "measure": ("measure", "text"),
                "dataset": ("dataset", "text"),
                "count": ("rows", "number"),
            },
            records=[
                {
                    "series": {"href": f"/series/{name}", "text": name},
                    "measure": one.origin["measure"],
                    "dataset": one.origin["dataset"],
                    "count": one.frame.height,
                }
                for name, one in site.study.derived.items()
            ],
        ),
        Listing(
            id="sources",
            title="Every source",
            columns={
                "source": ("source", "source"),
                "title": ("title", "text"),
                "year": ("year", "text"),
                "rows": ("rows that cite it", "number"),
            },
            records=[
                {"source": key, "title": one.title, "year": one.year, "rows": len(cited(site).get(key, ()))}
                for key, one in sorted(
                    site.study.bibliography.items(), key=lambda item: -len(cited(site).get(item[0], ()))
                )
            ],
            most=30,
        ),
    ]
    return Page(
        title="Rows and sources",
        section="rows",
        template="search.html",
        says=f"{sum(frame.height for frame in site.study.frames.values()):,} rows, {len(site.study.bibliography):,} sources.",
        about={"q": ""},
        listings=tuple(listings),
    )


def _found(q: str, found: Sequence[Entry]) -> Page:
    return Page(
        title="Rows and sources",
        section="rows",
        template="search.html",
        says=f"{len(found)} found for ‘{q}’.",
        about={"q": q},
        data={"q": q},
        listings=(
            Listing(
                id="found",
                title="Found",
                columns={"what": ("what", "link"), "kind": ("kind", "word"), "says": ("says", "text")},
                records=[
                    {"what": {"href": one.at, "text": one.text}, "kind": one.kind, "says": one.says}
                    for one in found
                ],
                note=f"The first {MOST_FOUND}; more words narrow it." if len(found) == MOST_FOUND else "",
                most=60,
                empty="Nothing has all of these words. Names, acronyms, former names, titles and sources are searched.",
            ),
        ),
        rows=[row for one in found for row in one.rows],
    )


def folded(text: str) -> str:
    """Without case and accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def entries(site: Site) -> Sequence[Entry]:
    """Everything that can be found, gathered once."""
    found: Sequence[Entry] = site.remembered("entries", lambda: tuple(_entries(site)))
    return found


def _entries(site: Site) -> Iterator[Entry]:
    for table, columns in (NAMES | TOLD).items():
        for row in site.study.frames[table].iter_rows(named=True):
            words = [
                part
                for column in columns
                for part in (row[column] if isinstance(row[column], list) else [row[column] or ""])
                if part
            ]
            if not words:
                continue
            if table == "actors":
                at, text, says = f"/state/{row['id']}", row["name"], row["kind"]
            elif table == "bodies":
                at, text = f"/body/{row['id']}", row["name"]
                says = ", ".join(
                    dict.fromkeys(part for part in (row["acronym"], *(row["former_names"] or ())) if part)
                )
            else:
                at, text, says = f"/row/{row['row']}", row.get("title") or words[0], " · ".join(words[1:])
                if row.get("date") or row.get("signed"):
                    says = f"{row.get('date') or row.get('signed')} {says}".strip()
            yield Entry(
                words=(found := tuple(map(folded, words))),
                every=" ".join(found),
                kind=BY_NAME[table].name.removesuffix("s") if table != "bodies" else "body",
                text=cut(text),
                says=cut(says, 160),
                at=at,
                weight=2 if table not in NAMES else 1 if row.get("kind") == "bloc" else 0,
                rows=(row["row"],),
            )
    for key, one in site.study.bibliography.items():
        yield Entry(
            words=(found := (folded(key), folded(one.title), folded("; ".join(one.authors)), one.year)),
            every=" ".join(found),
            kind="source",
            text=one.short,
            says=cut(one.title, 160),
            at=f"/source/{key}",
            weight=3,
        )
    for name, series in site.study.derived.items():
        yield Entry(
            words=(found := (folded(name.replace("_", " ")), folded(series.origin["measure"]))),
            every=" ".join(found),
            kind="series",
            text=name.replace("_", " "),
            says=series.origin["citation"][:160],
            at=f"/series/{name}",
            weight=3,
        )


def sought(every: Sequence[Entry], q: str) -> list[Entry]:
    """Entries that have all words asked for: whole names first, then beginnings, then the rest."""
    whole = folded(" ".join(q.split()))
    parts = whole.split()
    ranked = []
    for one in every:
        text = one.every
        if all(part in text for part in parts):
            rank = (
                0
                if whole in one.words
                else 1
                if any(word.startswith(whole) for word in one.words)
                else 2
                if whole in text
                else 3
            )
            ranked.append((rank, one.weight, one.text.casefold(), one.at, one))
    ranked.sort(key=lambda item: item[:4])
    return [item[-1] for item in ranked[:MOST_FOUND]]
