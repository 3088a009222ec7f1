"""Rules of time: the order of dates, spells that contradict, rows outside the life of what they speak of.

What it is: one function a rule, each from the tables to its faults. A rule speaks only where the contradiction is
certain: dates known to the year that may be in order are taken to be in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import combinations

from chaikhana.core.dates import OPEN, SOME_TIME, Period
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import COMPATIBLE_STATUSES
from chaikhana.errors import Fault
from chaikhana.study.about import About
from chaikhana.study.reading import RawTable, Row
from chaikhana.study.rows import Tables, at, moment, period, preferred

BEFORE_FOUNDING = ("candidate", "signatory")


def ends_before_starts(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """Nothing ends before it starts, is in force before it is signed, or lasts until a day before its first."""
    pairs = (
        ("from", "to"),
        ("signed", "in_force"),
        ("signed", "ended"),
        ("in_force", "ended"),
        ("date", "until"),
        ("signed", "ratified"),
        ("signed", "withdrew"),
    )
    for raw in tables.values():
        for first, second in pairs:
            if first in raw.header and second in raw.header:
                for row in raw.rows:
                    start, end = moment(row[first]), moment(row[second])
                    half_open = second in ("to", "until")
                    same = half_open and start.exact and end.exact and start.earliest == end.earliest
                    if row[first] != OPEN and (end.latest < start.earliest or same):
                        yield at(
                            raw,
                            row,
                            "end-before-start",
                            f"‘{second}’ {row[second]} comes {'with' if same else 'before'} ‘{first}’ "
                            f"{row[first]}.",
                            "Put the two dates in order."
                            if not same
                            else f"A period is half open: its ‘{second}’ is the first day on which it no longer holds.",
                            column=second,
                        )


def after_the_study(tables: Tables, about: About | None) -> Iterator[Fault]:
    """Nothing is dated after the last day that the study speaks of."""
    if about is None:
        return
    for raw in tables.values():
        columns = [
            c
            for c in ("from", "to", "date", "until", "signed", "in_force", "ended", "ratified", "withdrew")
            if c in raw.header
        ]
        for row in raw.rows:
            for column in columns:
                # the end of a half-open period may be the day after the study's last
                latest = about.last_day + timedelta(days=column in ("to", "until", "ended"))
                if row[column] != ".." and moment(row[column]).earliest > latest:
                    yield at(
                        raw,
                        row,
                        "after-the-study",
                        f"lies after the study's last day, {about.last_day}.",
                        "Correct it, or move ‘ends’ in study.toml.",
                        column=column,
                        value=row[column],
                    )


def contradicting_spells(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """On one day an actor does not hold two statuses in a body that exclude each other."""
    raw = tables.get("memberships")
    for spells in _grouped(raw, "actor", "body").values() if raw else ():
        for (one, first), (other, second) in combinations(spells, 2):
            pair = frozenset((one["status"], other["status"]))
            if raw and pair not in COMPATIBLE_STATUSES and first.meets(second) is Truth.YES:
                yield at(
                    raw,
                    other,
                    "contradicting-spells",
                    f"{other['actor']} is {other['status']} of {other['body']} while row {one.line} has it "
                    f"as "
                    f"{one['status']}.",
                    "End one before the other begins, or mark them as rivals.",
                    column="from",
                    value=other["from"],
                )


def outside_the_body(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """No spell, lead or attribute lies wholly outside the life of its body."""
    lives = _lives(tables, "bodies")
    for name in ("memberships", "leads", "design"):
        if raw := tables.get(name):
            yield from _outside(
                raw, "body", lives, rule=f"{name}-before-body" if name != "memberships" else ""
            )


def before_the_actor(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """No state is in a body before the state exists."""
    lives = _lives(tables, "actors")
    for name in ("memberships", "leads"):
        if raw := tables.get(name):
            yield from _outside(raw, "actor", lives)


def meeting_outside_body(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """A body does not meet before it exists, nor after it has ended."""
    raw = tables.get("meetings")
    lives = _lives(tables, "bodies")
    for row in preferred(raw) if raw else ():
        life = lives.get(row["body"])
        if raw and life and moment(row["date"]).latest < life.start.earliest:
            yield at(
                raw,
                row,
                "meeting-before-body",
                f"{row['body']} met before it began, {life.start}.",
                "Correct a date, or name the earlier body.",
                column="date",
                value=row["date"],
            )
        elif raw and life and row["date"] and moment(row["date"]).earliest > life.end.latest:
            yield at(
                raw,
                row,
                "meeting-after-body",
                f"{row['body']} met after it ended, {life.end}.",
                "Correct a date, or name the later body.",
                column="date",
                value=row["date"],
            )


def signed_before_opened(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """A party does not sign an agreement before it was opened."""
    if "agreements" not in tables or "parties" not in tables:
        return
    opened = {row["id"]: moment(row["signed"]) for row in preferred(tables["agreements"])}
    raw = tables["parties"]
    for row in preferred(raw):
        start = opened.get(row["agreement"], SOME_TIME)
        if row["signed"] and moment(row["signed"]).latest < start.earliest:
            yield at(
                raw,
                row,
                "signed-before-opened",
                f"comes before {row['agreement']} was signed, {start}.",
                "Correct one of the dates.",
                column="signed",
                value=row["signed"],
            )


def _outside(raw: RawTable, column: str, lives: Mapping[str, Period], rule: str = "") -> Iterator[Fault]:
    for row in preferred(raw):
        life, spell = lives.get(row[column]), period(row)
        if life is None or spell.start is SOME_TIME or row["from"] == OPEN:
            continue
        early = row["status"] in BEFORE_FOUNDING and column == "body"
        if spell.start.latest < life.start.earliest and not early:
            yield at(
                raw,
                row,
                rule or f"membership-before-{column}",
                f"begins {spell.start}, before {row[column]} does, {life.start}.",
                "Correct a date, or name the earlier body." if column == "body" else "Correct a date.",
                column="from",
                value=row["from"],
            )
        elif spell.start.earliest >= life.end.latest and row["status"] != "withdrawn":
            yield at(
                raw,
                row,
                f"after-the-{column}",
                f"begins {spell.start}, after {row[column]} ended, {life.end}.",
                "Correct a date, or name the later body." if column == "body" else "Correct a date.",
                column="from",
                value=row["from"],
            )


def _lives(tables: Tables, name: str) -> dict[str, Period]:
    return {row["id"]: period(row) for row in preferred(tables[name])} if name in tables else {}


def _grouped(raw: RawTable, *columns: str) -> dict[tuple[str, ...], list[tuple[Row, Period]]]:
    groups: dict[tuple[str, ...], list[tuple[Row, Period]]] = defaultdict(list)
    for row in preferred(raw):
        groups[tuple(row[column] for column in columns)].append((row, period(row)))
    return groups
