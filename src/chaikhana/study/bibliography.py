"""`sources.bib`: the works and datasets that rows cite, and how a citation reads.

What it is: BibTeX read with pybtex, checked for doubles and for entries that say too little, and shown in one plain
author-date style. Entries keep their fields, so that any result can hand out its bibliography as BibTeX again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import BibliographyData, BibliographyDataError, Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.scanner import PybtexSyntaxError

from chaikhana.errors import Fault
from chaikhana.study.reading import read_text

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


def read_bibliography(folder: Path) -> tuple[dict[str, Source], list[Fault]]:
    """Read `sources.bib`; every entry that can be used, and every fault."""
    if not (folder / FILE).exists():
        return {}, [
            Fault(
                rule="missing-bibliography",
                file=FILE,
                message="is not there.",
                remedy="Every row cites a key of sources.bib.",
            )
        ]
    text, faults, _ = read_text(folder, FILE)
    if faults:
        return {}, faults
    places = _places(text)
    try:
        data: BibliographyData = Parser(encoding="utf-8").parse_string(text)
    except PybtexSyntaxError as error:
        return {}, [
            Fault(
                rule="broken-bibtex",
                file=FILE,
                row=getattr(error, "lineno", None),
                message=f"is not BibTeX: {str(error).splitlines()[0]}.",
                remedy="Look for a missing comma or brace there.",
            )
        ]
    except BibliographyDataError as error:
        key = str(error).rsplit(" ", 1)[-1]
        return {}, [
            Fault(
                rule="double-key",
                file=FILE,
                row=places.get(key.lower()),
                value=key,
                message="is the key of two entries.",
                remedy="Rename one, or merge them.",
            )
        ]
    sources = {key: _source(key, entry) for key, entry in data.entries.items()}
    for key, source in sources.items():
        if not _KEY.fullmatch(key):
            faults.append(
                Fault(
                    rule="bad-key",
                    file=FILE,
                    row=places.get(key.lower()),
                    value=key,
                    message="is not a key.",
                    remedy="Use lower-case letters, digits and hyphens, and a comma after it.",
                )
            )
        if not source.title:
            faults.append(
                Fault(
                    rule="entry-without-title",
                    file=FILE,
                    row=places.get(key.lower()),
                    value=key,
                    message="has no title.",
                    remedy="Add title = {…}.",
                )
            )
    return sources, faults


def entries_for(bibliography: Bibliography, keys: Iterable[str]) -> list[Source]:
    """The sources behind `keys`, each once, ordered as a list of references."""
    return sorted(
        (bibliography[key] for key in set(keys) if key in bibliography),
        key=lambda source: (source.short.casefold(), source.title.casefold()),
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
