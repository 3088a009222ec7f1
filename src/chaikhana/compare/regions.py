"""Regions as cases: which states each has in which year, with the reason for drawing it so.

What it is: the reader of two tables beside it, `tables/regions.csv` and `tables/members.csv`. A region is a set of states in a
year; where an organisation draws it, its full members are meant, from the year of accession to that of leaving. The tables were
checked against the dataset that `cite` names, from 1992 on; what none was found for is unverified, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from chaikhana.errors import UnknownNameError

FOLDER = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region.

    Attributes
    ----------
    authority : str
        The id of its organisation in the dataset on the authority of organisations; empty if that has none.
    body : str
        The id of its organisation in the dataset of memberships; empty if it has none.
    reason : str
        Why it is drawn so.
    """

    id: str
    name: str
    authority: str
    body: str
    reason: str


@cache
def regions() -> dict[str, Region]:
    """All regions by id, in the order of the table."""
    frame = pl.read_csv(FOLDER / "regions.csv", infer_schema=False).fill_null("")
    return {row["id"]: Region(**row) for row in frame.iter_rows(named=True)}


def region(name: str) -> Region:
    """A region by its id.

    Raises
    ------
    UnknownNameError
        If there is none of that id.
    """
    if name not in regions():
        raise UnknownNameError("region", name, regions())
    return regions()[name]


@cache
def spells() -> pl.DataFrame:
    """Memberships: region, state, first, last (null if it goes on), cite, note."""
    return pl.read_csv(
        FOLDER / "members.csv",
        schema_overrides={"first": pl.Int32, "last": pl.Int32, "note": pl.String},
    )


def member_years(first: int, last: int) -> pl.DataFrame:
    """Region, year and state of every membership within the years, both included; the year of leaving counts."""
    return (
        spells()
        .with_columns(pl.col("last").fill_null(last))
        .with_columns(
            year=pl.int_ranges(
                pl.max_horizontal("first", pl.lit(first)),
                pl.min_horizontal("last", pl.lit(last)) + 1,
                dtype=pl.Int32,
            )
        )
        .explode("year")
        .drop_nulls("year")
        .select("region", "year", "state")
        .sort("region", "year", "state")
    )
