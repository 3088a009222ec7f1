"""Formats: an initiative tried in every format of the region, by how little stands in the way; its address is the initiative."""

from __future__ import annotations

from typing import Any

from chaikhana.web.asked import Asked, address
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site

SECONDS = 60.0


def formats(site: Site, asked: Asked) -> Page:
    """The page."""
    asked.only(("initiative", "issue", "depth", "openness", "with", "lead", "on", "who"))
    # A quarter of a second, for which the first page does not wait.
    from chaikhana.scenario.initiative import DEPTHS
    from chaikhana.scenario.shelf import initiatives

    about = site.study.about
    known = site.remembered("initiatives", lambda: initiatives(site.study))
    name = asked.word("initiative", known)
    issue = asked.word("issue", about.issues)
    depth = asked.word("depth", DEPTHS)
    openness = asked.word("openness", ("open", "closed"), "open")
    invited = tuple(dict.fromkeys(asked.texts("with")))
    lead = asked.word("lead", site.names.actors)
    on = asked.day("on", site.first, site.last)
    who = tuple(one.strip() for one in asked.text("who").split(",") if one.strip())
    for actor in (*invited, *who):
        Asked([("actor", actor)]).word("actor", site.names.actors)
    given: dict[str, Any] = {}
    if not name and issue and depth:
        given = {
            "issue": issue,
            "depth": depth,
            "on": on,
            "is_open": openness == "open",
            "invited": invited,
            "lead": lead,
        }
    there, found = True, None
    if name or given:
        key = ("formats", name, tuple(given.items()), who)
        there, found = site.ask(key, "formats", name, given, who, limit=SECONDS)
    here: dict[str, Any] = {
        "initiative": name,
        "issue": "" if name else issue,
        "depth": "" if name else depth,
        "openness": "" if name or openness == "open" else openness,
        "with": [] if name else list(invited),
        "lead": "" if name else lead,
        "on": "" if name or not given else on.isoformat(),
    }
    listings = _listings(found, here) if found else []
    listings.append(
        Listing(
            id="initiatives",
            title="Initiatives that the study carries",
            columns={
                "initiative": ("initiative", "link"),
                "issue": ("issue", "word"),
                "depth": ("depth", "word"),
                "why": ("why", "text"),
            },
            records=[
                {
                    "initiative": {"href": address("/formats", {"initiative": id}), "text": one.title},
                    "issue": one.issue,
                    "depth": one.depth,
                    "why": one.why,
                }
                for id, one in known.items()
            ],
            empty="It carries none.",
        )
    )
    asked_for = (
        found["initiative"]
        if found
        else {
            "issue": issue,
            "depth": depth,
            "on": on.isoformat(),
            "open": openness == "open",
            "with": list(invited),
            "lead": lead,
        }
    )
    return Page(
        title=found["title"] if found else "Formats",
        section="formats",
        template="formats.html",
        says=f"{len(found['formats'])} formats of {about.short} tried, as of {asked_for['on']}; the first has least in its way."
        if found
        else "Try an initiative in every format of the region: who could join, what stands in the way, what became of the like.",
        about={**here, "who": ",".join(who)},
        data={
            "initiative": asked_for,
            **({key: found[key] for key in ("why", "assumptions", "who", "shared")} if found else {}),
        },
        listings=tuple(listings),
        drawn=lambda: {
            "issues": list(about.issues.items()),
            "depths": list(DEPTHS.items()),
            "outsiders": [(id, site.names.actor(id)) for id in (*about.powers, *about.others)],
            "leads": [(id, site.names.actor(id)) for id in (*about.members, *about.powers, *about.others)],
        },
        waiting="" if there else "The formats are being tried. The answer comes by itself.",
        rows=[row for one in listings for record in one.records for row in record.get("rows") or ()],
    )


def _listings(found: dict[str, Any], here: dict[str, Any]) -> list[Listing]:
    kinds = [
        name
        for name in found["formats"][0]
        if name not in ("format", "who", "without", "speak_for", "could_join", "vote_alike")
    ]
    pairs = [
        (name, one) for name, value in here.items() for one in (value if isinstance(value, list) else [value])
    ]
    reasons = {
        "actor": ("actor", "actor"),
        "kind": ("kind", "word"),
        "says": ("says", "text"),
        "locator": ("where a paper puts it", "text"),
        "rows": ("rows", "rows"),
    }
    return [
        Listing(
            id="joining",
            title="Who could join in which form: what weighs most against it",
            columns={
                name: (name.replace("-", " "), "actor" if name == "state" else "text")
                for name in found["joining"][0]
            },
            records=found["joining"],
            note="Empty: nothing that the study knows.",
        ),
        Listing(
            id="formats",
            title="Formats, those with least in the way first",
            columns={
                "format": ("format", "link"),
                "who": ("who", "actors"),
                **{name: (name.replace("_", " "), "number") for name in kinds},
                "speak_for": ("speaks for it", "number"),
                "could_join": ("could join later", "text"),
                "vote_alike": ("vote alike", "number"),
            },
            records=[
                one
                | {
                    "format": {
                        "href": address("/formats", [*pairs, ("who", ",".join(one["who"]))]),
                        "text": one["format"],
                    }
                }
                for one in found["formats"]
            ],
            most=30,
        ),
        Listing(
            id="in-the-way",
            title=f"What stands in the way of {', '.join(found['who']).upper()}",
            columns=reasons,
            records=found["in_the_way"],
            most=40,
            empty="Nothing that the study knows stands in the way.",
        ),
        Listing(
            id="speaks-for", title="What speaks for it", columns=reasons, records=found["speaks_for"], most=10
        ),
        Listing(
            id="precedents",
            title="Precedents, nearest first",
            columns={"what": ("what", "text"), "rows": ("rows", "rows")},
            records=found["precedents"],
        ),
    ]
