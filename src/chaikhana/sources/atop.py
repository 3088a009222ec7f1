"""Alliance Treaty Obligations and Provisions (ATOP), version 5.1: what allies promise one another, by directed pair and year.

Reference: Leeds, Ritter, Mitchell and Long (2002), *Alliance Treaty Obligations and Provisions, 1815–1944*, International
Interactions 28(3), 237–260, doi:10.1080/03050620213653. Reads the directed dyad-year file as peacesciencer packages it.
Returns `obligations`: one row a state, a partner and a year in which the two share a treaty. Not a list of treaties: it
has no treaty ids and no dates within a year. A pair without a row has no alliance that the project knows of.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "atop-v5"
PLEDGES = {
    "defence": "atop_defense",
    "offence": "atop_offense",
    "neutrality": "atop_neutral",
    "nonaggression": "atop_nonagg",
    "consultation": "atop_consul",
}


def read_obligations(raw: pl.DataFrame) -> Tables:
    """Tidy the directed dyad-year file.

    Parameters
    ----------
    raw : polars.DataFrame
        Columns ccode1, ccode2, year and the five pledges, each 0 or 1.

    Returns
    -------
    Tables
        `obligations`: ccode1, ccode2, year, defence, offence, neutrality, nonaggression, consultation. A flag says
        whether state 1 owes that to state 2. The two directions may differ, and a row may have no pledge at all, where
        the treaty binds the partner alone.

    Raises
    ------
    SourceError
        If a pledge is neither 0 nor 1.
    """
    return {
        "obligations": raw.select(
            "ccode1",
            "ccode2",
            "year",
            **{
                pledge: translate(ID, "pledge", raw[column]).cast(pl.String) == "pledged"
                for pledge, column in PLEDGES.items()
            },
        ).sort("ccode1", "ccode2", "year")
    }


DATASET = Dataset(
    id=ID,
    title="Alliance Treaty Obligations and Provisions",
    authors="Leeds, Ritter, Mitchell, Long",
    citation="Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell and Andrew G. Long. 2002. Alliance Treaty "
    "Obligations and Provisions, 1815–1944. International Interactions 28(3): 237–260.",
    licence="terms not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://www.atopdata.org/",
    bring="the directed dyad-year data of version 5.1, as CSV with the columns of peacesciencer (ccode1, atop_defense …)",
    gives="who owes whom defence, neutrality or consultation, 1815 to 2018, pledge by pledge",
    beware="Pledges on paper, by pair and year: no treaty ids, no days. A treaty of many members is a row for each pair. "
    "Obligations of one side alone are told, so that the two directions of a pair may differ. In a year in which a state "
    "changed its number it may have two rows with a partner.",
    parts=(
        Part(
            name="dyad-years",
            columns={
                "ccode1": Kind.WHOLE,
                "ccode2": Kind.WHOLE,
                "year": Kind.WHOLE,
                **dict.fromkeys(PLEDGES.values(), Kind.TEXT),
            },
            keys=("ccode1", "ccode2", "year"),
            year="year",
            read=read_obligations,
            states=(
                States(table="obligations", code="ccode1", regime="cow", into="state1"),
                States(table="obligations", code="ccode2", regime="cow", into="state2"),
            ),
            releases=(
                Release(
                    version="5.1",
                    sha256="2ca78f3f674c5748eb92efa21dabea935616fc2e286c7d5d8fa60d0dbfa6e065",
                    rows=273296,
                    years=(1815, 2018),
                ),
            ),
        ),
    ),
)
