"""How two sources differ on the same fact: datasets with one another, and with a study.

What it is: cells that both sources could know, set side by side. A cell of which a source could know and has no row is a
*none*; a cell beyond what it covers is left out. Differing runs of years are one row. Regimes and capabilities are numbers:
their distance is told, and how they correlate. The study and COW IGO differ with reasons, which the study's corrections give.
"""

from __future__ import annotations

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.measures.comparable import FACTS, Claims, Fact, Source
from chaikhana.measures.source_differences import compare as compare_memberships
from chaikhana.measures.source_differences import spans
from chaikhana.sources.store import Kept
from chaikhana.study.study import Study

NONE = "none"


def compare_sources(fact: str, first: Source, second: Source) -> Measured:
    """Set two sources side by side on a fact.

    Returns
    -------
    Measured
        For words: the keys, `first` and `last` year of a run, and what each source says, named after the sources; for numbers:
        the keys, both values and their distance, the greatest first.

    Raises
    ------
    UnknownNameError
        If there is no such fact, or a source does not speak of it.
    BadValueError
        If both are the same.
    """
    if fact not in FACTS:
        raise UnknownNameError("fact on which sources can be compared", fact, FACTS)
    known = FACTS[fact]
    names = _names(first, second)
    kinds = [_kind(source) for source in (first, second)]
    for kind in kinds:
        if kind not in known.sources:
            raise UnknownNameError(f"source of {fact}", kind, known.sources)
    if names[0] == names[1]:
        raise BadValueError(
            f"‘{names[0]}’ agrees with itself. Name two sources, or two versions as ID@VERSION."
        )
    if fact == "memberships" and set(kinds) == {"study", "cow-igo-v3"}:
        return _with_reasons(first, second)
    claims = [known.sources[kind](source) for kind, source in zip(kinds, (first, second), strict=True)]
    compared = _side_by_side(known, claims[0], claims[1])
    alike = compared.filter(pl.col("value_1") == pl.col("value_2")).height
    frame = (
        _distances(known, compared, names)
        if known.numeric
        else _runs(known, compared.filter(pl.col("value_1") != pl.col("value_2")), names)
    )
    told = (
        _correlation(compared)
        if known.numeric
        else f"{alike / compared.height:.1%} agree"
        if compared.height
        else "none can be compared"
    )
    return Measured(
        name=f"compare-{fact}",
        title=f"{known.says.capitalize()}: {names[0]} and {names[1]}",
        definition=f"{compared.height:,} cells that both cover; {told}.",
        reference="",
        frame=frame,
        assumptions=known.assumptions,
    )


def _kind(source: Source) -> str:
    return source.dataset if isinstance(source, Kept) else "study"


def _names(first: Source, second: Source) -> tuple[str, str]:
    plain = [source.dataset if isinstance(source, Kept) else source.about.id for source in (first, second)]
    if plain[0] != plain[1]:
        return plain[0], plain[1]
    return tuple(f"{s.dataset}@{s.version}" if isinstance(s, Kept) else s.about.id for s in (first, second))  # type: ignore[return-value]


def _side_by_side(fact: Fact, first: Claims, second: Claims) -> pl.DataFrame:
    """Every cell that both cover, with what each says."""
    keys = list(fact.keys)
    frames = [claims.frame.select(*keys, "value").drop_nulls().unique(keys) for claims in (first, second)]
    both = frames[0].join(
        frames[1], on=keys, how="inner" if fact.numeric else "full", coalesce=True, suffix="_2"
    )
    for cover in (*first.covers, *second.covers):
        both = both.join(cover.unique(), on=cover.columns, how="semi")
    both = both.rename({"value": "value_1"})
    return (
        both.sort(keys)
        if fact.numeric
        else both.with_columns(pl.col("value_1", "value_2").fill_null(NONE)).sort(keys)
    )


def _runs(fact: Fact, differing: pl.DataFrame, names: tuple[str, str]) -> pl.DataFrame:
    """One row a run of years in which the two differ in the same way."""
    titles = {"value_1": names[0], "value_2": names[1]}
    if fact.keys[-1] != "year":
        return differing.rename(titles)
    units = [*fact.keys[:-1], "value_1", "value_2"]
    return (
        differing.sort(*units, "year")
        .with_columns(run=pl.col("year") - pl.int_range(pl.len()).over(units))
        .group_by(*units, "run", maintain_order=True)
        .agg(first=pl.col("year").min(), last=pl.col("year").max(), years=pl.len())
        .sort(*fact.keys[:-1], "first")
        .select(*fact.keys[:-1], "first", "last", "years", "value_1", "value_2")
        .rename(titles)
    )


def _distances(fact: Fact, compared: pl.DataFrame, names: tuple[str, str]) -> pl.DataFrame:
    return (
        compared.with_columns(distance=(pl.col("value_1") - pl.col("value_2")).abs())
        .filter(pl.col("distance") > 0)
        .sort("distance", *fact.keys, descending=[True, *[False] * len(fact.keys)])
        .with_columns(pl.col("value_1", "value_2", "distance").round(4))
        .rename({"value_1": names[0], "value_2": names[1]})
    )


def _correlation(compared: pl.DataFrame) -> str:
    if compared.height < 2:
        return "too few to correlate"
    row = compared.select(
        pearson=pl.corr("value_1", "value_2"),
        spearman=pl.corr("value_1", "value_2", method="spearman"),
        distance=(pl.col("value_1") - pl.col("value_2")).abs().mean(),
    ).row(0)
    return f"correlation {row[0]:.3f} (of ranks {row[1]:.3f}), mean distance {row[2]:.3f}"


def _with_reasons(first: Source, second: Source) -> Measured:
    """The study and COW IGO, whose differences the study explains in its corrections."""
    study, kept = (first, second) if isinstance(second, Kept) else (second, first)
    assert isinstance(study, Study)
    assert isinstance(kept, Kept)
    compared = compare_memberships(
        study, *(kept.table(name) for name in ("memberships", "body_years", "state_years"))
    )
    agree = compared["agree"].mean() if compared.height else None
    return Measured(
        name="compare-memberships",
        title=f"Memberships: {study.about.id} and {kept.dataset}",
        definition=f"{compared.height:,} state-body-years that both know; "
        + (f"{agree:.1%} agree." if isinstance(agree, float) else "none can be compared."),
        reference="",
        frame=spans(compared, study.table("corrections"), kept.dataset),
        assumptions=(
            "A year in which a status began or ended agrees with either side of the change (ours).",
        ),
    )
