"""Two-mode networks of actors and bodies, and the ties between actors that they make.

Reference: Breiger (1974), *The duality of persons and groups*, Social Forces 53(2), 181–190, doi:10.2307/2576011: with an
incidence A of actors by groups, A·Aᵀ counts the groups that two actors share. Reads arrays alone and knows nothing of
states. Joint counts of a whole panel are taken at once: rows are packed to bits, a pair's count is the number of
bits that both have (Warren 2013, *Hacker's Delight*, section 5-1). Ties are undirected; nobody is tied to themselves.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chaikhana.errors import BadValueError
from chaikhana.methods.arrays import Floats, Whole

Counts = NDArray[np.int32]
_WORD = 8  # bytes of a word of 64 bits


def joint_counts(incidence: NDArray[np.uint8], starts: Whole, *, diagonal: bool = False) -> Counts:
    """How many bodies every pair of rows shares, within each block of rows.

    Parameters
    ----------
    incidence : array of uint8, shape (rows, bodies)
        1 where the row (an actor in a year) is in the body, else 0.
    starts : array of int, shape (blocks + 1,)
        Where each block (a year) begins among the rows, and at last where the last ends.
    diagonal : bool
        Whether each row is also paired with itself, which counts its own bodies.

    Returns
    -------
    array of int32, shape (pairs,)
        In the order of `pairs`.

    Raises
    ------
    BadValueError
        If `starts` does not divide the rows.
    """
    _check_blocks(starts, len(incidence))
    packed = np.packbits(incidence, axis=1)
    padded = np.zeros((len(packed), -(-packed.shape[1] // _WORD) * _WORD), dtype=np.uint8)
    padded[:, : packed.shape[1]] = packed
    words = np.ascontiguousarray(padded.view(np.uint64).T)
    out = np.zeros(int(_partners(starts, diagonal=diagonal).sum()), dtype=np.int32)
    _count_bits(words, starts.astype(np.int64), 0 if diagonal else 1, out)
    return out


def pairs(starts: Whole, *, diagonal: bool = False) -> tuple[Whole, Whole]:
    """The rows of every pair within each block, the earlier row first, ordered by block, first and second row.

    Raises
    ------
    BadValueError
        If `starts` does not ascend from 0.
    """
    _check_blocks(starts, int(starts[-1]) if len(starts) else 0)
    partners = _partners(starts, diagonal=diagonal)
    first = np.repeat(np.arange(len(partners)), partners)
    before = np.repeat(np.cumsum(partners) - partners, partners)
    second = np.arange(len(first)) - before + first + (0 if diagonal else 1)
    return first, second


def _partners(starts: Whole, *, diagonal: bool) -> Whole:
    """How many rows of its block come after each row."""
    ends = np.repeat(starts[1:], np.diff(starts))
    return (ends - np.arange(len(ends)) - (0 if diagonal else 1)).astype(np.int64)


def _check_blocks(starts: Whole, rows: int) -> None:
    if not len(starts) or starts[0] != 0 or starts[-1] != rows or (np.diff(starts) < 0).any():
        raise BadValueError(
            f"The blocks do not divide the {rows} rows. `starts` begins with 0, ascends, and ends with the number of rows."
        )


def _bits(words: NDArray[np.uint64], starts: Whole, offset: int, out: Counts) -> None:
    place = 0
    for block in range(len(starts) - 1):
        end = starts[block + 1]
        for row in range(starts[block], end):
            counts = out[place : place + end - row - offset]
            for word in range(words.shape[0]):
                own = words[word, row]
                if own == 0:
                    continue
                others = words[word, row + offset : end]
                for other in range(len(others)):
                    x = own & others[other]
                    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
                    x = (x & np.uint64(0x3333333333333333)) + (
                        (x >> np.uint64(2)) & np.uint64(0x3333333333333333)
                    )
                    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
                    counts[other] += np.int32((x * np.uint64(0x0101010101010101)) >> np.uint64(56))
            place += len(counts)


_count_bits: Callable[[NDArray[np.uint64], Whole, int, Counts], None] = njit(cache=True)(_bits)


def one_mode(incidence: Floats, weights: Floats | None = None) -> Floats:
    """Ties between actors: the sum over bodies of both actors' weights in it, times the body's own.

    Parameters
    ----------
    incidence : array, shape (actors, bodies)
        How closely each actor is tied to each body; 0 not at all.
    weights : array, shape (bodies,), optional
        What a body counts; by default 1.

    Returns
    -------
    array, shape (actors, actors)
        Symmetric, with an empty diagonal.
    """
    plain = np.ascontiguousarray(incidence, dtype=np.float64)
    ties = np.zeros((len(plain), len(plain)))
    _add_ties(
        plain, np.ascontiguousarray(plain.T), np.ones(plain.shape[1]) if weights is None else weights, ties
    )
    return ties


def _ties(incidence: Floats, turned: Floats, weights: Floats, out: Floats) -> None:
    """Body by body of each actor; most actors are in few of the bodies, and threads would cost more than they save."""
    size, bodies = incidence.shape
    for i in range(size):
        for body in range(bodies):
            own = incidence[i, body] * weights[body]
            if own != 0:
                for j in range(i + 1, size):
                    out[i, j] += own * turned[body, j]
        for j in range(i + 1, size):
            out[j, i] = out[i, j]


_add_ties: Callable[[Floats, Floats, Floats, Floats], None] = njit(cache=True)(_ties)


def density(ties: Floats) -> float:
    """The share of the possible ties that there are; not a number with fewer than two actors."""
    size = len(ties)
    return float(np.count_nonzero(ties) / (size * (size - 1))) if size > 1 else float("nan")


def mean_tie(ties: Floats) -> float:
    """The mean strength over all pairs, those without a tie among them: the density of a valued network.

    Wasserman and Faust (1994), *Social Network Analysis*, section 4.5.2. Not a number with fewer than two actors.
    """
    size = len(ties)
    return float(ties.sum() / (size * (size - 1))) if size > 1 else float("nan")


def strong_ties(ties: Floats) -> NDArray[np.bool_]:
    """Ties at least as strong as the median of all pairs (ours): where all share something, with whom one shares more.

    Returns
    -------
    array of bool, shape (actors, actors)
        Symmetric; a network in which most pairs have no tie keeps every tie.
    """
    size = len(ties)
    if size < 2:
        return np.zeros((size, size), dtype=np.bool_)
    return (ties > 0) & (ties >= float(np.median(ties[np.triu_indices(size, 1)])))


def lengths(ties: Floats) -> Floats:
    """The length of each tie, one over its strength; infinite where there is none.

    Newman (2001), Physical Review E 64, 016132, doi:10.1103/PhysRevE.64.016132: strong ties are short.
    """
    found = np.full(ties.shape, np.inf)
    np.divide(1.0, ties, out=found, where=ties > 0)
    return found


def _differences(
    low: Floats, high: Floats, weight_low: Floats, weight_high: Floats, least: Floats, most: Floats
) -> None:
    size, bodies = low.shape
    for i in range(size):
        for j in range(size):
            for body in range(bodies):
                less, more = low[i, body] - high[j, body], high[i, body] - low[j, body]
                least[i, j] += less * (weight_low[body] if less > 0 else weight_high[body])
                most[i, j] += more * (weight_high[body] if more > 0 else weight_low[body])


compare_shares: Callable[[Floats, Floats, Floats, Floats, Floats, Floats], None] = njit(cache=True)(
    _differences
)
