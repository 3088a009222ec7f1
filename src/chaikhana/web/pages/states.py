"""States and other actors: the list, and one of them: its bodies, votes, trade, arms, speech, acts, and what theories say of
it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from chaikhana.web import dealings, pictures
from chaikhana.web.asked import Asked
from chaikhana.web.findings import of_subject
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site

PROPOSED = ("proposal", "creation", "invitation")
REFUSED = ("refusal", "abstention", "disregard", "protest", "criticism", "non-recognition")
LEFT = ("withdrawal", "suspension", "dissolution")


def states(site: Site, asked: Asked) -> Page:
    """The list of actors."""
    asked.only(("on",))
    on = asked.day("on", site.first, site.last)
    frame = site.study.on("memberships", on).filter(
        (pl.col("holds") == "yes") & pl.col("status").is_in(["founder-member", "member", "associate"])
    )
    counted = dict(frame.group_by("actor").agg(pl.col("body").n_unique()).iter_rows())
    region = set(site.study.about.members)
    records = [
        {
            "actor": row["id"],
            "kind": row["kind"],
            "of_the_region": "yes" if row["id"] in region else "no",
            "bodies": counted.get(row["id"], 0),
            "rows": [row["row"]],
        }
        for row in site.study.table("actors").iter_rows(named=True)
    ]
    records.sort(key=lambda one: (one["of_the_region"] != "yes", -one["bodies"], one["actor"]))
    return Page(
        title="States and blocs",
        section="states",
        template="listed.html",
        says=f"The {len(region)} states of {site.study.about.region}, and the others that the study follows, on {on}.",
        about={"on": on.isoformat()},
        data={"on": on.isoformat()},
        listings=(
            Listing(
                id="actors",
                title="Actors",
                columns={
                    "actor": ("actor", "actor"),
                    "kind": ("kind", "word"),
                    "of_the_region": ("of the region", "word"),
                    "bodies": ("bodies of the study that it is certainly in", "number"),
                    "rows": ("row", "rows"),
                },
                records=records,
                most=200,
            ),
        ),
        drawn=lambda: {"dated": True},
        rows=[row for one in records for row in one["rows"]],
    )


def state(site: Site, id: str, asked: Asked) -> Page:
    """One actor.

    Raises
    ------
    UnknownNameError
        If the study has no such actor.
    """
    asked.only(("on",))
    row = site.actor(id)
    on = asked.day("on", site.first, site.last)
    gathered: dict[str, Any] = site.remembered(("state", id), lambda: _gathered(site, id))
    acts = {
        name: [one for one in gathered[name] if one["earliest"] <= on]
        for name in ("proposed", "refused", "left")
    }
    found = of_subject(site, [id, *(f"{id}@{level}" for level in ("international", "regional"))])
    spells = gathered["spells"]
    now = [one for one in spells if one["begins"] <= on < one["ends"] and one["status"] != "withdrawn"]
    votes, trade, arms, speech = (gathered[name] for name in ("votes", "trade", "arms", "speech"))
    name = row["name"]
    region = id in site.study.about.members
    return Page(
        title=name,
        section="states",
        template="state.html",
        says=f"{name}, {'a state of ' + site.study.about.region if region else row['kind'] + ' from outside the region'}. "
        f"On {on} it holds, or may hold, {len(now)} ties to bodies of the study.",
        about={"on": on.isoformat()},
        data={
            "id": id,
            "name": name,
            "kind": row["kind"],
            "iso3": row["iso3"],
            "on": on.isoformat(),
            "of_the_region": region,
        },
        listings=(
            Listing(
                id="memberships",
                title="Bodies, through time",
                columns={
                    "body": ("body", "body"),
                    "form": ("form", "word"),
                    "status": ("as", "word"),
                    "from": ("from", "date"),
                    "to": ("until", "date"),
                    "rows": ("row", "rows"),
                },
                records=spells,
                note=".. is still so; ~ about, ? uncertain.",
            ),
            Listing(
                id="votes",
                title="Votes with and against",
                columns={
                    "partner": ("with", "actor"),
                    "sessions": ("sessions", "text"),
                    "agreement": ("agreement", "number"),
                    "against_chance": ("beyond chance (kappa)", "number"),
                    "votes": ("votes", "number"),
                },
                records=votes["records"] if votes else [],
                note=f"Roll calls of the General Assembly: the mean of the last {dealings.YEARS_OF_VOTES} sessions that both "
                "voted in (ours), an abstention halfway between yes and no.",
                empty="The study carries no votes of it.",
            ),
            Listing(
                id="trade",
                title="Trade partners",
                columns={
                    "year": ("year", "text"),
                    "rank": ("rank", "number"),
                    "partner": ("partner", "actor-or-text"),
                    "share": ("share of its trade", "number"),
                },
                records=[one for one in trade["records"] if one["year"] == trade["last"]] if trade else [],
                note="The last year that the series has.",
                empty="The study carries no trade of it.",
                most=12,
            ),
            Listing(
                id="arms",
                title="Where its arms come from",
                columns={
                    "supplier": ("supplier", "actor-or-text"),
                    "rank": ("rank", "number"),
                    "share": ("share", "number"),
                    "tiv": ("trend-indicator value", "number"),
                    "first": ("from", "text"),
                    "last": ("to", "text"),
                },
                records=arms or [],
                empty="The study carries no arms of it.",
                most=8,
            ),
            Listing(
                id="speech",
                title="What it speaks of",
                columns={
                    "frame": ("frame", "word"),
                    "year": ("last year", "text"),
                    "per_thousand": ("a thousand words, that year", "number"),
                    "mean": ("a thousand words, mean of all years", "number"),
                },
                records=speech["records"] if speech else [],
                note="Speeches in the General Debate, by the study's word lists.",
                empty="The study carries no speeches of it.",
            ),
            *(
                Listing(
                    id=name,
                    title=title,
                    columns={
                        "when": ("date", "date"),
                        "kind": ("act", "word"),
                        "what": ("what", "text"),
                        "bodies": ("bodies", "bodies"),
                        "rows": ("row", "rows"),
                    },
                    records=acts[name],
                    most=12,
                    note=f"Until {on}.",
                )
                for name, title in (
                    ("proposed", "What it proposed"),
                    ("refused", "What it refused or objected to"),
                    ("left", "What it left"),
                )
            ),
            found,
        ),
        drawn=lambda: {"pictured": _pictured(site, gathered, on)},
        rows=[
            row["row"],
            *(one["row"] for one in spells),
            *(one["rows"][0] for some in acts.values() for one in some),
            *(
                f"derived:{series}"
                for series, there in (
                    ("vote_agreement", votes),
                    ("trade_partners", trade),
                    ("arms_suppliers", arms),
                    ("speech_frames", speech),
                )
                if there
            ),
        ],
    )


def _pictured(site: Site, gathered: dict[str, Any], on: date) -> dict[str, Any]:
    """Its bodies on a time line, and lines of votes, trade and speech."""
    votes, trade, speech = (gathered[name] for name in ("votes", "trade", "speech"))
    return {
        "bodies": pictures.timeline(gathered["bars"], site.first, site.last, on, site.names.short),
        "votes": pictures.lines(
            votes["lines"], site.names.actor, on.year + 0.5, "share of votes alike", 0.0, 1.0
        )
        if votes
        else {},
        "trade": pictures.lines(trade["lines"], site.names.actor, on.year + 0.5, "share of trade")
        if trade
        else {},
        "speech": pictures.lines(speech["lines"], _worded, on.year + 0.5, "a thousand words")
        if speech
        else {},
    }


def _worded(frame: str) -> str:
    return frame.replace("-", " ")


def _gathered(site: Site, id: str) -> dict[str, Any]:
    """Everything of an actor that no date changes."""
    forms = dict(site.study.table("bodies").select("id", "form").iter_rows())
    order = {
        form: place
        for place, form in enumerate(
            ("formal-organisation", "treaty-regime", "informal-platform", "programme", "exercise")
        )
    }
    rows = site.study.table("memberships").filter(pl.col("actor") == id).to_dicts()
    spells: list[dict[str, Any]] = [
        row
        | {
            "form": forms[row["body"]],
            "rows": [row["row"]],
            "begins": row["from_earliest"],
            "ends": row["to_latest"],
        }
        for row in rows
    ]
    spells.sort(key=lambda one: (order[one["form"]], site.names.short(one["body"]).casefold(), one["begins"]))
    bars: dict[str, list[pictures.Spell]] = {}
    for one in spells:
        if one["status"] != "withdrawn":
            bars.setdefault(one["body"], []).append(pictures.spell(one, site.names.body(one["body"])))
    acts: dict[str, list[dict[str, Any]]] = {}
    for name, kinds in (("proposed", PROPOSED), ("refused", REFUSED), ("left", LEFT)):
        acts[name] = [
            {
                "when": one.when,
                "kind": one.kind,
                "what": one.what,
                "bodies": list(one.bodies),
                "rows": [one.row],
                "earliest": one.earliest,
            }
            for one in site.events
            if one.kind in kinds and _did(site, one.row, id)
        ]
    acts["left"] += [
        {
            "when": one["from"],
            "kind": "withdrawn",
            "what": f"Withdrawn from {site.names.body(one['body'])}.",
            "bodies": [one["body"]],
            "rows": [one["row"]],
            "earliest": one["begins"],
        }
        for one in spells
        if one["status"] == "withdrawn"
    ]
    return {
        "spells": spells,
        "bars": bars,
        **acts,
        "votes": dealings.votes(site, id),
        "trade": dealings.trade(site, id),
        "arms": dealings.arms(site, id),
        "speech": dealings.speech(site, id),
    }


def _did(site: Site, row: str, id: str) -> bool:
    """Whether the actor did it, rather than it being done to it."""
    doers: dict[str, Sequence[str]] = site.remembered(
        "doers", lambda: dict(site.study.table("episodes").select("row", "actors").iter_rows())
    )
    return id in (doers.get(row) or ())
