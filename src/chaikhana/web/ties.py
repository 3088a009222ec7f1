"""Who is in what on any day, at once: the questions that a date slider asks, over arrays that are made once.

What it is: `measures.groups` and `measures.body_overlap` for one study and every day of it. The measures ask a table
anew for each day, in some hundredths of a second; here the spells stand as numbers of days, a day is one comparison, and
overlaps are one product of matrices. The tests hold each answer against the measure's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.core.vocabulary import FORMAL_FORMS, INFORMAL_FORMS, INSIDE_STATUSES, STATUSES
from chaikhana.study.membership import OUTSIDE
from chaikhana.study.study import Study

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Bodies by bodies on a day.

    Attributes
    ----------
    low, high : array, shape (bodies, bodies)
        Members in common, the certain ones alone, and with those in doubt.
    jaccard : array, shape (bodies, bodies)
        Of the certain members; not a number where either body has none.
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    jaccard: NDArray[np.float32]


class _Spells:
    """A table of periods as numbers of days."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.begins, self.surely_begun, self.surely_there, self.ends = (
            frame[name].cast(pl.Int32).to_numpy().astype(np.int64)
            for name in ("from_earliest", "from_latest", "to_earliest", "to_latest")
        )

    def on(self, day: int, last: int) -> tuple[Flags, Flags]:
        """Which hold, or may, on a day, and which surely do; as `study.holds_on`."""
        maybe = (self.begins <= day) & (self.ends > day)
        sure = maybe & (self.surely_begun <= day) & (self.surely_there > day) & (day <= last)
        return maybe, sure


class Ties:
    """The ties of a study, ready for any day.

    Parameters
    ----------
    study : Study
        Under the reading in force.
    """

    def __init__(self, study: Study) -> None:
        self._last = _number(study.about.last_day)
        self._region = set(study.about.members)
        bodies = study.table("bodies").sort("id")
        self.bodies: list[str] = bodies["id"].to_list()
        self._place = {body: place for place, body in enumerate(self.bodies)}
        self._described = bodies.select("id", "name", "form", "issues").to_dicts()
        self._lives = _Spells(bodies)
        held = study.table("memberships").filter(~pl.col("status").is_in(list(OUTSIDE)))
        self._spells = _Spells(held)
        self._actors: list[str] = held["actor"].to_list()
        self._names = sorted(set(self._actors))
        self._rows: list[str] = held["row"].to_list()
        self._statuses: list[str] = held["status"].to_list()
        place = {actor: number for number, actor in enumerate(self._names)}
        self._actor = np.array([place[actor] for actor in self._actors], dtype=np.int64)
        self._body = np.array([self._place[body] for body in held["body"]], dtype=np.int64)
        ranks = {status: rank for rank, status in enumerate(STATUSES)}
        self._rank = np.array([ranks[status] for status in self._statuses], dtype=np.int64)
        self._inside = np.array([status in INSIDE_STATUSES for status in self._statuses], dtype=bool)
        informal = np.array([one["form"] in INFORMAL_FORMS for one in self._described], dtype=bool)
        partner = np.array([status == "partner" for status in self._statuses], dtype=bool)
        self._may_sit = self._inside | partner
        self._sits = self._inside | (partner & informal[self._body]) if len(self._body) else self._inside
        leads = study.table("leads")
        self._leading = _Spells(leads)
        self._leads = leads.select("body", "actor", "row").rows()

    def _of(self, day: int, counted: Flags) -> tuple[Numbers, Flags]:
        """The spells that tie an actor to a body on a day, one of each pair, and whether each surely does."""
        alive, _ = self._lives.on(day, self._last)
        maybe, sure = self._spells.on(day, self._last)
        chosen = (
            np.flatnonzero(maybe & counted & alive[self._body]) if len(self._body) else np.zeros(0, np.int64)
        )
        keys = (self._rank[chosen], ~sure[chosen], self._body[chosen], self._actor[chosen])
        chosen = chosen[np.lexsort(keys)]
        pair = self._actor[chosen] * len(self.bodies) + self._body[chosen]
        chosen = chosen[np.concatenate([[True], pair[1:] != pair[:-1]])] if len(chosen) else chosen
        return chosen, sure[chosen]

    def groups(self, day: date) -> list[dict[str, Any]]:
        """The bodies in which the region takes part, as `measures.groups` has them."""
        number = _number(day)
        chosen, sure = self._of(number, np.ones(len(self._rank), dtype=bool))
        found: dict[int, dict[str, Any]] = {}
        for spell, certain in zip(chosen.tolist(), sure.tolist(), strict=True):
            body = int(self._body[spell])
            one = found.get(body)
            if one is None:
                one = found[body] = {
                    "members": [],
                    "uncertain": [],
                    "looser": [],
                    "outsiders": [],
                    "rows": [],
                }
            actor, inside = self._actors[spell], bool(self._inside[spell])
            if actor in self._region:
                one["members" if inside and certain else "uncertain" if inside else "looser"].append(actor)
            elif inside:
                one["outsiders"].append(actor)
            else:
                continue
            one["rows"].append(self._rows[spell])
        leads, _ = self._leading.on(number, self._last)
        led: dict[str, tuple[list[str], list[str]]] = {}
        for (body, actor, row), holds in zip(self._leads, leads.tolist(), strict=True):
            if holds:
                actors, rows = led.setdefault(body, ([], []))
                actors.append(actor)
                rows.append(row)
        records = []
        for place, one in found.items():
            if not (one["members"] or one["uncertain"] or one["looser"]):
                continue
            told = self._described[place]
            actors, rows = led.get(told["id"], ([], []))
            formal = "formal" if told["form"] in FORMAL_FORMS else "informal"
            records.append(
                {
                    "formal": formal,
                    "form": told["form"],
                    "body": told["id"],
                    "name": told["name"],
                    "leads": sorted(set(actors)),
                    **{name: one[name] for name in ("members", "uncertain", "looser", "outsiders")},
                    "issues": told["issues"],
                    "rows": one["rows"] + rows,
                }
            )
        records.sort(key=lambda one: (one["formal"], one["form"], one["body"]))
        return records

    def overlap(self, day: date) -> Overlap:
        """How bodies share members, as `measures.body_overlap` has it."""
        chosen, sure = self._of(_number(day), self._may_sit)
        sits = self._sits[chosen]
        chosen, sure = chosen[sits], sure[sits]
        every = np.zeros((len(self.bodies), max(len(self._names), 1)), dtype=np.float32)
        certain = every.copy()
        every[self._body[chosen], self._actor[chosen]] = 1
        certain[self._body[chosen[sure]], self._actor[chosen[sure]]] = 1
        low = certain @ certain.T
        size = np.diag(low)
        union = size[:, None] + size[None, :] - low
        known = (size[:, None] > 0) & (size[None, :] > 0)
        jaccard = np.full_like(low, np.nan)
        np.divide(low, union, out=jaccard, where=known & (union > 0))
        return Overlap(low=low, high=every @ every.T, jaccard=jaccard)

    def rows_of(self, day: date, bodies: Sequence[str]) -> list[str]:
        """The rows of those who sit in any of some bodies on a day."""
        wanted = np.isin(self._body, [self._place[body] for body in bodies])
        chosen, _ = self._of(_number(day), self._may_sit & wanted)
        return [self._rows[spell] for spell in chosen[self._sits[chosen]].tolist()]


def _number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()
