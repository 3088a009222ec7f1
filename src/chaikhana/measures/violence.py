"""Violence between and within the states of a region: which pairs clashed, which states
were at war with themselves, and when.

Reference: Costa Buranelli 2021, sections 2 and 3 (control of violence; preservation of life), after Bull. Reads the series on
disputes and conflicts, and episodes. A pair or state counts in the last year of a spell; a spell whose data end before the
day may have gone on unseen, and one that reached war counts as such to its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations

import polars as pl

from chaikhana.core.findings import Answer
from chaikhana.core.truth import Truth
from chaikhana.study.study import Study

ACTS = ("border-clash", "violence")
FORCE = ("use", "minor", "war")  # of the levels of the series, those in which force was used


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A spell of violence.

    Attributes
    ----------
    states : tuple of str
        The pair, or the one state within which it was.
    first, last : float
        The year in which it began, and the end of that in which it was last seen.
    war : bool
        Whether it reached the thousand deaths of a war.
    """

    states: tuple[str, ...]
    first: float
    last: float
    war: bool
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violence:
    """Spells between pairs of members, and within members; whether any source was there to tell."""

    between: tuple[Spell, ...]
    within: tuple[Spell, ...]
    known: bool

    def pairs(self, on: date, years: float) -> tuple[set[tuple[str, ...]], tuple[str, ...]]:
        """Pairs that clashed in the last years, and the rows behind."""
        return _seen(self.between, on, years)

    def between_members(self, on: date, years: float, members: int, pervasive: float) -> tuple[Truth, Answer]:
        """Whether the pairs that clashed are `pervasive` of all or more, and what is told of them."""
        pairs, rows = self.pairs(on, years)
        every = members * (members - 1) // 2
        names = ", ".join("-".join(pair) for pair in sorted(pairs)) or "none"
        words = {"pairs": len(pairs), "of": every, "names": names, "window": f"{years:g}"}
        spread = Truth.YES if len(pairs) / every >= pervasive else Truth.NO
        return spread, Answer(value=len(pairs), outcome=~spread, rows=rows, words=words)

    def inside(self, on: date, years: float) -> Answer:
        """Whether no member was at war within."""
        wars, rows = self.wars(on, years)
        words = {"told": ", ".join(state for (state,) in sorted(wars)) or "none", "window": f"{years:g}"}
        return Answer(value=len(wars), outcome=Truth.NO if wars else Truth.YES, rows=rows, words=words)

    def wars(self, on: date, years: float) -> tuple[set[tuple[str, ...]], tuple[str, ...]]:
        """States that were at war within in the last years, and the rows behind."""
        return _seen([one for one in self.within if one.war], on, years)


def violence(study: Study) -> Violence:
    """Every spell that the study knows of."""
    ours = set(study.about.members)
    between, within = [], []
    series = study.derived.get("disputes")
    if series is not None:
        for row in series.frame.filter(pl.col("level").is_in(FORCE)).iter_rows(named=True):
            states = tuple(sorted(ours & set(row["actors"].split("; "))))
            first, last, war = float(row["first"]), row["last"] + 1.0, row["level"] == "war"
            if row["reach"] == "between":
                between += [
                    Spell(states=pair, first=first, last=last, war=war, rows=())
                    for pair in combinations(states, 2)
                ]
            elif row["reach"] == "inside":
                within += [Spell(states=(one,), first=first, last=last, war=war, rows=()) for one in states]
    acts = study.table("episodes").filter(pl.col("act").is_in(ACTS) & (pl.col("date") != ""))
    for row in acts.iter_rows(named=True):
        states = tuple(sorted(ours & set(row["actors"])))
        year = row["date_latest"].year + row["date_latest"].timetuple().tm_yday / 366
        between += [
            Spell(states=pair, first=year, last=year, war=False, rows=(row["row"],))
            for pair in combinations(states, 2)
        ]
    return Violence(
        between=tuple(between),
        within=tuple(within),
        known=series is not None or bool(study.table("episodes").height),
    )


def _seen(
    spells: tuple[Spell, ...] | list[Spell], on: date, years: float
) -> tuple[set[tuple[str, ...]], tuple[str, ...]]:
    now = on.year + on.timetuple().tm_yday / 366
    held = [one for one in spells if one.first <= now and one.last >= now - years]
    return {one.states for one in held}, tuple(dict.fromkeys(row for one in held for row in one.rows))
