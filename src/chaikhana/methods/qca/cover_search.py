"""The compiled search through a chart of terms and rows, and the steps that make the chart smaller before it.

Reference: Murakami and Uno (2014), doi:10.1016/j.dam.2014.01.012 (each term of a cover must hold alone in some row); Beasley
(1987), *An algorithm for set covering problem*, European Journal of Operational Research 31, 85–93,
doi:10.1016/0377-2217(87)90141-X (weights of rows as a bound, and terms that it rules out). Rows of a chart are bits of words;
`covers` says what is searched for.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Whole = NDArray[np.int64]
Floats = NDArray[np.float64]


def _counted(bits: Words, term: int, by: int, left: Whole) -> None:
    """One more term, or one less, is left for each row that a term holds in."""
    for w in range(bits.shape[1]):
        x = bits[term, w]
        r = w << 6
        while x != 0:
            if x & np.uint64(1) != 0:
                left[r] += by
            x = x >> np.uint64(1)
            r += 1


count_rows: Callable[[Words, int, int, Whole], None] = njit(cache=True)(_counted)


def _steps(
    bits: Words,
    weights: Floats,
    start: Whole,
    terms: Whole,
    left: Whole,
    uncovered: Words,
    once: Words,
    barred: Whole,
    trail: Whole,
    trail_from: Whole,
    branch: Whole,
    place: Whole,
    chosen: Whole,
    state: Whole,
    out: Whole,
    steps: int,
) -> int:
    """Nodes of the search, `steps` at most; covers go to `out`. `state` is the depth, -1 when all is searched.

    At a depth, `branch` is the row that is branched on and `place` the next of its terms; `barred` tells at which depth a
    term was forbidden, `left` how many terms a row has that are not; `once` are the rows that exactly one chosen term holds
    in: a chosen term without one is needless, and so is all that follows.
    """
    rows = left.shape[0]
    words = bits.shape[1]
    deepest = chosen.shape[0] - 1
    depth = state[0]
    found = 0
    one = np.uint64(1)
    best = np.zeros(rows, dtype=np.int64)
    width = np.zeros(bits.shape[0], dtype=np.int64)
    slack = np.zeros(bits.shape[0], dtype=np.float64)
    for _ in range(steps):
        if depth < 0:
            break
        row = branch[depth]
        if row < 0:  # a node that is new: can a cover still be had, and where is it scarcest?
            any_left = False
            for w in range(words):
                if uncovered[depth, w] != 0:
                    any_left = True
            if not any_left:
                for d in range(depth):
                    out[found, d] = chosen[d]
                found += 1
                depth -= 1
                if found == out.shape[0]:
                    break
                continue
            barred_here = trail_from[depth]
            dead = depth == deepest
            if (
                not dead and deepest < rows
            ):  # weigh the rows that are left, so that no term takes more than one in all
                for r in range(rows):
                    best[r] = 0
                for t in range(bits.shape[0]):
                    width[t] = 0
                    if barred[t] < 0:
                        for w in range(words):
                            x = bits[t, w] & uncovered[depth, w]
                            x = x - ((x >> one) & np.uint64(0x5555555555555555))
                            x = (x & np.uint64(0x3333333333333333)) + (
                                (x >> np.uint64(2)) & np.uint64(0x3333333333333333)
                            )
                            x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
                            width[t] += np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))
                by_width, by_weight = 0.0, 0.0
                for r in range(rows):
                    if (uncovered[depth, r >> 6] >> np.uint64(r & 63)) & one != 0:
                        for p in range(start[r], start[r + 1]):
                            t = terms[p]
                            if barred[t] < 0 and width[t] > best[r]:
                                best[r] = width[t]
                        if best[r] == 0:
                            dead = True
                            break
                        by_width += 1.0 / best[r]
                        by_weight += weights[r]
                needed = max(by_width, by_weight)
                if not dead:
                    for t in range(bits.shape[0]):
                        slack[t] = 1.0
                    for r in range(rows):
                        if best[r] > 0:
                            weight = 1.0 / best[r] if by_width > by_weight else weights[r]
                            for p in range(start[r], start[r + 1]):
                                slack[terms[p]] -= weight
                if not dead:
                    for r in range(rows):  # then give each row what slack its terms have in common
                        if best[r] > 0:
                            common = 1.0
                            for p in range(start[r], start[r + 1]):
                                t = terms[p]
                                if barred[t] < 0 and slack[t] < common:
                                    common = slack[t]
                            if common > 1e-12:
                                needed += common
                                for p in range(start[r], start[r + 1]):
                                    slack[terms[p]] -= common
                    dead = depth + needed > deepest + 1e-9
                if (
                    not dead
                ):  # a term whose slack is more than can be spared is in no cover that is small enough
                    for t in range(bits.shape[0]):
                        if barred[t] < 0 and width[t] > 0 and depth + needed + slack[t] > deepest + 1e-9:
                            barred[t] = depth
                            trail[barred_here] = t
                            barred_here += 1
                            count_rows(bits, t, -1, left)
            trail_from[depth + 1] = barred_here
            scarcest = -1
            for r in range(rows):
                if (uncovered[depth, r >> 6] >> np.uint64(r & 63)) & one != 0 and (
                    scarcest < 0 or left[r] < left[scarcest]
                ):
                    scarcest = r
            branch[depth] = scarcest
            row = scarcest
            place[depth] = start[row + 1] if dead else start[row]
        else:  # back from a choice: forbid it for those that follow
            last = terms[place[depth]]
            if barred[last] < 0:
                barred[last] = depth
                trail[trail_from[depth + 1]] = last
                trail_from[depth + 1] += 1
                count_rows(bits, last, -1, left)
            place[depth] += 1
        while place[depth] < start[row + 1] and barred[terms[place[depth]]] >= 0:
            place[depth] += 1
        if place[depth] == start[row + 1]:
            for i in range(trail_from[depth], trail_from[depth + 1]):
                t = trail[i]
                barred[t] = -1
                count_rows(bits, t, 1, left)
            branch[depth] = -1
            depth -= 1
            continue
        t = terms[place[depth]]
        chosen[depth] = t
        for w in range(words):
            once[depth + 1, w] = (once[depth, w] & ~bits[t, w]) | (bits[t, w] & uncovered[depth, w])
            uncovered[depth + 1, w] = uncovered[depth, w] & ~bits[t, w]
        needless = False
        for d in range(depth):
            alone = False
            for w in range(words):
                if bits[chosen[d], w] & once[depth + 1, w] != 0:
                    alone = True
                    break
            if not alone:
                needless = True
                break
        if not needless:
            branch[depth + 1] = -1
            depth += 1
    state[0] = depth
    return found


def _subgradient(start: Whole, terms: Whole, count: int, turns: int, weights: Floats) -> None:
    rows = weights.shape[0]
    load = np.zeros(count)
    held = np.zeros(rows)
    trial = np.zeros(rows)
    least = np.zeros(rows)
    for r in range(rows):
        trial[r] = 1.0 / (start[r + 1] - start[r])
    step, best, idle = 0.5, -1.0, 0
    for _ in range(turns):
        load[:] = 0.0
        for r in range(rows):
            for p in range(start[r], start[r + 1]):
                load[terms[p]] += trial[r]
        value = 0.0
        for r in range(rows):
            value += trial[r]
            held[r] = 0.0
        for t in range(count):
            if load[t] > 1.0:
                value += 1.0 - load[t]
        norm = 0.0
        for r in range(rows):
            for p in range(start[r], start[r + 1]):
                if load[terms[p]] > 1.0:
                    held[r] += 1.0
            held[r] = 1.0 - held[r]
            norm += held[r] * held[r]
        if value > best + 1e-6:
            best, idle = value, 0
            least[:] = trial
        else:
            idle += 1
            if idle == 10:
                step, idle = step / 2, 0
        if norm == 0.0 or step < 1e-4:
            break
        for r in range(rows):
            trial[r] = max(0.0, trial[r] + step * max(1.0, 0.05 * value) * held[r] / norm)
    load[:] = 0.0
    for r in range(rows):
        for p in range(start[r], start[r + 1]):
            load[terms[p]] += least[r]
    for r in range(rows):  # what is too heavy is made lighter, then what has slack takes it
        most = 1.0
        for p in range(start[r], start[r + 1]):
            most = max(most, load[terms[p]])
        weights[r] = least[r] / most
    load[:] = 0.0
    for r in range(rows):
        for p in range(start[r], start[r + 1]):
            load[terms[p]] += weights[r]
    for r in range(rows):
        spare = 1.0
        for p in range(start[r], start[r + 1]):
            spare = min(spare, 1.0 - load[terms[p]])
        if spare > 0.0:
            weights[r] += spare
            for p in range(start[r], start[r + 1]):
                load[terms[p]] += spare


def _listed(bits: Words, start: Whole, terms: Whole) -> None:
    """Which terms hold in each row, row after row; `start` is where each row's begin."""
    rows = start.shape[0] - 1
    for t in range(bits.shape[0]):
        for w in range(bits.shape[1]):
            x = bits[t, w]
            r = w << 6
            while x != 0:
                if x & np.uint64(1) != 0:
                    start[r + 1] += 1
                x = x >> np.uint64(1)
                r += 1
    for r in range(rows):
        start[r + 1] += start[r]
    at = start[:rows].copy()
    for t in range(bits.shape[0]):
        for w in range(bits.shape[1]):
            x = bits[t, w]
            r = w << 6
            while x != 0:
                if x & np.uint64(1) != 0:
                    terms[at[r]] = t
                    at[r] += 1
                x = x >> np.uint64(1)
                r += 1


