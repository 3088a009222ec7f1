"""Disputes: militarised interstate disputes and armed conflicts, for all pairs of states and within a region.

Reference: Palmer and others (2022), *The MID5 Dataset, 2011–2014*, Conflict Management and Peace Science 39(4), 470–482,
doi:10.1177/0738894221995743; Gleditsch and others (2002), *Armed Conflict 1946–2001: A New Dataset*, Journal of Peace
Research 39(5), 615–637, doi:10.1177/0022343302039005007. Computes from the tables that readers supply and reads the
derived series of a study, which has counts. A pair without a row had no dispute only in the years that the data reach.
"""

from __future__ import annotations

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError
from chaikhana.sources.states import resolve
from chaikhana.study.study import Study

SERIES = "disputes"
DATASET = "cow-mids"
COLUMNS = (
    "kind",
    "actors",
    "reach",
    "type",
    "first",
    "last",
    "number",
    "years",
    "level",
    "data_end",
)
# COW's levels of hostility and UCDP's of intensity, each from the lowest.
HOSTILITY = ("none", "threat", "display", "use", "war")
INTENSITY = ("minor", "war")
MISSING = "missing"
PRIMARY = ("side_a", "side_b")
BETWEEN, INSIDE, CROSSING = "between", "inside", "crossing"
_SCHEMA = pl.Schema(
    {
        **dict.fromkeys(COLUMNS, pl.String()),
        **dict.fromkeys(("first", "last", "data_end"), pl.Int32()),
        **dict.fromkeys(("number", "years"), pl.Int64()),
    }
)


def world(disputes: pl.DataFrame, first: int | None = None, last: int | None = None) -> pl.DataFrame:
    """Disputes of every pair of states in every year.

    Parameters
    ----------
    disputes : polars.DataFrame
        Directed dyad-disputes, each in both directions: columns dispnum, state1, state2, year, onset, hostility1,
        hostility2 (none, threat, display, use or war; ``missing`` or null is unknown). Rows in which a state is not known are
        left out.
    first, last : int, optional
        Years, both included.

    Returns
    -------
    polars.DataFrame
        Columns state1, state2, year, disputes (going on in the year), onsets (that began in it), hostility (the highest that
        either reached: none, threat, display, use, war); the first state before the second in the alphabet. Only pairs
        with a dispute have a row.

    Raises
    ------
    BadValueError
        If a level of hostility is not one of COW's.
    """
    years = pl.col("year").is_between(
        first if first is not None else pl.col("year").min(),
        last if last is not None else pl.col("year").max(),
    )
    return (
        _pairs(disputes.filter(years))
        .group_by("state1", "state2", "year", maintain_order=True)
        .agg(
            disputes=pl.col("dispnum").n_unique().cast(pl.Int64),
            onsets=pl.col("dispnum").filter("onset").n_unique().cast(pl.Int64),
            level=pl.col("level").max(),
        )
        .with_columns(hostility=_word("level", HOSTILITY))
        .drop("level")
        .sort("year", "state1", "state2")
    )


