"""Compatibility: obligations of a state that exclude each other, found by rule and shown with both sides.

Reference: Moldashev & Qoraboyev 2018, the sections on hard institutionalism (a customs union or economic space needs one
customs territory and is exclusive) and on soft regionalism (neutrality against hierarchy; commitments that bar others).
Reads agreements, parties, memberships, design, lineage, episodes. Which titles make a territory, and when an obligation
lapses, is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Literal

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import INSIDE_STATUSES
from chaikhana.study.design import design_on
from chaikhana.study.standing import platforms
from chaikhana.study.study import Study

Since = Literal["signed", "in-force"]
EXCLUSIVE = ("customs union", "economic space")
CUSTOMS, NEUTRALITY, BASES = "two-customs-territories", "neutrality-and-alliance", "outside-base-in-alliance"
NEUTRAL_ACTS = ("recognition", "declaration", "refusal")
HALF = 0.5
REFERENCE = "Moldashev & Qoraboyev 2018"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Something that a state has promised and that others of its kind exclude.

    Attributes
    ----------
    territory : str
        The customs territory, alliance or doctrine: two obligations to the same one do not exclude each other.
    """

    actor: str
    kind: str
    territory: str
    by: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two obligations of one state that exclude each other."""

    actor: str
    kind: str
    first: Obligation
    second: Obligation

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of both sides."""
        return tuple(dict.fromkeys((*self.first.rows, *self.second.rows)))


def obligations(
    study: Study, day: date, since: Since = "signed", of: Sequence[str] = (), *, sure: bool = False
) -> tuple[Obligation, ...]:
    """The customs territories, alliances and doctrines that bind actors on a day.

    Parameters
    ----------
    since : {"signed", "in-force"}
        Whether a treaty binds from its signature by the state, or from its entry into force.
    of : sequence of str
        Whose; by default those of the members of the region.
    sure : bool
        Whether a treaty binds only those who are surely inside its body; by default also those who may be.
    """
    roots = _roots(study, day)
    bound = frozenset(of or study.about.members)
    return (
        *_by_treaty(study, day, since, roots, bound, _inside(study, day, sure=sure)),
        *_by_membership(study, day, roots, bound),
        *_doctrines(study, day, bound),
    )


def conflicts(study: Study, day: date, since: Since = "signed") -> tuple[Conflict, ...]:
    """Obligations that exclude each other: two customs territories; neutrality and an alliance; an alliance and a base."""
    by: dict[str, list[Obligation]] = {}
    for one in obligations(study, day, since):
        by.setdefault(one.actor, []).append(one)
    found = []
    for actor, held in sorted(by.items()):
        territories = {one.territory: one for one in held if one.kind == CUSTOMS}
        found += [
            Conflict(actor=actor, kind=CUSTOMS, first=one, second=other)
            for one, other in combinations(territories.values(), 2)
        ]
        for kind, doctrine in ((NEUTRALITY, "neutrality"), (BASES, "outside base")):
            own = [one for one in held if one.kind == doctrine]
            against = [one for one in held if one.kind == f"against {doctrine}"]
            found += [
                Conflict(actor=actor, kind=kind, first=one, second=other)
                for one in own[:1]
                for other in against
            ]
    return tuple(found)


def compatibility(study: Study, day: date, since: Since = "signed") -> Measured:
    """Obligations of the region's states that exclude each other on a day.

    Returns
    -------
    Measured
        Columns actor, kind, first, second (treaty or body), rows.
    """
    frame = pl.DataFrame(
        [
            {
                "actor": one.actor,
                "kind": one.kind,
                "first": one.first.by,
                "second": one.second.by,
                "rows": list(one.rows),
            }
            for one in conflicts(study, day, since)
        ],
        schema={
            "actor": pl.String,
            "kind": pl.String,
            "first": pl.String,
            "second": pl.String,
            "rows": pl.List(pl.String),
        },
    )
    return Measured(
        name="compatibility",
        title=f"Obligations that exclude each other on {day}",
        definition="Two customs territories at once, by treaty or by membership in a body with a common external "
        "tariff; a doctrine of neutrality beside a collective defence; an outsider's base beside an alliance that excludes it.",
        reference=REFERENCE,
        frame=frame,
        assumptions=(
            f"A treaty makes a customs territory if its title has one of: {', '.join(EXCLUSIVE)} (ours).",
            "It lapses when it has ended, or when the state is inside neither its body nor what that became by name (ours).",
            f"A treaty binds from the day on which it was {since}; later names of a body are the same territory from then on.",
        ),
    )


def _roots(study: Study, day: date) -> dict[str, str]:
    """Body to the one that stands for all that it is connected with by lineage up to the day."""
    parent: dict[str, str] = {}

    def root(body: str) -> str:
        while parent.get(body, body) != body:
            body = parent[body]
        return body

    for row in study.table("lineage").iter_rows(named=True):
        if not row["date"] or row["date_latest"] <= day:
            parent[root(row["body"])] = root(row["other"])
    return {body: root(body) for body in study.table("bodies")["id"]}


