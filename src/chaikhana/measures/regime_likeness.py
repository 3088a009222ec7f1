"""Regime likeness: how alike the regimes of two states are, by year, and how a region is ruled, over windows of years.

Reference: Teorell, Coppedge, Lindberg and Skaaning (2019), *Measuring Polyarchy Across the Globe, 1900–2017*, Studies in
Comparative International Development 54, 71–95, doi:10.1007/s12116-018-9268-z, for V-Dem's index; Marshall and Gurr
(2020), *Polity5*, for Polity. Computes from the tables of regimes that readers supply and reads the derived series of a
study, which has means over windows of years. Likeness is one minus the absolute difference, as a share of the scale (ours).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import UnknownNameError
from chaikhana.study.study import Study

SERIES = "regime_likeness"
REGIMES = "regimes"
DATASET = "vdem"
COLUMNS = ("actor", "group", "index", "year", "likeness", "low", "high", "pairs", "of")
REGIMES_COLUMNS = (
    "actor",
    "first",
    "last",
    "polyarchy",
    "polyarchy_low",
    "polyarchy_high",
    "libdem",
    "libdem_low",
    "libdem_high",
    "polity",
    "years",
    "libdem_years",
    "polity_years",
    "polity_missing",
)
REGION = "region"
WINDOW = 5  # years
LEAST = 2  # years: one alone has no mean, but the value that the dataset prints
# The length of each scale; that of any other index is 1.
SPANS = {"polity": 20.0, "polity2": 20.0}
_SCHEMA = pl.Schema(
    {
        "actor": pl.String(),
        "group": pl.String(),
        "index": pl.String(),
        "year": pl.Int32(),
        **{name: pl.Float64() for name in ("likeness", "low", "high")},
        **{name: pl.Int64() for name in ("pairs", "of")},
    }
)


def world(regimes: pl.DataFrame, index: str = "polyarchy") -> pl.DataFrame:
    """Likeness of every pair of states in every year.

    Parameters
    ----------
    regimes : polars.DataFrame
        Columns state, year and the index; where it has `INDEX_low` and `INDEX_high`, these are its bounds. Rows of no known
        state are left out. Null is unknown: interruptions and transitions have no number.
    index : str
        An index from 0 to 1 (V-Dem), or ``polity`` (-10 to 10).

    Returns
    -------
    polars.DataFrame
        Columns state1, state2, year, likeness, low, high (0 to 1), the first state before the second in the alphabet; null
        where the index of either is unknown. `low` and `high` are the least and the greatest likeness that the bounds
        of both allow, which is more than the width of an interval for the difference. A state with two rows in a year
        has no likeness, unless they agree, and bounds that enclose both.

    Raises
    ------
    UnknownNameError
        If the table has no such index.
    """
    scale = SPANS.get(index, 1.0)
    known = _index(regimes, index).sort("year", "state")
    pairs = (
        known.rename({name: f"{name}1" for name in ("state", "value", "low", "high")})
        .join(
            known.rename({name: f"{name}2" for name in ("state", "value", "low", "high")}),
            on="year",
            maintain_order="left_right",
        )
        .filter(pl.col("state1") < pl.col("state2"))
    )
    bounded = pl.all_horizontal(pl.col("low1", "low2", "high1", "high2").is_not_null())
    furthest = pl.max_horizontal(pl.col("high1") - pl.col("low2"), pl.col("high2") - pl.col("low1"))
    nearest = pl.max_horizontal(
        pl.col("low1") - pl.col("high2"), pl.col("low2") - pl.col("high1"), pl.lit(0.0)
    )
    return pairs.select(
        "state1",
        "state2",
        "year",
        likeness=1 - (pl.col("value1") - pl.col("value2")).abs() / scale,
        low=pl.when(bounded).then(1 - furthest / scale),
        high=pl.when(bounded).then(1 - nearest / scale),
    )


def region(
    study: Study, vdem: pl.DataFrame | None, polity: pl.DataFrame | None = None
) -> dict[str, pl.DataFrame]:
    """The series that a study carries, from one of the two datasets or both.

    Parameters
    ----------
    vdem : polars.DataFrame or None
        Columns state, year, polyarchy, libdem, each with its `_low` and `_high`.
    polity : polars.DataFrame or None
        Columns state, year, polity.

    Returns
    -------
    dict
        `regimes`: the indices of members, powers and others, as means over windows of five years (ours): columns actor,
        first, last (the window's years; see `windowed`), polyarchy, libdem and polity, the first two with `_low` and
        `_high`; years, libdem_years, polity_years (how many of the window's years have a value of polyarchy, libdem,
        polity), polity_missing (how many Polity has without a score). `regime_likeness`: columns actor (a member, or
        ``region`` for all), group (``region``: with the other members; or a power), index, year, likeness (mean over the
        pairs of which it is known), low, high (means over all pairs, an unknown likeness set to 0, then to 1), pairs (of
        which it is known), of (all pairs); of a single pair, the last year.
    """
    about = study.about
    actors = [*about.members, *about.powers, *about.others]
    mine = pl.col("state").is_in(actors) & pl.col("year").is_between(
        about.first_day.year, about.last_day.year
    )
    tables = {"vdem": vdem, "polity": polity}
    ours = {name: table.filter(mine) for name, table in tables.items() if table is not None}
    pieces = [pl.DataFrame(schema=_SCHEMA)]
    for name, index in (("vdem", "polyarchy"), ("polity", "polity")):
        if name in ours:
            pairs = world(ours[name], index)
            pieces.append(_groups(pairs, about.members, about.powers).with_columns(index=pl.lit(index)))
    likeness = pl.concat([piece.select(COLUMNS).cast(_SCHEMA) for piece in pieces])
    # a pair by itself would give the provider's own values back: it stands for the last year alone
    likeness = likeness.filter((pl.col("of") > 1) | (pl.col("year") == pl.col("year").max().over("index")))
    return {
        REGIMES: _regimes(ours.get("vdem"), ours.get("polity"), about.first_day.year),
        SERIES: likeness.with_columns(pl.col("likeness", "low", "high").round(4)).sort(
            "index", "group", "actor", "year"
        ),
    }


def regime_likeness(study: Study) -> Measured:
    """The derived series of likeness.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="regime-likeness",
        title="How alike the region's regimes are to one another, and to the powers'",
        definition="One minus the absolute difference of an index, as a share of its scale (polyarchy 0 to 1, "
        "polity -10 to 10); mean over pairs of members, and over members with each power. Low and high: the "
        "least and the greatest likeness that V-Dem's bounds (one standard deviation) allow.",
        reference="V-Dem (Teorell and others 2019, doi:10.1007/s12116-018-9268-z); Polity5 (Marshall & Gurr 2020)",
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=(
            "One minus the difference is ours; so is the mean over pairs of equal weight.",
            "Foreign interruption, interregnum and transition (-66, -77, -88) are unknown, not scores: the mean is "
            "over the pairs that are known; its low and high set the likeness of the others to 0, then to 1.",
            "Polity gives no bounds of its own.",
            f"Computed from {series.origin['dataset']}, version {series.origin['version']}.",
        ),
    )