def region(
    study: Study,
    disputes: pl.DataFrame | None,
    conflicts: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The series that a study carries, from one of the two datasets or both.

    Parameters
    ----------
    disputes : polars.DataFrame or None
        See `world`.
    conflicts : polars.DataFrame or None
        One row a conflict and year: columns conflict_id, year, intensity (minor, war), type; side_a, side_b: the primary
        parties, lists of Gleditsch and Ward's numbers of states.

    Returns
    -------
    polars.DataFrame
        One row a kind, set of parties, reach and type (ours); each dispute and each conflict counts in one of them only.
        Columns kind (mid, conflict); actors (all its parties in the years of the study: state ids, by ``; ``;
        ``gw-NUMBER`` of a state that is not known); reach (``between`` members, ``inside`` one, ``crossing``: between a
        member and an outsider); type (of a conflict that had several, all, by ``; ``); first, last (years with one);
        number (of disputes or conflicts); years (how many have one); level (the highest known hostility, or intensity);
        data_end (the last year of its dataset). A conflict elsewhere to which a member only sends troops is left out.

    Raises
    ------
    BadValueError
        If a level of hostility or intensity is not one of the provider's.
    """
    begins, ends = study.about.first_day.year, study.about.last_day.year
    pieces = [pl.DataFrame(schema=_SCHEMA)]
    if disputes is not None:
        some = _of_disputes(study, disputes.filter(pl.col("year").is_between(begins, ends)))
        pieces.append(_counted(some, "mid", HOSTILITY, disputes["year"].max()))
    if conflicts is not None:
        some = _of_conflicts(study, conflicts.filter(pl.col("year").is_between(begins, ends)))
        pieces.append(_counted(some, "conflict", INTENSITY, conflicts["year"].max()))
    return pl.concat([piece.select(COLUMNS).cast(_SCHEMA) for piece in pieces]).sort(
        "kind", "reach", "actors", "type"
    )


def disputes(study: Study) -> Measured:
    """The derived series of disputes and conflicts.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    ends = series.frame.group_by("kind").agg(pl.col("data_end").max()).sort("kind").rows()
    names = {"mid": "Militarised disputes", "conflict": "Armed conflicts"}
    return Measured(
        name="disputes",
        title="Disputes and armed conflicts of the region's states",
        definition="How many disputes or conflicts the same states had, between members, inside one, or crossing: "
        "between a member and an outsider; from when to when, and in how many years. Level: the highest hostility "
        "that a side reached (none, threat, display, use, war), or the highest intensity of a conflict (minor, war).",
        reference="Palmer and others 2022, doi:10.1177/0738894221995743; Gleditsch and others 2002, "
        "doi:10.1177/0022343302039005007",
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=(
            *(
                f"{names.get(kind, kind)}: the data end in {end}; of later years nothing is said."
                for kind, end in ends
            ),
            "Taking together what the same states had is ours: each dispute or conflict counts once, under all its "
            "parties in the years of the study and all its types.",
            "The level is the highest that is known; of a dispute whose hostility is missing it is silent.",
            "A conflict abroad to which a member only sends troops is left out (ours).",
            f"Computed from {series.origin['dataset']}, version {series.origin['version']}.",
        ),
    )


def _pairs(disputes: pl.DataFrame) -> pl.DataFrame:
    """Both directions as one: state1 before state2, with the rank of the higher hostility of the two sides."""
    return (
        disputes.filter(pl.col("state1").is_not_null() & pl.col("state2").is_not_null())
        .with_columns(level=pl.max_horizontal(_hostility(disputes, 1), _hostility(disputes, 2)))
        .with_columns(
            state1=pl.min_horizontal("state1", "state2"),
            state2=pl.max_horizontal("state1", "state2"),
            onset=pl.col("onset").cast(pl.Boolean),
            year=pl.col("year").cast(pl.Int32),
        )
        .sort("state1", "state2", "year", "dispnum")
    )


def _hostility(disputes: pl.DataFrame, side: int) -> pl.Expr:
    return _rank(disputes, f"hostility{side}", HOSTILITY, (MISSING,))


def _rank(
    table: pl.DataFrame, column: str, levels: tuple[str, ...], unknown: tuple[str, ...] = ()
) -> pl.Expr:
    """The place of a word among the levels, null where it is unknown."""
    word = pl.col(column).cast(pl.String)
    strange = table.filter(word.is_not_null() & ~word.is_in([*levels, *unknown]))
    if strange.height:
        raise BadValueError(
            f"The table of disputes or conflicts has ‘{strange[column][0]}’ in {column}. "
            f"Allowed: {', '.join((*levels, *unknown))}."
        )
    places = {level: place for place, level in enumerate(levels)}
    return word.replace_strict(places, default=None, return_dtype=pl.Int8)


def _word(column: str, levels: tuple[str, ...]) -> pl.Expr:
    return pl.col(column).replace_strict(dict(enumerate(levels)), default=None, return_dtype=pl.String)


def _of_disputes(study: Study, disputes: pl.DataFrame) -> pl.DataFrame:
    """One row a dispute and year in which a member had an opponent, with all its parties in all its years."""
    members = list(study.about.members)
    one, other = pl.col("state1").is_in(members), pl.col("state2").is_in(members)
    pairs = _pairs(disputes).with_columns(both=one & other).filter(one | other)
    parties = pairs.group_by("dispnum", maintain_order=True).agg(
        actors=pl.concat([pl.col("state1"), pl.col("state2")]).unique().sort().str.join("; "),
        reach=pl.when(pl.col("both").any()).then(pl.lit(BETWEEN)).otherwise(pl.lit(CROSSING)),
    )
    return (
        pairs.group_by("dispnum", "year", maintain_order=True)
        .agg(pl.col("level").max())
        .join(parties, on="dispnum")
        .rename({"dispnum": "id"})
        .with_columns(type=pl.lit("militarised-dispute"))
    )


def _of_conflicts(study: Study, conflicts: pl.DataFrame) -> pl.DataFrame:
    """One row a conflict and year to which a member is a primary party, with all its parties and types."""
    keys = ["conflict_id", "year"]
    member = pl.col("named").is_in(list(study.about.members))
    listed = conflicts.unpivot(PRIMARY, index=keys, value_name="gw").explode("gw").drop_nulls("gw")
    fights = (
        resolve(listed, "gw", "gw", into="state")
        .with_columns(named=pl.coalesce("state", pl.format("gw-{}", "gw")))
        .filter(member.any().over(keys))
        .join(
            conflicts.select(
                *keys, pl.col("type").cast(pl.String), level=_rank(conflicts, "intensity", INTENSITY)
            ),
            on=keys,
        )
    )
    parties = fights.group_by("conflict_id", maintain_order=True).agg(
        actors=pl.col("named").unique().sort().str.join("; "),
        reach=pl.when(~member.all())
        .then(pl.lit(CROSSING))
        .when(pl.col("named").n_unique() > 1)
        .then(pl.lit(BETWEEN))
        .otherwise(pl.lit(INSIDE)),
        type=pl.col("type").drop_nulls().unique().sort().str.join("; "),
    )
    return (
        fights.select(*keys, "level").unique().join(parties, on="conflict_id").rename({"conflict_id": "id"})
    )


def _counted(fights: pl.DataFrame, kind: str, levels: tuple[str, ...], data_end: object) -> pl.DataFrame:
    """One row a set of parties, reach and type, from one row a dispute or conflict and year."""
    return (
        fights.sort("actors", "reach", "type", "year", "id")
        .group_by("actors", "reach", "type", maintain_order=True)
        .agg(
            first=pl.col("year").min(),
            last=pl.col("year").max(),
            number=pl.col("id").n_unique().cast(pl.Int64),
            years=pl.col("year").n_unique().cast(pl.Int64),
            level=pl.col("level").max(),
        )
        .with_columns(kind=pl.lit(kind), level=_word("level", levels), data_end=pl.lit(data_end))
    )
