"""`study.toml`: what a study is about.

What it is: the one file of a study that is not a table. It names the region, its members, the outsiders of
interest, the issue vocabulary and the choices that measures need (whose votes to compare, which roll calls to show).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chaikhana.core.dates import OPEN, parse_day, parse_moment
from chaikhana.errors import BadValueError, Fault, allowed_values, shorten
from chaikhana.study.reading import UnusableFileError, is_there, read_text

FILE = "study.toml"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Votes(_Part):
    """Whose votes in the General Assembly the study compares."""

    references: tuple[str, ...] = ()
    blocs: tuple[str, ...] = ()
    roll_calls: Mapping[str, str] = Field(default_factory=dict)


class About(_Part):
    """The contents of `study.toml`.

    Attributes
    ----------
    short : str
        The region's initials, by which formats are called (``CA-5``).
    members : tuple of str
        Actors that make up the region.
    begins, ends : str
        The span of the study; spells marked ``..`` hold until `ends`, and nothing is said of later days.
    papers : tuple of str
        Bibliography keys of the papers that a row of basis `paper` may cite.
    powers, others : tuple of str
        Great powers, and other outside actors of interest.
    issues, identity_frames : mapping
        Word to meaning.
    """

    id: str
    title: str
    version: str
    licence: str
    region: str
    short: str
    members: tuple[str, ...] = Field(min_length=2)
    begins: str
    ends: str
    papers: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    issues: Mapping[str, str]
    identity_frames: Mapping[str, str] = Field(default_factory=dict)
    votes: Votes = Votes()
    authors: tuple[str, ...] = ()
    summary: str = ""

    @property
    def first_day(self) -> date:
        """The first day that the study speaks of."""
        return parse_moment(self.begins).earliest

    @property
    def last_day(self) -> date:
        """The last day that the study speaks of: the day to which open spells are known to hold."""
        return parse_day(self.ends)


def read_about(folder: Path) -> tuple[About | None, list[Fault], list[Fault]]:
    """Read `study.toml`: its contents, none where it is missing or at fault; the faults; the notices."""
    if not is_there(folder, FILE):
        remedy = "A study folder has a study.toml with its title, region, members and issues."
        return None, [Fault(rule="missing-study-toml", file=FILE, message="is not there.", remedy=remedy)], []
    try:
        text, notices = read_text(folder, FILE)
        values = tomllib.loads(text)
    except UnusableFileError as error:
        return None, [error.fault], []
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError; a huge number another
        remedy = 'Write texts in quotes and lists in brackets: members = ["aaa", "bbb"].'
        reason = shorten(str(error), 120).rstrip(".")
        return (
            None,
            [Fault(rule="broken-toml", file=FILE, message=f"is not TOML: {reason}.", remedy=remedy)],
            [],
        )
    try:
        about = About.model_validate(_lists_to_tuples(values))
    except ValidationError as error:
        return (
            None,
            [
                _as_fault(problem["loc"], problem["type"], problem["msg"], problem["input"])
                for problem in error.errors()
            ],
            notices,
        )
    faults = list(_senseless(about))
    return (None if faults else about), faults, notices


def _senseless(about: About) -> Iterator[Fault]:
    """What is well formed and still cannot be."""
    if not _ID.fullmatch(about.id):
        yield _broken("id", about.id, "is not an id.", "Use lower-case letters, digits and hyphens.")
    days = {}
    for key in ("begins", "ends"):
        value = getattr(about, key)
        try:
            if value.strip() in ("", OPEN):
                raise BadValueError("A study begins and ends on a date, for instance 2014-03-27.")
            days[key] = parse_moment(value)
        except BadValueError as error:
            yield _broken(key, value, "cannot be used:", str(error))
    if len(days) == 2 and days["ends"].latest < days["begins"].earliest:
        yield _broken(
            "ends", about.ends, f"comes before ‘begins’, {about.begins}.", "Put the two dates in order."
        )
    for key in ("members", "powers", "others", "papers"):
        names = getattr(about, key)
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield _broken(key, name, "is named twice.", "Name each once.")


def _lists_to_tuples(value: object) -> object:
    """TOML's arrays as tuples, which strict frozen models want."""
    if isinstance(value, dict):
        return {key: _lists_to_tuples(inner) for key, inner in value.items()}
    return tuple(_lists_to_tuples(inner) for inner in value) if isinstance(value, list) else value


def _as_fault(place: tuple[int | str, ...], kind: str, message: str, value: object) -> Fault:
    where = ".".join(str(step) for step in place)
    if kind == "missing":
        return _broken(where, None, "is missing.", f"Say what it is: {where} = …")
    if kind == "extra_forbidden":
        known = Votes.model_fields if place[0] == "votes" else About.model_fields
        return _broken(
            where, None, "is not a key of study.toml.", allowed_values(str(place[-1]), sorted(known), most=20)
        )
    if kind == "too_short":
        return _broken(where, _toml(value), "names too few.", "A region has two members at least.")
    wanted = _WANTED.get(kind, message.lower())
    return _broken(where, _toml(value), "is of the wrong kind.", f"Write {wanted}.")


def _toml(value: object) -> str:
    return shorten(str(list(value) if isinstance(value, tuple) else value))


def _broken(where: str, value: str | None, message: str, remedy: str) -> Fault:
    return Fault(
        rule="broken-study-toml", file=FILE, column=where, value=value, message=message, remedy=remedy
    )


_WANTED = {
    "string_type": 'a text in quotes: key = "text"',
    "tuple_type": 'a list in brackets: key = ["aaa", "bbb"]',
    "mapping_type": 'a table of words: [table] and lines word = "meaning"',
    "model_type": "a table: [table] and lines key = value",
}
