"""Which verdicts moved between two builds of a study, and why.

What it is: the claims of either build, tried on its own data; where a verdict differs, the rows that decide are compared by
what they say, each known by its table's key and not by its line, since lines move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from chaikhana.claims.registry import corpora
from chaikhana.claims.testing import Result, Say, quiet, results
from chaikhana.study.schema import BY_NAME
from chaikhana.study.study import Study

MOST = 12  # differences told of one claim
Said = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A claim whose verdict is another one in the second build.

    Attributes
    ----------
    before, after : str
        The verdicts; empty where that build has no such claim.
    why : tuple of str
        What differs among the rows that decide, or in the claim itself.
    """

    id: str
    paper: str
    says: str
    before: str
    after: str
    why: tuple[str, ...]


def moved(first: Study, second: Study, say: Say = quiet) -> list[Moved]:
    """The claims whose verdicts differ between two builds.

    Raises
    ------
    StudyError
        If the claims of either cannot be read.
    ClaimError
        If a test cannot be run.
    """
    before = {one.claim.id: one for one in results(first, corpora(first), say=say, hangs=False)}
    after = {one.claim.id: one for one in results(second, corpora(second), say=say, hangs=False)}
    found = []
    for id in dict.fromkeys((*before, *after)):
        old, new = before.get(id), after.get(id)
        if old is not None and new is not None and old.verdict == new.verdict:
            continue
        claim = (new or old).claim  # type: ignore[union-attr]
        found.append(
            Moved(
                id=id,
                paper=claim.paper,
                says=claim.says,
                before=old.verdict if old else "",
                after=new.verdict if new else "",
                why=_why(old, new, first, second),
            )
        )
    return found


def _why(old: Result | None, new: Result | None, first: Study, second: Study) -> tuple[str, ...]:
    if old is None or new is None:
        return ("The claim is new." if old is None else "The claim is gone.",)
    told = []
    if (old.claim.test, old.claim.python) != (new.claim.test, new.claim.python):
        told.append("The test itself is another one.")
    if old.on != new.on:
        told.append(f"The study ends on {new.on}, where it ended on {old.on}.")
    before, after = said(first, old.rows), said(second, new.rows)
    # A row that decides in one build alone may stand in the other and say something else there.
    everywhere = said(second, [row for name in _tables(old.rows) for row in _all(second, name)])
    for key, cells in before.items():
        there = after.get(key) or everywhere.get(key)
        if there is None:
            told.append(f"Gone: {_named(key, cells)}.")
        elif changes := [
            f"{name} was ‘{cells.get(name, '')}’ and is ‘{there.get(name, '')}’"
            for name in sorted({*cells, *there})
            if cells.get(name, "") != there.get(name, "")
        ]:
            told.append(f"Changed: {_named(key, cells)}: {'; '.join(changes)}.")
    told += [f"New: {_named(key, cells)}." for key, cells in after.items() if key not in before]
    if len(told) > MOST:
        told = [*told[:MOST], f"And {len(told) - MOST} more."]
    return tuple(told) or ("No deciding row differs: what is computed from others does.",)


Key = tuple[str, tuple[str, ...]]


def said(study: Study, rows: tuple[str, ...] | list[str]) -> dict[Key, Said]:
    """What rows of a study say, by table and key; rows of derived series by their whole content."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.rpartition(":")[0]].add(row)
    found: dict[Key, Said] = {}
    for table, ids in wanted.items():
        if table in BY_NAME:
            frame = study.frames[table].filter(study.frames[table]["row"].is_in(list(ids)))
            for cells in frame.iter_rows(named=True):
                shown = {
                    name: "; ".join(value) if isinstance(value, list) else str(value)
                    for name, value in cells.items()
                    if value not in (None, "", [])
                    and name != "row"
                    and not name.endswith(("_earliest", "_latest"))
                }
                found[table, tuple(shown.get(name, "") for name in BY_NAME[table].key)] = shown
        elif (name := table.removeprefix("derived/")) in study.derived:
            series = study.derived[name].frame
            lines = sorted(int(id.rpartition(":")[2]) - 2 for id in ids)
            for values in series[[line for line in lines if 0 <= line < series.height]].iter_rows(named=True):
                shown = {column: str(value) for column, value in values.items() if value is not None}
                found[table, tuple(shown.values())] = shown
    return found


def _tables(rows: tuple[str, ...]) -> set[str]:
    return {row.rpartition(":")[0] for row in rows} & set(BY_NAME)


def _all(study: Study, table: str) -> list[str]:
    return study.frames[table]["row"].to_list()


def _named(key: Key, cells: Said) -> str:
    table, parts = key
    shown = ", ".join(part for part in parts if part) or ", ".join(list(cells.values())[:4])
    return f"{table.removeprefix('derived/')} ({shown})"
