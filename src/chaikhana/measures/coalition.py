"""Bodies as coalitions: the threat that they posit, the line that their members hold with the lead, and whom they gain and lose.

Reference: Talka 2018, sections 2.3.1, 2.4 and 6.7.2: institutions founded against a common threat, and the capacity of hegemons
to attract and to bind. Reads design, codings, leads, memberships, episodes and the series of votes on roll calls of interest.
That members vote with a lead does not say that they do so for its sake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import FULL_STATUSES
from chaikhana.study.codings import codings_on
from chaikhana.study.design import design_on
from chaikhana.study.study import Study

FRAMEWORK = "institutional-lenses"
THREATS = ("realist-posited-threat", "realist-external-threat-posited")
DEFENCE = "collective-defence"
WITH, AWAY = ("support", "recognition"), ("refusal", "abstention", "criticism", "non-recognition", "protest")
GONE = ("withdrawn", "suspended")
VOTES = ("yes", "no", "abstain")
Rows = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A member's stand on something that a lead of its body cared for.

    Attributes
    ----------
    age : float
        How many years before the day.
    source : {"votes", "acts"}
        A vote in the General Assembly, or an act of its own.
    alike : {"with", "apart", "against"}
        The same vote; an abstention where the other voted; the opposite.
    """

    age: float
    source: str
    member: str
    alike: str
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """What is known of a body as a coalition.

    Attributes
    ----------
    defends : Truth
        Whether its design says collective defence.
    threats : tuple of (value, row)
        Which threats coders see it posit.
    joined, left : tuple of (years before the day, row)
        Full members that came in after the founding, and that went or were suspended.
    """

    leads: tuple[str, ...]
    members: tuple[str, ...]
    defends: Truth
    design_rows: Rows
    threats: tuple[tuple[str, str], ...]
    stands: tuple[Stand, ...]
    joined: tuple[tuple[float, str], ...]
    left: tuple[tuple[float, str], ...]


def coalitions(study: Study, on: date, bodies: Sequence[str]) -> dict[str, Coalition]:
    """Each of the bodies on a day, those that do not stand left out."""
    held = study.on("memberships", on).filter(pl.col("holds") != "no")
    full = held.filter(pl.col("status").is_in(FULL_STATUSES))
    leads = study.on("leads", on).filter(pl.col("holds") != "no")
    design = {row["body"]: row for row in design_on(study, on, [DEFENCE]).iter_rows(named=True)}
    coded = codings_on(study, FRAMEWORK, on, codes=THREATS)
    acts = study.table("episodes").filter((pl.col("date") != "") & (pl.col("date_latest") <= on))
    found = {}
    for body in bodies:
        stated = design.get(body)
        if stated is None:
            continue
        lead = tuple(dict.fromkeys(leads.filter(pl.col("body") == body)["actor"]))
        inside = full.filter(pl.col("body") == body)["actor"]
        members = tuple(one for one in study.about.members if one in set(inside) and one not in lead)
        found[body] = Coalition(
            leads=lead,
            members=members,
            defends=_truth(stated["low"], stated["high"]),
            design_rows=tuple(stated["rows"]),
            threats=tuple(
                coded.filter(pl.col("unit") == f"bodies:{body}").select("value", "row").iter_rows()
            ),
            stands=(*_votes(study, on, lead, members), *_acts(acts, on, body, lead, study.about.members)),
            joined=_moves(study, on, body, joining=True),
            left=_moves(study, on, body, joining=False),
        )
    return found


def _truth(low: float | None, high: float | None) -> Truth:
    if low is None or high is None:
        return Truth.NO
    return Truth.YES if low == 1 else Truth.NO if high == 0 else Truth.UNKNOWN


def _votes(study: Study, on: date, leads: Sequence[str], members: Sequence[str]) -> list[Stand]:
    """How members voted beside the leads on roll calls of interest, while they were members."""
    series = study.derived.get("votes")
    if series is None or not leads or not members:
        return []
    cast: dict[tuple[str, str], dict[str, str]] = {}
    for resolution, day, actor, vote in series.frame.select(
        "resolution", "date", "actor", "vote"
    ).iter_rows():
        cast.setdefault((resolution, str(day)), {})[actor] = vote
    found = []
    for (_, day), votes in cast.items():
        age = (on - date.fromisoformat(day)).days / 365.25
        theirs = {votes[lead] for lead in leads if votes.get(lead) in VOTES}
        if age < 0 or len(theirs) != 1:  # leads that differ hold no line
            continue
        (theirs_one,) = theirs
        found += [
            Stand(age=age, source="votes", member=member, alike=_alike(votes[member], theirs_one), row="")
            for member in members
            if votes.get(member) in VOTES
        ]
    return found


def _alike(vote: str, theirs: str) -> str:
    if vote == theirs:
        return "with"
    return "apart" if "abstain" in (vote, theirs) else "against"


def _acts(acts: pl.DataFrame, on: date, body: str, leads: Sequence[str], ours: Sequence[str]) -> list[Stand]:
    """Support given to a lead, or withheld, by members of the region in or beside the body."""
    kept = acts.filter(pl.col("act").is_in([*WITH, *AWAY]) & pl.col("bodies").list.contains(body))
    found = []
    for row in kept.iter_rows(named=True):
        if not {*row["target"], *row["bodies"]} & {*leads, body} or not ({*leads, body} & set(row["target"])):
            continue
        found += [
            Stand(
                age=(on - row["date_latest"]).days / 365.25,
                source="acts",
                member=member,
                alike="with" if row["act"] in WITH else "apart" if row["act"] == "abstention" else "against",
                row=row["row"],
            )
            for member in ours
            if member in row["actors"]
        ]
    return found


def _moves(study: Study, on: date, body: str, *, joining: bool) -> tuple[tuple[float, str], ...]:
    """Full members that came after the founding, or members that went or were suspended, up to a day; each by its first row."""
    founded = study.table("bodies").filter(pl.col("id") == body)["from_latest"].to_list()
    spells = study.table("memberships").filter((pl.col("body") == body) & (pl.col("from") != ""))
    wanted = FULL_STATUSES if joining else GONE
    kept = spells.filter(pl.col("status").is_in(wanted) & (pl.col("from_latest") <= on)).sort("from_latest")
    first: dict[str, tuple[date, str]] = {}
    for actor, begins, row in kept.select("actor", "from_latest", "row").iter_rows():
        first.setdefault(actor, (begins, row))
    return tuple(
        ((on - begins).days / 365.25, row)
        for begins, row in first.values()
        if not joining or not founded or begins > founded[0]
    )
