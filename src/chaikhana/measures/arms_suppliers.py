"""Arms suppliers: from whom a state received major arms over a span of years, in what shares, how concentrated.

Reference: SIPRI Arms Transfers Database, *Sources and methods*, for trend-indicator values (TIV: a volume of military
capability, not a price); Hirschman (1964) for the index. Reads the table `export_tables`, or `transfers`, of sipri-arms.
Returns shares and concentration for any spans. Values are printed in whole millions, and a printed 0 is more than nothing,
so that sums and shares are intervals about the printed ones. A year without a row is no known delivery.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError
from chaikhana.methods.concentration import herfindahl_high, herfindahl_low, share_high, share_low
from chaikhana.study.study import Study

DATASET = "sipri-arms"
SERIES = "arms_suppliers"
COLUMNS = (
    "recipient", "supplier", "name", "first", "last", "tiv", "tiv_low", "tiv_high", "share", "share_low",
    "share_high", "rank",
)  # fmt: skip
CONCENTRATION = "arms_concentration"
CONCENTRATION_COLUMNS = (
    "recipient", "first", "last", "tiv", "tiv_low", "tiv_high", "suppliers", "largest", "largest_share",
    "largest_low", "largest_high", "certain", "herfindahl_low", "herfindahl_high",
)  # fmt: skip
UNKNOWN = "Unknown supplier(s)"
WINDOW = 5
_SPAN = ["recipient", "first", "last"]
_AMOUNTS = ["tiv", "tiv_low", "tiv_high"]
_ORDER = ["tiv", "tiv_high"]
_SHARES = ["share", "share_low", "share_high"]
_BOUNDS = ["largest_share", "largest_low", "largest_high", "herfindahl_low", "herfindahl_high"]


def world(transfers: pl.DataFrame, spans: Iterable[tuple[int, int]] | None = None) -> pl.DataFrame:
    """Every supplier of every recipient over each span of years.

    Parameters
    ----------
    transfers : polars.DataFrame
        Columns supplier, recipient (names), supplier_state, recipient_state (ids, null for what is no state), year, tiv
        (millions of trend-indicator values, as printed), tiv_low, tiv_high (what the rounding leaves open).
    spans : iterable of (int, int), optional
        First and last year, both included; by default each year by itself.

    Returns
    -------
    polars.DataFrame
        Columns recipient, supplier (ids, or SIPRI's name where there is none), name (SIPRI's), first, last, tiv, tiv_low,
        tiv_high (millions, summed), share, share_low, share_high, rank (1 the largest, by what is printed and then by the
        high end; none for unknown suppliers, who may be anybody). A state that succeeds another is another supplier.
        Sorted by recipient, span and rank.

    Raises
    ------
    BadValueError
        If a span ends before it begins, or a value is negative or outside its bounds.
    """
    if transfers.filter((pl.col("tiv_low") < 0) | ~pl.col("tiv").is_between("tiv_low", "tiv_high")).height:
        raise BadValueError(
            "Arms transfers have a TIV that is negative, or outside its bounds. A volume is zero or more, and "
            "tiv lies from tiv_low to tiv_high: mend the table."
        )
    deliveries = transfers.select(
        recipient=pl.coalesce("recipient_state", "recipient"),
        supplier=pl.coalesce("supplier_state", "supplier"),
        name="supplier",
        year=pl.col("year").cast(pl.Int32),
        tiv="tiv",
        tiv_low="tiv_low",
        tiv_high="tiv_high",
    )
    whole = pl.col("tiv").sum().over("span")
    standing = pl.col("place").min().over("tie") - pl.col("place").min().over("span") + 1
    return (
        deliveries.sort("year", "name")
        .join(_years_of(spans, deliveries["year"]), on="year", maintain_order="left")
        .group_by(*_SPAN, "supplier", maintain_order=True)
        .agg(pl.col("name").last(), pl.col(_AMOUNTS).sum())
        .with_columns(unnamed=pl.col("supplier") == UNKNOWN)
        .sort(*_SPAN, "unnamed", *_ORDER, "supplier", descending=[False] * 4 + [True] * 2 + [False])
        .with_row_index("place")
        .with_columns(span=pl.struct(_SPAN).rle_id(), tie=pl.struct(*_SPAN, *_ORDER).rle_id())
        .with_columns(
            share=pl.when(whole > 0).then(pl.col("tiv") / whole),
            share_low=share_low(pl.col("tiv_low"), pl.col("tiv_high"), ["span"]),
            share_high=share_high(pl.col("tiv_low"), pl.col("tiv_high"), ["span"]),
            # the rows stand in the order of the ranks: the first of a tie, counted from the first of its span
            rank=pl.when(~pl.col("unnamed")).then(standing),
        )
        .select(COLUMNS)
    )


def concentration(suppliers: pl.DataFrame) -> pl.DataFrame:
    """How concentrated the deliveries to every recipient were over each span.

    Parameters
    ----------
    suppliers : polars.DataFrame
        What `world` returns.

    Returns
    -------
    polars.DataFrame
        Columns recipient, first, last, tiv, tiv_low, tiv_high (all deliveries), suppliers (known by name), largest (of equals
        the first by id), largest_share, largest_low, largest_high (its share), certain (whether it is the largest whatever
        the intervals, and even if all from unknown suppliers came from one other), herfindahl_low, herfindahl_high (outer
        bounds). Sorted by recipient and span.
    """
    unnamed = pl.col("supplier") == UNKNOWN
    leading = pl.col("rank") == 1
    first = (leading & leading.cum_sum().eq(1)).fill_null(False)
    rival = (
        pl.col("tiv_high").filter(~unnamed & ~first).max().fill_null(0.0)
        + pl.col("tiv_high").filter(unnamed).sum()
    )
    return (
        suppliers.sort(*_SPAN, "rank", "supplier", nulls_last=True)
        .group_by(_SPAN, maintain_order=True)
        .agg(
            pl.col(_AMOUNTS).sum(),
            suppliers=(~unnamed).sum().cast(pl.Int64),
            largest=pl.col("supplier").filter(first).first(),
            largest_share=pl.col("share").filter(first).first(),
            largest_low=pl.col("share_low").filter(first).first(),
            largest_high=pl.col("share_high").filter(first).first(),
            certain=(pl.col("tiv_low").filter(first).first() > rival).fill_null(False),
            herfindahl_low=herfindahl_low(pl.col("share_low"), unnamed),
            herfindahl_high=herfindahl_high(pl.col("share_high"), unnamed),
        )
        .select(CONCENTRATION_COLUMNS)
    )


def windows(first: int, last: int, years: int = WINDOW) -> list[tuple[int, int]]:
    """Spans of so many years that end with the last, as SIPRI counts them; the first is cut short at the first year.

    Raises
    ------
    BadValueError
        If the span ends before it begins, or a window has no year.
    """
    if first > last or years < 1:
        raise BadValueError(
            f"There are no windows of {years} years from {first} to {last}. Give a first year that is not "
            "after the last, and one year or more."
        )
    return [(max(first, end - years + 1), end) for end in range(last, first - 1, -years)][::-1]


def region(study: Study, transfers: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The two series of the study: its members' suppliers, and their concentration.

    Parameters
    ----------
    transfers : polars.DataFrame
        As for `world`.

    Returns
    -------
    dict of str to polars.DataFrame
        ``arms_suppliers`` and ``arms_concentration``, for the five-year windows that end with the last year that both the
        study and the dataset reach, and for the whole of them; a window without a known delivery has no row. Shares to
        four decimals.
    """
    about = study.about
    reached = transfers["year"].max()
    last = min(about.last_day.year, reached) if isinstance(reached, int) else about.last_day.year
    first = about.first_day.year
    spans = [*windows(first, last), (first, last)] if first <= last else []
    ours = transfers.filter(pl.col("recipient_state").is_in(about.members))
    suppliers = world(ours, dict.fromkeys(spans))
    known = study.table("actors").select(supplier="id", called="name")
    named = suppliers.join(known, on="supplier", how="left").with_columns(name=pl.coalesce("called", "name"))
    return {
        SERIES: named.select(COLUMNS)
        .with_columns(pl.col(_AMOUNTS).round(3), pl.col(_SHARES).round(4))
        .sort(*_SPAN, "rank", "supplier", nulls_last=True),
        CONCENTRATION: concentration(suppliers).with_columns(
            pl.col(_AMOUNTS).round(3),
            pl.col("largest_share", "largest_low", "largest_high", "herfindahl_low", "herfindahl_high").round(
                4
            ),
        ),
    }


