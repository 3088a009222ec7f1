"""Measures over datasets: what each is asked for, which rows it gives, and what it refuses."""

from __future__ import annotations

import polars as pl
import pytest

from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.measures.on_sources import SOURCE_MEASURES, Asked, on_source
from chaikhana.sources.catalogue import DATASETS
from samples.cow_mids import SAMPLES as DISPUTES
from samples.cow_trade import SAMPLES as TRADE
from samples.polity5 import SAMPLES as POLITY
from samples.sipri_arms import SAMPLES as ARMS
from samples.un_general_debate import SAMPLES as SPEECHES
from samples.vdem import SAMPLES as VDEM

VOTES = "rcid,country,country_code,vote\n" + "".join(
    f"{call},{name},{code},{vote}\n"
    for call, votes in enumerate(("yyn", "yna", "nny", "yay"), start=1)
    for (name, code), vote in zip(
        (("Denmark", "DK"), ("Norway", "NO"), ("Russia", "RU")),
        ({"y": "yes", "n": "no", "a": "abstain"}[one] for one in votes),
        strict=True,
    )
)
CALLS = "rcid,session,importantvote,date,unres,amend,para,short,descr\n" + "".join(
    f"{call},{60 + call % 2},0,2005-10-01,R/60/{call},0,0,A,B\n" for call in range(1, 5)
)
ISSUES = "rcid,short_name,issue\n1,me,Palestinian conflict\n2,me,Palestinian conflict\n"
UN = {"votes": VOTES.encode(), "roll-calls": CALLS.encode(), "issues": ISSUES.encode()}


def test_agreement_of_one_session_and_of_all(add_sample) -> None:
    kept = add_sample("un-votes", UN)
    every = on_source("vote-agreement", kept, Asked()).frame
    assert every.columns == ["iso3_1", "iso3_2", "session", "votes", "share", "agreement", "kappa", "pi"]
    assert every.select("iso3_1", "iso3_2", "session", "votes").rows() == [
        ("DNK", "NOR", 60, 2), ("DNK", "RUS", 60, 2), ("NOR", "RUS", 60, 2),
        ("DNK", "NOR", 61, 2), ("DNK", "RUS", 61, 2), ("NOR", "RUS", 61, 2),
    ]  # fmt: skip
    one = on_source("vote-agreement", kept, Asked(session=61))
    assert one.frame.equals(every.filter(pl.col("session") == 61))
    # calls 1 and 3: Denmark yes, no; Russia no, yes
    assert (
        one.frame.filter((pl.col("iso3_1") == "DNK") & (pl.col("iso3_2") == "RUS"))["agreement"].item() == 0
    )
    assert "version sample" in one.assumptions[0]
    assert "sha256" in one.assumptions[0]


def test_states_keep_the_pairs_in_which_one_of_them_is(add_sample) -> None:
    kept = add_sample("un-votes", UN)
    frame = on_source("vote-agreement", kept, Asked(states=("nor",), session=60)).frame
    assert frame.select("iso3_1", "iso3_2").rows() == [("DNK", "NOR"), ("NOR", "RUS")]


def test_joint_memberships_of_some_years(add_sample) -> None:
    text = "ccode,year,state,un,nato\n" + "".join(
        f"{code},{year},{code},1,{int(year > 2010)}\n" for year in (2010, 2011) for code in (385, 390)
    )
    kept = add_sample("cow-igo-v3", {"state-year": text.encode()})
    every = on_source("joint-memberships", kept, Asked()).frame
    assert every.rows() == [(385, 390, 2010, 1), (385, 390, 2011, 2)]
    assert on_source("joint-memberships", kept, Asked(first=2011)).frame.rows() == [(385, 390, 2011, 2)]


def test_a_set_of_states_must_be_named(add_sample) -> None:
    kept = add_sample("un-votes", UN)
    with pytest.raises(BadValueError, match=r"is of a set of states.*--states"):
        on_source("cohesion", kept, Asked())
    frame = on_source("cohesion", kept, Asked(states=("dnk", "nor"))).frame
    assert frame.select("session", "voters").rows() == [(60, 2), (61, 2)]
    issues = on_source("agreement-by-issue", kept, Asked(states=("dnk", "nor"))).frame
    assert issues["issue"].unique().to_list() == ["Palestinian conflict"]


@pytest.mark.parametrize(
    ("name", "dataset", "samples", "columns"),
    [
        ("trade-partners", "cow-trade-v4", TRADE, {"year", "state", "partner", "share", "rank"}),
        ("trade-concentration", "cow-trade-v4", TRADE, {"year", "state", "herfindahl"}),
        ("arms-suppliers", "sipri-arms", ARMS, {"recipient", "supplier", "share_low", "share_high"}),
        ("arms-concentration", "sipri-arms", ARMS, {"recipient", "herfindahl_low"}),
        ("regime-likeness", "vdem", VDEM, {"state1", "state2", "year", "likeness"}),
        ("regime-likeness", "polity5", POLITY, {"state1", "state2", "year", "likeness"}),
        ("disputes", "cow-mids", DISPUTES, {"state1", "state2", "year", "disputes"}),
    ],
)
def test_panels_of_other_datasets(name: str, dataset: str, samples, columns: set[str], add_sample) -> None:
    found = on_source(name, add_sample(dataset, samples), Asked())
    assert columns <= set(found.frame.columns)
    assert found.title
    assert found.reference


def test_speech_needs_the_words_of_a_study(add_sample, nordic) -> None:
    kept = add_sample("un-general-debate", SPEECHES)
    with pytest.raises(BadValueError, match="a study's own"):
        on_source("speech-frames", kept, Asked())
    frame = on_source("speech-frames", kept, Asked(study=nordic)).frame
    assert set(frame["frame"]) == set(nordic.about.frames)


@pytest.mark.parametrize(
    ("name", "asked", "error", "message"),
    [
        ("vote-agrement", Asked(), UnknownNameError, "Did you mean ‘vote-agreement’"),
        ("trade-partners", Asked(), UnknownNameError, "no dataset of the measure trade-partners ‘un-votes’"),
        ("vote-agreement", Asked(states=("xyz",)), UnknownNameError, "no state ‘xyz’"),
        ("vote-agreement", Asked(session=9), BadValueError, "has nothing of what was asked"),
        ("vote-agreement", Asked(first=1800, last=1801), BadValueError, "has nothing of what was asked"),
    ],
)
def test_what_cannot_be_given_is_told(name, asked, error, message, add_sample) -> None:
    kept = add_sample("un-votes", UN)
    with pytest.raises(error, match=message):
        on_source(name, kept, asked)


def test_a_session_is_asked_of_measures_of_sessions_alone(add_sample) -> None:
    with pytest.raises(BadValueError, match="is not of sessions"):
        on_source("trade-partners", add_sample("cow-trade-v4", TRADE), Asked(session=3))


def test_every_panel_is_of_a_dataset_that_can_be_read() -> None:
    known = {one.id for one in DATASETS}
    for entry in SOURCE_MEASURES:
        assert set(entry.panels) <= known, entry.name
        assert entry.definition
        assert entry.reference
