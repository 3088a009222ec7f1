"""Agreements by width, reach and issue.

Reference: the placing of cooperation as bilateral or multilateral, within the region or with outsiders, in Mayer
(2021), section 3. Reads agreements and parties. An agreement with fewer than two known parties is *not known*.
"""

from __future__ import annotations

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.study import Study

WIDTHS = ("bilateral", "multilateral", "not known")
REACHES = ("within the region", "with outsiders", "without the region", "not known")


def agreements_width(study: Study) -> Measured:
    """Width and reach of every agreement."""
    inside = pl.col("actor").is_in(study.about.members)
    counted = (
        study.table("parties")
        .group_by(id="agreement", maintain_order=True)
        .agg(
            members=pl.col("actor").filter(inside).unique().sort(),
            outsiders=pl.col("actor").filter(~inside).unique().sort(),
            rows=pl.col("row"),
        )
    )
    members, outsiders = pl.col("members").list.len(), pl.col("outsiders").list.len()
    total = members + outsiders
    frame = (
        study.table("agreements")
        .join(counted, on="id", how="left")
        .with_columns(pl.col("members", "outsiders", "rows").fill_null([]))
        .with_columns(
            year=pl.when(pl.col("signed") != "").then(pl.col("signed_earliest").dt.year()),
            width=pl.when(total < 2)
            .then(pl.lit("not known"))
            .when(total == 2)
            .then(pl.lit("bilateral"))
            .otherwise(pl.lit("multilateral")),
            reach=pl.when(total < 2)
            .then(pl.lit("not known"))
            .when(members == 0)
            .then(pl.lit("without the region"))
            .when(outsiders == 0)
            .then(pl.lit("within the region"))
            .otherwise(pl.lit("with outsiders")),
            complete=members == len(study.about.members),
            rows=pl.concat_list(pl.concat_list("row"), "rows"),
        )
        .select(
            "id",
            "title",
            "signed",
            "year",
            "form",
            "binding",
            "width",
            "reach",
            "members",
            "outsiders",
            "complete",
            "issues",
            "under",
            "rows",
        )
        .sort("year", "signed", "id", nulls_last=True)
    )
    return Measured(
        name="agreements-width",
        title="Agreements by width and reach",
        definition="Bilateral: two known parties; multilateral: three or more. Within the region: no party "
        "from outside it.",
        reference="Mayer 2021, section 3",
        frame=frame,
        assumptions=("Parties are counted among the actors of the study.",),
    )
