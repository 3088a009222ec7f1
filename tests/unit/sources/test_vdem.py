"""V-Dem's indices: names, bounds, countries without estimates, countries that were no states."""

from __future__ import annotations

import polars as pl

from chaikhana.sources.vdem import ID
from samples.vdem import SAMPLES


def test_indices_with_their_bounds(add_sample) -> None:
    regimes = add_sample(ID, SAMPLES).table("regimes")
    assert regimes.columns == [
        "country", "vdem_code", "year",
        "polyarchy", "polyarchy_low", "polyarchy_high", "libdem", "libdem_low", "libdem_high",
        "partipdem", "partipdem_low", "partipdem_high", "delibdem", "delibdem_low", "delibdem_high",
        "egaldem", "egaldem_low", "egaldem_high", "cow", "gw", "historical_name", "state",
    ]  # fmt: skip
    [first] = regimes.filter((pl.col("vdem_code") == "DEU") & (pl.col("year") == 1989)).rows()
    assert first == (
        "Germany", "DEU", 1989, 0.9, 0.85, 0.95, 0.8, 0.75, 0.85, 0.7, 0.65, 0.75, 0.8, 0.75, 0.85,
        0.8, 0.75, 0.85, 255, 260, "Federal Republic", "deu",
    )  # fmt: skip


def test_no_estimate_is_null_and_not_zero(add_sample) -> None:
    regimes = add_sample(ID, SAMPLES).table("regimes")
    [russia] = regimes.filter((pl.col("vdem_code") == "RUS") & (pl.col("year") == 2000)).to_dicts()
    assert (russia["polyarchy"], russia["libdem"], russia["libdem_low"], russia["partipdem"]) == (
        0.4, None, None, 0.2,
    )  # fmt: skip
    assert regimes.filter(pl.col("vdem_code") == "ZZB")["polyarchy"].to_list() == [None]


def test_a_code_stands_for_the_state_of_its_year(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    assert kept.table("regimes").select("vdem_code", "year", "state").rows() == [
        ("DDR", 1989, "ddr"),
        ("DEU", 1900, "deu"),
        ("DEU", 1989, "deu"),
        ("RUS", 1950, "sun"),
        ("RUS", 2000, "rus"),
        ("YEM", 2000, "yem"),
        ("ZZB", 2000, None),
    ]
    assert kept.unresolved().rows() == [("regimes.vdem_code", "ZZB", 2000, 2000, 1)]
