"""Trade partners: each state's partners by their share of its trade, their rank, and how concentrated the trade is.

Reference: Hirschman (1945), *National Power and the Structure of Foreign Trade*, for dependence on the largest
partner; Barbieri, Keshk and Pollins (2009), doi:10.1177/0738894209343887, for the flows. Reads the table `trade` of
cow-trade-v4 (importers' reports: exports of one state are what the other reports as imports). Returns partners, and
concentration. A flow that is missing is not zero: sums and shares are over known flows, with the number of the missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import FULL_STATUSES
from chaikhana.errors import UnknownNameError
from chaikhana.methods.concentration import herfindahl, normalised
from chaikhana.methods.half_directed import both_ways
from chaikhana.methods.known_sums import across, count_across, down
from chaikhana.sources.states import states
from chaikhana.study.membership import ties, year_ends
from chaikhana.study.study import Study

DATASET = "cow-trade-v4"
SERIES = "trade_partners"
COLUMNS = (
    "year", "state", "partner", "name", "kind", "known", "flows", "share", "rank",
)  # fmt: skip
CONCENTRATION = "trade_concentration"
CONCENTRATION_COLUMNS = (
    "year", "state", "total", "partners", "known", "missing", "largest", "largest_share",
    "herfindahl", "normalised",
)  # fmt: skip
FIGURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"reported": ("imports1", "imports2"), "smoothed": ("smooth1", "smooth2")}
)
Figures = Literal["reported", "smoothed"]
TOP = 5
_NUMBERS = ("share",)
_INDICES = ("total", "largest_share", "herfindahl", "normalised")


def world(
    trade: pl.DataFrame, first: int | None = None, last: int | None = None, figures: Figures = "reported"
) -> pl.DataFrame:
    """Every partner of every state in every year.

    Parameters
    ----------
    trade : polars.DataFrame
        Columns state1, state2, year, imports1, imports2 (US$ millions, null where missing), one row a dyad-year; for
        smoothed figures smooth1 and smooth2.
    first, last : int, optional
        The years, both included; by default all.
    figures : {"reported", "smoothed"}
        Flows as reported, or as COW interpolated them.

    Returns
    -------
    polars.DataFrame
        Columns year, state, partner, imports, exports, flow (US$ millions), known (how many of the two flows are), share
        (of the known flows of the state that year), rank (1 the largest; equal flows share the better rank). A dyad without
        a known flow has neither share nor rank. Sorted by year, state and partner. A partner that is no state in the
        crosswalk is null and counts; a dyad that the table lacks has no row.

    Raises
    ------
    UnknownNameError
        If there are no such figures.
    """
    if figures not in FIGURES:
        raise UnknownNameError("kind of trade figures", figures, FIGURES)
    begins = trade["year"].min() if first is None else first
    ends = trade["year"].max() if last is None else last
    chosen = trade.filter(pl.col("year").is_between(begins, ends))
    ids = pl.Enum(
        pl.concat([chosen[end].unique() for end in ("state1", "state2")]).drop_nulls().unique().sort()
    )
    base = len(ids.categories) + 1
    imports, exports = FIGURES[figures]
    half = chosen.select(
        pl.col("year").cast(pl.Int32),
        state=pl.col("state1").cast(ids),
        partner=pl.col("state2").cast(ids),
        imports=imports,
        exports=exports,
    )
    state, partner = (pl.col(end).to_physical().cast(pl.Int64) for end in ("state", "partner"))
    place = (pl.col("year") * base + state) * base + partner.fill_null(base - 1)
    whole = pl.col("flow").sum().over("group")
    return (
        both_ways(half, [("state", "partner"), ("imports", "exports")])
        .filter(pl.col("state").is_not_null())
        .with_columns(place=place)  # one whole number sorts much faster than three columns
        .sort("place")
        .with_columns(
            group=(pl.col("place") // base).set_sorted(),
            flow=across("imports", "exports"),
            known=count_across("imports", "exports"),
        )
        .with_columns(
            share=pl.when(whole > 0).then(pl.col("flow") / whole),
            rank=pl.col("flow").rank("min", descending=True).over("group"),
        )
        .select(
            "year",
            pl.col("state", "partner").cast(pl.String),
            *("imports", "exports", "flow", "known", "share", "rank"),
        )
    )


def concentration(partners: pl.DataFrame) -> pl.DataFrame:
    """How concentrated the trade of every state was in every year.

    Parameters
    ----------
    partners : polars.DataFrame
        What `world` returns, whole: the flows that a state might have are counted from the states of that year.

    Returns
    -------
    polars.DataFrame
        Columns year, state, total (known trade, US$ millions), partners (with a known flow, be it zero), known and missing
        (flows, two a possible partner), largest (partner; of equals the first by name), largest_share, herfindahl,
        normalised.
    """
    present = partners.group_by("year").agg(present=pl.col("state").n_unique())
    grouped = partners.group_by("year", "state", maintain_order=True).agg(
        total=down("flow"),
        partners=pl.col("flow").count(),
        known=pl.col("known").sum(),
        largest=pl.col("partner").filter(pl.col("rank") == 1).first(),
        largest_share=pl.col("share").max(),
        herfindahl=herfindahl(pl.col("share")),
    )
    return (
        grouped.join(present, on="year", how="left", maintain_order="left")
        .with_columns(
            missing=2 * (pl.col("present").cast(pl.Int64) - 1) - pl.col("known"),
            largest=pl.when(pl.col("largest_share") > 0).then("largest"),
            normalised=normalised(pl.col("herfindahl"), pl.col("partners")),
        )
        .select(CONCENTRATION_COLUMNS)
    )


def region(study: Study, trade: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The two series of the study: its members' partners, and the concentration of their trade.

    Parameters
    ----------
    trade : polars.DataFrame
        As for `world`.

    Returns
    -------
    dict of str to polars.DataFrame
        ``trade_partners``: a row a year, member and partner, for the region's members, powers and others, and each member's
        five largest partners; shares alone, the flows being the provider's. A power that is a bloc of the study is the sum of
        its members at the end of the year, without a rank; `flows` is how many flows it might have, `known` how many are
        known. ``trade_concentration``: a row a year and member. Shares to four decimals.
    """
    about = study.about
    everyone = world(trade, about.first_day.year, about.last_day.year)
    ours = everyone.filter(pl.col("state").is_in(about.members))
    named = dict.fromkeys([*about.members, *about.powers, *about.others])
    members = _bloc_members(study, [*about.powers, *about.others], ours["year"].unique().sort().to_list())
    there = everyone.select("year", partner="state").unique().filter(pl.col("partner").is_in(list(named)))
    wanted = (
        ours.select("year", "state")
        .unique()
        .join(there, on="year")
        .filter(pl.col("state") != pl.col("partner"))
        .join(ours, on=["year", "state", "partner"], how="left")
        .with_columns(pl.col("known").fill_null(0))
    )
    top = ours.filter((pl.col("rank") <= TOP) & (pl.col("flow") > 0) & pl.col("partner").is_not_null())
    single = (
        pl.concat([wanted, top.select(wanted.columns)])
        .unique(["year", "state", "partner"])
        .with_columns(kind=pl.lit("state"), flows=pl.lit(2, dtype=pl.Int64))
    )
    both = pl.concat([_as_series(study, part) for part in (single, _blocs(ours, members))])
    return {
        SERIES: both.sort("year", "state", "rank", "partner", nulls_last=True),
        CONCENTRATION: concentration(everyone)
        .filter(pl.col("state").is_in(about.members))
        .with_columns(pl.col("total").round(3), pl.col("largest_share", "herfindahl", "normalised").round(4)),
    }


