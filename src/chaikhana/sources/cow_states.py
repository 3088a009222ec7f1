"""Correlates of War, state system membership, version 2016; and capitals with their places.

Reference: Correlates of War Project (2017), *State System Membership List, v2016*. Reads the list of states, the list of
state-years, and the capitals that peacesciencer adds (by Miller). Returns `states`, `state_years` and `capitals`. Not a
list of countries: a state is in the system from the day that it has half a million inhabitants and is recognised by great
powers (France and Britain, to 1920; any two since), or sits in the League or the United Nations.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "cow-states"


def read_states(raw: pl.DataFrame) -> Tables:
    """Tidy the list of states.

    Returns
    -------
    Tables
        `states`: ccode, abbreviation, name, from, to (the first and the last day in the system, both within), version,
        goes_on. One row a spell. Where `goes_on`, `to` is only the day that the list was closed: the last of all.
    """
    return {
        "states": raw.select(
            "ccode",
            "version",
            abbreviation="stateabb",
            name="statenme",
            **{"from": pl.date("styear", "stmonth", "stday"), "to": pl.date("endyear", "endmonth", "endday")},
        )
        .select(
            "ccode",
            "abbreviation",
            "name",
            "from",
            "to",
            "version",
            goes_on=pl.col("to") == pl.col("to").max(),
        )
        .sort("ccode", "from")
    }


def read_state_years(raw: pl.DataFrame) -> Tables:
    """Tidy the state-years: ccode, year, abbreviation; a state that was in the system on any day of a year."""
    return {"state_years": raw.select("ccode", "year", abbreviation="stateabb").sort("ccode", "year")}


def read_capitals(raw: pl.DataFrame) -> Tables:
    """Tidy the capitals: ccode, name (of the state), capital, from, to (days), latitude, longitude (degrees)."""
    return {
        "capitals": raw.select(
            "ccode",
            "capital",
            name="statenme",
            latitude="lat",
            longitude="lng",
            **{
                "from": pl.col("stdate").str.to_date("%Y-%m-%d"),
                "to": pl.col("enddate").str.to_date("%Y-%m-%d"),
            },
        )
        .select("ccode", "name", "capital", "from", "to", "latitude", "longitude")
        .sort("ccode", "from")
    }


DATASET = Dataset(
    id=ID,
    title="Correlates of War State System Membership",
    authors="Correlates of War Project; capitals by Miller",
    citation="Correlates of War Project. 2017. State System Membership List, v2016. Capitals: Miller, Steven V., "
    "peacesciencer.",
    licence="free for scholarly use with citation; not ours to hand on",
    terms=Terms.SCHOLARLY,
    page="https://correlatesofwar.org/data-sets/state-system-membership/",
    bring="states2016.csv and system2016.csv, and if at hand the capitals of peacesciencer as CSV",
    gives="which states there were in each year since 1816, and where their capitals lie, for distances",
    beware="It ends with 2016: a last day of 31 December 2016 is no end. The capitals begin with a year rather than a day "
    "where nothing better was known, and run on after the end of a state.",
    parts=(
        Part(
            name="states",
            columns={
                "stateabb": Kind.TEXT,
                "ccode": Kind.WHOLE,
                "statenme": Kind.TEXT,
                **dict.fromkeys(
                    ("styear", "stmonth", "stday", "endyear", "endmonth", "endday", "version"), Kind.WHOLE
                ),
            },
            keys=("stateabb", "ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"),
            read=read_states,
            releases=(
                Release(
                    version="2016",
                    sha256="21822fe1ef67aedf2e64ebe9746e2b875c6175c8ce599750bc0e77e4ce393167",
                    rows=243,
                ),
            ),
        ),
        Part(
            name="state-years",
            columns={"stateabb": Kind.TEXT, "ccode": Kind.WHOLE, "year": Kind.WHOLE, "version": Kind.WHOLE},
            keys=("stateabb", "ccode", "year"),
            year="year",
            read=read_state_years,
            states=(States(table="state_years", code="ccode", regime="cow"),),
            releases=(
                Release(
                    version="2016",
                    sha256="2b51b2927a50d427a194f43f32b9a211b3159a9f709cb7b6ca866c4b7a72dbde",
                    rows=15951,
                    years=(1816, 2016),
                ),
            ),
        ),
        Part(
            name="capitals",
            columns={
                "ccode": Kind.WHOLE,
                "statenme": Kind.TEXT,
                "capital": Kind.TEXT,
                "stdate": Kind.TEXT,
                "enddate": Kind.TEXT,
                "lat": Kind.NUMBER,
                "lng": Kind.NUMBER,
            },
            keys=("ccode", "capital", "stdate", "enddate", "lat", "lng"),
            read=read_capitals,
            releases=(
                Release(
                    version="2016",
                    sha256="9c6d89029b28f36a7c61a00f9dffd8ee66390f19f929e45d80797c87cb28d77b",
                    rows=242,
                ),
            ),
        ),
    ),
)
