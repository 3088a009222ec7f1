"""What an import says of a cell: what is wrong with it, how it was guessed to be meant, or what was put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chaikhana.errors import shorten

Weight = Literal["fault", "guess", "mended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing said of one cell.

    Attributes
    ----------
    weight : str
        ``fault``: its row is left out; ``guess``: taken if the user agrees; ``mended``: certain, taken and told.
    rule : str
        The id of what was met, for instance ``day-number``.
    sheet, cell : str
        Where: the sheet's name, and the cell as a spreadsheet calls it (``D7``); a file of commas is a sheet too.
    taken : str, optional
        For a guess and what was mended: the text that is taken.
    """

    weight: Weight
    rule: str
    file: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str
    taken: str | None = None

    def __str__(self) -> str:
        shown = f" ‘{shorten(self.value)}’" if self.value else ""
        return (
            f"{self.file}, sheet {self.sheet}, cell {self.cell}:{shown} {self.message} {self.remedy}".rstrip()
        )


def told(said: Iterable[Said]) -> list[str]:
    """Lines for eyes: faults and guesses one by one, what was mended once a column with how often."""
    lines: list[str] = []
    mended: dict[tuple[str, str, str, str], list[Said]] = {}
    for one in said:
        if one.weight == "mended":
            mended.setdefault((one.file, one.sheet, one.cell.rstrip("0123456789"), one.rule), []).append(one)
        else:
            lines.append(f"{one.weight}: {one}")
    for alike in mended.values():
        more = f" (and {len(alike) - 1:,} more in this column)" if len(alike) > 1 else ""
        lines.append(f"mended: {alike[0]}{more}")
    return lines
