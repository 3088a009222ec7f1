"""Formal and informal groups by lead power, and how many powers' tables each state sits at."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.measures.groups import groups
from chaikhana.measures.lead_diversity import lead_diversity
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import WIDTH, colour_scale
from chaikhana.report.names import Names, listed, plain
from chaikhana.study.study import Study


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    measured = groups(study, study.about.last_day)
    frame = measured.frame.with_columns(form=plain(pl.col("form")))
    counts = dict(measured.frame.group_by("formal", maintain_order=True).len().iter_rows())
    by_lead = (
        measured.frame.explode("leads")
        .drop_nulls("leads")
        .group_by("leads", maintain_order=True)
        .len()
        .sort("len", "leads", descending=[True, False])
    )
    leading = [f"{names.actor(lead)} ({number})" for lead, number in by_lead.head(6).iter_rows()]
    blocks: list[Block] = [
        Prose(
            paragraphs=(
                f"{counts.get('formal', 0)} formal and {counts.get('informal', 0)} informal groups have a "
                f"state of the region among "
                f"their members, partners or observers. By lead: {listed(leading)}; a body led by several "
                f"counts for each.",
            )
        ),
        Table(
            id="groups",
            title=measured.title,
            source=measured.reference,
            frame=frame.select(
                "formal",
                "form",
                "body",
                "name",
                "leads",
                "members",
                "uncertain",
                "looser",
                "outsiders",
                "rows",
            ),
            headings={
                "formal": "kind",
                "form": "form",
                "name": "body",
                "leads": "led by",
                "members": "members of the region",
                "uncertain": "uncertain",
                "looser": "looser ties",
            },
            most=200,
            note=measured.definition,
        ),
    ]
    diversity = lead_diversity(study)
    if diversity.frame.height:
        blocks.append(_diversity(study, names, diversity.frame))
    return Chapter(id="groups", title="Formal and informal, and who leads", blocks=tuple(blocks))


def _diversity(study: Study, names: Names, frame: pl.DataFrame) -> Figure:
    shown = frame.with_columns(state=pl.col("actor").replace_strict(names.actors))
    order = [names.actor(actor) for actor in study.about.members]
    last = frame.filter(pl.col("year") == frame["year"].max()).sort("diversity", descending=True)
    chart = (
        alt.Chart(shown.select("year", "state", "diversity"))
        .mark_line(strokeWidth=2.2)
        .encode(
            x=alt.X(
                "year:Q",
                axis=alt.Axis(format="d", title=None, grid=False, tickCount=8),
                scale=alt.Scale(nice=False),
            ),
            y=alt.Y(
                "diversity:Q", title="1 − Herfindahl index of lead powers", scale=alt.Scale(domain=[0, 1])
            ),
            color=alt.Color("state:N", scale=colour_scale(order), legend=alt.Legend(title=None)),
        )
        .properties(width=WIDTH - 60, height=260)
    )
    return Figure(
        id="lead-diversity",
        title=_headline(last, names),
        subtitle="Diversity of the lead powers of the bodies that each state belongs to: 0 is one lead "
        "power, towards 1 many and none "
        "prevailing. Bodies without a known lead are left out.",
        source="study tables memberships, leads; Hirschman 1964",
        chart=chart,
        frame=frame.select(
            "year", "actor", "diversity", "first_lead", "first_share", "uncertain_ties", "rows"
        ),
        alt="Lines, one a state, of the diversity of lead powers by year.",
    )


NOTEWORTHY = 0.05


def _headline(last: pl.DataFrame, names: Names) -> str:
    """What the last year shows; a spread too small to speak of is said to be small (our measure of small)."""
    first, final = last.row(0, named=True), last.row(-1, named=True)
    if first["diversity"] - final["diversity"] < NOTEWORTHY:
        return f"All sit at the tables of many powers: {final['diversity']:.2f} to {first['diversity']:.2f} in {first['year']}"
    return (
        f"{names.actor(first['actor'])} sits at the widest range of tables ({first['diversity']:.2f}), "
        f"{names.actor(final['actor'])} at the narrowest ({final['diversity']:.2f})"
    )
