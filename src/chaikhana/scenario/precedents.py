"""Precedents of an initiative: what was like it, nearest first, and what became of it.

What it is: bodies and agreements up to a day, each with its issues, its depth on the scale of `initiative` and those who took
part. Three distances are kept apart and shown: participants (one less the Jaccard index), depth (steps of the scale), issue
(the same or not). Their order by the mean of the three, each from 0 to 1, is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from chaikhana.core.vocabulary import FORMAL_FORMS
from chaikhana.scenario.initiative import DEPTHS, FORCE, TARIFF, Initiative
from chaikhana.study.membership import at_the_table
from chaikhana.study.study import Study

STEPS = tuple(DEPTHS)
BY_ATTRIBUTE = (
    (FORCE, "shared-forces"),
    (TARIFF, "common-external-tariff"),
    ("binding-decisions", "binding-decisions"),
    ("secretariat", "secretariat"),
)
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A body or agreement of the past."""

    id: str
    name: str
    kind: str
    began: str
    depth: str
    issues: frozenset[str]
    actors: frozenset[str]
    became: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """A candidate and how near it is to an initiative in a format.

    Attributes
    ----------
    participants : float
        One less the share of those who are in both among those who are in either.
    depth : int
        How many steps of the scale lie between.
    same_issue : bool
    """

    candidate: Candidate
    participants: float
    depth: int
    same_issue: bool

    @property
    def distance(self) -> float:
        """The mean of the three distances, from 0 to 1."""
        return (self.participants + self.depth / (len(STEPS) - 1) + (not self.same_issue)) / 3


def nearest(
    candidates: Sequence[Candidate], asked: Initiative, actors: frozenset[str], shown: int = SHOWN
) -> tuple[Precedent, ...]:
    """The nearest precedents of an initiative among some participants; those that share fewer than two of them are none."""
    place = STEPS.index(asked.depth)
    found = [
        Precedent(
            candidate=one,
            participants=1 - len(one.actors & actors) / len(one.actors | actors),
            depth=abs(STEPS.index(one.depth) - place),
            same_issue=asked.issue in one.issues,
        )
        for one in candidates
        if len(one.actors & actors) > 1
    ]
    return tuple(sorted(found, key=lambda one: (one.distance, one.candidate.began, one.candidate.id))[:shown])


@lru_cache(maxsize=8)
def candidates(study: Study, day: date) -> tuple[Candidate, ...]:
    """Every body and agreement that had begun by a day."""
    return (*_bodies(study, day), *_agreements(study, day))


def _bodies(study: Study, day: date) -> list[Candidate]:
    rows = study.table("bodies").filter(pl.col("from_earliest") <= day)
    held = study.table("memberships").filter(pl.col("from_earliest") <= day)
    actors = _by_body(held.join(rows.select(body="id", form="form"), on="body").filter(at_the_table()))
    left = _by_body(held.filter(pl.col("status") == "withdrawn"))
    stated = study.table("design").filter((pl.col("value") == "yes") & (pl.col("from_earliest") <= day))
    has: dict[str, dict[str, str]] = {}
    for body, attribute, row in stated.select("body", "attribute", "row").iter_rows():
        has.setdefault(body, {})[attribute] = row
    met = dict(
        study.table("meetings").filter(pl.col("date_earliest") <= day).group_by("body").len().iter_rows()
    )
    later = _later(study, day)
    found = []
    for row in rows.iter_rows(named=True):
        body = row["id"]
        deep = [(step, has[body][name]) for step, name in BY_ATTRIBUTE if name in has.get(body, {})]
        depth = deep[0][0] if deep else "treaty" if row["form"] in FORMAL_FORMS else "dialogue"
        ended = row["to"] not in ("", "..") and row["to_latest"] <= day
        became = [
            f"ended {row['to']}"
            if ended
            else "goes on"
            if row["to"] == ".." or row["to_earliest"] > day
            else "its end is not known"
        ]
        became += [later[body]] if body in later else []
        became += [f"left by {', '.join(left[body]).upper()}"] if body in left else []
        became += (
            [f"{met[body]} {'meeting' if met[body] == 1 else 'meetings'} in the study"] if body in met else []
        )
        found.append(
            Candidate(
                id=body,
                name=row["name"],
                kind="body",
                began=row["from"] or "undated",
                depth=depth,
                issues=frozenset(row["issues"]),
                actors=frozenset(actors.get(body, ())),
                became="; ".join(became),
                rows=(row["row"], *(row for _, row in deep[:1])),
            )
        )
    return found


def _by_body(held: pl.DataFrame) -> dict[str, list[str]]:
    return dict(held.group_by("body").agg(pl.col("actor").unique().sort()).iter_rows())


def _later(study: Study, day: date) -> Mapping[str, str]:
    """What each body became by a day."""
    lines = study.table("lineage").filter((pl.col("date") == "") | (pl.col("date_latest") <= day))
    found: dict[str, list[str]] = {}
    for body, relation, other in lines.select("body", "relation", "other").iter_rows():
        found.setdefault(body, []).append(f"{relation.replace('-', ' ')} {other}")
    return {body: ", ".join(dict.fromkeys(parts)) for body, parts in found.items()}


def _agreements(study: Study, day: date) -> list[Candidate]:
    rows = study.table("agreements").filter((pl.col("signed") == "") | (pl.col("signed_earliest") <= day))
    parties: dict[str, set[str]] = {}
    ratified: dict[str, set[str]] = {}
    for party in study.table("parties").iter_rows(named=True):
        parties.setdefault(party["agreement"], set()).add(party["actor"])
        if party["ratified"] or party["in_force"]:
            ratified.setdefault(party["agreement"], set()).add(party["actor"])
    found = []
    for row in rows.iter_rows(named=True):
        name = row["id"]
        who = frozenset(parties.get(name, ()))
        if row["ended"] not in ("", "..") and row["ended_latest"] <= day:
            became = f"ended {row['ended']}"
        elif row["in_force"] and row["in_force_earliest"] <= day:
            became = f"in force since {row['in_force']}"
        else:
            became = "entry into force is not in the study" if row["form"] == "treaty" else "signed"
        if row["form"] == "treaty":
            known = len(ratified.get(name, ()))
            became += (
                f"; ratified by {known} of {len(who)}" if known else "; ratifications are not in the study"
            )
        found.append(
            Candidate(
                id=name,
                name=row["title"],
                kind="agreement",
                began=row["signed"] or "undated",
                depth="treaty" if row["form"] == "treaty" and row["binding"] != "no" else "declaration",
                issues=frozenset(row["issues"]),
                actors=who,
                became=became,
                rows=(row["row"],),
            )
        )
    return found
