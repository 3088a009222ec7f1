"""One cell of a spreadsheet as the study writes it: the text that is taken, and what is to be said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from chaikhana.core.vocabulary import attribute_values
from chaikhana.errors import allowed_values
from chaikhana.filling.dates_read import Order, read_date
from chaikhana.filling.names_read import Names
from chaikhana.filling.said import Said, Weight
from chaikhana.filling.sheets import Cell, Sheet
from chaikhana.study.about import About
from chaikhana.study.cells import as_id
from chaikhana.study.schema import Column, Kind

LIKE = 0.75
_YES, _NO = frozenset(("true", "y", "1", "ja", "x")), frozenset(("false", "n", "0"))
_BLANK = frozenset(("n/a", "na", "n.a.", "-", "–", "?", "none", "null", "nan"))
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200f\u202f\u205f\u3000\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The text taken from a cell, none where it is at fault, and what is said of it."""

    text: str | None
    said: tuple[Said, ...] = ()


class Reader:
    """Reads cells for one study.

    Parameters
    ----------
    about : About, optional
        Gives the issues of the study.
    """

    def __init__(self, names: Names, about: About | None, order: Order) -> None:
        self._names, self._about, self._order = names, about, order

    def read(self, cell: Cell, column: Column, sheet: Sheet, row: dict[str, str]) -> Taken:
        """Read a cell; `row` is what was taken of its row so far."""
        if cell.fault:
            return Taken(text=None, said=(_broken(cell, sheet),))
        if cell.blank:
            return Taken(text="")
        typed = "" if cell.value is None else str(cell.value)
        text = (
            _number_text(cell.value)
            if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
            else typed
        )
        said: list[Said] = []
        free = column.kind in (Kind.TEXT, Kind.CITE)  # an unbreakable blank inside a sentence is its writer's
        clean = (text if free else _ODD_SPACES.sub(" ", text)).strip()
        if clean != text and isinstance(cell.value, str):
            message = "has blanks at its ends or ones that cannot be seen, which were taken away."
            said.append(self._say("mended", "blanks", cell, sheet, message, "Nothing need be done.", clean))
        if column.kind in (Kind.DATE, Kind.END):
            value = cell.value if not isinstance(cell.value, str) else clean
            taken = self._date(value, cell, column, sheet)
        else:
            taken = self._other(clean, cell, column, sheet, row)
        return Taken(text=taken.text, said=(*said, *taken.said))

    def _date(self, value: object, cell: Cell, column: Column, sheet: Sheet) -> Taken:
        meant = read_date(value, end=column.kind is Kind.END, order=self._order)
        if meant.text is None:
            return Taken(
                text=None, said=(self._say("fault", meant.how, cell, sheet, meant.message, meant.remedy),)
            )
        if meant.how == "same":
            return Taken(text=meant.text)
        if meant.how == "form":
            message, remedy = f"was read as ‘{meant.text}’.", "Nothing need be done."
            return Taken(
                text=meant.text,
                said=(self._say("mended", "date-form", cell, sheet, message, remedy, meant.text),),
            )
        return Taken(
            text=meant.text,
            said=(self._say("guess", meant.how, cell, sheet, meant.message, meant.remedy, meant.text),),
        )

    def _other(self, text: str, cell: Cell, column: Column, sheet: Sheet, row: dict[str, str]) -> Taken:
        if column.kind is Kind.WORD:
            return self._word(text, list(column.allowed), cell, sheet)
        if column.name == "value" and (allowed := attribute_values(row.get("attribute", ""))):
            return self._word(text, list(allowed), cell, sheet)
        if column.kind is Kind.LINK:
            return self._link([text], column, cell, sheet)
        if column.kind is Kind.LINKS:
            return self._link(_parts(text), column, cell, sheet)
        if column.kind is Kind.LIST and column.name == "issues" and self._about:
            return self._issues(_parts(text), cell, sheet)
        if column.kind in (Kind.NUMBER, Kind.WHOLE):
            return self._number(text, cell, sheet)
        if column.kind is Kind.ID and text != as_id(text) and as_id(text):
            message = f"is not an id; it is taken for ‘{as_id(text)}’."
            remedy = "Use lower-case letters, digits and hyphens."
            return Taken(
                text=as_id(text),
                said=(self._say("guess", "bad-id", cell, sheet, message, remedy, as_id(text)),),
            )
        return Taken(text=text)

    def _word(self, text: str, allowed: list[str], cell: Cell, sheet: Sheet) -> Taken:
        if text in allowed:
            return Taken(text=text)
        word = as_id(text)
        if isinstance(cell.value, bool) or word in _YES | _NO:
            word = "yes" if word in _YES else "no"
        if word in allowed:
            message = f"was read as ‘{word}’."
            return Taken(
                text=word,
                said=(self._say("mended", "word-form", cell, sheet, message, "Nothing need be done.", word),),
            )
        if text.lower() in _BLANK and "unknown" not in allowed:
            message = "is taken for nothing said."
            return Taken(
                text="",
                said=(self._say("guess", "word-for-unknown", cell, sheet, message, "Leave it blank.", ""),),
            )
        inside = [one for one in allowed if one in word.split("-") or word in one.split("-")]
        near = inside[:1] if len(inside) == 1 else get_close_matches(word, allowed, n=1, cutoff=LIKE)
        if near:
            message = f"is taken for ‘{near[0]}’."
            return Taken(
                text=near[0],
                said=(
                    self._say(
                        "guess",
                        "word-by-likeness",
                        cell,
                        sheet,
                        message,
                        allowed_values(word, allowed),
                        near[0],
                    ),
                ),
            )
        return Taken(
            text=None,
            said=(
                self._say(
                    "fault", "not-allowed", cell, sheet, "is not allowed here.", allowed_values(word, allowed)
                ),
            ),
        )

    def _link(self, parts: list[str], column: Column, cell: Cell, sheet: Sheet) -> Taken:
        ids: list[str] = []
        said: list[Said] = []
        for part in parts:
            found = self._names.find(part, column.to)
            kinds = " or ".join(column.to)
            if not found.ids:
                message = f"names nothing that {kinds} has."
                remedy = f"Add its row to {kinds} first, or write the id of one that is there."
                return Taken(
                    text=None,
                    said=(self._say("fault", "unknown-name", cell, sheet, message, remedy, of=part),),
                )
            if len(found.ids) > 1:
                message = f"may be {' or '.join(f'‘{one}’' for one in found.ids[:4])}."
                return Taken(
                    text=None,
                    said=(
                        self._say(
                            "fault",
                            "two-names",
                            cell,
                            sheet,
                            message,
                            "Write the id of the one that is meant.",
                            of=part,
                        ),
                    ),
                )
            ids.append(found.ids[0])
            if found.certain and part != found.ids[0]:
                said.append(
                    self._say(
                        "mended",
                        "name-to-id",
                        cell,
                        sheet,
                        f"was read as ‘{found.ids[0]}’.",
                        "Nothing need be done.",
                        found.ids[0],
                        of=part,
                    )
                )
            elif not found.certain:
                said.append(
                    self._say(
                        "guess",
                        "name-by-likeness",
                        cell,
                        sheet,
                        f"is taken for ‘{found.ids[0]}’.",
                        f"Write the id, or add a row to {kinds}.",
                        found.ids[0],
                        of=part,
                    )
                )
        return Taken(text="; ".join(ids), said=tuple(said))

    def _issues(self, parts: list[str], cell: Cell, sheet: Sheet) -> Taken:
        allowed = sorted(self._about.issues) if self._about else []
        taken: list[str] = []
        said: list[Said] = []
        for part in parts:
            if as_id(part) in allowed:
                taken.append(as_id(part))
                continue
            near = get_close_matches(as_id(part), allowed, n=1, cutoff=LIKE)
            hint = allowed_values(as_id(part), allowed, most=30)
            if not near:
                return Taken(
                    text=None,
                    said=(
                        self._say(
                            "fault", "unknown-issue", cell, sheet, "is no issue of study.toml.", hint, of=part
                        ),
                    ),
                )
            taken.append(near[0])
            said.append(
                self._say(
                    "guess",
                    "word-by-likeness",
                    cell,
                    sheet,
                    f"is taken for ‘{near[0]}’.",
                    hint,
                    near[0],
                    of=part,
                )
            )
        return Taken(text="; ".join(taken), said=tuple(said))

    def _number(self, text: str, cell: Cell, sheet: Sheet) -> Taken:
        if text.lower() in _BLANK:
            return Taken(
                text="",
                said=(
                    self._say(
                        "guess",
                        "word-for-unknown",
                        cell,
                        sheet,
                        "is taken for no number.",
                        "Leave it blank.",
                        "",
                    ),
                ),
            )
        if re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", text):
            return Taken(text=text)
        bare = re.sub(r"[\s']", "", text)
        readings = []
        if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare):
            readings.append(bare.replace(",", ""))
        if re.fullmatch(r"[+-]?\d+,\d+", bare):
            readings.append(bare.replace(",", "."))
        if not readings and bare != text and re.fullmatch(r"[+-]?\d+(\.\d+)?", bare):
            readings.append(bare)
        if len(readings) == 1:
            message = f"is taken for the number {readings[0]}."
            return Taken(
                text=readings[0],
                said=(
                    self._say(
                        "guess",
                        "number-form",
                        cell,
                        sheet,
                        message,
                        "Write digits with a decimal point.",
                        readings[0],
                    ),
                ),
            )
        message = f"may be {readings[0]} or {readings[1]}." if readings else "is not a number."
        return Taken(
            text=None,
            said=(
                self._say(
                    "fault",
                    "not-a-number",
                    cell,
                    sheet,
                    message,
                    "Write digits with a decimal point, without blanks, signs or units.",
                ),
            ),
        )

    def _say(
        self,
        weight: Weight,
        rule: str,
        cell: Cell,
        sheet: Sheet,
        message: str,
        remedy: str,
        taken: str | None = None,
        of: str = "",
    ) -> Said:
        return Said(
            weight=weight,
            rule=rule,
            file=sheet.file,
            sheet=sheet.name,
            cell=cell.place,
            value=of or cell.text,
            message=message,
            remedy=remedy,
            taken=taken,
        )


def _broken(cell: Cell, sheet: Sheet) -> Said:
    message, remedy = {
        "formula-error": (
            f"is what the formula {cell.formula} gives.",
            "Mend the formula, or put the value itself into the cell.",
        ),
        "formula-without-value": (
            f"has the formula {cell.formula}, which was never computed.",
            "Open the workbook in a spreadsheet and save it, or put the value itself into the cell.",
        ),
        "merged": (
            f"is merged with {cell.formula}.",
            f"Take the cells apart and write the value of {cell.formula} into each.",
        ),
    }[cell.fault]
    return Said(
        weight="fault",
        rule=cell.fault,
        file=sheet.file,
        sheet=sheet.name,
        cell=cell.place,
        value=cell.text,
        message=message,
        remedy=remedy,
    )


def _number_text(value: object) -> str:
    """A number as a study writes it: 3 for 3.0."""
    return (
        str(int(value))
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        else str(value)
    )


def _parts(text: str) -> list[str]:
    mark = ";" if ";" in text else "\n" if "\n" in text else ","
    return [part.strip() for part in text.split(mark) if part.strip()]
