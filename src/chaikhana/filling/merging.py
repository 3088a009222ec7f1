"""The study's tables with rows brought in: what is new, what fills a blank, what is refused and why.

What it is: a row is known as the study's rules know it, by its table's key, and a statement that is not preferred by all that it
says. The rows that remain are checked together with the study; one that breaks a rule is left out, and then those that named it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from chaikhana.errors import Fault, StudyError
from chaikhana.filling.headers import Block
from chaikhana.filling.said import Said
from chaikhana.study.bibliography import Source
from chaikhana.study.loading import Checked, check_tables
from chaikhana.study.reading import RawTable, Row
from chaikhana.study.schema import BY_NAME, Table
from chaikhana.study.tables_text import as_text, full_header

Key = tuple[str, ...]
_NEW = 1_000_000  # lines of rows that are brought in are numbered from here, above those of any file


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A row of a sheet, as the study writes it."""

    block: Block
    number: int
    cells: dict[str, str]

    @property
    def key(self) -> Key:
        """What it is known by."""
        return _key(self.block.table, self.cells)

    def place(self, column: str) -> str:
        """The cell that a column's value stands in; the first of the row where the sheet has not the column."""
        row = self.block.sheet.rows[self.number]
        at = next(
            (place for place, name in self.block.header.items() if name == column and place < len(row)), 0
        )
        return row[at].place


