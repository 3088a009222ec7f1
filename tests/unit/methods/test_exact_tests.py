"""Exact tests: published examples, and twins that count everything."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.errors import BadValueError
from chaikhana.methods.exact_tests import kendall_tau_b, permutation_test, spearman, table_test


def test_the_lady_tasting_tea():
    """Fisher 1935, chapter 2: four cups of eight, three of them told right: 17 of 70; all right: 1 of 70."""
    assert table_test([[3, 1], [1, 3]], "greater") == Fraction(17, 70)
    assert table_test([[4, 0], [0, 4]], "greater") == Fraction(1, 70)
    assert table_test([[3, 1], [1, 3]]) == Fraction(34, 70)


def test_criminal_twins():
    """Fisher 1934: of 13 identical twins 10, of 17 others 2 had been convicted: 619/1330665 on one side."""
    assert table_test([[10, 3], [2, 15]], "greater") == Fraction(619, 1330665)


def every_table(rows):
    """All ways in which the units can be dealt to the columns, counted one by one."""
    units = [row for row, counts in enumerate(rows) for _ in range(sum(counts))]
    columns = [column for column in range(len(rows[0])) for _ in range(sum(row[column] for row in rows))]
    tallies = {}
    for order in set(itertools.permutations(columns)):
        dealt = list(zip(units, order, strict=True))
        table = tuple(
            tuple(dealt.count((row, column)) for column in range(len(rows[0]))) for row in range(len(rows))
        )
        tallies[table] = tallies.get(table, 0) + 1
    return tallies


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=3), min_size=2, max_size=3))
def test_every_deal_counted(rows):
    width = min(map(len, rows))
    rows = [row[:width] for row in rows]
    if not 1 <= sum(map(sum, rows)) <= 7:
        return
    tallies = every_table(rows)
    own = tallies[tuple(map(tuple, rows))]
    expected = Fraction(sum(count for count in tallies.values() if count <= own), sum(tallies.values()))
    assert table_test(rows) == expected


@pytest.mark.parametrize(
    ("table", "alternative"),
    [
        ([[1, 2]], "two-sided"),
        ([[1, 2], [3]], "two-sided"),
        ([[1, -2], [3, 4]], "two-sided"),
        ([[1, 2], [3, 4]], "more"),
        ([[1, 2, 3], [3, 4, 5]], "greater"),
    ],
)
def test_what_is_no_table(table, alternative):
    with pytest.raises(BadValueError):
        table_test(table, alternative)


def test_correlations_by_hand():
    """Counted pair by pair, and by Spearman's own formula, which holds without ties."""
    one = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    two = [4, 7, 2, 10, 3, 6, 8, 1, 5, 9]
    concordant = sum((two[j] > two[i]) - (two[j] < two[i]) for i in range(10) for j in range(i + 1, 10))
    assert kendall_tau_b(one, two) == pytest.approx(concordant / 45)
    squares = sum((a - b) ** 2 for a, b in zip(one, two, strict=True))
    assert spearman(one, two) == pytest.approx(1 - 6 * squares / (10 * 99))


def test_ties_and_what_does_not_vary():
    assert kendall_tau_b([1, 1, 2, 2], [1, 2, 3, 4]) == pytest.approx(4 / (4 * 6) ** 0.5)
    assert kendall_tau_b([1, 1, 1], [1, 2, 3]) is None
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert permutation_test(kendall_tau_b, [1, 1, 1], [1, 2, 3]) is None


def test_all_orders_of_four():
    """Of 24 orders two are as far from nought as perfect agreement."""
    assert permutation_test(kendall_tau_b, [1, 2, 3, 4], [1, 2, 3, 4]) == pytest.approx(2 / 24)


def test_a_drawn_test_is_seeded_and_near_the_exact_one():
    x, y = list(range(9)), [0, 2, 1, 3, 5, 4, 6, 8, 7]
    first, again = (permutation_test(kendall_tau_b, x, y, draws=500) for _ in range(2))
    assert first == again
    assert first < 0.01


def test_pairs_are_asked_for():
    with pytest.raises(BadValueError, match="Pairs"):
        spearman([1, 2], [1])
