"""What is the same for every question that is put to many draws: running them, and how their answers are spread.

What it is: draws are run two at a time, since the compiled core lets go of the interpreter; answers come in the order of the
draws, whichever ends first. Spread is the median and the middle 95 per cent (ours).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from chaikhana.errors import BadValueError
from chaikhana.methods.arrays import Floats

T = TypeVar("T")
Say = Callable[[int, int], object]
LEVEL = 0.95
TAIL = (1 - LEVEL) / 2
MOST, DRAWN = 100_000, "networks are drawn"
THREADS = 2


def in_range(draws: int, most: int, done: str) -> None:
    """Refuse a number of draws that cannot be.

    Parameters
    ----------
    done : str
        What is done so often, for the message: ``networks are drawn``.

    Raises
    ------
    BadValueError
    """
    if not 1 <= draws <= most:
        raise BadValueError(f"Between 1 and {most:,} {done}, not {draws:,}.")


def each_draw(one: Callable[[int], T], draws: int, say: Say) -> list[T]:
    """What each draw gives, by its number; `say` is told how many of how many are done."""
    found: list[T] = []
    with ThreadPoolExecutor(THREADS) as threads:
        for result in threads.map(one, range(draws)):
            found.append(result)
            say(len(found), draws)
    return found


def interval(values: Floats) -> tuple[float, float, float]:
    """Median and the bounds of the middle 95 per cent; not a number where there is no value."""
    known = values[~np.isnan(values)]
    if not len(known):
        return (float("nan"),) * 3
    middle, low, high = np.quantile(known, (0.5, TAIL, 1 - TAIL))
    return float(middle), float(low), float(high)


def named(stem: str, found: tuple[float, float, float]) -> dict[str, float]:
    """An interval under the names of its columns."""
    names = (stem, f"{stem}_low", f"{stem}_high") if stem else ("median", "low", "high")
    return dict(zip(names, found, strict=True))


def share_above(differences: Floats) -> float:
    """The share of the draws, among those with a value, above 0; a tie counts half."""
    known = differences[~np.isnan(differences)]
    return float(((known > 0).sum() + 0.5 * (known == 0).sum()) / len(known)) if len(known) else float("nan")
