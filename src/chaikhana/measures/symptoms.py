"""Four symptoms of weak regionalism, each by an indicator: closed borders, guarded rule, unequal wealth, outside markets.

Reference: Costa Buranelli 2021, section 1, which takes them from the literature as a summary and makes none its own. Reads
episodes, the series on regimes, on wealth and on trade within the region, and codings. Every indicator is ours and covers its
symptom in part; where no source speaks, the coding of the paper stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.truth import Truth
from chaikhana.study.codings import codings_on
from chaikhana.study.series import members_below, newest
from chaikhana.study.study import Study

FRAMEWORK, CODE = "regional-order", "symptom"
CLOSED = ("border-closure", "trade-restriction")
ACTS = ("resource-control",)
RATIOS = {"unequal-development": 3.0}  # ours: a gap shows from this ratio on
MOST = 0.5  # ours: a share shows a symptom where it is more than half
SYMPTOMS: Mapping[str, str] = {
    "resource-control": "Borders closed and trade restricted between members",
    "regime-preservation": "Members that are ruled without free elections",
    "unequal-development": "Wealth per head of the richest member over the poorest",
    "outside-economic-pull": "Share of the members' trade that goes beyond the region",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """A symptom and its indicator.

    Attributes
    ----------
    ages : tuple of float
        Of acts: how many years ago each was; empty for a share.
    value : float, optional
        The share, 0 to 1; none where it is not known, or acts are counted.
    coded : tuple of str
        Rows of the papers that name it.
    """

    id: str
    ages: tuple[float, ...] = ()
    value: float | None = None
    told: str = ""
    rows: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()

    def shown(self, window: float) -> tuple[Truth, str]:
        """Whether it shows within some years: an act, or most of the share; and in what number."""
        if self.id in ACTS:
            near = sum(age <= window for age in self.ages)
            return (Truth.YES if near else Truth.NO), f"{near} in {window:g} years"
        if self.value is None:
            return Truth.UNKNOWN, "no series of the study tells"
        if self.id in RATIOS:
            return (
                Truth.YES if self.value >= RATIOS[self.id] else Truth.NO
            ), f"{self.value:.1f} ({self.told})"
        return (Truth.YES if self.value > MOST else Truth.NO), f"{self.value:.0%} ({self.told})"


def symptoms(study: Study, on: date, electoral: float = 0.5) -> dict[str, Symptom]:
    """The four symptoms on a day.

    Parameters
    ----------
    electoral : float
        Below which mean of electoral democracy (V-Dem, 0 to 1) a member is ruled without free elections (ours).
    """
    named = codings_on(study, FRAMEWORK, on, codes=(CODE,))
    coded = {
        str(value): tuple(own["row"]) for (value,), own in named.group_by(["value"], maintain_order=True)
    }
    closed = _closed(study, on)
    share, told = _unfree(study, on, electoral)
    beyond, year = _beyond(study, on)
    ratio, gap = _gap(study, on)
    return {
        "resource-control": Symptom(
            id="resource-control",
            ages=tuple(age for age, _ in closed),
            rows=tuple(row for _, row in closed),
            coded=coded.get("resource-control", ()),
        ),
        "regime-preservation": Symptom(
            id="regime-preservation", value=share, told=told, coded=coded.get("regime-preservation", ())
        ),
        "unequal-development": Symptom(
            id="unequal-development", value=ratio, told=gap, coded=coded.get("unequal-development", ())
        ),
        "outside-economic-pull": Symptom(
            id="outside-economic-pull", value=beyond, told=year, coded=coded.get("outside-economic-pull", ())
        ),
    }


def _closed(study: Study, on: date) -> list[tuple[float, str]]:
    ours = set(study.about.members)
    acts = study.table("episodes").filter(
        pl.col("act").is_in(CLOSED) & (pl.col("date") != "") & (pl.col("date_latest") <= on)
    )
    return [
        ((on - day).days / 365.25, row)
        for day, actors, target, row in acts.select("date_latest", "actors", "target", "row").iter_rows()
        if len(ours & {*actors, *target}) > 1
    ]


def _unfree(study: Study, on: date, electoral: float) -> tuple[float | None, str]:
    below, known, years = members_below(study, on, electoral)
    return (below / known, f"{below} of {known} members, {years}") if known else (None, "")


def _gap(study: Study, on: date) -> tuple[float | None, str]:
    last = newest(study, "development_gap", on)
    if last is None:
        return None, ""
    return last["ratio"], f"{last['richest']} over {last['poorest']}, {last['year']}"


def _beyond(study: Study, on: date) -> tuple[float | None, str]:
    last = newest(study, "trade_within", on, actor="region")
    if last is None or last["share"] is None:
        return None, ""
    return 1 - last["share"], f"of what is known of {last['year']}"
