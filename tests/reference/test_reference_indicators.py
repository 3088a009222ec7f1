"""Indicators of regions: what is carried is what the datasets give, and the regions are drawn as the datasets have them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from chaikhana.compare.indicators import carried, computed, origins
from chaikhana.compare.regions import regions, spells
from chaikhana.sources.store import Kept, newest

FORERUNNERS = {"eu": ["eu", "eec", "ec"], "au": ["au", "oau"], "sadc": ["sadc", "sadcc"]}


@pytest.fixture(scope="module")
def anew(home: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAIKHANA_HOME", str(home))
        return computed(lambda _: None)


def test_what_is_carried_is_what_the_datasets_give(anew: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    frame, sources = anew
    keys = ["indicator", "region", "year"]
    both = frame.join(carried(), on=keys, how="full", coalesce=True, suffix="_carried")
    assert both.height == frame.height == carried().height
    assert (both["value"] - both["value_carried"]).abs().max() < 1e-3  # type: ignore[operator]
    assert (both["known"] == both["known_carried"]).all() and (both["of"] == both["of_carried"]).all()
    same = ["indicator", "dataset", "version", "sha256"]
    assert sources.select(same).equals(origins().select(same))


def test_members_checked_against_the_dataset_are_there_in_it(cow: Kept) -> None:
    """Every membership that cites it: full member in every year from 1992 to 2014 of its spell, and in no other."""
    full = cow.table("memberships").filter(
        (pl.col("status").cast(pl.String) == "member") & pl.col("year").is_between(1992, 2014)
    )
    for row in spells().filter(pl.col("cite") == "cow-igo-v3").iter_rows(named=True):
        body = regions()[row["region"]].body
        theirs = full.filter(
            pl.col("body").is_in(FORERUNNERS.get(body, [body])) & (pl.col("state") == row["state"])
        )
        ours = set(range(max(row["first"], 1992), min(row["last"] or 2014, 2014) + 1))
        assert set(theirs["year"]) == ours, row


def test_a_value_by_hand(home: Path, anew: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    """The mean electoral democracy of the Nordic five in 2010, straight from the dataset's rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAIKHANA_HOME", str(home))
        regimes = newest("vdem")
    assert regimes is not None
    five = regimes.table("regimes").filter(
        pl.col("state").is_in(["dnk", "fin", "isl", "nor", "swe"]) & (pl.col("year") == 2010)
    )
    mine = anew[0].filter(
        (pl.col("indicator") == "democracy") & (pl.col("region") == "nordic") & (pl.col("year") == 2010)
    )
    assert five.height == 5
    assert mine["value"].item() == pytest.approx(five["polyarchy"].mean(), abs=1e-3)
