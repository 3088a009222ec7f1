"""Institutions through two lenses: what each body shows as a coalition, and what as a shared identity."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.core.choices import filled
from chaikhana.core.findings import Finding
from chaikhana.core.truth import Truth
from chaikhana.frameworks import running
from chaikhana.frameworks import talka_2018_institutional_lenses as lenses
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import INK, WIDTH
from chaikhana.report.findings_told import trace
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

TESTS = {
    "threat-posited": "posits a threat",
    "common-line": "members hold the line",
    "gains-and-keeps": "gains members",
    "spoken-identity": "members speak as one",
}
COLOURS = {"yes": "#86b8db", "no": "#f2c879", "unknown": "#e6e8ea"}


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    day = study.about.last_day
    chosen = filled(lenses.CHOICES)
    facts = running.facts_of(lenses.FRAMEWORK, study, day)
    found = [lenses.judge(one, chosen) for one in facts.values() if one.body is not None]
    blocks: list[Block] = [Prose(paragraphs=_words(study, names, found))]
    if found:
        blocks += [_matrix(study, names, found), _table(names, found)]
        first = running.cited(study, max(found, key=lambda one: len(one.evidence.rows)))
        called = names.short(first.subject)
        blocks.append(trace(first, "lenses-trace", f"{called} on {day}: {first.label or 'undetermined'}"))
    return Chapter(id="lenses", title="Institutions through two lenses", blocks=tuple(blocks))


def _words(study: Study, names: Names, found: list[Finding]) -> tuple[str, ...]:
    if not found:
        return (
            "No body is read by a coder, and none has a known lead: neither lens has anything to look at.",
        )
    by: dict[str, list[str]] = {}
    for one in found:
        by.setdefault(one.label or "undetermined", []).append(names.short(one.subject))
    told = "; ".join(f"{label}: {listed(bodies)}" for label, bodies in by.items())
    return (
        f"{told[:1].upper()}{told[1:]}.",
        "The realist lens looks for a coalition: a threat from outside that the body posits, members that stand with its lead, "
        "and more states that come than go. The constructivist lens looks for an identity: members that speak of themselves in "
        f"the body's terms. A body of {study.about.region} that shows neither may still be a useful forum.",
    )


def _rows(names: Names, found: list[Finding]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "body": names.short(one.subject),
                "test": TESTS[step.rule],
                "outcome": step.outcome.value,
                "told": _short(step.rule, step.value, step.outcome),
                "found": step.sentence,
                "rows": list(step.evidence.rows),
            }
            for one in found
            for step in one.steps
            if step.rule in TESTS
        ],
        schema_overrides={"rows": pl.List(pl.String)},
    )


def _short(rule: str, value: object, outcome: Truth) -> str:
    if outcome is Truth.UNKNOWN or value is None:
        return "?"
    if rule == "common-line" and isinstance(value, float | int):
        return f"{value:.0%}"
    if rule == "gains-and-keeps":
        return (f"{value:+d}" if value else "0") if isinstance(value, int) else "?"
    return str(value) if rule == "spoken-identity" else outcome.value


def _matrix(study: Study, names: Names, found: list[Finding]) -> Figure:
    frame = _rows(names, found)
    ranked = sorted(found, key=lambda one: (-(one.score.low if one.score else 0), names.short(one.subject)))
    order = [names.short(one.subject) for one in ranked]
    base = alt.Chart(frame.drop("rows", "found")).encode(
        x=alt.X(
            "test:N",
            sort=list(TESTS.values()),
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelLimit=200),
        ),
        y=alt.Y("body:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=220)),
    )
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color(
            "outcome:N",
            scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
            legend=alt.Legend(title=None),
        )
    )
    chart = (cells + base.mark_text(color=INK, fontSize=11).encode(text="told:N")).properties(
        width=WIDTH - 150, height=24 * len(order)
    )
    both = [names.short(one.subject) for one in found if one.label == "coalition and identity"]
    return Figure(
        id="lenses",
        title=f"Coalition and identity both: {listed(both)}",
        subtitle=f"On {study.about.last_day}: the realist lens in the first three columns, the constructivist in the last. "
        "Numbers: share of members' stands with the lead; joinings less departures; times that a state spoke in its identity.",
        source="Talka 2018, sections 6.7.2 and 6.7.3",
        chart=chart,
        frame=frame,
        alt="A matrix of bodies by four tests.",
    )


def _table(names: Names, found: list[Finding]) -> Table:
    frame = pl.DataFrame(
        [
            {
                "body": names.short(one.subject),
                "label": one.label or "undetermined",
                "realist": " ".join(step.sentence for step in one.steps[:3]),
                "constructivist": one.steps[3].sentence,
                "rows": list(one.evidence.rows),
            }
            for one in found
        ],
        schema_overrides={"rows": pl.List(pl.String)},
    )
    return Table(
        id="two-lenses",
        title="Each body through both lenses",
        source=lenses.REFERENCE,
        frame=frame,
        headings={
            "body": "body",
            "label": "found",
            "realist": "realist lens",
            "constructivist": "constructivist lens",
        },
    )
