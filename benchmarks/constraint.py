"""Burt's constraint of every actor: ours against igraph and networkx, on the world's networks and on random ones.

Run with `python benchmarks/constraint.py`; igraph is a peer where it is installed (it is GPL and no dependency), and the networks
of the world are there with cow-igo-v3 in the source store. Each contender holds the network in its own form: ours as a
matrix, or as a list of ties where few pairs are tied; theirs as a graph. Results are asserted equal before any time is
printed; best of several runs, the contenders in turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from chaikhana.methods.brokerage import constraint, constraint_of_list
from chaikhana.methods.network import one_mode
from chaikhana.sources.igo_network import by_year
from chaikhana.sources.store import newest

DATASET = "cow-igo-v3"
YEARS = (1914, 1950, 1980, 2014)
SIZES = (50, 200, 500, 1000)
DENSITIES = (0.02, 0.1, 0.5)
SLOW = 1_000  # squared ties to an actor beyond which networkx takes minutes and is left out
SPARSE = 0.125
Matrix = NDArray[np.float64]


def main() -> None:
    """Print the times, and how many times ours they are."""
    igraph = _igraph()
    print(f"{'network':32} {'ties':>8} {'chaikhana':>12} {'igraph':>18} {'networkx':>20}")
    for name, ties in (*_of_the_world(), *_random()):
        contenders = contenders_for(ties, igraph)
        ours = contenders["chaikhana"]()
        for peer, run in contenders.items():
            np.testing.assert_allclose(np.asarray(run()), ours, rtol=1e-9, err_msg=f"{peer}, {name}")
        best = dict.fromkeys(contenders, float("inf"))
        for turn in range(15):
            for peer, run in contenders.items():
                if turn == 0 or best[peer] < 0.2:
                    best[peer] = min(best[peer], _seconds(run))
        shown = [f"{1000 * best['chaikhana']:9.3f} ms"]
        for peer in ("igraph", "networkx"):
            took = best.get(peer)
            shown.append("-" if took is None else f"{1000 * took:9.3f} ms {took / best['chaikhana']:5.1f}×")
        print(f"{name:32} {np.count_nonzero(ties) // 2:8} {shown[0]:>12} {shown[1]:>18} {shown[2]:>20}")


def contenders_for(ties: Matrix, igraph: Any) -> dict[str, Callable[[], Any]]:
    """Each contender with the network in its own memory."""
    first, second = np.nonzero(np.triu(ties))
    strength, size = ties[first, second], len(ties)
    if len(first) < SPARSE * size * size / 2:
        contenders: dict[str, Callable[[], Any]] = {
            "chaikhana": lambda: constraint_of_list(first, second, strength, size)
        }
    else:
        contenders = {"chaikhana": lambda: constraint(ties)}
    if igraph is not None:
        edges = list(zip(first.tolist(), second.tolist(), strict=True))
        graph = igraph.Graph(n=size, edges=edges, edge_attrs={"weight": strength.tolist()})
        contenders["igraph"] = lambda: graph.constraint(weights="weight")
    if len(first) * len(first) / size < SLOW:
        theirs = nx.from_numpy_array(ties)
        contenders["networkx"] = lambda: list(nx.constraint(theirs, weight="weight").values())
    return contenders


def _of_the_world() -> Iterator[tuple[str, Matrix]]:
    kept = newest(DATASET)
    if kept is None:
        print(f"Without the world: the store has no {DATASET}. Add it: chaikhana sources add {DATASET} FILE.")
        return
    memberships, state_years = kept.table("memberships"), kept.table("state_years")
    for year in YEARS:
        for one in by_year(memberships, state_years, year):
            yield f"joint memberships {year}, {len(one.codes)}", one_mode(one.low)


def _random() -> Iterator[tuple[str, Matrix]]:
    rng = np.random.default_rng(1)
    for size in SIZES:
        for density in DENSITIES:
            ties = np.triu(rng.random((size, size)) < density, 1) * rng.integers(1, 50, (size, size))
            yield f"random, {size}, density {density}", (ties + ties.T).astype(np.float64)


def _igraph() -> Any:
    try:
        import igraph
    except ImportError:
        print("igraph is not installed and left out.")
        return None
    return igraph


def _seconds(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
