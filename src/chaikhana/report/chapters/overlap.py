"""How bodies overlap: a heat map, a network, how far each body is the region's own, and which states sit together."""

from __future__ import annotations

import altair as alt
import networkx as nx
import numpy as np
import polars as pl

from chaikhana.measures.body_overlap import body_overlap
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.state_overlap import state_overlap
from chaikhana.report.blocks import Chapter, Figure, Prose
from chaikhana.report.drawing import FAINT, HEAT, INK, WIDTH, form_scale
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

MOST_BODIES = 34
LEAST_MEMBERS = 2
TIE = 0.5


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    shares = exclusivity(study, study.about.last_day).frame
    chosen = shares.filter(pl.col("region_low") >= LEAST_MEMBERS).head(MOST_BODIES)
    pairs = body_overlap(study, study.about.last_day).frame.filter(
        pl.col("body").is_in(chosen["body"].implode()) & pl.col("body_2").is_in(chosen["body"].implode())
    )
    if pairs.is_empty():
        told = "The study knows of no two bodies that share a member."
        return Chapter(id="overlap", title="How bodies overlap", blocks=(Prose(paragraphs=(told,)),))
    return Chapter(
        id="overlap",
        title="How bodies overlap",
        blocks=(
            Prose(paragraphs=(_words(pairs, names),)),
            _heat_map(pairs, chosen, names),
            _network(pairs, chosen, names),
            _ownership(chosen, names, study),
            _states(study, names),
        ),
    )


def _words(pairs: pl.DataFrame, names: Names) -> str:
    twins = (
        pairs.filter((pl.col("jaccard") > 0) & (pl.col("jaccard") < 1))
        .sort("jaccard", "low", "body", "body_2", descending=[True, True, False, False])
        .head(4)
    )
    told = [
        f"{names.short(a)} and {names.short(b)} ({j:.0%} of members shared)"
        for a, b, j in twins.select("body", "body_2", "jaccard").iter_rows()
    ]
    return (
        f"Among the {MOST_BODIES} bodies of which the region's states make up the largest share, those "
        f"whose membership "
        f"is most alike without being the same are {listed(told)}."
    )


def _heat_map(pairs: pl.DataFrame, chosen: pl.DataFrame, names: Names) -> Figure:
    order = [names.short(body) for body in chosen["body"]]
    frame = pairs.with_columns(
        one=pl.col("body").map_elements(names.short, return_dtype=pl.String),
        two=pl.col("body_2").map_elements(names.short, return_dtype=pl.String),
    )
    both = pl.concat(
        [frame.select("one", "two", "jaccard"), frame.select(one="two", two="one", jaccard="jaccard")]
    )
    chart = (
        alt.Chart(both)
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X(
                "one:N",
                sort=order,
                title=None,
                axis=alt.Axis(labelAngle=-60, grid=False, domain=False, ticks=False, labelLimit=110),
            ),
            y=alt.Y(
                "two:N",
                sort=order,
                title=None,
                axis=alt.Axis(grid=False, domain=False, ticks=False, labelLimit=170),
            ),
            color=alt.Color(
                "jaccard:Q",
                scale=alt.Scale(scheme="blues", domain=[0, 1]),
                legend=alt.Legend(title="share of members shared", format=".0%"),
            ),
        )
        .properties(width=WIDTH - 200, height=WIDTH - 200)
    )
    return Figure(
        id="body-overlap",
        title="Which bodies have the same members",
        subtitle=f"Jaccard index of certain members (in informal bodies partners too), among the study's "
        f"actors; the {chosen.height} bodies of which the "
        "region makes up the largest share, in that order.",
        source="study table memberships; Panke & Stapel 2018",
        chart=chart,
        frame=pairs,
        alt="A heat map of the share of members that each pair of bodies has in common.",
    )


