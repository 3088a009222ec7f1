"""Hard and soft institutionalism: how hard each body is, in which phases the region met, and which obligations collide."""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from chaikhana.core.choices import filled
from chaikhana.core.findings import Finding
from chaikhana.frameworks import moldashev_2018_soft_institutionalism as soft
from chaikhana.frameworks import running
from chaikhana.measures.compatibility import conflicts
from chaikhana.measures.hardness import hardness
from chaikhana.measures.phases import names_of
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import FORM_COLOURS, INK, WIDTH
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import FORMS, Names, listed
from chaikhana.study.membership import year_ends
from chaikhana.study.study import Study

MOST_BODIES = 26
MOST_ROWS = 12
WIDEST = 0.8  # a body of which less is known says nothing


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    day = study.about.last_day
    shared = running.shared(soft.FRAMEWORK, study, day)
    facts = soft.gather(study, study.about.id, day, shared)
    region = running.cited(study, soft.judge(facts, filled(soft.CHOICES)))
    blocks: list[Block] = [Prose(paragraphs=_words(study, region))]
    bars = _bars(study, names, day)
    if bars is not None:
        blocks.append(bars)
    phases = _phases(study, shared, region)
    if phases is not None:
        blocks.append(phases)
    collisions = _collisions(study, names)
    if collisions is not None:
        blocks.append(collisions)
    blocks.append(
        trace(
            region, "soft-trace", f"The phase of {study.about.region} on {day}: {region.label or 'not known'}"
        )
    )
    return Chapter(id="institutionalism", title="Hard and soft institutionalism", blocks=tuple(blocks))


def _words(study: Study, region: Finding) -> tuple[str, ...]:
    phase = next(step for step in region.steps if step.rule == "phase")
    if phase.value is None:
        return (f"In which phase {study.about.region} is cannot be told. {missing(region)}",)
    coded = study.table("codings").filter((pl.col("framework") == soft.NAME) & (pl.col("code") == "phase"))
    theirs = [
        f"{value.replace('-', ' ')} from {start}"
        for value, start in coded.select("value", "from").iter_rows()
    ]
    beside = f" The paper itself dates {listed(theirs)}." if theirs else ""
    return (
        f"Meetings and agreements of the region's own, without any outsider, fall into phases. {phase.sentence} The years in "
        f"brackets hold each change with nine in ten of its probability.{beside}",
        "Hardness runs from 0 (informal, by consensus) to 1 (delegated and pooled power, binding decisions, a court, a "
        "secretariat, sanctions). A long bar means that little of a body's design is known, not that it is of both kinds.",
    )


def _bars(study: Study, names: Names, day: date) -> Figure | None:
    measured = hardness(study, day)
    subjects = set(soft.subjects(study))
    known = measured.frame.filter(
        pl.col("body").is_in(subjects) & (pl.col("hardness_high") - pl.col("hardness_low") < WIDEST)
    )
    if not known.height:
        return None
    shown = (
        known.with_columns(middle=(pl.col("hardness_low") + pl.col("hardness_high")) / 2)
        .sort("middle", "body", descending=[True, False])
        .head(MOST_BODIES)
        .with_columns(
            name=pl.col("body").replace_strict(names.short_bodies), kind=pl.col("form").replace_strict(FORMS)
        )
    )
    order = shown["name"].to_list()
    forms = [form for form in FORMS if form in set(shown["form"])]
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(ticks=False, labelLimit=230))
    base = alt.Chart(
        shown.select("name", "kind", "hardness_low", "hardness_high", "varied_low", "varied_high")
    )
    thin = base.mark_rule(color="#b8c0c7", strokeWidth=1).encode(
        x=alt.X("varied_low:Q", title="hardness", scale=alt.Scale(domain=[0, 1])), x2="varied_high:Q", y=y
    )
    thick = base.mark_bar(height=9, cornerRadius=2, minBandSize=4).encode(
        x=alt.X("hardness_low:Q"),
        x2="hardness_high:Q",
        y=y,
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(
                domain=[FORMS[form] for form in forms], range=[FORM_COLOURS[form] for form in forms]
            ),
            legend=alt.Legend(title=None),
        ),
    )
    points = base.transform_filter("datum.hardness_low == datum.hardness_high").mark_circle(
        size=60, color=INK
    )
    chart = (thin + thick + points.encode(x="hardness_low:Q", y=y)).properties(
        width=WIDTH - 190, height=20 * len(order)
    )
    top, low = shown.row(0, named=True), shown.row(-1, named=True)
    return Figure(
        id="hardness",
        title=f"From {top['name']} at the hard end to {low['name']} at the soft",
        subtitle=f"Bounds of hardness on {day}, equal weights; thin: over all weightings. Bodies of which more "
        f"than {WIDEST:.0%} of the scale is open are left out.",
        source=measured.reference,
        chart=chart,
        frame=shown.drop("middle", "kind").with_columns(rows=pl.col("rows").list.head(MOST_ROWS)),
        alt="Bars of the bounds of hardness, one a body, the hardest first.",
    )


