"""What regions are like, yearly, from published datasets: regimes, power, quarrels, trade, borders, authority, organisations.

Reference: each dataset's own, told with every value. A value is over the members that the dataset knows in that year, and says
how many of how many these are; a dataset's silence on disputes and rivalries means that there were none, since it lists all.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from chaikhana.compare.regions import Region
from chaikhana.compare.security_indicators import averaged, pairs
from chaikhana.measures import trade_within

KEYS = ["region", "year"]
SINGLE, PAIR_TOGETHER, PAIR_LEAST = 0.5, 0.6, 0.5
"""Shares of all capabilities from which on one member, or two together, could lead, and how near the second is; ours."""
MOST_OF = 2 / 3
"""From which share of a region's states on a body counts as one that it shares; ours."""


def regime(members: pl.DataFrame, regimes: pl.DataFrame, index: str) -> pl.DataFrame:
    """The mean of a regime index over the members."""
    return averaged(members.join(_indexed(regimes, index), on=["state", "year"], how="left"), index)


def regime_distance(members: pl.DataFrame, regimes: pl.DataFrame, index: str) -> pl.DataFrame:
    """The mean distance of a regime index over pairs of members."""
    known = _indexed(regimes, index)
    both = (
        pairs(members)
        .join(known.rename({"state": "one", index: "a"}), on=["one", "year"], how="left")
        .join(known.rename({"state": "other", index: "b"}), on=["other", "year"], how="left")
    )
    return averaged(both.with_columns(apart=(pl.col("a") - pl.col("b")).abs()), "apart")


def leading(members: pl.DataFrame, capabilities: pl.DataFrame, place: int) -> pl.DataFrame:
    """The share of the members' capabilities that the one in a place (1 the strongest) has."""
    power = capabilities.drop_nulls(["state", "cinc"]).select("state", pl.col("year").cast(pl.Int32), "cinc")
    joined = members.join(power, on=["state", "year"], how="left")
    return (
        joined.group_by(KEYS)
        .agg(
            value=pl.col("cinc").sort(descending=True, nulls_last=True).get(place - 1, null_on_oob=True)
            / pl.col("cinc").sum(),
            known=pl.col("cinc").count(),
            of=pl.len(),
        )
        .drop_nulls("value")
    )


def leaders(members: pl.DataFrame, capabilities: pl.DataFrame) -> pl.DataFrame:
    """Whether one member could lead (2), a pair (1), or none (0)."""
    first, second = (leading(members, capabilities, place) for place in (1, 2))
    joined = first.join(second.select(*KEYS, second="value"), on=KEYS)
    single = pl.col("value") > SINGLE
    pair = (pl.col("value") + pl.col("second") >= PAIR_TOGETHER) & (
        pl.col("second") >= PAIR_LEAST * pl.col("value")
    )
    return joined.with_columns(value=pl.when(single).then(2.0).when(pair).then(1.0).otherwise(0.0)).drop(
        "second"
    )


