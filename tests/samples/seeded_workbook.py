"""A workbook with faults sown into it, as spreadsheets come from a seminar: each with the cell and the rule that it breaks."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

# sheet, cell, weight, rule
SEEDED: tuple[tuple[str, str, str, str], ...] = (
    ("bodies", "F2", "mended", "date-form"),  # 26 April 1996
    ("bodies", "G2", "mended", "date-form"),  # present
    ("bodies", "F3", "guess", "day-number"),  # 35180
    ("bodies", "D4", "fault", "not-allowed"),  # a form that there is not
    ("bodies", "A5", "guess", "bad-id"),  # capitals and a blank
    ("bodies", "E5", "guess", "word-by-likeness"),  # arctik
    ("bodies", "F5", "fault", "no-such-day"),  # 30 February
    ("memberships", "A1", "mended", "above-header"),
    ("memberships", "A2", "guess", "column-by-likeness"),
    ("memberships", "H2", "fault", "unknown-column"),
    ("memberships", "I2", "fault", "double-column"),
    ("memberships", "A3", "guess", "name-by-likeness"),  # Finnland
    ("memberships", "D4", "fault", "two-readings"),  # 03/04/1996
    ("memberships", "A5", "mended", "blanks"),
    ("memberships", "A5", "mended", "name-to-id"),  # Norway
    ("memberships", "C5", "guess", "word-by-likeness"),  # full member
    ("memberships", "A6", "fault", "unknown-name"),
    ("memberships", "D8", "fault", "no-century"),
    ("memberships", "D9", "fault", "span-in-a-cell"),
    ("memberships", "F10", "fault", "unknown-key"),
    ("memberships", "F11", "fault", "missing-cite"),
    ("memberships", "E12", "fault", "end-before-start"),
    ("memberships", "A14", "fault", "double-row"),
    ("memberships", "E15", "guess", "word-for-unknown"),  # n/a
    ("memberships", "E16", "fault", "differs-from-study"),
    ("memberships", "A19", "fault", "two-tables"),
    ("meetings", "C2", "fault", "formula-error"),
    ("meetings", "C3", "fault", "formula-without-value"),
    ("meetings", "D5", "fault", "merged"),
    ("figures", "E2", "fault", "not-a-number"),  # 1,234
    ("Sheet7", "A1", "fault", "no-table"),
    ("sources", "A3", "fault", "bad-key"),
)
_C = ("doc-1, p. 1", "document")


def write(path: Path) -> Path:
    """Write the workbook, for the small study of the tests."""
    book = Workbook()
    bodies = book.active
    bodies.title = "bodies"
    for row in (
        ("id", "name", "acronym", "form", "issues", "from", "to", "seat", "cite", "basis"),
        (
            "nc-circle",
            "Northern Circle",
            "NCI",
            "formal-organisation",
            "trade",
            "26 April 1996",
            "present",
            "Oslo",
            *_C,
        ),
        ("north-bank", "North Bank", "NB", "formal-organisation", "trade", 35180, "..", "Oslo", *_C),
        ("sea-club", "Sea Club", "SC", "club", "trade", "1999", "..", "Oslo", *_C),
        ("Ice Forum", "Ice Forum", "IF", "informal-platform", "arctik", "2001-02-30", "..", "Oslo", *_C),
    ):
        bodies.append(row)
    sheet = book.create_sheet("memberships")
    for row in (
        ("Membership list, 2020",),
        ("country", "body", "status", "from", "to", "cite", "basis", "colour", "from"),
        ("Finnland", "nc-circle", "member", "1996", "..", *_C),
        ("Iceland", "nc-circle", "member", "03/04/1996", "..", *_C),
        ("Norway ", "nc-circle", "full member", "1996-05", "..", *_C),
        ("Atlantis", "nc-circle", "member", "1996", "..", *_C),
        (),
        ("Denmark", "nc-circle", "member", "26.4.96", "..", *_C),
        ("Denmark", "north-bank", "member", "1996-1998", "..", *_C),
        ("Finland", "north-bank", "member", "1997", "..", "nowhere-2000, p. 1", "document"),
        ("Iceland", "north-bank", "member", "1997", "..", None, "document"),
        ("Norway", "north-bank", "member", "2004", "1999", *_C),
        ("Sweden", "north-bank", "member", "1997", "..", *_C),
        ("Sweden", "north-bank", "member", "1997", "..", *_C),
        ("Denmark", "nc-circle", "member", "1997", "n/a", *_C),
        ("dnk", "nato", "founder-member", "1949-04-04", "1999", None, None),
        (),
        (),
        ("meeting", "actor", "present", "cite", "basis"),
        ("x", "Norway", "yes", *_C),
    ):
        sheet.append(row)
    meetings = book.create_sheet("meetings")
    for row in (
        ("id", "title", "date", "place", "host", "cite", "basis"),
        ("m1", "First", "#DIV/0!", "Oslo", "Norway", *_C),
        ("m2", "Second", "=A1", "Oslo", "Norway", *_C),
        ("m3", "Third", "1999-05-01", "Oslo", "Norway", *_C),
        ("m4", "Fourth", "1999-06-01", None, "Norway", *_C),
    ):
        meetings.append(row)
    meetings["C2"].data_type = "e"
    meetings.merge_cells("D4:D5")
    figures = book.create_sheet("figures")
    figures.append(("id", "subject", "quantity", "relation", "value", "unit", "cite", "basis"))
    figures.append(("f1", "bodies:nato", "staff", "about", "1,234", "persons", *_C))
    stray = book.create_sheet("Sheet7")
    stray.append(("apples", "pears"))
    stray.append((1, 2))
    sources = book.create_sheet("sources")
    for row in (("key", "title", "year"), ("doc-1", "A document", "2000"), ("Bad Key", "Another", "2001")):
        sources.append(row)
    book.save(path)
    return path
