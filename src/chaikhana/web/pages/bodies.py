"""Bodies: the list, and one of them: members through time, lineage, leads, design, meetings, agreements, twins, theories."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from chaikhana.core.vocabulary import BODY_FORMS
from chaikhana.web import pictures
from chaikhana.web.asked import Asked
from chaikhana.web.findings import of_subject
from chaikhana.web.indexes import indexes, key_of_indexes
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import LIGHT, Site

TWINS = 12


def bodies(site: Site, asked: Asked) -> Page:
    """The list."""
    asked.only(("form", "issue"))
    form = asked.word("form", BODY_FORMS)
    issue = asked.word("issue", site.study.about.issues)
    region = set(site.study.about.members)
    ever = Counter(
        body
        for body, actor in site.study.table("memberships").select("body", "actor").unique().iter_rows()
        if actor in region
    )
    records = [
        {
            "body": row["id"],
            "name": row["name"],
            "form": row["form"],
            "issues": row["issues"] or [],
            "from": row["from"],
            "to": row["to"],
            "of_the_region": ever[row["id"]],
            "rows": [row["row"]],
        }
        for row in site.study.table("bodies").iter_rows(named=True)
        if (not form or row["form"] == form) and (not issue or issue in (row["issues"] or []))
    ]
    records.sort(key=lambda one: (-one["of_the_region"], site.names.short(one["body"]).casefold()))
    return Page(
        title="Bodies",
        section="bodies",
        template="bodies.html",
        says=f"{len(records)} of the {site.study.table('bodies').height} bodies that the study follows.",
        about={"form": form, "issue": issue},
        data={},
        listings=(
            Listing(
                id="bodies",
                title="Bodies",
                columns={
                    "body": ("body", "body"),
                    "name": ("name", "text"),
                    "form": ("form", "word"),
                    "issues": ("issues", "words"),
                    "from": ("from", "date"),
                    "to": ("until", "date"),
                    "of_the_region": ("states of the region, ever and in any status", "number"),
                    "rows": ("row", "rows"),
                },
                records=records,
                most=250,
            ),
        ),
        drawn=lambda: {"all_forms": tuple(BODY_FORMS), "issues": tuple(site.study.about.issues)},
        rows=[row for one in records for row in one["rows"]],
    )


def body(site: Site, id: str, asked: Asked) -> Page:
    """One body.

    Raises
    ------
    UnknownNameError
        If the study has no such body.
    """
    asked.only(("on",))
    row = site.body(id)
    on = asked.day("on", site.first, site.last)
    gathered: dict[str, Any] = site.remembered(("body", id), lambda: _gathered(site, id))
    settled = site.settled(on)
    twins = site.remembered(("twins", id, settled), lambda: _twins(site, id, on))
    inside = [
        one
        for one in gathered["members"]
        if one["begins"] <= on < one["ends"] and one["status"] != "withdrawn"
    ]
    year = site.year_end(on)
    return Page(
        title=row["name"],
        section="bodies",
        template="body.html",
        says=f"{row['name']}{' (' + row['acronym'] + ')' if row['acronym'] and row['acronym'] != row['name'] else ''}: "
        f"{BODY_FORMS[row['form']]}. On {on} the study has {len(inside)} ties of actors to it.",
        about={"on": on.isoformat()},
        data={
            "id": id,
            "name": row["name"],
            "acronym": row["acronym"],
            "form": row["form"],
            "issues": row["issues"] or [],
            "from": row["from"],
            "to": row["to"],
            "seat": row["seat"],
            "former_names": row["former_names"] or [],
            "on": on.isoformat(),
        },
        listings=(
            Listing(
                id="members",
                title="Members, through time",
                columns={
                    "actor": ("actor", "actor"),
                    "status": ("as", "word"),
                    "from": ("from", "date"),
                    "to": ("until", "date"),
                    "rows": ("row", "rows"),
                },
                records=gathered["members"],
                note=".. is still so; ~ about, ? uncertain.",
                most=20,
            ),
            Listing(
                id="lineage",
                title="What it grew from and became",
                columns={
                    "body": ("earlier", "body"),
                    "relation": ("became", "word"),
                    "other": ("later", "body"),
                    "date": ("date", "date"),
                    "rows": ("row", "rows"),
                },
                records=gathered["lineage"],
            ),
            Listing(
                id="leads",
                title="Who leads it",
                columns={
                    "actor": ("actor", "actor"),
                    "kind": ("how", "word"),
                    "from": ("from", "date"),
                    "to": ("until", "date"),
                    "rows": ("row", "rows"),
                },
                records=gathered["leads"],
                empty="The study has no row on its lead; it may have one.",
            ),
            Listing(
                id="indexes",
                title=f"How hard and how open it is, on {year}",
                columns={
                    "index": ("index", "word"),
                    "low": ("at least", "number"),
                    "high": ("at most", "number"),
                    "known": ("attributes known", "text"),
                    "rows": ("rows", "rows"),
                },
                records=_indexes(site, id, year),
                note="From 0 to 1, every attribute with equal weight (ours); what is not known widens the bounds.",
            ),
            Listing(
                id="design",
                title="Design",
                columns={
                    "attribute": ("attribute", "word"),
                    "value": ("value", "word"),
                    "from": ("from", "date"),
                    "to": ("until", "date"),
                    "rows": ("row", "rows"),
                },
                records=gathered["design"],
                most=40,
            ),
            Listing(
                id="meetings",
                title="Meetings",
                columns={
                    "when": ("date", "date"),
                    "what": ("meeting", "text"),
                    "actors": ("who came", "actors"),
                    "rows": ("row", "rows"),
                },
                records=gathered["meetings"],
                note="Those that the study's sources name; it is no register of all.",
            ),
            Listing(
                id="agreements",
                title="Agreements made under it",
                columns={
                    "when": ("signed", "date"),
                    "what": ("agreement", "text"),
                    "actors": ("parties", "actors"),
                    "rows": ("row", "rows"),
                },
                records=gathered["agreements"],
            ),
            Listing(
                id="twins",
                title=f"Whose members are most like its own, on {on}",
                columns={
                    "twin": ("body", "body"),
                    "jaccard": ("share of members in common", "number"),
                    "low": ("in common, at least", "number"),
                    "high": ("at most", "number"),
                    "shared_issues": ("issues in common", "words"),
                    "rows": ("rows", "rows"),
                },
                records=twins,
                note="The Jaccard index of certain members among the study's actors (Panke and Stapel 2018).",
            ),
            Listing(
                id="events",
                title="What else the study tells of it",
                columns={
                    "when": ("date", "date"),
                    "kind": ("what kind", "word"),
                    "what": ("what", "text"),
                    "rows": ("row", "rows"),
                },
                records=gathered["others"],
                most=15,
            ),
            Listing(
                id="codings",
                title="How it has been coded",
                columns={
                    "framework": ("framework", "framework"),
                    "code": ("question", "word"),
                    "value": ("answer", "word"),
                    "coder": ("coder", "text"),
                    "confidence": ("confidence", "word"),
                    "rows": ("row", "rows"),
                },
                records=gathered["codings"],
            ),
            of_subject(site, [id]),
        ),
        drawn=lambda: {
            "pictured": pictures.timeline(gathered["bars"], site.first, site.last, on, site.names.actor),
        },
        rows=[
            row["row"],
            *(
                found
                for name in (
                    "members",
                    "lineage",
                    "leads",
                    "design",
                    "meetings",
                    "agreements",
                    "others",
                    "codings",
                )
                for one in gathered[name]
                for found in one["rows"]
            ),
        ],
    )


def _indexes(site: Site, id: str, on: date) -> list[dict[str, Any]]:
    """How hard and how open it is, as it was computed beside for each year's end."""
    kept = site.looked_up(key_of_indexes(on), LIGHT)
    every = kept if kept is not None else site.remembered(("indexes", on), lambda: indexes(site.study, on))
    return [{"index": name, **found} for name, found in every.get(id, {}).items()]


