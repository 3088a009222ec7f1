"""The readers of published datasets, on a few rows in the format of their providers."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from chaikhana.core.truth import Truth
from chaikhana.errors import SourceError, UnknownNameError
from chaikhana.sources import cow_igo, un_votes
from chaikhana.sources.catalogue import DATASETS, dataset
from chaikhana.sources.codes import codes as all_codes
from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset
from chaikhana.sources.raw import typed

STATE_YEARS = """ccode,year,state,un,sco,oldorg,PLATE
701,2013,tkm,1,0,-1,2
701,2014,tkm,1,3,-1,-9
704,2014,uzb,1,1,-1,0
"""
ORGANISATION_YEARS = """ioname,orgname,year,turkmenistan,uzbekistan
SCO,Shanghai Five,1996,0,0
SCO,Shanghai Cooperation Organization,2001,0,1
UN,United Nations,1992,1,1
"""
VOTES = """rcid,country,country_code,vote
3,United States,US,yes
3,Namibia,NA,no
4,Yemen Arab Republic,,abstain
4,United States,US,no
6,United States,US,yes
6,Namibia,NA,yes
"""
ROLL_CALLS = """rcid,session,importantvote,date,unres,amend,para,short,descr
3,1,0,1946-01-01,R/1/66,1,0,RULES,To adopt a rule
4,1,1,1946-01-02,A/RES/1/79,0,1,ELECTIONS,To postpone elections
5,1,,1946-01-03,R/1/80,,,SOMETHING,Between
6,2,0,1947-01-01,R/2/1,0,0,LATER,Later
"""
ISSUES = """rcid,short_name,issue
3,me,Palestinian conflict
3,hr,Human rights
"""


def raw(known: Dataset, part: str, text: str) -> pl.DataFrame:
    """As the store reads a file: blanks as nulls, *NA* as it stands, numbers as numbers."""
    [found] = [one for one in known.parts if one.name == part]
    frame = pl.read_csv(io.StringIO(text), infer_schema=False, null_values=[""])
    return typed(known, found, Path("file.csv"), frame)


def test_cow_state_years_keep_ties_and_missing_and_drop_none() -> None:
    tables = cow_igo.read_state_years(raw(cow_igo.DATASET, "state-year", STATE_YEARS))
    rows = tables["memberships"].with_columns(pl.col("status").cast(pl.String)).sort("ccode", "year", "body")
    assert rows.rows() == [
        (701, 2013, "plate", "associate"),
        (701, 2013, "un", "member"),
        (701, 2014, "plate", "missing"),
        (701, 2014, "sco", "observer"),
        (701, 2014, "un", "member"),
        (704, 2014, "sco", "member"),
        (704, 2014, "un", "member"),
    ]
    assert tables["state_years"].rows() == [(701, 2013, "tkm"), (701, 2014, "tkm"), (704, 2014, "uzb")]


def test_cow_body_years_tell_a_no_from_a_body_that_did_not_exist() -> None:
    years = cow_igo.read_state_years(raw(cow_igo.DATASET, "state-year", STATE_YEARS))["body_years"]
    assert years.filter(pl.col("body") == "sco").rows() == [("sco", 2013), ("sco", 2014)]
    assert years.filter(pl.col("body") == "oldorg").is_empty()


def test_cow_organisation_years_give_the_latest_name_and_the_span() -> None:
    found = cow_igo.read_organisation_years(raw(cow_igo.DATASET, "organisation-year", ORGANISATION_YEARS))[
        "organisations"
    ]
    assert found.rows() == [
        ("sco", "Shanghai Cooperation Organization", 1996, 2001),
        ("un", "United Nations", 1992, 1992),
    ]


def test_cow_organisation_years_give_the_latest_name_in_any_order_of_rows() -> None:
    years = raw(cow_igo.DATASET, "organisation-year", ORGANISATION_YEARS).reverse()
    found = cow_igo.read_organisation_years(years)["organisations"]
    assert found.filter(pl.col("body") == "sco")["name"].item() == "Shanghai Cooperation Organization"


def test_un_votes() -> None:
    votes = un_votes.read_votes(raw(un_votes.DATASET, "votes", VOTES))["votes"]
    assert votes.schema["rcid"] == pl.Int32
    assert votes.with_columns(pl.col("vote").cast(pl.String)).rows()[:3] == [
        (3, "United States", "US", "yes"),
        (3, "Namibia", "NA", "no"),
        (4, "Yemen Arab Republic", None, "abstain"),
    ]


def test_un_roll_calls_read_as_the_assembly_cites_them() -> None:
    calls = un_votes.read_roll_calls(raw(un_votes.DATASET, "roll-calls", ROLL_CALLS))["roll_calls"]
    assert calls["resolution"].to_list() == ["1/66", "1/79", "1/80", "2/1"]
    assert calls["date"][0] == date(1946, 1, 1)
    assert calls["important"].to_list() == [False, True, None, False]
    assert calls["amendment"].to_list() == [True, False, None, False]
    assert calls["paragraph"].to_list() == [False, True, None, False]
    assert calls.row(0, named=True)["title"] == "RULES"


def test_un_issues() -> None:
    assert un_votes.read_issues(raw(un_votes.DATASET, "issues", ISSUES))["issues"].rows() == [
        (3, "me", "Palestinian conflict"),
        (3, "hr", "Human rights"),
    ]


def test_absences_are_added_from_the_first_recorded_vote_to_the_last() -> None:
    votes = un_votes.read_votes(raw(un_votes.DATASET, "votes", VOTES))["votes"]
    calls = un_votes.read_roll_calls(raw(un_votes.DATASET, "roll-calls", ROLL_CALLS))["roll_calls"]
    full = un_votes.with_absences(votes, calls).sort("country", "rcid")
    assert full.columns == ["rcid", "session", "date", "country", "iso2", "vote"]
    assert full.select("country", "iso2", "rcid", "vote").rows() == [
        ("Namibia", "NA", 3, "no"),
        ("Namibia", "NA", 4, "absent"),
        ("Namibia", "NA", 5, "absent"),
        ("Namibia", "NA", 6, "yes"),
        ("United States", "US", 3, "yes"),
        ("United States", "US", 4, "no"),
        ("United States", "US", 5, "absent"),
        ("United States", "US", 6, "yes"),
        ("Yemen Arab Republic", None, 4, "abstain"),
    ]


@pytest.mark.parametrize(
    ("name", "column", "codes"),
    [
        ("cow-igo-v3", "membership", {"0", "1", "2", "3", "-1", "-9"}),
        ("un-votes", "vote", {"yes", "abstain", "no", "1", "2", "3", "8", "9"}),
    ],
)
def test_every_code_is_typed(name: str, column: str, codes: set[str]) -> None:
    found = {code.code: code for code in all_codes() if (code.dataset, code.column) == (name, column)}
    assert set(found) == codes
    assert all(code.word and code.says and isinstance(code.answer, Truth) for code in found.values())
    assert translate(name, column, pl.Series(sorted(codes))).cast(pl.String).to_list() == [
        found[code].word for code in sorted(codes)
    ]


def test_missing_zero_and_inapplicable_stay_apart() -> None:
    answers = {(code.dataset, code.code): code.answer for code in all_codes()}
    assert answers["cow-igo-v3", "0"] is Truth.NO
    assert answers["cow-igo-v3", "-9"] is Truth.UNKNOWN
    assert answers["cow-igo-v3", "-1"] is Truth.NOT_APPLICABLE
    assert answers["un-votes", "8"] is Truth.NO
    assert answers["un-votes", "9"] is Truth.NOT_APPLICABLE


def test_no_code_stands_twice() -> None:
    keys = [(code.dataset, code.column, code.code) for code in all_codes()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("value", "shown"), [("7", "‘7’"), ("", "‘’"), (None, "blank"), ("YES", "‘YES’")])
def test_a_code_that_is_not_known_is_an_error(value: str | None, shown: str) -> None:
    with pytest.raises(SourceError, match=f"has the code {shown}.*Allowed: yes, abstain, no"):
        translate("un-votes", "vote", pl.Series(["yes", value]))


def test_the_datasets_are_found_by_id() -> None:
    assert {"cow-igo-v3", "un-votes"} <= {known.id for known in DATASETS}
    assert dataset("un-votes") is un_votes.DATASET
    with pytest.raises(UnknownNameError, match="Did you mean ‘un-votes’"):
        dataset("un-vote")


@pytest.mark.parametrize("known", DATASETS, ids=lambda known: known.id)
def test_every_dataset_says_where_it_comes_from(known) -> None:
    assert all((known.title, known.version, known.authors, known.citation, known.licence, known.gives))
    assert known.page.startswith("https://")
    assert known.bring and known.terms
    assert all(len(release.sha256) == 64 for part in known.parts for release in part.releases)
