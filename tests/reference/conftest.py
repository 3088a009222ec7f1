"""The published datasets, read once a worker by the project's own readers."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from chaikhana.sources import store
from chaikhana.sources.store import Kept

FOLDERS = {
    "cow-igo-v3": "cow_igo_v3",
    "un-votes": "un_votes",
    "cow-trade-v4": "cow_trade_v4",
    "sipri-arms": "sipri_arms_transfers",
    "vdem": "vdem_simple",
    "polity5": "polity5",
    "cow-mids": "cow_mids_dyadic",
    "cow-contiguity": "cow_contiguity_v32",
    "world-bank": "world_bank",
    "ucdp-acd": "ucdp_acd",
    "un-general-debate": "un-general-debate",
    "atop-v5": "atop_v5",
    "cow-nmc": "cow_nmc",
    "tss-rivalries": "tss_rivalries",
    "mia": "mia",
}


@pytest.fixture(scope="session")
def home(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source store with the datasets that the shipped study's series are computed from."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAIKHANA_HOME", str(folder))
        for name, place in FOLDERS.items():
            store.add(name, data / place)
    return folder


def _kept(name: str, home: Path) -> Kept:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAIKHANA_HOME", str(home))
        kept = store.newest(name)
    assert kept is not None
    return kept


@pytest.fixture(scope="session")
def cow(home: Path) -> Kept:
    return _kept("cow-igo-v3", home)


@pytest.fixture(scope="session")
def un(home: Path) -> Kept:
    return _kept("un-votes", home)


@pytest.fixture(scope="session")
def votes_of_2016(data: Path) -> pl.DataFrame:
    """Voeten's own file with every member and code, sessions 60 to 70: rcid, session, year, ccode, word."""
    path = data / "un_votes_voeten_raw" / "UNVotesPublished.csv.gz"
    if not path.exists():
        pytest.skip(f"there is no {path}")
    words = {"1": "yes", "2": "abstain", "3": "no", "8": "absent", "9": "not-a-member"}
    return (
        pl.read_csv(path, infer_schema=False)
        .with_columns(
            pl.col("rcid", "session", "ccode").cast(pl.Int32),
            year=pl.col("date").str.to_date("%m/%d/%Y").dt.year(),
            word=pl.col("vote").replace_strict(words),
        )
        .filter(pl.col("session").is_between(60, 70))
        .select("rcid", "session", "year", "ccode", "word")
    )
