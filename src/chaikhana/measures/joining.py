"""Before and after joining: whether a state's other memberships and its trade beyond the region grew once it had joined a body.

Reference: Talka 2018, sections 2.1.4 and 7.3 (regionalism against multilateralism). Reads memberships and the series of
trade within the region. Counts are at the day of joining, some years before and some years after. That something grew after
joining does not say that it grew because of it, and in the first years of a state everything grows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.vocabulary import INSIDE_STATUSES
from chaikhana.study.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What became of a state's other ties around the day on which it joined a body.

    Attributes
    ----------
    others : (int, int)
        Other bodies that it was surely inside of before, and after.
    trade : (float, float), optional
        Share of its trade that went beyond the region before, and after.
    """

    actor: str
    body: str
    day: date
    years: int
    others: tuple[int, int]
    trade: tuple[float, float] | None
    row: str


def joined(study: Study, on: date, spans: Sequence[int]) -> tuple[Joined, ...]:
    """Each joining of a body by a member of the region that lies far enough back, for each number of years.

    Parameters
    ----------
    spans : sequence of int
        Years before and after.
    """
    inside = study.table("memberships").filter(
        pl.col("status").is_in(INSIDE_STATUSES) & pl.col("actor").is_in(study.about.members)
    )
    by: dict[str, list[dict[str, object]]] = {}
    for row in inside.iter_rows(named=True):
        by.setdefault(row["actor"], []).append(row)
    shares = _trade(study)
    found = []
    for actor, spells in by.items():
        for row in spells:
            day = row["from_latest"]
            if not row["from"] or not isinstance(day, date) or not study.about.first_day <= day <= on:
                continue
            for years in spans:
                before, after = _moved(day, -years), _moved(day, years)
                if before < study.about.first_day or after > on:
                    continue
                trade = (shares.get((actor, before.year)), shares.get((actor, after.year)))
                found.append(
                    Joined(
                        actor=actor,
                        body=str(row["body"]),
                        day=day,
                        years=years,
                        others=(_count(spells, row, before), _count(spells, row, after)),
                        trade=(trade[0], trade[1]) if trade[0] is not None and trade[1] is not None else None,
                        row=str(row["row"]),
                    )
                )
    return tuple(found)


def grown(found: Sequence[Joined]) -> tuple[int, int, int]:
    """In how many cases other memberships grew; in how many trade beyond the region did, and of how many it is known."""
    traded = [one.trade for one in found if one.trade is not None]
    return (
        sum(one.others[1] > one.others[0] for one in found),
        sum(after > before for before, after in traded),
        len(traded),
    )


def _moved(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


def _count(spells: list[dict[str, object]], own: dict[str, object], day: date) -> int:
    return len(
        {
            spell["body"]
            for spell in spells
            if spell["body"] != own["body"] and _sure(spell["from_latest"], spell["to_earliest"], day)
        }
    )


def _sure(begins: object, ends: object, day: date) -> bool:
    return isinstance(begins, date) and isinstance(ends, date) and begins <= day < ends


def _trade(study: Study) -> dict[tuple[str, int], float]:
    """Each member's share of trade beyond the region, by year."""
    series = study.derived.get("trade_within")
    if series is None:
        return {}
    kept = series.frame.filter(pl.col("share").is_not_null() & pl.col("actor").is_in(study.about.members))
    return {
        (actor, year): 1 - share for actor, year, share in kept.select("actor", "year", "share").iter_rows()
    }
