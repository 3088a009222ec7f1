"""Talka (2018) on regionness."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.frameworks import hettne_2000_regionness as regionness


def test_three_of_five_levels(central_asia):
    """Section 1.1: the region meets the first three criteria of five."""
    found = regionness.classify(central_asia, "central-asia", date(2018, 3, 21))
    assert found.label == "3 of 5: regional society"
    assert [step.outcome.value for step in found.steps] == ["yes", "yes", "yes", "no", "no"]


@pytest.mark.parametrize("year", range(1992, 2025))
def test_every_year_has_its_level(central_asia, year):
    found = regionness.classify(central_asia, "central-asia", date(year, 12, 31))
    assert 0 <= found.score.low <= found.score.high <= 5
