"""Trade within the region: its share in the region's trade, its intensity, and symmetric introversion.

Reference: intensity as in Frankel (1997), *Regional Trading Blocs in the World Economic System*; introversion as in Iapadre
(2006), *Regional integration agreements and the geography of world trade*, in De Lombaerde (ed.), Assessment and
Measurement of Regional Integration, and Iapadre and Tironi (2009), UNU-CRIS Working Paper W-2009/9. Reads the table
`trade` of cow-trade-v4. Returns the three indices per group of states and year, and the share of every state. Departs
from the common practice of taking missing flows for zeros: they stay missing, are counted, and bound the share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError, UnknownNameError, allowed_values
from chaikhana.methods.half_directed import both_ways
from chaikhana.methods.known_sums import across, count_across, down
from chaikhana.study.study import Study

DATASET = "cow-trade-v4"
SERIES = "trade_within"
COLUMNS = (
    "year", "actor", "members", "intra", "total", "share", "share_low", "share_high", "intensity",
    "introversion", "flows", "known", "intra_flows", "intra_known", "intra_zero",
)  # fmt: skip
REGION = "region"
FIGURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"reported": ("imports1", "imports2"), "smoothed": ("smooth1", "smooth2")}
)
Figures = Literal["reported", "smoothed"]
Groups = Mapping[str, Iterable[str]] | pl.DataFrame
_NUMBERS = ("intra", "total", "share", "share_low", "share_high", "intensity", "introversion")


def by_state(trade: pl.DataFrame, groups: Groups, figures: Figures = "reported") -> pl.DataFrame:
    """How much of its trade every state of the world has with each group of states, every year.

    Parameters
    ----------
    trade : polars.DataFrame
        Columns state1, state2, year, imports1, imports2 (US$ millions, null where missing), one row a dyad-year; for
        smoothed figures smooth1 and smooth2.
    groups : mapping, or polars.DataFrame
        Group to states, the same every year; or, where states enter and leave, columns group, state and year.
    figures : {"reported", "smoothed"}
        Flows as reported, or as COW interpolated them.

    Returns
    -------
    polars.DataFrame
        Columns group, year, state, member (whether the state is of the group), intra (its imports and exports with the group,
        for a member with the rest of it; US$ millions), total (all its known trade), share, share_low, share_high, flows (that
        it might have with the states of that year, two a partner), known, intra_flows, intra_known, intra_zero (known flows
        that are given as zero). Sorted by group, year and state.

    Raises
    ------
    UnknownNameError
        If there are no such figures.
    BadValueError
        If a frame of groups lacks a column.
    """
    if figures not in FIGURES:
        raise UnknownNameError("kind of trade figures", figures, FIGURES)
    imports, exports = FIGURES[figures]
    flows = both_ways(
        trade.select("year", state="state1", partner="state2", imports=imports, exports=exports),
        [("state", "partner"), ("imports", "exports")],
    ).select(
        "year",
        "state",
        "partner",
        flow=across("imports", "exports"),
        known=count_across("imports", "exports"),
        zero=pl.sum_horizontal((pl.col("imports", "exports") == 0).fill_null(False).cast(pl.Int64)),
    )
    states = (
        flows.drop_nulls("state")
        .group_by("year", "state", maintain_order=True)
        .agg(total=down("flow"), known=pl.col("known").sum())
        .with_columns(flows=2 * (pl.len().over("year").cast(pl.Int64) - 1))
    )
    belongs = _belonging(groups, states)
    sizes = belongs.group_by("group", "year", maintain_order=True).agg(size=pl.len().cast(pl.Int64))
    shared = (
        flows.drop_nulls("state")
        .join(belongs.rename({"state": "partner"}), on=["year", "partner"])
        .group_by("group", "year", "state", maintain_order=True)
        .agg(intra=down("flow"), intra_known=pl.col("known").sum(), intra_zero=pl.col("zero").sum())
    )
    return (
        sizes.join(states, on="year")
        .join(belongs.with_columns(member=pl.lit(True)), on=["group", "year", "state"], how="left")
        .join(shared, on=["group", "year", "state"], how="left")
        .with_columns(pl.col("member").fill_null(False), pl.col("intra_known", "intra_zero").fill_null(0))
        .with_columns(intra_flows=2 * (pl.col("size") - pl.col("member").cast(pl.Int64)))
        .with_columns(share=_ratio(pl.col("intra"), pl.col("total")))
        .with_columns(_bounds())
        .select(
            "group", "year", "state", "member", "intra", "total", "share", "share_low", "share_high",
            "flows", "known", "intra_flows", "intra_known", "intra_zero",
        )
        .sort("group", "year", "state")
    )  # fmt: skip


def world(trade: pl.DataFrame, groups: Groups, figures: Figures = "reported") -> pl.DataFrame:
    """The three indices of every group of states, every year.

    With T(i,i) the exports and imports of the members among themselves (so that each flow counts at both its ends), T(i) all
    their exports and imports, T(o,i) those of outsiders with members, T(o) all of outsiders, T(w) all of the world:
    share S = T(i,i)/T(i); intensity S / (T(i)/T(w)); homogeneous intensity within HI = S/V and without HE = (1−S)/(1−V),
    where V = T(o,i)/T(o) is the members' weight in outsiders' trade; introversion (HI−HE)/(HI+HE), from −1 (no trade
    within) over 0 (members trade with each other as outsiders do with them) to 1 (no trade with outsiders).

    Parameters
    ----------
    trade, groups, figures
        As for `by_state`.

    Returns
    -------
    polars.DataFrame
        Columns group, year, members (that the table has that year), intra (each flow once, US$ millions), total (T(i)), share
        (2·intra/total), share_low, share_high, intensity, introversion, flows, known, intra_flows, intra_known, intra_zero
        (directed flows, each once). All over known flows; the bounds let each missing flow be anything from zero up.
        Sorted by group and year.
    """
    found = by_state(trade, groups, figures).filter("member")
    whole = (
        trade.group_by("year")
        .agg(world=sum((pl.col(flow).sum() for flow in FIGURES[figures]), pl.lit(0.0)) * 2)
        .with_columns(pl.col("year").cast(found.schema["year"]))
    )
    share, total = pl.col("share"), pl.col("total")
    weight = _ratio(total - 2 * pl.col("intra"), pl.col("world") - total)
    return (
        found.group_by("group", "year", maintain_order=True)
        .agg(
            members=pl.len().cast(pl.Int64),
            intra=down("intra") / 2,
            total=down("total"),
            ends=pl.col("known").sum(),
            partners=pl.col("flows").first() // 2,
            intra_known=pl.col("intra_known").sum() // 2,
            intra_zero=pl.col("intra_zero").sum() // 2,
        )
        .join(whole, on="year", how="left", maintain_order="left")
        .with_columns(
            share=_ratio(2 * pl.col("intra"), total),
            known=pl.col("ends") - pl.col("intra_known"),
            intra_flows=pl.col("members") * (pl.col("members") - 1),
            flows=pl.col("members") * (2 * pl.col("partners") - pl.col("members") + 1),
        )
        .with_columns(
            *_bounds(),
            intensity=_ratio(share * pl.col("world"), total),
            introversion=_ratio(share - weight, share + weight - 2 * share * weight),
        )
        .select("group", "year", *(name for name in COLUMNS if name not in ("year", "actor")))
    )


def region(study: Study, trade: pl.DataFrame) -> pl.DataFrame:
    """The series of the study: the region as a whole, and each member with the rest of it.

    Parameters
    ----------
    trade : polars.DataFrame
        As for `by_state`.

    Returns
    -------
    polars.DataFrame
        The columns `COLUMNS`; `actor` is ``region`` or a member. Intensity and introversion are of the region alone. Shares
        and indices to four decimals.
    """
    about = study.about
    chosen = trade.filter(pl.col("year").is_between(about.first_day.year, about.last_day.year))
    groups = {REGION: about.members}
    whole = world(chosen, groups).rename({"group": "actor"})
    each = by_state(chosen, groups).filter("member").rename({"state": "actor"})
    sizes = whole.select("year", "members")
    parts = each.join(sizes, on="year").with_columns(
        intensity=pl.lit(None, dtype=pl.Float64), introversion=pl.lit(None, dtype=pl.Float64)
    )
    order = pl.col("actor") != REGION
    return (
        pl.concat([whole.select(COLUMNS), parts.select(COLUMNS)])
        .with_columns(
            pl.col("year").cast(pl.Int32),
            pl.col("intra", "total").round(3),
            pl.col(_NUMBERS[2:]).round(4),
        )
        .sort("year", order, "actor")
    )


def trade_within(study: Study) -> Measured:
    """The derived series of the study.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="trade-within",
        title="How much of their trade the region's states have with one another",
        definition="Share: a member's imports and exports with the rest of the region over all its trade; for the "
        "region twice its inner trade over all trade of its members. Intensity: the share over the region's share of "
        "world trade. Introversion: (HI − HE)/(HI + HE), where HI sets the share within against the region's "
        "weight in outsiders' trade and HE the share without against the remainder.",
        reference="Frankel 1997; Iapadre 2006; Iapadre and Tironi 2009, UNU-CRIS W-2009/9; data: Barbieri, Keshk and "
        "Pollins 2009, doi:10.1177/0738894209343887",
        frame=series.frame.with_columns(
            pl.col(_NUMBERS).cast(pl.Float64), rows=pl.lit([f"derived:{SERIES}"])
        ),
        assumptions=(
            "Over known flows: a missing flow is not zero. The bounds of the share let each missing flow be "
            "anything from zero up, so that a missing outside flow makes the share an upper bound (ours).",
            "Flows given as zero are taken as zero, although the packaged file rounds to whole millions; `intra_zero` "
            "counts those within the region.",
            "A pair of states that the dataset has no row for counts as two missing flows.",
            "Flows are what importers report; exports are the partner's imports.",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def _belonging(groups: Groups, states: pl.DataFrame) -> pl.DataFrame:
    """Group, year and state, for the states that the table has in the year."""
    present = states.select("year", "state")
    if isinstance(groups, pl.DataFrame):
        for column in ("group", "state", "year"):
            if column not in groups.columns:
                raise BadValueError(
                    f"The groups lack the column ‘{column}’. {allowed_values(column, groups.columns)} "
                    "Give group, state and year, a row for each year of a state in a group."
                )
        chosen = groups.select("group", "state", pl.col("year").cast(states.schema["year"])).unique()
        return present.join(chosen, on=["year", "state"]).select("group", "year", "state")
    pairs = pl.DataFrame(
        [(group, state) for group, inside in groups.items() for state in dict.fromkeys(inside)],
        schema={"group": pl.String, "state": pl.String},
        orient="row",
    )
    return present.join(pairs, on="state").select("group", "year", "state")


def _ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then(part / whole)


def _bounds() -> tuple[pl.Expr, pl.Expr]:
    """The share if every missing flow may be anything from zero up."""
    inside = pl.col("intra_flows") > pl.col("intra_known")
    outside = pl.col("flows") - pl.col("known") > pl.col("intra_flows") - pl.col("intra_known")
    share = pl.col("share")
    known = share.is_not_null()
    return (
        pl.when(known & outside).then(0.0).when(known).then(share).alias("share_low"),
        pl.when(known & inside).then(1.0).when(known).then(share).alias("share_high"),
    )
