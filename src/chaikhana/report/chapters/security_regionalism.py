"""Security regionalism: every security institution by how many members it holds, its reach, form and depth."""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from chaikhana.core.choices import filled
from chaikhana.core.findings import Finding
from chaikhana.frameworks import mayer_2021_security_regionalism as security
from chaikhana.frameworks import running
from chaikhana.measures import security_placements as of
from chaikhana.measures.security_placements import Placement
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import FAINT, INK, WIDTH
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

REACHES = {of.WITHIN: "#0072B2", of.OUTSIDE: "#D55E00", of.UNSEEN: "#b8c0c7"}
MOST_NAMED = 3


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    day = study.about.last_day
    chosen = filled(security.CHOICES)
    shared = running.shared(security.FRAMEWORK, study, day)
    region = security.gather(study, study.about.id, day, shared)
    found = running.cited(study, security.judge(region, chosen))
    held = security.counted(region, chosen)
    blocks: list[Block] = [Prose(paragraphs=_words(study, names, found, held))]
    if held:
        blocks += [_scatter(held, day), _through_time(held, day), _table(held)]
    blocks.append(
        trace(found, "security-trace", f"Security regionalism on {day}: {found.label or 'not known'}")
    )
    return Chapter(id="security-regionalism", title="Security regionalism", blocks=tuple(blocks))


def _words(study: Study, names: Names, found: Finding, held: list[Placement]) -> tuple[str, ...]:
    if not held:
        return (f"No security agreement or body of {study.about.region} is known. {missing(found)}",)
    steps = {step.rule: step for step in found.steps}
    sure, _, every = steps["strict-sense"].value
    own, of_them = steps["without-outsiders"].value, steps["without-outsiders"].sentence
    leads = steps["nurtured-by"].value or {}
    told = [
        f"{names.actor(lead)} ({number})"
        for lead, number in sorted(leads.items(), key=lambda one: -one[1])[:4]
    ]
    return (
        f"The degree of security regionalism is {found.label or 'not known'}: of {every} agreements and bodies {sure} are "
        "regionalism in the strict sense, which is formal, among three members or more, and without outsiders. "
        f"{steps['treaties-of-all'].sentence} {of_them if own is not None else ''} "
        f"Outsiders that lead the bodies which reach beyond the region: {listed(told)}.",
        f"{steps['demand'].sentence} Cooperation with outsiders is not worth less; in this sense it is another thing.",
    )