def arms_suppliers(study: Study) -> Measured:
    """The derived series of the members' suppliers.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="arms-suppliers",
        title="From whom the region's states received major arms",
        definition="Deliveries of major arms over a span of years in millions of trend-indicator values (TIV), each "
        "supplier's sum and share of all. Values are printed in whole millions, a 0 being more than nothing, "
        "so that sums and shares have a low and a high end.",
        reference="SIPRI Arms Transfers Database, Sources and methods",
        frame=series.frame.with_columns(
            pl.col(*_AMOUNTS, *_SHARES).cast(pl.Float64),
            pl.col("rank").cast(pl.Int64),
            rows=pl.lit([f"derived:{SERIES}"]),
        ),
        assumptions=(
            "TIV measure military capability, not prices; small arms and most ammunition are left out by SIPRI.",
            "The ends let every value be up to half a million more or less than printed, all at once.",
            "A state that succeeded another is another supplier: what a dissolved union delivered is not its successor's.",
            "Unknown suppliers count in the whole and have no rank.",
            f"Windows of {WINDOW} years end with the last year of the data, as SIPRI reports them.",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def arms_concentration(study: Study) -> Measured:
    """The derived series of the concentration of the members' suppliers.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(CONCENTRATION, dataset=DATASET)
    return Measured(
        name="arms-concentration",
        title="How far the region's states hang on few suppliers of arms",
        definition="Herfindahl index of suppliers' shares in deliveries over a span of years (TIV), and the share of "
        "the largest supplier.",
        reference="Hirschman 1964; SIPRI Arms Transfers Database, Sources and methods",
        frame=series.frame.with_columns(
            pl.col(*_AMOUNTS, *_BOUNDS).cast(pl.Float64), rows=pl.lit([f"derived:{CONCENTRATION}"])
        ),
        assumptions=(
            "The bounds of the index are outer ones: the value lies within them (ours).",
            "What came from unknown suppliers may have come from anybody: at one end from many, at the other from the largest.",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def _years_of(spans: Iterable[tuple[int, int]] | None, years: pl.Series) -> pl.DataFrame:
    """First, last and year of each span, a row a year."""
    pairs = [(year, year) for year in years.unique().sort()] if spans is None else list(spans)
    for first, last in pairs:
        if first > last:
            raise BadValueError(
                f"The span from {first} to {last} ends before it begins. Put the years in order."
            )
    return (
        pl.DataFrame(pairs, schema={"first": pl.Int32, "last": pl.Int32}, orient="row")
        .unique(maintain_order=True)
        .with_columns(year=pl.int_ranges("first", pl.col("last") + 1, dtype=pl.Int32))
        .explode("year")
    )
