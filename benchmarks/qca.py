"""The set-theoretic engine beside its peers: prime implicants, all minimum models, and a fuzzy solution with its fit.

Run with `python benchmarks/qca.py`. The peers setqca and pyqca are used where they are installed (pip install setqca pyqca),
and are told to be absent where not. R is not run: the figures of its package QCA 3.25 are quoted as measured once, on two
cores, in CPU seconds on noisy three-term tables like these, so that a ratio to them says no more than its order of magnitude.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from chaikhana.methods import qca
from chaikhana.methods.qca.implicants import covering, without

Rows = NDArray[np.int8]
R_PRIMES = {(12, 1000): 0.33, (14, 1000): 9.1, (16, 200): 15.8, (18, 50): 28.6}
R_MODELS = {(8, 50): 25.0}
PRIMES = (*R_PRIMES, (20, 1000))
MODELS = ((8, 50), (8, 200), (10, 50), (10, 200), (12, 200), (20, 1000))
PEER_WIDTHS = ((6, 30), (8, 50), (10, 200))
REPEATS = 5
SECONDS = 5.0


def table(width: int, rows: int, seed: int = 1, noise: float = 0.1) -> tuple[Rows, Rows]:
    """Distinct rows of which three terms make positive ones, one in ten of them turned round."""
    rng = np.random.default_rng(seed)
    seen = np.unique(rng.integers(0, 2, (rows, width)), axis=0).astype(np.int8)
    rng.shuffle(seen)
    a, b, c, d, e, f = (seen[:, place] for place in range(6))
    positive = (a & b & c) | (d & (1 - e) & f) | ((1 - a) & d)
    positive = np.where(rng.random(len(seen)) < noise, 1 - positive, positive)
    return seen[positive == 1], seen[positive == 0]


def timed(call: Callable[[], object], repeats: int = REPEATS) -> float:
    """The best of several runs, in seconds."""
    best = float("inf")
    for _ in range(repeats):
        begun = perf_counter()
        call()
        best = min(best, perf_counter() - begun)
    return best


def primes() -> None:
    """All prime implicants that hold in a positive row and in no negative one."""
    print("Prime implicants")
    for width, rows in PRIMES:
        positive, negative = table(width, rows)
        count = len(without(positive, negative))
        took = timed(lambda p=positive, n=negative: without(p, n), 3)  # type: ignore[misc]
        theirs = R_PRIMES.get((width, rows))
        ratio = f"{theirs / took:,.0f} times R, which took {theirs:g} s" if theirs else "R did not finish"
        print(f"  {width} conditions, {rows} rows: {count:,} in {took:.4f} s; {ratio}")


def models() -> None:
    """All models of the fewest terms."""
    print(f"All minimum models, within {SECONDS:g} s")
    for width, rows in MODELS:
        positive, negative = table(width, rows)
        begun = perf_counter()
        found = without(positive, negative)
        chart = covering(found, positive)
        cover = qca.covers(chart, len(positive), every=False, most=1000, seconds=SECONDS)
        took = perf_counter() - begun
        if cover.complete:
            said = f"{cover.count:,} models of {cover.fewest} terms"
        else:
            least = "the fewest" if cover.least else f"no model has fewer than {cover.fewest}"
            said = f"bounded: at least {cover.count:,} models of {len(cover.listed[0])} terms, {least}"
        theirs = R_MODELS.get((width, rows))
        ratio = f"; {theirs / took:,.0f} times R, which took {theirs:g} s" if theirs else ""
        print(f"  {width} conditions, {rows} rows: {said}, in {took:.3f} s{ratio}")


def against_setqca() -> None:
    """The same minimum models, from its classical minimisation over all remainders."""
    try:
        from setqca.minimize import qmc
    except ImportError:
        print("setqca is not installed: nothing to compare with")
        return
    print("Minimum models beside setqca, which minimises over every remainder")
    for width, rows in PEER_WIDTHS:
        positive, negative = table(width, rows)
        at = 1 << np.arange(width)
        on = {int(code) for code in positive @ at}
        off = {int(code) for code in negative @ at}
        free = set(range(1 << width)) - on - off
        begun = perf_counter()
        theirs = qmc.minimize(on, dont_cares=free, width=width, max_solutions=1000)
        their_time = perf_counter() - begun
        begun = perf_counter()
        cover = qca.covers(
            covering(without(positive, negative), positive),
            len(positive),
            every=False,
            most=1000,
            seconds=SECONDS,
        )
        mine = perf_counter() - begun
        print(
            f"  {width} conditions, {rows} rows: ours {cover.count:,} models of {cover.fewest} terms in {mine:.4f} s; theirs "
            f"{len(theirs):,} (of them those with the fewest literals) in {their_time:.2f} s; {their_time / mine:,.0f} times"
        )


def against_pyqca() -> None:
    """A fuzzy table of Lipset's shape, from scores to a parsimonious solution with its fit."""
    rng = np.random.default_rng(3)
    names = ["A", "B", "C", "D", "E"]
    data: dict[str, object] = {name: np.round(rng.uniform(0.02, 0.98, 18), 2) for name in names}
    data["Y"] = np.round(
        np.minimum(data["A"], np.maximum(data["B"], data["C"])) * 0.9 + rng.uniform(0, 0.1, 18), 2
    )  # type: ignore[call-overload]
    given = qca.cases(data, "Y", names)
    mine = timed(lambda: qca.solve(qca.truth_table(given)), 50)
    print(f"Fuzzy, 18 cases and 5 conditions, parsimonious with fit: {1000 * mine:.2f} ms")
    try:
        import pandas as pd
        from qca.engines.fsqca import FSQCA
    except ImportError:
        print("  pyqca is not installed: nothing to compare with")
        return
    frame = pd.DataFrame({"case": [str(i) for i in range(18)], **data})

    def theirs() -> object:
        return FSQCA(frame, outcome="Y", conditions=names, case_id="case").fit(consistency_cutoff=0.8)

    took = timed(theirs)
    print(f"  pyqca, which gives one model, chosen greedily: {1000 * took:.2f} ms; {took / mine:,.0f} times")


def main() -> None:
    """Print each comparison."""
    primes()
    models()
    against_setqca()
    against_pyqca()
    print(f"Memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GB")


if __name__ == "__main__":
    main()
