"""State codes and names with the dates of their validity: the project's own crosswalk.

What it is: `states.csv`, one row a state and set of codes since 1816, and `state_names.csv`, one row a spelling. A code is
resolved together with a year, since Germany, Yemen or Sudan changed theirs. Rows whose note begins with ``alias:`` give a
second code of the same state, and say whose usage it is. COW's dates of membership in the state system are the default.
Territories, organisations, rebels and aggregates are not in it: they stay unresolved, and `unresolved` lists them.
"""

from __future__ import annotations

import io
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files

import polars as pl

from chaikhana.core.dates import parse_period
from chaikhana.errors import BadValueError, UnknownNameError

REGIMES: tuple[str, ...] = ("iso2", "iso3", "iso_n", "cow", "gw", "polity", "vdem", "name")
NUMBERED = ("iso_n", "cow", "gw", "polity")
LISTS_OF_MEMBERS = ("cow", "gw")
CODED_BEFORE_ENTRY = ("polity", "vdem")


@lru_cache(maxsize=1)
def states() -> pl.DataFrame:
    """The crosswalk, with `first` and `last`, the years in which each row is valid on some day."""
    return _dated("states.csv")


@lru_cache(maxsize=1)
def state_names() -> pl.DataFrame:
    """The spellings of states' names; one without dates stands for its state at all times."""
    return _dated("state_names.csv")


def resolve(
    frame: pl.DataFrame, code: str, column: str, year: str | None = "year", into: str = "actor"
) -> pl.DataFrame:
    """Join the id of the state that a code stood for in a year.

    Parameters
    ----------
    frame : polars.DataFrame
        Has the columns `column` (codes, as text or numbers) and `year`.
    code : str
        Which code: one of `REGIMES`. Numbers match with or without leading zeros, names whatever their case and white
        space, other codes as they are printed.
    column : str
        The column of codes.
    year : str, optional
        The column of years, or of dates, of which the year counts. None: there is none. Without a year (none at all, or a
        blank one) a code stands for a state only if it has never stood for another.
    into : str
        The name of the new column.

    Returns
    -------
    polars.DataFrame
        The frame, its rows in their order, with `into`: null where the code stood for no state that year; where it
        changed hands within the year, the later holder.

    Raises
    ------
    UnknownNameError
        If `code` is none of the regimes.
    BadValueError
        If the frame has a column `into`, or `year` holds neither whole numbers nor dates.

    Notes
    -----
    COW and Gleditsch and Ward differ on when a state enters or leaves their lists, and datasets use either's numbers
    somewhat beyond. Ours: in ``cow`` and ``gw``, where the table has the state that year but only the other list does, its
    number is the one that it has otherwise. ISO codes stand for a state while it exists, not for the territory before.
    Polity and V-Dem code countries before they become members of the state system; ours: in ``polity`` and ``vdem`` a code
    that one state alone has had stands for it in every year before its last too, and a shared one by its dates only. A
    name stands for its state in every year, unless the table gives it dates.
    """
    if code not in REGIMES:
        raise UnknownNameError("regime of state codes", code, REGIMES)
    if into in frame.columns:
        raise BadValueError(
            f"The frame has a column ‘{into}’ already. Drop it, or give the states another column by ‘into’."
        )
    on = [column] if year is None else [column, year]
    found = (
        frame.select(on)
        .unique()
        .with_columns(_key=_key(code, pl.col(column).cast(pl.String)), _when=_calendar_year(frame, year))
        .join(_holders(code), on="_key")
        .filter(
            pl.when(pl.col("_when").is_null())
            .then(pl.col("_alone"))
            .otherwise(pl.col("_when").is_between(pl.col("_first"), pl.col("_last")))
        )
        .sort("_begins", "_id")
        .group_by(on, maintain_order=True)
        .agg(pl.col("_id").last().alias(into))
    )
    return frame.join(found, on=on, how="left", nulls_equal=True, maintain_order="left")


