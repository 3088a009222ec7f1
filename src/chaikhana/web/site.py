"""A study as the explorer holds it: its rows by id, what rests on each, its names, and what is kept of it.

What it is: what every page reads. Nothing of it changes while it is served; what takes long is computed beside (`beside`) and
kept (`kept`), and looked up here.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

import polars as pl

from chaikhana.core.evidence import parse_citations
from chaikhana.errors import UnknownNameError
from chaikhana.report.names import Names, names_of
from chaikhana.study.membership import year_ends
from chaikhana.study.schema import BY_NAME, Kind
from chaikhana.study.study import Study
from chaikhana.web.answers import Answers
from chaikhana.web.beside import Beside, BusyError
from chaikhana.web.events import Event, events
from chaikhana.web.kept import Kept
from chaikhana.web.ties import Ties

PERIODS = ("memberships", "bodies", "leads", "design", "actors")
# Values of one kind that are remembered at once; of what fills megabytes, and of what fills little.
REMEMBERED, HEAVY, LIGHT = 64, 24, 600
CLAIMS = "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What a row of the study rests on."""

    keys: tuple[str, ...]
    basis: str


class Site:
    """A study, ready to be shown.

    Parameters
    ----------
    kept : Kept
        Where what was computed of it is kept.
    live : bool
        Whether forms can be answered; not so in an export.
    """

    def __init__(self, study: Study, kept: Kept, *, live: bool = True) -> None:
        self.study = study
        self.kept = kept
        self.live = live
        self.names: Names = names_of(study)
        self._lock = threading.Lock()
        self._remembered: dict[str, OrderedDict[Any, Any]] = {}
        self.beside: Beside | None = None
        self.answers = Answers()
        self.progress: Callable[[], str] = str

    @property
    def first(self) -> date:
        """The first day of which the study speaks."""
        return self.study.about.first_day

    @property
    def last(self) -> date:
        """The last."""
        return self.study.about.last_day

    @cached_property
    def years(self) -> tuple[date, ...]:
        """The last day of each year, on which frameworks are asked."""
        return tuple(year_ends(self.study))

    def year_end(self, day: date) -> date:
        """The last day of the year of a day, or of the study."""
        return min(date(day.year, 12, 31), self.last)

    def ask(self, key: Any, job: str, *given: Any, limit: float) -> tuple[bool, Any]:
        """Have the second process do a job: whether the answer is there yet, and the answer.

        Raises
        ------
        BusyError
            If nothing is computed here, as in an export.
        """
        beside = self.beside
        if beside is None:
            raise BusyError("Nothing is computed here. chaikhana explore STUDY answers such questions.")
        return self.answers.to(key, lambda: beside.ask(job, *given, limit=limit))

    def remembered(self, key: str | tuple[Any, ...], find: Callable[[], Any], most: int = REMEMBERED) -> Any:
        """What `find` finds, from memory where it was found before.

        Parameters
        ----------
        key : str or tuple
            The first part of a tuple names the kind; of each kind the `most` last used are remembered.
        """
        kind = key[0] if isinstance(key, tuple) else key
        with self._lock:
            known = self._remembered.setdefault(kind, OrderedDict())
            if key in known:
                known.move_to_end(key)
                return known[key]
        found = find()
        with self._lock:
            known[key] = found
            while len(known) > most:
                known.popitem(last=False)
        return found

    def looked_up(self, key: str, most: int = HEAVY) -> Any:
        """What is kept under a key, remembered once it is there; None while it is not."""
        kind = f"kept of {most}"
        with self._lock:
            known = self._remembered.setdefault(kind, OrderedDict())
            if (kind, key) in known:
                known.move_to_end((kind, key))
                return known[kind, key]
        found = self.kept.get(key)
        return None if found is None else self.remembered((kind, key), lambda: found, most)

    @cached_property
    def sources(self) -> frozenset[str]:
        """Every source that has a page: those of the bibliography, and the datasets of series."""
        datasets = (one.origin["dataset"].split("; ") for one in self.study.derived.values())
        return frozenset([*self.study.bibliography, *(key for keys in datasets for key in keys)])

    @cached_property
    def ties(self) -> Ties:
        """Who is in what on any day."""
        return Ties(self.study)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Everything dated that the study tells."""
        return events(self.study, self.names)

    @cached_property
    def _turns(self) -> list[date]:
        """The days on which any membership, body, lead or design begins or ends, or may."""
        days: set[date] = set()
        for name in PERIODS:
            frame = self.study.table(name)
            for column in ("from_earliest", "from_latest", "to_earliest", "to_latest"):
                days |= {day for day in frame[column].to_list() if day is not None}
        return sorted(days)

    def settled(self, day: date) -> date:
        """The first day since which nothing of who is in what has changed until `day`; all between have one answer."""
        place = bisect_right(self._turns, day)
        found = self._turns[place - 1] if place else self.first
        return max(found, self.first)

    def actor(self, id: str) -> Mapping[str, Any]:
        """The row of an actor.

        Raises
        ------
        UnknownNameError
        """
        return self._one("actors", "actor", id)

    def body(self, id: str) -> Mapping[str, Any]:
        """The row of a body.

        Raises
        ------
        UnknownNameError
        """
        return self._one("bodies", "body", id)

    def _one(self, table: str, kind: str, id: str) -> Mapping[str, Any]:
        known = self._by_id(table)
        if id not in known:
            raise UnknownNameError(kind, id, known)
        found: Mapping[str, Any] = known[id]
        return found

    def _by_id(self, table: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.remembered(
            ("by-id", table),
            lambda: {row["id"]: row for row in self.study.table(table).iter_rows(named=True)},
        )
        return found

    def row(self, id: str) -> Mapping[str, Any]:
        """A row of the study by ``table:line``.

        Raises
        ------
        UnknownNameError
            If there is no such table, or no such row in it.
        """
        if id in self._at:
            table, place = self._at[id]
            return self.study.frames[table].row(place, named=True)
        table = id.partition(":")[0]
        if table not in self.study.frames:
            raise UnknownNameError("table", table, self.study.frames)
        rows = self.study.frames[table]["row"]
        raise UnknownNameError(f"row of {table}", id, rows.head(1).to_list() + rows.tail(1).to_list())

    @cached_property
    def _at(self) -> dict[str, tuple[str, int]]:
        """Row to its table and its place there."""
        return {
            row: (name, place)
            for name, frame in self.study.frames.items()
            for place, row in enumerate(frame["row"].to_list())
        }

    @cached_property
    def footings(self) -> dict[str, Footing]:
        """What each row of the study cites, and how far it can be trusted."""
        keys: dict[str, tuple[str, ...]] = {}
        found: dict[str, Footing] = {}
        for frame in self.study.frames.values():
            for row, cite, basis in frame.select("row", "cite", "basis").iter_rows():
                if cite not in keys:
                    keys[cite] = tuple(dict.fromkeys(one.key for one in parse_citations(cite)))
                found[row] = Footing(keys=keys[cite], basis=basis)
        return found

    def sources_of(self, rows: Iterable[str]) -> tuple[dict[str, int], list[str]]:
        """The sources that rows cite, each with how many of them, the most cited first; and the rows that are unverified."""
        every = list(rows)
        known = self.footings
        counted = Counter(
            chain.from_iterable(known[row].keys if row in known else self._datasets(row) for row in every)
        )
        unverified = [row for row in every if row in known and known[row].basis == "unverified"]
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))), unverified

    def _datasets(self, row: str) -> Sequence[str]:
        """The datasets behind a value of a series."""
        series = self.study.derived.get(series_of(row))
        return series.origin["dataset"].split("; ") if series else ()

    @cached_property
    def pointing(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Table and id to the rows that name it, each with the column that does."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for name, frame in self.study.frames.items():
            for column in BY_NAME[name].all_columns:
                if column.kind not in (Kind.LINK, Kind.LINKS):
                    continue
                for row, value in frame.select("row", column.name).iter_rows():
                    for one in value if isinstance(value, list) else [value]:
                        if one:
                            for table in column.to:
                                found.setdefault((table, one), []).append((row, column.name))
        return found

    @cached_property
    def disputes(self) -> dict[str, dict[str, list[str]]]:
        """Each dispute: side to rows, the preferred one first."""
        found: dict[str, dict[str, list[str]]] = {}
        preferred: dict[str, str] = {}
        for frame in self.study.frames.values():
            some = frame.filter(pl.col("rival") != "").select("rival", "side", "row", "prefer")
            for slug, side, row, prefer in some.iter_rows():
                found.setdefault(slug, {}).setdefault(side, []).append(row)
                if prefer == "yes":
                    preferred[slug] = side
        return {
            slug: dict(sorted(sides.items(), key=lambda item: item[0] != preferred.get(slug)))
            for slug, sides in found.items()
        }


def series_of(row: str) -> str:
    """The series that a row of a derived value belongs to: ``derived:name``, or ``derived/name:line``."""
    head, _, rest = row.partition(":")
    return rest if head == "derived" else head.removeprefix("derived/")
