"""The tables of a study as they are being edited: rows that change, go or come, each knowing by which edit.

What it is: a working copy. Rows that no edit touches leave it as they came, so that nothing laid over a study changes nothing;
new rows are put in order by what they say, so that the order of edits leaves no trace where they touch different rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from chaikhana.core.dates import LAST_DAY, Moment, parse_moment, parse_period
from chaikhana.study.reading import RawTable, Row
from chaikhana.study.schema import BY_NAME

CITE = "what-if"
RIVALS = ("rival", "side", "prefer", "reason")


@dataclass(slots=True, kw_only=True)
class Line:
    """A row at work; it changes, unlike any record, and does not outlive the laying.

    Attributes
    ----------
    was : Row or None
        The row as the study has it; none for one that an edit brings.
    edits : list of int
        The edits that touched it, counted from 1.
    said : bool
        Whether an edit states something in it, so that it no longer rests on what it cites alone.
    cut : tuple of str
        The day on which an edit ended it, and its end before that; empty where none did.
    """

    cells: dict[str, str]
    was: Row | None = None
    edits: list[int] = field(default_factory=list)
    said: bool = False
    cut: tuple[str, ...] = ()

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def surely_on(self, when: Moment) -> bool:
        """Whether it holds on every day that a date may be."""
        return (
            parse_moment(self["from"]).latest <= when.earliest
            and parse_moment(self["to"]).earliest > when.latest
        )

    @property
    def changed(self) -> bool:
        """Whether it says something else than the study does."""
        return self.was is None or self.cells != self.was.cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a row.

    Attributes
    ----------
    what : str
        ``new``, ``changed`` or ``gone``.
    row : str
        ``table:line``.
    before, after : mapping
        Its cells, as far as they differ; empty where there is no such row.
    """

    table: str
    row: str
    what: str
    edits: tuple[int, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]


class Sheets:
    """Every table of a study at work."""

    def __init__(self, tables: Mapping[str, RawTable]) -> None:
        self._raw = dict(tables)
        self._lines = {
            name: [Line(cells=dict(row.cells), was=row) for row in raw.rows] for name, raw in tables.items()
        }
        self._gone: dict[str, list[Line]] = {}

    def lines(self, table: str) -> list[Line]:
        """The rows that a table has now."""
        return self._lines.setdefault(table, [])

    def where(self, table: str, test: Callable[[Line], bool]) -> Iterator[Line]:
        """The rows of a table that pass a test, as they are when asked."""
        return iter([line for line in self.lines(table) if test(line)])

    def ids(self, table: str) -> set[str]:
        """The ids that its rows have now."""
        return {line["id"] for line in self.lines(table)}

    def had(self, table: str, name: str) -> bool:
        """Whether an edit has taken the row with this id away."""
        return any(line["id"] == name for line in self._gone.get(table, ()))

    def drop(self, table: str, line: Line, edit: int) -> None:
        """Take a row away."""
        self._lines[table] = [one for one in self._lines[table] if one is not line]
        if line.was is not None:
            line.edits.append(edit)
            self._gone.setdefault(table, []).append(line)

    def put(self, line: Line, edit: int, cells: Mapping[str, str], *, said: bool = True) -> None:
        """Write into cells of a row."""
        line.cells.update(cells)
        line.edits.append(edit)
        line.said |= said

    def add(self, table: str, edit: int, cells: Mapping[str, str], like: Line | None = None) -> None:
        """A new row: the cells given, the rest as in another row or empty."""
        base = dict(like.cells) if like is not None else {}
        own = {} if like is not None else {"cite": CITE}
        self.lines(table).append(Line(cells={**base, **own, **cells}, edits=[edit], said=True))

    def finished(self) -> tuple[dict[str, RawTable], tuple[Change, ...]]:
        """The tables as a study has them, and what became of their rows."""
        self._settle_disputes()
        tables: dict[str, RawTable] = {}
        changes: list[Change] = []
        for name in (*self._raw, *(name for name in self._lines if name not in self._raw)):
            kept = [line for line in self.lines(name) if line.was is not None]
            fresh = sorted(
                (line for line in self.lines(name) if line.was is None),
                key=lambda line: sorted(line.cells.items()),
            )
            gone = self._gone.get(name, ())
            for line in gone:
                changes.append(self._change(name, line, "gone"))
            changed = [line for line in kept if line.changed]
            changes += [self._change(name, line, "changed") for line in changed]
            if not (fresh or gone or changed):
                tables[name] = self._raw[name]
                continue
            raw = self._raw.get(name) or RawTable(table=BY_NAME[name], file=f"{name}.csv", header=(), rows=())
            last = max((row.line for row in raw.every), default=1)
            rows = [
                line.was if line.was and not line.changed else Row(line=line.was.line, cells=_cited(line))
                for line in kept
                if line.was
            ]
            for number, line in enumerate(fresh, start=last + 1):
                rows.append(Row(line=number, cells=_cited(line)))
                changes.append(self._change(name, line, "new", number))
            header = tuple(dict.fromkeys((*raw.header, *(c.name for c in raw.table.all_columns))))
            tables[name] = replace(raw, header=header, rows=tuple(rows))
        return tables, tuple(changes)

    def _change(self, table: str, line: Line, what: str, number: int = 0) -> Change:
        before = line.was.cells if line.was else {}
        after = {} if what == "gone" else line.cells
        differing = [key for key in {**before, **after} if before.get(key, "") != after.get(key, "")]
        return Change(
            table=table,
            row=f"{table}:{line.was.line if line.was else number}",
            what=what,
            edits=tuple(dict.fromkeys(line.edits)),
            before={key: before.get(key, "") for key in differing if before},
            after={key: after.get(key, "") for key in differing if after},
        )

    def _settle_disputes(self) -> None:
        """A dispute that has lost its sides is none: the preferred row stands alone; without it the others go too (ours)."""
        for name in self._lines:
            held: dict[str, list[Line]] = {}
            for line in self.lines(name):
                if line["rival"]:
                    held.setdefault(line["rival"], []).append(line)
            touched = {line["rival"] for line in self._gone.get(name, ())}
            touched |= {line["rival"] for line in self.lines(name) if line.edits}
            for slug in touched & held.keys():
                rows = held[slug]
                preferred = [line for line in rows if line["prefer"] == "yes"]
                if not preferred:
                    for line in rows:
                        self.drop(name, line, line.edits[-1] if line.edits else self._edit_of(name, slug))
                elif len({line["side"] for line in rows}) < 2:
                    for line in rows:
                        edit = line.edits[-1] if line.edits else self._edit_of(name, slug)
                        self.put(line, edit, dict.fromkeys(RIVALS, ""), said=False)

    def _edit_of(self, table: str, slug: str) -> int:
        """The edit that took the other side of a dispute away."""
        return next(line.edits[-1] for line in self._gone.get(table, ()) if line["rival"] == slug)