def _network(pairs: pl.DataFrame, chosen: pl.DataFrame, names: Names) -> Figure:
    twins = _twins(pairs, chosen["body"].to_list())
    first = {body: group[0] for group in twins for body in group}
    strong = pairs.filter((pl.col("jaccard") >= TIE) & (pl.col("jaccard") < 1)).with_columns(
        one=pl.col("body").replace_strict(first), two=pl.col("body_2").replace_strict(first)
    )
    graph = nx.Graph()
    graph.add_nodes_from(group[0] for group in twins)
    graph.add_weighted_edges_from(strong.select("one", "two", "jaccard").iter_rows())
    size = dict(
        chosen.with_columns(n=pl.col("region_low") + pl.col("outside_low")).select("body", "n").iter_rows()
    )
    form = dict(chosen.select("body", "form").iter_rows())
    joined = graph.subgraph([body for body, degree in graph.degree() if degree])
    places = _spread(nx.spring_layout(joined, seed=1, k=0.9, iterations=300))
    tied = [group for group in twins if graph.degree(group[0])]
    nodes = pl.DataFrame(
        [
            {
                "body": _label(group, names),
                "x": float(places[group[0]][0]),
                "y": float(places[group[0]][1]),
                "form": form[group[0]],
                "members": size[group[0]],
            }
            for group in tied
        ]
    )
    lines = pl.DataFrame(
        [
            {
                "x": float(places[a][0]),
                "y": float(places[a][1]),
                "x2": float(places[b][0]),
                "y2": float(places[b][1]),
                "jaccard": data["weight"],
            }
            for a, b, data in graph.edges(data=True)
        ],
        schema=dict.fromkeys(("x", "y", "x2", "y2", "jaccard"), pl.Float64),
    )
    blank = alt.Axis(title=None, labels=False, ticks=False, domain=False, grid=False)
    frame_scale = alt.Scale(domain=[-1.15, 1.15])
    x, y = alt.X("x:Q", axis=blank, scale=frame_scale), alt.Y("y:Q", axis=blank, scale=frame_scale)
    edges = (
        alt.Chart(lines)
        .mark_rule(color=FAINT, opacity=0.3)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth(
                "jaccard:Q", scale=alt.Scale(domain=[TIE, 1], range=[0.4, 2.4]), legend=None
            ),
        )
    )
    dots = (
        alt.Chart(nodes)
        .mark_circle(opacity=1, stroke="white")
        .encode(
            x=x,
            y=y,
            size=alt.Size("members:Q", scale=alt.Scale(range=[60, 600]), legend=None),
            color=alt.Color("form:N", scale=form_scale(), legend=alt.Legend(title=None, symbolType="circle")),
        )
    )
    halo = (
        alt.Chart(nodes)
        .mark_text(dy=-14, fontSize=11, stroke="white", strokeWidth=4, strokeJoin="round")
        .encode(x=x, y=y, text="body:N")
    )
    labels = alt.Chart(nodes).mark_text(dy=-14, fontSize=11, color=INK).encode(x=x, y=y, text="body:N")
    return Figure(
        id="body-network",
        title="Bodies drawn near those that share their members",
        subtitle=f"A line joins two bodies that share at least {TIE:.0%} of their members (ours); bodies "
        f"with the same members are one dot. Size is the "
        "number of members, colour the form of the first. Bodies without such a line are left out. The "
        "layout is seeded and means nearness only.",
        source="study table memberships",
        chart=alt.layer(edges, dots, halo, labels).properties(width=WIDTH - 20, height=500),
        frame=pairs.filter(pl.col("jaccard") >= TIE),
        alt="A network of bodies joined where they share at least half of their members.",
    )


def _twins(pairs: pl.DataFrame, bodies: list[str]) -> list[list[str]]:
    """Bodies with the same members in one group each, in the order of `bodies`."""
    same = nx.Graph()
    same.add_nodes_from(bodies)
    same.add_edges_from(pairs.filter(pl.col("jaccard") == 1).select("body", "body_2").iter_rows())
    groups = [sorted(group, key=bodies.index) for group in nx.connected_components(same)]
    return sorted(groups, key=lambda group: bodies.index(group[0]))


def _label(group: list[str], names: Names) -> str:
    shown = [names.short(body) for body in group]
    return (
        shown[0]
        if len(shown) == 1
        else f"{shown[0]}, {shown[1]}"
        if len(shown) == 2
        else f"{shown[0]} and {len(shown) - 1} more"
    )


