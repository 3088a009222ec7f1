"""Joint memberships: three states and four bodies, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from chaikhana.errors import BadValueError, SourceError, UnknownNameError
from chaikhana.measures.joint_memberships import COLUMNS, SERIES, joint_memberships, region, world
from chaikhana.study.derived import Derived
from chaikhana.study.study import Study

# 1990: 2 and 20 share un and one more that 20 has for certain only in 1991; 365 comes in 1991.
ROWS = [
    (2, 1990, "un", "member"),
    (20, 1990, "un", "member"),
    (2, 1990, "nato", "member"),
    (20, 1990, "nato", "missing"),
    (2, 1990, "oas", "member"),
    (20, 1990, "oas", "observer"),
    (2, 1991, "un", "member"),
    (20, 1991, "un", "member"),
    (365, 1991, "un", "member"),
    (2, 1991, "nato", "member"),
    (20, 1991, "nato", "member"),
    (365, 1991, "cis", "associate"),
    (365, 1991, "oas", "missing"),
    (20, 1991, "oas", "missing"),
]
SCHEMA = {"ccode": pl.Int32, "year": pl.Int32, "body": pl.String, "status": pl.String}
MEMBERSHIPS = pl.DataFrame(ROWS, schema=SCHEMA, orient="row")
STATE_YEARS = pl.DataFrame(
    {"ccode": [365, 20, 2, 20, 2, 9], "year": [1991, 1991, 1991, 1990, 1990, 1991], "state": ["x"] * 6},
    schema_overrides={"ccode": pl.Int32, "year": pl.Int32},
)


def test_every_dyad_of_the_year_with_zeros() -> None:
    """State 9 has no membership; 365 is not there in 1990."""
    frame = world(MEMBERSHIPS, STATE_YEARS)
    assert frame.columns == ["ccode1", "ccode2", "year", "joint"]
    assert frame.rows() == [
        (2, 20, 1990, 1),
        (2, 9, 1991, 0),
        (2, 20, 1991, 2),
        (2, 365, 1991, 1),
        (9, 20, 1991, 0),
        (9, 365, 1991, 0),
        (20, 365, 1991, 1),
    ]


def test_a_missing_membership_is_unknown() -> None:
    """1990: nato may be shared; 1991: 20 and 365 may both be in oas."""
    frame = world(MEMBERSHIPS, STATE_YEARS, bounds=True)
    bounds = {tuple(row[:3]): row[3:] for row in frame.iter_rows()}
    assert bounds[2, 20, 1990] == (1, 2)
    assert bounds[20, 365, 1991] == (1, 2)
    assert bounds[2, 20, 1991] == (2, 2)


def test_other_statuses_and_the_diagonal() -> None:
    frame = world(MEMBERSHIPS, STATE_YEARS, ("member", "observer"), diagonal=True)
    counts = {tuple(row[:3]): row[3] for row in frame.iter_rows()}
    assert counts[2, 20, 1990] == 2
    assert counts[20, 20, 1990] == 2
    assert counts[9, 9, 1991] == 0
    assert counts[365, 365, 1991] == 1


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["associate", "member", "missing", "observer"])])
def test_statuses_as_the_reader_keeps_them(dtype: pl.DataType) -> None:
    typed = MEMBERSHIPS.with_columns(pl.col("status").cast(dtype))
    assert world(typed, STATE_YEARS, bounds=True).equals(world(MEMBERSHIPS, STATE_YEARS, bounds=True))


def test_order_and_doubles_of_the_rows_do_not_matter() -> None:
    turned = pl.concat([MEMBERSHIPS.reverse(), MEMBERSHIPS.head(3)])
    assert world(turned, pl.concat([STATE_YEARS, STATE_YEARS])).equals(world(MEMBERSHIPS, STATE_YEARS))


def test_nobody_a_member_and_no_states() -> None:
    assert world(MEMBERSHIPS.clear(), STATE_YEARS)["joint"].sum() == 0
    assert world(MEMBERSHIPS.clear(), STATE_YEARS.clear()).height == 0


def test_faults_say_what_is_wrong() -> None:
    with pytest.raises(UnknownNameError, match=r"status that can be counted ‘membr’.*‘member’"):
        world(MEMBERSHIPS, STATE_YEARS, ("membr",))
    with pytest.raises(BadValueError, match="the state 365 in 1991"):
        world(MEMBERSHIPS, STATE_YEARS.filter(pl.col("ccode") != 365))
    with pytest.raises(BadValueError, match="the state 2 in 1990"):
        world(MEMBERSHIPS, STATE_YEARS.clear())


@pytest.fixture(scope="module")
def study(tiny) -> Study:
    """A region of Canada and the United States, Russia beside it."""
    return tiny(actors="can usa rus gbr", members=("can", "usa"), powers=("rus", "usa"), others=("gbr",))


def test_the_series_of_a_study(study: Study) -> None:
    """Each pair once, a member first; Canada (20) and the United States (2) in alphabetical order."""
    frame = region(study, MEMBERSHIPS, STATE_YEARS)
    assert tuple(frame.columns) == COLUMNS
    assert frame.rows() == [
        ("can", "rus", 1991, 1, 2),
        ("can", "usa", 1990, 1, 2),
        ("can", "usa", 1991, 2, 2),
        ("usa", "rus", 1991, 1, 1),
    ]


def test_the_measure_reads_the_series(study: Study) -> None:
    with pytest.raises(SourceError, match="chaikhana sources add cow-igo-v3"):
        joint_memberships(study)
    series = Derived(
        name=SERIES,
        frame=region(study, MEMBERSHIPS, STATE_YEARS),
        origin={"dataset": "cow-igo-v3", "version": "3.0"},
    )
    measured = joint_memberships(replace(study, derived={SERIES: series}))
    assert measured.frame.columns == [*COLUMNS, "rows"]
    assert measured.frame["rows"].to_list() == [[f"derived:{SERIES}"]] * 4
    assert "cow-igo-v3, 3.0" in measured.assumptions[-1]
