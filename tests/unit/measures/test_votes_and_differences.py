"""Vote agreement and the comparison with COW IGO, on votes and memberships written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import numpy as np
import polars as pl
import pytest

from chaikhana.errors import SourceError
from chaikhana.measures.derive import derive_all
from chaikhana.measures.source_differences import compare, source_differences, spans
from chaikhana.measures.vote_agreement import as_matrix, from_votes, vote_agreement
from chaikhana.sources import store
from chaikhana.study.derived import Derived
from chaikhana.study.loading import load_study
from chaikhana.study.study import Study

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")
NORDIC = Path(__file__).parents[2] / "studies" / "nordic"
BLOC = {
    "bodies": "id,name,form,from,to\nbloc,Bloc,formal-organisation,1990-01-01,..",
    "memberships": """
        actor,body,status,from,to
        xxx,bloc,member,1990-01-01,..
        yyy,bloc,member,1990-01-01,..
        zzz,bloc,observer,1990-01-01,..
        """,
    "actors": "aaa bbb ccc xxx yyy zzz bloc",
    "votes": {"references": ("xxx",), "blocs": ("bloc",)},
}


def votes(**cast: str) -> pl.DataFrame:
    """One word an actor, one letter a roll call: y, n, a (abstain), x (absent)."""
    words = {"y": "yes", "n": "no", "a": "abstain", "x": "absent"}
    return pl.DataFrame(
        [
            {"rcid": place, "session": 50, "date": date(1995, 10, 1), "actor": actor, "vote": words[letter]}
            for actor, letters in cast.items()
            for place, letter in enumerate(letters)
        ]
    )


def test_votes_as_a_matrix() -> None:
    actors, matrix = as_matrix(votes(bbb="yxn", aaa="nay"))
    assert actors == ["aaa", "bbb"]
    assert matrix.tolist() == [[0, 1, 2], [2, -1, 0]]
    assert matrix.dtype == np.int8


def test_agreement_of_the_region_with_itself_and_with_others(tiny) -> None:
    """As by hand in test_agreement.py: 3/4, kappa 1/2, pi 7/15."""
    frame = from_votes(tiny(**BLOC), votes(aaa="yynn", bbb="ynnn", xxx="yyyx", yyy="nxyx", zzz="nnnn"))
    pairs = frame.select("actor_1", "actor_2", "votes").rows()
    assert pairs == [
        ("aaa", "bbb", 4), ("aaa", "bloc-median", 3), ("aaa", "xxx", 3),
        ("bbb", "bloc-median", 3), ("bbb", "xxx", 3),
    ]  # fmt: skip
    row = frame.row(0, named=True)
    assert (row["session"], row["share"], row["agreement"], row["kappa"]) == (50, 0.75, 0.75, 0.5)
    assert row["pi"] == pytest.approx(7 / 15, abs=1e-4)
    # the bloc's median: xxx y y y -, yyy n - y -: abstain, yes, yes; against aaa y y n: ½, 0, 1
    assert frame.row(1, named=True)["agreement"] == 0.5


def test_each_session_by_itself(tiny) -> None:
    one = votes(aaa="yy", bbb="yn")
    other = one.with_columns(session=pl.lit(51, dtype=pl.Int64), rcid=pl.col("rcid") + 10)
    frame = from_votes(tiny(), pl.concat([other, one]))
    assert frame["session"].to_list() == [50, 51]
    assert frame["votes"].to_list() == [2, 2]


def test_nobody_of_the_region_voted(tiny) -> None:
    assert from_votes(tiny(**BLOC), votes(xxx="yy", yyy="yn")).is_empty()


def test_no_votes_at_all(tiny) -> None:
    assert from_votes(tiny(), votes(aaa="y").clear()).is_empty()


def test_without_a_derived_series_the_measure_says_what_to_add(tiny) -> None:
    with pytest.raises(SourceError, match="sources add un-votes"):
        vote_agreement(tiny())


def test_the_series_names_its_dataset_and_its_rows_can_be_traced(tiny) -> None:
    frame = from_votes(tiny(), votes(aaa="yynn", bbb="ynnn"))
    series = Derived(name="vote_agreement", frame=frame, origin={**ORIGIN, "dataset": "un-votes"})
    study = replace(tiny(), derived={"vote_agreement": series})
    measured = vote_agreement(study)
    assert any("un-votes" in line for line in measured.assumptions)
    assert study.evidence(measured.frame["rows"].explode().to_list()).rows == ("derived:vote_agreement",)


@pytest.fixture
def compared(tiny):
    """aaa in all along, bbb from 1992, ccc in by COW alone; the old body folded into the new by COW."""
    study: Study = tiny(
        bodies="""
            id,name,form,from,to,cow_igo
            old,Old,formal-organisation,1990-01-01,1993-01-01,org
            new,New,formal-organisation,1993-01-01,..,org
            """,
        memberships="""
            actor,body,status,from,to
            aaa,old,founder-member,1990-01-01,1993-01-01
            aaa,new,member,1993-01-01,..
            bbb,old,member,1992-06-01,1993-01-01
            bbb,new,member,1993-01-01,..
            """,
        corrections="""
            dataset,key,column,expected,replacement,status,explanation
            cow-igo-v3,ccc,new,member,none,corrected,COW is wrong
            """,
        actors_table="""
            id,name,kind,cow,from,to
            aaa,A,state,1,1800,..
            bbb,B,state,2,1800,..
            ccc,C,state,3,1800,..
            xxx,X,state,4,1800,..
            """,
    )
    years = range(1990, 1996)
    ties = [(1, year, "member") for year in years] + [(2, year, "member") for year in years if year >= 1992]
    ties += [(3, 1994, "member"), (3, 1995, "member"), (3, 1993, "missing"), (4, 1990, "member")]
    memberships = pl.DataFrame(
        [{"ccode": code, "year": year, "body": "org", "status": status} for code, year, status in ties]
    ).with_columns(pl.col("ccode", "year").cast(pl.Int32))
    body_years = pl.DataFrame({"body": ["org"] * 6, "year": list(years)}).with_columns(
        pl.col("year").cast(pl.Int32)
    )
    state_years = pl.DataFrame(
        [{"ccode": code, "year": year} for code in (1, 2, 3, 4) for year in years]
    ).with_columns(pl.all().cast(pl.Int32))
    return study, compare(study, memberships, body_years, state_years)


def test_the_comparison_reads_a_body_and_what_it_became_together(compared) -> None:
    _, frame = compared
    bbb = frame.filter(pl.col("actor") == "bbb").sort("year")
    assert bbb["year"].to_list() == [1990, 1991, 1992, 1993, 1994, 1995]
    assert bbb["body"].to_list() == ["old", "old", "old", "new", "new", "new"]
    assert bbb["cow"].to_list() == ["none", "none", "member", "member", "member", "member"]
    assert bbb["study"].to_list()[1] == ["none"]
    assert sorted(bbb["study"].to_list()[2]) == ["member", "none"]
    assert bbb["agree"].all()
    assert bbb["rows"].to_list()[4] == ["memberships:5"]


def test_the_comparison_knows_what_it_does_not_know(compared) -> None:
    _, frame = compared
    assert sorted(frame.filter(pl.col("actor") == "ccc")["year"]) == [1990, 1991, 1992, 1994, 1995]
    assert "xxx" not in frame["actor"].to_list()


def test_differences_run_together_and_have_their_reason(compared) -> None:
    study, frame = compared
    found = spans(frame, study.table("corrections"), "cow-igo-v3")
    assert found.drop("rows").rows() == [
        ("ccc", "new", 1994, 1995, 2, "none", "member", "corrected", "COW is wrong"),
    ]
    assert spans(frame, study.table("corrections"), "other")["status"].to_list() == ["open"]


def test_a_gap_parts_two_runs() -> None:
    compared = pl.DataFrame(
        [
            {"actor": "a", "body": "b", "year": year, "study": ["none"], "cow": "member", "agree": year == 1992,
             "rows": ["memberships:2"]}
            for year in (1990, 1991, 1992, 1993)
        ]
    )  # fmt: skip
    nothing = pl.DataFrame(
        schema=dict.fromkeys(("dataset", "key", "column", "status", "explanation"), pl.String)
    )
    found = spans(compared, nothing, "x")
    assert found.select("first", "last", "years").rows() == [(1990, 1991, 2), (1993, 1993, 1)]
    assert found["rows"].to_list() == ["memberships:2", "memberships:2"]


def test_a_study_without_the_series_says_what_would_give_it(tiny) -> None:
    """No comparison is not the same as no difference."""
    with pytest.raises(SourceError, match="sources add cow-igo-v3"):
        source_differences(tiny())


def test_a_difference_without_rows_has_none_to_trace(compared) -> None:
    study, frame = compared
    series = Derived(
        name="membership_differences",
        frame=spans(frame, study.table("corrections"), "cow-igo-v3"),
        origin=ORIGIN,
    )
    study = replace(study, derived={"membership_differences": series})
    assert source_differences(study).frame["rows"].to_list() == [[]]


def test_deriving_from_a_store_of_a_few_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    study = load_study(copytree(NORDIC, tmp_path / "nordic"))
    with pytest.raises(SourceError, match="no dataset to derive from"):
        derive_all(study, print)
    calls = "rcid,session,importantvote,date,unres,amend,para,short,descr\n"
    calls += "".join(f"{n},68,0,2014-03-27,R/68/26{n},0,0,A,B\n" for n in (1, 2))
    names = {"dnk": ("Denmark", "DK"), "nor": ("Norway", "NO"), "rus": ("Russia", "RU")}
    cast = {"dnk": ("yes", "yes"), "nor": ("yes", "no"), "rus": ("no", "no")}
    lines = [
        f"{n + 1},{names[actor][0]},{names[actor][1]},{vote}" for actor, given in cast.items()
        for n, vote in enumerate(given)
    ]  # fmt: skip
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "calls.csv").write_text(calls)
    (tmp_path / "raw" / "votes.csv").write_text("\n".join(["rcid,country,country_code,vote", *lines]) + "\n")
    store.add("un-votes", tmp_path / "raw", "sample")
    said: list[str] = []
    written = derive_all(study, said.append)
    assert [path.name for path in written] == [
        "vote_agreement.csv", "votes.csv", "cohesion.csv", "agreement_by_issue.csv",
    ]  # fmt: skip
    assert said
    derived = load_study(tmp_path / "nordic").derived
    assert derived["votes"].frame.select("resolution", "actor", "vote").rows() == [
        ("68/262", "dnk", "yes"), ("68/262", "nor", "no"), ("68/262", "rus", "no"),
    ]  # fmt: skip
    assert derived["vote_agreement"].frame.select("actor_1", "actor_2", "votes", "share").rows() == [
        ("dnk", "eu-median", 2, 1.0), ("dnk", "nor", 2, 0.5), ("dnk", "rus", 2, 0.0),
        ("nor", "eu-median", 2, 0.5), ("nor", "rus", 2, 0.5),
    ]  # fmt: skip
    assert derived["votes"].origin["dataset"] == "un-votes"
    assert derived["vote_agreement"].origin["sha256"] == derived["votes"].origin["sha256"]
