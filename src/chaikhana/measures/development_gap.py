"""The development gap: how far the wealth per head of a region's members lies apart, by year.

Reference: World Bank, World Development Indicators; the ratio of the greatest to the least product per head is the plainest of
the measures of dispersion among regions (OECD 2018, *Regions and Cities at a Glance*, annex C). Computes from the tables of GDP
and population that readers supply and reads the derived series of a study. In current US dollars, so that a devaluation
moves the ratio.
"""

from __future__ import annotations

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.study import Study

SERIES, DATASET = "development_gap", "world-bank"
COLUMNS = ("year", "known", "of", "ratio", "richest", "poorest")


def region(study: Study, gdp: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """The ratio of the richest member to the poorest, every year of which two members or more are known.

    Parameters
    ----------
    gdp, population : polars.DataFrame
        Columns state, year, and gdp (US$) or population.

    Returns
    -------
    polars.DataFrame
        Columns year, known (members with both numbers), of (all members), ratio (of the greatest to the least GDP per head),
        richest, poorest. Sorted by year.
    """
    about = study.about
    mine = pl.col("state").is_in(about.members) & pl.col("year").is_between(
        about.first_day.year, about.last_day.year
    )
    heads = population.filter(mine & (pl.col("population") > 0)).select("state", "year", "population")
    each = (
        gdp.filter(mine & (pl.col("gdp") > 0))
        .select("state", "year", "gdp")
        .join(heads, on=["state", "year"])
        .with_columns(wealth=pl.col("gdp") / pl.col("population"))
        .sort("wealth", "state")
    )
    return (
        each.group_by("year", maintain_order=True)
        .agg(
            known=pl.len().cast(pl.Int64),
            ratio=(pl.col("wealth").last() / pl.col("wealth").first()).round(3),
            richest=pl.col("state").last(),
            poorest=pl.col("state").first(),
        )
        .filter(pl.col("known") > 1)
        .with_columns(of=pl.lit(len(about.members), dtype=pl.Int64))
        .select(COLUMNS)
        .sort("year")
    )


def development_gap(study: Study) -> Measured:
    """The derived series.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="development-gap",
        title="How far the members' wealth lies apart",
        definition="GDP per head of the richest member over that of the poorest, in current US dollars, of those that are known.",
        reference=series.origin["citation"],
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=("A member without a number does not count; how many are known stands beside.",),
    )
