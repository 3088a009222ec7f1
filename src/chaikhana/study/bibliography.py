"""`sources.bib`: the works and datasets that rows cite, and how a citation reads.

What it is: BibTeX read with pybtex, checked for doubles and for entries that say too little, and shown in one plain
author-date style. Entries keep their fields, so that any result can hand out its bibliography as BibTeX again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from chaikhana.errors import Fault, shorten
from chaikhana.study.reading import UnusableFileError, is_there, read_text

FILE = "sources.bib"
_BRACES = str.maketrans("", "", "{}")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ENTRY = re.compile(r"@\s*(\w+)\s*\{\s*([^,\s]+)\s*,")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One work, dataset or page.

    Attributes
    ----------
    kind : str
        The BibTeX entry type.
    fields : mapping
        BibTeX fields without `author`, braces removed.
    bibtex : str
        The entry as BibTeX.
    """

    key: str
    kind: str
    authors: tuple[str, ...]
    year: str
    title: str
    fields: Mapping[str, str]
    bibtex: str

    @property
    def short(self) -> str:
        """As it is cited in running text: *Mayer 2021*."""
        if not self.authors:
            return f"{self.title[:40]} {self.year}".strip()
        names = [_family(author) for author in self.authors]
        who = (
            names[0]
            if len(names) == 1
            else f"{names[0]} & {names[1]}"
            if len(names) == 2
            else f"{names[0]} et al."
        )
        return f"{who} {self.year}".strip()

    @property
    def full(self) -> str:
        """As it stands in a list of references, without the address."""
        who = "; ".join(self.authors)
        venue = next(
            (
                self.fields[name]
                for name in ("journal", "booktitle", "publisher", "school", "howpublished")
                if self.fields.get(name)
            ),
            "",
        )
        parts = [f"{who}{f' ({self.year})' if self.year else ''}" if who else self.year, self.title, venue]
        for name, mark in (
            ("volume", "vol. "),
            ("number", "no. "),
            ("pages", "pp. "),
            ("version", "version "),
        ):
            if self.fields.get(name):
                parts.append(mark + self.fields[name].replace("--", "–"))
        return ". ".join(part.strip(" .") for part in parts if part) + "."

    @property
    def address(self) -> str:
        """A web address, where it has one."""
        if self.fields.get("doi"):
            return f"https://doi.org/{self.fields['doi']}"
        url = self.fields.get("url", "")
        return url if url.startswith(("http://", "https://")) else ""


Bibliography = Mapping[str, Source]


def read_bibliography(folder: Path) -> tuple[dict[str, Source] | None, list[Fault], list[Fault]]:
    """Read `sources.bib`: its entries, none where it cannot be read; the faults; the notices."""
    if not is_there(folder, FILE):
        return (
            None,
            [_fault("missing-bibliography", "is not there.", "Every row cites a key of sources.bib.")],
            [],
        )
    try:
        text, notices = read_text(folder, FILE)
    except UnusableFileError as error:
        return None, [error.fault], []
    places = _places(text)
    try:
        data: BibliographyData = Parser(encoding="utf-8").parse_string(text)
    except PybtexSyntaxError as error:
        line = getattr(error, "lineno", None)
        return (
            None,
            [
                _fault(
                    "broken-bibtex",
                    f"is not BibTeX: {str(error).splitlines()[0]}.",
                    "Look for a missing comma or brace there.",
                    row=line,
                )
            ],
            notices,
        )
    except PybtexError as error:
        return None, [_explain(error, text, places)], notices
    faults = []
    sources = {}
    for key, entry in data.entries.items():
        row = places.get(key.lower())
        if not _KEY.fullmatch(key):
            near = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
            hint = f" Did you mean ‘{shorten(near)}’?" if near else ""
            faults.append(
                _fault(
                    "bad-key",
                    "is not a key.",
                    f"Use lower-case letters, digits and hyphens, and a comma after it.{hint}",
                    row=row,
                    value=key,
                )
            )
        try:
            sources[key] = _source(key, entry)
        except PybtexError as error:
            faults.append(_author(error, key, row))
            continue
        if not sources[key].title:
            faults.append(
                _fault("entry-without-title", "has no title.", "Add title = {…}.", row=row, value=key)
            )
    return sources, faults, notices


