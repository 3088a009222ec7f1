"""Correlates of War, bilateral trade, version 4.0: what each state of a pair imports from the other in a year.

Reference: Barbieri, Keshk and Pollins (2009), *Trading Data: Evaluating our Assumptions and Coding Rules*, Conflict
Management and Peace Science 26(5), 471–491, doi:10.1177/0738894209343887. Reads the dyadic file, as the project offers it
(with -9 for missing) or as peacesciencer packages it (with blanks). Returns `trade`: one row a pair and year, the lower
number first, in millions of current US dollars. Not gravity-ready: zeros are as recorded, and nothing is filled in.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "cow-trade-v4"


def read_trade(raw: pl.DataFrame) -> Tables:
    """Tidy the dyadic file.

    Parameters
    ----------
    raw : polars.DataFrame
        Columns ccode1, ccode2, year, flow1 (imports of the first state from the second), flow2, smoothflow1, smoothflow2.

    Returns
    -------
    Tables
        `trade`: ccode1, ccode2, year, imports1, imports2, smooth1, smooth2. `imports1` is what state 1 imports from
        state 2 and so what state 2 exports to it; `smooth1` the same with the gaps and spikes of the series smoothed by
        the authors. Null is unknown. A zero is what the file says: in the packaged file, whose values are whole numbers,
        anything below half a million.
    """
    return {
        "trade": raw.select(
            "ccode1",
            "ccode2",
            "year",
            imports1="flow1",
            imports2="flow2",
            smooth1="smoothflow1",
            smooth2="smoothflow2",
        ).sort("ccode1", "ccode2", "year")
    }


DATASET = Dataset(
    id=ID,
    title="Correlates of War Bilateral Trade",
    authors="Barbieri, Keshk, Pollins",
    citation="Barbieri, Katherine, Omar M. G. Keshk and Brian M. Pollins. 2009. Trading Data: Evaluating our Assumptions "
    "and Coding Rules. Conflict Management and Peace Science 26(5): 471–491; Barbieri, Katherine and Omar M. G. Keshk. "
    "2016. Correlates of War Project Trade Data Set Codebook, Version 4.0.",
    licence="free for scholarly use with citation; not ours to hand on",
    terms=Terms.SCHOLARLY,
    page="https://correlatesofwar.org/data-sets/bilateral-trade/",
    bring="Dyadic_COW_4.0.csv, or the same as peacesciencer packages it",
    gives="who trades with whom and how much, 1870 to 2014: trade within a region, its introversion, its leading partners",
    beware="It ends in 2014. A pair without a row is unknown, not zero: the packaged file leaves out the pair-years of "
    "which both flows are missing. Millions of current dollars, not deflated. Imports are as the importer reports them, "
    "and re-exports count where they pass. The packaged file is rounded to whole millions, so that its 0 is anything "
    "below half a million.",
    parts=(
        Part(
            name="dyadic",
            columns={
                "ccode1": Kind.WHOLE,
                "ccode2": Kind.WHOLE,
                "year": Kind.WHOLE,
                "flow1": Kind.NUMBER,
                "flow2": Kind.NUMBER,
                "smoothflow1": Kind.NUMBER,
                "smoothflow2": Kind.NUMBER,
            },
            keys=("ccode1", "ccode2", "year"),
            year="year",
            read=read_trade,
            states=(
                States(table="trade", code="ccode1", regime="cow", into="state1"),
                States(table="trade", code="ccode2", regime="cow", into="state2"),
            ),
            releases=(
                Release(
                    version="4.0",
                    sha256="3188939d68e7872417ab2c8f231601ef90c73ae0efb5fc80faf994ed9a2ab779",
                    rows=673654,
                    years=(1870, 2014),
                ),
            ),
        ),
    ),
)
