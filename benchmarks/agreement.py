"""All pairs of states in all sessions of the General Assembly: agreement, kappa and pi, here and in pandas.

Run with `make bench`, with un-votes in the source store. The kernel goes from coded votes (state, roll call, choice) to the
four figures of every pair; pandas joins the votes of a session with themselves and groups by pair, as one would by
hand. Both run in this process, one after the other, and must give the same figures.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from side_by_side import compare, dataset, pandas

from chaikhana.measures.vote_agreement import CHOICES
from chaikhana.methods.agreement import Pairs, each_pair
from chaikhana.sources import un_votes

Session = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int8]]


def main() -> None:
    """Print the times."""
    kept, pd = dataset("un-votes"), pandas()
    if kept is None or pd is None:
        return
    sessions = _coded(un_votes.by_seat(kept.table("votes"), kept.table("roll_calls")))
    compare(
        f"agreement, kappa, pi of all pairs, {len(sessions)} sessions",
        lambda: _ours(sessions),
        {"pandas": lambda: [_pandas(pd, *session) for session in sessions]},
        _same,
    )


def _same(ours: list[Pairs], theirs: list[Any]) -> None:
    for one, other in zip(ours, theirs, strict=True):
        together = one.votes > 0
        mine = (one.first, one.second, one.share, one.agreement, one.kappa, one.pi)
        for figure, same in zip(mine, other, strict=True):
            np.testing.assert_allclose(figure[together], same, atol=1e-9)


def _coded(votes: pl.DataFrame) -> list[Session]:
    coded = votes.filter(pl.col("actor").is_not_null()).select(
        "session",
        "rcid",
        "actor",
        choice=pl.col("vote").cast(pl.String).replace_strict(CHOICES, return_dtype=pl.Int8),
    )
    return [
        (
            frame["actor"].cast(pl.Categorical).to_physical().rank("dense").to_numpy().astype(np.int64) - 1,
            frame["rcid"].rank("dense").to_numpy().astype(np.int64) - 1,
            frame["choice"].to_numpy(),
        )
        for _, frame in coded.group_by("session", maintain_order=True)
    ]


def _ours(sessions: list[Session]) -> list[Pairs]:
    found = []
    for actors, calls, choices in sessions:
        matrix = np.full((actors.max() + 1, calls.max() + 1), -1, dtype=np.int8)
        matrix[actors, calls] = choices
        found.append(each_pair(matrix))
    return found


def _pandas(pd, actors, calls, choices):  # type: ignore[no-untyped-def]
    frame = pd.DataFrame({"actor": actors, "call": calls, "vote": choices / 2})
    pairs = frame.merge(frame, on="call", suffixes=("_1", "_2"))
    pairs = pairs[pairs["actor_1"] < pairs["actor_2"]]
    pairs = pairs.assign(
        same=pairs["vote_1"] == pairs["vote_2"], distance=(pairs["vote_1"] - pairs["vote_2"]).abs()
    )
    for value in (0.0, 0.5, 1.0):
        pairs[f"one_{value}"] = pairs["vote_1"] == value
        pairs[f"two_{value}"] = pairs["vote_2"] == value
    means = pairs.drop(columns=["call", "vote_1", "vote_2"]).groupby(["actor_1", "actor_2"]).mean()
    chance_kappa = sum(
        abs(a - b) * means[f"one_{a}"] * means[f"two_{b}"] for a in (0.0, 0.5, 1.0) for b in (0.0, 0.5, 1.0)
    )
    pooled = {value: (means[f"one_{value}"] + means[f"two_{value}"]) / 2 for value in (0.0, 0.5, 1.0)}
    chance_pi = sum(abs(a - b) * pooled[a] * pooled[b] for a in pooled for b in pooled)
    return (
        means.index.get_level_values(0).to_numpy(),
        means.index.get_level_values(1).to_numpy(),
        means["same"].to_numpy(),
        1 - means["distance"].to_numpy(),
        np.where(
            chance_kappa > 1e-12, 1 - means["distance"] / chance_kappa.where(chance_kappa > 1e-12), np.nan
        ),
        np.where(chance_pi > 1e-12, 1 - means["distance"] / chance_pi.where(chance_pi > 1e-12), np.nan),
    )


if __name__ == "__main__":
    main()
