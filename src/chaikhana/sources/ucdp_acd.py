"""UCDP/PRIO armed conflict: conflicts with at least 25 battle-related deaths in a year, 1946 to 2024.

Reference: Gleditsch, Wallensteen, Eriksson, Sollenberg and Strand (2002), *Armed Conflict 1946–2001: A New Dataset*, Journal of
Peace Research 39(5), 615–637, doi:10.1177/0022343302039005007. Reads the table of peacesciencer, in which a conflict-year has a
row for every combination of its states, or UCDP's own, with lists in its cells. Returns `conflicts`, one row a conflict and
year, and `parties`, one row a state in it. A side without states is an armed group, which the packaged table does not name.
"""

from __future__ import annotations

import polars as pl

from chaikhana.errors import SourceError
from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "ucdp-acd"
KEYS = ("conflict_id", "year")
WORDS = {"incompatibility": "incompatibility", "intensity": "intensity_level", "type": "type_of_conflict"}
SIDES = {"gwno_a": "side_a", "gwno_a_2nd": "side_a_2nd", "gwno_b": "side_b", "gwno_b_2nd": "side_b_2nd"}


def read_conflicts(raw: pl.DataFrame) -> Tables:
    """Tidy the table, putting together again the rows of a conflict-year.

    Returns
    -------
    Tables
        `conflicts`: conflict_id, year, incompatibility (*territory*, *government*, *both*), intensity (*minor*: 25 to 999
        deaths in the year; *war*: 1,000 or more), type (*interstate*, *intrastate*, *internationalised-intrastate*,
        *extrasystemic*); side_a, side_a_2nd, side_b, side_b_2nd, the Gleditsch-Ward numbers of the states on either side and
        of those that supported it with troops (empty: none); started, the first death of the conflict, and
        episode_started, of this spell of it; ended, whether the spell ended in that year, and episode_ended, when; each
        start with its precision as UCDP grades it, from 1, the day is known.
        `parties`: conflict_id, year, side (as the columns are called), gw.

    Raises
    ------
    SourceError
        If the rows of a conflict-year differ in more than their states.
    """
    parties = (
        raw.select(*KEYS, *(pl.col(theirs).alias(ours) for theirs, ours in SIDES.items()))
        .unpivot(list(SIDES.values()), index=list(KEYS), variable_name="side", value_name="gw")
        .drop_nulls("gw")
        .with_columns(pl.col("gw").str.split(","))
        .explode("gw")
        .with_columns(pl.col("gw").str.strip_chars().cast(pl.Int32))
        .unique()
        .sort(*KEYS, "side", "gw")
    )
    conflicts = (
        raw.select(
            *KEYS,
            *(translate(ID, theirs, raw[theirs]).alias(ours) for ours, theirs in WORDS.items()),
            started=_day("start_date"),
            started_precision="start_prec",
            episode_started=_day("start_date2"),
            episode_started_precision="start_prec2",
            ended=pl.col("ep_end") == 1,
            episode_ended=_day("ep_end_date"),
        )
        .unique(maintain_order=True)
        .sort(*KEYS)
    )
    if (doubled := conflicts.filter(pl.struct(KEYS).is_duplicated())).height:
        conflict, year = doubled.select(KEYS).row(0)
        raise SourceError(
            f"The rows of conflict {conflict} in {year} differ in more than their states: one conflict and year has one "
            "type, one intensity and one set of dates. Bring the provider's file."
        )
    lists = [
        parties.filter(pl.col("side") == side)
        .group_by(*KEYS, maintain_order=True)
        .agg(pl.col("gw").alias(side))
        for side in SIDES.values()
    ]
    for one in lists:
        conflicts = conflicts.join(one, on=list(KEYS), how="left", maintain_order="left")
    sides = [pl.col(side).fill_null(pl.lit([], dtype=pl.List(pl.Int32))) for side in SIDES.values()]
    return {
        "conflicts": conflicts.select(*KEYS, *WORDS, *sides, pl.exclude(*KEYS, *WORDS, *SIDES.values())),
        "parties": parties,
    }


def _day(column: str) -> pl.Expr:
    return pl.col(column).str.head(10).str.to_date("%Y-%m-%d")


DATASET = Dataset(
    id=ID,
    title="UCDP/PRIO Armed Conflict Dataset",
    authors="Gleditsch, Wallensteen, Eriksson, Sollenberg, Strand; Davies et al.",
    citation="Gleditsch, Nils Petter, Peter Wallensteen, Mikael Eriksson, Margareta Sollenberg and Håvard Strand. 2002. "
    "Armed Conflict 1946–2001: A New Dataset. Journal of Peace Research 39(5): 615–637; and the yearly articles of Davies "
    "et al. Packaged in peacesciencer by Steven V. Miller.",
    licence="its terms were not seen (UCDP's are usually CC BY 4.0); not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://ucdp.uu.se/downloads/",
    bring="the UCDP/PRIO Armed Conflict Dataset as CSV, or the table ucdp_acd of the R package peacesciencer",
    gives="wars and armed conflicts of the members, within and between states, 1946 to 2024, and who sent troops",
    beware="A conflict of fewer than 25 deaths in a year has no row that year. Armed groups are not named in the packaged "
    "table, and conflicts between groups are not in it.",
    parts=(
        Part(
            name="conflicts",
            columns={
                **dict.fromkeys(KEYS, Kind.WHOLE),
                **dict.fromkeys(SIDES, Kind.TEXT),
                **dict.fromkeys(WORDS.values(), Kind.TEXT),
                "start_date": Kind.TEXT,
                "start_prec": Kind.NUMBER,
                "start_date2": Kind.TEXT,
                "start_prec2": Kind.NUMBER,
                "ep_end": Kind.WHOLE,
                "ep_end_date": Kind.TEXT,
            },
            keys=(*KEYS, "gwno_a", *WORDS.values(), "ep_end"),
            year="year",
            read=read_conflicts,
            states=(States(table="parties", code="gw", regime="gw"),),
            releases=(
                Release(
                    version="2024",
                    sha256="ca2bf28a7dd8547c1f393a02f9946f12f50ece56c3583706201878036d0a7351",
                    rows=5652,
                    years=(1946, 2024),
                ),
            ),
        ),
    ),
)
