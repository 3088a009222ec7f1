"""Revisionism: powers and members in the plane of access and brokerage, and the kinds of revisionism that coders see."""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from chaikhana.core.findings import Finding
from chaikhana.frameworks import cooley_2019_kinds_of_revisionism as kinds
from chaikhana.frameworks import goddard_2018_embedded_revisionism as embedded
from chaikhana.frameworks import running
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import FAINT, WIDTH, colour_scale
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

EVERY = 10
MOST_ROWS = 12
SHAPES = ("diamond", "square", "triangle-up", "cross", "triangle-down", "triangle-right", "triangle-left")


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    days = _days(study)
    found = [running.of_all(embedded.FRAMEWORK, study, day) for day in days]
    path = [one for several in found for one in several]
    last = found[-1]
    day = _judged_on(study)
    levels = [running.classify(kinds.FRAMEWORK, study, subject, day) for subject in kinds.subjects(study)]
    blocks: list[Block] = [Prose(paragraphs=_words(study, names, last, levels))]
    frame = _frame(path, names)
    if frame.height:
        blocks.append(_plane(study, names, frame))
    blocks.append(_types(last, names))
    if any(one.label for one in levels):
        blocks.append(_kinds(levels, names))
    if study.about.powers:
        subject = study.about.powers[0]
        one = running.classify(embedded.FRAMEWORK, study, subject, study.about.last_day)
        blocks.append(
            trace(
                one, "revisionism-trace", f"{names.actor(subject)} on {one.on}: {one.label or 'undetermined'}"
            )
        )
    return Chapter(id="revisionism", title="Revisionism in networks", blocks=tuple(blocks))


def _days(study: Study) -> list[date]:
    """The end of the middle year of each decade, and the last day: enough for a path to be seen."""
    first, last = study.about.first_day, study.about.last_day
    years = [year for year in range(first.year, last.year) if year % EVERY == EVERY // 2]
    return [*(date(year, 12, 31) for year in years), last]


def _judged_on(study: Study) -> date:
    """The last day on which a coder's answer to the two questions holds, within the study; else its last day."""
    asked = study.table("codings").filter(
        (pl.col("framework") == kinds.NAME) & pl.col("code").str.contains("^(order|power)-")
    )
    ends = [day for day in asked["to_earliest"] if day <= study.about.last_day]
    return date(max(ends).year - 1, 12, 31) if ends else study.about.last_day


def _words(study: Study, names: Names, last: list[Finding], levels: list[Finding]) -> tuple[str, ...]:
    told = [f"{names.actor(one.subject)} {one.label}" for one in last if one.verdict.value == "holds"]
    open_ = [names.actor(one.subject) for one in last if one.verdict.value != "holds"]
    first = (
        f"A state's place in the network of institutional ties says what kind of revision would come cheapest to it. On "
        f"{study.about.last_day}, in the regional network: {listed(told)}."
        + (f" Of {listed(open_)} the facts leave it open." if open_ else "")
        + (f" {missing(last[0])}" if last and not told else "")
    )
    judged = [f"{_called(one.subject, names)} {one.label.replace('-', ' ')}" for one in levels if one.label]
    second = (
        f"Asked whether it is content with the order and with the distribution of power, coders make: {listed(judged)} (on "
        f"{levels[0].on}). Votes in the General Assembly stand beside these judgements and decide nothing."
        if judged
        else "No coder of this study judges whether a power is content with the order and the distribution of power."
    )
    return first, second


def _called(subject: str, names: Names) -> str:
    actor, _, level = subject.partition("@")
    return f"{names.actor(actor)} ({level})"


def _frame(path: list[Finding], names: Names) -> pl.DataFrame:
    rows = []
    for one in path:
        access, brokerage = one.steps[0].value, one.steps[1].value
        if access and brokerage:
            rows.append(
                {
                    "actor": names.actor(one.subject),
                    "year": one.on.year,
                    "access": round(sum(access) / 2, 4),
                    "access_low": access[0],
                    "access_high": access[1],
                    "brokerage": round(sum(brokerage) / 2, 4),
                    "brokerage_low": brokerage[0],
                    "brokerage_high": brokerage[1],
                    "type": one.label or "undetermined",
                    "rows": list(one.steps[0].evidence.rows[:MOST_ROWS]),
                }
            )
    return pl.DataFrame(rows, schema_overrides={"rows": pl.List(pl.String)}) if rows else pl.DataFrame()


def _plane(study: Study, names: Names, frame: pl.DataFrame) -> Figure:
    order = [names.actor(power) for power in study.about.powers]
    powers = frame.filter(pl.col("actor").is_in(order)).select("actor", "year", "access", "brokerage")
    others = frame.filter(~pl.col("actor").is_in(order) & (pl.col("year") == frame["year"].max())).select(
        "actor", "access", "brokerage"
    )
    x = alt.X("access:Q", title="access to the dominant network", scale=alt.Scale(domain=[0, 1]))
    y = alt.Y(
        "brokerage:Q",
        title="brokerage",
        scale=alt.Scale(type="symlog", constant=0.01),
        axis=alt.Axis(format=".2~%", tickCount=6),
    )
    colour = alt.Color("actor:N", scale=colour_scale(order), legend=alt.Legend(title=None))
    base = alt.Chart(powers).encode(x=x, y=y, color=colour)
    lines = base.mark_line(strokeWidth=1.6, point=False).encode(order="year:Q")
    # where two stand together, a name would cover the other: sizes tell the years, shapes the members
    points = base.mark_circle(opacity=1).encode(
        size=alt.Size("year:O", scale=alt.Scale(range=[18, 150]), legend=None)
    )
    names_of_others = others["actor"].unique(maintain_order=True).to_list()
    shapes = [SHAPES[place % len(SHAPES)] for place in range(len(names_of_others))]
    grey = (
        alt.Chart(others)
        .mark_point(size=75, color=FAINT, filled=True, opacity=0.9)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "actor:N",
                scale=alt.Scale(domain=names_of_others, range=shapes),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
        )
    )
    return Figure(
        id="access-by-brokerage",
        title="Where the powers stood in the network of the region's bodies, and where its members stand now",
        subtitle="Paths of the powers, larger as the years pass (middle of the bounds); grey: the members on the last day. "
        "Right and high is bridging, right and low integrated, left and high isolated, left and low rogue; the cuts "
        "move with the powers' median.",
        source=embedded.REFERENCE,
        chart=(lines + points + grey).properties(width=WIDTH - 60, height=380),
        frame=frame,
        alt="A plane of access by brokerage with a path for each power and a point for each member.",
    )


