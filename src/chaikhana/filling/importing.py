"""Sheets brought into a study: what would be added, filled in and refused, then done whole or not at all.

What it is: the plan of an import and its execution. A row is known by its table's key and, of rival statements, its side.
What the study has is never overwritten: a blank cell may be filled, a cell that differs is refused. The rows that remain are
checked together with the study by its own rules before anything is written. Guesses are taken only when told to, and with
`rest` the rows without fault are brought in while the others stay out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chaikhana.errors import Fault, OutputError, StudyError
from chaikhana.filling.bibliography_sheet import read_entries, study_text
from chaikhana.filling.cells_read import Reader
from chaikhana.filling.dates_read import Order
from chaikhana.filling.headers import Block, find_block, plain
from chaikhana.filling.names_read import Names
from chaikhana.filling.said import Said
from chaikhana.filling.sheets import Sheet, read_sheets
from chaikhana.study.bibliography import Source
from chaikhana.study.datapackage import write_datapackage
from chaikhana.study.loading import Checked, check_study, check_tables, load_study
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do.

    Attributes
    ----------
    added, changed : mapping
        By table, how many rows would be new, and in how many would a blank cell be filled.
    same : int
        Rows that the study has as they are.
    refused : int
        Rows that stay out.
    said : tuple of Said
        Every fault, guess and mend, in the order of sheets.
    texts : mapping
        File of the study to its whole new text.
    entries : int
        Entries of the bibliography that would be new.
    own_faults : int
        What is wrong with the study before anything is brought in.
    """

    folder: Path
    new_study: bool
    added: Mapping[str, int]
    changed: Mapping[str, int]
    same: int
    refused: int
    said: tuple[Said, ...]
    texts: Mapping[str, str]
    entries: int
    own_faults: int

    def of(self, weight: str) -> list[Said]:
        """What is said of that weight."""
        return [one for one in self.said if one.weight == weight]


def plan(folder: Path, path: Path, order: Order = "") -> Plan:
    """Work out what bringing a workbook, a file of commas or a folder of them into a study would do.

    Raises
    ------
    BadValueError
        If the file cannot be read as sheets.
    StudyError
        If the study's folder or its `study.toml` cannot be read.
    """
    return plan_sheets(folder, read_sheets(path), order)


def plan_sheets(folder: Path, sheets: Sequence[Sheet], order: Order = "") -> Plan:
    """The plan for sheets that are read already; raises as `plan` does."""
    toml = study_text(sheets)
    new_study = not folder.exists() and bool(toml)
    study = _empty(folder) if new_study else check_study(folder)
    if study.about is None and not new_study:
        raise StudyError(str(folder), study.faults)
    entries = read_entries(sheets, study.bibliography)
    rows, said, refused = read_rows(sheets, study, order)
    said += entries.said
    merged = _Merged(study, {**study.bibliography, **entries.sources})
    for row in rows:
        said += merged.take(row)
    more, dropped = merged.settle()
    said += more
    place = {sheet.name: number for number, sheet in enumerate(sheets)}
    texts = merged.texts(folder)
    if entries.text:
        texts["sources.bib"] = _appended(folder / "sources.bib", entries.text)
    if new_study:
        texts["study.toml"] = toml
        texts.setdefault("sources.bib", "")
        for name in ("actors", "bodies", "memberships"):
            texts.setdefault(f"{name}.csv", as_text(full_header(BY_NAME[name]), []))
    return Plan(
        folder=folder,
        new_study=new_study,
        added=merged.count("added"),
        changed=merged.count("changed"),
        same=merged.same,
        refused=refused + merged.refused + dropped,
        said=tuple(sorted(said, key=lambda one: (one.file, place.get(one.sheet, -1), _row_of(one.cell)))),
        texts=texts,
        entries=len(entries.sources),
        own_faults=len(study.faults),
    )


