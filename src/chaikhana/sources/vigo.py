"""Vitality of regional economic organisations: which are alive, which dead, and which go through the motions.

Reference: Gray (2018), *Life, Death, or Zombie? The Vitality of International Organizations*, International Studies
Quarterly 62(1), 1–13. Reads the replication file for Stata (doi:10.7910/DVN/2QS4R8). Returns
`vitality`, one row an organisation and year. Not a list of dates: an organisation may be coded beyond the year of its
end, and one that is *dead* in all its rows never took up its work.
"""

from __future__ import annotations

import polars as pl

from chaikhana.errors import SourceError
from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, Stata, Tables, Terms

ID = "vigo"
STATES = ("dead", "zombie", "life")
NUMBERS = {
    "age": "age",
    "competition": "competition",
    "conflict": "numb_mids_sum",
    "legalisation": "mccall",
    "proposed_integration": "pr_integration",
    "autonomy": "aut3",
    "similarity": "s3un",
    "hardship": "hardrel",
    "transparency": "itrans",
    "security": "desec5f",
    "gdp_log": "lngdpsum1",
}
REGIONS = {
    "africa": "Africa",
    "asia": "Asia",
    "europe": "Europe",
    "latin-america": "LAmerica",
    "middle-east": "MENA",
    "north-america-and-caribbean": "NAmCarib",
}


def read_vitality(raw: pl.DataFrame) -> Tables:
    """Tidy the file.

    Returns
    -------
    Tables
        `vitality`: body (``reo``), year, dead, zombie, life (flags, one of them true), vitality (the same as a word: *dead*,
        *zombie*, *alive*), region (null where the file marks none), then the paper's covariates: age in years,
        competition, conflict (disputes among members), legalisation (0–4), proposed_integration (0–5), autonomy (0–1),
        similarity of members' votes, hardship of the secretariat's city, transparency, security mandate, gdp_log (the
        logarithm of the members' product). Null where the file is blank.

    Raises
    ------
    SourceError
        If a row is not exactly one of dead, zombie and alive, or says it twice and differently.
    """
    whole = raw["vitality"].cast(pl.Float64, strict=False).cast(pl.Int32).cast(pl.String)
    word = translate(ID, "vitality", whole).cast(pl.String)
    flags = raw.select(pl.col(name) == 1 for name in STATES)
    told = flags.select(
        pl.concat_str(pl.when(name).then(pl.lit(name)).otherwise(pl.lit("")) for name in STATES)
    ).to_series()
    if not (told == word.replace({"alive": "life"})).all():
        raise SourceError(
            f"{ID}: a row is not one of dead, zombie and life, or its word for it is another. Bring the file again from "
            f"{DATASET.page}"
        )
    region = pl.coalesce(pl.when(pl.col(column) == 1).then(pl.lit(name)) for name, column in REGIONS.items())
    return {
        "vitality": raw.select(
            "year", *(flags[name] for name in STATES), body="reo", vitality=word, region=region, **NUMBERS
        )
        .select("body", "year", *STATES, "vitality", "region", *NUMBERS)
        .sort("body", "year")
    }


DATASET = Dataset(
    id=ID,
    title="Vitality of International Organizations",
    authors="Gray",
    citation="Gray, Julia. 2018. Life, Death, or Zombie? The Vitality of International Organizations. International Studies "
    "Quarterly 62(1): 1–13.",
    licence="terms not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://doi.org/10.7910/DVN/2QS4R8",
    bring="isq_2017.dta",
    gives="whether 63 regional economic organisations were alive, dead or zombies, 1948 to 2013",
    beware="It ends in 2013. Organisations that were dissolved may be coded on, and some begin before their founding: take "
    "the years of life from elsewhere. Several covariates are blank for most rows.",
    parts=(
        Part(
            name="vitality",
            columns={
                "year": Kind.WHOLE,
                "reo": Kind.TEXT,
                "vitality": Kind.TEXT,
                **dict.fromkeys((*STATES, *NUMBERS.values(), *REGIONS.values()), Kind.NUMBER),
            },
            keys=("year", "reo", "vitality", *STATES),
            year="year",
            form=Stata(),
            read=read_vitality,
            releases=(
                Release(
                    version="2017",
                    sha256="9d11c8ee4cd525fad5e638e0dc7bca88da171130a1055411d8525c21d0dd31d0",
                    rows=1662,
                    years=(1948, 2013),
                ),
            ),
        ),
    ),
)
