"""Regional order: the ledger of rules and institutions, what answered each breach, and how scholars read the region."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.core.choices import filled
from chaikhana.core.findings import Finding
from chaikhana.frameworks import costa_buranelli_2021_regional_order as order
from chaikhana.frameworks import running
from chaikhana.measures import rule_ledger as of
from chaikhana.measures.scholarship import FOUR, SAYS, Work
from chaikhana.measures.violence import violence
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import WIDTH
from chaikhana.report.findings_told import missing, trace
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

# What an entry is, its colour and its shape; a breach by what answered it.
MARKS = {
    "an act for it": ("#0072B2", "circle"),
    "an act against it": ("#E69F00", "diamond"),
    "a breach, acknowledged or settled": ("#009E73", "triangle-up"),
    "a breach, openly disregarded": ("#000000", "square"),
    "a breach without a recorded answer": ("#D55E00", "cross"),
}
SIDES = {of.FOR: "an act for it", of.AGAINST: "an act against it"}


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    day = study.about.last_day
    chosen = filled(order.CHOICES)
    shared = running.shared(order.FRAMEWORK, study, day)
    found = {
        subject: order.judge(order.gather(study, subject, day, shared), chosen)
        for subject in order.subjects(study)
    }
    region = running.cited(study, found[study.about.id])
    blocks: list[Block] = [Prose(paragraphs=_words(study, names, region, found))]
    entries = [one for one in of.ledger(study) if one.day <= day]
    if entries:
        within = float(chosen["within"])
        blocks += [_timeline(study, entries, within), _breaches(entries, within), _standing(found)]
    if shared.works:
        blocks.append(_scholars(shared.works))
    blocks.append(
        trace(
            region,
            "order-trace",
            f"The order of {study.about.region} on {day}: {region.label or 'not known'}",
        )
    )
    return Chapter(id="order", title="Order, with or without regionalism", blocks=tuple(blocks))


def _called(code: str) -> str:
    """The author's own word."""
    return code.partition("-")[2].replace("-", " ").replace("stabilnost", "and stabil'nost")


def _words(study: Study, names: Names, region: Finding, found: dict[str, Finding]) -> tuple[str, ...]:
    if not region.label:
        return (f"Whether {study.about.region} has an order cannot be told. {missing(region)}",)
    rules = [one for code in of.RULES if (one := found[code]).label == "upheld"]
    stands = [_called(code) for code in of.INSTITUTIONS if found[code].label == "stands"]
    pairs = violence(study).pairs(region.on, float(region.chosen["window"]))[0]
    clashed = [" and ".join(names.actor(state) for state in pair) for pair in sorted(pairs)]
    own = next(step for step in region.steps if step.rule == "regionalism").value
    scholars = found[order.SCHOLARSHIP]
    told = f" Of the works that were coded, {scholars.label} are found." if scholars.label else ""
    return (
        f"Verdict: {region.label}. Of {len(of.RULES)} rules {len(rules)} are upheld; the institutions that stand are "
        f"{listed(stands)}. In the last {region.chosen['window']} years these clashed in arms: {listed(clashed)}. "
        f"Organisations of the region's own that hold all its states and are broad: {listed([names.short(one) for one in own])}.",
        "A rule stands where those who break it justify themselves or deny it; it falls where they openly disregard it. An "
        "institution is a practice, and stands by dated acts. Order needs neither an organisation nor an identity, so "
        f"regionalism is judged beside it.{told}",
    )


