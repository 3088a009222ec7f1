"""How a state stands to a platform on a day: inside it, tied to it, beside it at a common table, or not at all.

What it is: the question that patterns over platforms start from. A platform is a body, or a bloc that takes part in bodies
as an actor; two names of one body, by its lineage, are one platform. The order of the standings is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chaikhana.core.vocabulary import INSIDE_STATUSES
from chaikhana.study.study import Study

NONE, BESIDE, TIED, INSIDE = range(4)
STANDINGS = ("none", "at a common table", "observer, partner or candidate", "inside")
LEFT = ("withdrawn", "suspended")
SAME = ("renamed-to", "formalised-as", "succeeded-by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A spell of a tie, with the bounds of its dates."""

    level: int
    begins: tuple[date, date]
    ends: tuple[date, date]
    row: str

    def holds(self, day: date) -> tuple[bool, bool]:
        """Whether it surely holds on a day, and whether it may."""
        sure = self.begins[1] <= day < self.ends[0]
        return sure, self.begins[0] <= day < self.ends[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How close the tie surely is, how close it may be, and the rows that say so."""

    low: int
    high: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """All ties of a study, by actor and body.

    Attributes
    ----------
    same : mapping
        Body to the platform that it is part of by its lineage.
    """

    spells: Mapping[str, Mapping[str, tuple[Spell, ...]]]
    same: Mapping[str, str]
    bodies: frozenset[str]

    def platform(self, name: str) -> str:
        """The platform that a body or bloc stands for."""
        return self.same.get(name, name)

    def standing(self, actor: str, name: str, day: date) -> Standing:
        """How an actor stands to a body or bloc on a day."""
        own = self.spells.get(actor, {})
        low = high = NONE
        rows: list[str] = []
        for body, spells in own.items():
            if self.platform(body) != self.platform(name):
                continue
            for spell in spells:
                sure, may = spell.holds(day)
                low, high = max(low, spell.level * sure), max(high, spell.level * may)
                rows += [spell.row] if may else []
        if high == NONE:
            for body in sorted(own.keys() & self.spells.get(name, {}).keys()):  # one order, whatever the run
                mine, theirs = self._best(actor, body, day), self._best(name, body, day)
                low = max(low, BESIDE * (mine[0] and theirs[0]))
                if mine[1] and theirs[1]:
                    high = BESIDE
                    rows += [*mine[2], *theirs[2]]
        return Standing(low=low, high=high, rows=tuple(dict.fromkeys(rows)))

    def _best(self, actor: str, body: str, day: date) -> tuple[bool, bool, list[str]]:
        sure = may = False
        rows = []
        for spell in self.spells[actor][body]:
            held = spell.holds(day)
            sure, may = sure or held[0], may or held[1]
            rows += [spell.row] if held[1] else []
        return sure, may, rows


@lru_cache(maxsize=4)
def ties_of(study: Study) -> Ties:
    """The ties of a study, under the reading in force; those that have ended by leaving or suspension do not count."""
    spells: dict[str, dict[str, list[Spell]]] = {}
    for row in study.table("memberships").iter_rows(named=True):
        if row["status"] in LEFT:
            continue
        spells.setdefault(row["actor"], {}).setdefault(row["body"], []).append(
            Spell(
                level=INSIDE if row["status"] in INSIDE_STATUSES else TIED,
                begins=(row["from_earliest"], row["from_latest"]),
                ends=(row["to_earliest"], row["to_latest"]),
                row=row["row"],
            )
        )
    return Ties(
        spells={
            actor: {body: tuple(found) for body, found in held.items()} for actor, held in spells.items()
        },
        same=platforms(study),
        bodies=frozenset(study.table("bodies")["id"]),
    )


@lru_cache(maxsize=64)
def platforms(study: Study) -> Mapping[str, str]:
    """Body to the platform that it is part of by its lineage, where that is another."""
    return _same(study.table("lineage").select("body", "relation", "other").iter_rows())


def _same(lineage: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Body to the last body that it became without merging or splitting."""
    after = {body: other for body, relation, other in lineage if relation in SAME}
    found = {}
    for body in after:
        last, seen = body, {body}
        while after.get(last) and after[last] not in seen:
            last = after[last]
            seen.add(last)
        found[body] = last
    return found