def trade_partners(study: Study) -> Measured:
    """The derived series of the members' partners.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="trade-partners",
        title="Whom the region's states trade with",
        definition="Imports and exports with a partner as a share of all known trade of the state in the year; rank "
        "1 is the largest partner among states. Exports are what the partner reports as imports.",
        reference="Hirschman 1945; Barbieri, Keshk and Pollins 2009, doi:10.1177/0738894209343887",
        frame=series.frame.with_columns(
            pl.col(_NUMBERS).cast(pl.Float64),
            pl.col("rank").cast(pl.Int64),
            rows=pl.lit([f"derived:{SERIES}"]),
        ),
        assumptions=(
            "Shares are over known flows: a missing flow is not zero, so that totals are lower bounds.",
            "Flows are taken as given, although the packaged file rounds them to whole US$ millions.",
            "A partner with one flow of two known stands at that one; a partner with none has no share.",
            "A bloc is the sum of those that are surely its members at the end of the year, and has no "
            "rank (ours).",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def trade_concentration(study: Study) -> Measured:
    """The derived series of the concentration of the members' trade.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(CONCENTRATION, dataset=DATASET)
    return Measured(
        name="trade-concentration",
        title="How far the trade of the region's states hangs on few partners",
        definition="Herfindahl index: the sum of squared partner shares; normalised from 0 (all partners "
        "alike) to 1 (one alone). Dependence: the share of the largest partner.",
        reference="Hirschman 1945, 1964; Barbieri, Keshk and Pollins 2009, doi:10.1177/0738894209343887",
        frame=series.frame.with_columns(
            pl.col(_INDICES).cast(pl.Float64), rows=pl.lit([f"derived:{CONCENTRATION}"])
        ),
        assumptions=(
            "Over known flows; those missing count among neither partners nor trade.",
            "The missing are counted against all states that the dataset has in the year; a dyad that it lacks is missing.",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def _bloc_members(study: Study, actors: Sequence[str], years: Sequence[int]) -> pl.DataFrame:
    """Who surely belongs to each of `actors` that is a body too, at the end of each year: year, bloc, partner."""
    return (
        ties(study, year_ends(study), FULL_STATUSES)
        .filter((pl.col("holds") == "yes") & pl.col("body").is_in(list(actors)))
        .select(year=pl.col("day").dt.year(), bloc="body", partner="actor")
        .filter(pl.col("year").is_in(list(years)))
    )


def _blocs(ours: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Each state's trade with blocs, the sum of its known trade with their members."""
    possible = members.group_by("year", "bloc", maintain_order=True).agg(size=pl.len())
    insiders = members.select("year", "bloc", state="partner", inside=pl.lit(1, dtype=pl.Int64))
    return (
        ours.join(members, on=["year", "partner"])
        .group_by("year", "state", "bloc", maintain_order=True)
        .agg(
            *(down(name).alias(name) for name in ("imports", "exports", "flow", "share")),
            known=pl.col("known").sum(),
        )
        .join(possible, on=["year", "bloc"])
        .join(insiders, on=["year", "bloc", "state"], how="left")
        .with_columns(
            partner="bloc",
            kind=pl.lit("bloc"),
            flows=2 * (pl.col("size").cast(pl.Int64) - pl.col("inside").fill_null(0)),
            rank=pl.lit(None, dtype=pl.UInt32),
        )
    )


def _as_series(study: Study, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the series, with the partner's name in the study, or else in the crosswalk."""
    called = states().group_by("id", maintain_order=True).agg(crosswalk=pl.col("name").last())
    return (
        frame.join(study.table("actors").select(partner="id", name="name"), on="partner", how="left")
        .join(called, left_on="partner", right_on="id", how="left")
        .with_columns(
            pl.coalesce("name", "crosswalk", "partner").alias("name"),
            pl.col("share").round(4),
            pl.col("rank").cast(pl.Int64),
        )
        .select(COLUMNS)
    )
