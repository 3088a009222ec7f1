"""Regionness: how far the region is a region, year by year, in five cumulative levels."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.core.findings import Finding
from chaikhana.frameworks import running
from chaikhana.frameworks.hettne_2000_regionness import FRAMEWORK, LEVELS, REFERENCE
from chaikhana.report.blocks import Chapter, Figure, Prose
from chaikhana.report.drawing import WIDTH
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import Names
from chaikhana.study.membership import year_ends
from chaikhana.study.study import Study

MOST_ROWS = 12
SHADES = {"counts": "#0072B2", "stands, does not count": "#9cc7e2", "not known": "#d9dee3", "no": "#ffffff"}


def chapter(study: Study, _names: Names) -> Chapter:
    """The chapter."""
    subject = study.about.id
    years = running.over(FRAMEWORK, study, subject, year_ends(study))
    last = running.classify(FRAMEWORK, study, subject, study.about.last_day)
    return Chapter(
        id="regionness",
        title="Regionness",
        blocks=(
            Prose(paragraphs=_words(study, last, years)),
            _figure(years),
            trace(last, "regionness-trace", f"How the level of {last.on.year} comes about"),
        ),
    )


def _words(study: Study, last: Finding, years: list[Finding]) -> tuple[str, ...]:
    reached = {finding.label for finding in years}
    steady = "It was the same in every year." if len(reached) == 1 else f"Over the years: {_runs(years)}."
    return (
        f"On {last.on} {study.about.region} stands at {last.label}. {steady} A level counts only where all below it "
        f"do; no level is better than another. {missing(last)}",
    )


def _runs(years: list[Finding]) -> str:
    """The level of each run of years."""
    runs: list[tuple[int, int, str]] = []
    for finding in years:
        label = finding.label.partition(":")[0]
        if runs and runs[-1][2] == label:
            runs[-1] = (runs[-1][0], finding.on.year, label)
        else:
            runs.append((finding.on.year, finding.on.year, label))
    return "; ".join(
        f"{first}–{last} {label}" if first < last else f"{first} {label}" for first, last, label in runs
    )


def _figure(years: list[Finding]) -> Figure:
    cells = []
    for finding in years:
        below = True
        for word, step in zip(LEVELS, finding.steps, strict=True):
            stands = step.outcome.value == "yes"
            below = below and stands
            state = (
                "counts"
                if below
                else "stands, does not count"
                if stands
                else "not known"
                if step.outcome.value == "unknown"
                else "no"
            )
            cells.append(
                {
                    "year": finding.on.year,
                    "level": word,
                    "state": state,
                    "value": str(step.value),
                    "rows": list(step.evidence.rows[:MOST_ROWS]),
                }
            )
    frame = pl.DataFrame(cells, schema_overrides={"rows": pl.List(pl.String)})
    chart = (
        alt.Chart(frame.select("year", "level", "state"))
        .mark_rect(stroke="#d9dee3", strokeWidth=0.6)
        .encode(
            x=alt.X(
                "year:O",
                title=None,
                axis=alt.Axis(
                    labelAngle=0, labelOverlap=True, ticks=False, values=list(range(1990, 2101, 5))
                ),
            ),
            y=alt.Y(
                "level:N", title=None, sort=list(LEVELS)[::-1], axis=alt.Axis(ticks=False, labelLimit=220)
            ),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=list(SHADES), range=list(SHADES.values())),
                legend=alt.Legend(title=None),
            ),
        )
        .properties(width=WIDTH - 180, height=170)
    )
    return Figure(
        id="regionness",
        title=f"{years[-1].label} at the end of {years[-1].on.year}",
        subtitle="Each level by year, under the default choices: whether it stands, and whether it counts, all "
        "below it standing too.",
        source=REFERENCE,
        chart=chart,
        frame=frame,
        alt="A grid of five levels by year, shaded where the level stands.",
    )
