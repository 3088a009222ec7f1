"""Overlap of bodies: which share members, and which share issues.

Reference: the notion of regime overlap in Panke and Stapel (2018), *Exploring overlapping regionalism*, Journal of
International Relations and Development 21, 635–662, doi:10.1057/s41268-016-0081-x: organisations overlap where they share
members and mandates. Returns, for each pair of living bodies, shared members (an interval), the
Jaccard index of the certain members, and shared issues.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.membership import living_bodies, taking_part
from chaikhana.study.study import Study


def body_overlap(study: Study, day: date) -> Measured:
    """Pairs of bodies that share a member, or may."""
    alive = living_bodies(study, day)
    held = taking_part(study, [day]).filter(pl.col("body").is_in(alive["id"].implode()))
    sizes = held.filter(pl.col("holds") == "yes").group_by("body", maintain_order=True).agg(size=pl.len())
    pairs = (
        held.join(held, on="actor", suffix="_2")
        .filter(pl.col("body") < pl.col("body_2"))
        .with_columns(certain=(pl.col("holds") == "yes") & (pl.col("holds_2") == "yes"))
        .group_by("body", "body_2", maintain_order=True)
        .agg(
            low=pl.col("certain").sum(),
            high=pl.len(),
            shared=pl.col("actor").sort(),
            rows=pl.concat([pl.col("row"), pl.col("row_2")]),
        )
    )
    issues = alive.select("id", "issues")
    frame = (
        pairs.join(sizes, on="body", how="left")
        .join(sizes.rename({"body": "body_2", "size": "size_2"}), on="body_2", how="left")
        .with_columns(jaccard=pl.col("low") / (pl.col("size") + pl.col("size_2") - pl.col("low")))
        .join(issues.rename({"id": "body", "issues": "issues_1"}), on="body")
        .join(issues.rename({"id": "body_2", "issues": "issues_2"}), on="body_2")
        .with_columns(shared_issues=pl.col("issues_1").list.set_intersection("issues_2").list.sort())
        .select("body", "body_2", "low", "high", "jaccard", "shared", "shared_issues", "rows")
        .sort("body", "body_2")
    )
    return Measured(
        name="body-overlap",
        title=f"Which bodies share members and issues on {day}",
        definition="Actors that are full or associate members of both (in informal bodies partners too) "
        "(at least the certain ones, at most these and the "
        "uncertain); Jaccard index of the certain members; issues that both work on.",
        reference="Panke & Stapel 2018, doi:10.1057/s41268-016-0081-x",
        frame=frame,
        assumptions=("Members are counted among the actors of the study.",),
    )
