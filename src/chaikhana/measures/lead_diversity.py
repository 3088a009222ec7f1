"""Diversity of lead powers: multivectorism as one minus the Herfindahl index of the leads of a state's bodies.

Reference: Herfindahl's index of concentration (Hirschman 1964, American Economic Review 54(5), 761). Reads
memberships and leads. A body led by several counts once, in equal parts; a body without a known lead does not count. An
interval would need every unknown tie at both ends; here the certain ties give the value and the number of
uncertain ones stands beside it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import INSIDE_STATUSES
from chaikhana.study.membership import ties, year_ends
from chaikhana.study.study import Study, holds_on


def lead_diversity(study: Study, first: date | None = None, last: date | None = None) -> Measured:
    """Diversity of lead powers per member of the region and year."""
    days = year_ends(study, first, last)
    held = ties(study, days, (*INSIDE_STATUSES, "partner")).filter(pl.col("actor").is_in(study.about.members))
    none = (
        study.table("leads")
        .clear()
        .select(day=pl.lit(None, dtype=pl.Date), body="body", lead="actor", lead_row="row")
    )
    leads = pl.concat(
        [
            none,
            *(
                study.table("leads")
                .with_columns(day=pl.lit(day), leading=holds_on(day, study.about.last_day))
                .filter(pl.col("leading") == "yes")
                .select("day", "body", lead="actor", lead_row="row")
                .unique(["day", "body", "lead"], keep="first", maintain_order=True)
                for day in days
            ),
        ]
    ).with_columns(part=1 / pl.len().over("day", "body"))
    shares = (
        held.filter(pl.col("holds") == "yes")
        .join(leads, on=["day", "body"])
        .filter(pl.col("lead") != pl.col("actor"))
        .group_by("day", "actor", "lead", maintain_order=True)
        .agg(
            weight=pl.col("part").sum(),
            bodies=pl.col("body"),
            rows=pl.concat([pl.col("row"), pl.col("lead_row")]),
        )
        .with_columns(share=pl.col("weight") / pl.col("weight").sum().over("day", "actor"))
    )
    doubtful = (
        held.filter(pl.col("holds") == "unknown")
        .group_by("day", "actor", maintain_order=True)
        .agg(uncertain_ties=pl.len())
    )
    frame = (
        shares.sort("day", "actor", "share", "lead", descending=[False, False, True, False])
        .group_by("day", "actor", maintain_order=True)
        .agg(
            diversity=1 - (pl.col("share") ** 2).sum(),
            first_lead=pl.col("lead").first(),
            first_share=pl.col("share").first(),
            leads=pl.col("lead"),
            rows=pl.col("rows").explode().unique(maintain_order=True),
        )
        .join(doubtful, on=["day", "actor"], how="left")
        .with_columns(uncertain_ties=pl.col("uncertain_ties").fill_null(0), year=pl.col("day").dt.year())
        .select("year", "actor", "diversity", "first_lead", "first_share", "leads", "uncertain_ties", "rows")
        .sort("year", "actor")
    )
    return Measured(
        name="lead-diversity",
        title="How many powers' tables each state sits at",
        definition="One minus the Herfindahl index of the lead powers of the bodies in which a state is a "
        "member, associate "
        "or partner on the last day of the year; 0: one lead power; towards 1: many, none prevailing.",
        reference="Herfindahl's index; Hirschman 1964, American Economic Review 54(5): 761",
        frame=frame,
        assumptions=(
            "A body led by several powers counts in equal parts (ours).",
            "A state's own lead does not count, and bodies without a known lead are left out (ours).",
        ),
    )
