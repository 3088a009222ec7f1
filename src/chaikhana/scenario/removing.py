"""Taking rows away with everything that hangs on them.

What it is: the cascade. Which column points to which table is the study format's own knowledge (`study/schema`): a row that
needs what is gone goes too, a list loses the name, and a row that spoke of nothing else goes with it. What is left may still
mean what is gone in its words, which nobody can know from the columns: `left_standing` names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chaikhana.scenario.sheets import Line, Sheets
from chaikhana.study.cells import split_list
from chaikhana.study.schema import TABLES, Column, Kind

# What is made or held under a body goes with it, although the format lets the column be empty (ours).
MADE_UNDER = (("agreements", "under"), ("meetings", "body"))
NAMING = {"episodes": ("bodies", "target"), "statements": ("bodies",)}


def remove(sheets: Sheets, table: str, ids: Iterable[str], edit: int) -> None:
    """Take the rows of these ids away, and all rows that need them."""
    gone = set(ids)
    if not gone:
        return
    for line in sheets.where(table, lambda line: line["id"] in gone):
        sheets.drop(table, line, edit)
    for other in TABLES:
        orphans: list[Line] = []
        for column in other.columns:
            if column.kind is Kind.LINK and table in column.to:
                orphans += _unlinked(sheets, other.name, column, gone, edit)
            elif (column.kind is Kind.LINKS and table in column.to) or column.kind is Kind.UNIT:
                orphans += _struck(sheets, other.name, column, table, gone, edit)
        once = {id(line): line for line in orphans}
        for line in once.values():
            sheets.drop(other.name, line, edit)
        if other.key == ("id",) and once:
            remove(sheets, other.name, {line["id"] for line in once.values()} - sheets.ids(other.name), edit)


def _unlinked(sheets: Sheets, table: str, column: Column, gone: set[str], edit: int) -> list[Line]:
    found = list(sheets.where(table, lambda line: line[column.name] in gone))
    if column.needed or (table, column.name) in MADE_UNDER:
        return found
    for line in found:
        sheets.put(line, edit, {column.name: ""}, said=False)
    return []


def _struck(sheets: Sheets, table: str, column: Column, of: str, gone: set[str], edit: int) -> list[Line]:
    """Take names out of a list; the rows of which nothing is left are returned."""
    unit = column.kind is Kind.UNIT
    names = {f"{of}:{name}" for name in gone} if unit else gone
    orphans = []
    for line in sheets.where(table, lambda line: not names.isdisjoint(split_list(line[column.name]))):
        kept = [part for part in split_list(line[column.name]) if part not in names]
        if unit and not kept:
            orphans.append(line)
            continue
        sheets.put(line, edit, {column.name: "; ".join(kept)}, said=False)
        if table in NAMING and of == "bodies" and not _speaks_of_a_body(line, table, sheets):
            orphans.append(line)
    return orphans


def _speaks_of_a_body(line: Line, table: str, sheets: Sheets) -> bool:
    """Whether a row still names a body."""
    bodies = sheets.ids("bodies")
    return any(part in bodies for name in NAMING[table] for part in split_list(line[name]))


def left_standing(sheets: Sheets, names: Mapping[str, Iterable[str]]) -> list[str]:
    """Bodies that stay although their names have the acronym or name of one that is gone.

    Parameters
    ----------
    names : mapping
        Each body that is gone to what it is called.
    """
    found: dict[str, str] = {}
    for line in sheets.lines("bodies"):
        called = f" {line['name']} {line['acronym']} ".replace("(", " ").replace(")", " ")
        for gone, words in names.items():
            if any(len(word) > 1 and word[1:2].isupper() and f" {word} " in called for word in words):
                found[line["id"]] = (
                    f"{line['name']} ({line['id']}) stays, although its name has that of {gone}."
                )
    return list(found.values())
