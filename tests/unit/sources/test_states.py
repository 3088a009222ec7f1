"""State codes with the dates of their validity: the states that changed theirs."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from chaikhana.core.dates import parse_period
from chaikhana.sources.states import actors_by_iso2, resolve, states


def actor(kind: str, code: str | int, year: int) -> str | None:
    """The id behind one code in one year."""
    return resolve(pl.DataFrame({"code": [code], "year": [year]}), kind, "code")["actor"].item()


@pytest.mark.parametrize(
    ("kind", "code", "year", "expected"),
    [
        # Germany: COW gives the Federal Republic 260 until 1990, and the united state 255 again
        ("cow", 255, 1900, "deu"),
        ("cow", 255, 1950, None),
        ("cow", 260, 1980, "deu"),
        ("cow", 265, 1980, "ddr"),
        ("cow", 265, 1990, "ddr"),
        ("cow", 265, 1991, None),
        ("cow", 260, 1991, None),
        ("cow", 255, 1991, "deu"),
        ("cow", 255, 1850, "prussia"),
        ("gw", 260, 2000, "deu"),
        ("gw", 265, 1952, "ddr"),
        ("iso2", "DE", 2000, "deu"),
        ("iso2", "DD", 1980, "ddr"),
        # Russia and the Soviet Union share 365 and, in the voting data, RU
        ("cow", 365, 1910, "rus"),
        ("cow", 365, 1980, "sun"),
        ("cow", 365, 1990, "sun"),
        ("cow", 365, 1991, "rus"),
        ("cow", 365, 2000, "rus"),
        ("iso2", "RU", 1980, "sun"),
        ("iso2", "SU", 1980, "sun"),
        ("iso2", "RU", 2000, "rus"),
        ("iso2", "SU", 2000, None),
        # Yugoslavia and its heirs
        ("cow", 345, 1900, "srb"),
        ("cow", 345, 1980, "yug"),
        ("cow", 345, 1995, "scg"),
        ("cow", 345, 2004, "scg"),
        ("cow", 345, 2010, "srb"),
        ("gw", 340, 2010, "srb"),
        ("iso2", "YU", 1980, "yug"),
        ("iso2", "YU", 2005, "scg"),
        ("iso2", "CS", 2004, "scg"),
        ("iso2", "RS", 2010, "srb"),
        # Yemen: COW gives the united state a new code, GW keeps that of the north
        ("cow", 678, 1980, "yar"),
        ("cow", 680, 1980, "ydr"),
        ("cow", 679, 1995, "yem"),
        ("cow", 678, 1995, None),
        ("gw", 678, 1980, "yar"),
        ("gw", 678, 1990, "yem"),
        ("iso2", "YD", 1980, "ydr"),
        # Vietnam
        ("cow", 816, 1960, "vnm"),
        ("cow", 817, 1960, "rvn"),
        ("cow", 817, 1975, "rvn"),
        ("cow", 817, 1976, None),
        ("cow", 816, 2000, "vnm"),
        # Czechoslovakia ended with 1992: its code stands for no state on any day of 1993
        ("cow", 315, 1930, "csk"),
        ("cow", 315, 1992, "csk"),
        ("cow", 315, 1993, None),
        ("cow", 316, 1993, "cze"),
        ("cow", 317, 1993, "svk"),
        ("iso2", "CS", 1980, "csk"),
        # Sudan keeps its codes when the south leaves
        ("cow", 625, 2000, "sdn"),
        ("cow", 625, 2012, "sdn"),
        ("cow", 626, 2012, "ssd"),
        ("cow", 626, 2010, None),
        ("cow", 99999, 2000, None),
    ],
)
def test_a_code_stands_for_a_state_in_a_year(
    kind: str, code: str | int, year: int, expected: str | None
) -> None:
    assert actor(kind, code, year) == expected


def test_resolving_keeps_every_row_in_order() -> None:
    frame = pl.DataFrame(
        {"iso2": ["RU", None, "RU", "XX"], "year": [1980, 1980, 2000, 2000], "n": [1, 2, 3, 4]}
    )
    found = resolve(frame, "iso2", "iso2")
    assert found["n"].to_list() == [1, 2, 3, 4]
    assert found["actor"].to_list() == ["sun", None, "rus", None]


def test_votes_get_the_states_that_cast_them() -> None:
    votes = pl.DataFrame(
        {
            "iso2": ["RU", "RU", None, "NA"],
            "date": [date(1985, 1, 1), date(1995, 1, 1), date(1985, 1, 1), date(1995, 1, 1)],
            "vote": ["no", "yes", "yes", "yes"],
        }
    )
    found = actors_by_iso2(votes).sort("date", "actor")
    assert found.columns == ["iso2", "date", "vote", "actor"]
    assert found.select("actor", "vote").rows() == [("sun", "no"), ("nam", "yes"), ("rus", "yes")]


def test_no_code_stands_for_two_states_on_one_day() -> None:
    rows = states().filter(~pl.col("note").str.starts_with("alias:"))
    for kind in ("iso2", "iso3", "cow", "gw"):
        for code, group in rows.filter(pl.col(kind) != "").group_by(kind):
            spells = [
                (row["id"], parse_period(row["from"], row["to"])) for row in group.iter_rows(named=True)
            ]
            for place, (one, first) in enumerate(spells):
                for other, second in spells[place + 1 :]:
                    assert one == other or first.meets(second) == "no", (kind, code, one, other)