def _types(last: list[Finding], names: Names) -> Table:
    rows = []
    for one in last:
        networks = one.steps[2].value
        rows.append(
            {
                "state": names.actor(one.subject),
                **{network: networks.get(network, "") for network in networks},
                "norms": ", ".join(
                    name.removesuffix("-norm").replace("-", " ") for name in one.steps[3].value
                ),
                "rows": list(one.steps[0].evidence.rows[:MOST_ROWS]),
            }
        )
    frame = pl.DataFrame(rows, schema_overrides={"rows": pl.List(pl.String)})
    return Table(
        id="revisionist-types",
        title=f"The type of each state in each network on {last[0].on}",
        source=embedded.REFERENCE,
        frame=frame,
        headings={name: name.replace("-", ", ") for name in frame.columns if name != "rows"},
        note="Regional networks are several, and a state may be of another type in each. World: where the series has "
        "the year.",
    )


def _kinds(levels: list[Finding], names: Names) -> Table:
    frame = pl.DataFrame(
        [
            {
                "power": _called(one.subject, names),
                "kind": one.label.replace("-", " ") or one.verdict.value,
                "order": one.steps[0].outcome.value,
                "power_content": one.steps[1].outcome.value,
                "agreement": one.steps[2].value,
                "coders": one.steps[0].sentence.partition("? ")[2]
                + " "
                + one.steps[1].sentence.partition("? ")[2],
                "rows": list(dict.fromkeys([*one.steps[0].evidence.rows, *one.steps[1].evidence.rows])),
            }
            for one in levels
        ],
        schema_overrides={"rows": pl.List(pl.String), "agreement": pl.Float64},
    )
    return Table(
        id="kinds-of-revisionism",
        title=f"Kinds of revisionism on {levels[0].on}",
        source=kinds.REFERENCE,
        frame=frame,
        headings={
            "power": "power",
            "kind": "kind",
            "order": "content with the order",
            "power_content": "with the distribution of power",
            "coders": "coders",
        },
        note="Agreement of all coders over all such questions (Krippendorff's alpha): "
        + (f"{levels[0].steps[2].value:.2f}." if levels[0].steps[2].value is not None else "not defined."),
    )
