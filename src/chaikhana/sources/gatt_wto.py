"""The General Agreement on Tariffs and Trade: its contracting parties, with the day that each signed.

Reference: World Trade Organization, *The 128 countries that had signed GATT by 1994*. Reads that list as CSV, as the R
package stevedata has it. Returns `accessions`. Not membership of the World Trade Organization, which began on 1 January
1995: the list ends with 1994. Parties that left again before (China, Lebanon, Syria, Liberia) are not on it.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "gatt-wto"


def read_accessions(raw: pl.DataFrame) -> Tables:
    """Tidy the list: country (as printed), date, year.

    Raises
    ------
    SourceError
        If a date is not of the form ``8 April 1994``.
    """
    whole = pl.when(pl.col("Date").str.contains(r" \d{4}$")).then("Date").otherwise(pl.lit("no such day"))
    day = whole.str.to_date("%d %B %Y")
    return {"accessions": raw.select(country="Country", date=day, year=day.dt.year()).sort("date", "country")}


DATASET = Dataset(
    id=ID,
    title="GATT contracting parties",
    authors="World Trade Organization; packaged by Miller",
    citation="World Trade Organization. The 128 countries that had signed GATT by 1994. Packaged in stevedata by Steven V. "
    "Miller.",
    licence="package GPL-2; the terms of the list were not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://www.wto.org/english/thewto_e/gattmem_e.htm",
    bring="the list as CSV, with the columns Country and Date",
    gives="since when each state was bound by the world's trade rules, until 1994",
    beware="It ends in 1994: a state that is not on it may have joined the World Trade Organization since. Customs "
    "territories (Hong Kong, Macao) are on it. Of those that left before 1994 it does not speak.",
    parts=(
        Part(
            name="accessions",
            columns={"Country": Kind.TEXT, "Date": Kind.TEXT},
            keys=("Country", "Date"),
            read=read_accessions,
            states=(States(table="accessions", code="country", regime="name"),),
            releases=(
                Release(
                    version="1994",
                    sha256="084778a90ce9cd52558e148793a19a86391b8882ed402f50f0f967aab7cb3ca5",
                    rows=128,
                ),
            ),
        ),
    ),
)