def parse_entries(text: str) -> dict[str, Source]:
    """The entries of a text of BibTeX, by key.

    Raises
    ------
    pybtex.exceptions.PybtexError
        If it cannot be read.
    """
    data: BibliographyData = Parser(encoding="utf-8").parse_string(text)
    return {key: _source(key, entry) for key, entry in data.entries.items()}


def cut_entries(text: str) -> list[tuple[str, str]]:
    """A text of BibTeX cut into its entries as they are written: the key, and the text from one ``@`` to the next."""
    starts = [
        match for match in _ENTRY.finditer(text) if match[1].lower() not in ("comment", "preamble", "string")
    ]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [(match[2], text[match.start() : end].strip()) for match, end in zip(starts, ends, strict=True)]


def _explain(error: PybtexError, text: str, places: dict[str, int]) -> Fault:
    """A fault of the whole file: two entries of one key, a field given twice, a name that cannot be read."""
    told = str(error)
    if double := re.search(r"repeated bibliography entry: (\S+)", told):
        key = double[1]
        return _fault(
            "double-key",
            "is the key of two entries.",
            "Rename one, or merge them.",
            row=places.get(key.lower()),
            value=key,
        )
    if field := re.search(r"entry with key (\S+) has a duplicate (\S+) field", told):
        return _fault(
            "double-field",
            f"gives the field ‘{field[2]}’ twice.",
            "Keep one.",
            row=places.get(field[1].lower()),
            value=field[1],
        )
    name = re.search(r"'(.*)'|: (.*)$", told)
    shown = next((part for part in (name.groups() if name else ()) if part), "")
    place = text.find(shown) if shown else -1
    before = [
        (line, key) for key, line in places.items() if place >= 0 and line <= text.count("\n", 0, place) + 1
    ]
    line, key = max(before, default=(None, None))
    return _author(error, key, line)


def _author(error: PybtexError, value: str | None, row: int | None) -> Fault:
    return _fault(
        "broken-author",
        f"has a name that cannot be read ({shorten(str(error), 90)}).",
        "Write ‘Family, Given’, and part several by ‘and’; put a body in double braces.",
        row=row,
        value=value,
    )


def _fault(
    rule: str, message: str, remedy: str, *, row: int | None = None, value: str | None = None
) -> Fault:
    return Fault(rule=rule, file=FILE, row=row, value=value, message=message, remedy=remedy)


def entries_for(bibliography: Bibliography, keys: Iterable[str]) -> list[Source]:
    """The sources behind `keys`, each once, ordered as a list of references."""
    return sorted(
        (bibliography[key] for key in set(keys) if key in bibliography),
        key=lambda source: (source.short.casefold(), source.title.casefold(), source.key),
    )


def _places(text: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for match in _ENTRY.finditer(text):
        places[match[2].lower()] = text.count("\n", 0, match.start()) + 1
    return places


def _source(key: str, entry: Entry) -> Source:
    fields = {name.lower(): str(value).translate(_BRACES).strip() for name, value in entry.fields.items()}
    return Source(
        key=key,
        kind=entry.type.lower(),
        authors=tuple(_name(person) for person in entry.persons.get("author", [])),
        year=fields.get("year", fields.get("date", "")[:4]),
        title=fields.get("title", ""),
        fields=fields,
        bibtex=_bibtex(key, entry),
    )


def _name(person: Person) -> str:
    return str(person).translate(_BRACES)


def _family(author: str) -> str:
    return author.split(",", 1)[0]


def _bibtex(key: str, entry: Entry) -> str:
    lines = [f"@{entry.type}{{{key},"]
    if persons := entry.persons.get("author"):
        lines.append(f"  author = {{{' and '.join(str(person) for person in persons)}}},")
    lines += [f"  {name.lower()} = {{{value}}}," for name, value in entry.fields.items()]
    return "\n".join([*lines, "}"])