def unresolved(frame: pl.DataFrame, column: str, into: str, year: str | None) -> pl.DataFrame:
    """The codes that were resolved to no state, most frequent first.

    Parameters
    ----------
    frame : polars.DataFrame
        As `resolve` returned it.
    column, into, year : str
        As given to `resolve`.

    Returns
    -------
    polars.DataFrame
        One row a code: `code` (text), `first` and `last` (the years in which it was not resolved; null without years), and
        `rows`. Rows without a code are left out.
    """
    return (
        frame.select(code=pl.col(column).cast(pl.String), _when=_calendar_year(frame, year), _id=pl.col(into))
        .filter(pl.col("code").is_not_null() & pl.col("_id").is_null())
        .group_by("code")
        .agg(first=pl.col("_when").min(), last=pl.col("_when").max(), rows=pl.len())
        .sort("rows", "code", descending=[True, False])
    )


def actors_by_iso2(votes: pl.DataFrame) -> pl.DataFrame:
    """Votes with the ids of the states that cast them, by their ISO alpha-2 code and year; others are left out."""
    return resolve(votes, "iso2", "iso2", "date").filter(pl.col("actor").is_not_null())


def _dated(file: str) -> pl.DataFrame:
    """A table of the crosswalk with `begins`, `first` and `last`; a blank start or end is open."""
    text = (files("chaikhana.sources") / file).read_text(encoding="utf-8")
    frame = pl.read_csv(io.StringIO(text), infer_schema=False).fill_null("")
    periods = [
        parse_period(start or "..", end or "..")
        for start, end in zip(frame["from"], frame["to"], strict=True)
    ]
    return frame.with_columns(
        begins=pl.Series([period.start.earliest for period in periods], dtype=pl.Date),
        first=pl.Series([period.start.earliest.year for period in periods], dtype=pl.Int32),
        last=pl.Series([(period.end.latest - timedelta(days=1)).year for period in periods], dtype=pl.Int32),
    )


@lru_cache(maxsize=len(REGIMES))
def _holders(code: str) -> pl.DataFrame:
    """Who held each code of a regime: _key, _id, _begins, _first, _last (years), and whether nobody else ever did."""
    table = state_names() if code == "name" else states()
    if code in LISTS_OF_MEMBERS:
        table = _with_only_number(table, code)
    held = table.filter(pl.col(code) != "").select(
        _key=_key(code, pl.col(code)),
        _id=pl.col("id"),
        _begins=pl.col("begins"),
        _first=pl.col("first"),
        _last=pl.col("last"),
        _alone=pl.lit(True),
    )
    held = held.with_columns(_alone=pl.col("_id").n_unique().over("_key") == 1)
    if code not in CODED_BEFORE_ENTRY:
        return held
    return held.with_columns(
        _first=pl.when("_alone").then(pl.lit(0, dtype=pl.Int32)).otherwise("_first"),
        _last=pl.when("_alone").then(pl.col("_last").max().over("_key")).otherwise("_last"),
    )


def _with_only_number(table: pl.DataFrame, code: str) -> pl.DataFrame:
    """The table with blank numbers filled, on rows of states in being, by the number of a state that has only one."""
    usual = ~pl.col("note").str.contains("^(?:alias|outside):")
    own = (
        table.filter(usual & (pl.col(code) != ""))
        .group_by("id", maintain_order=True)
        .agg(_only=pl.col(code).first(), _numbers=pl.col(code).n_unique())
        .filter(pl.col("_numbers") == 1)
    )
    blank = usual & (pl.col(code) == "")
    return table.join(own, on="id", how="left", maintain_order="left").with_columns(
        pl.when(blank).then(pl.col("_only").fill_null("")).otherwise(pl.col(code)).alias(code)
    )


def _key(code: str, column: pl.Expr) -> pl.Expr:
    """A code in the form in which it is compared."""
    plain = column.str.strip_chars()
    if code in NUMBERED:
        return plain.str.replace(r"^0*([0-9]+)(?:\.0*)?$", "$1")
    if code == "name":
        return plain.str.normalize("NFC").str.replace_all(r"\s+", " ").str.to_lowercase()
    return plain


def _calendar_year(frame: pl.DataFrame, year: str | None) -> pl.Expr:
    if year is None:
        return pl.lit(None, dtype=pl.Int32)
    kind = frame.schema[year]
    if kind.is_integer() or kind == pl.Null:
        return pl.col(year).cast(pl.Int32)
    if kind in (pl.Date, pl.Datetime):
        return pl.col(year).dt.year()
    raise BadValueError(
        f"The column ‘{year}’ holds {kind}. Allowed: years as whole numbers, or dates. Read it as one of them first."
    )