def _index(regimes: pl.DataFrame, index: str) -> pl.DataFrame:
    """One row a state and year: state, year, value, low, high."""
    if index not in regimes.columns or index in ("state", "year"):
        names = [name for name in regimes.columns if regimes.schema[name].is_numeric() and name != "year"]
        raise UnknownNameError("index of regimes", index, names)
    low, high = (
        f"{index}_{end}" if f"{index}_{end}" in regimes.columns else index for end in ("low", "high")
    )
    return (
        regimes.filter(pl.col("state").is_not_null())
        .select(
            "state",
            pl.col("year").cast(pl.Int32),
            value=pl.col(index).cast(pl.Float64),
            low=pl.col(low).cast(pl.Float64),
            high=pl.col(high).cast(pl.Float64),
        )
        .sort("state", "year")
        .group_by("state", "year", maintain_order=True)
        .agg(
            value=_agreed("value"),
            low=pl.when(pl.col("low").null_count() == 0).then(pl.col("low").min()),
            high=pl.when(pl.col("high").null_count() == 0).then(pl.col("high").max()),
        )
    )


def _agreed(name: str) -> pl.Expr:
    """The value on which all rows of a group agree, else null."""
    return pl.when(pl.col(name).n_unique() == 1).then(pl.col(name).first())


