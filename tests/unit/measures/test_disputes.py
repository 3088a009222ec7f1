"""Disputes and conflicts, on rows written by hand: each dispute twice, sides with several states, counts of each set of them."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from chaikhana.errors import BadValueError, SourceError
from chaikhana.measures.disputes import COLUMNS, disputes, region, world
from chaikhana.study.derived import Derived

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")


def dyads(*rows: tuple[int, str | None, str | None, int, bool, str | None, str | None]) -> pl.DataFrame:
    """Each dispute in both directions, as the provider has it."""
    both = [*rows, *((n, b, a, year, onset, hb, ha) for n, a, b, year, onset, ha, hb in rows)]
    return pl.DataFrame(
        both,
        schema={
            "dispnum": pl.Int32,
            "state1": pl.String,
            "state2": pl.String,
            "year": pl.Int32,
            "onset": pl.Boolean,
            "hostility1": pl.String,
            "hostility2": pl.String,
        },
        orient="row",
    )


TABLE = dyads(
    (1, "bbb", "aaa", 1995, True, "none", "display"),
    (1, "bbb", "aaa", 1996, False, "none", "display"),
    (2, "aaa", "bbb", 1995, True, "use", "threat"),
    (3, "aaa", "xxx", 1995, True, "threat", None),
    (3, "ccc", "xxx", 1995, True, "none", None),
    (4, "xxx", "yyy", 1995, True, "war", "war"),
    (5, "aaa", "yyy", 1980, True, "war", "war"),
    (6, "aaa", None, 1995, True, "war", "war"),
)


def test_one_row_a_pair_and_year() -> None:
    assert world(TABLE, 1990).rows() == [
        ("aaa", "bbb", 1995, 2, 2, "use"),
        ("aaa", "xxx", 1995, 1, 1, "threat"),
        ("ccc", "xxx", 1995, 1, 1, "none"),
        ("xxx", "yyy", 1995, 1, 1, "war"),
        ("aaa", "bbb", 1996, 1, 0, "display"),
    ]
    assert world(TABLE, 1996, 1996).height == 1
    assert world(TABLE, last=1989)["year"].to_list() == [1980]
    assert world(TABLE, 2000).is_empty()


def test_an_unknown_hostility_is_not_none() -> None:
    unknown = dyads((1, "aaa", "bbb", 1995, True, None, None))
    assert world(unknown)["hostility"].to_list() == [None]


@pytest.mark.parametrize("level", ["none", "threat", "display", "use", "war"])
def test_the_words_of_the_reader(level: str) -> None:
    assert world(dyads((1, "aaa", "bbb", 1995, True, "missing", level)))["hostility"].to_list() == [level]


def test_a_strange_hostility_is_told() -> None:
    with pytest.raises(BadValueError, match=r"‘4’ in hostility1.*none, threat, display, use, war, missing"):
        world(dyads((1, "aaa", "bbb", 1995, True, "4", "none")))


Fight = tuple[int, int, list[int], list[int], list[int]]
A, B, C, X, Y, NOBODY = 2, 20, 70, 220, 260, 9999  # numbers of usa, can, mex, fra, deu; and of no state


def conflicts(*rows: Fight, level: str | None = "minor") -> pl.DataFrame:
    """As the reader has them: one row a conflict and year, with lists of Gleditsch and Ward's numbers."""
    return pl.DataFrame(
        [
            (number, year, "territory", level, "interstate" if b else "intrastate", a, b, helpers, [])
            for number, year, a, b, helpers in rows
        ],
        schema={
            "conflict_id": pl.Int32,
            "year": pl.Int32,
            "incompatibility": pl.String,
            "intensity": pl.String,
            "type": pl.String,
            "side_a": pl.List(pl.Int32),
            "side_b": pl.List(pl.Int32),
            "side_a_2nd": pl.List(pl.Int32),
            "side_b_2nd": pl.List(pl.Int32),
        },
        orient="row",
    )


FIGHTS = conflicts(
    (10, 1995, [B], [A], []),
    (11, 1995, [C], [], [X, A]),
    (12, 1995, [X], [], [A]),
    (13, 1995, [X, Y], [A], []),
    (14, 1995, [NOBODY], [A], []),
    (10, 1989, [A], [B], []),
)
NORTH = {"actors": "usa can mex fra deu", "members": ("usa", "can", "mex")}


def test_disputes_are_counted_by_their_parties(tiny) -> None:
    """aaa and bbb had two, one of them over two years; 1980 is before the study, dispute 4 is none of the region's."""
    frame = region(tiny(), TABLE)
    assert tuple(frame.columns) == COLUMNS
    assert frame.rows() == [
        ("mid", "aaa; bbb", "between", "militarised-dispute", 1995, 1996, 2, 2, "use", 1996),
        ("mid", "aaa; ccc; xxx", "crossing", "militarised-dispute", 1995, 1995, 1, 1, "threat", 1996),
    ]


