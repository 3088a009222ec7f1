"""Bridging: a state proposes dialogue or cooperation between platforms, to each of which it belongs or with which it cooperates.

Reference: Tskhay & Costa Buranelli 2020, section *Balancing Regionalism and its Operation*, first mechanism. Reads
episodes, statements, meetings, attendance, bodies, leads, memberships. Returns every such act with how the state stands to
each platform. The acts that count as proposing, and the reading of statements that name two platforms, are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.standing import Ties, ties_of
from chaikhana.study.study import Study

PROPOSING = ("proposal", "invitation", "creation", "mediation-offer")
FOUNDING = ("founder", "host")
REFERENCE = "Tskhay & Costa Buranelli 2020, section Balancing Regionalism and its Operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """One act that joins platforms.

    Attributes
    ----------
    kind : str
        Episode, statement, meeting or body.
    date : date, optional
        The latest day on which it may have happened; none where the source gives no date.
    platforms : tuple of str
        Bodies and blocs that it joins, two at least.
    low, high : tuple of int
        How the actor surely stands, and may stand, to each (`study.standing`).
    """

    kind: str
    id: str
    date: date | None
    actor: str
    platforms: tuple[str, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    issues: tuple[str, ...]
    rows: tuple[str, ...]


def bridges(study: Study) -> tuple[Bridge, ...]:
    """Every act of a member of the region that names or seats two platforms or more, whether or not it belongs to them."""
    held = ties_of(study)
    blocs = frozenset(study.table("actors").filter(pl.col("kind") == "bloc")["id"])
    own = frozenset(study.about.members)
    last = study.about.last_day
    return tuple(
        one
        for find in (_episodes, _statements, _meetings, _bodies)
        for one in find(study, held, blocs, own, last)
    )


def close(test: tuple[object, ...], least: int) -> tuple[bool, bool]:
    """Whether the second closest standing to the platforms surely, and perhaps, is `least` (`study.standing`)."""
    return int(str(test[0])) >= least, int(str(test[1])) >= least


def bridging(study: Study) -> Measured:
    """Acts that bridge platforms, with the proposer's standing to each.

    Returns
    -------
    Measured
        Columns kind, id, date, actor, platforms, tied_low, tied_high (platforms to which the actor surely stands, and may stand,
        in some way), inside (platforms that it is surely inside), issues, rows.
    """
    found = [one for one in bridges(study) if sum(level > 0 for level in one.high) > 1]
    frame = pl.DataFrame(
        [
            {
                "kind": one.kind,
                "id": one.id,
                "date": one.date.isoformat() if one.date else "",
                "actor": one.actor,
                "platforms": list(one.platforms),
                "tied_low": sum(level > 0 for level in one.low),
                "tied_high": sum(level > 0 for level in one.high),
                "inside": sum(level == 3 for level in one.low),
                "issues": list(one.issues),
                "rows": list(one.rows),
            }
            for one in found
        ],
        schema={
            "kind": pl.String,
            "id": pl.String,
            "date": pl.String,
            "actor": pl.String,
            "platforms": pl.List(pl.String),
            "tied_low": pl.Int64,
            "tied_high": pl.Int64,
            "inside": pl.Int64,
            "issues": pl.List(pl.String),
            "rows": pl.List(pl.String),
        },
    )
    return Measured(
        name="bridging",
        title="Acts of the region's states that bridge platforms",
        definition="A proposal, invitation or founding by a member of the region that concerns two platforms or more, "
        "a statement for it that names them, a meeting that it hosts at which they sit, or a body that it founded or "
        "hosts in which they sit; the state stands in some way to two of them on the day.",
        reference=REFERENCE,
        frame=frame.sort("date", "id", "actor"),
        assumptions=(
            f"Acts that count as proposing: {', '.join(PROPOSING)} (ours).",
            "A bloc at whose table with the state both sit counts as one with which it cooperates (ours).",
        ),
    )


def _bridge(
    held: Ties,
    kind: str,
    id: str,
    day: date | None,
    last: date,
    actor: str,
    named: Iterable[str],
    issues: Iterable[str],
    rows: Iterable[str],
) -> Bridge | None:
    """The act, if it names two platforms that are not one body under two names."""
    platforms = {held.platform(name): name for name in named if name != actor}
    if len(platforms) < 2:
        return None
    found = [held.standing(actor, name, day or last) for name in platforms.values()]
    dated = day is not None
    return Bridge(
        kind=kind,
        id=id,
        date=day,
        actor=actor,
        platforms=tuple(platforms),
        low=tuple(one.low if dated else 0 for one in found),
        high=tuple(one.high for one in found),
        issues=tuple(issues),
        rows=tuple(dict.fromkeys([*rows, *(row for one in found for row in one.rows)])),
    )


def _day(row: dict[str, object]) -> date | None:
    latest = row["date_latest"]
    return latest if row["date"] and isinstance(latest, date) else None


def _episodes(
    study: Study, held: Ties, blocs: frozenset[str], own: frozenset[str], last: date
) -> Iterator[Bridge]:
    for row in study.table("episodes").filter(pl.col("act").is_in(PROPOSING)).iter_rows(named=True):
        named = [name for name in (*row["bodies"], *row["target"]) if name in held.bodies or name in blocs]
        for actor in own.intersection(row["actors"]):
            one = _bridge(
                held, "episode", row["id"], _day(row), last, actor, named, row["issues"], [row["row"]]
            )
            if one:
                yield one


def _statements(
    study: Study, held: Ties, _: frozenset[str], own: frozenset[str], last: date
) -> Iterator[Bridge]:
    for row in study.table("statements").filter(pl.col("actor").is_in(own)).iter_rows(named=True):
        one = _bridge(
            held,
            "statement",
            row["id"],
            _day(row),
            last,
            row["actor"],
            row["bodies"],
            row["issues"],
            [row["row"]],
        )
        if one:
            yield one


def _meetings(
    study: Study, held: Ties, blocs: frozenset[str], own: frozenset[str], last: date
) -> Iterator[Bridge]:
    """Meetings that a member hosts, at which platforms sit as such."""
    seated: dict[str, list[tuple[str, str]]] = {}
    for meeting, actor, row in (
        study.table("attendance")
        .filter(pl.col("present") == "yes")
        .select("meeting", "actor", "row")
        .iter_rows()
    ):
        seated.setdefault(meeting, []).append((actor, row))
    for row in study.table("meetings").filter(pl.col("host").is_in(own)).iter_rows(named=True):
        guests = [(actor, line) for actor, line in seated.get(row["id"], []) if actor in blocs]
        rows = [row["row"], *(line for _, line in guests)]
        named = [actor for actor, _ in guests]
        one = _bridge(held, "meeting", row["id"], _day(row), last, row["host"], named, row["issues"], rows)
        if one:
            yield one


def _bodies(
    study: Study, held: Ties, blocs: frozenset[str], own: frozenset[str], last: date
) -> Iterator[Bridge]:
    """Bodies that a member founded or hosts, in which platforms sit as such."""
    leads = study.table("leads").filter(pl.col("actor").is_in(own) & pl.col("kind").is_in(FOUNDING))
    bodies = {row["id"]: row for row in study.table("bodies").iter_rows(named=True)}
    for body, actor in leads.select("body", "actor").unique(maintain_order=True).iter_rows():
        row = bodies[body]
        day = row["from_latest"] if row["from"] else None
        inside = [bloc for bloc in sorted(blocs) if body in held.spells.get(bloc, {})]
        rows = [row["row"], *(spell.row for bloc in inside for spell in held.spells[bloc][body])]
        one = _bridge(held, "body", body, day, last, actor, inside, row["issues"], rows)
        if one:
            yield one
