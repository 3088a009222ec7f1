"""A loaded study: its tables under one reading of the facts, as of a date, with their evidence.

What it is: the record that measures and frameworks read. `table` gives the rows of the reading in force: where two
sources differ, the side that the study prefers, or the one that the reader chose; `on` adds whether each row
holds on a day (yes, no, unknown); `evidence` says what rows rest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from chaikhana.core.evidence import Evidence, parse_citations
from chaikhana.core.truth import Truth
from chaikhana.errors import SourceError, UnknownNameError
from chaikhana.study.about import About
from chaikhana.study.bibliography import Source
from chaikhana.study.derived import Derived
from chaikhana.study.schema import BY_NAME


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Study:
    """One study; it equals itself alone, so that what is computed of it can be kept.

    Attributes
    ----------
    frames : mapping
        Every table with all its rows, rival statements included.
    reading : mapping
        Dispute to side, where the default reading is departed from.
    """

    folder: Path
    about: About
    frames: Mapping[str, pl.DataFrame]
    bibliography: Mapping[str, Source]
    derived: Mapping[str, Derived]
    reading: Mapping[str, str] = field(default_factory=dict)

    def table(self, name: str) -> pl.DataFrame:
        """The rows of a table under the reading in force.

        Raises
        ------
        UnknownNameError
            If there is no such table.
        """
        if name not in BY_NAME:
            raise UnknownNameError("table", name, BY_NAME)
        return _table(self, name)

    def tables(self) -> dict[str, pl.DataFrame]:
        """Every table under the reading in force."""
        return {name: self.table(name) for name in self.frames}

    def _read(self, name: str) -> pl.DataFrame:
        frame = self.frames[name]
        chosen = (pl.col("rival") == "") | (pl.col("prefer") == "yes")
        if set(self.reading) & set(frame["rival"]):
            there = set(frame.select("rival", "side").unique().iter_rows())
            taken = {slug: side for slug, side in self.reading.items() if (slug, side) in there}
            side = pl.col("rival").replace_strict(taken, default=None, return_dtype=pl.String)
            chosen = pl.when(side.is_not_null()).then(pl.col("side") == side).otherwise(chosen)
        return frame.filter(chosen)

    def under(self, reading: Mapping[str, str]) -> Study:
        """The same study with other sides taken in some disputes.

        A table that has no row of the chosen side keeps its preferred one.

        Raises
        ------
        UnknownNameError
            If there is no such dispute, or it has no such side.
        """
        sides = self.disputes()
        for slug, side in reading.items():
            if slug not in sides:
                raise UnknownNameError("dispute", slug, sides)
            if side not in sides[slug]:
                raise UnknownNameError(f"side of the dispute ‘{slug}’", side, sides[slug])
        return replace(self, reading={**self.reading, **reading})

    def disputes(self) -> dict[str, list[str]]:
        """Each dispute with its sides."""
        found: dict[str, list[str]] = {}
        for frame in self.frames.values():
            for slug, side in frame.filter(pl.col("rival") != "").select("rival", "side").iter_rows():
                if side not in found.setdefault(slug, []):
                    found[slug].append(side)
        return found

    def on(self, name: str, day: date) -> pl.DataFrame:
        """The rows of a table of periods with `holds`: yes, no or unknown on `day`.

        Days after the study's last one are beyond what it knows: an open end is unknown there.
        """
        return _on(self, name, day)

    def series(self, name: str, dataset: str) -> Derived:
        """A derived series that the study carries.

        Raises
        ------
        SourceError
            If it carries none, with the dataset that would give it.
        """
        if name not in self.derived:
            raise SourceError(
                f"The study {self.about.id} carries no series ‘{name}’. Add the dataset it is computed from: "
                f"chaikhana sources add {dataset} FILE, then chaikhana study derive."
            )
        return self.derived[name]

    def evidence(self, rows: Iterable[str]) -> Evidence:
        """What the rows of these ids (``table:line``) rest on."""
        wanted = tuple(dict.fromkeys(rows))
        tables = {row.partition(":")[0] for row in wanted} & set(self.frames)
        cited: dict[str, tuple[str, str]] = {}
        for name in tables:
            frame = self.frames[name].filter(pl.col("row").is_in(wanted)).select("row", "cite", "basis")
            cited.update({row: (cite, basis) for row, cite, basis in frame.iter_rows()})
        citations = dict.fromkeys(
            citation for row in wanted if row in cited for citation in parse_citations(cited[row][0])
        )
        return Evidence(
            rows=wanted,
            citations=tuple(citations),
            unverified=tuple(row for row in wanted if cited.get(row, ("", ""))[1] == "unverified"),
        )


# A study does not change, and measures ask for the same rows again and again.
@lru_cache(maxsize=64)
def _table(study: Study, name: str) -> pl.DataFrame:
    return study._read(name)


@lru_cache(maxsize=256)
def _on(study: Study, name: str, day: date) -> pl.DataFrame:
    return study.table(name).with_columns(holds_on(day, study.about.last_day).alias("holds"))


def holds_on(day: date, last_day: date) -> pl.Expr:
    """Whether a row with the bounds of `from` and `to` holds on `day`."""
    beyond = day > last_day
    ended = pl.col("to_latest") <= day
    certain = (pl.col("from_latest") <= day) & (pl.col("to_earliest") > day)
    return (
        pl.when((pl.col("from_earliest") > day) | ended)
        .then(pl.lit(Truth.NO.value))
        .when(certain & pl.lit(not beyond))
        .then(pl.lit(Truth.YES.value))
        .otherwise(pl.lit(Truth.UNKNOWN.value))
    )
