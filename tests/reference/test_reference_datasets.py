"""The readers against the datasets as published: counts, known cells, and one file against another."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from chaikhana.measures.vote_agreement import as_matrix
from chaikhana.methods.agreement import all_pairs
from chaikhana.sources.catalogue import dataset
from chaikhana.sources.states import actors_by_iso2, resolve
from chaikhana.sources.store import Kept
from chaikhana.sources.un_votes import with_absences

FIVE = {"kaz": 705, "kgz": 703, "tjk": 702, "tkm": 701, "uzb": 704}


@pytest.fixture(scope="session")
def full(un: Kept) -> pl.DataFrame:
    """Every member's vote on every roll call since session 60, with the state that cast it."""
    calls = un.table("roll_calls")
    every = with_absences(un.table("votes"), calls).filter(pl.col("session") >= 60)
    return actors_by_iso2(every)


def test_the_files_are_those_that_were_seen(cow: Kept, un: Kept) -> None:
    """Rows, years and digests as SOURCE.md of cow_igo_v3 and of un_votes have them."""
    for kept in (cow, un):
        known = {part.name: part.releases for part in dataset(kept.dataset).parts}
        for part, origin in kept.parts:
            [release] = known[part]
            years = f"{release.years[0]}–{release.years[1]}" if release.years else ""
            assert (origin.sha256, origin.rows, origin.years) == (release.sha256, release.rows, years)
    calls = un.table("roll_calls")
    assert (calls["session"].min(), calls["session"].max()) == (1, 74)
    assert str(calls["date"].max()) == "2020-01-14"


def test_full_memberships_in_2014(cow: Kept) -> None:
    """As counted in the provider's file with a spreadsheet."""
    in_2014 = cow.table("memberships").filter(
        (pl.col("year") == 2014) & (pl.col("status").cast(pl.String) == "member")
    )
    counts = dict(in_2014.group_by("ccode").len().iter_rows())
    assert {actor: counts[code] for actor, code in FIVE.items()} == {
        "kaz": 55,
        "uzb": 49,
        "kgz": 48,
        "tjk": 46,
        "tkm": 39,
    }


def test_state_years_and_organisation_years_say_the_same(data: Path, cow: Kept) -> None:
    """The two files of the provider, cell by cell, for seven states since 1950."""
    columns = {
        "kazakhstan": 705, "kyrgyzstan": 703, "tajikistan": 702, "turkmenistan": 701, "uzbekistan": 704,
        "denmark": 390, "turkey": 640,
    }  # fmt: skip
    raw = pl.read_csv(data / "cow_igo_v3" / "igo_year_format3.csv.gz", infer_schema=False)
    words = {"1": "member", "2": "associate", "3": "observer", "-9": "missing"}
    there = (
        raw.unpivot(list(columns), index=["ioname", "year"], variable_name="state", value_name="code")
        .filter(pl.col("code").is_in(list(words)) & (pl.col("year").cast(pl.Int32) >= 1950))
        .select(
            ccode=pl.col("state").replace_strict(columns, return_dtype=pl.Int32),
            year=pl.col("year").cast(pl.Int32),
            body=pl.col("ioname").str.to_lowercase(),
            there=pl.col("code").replace_strict(words),
        )
    )
    here = cow.table("memberships").filter(
        pl.col("ccode").is_in(list(columns.values())) & (pl.col("year") >= 1950)
    )
    joined = there.filter(pl.col("there") != "missing").join(
        here.with_columns(pl.col("status").cast(pl.String)), on=["ccode", "year", "body"], how="full"
    )
    assert joined.height > 10_000
    both = joined.filter(pl.col("there").is_not_null() & pl.col("status").is_not_null())
    agreeing = (both["there"] == both["status"]).mean()
    print(f"{both.height:,} cells in both files, {agreeing:.4%} alike")
    assert agreeing == 1
    known = cow.table("body_years").select("body", "year").unique()
    lost = joined.filter(pl.col("status").is_null()).join(known, on=["body", "year"])
    assert lost.height / joined.height < 0.001


def test_names_of_organisations(cow: Kept) -> None:
    found = cow.table("organisations").filter(pl.col("body").is_in(["un", "cis"]))
    assert found["name"].str.contains("(?i)united nations|independent states").all()
    assert (found["last"] == 2014).all()


def test_the_vote_of_27_march_2014_with_absences(
    full: pl.DataFrame, votes_of_2016: pl.DataFrame, un: Kept
) -> None:
    """Voeten's file codes the five 2, 8, 8, 8, 2: Kazakhstan and Uzbekistan abstained, three were absent."""
    [rcid] = un.table("roll_calls").filter(pl.col("resolution") == "68/262")["rcid"].to_list()
    raw = dict(votes_of_2016.filter(pl.col("rcid") == rcid).select("ccode", "word").iter_rows())
    ours = dict(full.filter(pl.col("rcid") == rcid).select("actor", "vote").iter_rows())
    assert {actor: ours[actor] for actor in FIVE} == {actor: raw[code] for actor, code in FIVE.items()}
    assert {actor: ours[actor] for actor in FIVE} == {
        "kaz": "abstain",
        "kgz": "absent",
        "tjk": "absent",
        "tkm": "absent",
        "uzb": "abstain",
    }


def test_absences_agree_with_voetens_own_over_sessions_60_to_70(
    full: pl.DataFrame, votes_of_2016: pl.DataFrame
) -> None:
    """Both files have 798 roll calls in common.

    Membership is ours (from the first recorded vote to the last), so that only the days about an accession can differ:
    one state and roll call or two for each of the two states that joined in these years (Montenegro, South Sudan). All
    that both files have must therefore agree but for ten cells at most, and those of the five wholly.
    """
    theirs = resolve(votes_of_2016, "cow", "ccode").filter(pl.col("actor").is_not_null())
    common = theirs["rcid"].unique()
    ours = full.filter(pl.col("rcid").is_in(common.implode()))
    both = ours.join(theirs.select("rcid", "actor", "word"), on=["rcid", "actor"])
    differing = both.filter(pl.col("vote") != pl.col("word"))
    print(f"{common.len()} roll calls, {both.height:,} cells, {1 - differing.height / both.height:.4%} alike")
    assert common.len() == 798
    assert both.height > 150_000
    assert differing.height <= 10
    assert not set(differing["actor"]) & set(FIVE)
    of_five = both.filter(pl.col("actor").is_in(list(FIVE)))
    assert of_five.height == 798 * len(FIVE)
    # what only they have: those who are not members, and again the days about an accession
    missing = theirs.join(ours, on=["rcid", "actor"], how="anti").filter(pl.col("word") != "not-a-member")
    assert missing.height <= 10
    assert ours.join(theirs, on=["rcid", "actor"], how="anti").is_empty()


@pytest.mark.parametrize(
    ("other", "agreement"), [("kgz", 0.982), ("chn", 0.882), ("rus", 0.759), ("usa", 0.203)]
)
def test_vote_agreement_of_session_74(other: str, agreement: float, full: pl.DataFrame) -> None:
    """Kazakhstan with others over the 91 roll calls of the session, to January 2020."""
    session = full.filter(pl.col("session") == 74)
    assert session["rcid"].n_unique() == 91
    actors, choices = as_matrix(session.filter(pl.col("actor").is_in(["kaz", other])))
    found = all_pairs(choices)
    assert actors == sorted(["kaz", other])
    assert found.agreement[0, 1] == pytest.approx(agreement, abs=0.0005)
