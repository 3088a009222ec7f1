"""Formats and meetings through time: how often, at what rank, with whom, who came, how regularly."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import altair as alt
import polars as pl

from chaikhana.measures.formats import formats
from chaikhana.measures.meeting_attendance import meeting_attendance
from chaikhana.measures.meeting_frequency import meeting_frequency
from chaikhana.measures.meeting_regularity import meeting_regularity
from chaikhana.report.blocks import Chapter, Figure, Prose, Table
from chaikhana.report.drawing import HEAT, INK, WIDTH
from chaikhana.report.names import Names, plain
from chaikhana.study.study import Study

LEAST_MEETINGS = 3


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    held = formats(study)
    return Chapter(
        id="meetings",
        title="Formats and meetings through time",
        blocks=(
            Prose(paragraphs=(_words(study, held.frame),)),
            _frequency(study),
            _formats(study, held.frame),
            *_attendance(study, names),
            _regularity(study, names),
            Table(
                id="formats",
                title="Every meeting and agreement by its format",
                source=held.reference,
                frame=held.frame.sort("year", "date", descending=True, nulls_last=True).select(
                    "date",
                    "kind",
                    "format",
                    "title",
                    "members",
                    "away",
                    "outsiders",
                    "rows",
                    "id",
                    "body",
                    "without",
                    "uncertain",
                ),
                headings={
                    "date": "date",
                    "kind": "kind",
                    "format": "format",
                    "title": "what",
                    "members": "members of the region",
                    "away": "stayed away",
                    "outsiders": "outsiders",
                },
                most=40,
                note=f"{held.definition} {' '.join(held.assumptions)}",
            ),
        ),
    )


def _words(study: Study, frame: pl.DataFrame) -> str:
    met = frame.filter(pl.col("kind") == "meeting")
    alone = met.filter(pl.col("outsiders").list.len() == 0)
    whole = alone.filter(pl.col("complete"))
    text = (
        f"Of {met.height} meetings whose participants are known, {alone.height} were of the region's states "
        f"alone, "
        f"{whole.height} of these with all {len(study.about.members)}."
    )
    if whole.height:
        years = whole["year"].drop_nulls().unique().sort().to_list()
        gaps = [(b - a, a, b) for a, b in pairwise(years)]
        longest = max(gaps, default=(0, 0, 0))
        if longest[0] > 1:
            text += f" Between {longest[1]} and {longest[2]} the study knows of no such meeting of all."
    return text


def _frequency(study: Study) -> Figure:
    measured = meeting_frequency(study)
    frame = measured.frame.with_columns(
        rank=pl.when(pl.col("level") == "").then(pl.lit("not known")).otherwise(plain(pl.col("level")))
    )
    ranks = [
        "heads of state",
        "heads of government",
        "ministers",
        "parliamentarians",
        "officials",
        "experts",
        "not known",
    ]
    chart = (
        alt.Chart(frame.select("year", "rank", "company", "meetings"))
        .mark_bar()
        .encode(
            x=alt.X(
                "year:O",
                title=None,
                axis=alt.Axis(labelAngle=0, values=list(range(1990, 2100, 5)), grid=False),
            ),
            y=alt.Y(
                "sum(meetings):Q",
                title="meetings",
                axis=alt.Axis(labelExpr="datum.value % 1 ? '' : datum.label", tickMinStep=1),
            ),
            color=alt.Color(
                "rank:N",
                sort=ranks,
                scale=alt.Scale(
                    domain=ranks,
                    range=["#0072B2", "#56B4E9", "#E69F00", "#CC79A7", "#009E73", "#7A6A00", "#999999"],
                ),
                legend=alt.Legend(title=None, columns=4),
            ),
            row=alt.Row(
                "company:N",
                title=None,
                header=alt.Header(labelAnchor="start", labelAngle=0, labelOrient="top"),
            ),
        )
        .properties(width=WIDTH - 70, height=150)
        .resolve_scale(y="independent")
    )
    peak = (
        frame.filter(pl.col("company") == "the region alone")
        .group_by("year", maintain_order=True)
        .agg(pl.col("meetings").sum())
        .sort("meetings", descending=True)
    )
    title = "Meetings a year, with outsiders and without"
    if peak.height:
        title = (
            f"The region's states met most often alone in {peak['year'][0]} ({peak['meetings'][0]} meetings)"
        )
    return Figure(
        id="meeting-frequency",
        title=title,
        subtitle="Meetings a year that at least one state of the region is known to have attended, by the "
        "rank of those who met. The two "
        "panels have scales of their own.",
        source="study tables meetings, attendance: what the sources name, no complete register",
        chart=chart,
        frame=measured.frame,
        alt="Bars of the number of meetings a year by rank, without outsiders and with them.",
    )


def _formats(study: Study, frame: pl.DataFrame) -> Figure:
    size, short = len(study.about.members), study.about.short
    counted = (
        frame.filter(pl.col("year").is_not_null() & (pl.col("members").list.len() >= 2))
        .with_columns(
            number=pl.col("members").list.len(),
            company=pl.when(pl.col("outsiders").list.len() > 0)
            .then(pl.lit("with outsiders"))
            .otherwise(pl.lit("alone")),
        )
        .with_columns(format=pl.format("{}-{}", pl.lit(short), "number"))
        .group_by("year", "format", "company", maintain_order=True)
        .agg(events=pl.len(), rows=pl.col("rows").explode())
        .sort("year", "format")
    )
    order = [f"{short}-{number}" for number in range(size, 1, -1)]
    chart = (
        alt.Chart(counted.select("year", "format", "company", "events"))
        .mark_circle(opacity=0.85)
        .encode(
            x=alt.X(
                "year:Q",
                title=None,
                axis=alt.Axis(format="d", grid=False, tickCount=8),
                scale=alt.Scale(zero=False),
            ),
            y=alt.Y("format:N", sort=order, title=None, axis=alt.Axis(grid=True, ticks=False, domain=False)),
            size=alt.Size(
                "events:Q",
                scale=alt.Scale(range=[25, 500]),
                legend=alt.Legend(title="meetings and agreements"),
            ),
            color=alt.value("#0072B2"),
            row=alt.Row("company:N", header=alt.Header(labelAnchor="start", labelOrient="top"), title=None),
        )
        .properties(width=WIDTH - 80, height=max(30 * len(order), 60))
    )
    return Figure(
        id="formats-through-time",
        title="How many of the region's states sat at the table",
        subtitle=f"Meetings and agreements a year by the number of the region's states that took part "
        f"({short}-n), alone and with outsiders.",
        source="study tables meetings, attendance, agreements, parties; formats after Moldashev & "
        "Qoraboyev 2018",
        chart=chart,
        frame=counted,
        alt="Circles sized by the number of meetings and agreements of each format in each year.",
    )


def _attendance(study: Study, names: Names) -> Iterator[Figure]:
    measured = meeting_attendance(study)
    often = (
        measured.frame.filter(pl.col("meetings") >= LEAST_MEETINGS)
        .group_by("body", maintain_order=True)
        .agg(pl.col("meetings").max())
        .sort("meetings", descending=True)
        .head(24)
    )
    if often.is_empty():
        return
    frame = measured.frame.join(often.select("body"), on="body").with_columns(
        name=pl.col("body").map_elements(names.short, return_dtype=pl.String),
        state=pl.col("actor").replace_strict(names.actors),
        told=pl.format("{} of {}", "came", "meetings"),
    )
    base = alt.Chart(frame.select("name", "state", "share_low", "told")).encode(
        x=alt.X(
            "state:N",
            sort=[names.actor(a) for a in study.about.members],
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, grid=False, domain=False, ticks=False),
        ),
        y=alt.Y(
            "name:N",
            sort=[names.short(b) for b in often["body"]],
            title=None,
            axis=alt.Axis(grid=False, domain=False, ticks=False, labelLimit=200),
        ),
    )
    chart = alt.layer(
        base.mark_rect(stroke="white").encode(
            color=alt.Color(
                "share_low:Q",
                scale=alt.Scale(range=list(HEAT), domain=[0, 1]),
                legend=alt.Legend(title="share attended", format=".0%"),
            )
        ),
        base.mark_text(fontSize=11).encode(text="told:N", color=alt.value(INK)),
    ).properties(width=alt.Step(92), height=alt.Step(24))
    total = (
        measured.frame.group_by("actor", maintain_order=True)
        .agg(share=pl.col("came").sum() / pl.col("meetings").sum())
        .sort("share")
    )
    title = (
        f"{names.actor(total['actor'][0])} came least often ({total['share'][0]:.0%} of the meetings at "
        f"which it was expected)"
        if total.height
        else "Who came"
    )
    yield Figure(
        id="meeting-attendance",
        title=title,
        subtitle=f"Meetings attended, of those for which the study has a row for the state; bodies with at "
        f"least {LEAST_MEETINGS} such meetings. Unknown "
        "counts as away here, and stands apart in the data.",
        source="study tables meetings, attendance",
        chart=chart,
        frame=measured.frame,
        alt="A table of the share of each body's meetings that each state attended.",
    )


def _regularity(study: Study, names: Names) -> Table:
    measured = meeting_regularity(study)
    return Table(
        id="meeting-regularity",
        title=measured.title,
        source=measured.reference,
        frame=measured.frame.with_columns(
            body_name=pl.col("body").map_elements(names.short, return_dtype=pl.String),
            rank=plain(pl.col("level")),
        ),
        headings={
            "body_name": "body",
            "rank": "rank",
            "meetings": "meetings",
            "first": "first",
            "last": "last",
            "mean_gap_years": "mean gap, years",
            "longest_gap_years": "longest gap, years",
            "variation": "variation",
        },
        most=25,
        note=f"{measured.definition} {' '.join(measured.assumptions)}",
    )
