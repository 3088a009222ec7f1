"""A loaded study: readings of what is disputed, days, and what rows rest on."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from chaikhana.core.dates import parse_period
from chaikhana.core.evidence import Citation
from chaikhana.core.truth import Truth
from chaikhana.errors import UnknownNameError
from chaikhana.study.membership import living_bodies, taking_part, ties, year_ends
from chaikhana.study.schema import TABLES
from chaikhana.study.study import Study

TWO_SIDES = {
    "bodies": """
        id,name,form,from,to,cite,basis,rival,side,prefer,reason
        org,Org,formal-organisation,1990-01-01,..,test,document,founding,one,yes,better
        org,Org,formal-organisation,1992-01-01,..,test,document,founding,two,no,
        org,Org,formal-organisation,1994-01-01,..,test,document,founding,three,no,
        """,
    "episodes": """
        id,date,act,summary,cite,basis,rival,side,prefer,reason
        founded,1990-01-01,creation,Founded,test,document,founding,one,yes,better
        founded,1992-01-01,creation,Founded,test,document,founding,two,no,
        other,1993-01-01,other,Something else,test,document,,,,
        """,
}


@pytest.fixture
def disputed(tiny) -> Study:
    return tiny(**TWO_SIDES)


def test_the_default_reading_takes_the_preferred_side(disputed: Study) -> None:
    assert disputed.table("bodies")["from"].to_list() == ["1990-01-01"]
    assert disputed.table("episodes")["id"].to_list() == ["founded", "other"]
    assert disputed.frames["bodies"].height == 3


def test_another_reading(disputed: Study) -> None:
    other = disputed.under({"founding": "two"})
    assert other.table("bodies")["from"].to_list() == ["1992-01-01"]
    assert other.table("episodes")["date"].to_list() == ["1992-01-01", "1993-01-01"]
    assert other.reading == {"founding": "two"}
    assert disputed.reading == {}
    assert other.under({"founding": "one"}).table("bodies")["from"].to_list() == ["1990-01-01"]


def test_a_side_that_a_table_lacks_leaves_that_table_as_it_was(disputed: Study) -> None:
    """Only the bodies know the third side; the founding itself is not thereby unsaid."""
    other = disputed.under({"founding": "three"})
    assert other.table("bodies")["from"].to_list() == ["1994-01-01"]
    assert other.table("episodes")["id"].to_list() == ["founded", "other"]


def test_disputes_with_their_sides(disputed: Study, nordic: Study) -> None:
    assert disputed.disputes() == {"founding": ["one", "two", "three"]}
    assert nordic.disputes()["cbss-suspension-day"] == ["declaration", "press"]


def test_what_is_no_reading(disputed: Study) -> None:
    with pytest.raises(UnknownNameError, match=r"dispute ‘foundin’.*Did you mean ‘founding’"):
        disputed.under({"foundin": "two"})
    with pytest.raises(UnknownNameError, match="side of the dispute ‘founding’ ‘four’"):
        disputed.under({"founding": "four"})
    with pytest.raises(UnknownNameError, match="no table ‘body’"):
        disputed.table("body")


def test_a_reading_of_the_small_study(nordic: Study) -> None:
    """Russia's suspension from the Council of the Baltic Sea States: 3 or 4 March 2022."""
    day = date(2022, 3, 3)

    def status(study: Study) -> list[str]:
        held = study.on("memberships", day).filter(
            (pl.col("actor") == "rus") & (pl.col("body") == "cbss") & (pl.col("holds") == "yes")
        )
        return held["status"].to_list()

    assert status(nordic) == ["suspended"]
    assert status(nordic.under({"cbss-suspension-day": "press"})) == ["founder-member"]


def test_every_side_of_every_dispute_can_be_taken(central_asia: Study) -> None:
    for slug, sides in central_asia.disputes().items():
        for side in sides:
            other = central_asia.under({slug: side})
            taken = [
                frame
                for table in TABLES
                if not (frame := other.table(table.name).filter(pl.col("rival") == slug)).is_empty()
            ]
            assert any(side in frame["side"].to_list() for frame in taken), (slug, side)


def test_on_agrees_with_periods(nordic: Study) -> None:
    for table in (table for table in TABLES if table.period):
        for day in (
            date(1950, 6, 1),
            date(1995, 1, 1),
            date(2009, 11, 4),
            date(2022, 3, 4),
            date(2025, 12, 31),
        ):
            for row in nordic.on(table.name, day).iter_rows(named=True):
                assert row["holds"] == parse_period(row["from"], row["to"]).on(day), row


def test_after_its_last_day_a_study_knows_only_what_has_ended(nordic: Study) -> None:
    beyond = nordic.on("memberships", nordic.about.last_day + timedelta(days=1))
    open_ends = beyond.filter(pl.col("to") == "..")
    assert set(open_ends["holds"]) == {"unknown"}
    assert set(beyond.filter(pl.col("to_latest") <= nordic.about.last_day)["holds"]) == {"no"}


def test_evidence_unions_rows_citations_and_doubts(nordic: Study) -> None:
    frame = nordic.table("memberships")
    doubtful = frame.filter(pl.col("basis") == "unverified")["row"].to_list()
    assert doubtful
    evidence = nordic.evidence(["bodies:4", *doubtful, "bodies:4"])
    assert evidence.rows == ("bodies:4", *doubtful)
    assert evidence.unverified == tuple(doubtful)
    assert evidence.citations[0] == Citation(key="fisiomedical-scandinavian", locator="second paragraph")
    assert len(evidence.citations) == len(set(evidence.citations))
    assert nordic.evidence([]).rows == ()


def test_every_citation_is_in_the_bibliography(nordic: Study, central_asia: Study) -> None:
    for study in (nordic, central_asia):
        rows = [row for frame in study.frames.values() for row in frame["row"]]
        evidence = study.evidence(rows)
        assert len(evidence.rows) == len(rows)
        assert {citation.key for citation in evidence.citations} <= set(study.bibliography)


def test_year_ends(nordic: Study) -> None:
    days = year_ends(nordic)
    assert (days[0], days[-1], len(days)) == (date(1946, 12, 31), date(2025, 12, 31), 80)
    assert year_ends(nordic, date(2024, 6, 1), date(2030, 1, 1)) == [date(2024, 12, 31), date(2025, 12, 31)]
    assert year_ends(nordic, date(2030, 1, 1)) == []


def test_a_last_year_that_is_not_whole_ends_with_the_study(tiny) -> None:
    assert year_ends(tiny(ends="2000-06-30"))[-1] == date(2000, 6, 30)


def test_ties_of_no_day(nordic: Study) -> None:
    found = ties(nordic, [])
    assert found.is_empty()
    assert found.columns == ["day", "actor", "body", "status", "holds", "row"]


def test_partners_sit_at_the_table_of_informal_bodies_alone(nordic: Study) -> None:
    held = taking_part(nordic, [date(2000, 1, 1)])
    assert "partner" in held.filter(pl.col("body") == "pfp")["status"].to_list()
    formal = held.filter(pl.col("form").is_in(["formal-organisation", "treaty-regime"]))
    assert "partner" not in formal["status"].to_list()
    assert "observer" not in held["status"].to_list()


def test_bodies_that_live(nordic: Study) -> None:
    alive = {row["id"]: row["holds"] for row in living_bodies(nordic, date(1994, 6, 1)).to_dicts()}
    assert "eec" not in alive
    assert "osce" not in alive
    assert alive["csce"] == Truth.YES
    assert alive["nordcaps"] == Truth.UNKNOWN