def _scatter(held: list[Placement], day: date) -> Figure:
    frame = _frame([one for one in held if one.kind != "meeting"])
    rank = pl.int_range(pl.len()).over("members", "formed")
    several = pl.len().over("members", "formed")
    drawn = (
        frame.drop("rows")
        .sort("members", "formed", "reach", "depth_high", "title", nulls_last=True)
        .with_columns(x=pl.col("members") + (rank % 9 - 4) * 0.09, y=(rank // 9) - (several // 9) / 2)
    )
    named = drawn.filter(
        (pl.col("reach") == of.WITHIN) & (pl.col("form") == "formal") & (pl.col("members") > 2)
    )
    reaches = [reach for reach in REACHES if reach in set(drawn["reach"])]
    rows = ["bodies, formal", "agreements, formal", "bodies, informal", "agreements, informal"]
    shown = [row for row in rows if row in set(drawn["formed"])]
    base = alt.Chart(drawn)
    points = base.mark_point(filled=True, size=70, opacity=0.85).encode(
        x=alt.X(
            "x:Q",
            title="members of the region that surely take part",
            scale=alt.Scale(nice=False, padding=16),
            axis=alt.Axis(values=list(range(12)), format="d"),
        ),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(reverse=True, padding=14)),
        color=alt.Color(
            "reach:N",
            scale=alt.Scale(domain=reaches, range=[REACHES[reach] for reach in reaches]),
            legend=alt.Legend(title=None),
        ),
        shape=alt.Shape(
            "width:N",
            scale=alt.Scale(domain=["multilateral", "bilateral"], range=["circle", "diamond"]),
            legend=alt.Legend(title=None),
        ),
    )
    chart = (
        points.properties(width=WIDTH - 160, height=104)
        .facet(
            row=alt.Row(
                "formed:N",
                sort=shown,
                title=None,
                header=alt.Header(labelAngle=0, labelAlign="left", labelColor=INK),
            )
        )
        .resolve_scale(y="independent")
    )
    titles = named.sort("members", "year", descending=[True, False])["title"].to_list()
    return Figure(
        id="security-scatter",
        title=f"Formal, of the region's own, and of three members or more: {len(titles)} of {drawn.height}",
        subtitle=f"Each mark is an agreement or body on security that stands on {day}. In the strict sense: "
        f"{listed(titles, MOST_NAMED)}. Grey: fewer than two members are sure.",
        source=security.REFERENCE,
        chart=chart,
        frame=frame,
        alt="Security agreements and bodies by the number of members, reach and form.",
    )


def _through_time(held: list[Placement], day: date) -> Figure:
    kept = [one for one in held if one.reach in (of.WITHIN, of.OUTSIDE) and one.kind == "agreement"]
    frame = (
        pl.DataFrame(
            [{"years": one.year // 5 * 5, "reach": one.reach, "rows": list(one.rows[:6])} for one in kept],
            schema={"years": pl.Int64, "reach": pl.String, "rows": pl.List(pl.String)},
        )
        .group_by("years", "reach", maintain_order=True)
        .agg(number=pl.len(), rows=pl.col("rows").explode())
        .sort("years", "reach")
        .with_columns(
            span=pl.format("{}–{}", pl.col("years"), pl.min_horizontal(pl.col("years") + 4, day.year))
        )
    )
    reaches = [reach for reach in REACHES if reach in set(frame["reach"])]
    chart = (
        alt.Chart(frame.drop("rows"))
        .mark_bar(size=22)
        .encode(
            x=alt.X("span:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False)),
            xOffset=alt.XOffset("reach:N", sort=reaches),
            y=alt.Y("number:Q", title="agreements signed", axis=alt.Axis(tickMinStep=1, titleColor=FAINT)),
            color=alt.Color(
                "reach:N",
                scale=alt.Scale(domain=reaches, range=[REACHES[reach] for reach in reaches]),
                legend=alt.Legend(title=None),
            ),
        )
        .properties(width=WIDTH - 70, height=180)
    )
    most = frame.filter(pl.col("reach") == of.WITHIN).sort("number", descending=True)
    title = (
        f"Most security agreements within the region were signed in {most['span'][0]}"
        if most.height
        else "No security agreement within the region is known"
    )
    return Figure(
        id="security-periods",
        title=title,
        subtitle="Security agreements of two members or more, or of members with outsiders, by five years of signing.",
        source=security.REFERENCE,
        chart=chart,
        frame=frame,
        alt="Security agreements by period, within the region and with outsiders.",
    )


def _frame(held: list[Placement]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "title": one.title,
                "kind": one.kind,
                "formed": f"{'bodies' if one.kind == 'body' else 'agreements'}, {one.form}",
                "year": one.year,
                "width": one.width,
                "reach": one.reach,
                "form": one.form,
                "members": len(one.members),
                "parties": one.parties,
                "depth_low": one.depth.low if one.depth else None,
                "depth_high": one.depth.high if one.depth else None,
                "rows": list(one.rows),
            }
            for one in held
        ],
        schema_overrides={"depth_low": pl.Float64, "depth_high": pl.Float64, "rows": pl.List(pl.String)},
    )


def _table(held: list[Placement]) -> Table:
    low, high = (pl.col(f"depth_{end}").round(2).cast(pl.String) for end in ("low", "high"))
    frame = (
        _frame(held)
        .with_columns(
            depth=pl.when(pl.col("depth_low").is_null())
            .then(pl.lit(""))
            .otherwise(pl.format("{} to {}", low, high))
        )
        .with_columns(year=pl.col("year").cast(pl.String))
        .sort("reach", "members", "title", descending=[True, True, False])
        .select("title", "kind", "year", "width", "reach", "form", "members", "parties", "depth", "rows")
    )
    return Table(
        id="security-placements",
        title="Every security agreement and body, placed",
        source=f"{security.REFERENCE}, sections 2 and 3",
        frame=frame,
        headings={
            "title": "agreement or body",
            "year": "since",
            "width": "width",
            "reach": "reach",
            "form": "form",
            "members": "members",
            "parties": "of",
            "depth": "depth",
        },
        most=20,
        note="Depth, of bodies alone, from 0 (loose coordination) to 1 (a joint army under a common staff): its bounds, as far "
        "as the design is known.",
    )
