"""`study.toml`: what a study is about.

What it is: the one file of a study that is not a table. It names the region, its members, the outsiders of
interest, the issue vocabulary and the choices that measures need (whose votes to compare, which roll calls to show).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chaikhana.core.dates import parse_day, parse_moment
from chaikhana.errors import BadValueError, Fault, allowed_values
from chaikhana.study.reading import read_text

FILE = "study.toml"


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


def read_about(folder: Path) -> tuple[About | None, list[Fault]]:
    """Read `study.toml`; no result where it is missing or at fault."""
    if not (folder / FILE).exists():
        return None, [
            Fault(
                rule="missing-study-toml",
                file=FILE,
                message="is not there.",
                remedy="A study folder has a study.toml with its title, region, members and issues.",
            )
        ]
    text, faults, _ = read_text(folder, FILE)
    if faults:
        return None, faults
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [
            Fault(
                rule="broken-toml",
                file=FILE,
                message=f"is not TOML: {error}.",
                remedy='Write texts in quotes and lists in brackets: members = ["aaa", "bbb"].',
            )
        ]
    try:
        about = About.model_validate(_lists_to_tuples(values))
    except ValidationError as error:
        return None, [
            _as_fault(problem["loc"], problem["type"], problem["msg"]) for problem in error.errors()
        ]
    for key in ("begins", "ends"):
        try:
            parse_day(getattr(about, key))
        except BadValueError as error:
            faults.append(Fault(rule="broken-study-toml", file=FILE, column=key, message=str(error)))
    return (None, faults) if faults else (about, [])


def _lists_to_tuples(value: object) -> object:
    """TOML's arrays as tuples, which strict frozen models want."""
    if isinstance(value, dict):
        return {key: _lists_to_tuples(inner) for key, inner in value.items()}
    return tuple(_lists_to_tuples(inner) for inner in value) if isinstance(value, list) else value


def _as_fault(place: tuple[int | str, ...], kind: str, message: str) -> Fault:
    where = ".".join(str(step) for step in place)
    if kind == "missing":
        return Fault(
            rule="broken-study-toml",
            file=FILE,
            column=where,
            message="is missing.",
            remedy=f"Say what it is: {where} = …",
        )
    if kind == "extra_forbidden":
        return Fault(
            rule="broken-study-toml",
            file=FILE,
            column=where,
            message="is not a key of study.toml.",
            remedy=allowed_values(where, sorted(About.model_fields), most=20),
        )
    return Fault(
        rule="broken-study-toml", file=FILE, column=where, message=f"cannot be used: {message.lower()}."
    )
