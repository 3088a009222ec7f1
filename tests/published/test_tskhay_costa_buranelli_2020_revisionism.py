"""Tskhay and Costa Buranelli (2020) on revisionism: levels, votes, and access made harder."""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.frameworks import cooley_2019_kinds_of_revisionism as kinds
from chaikhana.frameworks import goddard_2018_embedded_revisionism as embedded

DAY = date(2018, 12, 31)


def test_the_answers_of_russia_differ_by_level(central_asia):
    """Section *Conceptualising Revisionism in Eurasia*: positionalist or status quo there, revolutionary here."""
    own = {"reported": "no"}
    assert kinds.classify(central_asia, "rus@international", DAY, own).label == "positionalist"
    assert kinds.classify(central_asia, "rus@regional", DAY, own).label == "revolutionary"


def test_analysts_differ_on_the_international_level(central_asia):
    """Same section: some take it for a status quo power, so that several coders leave the kind open."""
    found = kinds.classify(central_asia, "rus@international", DAY)
    assert found.verdict.value == "undetermined"
    assert found.steps[0].outcome.value == "yes"
    assert 0 < found.steps[2].value < 1


def test_kazakhstan_abstained_on_syria_in_the_security_council(central_asia):
    """Section *Central Asia and Balancing Regionalism*."""
    acts = central_asia.table("episodes").filter(pl.col("id") == "2018-unsc-syria-abstention")
    assert acts["act"].to_list() == ["abstention"]
    assert acts["actors"].to_list() == [["kaz"]]


def test_regional_networks_are_several(central_asia):
    """Section *Conceptualising Revisionism in Eurasia*: at the regional level there are networks, not one network."""
    found = embedded.classify(central_asia, "rus", date(2014, 12, 31))
    assert set(found.steps[2].value) == {"regional", "regional-formal", "regional-informal", "world"}


def test_every_state_has_a_place_in_the_world_s_network_to_2014(central_asia):
    for actor in embedded.subjects(central_asia):
        if actor != "eu":
            found = embedded.classify(central_asia, actor, date(2014, 12, 31), {"network": "world"})
            assert found.label in embedded.LEVELS, actor
