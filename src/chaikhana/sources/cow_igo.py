"""Correlates of War, intergovernmental organisations, version 3.

Reference: Pevehouse, Nordstrom, McManus, Jamison (2020), Journal of Peace Research 57(3), 492–503,
doi:10.1177/0022343319881175. Reads the state-year and the organisation-year files, in which each organisation (or state)
is a column. Returns `memberships` (ccode, year, body, status) without the rows that say *none* or
*not in the system*, and `state_years` and `body_years`, by which a missing row is known to be a no.
Ends in 2014, and holds some bodies under the name of what became of them.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "cow-igo-v3"
_ABSENT = ("none", "not-in-system")


def read_state_years(raw: pl.DataFrame) -> Tables:
    """Tidy the state-year file: one column an organisation, one row a state and year."""
    keys = ["ccode", "year", "state"]
    bodies = [name for name in raw.columns if name not in keys]
    coded = _long(raw, keys, bodies, "body")
    return {
        "memberships": coded.filter(~pl.col("status").cast(pl.String).is_in(_ABSENT)).select(
            "ccode", "year", "body", "status"
        ),
        "state_years": raw.select("ccode", "year", abbreviation="state"),
        "body_years": coded.filter(pl.col("status").cast(pl.String) != "not-in-system")
        .select("body", "year")
        .unique()
        .sort("body", "year"),
    }


def read_organisation_years(raw: pl.DataFrame) -> Tables:
    """Tidy the organisation-year file: the names of the organisations and the years in which each is recorded."""
    return {
        "organisations": raw.select("year", body=pl.col("ioname").str.to_lowercase(), name="orgname")
        .sort("year")
        .group_by("body", maintain_order=True)
        .agg(pl.col("name").last(), first=pl.col("year").min(), last=pl.col("year").max())
        .sort("body")
    }


def _long(raw: pl.DataFrame, keys: list[str], columns: list[str], name: str) -> pl.DataFrame:
    long = raw.unpivot(columns, index=keys, variable_name=name, value_name="code").with_columns(
        pl.col(name).str.to_lowercase()
    )
    return long.with_columns(translate(ID, "membership", long["code"]).alias("status")).drop("code")


DATASET = Dataset(
    id=ID,
    title="Correlates of War Intergovernmental Organisations",
    authors="Pevehouse, Nordstrom, McManus, Jamison",
    citation="Pevehouse, Jon C. W., Timothy Nordstrom, Roseanne W. McManus and Anne Spencer Jamison. 2020. Tracking "
    "Organizations in the World: The Correlates of War IGO Version 3.0 datasets. Journal of Peace Research "
    "57(3): 492–503.",
    licence="free for scholarly use with citation; not ours to hand on",
    terms=Terms.SCHOLARLY,
    page="https://correlatesofwar.org/data-sets/igos/",
    bring="state_year_format3.csv and igo_year_format3.csv",
    gives="memberships of every state in intergovernmental organisations, 1816 to 2014, to set the study against",
    beware="It ends in 2014, does not know informal bodies, and holds some under the name of what became of them.",
    parts=(
        Part(
            name="state-year",
            columns={"ccode": Kind.WHOLE, "year": Kind.WHOLE, "state": Kind.TEXT, "un": Kind.TEXT},
            keys=("ccode", "year", "state"),
            year="year",
            read=read_state_years,
            states=(
                States(table="memberships", code="ccode", regime="cow"),
                States(table="state_years", code="ccode", regime="cow"),
            ),
            releases=(
                Release(
                    version="3.0",
                    sha256="720d4b5aa3679649fae2a87fd893f5a471d39810ab36d3e4d430d396ccaa6efa",
                    rows=15557,
                    years=(1816, 2014),
                ),
            ),
        ),
        Part(
            name="organisation-year",
            columns={"ioname": Kind.TEXT, "orgname": Kind.TEXT, "year": Kind.WHOLE},
            keys=("ioname", "orgname", "year"),
            year="year",
            read=read_organisation_years,
            releases=(
                Release(
                    version="3.0",
                    sha256="7c7fecfd609850827268caffbf0d41800a03d3e9b20ec1a573d84f1bd45139bc",
                    rows=19335,
                    years=(1816, 2014),
                ),
            ),
        ),
    ),
)
