"""The registered claims: what a paper says in passing, where, and the test that could contradict it.

What it is: one TOML file a paper (`corpus/`, and `claims/` in a study's own folder), read into records. A claim has a test in
SQL (`test`), or the name of one in Python (`python`), or says what would test it (`needs`). All faults of all files come
in one go, each with its line. Nothing in a file is executed when it is read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chaikhana.claims.python_tests import PYTHON_TESTS
from chaikhana.core.dates import parse_day
from chaikhana.core.vocabulary import CLAIM_KINDS
from chaikhana.errors import BadValueError, Fault, StudyError, allowed_values
from chaikhana.study.assemble import CLAIMS
from chaikhana.study.study import Study

COMPUTED = re.compile(r"\b(measure|finding)_[a-z0-9_]+")
_HEADING = re.compile(r"\s*\[\[\s*claim\s*\]\]")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable claim of a paper.

    Attributes
    ----------
    says : str
        What the paper says, in our own words.
    expected : str
        What the rows should show if it holds.
    test : str
        A SELECT that gives one row for each thing tested (`what`, `holds`, `rows`, and `found` if it likes).
    python : str
        The name of a test in Python instead.
    needs : str
        What would test it, where nothing at hand can.
    explains : str
        What could explain a contradiction: definition, date or source.
    against : tuple of str
        Claims of other papers that say otherwise.
    place : str
        File and line of its heading.
    test_line : int
        Line in the file at which its SQL begins.
    """

    id: str
    paper: str
    locator: str
    says: str
    kind: str
    expected: str
    test: str = ""
    python: str = ""
    needs: str = ""
    actors: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    period: str = ""
    note: str = ""
    explains: str = ""
    against: tuple[str, ...] = ()
    place: str = ""
    test_line: int = 0

    @property
    def testable(self) -> bool:
        """Whether anything at hand tests it."""
        return bool(self.test or self.python)

    @property
    def computed(self) -> bool:
        """Whether its test reads measures or findings, and not tables and series alone."""
        return bool(self.python or COMPUTED.search(self.test))


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The claims of one paper.

    Attributes
    ----------
    paper : str
        Its key in the study's bibliography.
    written : date
        The day up to which the paper could know.
    """

    paper: str
    study: str
    written: date
    why: str
    claims: tuple[Claim, ...]


class _Entry(BaseModel):
    """A `[[claim]]` as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    locator: str
    says: str
    kind: str
    expected: str
    test: str = ""
    python: str = ""
    needs: str = ""
    actors: list[str] = Field(default_factory=list)
    bodies: list[str] = Field(default_factory=list)
    period: str = ""
    note: str = ""
    explains: str = ""
    against: list[str] = Field(default_factory=list)


class _File(BaseModel):
    """A claim file as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True)

    paper: str
    study: str = ""
    written: str
    written_because: str = ""
    claim: list[_Entry] = Field(default_factory=list)


def corpora(study: Study) -> tuple[Corpus, ...]:
    """The claims that are registered for a study: the shipped ones, then those in its own `claims` folder.

    Raises
    ------
    StudyError
        If a file is not as it should be: every fault of every file, with its line.
    """
    found: list[Corpus] = []
    faults: list[Fault] = []
    for path in _files(study):
        corpus, wrong = read(path, study)
        faults += wrong
        if corpus is not None and corpus.study in ("", study.about.id):
            found.append(corpus)
    faults += _across(found)
    if faults:
        raise StudyError(f"The claims of {study.about.id}", faults)
    return tuple(found)


def _files(study: Study) -> Iterator[Path]:
    yield from sorted((Path(str(files("chaikhana"))) / "claims" / "corpus").glob("*.toml"))
    own = study.folder / CLAIMS
    if own.is_dir():
        for path in sorted(own.glob("*.toml")):
            if path.is_file() and path.resolve().is_relative_to(study.folder.resolve()):
                yield path


def read(path: Path, study: Study) -> tuple[Corpus | None, list[Fault]]:
    """One claim file, or its faults.

    A file that belongs to another study is read for its form alone.
    """
    where = path.name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        return None, [
            _fault(where, None, None, f"it cannot be read: {error.strerror}.", "Name a TOML file of claims.")
        ]
    except UnicodeDecodeError as error:
        return None, [_fault(where, None, None, f"it is not UTF-8 text: {error}.", "Save it as UTF-8.")]
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return None, [
            _fault(
                where,
                int(line.group(1)) if line else None,
                None,
                f"it is not TOML: {error}",
                "Mend the line; SQL stands between three single quotes (''').",
            )
        ]
    lines = text.splitlines()
    headings = [number for number, line in enumerate(lines, 1) if _HEADING.match(line)]
    try:
        entry = _File.model_validate(written)
    except ValidationError as error:
        return None, [_misformed(where, lines, headings, one) for one in error.errors()]
    faults: list[Fault] = []
    day = None
    try:
        day = parse_day(entry.written)
    except BadValueError as error:
        faults.append(
            _fault(where, _line(lines, 1, "written"), "written", str(error), "Write a date: 2020-09-17.")
        )
    mine = entry.study in ("", study.about.id)
    if mine and entry.paper not in study.bibliography:
        faults.append(
            _fault(
                where,
                _line(lines, 1, "paper"),
                "paper",
                f"‘{entry.paper}’ is no key of the study's sources.bib.",
                allowed_values(entry.paper, study.about.papers or sorted(study.bibliography)),
            )
        )
    claims = []
    for number, (heading, one) in enumerate(zip(headings, entry.claim, strict=False)):
        end = headings[number + 1] if number + 1 < len(headings) else len(lines) + 1
        claims.append(_claim(one, entry.paper, f"{where}, line {heading}", lines, heading))
        faults += _senseless(claims[-1], where, lines, heading, end, study if mine else None)
    if faults or day is None:
        return None, faults
    return (
        Corpus(
            paper=entry.paper, study=entry.study, written=day, why=entry.written_because, claims=tuple(claims)
        ),
        [],
    )


def _claim(one: _Entry, paper: str, place: str, lines: list[str], heading: int) -> Claim:
    def told(text: str) -> str:
        return " ".join(text.split())

    return Claim(
        id=one.id,
        paper=paper,
        locator=told(one.locator),
        says=told(one.says),
        kind=one.kind,
        expected=told(one.expected),
        test=one.test.strip("\n"),
        python=one.python,
        needs=told(one.needs),
        actors=tuple(one.actors),
        bodies=tuple(one.bodies),
        period=one.period,
        note=told(one.note),
        explains=told(one.explains),
        against=tuple(one.against),
        place=place,
        test_line=_test_line(lines, heading),
    )


def _test_line(lines: list[str], heading: int) -> int:
    at = _line(lines, heading, "test") or heading
    return at + 1 if lines[at - 1].rstrip().endswith(("'''", '"""')) else at


