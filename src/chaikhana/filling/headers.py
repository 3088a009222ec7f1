"""Which table a sheet holds, where its header stands, and which of its columns is which.

What it is: names are taken as they stand, then by the words that people write instead of them, then by likeness; whatever is
not the name itself is a guess and shown as one. Ours: likeness is that of Python's difflib, at least `LIKE`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from chaikhana.errors import allowed_values
from chaikhana.filling.said import Said
from chaikhana.filling.sheets import Cell, Sheet
from chaikhana.study.cells import as_id
from chaikhana.study.schema import BY_NAME, TABLES, Table

LIKE = 0.8
LOOK = 12  # rows from the top in which a header is sought
OWN_SHEETS = ("read-me", "lists", "sources", "study-toml")
# What people write above a column, beside its name.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "id": ("code", "identifier", "key", "slug"),
    "name": ("full_name", "body_name", "organisation_name", "organization_name"),
    "actor": ("country", "state", "member", "party", "actor_id", "who"),
    "body": ("organisation", "organization", "igo", "institution", "body_id", "platform"),
    "from": ("start", "start_date", "since", "begin", "begins", "joined", "entry", "first", "valid_from"),
    "to": ("end", "end_date", "until", "ends", "left", "exit", "last", "valid_to"),
    "status": ("membership", "membership_status", "type_of_membership"),
    "cite": ("source", "sources", "reference", "references", "citation", "ref"),
    "basis": ("evidence", "how_known"),
    "note": ("notes", "comment", "comments", "remark", "remarks"),
    "issues": ("issue", "topics", "topic", "themes"),
    "acronym": ("abbreviation", "short_name", "abbr"),
    "seat": ("headquarters", "hq", "secretariat_seat"),
    "form": ("type", "kind_of_body", "category"),
    "title": ("meeting_title", "agreement_title"),
    "date": ("day", "when", "on"),
    "place": ("city", "town", "venue", "location"),
    "host": ("host_country", "host_state"),
    "signed": ("date_signed", "signature", "date_of_signature"),
    "in_force": ("entry_into_force", "entered_into_force", "force"),
    "under": ("under_body", "framework_body"),
    "iso3": ("iso", "iso_code", "iso_3166"),
    "meeting": ("meeting_id", "summit"),
    "agreement": ("agreement_id", "treaty"),
    "present": ("attended", "took_part", "attendance"),
}
TABLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "actors": ("states", "countries", "country", "actor"),
    "bodies": ("organisations", "organizations", "body", "igos", "institutions"),
    "memberships": ("members", "membership", "spells"),
    "agreements": ("treaties", "agreement"),
    "meetings": ("summits", "meeting"),
    "attendance": ("attendances", "attendees", "participants"),
    "parties": ("signatories", "party"),
}
_COLUMNS = frozenset(column.name.replace("_", "-") for table in TABLES for column in table.all_columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A table on a sheet: the cells below its header, each with the column of the study that it is under."""

    sheet: Sheet
    table: Table
    header: Mapping[int, str]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def find_block(sheet: Sheet) -> tuple[Block | None, list[Said]]:
    """The table on a sheet, none where it holds none; and what is to be said of its name and header."""
    if as_id(sheet.name) in OWN_SHEETS or not sheet.rows:
        return None, []
    by_name, how = _table_named(sheet.name)
    top = _header_row(sheet, by_name)
    if top is None:
        first = next((cell for row in sheet.rows for cell in row if not cell.blank), sheet.rows[0][0])
        remedy = f"The first line names the columns. {allowed_values(sheet.name, list(BY_NAME), most=20)}"
        return None, [
            _said("fault", "no-table", sheet, first, "the sheet holds no table of a study.", remedy)
        ]
    head = sheet.rows[top]
    table = by_name or _table_by_columns([cell.text for cell in head])
    said: list[Said] = []
    if table is None:
        remedy = f"Name the sheet after its table. {allowed_values(sheet.name, list(BY_NAME), most=20)}"
        return None, [
            _said("fault", "no-table", sheet, head[0], "it cannot be told which table this is.", remedy)
        ]
    if how != "exact":
        message = f"the sheet ‘{sheet.name}’ is taken for the table {table.name}."
        said.append(
            _said(
                "guess",
                "sheet-by-likeness",
                sheet,
                head[0],
                message,
                f"Call the sheet {table.name}.",
                table.name,
            )
        )
    for row in sheet.rows[:top]:
        for cell in row:
            if not cell.blank:
                message = "stands above the header and is passed over."
                said.append(
                    _said(
                        "mended",
                        "above-header",
                        sheet,
                        cell,
                        message,
                        "Put notes beside the table, or in ‘note’.",
                    )
                )
    header, more = _columns(sheet, table, head)
    said += more
    rows, more = _below(sheet, top, header)
    return Block(sheet=sheet, table=table, header=header, rows=rows), said + more


def _table_named(name: str) -> tuple[Table | None, str]:
    wanted = as_id(name)
    if wanted in BY_NAME:
        return BY_NAME[wanted], "exact"
    for table, words in TABLE_WORDS.items():
        if wanted in words:
            return BY_NAME[table], "word"
    near = max(BY_NAME, key=lambda table: _likeness(table, wanted))
    return (BY_NAME[near], "like") if _likeness(near, wanted) >= LIKE else (None, "none")


