"""Security cooperation placed: every agreement, body and meeting by width, reach, form and depth.

Reference: Mayer 2021, section 2 (regionalism: state-led, formal, at least three states) and section 3 (from loose coordination
to a joint army under a supranational staff). Takes the tables of formats and of exclusivity, and reads bodies, agreements,
meetings and design. Depth is the mean of six axes of section 3, of bodies alone; equal weights are ours. A body in which the
region is less than a tenth of the members is world-wide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.findings import Answer
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import FORMAL_FORMS
from chaikhana.methods.interval_index import interval_index
from chaikhana.study.design import Undated, design_on
from chaikhana.study.study import Study

NARROW = frozenset({"security", "defence", "terrorism", "nuclear", "drugs"})
WIDE = NARROW | {"borders", "conflict", "afghanistan", "disasters"}
ACROSS = frozenset({"terrorism", "drugs", "borders", "migration", "afghanistan", "water"})
DEPTH: Mapping[str, tuple[str, ...]] = {
    "scope": ("collective-defence", "collective-security", "joint-exercises", "intelligence-sharing"),
    "precision": ("precision",),
    "enforcement": ("sanctions", "expulsion-or-suspension-clause"),
    "delegation": ("delegation",),
    "decision-rule": ("majority-voting",),
    "shared-forces": ("shared-forces",),
}
WORLD, HALF = 0.1, 0.5
MOST_ROWS = 60
WITHIN, OUTSIDE, WORLDWIDE, UNSEEN = "within the region", "with outsiders", "world-wide", "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One agreement, body or meeting.

    Attributes
    ----------
    age : float
        Years before the day: of signing, of the meeting; of a body that stands, 0.
    members : tuple of str
        Members of the region that surely take part.
    parties : int
        All that surely take part.
    reach : str
        ``within the region``, ``with outsiders``, ``world-wide``; ``not known`` where no two members are sure.
    sure : bool
        Whether no outsider that may take part would change the reach.
    formal : bool
        A treaty, or a body founded by one; a meeting is never formal.
    organised : bool
        An organisation with organs of its own.
    depth : Bounds, optional
        Of a body, 0 to 1.
    """

    kind: str
    id: str
    title: str
    year: int
    age: float
    members: tuple[str, ...]
    parties: int
    reach: str
    sure: bool
    formal: bool
    organised: bool
    depth: Bounds | None
    issues: frozenset[str]
    outsiders: tuple[str, ...]
    rows: tuple[str, ...]

    @property
    def width(self) -> str:
        """Bilateral or multilateral, by all parties."""
        return "multilateral" if self.parties > 2 else "bilateral"

    @property
    def form(self) -> str:
        """Formal or informal."""
        return "formal" if self.formal else "informal"


def placements(
    study: Study, on: date, formed: pl.DataFrame, exclusive: pl.DataFrame, undated: Undated = "stands"
) -> tuple[Placement, ...]:
    """Every one on a day: bodies that stand, agreements that are signed and not ended, meetings held.

    Parameters
    ----------
    formed, exclusive : polars.DataFrame
        The tables of `formats`, and of `exclusivity` on the day.
    """
    return (
        *_bodies(study, on, exclusive, undated),
        *_events(study, on, formed.filter(pl.col("kind") == "agreement"), _treaties(study, on)),
        *_events(study, on, formed.filter(pl.col("kind") == "meeting"), {}),
    )


def rows_of(found: Sequence[Placement]) -> tuple[str, ...]:
    """The rows behind several, up to a number."""
    return tuple(dict.fromkeys(row for one in found for row in one.rows[:8]))[:MOST_ROWS]


def treaties_of_all(held: Sequence[Placement], members: Sequence[str]) -> Answer:
    """Treaties of all members without an outsider."""
    agreed = [one for one in held if one.kind == "agreement" and one.formal and one.reach == WITHIN]
    kept = [one for one in agreed if set(one.members) == set(members)]
    told = ", ".join(f"{one.title} ({one.year})" for one in kept) or "none"
    outcome = Truth.YES if kept else Truth.NO if held else Truth.UNKNOWN
    words = {"number": len(kept), "told": told}
    return Answer(value=[one.id for one in kept], outcome=outcome, rows=rows_of(kept), words=words)


def main_width(held: Sequence[Placement]) -> Answer:
    """Whether most agreements of members with one another are bilateral."""
    kept = [one for one in held if one.kind == "agreement" and one.reach == WITHIN]
    two = sum(one.width == "bilateral" for one in kept)
    outcome = Truth.UNKNOWN if not kept else Truth.YES if two * 2 > len(kept) else Truth.NO
    words = {"two": two, "of": len(kept)}
    return Answer(value=[two, len(kept)], outcome=outcome, rows=rows_of(kept), words=words)


