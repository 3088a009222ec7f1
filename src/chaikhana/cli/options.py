"""Options that several commands share, and how their text is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chaikhana.errors import BadValueError

if TYPE_CHECKING:
    from chaikhana.study.study import Study

StudyOption = Annotated[
    str, typer.Option("--study", "-s", help="A shipped study or a folder; the first shipped one if left out.")
]
OnOption = Annotated[str, typer.Option("--on", help="As of this date: 2014-03-27, or 2014 for its last day.")]
FromOption = Annotated[str, typer.Option("--from", help="First date of the span.")]
ToOption = Annotated[str, typer.Option("--to", help="Last date of the span.")]


def study_of(name: str) -> Study:
    """The study of that name or folder; the first shipped one where none is named."""
    from chaikhana.study.catalogue import open_study, shipped

    return open_study(name or next(iter(shipped())))


def day_of(text: str, option: str, *, first: bool = False) -> date | None:
    """The day that an option names, or None where it was left out; a year is its last day, or its first.

    Raises
    ------
    BadValueError
        Naming the option.
    """
    from chaikhana.core.dates import parse_day, parse_moment

    if not text:
        return None
    try:
        day = parse_day(text)
        return parse_moment(text).earliest if first else day
    except BadValueError as error:
        raise BadValueError(f"{option}: {error}") from error


def writable(path: Path) -> Path:
    """The path, if a file can be put there.

    Raises
    ------
    OutputError
        If its folder does not exist, or it is a folder.
    """
    from chaikhana.errors import OutputError

    if path.is_dir():
        raise OutputError(f"{path} is a folder. Name a file.")
    if not path.parent.is_dir():
        raise OutputError(f"There is no folder {path.parent}. Make it first, or name another place.")
    return path