class Merged:
    """The study's tables with rows brought in."""

    def __init__(self, study: Checked, bibliography: dict[str, Source]) -> None:
        self.study = study
        self.bibliography = bibliography
        self.same = self.refused = 0
        self.new: dict[int, Incoming] = {}
        self.filled: dict[tuple[str, int], Incoming] = {}
        self._there = {
            name: {_key(raw.table, row.cells): row for row in raw.rows} for name, raw in study.tables.items()
        }
        self._every: dict[int, Incoming] = {}
        self._coming: dict[tuple[str, Key], Incoming] = {}

    def take(self, row: Incoming) -> list[Said]:
        """Take a row in, or say why not."""
        table = row.block.table.name
        earlier = self._coming.get((table, row.key))
        if earlier:
            self.refused += 1
            where = f"{earlier.block.sheet.name}, {earlier.place(row.block.table.key[0])}"
            return [
                _say(
                    row,
                    row.block.table.key[0],
                    "double-row",
                    f"is a second row for what {where} tells.",
                    "Keep one, or make them rival statements (rival, side, prefer).",
                )
            ]
        self._coming[table, row.key] = row
        there = self._there.get(table, {}).get(row.key)
        if there is None:
            line = _NEW + len(self.new)
            self.new[line] = self._every[line] = row
            return []
        differing = [c for c, text in row.cells.items() if text and there[c] and text != there[c]]
        if differing:
            self.refused += 1
            return [
                _say(row, column, "differs-from-study", f"differs: {table}.csv, row {there.line} has ‘{there[column]}’.",
                     "Nothing is overwritten. Mend the study's row, or state both (rival, side, prefer, reason).")
                for column in differing
            ]  # fmt: skip
        if any(text and not there[column] for column, text in row.cells.items()):
            self.filled[table, there.line] = row
        else:
            self.same += 1
        return []

    def settle(self) -> tuple[list[Said], int]:
        """Leave out, with what is said of them, the rows that break a rule of the study, until none does."""
        said: list[Said] = []
        dropped = 0
        before = {_print(fault) for fault in self.study.faults}
        while True:
            faults = [
                f
                for f in check_tables(self.tables(), set(), self.study.about, self.bibliography)
                if _print(f) not in before
            ]
            guilty: dict[int | tuple[str, int], list[Fault]] = {}
            for fault in faults:
                key = self._guilty(fault)
                if key is None:
                    raise StudyError(str(self.study.folder), [fault])
                guilty.setdefault(key, []).append(fault)
            if not guilty:
                return said, dropped
            for key, found in guilty.items():
                row = self.new.pop(key) if isinstance(key, int) else self.filled.pop(key)
                dropped += 1
                said += [
                    _say(
                        row,
                        fault.column or "",
                        fault.rule,
                        self._renamed(fault.message),
                        self._renamed(fault.remedy),
                        fault.value or "",
                    )
                    for fault in found
                ]

    def tables(self) -> dict[str, RawTable]:
        """The study's tables as they would be."""
        found = dict(self.study.tables)
        coming: dict[str, list[Row]] = {}
        for line, row in self.new.items():
            coming.setdefault(row.block.table.name, []).append(Row(line=line, cells=row.cells))
        for name in {*coming, *(name for name, _ in self.filled)}:
            table = BY_NAME[name]
            raw = found.get(name) or RawTable(
                table=table, file=f"{name}.csv", header=tuple(full_header(table)), rows=()
            )
            header = (*raw.header, *(c for c in full_header(table) if c not in raw.header))
            rows = tuple(self._with_filled(name, row) for row in raw.rows)
            found[name] = replace(raw, header=header, rows=(*rows, *coming.get(name, ())))
        return found

    def texts(self, folder: Path) -> dict[str, str]:
        """Each table that changes, as the text of its file; lines that do not change stay as they are."""
        touched = {row.block.table.name for row in self.new.values()}
        filled = {name for name, _ in self.filled}
        texts = {}
        merged = self.tables()
        for name in sorted(touched | filled):
            file = folder / f"{name}.csv"
            raw = merged[name]
            old = self.study.tables.get(name)
            if name in filled or old is None or tuple(old.header) != tuple(raw.header):
                texts[file.name] = as_text(raw.header, [row.cells for row in raw.rows])
            else:
                coming = [row.cells for row in raw.rows if row.line >= _NEW]
                texts[file.name] = appended(file, as_text(raw.header, coming).split("\n", 1)[1])
        return texts

    def count(self, what: str) -> dict[str, int]:
        """How many rows of each table are added, or changed."""
        names = [row.block.table.name for row in (self.new if what == "added" else self.filled).values()]
        return {name: names.count(name) for name in BY_NAME if name in names}

    def _with_filled(self, name: str, row: Row) -> Row:
        coming = self.filled.get((name, row.line))
        if coming is None:
            return row
        return Row(
            line=row.line, cells={**row.cells, **{c: t for c, t in coming.cells.items() if t and not row[c]}}
        )

    def _guilty(self, fault: Fault) -> int | tuple[str, int] | None:
        """The row brought in that a fault stands at; else one that the fault of a row of the study names, or of its table."""
        table = fault.file.removesuffix(".csv")
        if fault.row in self.new:
            return fault.row
        if (table, fault.row) in self.filled:
            return (table, fault.row or 0)
        named = [int(number) for number in re.findall(r"\brow (1\d{6})\b", fault.message + fault.remedy)]
        for line in named:
            if line in self.new:
                return line
        same = [line for line, row in self.new.items() if row.block.table.name == table]
        return same[-1] if same else next(iter(self.new), next(iter(self.filled), None))

    def _renamed(self, text: str) -> str:
        """A message with the sheets' cells in the place of the lines that only the check knows."""

        def told(match: re.Match[str]) -> str:
            row = self._every.get(int(match[1]))
            return f"row {row.number + 1} of the sheet {row.block.sheet.name}" if row else match[0]

        return re.sub(r"row (1\d{6})\b", told, text)


def _key(table: Table, cells: Mapping[str, str]) -> Key:
    """By what the study's rules tell rows apart: the key; of a statement that is not preferred, all that it says."""
    if cells.get("prefer") == "no":
        names: Iterable[str] = (*(column.name for column in table.columns), "rival", "side")
    else:
        names = table.key
    return tuple(cells.get(name, "") for name in names)


def _print(fault: Fault) -> tuple[object, ...]:
    return (fault.rule, fault.file, fault.row, fault.column, fault.value, fault.message)


def _say(row: Incoming, column: str, rule: str, message: str, remedy: str, value: str = "") -> Said:
    return Said(
        weight="fault",
        rule=rule,
        file=row.block.sheet.file,
        sheet=row.block.sheet.name,
        cell=row.place(column),
        value=value or row.cells.get(column, ""),
        message=message,
        remedy=remedy,
    )


def appended(path: Path, text: str) -> str:
    """The text of a file, if there is one, with more after it."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    return (old if not old or old.endswith("\n") else old + "\n") + text