def _phases(study: Study, shared: soft.Shared, region: Finding) -> Figure | None:
    chosen = region.chosen
    found = shared.phases.get((str(chosen["series"]), int(chosen["together"]), int(chosen["changes"])))
    if found is None:
        return None
    labels = names_of(found)
    rows = {
        year: [row for act in shared.acts if act.year == year for row in act.rows[:1]]
        for year in _years(study)
    }
    frame = pl.DataFrame(
        [
            {
                "year": year,
                "acts": count,
                "rate": round(found.division.rates[found.of(year)], 2),
                "phase": labels[found.of(year)],
                "rows": rows.get(year, [])[:MOST_ROWS],
            }
            for year, count in enumerate(found.counts, start=found.first)
        ],
        schema_overrides={"rows": pl.List(pl.String)},
    )
    shown = frame.drop("rows")
    x = alt.X(
        "year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False, values=list(range(1990, 2101, 5)))
    )
    bars = (
        alt.Chart(shown)
        .mark_bar(width=11)
        .encode(
            x=x,
            y=alt.Y("acts:Q", title="meetings and agreements", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "phase:N",
                scale=alt.Scale(
                    domain=list(dict.fromkeys(labels)), range=["#0072B2", "#b8c0c7", "#009E73", "#E69F00"]
                ),
                legend=alt.Legend(title=None),
            ),
        )
    )
    steps = (
        alt.Chart(shown)
        .mark_tick(color=INK, thickness=2, width=16, orient="horizontal")
        .encode(x=x, y="rate:Q")
    )
    starts = found.starts()[1:]
    return Figure(
        id="phases",
        title=f"The region's own meetings and agreements changed in {listed([str(year) for year in starts])}",
        subtitle="Each year's meetings (of ministers and above) and agreements of two members or more and nobody "
        "else; lines: the mean of each phase.",
        source="study tables meetings, attendance, agreements, parties; change points after Barry & Hartigan 1992",
        chart=(bars + steps).properties(width=WIDTH - 60, height=210),
        frame=frame,
        alt="Bars of meetings and agreements by year, coloured by phase.",
    )


def _years(study: Study) -> list[int]:
    return [day.year for day in year_ends(study)]


def _collisions(study: Study, names: Names) -> Table | None:
    """Obligations that excluded each other, by the years in which they did."""
    titles = dict(study.table("agreements").select("id", "title").iter_rows())
    runs: dict[tuple[str, str, str, str], tuple[list[int], tuple[str, ...]]] = {}
    for day in year_ends(study):
        for one in conflicts(study, day):
            key = (one.actor, one.kind, one.first.by, one.second.by)
            runs.setdefault(key, ([], one.rows))[0].append(day.year)
    if not runs:
        return None
    frame = pl.DataFrame(
        [
            {
                "state": names.actor(actor),
                "kind": kind.replace("-", " "),
                "first": titles.get(first, names.short(first)),
                "second": titles.get(second, names.short(second)),
                "years": f"{years[0]}–{years[-1]}" if years[0] < years[-1] else str(years[0]),
                "rows": list(rows),
            }
            for (actor, kind, first, second), (years, rows) in runs.items()
        ],
        schema_overrides={"rows": pl.List(pl.String)},
    )
    return Table(
        id="collisions",
        title="Obligations that excluded each other at the end of a year, once signed",
        source="Moldashev & Qoraboyev 2018; study tables agreements, parties, memberships, design, lineage",
        frame=frame,
        headings={
            "state": "state",
            "kind": "what collides",
            "first": "one side",
            "second": "the other",
            "years": "years",
        },
        note="Found by rule, not by coding: two customs territories at once, neutrality beside an alliance, an outsider's base "
        "beside an alliance that excludes it. That treaties were signed is shown, not that they were carried out; the paper "
        "says that those of the 1990s never fully were.",
    )
