"""Phases of a region's own cooperation: how often its states met and signed among themselves, year by year, and where that
changed.

Reference: Moldashev & Qoraboyev 2018, the section on regionalism since 1991 (hard attempts, scepticism from 2004, optimism
from 2017). Reads meetings, attendance, agreements, parties. Returns change points with their probability
(`methods.change_points`). The paper dates its phases by reading; the series, their weights and the number of changes are
ours and varied. A study lists what its sources name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import polars as pl

from chaikhana.core.vocabulary import LEVELS
from chaikhana.methods.change_points import Division, divide
from chaikhana.study.study import Study

SERIES = ("meetings-and-agreements", "meetings", "agreements")
TOGETHER = (2, 3, 4)
CHANGES = (1, 2, 3)
SHORTEST = 2
BEGINNINGS = "beginnings"
PHASES = ("hard attempts", "scepticism", "optimism")
HIGH = LEVELS["ministers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """A region's series under one choice, divided.

    Attributes
    ----------
    first : int
        The first year.
    counts : tuple of int
        Acts of each year.
    division : Division
        Where it changed.
    """

    first: int
    counts: tuple[int, ...]
    division: Division

    def starts(self) -> tuple[int, ...]:
        """The year in which each phase begins, the first among them."""
        return (self.first, *(self.first + place for place in self.division.starts))

    def of(self, year: int) -> int:
        """Which phase a year lies in, counted from 0."""
        return max(place for place, start in enumerate(self.starts()) if start <= max(year, self.first))

    def interval(self, change: int) -> tuple[int, int]:
        """The years that hold a change with nine in ten of its probability."""
        low, high = self.division.interval(change)
        return self.first + low, self.first + high


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A meeting or agreement of the region's own."""

    kind: str
    id: str
    year: int
    members: int
    rows: tuple[str, ...]


def own_acts(study: Study, acted: pl.DataFrame) -> tuple[Act, ...]:
    """Meetings and agreements of two members of the region or more and nobody else, within the study's years.

    Meetings count from ministers upward, or where their level is not known.

    Parameters
    ----------
    acted : polars.DataFrame
        Who met or signed, as the measure *formats* gives it.
    """
    levels = dict(study.table("meetings").select("id", "level").iter_rows())
    first, last = study.about.first_day.year, study.about.last_day.year
    return tuple(
        Act(
            kind=row["kind"],
            id=row["id"],
            year=row["year"],
            members=len(row["members"]),
            rows=tuple(row["rows"]),
        )
        for row in acted.iter_rows(named=True)
        if row["year"] is not None
        and first <= row["year"] <= last
        and len(row["members"]) > 1
        and not row["outsiders"]
        and (row["kind"] != "meeting" or LEVELS.get(levels.get(row["id"], ""), HIGH) >= HIGH)
    )


def phases(study: Study, acts: Sequence[Act]) -> dict[tuple[str, int, int], Phases]:
    """The phases by series, number of members together at least, and number of changes.

    Returns
    -------
    dict
        Empty where the study has no such act, or too few years.
    """
    first, last = study.about.first_day.year, study.about.last_day.year
    years = range(first, last + 1)
    found: dict[tuple[str, int, int], Phases] = {}
    for series, together in product(SERIES, TOGETHER):
        kept = [one for one in acts if one.members >= together and f"{one.kind}s" in series]
        counts = tuple(sum(one.year == year for one in kept) for year in years)
        for changes in CHANGES:
            if sum(counts) and len(counts) >= (changes + 1) * SHORTEST:
                division = divide(counts, changes, SHORTEST)
                found[series, together, changes] = Phases(first=first, counts=counts, division=division)
    return found


def names_of(found: Phases) -> tuple[str, ...]:
    """The phases in the paper's words: frequent before the first lull, the lulls, and frequent again after one.

    A stretch is a lull where its rate is lower than that before it, and stays one until a rate rises above it.
    """
    names: list[str] = []
    for place, rate in enumerate(found.division.rates):
        if place == 0:
            rising = len(found.division.rates) > 1 and found.division.rates[1] > rate
            names.append(BEGINNINGS if rising else PHASES[0])
        elif rate > found.division.rates[place - 1]:
            names.append(PHASES[2] if PHASES[1] in names else PHASES[0])
        else:
            names.append(PHASES[1])
    return tuple(names)
