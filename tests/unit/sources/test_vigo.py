"""Vitality: one of three states a year, its word, no region, blank covariates."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.vigo import ID, read_vitality
from samples.vigo import SAMPLES


def test_vitality_cell_by_cell(add_sample) -> None:
    vitality = add_sample(ID, SAMPLES).table("vitality")
    assert vitality.columns == [
        "body", "year", "dead", "zombie", "life", "vitality", "region", "age", "competition", "conflict", "legalisation",
        "proposed_integration", "autonomy", "similarity", "hardship", "transparency", "security", "gdp_log",
    ]  # fmt: skip
    assert vitality.rows() == [
        (
            "BA",
            2000,
            True,
            False,
            False,
            "dead",
            None,
            26.0,
            1.0,
            0.0,
            None,
            0.0,
            None,
            None,
            None,
            0.0,
            0.0,
            None,
        ),
        (
            "CMEA",
            1990,
            False,
            False,
            True,
            "alive",
            None,
            42.0,
            1.0,
            None,
            4.0,
            None,
            0.5,
            1.0,
            None,
            0.0,
            5.0,
            None,
        ),
        (
            "ECO",
            1999,
            False,
            True,
            False,
            "zombie",
            "asia",
            15.0,
            3.0,
            None,
            1.0,
            1.0,
            0.25,
            0.5,
            None,
            0.0,
            0.0,
            None,
        ),
        (
            "ECO",
            2000,
            False,
            False,
            True,
            "alive",
            "asia",
            16.0,
            3.0,
            2.0,
            1.0,
            1.0,
            0.25,
            0.75,
            1.5,
            0.0,
            -1.0,
            26.5,
        ),
    ]


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ((1.0, 1.0, 0.0, "1"), "not one of dead, zombie and life"),
        ((0.0, 0.0, 0.0, "1"), "not one of dead, zombie and life"),
        ((0.0, 1.0, 0.0, "3"), "its word for it is another"),
        ((0.0, 0.0, 1.0, "4"), "the code ‘4’"),
    ],
)
def test_a_row_is_one_of_three(states: tuple[float, float, float, str], told: str) -> None:
    raw = pl.DataFrame([states], schema=["dead", "zombie", "life", "vitality"], orient="row")
    with pytest.raises(SourceError, match=told):
        read_vitality(raw)
