"""Networks with the same degrees: margins stay, every such network is as likely as any other, seeds repeat."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.errors import BadValueError
from chaikhana.methods.rewiring import rewired

# The 99.9th percentile of chi-square with so many degrees of freedom (Abramowitz and Stegun 1964, table 26.8).
CHI_SQUARE = {5: 20.515, 2: 13.816}


def every_network(rows: list[int], columns: list[int]) -> set[tuple[tuple[bool, ...], ...]]:
    """All tables with these margins, by trying every choice of columns for every row."""
    width = len(columns)
    choices = [
        [tuple(place in chosen for place in range(width)) for chosen in combinations(range(width), degree)]
        for degree in rows
    ]
    return {
        table
        for table in product(*choices)
        if [sum(column) for column in zip(*table, strict=True)] == columns
    }


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 8), st.integers(2, 12), st.integers(0, 10_000))
def test_both_margins_stay(rows: int, columns: int, seed: int) -> None:
    ties = np.random.default_rng(seed).random((rows, columns)) < 0.4
    for sample in rewired(ties, 5, seed):
        assert (sample.sum(axis=0) == ties.sum(axis=0)).all()
        assert (sample.sum(axis=1) == ties.sum(axis=1)).all()


@pytest.mark.parametrize(
    ("rows", "columns"), [([1, 1, 1], [1, 1, 1]), ([2, 1, 1], [2, 1, 1]), ([2, 2, 1], [2, 2, 1])]
)
def test_every_network_with_the_margins_is_as_likely(rows: list[int], columns: list[int]) -> None:
    """Chi-square of 6,000 samples against full enumeration."""
    every = sorted(every_network(rows, columns))
    first = np.array(every[0], dtype=np.bool_)
    draws = 6_000
    seen = dict.fromkeys(every, 0)
    for sample in rewired(first, draws, 1, trades=12):
        seen[tuple(tuple(bool(cell) for cell in row) for row in sample)] += 1
    expected = draws / len(every)
    chi = sum((count - expected) ** 2 / expected for count in seen.values())
    degrees = len(every) - 1
    limit = CHI_SQUARE.get(degrees, degrees + 3.3 * (2 * degrees) ** 0.5)
    assert chi < limit, (len(every), seen)


def test_the_same_seed_gives_the_same_networks_and_another_gives_others() -> None:
    ties = np.random.default_rng(3).random((12, 30)) < 0.3
    one, same, other = ([sample.tobytes() for sample in rewired(ties, 4, seed)] for seed in (7, 7, 8))
    assert one == same != other


def test_the_network_that_is_given_is_not_touched() -> None:
    ties = np.random.default_rng(3).random((6, 9)) < 0.5
    before = ties.copy()
    list(rewired(ties, 3, 1))
    assert (ties == before).all()


def test_one_actor_has_nobody_to_trade_with() -> None:
    ties = np.array([[True, False, True]])
    assert all((sample == ties).all() for sample in rewired(ties, 3, 1))


def test_what_is_no_network() -> None:
    with pytest.raises(BadValueError, match="two-mode network"):
        list(rewired(np.zeros((2, 2)), 1, 1))  # type: ignore[arg-type]
    with pytest.raises(BadValueError, match="At least one sample"):
        list(rewired(np.zeros((2, 2), dtype=np.bool_), 0, 1))