def _inside(study: Study, day: date, *, sure: bool) -> set[tuple[str, str]]:
    """Actor and platform of those who are, or unless `sure` may be, inside a living body that goes on under any of its names."""
    became = platforms(study)
    alive = set(study.on("bodies", day).filter(pl.col("holds") != "no")["id"])
    spells = study.on("memberships", day).filter(
        pl.col("holds").is_in(["yes"] if sure else ["yes", "unknown"])
        & pl.col("status").is_in(INSIDE_STATUSES)
        & pl.col("body").is_in(alive)
    )
    return {(actor, became.get(body, body)) for actor, body in spells.select("actor", "body").iter_rows()}


def _by_treaty(
    study: Study,
    day: date,
    since: Since,
    roots: dict[str, str],
    bound: frozenset[str],
    inside: set[tuple[str, str]],
) -> Iterator[Obligation]:
    treaties = {
        row["id"]: row for row in study.table("agreements").iter_rows(named=True) if _is_territory(row)
    }
    became = platforms(study)
    for party in study.table("parties").iter_rows(named=True):
        treaty = treaties.get(party["agreement"])
        if treaty is None or party["actor"] not in bound:
            continue
        begins = _begins(treaty, party, since)
        ended = treaty["ended"] not in ("", "..") and treaty["ended_latest"] <= day
        left = bool(party["withdrew"]) and party["withdrew_latest"] <= day
        body = treaty["under"]
        if (
            begins is None
            or begins > day
            or ended
            or left
            or (body and (party["actor"], became.get(body, body)) not in inside)
        ):
            continue
        yield Obligation(
            actor=party["actor"],
            kind=CUSTOMS,
            territory=roots[body] if body else treaty["id"],
            by=treaty["id"],
            rows=(treaty["row"], party["row"]),
        )


def _is_territory(treaty: dict[str, Any]) -> bool:
    """Whether a treaty promises one customs territory, by its title."""
    title = treaty["title"].lower()
    return (
        treaty["form"] == "treaty" and treaty["binding"] != "no" and any(word in title for word in EXCLUSIVE)
    )


def _begins(treaty: dict[str, Any], party: dict[str, Any], since: Since) -> date | None:
    """The latest day from which the treaty binds the party; none where no date is known."""
    columns = ("signed",) if since == "signed" else ("in_force",)
    for row in (party, treaty):
        for column in columns:
            if row[column]:
                latest: date = row[f"{column}_latest"]
                return latest
    return None


def _by_membership(
    study: Study, day: date, roots: dict[str, str], bound: frozenset[str]
) -> Iterator[Obligation]:
    """Members of bodies with a common external tariff, a collective defence, or a ban on outsiders' bases."""
    stated = design_on(study, day, ("common-external-tariff", "collective-defence", "excludes-outside-bases"))
    yes = stated.filter(pl.col("low") == 1.0)
    held = study.on("memberships", day).filter(
        (pl.col("holds") == "yes")
        & pl.col("status").is_in(INSIDE_STATUSES)
        & pl.col("actor").is_in(list(bound))
    )
    kinds = {
        "common-external-tariff": CUSTOMS,
        "collective-defence": "against neutrality",
        "excludes-outside-bases": "against outside base",
    }
    joined = held.select("actor", "body", own="row").join(yes.select("body", "attribute", "rows"), on="body")
    for row in joined.iter_rows(named=True):
        yield Obligation(
            actor=row["actor"],
            kind=kinds[row["attribute"]],
            territory=roots[row["body"]],
            by=row["body"],
            rows=(row["own"], *row["rows"]),
        )


def _doctrines(study: Study, day: date, bound: frozenset[str]) -> Iterator[Obligation]:
    """Neutrality that was declared or recognised, and bases that an outsider has opened and not closed."""
    acts = study.table("episodes").filter((pl.col("date") != "") & (pl.col("date_latest") <= day))
    for row in acts.iter_rows(named=True):
        named: Iterable[str] = bound & {*row["actors"], *row["target"]}
        if row["act"] in NEUTRAL_ACTS and "neutrality" in row["summary"].lower() and len(set(named)) == 1:
            kind = "neutrality"
        elif row["act"] == "base-opening" and not bound & set(row["actors"]) and _open(row, day):
            named, kind = bound & set(row["target"]), "outside base"
        else:
            continue
        for actor in sorted(named):
            yield Obligation(actor=actor, kind=kind, territory=kind, by=row["id"], rows=(row["row"],))


def _open(row: dict[str, Any], day: date) -> bool:
    ends: date = row["until_latest"]
    return row["until"] in ("", "..") or ends > day
