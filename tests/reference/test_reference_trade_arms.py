"""Trade and arms as published: the partners and suppliers of known states, and what a paper says of four regions."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from chaikhana.measures import arms_suppliers, trade_partners, trade_within
from chaikhana.sources import store
from chaikhana.study.study import Study

FIVE = ("kaz", "kgz", "tjk", "tkm", "uzb")
NINETIES = range(1991, 2001)


def _table(folder: Path, dataset: str, file: Path, table: str) -> pl.DataFrame:
    """A table of a dataset, brought into a store of its own and read back."""
    if not file.exists():
        pytest.skip(f"there is no {file}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAIKHANA_HOME", str(folder))
        store.add(dataset, file)
        kept = store.newest(dataset)
        assert kept is not None
        return kept.table(table)


@pytest.fixture(scope="module")
def trade(data: Path, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    file = data / "cow_trade_v4" / "cow_trade_dyadic_v4.csv.gz"
    return _table(tmp_path_factory.mktemp("trade"), "cow-trade-v4", file, "trade").filter(
        pl.col("year") >= 1990
    )


@pytest.fixture(scope="module")
def transfers(data: Path, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    file = data / "sipri_arms_transfers" / "sipri-exports-processed.csv.gz"
    return _table(tmp_path_factory.mktemp("arms"), "sipri-arms", file, "transfers")


@pytest.fixture(scope="module")
def partners(trade: pl.DataFrame) -> pl.DataFrame:
    return trade_partners.world(trade)


def test_the_largest_partners_of_kazakhstan_in_2014_are_china_and_russia(partners: pl.DataFrame) -> None:
    """Codes 710 and 365 of the published rows of 705: 14109 + 9704 and 15524 + 7097 US$ millions."""
    rows = partners.filter(
        (pl.col("state") == "kaz") & (pl.col("year") == 2014) & (pl.col("rank") <= 2)
    ).sort("rank")
    assert rows["partner"].to_list() == ["chn", "rus"]
    assert rows["flow"].to_list() == [23813.0, 22621.0]


def test_whole_world_partners_add_up(partners: pl.DataFrame, trade: pl.DataFrame) -> None:
    assert partners.height == 2 * trade.height
    flows = trade["imports1"].sum() + trade["imports2"].sum()
    assert partners["flow"].sum() == pytest.approx(2 * flows)
    assert partners["state"].null_count() == 0
    shares = partners.group_by("year", "state").agg(pl.col("share").sum()).filter(pl.col("share") > 0)
    assert shares["share"].is_between(1 - 1e-9, 1 + 1e-9).all()


def test_a_state_and_its_partner_see_the_same_trade(partners: pl.DataFrame) -> None:
    other = partners.select("year", state="partner", partner="state", mirrored="flow")
    both = partners.join(other, on=["year", "state", "partner"])
    assert both.height == partners.height
    assert both.filter(pl.col("flow").ne_missing(pl.col("mirrored"))).is_empty()


def test_trade_within_central_asia_fell_by_half(trade: pl.DataFrame) -> None:
    """From 15 per cent in 1995 to 7 in 2014, all twenty flows among the five being known since 1993."""
    frame = trade_within.world(trade, {"five": FIVE})
    shares = dict(frame.select("year", "share").rows())
    assert (round(shares[1995], 4), round(shares[2014], 4)) == (0.1505, 0.0677)
    since = frame.filter(pl.col("year") >= 1993)
    assert (since["intra_known"] == 20).all()
    assert (since["share"] == since["share_high"]).all()


def test_mercosur_was_the_most_introvert_of_four_regions_in_the_nineties(trade: pl.DataFrame) -> None:
    """Iapadre 2006 (abstract of the UNU-CRIS paper): its index was much higher than those of ASEAN, the EU and NAFTA."""
    groups = {
        "mercosur": ["arg", "bra", "pry", "ury"],
        "asean": ["brn", "khm", "idn", "lao", "mys", "mmr", "phl", "sgp", "tha", "vnm"],
        "eu": [
            "aut",
            "bel",
            "deu",
            "dnk",
            "esp",
            "fin",
            "fra",
            "gbr",
            "grc",
            "irl",
            "ita",
            "lux",
            "nld",
            "prt",
            "swe",
        ],
        "nafta": ["can", "mex", "usa"],
    }
    frame = trade_within.world(trade.filter(pl.col("year").is_in(list(NINETIES))), groups)
    wide = frame.pivot(on="group", index="year", values="introversion")
    others = wide.select("asean", "eu", "nafta")
    assert (wide["mercosur"] > others.max_horizontal() + 0.1).all()
    rise = wide.sort("year").select(
        pl.col(name).last() - pl.col(name).first() for name in ("mercosur", "eu", "nafta")
    )
    assert all(value > 0 for value in rise.row(0))


def test_russia_has_the_largest_share_of_arms_to_kazakhstan(transfers: pl.DataFrame) -> None:
    """2594 of 3027 million TIV from 1995 to 2021."""
    frame = arms_suppliers.world(transfers, [(1995, 2021)]).filter(pl.col("recipient") == "kaz")
    first = frame.row(0, named=True)
    assert (first["supplier"], first["rank"], first["tiv"]) == ("rus", 1, 2594.0)
    assert (first["tiv_low"], first["tiv_high"]) == (2594 - 25 / 2, 2594 + 25 / 2)  # 25 years with a delivery
    assert round(first["share"], 3) == 0.857
    assert frame["tiv"].sum() == 3027.0
    row = arms_suppliers.concentration(frame).row(0, named=True)
    assert (row["largest"], row["certain"]) == ("rus", True)
    assert row["largest_low"] < 0.857 < row["largest_high"]


def test_the_soviet_union_is_not_russia(transfers: pl.DataFrame) -> None:
    """SIPRI's last year of the one is 1991, its first of the other 1992."""
    yearly = arms_suppliers.world(transfers)
    assert yearly.filter(pl.col("supplier") == "sun")["last"].max() == 1991
    assert yearly.filter(pl.col("supplier") == "rus")["first"].min() == 1992
    over = arms_suppliers.world(transfers, [(1985, 1999)]).filter(pl.col("recipient") == "ind")
    assert {"sun", "rus"} <= set(over["supplier"])


def test_the_series_of_the_shipped_study_are_small(
    central_asia: Study, trade: pl.DataFrame, transfers: pl.DataFrame
) -> None:
    frames = {
        "trade_within": trade_within.region(central_asia, trade),
        **trade_partners.region(central_asia, trade),
        **arms_suppliers.region(central_asia, transfers),
    }
    assert {name for name, frame in frames.items() if not 0 < frame.height < 5000} == set()
    top = frames["trade_partners"].filter((pl.col("year") == 2014) & (pl.col("rank") <= 5))
    assert top.group_by("state").len()["len"].to_list() == [5] * 5
