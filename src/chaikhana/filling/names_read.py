"""Names in the cells of a spreadsheet, found again as ids of the study.

What it is: a lookup of everything by which a row with an id is known (its id, name, acronym, codes, former names; for states
every spelling of the project's own table). What is known is certain; what is only alike is a guess; what could be two is a
fault that names both. Ours: likeness is that of Python's difflib, at least `LIKE`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from chaikhana.sources.states import state_names, states
from chaikhana.study.cells import split_list
from chaikhana.study.reading import RawTable

LIKE = 0.8
_KNOWN_BY = ("id", "name", "title", "acronym", "iso3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a name stands for: one id, certain or not; several, or none."""

    ids: tuple[str, ...]
    certain: bool


class Names:
    """Names of the rows of some tables, to their ids.

    Parameters
    ----------
    tables : iterable of RawTable
        Those that define ids: of the study, then of what is brought in.
    """

    def __init__(self, tables: Iterable[RawTable]) -> None:
        self._known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._merged: dict[tuple[str, ...], Mapping[str, set[str]]] = {}
        self._ids: dict[str, set[str]] = defaultdict(set)
        for raw in tables:
            for row in raw.rows:
                if not row["id"]:
                    continue
                self._ids[raw.table.name].add(row["id"])
                for column in _KNOWN_BY:
                    self._add(raw.table.name, row[column], row["id"])
                for name in split_list(row["former_names"]):
                    self._add(raw.table.name, name, row["id"])
        actors = {name for ids in self._known["actors"].values() for name in ids}
        for spelling, state in _spellings():
            if state in actors:
                self._add("actors", spelling, state)

    def find(self, text: str, tables: Iterable[str]) -> Found:
        """The ids, in some tables, of what a text names."""
        tables = tuple(tables)
        if any(text in self._ids[table] for table in tables):
            return Found(ids=(text,), certain=True)
        if tables not in self._merged:
            self._merged[tables] = _merged(self._known[table] for table in tables)
        wanted, names = _key(text), self._merged[tables]
        if wanted in names:
            return Found(ids=tuple(sorted(names[wanted])), certain=len(names[wanted]) == 1)
        begun = {one for name, ids in names.items() if name.startswith(f"{wanted} ") for one in ids}
        if len(begun) > 1 and len(wanted) > 3:
            return Found(ids=tuple(sorted(begun)), certain=False)
        near = get_close_matches(wanted, names, n=3, cutoff=LIKE)
        alike = {one for name in near[:1] for one in names[name]}
        return Found(ids=tuple(sorted(alike or begun)), certain=False)

    def _add(self, table: str, name: str, row: str) -> None:
        if key := _key(name):
            self._known[table][key].add(row)


def _spellings() -> Iterable[tuple[str, str]]:
    for row in states().iter_rows(named=True):
        for column in ("iso2", "iso3", "name"):
            if row[column]:
                yield row[column], row["id"]
    yield from state_names().select("name", "id").iter_rows()


def _merged(tables: Iterable[Mapping[str, set[str]]]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for names in tables:
        for name, ids in names.items():
            found[name] |= ids
    return found


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold().replace("&", " and ")).split())
