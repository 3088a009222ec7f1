"""Membership counts: in how many bodies each member of the region is, by form, through time.

Reads memberships and bodies. A count is an interval where a spell's dates leave the day open. Ours: a year is
read on its last day.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import INSIDE_STATUSES
from chaikhana.study.membership import ties, year_ends
from chaikhana.study.study import Study


def membership_counts(study: Study, first: date | None = None, last: date | None = None) -> Measured:
    """Number of bodies per member of the region, form and year; full and associate members count."""
    held = ties(study, year_ends(study, first, last), INSIDE_STATUSES).filter(
        pl.col("actor").is_in(study.about.members)
    )
    frame = (
        held.join(study.table("bodies").select(body="id", form="form"), on="body")
        .group_by(pl.col("day").dt.year().alias("year"), "actor", "form", maintain_order=True)
        .agg(low=(pl.col("holds") == "yes").sum(), high=pl.len(), rows=pl.col("row"))
        .sort("year", "actor", "form")
    )
    return Measured(
        name="membership-counts",
        title="In how many bodies each state is, by form",
        definition="Bodies in which the state is a full or associate member on the last day of the year: "
        "at least the "
        "certain ones (low), at most these and the uncertain (high).",
        reference="study tables memberships, bodies",
        frame=frame,
        assumptions=("A year is read on its last day (ours).",),
    )
