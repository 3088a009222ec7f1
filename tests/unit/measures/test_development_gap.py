"""The development gap on rows written by hand: the ratio, members without a number, years with one."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from chaikhana.errors import SourceError
from chaikhana.measures.development_gap import COLUMNS, development_gap, region


def table(name, *rows):
    return pl.DataFrame(rows, schema={"state": pl.String, "year": pl.Int32, name: pl.Float64}, orient="row")


GDP = table("gdp", ("kaz", 2000, 300.0), ("tjk", 2000, 20.0), ("uzb", 2000, 50.0), ("rus", 2000, 9000.0),
            ("kaz", 2001, 300.0), ("kgz", 2000, 80.0), ("kaz", 1980, 1.0), ("tjk", 1980, 1.0))  # fmt: skip
HEADS = table("population", ("kaz", 2000, 10.0), ("tjk", 2000, 5.0), ("uzb", 2000, 10.0), ("rus", 2000, 1.0),
              ("kaz", 2001, 10.0), ("kgz", 2000, 0.0), ("kaz", 1980, 1.0), ("tjk", 1980, 1.0))  # fmt: skip


def test_the_ratio_of_the_richest_to_the_poorest(central_asia):
    found = region(central_asia, GDP, HEADS)
    assert found.columns == list(COLUMNS)
    assert found.rows(named=True) == [
        {"year": 2000, "known": 3, "of": 5, "ratio": 7.5, "richest": "kaz", "poorest": "tjk"}
    ]


def test_a_year_with_one_member_has_no_gap(central_asia):
    assert region(central_asia, GDP.filter(pl.col("year") == 2001), HEADS).is_empty()


def test_without_the_series_the_error_names_the_dataset(central_asia):
    assert development_gap(central_asia).frame.height > 20
    with pytest.raises(SourceError, match="world-bank"):
        development_gap(replace(central_asia, derived={}))
