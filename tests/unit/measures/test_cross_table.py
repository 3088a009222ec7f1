"""Openness by commitment: differences, tables and correlations that can be worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import filled
from chaikhana.core.truth import Truth
from chaikhana.frameworks.talka_2018_open_regionalism import CHOICES
from chaikhana.measures.cross_table import (
    Cell,
    as_many_open_and_kept,
    correlation,
    difference,
    told_of,
    two_by_two,
)
from chaikhana.measures.new_regionalism import Marks, answers


def cell(body, state, openness, commitment):
    ends = [Bounds(low=one[0], high=one[1]) if isinstance(one, tuple) else Bounds(low=one, high=one)
            for one in (openness, commitment)]  # fmt: skip
    return Cell(body=body, state=state, openness=ends[0], commitment=ends[1], rows=())


CELLS = [
    cell("a", "x", 0.8, 0.9),
    cell("a", "y", 0.8, (0.5, 0.7)),
    cell("b", "x", 0.2, 0.4),
    cell("b", "y", 0.2, 0.2),
]


def test_the_difference_of_means_takes_the_bounds_along():
    found, yes, no = difference(CELLS, 0.5)
    assert (yes, no) == (2, 2)
    assert (found.low, found.high) == (pytest.approx(0.4), pytest.approx(0.5))


def test_a_body_whose_openness_straddles_the_cut_is_of_neither_kind():
    found, yes, no = difference([*CELLS, cell("c", "x", (0.1, 0.9), 1.0)], 0.5)
    assert (yes, no) == (2, 2)
    assert found.high == pytest.approx(0.5)


def test_no_difference_where_one_kind_is_missing():
    assert difference(CELLS[:2], 0.5) == (None, 2, 0)


def test_two_by_two_with_fisher():
    table = two_by_two(CELLS, 0.5, 0.6)
    assert table == [[2, 0], [0, 2]]
    assert as_many_open_and_kept(table) == Fraction(1, 6)  # one table of the six with these margins
    assert told_of(table) == "open and kept 2, open and not 0, closed and kept 0, closed and not 2"


def test_rank_correlation():
    assert correlation(CELLS, "kendall") == pytest.approx(4 / (4 * 6) ** 0.5)
    assert correlation(CELLS[:2], "kendall") is None


def test_marks_of_new_regionalism():
    chosen = filled(CHOICES)
    assert set(answers(None, 0.5, chosen).values()) == {Truth.UNKNOWN}
    found = Marks(tariff=Bounds(low=1, high=1), depth=Bounds(low=0.3, high=0.8), powers=0, members=3, rows=())
    assert answers(found, 0.5, chosen) == {
        "trade creating": Truth.NO,
        "deep": Truth.UNKNOWN,
        "heterogeneous": Truth.NO,
    }
    assert answers(found, 0.5, {**chosen, "unknowns": "high"})["deep"] is Truth.YES
