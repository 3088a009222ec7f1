"""Factors of integration: the balance of what enables and inhibits it by group, vector and period, and every factor."""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from chaikhana.core.choices import Chosen, filled
from chaikhana.core.findings import Finding
from chaikhana.frameworks import running
from chaikhana.frameworks import vanheukelom_2016_factors_of_integration as factors
from chaikhana.measures import factors as of
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import INK, WIDTH
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

EVERY = 8
AGAINST, MIDDLE, TOWARDS = "#E69F00", "#f7f5f0", "#56B4E9"


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    day = study.about.last_day
    chosen = filled(factors.CHOICES)
    shared = running.shared(factors.FRAMEWORK, study, day)
    region = factors.gather(study, study.about.id, day, shared)
    found = running.cited(study, factors.judge(region, chosen))
    blocks: list[Block] = [Prose(paragraphs=_words(study, found))]
    if found.score is not None:
        blocks.append(_map(study, chosen))
    if shared.factors[0]:
        blocks.append(_table(study, names, shared))
    blocks.append(
        trace(found, "factors-trace", f"Factors of integration on {day}: {found.label or 'not decided'}")
    )
    return Chapter(id="factors", title="What enables and inhibits integration", blocks=tuple(blocks))


def _words(study: Study, found: Finding) -> tuple[str, ...]:
    steps = {step.rule: step for step in found.steps}
    if found.score is None:
        return (f"No factor of integration is known. {missing(found)}",)
    sides = {
        side: [name for name in (*of.VECTORS,) if steps[f"vector-{name}"].sentence.endswith(f": {side}.")]
        for side in ("enables", "inhibits")
    }
    told = {
        side: f"the {listed(held)} vector{'s' if len(held) > 1 else ''}"
        for side, held in sides.items()
        if held
    }
    parts = [
        f"{told[side]} {side if len(held) == 1 else side.removesuffix('s')}"
        for side, held in sides.items()
        if held
    ]
    changed = steps["changed"].value or []
    moved = [
        one.rpartition(" ")[2].partition("-")[2].replace("-", " ") for one in changed if one.partition(" ")[2]
    ]
    by_whom = dict.fromkeys(
        study.table("codings").filter(pl.col("framework") == factors.NAME)["coder"].to_list()
    )
    coders = [study.bibliography[key].short if key in study.bibliography else key for key in by_whom]
    return (
        f"By weight, between {found.score.low:.0%} and {found.score.high:.0%} of what is known enables integration; "
        f"{' and '.join(parts) or 'no vector is decided'}. In ten years these factors came, went or turned: {listed(moved)}.",
        f"A balance sums up the arguments of those who coded them ({listed(coders)}) and what series tell; it is no measurement "
        "of integration. A factor weighs by its coder's confidence; a factor that works both ways counts half for each side.",
    )


def _days(study: Study) -> list[date]:
    first, last = study.about.first_day, study.about.last_day
    return [*(date(year, 12, 31) for year in range(first.year + 1, last.year, EVERY)), last]


def _map(study: Study, chosen: Chosen) -> Figure:
    rows = []
    for day in _days(study):
        shared = running.shared(factors.FRAMEWORK, study, day)
        for kind, members in (("group", of.GROUPS), ("vector", of.VECTORS)):
            for name in members:
                facts = factors.gather(study, f"{kind}-{name}", day, shared)
                counted = factors.counted(facts, chosen)
                bounds = factors.balance(counted, chosen)
                if bounds is not None:
                    rows.append(
                        {
                            "year": str(day.year),
                            "kind": f"{kind}s",
                            "name": name.replace("-", " and ", 1) if kind == "group" else name,
                            "low": bounds.low,
                            "high": bounds.high,
                            "factors": len(counted),
                            "rows": list(dict.fromkeys(one[6] for one in counted if one[6])),
                        }
                    )
    frame = pl.DataFrame(rows, schema_overrides={"rows": pl.List(pl.String)})
    drawn = frame.with_columns(
        middle=(pl.col("low") + pl.col("high")) / 2,
        told=pl.concat_str(
            ((pl.col("low") + pl.col("high")) * 50).round(0).cast(pl.Int32).cast(pl.String), pl.lit("%")
        ),
    ).drop("rows")
    order = [one.replace("-", " and ", 1) for one in of.GROUPS] + list(of.VECTORS)
    base = alt.Chart(drawn).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False, domain=False)),
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False)),
    )
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color(
            "middle:Q",
            scale=alt.Scale(domain=[0, 0.5, 1], range=[AGAINST, MIDDLE, TOWARDS]),
            legend=alt.Legend(title="share that enables, by weight", format="%", gradientLength=180),
        )
    )
    text = base.mark_text(color=INK, fontSize=11).encode(text="told:N")
    chart = (
        (cells + text)
        .properties(width=WIDTH - 190, height=alt.Step(26))
        .facet(row=alt.Row("kind:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left")))
        .resolve_scale(y="independent")
    )
    last = drawn.filter(
        (pl.col("year") == str(study.about.last_day.year)) & (pl.col("kind") == "vectors")
    ).sort("middle")
    least, most = last.row(0, named=True), last.row(-1, named=True)
    return Figure(
        id="factor-map",
        title=f"The {most['name']} vector enables most, the {least['name']} least",
        subtitle="Share of what enables integration among all that bears on it, by weight; the middle of what unsure dates "
        "allow. A factor that its coder gives no dates stands in every year.",
        source=factors.REFERENCE,
        chart=chart,
        frame=frame,
        alt="A map of the share of enabling factors by group and vector through time.",
    )


def _table(study: Study, names: Names, shared: factors.Shared) -> Table:
    frame = pl.DataFrame(
        [
            {
                "factor": one.code.removeprefix(f"{one.group}-").replace("-", " "),
                "of": _called(study, names, one.unit),
                "direction": one.direction,
                "group": one.group.replace("-", " and "),
                "vector": one.vector,
                "summary": "sums up" if one.code in factors.SUMMARIES else "",
                "rows": [one.row],
            }
            for one in sorted(
                shared.factors[0], key=lambda one: (list(of.GROUPS).index(one.group), one.direction, one.code)
            )
        ],
        schema_overrides={"rows": pl.List(pl.String)},
    )
    return Table(
        id="factors",
        title="Every factor that a coder finds",
        source=factors.REFERENCE,
        frame=frame,
        headings={
            "factor": "factor",
            "of": "of or in",
            "direction": "it",
            "group": "group",
            "vector": "vector",
        },
        most=25,
        note="Those that sum a vector up are set beside the balance and not counted in it.",
    )


def _called(study: Study, names: Names, unit: str) -> str:
    table, _, key = unit.partition(":")
    if table == "region":
        return study.about.region
    return names.short(key) if table == "bodies" else names.actor(key)
