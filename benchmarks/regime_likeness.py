"""Likeness of the regimes of all pairs of states in all years: ours, a self-join in DuckDB, and a merge in pandas.

Run with `make bench`, with vdem in the source store. Each takes V-Dem's polyarchy and its bounds from its own memory and
returns the likeness of every pair with its least and greatest, in the same order; the results must be equal. The peers
rely on one row a state and year, which ours does not.
"""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
from side_by_side import compare, dataset, pandas, same_frame

from chaikhana.measures.regime_likeness import world

QUERY = """
    SELECT one.state AS state1, two.state AS state2, one.year AS year,
           1 - abs(one.value - two.value) AS likeness,
           1 - greatest(one.high - two.low, two.high - one.low) AS low,
           CASE WHEN one.low + two.low IS NOT NULL
                THEN 1 - greatest(one.low - two.high, two.low - one.high, 0) END AS high
    FROM regimes one JOIN regimes two ON one.year = two.year AND one.state < two.state
    ORDER BY one.year, one.state, two.state
"""


def main() -> None:
    """Print the times."""
    kept, pd = dataset("vdem"), pandas()
    if kept is None or pd is None:
        return
    regimes = kept.table("regimes").select("state", "year", "polyarchy", "polyarchy_low", "polyarchy_high")
    named = regimes.rename({"polyarchy": "value", "polyarchy_low": "low", "polyarchy_high": "high"})
    frame = named.to_pandas()
    connection = duckdb.connect()
    connection.register("given", named.to_arrow())
    connection.execute("CREATE TABLE regimes AS SELECT * FROM given")
    compare(
        f"likeness of all pairs, {regimes.height:,} state-years",
        lambda: world(regimes),
        {
            "duckdb": lambda: connection.sql(QUERY).to_arrow_table(),
            "pandas": lambda: in_pandas(frame),
        },
        same_frame,
    )


def in_pandas(regimes: Any) -> Any:
    """What one would write in pandas."""
    known = regimes.dropna(subset="state")
    pairs = known.merge(known, on="year", suffixes=("1", "2"))
    pairs = pairs[pairs["state1"] < pairs["state2"]].sort_values(["year", "state1", "state2"])
    pairs["likeness"] = 1 - (pairs["value1"] - pairs["value2"]).abs()
    pairs["low"] = 1 - np.maximum(pairs["high1"] - pairs["low2"], pairs["high2"] - pairs["low1"])
    apart = np.maximum(pairs["low1"] - pairs["high2"], pairs["low2"] - pairs["high1"])
    pairs["high"] = 1 - np.maximum(apart, 0)
    return pairs


if __name__ == "__main__":
    main()