def _cited(line: Line) -> dict[str, str]:
    """The cells of a changed row, with the scenario beside what it cited before where an edit speaks in it."""
    if not line.said:
        return line.cells
    cited = line["cite"]
    if not cited.endswith(CITE):
        cited = f"{cited}; {CITE}"
    return {**line.cells, "cite": cited, "basis": "unverified"}


def carve(
    sheets: Sheets, table: str, edit: int, test: Callable[[Line], bool], on: str, until: str
) -> list[Line]:
    """Take a stretch of time out of the spells of some rows, from `on` until `until` or for ever.

    A spell within it goes, one that reaches into it ends there, one that reaches beyond is parted. Where a spell's own end is
    not known and may lie within, what is known of it stays: it ended by then at the latest.

    Returns
    -------
    list of Line
        The rows that were changed or taken away.
    """
    first = parse_moment(on)
    last = parse_moment(until) if until else None
    touched = []
    for line in sheets.where(table, test):
        if line.cut[:1] == (on,):
            continue
        spell = parse_period(line["from"], line["to"])
        begins, ends = spell.start, spell.end
        if ends.latest <= first.earliest or (last and line["from"] and begins.earliest >= last.latest):
            continue
        touched.append(line)
        rest = last is not None and ends.latest > last.latest
        if rest and last:
            since = until if begins.latest <= last.latest else f"[{last.earliest}..{begins.latest}]"
            since = f"[{last.earliest}..]" if begins.latest == LAST_DAY and not line["from"] else since
            sheets.add(table, edit, {"from": since}, like=line)
        if begins.earliest >= first.earliest and line["from"]:
            sheets.drop(table, line, edit)
            continue
        if ends.earliest >= first.latest:
            to = on
        elif line["to"] and ends.earliest.year > 1:
            to = f"[{ends.earliest}..{first.latest}]"
        else:
            to = f"[..{first.latest}]"
        line.cut = (on, line["to"])
        sheets.put(line, edit, {"to": to})
    return touched


def resumed(sheets: Sheets, table: str, edit: int, test: Callable[[Line], bool], on: str) -> bool:
    """Whether spells that another edit had ended on the same day go on as before, so that the two cancel out."""
    found = [line for line in sheets.where(table, test) if line.cut[:1] == (on,)]
    for line in found:
        sheets.put(line, edit, {"to": line.cut[1]})
        line.cut = ()
    return bool(found)