def rivalries(members: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    """The share of members with a strategic rival, inside the region or out."""
    last = int(spells["last"].max())  # type: ignore[arg-type]
    each = pl.concat(
        [spells.select(state=pl.col(column), first="first", last="last") for column in ("state1", "state2")]
    ).drop_nulls("state")
    years = (
        each.with_columns(pl.col("last").fill_null(last))
        .with_columns(year=pl.int_ranges("first", pl.col("last") + 1, dtype=pl.Int32))
        .explode("year")
        .select("state", "year")
        .unique()
        .with_columns(held=1.0)
    )
    return _share_of_members(members, years, last)


def armed_conflict(members: pl.DataFrame, conflicts: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """The share of members whose government fights an armed conflict at home."""
    home = conflicts.filter(pl.col("type").cast(pl.String).str.contains("intrastate")).select(
        "conflict_id", "year"
    )
    years = (
        parties.filter(pl.col("side").cast(pl.String) == "side_a")
        .join(home, on=["conflict_id", "year"])
        .drop_nulls("state")
        .select("state", pl.col("year").cast(pl.Int32))
        .unique()
        .with_columns(held=1.0)
    )
    return _share_of_members(members, years, int(conflicts["year"].max()))  # type: ignore[arg-type]


def disputes_within(members: pl.DataFrame, disputes: pl.DataFrame) -> pl.DataFrame:
    """The share of pairs of members with a militarised dispute."""
    fights = (
        disputes.drop_nulls(["state1", "state2"])
        .select(one="state1", other="state2", year=pl.col("year").cast(pl.Int32))
        .unique()
        .with_columns(held=1.0)
    )
    return _share_of_pairs(members, fights, disputes)


def borders(members: pl.DataFrame, contiguity: pl.DataFrame) -> pl.DataFrame:
    """The share of pairs of members that share a border on land."""
    land = (
        contiguity.filter(pl.col("kind").cast(pl.String) == "land")
        .drop_nulls(["state1", "state2"])
        .select(one="state1", other="state2", year=pl.col("year").cast(pl.Int32))
        .unique()
        .with_columns(held=1.0)
    )
    return _share_of_pairs(members, land, contiguity)


def trade_share(members: pl.DataFrame, trade: pl.DataFrame) -> pl.DataFrame:
    """The share of the members' trade that is with one another, as `trade-within` computes it."""
    groups = members.rename({"region": "group"})
    found = trade_within.world(trade, groups)
    return found.select(
        region="group",
        year=pl.col("year").cast(pl.Int32),
        value="share",
        known=pl.col("known").cast(pl.UInt32),
        of=pl.col("flows").cast(pl.UInt32),
    ).drop_nulls("value")


def authority(known: Mapping[str, Region], years: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Mean of delegation and pooling in the region's organisation; zero where it has none, since nothing is given to nobody."""
    of_body = pl.DataFrame(
        {"region": [one.id for one in known.values()], "body": [one.authority for one in known.values()]}
    )
    have = scores.select(
        "body",
        pl.col("year").cast(pl.Int32),
        value=pl.mean_horizontal(pl.col("delegation", "pooling").cast(pl.Float64)),
    )
    each = years.select(KEYS).unique().join(of_body, on="region")
    last = scores["year"].max()
    return (
        pl.concat(
            [
                each.filter(pl.col("body") != "").join(have, on=["body", "year"]),
                each.filter(pl.col("body") == "").with_columns(value=pl.lit(0.0)),
            ]
        )
        .drop_nulls("value")
        .filter(pl.col("year") <= last)
        .select(*KEYS, "value", known=pl.lit(1, pl.UInt32), of=pl.lit(1, pl.UInt32))
    )


def shared_bodies(members: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """Bodies in which most of a region's states are full members, and of whose members they are at least half.

    Columns region, year, body, inside, outside (full members).
    """
    full = (
        memberships.filter(pl.col("status").cast(pl.String) == "member")
        .drop_nulls("state")
        .select("state", pl.col("year").cast(pl.Int32), "body")
    )
    size = members.group_by(KEYS).agg(states=pl.len())
    every = full.group_by("body", "year").agg(all=pl.len())
    return (
        members.join(full, on=["state", "year"])
        .group_by(*KEYS, "body")
        .agg(inside=pl.len())
        .join(size, on=KEYS)
        .filter((pl.col("inside") >= MOST_OF * pl.col("states")) & (pl.col("inside") > 1))
        .join(every, on=["body", "year"])
        .select(*KEYS, "body", "inside", outside=pl.col("all") - pl.col("inside"))
        .filter(pl.col("outside") <= pl.col("inside"))
    )


def exclusivity(members: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """Of the bodies that a region shares and that are not mostly outsiders', the share without any outsider."""
    near = shared_bodies(members, memberships)
    return (
        near.group_by(KEYS)
        .agg(value=(pl.col("outside") == 0).cast(pl.Float64).mean(), known=pl.len(), of=pl.len())
        .drop_nulls("value")
    )


def overlap(members: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """How many bodies a region shares whose members are at least half its own: the more, the more they overlap."""
    near = shared_bodies(members, memberships)
    last = memberships["year"].max()
    counted = near.group_by(KEYS).agg(value=pl.len().cast(pl.Float64))
    return (
        members.group_by(KEYS)
        .agg(of=pl.len())
        .join(counted, on=KEYS, how="left")
        .filter(pl.col("year") <= last)
        .select(*KEYS, pl.col("value").fill_null(0.0), known="of", of="of")
    )


def _indexed(regimes: pl.DataFrame, index: str) -> pl.DataFrame:
    return (
        regimes.drop_nulls(["state", index])
        .group_by("state", pl.col("year").cast(pl.Int32))
        .agg(pl.col(index).cast(pl.Float64).mean())
    )


def _share_of_pairs(members: pl.DataFrame, held: pl.DataFrame, data: pl.DataFrame) -> pl.DataFrame:
    both = pairs(members).join(held, on=["one", "other", "year"], how="left")
    known = both.with_columns(pl.col("held").fill_null(0.0)).filter(pl.col("year") <= data["year"].max())
    return averaged(known, "held")


def _share_of_members(members: pl.DataFrame, held: pl.DataFrame, last: int) -> pl.DataFrame:
    joined = members.join(held, on=["state", "year"], how="left")
    return averaged(joined.with_columns(pl.col("held").fill_null(0.0)), "held").filter(pl.col("year") <= last)
