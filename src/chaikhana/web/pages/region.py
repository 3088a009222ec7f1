"""The region on a day: who is in what, how bodies overlap, counts through time, and what happened around the day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from chaikhana.core.vocabulary import FORMAL_FORMS
from chaikhana.measures.membership_counts import membership_counts
from chaikhana.report.names import FORMS
from chaikhana.web import pictures
from chaikhana.web.asked import Asked
from chaikhana.web.events import WINDOW, WINDOWS, around
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import Site

PARAMETERS = ("on", "tie", "within")
TIES = ("0.3", "0.5", "0.7", "0.9")
TIE = "0.7"  # share of members in common from which two bodies are tied in the picture (ours)


def region(site: Site, asked: Asked) -> Page:
    """The page."""
    asked.only(PARAMETERS)
    on = asked.day("on", site.first, site.last)
    tie = asked.word("tie", TIES, TIE)
    within = asked.whole("within", WINDOW, min(WINDOWS), max(WINDOWS))
    held = site.remembered(("groups", site.settled(on)), lambda: site.ties.groups(on))
    forms = Counter(one["form"] for one in held)
    happened = around(site.events, on, within)
    alive = len(held)
    counts = {
        "bodies": alive,
        "formal": sum(forms[form] for form in FORMAL_FORMS),
        "informal": alive - sum(forms[form] for form in FORMAL_FORMS),
        "memberships": sum(len(one["members"]) for one in held),
        "in_doubt": sum(len(one["uncertain"]) for one in held),
        "looser_ties": sum(len(one["looser"]) for one in held),
    }
    about = site.study.about
    return Page(
        title=about.region,
        section="region",
        template="region.html",
        says=f"On {on}, states of {about.region} take part in {alive} bodies: {counts['formal']} formal and "
        f"{counts['informal']} informal. {counts['memberships']} memberships are certain, {counts['in_doubt']} open to doubt.",
        about={"on": on.isoformat(), "tie": tie, "within": within},
        data={
            "on": on.isoformat(),
            "tie": float(tie),
            "within_days": within,
            "members": list(about.members),
            "counts": counts,
        },
        listings=(
            Listing(
                id="bodies",
                title="Who is in what",
                columns={
                    "body": ("body", "body"),
                    "form": ("form", "word"),
                    "leads": ("led by", "actors"),
                    "members": ("members of the region", "actors"),
                    "uncertain": ("in doubt", "actors"),
                    "looser": ("observers, partners and other looser ties", "actors"),
                    "outsiders": ("members from outside", "count"),
                    "rows": ("rows", "rows"),
                },
                records=held,
                note="Full and associate members; in doubt where dates or sources leave the day open. A body without a lead "
                "here is one of whose lead the study has no row.",
                most=40,
            ),
            Listing(
                id="events",
                title="What happened around it",
                columns={
                    "when": ("date", "date"),
                    "kind": ("what kind", "word"),
                    "what": ("what", "text"),
                    "bodies": ("bodies", "bodies"),
                    "row": ("row", "row"),
                },
                records=[
                    {
                        "when": one.when,
                        "kind": one.kind,
                        "what": one.what,
                        "bodies": list(one.bodies),
                        "row": one.row,
                    }
                    for one in happened
                ],
                note=f"Within {within} days on either side (ours); what is dated to no better than a year and a half is left "
                "out.",
            ),
        ),
        drawn=lambda: {
            "network": network(site, on, float(tie)),
            "counts": pictures.lines(
                counted(site), site.names.actor, on.year + on.timetuple().tm_yday / pictures.DAYS, "bodies"
            ),
            "months": months(site, on),
            "ties": TIES,
            "windows": WINDOWS,
            "forms": FORMS,
        },
        rows=[*(row for one in held for row in one["rows"]), *(one.row for one in happened)],
    )


def months(site: Site, on: date) -> dict[str, int]:
    """The slider: months since the beginning."""

    def number(day: date) -> int:
        return (day.year - site.first.year) * 12 + day.month - site.first.month

    return {"now": number(on), "most": number(site.last)}


def counted(site: Site) -> dict[str, list[tuple[float, float | None]]]:
    """In how many bodies each member of the region certainly is, by year."""

    def find() -> dict[str, list[tuple[float, float | None]]]:
        frame = (
            membership_counts(site.study, site.first, site.last)
            .frame.group_by("actor", "year", maintain_order=True)
            .agg(pl.col("low").sum())
        )
        return {
            actor: [
                (float(year), float(low))
                for year, low in frame.filter(pl.col("actor") == actor).select("year", "low").iter_rows()
            ]
            for actor in site.study.about.members
        }

    found: dict[str, list[tuple[float, float | None]]] = site.remembered("counted", find)
    return found


def layout(site: Site) -> tuple[pictures.Places, frozenset[str]]:
    """Where each body stands, found once and kept."""

    def find() -> Any:
        found = site.kept.get("places") or pictures.places(site.study, site.names.short)
        site.kept.put("places", found)
        return found

    at: tuple[pictures.Places, frozenset[str]] = site.remembered("places", find)
    return at


def network(site: Site, on: date, tie: float) -> dict[str, Any]:
    """Bodies in their places, those that live on the day shown, tied where enough members are common."""
    settled = site.settled(on)
    found: dict[str, Any] = site.remembered(("network", settled, tie), lambda: _network(site, on, tie))
    return found


def _network(site: Site, on: date, tie: float) -> dict[str, Any]:
    at, labelled = layout(site)
    overlap = site.ties.overlap(on)
    held = site.remembered(("groups", site.settled(on)), lambda: site.ties.groups(on))
    sizes = {one["body"]: len(one["members"]) + len(one["uncertain"]) for one in held}
    forms = {one["body"]: one["form"] for one in held}
    alive = {body for body, size in sizes.items() if size >= 1 and body in at}
    every = dict(site.study.table("bodies").select("id", "form").iter_rows())
    shown = [place for place, body in enumerate(site.ties.bodies) if body in alive]
    jaccard = overlap.jaccard[np.ix_(shown, shown)]
    ties = []
    for first, second in np.argwhere(np.triu(np.nan_to_num(jaccard), 1) >= tie - 1e-6).tolist():
        a, b = (site.ties.bodies[shown[place]] for place in (first, second))
        share, low = float(jaccard[first, second]), int(overlap.low[shown[first], shown[second]])
        ties.append(
            {
                "id": f"{a}--{b}",
                "ends": (*at[a], *at[b]),
                "weight": round(0.4 + 2.2 * share, 2),
                "told": f"{site.names.short(a)} and {site.names.short(b)}: {low} in common, {share:.0%}",
            }
        )
    return {
        "nodes": [
            {
                "id": body,
                "href": f"/body/{body}",
                "x": x,
                "y": y,
                "r": round(4 + 1.3 * sizes.get(body, 0), 1) if body in alive else 2,
                "form": forms.get(body, every[body]),
                "alive": body in alive,
                "label": site.names.short(body) if body in labelled else "",
                "told": f"{site.names.body(body)}: {sizes.get(body, 0)} of the region"
                if body in alive
                else f"{site.names.body(body)}: not on this day",
            }
            for body, (x, y) in at.items()
        ],
        "ties": ties,
        "wide": pictures.WIDE,
        "high": pictures.HIGH,
        "alive": len(alive),
    }
