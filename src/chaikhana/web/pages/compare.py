"""Side by side: two states, two bodies, two dates, or two readings of the facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from chaikhana.errors import UnknownNameError
from chaikhana.measures.hardness import hardness
from chaikhana.measures.openness import openness
from chaikhana.study.membership import taking_part
from chaikhana.web.asked import Asked
from chaikhana.web.dealings import vote_agreement_of
from chaikhana.web.page import Listing, Page
from chaikhana.web.readings import READ, what_moves
from chaikhana.web.site import Site
from chaikhana.web.telling import told

KINDS = {
    "states": "two states",
    "bodies": "two bodies",
    "dates": "two dates",
    "readings": "two readings of the facts",
}
SIDES = BOTH, FIRST, SECOND = "both", "the first alone", "the second alone"


def compare(site: Site, asked: Asked) -> Page:
    """The page."""
    kind = asked.word("kind", KINDS, "states")
    return {"states": _states, "bodies": _bodies, "dates": _dates, "readings": _readings}[kind](site, asked)


def _page(
    site: Site, kind: str, about: Mapping[str, Any], says: str, listings: Sequence[Listing], **more: Any
) -> Page:
    names = site.names
    sides = more.pop("sides", ())
    drawn = {
        "kinds": list(KINDS.items()),
        "actors": sorted(
            ((id, name) for id, name in names.actors.items()),
            key=lambda one: (one[0] not in site.study.about.members, one[1]),
        ),
        "bodies": sorted(((id, names.body(id)) for id in names.bodies), key=lambda one: one[1].casefold()),
        "disputes": sorted(site.disputes),
        "sides": sides,
    }
    rows = [row for one in listings for record in one.records for row in record.get("rows") or ()]
    return Page(
        title="Compare",
        section="compare",
        template="compare.html",
        says=says,
        about={"kind": kind, **about},
        data={"kind": kind, **about, **more},
        listings=tuple(listings),
        drawn=lambda: drawn,
        rows=list(dict.fromkeys(rows)),
    )


def _ids(asked: Asked, known: Mapping[str, Any], what: str, first: str, second: str) -> tuple[str, str]:
    found = []
    for name, default in (("a", first), ("b", second)):
        id = asked.text(name, default)
        if id not in known:
            raise UnknownNameError(what, id, known)
        found.append(id)
    return found[0], found[1]


def _states(site: Site, asked: Asked) -> Page:
    asked.only(("kind", "a", "b", "on"))
    members = site.study.about.members
    a, b = _ids(asked, site.names.actors, "actor", members[0], members[-1])
    on = asked.day("on", site.first, site.last)
    held = taking_part(site.study, [on]).filter(pl.col("actor").is_in([a, b]))
    ties: dict[str, dict[str, dict[str, Any]]] = {}
    for row in held.iter_rows(named=True):
        ties.setdefault(row["body"], {})[row["actor"]] = row
    records = _paired(ties, "body", a, b, lambda body: site.names.short(body).casefold())
    counts = [sum(one["who"] == word for one in records) for word in SIDES]
    one, other = site.names.actor(a), site.names.actor(b)
    union = sum(counts)
    vote = vote_agreement_of(site, a, b)
    says = (
        f"On {on}, {one} and {other} sit together in {counts[0]} bodies, {one} alone in {counts[1]}, {other} alone in "
        f"{counts[2]}."
    )
    figures: list[dict[str, Any]] = [
        {"what": "bodies", one: counts[0] + counts[1], other: counts[0] + counts[2], "together": counts[0]},
        {
            "what": "share of their bodies in common (Jaccard)",
            one: None,
            other: None,
            "together": counts[0] / union if union else None,
        },
        {
            "what": "agreement in the General Assembly, last sessions",
            one: None,
            other: None,
            "together": vote,
        },
    ]
    headings = {
        "what": ("what", "text"),
        **({one: (one, "number")} if one != other else {}),
        other: (other, "number"),
        "together": ("together", "number"),
    }
    return _page(
        site,
        "states",
        {"a": a, "b": b, "on": on.isoformat()},
        says,
        (
            Listing(id="figures", title="Figures", columns=headings, records=figures),
            Listing(
                id="bodies",
                title="Bodies",
                columns={
                    "body": ("body", "body"),
                    "who": ("who", "word"),
                    "a": (one, "text"),
                    "b": (f"{other} ", "text"),
                    "rows": ("rows", "rows"),
                },
                records=records,
                note="Full and associate members; in informal bodies partners too.",
                most=120,
            ),
        ),
    )


def _paired(
    ties: Mapping[str, Mapping[str, Mapping[str, Any]]], what: str, a: str, b: str, name: Callable[[str], str]
) -> list[dict[str, Any]]:
    """What both are tied to, then what the first alone, then what the second alone, each by name."""
    records = [
        {
            what: id,
            "who": BOTH if {a, b} <= set(each) else FIRST if a in each else SECOND,
            "a": _tie(each.get(a)),
            "b": _tie(each.get(b)),
            "rows": [row["row"] for row in each.values()],
        }
        for id, each in ties.items()
    ]
    return sorted(records, key=lambda one: (SIDES.index(str(one["who"])), name(str(one[what]))))


def _tie(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    return str(row["status"]).replace("-", " ") + (" (in doubt)" if row["holds"] == "unknown" else "")


def _bodies(site: Site, asked: Asked) -> Page:
    asked.only(("kind", "a", "b", "on"))
    known = list(site.names.bodies)
    a, b = _ids(asked, site.names.bodies, "body", known[0], known[1])
    on = asked.day("on", site.first, site.last)
    held = taking_part(site.study, [on]).filter(pl.col("body").is_in([a, b]))
    ties: dict[str, dict[str, dict[str, Any]]] = {}
    for row in held.iter_rows(named=True):
        ties.setdefault(row["actor"], {})[row["body"]] = row
    one, other = site.names.short(a), site.names.short(b)
    members = _paired(ties, "actor", a, b, site.names.actor)
    design: dict[str, dict[str, tuple[str, str]]] = {}
    for row in (
        site.study.on("design", on)
        .filter(pl.col("body").is_in([a, b]) & (pl.col("holds") != "no"))
        .iter_rows(named=True)
    ):
        design.setdefault(row["attribute"], {})[row["body"]] = (row["value"], row["row"])
    attributes = [
        {
            "attribute": attribute,
            "a": each.get(a, ("", ""))[0],
            "b": each.get(b, ("", ""))[0],
            "rows": [row for _, row in each.values()],
        }
        for attribute, each in sorted(design.items())
    ]
    figures = []
    for name, measure in (("hardness", hardness), ("openness", openness)):
        frame = measure(site.study, on).frame
        ends = {
            row["body"]: f"{row[f'{name}_low']:.2f} to {row[f'{name}_high']:.2f}"
            for row in frame.iter_rows(named=True)
        }
        figures.append({"what": name, "a": ends.get(a, "not there"), "b": ends.get(b, "not there")})
    shared = sum(item["who"] == BOTH for item in members)
    return _page(
        site,
        "bodies",
        {"a": a, "b": b, "on": on.isoformat()},
        f"On {on}, {one} and {other} have {shared} of {len(members)} members in common.",
        (
            Listing(
                id="figures",
                title="Figures",
                columns={"what": ("what", "word"), "a": (one, "text"), "b": (f"{other} ", "text")},
                records=figures,
                note="From 0 to 1; what is not known widens the bounds.",
            ),
            Listing(
                id="members",
                title="Members",
                columns={
                    "actor": ("actor", "actor"),
                    "who": ("who", "word"),
                    "a": (one, "text"),
                    "b": (f"{other} ", "text"),
                    "rows": ("rows", "rows"),
                },
                records=members,
                most=100,
            ),
            Listing(
                id="design",
                title="Design",
                columns={
                    "attribute": ("attribute", "word"),
                    "a": (one, "word"),
                    "b": (f"{other} ", "word"),
                    "rows": ("rows", "rows"),
                },
                records=attributes,
                most=60,
                note="Empty: no row of the study.",
            ),
        ),
    )


def _dates(site: Site, asked: Asked) -> Page:
    asked.only(("kind", "a", "b"))
    a = asked.day("a", site.first, site.last, site.years[len(site.years) // 2])
    b = asked.day("b", site.first, site.last)
    held = [
        {(row["actor"], row["body"]): row for row in taking_part(site.study, [day]).iter_rows(named=True)}
        for day in (a, b)
    ]
    region = set(site.study.about.members)
    records = []
    for key in sorted({*held[0], *held[1]}, key=lambda one: (one[0] not in region, one)):
        before, after = (each.get(key) for each in held)
        if _tie(before) == _tie(after):
            continue
        records.append(
            {
                "actor": key[0],
                "body": key[1],
                "a": _tie(before),
                "b": _tie(after),
                "rows": [row["row"] for row in (before, after) if row],
            }
        )
    counts = [
        {
            "actor": actor,
            "a": sum(1 for one in held[0] if one[0] == actor),
            "b": sum(1 for one in held[1] if one[0] == actor),
        }
        for actor in site.study.about.members
    ]
    lives = [{body for _, body in each} for each in held]
    changed = [{"body": body, "what": "newly there"} for body in sorted(lives[1] - lives[0])] + [
        {"body": body, "what": "no longer there"} for body in sorted(lives[0] - lives[1])
    ]
    return _page(
        site,
        "dates",
        {"a": a.isoformat(), "b": b.isoformat()},
        f"Between {a} and {b}, {len(records)} ties changed, {len(lives[1] - lives[0])} bodies came and "
        f"{len(lives[0] - lives[1])} went.",
        (
            Listing(
                id="counts",
                title="Bodies of each state, certain and in doubt",
                columns={"actor": ("state", "actor"), "a": (str(a), "number"), "b": (f"{b} ", "number")},
                records=counts,
            ),
            Listing(
                id="bodies",
                title="Bodies that came and went",
                columns={"body": ("body", "body"), "what": ("what", "word")},
                records=changed,
                most=60,
            ),
            Listing(
                id="ties",
                title="Ties that changed",
                columns={
                    "actor": ("actor", "actor"),
                    "body": ("body", "body"),
                    "a": (str(a), "text"),
                    "b": (f"{b} ", "text"),
                    "rows": ("rows", "rows"),
                },
                records=records,
                most=100,
            ),
        ),
    )


def _readings(site: Site, asked: Asked) -> Page:
    asked.only(("kind", "dispute", "a", "b", "on"))
    slugs = sorted(site.disputes)
    on = asked.day("on", site.first, site.last)
    if not slugs:
        return _page(
            site, "readings", {"on": on.isoformat()}, "No two sources of this study say different things.", ()
        )
    dispute = asked.word("dispute", slugs, slugs[0])
    sides = list(site.disputes[dispute])
    a = asked.word("a", sides, sides[0])
    b = asked.word("b", sides, sides[1] if len(sides) > 1 else sides[0])
    stated = [
        {"side": side, "says": told(site, row), "sources": list(site.footings[row].keys), "rows": [row]}
        for side in (a, b)
        for row in site.disputes[dispute][side]
    ]

    moved = site.remembered(("readings", dispute, a, b, on), lambda: what_moves(site, dispute, a, b, on))
    return _page(
        site,
        "readings",
        {"dispute": dispute, "a": a, "b": b, "on": on.isoformat()},
        f"‘{a}’ or ‘{b}’: {len(moved)} values of {len(READ)} measures on {on} depend on it."
        if moved
        else f"‘{a}’ or ‘{b}’: no value of {len(READ)} measures on {on} depends on it.",
        (
            Listing(
                id="sides",
                title="What each side says",
                columns={
                    "side": ("side", "text"),
                    "says": ("says", "text"),
                    "sources": ("sources", "sources"),
                    "rows": ("row", "rows"),
                },
                records=stated,
            ),
            Listing(
                id="moved",
                title="What it moves",
                columns={
                    "measure": ("measure", "word"),
                    "of": ("of", "text"),
                    "column": ("value", "word"),
                    "a": (a, "text"),
                    "b": (f"{b} ", "text"),
                    "rows": ("rows", "rows"),
                },
                records=moved,
                note=f"Membership, exclusivity, overlap of states, hardness, openness and commitment, on {on}.",
                most=60,
            ),
        ),
        sides=sides,
    )
