"""Balancing regionalism: which states bridge, dovetail and brand, when, and what the other platforms change for a power."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.core.findings import Finding
from chaikhana.frameworks import running
from chaikhana.frameworks.tskhay_2020_balancing_regionalism import FRAMEWORK, NAME, REFERENCE
from chaikhana.measures.bridging import bridging
from chaikhana.measures.dovetailing import dovetailing
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import INK, WIDTH
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import Names, listed
from chaikhana.study.codings import codings_on
from chaikhana.study.study import Study

WINDOW = 90
MOST_ROWS = 12


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    region = running.classify(FRAMEWORK, study, study.about.id, study.about.last_day)
    blocks: list[Block] = [Prose(paragraphs=_words(study, names, region))]
    calendar = dovetailing(study, WINDOW)
    specific = calendar.frame.filter(~pl.col("broad"))
    if specific.height:
        blocks.append(_calendar(study, specific))
    bridges = bridging(study)
    called = names.actors | names.short_bodies
    if bridges.frame.height:
        blocks.append(
            Table(
                id="bridging",
                title="Who bridged which platforms",
                source=bridges.reference,
                frame=bridges.frame.with_columns(
                    actor=pl.col("actor").replace(names.actors),
                    platforms=pl.col("platforms").list.eval(pl.element().replace(called)).list.join(", "),
                    rows=pl.col("rows").list.head(MOST_ROWS),
                ).sort("date", descending=True),
                headings={
                    "date": "at the latest",
                    "actor": "state",
                    "kind": "what",
                    "platforms": "platforms",
                    "inside": "inside of",
                },
                most=15,
                note=bridges.definition,
            )
        )
    blocks.append(trace(region, "balancing-trace", f"Balancing by {study.about.region} on {region.on}"))
    return Chapter(id="balancing", title="Balancing regionalism", blocks=tuple(blocks))


def _words(study: Study, names: Names, region: Finding) -> tuple[str, ...]:
    steps = {step.rule: step for step in region.steps}
    if region.verdict.value == "undetermined":
        return (f"Whether {study.about.region} balances cannot be told. {missing(region)}",)
    told = {name: steps[name].value for name in ("bridging", "dovetailing", "branding")}
    power = steps["access-made-harder"]
    leads = steps["several-leads"].sentence
    for actor, name in names.actors.items():
        leads = leads.replace(f" {actor} ", f" {name} ")
    return (
        f"In the ten years to {region.on} the region's states bridged platforms {told['bridging']} times, took the same "
        f"issue to two groups within {WINDOW} days {told['dovetailing']} times (issues of nearly every agenda left out), and "
        f"promoted an identity with a grouping {told['branding']} times. {leads}",
        f"{_named(power.sentence, names)} Removing platforms on paper leaves all else as it is; it does not say what "
        "states would have done instead. A record that grows denser with the years shows more of everything: "
        "compare within a year, and across years with care.",
        f"{_named(steps['shocks'].sentence, names)}",
    )


def _named(text: str, names: Names) -> str:
    """A sentence with an actor's id at its beginning as a name."""
    first, _, rest = text.partition(" ")
    return f"{names.actors[first]} {rest}" if first in names.actors else text


def _calendar(study: Study, found: pl.DataFrame) -> Figure:
    frame = (
        found.with_columns(year=pl.col("date").str.slice(0, 4).cast(pl.Int32))
        .group_by("year", "issue", maintain_order=True)
        .agg(
            times=pl.struct("actor", "first_group", "second_group").n_unique(),
            states=pl.col("actor").unique().sort(),
            groups=pl.concat([pl.col("first_group"), pl.col("second_group")]).unique().sort(),
            rows=pl.col("rows").explode().unique(maintain_order=True).head(MOST_ROWS),
        )
        .sort("year", "issue")
    )
    order = (
        frame.group_by("issue").agg(pl.col("times").sum()).sort("times", descending=True)["issue"].to_list()
    )
    present = frame["year"].to_list()
    first, last = min(present), max(present)
    shown = frame.select("year", "times", issue=pl.col("issue").str.replace_all("-", " "))
    grid = (
        alt.Chart(shown)
        .mark_rect(stroke="#ffffff", strokeWidth=0.5)
        .encode(
            x=alt.X(
                "year:O",
                title=None,
                axis=alt.Axis(labelAngle=0, ticks=False, values=list(range(1990, 2101, 5))),
                scale=alt.Scale(domain=list(range(first, last + 1))),
            ),
            y=alt.Y(
                "issue:N",
                title=None,
                sort=[one.replace("-", " ") for one in order],
                axis=alt.Axis(ticks=False),
            ),
            color=alt.Color(
                "times:Q",
                scale=alt.Scale(range=["#dcebf5", "#00588a"], type="sqrt"),
                legend=alt.Legend(
                    title="states × pairs of groups", direction="horizontal", gradientLength=140
                ),
            ),
        )
    )
    shocks = _shocks(study)
    years = shown["year"].unique().to_list()
    marks = [year for year in shocks if year in years]
    if marks:
        rules = (
            alt.Chart(pl.DataFrame({"year": marks}))
            .mark_rule(color=INK, strokeWidth=1.4, strokeDash=[4, 3])
            .encode(x=alt.X("year:O"))
        )
        chart: alt.TopLevelMixin = (grid + rules).properties(width=WIDTH - 130, height=18 * len(order) + 10)
    else:
        chart = grid.properties(width=WIDTH - 130, height=18 * len(order) + 10)
    told = f" Dashed: {listed([str(year) for year in marks])}, from which the paper starts." if marks else ""
    top = frame.sort("times", descending=True).row(0, named=True)
    return Figure(
        id="dovetailing",
        title=f"The same issue on two tables: most often {order[0].replace('-', ' ')}, and at its height in {top['year']}",
        subtitle=f"How often states of the region took an issue to two groups within {WINDOW} days, by year; "
        f"a state counts once for each pair of groups.{told}",
        source=f"{REFERENCE}, section Dovetailing; study tables meetings, attendance, episodes, statements",
        chart=chart,
        frame=frame,
        alt="A calendar of issues by year, darker where more states took the issue to two groups.",
    )


def _shocks(study: Study) -> list[int]:
    """The years of the episodes that a coder takes for starting points."""
    coded = codings_on(study, NAME, study.about.last_day, codes=("starting-point",))
    ids = [unit.partition(":")[2] for unit in coded["unit"]]
    found = study.table("episodes").filter(pl.col("id").is_in(ids) & (pl.col("date") != ""))
    return sorted({day.year for day in found["date_latest"]})
