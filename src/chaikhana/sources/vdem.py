"""Varieties of Democracy, the five high-level indices of democracy, country-year.

Reference: Coppedge, Gerring, Knutsen, Lindberg, Teorell et al., *V-Dem [Country-Year] Dataset*, Varieties of Democracy
Project; method in Pemstein et al., V-Dem Working Paper 21. Reads the table `vdem_simple` of the R package democracyData.
Returns `regimes`: the electoral, liberal, participatory, deliberative and egalitarian index, each from 0 to 1 with the bounds
of its interval. Not the full dataset of some 500 indicators; V-Dem codes countries, some of which were never states.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "vdem"
INDICES = ("polyarchy", "libdem", "partipdem", "delibdem", "egaldem")
BOUNDS = {"": "", "_codelow": "_low", "_codehigh": "_high"}
NUMBERS = {f"v2x_{index}{theirs}": f"{index}{ours}" for index in INDICES for theirs, ours in BOUNDS.items()}


def read_regimes(raw: pl.DataFrame) -> Tables:
    """Tidy the table of country-years.

    Returns
    -------
    Tables
        `regimes`: country, vdem_code, year; `polyarchy` (electoral democracy), `libdem` (liberal), `partipdem`
        (participatory), `delibdem` (deliberative), `egaldem` (egalitarian), from 0 to 1, each with `_low` and `_high`, the
        bounds of V-Dem's interval of one standard deviation or so; cow and gw, the numbers that the packager has joined;
        `historical_name`, what the country was called. Null where V-Dem has no estimate.
    """
    return {
        "regimes": raw.select(
            pl.col("vdem_country_name").alias("country"),
            pl.col("country_text_id").alias("vdem_code"),
            "year",
            *(pl.col(theirs).alias(ours) for theirs, ours in NUMBERS.items()),
            pl.col("cown").alias("cow"),
            pl.col("GWn").alias("gw"),
            pl.col("histname").alias("historical_name"),
        ).sort("vdem_code", "year")
    }


DATASET = Dataset(
    id=ID,
    title="Varieties of Democracy, high-level indices",
    authors="V-Dem Institute; packaged by Marquez",
    citation="Coppedge, Michael, John Gerring, Carl Henrik Knutsen, Staffan I. Lindberg, Jan Teorell et al. V-Dem "
    "[Country-Year] Dataset. Varieties of Democracy Project. Packaged as vdem_simple in democracyData 0.6.0 by Xavier "
    "Marquez.",
    licence="package GPL-3; the terms of V-Dem were not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://www.v-dem.net/data/the-v-dem-dataset/",
    bring="the table vdem_simple of the R package democracyData, as CSV",
    gives="how democratic each member is and was, 1789 to 2024, with the uncertainty of its experts",
    beware="The package says version 14, but its rows run to 2024, as version 15 does. Each value is an estimate with "
    "bounds: two that overlap are not two different regimes. Some countries were no states in the years that are coded.",
    parts=(
        Part(
            name="country-year",
            columns={
                "vdem_country_name": Kind.TEXT,
                "country_text_id": Kind.TEXT,
                "year": Kind.WHOLE,
                "histname": Kind.TEXT,
                **dict.fromkeys(NUMBERS, Kind.NUMBER),
                "GWn": Kind.WHOLE,
                "cown": Kind.WHOLE,
            },
            keys=("vdem_country_name", "country_text_id", "year"),
            year="year",
            read=read_regimes,
            states=(States(table="regimes", code="vdem_code", regime="vdem"),),
            releases=(
                Release(
                    version="15",
                    sha256="4804fd46641aea8ba385d1b12df71086bdde98d713a9941c0f209e5bb14500b9",
                    rows=27913,
                    years=(1789, 2024),
                ),
            ),
        ),
    ),
)