def _groups(pairs: pl.DataFrame, members: Sequence[str], powers: Sequence[str]) -> pl.DataFrame:
    """Means over the pairs within the region, and with each power: for each member, and for all."""
    both = pl.col("state1").is_in(list(members)) & pl.col("state2").is_in(list(members))
    mirrored = pl.concat(
        [pairs, pairs.rename({"state1": "state2", "state2": "state1"}).select(pairs.columns)]
    )
    of_members = mirrored.filter(pl.col("state1").is_in(list(members)))
    told = pl.concat(
        [
            pairs.filter(both).with_columns(actor=pl.lit(REGION), group=pl.lit(REGION)),
            of_members.filter(both).with_columns(actor=pl.col("state1"), group=pl.lit(REGION)),
            *(
                of_members.filter(pl.col("state2").is_in(list(powers)) & ~both).with_columns(
                    actor=actor, group=pl.col("state2")
                )
                for actor in (pl.lit(REGION), pl.col("state1"))
            ),
        ]
    )
    return (
        told.sort("group", "actor", "year", "state1", "state2")
        .group_by("actor", "group", "year", maintain_order=True)
        .agg(
            likeness=pl.col("likeness").mean(),
            low=pl.col("low").fill_null(0.0).mean(),
            high=pl.col("high").fill_null(1.0).mean(),
            pairs=pl.col("likeness").count(),
            of=pl.len(),
        )
    )


def _regimes(vdem: pl.DataFrame | None, polity: pl.DataFrame | None, first: int) -> pl.DataFrame:
    """The means of each actor and window, all windows ending with the last year that has a value of any index."""
    empty = pl.DataFrame(
        schema={"state": pl.String, "year": pl.Int32, **dict.fromkeys(("value", "low", "high"), pl.Float64)}
    )
    indices = {
        index: _index(table, index) if table is not None and index in table.columns else empty
        for index, table in (("polyarchy", vdem), ("libdem", vdem), ("polity", polity))
    }
    last = pl.concat(list(indices.values())).drop_nulls("value")["year"].max()
    means = {
        index: windowed(table, first, int(last) if isinstance(last, int) else first - 1).rename(
            {"value": index, "low": f"{index}_low", "high": f"{index}_high", "years": f"{index}_years"}
        )
        for index, table in indices.items()
    }
    keys = ("state", "first", "last")
    counts = ("years", "libdem_years", "polity_years", "polity_missing")
    return (
        means["polyarchy"]
        .drop("without")
        .join(means["libdem"].drop("without"), on=keys, how="full", coalesce=True)
        .join(means["polity"], on=keys, how="full", coalesce=True)
        .rename({"state": "actor", "polyarchy_years": "years", "without": "polity_missing"})
        .with_columns(pl.col(pl.Float64).round(4), pl.col(counts).fill_null(0))
        .select(REGIMES_COLUMNS)
        .sort("actor", "first")
    )


def windowed(index: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """Means of an index over windows of five years, of which the last ends with the last year (ours).

    Parameters
    ----------
    index : polars.DataFrame
        One row a state and year: columns state, year, value, low, high; null is unknown.
    first, last : int
        The years to divide, both included; the first window is cut short where they do not divide by five.

    Returns
    -------
    polars.DataFrame
        Columns state, first, last (the years of the window), value, low, high (means over the years of which the value is
        known; null where these are fewer than two, the bounds also where one of them has none), years (how many are
        known), without (how many have a row and no value). The mean of the bounds is as wide as if all years erred
        together, hence rather too wide. A window in which a state has no row has none here.
    """
    known = pl.col("value").is_not_null()
    enough = known.sum() >= LEAST
    end = last - (last - pl.col("year")) // WINDOW * WINDOW
    return (
        index.filter(pl.col("year").is_between(first, last))
        .with_columns(
            first=pl.max_horizontal(end - WINDOW + 1, first).cast(pl.Int32), last=end.cast(pl.Int32)
        )
        .sort("state", "year")
        .group_by("state", "first", "last", maintain_order=True)
        .agg(
            value=pl.when(enough).then(pl.col("value").mean()),
            low=pl.when(enough & _bounded("low", known)).then(pl.col("low").filter(known).mean()),
            high=pl.when(enough & _bounded("high", known)).then(pl.col("high").filter(known).mean()),
            years=known.sum().cast(pl.Int64),
            without=(~known).sum().cast(pl.Int64),
        )
    )


def _bounded(end: str, known: pl.Expr) -> pl.Expr:
    """Whether every known value of a group has that bound."""
    return pl.col(end).filter(known).null_count() == 0
