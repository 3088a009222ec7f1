"""What a region does for its own security, and what it is offered from outside: yearly, from datasets of alliances and power.

Reference: the question is that of Mayer 2021, sections 3 and 6; obligations are those of Leeds and others (2002), *Alliance
Treaty Obligations and Provisions*, International Interactions 28(3), 237–260, doi:10.1080/03050620213653; strength is the share
of material capabilities (Singer 1988, doi:10.1080/03050628808434695). The dataset has pairs and no treaties, so a pact is told
to be the region's own where no much stronger outsider owes both partners at least as much; how much stronger is ours, and is
varied.
"""

from __future__ import annotations

import polars as pl

DEPTH = (("defence", 1.0), ("consultation", 2 / 3), ("nonaggression", 1 / 3), ("neutrality", 1 / 3))
"""Ours: the order is the dataset's, the distances are even."""
PAIR = ["region", "year", "one", "other"]


def pairs(members: pl.DataFrame) -> pl.DataFrame:
    """Every unordered pair of members, by region and year."""
    two = members.rename({"state": "one"}).join(members.rename({"state": "other"}), on=["region", "year"])
    return two.filter(pl.col("one") < pl.col("other"))


def own_depth(
    members: pl.DataFrame, obligations: pl.DataFrame, capabilities: pl.DataFrame, stronger: float | None
) -> pl.DataFrame:
    """How deep members' security obligations to one another are, on average over all pairs.

    Parameters
    ----------
    members : polars.DataFrame
        Columns region, year, state.
    obligations : polars.DataFrame
        Columns state1, state2, year and the kinds of obligation.
    capabilities : polars.DataFrame
        Columns state, year, cinc.
    stronger : float, optional
        How many times as strong as the strongest member an outsider is whose roof a pact is under; without, no roof counts.

    Returns
    -------
    polars.DataFrame
        Columns region, year, value (0 none, 1 defence among all), known, of (pairs).
    """
    owed = _owed(obligations)
    both = pairs(members).join(
        owed.rename({"state1": "one", "state2": "other"}), on=["one", "other", "year"], how="left"
    )
    if stronger is not None:
        roofs = _roofs(members, owed, capabilities, stronger)
        both = both.join(roofs, on=PAIR, how="left").with_columns(
            depth=pl.when(pl.col("roof").fill_null(0.0) >= pl.col("depth")).then(0.0).otherwise("depth")
        )
    last = obligations["year"].max()
    return averaged(both.with_columns(pl.col("depth").fill_null(0.0)), "depth").filter(pl.col("year") <= last)


def outside_defence(
    members: pl.DataFrame, obligations: pl.DataFrame, capabilities: pl.DataFrame, stronger: float
) -> pl.DataFrame:
    """The share of members to which an outsider, so many times as strong as the strongest member, owes defence."""
    offered = (
        _offers(members, _owed(obligations), capabilities, stronger)
        .filter(pl.col("depth") == 1.0)
        .select("region", "year", "state")
        .unique()
        .with_columns(held=1.0)
    )
    last = obligations["year"].max()
    known = members.join(offered, on=["region", "year", "state"], how="left").with_columns(
        pl.col("held").fill_null(0.0)
    )
    return averaged(known, "held").filter(pl.col("year") <= last)


def averaged(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The mean by region and year of what is known, and how many of how many that is."""
    return (
        frame.group_by("region", "year")
        .agg(value=pl.col(column).mean(), known=pl.col(column).count(), of=pl.len())
        .drop_nulls("value")
    )


def _owed(obligations: pl.DataFrame) -> pl.DataFrame:
    """The deepest obligation of each directed pair and year."""
    deepest = pl.max_horizontal(
        *(pl.col(kind).cast(pl.Float64).fill_null(0.0) * depth for kind, depth in DEPTH)
    )
    return (
        obligations.drop_nulls(["state1", "state2"])
        .with_columns(pl.col("year").cast(pl.Int32), depth=deepest)
        .group_by("state1", "state2", "year")
        .agg(pl.col("depth").max())
        .filter(pl.col("depth") > 0)
    )


def _offers(
    members: pl.DataFrame, owed: pl.DataFrame, capabilities: pl.DataFrame, stronger: float
) -> pl.DataFrame:
    """What much stronger outsiders owe to members: region, year, state, outsider, depth."""
    power = capabilities.drop_nulls(["state", "cinc"]).select("state", pl.col("year").cast(pl.Int32), "cinc")
    strongest = (
        members.join(power, on=["state", "year"]).group_by("region", "year").agg(top=pl.col("cinc").max())
    )
    return (
        members.join(owed.rename({"state1": "state", "state2": "outsider"}), on=["state", "year"])
        .join(members.rename({"state": "outsider"}), on=["region", "year", "outsider"], how="anti")
        .join(strongest, on=["region", "year"])
        .join(power.rename({"state": "outsider", "cinc": "their"}), on=["outsider", "year"])
        .filter(pl.col("their") >= stronger * pl.col("top"))
        .select("region", "year", "state", "outsider", "depth")
    )


def _roofs(
    members: pl.DataFrame, owed: pl.DataFrame, capabilities: pl.DataFrame, stronger: float
) -> pl.DataFrame:
    """The most that one much stronger outsider owes to both of a pair."""
    offers = _offers(members, owed, capabilities, stronger)
    both = offers.rename({"state": "one", "depth": "to_one"}).join(
        offers.rename({"state": "other", "depth": "to_other"}), on=["region", "year", "outsider"]
    )
    return (
        both.filter(pl.col("one") < pl.col("other"))
        .group_by(PAIR)
        .agg(roof=pl.min_horizontal("to_one", "to_other").max())
    )
