"""Tskhay and Costa Buranelli (2020), as far as the study's tables answer them."""

from __future__ import annotations

import polars as pl


def test_the_vote_on_the_territorial_integrity_of_ukraine(central_asia):
    """Section *Central Asia and Balancing Regionalism*, note 9: two abstained, the other three did not vote."""
    votes = central_asia.derived["votes"].frame.filter(pl.col("resolution") == "68/262")
    cast = dict(votes.select("actor", "vote").iter_rows())
    assert {actor for actor in central_asia.about.members if cast[actor] == "abstain"} == {"kaz", "uzb"}
    assert {actor for actor in central_asia.about.members if cast[actor] == "absent"} == {"kgz", "tjk", "tkm"}
