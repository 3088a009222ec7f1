"""Sheets brought into a study: what would be added, filled in and refused, then done whole or not at all.

What it is: the plan of an import and its execution. A row is known by its table's key and, of rival statements, its side.
What the study has is never overwritten: a blank cell may be filled, a cell that differs is refused. The rows that remain are
checked together with the study by its own rules before anything is written. Guesses are taken only when told to, and with
`rest` the rows without fault are brought in while the others stay out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chaikhana.errors import OutputError, StudyError
from chaikhana.filling.bibliography_sheet import read_entries, study_text
from chaikhana.filling.cells_read import Reader
from chaikhana.filling.dates_read import Order
from chaikhana.filling.headers import Block, find_block
from chaikhana.filling.merging import Incoming, Merged, appended
from chaikhana.filling.names_read import Names
from chaikhana.filling.said import Said
from chaikhana.filling.sheets import Sheet, read_sheets
from chaikhana.study.cells import as_id
from chaikhana.study.datapackage import write_datapackage
from chaikhana.study.loading import Checked, check_study, load_study
from chaikhana.study.reading import RawTable, Row
from chaikhana.study.schema import BY_NAME
from chaikhana.study.tables_text import as_text, full_header


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
    merged = Merged(study, {**study.bibliography, **entries.sources})
    for row in rows:
        said += merged.take(row)
    more, dropped = merged.settle()
    said += more
    place = {sheet.name: number for number, sheet in enumerate(sheets)}
    texts = merged.texts(folder)
    if entries.text:
        texts["sources.bib"] = appended(folder / "sources.bib", entries.text)
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
    if planned.texts:
        with suppress(
            StudyError
        ):  # a study that had faults before keeps its description until they are mended
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


def _as_named(block: Block) -> RawTable:
    """The rows of a block by id and name alone, so that other sheets may name them."""
    if block.table.key != ("id",):
        return RawTable(table=block.table, file="", header=(), rows=())
    rows = [
        Row(line=number, cells={name: line[at].text for at, name in block.header.items() if at < len(line)})
        for number, line in block.rows
    ]
    for row in rows:
        row.cells["id"] = as_id(row["id"])
    return RawTable(table=block.table, file="", header=(), rows=tuple(rows))


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


def _row_of(cell: str) -> int:
    return int(re.sub(r"\D", "", cell) or 0)
