"""Factors of integration: what enables or inhibits it, by group and vector, as coders find it and as series tell.

Reference: Vanheukelom and others (2016), *The political economy of regional integration in Africa*, ECDPM, in five groups, and
the four vectors of Talka 2018, section 2.4. Reads codings, whose note names group and vector (``group=sectors;
vector=intraregional``), and the series on contiguity, wealth, trade, regimes and disputes. What a series tells is a number; from
which value on it enables or inhibits is for the framework to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.study.codings import codings_on
from chaikhana.study.series import newest
from chaikhana.study.study import Study

FRAMEWORK = "factors-of-integration"
GROUPS: Mapping[str, str] = {
    "foundational": "geography, economy and history",
    "institutional": "formal and informal rules of the game",
    "actors-incentives": "actors, agency and incentives",
    "sectors": "sectors and their political economies",
    "outside": "outside powers and donors",
}
VECTORS: Mapping[str, str] = {
    "historical": "foundations and breaks of the past",
    "intraregional": "within and between the members",
    "interregional": "outside actors and their interest",
    "institutional": "the formal bodies themselves",
}
OF_GROUP = {"foundational": "historical", "outside": "interregional"}  # the rest is intraregional
ENABLES, INHIBITS, BOTH = "enables", "inhibits", "both"
WEIGHTS = {"high": 3.0, "medium": 2.0, "low": 1.0}
_NAMED = re.compile(r"(group|vector)=([a-z-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor as a coder finds it.

    Attributes
    ----------
    unit : str
        What it is a factor of or in: the region, a member, an outsider, a body.
    dated : bool
        Whether the coder gives it a beginning or an end; one without stands for as long as the study speaks.
    sure : bool
        Whether it surely holds on the day.
    weight : float
        3, 2 or 1 by the coder's confidence.
    """

    code: str
    unit: str
    direction: str
    group: str
    vector: str
    weight: float
    dated: bool
    sure: bool
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a series tells of one factor.

    Attributes
    ----------
    value : float, optional
        None where no series tells.
    needs : str
        The dataset that would tell.
    """

    id: str
    group: str
    vector: str
    value: float | None
    told: str
    needs: str


def factors(study: Study, on: date) -> tuple[Factor, ...]:
    """The factors that coders find and that hold, or may hold, on a day."""
    held = codings_on(study, FRAMEWORK, on).filter(pl.col("value").is_in([ENABLES, INHIBITS, BOTH]))
    notes = {
        row: (note, bool(begins or ends.strip(".")))
        for row, note, begins, ends in study.table("codings").select("row", "note", "from", "to").iter_rows()
    }
    found = []
    for row in held.iter_rows(named=True):
        note, dated = notes[row["row"]]
        named = dict(_NAMED.findall(note))
        group = named.get("group") or next((one for one in GROUPS if row["code"].startswith(f"{one}-")), "")
        if group not in GROUPS:
            continue
        vector = named.get("vector") or _vector(row["unit"], group)
        found.append(
            Factor(
                code=row["code"],
                unit=row["unit"],
                direction=row["value"],
                group=group,
                vector=vector,
                weight=WEIGHTS.get(row["confidence"], 1.0),
                dated=dated,
                sure=row["holds"] == "yes",
                row=row["row"],
            )
        )
    return tuple(found)


def _vector(unit: str, group: str) -> str:
    return "institutional" if unit.startswith("bodies:") else OF_GROUP.get(group, "intraregional")


def indicators(study: Study, on: date, own_hardness: float | None) -> tuple[Indicator, ...]:
    """What the series tell on a day; a series that ends before it tells by its last year.

    Parameters
    ----------
    own_hardness : float, optional
        The hardness of the hardest organisation of the region's own that holds most of its states; none where there is none.
    """
    contiguity = newest(study, "contiguity", on)
    gap = newest(study, "development_gap", on)
    trade = newest(study, "trade_within", on, actor="region")
    likeness = newest(study, "regime_likeness", on, actor="region", group="region", index="polyarchy")
    return (
        _told("contiguity", "foundational", "historical", contiguity, "connected", "cow-contiguity"),
        _told("development-gap", "foundational", "intraregional", gap, "ratio", "world-bank"),
        _told("trade-within", "sectors", "intraregional", trade, "share", "cow-trade-v4"),
        _told("regime-likeness", "institutional", "intraregional", likeness, "likeness", "vdem"),
        _clashes(study, on),
        Indicator(
            id="own-hard-body",
            group="institutional",
            vector="institutional",
            value=own_hardness,
            told="no such body" if own_hardness is None else f"hardness {own_hardness:.2f}",
            needs="design",
        ),
    )


def _told(
    id: str, group: str, vector: str, row: Mapping[str, object] | None, column: str, needs: str
) -> Indicator:
    found = None if row is None else row[column]
    value = float(found) if isinstance(found, int | float) else None
    told = "not known" if value is None or row is None else f"{value:.2f} in {row['year']}"
    return Indicator(id=id, group=group, vector=vector, value=value, told=told, needs=needs)


def _clashes(study: Study, on: date) -> Indicator:
    """Disputes between members with the use of force that went on in the last ten years."""
    series = study.derived.get("disputes")
    value = None
    if series is not None:
        held = series.frame.filter(
            (pl.col("reach") == "between")
            & pl.col("level").is_in(["use", "minor", "war"])
            & (pl.col("first") <= on.year)
            & (pl.col("last") >= on.year - 10)
        )
        value = float(held["actors"].n_unique())
    told = "not known" if value is None else f"{value:.0f} pairs in ten years"
    return Indicator(
        id="armed-disputes",
        group="actors-incentives",
        vector="intraregional",
        value=value,
        told=told,
        needs="cow-mids",
    )
