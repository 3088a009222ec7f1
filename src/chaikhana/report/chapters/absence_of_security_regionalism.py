"""Why so little security regionalism: five explanations, whether the rows agree with each for each state, through time."""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from chaikhana.core.choices import Chosen, filled
from chaikhana.core.findings import Finding
from chaikhana.frameworks import mayer_2021_absence_of_security_regionalism as absence
from chaikhana.frameworks import running
from chaikhana.report.blocks import Block, Chapter, Figure, Prose
from chaikhana.report.drawing import WIDTH
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

EVERY = 3
COLOURS = {"as expected": "#86b8db", "otherwise": "#f2c879", "not known": "#e6e8ea"}
WORDS = {"yes": "as expected", "no": "otherwise", "unknown": "not known"}


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    day = study.about.last_day
    chosen = filled(absence.CHOICES)
    facts = running.facts_of(absence.FRAMEWORK, study, day)
    found = {subject: absence.judge(one, chosen) for subject, one in facts.items()}
    region = running.cited(study, found[study.about.id])
    blocks: list[Block] = [Prose(paragraphs=_words(found, region))]
    map_ = _map(study, names, chosen)
    if map_ is not None:
        blocks.append(map_)
    blocks.append(trace(region, "absence-trace", f"Five explanations on {day}"))
    return Chapter(id="absence", title="Why so little security regionalism", blocks=tuple(blocks))


def _words(found: dict[str, Finding], region: Finding) -> tuple[str, ...]:
    by: dict[str, list[str]] = {}
    for name in absence.EXPLANATIONS:
        by.setdefault(found[name].label or "cannot be told", []).append(name.replace("-", " "))
    told = "; ".join(f"{label}: {listed(several)}" for label, several in by.items())
    gap = f" {missing(region)}" if region.missing else ""
    return (
        f"On the last day the rows and the five explanations stand as follows. {told[:1].upper()}{told[1:]}.{gap}",
        "Each explanation expects something of a state: that an autocracy goes along little, that it deepens bodies of its own "
        "kind, that it shields itself in an exclusive one, that it relies on outsiders, that little comes about without a "
        "leader. That the rows agree with an expectation does not make it the cause, and several may agree at once.",
    )


def _days(study: Study) -> list[date]:
    first, last = study.about.first_day, study.about.last_day
    return [*(date(year, 12, 31) for year in range(first.year + 3, last.year, EVERY)), last]


def _map(study: Study, names: Names, chosen: Chosen) -> Figure | None:
    rows = []
    for day in _days(study):
        facts = running.facts_of(absence.FRAMEWORK, study, day, study.about.members)
        for state, one in facts.items():
            for step in absence.judge(one, chosen).steps:
                if step.rule in absence.EXPLANATIONS:
                    rows.append(
                        {
                            "year": str(day.year),
                            "state": names.actor(state),
                            "explanation": step.rule.replace("-", " "),
                            "outcome": WORDS[step.outcome.value],
                            "found": step.sentence,
                            "rows": list(step.evidence.rows[:12]),
                        }
                    )
    frame = pl.DataFrame(rows, schema_overrides={"rows": pl.List(pl.String)})
    if set(frame["outcome"]) == {"not known"}:
        return None
    order = [name.replace("-", " ") for name in absence.EXPLANATIONS]
    chart = (
        alt.Chart(frame.drop("rows", "found"))
        .mark_rect(stroke="white", strokeWidth=2)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False, domain=False)),
            y=alt.Y("state:N", title=None, axis=alt.Axis(ticks=False, domain=False)),
            color=alt.Color(
                "outcome:N",
                scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
                legend=alt.Legend(title=None),
            ),
        )
        .properties(width=WIDTH - 270, height=alt.Step(17))
        .facet(
            row=alt.Row(
                "explanation:N", sort=order, title=None, header=alt.Header(labelAngle=0, labelAlign="left")
            ),
            spacing=12,
        )
    )
    counted = (
        frame.filter(pl.col("outcome") != "not known")
        .group_by("explanation", maintain_order=True)
        .agg(share=(pl.col("outcome") == "as expected").mean())
        .sort("share", descending=True)
    )
    first = counted.row(0, named=True)
    return Figure(
        id="absence-map",
        title=f"Most often as expected: {first['explanation']}, in {first['share']:.0%} of states and years",
        subtitle="For each explanation, whether a state's rows are as it expects, every third year. What counts as willing, deep "
        "or leading is ours.",
        source="Mayer 2021, section 6",
        chart=chart,
        frame=frame,
        alt="A map of five explanations by state and year.",
    )
