"""Contiguity on rows written by hand: land and water, a member apart, years beyond the study."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import polars as pl
import pytest

from chaikhana.errors import SourceError
from chaikhana.measures.contiguity import COLUMNS, contiguity, region

MEMBERS = ("kaz", "kgz", "tjk", "tkm", "uzb")


def borders(*pairs, year=2000):
    both = [(a, b, year, kind) for a, b, kind in pairs] + [(b, a, year, kind) for a, b, kind in pairs]
    schema = {"state1": pl.String, "state2": pl.String, "year": pl.Int32, "kind": pl.String}
    return pl.DataFrame(both, schema=schema, orient="row")


def test_a_chain_of_land_borders_connects(central_asia):
    chain = [(a, b, "land") for a, b in pairwise(MEMBERS)]
    found = region(central_asia, borders(*chain, ("kaz", "rus", "land")))
    assert found.columns == list(COLUMNS)
    assert found.row(0, named=True) == {
        "year": 2000, "members": 5, "pairs": 10, "joined": 4, "connected": True, "apart": "",
    }  # fmt: skip


def test_water_does_not_join(central_asia):
    found = region(
        central_asia, borders(("kaz", "kgz", "land"), ("kgz", "tjk", "land"), ("tkm", "uzb", "sea-12"))
    )
    row = found.row(0, named=True)
    assert (row["joined"], row["connected"], row["apart"]) == (2, False, "tkm; uzb")


def test_a_member_of_which_the_data_do_not_speak_stands_apart(central_asia):
    row = region(central_asia, borders(("kaz", "kgz", "land"))).row(0, named=True)
    assert (row["members"], row["connected"]) == (2, False)


def test_years_before_the_study_are_left_out(central_asia):
    assert region(central_asia, borders(("kaz", "kgz", "land"), year=1980)).is_empty()


def test_the_five_hang_together_in_every_year(central_asia):
    carried = contiguity(central_asia).frame
    assert carried["connected"].all()
    assert carried["joined"].unique().to_list() == [7]


def test_without_the_series_the_error_names_the_dataset(central_asia):
    with pytest.raises(SourceError, match="cow-contiguity"):
        contiguity(replace(central_asia, derived={}))
