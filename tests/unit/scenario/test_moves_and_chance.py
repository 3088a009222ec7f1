"""What a scenario moves, by value and by rule; counterparts by chance; networks dealt out anew; positions over draws."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError
from chaikhana.measures.catalogue import MEASURES, measure, run
from chaikhana.scenario import telling
from chaikhana.scenario.chance import against_chance, counterpart, key_of_move
from chaikhana.scenario.drawn_moves import positions
from chaikhana.scenario.laying import lay
from chaikhana.scenario.moves import differences, moved
from chaikhana.scenario.rewired import beyond_size, rewired_studies
from chaikhana.scenario.scenario import Scenario, edit_of, from_flag
from chaikhana.study.membership import ties
from chaikhana.study.study import Study

JOIN = Scenario(title="Norway joins", edits=(from_flag("join", "nor:eu:1995-01-01"),))
REMOVE = Scenario(title="No NATO", edits=(edit_of({"do": "remove", "bodies": ["nato", "pfp"]}),))
CHEAP = [
    measure(name) for name in ("membership", "membership-counts", "state-overlap", "exclusivity", "groups")
]


def table(*rows: dict[str, object]) -> Measured:
    """A measure's table by hand."""
    return Measured(name="made", title="", definition="", reference="", frame=pl.DataFrame(rows))


def test_values_are_told_apart_by_the_first_columns_and_compared_behind_them() -> None:
    before = table(
        {"actor": "a", "year": 2000, "low": 1, "high": 2, "word": "x", "rows": ["t:1"]},
        {"actor": "b", "year": 2000, "low": 1, "high": 1, "word": "x", "rows": ["t:2"]},
        {"actor": "b", "year": 2001, "low": 5, "high": 5, "word": "x", "rows": ["t:3"]},
    )
    after = table(
        {"actor": "a", "year": 2000, "low": 2, "high": 2, "word": "y", "rows": ["t:1"]},
        {"actor": "b", "year": 2000, "low": 1, "high": 1, "word": "x", "rows": ["t:9"]},
        {"actor": "c", "year": 2001, "low": 7, "high": 7, "word": "x", "rows": ["t:4"]},
    )
    found = differences(before, after)
    assert [(one.what, dict(one.key), one.column) for one in found] == [
        ("changed", {"actor": "a", "year": 2000}, "value"),
        ("changed", {"actor": "a", "year": 2000}, "word"),
        ("gone", {"actor": "b", "year": 2001}, ""),
        ("new", {"actor": "c", "year": 2001}, ""),
    ]
    assert (found[0].before, found[0].after, found[0].difference) == ((1, 2), (2, 2), (0, 1))
    assert found[1].difference is None
    assert found[0].rows == ("t:1",)


def test_a_bound_and_a_word_of_one_name_stay_two_values() -> None:
    row = {"actor": "a", "access_low": 0.1, "access_high": 0.2, "access": "low"}
    found = differences(table(row), table({**row, "access_low": 0.2, "access": "high"}))
    assert [one.column for one in found] == ["access bounds", "access"]


def test_every_measure_and_framework_is_compared(nordic: Study) -> None:
    found = moved(lay(nordic, JOIN))
    assert {one.name for one in MEASURES} <= found.compared.keys() | found.silent.keys()
    assert all("derive" in why or "dataset" in why for why in found.silent.values())
    moves = {(one.measure, tuple(one.key.values())): one for one in found.moves}
    assert moves["membership", ("nor", "eu")].what in ("new", "changed")
    assert any(one.measure == "membership-counts" and one.difference == (1, 1) for one in found.moves)


def test_a_flip_names_the_rules_that_turned(central_asia: Study) -> None:
    laid = lay(central_asia, Scenario(title="t", edits=(from_flag("join", "uzb:eaeu:2021-01-01"),)))
    found = moved(laid, measures=())
    lenses = next(
        one for one in found.flips if (one.framework, one.subject) == ("institutional-lenses", "eaeu")
    )
    assert lenses.flipped
    assert lenses.before is not None
    assert lenses.after is not None
    assert lenses.before.label != lenses.after.label
    turned = {
        turn.rule
        for turn in lenses.turns
        if turn.before and turn.after and turn.before.outcome != turn.after.outcome
    }
    assert "common-line" in turned
    listed = dict(telling.flips_listed(found.flips))
    assert any(head.startswith("institutional-lenses, eaeu") for head in listed)


