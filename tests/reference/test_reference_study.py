"""The shipped study against the datasets: its derived series can be computed again, and its differences are explained."""

from __future__ import annotations

import tomllib
from pathlib import Path
from shutil import copytree, ignore_patterns

import polars as pl
import pytest

from chaikhana.measures.derive import derive_all
from chaikhana.measures.source_differences import compare, spans
from chaikhana.sources.store import Kept
from chaikhana.study.loading import load_study
from chaikhana.study.study import Study


@pytest.fixture(scope="session")
def again(central_asia: Study, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped study with its series computed now."""
    folder = tmp_path_factory.mktemp("again") / "central_asia"
    copytree(central_asia.folder, folder, ignore=ignore_patterns("derived", "__pycache__"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAIKHANA_HOME", str(home))
        derive_all(load_study(folder), lambda _: None)
    return folder


def test_every_derived_series_is_what_the_datasets_give_now(again: Path, central_asia: Study) -> None:
    shipped = central_asia.folder / "derived"
    assert {path.name for path in shipped.iterdir()} == {path.name for path in (again / "derived").iterdir()}
    for path in shipped.glob("*.csv"):
        assert (again / "derived" / path.name).read_text() == path.read_text(), path.name


def test_their_origins_are_what_the_datasets_give_now(again: Path, central_asia: Study) -> None:
    for path in (central_asia.folder / "derived").glob("*.origin.toml"):
        then, now = (tomllib.loads(p.read_text()) for p in (path, again / "derived" / path.name))
        assert {**then, "computed": ""} == {**now, "computed": ""}, path.name


@pytest.fixture(scope="session")
def compared(central_asia: Study, cow: Kept) -> pl.DataFrame:
    tables = (cow.table(name) for name in ("memberships", "body_years", "state_years"))
    return compare(central_asia, *tables)


def test_the_study_and_cow_agree_or_it_is_explained(compared: pl.DataFrame, central_asia: Study) -> None:
    found = spans(compared, central_asia.table("corrections"), "cow-igo-v3")
    explained = found.filter(pl.col("status") != "open")["years"].sum()
    agreeing = compared["agree"].sum()
    print(
        f"{compared.height:,} state-body-years, {agreeing / compared.height:.2%} agree, {explained} explained"
    )
    assert compared.height > 5_000
    assert (agreeing + explained) / compared.height >= 0.95


def test_every_difference_has_a_status_and_a_reason(compared: pl.DataFrame, central_asia: Study) -> None:
    found = spans(compared, central_asia.table("corrections"), "cow-igo-v3")
    assert set(found["status"]) <= {"open", "explained", "corrected"}
    silent = found.filter(pl.col("explanation") == "")
    assert silent.is_empty(), silent.select("actor", "body", "first", "last").rows()


def test_every_correction_still_meets_a_difference(compared: pl.DataFrame, central_asia: Study) -> None:
    """A correction fails once the provider, or the study, has put the difference right."""
    differing = set(compared.filter(~pl.col("agree")).select("actor", "body").iter_rows())
    bodies = {body for _, body in differing}
    corrections = central_asia.table("corrections").filter(pl.col("dataset") == "cow-igo-v3")
    stale = [
        (key, column)
        for key, column in corrections.select("key", "column").iter_rows()
        if (key, column) not in differing and not (key == "*" and column in bodies)
    ]
    assert stale == []