def _table_by_columns(names: Sequence[str]) -> Table | None:
    """The table whose own needed columns are all there; of several, the one with the most columns named."""
    best = []
    for table in TABLES:
        matched = {name for name in (match(cell, table)[0] for cell in names if cell) if name}
        own = {column.name for column in table.columns}
        if {column.name for column in table.columns if column.needed} <= matched:
            best.append((len(matched & own), table))
    best.sort(key=lambda pair: -pair[0])
    return best[0][1] if best and (len(best) == 1 or best[0][0] > best[1][0]) else None


@lru_cache(maxsize=4096)
def match(text: str, table: Table) -> tuple[str | None, str]:
    """The column of a table that a header names, and how: ``exact``, ``word``, ``like`` or ``none``."""
    wanted = as_id(text).replace("-", "_")
    names = [column.name for column in table.all_columns]
    if wanted in names:
        return wanted, "exact"
    for name in names:
        if wanted in SYNONYMS.get(name, ()):
            return name, "word"
    near = max(names, key=lambda name: _likeness(name, wanted))
    return (near, "like") if _likeness(near, wanted) >= LIKE else (None, "none")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _header_row(sheet: Sheet, table: Table | None) -> int | None:
    """The first row near the top in which two cells or more, and most that are filled, name columns."""
    for number, row in enumerate(sheet.rows[:LOOK]):
        if _names_columns(row, table):
            return number
    return None


def _names_columns(row: Sequence[Cell], table: Table | None) -> bool:
    filled = [cell.text for cell in row if not cell.blank]
    if len(filled) < 2 or not all(isinstance(cell.value, str) for cell in row if not cell.blank):
        return False
    tables = [table] if table else list(TABLES)
    named = max(len({match(cell, one)[0] for cell in filled} - {None}) for one in tables)
    return named >= 2 and named >= len(filled) / 2


def _columns(sheet: Sheet, table: Table, head: Sequence[Cell]) -> tuple[dict[int, str], list[Said]]:
    found: dict[int, str] = {}
    said: list[Said] = []
    matched = {number: match(cell.text, table) for number, cell in enumerate(head) if not cell.blank}
    exact = {name for name, how in matched.values() if how == "exact"}
    for number, (name, how) in matched.items():
        cell = head[number]
        if name is None or (how != "exact" and name in exact):
            near = allowed_values(
                as_id(cell.text).replace("-", "_"), [c.name for c in table.all_columns], most=20
            )
            said.append(
                _said(
                    "fault",
                    "unknown-column",
                    sheet,
                    cell,
                    f"is no column of {table.name}; it is left out.",
                    near,
                )
            )
        elif name in found.values():
            message = f"names the column ‘{name}’ a second time; it is left out."
            said.append(_said("fault", "double-column", sheet, cell, message, "Keep one of them."))
        else:
            found[number] = name
            if how != "exact":
                message = f"is taken for the column ‘{name}’ ({table.column(name).says})."
                said.append(
                    _said("guess", "column-by-likeness", sheet, cell, message, f"Call it {name}.", name)
                )
    return found, said


def _below(
    sheet: Sheet, top: int, header: Mapping[int, str]
) -> tuple[tuple[tuple[int, tuple[Cell, ...]], ...], list[Said]]:
    """The rows under the header, as far as they are of this table."""
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    said: list[Said] = []
    for number in range(top + 1, len(sheet.rows)):
        row = sheet.rows[number]
        if all(cell.blank or cell.fault == "merged" for cell in row):
            continue
        if _again(row, sheet.rows[top]):
            first = next(cell for cell in row if not cell.blank)
            message = "begins a second table on this sheet; it and what is below it are not read."
            said.append(
                _said("fault", "two-tables", sheet, first, message, "Put each table on a sheet of its own.")
            )
            break
        rows.append((number, row))
    for column in range(max((len(row) for _, row in rows), default=0)):
        cells = [row[column] for _, row in rows if column < len(row) and not row[column].blank]
        head = sheet.rows[top][column] if column < len(sheet.rows[top]) else None
        if column not in header and cells and (head is None or head.blank):
            message = "stands in a column without a name, which is left out."
            said.append(
                _said(
                    "fault",
                    "column-without-name",
                    sheet,
                    cells[0],
                    message,
                    "Name the column in the header, or clear it.",
                )
            )
    return tuple(rows), said


def _again(row: Sequence[Cell], head: Sequence[Cell]) -> bool:
    """Whether a row that names columns is a header, not a row whose cells happen to be such words."""
    filled = {as_id(cell.text) for cell in row if not cell.blank}
    return len(filled & (_COLUMNS | {as_id(cell.text) for cell in head})) >= max(2, len(filled) * 2 / 3)


def _said(
    weight: str, rule: str, sheet: Sheet, cell: Cell, message: str, remedy: str, taken: str | None = None
) -> Said:
    return Said(
        weight=weight,  # type: ignore[arg-type]
        rule=rule,
        file=sheet.file,
        sheet=sheet.name,
        cell=cell.place,
        value=cell.text,
        message=message,
        remedy=remedy,
        taken=taken,
    )
