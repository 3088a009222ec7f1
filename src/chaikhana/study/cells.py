"""Each cell of a study by itself: is it what its column allows?

What it is: the checks that need no other row. Every fault names file, row, column and value, what is
allowed, and the nearest allowed value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from chaikhana.core.dates import OPEN, parse_moment
from chaikhana.core.evidence import parse_citations
from chaikhana.core.vocabulary import attribute_values
from chaikhana.errors import BadValueError, Fault, allowed_values, shorten
from chaikhana.study.about import About
from chaikhana.study.bibliography import Bibliography
from chaikhana.study.reading import RawTable, Row
from chaikhana.study.schema import BY_NAME, Column, Kind

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"region:[a-z0-9]+(?:-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
LARGEST = 1e15
LONGEST_ID = 100
GENERAL = "general-knowledge"
Ids = Mapping[str, frozenset[str] | None]
Problem = tuple[str, str, str]
Check = Callable[[str, Column, "Context"], Iterator[Problem]]


class Context:
    """What a cell may refer to: the study's ids by table, its bibliography, its issue words.

    None stands for a table or bibliography that could not be read: nothing is said of what refers to it.
    """

    __slots__ = ("about", "bibliography", "ids")

    def __init__(self, ids: Ids, bibliography: Bibliography | None, about: About | None) -> None:
        self.ids = ids
        self.bibliography = bibliography
        self.about = about


def check_cells(raw: RawTable, context: Context) -> Iterator[Fault]:
    """Every fault of every cell of a table."""
    columns = [column for column in raw.table.all_columns if column.name in raw.header]
    # What a cell says is right or wrong whichever row it stands in, and most values recur.
    known: dict[tuple[str, str], list[Problem]] = {}
    for row in raw.rows:
        for column in columns:
            value = row[column.name]
            problems = known.get((column.name, value))
            if problems is None:
                problems = known[column.name, value] = list(_check(value, column, context))
            for rule, message, remedy in problems:
                yield Fault(
                    rule=rule,
                    file=raw.file,
                    row=row.line,
                    column=column.name,
                    value=value or None,
                    message=message,
                    remedy=remedy,
                )
        yield from _check_row(raw, row, context)


def split_list(value: str) -> list[str]:
    """The parts of a cell that holds a list, parted by semicolons."""
    return [part.strip() for part in value.split(";") if part.strip()]


def _check(value: str, column: Column, context: Context) -> Iterator[Problem]:
    if not value:
        if column.needed:
            rule = "missing-cite" if column.kind is Kind.CITE else "missing-value"
            yield rule, "A value is needed here.", f"It says {column.says}."
        return
    if strange := _CONTROL.search(value):
        yield (
            "control-character",
            f"has the character U+{ord(strange[0]):04X}, which cannot be printed.",
            "Type the text again.",
        )
    if checker := _CHECKS.get(column.kind):
        yield from checker(value, column, context)


def _check_row(raw: RawTable, row: Row, context: Context) -> Iterator[Fault]:
    """Cells whose allowed values depend on another cell of the row."""
    if (
        raw.table.name == "design"
        and row["value"]
        and row["value"]
        and (allowed := attribute_values(row["attribute"]))
        and row["value"] not in allowed
    ):
        yield Fault(
            rule="not-allowed",
            file=raw.file,
            row=row.line,
            column="value",
            value=row["value"],
            message=f"is no value of ‘{row['attribute']}’.",
            remedy=allowed_values(row["value"], allowed),
        )
    cited = [part.split(",", 1)[0].strip() for part in row["cite"].split(";")]
    papers = context.about.papers if context.about else ()
    if row["basis"] == "paper" and papers and not set(cited) & set(papers):
        yield Fault(
            rule="basis-not-cited",
            file=raw.file,
            row=row.line,
            column="basis",
            value="paper",
            message="but no paper of the study is cited.",
            remedy=f"Cite one of {', '.join(papers)}, or use basis ‘document’.",
        )
    if row["basis"] != "unverified" and set(cited) == {GENERAL}:
        yield Fault(
            rule="basis-not-cited",
            file=raw.file,
            row=row.line,
            column="basis",
            value=row["basis"],
            message="but only general knowledge is cited.",
            remedy="Use basis ‘unverified’.",
        )
    if row["basis"] in ("dataset", "document") and cited and set(cited) <= set(papers):
        yield Fault(
            rule="basis-not-cited",
            file=raw.file,
            row=row.line,
            column="basis",
            value=row["basis"],
            message="but only papers of the study are cited.",
            remedy="Use basis ‘paper’.",
        )


def _check_id(value: str, _column: Column, _context: Context) -> Iterator[Problem]:
    if len(value) > LONGEST_ID:
        yield "bad-id", f"has {len(value):,} characters.", f"An id has {LONGEST_ID} at most."
    elif not _ID.fullmatch(value):
        suggestion = as_id(value)
        hint = f" Did you mean ‘{shorten(suggestion)}’?" if suggestion else ""
        yield "bad-id", "is not an id.", f"Use lower-case letters, digits and hyphens.{hint}"


def _check_date(value: str, column: Column, _context: Context) -> Iterator[Problem]:
    if value == OPEN and column.kind is Kind.DATE:
        yield "open-start", "stands for an open end.", "Leave it empty where the date is not known."
        return
    try:
        parse_moment(value)
    except BadValueError as error:
        yield "broken-date", "cannot be read:", str(error)


def _check_word(value: str, column: Column, _context: Context) -> Iterator[Problem]:
    if value not in column.allowed:
        yield "not-allowed", "is not allowed here.", allowed_values(value, list(column.allowed))


def _check_number(value: str, column: Column, _context: Context) -> Iterator[Problem]:
    number = float(value) if _NUMBER.fullmatch(value) else float("nan")
    if not abs(number) <= LARGEST or (column.kind is Kind.WHOLE and not number.is_integer()):
        yield (
            "not-a-number",
            f"is not a {column.kind.value}.",
            "Write digits with a decimal point, without spaces.",
        )


def _check_cite(value: str, _column: Column, context: Context) -> Iterator[Problem]:
    try:
        citations = parse_citations(value)
    except BadValueError as error:
        yield "broken-cite", "cannot be read:", str(error)
        return
    for citation in citations if context.bibliography is not None else ():
        if context.bibliography is not None and citation.key not in context.bibliography:
            yield (
                "unknown-key",
                f"cites ‘{shorten(citation.key)}’, which is not in sources.bib.",
                allowed_values(citation.key, sorted(context.bibliography)),
            )


def _check_link(value: str, column: Column, context: Context) -> Iterator[Problem]:
    parts = [value] if column.kind is Kind.LINK else split_list(value)
    if len(set(parts)) < len(parts):
        yield "double-entry", "names something twice.", "Name each once."
    for part in parts:
        targets = [ids for ids in (context.ids[table] for table in column.to) if ids is not None]
        if len(targets) == len(column.to) and not any(part in ids for ids in targets):
            choices = sorted(frozenset().union(*targets))
            kinds = " or ".join(_SINGULAR[table] for table in column.to)
            rule = f"unknown-{_SINGULAR[column.to[0]]}"
            yield (
                rule,
                f"names the {kinds} ‘{shorten(part)}’, which no row of {' or '.join(column.to)} defines.",
                allowed_values(part, choices),
            )


def _check_issues(value: str, column: Column, context: Context) -> Iterator[Problem]:
    parts = split_list(value)
    if len(set(parts)) < len(parts):
        yield "double-entry", "names something twice.", "Name each once."
    if column.name == "issues" and context.about:
        for part in parts:
            if part not in context.about.issues:
                yield (
                    "unknown-issue",
                    f"names the issue ‘{shorten(part)}’, which study.toml does not define.",
                    allowed_values(part, sorted(context.about.issues), most=30),
                )


def _check_unit(value: str, _column: Column, context: Context) -> Iterator[Problem]:
    for part in split_list(value):
        table, _, name = part.partition(":")
        shown = shorten(part)
        if _REGION.fullmatch(part):
            continue
        if table == "sources" and name:
            if context.bibliography is not None and name not in context.bibliography:
                yield (
                    "unknown-key",
                    f"names ‘{shown}’, which is not in sources.bib.",
                    allowed_values(name, sorted(context.bibliography)),
                )
        elif table not in context.ids or not name:
            near = allowed_values(table, [*context.ids, "region", "sources"])
            lower = f" Did you mean ‘region:{as_id(name)}’?" if table == "region" and name else f" {near}"
            yield (
                "bad-unit",
                f"‘{shown}’ is not a unit.",
                f"Write table:id, for instance bodies:eu, or region:name.{lower}",
            )
        elif (ids := context.ids[table]) is not None and name not in ids:
            yield (
                f"unknown-{_SINGULAR[table]}",
                f"names ‘{shown}’, which no row of {table} defines.",
                allowed_values(name, sorted(ids)),
            )


def as_id(text: str) -> str:
    """A text as an id: lower case, with hyphens for whatever is no letter or digit; empty where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


_SINGULAR = {
    "actors": "actor",
    "bodies": "body",
    "agreements": "agreement",
    "meetings": "meeting",
    "episodes": "episode",
    "statements": "statement",
    "figures": "figure",
}
ID_TABLES = tuple(name for name in _SINGULAR if BY_NAME[name].key == ("id",))
_CHECKS: Mapping[Kind, Check] = {
    Kind.ID: _check_id,
    Kind.DATE: _check_date,
    Kind.END: _check_date,
    Kind.WORD: _check_word,
    Kind.NUMBER: _check_number,
    Kind.WHOLE: _check_number,
    Kind.CITE: _check_cite,
    Kind.LINK: _check_link,
    Kind.LINKS: _check_link,
    Kind.LIST: _check_issues,
    Kind.UNIT: _check_unit,
}
