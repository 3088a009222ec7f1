"""`chaikhana classify`: the list, a finding in three forms, its trace, its robustness, and mistakes."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from chaikhana.cli.main import app
from chaikhana.errors import ChaikhanaError
from chaikhana.sources import store

KEYS = {"framework", "subject", "on", "verdict", "label", "share", "steps", "missing", "assumptions"}
STEP = {"rule", "locator", "value", "outcome", "evidence"}


def run(*arguments: str) -> str:
    found = CliRunner().invoke(app, ["classify", *arguments])
    if isinstance(found.exception, ChaikhanaError):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.stdout


def test_the_list_says_what_each_asks_and_needs():
    listed = json.loads(run("--json"))
    assert "regionness" in {one["framework"] for one in listed}
    for one in listed:
        assert one["asks"].endswith("?")
        assert one["needs"]
        assert one["levels"]
        assert {choice["choice"] for choice in one["choices"]} >= {"unknowns"}


def test_a_finding_as_json():
    (found,) = json.loads(run("regionness", "--study", "central-asia", "--on", "2018", "--json"))
    assert set(found) >= KEYS
    assert found["share"] is None
    assert all(set(step) >= STEP for step in found["steps"])
    assert found["steps"][1]["evidence"]["citations"]


def test_a_span_is_one_finding_a_year():
    lines = list(csv.DictReader(io.StringIO(run("regionness", "--from", "2000", "--to", "2004", "--csv"))))
    assert [line["on"] for line in lines] == [f"{year}-12-31" for year in range(2000, 2005)]


def test_a_trace_names_rules_places_rows_and_choices():
    said = run("regionness", "--on", "2018", "--trace")
    for text in (
        "MIXED: 3 of 5",
        "[yes] security-complex",
        "thesis2018, section 1.1",
        "rows ",
        "Assumptions:",
    ):
        assert text in said


def test_a_trace_leaves_out_what_is_not_asked_of_the_subject():
    said = run("regional-order", "--subject", "rule-non-intervention", "--on", "2020", "--trace")
    assert "[yes] breaches-acknowledged" in said
    assert "Not asked" not in said


def test_robustness_says_share_moves_and_curve():
    (found,) = json.loads(run("regionness", "--on", "2018", "--robust", "--json"))
    told = found["robustness"]
    assert told["specifications"] >= 1000
    assert found["share"] == told["share"]
    assert sum(one["specifications"] for one in told["outcomes"]) == told["specifications"]
    assert {move["choice"] for move in told["moves"]} >= {"breadth", "unknowns"}
    scores = [point["low"] + point["high"] for point in told["curve"]]
    assert scores == sorted(scores)


def test_a_choice_may_be_set_and_is_told():
    (found,) = json.loads(run("regionness", "--on", "2018", "--set", "breadth=1", "--json"))
    assert found["choices"]["breadth"] == 1
    assert not found["label"].startswith("3 of 5")


def test_any_states_of_a_source(data):
    store.add("cow-igo-v3", next((data / "cow_igo_v3").glob("state_year*")))
    (found,) = json.loads(
        run("regionness", "--source", "cow-igo-v3", "--states", "dnk,nor,swe", "--on", "2010", "--json")
    )
    assert (found["subject"], found["verdict"]) == ("dnk-nor-swe", "undetermined")
    assert found["missing"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["regionnes"], "Did you mean ‘regionness’"),
        (["regionness", "--subject", "nobody"], "Allowed: central-asia"),
        (["regionness", "--on", "1950"], "speaks of 1991-08-31"),
        (["regionness", "--set", "window"], "write CHOICE=VALUE"),
        (["regionness", "--set", "windows=3"], "Did you mean ‘window’"),
        (["regionness", "--set", "window=long"], "takes a number"),
        (["regionness", "--on", "2010", "--from", "2001"], "not both"),
        (["regionness", "--from", "2010", "--to", "2001"], "Put the two in order"),
        (["regionness", "--states", "dnk"], "--states goes with --source"),
        (["regionness", "--source", "cow-igo-v3", "--study", "central-asia"], "not both"),
        (["regionness", "--source", "cow-igo-v3", "--states", "dnk,nor"], "is not in the store"),
    ],
)
def test_a_mistake_says_what_to_do(arguments, says, monkeypatch, tmp_path):
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path))
    with pytest.raises(ChaikhanaError, match=says):
        run(*arguments)
