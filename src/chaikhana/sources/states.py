"""State codes with the dates of their validity: the project's own crosswalk.

What it is: `states.csv`, one row a state and code regime since 1816, with ISO, Correlates of War and Gleditsch-Ward codes. A
code is resolved together with a year, since Germany, Yemen or Sudan changed theirs. Rows whose note begins with
``alias:`` give a second code of the same state. COW's dates of membership in the state system are the default.
"""

from __future__ import annotations

import io
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files

import polars as pl

from chaikhana.core.dates import parse_moment, parse_period


@lru_cache(maxsize=1)
def states() -> pl.DataFrame:
    """The crosswalk, with `first` and `last`, the years in which each row is valid on some day."""
    text = (files("chaikhana.sources") / "states.csv").read_text(encoding="utf-8")
    frame = pl.read_csv(io.StringIO(text), infer_schema=False).fill_null("")
    periods = [parse_period(start, end) for start, end in zip(frame["from"], frame["to"], strict=True)]
    return frame.with_columns(
        begins=pl.Series([parse_moment(start).earliest for start in frame["from"]], dtype=pl.Date),
        first=pl.Series([period.start.earliest.year for period in periods], dtype=pl.Int32),
        last=pl.Series([(period.end.latest - timedelta(days=1)).year for period in periods], dtype=pl.Int32),
    )


def resolve(frame: pl.DataFrame, code: str, column: str, year: str = "year") -> pl.DataFrame:
    """Join the id of the state that a code stood for in a year.

    Parameters
    ----------
    frame : polars.DataFrame
        Has the columns `column` (codes) and `year`.
    code : str
        Which code: ``iso2``, ``iso3``, ``cow`` or ``gw``.

    Returns
    -------
    polars.DataFrame
        The frame with `actor`, null where the code stood for no state that year; where a code changed hands within the
        year, the later holder.
    """
    keys = frame.select(column, year).unique().drop_nulls()
    held = (
        states()
        .filter(pl.col(code) != "")
        .select(pl.col(code).alias("_code"), "id", "begins", "first", "last")
    )
    found = (
        keys.with_columns(_code=pl.col(column).cast(pl.String))
        .join(held, on="_code")
        .filter((pl.col("first") <= pl.col(year)) & (pl.col("last") >= pl.col(year)))
        .sort("begins")
        .group_by(column, year)
        .agg(actor=pl.col("id").last())
    )
    return frame.join(found, on=[column, year], how="left")


def actors_by_iso2(votes: pl.DataFrame) -> pl.DataFrame:
    """Votes with the ids of the states that cast them, by their ISO alpha-2 code and year; others are left out."""
    dated = votes.with_columns(year=pl.col("date").dt.year())
    return resolve(dated, "iso2", "iso2").filter(pl.col("actor").is_not_null()).drop("year")
