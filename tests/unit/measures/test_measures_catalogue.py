"""The catalogue: every measure is in it, takes what it says, and gives rows that lead to sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import chaikhana.measures
from chaikhana.core.measured import ROWS
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.measures.catalogue import MEASURES, Asks, Measure, measure, run
from chaikhana.study.study import Study

DAY = date(1995, 6, 30)


def of(asks: Asks) -> Measure:
    return next(entry for entry in MEASURES if entry.asks is asks)


def test_every_measure_of_the_folder_is_in_the_catalogue() -> None:
    files = {
        path.stem.replace("_", "-")
        for path in Path(chaikhana.measures.__path__[0]).glob("*.py")
        if "-> Measured" in path.read_text(encoding="utf-8")  # the rest are counts that frameworks read
    }
    others = {"catalogue", "on-sources", "compare-sources"}
    second = {
        "trade-concentration",
        "arms-concentration",
        "agreement-by-issue",
    }  # each in the file of another
    assert files - others == {entry.name for entry in MEASURES} - second


def test_measures_are_found_by_name() -> None:
    assert measure("exclusivity").name == "exclusivity"
    with pytest.raises(UnknownNameError, match="Did you mean ‘exclusivity’"):
        measure("exclusivty")


def test_what_a_measure_may_be_asked(small: Study) -> None:
    with pytest.raises(BadValueError, match="not for both"):
        run(of(Asks.DAY), small, DAY, DAY)
    with pytest.raises(BadValueError, match="of one day"):
        run(of(Asks.DAY), small, None, DAY)
    with pytest.raises(BadValueError, match="before it begins"):
        run(of(Asks.SPAN), small, None, date(1996, 1, 1), DAY)
    with pytest.raises(BadValueError, match="whole study"):
        run(of(Asks.NOTHING), small, DAY)
    assert run(of(Asks.DAY), small).title.endswith(str(small.about.last_day))
    assert set(run(measure("membership-counts"), small, DAY).frame["year"]) == {1995}


@pytest.mark.parametrize("entry", MEASURES, ids=lambda entry: entry.name)
def test_every_value_of_the_shipped_study_leads_to_its_sources(entry: Measure, central_asia: Study) -> None:
    rare = entry.name == "compatibility"  # no two obligations exclude each other on the last day
    measured = run(entry, central_asia, date(1995, 12, 31) if rare else None)
    assert measured.name == entry.name
    assert measured.title and measured.definition and measured.reference
    assert measured.frame.columns[-1] == ROWS
    assert not measured.frame.is_empty()
    rows = measured.frame[ROWS].explode().drop_nulls().unique().to_list()
    assert "" not in rows
    evidence = central_asia.evidence(rows)
    assert set(evidence.rows) == set(rows)
    assert evidence.citations or all(row.startswith("derived:") for row in rows)


@pytest.mark.parametrize("entry", MEASURES, ids=lambda entry: entry.name)
def test_low_is_never_above_high(entry: Measure, central_asia: Study) -> None:
    frame = run(entry, central_asia).frame
    for low in (name for name in frame.columns if name == "low" or name.endswith("_low")):
        high = low.removesuffix("low") + "high"
        assert frame.filter(pl.col(low) > pl.col(high)).is_empty()
