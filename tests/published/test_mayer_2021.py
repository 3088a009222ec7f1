"""Mayer (2021), as far as the study's tables answer it."""

from __future__ import annotations

import polars as pl

from chaikhana.measures.agreements_width import agreements_width


def test_the_zone_free_of_nuclear_weapons_is_a_treaty_of_all_five_and_nobody_else(central_asia):
    """Section 4, note 47."""
    frame = agreements_width(central_asia).frame
    zone = frame.filter(pl.col("id") == "canwfz-treaty-2006").row(0, named=True)
    assert (zone["width"], zone["reach"], zone["complete"]) == ("multilateral", "within the region", True)
    assert "nuclear" in zone["issues"]
