"""Everything dated that a study tells, in one order: meetings, agreements, acts, statements, joining and leaving.

What it is: what the explorer asks when it shows what happened around a day, or to whom. A row whose date is known to no
better than a year and a half is not placed around a day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chaikhana.report.names import Names
from chaikhana.study.study import Study

VAGUE = timedelta(days=550)
WINDOW = 182  # days on either side (ours)
WINDOWS = (30, 91, 182, 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    Attributes
    ----------
    when : str
        The date as the study writes it.
    earliest, latest : date
        Between which days it fell.
    """

    when: str
    earliest: date
    latest: date
    kind: str
    what: str
    row: str
    actors: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


def events(study: Study, names: Names) -> tuple[Event, ...]:
    """Every event of a study in the order of the first day on which it can have been."""
    found = [
        *_meetings(study),
        *_agreements(study),
        *_episodes(study),
        *_statements(study),
        *_spells(study, names),
    ]
    return tuple(sorted(found, key=lambda one: (one.earliest, one.latest, one.row)))


def around(every: Sequence[Event], day: date, days: int) -> list[Event]:
    """The events that fell within so many days of a day, as far as their dates tell."""
    first, last = day - timedelta(days=days), day + timedelta(days=days)
    begin = bisect_left(every, first - VAGUE, key=lambda one: one.earliest)
    end = bisect_left(every, last + timedelta(days=1), key=lambda one: one.earliest)
    return [one for one in every[begin:end] if one.latest >= first and one.latest - one.earliest <= VAGUE]


def _meetings(study: Study) -> Iterator[Event]:
    present: dict[str, list[str]] = {}
    for meeting, actor, came in study.table("attendance").select("meeting", "actor", "present").iter_rows():
        if came == "yes":
            present.setdefault(meeting, []).append(actor)
    for row in study.table("meetings").iter_rows(named=True):
        place = f", {row['place']}" if row["place"] and row["place"] not in row["title"] else ""
        yield Event(
            when=row["date"],
            earliest=row["date_earliest"],
            latest=row["date_latest"],
            kind="meeting",
            what=f"{row['title']}{place}",
            row=row["row"],
            actors=tuple(present.get(row["id"], ())),
            bodies=(row["body"],) if row["body"] else (),
        )


def _agreements(study: Study) -> Iterator[Event]:
    parties: dict[str, list[str]] = {}
    for agreement, actor in study.table("parties").select("agreement", "actor").iter_rows():
        parties.setdefault(agreement, []).append(actor)
    for row in study.table("agreements").iter_rows(named=True):
        yield Event(
            when=row["signed"],
            earliest=row["signed_earliest"],
            latest=row["signed_latest"],
            kind="agreement",
            what=row["title"],
            row=row["row"],
            actors=tuple(parties.get(row["id"], ())),
            bodies=(row["under"],) if row["under"] else (),
        )


def _episodes(study: Study) -> Iterator[Event]:
    actors = set(study.table("actors")["id"])
    for row in study.table("episodes").iter_rows(named=True):
        to = [one for one in row["target"] or () if one in actors]
        yield Event(
            when=row["date"],
            earliest=row["date_earliest"],
            latest=row["date_latest"],
            kind=row["act"],
            what=row["summary"],
            row=row["row"],
            actors=tuple(dict.fromkeys([*(row["actors"] or ()), *to])),
            bodies=tuple(row["bodies"] or ()),
        )


def _statements(study: Study) -> Iterator[Event]:
    for row in study.table("statements").iter_rows(named=True):
        who = f"{row['speaker']}: " if row["speaker"] else ""
        yield Event(
            when=row["date"],
            earliest=row["date_earliest"],
            latest=row["date_latest"],
            kind="statement",
            what=f"{who}{row['gist']}",
            row=row["row"],
            actors=(row["actor"],) if row["actor"] else (),
            bodies=tuple(row["bodies"] or ()),
        )


def _spells(study: Study, names: Names) -> Iterator[Event]:
    region = set(study.about.members)
    for row in study.table("memberships").iter_rows(named=True):
        if row["actor"] not in region:
            continue
        told = f"{names.actor(row['actor'])}: {row['status'].replace('-', ' ')} of {names.body(row['body'])}"
        for end, kind in (("from", "begins"), ("to", "ends")):
            if row[end] and row[end] != "..":
                yield Event(
                    when=row[end],
                    earliest=row[f"{end}_earliest"],
                    latest=row[f"{end}_latest"],
                    kind=f"membership {kind}",
                    what=told,
                    row=row["row"],
                    actors=(row["actor"],),
                    bodies=(row["body"],),
                )
