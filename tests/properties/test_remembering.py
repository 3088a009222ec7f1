"""Choices that remember find what plain choices find, for any test and any order of specifications."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaikhana.core.remembering import Remembering, recalled
from chaikhana.frameworks import catalogue, running
from chaikhana.frameworks.robustness import robust

VALUES = {"a": (0, 1, 2), "b": ("x", "y"), "c": (0.5, 1.5), "d": (False, True)}


def reads(chosen):
    """A test that reads different choices on different paths, some of them twice."""
    if chosen["a"] == 0:
        return ("none",)
    if chosen["a"] == 1:
        return ("b", chosen["b"], chosen["b"])
    return ("c", chosen["c"], recalled(chosen, "inner", lambda: inner(chosen)))


def inner(chosen):
    return chosen["d"] and chosen["a"]


specifications = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})
)


@given(specifications)
def test_remembered_is_what_is_found_anew(drawn):
    memory = {}
    for chosen in drawn:
        held = Remembering(chosen, memory)
        assert recalled(held, "outer", lambda held=held: reads(held)) == reads(chosen)


def test_a_test_runs_once_for_what_it_reads():
    memory, ran = {}, []

    def find(chosen):
        ran.append(1)
        return chosen["b"]

    for a in (0, 1, 2):
        for b in ("x", "y", "x"):
            held = Remembering({"a": a, "b": b}, memory)
            assert recalled(held, "test", lambda held=held: find(held)) == b
    assert len(ran) == 2


def test_a_test_that_reads_nothing_runs_once():
    memory, ran = {}, []
    for a in range(5):
        recalled(Remembering({"a": a}, memory), "test", lambda: ran.append(1))
    assert len(ran) == 1


def test_a_failure_leaves_nothing_behind():
    memory = {}
    held = Remembering({"a": 1}, memory)
    with pytest.raises(ZeroDivisionError):
        recalled(held, "test", lambda: held["a"] / 0)
    assert memory == {}
    assert recalled(held, "test", lambda: held["a"]) == 1


def test_it_reads_like_a_mapping():
    held = Remembering({"a": 1, "b": 2}, {})
    assert dict(held) == {"a": 1, "b": 2}
    assert len(held) == 2
    assert "c" not in held


@pytest.mark.parametrize("framework", catalogue.FRAMEWORKS, ids=lambda one: one.name)
def test_every_framework_is_judged_alike_with_and_without_memory(framework, central_asia):
    """The slow twin: each specification judged by itself."""
    day = date(2018, 12, 31)
    everyone = framework.subjects(central_asia)
    for subject in random.Random(7).sample(everyone, min(4, len(everyone))):
        facts = running.gathered(framework, central_asia, subject, day)
        found = robust(framework, central_asia, subject, day, most=60, readings=False, facts=facts)
        for point in found.curve:
            plain = framework.judge(
                facts, {key: value for key, value in point.chosen.items() if key != "reading"}
            )
            assert (point.verdict, point.label, point.score) == (plain.verdict, plain.label, plain.score)
