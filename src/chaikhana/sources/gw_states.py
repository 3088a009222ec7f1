"""Gleditsch and Ward's list of independent states since 1816, to 2017.

Reference: Gleditsch and Ward (1999), *A Revised List of Independent States since the Congress of Vienna*, International
Interactions 25(4), 393–413, doi:10.1080/03050629908434958. Reads the list as peacesciencer packages it. Returns `states`,
one row a spell of independence. Not the Correlates of War's list: a state needs no great power's recognition here, so that
many begin earlier and united Germany and Yemen keep the number of one of their parts. It leaves out microstates.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, Tables, Terms

ID = "gw-states"


def read_states(raw: pl.DataFrame) -> Tables:
    """Tidy the list.

    Returns
    -------
    Tables
        `states`: gw, abbreviation, name, from, to (the first and the last day, both within), goes_on. Where `goes_on`,
        `to` is only the day that the list was closed: the last of all.

    Raises
    ------
    SourceError
        If a day is not of the form ``1991-12-21``.
    """
    return {
        "states": raw.select(
            gw="gwcode",
            abbreviation="stateabb",
            name="statename",
            **{
                "from": pl.col("startdate").str.to_date("%Y-%m-%d"),
                "to": pl.col("enddate").str.to_date("%Y-%m-%d"),
            },
        )
        .with_columns(goes_on=pl.col("to") == pl.col("to").max())
        .sort("gw", "from")
    }


DATASET = Dataset(
    id=ID,
    title="Gleditsch and Ward's List of Independent States",
    authors="Gleditsch, Ward",
    citation="Gleditsch, Kristian S. and Michael D. Ward. 1999. A Revised List of Independent States since the Congress of "
    "Vienna. International Interactions 25(4): 393–413.",
    licence="terms not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://ksgleditsch.com/data-4.html",
    bring="the list with the columns of peacesciencer, as CSV (gwcode, stateabb, statename, startdate, enddate)",
    gives="a second list of states, whose dates of entry often differ from those of the Correlates of War",
    beware="It ends with 2017: a last day of 31 December 2017 is no end. A number may be held by two states one after the "
    "other.",
    parts=(
        Part(
            name="states",
            columns={
                "gwcode": Kind.WHOLE,
                "stateabb": Kind.TEXT,
                "statename": Kind.TEXT,
                "startdate": Kind.TEXT,
                "enddate": Kind.TEXT,
            },
            keys=("gwcode", "stateabb", "startdate", "enddate"),
            read=read_states,
            releases=(
                Release(
                    version="2017",
                    sha256="80e062971052837012f0a76849e4c6642d4680ce60cfc910125d7fb1534f028d",
                    rows=216,
                ),
            ),
        ),
    ),
)