def test_the_data_give_before_after_difference_interval_and_null(nordic: Study) -> None:
    laid = lay(nordic, JOIN)
    found = moved(laid, measures=CHEAP, frameworks=())
    chance = against_chance(laid, found, 3)
    data = telling.whatif_data(laid, found, chance, None)
    one = next(one for one in data["measures"] if one["interval"])
    assert {"before", "after", "difference", "interval", "null"} <= one.keys()
    assert one["difference"] == sum(one["interval"]) / 2
    assert one["null"]["draws"] == 3
    assert set(chance[0]) == {key_of_move(move) for move in found.moves}


def test_a_counterpart_removes_as_many_bodies_and_joins_another(nordic: Study) -> None:
    rng = random.Random(1)
    for scenario, count in ((REMOVE, 2), (JOIN, 0)):
        laid = lay(nordic, scenario)
        drawn = [counterpart(laid, date(2020, 1, 1), rng) for _ in range(12)]
        again = [lay(nordic, one) for one in drawn]
        assert {len(one.removed) for one in again} == {count}
        assert len({str(one.edits) for one in drawn}) > 3
        assert all(one.changes for one in again)


def test_chance_has_no_counterpart_where_no_body_is_named(nordic: Study) -> None:
    edit = edit_of({"do": "move", "table": "bodies", "where": {"id": "nb8"}, "column": "from", "to": "1999"})
    laid = lay(nordic, Scenario(title="t", edits=(edit,)))
    with pytest.raises(BadValueError, match="this scenario has none"):
        counterpart(laid, date(2020, 1, 1), random.Random(1))
    with pytest.raises(BadValueError, match="Between 1 and"):
        against_chance(laid, moved(laid, measures=(), frameworks=()), 0)


def test_positions_differ_by_the_scenario_alone(nordic: Study) -> None:
    empty = positions(lay(nordic, Scenario(title="t", edits=())), date(2020, 1, 1), draws=20)
    assert set(empty["change"].drop_nulls()) <= {0.0}
    assert empty["chance"].null_count() == empty.height
    without = positions(lay(nordic, REMOVE), date(2020, 1, 1), draws=20)
    assert without["chance"].null_count() < without.height
    assert without["change"].drop_nulls().abs().max() > 0  # type: ignore[operator]


def test_rewired_studies_keep_how_many_ties_of_each_status_everybody_has(nordic: Study) -> None:
    day = date(2020, 1, 1)
    held = ties(nordic, [day])
    for again in rewired_studies(nordic, day, 3, 1):
        dealt = again.frames["memberships"]
        for column in ("actor", "body"):
            count = [frame.group_by(column, "status").len().sort(column, "status") for frame in (held, dealt)]
            assert count[0].equals(count[1])
    assert (
        not dealt.select("actor", "body")
        .sort("actor", "body")
        .equals(held.select("actor", "body").sort("actor", "body"))
    )


def test_a_measure_is_held_against_networks_of_the_same_sizes(nordic: Study) -> None:
    entry = measure("state-overlap")
    found = beyond_size(entry, nordic, date(2020, 1, 1), draws=60)
    assert found.height >= run(entry, nordic, date(2020, 1, 1)).frame.height
    assert set(found["beyond"].drop_nulls()) <= {"high", "low", "as size has it"}
    known = found.drop_nulls("expected")
    assert known.filter(pl.col("as_high") + pl.col("as_low") < 1).is_empty()
    again = beyond_size(entry, nordic, date(2020, 1, 1), draws=60)
    assert found.equals(again)


def test_what_cannot_be_rewired(nordic: Study) -> None:
    with pytest.raises(BadValueError, match="of no day"):
        beyond_size(measure("bridging"), nordic)
    with pytest.raises(BadValueError, match="does not move"):
        beyond_size(measure("hardness"), nordic, draws=3)
    with pytest.raises(BadValueError, match="Between 1 and"):
        beyond_size(measure("state-overlap"), nordic, draws=0)
