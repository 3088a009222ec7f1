"""Formal and informal groups: the bodies on a date by form, lead power and members.

Reference: Tskhay and Costa Buranelli (2020), *Accommodating revisionism through balancing regionalism*, Table 1,
whose caption announces formal and informal groups and whose text, as it is at hand, carries no cells. Reads
bodies, leads and memberships.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import FORMAL_FORMS, INSIDE_STATUSES
from chaikhana.study.membership import living_bodies, ties
from chaikhana.study.study import Study


def groups(study: Study, day: date) -> Measured:
    """Every living body in which a member of the region takes part, in any status."""
    held = ties(study, [day])
    region = pl.col("actor").is_in(study.about.members)
    full = pl.col("status").is_in(INSIDE_STATUSES)
    certain = pl.col("holds") == "yes"
    members = (
        held.group_by("body", maintain_order=True)
        .agg(
            members=pl.col("actor").filter(region & full & certain).sort(),
            uncertain=pl.col("actor").filter(region & full & ~certain).sort(),
            looser=pl.col("actor").filter(region & ~full).sort(),
            outsiders=pl.col("actor").filter(~region & full).sort(),
            rows=pl.col("row").filter(region | full),
        )
        .filter(
            pl.col("members").list.len() + pl.col("uncertain").list.len() + pl.col("looser").list.len() > 0
        )
    )
    leads = (
        study.on("leads", day)
        .filter(pl.col("holds") != "no")
        .group_by("body", maintain_order=True)
        .agg(leads=pl.col("actor").unique().sort(), lead_rows=pl.col("row"))
    )
    frame = (
        living_bodies(study, day)
        .select(body="id", name="name", form="form", issues="issues")
        .join(members, on="body")
        .join(leads, on="body", how="left")
        .with_columns(
            formal=pl.when(pl.col("form").is_in(FORMAL_FORMS))
            .then(pl.lit("formal"))
            .otherwise(pl.lit("informal")),
            leads=pl.col("leads").fill_null([]),
            rows=pl.concat_list("rows", pl.col("lead_rows").fill_null([])),
        )
        .select(
            "formal",
            "form",
            "body",
            "name",
            "leads",
            "members",
            "uncertain",
            "looser",
            "outsiders",
            "issues",
            "rows",
        )
        .sort("formal", "form", "body")
    )
    return Measured(
        name="groups",
        title=f"Formal and informal groups on {day}, by lead power",
        definition="Living bodies in which a member of the region takes part. Formal: organisations and "
        "treaty regimes; "
        "informal: platforms, programmes, exercises. Looser: observers, partners, candidates, signatories.",
        reference="Tskhay & Costa Buranelli 2020, Table 1 (announced, without cells in the text at hand)",
        frame=frame,
        assumptions=("A body without a row in leads is shown without a lead, not as leaderless.",),
    )
