"""State codes and names with the dates of their validity: the states that changed theirs."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest

from chaikhana.core.dates import parse_period
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.sources.states import REGIMES, actors_by_iso2, resolve, state_names, states, unresolved


def actor(kind: str, code: str | int, year: int | None) -> str | None:
    """The id behind one code in one year."""
    frame = pl.DataFrame({"code": [code], "year": [year]}, schema_overrides={"year": pl.Int32})
    return resolve(frame, kind, "code")["actor"].item()


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


@pytest.mark.parametrize(
    ("kind", "code", "year", "expected"),
    [
        # Germany
        ("iso_n", 280, 1980, "deu"),
        ("iso_n", 276, 2000, "deu"),
        ("iso_n", 276, 1970, "deu"),
        ("iso_n", 278, 1980, "ddr"),
        ("polity", 255, 1860, "prussia"),
        ("polity", 255, 1930, "deu"),
        ("polity", 260, 1980, "deu"),
        ("polity", 260, 1946, "deu"),
        ("polity", 265, 1980, "ddr"),
        ("polity", 265, 1991, None),
        ("vdem", "DEU", 1860, "prussia"),
        ("vdem", "DEU", 1980, "deu"),
        ("vdem", "DDR", 1980, "ddr"),
        ("cow", 260, 1954, "deu"),
        ("name", "Germany", 1860, "prussia"),
        ("name", "Germany", 1960, "deu"),
        ("name", "West Germany", 1960, "deu"),
        ("name", "Federal Republic of Germany", 1990, "deu"),
        ("name", "East Germany (GDR)", 1960, "ddr"),
        # Yemen
        ("iso_n", 886, 1980, "yar"),
        ("iso_n", 720, 1980, "ydr"),
        ("iso_n", 887, 2000, "yem"),
        ("iso_n", 887, 1981, "yar"),
        ("polity", 678, 1980, "yar"),
        ("polity", 680, 1980, "ydr"),
        ("polity", 679, 2000, "yem"),
        ("vdem", "YEM", 1980, "yar"),
        ("vdem", "YEM", 2000, "yem"),
        ("vdem", "YMD", 1980, "ydr"),
        ("cow", 679, 1934, "yar"),
        ("name", "Yemen", 1980, "yar"),
        ("name", "Yemen", 1990, "yem"),
        ("name", "North Yemen", 1980, "yar"),
        ("name", "South Yemen", 1980, "ydr"),
        ("name", "Yemen People's Republic", 1980, "ydr"),
        # Vietnam
        ("polity", 816, 1960, "vnm"),
        ("polity", 818, 2000, "vnm"),
        ("iso_n", 714, 1960, "rvn"),
        ("vdem", "VDR", 1960, "rvn"),
        ("vdem", "VDR", 1850, "annam"),
        ("name", "Viet Nam", 1960, "vnm"),
        ("name", "South Vietnam", 1960, "rvn"),
        ("name", "Republic of Vietnam", 1960, "rvn"),
        ("name", "Vietnam North", 1960, "vnm"),
        # Russia and the Soviet Union
        ("iso_n", 810, 1980, "sun"),
        ("iso_n", 643, 1960, "sun"),
        ("polity", 365, 1910, "rus"),
        ("polity", 364, 1950, "sun"),
        ("polity", 364, 2000, None),
        ("vdem", "RUS", 1910, "rus"),
        ("vdem", "RUS", 1950, "sun"),
        ("vdem", "RUS", 1991, "rus"),
        ("name", "Soviet Union", 1991, "sun"),
        ("name", "Russia", 1950, "sun"),
        ("name", "Russia", 2000, "rus"),
        # Yugoslavia
        ("iso_n", 890, 1980, "yug"),
        ("iso_n", 891, 2000, "scg"),
        ("iso_n", 688, 2010, "srb"),
        ("iso_n", 688, 1980, "yug"),
        ("polity", 342, 1850, "srb"),
        ("polity", 342, 2010, "srb"),
        ("polity", 345, 1950, "yug"),
        ("polity", 347, 2000, "scg"),
        ("polity", 341, 2010, "xkx"),
        ("polity", 348, 2010, "mne"),
        ("cow", 347, 2010, "xkx"),
        ("vdem", "SRB", 1900, "srb"),
        ("vdem", "SRB", 1950, "yug"),
        ("vdem", "SRB", 2000, "scg"),
        ("vdem", "SRB", 2010, "srb"),
        ("gw", 345, 2014, "srb"),
        ("name", "Yugoslavia", 1900, "srb"),
        ("name", "Yugoslavia", 1950, "yug"),
        ("name", "Yugoslavia", 2003, "scg"),
        ("name", "Yugoslavia", 2010, "srb"),
        ("name", "Serbia", 2000, "scg"),
        ("name", "Serbia", 2010, "srb"),
        # Czechoslovakia
        ("iso_n", 200, 1980, "csk"),
        ("iso_n", 200, 1993, None),
        ("iso_n", 203, 2000, "cze"),
        ("polity", 315, 1950, "csk"),
        ("vdem", "CZE", 1950, "csk"),
        ("vdem", "CZE", 2000, "cze"),
        ("name", "Czechoslovakia", 1950, "csk"),
        # Sudan, Ethiopia, Pakistan
        ("iso_n", 736, 2000, "sdn"),
        ("iso_n", 736, 2012, None),
        ("iso_n", 729, 2012, "sdn"),
        ("iso_n", 729, 1966, "sdn"),
        ("iso_n", 728, 2012, "ssd"),
        ("polity", 625, 2000, "sdn"),
        ("polity", 626, 2012, "sdn"),
        ("polity", 525, 2012, "ssd"),
        ("name", "Sudan", 2000, "sdn"),
        ("name", "Sudan-North", 2012, "sdn"),
        ("name", "South Sudan", 2012, "ssd"),
        ("iso_n", 230, 1980, "eth"),
        ("iso_n", 231, 2000, "eth"),
        ("polity", 530, 1980, "eth"),
        ("polity", 529, 2000, "eth"),
        ("polity", 769, 1960, "pak"),
        ("polity", 770, 2000, "pak"),
        # the two Congos, Korea, Italy, the Habsburg states
        ("name", "Congo", 1991, "cog"),
        ("name", "Zaire", 1991, "cod"),
        ("name", "Congo, Dem. Rep.", 2010, "cod"),
        ("name", "Congo - Brazzaville", 1970, "cog"),
        ("name", "Korea", 1894, "korea"),
        ("name", "Korea", 2004, "kor"),
        ("name", "Korea, Rep.", 2004, "kor"),
        ("name", "Korea, Dem. People’s Rep.", 2004, "prk"),
        ("name", "Italy", 1831, "sardinia"),
        ("polity", 324, 1850, "sardinia"),
        ("polity", 305, 1850, "aut-hun"),
        ("polity", 305, 1950, "aut"),
        ("name", "Taiwan", 1947, "chn"),
        ("name", "Taiwan", 1960, "twn"),
        # states by the one list that are not yet, or no more, on the other
        ("cow", 94, 1910, "cri"),
        ("cow", 315, 1942, "csk"),
        ("cow", 740, 1950, "jpn"),
        ("gw", 651, 1860, "egy"),
        ("cow", 370, 1950, "blr"),
        ("gw", 370, 1950, None),
        ("cow", 946, 1985, "kir"),
        ("gw", 970, 1985, "kir"),
        ("cow", 970, 2000, "nru"),
        ("gw", 55, 1983, "grd"),
        ("iso3", "LIE", 1972, "lie"),
        # countries before they were states: V-Dem and Polity code them, ISO's codes are those of the states
        ("vdem", "IND", 1850, "ind"),
        ("iso3", "IND", 1930, None),
        ("polity", 710, 1800, "chn"),
        ("vdem", "ZZB", 1900, "zan"),
        ("vdem", "ZZB", 2000, None),
        # shared codes by their dates only
        ("vdem", "KOR", 1930, None),
        ("vdem", "DEU", 1800, None),
        # no states
        ("vdem", "PSE", 2000, None),
        ("vdem", "SML", 2000, None),
        ("vdem", "HKG", 2000, None),
        ("iso3", "WLD", 2000, None),
        ("iso_n", 344, 2000, None),
        ("name", "Arab World", 2000, None),
        ("name", "NATO**", 2000, None),
    ],
)
def test_each_regime_has_its_own_numbers_and_dates(
    kind: str, code: str | int, year: int, expected: str | None
) -> None:
    assert actor(kind, code, year) == expected


@pytest.mark.parametrize("code", ["004", "4", " 4 ", "4.0", 4])
def test_numbers_match_with_and_without_leading_zeros(code: str | int) -> None:
    assert actor("iso_n", code, 2000) == "afg"


@pytest.mark.parametrize("code", ["4.5", "04x", "", "-4", "00"])
def test_what_is_no_number_is_no_state(code: str) -> None:
    assert actor("iso_n", code, 2000) is None


@pytest.mark.parametrize(
    "name", ["Côte d'Ivoire", "CÔTE D'IVOIRE", "  côte\td'ivoire ", "Co\u0302te d'Ivoire", "Cote d'ivoire"]
)
def test_names_match_whatever_their_case_and_white_space(name: str) -> None:
    assert actor("name", name, 2000) == "civ"


def test_without_a_year_only_codes_of_one_state_are_resolved() -> None:
    frame = pl.DataFrame(
        {"name": ["France", "Germany", "West Germany", "Yemen", "Soviet Union", None, "EFTA"]}
    )
    found = resolve(frame, "name", "name", None, "state")
    assert found["state"].to_list() == ["fra", None, "deu", None, "sun", None, None]


def test_a_blank_year_is_no_year() -> None:
    assert [actor("iso_n", code, None) for code in (250, 643, 276)] == ["fra", None, "deu"]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ([date(1990, 10, 2), date(1989, 6, 1), None], ["deu", None, None]),
        ([datetime(1990, 10, 2), datetime(1989, 6, 1), None], ["deu", None, None]),
    ],
)
def test_the_year_of_a_date_counts(when: list[date | None], expected: list[str | None]) -> None:
    frame = pl.DataFrame({"cow": [255, 255, 255], "when": when})
    assert resolve(frame, "cow", "cow", "when")["actor"].to_list() == expected


def test_both_sides_of_a_dyad() -> None:
    frame = pl.DataFrame({"ccode1": [2, 2], "ccode2": [365, 365], "year": [1985, 1995]})
    found = resolve(resolve(frame, "cow", "ccode1", into="state1"), "cow", "ccode2", into="state2")
    assert found.columns == ["ccode1", "ccode2", "year", "state1", "state2"]
    assert found.select("state1", "state2").rows() == [("usa", "sun"), ("usa", "rus")]


def test_an_empty_frame_stays_empty() -> None:
    empty = pl.DataFrame(schema={"cow": pl.Int32, "year": pl.Int32})
    found = resolve(empty, "cow", "cow")
    assert found.schema == {"cow": pl.Int32, "year": pl.Int32, "actor": pl.String}
    assert unresolved(found, "cow", "actor", "year").is_empty()


def test_the_unresolved_are_counted() -> None:
    frame = pl.DataFrame(
        {
            "code": [344, 344, 2, 260, 275, None, 275, 99],
            "year": [1990, 1985, 1990, 1991, 2000, 2000, None, 2000],
        }
    )
    lost = unresolved(resolve(frame, "iso_n", "code"), "code", "actor", "year")
    assert lost.rows() == [
        ("275", 2000, 2000, 2),
        ("344", 1985, 1990, 2),
        ("2", 1990, 1990, 1),
        ("260", 1991, 1991, 1),
        ("99", 2000, 2000, 1),
    ]
    undated = unresolved(resolve(frame, "iso_n", "code", None), "code", "actor", None)
    assert undated.head(1).rows() == [("275", None, None, 2)]
    assert undated.columns == ["code", "first", "last", "rows"]


def test_an_unknown_regime_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="iso3"):
        resolve(pl.DataFrame({"x": ["KAZ"], "year": [2000]}), "iso33", "x")


def test_a_column_is_never_overwritten() -> None:
    with pytest.raises(BadValueError, match="‘actor’ already"):
        resolve(pl.DataFrame({"x": [2], "year": [2000], "actor": ["?"]}), "cow", "x")


def test_years_as_text_are_refused() -> None:
    with pytest.raises(BadValueError, match="‘year’ holds String"):
        resolve(pl.DataFrame({"x": [2], "year": ["8 April 1994"]}), "cow", "x")


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


@pytest.mark.parametrize("kind", REGIMES)
def test_no_code_stands_for_two_states_on_one_day(kind: str) -> None:
    """Second codes included."""
    rows = state_names() if kind == "name" else states()
    keys = pl.col(kind).str.to_lowercase()
    for code, group in rows.filter(pl.col(kind) != "").group_by(keys):
        spells = [
            (row["id"], parse_period(row["from"] or "..", row["to"] or ".."))
            for row in group.iter_rows(named=True)
        ]
        for place, (one, first) in enumerate(spells):
            for other, second in spells[place + 1 :]:
                assert one == other or first.meets(second) == "no", (kind, code, one, other)


def test_every_name_is_of_a_state_and_every_state_has_its_name() -> None:
    ids = set(states()["id"])
    assert set(state_names()["id"]) == ids
    known = set(state_names()["name"].str.to_lowercase())
    assert not {name for name in states()["name"].str.to_lowercase() if name not in known}


def test_a_state_with_an_alpha_code_has_a_number() -> None:
    rows = states().filter(~pl.col("note").str.starts_with("alias:"))
    assert rows.filter((pl.col("iso3") != "") != (pl.col("iso2") != "")).is_empty()
    assert rows.filter((pl.col("iso3") != "") & (pl.col("iso_n") == "")).is_empty()
    for kind in ("iso_n", "cow", "gw", "polity"):
        assert states().filter(~pl.col(kind).str.contains(r"^([1-9][0-9]*)?$")).is_empty()
    assert states().filter(~pl.col("iso2").str.contains("^([A-Z]{2})?$")).is_empty()
    assert states().filter(~pl.col("iso3").str.contains("^([A-Z]{3})?$")).is_empty()
