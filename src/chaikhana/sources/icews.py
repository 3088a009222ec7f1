"""ICEWS events between states, counted by directed pair and year in the four classes of cooperation and conflict.

Reference: Boschee, Lautenschlager, O'Brien, Shellman, Starz and Ward (2015), *ICEWS Coded Event Data*, Harvard Dataverse,
doi:10.7910/DVN/28075. Reads the counts that the R package netify has made of them. Returns `events`: what the news reports the
first state to have said to, or done to, the second. Every pair of the 152 states has a row for each year, so that 0 means that
no event was coded; a state that is not among them is unknown. Not the events themselves.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "icews-dyad-year"
CLASSES = {
    "verbCoop": "verbal_cooperation",
    "matlCoop": "material_cooperation",
    "verbConf": "verbal_conflict",
    "matlConf": "material_conflict",
}


def read_events(raw: pl.DataFrame) -> Tables:
    """Tidy the counts.

    Returns
    -------
    Tables
        `events`: iso3_1 (who acts), iso3_2 (on whom), name1, name2, year, verbal_cooperation, material_cooperation,
        verbal_conflict, material_conflict (numbers of events).
    """
    return {
        "events": raw.select(
            pl.col("i_iso3c").alias("iso3_1"),
            pl.col("j_iso3c").alias("iso3_2"),
            pl.col("i").alias("name1"),
            pl.col("j").alias("name2"),
            "year",
            *(pl.col(theirs).alias(ours) for theirs, ours in CLASSES.items()),
        ).sort("iso3_1", "iso3_2", "year")
    }


DATASET = Dataset(
    id=ID,
    title="ICEWS events by directed pair and year",
    authors="Boschee, Lautenschlager, O'Brien, Shellman, Starz, Ward; packaged in netify",
    citation="Boschee, Elizabeth, Jennifer Lautenschlager, Sean O'Brien, Steve Shellman, James Starz and Michael Ward. 2015. "
    "ICEWS Coded Event Data. Harvard Dataverse. Counted by pair and year in the R package netify.",
    licence="package GPL-3; the terms of the events were not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://doi.org/10.7910/DVN/28075",
    bring="the table icews of the R package netify, without its columns of single states, as CSV",
    gives="how often states cooperated and quarrelled in word and deed, as the news told it, 2002 to 2014",
    beware="152 states only, some large ones not among them. Counts follow the attention of English-language and translated "
    "news, which differs by year and country: compare shares, not counts. Events of one war may be counted many times.",
    parts=(
        Part(
            name="dyad-years",
            columns={
                **dict.fromkeys(("i", "j"), Kind.TEXT),
                "year": Kind.WHOLE,
                **dict.fromkeys(CLASSES, Kind.NUMBER),
                **dict.fromkeys(("i_iso3c", "j_iso3c"), Kind.TEXT),
            },
            keys=("i", "j", "year", "i_iso3c", "j_iso3c", *CLASSES),
            year="year",
            read=read_events,
            states=(
                States(table="events", code="iso3_1", regime="iso3", into="state1"),
                States(table="events", code="iso3_2", regime="iso3", into="state2"),
            ),
            releases=(
                Release(
                    version="2014",
                    sha256="6da23bd3169e424069ddd56ce9ad116af18de2a2580c65e8316c3901a86e70cb",
                    rows=298376,
                    years=(2002, 2014),
                ),
            ),
        ),
    ),
)