def remaining(held: Sequence[Placement]) -> Answer:
    """What would remain without outsiders: whether it is more than half."""
    seen = [one for one in held if one.reach != UNSEEN]
    own = [one for one in seen if one.reach == WITHIN]
    share = len(own) / len(seen) if seen else None
    outcome = Truth.UNKNOWN if share is None else Truth.YES if share > HALF else Truth.NO
    words = {"own": len(own), "of": len(seen), "share": "none" if share is None else f"{share:.0%}"}
    return Answer(value=share, outcome=outcome, rows=rows_of(own), words=words)


def nurtured(held: Sequence[Placement], leads: Mapping[str, Sequence[str]], members: Sequence[str]) -> Answer:
    """Which outsiders lead the bodies that reach beyond the region."""
    beyond = [one for one in held if one.kind == "body" and one.reach == OUTSIDE]
    counted = Counter(lead for one in beyond for lead in leads.get(one.id, ()) if lead not in members)
    told = ", ".join(f"{lead} {number}" for lead, number in counted.most_common(5)) or "none known"
    outcome = Truth.YES if counted else Truth.UNKNOWN if beyond else Truth.NO
    words = {"told": told, "of": len(beyond)}
    return Answer(value=dict(counted), outcome=outcome, rows=rows_of(beyond), words=words)


def _bodies(study: Study, on: date, exclusive: pl.DataFrame, undated: Undated) -> list[Placement]:
    about = {row["id"]: row for row in study.table("bodies").iter_rows(named=True)}
    inside = study.on("memberships", on).filter(pl.col("holds") != "no")
    who: dict[str, dict[str, str]] = {}
    for body, actor, holds in inside.select("body", "actor", "holds").iter_rows():
        who.setdefault(body, {})[actor] = holds
    values = design_on(study, on, [one for axis in DEPTH.values() for one in axis], undated)
    depth = {
        row["body"]: Bounds(low=row["low"], high=row["high"])
        for row in interval_index(values.rename({"attribute": "indicator"}), ("body",), DEPTH).iter_rows(
            named=True
        )
    }
    found = []
    for row in exclusive.filter(pl.col("region_high") > 1).iter_rows(named=True):
        body = about[row["body"]]
        sure = sorted(actor for actor, holds in who.get(body["id"], {}).items() if holds == "yes")
        members = tuple(one for one in sure if one in study.about.members)
        outsiders = tuple(one for one in sure if one not in study.about.members)
        outside = row["outside_low"] > 0
        share = row["region_high"] / max(1, row["region_high"] + row["outside_high"])
        found.append(
            Placement(
                kind="body",
                id=body["id"],
                title=body["acronym"] or body["name"],
                year=body["from_latest"].year if body["from"] else on.year,
                age=0.0,
                members=members,
                parties=row["region_low"] + row["outside_low"],
                reach=_reach(share, row["region_low"], outside=outside),
                sure=outside or row["outside_high"] == 0,
                formal=body["form"] in FORMAL_FORMS,
                organised=body["form"] == "formal-organisation",
                depth=depth.get(body["id"]),
                issues=frozenset(body["issues"]),
                outsiders=outsiders,
                rows=(body["row"], *row["rows"][:20]),
            )
        )
    return found


def _reach(share: float, members: int, *, outside: bool) -> str:
    if share < WORLD:
        return WORLDWIDE
    return OUTSIDE if outside else WITHIN if members > 1 else UNSEEN


def _treaties(study: Study, on: date) -> dict[str, bool]:
    """Agreements that are not ended, each with whether it is formal."""
    held = study.table("agreements").filter((pl.col("ended") == "") | (pl.col("ended_latest") > on))
    formal = (pl.col("form") == "treaty") | (pl.col("binding") == "yes")
    return dict(held.select("id", formal).iter_rows())


def _events(study: Study, on: date, events: pl.DataFrame, formal: Mapping[str, bool]) -> list[Placement]:
    size = study.table("agreements" if formal else "meetings")
    day = "signed_latest" if formal else "date_latest"
    when = dict(size.select("id", day).iter_rows())
    found = []
    for row in events.filter(pl.col("members").list.len() > 0).iter_rows(named=True):
        signed = when.get(row["id"])
        if row["year"] is None or signed is None or signed > on or (formal and row["id"] not in formal):
            continue
        found.append(
            Placement(
                kind=row["kind"],
                id=row["id"],
                title=row["title"],
                year=row["year"],
                age=(on - signed).days / 365.25,
                members=tuple(row["members"]),
                parties=len(row["members"]) + len(row["outsiders"]),
                reach=OUTSIDE if row["outsiders"] else WITHIN,
                sure=True,
                formal=formal.get(row["id"], False),
                organised=False,
                depth=None,
                issues=frozenset(row["issues"]),
                outsiders=tuple(row["outsiders"]),
                rows=tuple(row["rows"]),
            )
        )
    return found