def _timeline(study: Study, entries: list[of.Entry], within: float) -> Figure:
    codes = (*of.RULES, *of.INSTITUTIONS)
    frame = pl.DataFrame(
        [
            {
                "date": str(one.day),
                "of": _called(one.of),
                "kind": _kind(one, within),
                "source": one.source,
                "what": one.what,
                "rows": list(one.rows),
            }
            for one in entries
            if one.of in codes
        ]
    )
    rank = {kind: place for place, kind in enumerate(MARKS)}
    drawn = (
        frame.with_columns(year=pl.col("date").str.slice(0, 4).cast(pl.Int32), called="of")
        .group_by("year", "called", "kind", maintain_order=True)
        .agg(number=pl.len())
        .with_columns(rank=pl.col("kind").replace_strict(rank))
    )
    # entries of one year and row stand below one another
    drawn = drawn.sort("year", "called", "rank").with_columns(
        step=(pl.int_range(pl.len()).over("year", "called") - (pl.len().over("year", "called") - 1) / 2) * 9
    )
    rows = [_called(code) for code in codes]
    kinds = [kind for kind in MARKS if kind in set(frame["kind"])]
    chart = (
        alt.Chart(drawn)
        .mark_point(filled=True, opacity=0.85)
        .encode(
            x=alt.X(
                "year:Q",
                title=None,
                axis=alt.Axis(format="d"),
                scale=alt.Scale(zero=False, nice=False, padding=12),
            ),
            y=alt.Y("called:N", sort=rows, title=None, axis=alt.Axis(labelLimit=230, grid=True)),
            yOffset=alt.YOffset("step:Q", scale=alt.Scale(domain=[-18, 18])),
            size=alt.Size("number:Q", scale=alt.Scale(type="sqrt", range=[45, 260]), legend=None),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[MARKS[kind][0] for kind in kinds]),
                legend=alt.Legend(title=None, columns=2),
            ),
            shape=alt.Shape(
                "kind:N", scale=alt.Scale(domain=kinds, range=[MARKS[kind][1] for kind in kinds])
            ),
        )
        .properties(width=WIDTH - 210, height=42 * len(rows))
    )
    broken = frame.filter(pl.col("kind").str.starts_with("a breach"))
    owned = broken.filter(pl.col("kind") == "a breach, acknowledged or settled").height
    return Figure(
        id="rule-ledger",
        title=f"Of {broken.height} breaches of rules, {owned} were acknowledged or settled",
        subtitle="Acts on each rule (above) and institution (below), by year; a larger mark is more acts of one kind. "
        f"An answer counts within {within:g} years. Which acts bear on what is ours, but for those that the paper codes itself.",
        source="Costa Buranelli 2021, sections 2 and 3",
        chart=chart,
        frame=frame,
        alt=f"Timeline of acts on the rules and institutions of the order of {study.about.region}.",
    )


def _kind(entry: of.Entry, within: float) -> str:
    if entry.side != of.BREACH:
        return SIDES[entry.side]
    answers = {answer.kind for answer in entry.answers if answer.years <= within}
    if answers & {of.ACKNOWLEDGED, of.SETTLED}:
        return "a breach, acknowledged or settled"
    return (
        "a breach, openly disregarded" if of.DISREGARDED in answers else "a breach without a recorded answer"
    )


def _breaches(entries: list[of.Entry], within: float) -> Table:
    frame = pl.DataFrame(
        [
            {
                "date": str(one.day),
                "of": _called(one.of),
                "what": one.what,
                "answer": "; ".join(
                    f"{answer.kind} after {answer.years:.1f} years" if answer.years >= 0.1 else answer.kind
                    for answer in one.answers
                )
                or "none recorded",
                "rows": [*one.rows, *(answer.row for answer in one.answers)],
            }
            for one in entries
            if one.side == of.BREACH
        ],
        schema={
            "date": pl.String,
            "of": pl.String,
            "what": pl.String,
            "answer": pl.String,
            "rows": pl.List(pl.String),
        },
    )
    return Table(
        id="breaches",
        title="Breaches, and what answered them",
        source=order.REFERENCE,
        frame=frame,
        headings={"date": "by", "of": "rule or goal", "what": "what was done", "answer": "answer"},
        most=20,
        note=f"An answer counts within {within:g} years of the breach (ours; varied over 1, 2, 5). A date is the last day on "
        "which the act may have been.",
    )


def _standing(found: dict[str, Finding]) -> Table:
    frame = pl.DataFrame(
        [
            {
                "of": _called(code),
                "kind": code.partition("-")[0],
                "label": found[code].label or "undetermined",
                "found": " ".join(
                    step.sentence
                    for step in found[code].steps
                    if step.outcome != "not-applicable" and step.rule != "as-the-paper-codes"
                ),
                "rows": list(found[code].evidence.rows),
            }
            for code in (*of.RULES, *of.INSTITUTIONS)
        ]
    )
    return Table(
        id="order-standing",
        title="Each rule and institution",
        source=order.REFERENCE,
        frame=frame,
        headings={
            "of": "rule or institution",
            "kind": "kind",
            "label": "standing",
            "found": "what was found",
        },
    )


def _scholars(works: tuple[Work, ...]) -> Table:
    frame = pl.DataFrame(
        [
            {
                "year": work.year,
                "work": work.called,
                **{name: "●" if work.found.keys() & set(codes) else "" for name, codes in FOUR.items()},
                "rows": [row for _, rows in work.found.values() for row in rows],
            }
            for work in works
        ]
    )
    return Table(
        id="scholarship",
        title="How the works that were coded read the region",
        source="Costa Buranelli 2021, section 1",
        frame=frame,
        headings={
            "year": "year",
            "work": "work",
            **{name: said.removeprefix("Regionalism ").removeprefix("as ") for name, said in SAYS.items()},
        },
        note="The four tendencies of the paper; the works are those that it names, and no sample of the literature.",
    )
