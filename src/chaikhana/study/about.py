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
from chaikhana.core.evidence import parse_citations
from chaikhana.errors import BadValueError, Fault, allowed_values, shorten
from chaikhana.methods.passages import check_phrase
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


class Frame(_Part):
    """A way of speaking, known by its phrases; `says` up to its first comma is what it is called.

    Attributes
    ----------
    words : tuple of str
        Its phrases, in which a star stands for any ending of a word: ``neutral state*``.
    but_not : tuple of str
        Longer phrases inside which none of `words` counts (`not` in the file).
    named_by : str
        Where papers of the study speak of it, as ``key, locator`` (`from` in the file); empty if the frame is the study's
        own. The phrases are the study's own in any case.
    """

    says: str
    words: tuple[str, ...] = Field(min_length=1)
    but_not: tuple[str, ...] = Field(default=(), alias="not")
    named_by: str = Field(default="", alias="from")

    @property
    def name(self) -> str:
        """What it is called in a report."""
        return self.says.split(",", 1)[0].strip()


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
    frames : mapping
        Ways of speaking that are sought in speeches, by id; one that is also an identity frame has its id.
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
    frames: Mapping[str, Frame] = Field(default_factory=dict)
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
    called: dict[str, str] = {}
    for name, frame in about.frames.items():
        if not frame.name or frame.name in called:
            wrong = (
                f"names the frame as ‘{called[frame.name]}’ does."
                if frame.name
                else "does not name the frame."
            )
            remedy = 'Begin with a name of its own and a comma: says = "fish, and those who live by it".'
            yield _broken(f"frames.{name}.says", frame.says, wrong, remedy)
        called[frame.name] = name
        if not _ID.fullmatch(name):
            yield _broken(
                f"frames.{name}", name, "is not an id.", "Use lower-case letters, digits and hyphens."
            )
        yield from _senseless_frame(f"frames.{name}", frame, about.papers)


def _senseless_frame(where: str, frame: Frame, papers: tuple[str, ...]) -> Iterator[Fault]:
    seen: set[str] = set()
    for key, phrases in (("words", frame.words), ("not", frame.but_not)):
        for phrase in phrases:
            try:
                check_phrase(phrase)
            except BadValueError as error:
                yield _broken(f"{where}.{key}", phrase, "cannot be sought:", str(error))
            if phrase.lower() in seen:
                remedy = "Name a phrase once, under ‘words’ or under ‘not’; upper and lower case are alike."
                yield _broken(f"{where}.{key}", phrase, "is named twice.", remedy)
            seen.add(phrase.lower())
    try:
        cited = parse_citations(frame.named_by) if frame.named_by else ()
    except BadValueError as error:
        yield _broken(f"{where}.from", frame.named_by, "cannot be used:", str(error))
        return
    for citation in cited:
        if citation.key not in papers:
            remedy = f"{allowed_values(citation.key, papers)} Leave ‘from’ out of a frame of your own."
            yield _broken(f"{where}.from", citation.key, "is not one of the study's papers.", remedy)


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
        part = _PARTS.get(str(place[0]), About) if place[1:] else About
        known = sorted(field.alias or name for name, field in part.model_fields.items())
        return _broken(
            where, None, "is not a key of study.toml.", allowed_values(str(place[-1]), known, most=20)
        )
    if kind == "too_short" and place[0] == "frames":
        return _broken(
            where, _toml(value), "names no phrase.", 'Name one at least: words = ["neutral state*"].'
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


_PARTS: Mapping[str, type[_Part]] = {"votes": Votes, "frames": Frame}
_WANTED = {
    "string_type": 'a text in quotes: key = "text"',
    "tuple_type": 'a list in brackets: key = ["aaa", "bbb"]',
    "mapping_type": 'a table of words: [table] and lines word = "meaning"',
    "model_type": "a table: [table] and lines key = value",
}
