"""Correlates of War, militarised interstate disputes, version 5.0, by directed pair and year.

Reference: Palmer, McManus, D'Orazio, Kenwick, Karstens, Bloch, Dietrich, Kahn, Ritter and Soules (2022), *The MID5 Dataset,
2011–2014*, Conflict Management and Peace Science 39(4), 470–482. Reads the directed dyadic dispute-years that peacesciencer
derives from the participants. Returns `disputes`: who was on which side, how far each went, how many it lost. Not who
fought whom: states on two sides of a dispute in the same year are a pair, whether or not they ever met.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "cow-mids"
FLAGS = ("dispongoing", "disponset", "sidea1", "sidea2", "orig1", "orig2")


def read_disputes(raw: pl.DataFrame) -> Tables:
    """Tidy the directed pairs: each pair and year of a dispute stands twice, once from either side.

    Returns
    -------
    Tables
        `disputes`: dispnum, ccode1, ccode2, year; ongoing, onset (of the dispute, or of a state's part in it), side_a1,
        side_a2, originator1, originator2; fatality1, fatality2 (level of all the dispute: 0 none, 1 to 25, 26 to 100, 101 to
        250, 251 to 500, 501 to 999, and 6 for 1,000 or more; null if unknown); deaths1, deaths2 (where known exactly);
        highest_action1, highest_action2, hostility1, hostility2 (*none*, *threat*, *display*, *use*, *war*).
    """
    return {
        "disputes": raw.select(
            "dispnum",
            "ccode1",
            "ccode2",
            "year",
            ongoing=pl.col("dispongoing") == 1,
            onset=pl.col("disponset") == 1,
            side_a1=pl.col("sidea1") == 1,
            side_a2=pl.col("sidea2") == 1,
            fatality1="fatality1",
            fatality2="fatality2",
            highest_action1=translate(ID, "hiact", raw["hiact1"]),
            highest_action2=translate(ID, "hiact", raw["hiact2"]),
            hostility1=translate(ID, "hostlev", raw["hostlev1"]),
            hostility2=translate(ID, "hostlev", raw["hostlev2"]),
            originator1=pl.col("orig1") == 1,
            originator2=pl.col("orig2") == 1,
            deaths1="fatalpre1",
            deaths2="fatalpre2",
        ).sort("dispnum", "ccode1", "ccode2", "year")
    }


DATASET = Dataset(
    id=ID,
    title="Correlates of War Militarised Interstate Disputes",
    authors="Palmer, McManus, D'Orazio, Kenwick, Karstens, Bloch, Dietrich, Kahn, Ritter, Soules",
    citation="Palmer, Glenn, Roseanne W. McManus, Vito D'Orazio, Michael R. Kenwick, Mikaela Karstens, Chase Bloch, Nick "
    "Dietrich, Kayla Kahn, Kellan Ritter and Michael J. Soules. 2022. The MID5 Dataset, 2011–2014: Procedures, coding "
    "rules, and description. Conflict Management and Peace Science 39(4): 470–482.",
    licence="free for scholarly use with citation; not ours to hand on",
    terms=Terms.SCHOLARLY,
    page="https://correlatesofwar.org/data-sets/mids/",
    bring="the table cow_mid_dirdisps of the R package peacesciencer, as CSV",
    gives="which members threatened, displayed or used force against one another or outsiders, 1816 to 2014",
    beware="It ends in 2014, before the border clashes of later years. Levels and deaths are of a whole dispute, not of "
    "a year. A pair is two states on opposite sides, not two that fought each other.",
    parts=(
        Part(
            name="directed-disputes",
            columns={
                **dict.fromkeys(("dispnum", "ccode1", "ccode2", "year"), Kind.WHOLE),
                **dict.fromkeys(FLAGS, Kind.WHOLE),
                **dict.fromkeys(("fatality1", "fatality2", "fatalpre1", "fatalpre2"), Kind.NUMBER),
                **dict.fromkeys(("hiact1", "hiact2", "hostlev1", "hostlev2"), Kind.TEXT),
            },
            keys=("dispnum", "ccode1", "ccode2", "year", *FLAGS),
            year="year",
            read=read_disputes,
            states=(
                States(table="disputes", code="ccode1", regime="cow", into="state1"),
                States(table="disputes", code="ccode2", regime="cow", into="state2"),
            ),
            releases=(
                Release(
                    version="5.0",
                    sha256="79efcc1132ca5e86e3de858a894da78e7cc40894e71d5e85f3199b44f2be2315",
                    rows=11390,
                    years=(1816, 2014),
                ),
            ),
        ),
    ),
)
