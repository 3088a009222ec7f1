"""Ideal points of all states in all sessions, in seconds of the processor, beside the least that any such estimate costs.

Run with `make bench`, with un-votes in the source store. The peer is the first component of a singular value decomposition of
each session's votes, from matrices made beforehand: no model of votes, no uncertainty, nothing carried from session to
session. The two are different estimates, so that they cannot be equal; how far they correlate is printed beside.
"""

from __future__ import annotations

import time

import numpy as np
import polars as pl
from numpy.typing import NDArray
from side_by_side import dataset, least

from chaikhana.measures.ideal_points import world
from chaikhana.measures.vote_agreement import as_matrix
from chaikhana.sources import un_votes

Matrix = NDArray[np.int8]


def main() -> None:
    """Print the times and the correlation."""
    kept = dataset("un-votes")
    if kept is None:
        return
    votes, calls = kept.table("votes"), kept.table("roll_calls")
    sessions = _matrices(un_votes.by_seat(votes, calls))
    ours, took = least(lambda: world(votes, calls), time.process_time)
    theirs, bound = least(lambda: [_component(choices) for _, _, choices in sessions], time.process_time)
    components = pl.concat(
        [
            pl.DataFrame(
                {"session": np.full(len(states), session, dtype=np.int32), "iso3": states, "component": one}
            )
            for (session, states, _), one in zip(sessions, theirs, strict=True)
        ]
    )
    both = ours.join(components, on=["session", "iso3"], validate="1:1")
    assert both.height == ours.height
    likeness = both.group_by("session", maintain_order=True).agg(r=pl.corr("estimate", "component").abs())[
        "r"
    ]
    print(
        f"ideal points, {ours.height:,} in {len(likeness)} sessions: ours {took:.3g} CPU s; numpy's SVD alone {bound:.3g} CPU s; "
        f"not the same estimate: they correlate by {likeness.median():.2f} in the median session, {likeness.min():.2f} at least"
    )


def _matrices(seats: pl.DataFrame) -> list[tuple[int, list[str], Matrix]]:
    """Session, states, and their votes as a matrix."""
    known = seats.filter(pl.col("iso3").is_not_null()).select("rcid", "session", "vote", actor="iso3")
    return [
        (int(str(session)), *as_matrix(frame))
        for (session,), frame in known.group_by("session", maintain_order=True)
    ]


def _component(choices: Matrix) -> NDArray[np.float64]:
    """The first component of the states, an absence being the mean of the roll call."""
    cast = choices >= 0
    mean = np.where(cast, choices, 0).sum(axis=0) / np.maximum(cast.sum(axis=0), 1)
    centred = np.where(cast, choices - mean, 0.0)
    left: NDArray[np.float64] = np.linalg.svd(centred, full_matrices=False)[0]
    return left[:, 0]


if __name__ == "__main__":
    main()