def _twins(site: Site, id: str, on: date) -> list[dict[str, Any]]:
    """The bodies whose members are most like its own."""
    overlap = site.ties.overlap(on)
    own = site.ties.bodies.index(id)
    known = np.nan_to_num(overlap.jaccard[own], nan=-1)
    others = [
        place
        for place in np.lexsort((-overlap.low[own], -known))
        if place != own and overlap.high[own, place] > 0
    ]
    issues = set(site.body(id)["issues"] or ())
    return [
        {
            "twin": (twin := site.ties.bodies[place]),
            "jaccard": float(known[place]) if known[place] >= 0 else None,
            "low": int(overlap.low[own, place]),
            "high": int(overlap.high[own, place]),
            "shared_issues": sorted(issues & set(site.body(twin)["issues"] or ())),
            "rows": site.ties.rows_of(on, [id, twin]),
        }
        for place in others[:TWINS]
    ]


def _gathered(site: Site, id: str) -> dict[str, Any]:
    """Everything of a body that no date changes."""
    region = {one: place for place, one in enumerate(site.study.about.members)}

    def rows(table: str, *columns: str) -> list[dict[str, Any]]:
        frame = site.study.table(table)
        wanted = pl.any_horizontal([pl.col(column) == id for column in columns])
        return [one | {"rows": [one["row"]]} for one in frame.filter(wanted).to_dicts()]

    members = [
        one | {"begins": one["from_earliest"], "ends": one["to_latest"]}
        for one in rows("memberships", "body")
    ]
    members.sort(
        key=lambda one: (region.get(one["actor"], 99), one["begins"], site.names.actor(one["actor"]))
    )
    bars: dict[str, list[pictures.Spell]] = {}
    for one in members:
        if one["status"] == "withdrawn":
            continue
        bars.setdefault(one["actor"], []).append(pictures.spell(one, site.names.actor(one["actor"])))
    own = [one for one in site.events if id in one.bodies]
    met: list[dict[str, Any]] = [
        {"when": one.when, "kind": one.kind, "what": one.what, "actors": list(one.actors), "rows": [one.row]}
        for one in own
    ]
    unit = f"bodies:{id}"
    codings = [
        one | {"rows": [one["row"]]}
        for one in site.study.table("codings").filter(pl.col("unit") == unit).to_dicts()
    ]
    return {
        "members": members,
        "bars": bars,
        "lineage": rows("lineage", "body", "other"),
        "leads": rows("leads", "body"),
        "design": sorted(rows("design", "body"), key=lambda one: (one["attribute"], one["from_earliest"])),
        "meetings": [one for one in met if one["kind"] == "meeting"],
        "agreements": [one for one in met if one["kind"] == "agreement"],
        "others": [
            one
            for one in met
            if one["kind"] not in ("meeting", "agreement") and not one["kind"].startswith("membership")
        ],
        "codings": codings,
    }
