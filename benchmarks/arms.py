"""Suppliers of major arms of all recipients, over every five years: ours, and the obvious pandas.

Run with `make bench`, with sipri-arms in the source store. Both take the same table from their own memory and return each
supplier's sum, share and rank with the bounds that rounding leaves open, for all spans of five years that the data hold,
one beginning in each year, in the same order; the results must be equal.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from side_by_side import compare, dataset, pandas, same_frame

from chaikhana.measures.arms_suppliers import COLUMNS, UNKNOWN, WINDOW, world

SPAN = ["recipient", "first", "last"]


def main() -> None:
    """Print the times."""
    kept, pd = dataset("sipri-arms"), pandas()
    if kept is None or pd is None:
        return
    transfers = kept.first_of("export_tables", "transfers")
    frame = transfers.to_pandas()
    years = range(frame["year"].min(), frame["year"].max() - WINDOW + 2)
    spans = [(year, year + WINDOW - 1) for year in years]
    compare(
        f"suppliers of arms, {len(spans)} spans",
        lambda: world(transfers, spans),
        {"pandas": lambda: in_pandas(frame, spans, pd)},
        same_frame,
    )


def in_pandas(transfers: Any, spans: list[tuple[int, int]], pd: Any) -> Any:
    """What one would write in pandas."""
    deliveries = pd.DataFrame(
        {
            "recipient": transfers["recipient_state"].fillna(transfers["recipient"]),
            "supplier": transfers["supplier_state"].fillna(transfers["supplier"]),
            "name": transfers["supplier"],
            **{name: transfers[name] for name in ("year", "tiv", "tiv_low", "tiv_high")},
        }
    )
    years = pd.DataFrame(
        [(first, last, year) for first, last in spans for year in range(first, last + 1)],
        columns=["first", "last", "year"],
    )
    sums = (
        deliveries.merge(years, on="year")
        .sort_values("year", kind="stable")
        .groupby([*SPAN, "supplier"], as_index=False)
        .agg(
            name=("name", "last"),
            tiv=("tiv", "sum"),
            tiv_low=("tiv_low", "sum"),
            tiv_high=("tiv_high", "sum"),
        )
    )
    whole = sums.groupby(SPAN)[["tiv", "tiv_low", "tiv_high"]].transform("sum")
    low, high = sums["tiv_low"], sums["tiv_high"]
    sums["share"] = sums["tiv"] / whole["tiv"].replace(0, np.nan)
    at_least = low + (whole["tiv_high"] - high).clip(lower=0)
    at_most = high + (whole["tiv_low"] - low).clip(lower=0)
    sums["share_low"] = (low / at_least.replace(0, np.nan)).fillna(1.0)
    sums["share_high"] = high / at_most.replace(0, np.nan)
    named = sums["supplier"] != UNKNOWN
    ordered = sums[named].sort_values(["tiv", "tiv_high"], ascending=False)
    ordered["rank"] = ordered.groupby(SPAN).cumcount() + 1
    sums["rank"] = ordered.groupby([*SPAN, "tiv", "tiv_high"])["rank"].transform("min")
    return sums.sort_values([*SPAN, "rank", "supplier"])[list(COLUMNS)]


if __name__ == "__main__":
    main()