def _contained(bits: Words, inside: NDArray[np.bool_]) -> None:
    for a in range(bits.shape[0]):
        for b in range(bits.shape[0]):
            if a != b and not inside[a]:
                within = True
                for w in range(bits.shape[1]):
                    if bits[a, w] & ~bits[b, w] != 0:
                        within = False
                        break
                if within:
                    inside[a] = True


def _rows_implied(by_row: Words, implied: NDArray[np.bool_]) -> None:
    """Rows of which another has a subset of the terms: what holds in that one holds here; of equal ones the first stays."""
    for a in range(by_row.shape[0]):
        for b in range(by_row.shape[0]):
            if a == b or implied[b]:
                continue
            within, equal = True, True
            for w in range(by_row.shape[1]):
                if by_row[b, w] & ~by_row[a, w] != 0:
                    within = False
                    break
                if by_row[b, w] != by_row[a, w]:
                    equal = False
            if within and (not equal or b < a):
                implied[a] = True
                break


def _transpose(chart: Words, by_row: Words) -> None:
    for t in range(chart.shape[0]):
        for r in range(by_row.shape[0]):
            if (chart[t, r >> 6] >> np.uint64(r & 63)) & np.uint64(1) != 0:
                by_row[r, t >> 6] |= np.uint64(1) << np.uint64(t & 63)


