"""`chaikhana whatif` and `chaikhana formats` at the command line."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chaikhana.cli.main import run
from chaikhana.scenario.scenario import read_scenario

NORDIC = "tests/studies/nordic"
Say = Callable[..., str]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Run a command; what it prints."""

    def said(*args: object) -> str:
        monkeypatch.setattr(sys, "argv", ["chaikhana", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            run()
        told = capsys.readouterr()
        assert end.value.code == 0, told.err
        return told.out

    return said


def test_whatif_speaks_json_with_before_after_difference_interval_and_null(say: Say) -> None:
    told = json.loads(
        say("whatif", NORDIC, "--join", "nor:eu:1995", "--on", "2020", "--draws", "8", "--json")
    )
    assert told["scenario"]["edits"] == ["nor joins eu on 1995 as member"]
    assert told["on"] == "2020-12-31"
    one = next(one for one in told["measures"] if one["interval"])
    assert {"before", "after", "difference", "interval", "null", "rows"} <= one.keys()
    assert {row["position"] for row in told["positions"]} == {"access", "brokerage"}
    assert [row["what"] for row in told["rows"]].count("new") == 1


def test_whatif_tells_eyes_what_moved(say: Say) -> None:
    told = say("whatif", NORDIC, "--remove-body", "nato", "--draws", "0")
    for part in (
        "1. without nato",
        "Rows of the study",
        "Findings that flip",
        "Measures that move",
        "membership",
    ):
        assert part in told


def test_whatif_shows_one_measure_and_csv(say: Say) -> None:
    told = say("whatif", NORDIC, "--remove-body", "nato", "--show", "exclusivity")
    assert "exclusivity" in told
    rows = list(
        csv.DictReader(
            io.StringIO(say("whatif", NORDIC, "--remove-body", "nato", "--show", "groups", "--csv"))
        )
    )
    assert rows
    assert {row["measure"] for row in rows} == {"groups"}


def test_a_null_is_given_where_it_is_asked(say: Say) -> None:
    told = json.loads(
        say(
            "whatif",
            NORDIC,
            "--remove-body",
            "nato",
            "--show",
            "exclusivity",
            "--null",
            "2",
            "--draws",
            "0",
            "--json",
        )
    )
    assert all(one["null"]["draws"] == 2 for one in told["measures"])


def test_a_scenario_is_saved_and_run_again(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    flags = (
        "--leave",
        "swe:eu:2010",
        "--design",
        "nb8:secretariat:yes:2010",
        "--draws",
        "0",
        "--show",
        "membership",
    )
    first = say("whatif", NORDIC, *flags, "--save", path, "--csv")
    assert len(read_scenario(path).edits) == 2
    again = say("whatif", NORDIC, "--scenario", path, "--draws", "0", "--show", "membership", "--csv")
    assert again == first


def test_the_scenarios_and_initiatives_of_a_study_are_listed(say: Say) -> None:
    told = json.loads(say("whatif", "central-asia", "--json"))
    assert {one["scenario"] for one in told} == {
        "no-sco",
        "turkmenistan-in-the-ots",
        "uzbekistan-in-the-eaeu",
    }
    told = json.loads(say("formats", "central-asia", "--json"))
    assert {one["initiative"] for one in told} == {"common-tariff", "visa-recognition", "water-commission"}


def test_the_central_claim_in_three_forms(say: Say) -> None:
    args = ("whatif", "central-asia", "--central-claim", "--from", "2015", "--to", "2016", "--draws", "6")
    assert "Russia's access" in say(*args)
    told = json.loads(say(*args, "--json"))
    assert told["draws"] == 6
    assert {row["verdict"] for row in told["overall"]} <= {"supported", "contradicted", "undetermined"}
    assert {row["year"] for row in csv.DictReader(io.StringIO(say(*args, "--csv")))} == {"2015", "2016"}


def test_formats_tells_who_could_join_and_what_stands_in_the_way(say: Say) -> None:
    told = say("formats", "central-asia", "--initiative", "water-commission")
    for part in ("Who could join in which form", "doctrine", "Precedents, nearest first", "CA-4"):
        assert part in told
    told = say("formats", "central-asia", "--issue", "water", "--depth", "treaty", "--who", "kaz,uzb")
    assert told.startswith("CA-2: kaz, uzb")


def test_formats_in_json_has_every_reason_with_what_its_rows_cite(say: Say) -> None:
    told = json.loads(
        say(
            "formats",
            "central-asia",
            "--issue",
            "customs",
            "--depth",
            "common-tariff",
            "--closed",
            "--with",
            "rus",
            "--json",
        )
    )
    whole = next(one for one in told["formats"] if not one["without"] and not one["outsiders"])
    barred = next(one for one in whole["in_the_way"] if one["kind"] == "bars")
    assert barred["rows"]
    assert barred["cites"]
    assert barred["locator"].startswith("moldashev2018")
    rows = list(
        csv.DictReader(io.StringIO(say("formats", NORDIC, "--issue", "trade", "--depth", "treaty", "--csv")))
    )
    assert len(rows) == 26 * 10
    assert rows[0]["bars"] == "0"


def test_a_measure_is_held_against_rewired_networks(say: Say) -> None:
    told = json.loads(
        say("measure", "exclusivity", "--study", NORDIC, "--on", "2020", "--rewired", "5", "--json")
    )
    assert {"observed", "expected", "as_high", "as_low", "beyond"} <= told[0].keys()
