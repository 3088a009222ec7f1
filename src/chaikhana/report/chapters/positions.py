"""Positions in the General Assembly: where the region's states stand, how far they vote as one, and on what they agree."""

from __future__ import annotations

from functools import partial

import altair as alt
import polars as pl

from chaikhana.measures import cohesion as cohesion_
from chaikhana.measures import ideal_points as ideal_
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import INK, colour_scale
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

ID, TITLE = "positions", "Positions in the General Assembly"
FIRST_SESSION = 1945
FAR = 0.5  # ours: half a standard deviation of all states is told as a move


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter; without its derived series it says what would fill it."""
    told: list[str] = []
    blocks: list[Block] = []
    if ideal_.SERIES in study.derived and ideal_.ideal_points(study).frame.height:
        frame = ideal_.ideal_points(study).frame.with_columns(year=pl.col("session") + FIRST_SESSION)
        told += [_words_of_positions(study, frame, names), _words_of_nearness(study, frame, names)]
        blocks.append(_positions(study, frame, names))
    if cohesion_.SERIES in study.derived and cohesion_.cohesion(study).frame.height:
        frame = cohesion_.cohesion(study).frame.with_columns(year=pl.col("session") + FIRST_SESSION)
        told.append(_words_of_cohesion(frame))
        blocks.append(_cohesion(study, frame, names))
    if cohesion_.ISSUES in study.derived and cohesion_.agreement_by_issue(study).frame.height:
        blocks.append(_issues(study, cohesion_.agreement_by_issue(study).frame, names))
    if not blocks:
        told = [
            "This study carries no positions. With the dataset un-votes in the source store "
            "(chaikhana sources add un-votes FOLDER), chaikhana study derive adds where its states stand."
        ]
    prose = Prose(paragraphs=tuple(text for text in told if text))
    return Chapter(id=ID, title=TITLE, blocks=(prose, *blocks))


def _references(study: Study, frame: pl.DataFrame) -> list[str]:
    """The states that members are set against: those whose votes the study compares, in its order."""
    have = set(frame["actor"])
    return [actor for actor in study.about.votes.references if actor in have]


def _words_of_positions(study: Study, frame: pl.DataFrame, names: Names) -> str:
    last = frame.filter(pl.col("session") == frame["session"].max())
    shown = last.filter(pl.col("actor").is_in([*study.about.members, *_references(study, frame)])).sort(
        "estimate", "actor"
    )
    told = [
        f"{names.actor(row['actor'])} at {row['estimate']:+.2f} ({row['lower']:+.2f} to {row['upper']:+.2f})"
        for row in shown.iter_rows(named=True)
    ]
    if not told:
        return ""
    return (
        f"In session {last['session'][0]}, the last with data, from one end to the other: {listed(told)}. 0 is the mean of "
        "all states, 1 their standard deviation; in brackets the bounds that hold 95 % of the posterior."
    )


def _words_of_nearness(study: Study, frame: pl.DataFrame, names: Names) -> str:
    """Who moved, and whom each stands next to."""
    references = _references(study, frame)
    members = frame.filter(pl.col("actor").is_in(study.about.members)).sort("session")
    ends = members.group_by("actor", maintain_order=True).agg(
        then=pl.col("estimate").first(), now=pl.col("estimate").last(), since=pl.col("year").first()
    )
    moved = [
        f"{names.actor(row['actor'])} (from {row['then']:+.2f} in {row['since']} to {row['now']:+.2f})"
        for row in ends.sort("actor").iter_rows(named=True)
        if abs(row["now"] - row["then"]) >= FAR
    ]
    words = (
        f"Over the years with data these moved by {FAR} or more (our threshold): {listed(moved)}."
        if moved
        else f"No member moved by {FAR} or more (our threshold) between its first session and its last."
    )
    if references and ends.height:
        last = frame.filter(pl.col("session") == frame["session"].max())
        at = dict(last.select("actor", "estimate").iter_rows())
        others = [(at[other], other) for other in references if other in at]
        near = {
            actor: min(others, key=partial(_distance, at[actor]))[1]
            for actor in study.about.members
            if actor in at and others
        }
        by_reference = {
            other: [names.actor(actor) for actor, its in near.items() if its == other] for other in references
        }
        words += (
            " Nearest "
            + "; nearest ".join(
                f"{names.actor(other)}: {listed(actors)}" for other, actors in by_reference.items() if actors
            )
            + "."
        )
    return words


def _distance(here: float, other: tuple[float, str]) -> float:
    return abs(other[0] - here)


def _positions(study: Study, frame: pl.DataFrame, names: Names) -> Figure:
    members = [actor for actor in study.about.members if actor in set(frame["actor"])]
    references = _references(study, frame)
    columns = ("panel", "who", "year", "estimate", "lower", "upper")
    own = frame.filter(pl.col("actor").is_in(members)).with_columns(
        panel=pl.col("actor").replace_strict(names.actors), who=pl.lit("the state itself")
    )
    panels = pl.DataFrame({"panel": [names.actor(actor) for actor in members]})
    others = (
        frame.filter(pl.col("actor").is_in(references))
        .with_columns(who=pl.col("actor").replace_strict(names.actors))
        .join(panels, how="cross")
        .with_columns(lower=pl.lit(None, dtype=pl.Float64), upper=pl.lit(None, dtype=pl.Float64))
    )
    shown = pl.concat([part.select(columns) for part in (own, others)], how="vertical_relaxed")
    order = ["the state itself", *(names.actor(actor) for actor in references)]
    scale = colour_scale(order)
    scale.range = [INK, *scale.range[: len(order) - 1]]
    base = alt.Chart(shown)
    x = alt.X(
        "year:Q", title=None, axis=alt.Axis(format="d", grid=False, tickCount=4), scale=alt.Scale(zero=False)
    )
    band = (
        base.mark_area(opacity=0.18, color=INK)
        .encode(x=x, y=alt.Y("lower:Q", title=None), y2="upper:Q")
        .transform_filter("datum.lower !== null")
    )
    lines = base.mark_line(strokeWidth=1.6).encode(
        x=x,
        y=alt.Y("estimate:Q", title=None),
        color=alt.Color("who:N", scale=scale, sort=order, legend=alt.Legend(title=None)),
    )
    chart = (
        alt.layer(band, lines)
        .properties(width=195, height=150)
        .facet(
            alt.Facet(
                "panel:N", title=None, sort=panels["panel"].to_list(), header=alt.Header(labelAnchor="start")
            ),
            columns=3,
        )
    )
    spread = (
        frame.filter(pl.col("actor").is_in(members))
        .group_by("session", maintain_order=True)
        .agg(spread=pl.col("estimate").max() - pl.col("estimate").min())
        .sort("session")["spread"]
    )
    source = study.derived[ideal_.SERIES].origin
    return Figure(
        id="ideal-points",
        title=f"The region's states stand {spread[-1]:.1f} standard deviations apart, where they stood {spread[0]:.1f} apart "
        "at first",
        subtitle="Positions on one dimension from all contested votes of a session, each state's last position carried "
        "forward; the band holds 95 % of the posterior. 0 is the mean of all states, 1 their standard deviation; high is the "
        "side of the United States. Sessions are shown at the year in which they open.",
        source=f"{source['citation']} (version {source['version']}); {ideal_.ideal_points(study).reference}",
        chart=chart,
        frame=frame.filter(pl.col("actor").is_in([*members, *references])),
        alt="Small charts, one a state of the region: its position by session with a band, and lines for the powers.",
    )


def _words_of_cohesion(frame: pl.DataFrame) -> str:
    own = frame.filter((pl.col("group") == cohesion_.REGION) & pl.col("agreement_index").is_not_null()).sort(
        "session"
    )
    if own.is_empty():
        return ""
    first, last = own.row(0, named=True), own.row(-1, named=True)
    low = own.sort("agreement_index").row(0, named=True)
    return (
        f"As a set, the region's states had an agreement index of {first['agreement_index']:.2f} in {first['year']} and of "
        f"{last['agreement_index']:.2f} in {last['year']}; it was lowest in {low['year']} ({low['agreement_index']:.2f}). "
        "1 is everybody on the same side every time."
    )


def _cohesion(study: Study, frame: pl.DataFrame, names: Names) -> Figure:
    shown = frame.with_columns(
        who=pl.when(pl.col("group") == cohesion_.REGION)
        .then(pl.lit(study.about.region))
        .otherwise(pl.col("group").replace(names.bodies))
    ).drop_nulls("agreement_index")
    order = [study.about.region, *sorted(set(shown["who"]) - {study.about.region})]
    low = max(0.0, float(str(shown["agreement_index"].min())) - 0.05)
    chart = (
        alt.Chart(shown.select("who", "year", "agreement_index", "voters"))
        .mark_line(strokeWidth=1.8)
        .encode(
            x=alt.X(
                "year:Q",
                title=None,
                axis=alt.Axis(format="d", grid=False, tickCount=8),
                scale=alt.Scale(zero=False),
            ),
            y=alt.Y("agreement_index:Q", title=None, scale=alt.Scale(domain=[low, 1])),
            color=alt.Color("who:N", scale=colour_scale(order), legend=alt.Legend(title=None)),
        )
        .properties(width=640, height=240)
    )
    last = shown.filter(pl.col("year") == shown["year"].max()).sort("agreement_index", descending=True)
    source = study.derived[cohesion_.SERIES].origin
    return Figure(
        id="cohesion",
        title=f"In the last session {last['who'][0]} voted most as one",
        subtitle="Agreement index: on a roll call, the largest side less half of the others, as a share of all that voted; mean "
        "over the roll calls of a session, unanimous ones kept. Small sets agree more by chance than large ones.",
        source=f"{source['citation']} (version {source['version']}); {cohesion_.cohesion(study).reference}",
        chart=chart,
        frame=frame,
        alt="A line for the region and each bloc: agreement index by session.",
    )


def _issues(study: Study, frame: pl.DataFrame, names: Names) -> Table:
    """Mean agreement of the members with one another and with each reference, by issue, in the last window."""
    members = list(study.about.members)
    last = frame.filter(pl.col("last") == frame["last"].max())
    wide = (
        last.with_columns(
            other=pl.when(pl.col("actor_2").is_in(members))
            .then(pl.lit("one another"))
            .otherwise(pl.col("actor_2").replace(names.actors))
        )
        .group_by("issue", "other", maintain_order=True)
        .agg(pl.col("agreement").mean().round(2))
        .sort("issue", "other")
        .pivot(on="other", index="issue", values="agreement")
    )
    order = ["one another", *sorted(set(wide.columns) - {"issue", "one another"})]
    first_session, last_session = last.select(pl.col("first").min(), pl.col("last").max()).row(0)
    return Table(
        id="agreement-by-issue",
        title=f"With whom the region's states agreed on what, sessions {first_session} to {last_session}",
        source=study.derived[cohesion_.ISSUES].origin["citation"],
        frame=wide.select("issue", *[name for name in order if name in wide.columns]),
        headings={"issue": "issue", **{name: name for name in order}},
        note="Mean over the members of one minus the mean distance of votes (no 0, abstain ½, yes 1).",
    )
