"""An index over indicators known within bounds, by hand."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.errors import BadValueError
from chaikhana.methods.interval_index import each_left_out, interval_index, varied_index

DIMENSIONS = {"power": ("delegation", "pooling"), "law": ("binding",)}


def values(**bounds: tuple[float | None, float | None]) -> pl.DataFrame:
    return pl.DataFrame(
        [("org", name, low, high) for name, (low, high) in bounds.items()],
        schema={"body": pl.String, "indicator": pl.String, "low": pl.Float64, "high": pl.Float64},
        orient="row",
    )


def test_dimensions_count_alike_and_indicators_within_them() -> None:
    """Power: (0 + 1) / 2 to (0 + 1) / 2; law: unknown. ¼ to ¾."""
    found = interval_index(values(delegation=(0, 0), pooling=(1, 1), binding=(0, 1)), ["body"], DIMENSIONS)
    assert found.rows() == [("org", 0.25, 0.75, 2, 3)]


def test_what_does_not_apply_drops_out_with_its_dimension() -> None:
    found = interval_index(
        values(delegation=(0, 1), pooling=(None, None), binding=(None, None)), ["body"], DIMENSIONS
    )
    assert found.rows() == [("org", 0, 1, 0, 1)]
    nothing = values(delegation=(None, None), binding=(None, None))
    assert interval_index(nothing, ["body"], DIMENSIONS).is_empty()


def test_indicators_of_no_dimension_do_not_count() -> None:
    found = interval_index(values(binding=(1, 1), colour=(0, 0)), ["body"], DIMENSIONS)
    assert found.rows() == [("org", 1, 1, 1, 1)]


def test_varied_over_weightings() -> None:
    """Both: ½. Without power: 1. Without law: 0."""
    given = values(delegation=(0, 0), pooling=(0, 0), binding=(1, 1))
    left_out = each_left_out(DIMENSIONS)
    assert list(left_out) == ["without-power", "without-law"]
    assert left_out["without-power"] == {"law": ("binding",)}
    assert varied_index(given, ["body"], {"equal": DIMENSIONS, **left_out}).rows() == [("org", 0, 1)]
    assert varied_index(given, ["body"], {"equal": DIMENSIONS}).rows() == [("org", 0.5, 0.5)]
    assert each_left_out({"law": ("binding",)}) == {}


@pytest.mark.parametrize("bounds", [(-0.1, 0.5), (0.5, 1.2), (0.7, 0.3)])
def test_bounds_out_of_range_are_told(bounds: tuple[float, float]) -> None:
    with pytest.raises(BadValueError, match="0 ≤ low ≤ high ≤ 1"):
        interval_index(values(binding=bounds), ["body"], DIMENSIONS)


def test_an_index_of_nothing_is_told() -> None:
    with pytest.raises(BadValueError, match="a dimension at least"):
        interval_index(values(binding=(0, 1)), ["body"], {})
