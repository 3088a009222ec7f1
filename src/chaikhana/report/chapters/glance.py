"""The region at a glance: what the study holds, and how many bodies each state sits in through time."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import polars as pl

from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.membership_counts import membership_counts
from chaikhana.report.blocks import Chapter, Figure, Part, Prose
from chaikhana.report.drawing import WIDTH, colour_scale
from chaikhana.report.names import Names, listed
from chaikhana.study.membership import living_bodies
from chaikhana.study.study import Study

COUNTED = (
    "actors",
    "bodies",
    "memberships",
    "agreements",
    "meetings",
    "attendance",
    "episodes",
    "statements",
    "design",
    "codings",
    "figures",
)


def chapter(study: Study, names: Names) -> Chapter:
    """The opening chapter."""
    rows = {name: study.frames[name].height for name in COUNTED}
    every = pl.concat([study.frames[name].select("basis") for name in study.frames])
    unverified = every.filter(pl.col("basis") == "unverified").height
    cards = [
        (f"{rows[name]:,}", _LABELS[name])
        for name in ("bodies", "memberships", "agreements", "meetings", "episodes", "statements")
    ]
    cards.append((f"{100 * unverified / every.height:.1f}%", "of rows unverified"))
    return Chapter(
        id="glance",
        title=f"{study.about.region} at a glance",
        blocks=(
            Part(template="cards.html", values={"cards": cards}),
            Prose(paragraphs=_words(study, names)),
            *_counts(study, names),
        ),
    )


_LABELS = {
    "bodies": "bodies",
    "memberships": "spells of membership",
    "agreements": "agreements",
    "meetings": "meetings",
    "episodes": "episodes",
    "statements": "statements",
}


def _words(study: Study, names: Names) -> tuple[str, ...]:
    day = study.about.last_day
    members = study.about.members
    alive = living_bodies(study, day)
    shares = exclusivity(study, day).frame
    together = shares.filter(pl.col("region_low") == len(members))
    own = shares.filter((pl.col("exclusivity_low") == 1) & (pl.col("region_low") >= 2))
    counts = (
        membership_counts(study, day, day)
        .frame.group_by("actor", maintain_order=True)
        .agg(pl.col("low").sum())
        .sort("low", "actor", descending=[True, False])
    )
    first = (
        f"On {day:%-d %B %Y} the study counts {alive.height} living bodies that concern "
        f"{study.about.region}. "
        f"All {len(members)} of its states are members of {together.height} of them"
    )
    if own.height:
        first += (
            f"; {own.height} have no full member from outside among the study's actors: "
            f"{listed([names.short(body) for body in own['body']])}"
        )
    if counts.is_empty():
        return f"{first}.", "The study has no memberships of its states yet."
    busiest, quietest = counts.row(0), counts.row(-1)
    if busiest[1] == quietest[1]:
        return (
            f"{first}.",
            f"Each of its states is a full or associate member of at least {busiest[1]} of them.",
        )
    second = (
        f"{names.actor(busiest[0])} is a full or associate member of most bodies (at least {busiest[1]}), "
        f"{names.actor(quietest[0])} of fewest (at least {quietest[1]})."
    )
    return first + ".", second


def _counts(study: Study, names: Names) -> Iterator[Figure]:
    measured = membership_counts(study)
    if measured.frame.is_empty():
        return
    frame = (
        measured.frame.group_by("year", "actor", maintain_order=True)
        .agg(pl.col("low").sum(), pl.col("high").sum(), pl.col("rows").explode())
        .with_columns(state=pl.col("actor").replace_strict(names.actors))
        .sort("actor", "year")
    )
    order = [names.actor(actor) for actor in study.about.members]
    base = alt.Chart(frame.select("year", "state", "low", "high"))
    x = alt.X(
        "year:Q", axis=alt.Axis(format="d", title=None, grid=False, tickCount=8), scale=alt.Scale(nice=False)
    )
    colour = alt.Color("state:N", scale=colour_scale(order), legend=alt.Legend(title=None))
    band = base.mark_area(opacity=0.15).encode(
        x=x, y=alt.Y("low:Q", title="bodies"), y2="high:Q", color=colour
    )
    line = base.mark_line(strokeWidth=2.2).encode(x=x, y="low:Q", color=colour)
    last = frame.group_by("actor", maintain_order=True).agg(pl.all().exclude("rows").last())
    grown = frame.group_by("year", maintain_order=True).agg(pl.col("low").mean()).sort("year")
    yield Figure(
        id="membership-counts",
        title=f"From at least {grown['low'][0]:.0f} bodies a state in {grown['year'][0]} to {grown['low'][-1]:.0f} "
        f"in {grown['year'][-1]}",
        subtitle="Bodies of which each state is a full or associate member, at the end of the year. "
        "Shaded: memberships whose "
        "dates leave the year open.",
        source=measured.reference,
        chart=alt.layer(band, line).properties(width=WIDTH - 60, height=300),
        frame=frame.select("year", "actor", "low", "high", "rows"),
        alt="Lines, one a state, of the number of bodies it is in: "
        + "; ".join(
            f"{names.actor(row['actor'])} {row['low']} in {row['year']}" for row in last.iter_rows(named=True)
        ),
    )