def _spread(places: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Positions scaled to the square and pushed apart until no label covers another."""
    keys = list(places)
    points = np.array([places[key] for key in keys])
    points = 2 * (points - points.min(axis=0)) / np.maximum(np.ptp(points, axis=0), 1e-9) - 1
    apart = np.array([0.24, 0.11])
    for _ in range(400):
        gap = points[:, None, :] - points[None, :, :]
        lapping = (np.abs(gap) < apart).all(axis=2) & ~np.eye(len(keys), dtype=bool)
        if not lapping.any():
            break
        direction = np.where(gap == 0, 1e-3, gap)
        points = np.clip(
            points + 0.02 * np.where(lapping[..., None], np.sign(direction) * apart / 2, 0).sum(axis=1),
            -1.05,
            1.05,
        )
    return dict(zip(keys, points, strict=True))


def _ownership(chosen: pl.DataFrame, names: Names, study: Study) -> Figure:
    frame = chosen.with_columns(
        name=pl.col("body").map_elements(names.short, return_dtype=pl.String),
        coverage=pl.format("{} of {}", "region_low", len(study.about.members)),
    )
    y = alt.Y(
        "name:N",
        sort=frame["name"].to_list(),
        title=None,
        axis=alt.Axis(grid=False, ticks=False, domain=False),
    )
    x = alt.X(
        "exclusivity_low:Q",
        title="members from the region as a share of all members",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%"),
    )
    colour = alt.Color("form:N", scale=form_scale(), legend=alt.Legend(title=None))
    base = alt.Chart(frame.select("name", "form", "exclusivity_low", "exclusivity_high", "coverage"))
    chart = alt.layer(
        base.mark_rule(strokeWidth=5, opacity=0.3).encode(x=x, x2="exclusivity_high:Q", y=y, color=colour),
        base.mark_circle(size=70, opacity=1).encode(x=x, y=y, color=colour),
        base.mark_text(align="left", dx=9, color=FAINT, fontSize=11).encode(
            x="exclusivity_high:Q", y=y, text="coverage:N"
        ),
    ).properties(width=WIDTH - 240, height=alt.Step(18))
    own = frame.filter(pl.col("exclusivity_low") == 1).height
    return Figure(
        id="exclusivity",
        title=f"{own} bodies have no outside member; in most, the region's states sit with others",
        subtitle="Beside each dot: how many of the region's states are members. A bar is the range that "
        "unknown memberships leave. Members are "
        "counted among the study's actors, so that world-wide bodies look more exclusive than they are.",
        source="study tables memberships, bodies",
        chart=chart,
        frame=chosen,
        alt="Dots, one a body, of the share of its members that belong to the region.",
    )


def _states(study: Study, names: Names) -> Figure:
    measured = state_overlap(study, study.about.last_day)
    members = study.about.members
    shown = [
        *members,
        *(actor for actor in (*study.about.powers, *study.about.others) if actor not in members),
    ]
    pairs = measured.frame.filter(pl.col("actor").is_in(shown) & pl.col("actor_2").is_in(shown))
    both = pl.concat(
        [pairs.select("actor", "actor_2", "low"), pairs.select(actor="actor_2", actor_2="actor", low="low")]
    )
    order = [names.actor(actor) for actor in shown]
    frame = both.filter(pl.col("actor").is_in(members)).with_columns(
        one=pl.col("actor").replace_strict(names.actors), two=pl.col("actor_2").replace_strict(names.actors)
    )
    base = alt.Chart(frame.select("one", "two", "low")).encode(
        x=alt.X(
            "two:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelAngle=-40, grid=False, domain=False, ticks=False),
        ),
        y=alt.Y(
            "one:N",
            sort=order[: len(members)],
            title=None,
            axis=alt.Axis(grid=False, domain=False, ticks=False),
        ),
    )
    chart = alt.layer(
        base.mark_rect(stroke="white").encode(
            color=alt.Color("low:Q", scale=alt.Scale(range=list(HEAT), domainMin=0), legend=None)
        ),
        base.mark_text(fontSize=11).encode(
            text="low:Q",
            color=alt.value(INK),
        ),
    ).properties(width=alt.Step(46), height=alt.Step(34))
    top = pairs.sort("low", "actor", "actor_2", descending=[True, False, False]).row(0, named=True)
    return Figure(
        id="state-overlap",
        title=f"{names.actor(top['actor'])} and {names.actor(top['actor_2'])} sit together in {top['low']} "
        f"bodies, more than any other pair",
        subtitle="Bodies of the study of which both are certain members (in informal bodies partners too).",
        source=measured.reference,
        chart=chart,
        frame=pairs,
        alt="A table of the number of bodies that each state of the region shares with the others and with "
        "outside actors.",
    )
