"""Dovetailing: the same state takes the same issue to two groups or more, near in time.

Reference: Tskhay & Costa Buranelli 2020, section *Balancing Regionalism and its Operation*, second mechanism: at once in
two or more groups, above all if different powers lead them. Reads meetings, attendance, episodes, statements, leads,
memberships. Returns each meeting of an issue in two groups. The window is ours (the design varies it over 30, 90 and 365
days), and so are the broad issues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.network import LEADING
from chaikhana.study.standing import TIED, Ties, ties_of
from chaikhana.study.study import Study

WINDOWS = (30, 90, 365)
# issues that nearly every agenda has, so that sharing them says little (ours)
BROAD = ("political-dialogue", "integration", "economy", "development", "institutions", "security")
RAISING = (
    "proposal", "criticism", "protest", "declaration", "refusal", "support", "abstention", "vote", "invitation", "other",
)  # fmt: skip
REFERENCE = "Tskhay & Costa Buranelli 2020, section Balancing Regionalism and its Operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A state brings an issue to a group: the days within which, and the rows that say so."""

    actor: str
    body: str
    issue: str
    first: date
    last: date
    source: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The same state and issue in two groups.

    Attributes
    ----------
    gap_low, gap_high : int
        Days between the two, at least and at most.
    leads : str
        Whether the powers that lead the two groups are the *same*, *differ* in part, are wholly *apart*, or are *unknown*.
    """

    actor: str
    issue: str
    date: date
    bodies: tuple[str, str]
    sources: tuple[str, str]
    gap_low: int
    gap_high: int
    leads: str
    broad: bool
    rows: tuple[str, ...]


def turns(study: Study) -> tuple[Turn, ...]:
    """Every issue that a member of the region brought to a group to which it is tied on the day.

    From meetings of a group at which it was present, from episodes that name it among the actors and the group among the
    bodies, and
    from statements for it about a group. Without a date nothing is near in time: undated rows are left out.
    """
    held = ties_of(study)
    own = frozenset(study.about.members)
    return tuple(one for find in (_meetings, _told) for one in find(study, held, own))


def pairs(study: Study) -> tuple[Pair, ...]:
    """Each turn with the next turns of the same state and issue in other groups, at most a year later."""
    held = ties_of(study)
    leads = _leads(study)
    by: dict[tuple[str, str], list[Turn]] = {}
    for turn in turns(study):
        by.setdefault((turn.actor, turn.issue), []).append(turn)
    found = []
    for (actor, issue), several in sorted(by.items()):
        several.sort(key=lambda turn: (turn.last, turn.first, turn.body))
        for place, one in enumerate(several):
            met = set()
            for other in several[place:]:
                if (other.first - one.last).days > max(WINDOWS):
                    break
                rooted = held.platform(other.body)
                if other is one or rooted == held.platform(one.body) or rooted in met:
                    continue
                met.add(rooted)
                at_once = one.source == other.source
                found.append(
                    Pair(
                        actor=actor,
                        issue=issue,
                        date=other.last,
                        bodies=(one.body, other.body),
                        sources=(one.source, other.source),
                        gap_low=0 if at_once else max(0, (other.first - one.last).days),
                        gap_high=0 if at_once else max((other.last - one.first).days, 0),
                        leads=compared(leads.get(one.body), leads.get(other.body)),
                        broad=issue in BROAD,
                        rows=tuple(dict.fromkeys((*one.rows, *other.rows))),
                    )
                )
    return tuple(found)


def near(test: tuple[object, ...], window: int, leads: str, *, broad: bool) -> tuple[bool, bool]:
    """Whether a pair surely, and perhaps, lies within a window, with leads that differ enough, on an issue that counts.

    Parameters
    ----------
    test : tuple
        gap_low, gap_high, broad and leads of a `Pair`.
    leads : {"any", "differ", "apart"}
        How far the leads of the two groups must differ.
    broad : bool
        Whether broad issues count.
    """
    low, high, of_all, found = test
    if of_all and not broad:
        return False, False
    fits = leads == "any" or found == "apart" or (leads == "differ" and found == "differ")
    return fits and int(str(high)) <= window, fits and int(str(low)) <= window


def dovetailing(study: Study, window: int = 90) -> Measured:
    """Issues that a state took to two groups within a window of days.

    Returns
    -------
    Measured
        Columns date, actor, issue, first_group, second_group, days_low, days_high, leads (same, differ, apart, unknown), broad,
        rows.
    """
    found = [one for one in pairs(study) if one.gap_high <= window]
    frame = pl.DataFrame(
        [
            {
                "date": one.date.isoformat(),
                "actor": one.actor,
                "issue": one.issue,
                "first_group": one.bodies[0],
                "second_group": one.bodies[1],
                "days_low": one.gap_low,
                "days_high": one.gap_high,
                "leads": one.leads,
                "broad": one.broad,
                "rows": list(one.rows),
            }
            for one in found
        ],
        schema={
            "date": pl.String,
            "actor": pl.String,
            "issue": pl.String,
            "first_group": pl.String,
            "second_group": pl.String,
            "days_low": pl.Int64,
            "days_high": pl.Int64,
            "leads": pl.String,
            "broad": pl.Boolean,
            "rows": pl.List(pl.String),
        },
    )
    return Measured(
        name="dovetailing",
        title=f"Issues that a state of the region took to two groups within {window} days",
        definition="The state is tied to both groups on the day; it sat at a meeting of each whose agenda has the issue, or an "
        "episode or statement has it bring the issue there. Of several meetings of one other group the next counts.",
        reference=REFERENCE,
        frame=frame.sort("date", "actor", "issue"),
        assumptions=(
            f"The window of {window} days is ours; varied over {', '.join(map(str, WINDOWS))}.",
            f"Broad issues, which nearly every agenda has: {', '.join(BROAD)} (ours).",
        ),
    )


def compared(ours: frozenset[str] | None, theirs: frozenset[str] | None) -> str:
    """Whether the leads of two groups are the same powers, differ in part, or are wholly apart."""
    if not ours or not theirs:
        return "unknown"
    if ours == theirs:
        return "same"
    return "differ" if ours & theirs else "apart"


def _leads(study: Study) -> Mapping[str, frozenset[str]]:
    """Who leads each body at any time; hosts do not lead."""
    kept = study.table("leads").filter(pl.col("kind").is_in(list(LEADING)))
    return {body: frozenset(actors) for body, actors in kept.group_by("body").agg("actor").iter_rows()}


def _meetings(study: Study, held: Ties, own: frozenset[str]) -> Iterator[Turn]:
    seated: dict[str, list[tuple[str, str]]] = {}
    for meeting, actor, row in (
        study.table("attendance")
        .filter((pl.col("present") == "yes") & pl.col("actor").is_in(own))
        .select("meeting", "actor", "row")
        .iter_rows()
    ):
        seated.setdefault(meeting, []).append((actor, row))
    for row in (
        study.table("meetings").filter((pl.col("body") != "") & (pl.col("date") != "")).iter_rows(named=True)
    ):
        for actor, line in seated.get(row["id"], []):
            tie = held.standing(actor, row["body"], row["date_latest"])
            if tie.high >= TIED:
                for issue in row["issues"]:
                    yield Turn(
                        actor=actor,
                        body=row["body"],
                        issue=issue,
                        first=row["date_earliest"],
                        last=row["date_latest"],
                        source=row["id"],
                        rows=(row["row"], line, *tie.rows[:1]),
                    )


def _told(study: Study, held: Ties, own: frozenset[str]) -> Iterator[Turn]:
    episodes = study.table("episodes").filter(pl.col("act").is_in(RAISING) & (pl.col("date") != ""))
    statements = study.table("statements").filter(pl.col("date") != "")
    told = [(row, row["actors"]) for row in episodes.iter_rows(named=True)]
    told += [(row, [row["actor"]]) for row in statements.iter_rows(named=True)]
    for row, actors in told:
        for actor in own.intersection(actors):
            for body in row["bodies"]:
                tie = held.standing(actor, body, row["date_latest"])
                if tie.high < TIED:
                    continue
                for issue in row["issues"]:
                    yield Turn(
                        actor=actor,
                        body=body,
                        issue=issue,
                        first=row["date_earliest"],
                        last=row["date_latest"],
                        source=row["id"],
                        rows=(row["row"], *tie.rows[:1]),
                    )