def _senseless(
    claim: Claim, where: str, lines: list[str], heading: int, end: int, study: Study | None
) -> Iterator[Fault]:
    """What the schema cannot see."""

    def fault(key: str, message: str, remedy: str) -> Fault:
        return _fault(where, _line(lines[: end - 1], heading, key) or heading, key, message, remedy)

    if not _SLUG.fullmatch(claim.id):
        yield fault("id", f"‘{claim.id}’ is no id.", "Use small letters, digits and single hyphens.")
    for key in ("locator", "says", "expected"):
        if not getattr(claim, key):
            yield fault(
                key, f"the claim ‘{claim.id}’ has an empty {key}.", "Say it in a few words of your own."
            )
    if claim.kind not in CLAIM_KINDS:
        yield fault(
            "kind", f"‘{claim.kind}’ is no kind of claim.", allowed_values(claim.kind, tuple(CLAIM_KINDS))
        )
    ways = [key for key in ("test", "python", "needs") if getattr(claim, key).strip()]
    if len(ways) != 1:
        yield fault(
            ways[-1] if ways else "id",
            f"the claim ‘{claim.id}’ has {' and '.join(ways) if ways else 'no test'}.",
            "Give one of: test (SQL), python (the name of a test), needs (what would test it).",
        )
    name = claim.python.partition(" ")[0]
    if name and name not in PYTHON_TESTS:
        yield fault("python", f"there is no test ‘{name}’.", allowed_values(name, tuple(PYTHON_TESTS)))
    if study is None:
        return
    for key, table in (("actors", "actors"), ("bodies", "bodies")):
        known = set(study.frames[table]["id"])
        for name in getattr(claim, key):
            if name not in known:
                yield fault(key, f"‘{name}’ is none of the study's {table}.", f"See chaikhana show {table}.")


def _across(found: Iterable[Corpus]) -> Iterator[Fault]:
    """Ids that two claims share, and links that lead nowhere or one way only."""
    by_id: dict[str, Claim] = {}
    for claim in (claim for corpus in found for claim in corpus.claims):
        if claim.id in by_id:
            where, _, line = claim.place.rpartition(", line ")
            message = f"the id ‘{claim.id}’ is taken by {by_id[claim.id].place}."
            yield _fault(where, int(line), "id", message, "Give it another.")
        by_id[claim.id] = claim
    for claim in by_id.values():
        where, _, line = claim.place.rpartition(", line ")
        for other in claim.against:
            if other not in by_id:
                yield _fault(
                    where, int(line), "against", f"there is no claim ‘{other}’.", "Name a registered claim."
                )
            elif claim.id not in by_id[other].against:
                yield _fault(
                    where,
                    int(line),
                    "against",
                    f"‘{other}’ does not name ‘{claim.id}’ in turn.",
                    "Two claims that disagree name each other.",
                )


def _misformed(where: str, lines: list[str], headings: list[int], error: Mapping[str, Any]) -> Fault:
    place, kind, message = error["loc"], error["type"], error["msg"]
    start = (
        headings[place[1]] if len(place) > 1 and isinstance(place[1], int) and place[1] < len(headings) else 1
    )
    key = str(place[-1]) if not isinstance(place[-1], int) else str(place[-2])
    line = _line(lines, start, key) or start
    known = _Entry if len(place) > 1 else _File
    allowed = ", ".join(known.model_fields)
    if kind == "missing":
        return _fault(where, start, key, f"‘{key}’ is missing.", f"A claim has: {allowed}.")
    if kind == "extra_forbidden":
        return _fault(where, line, key, f"‘{key}’ is no key here.", f"Allowed: {allowed}.")
    return _fault(where, line, key, message, "See chaikhana claims new, which writes an example.")


def _line(lines: list[str], start: int, key: str) -> int | None:
    """The line, from a heading on and before the next one, on which a key is set."""
    pattern = re.compile(rf"\s*{re.escape(key)}\s*=")
    for number in range(start, len(lines) + 1):
        if number > start and _HEADING.match(lines[number - 1]):
            break
        if pattern.match(lines[number - 1]):
            return number
    return None


def _fault(where: str, line: int | None, key: str | None, message: str, remedy: str) -> Fault:
    place = where if line is None else f"{where}, line {line}"
    return Fault(rule="claims", file=place, message=f"{key}: {message}" if key else message, remedy=remedy)
