"""Series as of a day: the last year that they tell of, and nothing before they begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chaikhana.study.series import newest, regimes_on


def test_the_last_row_up_to_the_day(central_asia):
    assert newest(central_asia, "development_gap", date(2000, 6, 30))["year"] == 2000
    last = central_asia.derived["trade_within"].frame["year"].max()
    assert newest(central_asia, "trade_within", date(2026, 1, 1), actor="region")["year"] == last
    assert newest(central_asia, "trade_within", date(2005, 1, 1), actor="kaz")["actor"] == "kaz"


def test_nothing_before_it_begins_or_without_it(central_asia):
    assert newest(central_asia, "development_gap", date(1950, 1, 1)) is None
    bare = replace(central_asia, derived={})
    assert newest(bare, "development_gap", date(2000, 1, 1)) is None
    assert regimes_on(bare, date(2000, 1, 1)) == ({}, "")


def test_regimes_of_the_newest_window(central_asia):
    values, years = regimes_on(central_asia, date(2018, 12, 31))
    assert years == "2015 to 2019"
    assert {"kaz", "kgz", "tjk", "tkm", "uzb", "rus"} <= set(values)
    assert regimes_on(central_asia, date(1980, 1, 1)) == ({}, "")
