"""Cohesion of 150 random sets of states, and of the whole assembly, in all sessions: ours, and the obvious pandas.

Run with `make bench`, with un-votes in the source store. Both take every vote and absence from their own memory, pandas with
votes and states as numbers, which ours has yet to make of words; both return the agreement index and the mean agreement of
pairs with its bounds, of every set and session. The results must be equal to the four decimals that ours gives.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from side_by_side import compare, dataset, pandas, same_frame

from chaikhana.measures.cohesion import CHOICES, COLUMNS, world
from chaikhana.sources import un_votes

SETS = 150
SIZES = (5, 60)


def main() -> None:
    """Print the times."""
    kept, pd = dataset("un-votes"), pandas()
    if kept is None or pd is None:
        return
    calls = kept.table("roll_calls")
    votes = un_votes.by_seat(un_votes.with_absences(kept.table("votes"), calls), calls).drop_nulls("actor")
    states = votes["actor"].unique().sort()
    groups = {"assembly": states.to_list(), **random_sets(states)}
    ours = votes.select("rcid", "actor", "vote")
    numbers = votes.select(
        "session",
        "rcid",
        actor=pl.col("actor").cast(pl.Enum(states)).to_physical(),
        choice=pl.col("vote").cast(pl.String).replace_strict(CHOICES, default=None, return_dtype=pl.Float64),
    )
    frame = numbers.to_pandas()
    inside = [(name, state) for name, members in groups.items() for state in np.searchsorted(states, members)]
    members = pd.DataFrame(inside, columns=["group", "actor"])
    compare(
        f"cohesion of {len(groups)} sets, {votes['session'].n_unique()} sessions",
        lambda: world(ours, calls, groups),
        {"pandas": lambda: in_pandas(frame, members, pd)},
        lambda one, other: same_frame(one, other, tolerance=0.51e-4),
    )


def random_sets(states: pl.Series) -> dict[str, list[str]]:
    """Sets of states drawn at random, the same at each run."""
    draw = np.random.default_rng(0)
    return {
        f"set {number}": draw.choice(states.to_list(), draw.integers(*SIZES), replace=False).tolist()
        for number in range(SETS)
    }


def in_pandas(votes: Any, members: Any, pd: Any) -> Any:
    """What one would write in pandas, a session at a time: the pairs of all sessions do not fit in memory."""
    both = members.merge(members, on="group", suffixes=("_1", "_2"))
    both = both[both["actor_1"] < both["actor_2"]]
    pieces = [
        of_calls(seats, members).join(of_pairs(seats, both)).assign(session=session)
        for session, seats in votes.groupby("session")
    ]
    return pd.concat(pieces).reset_index().sort_values(["group", "session"])[list(COLUMNS)]


def of_calls(seats: Any, members: Any) -> Any:
    """Voters, roll calls and the agreement index of every set in one session."""
    cast = seats.dropna(subset="choice").merge(members, on="actor")
    counts = cast.groupby(["group", "rcid", "choice"]).size().unstack(fill_value=0)
    total, most = counts.sum(axis=1), counts.max(axis=1)
    index = ((most - (total - most) / 2) / total)[total > 1].groupby("group")
    found = index.agg(roll_calls="size", agreement_index="mean")
    return found.join(cast.groupby("group")["actor"].nunique().rename("voters"))


def of_pairs(seats: Any, both: Any) -> Any:
    """The mean agreement of the pairs of every set in one session, and its bounds."""
    votes = seats[["rcid", "actor", "choice"]]
    pairs = votes.merge(votes, on="rcid", suffixes=("_1", "_2"))
    pairs = pairs[pairs["actor_1"] < pairs["actor_2"]]
    agreed = 1 - (pairs["choice_1"] - pairs["choice_2"]).abs() / 2
    pairs = pairs.assign(
        mean_agreement=agreed, agreement_low=agreed.fillna(0), agreement_high=agreed.fillna(1)
    )
    names = ["mean_agreement", "agreement_low", "agreement_high"]
    means = pairs.groupby(["actor_1", "actor_2"])[names].mean().reset_index()
    return both.merge(means, on=["actor_1", "actor_2"]).groupby("group")[names].mean()


if __name__ == "__main__":
    main()
