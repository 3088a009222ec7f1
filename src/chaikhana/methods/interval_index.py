"""An index over indicators that are known only within bounds: the mean of dimensions, each the mean of its indicators.

Interval arithmetic (Moore 1966, *Interval Analysis*): a mean of numbers that lie within bounds lies between the mean of the
lower and the mean of the upper ends. An unknown indicator has the bounds 0 and 1, one that does not apply drops
out, and with it a dimension that has no other. Knows nothing of bodies or states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from chaikhana.errors import BadValueError

Dimensions = Mapping[str, tuple[str, ...]]


def interval_index(values: pl.DataFrame, by: Sequence[str], dimensions: Dimensions) -> pl.DataFrame:
    """The index of every unit, with equal weights for the dimensions and for the indicators of one dimension.

    Parameters
    ----------
    values : polars.DataFrame
        Columns `by`, indicator, low, high; one row a unit and indicator. Bounds lie between 0 and 1; both are null where
        the indicator does not apply. An indicator without a row does not apply either.
    by : sequence of str
        The columns that name a unit.
    dimensions : mapping
        Dimension to its indicators; others are left out.

    Returns
    -------
    polars.DataFrame
        Columns `by`, low, high (0 to 1), known (indicators known to a point), of (indicators that apply), sorted by `by`.
        A unit to which nothing applies has no row.

    Raises
    ------
    BadValueError
        If no dimension is named, or a bound is out of range.
    """
    if not dimensions:
        raise BadValueError("An index needs a dimension at least; none is named.")
    places = [(dimension, one) for dimension, several in dimensions.items() for one in several]
    placed = pl.DataFrame(places, schema={"dimension": pl.String, "indicator": pl.String}, orient="row")
    applying = values.join(placed, on="indicator").filter(
        pl.col("low").is_not_null() & pl.col("high").is_not_null()
    )
    wrong = applying.filter((pl.col("low") < 0) | (pl.col("high") > 1) | (pl.col("low") > pl.col("high")))
    if wrong.height:
        row = wrong.row(0, named=True)
        raise BadValueError(
            f"The indicator {row['indicator']} has the bounds {row['low']} and {row['high']}. "
            "Allowed: 0 ≤ low ≤ high ≤ 1."
        )
    return (
        applying.sort(*by, "dimension", "indicator")
        .group_by(*by, "dimension", maintain_order=True)
        .agg(
            pl.col("low", "high").mean(),
            known=(pl.col("low") == pl.col("high")).sum().cast(pl.Int64),
            of=pl.len().cast(pl.Int64),
        )
        .group_by(*by, maintain_order=True)
        .agg(pl.col("low", "high").mean(), pl.col("known", "of").sum())
    )


def varied_index(
    values: pl.DataFrame, by: Sequence[str], weightings: Mapping[str, Dimensions]
) -> pl.DataFrame:
    """The lowest and the highest end of the index over several weightings.

    Parameters
    ----------
    weightings : mapping
        Name to dimensions; see `interval_index`.

    Returns
    -------
    polars.DataFrame
        Columns `by`, varied_low, varied_high.
    """
    return (
        pl.concat([interval_index(values, by, dimensions) for dimensions in weightings.values()])
        .group_by(*by, maintain_order=True)
        .agg(varied_low=pl.col("low").min(), varied_high=pl.col("high").max())
        .sort(*by)
    )


def each_left_out(dimensions: Dimensions) -> dict[str, Dimensions]:
    """The weightings that leave out one dimension in turn, by the name ``without-DIMENSION``."""
    return {
        f"without-{left}": {name: several for name, several in dimensions.items() if name != left}
        for left in dimensions
        if len(dimensions) > 1
    }
