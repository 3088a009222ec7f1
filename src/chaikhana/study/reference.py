"""The study format as a page, made from the schema and the vocabulary, so that it cannot lie."""

from __future__ import annotations

from collections.abc import Iterator

from chaikhana.core import vocabulary as words
from chaikhana.study.schema import COMMON, TABLES, Column, Kind, Table

_KINDS = {
    Kind.TEXT: "text",
    Kind.ID: "id: lower-case letters, digits, hyphens",
    Kind.DATE: "date",
    Kind.END: "date, or `..` for still so",
    Kind.NUMBER: "number",
    Kind.WHOLE: "whole number",
    Kind.CITE: "citations",
    Kind.LIST: "list, parted by `;`",
    Kind.UNIT: "`table:id`, `region:name` or `sources:key`",
}


def as_markdown() -> str:
    """The page."""
    return "\n".join([*_head(), *(line for table in TABLES for line in _table(table)), *_words()]) + "\n"


def _head() -> Iterator[str]:
    yield "# The study format"
    yield ""
    yield "Made by `chaikhana study format` from the schema. A study is a folder with `study.toml`, `sources.bib`, the tables"
    yield "below as UTF-8 CSV files with a header line, and perhaps `derived/`. `chaikhana study check FOLDER` names every fault."
    yield ""
    yield "**Dates** are EDTF (ISO 8601-2): `1996`, `1996-04`, `1996-04-26`, `1996~` (about), `1996?` (uncertain), `[1996..]`"
    yield "(1996 or later), `[..1996]` (1996 or earlier), `[1995..1996]` (between the two);"
    yield "an open end is `..`, an unknown date is empty. A period is"
    yield "half open: `to` and `until` give the first day on which it no longer holds."
    yield ""
    yield "**Citations** are `key, locator`, several parted by `;`. The key stands in `sources.bib`."
    yield ""
    yield "**Rival statements** of one fact share a slug in `rival`; each has its `side`; exactly one side has `prefer` = yes,"
    yield "with a `reason`."
    yield ""
    yield "## Columns of every table"
    yield ""
    yield from _columns(COMMON)


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"## {table.name}.csv"
    yield ""
    yield f"One row is {table.one_row_is}.{'' if table.optional else ' Every study has it.'} No two rows share"
    yield f"{', '.join(f'`{column}`' for column in table.key)}, rival statements apart."
    yield ""
    yield from _columns(table.columns)


def _columns(columns: tuple[Column, ...]) -> Iterator[str]:
    yield "| column | holds | says |"
    yield "| --- | --- | --- |"
    for column in columns:
        needed = "**needed**; " if column.needed else ""
        yield f"| `{column.name}` | {needed}{_holds(column)} | {column.says} |"


def _holds(column: Column) -> str:
    if column.kind is Kind.WORD:
        return ", ".join(f"`{word}`" for word in column.allowed)
    if column.kind in (Kind.LINK, Kind.LINKS):
        return f"{'ids' if column.kind is Kind.LINKS else 'an id'} of {' or '.join(column.to)}"
    return _KINDS[column.kind]


def _words() -> Iterator[str]:
    for title, meanings in (
        ("Forms of a body", words.BODY_FORMS),
        ("Statuses", words.STATUSES),
        ("Basis", words.BASES),
        ("What we make of a difference with a dataset", words.CORRECTION_STATUSES),
    ):
        yield ""
        yield f"## {title}"
        yield ""
        yield from (f"- `{word}`: {says}" for word, says in meanings.items())
    yield ""
    yield "## Graded attributes of design"
    yield ""
    yield "All others take " + ", ".join(f"`{word}`" for word in words.TRUTHS) + "."
    yield ""
    for name, grades in words.GRADED_ATTRIBUTES.items():
        yield f"- `{name}`: {', '.join(f'`{grade}`' for grade in grades)}, `unknown`, `not-applicable`"
