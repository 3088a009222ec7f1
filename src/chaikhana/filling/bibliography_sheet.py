"""The sheets of a workbook that hold no table: the bibliography, and the text of `study.toml`.

What it is: a sheet ``sources`` has one entry a row: its key, and either the whole entry as BibTeX (column ``bibtex``) or its
parts (author, title, year, url and so on, each a column). A sheet ``study-toml`` has one line of that file a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pybtex.exceptions import PybtexError

from chaikhana.errors import shorten
from chaikhana.filling.said import Said
from chaikhana.filling.sheets import Cell, Sheet
from chaikhana.study.bibliography import Source, parse_entries
from chaikhana.study.cells import as_id

SOURCES, STUDY = "sources", "study-toml"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Entries that a study has not yet: by key, and as the BibTeX to add; and what is said of the others."""

    sources: Mapping[str, Source]
    text: str
    said: tuple[Said, ...]


def study_text(sheets: Iterable[Sheet]) -> str:
    """The text of `study.toml` that the sheets carry; empty if none does."""
    for sheet in sheets:
        if as_id(sheet.name) == STUDY:
            return (
                "\n".join("" if not row or row[0].value is None else str(row[0].value) for row in sheet.rows)
                + "\n"
            )
    return ""


def read_entries(sheets: Iterable[Sheet], known: Mapping[str, Source]) -> Entries:
    """The entries of the sheets that `known` lacks; one that it has otherwise is a fault, and nothing is overwritten."""
    found: dict[str, Source] = {}
    texts: list[str] = []
    said: list[Said] = []
    for sheet in sheets:
        if as_id(sheet.name) != SOURCES or not sheet.rows:
            continue
        header = [as_id(cell.text) for cell in sheet.rows[0]]
        for row in sheet.rows[1:]:
            cells = {name: cell for name, cell in zip(header, row, strict=False) if name and not cell.blank}
            if not cells:
                continue
            text, fault = _entry(cells, sheet)
            if fault:
                said.append(fault)
                continue
            cell = cells.get("key") or next(iter(cells.values()))
            try:
                entry = next(iter(parse_entries(text).values()))
            except (PybtexError, StopIteration) as error:
                said.append(_say(sheet, cell, "broken-bibtex", f"cannot be read as BibTeX ({shorten(str(error), 90)}).",
                                 "Look for a missing comma or brace."))  # fmt: skip
                continue
            if entry.key in found or (entry.key in known and known[entry.key].fields != entry.fields):
                said.append(
                    _say(
                        sheet,
                        cell,
                        "double-key",
                        "is the key of another entry.",
                        "Rename one, or take one away.",
                    )
                )
            elif entry.key not in known:
                found[entry.key] = entry
                texts.append(text if text.endswith("\n") else text + "\n")
    return Entries(sources=found, text="\n".join(texts), said=tuple(said))


def _entry(cells: Mapping[str, Cell], sheet: Sheet) -> tuple[str, Said | None]:
    """The entry of a row as BibTeX, or what is wrong with it."""
    if "bibtex" in cells:
        return str(cells["bibtex"].value), None
    cell = cells.get("key")
    if cell is None or not _KEY.fullmatch(cell.text):
        shown = cell or next(iter(cells.values()))
        return "", _say(
            sheet,
            shown,
            "bad-key",
            "is no key.",
            "Use lower-case letters, digits and hyphens: charter-2007.",
        )
    if "title" not in cells:
        return "", _say(sheet, cell, "entry-without-title", "has no title.", "Fill in the column title.")
    fields = {name: _safe(part.text) for name, part in cells.items() if name not in ("key", "type")}
    if "author" in fields:
        fields["author"] = " and ".join(f"{{{name.strip()}}}" if " " in name.strip() and "," not in name else name.strip()
                                        for name in fields["author"].split(";"))  # fmt: skip
    kind = as_id(cells["type"].text) if "type" in cells else "misc"
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{cell.text},\n{body}\n}}\n", None


def _safe(text: str) -> str:
    """Without braces, which alone could end the value."""
    return " ".join(text.translate(str.maketrans("", "", "{}")).split())


def _say(sheet: Sheet, cell: Cell, rule: str, message: str, remedy: str) -> Said:
    return Said(weight="fault", rule=rule, file=sheet.file, sheet=sheet.name, cell=cell.place, value=cell.text,
                message=message, remedy=remedy)  # fmt: skip