def test_a_dispute_counts_once_under_all_its_parties(tiny) -> None:
    """ccc joined in the second year: there is one dispute of three, not one of two and one of three."""
    joined = dyads((1, "aaa", "bbb", 1995, True, "use", None), (1, "bbb", "ccc", 1996, True, "none", None))
    assert region(tiny(), joined).select("actors", "first", "last", "number", "years", "level").rows() == [
        ("aaa; bbb; ccc", 1995, 1996, 1, 2, "use")
    ]


def test_years_outside_the_study_do_not_count(tiny) -> None:
    long = dyads(
        *(
            (1, "aaa", "bbb", year, False, "war" if year < 1990 else "threat", None)
            for year in range(1985, 2005)
        )
    )
    [row] = region(tiny(), long).rows(named=True)
    assert (row["first"], row["last"], row["years"], row["level"]) == (1990, 2000, 11, "threat")
    assert row["data_end"] == 2004


def test_conflicts_between_members_inside_one_and_crossing(tiny) -> None:
    """In conflict 12 a member only helps, 1989 is before the study; of 14 one party is no state that is known."""
    frame = region(tiny(**NORTH), None, FIGHTS)
    assert frame.select("kind", "actors", "reach", "type", "first", "last", "number", "level").rows() == [
        ("conflict", "can; usa", "between", "interstate", 1995, 1995, 1, "minor"),
        ("conflict", "deu; fra; usa", "crossing", "interstate", 1995, 1995, 1, "minor"),
        ("conflict", "gw-9999; usa", "crossing", "interstate", 1995, 1995, 1, "minor"),
        ("conflict", "mex", "inside", "intrastate", 1995, 1995, 1, "minor"),
    ]


def test_a_conflict_of_several_types_counts_once_under_all(tiny) -> None:
    """Two conflicts inside mex: one intrastate, then internationalised and a war; the other intrastate only."""
    one = conflicts((20, 1995, [C], [], []), (20, 1996, [C], [], []), (21, 1996, [C], [], []))
    two = conflicts((20, 1999, [C], [], []), level="war").with_columns(
        type=pl.lit("internationalised-intrastate")
    )
    frame = region(tiny(**NORTH), None, pl.concat([one, two]))
    assert frame.select("type", "first", "last", "number", "years", "level").rows() == [
        ("internationalised-intrastate; intrastate", 1995, 1999, 1, 3, "war"),
        ("intrastate", 1996, 1996, 1, 1, "minor"),
    ]


def test_two_conflicts_in_one_year_are_one_year(tiny) -> None:
    frame = region(tiny(**NORTH), None, conflicts((20, 1995, [C], [], []), (21, 1995, [C], [], [])))
    assert frame.select("number", "years").rows() == [(2, 1)]


def test_an_unknown_or_strange_intensity(tiny) -> None:
    unknown = region(tiny(**NORTH), None, conflicts((20, 1995, [C], [], []), level=None))
    assert unknown["level"].to_list() == [None]
    with pytest.raises(BadValueError, match=r"‘large’ in intensity.*Allowed: minor, war"):
        region(tiny(**NORTH), None, conflicts((20, 1995, [C], [], []), level="large"))


def test_either_dataset_alone_will_do_or_both(tiny) -> None:
    study = tiny(**NORTH)
    dyad = dyads((1, "usa", "can", 1995, True, "use", "none"))
    assert region(study, dyad, FIGHTS)["kind"].to_list() == ["conflict"] * 4 + ["mid"]
    assert set(region(study, dyad, None)["kind"]) == {"mid"}
    assert tuple(region(study, None, None).columns) == COLUMNS


def test_the_measure_says_where_the_data_end(tiny) -> None:
    with pytest.raises(SourceError, match="sources add cow-mids"):
        disputes(tiny())
    one, other = region(tiny(), TABLE), region(tiny(**NORTH), None, FIGHTS)
    frame = pl.concat([one, other])
    both = {**ORIGIN, "dataset": "cow-mids; ucdp-acd", "version": "5.0; 2024"}
    study = replace(tiny(), derived={"disputes": Derived(name="disputes", frame=frame, origin=both)})
    measured = disputes(study)
    assert "Militarised disputes: the data end in 1996" in " ".join(measured.assumptions)
    assert "Armed conflicts: the data end in 1995" in " ".join(measured.assumptions)
    assert "Computed from cow-mids; ucdp-acd, version 5.0; 2024." in measured.assumptions
    assert measured.frame.columns[-1] == "rows"
