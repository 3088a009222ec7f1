"""What holds of scenarios whatever they are: nothing supposed is nothing changed, undone is undone, apart is in any order."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chaikhana.errors import ScenarioError
from chaikhana.scenario.edits import Edit
from chaikhana.scenario.laying import lay
from chaikhana.scenario.moves import moved
from chaikhana.scenario.scenario import Scenario, edit_of, from_flag, read_scenario, written
from chaikhana.study.study import Study

ACTORS = ("dnk", "fin", "isl", "nor", "swe", "usa", "gbr", "est")
BODIES = (
    "nordic-council",
    "ncm",
    "efta",
    "eu",
    "nato",
    "cbss",
    "beac",
    "nb8",
    "nordefco",
    "arctic-council",
    "un",
)
years = some.integers(1995, 2024).map(str) | some.dates().map(str).map(lambda day: f"2010{day[4:]}")


@some.composite
def edits(draw: some.DrawFn, bodies: tuple[str, ...] = BODIES, actors: tuple[str, ...] = ACTORS) -> Edit:
    """An edit that touches one of some bodies alone."""
    body, actor, day = draw(some.sampled_from(bodies)), draw(some.sampled_from(actors)), draw(years)
    kind = draw(
        some.sampled_from(("join", "leave", "suspend", "status", "remove", "end-body", "design", "lead"))
    )
    if kind == "remove":
        return edit_of({"do": "remove", "bodies": [body]})
    text = {
        "end-body": f"{body}:{day}",
        "design": f"{body}:secretariat:{draw(some.sampled_from(('yes', 'no', 'unknown')))}:{day}",
        "lead": f"{body}:{actor}:{day}:co-lead",
        "status": f"{actor}:{body}:observer:{day}",
    }
    return from_flag(kind, text.get(kind, f"{actor}:{body}:{day}"))


def of(*made: Edit) -> Scenario:
    """A scenario of these edits."""
    return Scenario(title="A test", edits=made)


def same(one: Study, other: Study) -> bool:
    """Whether every table is the same, bit for bit, rows and their ids included."""
    return all(frame.equals(other.frames[name]) for name, frame in one.frames.items())


def test_an_empty_scenario_changes_nothing_bit_for_bit(nordic: Study, central_asia: Study) -> None:
    for study in (nordic, central_asia):
        laid = lay(study, of())
        assert same(laid.study, study)
        assert not laid.changes


def test_an_empty_scenario_moves_nothing(nordic: Study) -> None:
    found = moved(lay(nordic, of()))
    assert not found.moves
    assert not found.flips
    assert sum(found.compared.values()) > 100


@given(
    some.sampled_from([("nor", "eu"), ("usa", "nordefco"), ("fin", "arctic-council"), ("est", "ncm")]),
    some.sampled_from(("member", "observer", "partner")),
    years,
)
def test_who_joins_and_leaves_on_one_day_has_not_joined(
    nordic: Study, tie: tuple[str, str], status: str, day: str
) -> None:
    actor, body = tie
    if nordic.table("memberships").filter((pl.col("actor") == actor) & (pl.col("body") == body)).height:
        return
    gone = edit_of({"do": "status", "actor": actor, "body": body, "status": "withdrawn", "on": day})
    try:
        laid = lay(nordic, of(from_flag("join", f"{actor}:{body}:{day}:{status}"), gone))
    except ScenarioError as error:
        assert "before" in str(error)
        return
    ties = laid.study.table("memberships").filter((pl.col("actor") == actor) & (pl.col("body") == body))
    assert set(ties["status"]) <= {"withdrawn"}


@given(some.sampled_from(ACTORS[:5]), some.sampled_from(("un", "nordic-council", "ncm", "npu")), years)
def test_edits_that_cancel_out_change_nothing(nordic: Study, actor: str, body: str, day: str) -> None:
    for turn in ("leave", "suspend"):
        laid = lay(
            nordic, of(from_flag(turn, f"{actor}:{body}:{day}"), from_flag("join", f"{actor}:{body}:{day}"))
        )
        assert not laid.changes
        assert same(laid.study, nordic)


@given(some.sampled_from(("add-body", "add-agreement", "lead", "move")), years)
def test_what_is_added_and_taken_away_leaves_nothing(nordic: Study, kind: str, day: str) -> None:
    pairs = {
        "add-body": (
            {
                "do": "add-body",
                "body": "north",
                "name": "North",
                "form": "programme",
                "on": day,
                "members": ["nor"],
            },
            {"do": "remove", "bodies": ["north"]},
        ),
        "add-agreement": (
            {
                "do": "add-agreement",
                "agreement": "pact",
                "title": "Pact",
                "on": day,
                "parties": ["nor", "swe"],
            },
            {"do": "drop-agreement", "agreement": "pact"},
        ),
        "lead": (
            {"do": "lead", "body": "un", "actor": "usa", "on": day},
            {"do": "unlead", "body": "un", "actor": "usa", "on": day},
        ),
        "move": (
            {"do": "move", "table": "bodies", "where": {"id": "nb8"}, "column": "from", "to": day},
            {"do": "move", "table": "bodies", "where": {"id": "nb8"}, "column": "from", "to": "2000-08-30"},
        ),
    }
    laid = lay(nordic, of(*(edit_of(one) for one in pairs[kind])))
    assert not laid.changes
    assert same(laid.study, nordic)


@settings(max_examples=50)
@given(edits(BODIES[:5]), edits(BODIES[5:]))
def test_scenarios_commute_where_they_touch_different_rows(nordic: Study, one: Edit, other: Edit) -> None:
    try:
        first, second = lay(nordic, of(one)), lay(nordic, of(other))
    except ScenarioError:
        return
    touched = [{change.row for change in laid.changes if change.what != "new"} for laid in (first, second)]
    if touched[0] & touched[1]:
        return
    there, back = lay(nordic, of(one, other)), lay(nordic, of(other, one))
    assert same(there.study, back.study)
    assert len(there.changes) == len(first.changes) + len(second.changes)


@given(some.lists(edits(), max_size=5), some.text(min_size=1), some.text())
def test_a_scenario_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, made: list[Edit], title: str, why: str
) -> None:
    scenario = Scenario(title=title, edits=tuple(made), why=why)
    path = tmp_path_factory.mktemp("scenario") / "mine.toml"
    path.write_bytes(written(scenario).encode())
    again = read_scenario(path)
    assert (again.title, again.why, again.edits) == (title, why, tuple(made))
