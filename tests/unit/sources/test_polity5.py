"""Polity scores: the three codes that are none, what polity2 makes of them, and Polity's own numbers of states."""

from __future__ import annotations

import polars as pl

from chaikhana.sources.polity5 import ID
from samples.polity5 import SAMPLES


def test_scores_and_why_there_is_none(add_sample) -> None:
    regimes = add_sample(ID, SAMPLES).table("regimes")
    assert regimes.columns[:11] == [
        "ccode", "scode", "country", "year", "democ", "autoc", "polity", "polity_missing", "polity2", "durable", "xconst",
    ]  # fmt: skip
    assert regimes.select(
        "scode", "year", "democ", "autoc", "polity", "polity_missing", "polity2"
    ).rows() == [
        ("GCL", 1831, None, None, None, "transition", 0.0),
        ("GMY", 1930, 6.0, 0.0, 6.0, None, 6.0),
        ("GMY", 2000, 10.0, 0.0, 10.0, None, 10.0),
        ("GFR", 1989, 10.0, 0.0, 10.0, None, 10.0),
        ("USR", 1950, 0.0, 9.0, -9.0, None, -9.0),
        ("RUS", 2000, 6.0, 0.0, 6.0, None, 6.0),
        ("SOM", 1995, None, None, None, "interregnum", 0.0),
        ("SDN", 2012, 0.0, 4.0, -4.0, None, -4.0),
        ("YEM", 1991, None, None, None, "transition", -3.0),
        ("AFG", 1985, None, None, None, "interruption", None),
    ]


def test_components_have_no_score_where_the_regime_has_none(add_sample) -> None:
    regimes = add_sample(ID, SAMPLES).table("regimes")
    components = regimes.columns[regimes.columns.index("xconst") : regimes.columns.index("fragment")]
    assert len(components) == 9
    none = regimes.filter(pl.col("polity_missing").is_not_null()).select(components)
    assert none.null_count().row(0) == (none.height,) * 9
    [russia] = regimes.filter(pl.col("scode") == "RUS").to_dicts()
    assert [russia[name] for name in components] == [5.0, 2.0, 2.0, 4.0, 3.0, 4.0, 7.0, 5.0, 9.0]
    assert (russia["durable"], russia["fragment"]) == (0.0, 1.0)


def test_states_by_polity_s_own_numbers(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    assert dict(kept.table("regimes").select("scode", "state").rows()) == {
        "GCL": None, "GMY": "deu", "GFR": "deu", "USR": "sun", "RUS": "rus", "SOM": "som", "SDN": "sdn",
        "YEM": "yem", "AFG": "afg",
    }  # fmt: skip
    assert kept.unresolved().rows() == [("regimes.ccode", "99", 1831, 1831, 1)]
