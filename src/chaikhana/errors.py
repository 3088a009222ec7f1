"""Exceptions named after what the user can mend.

Each says what is wrong, where, what is allowed and what to do; the command line prints the message
alone, never a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class ChaikhanaError(Exception):
    """Anything that the user can put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a file of a study.

    Attributes
    ----------
    rule : str
        The id of the rule that was broken, for instance ``unknown-actor``.
    file, row, column, value
        Where it stands; `row` is the line number in the file, the header being line 1.
    message : str
        What is wrong.
    remedy : str
        What is allowed, or what to do.
    """

    rule: str
    file: str
    message: str
    remedy: str = ""
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        shown = "" if self.value is None else f" ‘{shorten(self.value)}’"
        return f"{place}:{shown} {self.message}" + (f" {self.remedy}" if self.remedy else "")


class StudyError(ChaikhanaError):
    """A study cannot be used as it stands; carries every fault that was found."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        self.where = where
        self.faults = tuple(faults)
        count = len(self.faults)
        head = f"{where}: {count} {'fault' if count == 1 else 'faults'}"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


class UnknownNameError(ChaikhanaError):
    """A name that the workbench does not know, with the nearest ones that it does."""

    def __init__(self, kind: str, name: str, allowed: Iterable[str]) -> None:
        choices = sorted(allowed)
        self.name = name
        super().__init__(f"There is no {kind} ‘{shorten(name)}’. {allowed_values(name, choices)}")


class BadValueError(ChaikhanaError):
    """A value that cannot be read, such as a date in the wrong form."""


class ComparisonError(ChaikhanaError):
    """Cases from which nothing can be concluded as they stand, such as a table without a positive row."""


class ScenarioError(ChaikhanaError):
    """A supposition that cannot be laid over the study as it stands, or an initiative that cannot be put to it."""


class SourceError(ChaikhanaError):
    """A dataset that is missing, damaged, or not the one it is said to be."""


class OutputError(ChaikhanaError):
    """A file that could not be written; what stood there before is untouched."""


def shorten(text: str, length: int = 60) -> str:
    """`text` on one line and cut to `length` characters, so that a message stays readable; what cannot be printed is named."""
    flat = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in " ".join(text.split()))
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def allowed_values(name: str, choices: Sequence[str], most: int = 12) -> str:
    """A sentence with the nearest of `choices`, or all of them where they are few."""
    near = get_close_matches(name.lower(), choices, n=3, cutoff=0.6)
    if near:
        hint = f"Did you mean {' or '.join(f'‘{choice}’' for choice in near)}?"
        return hint + (f" Allowed: {', '.join(choices)}." if len(choices) <= most else "")
    if len(choices) <= most:
        return f"Allowed: {', '.join(choices)}." if choices else "None is defined."
    return f"Allowed: {', '.join(choices[:most])} … ({len(choices)} in all)."
