"""A random network with the same degrees, by curveball trades and by swaps of single ties in plain Python.

Both are run until the network may count as a new one: five trades for each row (Strona and others 2014), or ten swaps tried for
each tie (Miklós and Podani 2004, doi:10.1890/03-0101).
"""

from __future__ import annotations

import random
from time import perf_counter

import numpy as np

from chaikhana.methods.rewiring import rewired

ACTORS, BODIES, SHARE = 40, 160, 0.25
SAMPLES = 20
SWAPS_PER_TIE = 10


def swaps(ties: list[list[bool]], count: int, seed: int) -> None:
    """Exchange the ties of two actors with two bodies wherever that keeps the degrees."""
    chance = random.Random(seed)
    rows, columns = len(ties), len(ties[0])
    for _ in range(count):
        a, b = chance.randrange(rows), chance.randrange(rows)
        mine = [column for column in range(columns) if ties[a][column] and not ties[b][column]]
        theirs = [column for column in range(columns) if ties[b][column] and not ties[a][column]]
        if mine and theirs:
            i, j = chance.choice(mine), chance.choice(theirs)
            ties[a][i], ties[a][j], ties[b][i], ties[b][j] = False, True, True, False


def main() -> None:
    """Print the two times and their ratio."""
    ties = np.random.default_rng(1).random((ACTORS, BODIES)) < SHARE
    next(rewired(ties, 1, 1))
    begun = perf_counter()
    for _ in rewired(ties, SAMPLES, 1):
        pass
    mine = (perf_counter() - begun) / SAMPLES
    plain = ties.tolist()
    begun = perf_counter()
    swaps(plain, SWAPS_PER_TIE * int(ties.sum()), 1)
    theirs = perf_counter() - begun
    ours, swapped = f"{1000 * mine:.2f} ms by trades", f"{1000 * theirs:.0f} ms by swaps in plain Python"
    print(f"One network: {ours}, {swapped}; {theirs / mine:,.0f} times")


if __name__ == "__main__":
    main()
