"""Open regionalism: how open the bodies are, how far each state keeps to them, and whether the two go together."""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from chaikhana.core.choices import filled
from chaikhana.core.findings import Finding
from chaikhana.frameworks import running
from chaikhana.frameworks import talka_2018_open_regionalism as openness
from chaikhana.measures.cross_table import Cell
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import FAINT, INK, WIDTH, colour_scale
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    day = study.about.last_day
    chosen = filled(openness.CHOICES)
    shared = running.shared(openness.FRAMEWORK, study, day)
    region = openness.gather(study, study.about.id, day, shared)
    found = running.cited(study, openness.judge(region, chosen))
    cells = openness.cells_of(region, chosen)
    blocks: list[Block] = [Prose(paragraphs=_words(study, names, found, cells))]
    if cells:
        blocks += [_plane(study, names, cells, day), _table(names, cells)]
    blocks.append(
        trace(found, "open-trace", f"Open bodies and closed ones on {day}: {found.label or 'not known'}")
    )
    return Chapter(id="open-regionalism", title="Open regionalism and commitment", blocks=tuple(blocks))


def _words(study: Study, names: Names, found: Finding, cells: list[Cell]) -> tuple[str, ...]:
    if not cells:
        return (f"Openness and commitment cannot be set side by side. {missing(found)}",)
    steps = {step.rule: step for step in found.steps}
    bodies = dict.fromkeys(cell.body for cell in cells)
    states = {body: {cell.state for cell in cells if cell.body == body} for body in bodies}
    all_in = [names.short(body) for body in bodies if len(states[body]) == len(study.about.members)]
    joined = (
        f" Every state of {study.about.region} has a tie to {listed(all_in)}; to the others only some."
        if all_in and len(all_in) < len(bodies)
        else ""
    )
    return (
        f"{steps['open-not-less-kept'].sentence} {steps['rank-correlation'].sentence} {steps['cross-table'].sentence}{joined}",
        "Openness runs from 0 to 1: no discrimination against outsiders, open accession, weak obligations, no dominant lead, "
        "no common tariff. Commitment runs from 0 to 1: status and its length, ratifications, departures, attendance. "
        "Pairs of one body are not independent of one another, so the probability is a hint at most.",
    )


def _plane(study: Study, names: Names, cells: list[Cell], day: date) -> Figure:
    frame = _frame(names, cells)
    order = list(dict.fromkeys(frame["state"]))
    bodies = (
        frame.group_by("body", maintain_order=True)
        .agg(pl.col("openness_low").first(), pl.col("openness_high").first())
        .with_columns(middle=(pl.col("openness_low") + pl.col("openness_high")) / 2)
        .sort("middle", "body", descending=[True, False])
        .with_columns(height=1.06 + 0.075 * pl.int_range(pl.len()))
    )
    highest = float(bodies["height"].to_list()[-1]) + 0.06
    spread = frame.with_columns(
        x=(pl.col("openness_low") + pl.col("openness_high")) / 2
        + (pl.int_range(pl.len()).over("body") - (pl.len().over("body") - 1) / 2) * 0.012,
        y=(pl.col("commitment_low") + pl.col("commitment_high")) / 2,
    ).drop("rows")
    axis = alt.X("x:Q", title="openness of the body", scale=alt.Scale(domain=[0, 1]))
    colour = alt.Color("state:N", scale=colour_scale(order), legend=alt.Legend(title=None))
    base = alt.Chart(spread)
    bars = base.mark_rule(strokeWidth=1.4, opacity=0.6).encode(
        x=axis,
        y=alt.Y(
            "commitment_low:Q",
            title="commitment of the state",
            scale=alt.Scale(domain=[0, highest], nice=False),
            axis=alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1]),
        ),
        y2="commitment_high:Q",
        color=colour,
    )
    points = base.mark_point(size=62, filled=True, opacity=1).encode(
        x=axis,
        y="y:Q",
        color=colour,
        shape=alt.Shape("state:N", scale=alt.Scale(domain=order, range=list(SHAPES[: len(order)]))),
    )
    line = alt.Chart(bodies)
    width = line.mark_rule(color=FAINT, strokeWidth=4, opacity=0.45).encode(
        x="openness_low:Q", x2="openness_high:Q", y="height:Q"
    )
    called = line.mark_text(align="right", dx=-6, fontWeight="bold", color=INK).encode(
        x="openness_low:Q", y="height:Q", text="body:N"
    )
    cut = (
        alt.Chart(pl.DataFrame({"x": [float(filled(openness.CHOICES)["open"])]}))
        .mark_rule(color=FAINT, strokeDash=[4, 4])
        .encode(x="x:Q")
    )
    chart = (cut + bars + points + width + called).properties(width=WIDTH - 70, height=420)
    ranked = bodies["body"].to_list()
    return Figure(
        id="open-regionalism",
        title=f"By the middle of the bounds, {ranked[0]} is the most open body and {ranked[-1]} the most closed",
        subtitle=f"On {day}: a point is a state in a body, in the middle of what is known; its line is the bounds of "
        "commitment. Grey, above: the bounds of each body's openness. Points of one body stand a little apart to be "
        "seen. Dashed: from where on a body counts as open (ours).",
        source=openness.REFERENCE,
        chart=chart,
        frame=frame,
        alt=f"Commitment of the states of {study.about.region} against the openness of {listed(ranked)}.",
    )


def _frame(names: Names, cells: list[Cell]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "body": names.short(cell.body),
                "state": names.actor(cell.state),
                "openness_low": cell.openness.low,
                "openness_high": cell.openness.high,
                "commitment_low": cell.commitment.low,
                "commitment_high": cell.commitment.high,
                "rows": list(cell.rows),
            }
            for cell in cells
        ]
    )


def _table(names: Names, cells: list[Cell]) -> Table:
    frame = _frame(names, cells)
    told = frame.with_columns(_span("openness").alias("openness"), commitment=_span("commitment"))
    wide = told.pivot("state", index=["body", "openness"], values="commitment").join(
        told.group_by("body", maintain_order=True).agg(
            rows=pl.col("rows").explode().unique(maintain_order=True)
        ),
        on="body",
    )
    states = [name for name in wide.columns if name not in ("body", "openness", "rows")]
    return Table(
        id="open-cross-table",
        title="Openness by commitment",
        source=openness.REFERENCE,
        frame=wide,
        headings={"body": "body", "openness": "openness", **{state: state for state in states}},
        note="Commitment of each state, from its least to its most; a blank is a state without any tie to the body.",
    )


def _span(name: str) -> pl.Expr:
    low, high = (pl.col(f"{name}_{end}").round(2) for end in ("low", "high"))
    return (
        pl.when(low == high)
        .then(low.cast(pl.String))
        .otherwise(pl.concat_str(low.cast(pl.String), pl.lit(" to "), high.cast(pl.String)))
    )
