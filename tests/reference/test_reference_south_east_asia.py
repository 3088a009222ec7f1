"""Facts of South-East Asia kept apart from the study, and how far it is checked."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from chaikhana.study.catalogue import open_study
from chaikhana.study.study import Study


@pytest.fixture(scope="module")
def study() -> Study:
    return open_study("south-east-asia")


def test_it_is_as_wide_as_it_says_and_mostly_checked(study: Study) -> None:
    wide = {"bodies": 25, "memberships": 250, "meetings": 60, "agreements": 40}
    assert all(study.table(name).height >= least for name, least in wide.items())
    frames = [frame for frame in study.frames.values() if frame.height]
    bad = sum(frame.filter(pl.col("basis") == "unverified").height for frame in frames)
    assert bad / sum(frame.height for frame in frames) <= 0.15
    document = pl.concat([frame.filter(pl.col("basis") == "document").select("row") for frame in frames])
    assert document.height >= 100


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(1968, 1, 1), {"idn", "mys", "phl", "sgp", "tha"}),
        (date(1985, 1, 1), {"idn", "mys", "phl", "sgp", "tha", "brn"}),
        (date(1998, 1, 1), {"idn", "mys", "phl", "sgp", "tha", "brn", "vnm", "lao", "mmr"}),
        (date(2026, 1, 1), {"idn", "mys", "phl", "sgp", "tha", "brn", "vnm", "lao", "mmr", "khm", "tls"}),
    ],
)
def test_who_was_in_the_association_when(study: Study, day: date, members: set[str]) -> None:
    rows = study.on("memberships", day).filter((pl.col("body") == "asean") & (pl.col("holds") == "yes"))
    assert set(rows.filter(pl.col("status").is_in(("member", "founder-member")))["actor"]) == members


def test_every_page_cited_has_an_address_or_is_a_dataset(study: Study) -> None:
    cited = {
        c.split(",")[0].strip()
        for frame in study.frames.values()
        for cite in frame["cite"]
        for c in cite.split(";")
    }
    without = {key for key in cited if not study.bibliography[key].address}
    assert without <= {"general-knowledge", "moldashev2018"}
