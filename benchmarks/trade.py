"""Partner shares and ranks of every state in every year: ours, the obvious pandas, and the same query in DuckDB.

Run with `make bench`, with cow-trade-v4 in the source store. Each takes the same half-directed table from its own memory
and returns both directions with flow, share and rank, in the same order; the results must be equal.
"""

from __future__ import annotations

from typing import Any

import duckdb
from side_by_side import compare, dataset, pandas, same_frame

from chaikhana.measures.trade_partners import world

KEYS = ["year", "state", "partner"]
QUERY = """
    WITH directed AS (
        SELECT year, state1 AS state, state2 AS partner, imports1 AS imports, imports2 AS exports FROM trade
        UNION ALL
        SELECT year, state2, state1, imports2, imports1 FROM trade
    ), flows AS (
        SELECT *, CASE WHEN imports IS NOT NULL OR exports IS NOT NULL
                       THEN coalesce(imports, 0) + coalesce(exports, 0) END AS flow
        FROM directed WHERE state IS NOT NULL
    )
    SELECT *,
           flow / nullif(sum(flow) OVER (PARTITION BY year, state), 0) AS share,
           CASE WHEN flow IS NOT NULL
                THEN rank() OVER (PARTITION BY year, state ORDER BY flow DESC NULLS LAST) END AS rank
    FROM flows ORDER BY year, state, partner
"""


def main() -> None:
    """Print the times."""
    kept, pd = dataset("cow-trade-v4"), pandas()
    if kept is None or pd is None:
        return
    trade = kept.table("trade").select("year", "state1", "state2", "imports1", "imports2")
    frame = trade.to_pandas()
    connection = duckdb.connect()
    connection.register("given", trade.to_arrow())
    connection.execute("CREATE TABLE trade AS SELECT * FROM given")
    compare(
        f"trade partners, {trade.height:,} dyad-years",
        lambda: world(trade),
        {
            "pandas": lambda: in_pandas(frame, pd),
            "duckdb": lambda: connection.sql(QUERY).to_arrow_table(),
        },
        lambda ours, theirs: same_frame(ours.drop("known"), theirs),
    )


def in_pandas(trade: Any, pd: Any) -> Any:
    """What one would write in pandas."""
    names = ["year", "state", "partner", "imports", "exports"]
    directed = pd.concat(
        [
            trade[["year", "state1", "state2", "imports1", "imports2"]].set_axis(names, axis=1),
            trade[["year", "state2", "state1", "imports2", "imports1"]].set_axis(names, axis=1),
        ],
        ignore_index=True,
    ).dropna(subset="state")
    directed["flow"] = directed[["imports", "exports"]].sum(axis=1, min_count=1)
    flows = directed.groupby(["year", "state"])["flow"]
    directed["share"] = directed["flow"] / flows.transform("sum").replace(0, float("nan"))
    directed["rank"] = flows.rank(method="min", ascending=False)
    return directed.sort_values(KEYS)


if __name__ == "__main__":
    main()
