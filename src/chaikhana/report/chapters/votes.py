"""Votes in the General Assembly: how alike the region's states vote among themselves, with powers and with blocs."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.measures.vote_agreement import SERIES, vote_agreement
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import colour_scale
from chaikhana.report.names import Names
from chaikhana.study.study import Study

FIRST_SESSION = 1945
LEAST_VOTES = 10


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter; without the derived series it says what would fill it."""
    if SERIES not in study.derived:
        return Chapter(
            id="votes",
            title="Votes in the General Assembly",
            blocks=(
                Prose(
                    paragraphs=(
                        "This study carries no votes. With the dataset un-votes in the source store "
                        "(chaikhana sources add un-votes FOLDER), "
                        "chaikhana study derive adds how its states voted.",
                    )
                ),
            ),
        )
    measured = vote_agreement(study)
    members = list(study.about.members)
    frame = measured.frame.filter(pl.col("votes") >= LEAST_VOTES).with_columns(
        year=pl.col("session") + FIRST_SESSION
    )
    blocks: list[Block] = [
        Prose(paragraphs=(_words(frame, names, members),)),
        _lines(study, frame, names, measured.reference),
    ]
    if "votes" in study.derived and study.derived["votes"].frame.height:
        blocks.append(_roll_calls(study, names))
    return Chapter(id="votes", title="Votes in the General Assembly", blocks=tuple(blocks))


def _words(frame: pl.DataFrame, names: Names, members: list[str]) -> str:
    last = frame.filter(pl.col("session") == frame["session"].max())
    means = (
        last.with_columns(
            other=pl.when(pl.col("actor_2").is_in(members)).then(pl.lit("")).otherwise("actor_2")
        )
        .group_by("other", maintain_order=True)
        .agg(pl.col("agreement").mean())
        .sort("agreement", descending=True)
    )
    told = [
        f"{'one another' if not other else names.actor(other)} ({value:.2f})"
        for other, value in means.iter_rows()
    ]
    return (
        (
            f"In session {last['session'][0]}, the last with data, the region's states agreed most with "
            f"{told[0]}, then with "
            f"{', '.join(told[1:])}. 1 is the same vote every time, 0 the opposite every time."
        )
        if told
        else ""
    )


def _lines(study: Study, frame: pl.DataFrame, names: Names, reference: str) -> Figure:
    members = list(study.about.members)
    among = frame.filter(pl.col("actor_2").is_in(members))
    mirrored = pl.concat([among, among.with_columns(actor_1="actor_2", actor_2="actor_1")])
    own = (
        mirrored.group_by("actor_1", "session", "year", maintain_order=True)
        .agg(pl.col("agreement").mean())
        .with_columns(other=pl.lit("the rest of the region"))
    )
    rest = frame.filter(~pl.col("actor_2").is_in(members)).with_columns(
        other=pl.col("actor_2").map_elements(names.actor, return_dtype=pl.String)
    )
    shown = pl.concat(
        [part.select("actor_1", "other", "year", "agreement") for part in (own, rest)]
    ).with_columns(state=pl.col("actor_1").replace_strict(names.actors))
    panels = ["the rest of the region", *rest["other"].unique(maintain_order=True).sort().to_list()]
    low = max(0.0, float(shown["agreement"].min()) - 0.05)  # type: ignore[arg-type]
    chart = (
        alt.Chart(shown.select("state", "other", "year", "agreement"))
        .mark_line(strokeWidth=1.6)
        .encode(
            x=alt.X(
                "year:Q",
                title=None,
                axis=alt.Axis(format="d", grid=False, tickCount=4),
                scale=alt.Scale(zero=False),
            ),
            y=alt.Y("agreement:Q", title=None, scale=alt.Scale(domain=[low, 1])),
            color=alt.Color(
                "state:N",
                scale=colour_scale([names.actor(actor) for actor in members]),
                legend=alt.Legend(title=None),
            ),
            facet=alt.Facet(
                "other:N", columns=3, sort=panels, title=None, header=alt.Header(labelAnchor="start")
            ),
        )
        .properties(width=195, height=150)
    )
    source = study.derived[SERIES].origin
    means = shown.group_by("other", maintain_order=True).agg(pl.col("agreement").mean()).sort("agreement")
    return Figure(
        id="vote-agreement",
        title=f"The region's states vote most like one another, and least like {means['other'][0]}"
        if means["other"][-1] == panels[0]
        else f"The region's states vote most like {means['other'][-1]}, and least like {means['other'][0]}",
        subtitle=f"One minus the mean distance of votes (no 0, abstain ½, yes 1) over the roll calls of a "
        f"session on which both voted, unanimous "
        f"ones kept; at least {LEAST_VOTES} of them. Sessions are shown at the year in which they open.",
        source=f"{source['citation']} (version {source['version']}); {reference}",
        chart=chart,
        frame=frame,
        alt="Small charts, one a partner, with a line for each state of the region: agreement by session.",
    )


def _roll_calls(study: Study, names: Names) -> Table:
    votes = study.derived["votes"].frame
    wide = votes.with_columns(who=pl.col("actor").map_elements(names.actor, return_dtype=pl.String)).pivot(
        on="who", index=["date", "resolution", "title"], values="vote"
    )
    order = [
        names.actor(actor)
        for actor in (*study.about.members, *study.about.votes.references)
        if names.actor(actor) in wide.columns
    ]
    return Table(
        id="roll-calls",
        title="How they voted on resolutions that the papers speak of",
        source=study.derived["votes"].origin["citation"],
        frame=wide.select("date", "resolution", "title", *order),
        headings={
            "date": "date",
            "resolution": "resolution",
            "title": "on what",
            **{name: name for name in order},
        },
        note="Absent: a member of the United Nations that cast no vote. It is neither an abstention nor a "
        "no.",
    )
