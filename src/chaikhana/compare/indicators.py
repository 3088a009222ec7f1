"""Indicators of regions by year: what each is, from which dataset, and the values that the workbench carries.

What it is: a catalogue, the way from the source store to `tables/indicators.csv`, and back from there to a frame. The values
are computed (means over members, shares of pairs), so that a comparison runs on a machine without any dataset; `origins.csv`
beside them names the version and file of every dataset that they came from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from chaikhana.compare import region_indicators as of_region
from chaikhana.compare import security_indicators as of_security
from chaikhana.compare.regions import FOLDER, member_years, regions
from chaikhana.errors import SourceError
from chaikhana.sources.store import Kept, newest
from chaikhana.study.writing import replace_whole

FIRST, LAST = 1992, 2018
DIGITS = 4
SCHEMA = pl.Schema(
    {
        "indicator": pl.String(),
        "region": pl.String(),
        "year": pl.Int32(),
        "value": pl.Float64(),
        "known": pl.Int32(),
        "of": pl.Int32(),
    }
)
Store = Mapping[str, Kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A yearly number of a region.

    Attributes
    ----------
    says : str
        What it is, as a noun.
    datasets : tuple of (str, str)
        What it is computed from: each dataset with the part that matters.
    compute : callable
        From members by year and the store to region, year, value, known, of.
    kinds : bool
        Whether its values are kinds, of which a span has the one of most years, not a mean.
    """

    id: str
    says: str
    datasets: tuple[tuple[str, str], ...]
    compute: Callable[[pl.DataFrame, Store], pl.DataFrame]
    kinds: bool = False


def _own(stronger: float | None) -> Callable[[pl.DataFrame, Store], pl.DataFrame]:
    return lambda members, store: of_security.own_depth(
        members, store["atop-v5"].table("obligations"), store["cow-nmc"].table("capabilities"), stronger
    )


def _outside(stronger: float) -> Callable[[pl.DataFrame, Store], pl.DataFrame]:
    return lambda members, store: of_security.outside_defence(
        members, store["atop-v5"].table("obligations"), store["cow-nmc"].table("capabilities"), stronger
    )


ALLIANCES = (("atop-v5", "obligations"), ("cow-nmc", "capabilities"))
INDICATORS: Mapping[str, Indicator] = {
    one.id: one
    for one in (
        Indicator(
            id="own-security",
            says="depth of security obligations among the members, unless an outsider twice as strong as "
            "the strongest of them owes both partners as much",
            datasets=ALLIANCES,
            compute=_own(2),
        ),
        Indicator(
            id="own-security-any-stronger",
            says="the same, where any stronger outsider counts as the roof",
            datasets=ALLIANCES,
            compute=_own(1),
        ),
        Indicator(
            id="own-security-much-stronger",
            says="the same, where an outsider must be five times as strong",
            datasets=ALLIANCES,
            compute=_own(5),
        ),
        Indicator(
            id="security",
            says="depth of security obligations among the members, under whatever roof",
            datasets=ALLIANCES,
            compute=_own(None),
        ),
        Indicator(
            id="outside-defence",
            says="share of members to which an outsider twice as strong as the strongest of them owes "
            "defence",
            datasets=ALLIANCES,
            compute=_outside(2),
        ),
        Indicator(
            id="outside-defence-much-stronger",
            says="the same, where the outsider must be five times as strong",
            datasets=ALLIANCES,
            compute=_outside(5),
        ),
        Indicator(
            id="democracy",
            says="mean electoral democracy of the members",
            datasets=(("vdem", "regimes"),),
            compute=lambda m, s: of_region.regime(m, s["vdem"].table("regimes"), "polyarchy"),
        ),
        Indicator(
            id="polity",
            says="mean Polity score of the members, from -10 to 10",
            datasets=(("polity5", "regimes"),),
            compute=lambda m, s: of_region.regime(m, s["polity5"].table("regimes"), "polity2"),
        ),
        Indicator(
            id="regime-distance",
            says="mean distance of electoral democracy between members",
            datasets=(("vdem", "regimes"),),
            compute=lambda m, s: of_region.regime_distance(m, s["vdem"].table("regimes"), "polyarchy"),
        ),
        Indicator(
            id="first-share",
            says="the strongest member's share of the members' capabilities",
            datasets=(("cow-nmc", "capabilities"),),
            compute=lambda m, s: of_region.leading(m, s["cow-nmc"].table("capabilities"), 1),
        ),
        Indicator(
            id="second-share",
            says="the second strongest member's share of the members' capabilities",
            datasets=(("cow-nmc", "capabilities"),),
            compute=lambda m, s: of_region.leading(m, s["cow-nmc"].table("capabilities"), 2),
        ),
        Indicator(
            id="leaders",
            says="2 where one member has more than half of all capabilities, 1 where two that are not too unlike "
            "have six tenths, else 0",
            datasets=(("cow-nmc", "capabilities"),),
            kinds=True,
            compute=lambda m, s: of_region.leaders(m, s["cow-nmc"].table("capabilities")),
        ),
        Indicator(
            id="rivalries",
            says="share of members with a strategic rival",
            datasets=(("tss-rivalries", "rivalries"),),
            compute=lambda m, s: of_region.rivalries(m, s["tss-rivalries"].table("rivalries")),
        ),
        Indicator(
            id="armed-conflict",
            says="share of members whose government fights an armed conflict at home",
            datasets=(("ucdp-acd", "conflicts"),),
            compute=lambda m, s: of_region.armed_conflict(
                m, s["ucdp-acd"].table("conflicts"), s["ucdp-acd"].table("parties")
            ),
        ),
        Indicator(
            id="disputes",
            says="share of pairs of members with a militarised dispute",
            datasets=(("cow-mids", "disputes"),),
            compute=lambda m, s: of_region.disputes_within(m, s["cow-mids"].table("disputes")),
        ),
        Indicator(
            id="borders",
            says="share of pairs of members that share a border on land",
            datasets=(("cow-contiguity", "contiguity"),),
            compute=lambda m, s: of_region.borders(m, s["cow-contiguity"].table("contiguity")),
        ),
        Indicator(
            id="trade-within",
            says="share of the members' trade that is with one another",
            datasets=(("cow-trade-v4", "trade"),),
            compute=lambda m, s: of_region.trade_share(m, s["cow-trade-v4"].table("trade")),
        ),
        Indicator(
            id="authority",
            says="mean of delegation to, and pooling in, the region's organisation; zero where it has none",
            datasets=(("mia", "authority"),),
            compute=lambda m, s: of_region.authority(regions(), m, s["mia"].table("authority")),
        ),
        Indicator(
            id="exclusivity",
            says="of the bodies that a region shares and that are half its own, the share without any "
            "outsider",
            datasets=(("cow-igo-v3", "state-year"),),
            compute=lambda m, s: of_region.exclusivity(m, s["cow-igo-v3"].table("memberships")),
        ),
        Indicator(
            id="overlap",
            says="bodies that a region shares and that are at least half its own",
            datasets=(("cow-igo-v3", "state-year"),),
            compute=lambda m, s: of_region.overlap(m, s["cow-igo-v3"].table("memberships")),
        ),
    )
}


