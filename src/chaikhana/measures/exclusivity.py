"""Exclusivity and coverage: how far a body is the region's own, and how much of the region it holds.

Reads memberships and bodies. Exclusivity is the share of a body's members that belong to the region; coverage the share of
the region's members that belong to the body. Both are intervals where spells leave the day open. Ours: in an
informal body, which has no members in law, partners take part like members.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.membership import living_bodies, taking_part
from chaikhana.study.study import Study


def exclusivity(study: Study, day: date) -> Measured:
    """Exclusivity and coverage of every living body that has members."""
    size = len(study.about.members)
    inside = pl.col("actor").is_in(study.about.members)
    certain = pl.col("holds") == "yes"
    alive = living_bodies(study, day)["id"].implode()
    frame = (
        taking_part(study, [day])
        .filter(pl.col("body").is_in(alive))
        .group_by("body", "form", maintain_order=True)
        .agg(
            region_low=(inside & certain).sum(),
            region_high=inside.sum(),
            outside_low=(~inside & certain).sum(),
            outside_high=(~inside).sum(),
            rows=pl.col("row"),
        )
        .with_columns(
            exclusivity_low=_share("region_low", "outside_high"),
            exclusivity_high=_share("region_high", "outside_low"),
            coverage_low=pl.col("region_low") / size,
            coverage_high=pl.col("region_high") / size,
        )
        .select(
            "body",
            "form",
            "region_low",
            "region_high",
            "outside_low",
            "outside_high",
            "exclusivity_low",
            "exclusivity_high",
            "coverage_low",
            "coverage_high",
            "rows",
        )
        .sort("exclusivity_low", "coverage_low", "body", descending=[True, True, False], nulls_last=True)
    )
    return Measured(
        name="exclusivity",
        title=f"How far each body is the region's own on {day}",
        definition="Exclusivity: members from the region as a share of all members. Coverage: members from "
        "the region as "
        "a share of the region. Unknown memberships are set to whichever end makes a share smallest, then "
        "largest.",
        reference="study tables memberships, bodies",
        frame=frame,
        assumptions=(
            "In an informal body partners count as members (ours).",
            "Members are counted among the actors of the study, so that a world-wide body looks more "
            "exclusive "
            "than it is.",
        ),
    )


def _share(inside: str, outside: str) -> pl.Expr:
    """The share over the worlds in which there is a member at all; null where there may be none in any."""
    total = pl.col(inside) + pl.col(outside)
    alone = pl.col("region_high") + pl.col("outside_high")
    return (
        pl.when(total > 0)
        .then(pl.col(inside) / total)
        .when(alone > 0)
        .then((pl.col("region_high") > 0).cast(pl.Float64))
    )