def _some_rows(chart: Words, rows: Whole, small: Words) -> None:
    for t in range(chart.shape[0]):
        for i in range(rows.shape[0]):
            r = rows[i]
            if (chart[t, r >> 6] >> np.uint64(r & 63)) & np.uint64(1) != 0:
                small[t, i >> 6] |= np.uint64(1) << np.uint64(i & 63)


def _joined(ways: Words, piece: Whole) -> None:
    """Give rows that a term joins the same, least, number."""
    changed = True
    while changed:
        changed = False
        for t in range(ways.shape[0]):
            least = piece.shape[0]
            for r in range(piece.shape[0]):
                if (ways[t, r >> 6] >> np.uint64(r & 63)) & np.uint64(1) != 0 and piece[r] < least:
                    least = piece[r]
            for r in range(piece.shape[0]):
                if (ways[t, r >> 6] >> np.uint64(r & 63)) & np.uint64(1) != 0 and piece[r] != least:
                    piece[r] = least
                    changed = True


walk: Callable[..., int] = njit(cache=True)(_steps)
weigh: Callable[[Whole, Whole, int, int, Floats], None] = njit(cache=True)(_subgradient)
list_by_row: Callable[[Words, Whole, Whole], None] = njit(cache=True)(_listed)
mark_contained: Callable[[Words, NDArray[np.bool_]], None] = njit(cache=True)(_contained)
mark_implied: Callable[[Words, NDArray[np.bool_]], None] = njit(cache=True)(_rows_implied)
turn: Callable[[Words, Words], None] = njit(cache=True)(_transpose)
keep_rows: Callable[[Words, Whole, Words], None] = njit(cache=True)(_some_rows)
join_rows: Callable[[Words, Whole], None] = njit(cache=True)(_joined)
