"""Two coders' sheets side by side: how far they agree, where they do not, and one study that keeps both and the settlement.

What it is: rows are paired by their table's key; every column beside it is a variable, and in `codings` and `design` every
question and every attribute. Krippendorff's alpha is nominal for words, ordinal for grades, interval for numbers. What the
coders state differently comes into the study as rival statements: each coder a side, the settled one preferred, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chaikhana.core.vocabulary import GRADED_ATTRIBUTES
from chaikhana.errors import BadValueError
from chaikhana.filling.merging import Incoming, Key
from chaikhana.filling.sheets import Cell, Sheet, place
from chaikhana.methods.reliability import Reliability, Scale, krippendorff_alpha
from chaikhana.study.cells import as_id
from chaikhana.study.schema import BY_NAME, COMMON, Column, Kind, Table
from chaikhana.study.tables_text import full_header

DRAWS = 1000
SEED = 20_261_129
LIST_HEADER = ("table", "row", "variable", "coder_1", "coder_2", "settled", "settled_by", "reason")
_LEFT_OUT = {column.name for column in COMMON} | {"coder", "confidence"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing on which the coders differ: the row's key, the column, and what each says."""

    table: str
    key: Key
    variable: str
    column: str
    values: tuple[str, str]

    @property
    def row(self) -> str:
        """The key as it is shown, and by which a settlement is found again."""
        return " · ".join(filter(None, self.key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Agreement on one variable.

    Attributes
    ----------
    alone : int
        Rows that one coder alone has.
    """

    table: str
    name: str
    scale: Scale
    found: Reliability
    differing: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What was agreed on for a difference, by whom and why."""

    value: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two codings side by side.

    Attributes
    ----------
    coders : tuple of str
        What the two are called.
    rows : tuple of mapping
        Each coder's rows, by table and key.
    """

    coders: tuple[str, str]
    rows: tuple[Mapping[tuple[str, Key], Mapping[str, str]], Mapping[tuple[str, Key], Mapping[str, str]]]
    variables: tuple[Variable, ...]
    differences: tuple[Difference, ...]


def compare(
    first: Sequence[Incoming], second: Sequence[Incoming], coders: tuple[str, str], draws: int = DRAWS
) -> Compared:
    """Set two coders' rows side by side.

    Parameters
    ----------
    draws : int
        How often units are resampled for alpha's interval; ours.

    Raises
    ------
    BadValueError
        If the two have no table in common, or are called the same.
    """
    if coders[0] == coders[1]:
        raise BadValueError("The two coders need names of their own: --coders anna,bek.")
    rows = (_by_key(first), _by_key(second))
    tables = {table for table, _ in rows[0]} & {table for table, _ in rows[1]}
    if not tables:
        raise BadValueError("The two files have no table in common: nothing can be set side by side.")
    variables: list[Variable] = []
    differences: list[Difference] = []
    for table in (BY_NAME[name] for name in BY_NAME if name in tables):
        keys = list(dict.fromkeys(key for side in rows for name, key in side if name == table.name))
        units: dict[str, list[tuple[Key, Column, tuple[str, str]]]] = {}
        for key in keys:
            pair = [side.get((table.name, key)) for side in rows]
            for name, column in _questions(table, pair[0] or pair[1] or {}):
                said = (_said(pair[0], column), _said(pair[1], column))
                units.setdefault(name, []).append((key, column, said))
        for name, found in units.items():
            if not any(all(said) for *_, said in found):
                continue
            variables.append(_variable(table, name, found, draws))
            differences += [
                Difference(table=table.name, key=key, variable=name, column=column.name, values=said)
                for key, column, said in found
                if all(said) and said[0] != said[1]
            ]
    return Compared(coders=coders, rows=rows, variables=tuple(variables), differences=tuple(differences))


def read_settlements(sheet: Sheet) -> dict[tuple[str, str, str], Settlement]:
    """A list of differences with its column ``settled`` filled in: by table, row and variable.

    Raises
    ------
    BadValueError
        If it has not the columns of such a list.
    """
    header = [as_id(cell.text).replace("-", "_") for cell in sheet.rows[0]] if sheet.rows else []
    lacking = [name for name in LIST_HEADER if name not in header]
    if lacking:
        raise BadValueError(
            f"{sheet.file} is no list of differences: it lacks the column ‘{lacking[0]}’. study agree writes one."
        )
    found = {}
    for row in sheet.rows[1:]:
        cells = {name: cell.text for name, cell in zip(header, row, strict=False)}
        if cells.get("settled"):
            found[cells["table"], cells["row"], cells["variable"]] = Settlement(
                value=cells["settled"], by=cells.get("settled_by", ""), reason=cells.get("reason", "")
            )
    return found


def as_list(compared: Compared) -> list[tuple[str, ...]]:
    """The differences as the rows of a list to settle, under `LIST_HEADER`."""
    return [(one.table, one.row, one.variable, *one.values, "", "", "") for one in compared.differences]


def together(
    compared: Compared, settled: Mapping[tuple[str, str, str], Settlement]
) -> tuple[list[Sheet], int]:
    """Both codings and their settlement as sheets to bring in, and how many rows stay out because a difference is open.

    Raises
    ------
    BadValueError
        If a settlement gives no reason.
    """
    differing: dict[tuple[str, Key], list[Difference]] = {}
    for one in compared.differences:
        differing.setdefault((one.table, one.key), []).append(one)
    grids: dict[str, list[Mapping[str, str]]] = {}
    open_rows = 0
    for name, key in dict.fromkeys([*compared.rows[0], *compared.rows[1]]):
        pair = [side.get((name, key)) for side in compared.rows]
        found = differing.get((name, key), [])
        answers = [settled.get((one.table, one.row, one.variable)) for one in found]
        if any(answer is None for answer in answers):
            open_rows += 1
            continue
        given = [answer for answer in answers if answer]
        if any(not answer.reason for answer in given):
            raise BadValueError(
                f"The settlement on {found[0].row} gives no reason. Fill in the column ‘reason’."
            )
        grids.setdefault(name, []).extend(_rows(compared.coders, BY_NAME[name], pair, found, given))
    return [
        _sheet(BY_NAME[name], rows, " + ".join(compared.coders)) for name, rows in grids.items()
    ], open_rows


def _rows(
    coders: tuple[str, str],
    table: Table,
    pair: Sequence[Mapping[str, str] | None],
    found: Sequence[Difference],
    answers: Sequence[Settlement],
) -> Iterator[Mapping[str, str]]:
    """The rows of one key: one where the coders agree (two where coders sign their rows), else rival statements."""
    coded = any(column.name == "coder" for column in table.columns)
    signed = [
        {**row, "coder": row.get("coder") or coder} if coded else dict(row)
        for row, coder in zip(pair, coders, strict=True)
        if row
    ]
    if not found:
        yield from signed if coded else signed[:1]
        return
    dispute = "coders-" + as_id(found[0].row)[:80]
    settled = {**signed[0], **{one.column: answer.value for one, answer in zip(found, answers, strict=True)}}
    columns = [one.column for one in found]
    names = "; ".join(dict.fromkeys(answer.by for answer in answers if answer.by))
    reason = "; ".join(dict.fromkeys(answer.reason for answer in answers)) + (
        f" (settled by {names})" if names else ""
    )
    taken = next((n for n, row in enumerate(signed) if all(row.get(c) == settled[c] for c in columns)), None)
    sides = [*zip(signed, coders, strict=True)]
    if taken is None:
        taken = len(sides)
        sides.append(({**settled, "coder": names or "settled"} if coded else settled, "settled"))
    for number, (row, side) in enumerate(sides):
        yield {
            **row,
            "rival": dispute,
            "side": side,
            "prefer": "yes" if number == taken else "no",
            "reason": reason if number == taken else "",
        }


def _sheet(table: Table, rows: Sequence[Mapping[str, str]], file: str) -> Sheet:
    header = full_header(table)
    grid = [tuple(header), *(tuple(row.get(name, "") for name in header) for row in rows)]
    return Sheet(
        file=file,
        name=table.name,
        rows=tuple(
            tuple(Cell(value=text or None, place=place(at, column)) for column, text in enumerate(line))
            for at, line in enumerate(grid)
        ),
    )


def _by_key(rows: Sequence[Incoming]) -> dict[tuple[str, Key], Mapping[str, str]]:
    """By table and what a row is about: its key, without what it answers and who does."""
    return {(row.block.table.name, _about(row.block.table, row.cells)): row.cells for row in rows}


def _about(table: Table, cells: Mapping[str, str]) -> Key:
    names = [name for name in table.key if name not in ("value", "coder")]
    return tuple(cells.get(name, "") for name in names)


def _questions(table: Table, cells: Mapping[str, str]) -> Iterator[tuple[str, Column]]:
    """The variables on which a row says something: the name of each, and its column."""
    if table.name == "codings":
        yield f"{cells.get('framework', '')}: {cells.get('code', '')}", table.column("value")
    elif table.name == "design":
        yield cells.get("attribute", ""), table.column("value")
    else:
        for column in table.columns:
            if column.name not in table.key and column.name not in _LEFT_OUT:
                yield column.name, column


def _said(row: Mapping[str, str] | None, column: Column) -> str:
    return row.get(column.name, "") if row else ""


def _variable(
    table: Table, name: str, found: Sequence[tuple[Key, Column, tuple[str, str]]], draws: int
) -> Variable:
    column = found[0][1]
    pairs = [said for *_, said in found]
    scale: Scale = "nominal"
    order: tuple[str, ...] | None = None
    if column.kind in (Kind.NUMBER, Kind.WHOLE):
        scale = "interval"
        units: list[list[object]] = [[float(value) for value in pair if value] for pair in pairs]
    else:
        units = [[value for value in pair if value] for pair in pairs]
    grades = GRADED_ATTRIBUTES.get(name)
    if grades and all(value in grades for unit in units for value in unit):
        scale, order = "ordinal", grades
    return Variable(
        table=table.name,
        name=name,
        scale=scale,
        found=krippendorff_alpha(units, scale, order, draws=draws, seed=SEED),
        differing=sum(bool(one and other) and one != other for one, other in pairs),
        alone=sum(bool(one) != bool(other) for one, other in pairs),
    )