def carry_out(planned: Plan) -> None:
    """Write what a plan would: every file beside its place, then all of them moved there.

    Raises
    ------
    OutputError
        If a file cannot be written; the study is then as it was.
    """
    folder = planned.folder
    drafts: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(exist_ok=True)
        for name, text in planned.texts.items():
            draft = folder / f".{name}.{os.getpid()}.part"
            drafts.append((draft, folder / name))
            draft.write_text(text, encoding="utf-8", newline="")
        for draft, target in drafts:
            draft.replace(target)
    except OSError as error:
        raise OutputError(
            f"{folder} could not be written: {error.strerror}. The study is as it was."
        ) from error
    finally:
        for draft, _ in drafts:
            draft.unlink(missing_ok=True)
    if planned.texts and not check_study(folder).faults:
        write_datapackage(load_study(folder))


def read_rows(
    sheets: Sequence[Sheet], study: Checked, order: Order = ""
) -> tuple[list[Incoming], list[Said], int]:
    """Every row of every table on the sheets, read cell by cell; those with a faulty cell are left out and counted."""
    said: list[Said] = []
    blocks: list[Block] = []
    for sheet in sheets:
        block, more = find_block(sheet)
        said += more
        if block:
            blocks.append(block)
    names = Names([*study.tables.values(), *(_as_named(block) for block in blocks)])
    reader = Reader(names, study.about, order)
    rows: list[Incoming] = []
    refused = 0
    for block in blocks:
        columns = {place: block.table.column(name) for place, name in block.header.items()}
        lacking = [c for c in block.table.all_columns if c.needed and c.name not in block.header.values()]
        if lacking:
            said += [_lacking(block, column.name, column.says) for column in lacking]
            refused += len(block.rows)
        # The columns in the order of the table: what a later one allows may hang on an earlier one.
        ordered = sorted(columns.items(), key=lambda pair: full_header(block.table).index(pair[1].name))
        for number, line in block.rows:
            cells: dict[str, str] = {}
            whole = True
            for place, column in ordered:
                if place >= len(line):
                    continue
                taken = reader.read(line[place], column, block.sheet, cells)
                said += taken.said
                if taken.text is None:
                    whole = False
                else:
                    cells[column.name] = taken.text
            if whole and not lacking:
                rows.append(Incoming(block=block, number=number, cells=cells))
            elif not lacking:
                refused += 1
    return rows, said, refused


class _Merged:
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
                texts[file.name] = _appended(file, as_text(raw.header, coming).split("\n", 1)[1])
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


def _as_named(block: Block) -> RawTable:
    """The rows of a block by id and name alone, so that other sheets may name them."""
    if block.table.key != ("id",):
        return RawTable(table=block.table, file="", header=(), rows=())
    rows = [
        Row(line=number, cells={name: line[at].text for at, name in block.header.items() if at < len(line)})
        for number, line in block.rows
    ]
    for row in rows:
        row.cells["id"] = plain(row["id"])
    return RawTable(table=block.table, file="", header=(), rows=tuple(rows))


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


def _lacking(block: Block, name: str, says: str) -> Said:
    first = next(iter(block.header))
    top = block.rows[0][0] - 1 if block.rows else 0
    row = block.sheet.rows[top] if first < len(block.sheet.rows[top]) else block.sheet.rows[0]
    return Said(
        weight="fault",
        rule="missing-column",
        file=block.sheet.file,
        sheet=block.sheet.name,
        cell=row[min(first, len(row) - 1)].place,
        value="",
        message=f"the header lacks the column ‘{name}’ ({says}); none of the sheet's rows can come in.",
        remedy=f"Add a column {name}.",
    )


def _empty(folder: Path) -> Checked:
    return Checked(folder=folder, about=None, tables={}, bibliography={}, derived={}, faults=(), notices=())


def _appended(path: Path, text: str) -> str:
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    return (old if not old or old.endswith("\n") else old + "\n") + text


def _row_of(cell: str) -> int:
    return int(re.sub(r"\D", "", cell) or 0)
