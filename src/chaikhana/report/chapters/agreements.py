"""Agreements by width: who signed with whom, and on what."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.measures.agreements_width import agreements_width
from chaikhana.report.blocks import Chapter, Figure, Prose, Table
from chaikhana.report.drawing import WIDTH
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

KINDS = (
    "multilateral, within the region",
    "bilateral, within the region",
    "multilateral, with outsiders",
    "bilateral, with outsiders",
)
COLOURS = ("#0072B2", "#56B4E9", "#D55E00", "#E69F00")
STEP = 5


def chapter(study: Study, _names: Names) -> Chapter:
    """The chapter."""
    measured = agreements_width(study)
    frame = measured.frame
    placed = frame.filter((pl.col("width") != "not known") & (pl.col("reach") != "without the region"))
    ours = placed.filter((pl.col("reach") == "within the region") & pl.col("complete"))
    treaties = ours.filter(pl.col("form") == "treaty")
    told = (
        f"All {len(study.about.members)} states and nobody else signed {ours.height} of the {placed.height} "
        "agreements whose parties are known"
    )
    told += (
        f", {treaties.height} of them treaties: {listed(treaties['title'].to_list(), 4)}."
        if treaties.height
        else ", none of them a treaty."
    )
    return Chapter(
        id="agreements",
        title="Agreements by width",
        blocks=(
            Prose(paragraphs=(told,)),
            _through_time(placed, study.about.last_day.year),
            _issues(placed),
            Table(
                id="agreements-table",
                title="Every agreement, with its parties among the study's actors",
                source=measured.reference,
                frame=frame.sort("year", "signed", descending=True, nulls_last=True).select(
                    "signed",
                    "title",
                    "form",
                    "width",
                    "reach",
                    "members",
                    "outsiders",
                    "rows",
                    "id",
                    "binding",
                    "issues",
                    "under",
                ),
                headings={
                    "signed": "signed",
                    "title": "title",
                    "form": "form",
                    "width": "width",
                    "reach": "reach",
                    "members": "of the region",
                    "outsiders": "outsiders",
                },
                most=60,
                note=f"{measured.definition} {' '.join(measured.assumptions)}",
            ),
        ),
    )


def _through_time(placed: pl.DataFrame, last: int) -> Figure:
    frame = (
        placed.filter(pl.col("year").is_not_null())
        .with_columns(kind=pl.format("{}, {}", "width", "reach"), first=pl.col("year") // STEP * STEP)
        .group_by("first", "kind", maintain_order=True)
        .agg(agreements=pl.len(), rows=pl.col("rows").explode())
        .sort("first", "kind")
        .with_columns(
            years=pl.format("{}–{}", "first", pl.min_horizontal(pl.col("first") + STEP - 1, pl.lit(last)))
        )
    )
    chart = (
        alt.Chart(frame.select("years", "kind", "agreements"))
        .mark_bar()
        .encode(
            x=alt.X("years:O", title=None, axis=alt.Axis(labelAngle=0, grid=False)),
            y=alt.Y("agreements:Q", title="agreements"),
            color=alt.Color(
                "kind:N",
                sort=list(KINDS),
                scale=alt.Scale(domain=list(KINDS), range=list(COLOURS)),
                legend=alt.Legend(title=None, columns=2),
            ),
            order=alt.Order("kind:N"),
        )
        .properties(width=WIDTH - 60, height=260)
    )
    within = placed.filter(pl.col("reach") == "within the region").height
    return Figure(
        id="agreements-width",
        title=f"{within} agreements stay within the region, {placed.height - within} take in outsiders",
        subtitle="Agreements signed, in spans of five years. Bilateral: two known parties; multilateral: "
        "three or more.",
        source="study tables agreements, parties; width and reach after Mayer 2021, section 3",
        chart=chart,
        frame=frame,
        alt="Stacked bars of agreements by width and reach in spans of five years.",
    )


def _issues(placed: pl.DataFrame) -> Figure:
    frame = (
        placed.explode("issues")
        .drop_nulls("issues")
        .filter(pl.col("issues") != "")
        .group_by("issues", "reach", maintain_order=True)
        .agg(agreements=pl.len(), rows=pl.col("rows").explode())
    )
    order = (
        frame.group_by("issues", maintain_order=True)
        .agg(pl.col("agreements").sum())
        .sort("agreements", "issues", descending=[True, False])["issues"]
        .to_list()
    )
    chart = (
        alt.Chart(frame.select("issues", "reach", "agreements"))
        .mark_bar()
        .encode(
            x=alt.X("agreements:Q", title="agreements"),
            y=alt.Y("issues:N", sort=order, title=None, axis=alt.Axis(grid=False, ticks=False, domain=False)),
            color=alt.Color(
                "reach:N",
                scale=alt.Scale(
                    domain=["within the region", "with outsiders"], range=[COLOURS[0], COLOURS[2]]
                ),
                legend=alt.Legend(title=None),
            ),
        )
        .properties(width=WIDTH - 200, height=alt.Step(18))
    )
    return Figure(
        id="agreements-issues",
        title=f"Most agreements are about {order[0]}" if order else "Agreements by issue",
        subtitle="Agreements by issue; one on several issues counts for each.",
        source="study tables agreements, parties",
        chart=chart,
        frame=frame.sort("issues", "reach"),
        alt="Bars of agreements by issue, within the region and with outsiders.",
    )
