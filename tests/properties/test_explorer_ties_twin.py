"""The explorer's fast answers to who is in what, held against the measures that ask the tables anew."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.measures.body_overlap import body_overlap
from chaikhana.measures.groups import groups
from chaikhana.study.catalogue import open_study
from chaikhana.study.study import Study
from chaikhana.web.ties import Ties


@lru_cache(maxsize=1)
def shipped() -> tuple[Study, Ties]:
    study = open_study("central-asia")
    return study, Ties(study)


def sorted_rows(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"rows": sorted(one["rows"])} for one in records]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1991, 1, 1), date(2027, 12, 31)))
def test_groups_are_those_of_the_measure(day: date) -> None:
    study, ties = shipped()
    assert sorted_rows(ties.groups(day)) == sorted_rows(groups(study, day).frame.to_dicts())


@settings(max_examples=30, deadline=None)
@given(st.dates(date(1991, 1, 1), date(2027, 12, 31)))
def test_overlaps_are_those_of_the_measure(day: date) -> None:
    study, ties = shipped()
    place = {body: number for number, body in enumerate(ties.bodies)}
    found = ties.overlap(day)
    pairs = set()
    for row in body_overlap(study, day).frame.iter_rows(named=True):
        a, b = place[row["body"]], place[row["body_2"]]
        pairs.add((a, b))
        assert (found.low[a, b], found.high[a, b]) == (row["low"], row["high"])
        if row["jaccard"] is None:
            assert np.isnan(found.jaccard[a, b])
        else:
            assert found.jaccard[a, b] == pytest.approx(row["jaccard"])
    assert pairs == {(a, b) for a, b in np.argwhere(found.high > 0).tolist() if a < b}


def test_a_study_with_almost_nothing_is_answered(nordic: Study) -> None:
    ties = Ties(nordic)
    for year in (1950, 1991, 2020):
        day = date(year, 6, 1)
        assert sorted_rows(ties.groups(day)) == sorted_rows(groups(nordic, day).frame.to_dicts())
