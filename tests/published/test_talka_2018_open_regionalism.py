"""Talka (2018): which bodies are open, and whether they are kept less than the closed ones."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.core.choices import filled
from chaikhana.core.findings import Verdict
from chaikhana.frameworks import running
from chaikhana.frameworks import talka_2018_open_regionalism as openness

DAY = date(2018, 12, 31)


@pytest.fixture(scope="module")
def found(central_asia):
    return {one.subject: one for one in running.of_all(openness.FRAMEWORK, central_asia, DAY)}


@pytest.mark.parametrize(
    ("body", "label"), [("eco", "open"), ("sco", "open"), ("csto", "closed"), ("eaeu", "closed")]
)
def test_open_and_closed_as_the_thesis_has_them(found, body, label):
    """Sections 6.3 to 6.6 and 6.7.4: SCO and ECO are open, the two bodies that Russia leads are of the old kind."""
    assert found[body].label == label
    assert next(step for step in found[body].steps if step.rule == "as-the-paper-codes").outcome == "yes"


@pytest.mark.parametrize("open_", ["eco", "sco"])
@pytest.mark.parametrize("closed", ["csto", "eaeu"])
def test_each_open_body_is_surely_more_open_than_each_closed_one(found, open_, closed):
    assert found[open_].score.low > found[closed].score.high


def test_the_open_bodies_are_not_less_kept(found, central_asia):
    """Section 6.7.4: commitment to the open bodies is no less than to the closed ones."""
    assert found["central-asia"].verdict is Verdict.HOLDS
    facts = running.gathered(openness.FRAMEWORK, central_asia, "central-asia", DAY)
    cells = openness.cells_of(facts, filled(openness.CHOICES))
    pairs = {(cell.body, cell.state) for cell in cells}
    assert pairs >= {("eco", state) for state in central_asia.about.members}
    assert pairs >= {(body, state) for body in ("sco", "csto") for state in ("kaz", "kgz", "tjk", "uzb")}
    assert pairs >= {("eaeu", "kaz"), ("eaeu", "kgz")}


def test_eco_alone_of_the_four_has_all_five(central_asia):
    """Section 6.6: the only one of the four of which every state of the five is a member."""
    held = central_asia.on("memberships", DAY)
    full = {
        body: set(
            held.filter(
                (held["body"] == body)
                & (held["holds"] == "yes")
                & held["status"].is_in(["member", "founder-member"])
            )["actor"]
        )
        & set(central_asia.about.members)
        for body in ("eco", "sco", "csto", "eaeu")
    }
    assert [body for body, states in full.items() if len(states) == 5] == ["eco"]


def test_a_choice_moves_what_counts_as_open(central_asia):
    strict = openness.classify(central_asia, "eco", DAY, {"open": 0.99})
    assert strict.label == "closed"
