"""Correlates of War, direct contiguity, version 3.2: which states border one another, by land or over how much water.

Reference: Stinnett, Tir, Schafer, Diehl and Gochman (2002), *The Correlates of War Project Direct Contiguity Data, Version
3*, Conflict Management and Peace Science 19(2), 59–67, doi:10.1177/073889420201900203. Reads the directed dyad-years and
the spells. Returns `contiguity` and `spells`. Not distance: a pair without a row has more than 400 miles of water between
it, or other states. Borders of homelands only; those of dependencies are another dataset.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "cow-contiguity"


def read_contiguity(raw: pl.DataFrame) -> Tables:
    """Tidy the directed dyad-years.

    Returns
    -------
    Tables
        `contiguity`: ccode1, ccode2, year, kind (*land*, *sea-12*, *sea-24*, *sea-150*, *sea-400*: at most so many miles of
        water). Every pair stands in both directions; in a year in which the kind changed it has a row for each.

    Raises
    ------
    SourceError
        If a kind is not known.
    """
    return {
        "contiguity": raw.select(
            "year",
            "conttype",
            ccode1="state1no",
            ccode2="state2no",
            kind=translate(ID, "conttype", raw["conttype"]),
        )
        .sort("ccode1", "ccode2", "year", "conttype")
        .select("ccode1", "ccode2", "year", "kind")
    }


def read_spells(raw: pl.DataFrame) -> Tables:
    """Tidy the spells.

    Returns
    -------
    Tables
        `spells`: ccode1, ccode2 (the lower number first), kind, first, last (months, as their first day; both within), notes,
        goes_on. Where `goes_on`, `last` is only the month in which the data were closed: the last of all.

    Raises
    ------
    SourceError
        If a kind is not known, or a month is not of the form ``199112``.
    """
    return {
        "spells": raw.select(
            "notes",
            ccode1="statelno",
            ccode2="statehno",
            kind=translate(ID, "conttype", raw["conttype"]),
            first=(pl.col("begin") + "01").str.to_date("%Y%m%d"),
            last=(pl.col("end") + "01").str.to_date("%Y%m%d"),
        )
        .select(
            "ccode1",
            "ccode2",
            "kind",
            "first",
            "last",
            "notes",
            goes_on=pl.col("last") == pl.col("last").max(),
        )
        .sort("ccode1", "ccode2", "first")
    }


DATASET = Dataset(
    id=ID,
    title="Correlates of War Direct Contiguity",
    authors="Stinnett, Tir, Schafer, Diehl, Gochman",
    citation="Stinnett, Douglas M., Jaroslav Tir, Philip Schafer, Paul F. Diehl and Charles Gochman. 2002. The Correlates of "
    "War Project Direct Contiguity Data, Version 3. Conflict Management and Peace Science 19(2): 59–67.",
    licence="free for scholarly use with citation; not ours to hand on",
    terms=Terms.SCHOLARLY,
    page="https://correlatesofwar.org/data-sets/direct-contiguity/",
    bring="contdird.csv, and if at hand contdir.csv",
    gives="who are neighbours, by land or across a strait, 1816 to 2016",
    beware="Only states of the system are neighbours here, and only from their entry. Of two kinds of border between the same "
    "states the nearest counts. A closed sea such as the Caspian is water like any other.",
    parts=(
        Part(
            name="dyad-years",
            columns={
                "state1no": Kind.WHOLE,
                "state2no": Kind.WHOLE,
                "year": Kind.WHOLE,
                "conttype": Kind.TEXT,
            },
            keys=("state1no", "state2no", "year", "conttype"),
            year="year",
            read=read_contiguity,
            states=(
                States(table="contiguity", code="ccode1", regime="cow", into="state1"),
                States(table="contiguity", code="ccode2", regime="cow", into="state2"),
            ),
            releases=(
                Release(
                    version="3.2",
                    sha256="edabb996331d2fd341b3cb55648a7d88ea37214260e11a55b3017cbffc78e984",
                    rows=82498,
                    years=(1816, 2016),
                ),
            ),
        ),
        Part(
            name="spells",
            columns={
                "statelno": Kind.WHOLE,
                "statehno": Kind.WHOLE,
                "conttype": Kind.TEXT,
                "begin": Kind.TEXT,
                "end": Kind.TEXT,
                "notes": Kind.TEXT,
            },
            keys=("statelno", "statehno", "conttype", "begin", "end"),
            read=read_spells,
            releases=(
                Release(
                    version="3.2",
                    sha256="62f3714d1a75c940887bf15b40b256aeeb41545734ab13abe96ab3f49a980362",
                    rows=847,
                ),
            ),
        ),
    ),
)
