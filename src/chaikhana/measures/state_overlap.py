"""Overlap of states: how many bodies each pair of actors sits in together.

Reference: joint membership in organisations as a dyadic measure, Boehmer, Gartzke and Nordstrom (2004), *Do
Intergovernmental Organizations Promote Peace?*, World Politics 57(1), 1–38. Returns an interval of joint memberships and
the Jaccard index of the certain ones.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.membership import living_bodies, taking_part
from chaikhana.study.study import Study


def state_overlap(study: Study, day: date) -> Measured:
    """Pairs of actors, at least one of them a member of the region."""
    alive = living_bodies(study, day)["id"].implode()
    held = taking_part(study, [day]).filter(pl.col("body").is_in(alive))
    sizes = held.filter(pl.col("holds") == "yes").group_by("actor", maintain_order=True).agg(size=pl.len())
    region = pl.col("actor").is_in(study.about.members) | pl.col("actor_2").is_in(study.about.members)
    frame = (
        held.join(held, on="body", suffix="_2")
        .filter((pl.col("actor") < pl.col("actor_2")) & region)
        .with_columns(certain=(pl.col("holds") == "yes") & (pl.col("holds_2") == "yes"))
        .group_by("actor", "actor_2", maintain_order=True)
        .agg(
            low=pl.col("certain").sum(),
            high=pl.len(),
            shared=pl.col("body").sort(),
            rows=pl.concat([pl.col("row"), pl.col("row_2")]),
        )
        .join(sizes, on="actor", how="left")
        .join(sizes.rename({"actor": "actor_2", "size": "size_2"}), on="actor_2", how="left")
        .with_columns(jaccard=pl.col("low") / (pl.col("size") + pl.col("size_2") - pl.col("low")))
        .select("actor", "actor_2", "low", "high", "jaccard", "shared", "rows")
        .sort("actor", "actor_2")
    )
    return Measured(
        name="state-overlap",
        title=f"In how many bodies two actors sit together on {day}",
        definition="Bodies of which both are full or associate members (in informal bodies partners too): "
        "at least the certain ones, at most these and the "
        "uncertain; Jaccard index of the certain ones.",
        reference="Boehmer, Gartzke & Nordstrom 2004, World Politics 57(1): 1–38",
        frame=frame,
        assumptions=("Only the bodies of the study count.",),
    )