def computed(say: Callable[[str], object]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every indicator from the source store, and where each comes from.

    Raises
    ------
    SourceError
        Naming the datasets that the store lacks.
    """
    wanted = dict(part for one in INDICATORS.values() for part in one.datasets)
    store = {dataset: kept for dataset in wanted if (kept := newest(dataset))}
    missing = [dataset for dataset in wanted if dataset not in store]
    if missing:
        raise SourceError(
            f"The store lacks {', '.join(missing)}. Add each: chaikhana sources add ID FILE. Nothing was written."
        )
    members = member_years(FIRST, LAST)
    frames, origins = [], []
    for one in INDICATORS.values():
        say(one.says)
        frames.append(
            one.compute(members, store).select(
                indicator=pl.lit(one.id),
                region="region",
                year="year",
                value=pl.col("value").round(DIGITS),
                known="known",
                of="of",
            )
        )
        for dataset, part in one.datasets:
            kept = store[dataset]
            origin = dict(kept.parts).get(part, kept.parts[0][1])
            origins.append(
                {
                    "indicator": one.id,
                    "dataset": origin.dataset,
                    "version": origin.version,
                    "sha256": origin.sha256,
                    "computed": date.today().isoformat(),
                    "citation": origin.citation,
                    "licence": origin.licence,
                }
            )
    frame = pl.concat([frame.cast(SCHEMA) for frame in frames]).sort("indicator", "region", "year")
    return frame, pl.DataFrame(origins)


@cache
def carried() -> pl.DataFrame:
    """The values that the workbench carries: indicator, region, year, value, known, of."""
    return pl.read_csv(FOLDER / "indicators.csv", schema=SCHEMA)


@cache
def origins() -> pl.DataFrame:
    """Where each indicator comes from: indicator, dataset, version, sha256, computed, citation, licence."""
    return pl.read_csv(FOLDER / "origins.csv", infer_schema=False)


def write(say: Callable[[str], object]) -> int:
    """Compute every indicator and put it beside the region tables; how many values.

    Raises
    ------
    SourceError
        As of `computed`; nothing is written then.
    """
    frame, sources = computed(say)
    for name, table in (("indicators", frame), ("origins", sources)):
        replace_whole(FOLDER / f"{name}.csv", table.write_csv())
    return frame.height
