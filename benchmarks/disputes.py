"""Militarised disputes of all pairs of states in all years: ours, and the obvious pandas.

Run with `make bench`, with cow-mids in the source store. Both take the directed table from their own memory and return
disputes, onsets and the highest hostility of every pair and year, in the same order; the results must be equal.
"""

from __future__ import annotations

from typing import Any

from side_by_side import compare, dataset, pandas, same_frame

from chaikhana.measures.disputes import HOSTILITY, world


def main() -> None:
    """Print the times."""
    kept, pd = dataset("cow-mids"), pandas()
    if kept is None or pd is None:
        return
    disputes = kept.table("disputes").select(
        "dispnum", "state1", "state2", "year", "onset", "hostility1", "hostility2"
    )
    frame = disputes.to_pandas()
    compare(
        f"disputes of all pairs, {disputes.height:,} rows",
        lambda: world(disputes),
        {"pandas": lambda: in_pandas(frame, pd)},
        same_frame,
    )


def in_pandas(disputes: Any, pd: Any) -> Any:
    """What one would write in pandas."""
    ranks = {level: float(place) for place, level in enumerate(HOSTILITY)}
    known = disputes.dropna(subset=["state1", "state2"])
    turned = known["state1"] > known["state2"]
    pairs = pd.DataFrame(
        {
            "state1": known["state1"].mask(turned, known["state2"]),
            "state2": known["state2"].mask(turned, known["state1"]),
            "year": known["year"],
            "dispnum": known["dispnum"],
            "begun": known["dispnum"].where(known["onset"]),
            "level": known[["hostility1", "hostility2"]]
            .apply(lambda side: side.map(ranks).astype(float))
            .max(axis=1),
        }
    )
    found = (
        pairs.groupby(["year", "state1", "state2"])
        .agg(disputes=("dispnum", "nunique"), onsets=("begun", "nunique"), level=("level", "max"))
        .reset_index()
    )
    found["hostility"] = found["level"].map(dict(enumerate(HOSTILITY)))
    return found


if __name__ == "__main__":
    main()
