"""Which formats of an initiative could work: every set of the region's states, with and without outsiders, by how little stands
in the way.

Reference: Moldashev & Qoraboyev 2018, the section on soft regionalism, paragraph 8 (all five where they agree; all
but some where one abstains; a start with two that stays open; with outsiders). Reads `obstacles` and `precedents`. There is no
score: formats are put in order by what stands in their way, the weightiest kind first (ours), then by how many of the region's
states take part, and everything that was counted is handed out with its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import polars as pl

from chaikhana.errors import ScenarioError
from chaikhana.scenario.initiative import DEPTHS, FORCE, TARIFF, Initiative
from chaikhana.scenario.obstacles import BARS, DOCTRINE, FOR, FREE_TRADE, PAPER, WEIGHED, Obstacle, obstacles
from chaikhana.scenario.precedents import Precedent, candidates, nearest
from chaikhana.study.study import Study

MOST_MEMBERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A set of participants and what stands in its way.

    Attributes
    ----------
    name : str
        ``CA-4+1``: how many of the region, and how many outsiders.
    without : tuple of str
        The region's states that are not in it.
    in_the_way : tuple of Obstacle
        Everything of the kinds that are weighed.
    speaks_for : tuple of Obstacle
        Acts for the like of it.
    said : tuple of Obstacle
        Statements on the issue, for or against.
    shared : tuple of str
        Customs territories and alliances to which all of its participants belong: what it asks for they have.
    could_join : tuple of str
        If it is open: the region's others whom nothing bars and no doctrine holds back.
    vote : float or None
        Mean share of votes in which its pairs voted alike, in the last session of the General Assembly before the day.
    """

    name: str
    members: tuple[str, ...]
    outsiders: tuple[str, ...]
    without: tuple[str, ...]
    in_the_way: tuple[Obstacle, ...]
    speaks_for: tuple[Obstacle, ...]
    said: tuple[Obstacle, ...]
    shared: tuple[str, ...]
    could_join: tuple[str, ...]
    vote: float | None

    @property
    def counts(self) -> dict[str, int]:
        """How many things of each kind stand in the way; another source's reading counts among what is not known."""
        counted = Counter("unknown" if one.source else one.kind for one in self.in_the_way)
        return {kind: counted[kind] for kind in WEIGHED}

    @property
    def order(self) -> tuple[object, ...]:
        """What it is put in order by."""
        return (*self.counts.values(), -len(self.members), len(self.outsiders), self.members, self.outsiders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The formats of an initiative, those with least in the way first.

    Attributes
    ----------
    by_depth : mapping
        For each state of the region and each depth, what weighs most against its taking part; empty where nothing does.
    """

    asked: Initiative
    formats: tuple[Format, ...]
    by_depth: Mapping[str, Mapping[str, str]]
    precedents: Mapping[tuple[str, ...], tuple[Precedent, ...]]
    assumptions: tuple[str, ...]


def formats(study: Study, asked: Initiative) -> Answered:
    """Try an initiative in every format.

    Raises
    ------
    ScenarioError
        If the region has too many states for all their sets to be tried.
    """
    about = study.about
    if len(about.members) > MOST_MEMBERS:
        raise ScenarioError(
            f"{about.region} has {len(about.members)} states: all sets of more than {MOST_MEMBERS} are not tried."
        )
    outsiders = asked.invited or tuple(dict.fromkeys((*about.powers, *about.others)))
    if asked.lead and asked.lead not in (*about.members, *outsiders):
        outsiders = (*outsiders, asked.lead)
    held = obstacles(study, asked, (*about.members, *outsiders))
    votes = _votes(study, asked.on)
    free = _free(held, about.members)
    found = [
        _format(study, asked, members, with_, held, votes, free)
        for members in _sets(about.members, asked.lead)
        for with_ in _companies(asked, outsiders)
        if not (asked.lead and asked.lead not in (*members, *with_))
    ]
    found.sort(key=lambda one: one.order)
    past = candidates(study, asked.on)
    return Answered(
        asked=asked,
        formats=tuple(found),
        by_depth=_by_depth(study, asked),
        precedents={
            (*one.members, *one.outsiders): nearest(past, asked, frozenset((*one.members, *one.outsiders)))
            for one in found
        },
        assumptions=assumptions(),
    )


def _sets(members: Sequence[str], lead: str) -> Iterator[tuple[str, ...]]:
    """Every set of two of the region's states or more."""
    for size in range(2, len(members) + 1):
        yield from (chosen for chosen in combinations(members, size) if lead not in members or lead in chosen)


def _companies(asked: Initiative, outsiders: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """With no outsider, with each, and with all who are invited."""
    yield ()
    yield from ((one,) for one in outsiders)
    if len(asked.invited) > 1:
        yield asked.invited


def _format(
    study: Study,
    asked: Initiative,
    members: tuple[str, ...],
    with_: tuple[str, ...],
    held: Mapping[str, tuple[Obstacle, ...]],
    votes: Mapping[frozenset[str], float],
    free: frozenset[str],
) -> Format:
    actors = (*members, *with_)
    every = [one for actor in actors for one in held[actor]]
    shared = _shared(every, actors)
    have_it = asked.depth == TARIFF and bool(shared)
    every = [one for one in every if not one.territory or not (have_it or one.territory in shared)]
    if asked.depth == FORCE and not with_:
        every = [one for one in every if not one.territory.startswith("against outside base")]
    without = tuple(actor for actor in study.about.members if actor not in members)
    known = [votes[pair] for pair in map(frozenset, combinations(actors, 2)) if pair in votes]
    return Format(
        name=f"{study.about.short}-{len(members)}" + (f"+{len(with_)}" if with_ else ""),
        members=members,
        outsiders=with_,
        without=without,
        in_the_way=tuple(one for one in every if one.kind in WEIGHED),
        speaks_for=tuple(one for one in every if one.kind == FOR),
        said=tuple(one for one in every if one.kind == "said"),
        shared=tuple(sorted(shared)),
        could_join=tuple(actor for actor in without if actor in free) if asked.open else (),
        vote=sum(known) / len(known) if known else None,
    )


def _shared(every: Sequence[Obstacle], actors: Sequence[str]) -> set[str]:
    """Territories and alliances to which every participant is bound: among them nothing has to be broken."""
    bound: dict[tuple[str, str], set[str]] = {}
    for one in every:
        if one.territory and not one.source and not one.territory.startswith(FREE_TRADE):
            bound.setdefault((one.kind, one.territory), set()).add(one.actor)
    return {territory for (_, territory), who in bound.items() if who == set(actors)}


def _free(held: Mapping[str, tuple[Obstacle, ...]], members: Sequence[str]) -> frozenset[str]:
    """The region's states whom nothing in force bars and no doctrine holds back."""
    return frozenset(
        actor
        for actor in members
        if not any(one.kind in (BARS, DOCTRINE) and not one.source for one in held[actor])
    )


def _by_depth(study: Study, asked: Initiative) -> dict[str, dict[str, str]]:
    members = study.about.members
    found: dict[str, dict[str, str]] = {actor: {} for actor in members}
    for depth in DEPTHS:
        held = obstacles(study, replace(asked, depth=depth), members, others=False)
        for actor in members:
            kinds = {
                one.kind for one in held[actor] if not one.source and one.kind in (BARS, DOCTRINE, PAPER)
            }
            found[actor][depth] = next((kind for kind in WEIGHED if kind in kinds), "")
    return found


def _votes(study: Study, day: date) -> dict[frozenset[str], float]:
    """How alike pairs voted in the last session that began before the day; empty where the study carries no votes."""
    if "vote_agreement" not in study.derived:
        return {}
    frame = study.derived["vote_agreement"].frame
    last = frame.filter(pl.col("session") <= day.year - 1945)["session"].max()
    rows = frame.filter(pl.col("session") == last).select("actor_1", "actor_2", "share")
    return {frozenset((one, other)): share for one, other, share in rows.iter_rows() if share is not None}


def assumptions() -> tuple[str, ...]:
    """What no paper gives and is settled here."""
    return (
        f"The scale of depth: {', '.join(DEPTHS)}. From binding decisions on it is a hierarchy, against neutrality.",
        f"In the way, the weightiest first: {'; '.join(f'{kind} ({says})' for kind, says in WEIGHED.items())}.",
        "Formats with as little in the way: those of more of the region's states first, then those with fewer outsiders.",
        "A body with a common external tariff bars another; a treaty that promised a customs territory and was not carried out, "
        "and free trade with those who are not asked, must be renegotiated. What all participants share stands in nobody's way.",
        "Acts count on the initiative's issue alone. Another source's reading of membership, treaty or design is told as that "
        "source's, and counts among what is not known.",
        "Precedents: bodies and agreements by the mean of their distances in participants, depth and issue.",
    )
