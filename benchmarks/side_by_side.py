"""What the comparisons share: what they need, whether two results are the same, and who takes how long.

Run by itself it does nothing. Every contender does the whole work once, and where a peer has found something else nothing is
printed. The time is the least of three further runs, or that of the first where it took so long that it needed no warming.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

from chaikhana.sources.store import Kept, newest

REPEATS = 3
LONG = 10.0  # seconds
Work = Callable[[], Any]


def dataset(name: str) -> Kept | None:
    """A dataset of the source store; where there is none, a word to say so."""
    kept = newest(name)
    if kept is None:
        print(
            f"{_script()} skipped: the source store has no {name}. Add it: chaikhana sources add {name} FILE."
        )
    return kept


def pandas() -> Any:
    """The peer, which is no dependency; where it is not installed, None and a word to say so."""
    try:
        return importlib.import_module("pandas")
    except ImportError:
        print(
            f"{_script()} skipped: pandas, its peer and no dependency, is not installed: pip install pandas."
        )
        return None


def compare(what: str, ours: Work, peers: Mapping[str, Work], same: Callable[[Any, Any], None]) -> None:
    """Print a line a peer: our time, its time, and how many times as fast ours is.

    Parameters
    ----------
    peers : mapping
        Name to the same work done in another way.
    same : callable
        Given our result and a peer's, raises AssertionError unless they are the same.
    """
    found, took = least(ours)
    for name, peer in peers.items():
        other, longer = least(peer)
        same(found, other)
        print(f"{what}: ours {took:.3g} s; {name} {longer:.3g} s; {longer / took:.3g} times as fast")


def same_frame(ours: pl.DataFrame, theirs: Any, tolerance: float = 1e-12) -> None:
    """Assert that a table of pandas, Arrow or polars has our columns and rows, in our order."""
    unknown = pl.col(pl.Float64).fill_nan(None)
    other = pl.DataFrame(theirs).select(ours.columns).with_columns(unknown).cast(dict(ours.schema))
    assert_frame_equal(ours.with_columns(unknown), other, rel_tol=0, abs_tol=tolerance)


def least(work: Work, clock: Callable[[], float] = time.perf_counter) -> tuple[Any, float]:
    """What the work finds, and the shortest time that it takes once warm: seconds that pass, or of another clock."""
    found, first = _timed(work, clock)
    if first > LONG:
        return found, first
    return found, min(_timed(work, clock)[1] for _ in range(REPEATS))


def _timed(work: Work, clock: Callable[[], float]) -> tuple[Any, float]:
    start = clock()
    found = work()
    return found, clock() - start


def _script() -> str:
    return Path(sys.argv[0]).stem
