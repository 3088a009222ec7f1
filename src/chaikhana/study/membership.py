"""Who is in what on given days.

What it is: the as-of question that most measures start from. Where an actor has several spells that may hold in a
body on a day, the certain one counts before the unknown, then the closer tie before the looser. A pair without a row is
not a member as far as the study knows; a spell whose dates leave the day open is *unknown*, never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import polars as pl

from chaikhana.core.vocabulary import INFORMAL_FORMS, INSIDE_STATUSES, STATUSES
from chaikhana.study.study import Study, holds_on

OUTSIDE = ("withdrawn",)
_RANK = {status: rank for rank, status in enumerate(STATUSES)}


def year_ends(study: Study, first: date | None = None, last: date | None = None) -> list[date]:
    """The last day of each year of a span, by default the study's; the last year ends with the study."""
    begins, ends = first or study.about.first_day, min(last or study.about.last_day, study.about.last_day)
    return [min(date(year, 12, 31), ends) for year in range(begins.year, ends.year + 1)]


def ties(study: Study, days: Sequence[date], statuses: Sequence[str] | None = None) -> pl.DataFrame:
    """The ties of actors to bodies on each of `days`, as far as the body exists, or may exist, on the day.

    Parameters
    ----------
    statuses : sequence of str, optional
        Which statuses count as a tie; by default all but *withdrawn*.

    Returns
    -------
    polars.DataFrame
        Columns day, actor, body, status, holds (yes or unknown), row; one row an actor, body and day.
    """
    counted = [status for status in STATUSES if status not in OUTSIDE] if statuses is None else list(statuses)
    return _ties(study, tuple(days), tuple(counted))


@lru_cache(maxsize=32)
def _ties(study: Study, days: tuple[date, ...], counted: tuple[str, ...]) -> pl.DataFrame:
    spells = study.table("memberships").filter(pl.col("status").is_in(counted))
    lives = study.table("bodies").select(body="id", begins="from_earliest", ends="to_latest")
    pieces = [
        spells.with_columns(day=pl.lit(day), holds=holds_on(day, study.about.last_day)).filter(
            pl.col("holds") != "no"
        )
        for day in days
    ]
    none = spells.clear().with_columns(day=pl.lit(None, dtype=pl.Date), holds=pl.lit("", dtype=pl.String))
    found = (
        pl.concat([none, *pieces])
        .join(lives, on="body")
        .filter((pl.col("begins") <= pl.col("day")) & (pl.col("ends") > pl.col("day")))
        .select("day", "actor", "body", "status", "holds", "row")
    )
    return (
        found.with_columns(
            doubt=(pl.col("holds") == "unknown").cast(pl.Int8),
            rank=pl.col("status").replace_strict(_RANK, return_dtype=pl.Int8),
        )
        .sort("day", "actor", "body", "doubt", "rank")
        .unique(["day", "actor", "body"], keep="first", maintain_order=True)
        .drop("doubt", "rank")
    )


def at_the_table() -> pl.Expr:
    """Whether a tie, by its status and the form of its body, is that of one who sits at the table; see `taking_part`."""
    partner = (pl.col("status") == "partner") & pl.col("form").is_in(INFORMAL_FORMS)
    return pl.col("status").is_in(INSIDE_STATUSES) | partner


def taking_part(study: Study, days: Sequence[date]) -> pl.DataFrame:
    """The ties of those who sit at the table: full and associate members, and in informal bodies partners too.

    An informal body has no members in law; its outside partner sits at every meeting (ours).

    Returns
    -------
    polars.DataFrame
        As `ties`, with `form`.
    """
    held = ties(study, days, (*INSIDE_STATUSES, "partner"))
    formed = held.join(study.table("bodies").select(body="id", form="form"), on="body")
    return formed.filter(at_the_table())


def living_bodies(study: Study, day: date) -> pl.DataFrame:
    """The bodies that exist, or may exist, on `day`, with `holds`."""
    return study.on("bodies", day).filter(pl.col("holds") != "no")


def weighty_bodies(study: Study, statuses: Sequence[str] | None = None, part: int = 5) -> set[str]:
    """Bodies in which two members of the region or more are, or were, one in `part` of all (ours); by default in any status."""
    held = study.table("memberships")
    if statuses is not None:
        held = held.filter(pl.col("status").is_in(statuses))
    own = pl.col("actor").is_in(study.about.members)
    counted = held.group_by("body").agg(
        own=pl.col("actor").filter(own).n_unique(), all=pl.col("actor").n_unique()
    )
    return set(counted.filter((pl.col("own") > 1) & (pl.col("own") * part >= pl.col("all")))["body"])
