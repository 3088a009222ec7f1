"""The region beside others: comparisons of regions and periods, what was found and what was not, and every score."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import altair as alt
import numpy as np
import polars as pl

from chaikhana.compare import paragraphs
from chaikhana.compare.definition import comparison, shipped
from chaikhana.compare.indicators import origins
from chaikhana.compare.regions import regions
from chaikhana.compare.running import TOGETHER, Ran, Side, run
from chaikhana.compare.telling import rows_in_order, table_frame
from chaikhana.errors import ChaikhanaError
from chaikhana.methods.qca import memberships
from chaikhana.report.blocks import Block, Chapter, Part, Prose, Table
from chaikhana.report.blocks import Figure as Drawn
from chaikhana.report.drawing import COLOURS, FAINT, INK
from chaikhana.report.names import Names
from chaikhana.study.study import Study

SIGNS = {"holds": "●", "fails": "○", "mixed": "◐", "undetermined": "?"}
MOST_SCORES = 8
NARROW = 300
ALONE = "1"
NEAR = 0.07


def chapter(study: Study, _: Names) -> Chapter:
    """The chapter; a study whose region is not among those compared has the comparisons of its own bodies alone."""
    blocks: list[Block] = []
    cited: set[str] = set()
    for name in shipped():
        asked = comparison(name)
        if asked.cases == "region-periods" and study.about.id not in regions():
            continue
        try:
            ran = _of_regions(name) if asked.cases == "region-periods" else run(asked, study, robust=True)
        except ChaikhanaError:  # a study without such bodies has no cases; what is missing is told below
            continue
        blocks += _blocks(ran, study)
        if asked.cases == "region-periods":
            cited |= {one.indicator for one in asked.sets}
    if not blocks:
        told = "The study's region is not among those that are compared, and it has no bodies to compare."
        return Chapter(id="compared", title="Beside other regions", blocks=(Prose(paragraphs=(told,)),))
    return Chapter(
        id="compared",
        title="Beside other regions",
        blocks=(_beginning(), *blocks, *([_drawn(), _datasets(cited)] if cited else [])),
    )


@cache
def _of_regions(name: str) -> Ran:
    """A comparison of regions says the same in every study's report."""
    return run(comparison(name), robust=True)


def _beginning() -> Prose:
    method = (
        "Qualitative Comparative Analysis (Ragin 1987, 2008) asks which combinations of conditions go with an outcome. A case "
        "is in a set by degree, from 0 (out) to 1 (in), by anchors that are told; ~ stands for what is not so, * for and, + for "
        "or. Inclusion says how far what goes before lies within what is to be explained, coverage how much of that it takes in."
    )
    again = (
        "Every analysis was run again with cut-offs, cases, conditions, anchors, indicators and spans changed one at a time, and "
        f"{TOGETHER} times with several drawn at once: a term stands if it is found in {paragraphs.STANDS:.0%} of these "
        f"runs, and is fragile below {paragraphs.FRAGILE:.0%} (ours). That two things go together does not make one the cause "
        "of the other."
    )
    return Prose(paragraphs=(method, again))


def _blocks(ran: Ran, study: Study) -> Iterator[Block]:
    paper = study.bibliography.get(ran.asked.paper)
    yield Part(
        template="comparison.html",
        values={
            "id": ran.asked.id,
            "title": ran.asked.title,
            "question": ran.asked.question,
            "paper": (paper.short if paper else ran.asked.paper) + f", {ran.asked.locator}",
            "caution": ran.asked.caution,
            "found": paragraphs.found(ran),
            "not_found": paragraphs.not_found(ran),
            "region": study.about.title,
            "peers": paragraphs.peers(ran, study.about.id),
            "explanations": [
                (SIGNS[one.verdict], one.verdict, one.explanation, one, one.held + len(one.not_in))
                for one in ran.relations
            ],
            "cuts": paragraphs.CUTS,
        },
    )
    best = _best(ran)
    if best is not None:
        yield _plot(ran, best, study)
        yield _term_by_case(ran, best)
    for side in ran.sides:
        if side.solution is not None:
            yield _truth_table(ran, side)
            break
    yield _sets(ran)
    yield _scores(ran)


def _best(ran: Ran) -> Side | None:
    """The side whose first model fits best and says something."""
    sides = [
        side
        for side in ran.sides
        if side.solution is not None and side.solution.models[0].terms[0].term != ALONE
    ]
    return max(
        sides, key=lambda side: side.solution.models[0].inclusion if side.solution else 0.0, default=None
    )


def _plot(ran: Ran, side: Side, study: Study) -> Drawn:
    """Each case by its membership in the first model and in the outcome: above the diagonal, the one lies within the other."""
    assert side.solution is not None
    model = side.solution.models[0]
    cases = side.solution.table.cases
    terms = np.array([term.values for term in model.terms], dtype=np.int8)
    inside = memberships(terms, cases).max(axis=0)
    frame = pl.DataFrame(
        {
            "case": list(cases.names),
            "in_model": [round(float(value), 3) for value in inside],
            "in_outcome": [round(float(value), 3) for value in cases.result],
            "of": [
                study.about.title if name.startswith(study.about.id + " ") else "others"
                for name in cases.names
            ],
        }
    )
    frame = frame.sort(pl.col("of") != "others", maintain_order=True)  # the region's own dots lie on top
    axis = alt.Axis(format=".1f", tickCount=5)
    x = alt.X("in_model:Q", title=f"in {model}", scale=alt.Scale(domain=[0, 1]), axis=axis)
    y = alt.Y("in_outcome:Q", title=f"in {side.outcome}", scale=alt.Scale(domain=[0, 1]), axis=axis)
    ends = pl.DataFrame({"in_model": [0.0, 1.0], "in_outcome": [0.0, 1.0]})
    diagonal = alt.Chart(ends).mark_line(color=FAINT, strokeWidth=1).encode(x=x, y=y)
    halves = alt.Chart(pl.DataFrame({"at": [0.5]}))
    cross = halves.mark_rule(color=FAINT, strokeDash=[3, 3]).encode(x=alt.X("at:Q"))
    bar = halves.mark_rule(color=FAINT, strokeDash=[3, 3]).encode(y=alt.Y("at:Q"))
    dots = (
        alt.Chart(frame)
        .mark_circle(opacity=0.75, size=70, stroke="white", strokeWidth=0.5, clip=False)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "of:N",
                scale=alt.Scale(domain=[study.about.title, "others"], range=[COLOURS[1], COLOURS[0]]),
                legend=alt.Legend(title=None, symbolType="circle")
                if (frame["of"] != "others").any()
                else None,
            ),
        )
    )
    labels = (
        alt.Chart(_against(frame))
        .mark_text(dy=-10, fontSize=11, color=INK, align="right")
        .encode(x=x, y=y, text="case:N")
    )
    return Drawn(
        id=f"xy-{ran.asked.id}",
        title=f"Case by case: {model}, and {side.outcome}",
        subtitle="A case above the diagonal is as the solution expects; named are those that are more in than out of what "
        "goes before, and more out than in of what should follow.",
        source=_source(ran),
        chart=alt.layer(diagonal, cross, bar, dots, labels).properties(width=NARROW * 1.4, height=NARROW),
        frame=frame,
        alt="Each case by its membership in the solution and in the outcome.",
    )


def _against(frame: pl.DataFrame) -> pl.DataFrame:
    """Names beside the cases that are against what is expected; those too near one another to be read share one place."""
    far = frame.filter((pl.col("in_model") > 0.5) & (pl.col("in_outcome") < 0.5)).sort(
        "in_outcome", "in_model", "case"
    )
    groups: list[tuple[float, float, list[str]]] = []
    for name, x, y in far.select("case", "in_model", "in_outcome").iter_rows():
        near = next((group for group in groups if abs(group[1] - y) < NEAR), None)
        if near is None:
            groups.append((x, y, [name]))
        else:
            near[2].append(name)
    return pl.DataFrame(
        [{"in_model": x, "in_outcome": y, "case": paragraphs.named(names, most=3)} for x, y, names in groups],
        schema={"in_model": pl.Float64, "in_outcome": pl.Float64, "case": pl.String},
    )


def _term_by_case(ran: Ran, side: Side) -> Drawn:
    """How far each case is in each term of the first model, and in the outcome; those furthest in the outcome first."""
    assert side.solution is not None
    model = side.solution.models[0]
    cases = side.solution.table.cases
    terms = np.array([term.values for term in model.terms], dtype=np.int8)
    columns = {
        **{term.term: held for term, held in zip(model.terms, memberships(terms, cases), strict=True)},
        side.outcome: cases.result,
    }
    order = [cases.names[i] for i in np.argsort(-cases.result, kind="stable")]
    wide = pl.DataFrame(
        {"case": list(cases.names), **{name: np.round(held, 3) for name, held in columns.items()}}
    )
    frame = wide.unpivot(index="case", variable_name="of", value_name="membership")
    chart = (
        alt.Chart(frame)
        .mark_rect(stroke="white")
        .encode(
            x=alt.X(
                "of:N",
                sort=list(columns),
                title=None,
                axis=alt.Axis(orient="top", labelAngle=-25, labelLimit=160),
            ),
            y=alt.Y("case:N", sort=order, title=None, axis=alt.Axis(labelFontSize=11)),
            color=alt.Color(
                "membership:Q",
                scale=alt.Scale(scheme="blues", domain=[0, 1]),
                legend=alt.Legend(title="membership", format=".1f"),
            ),
        )
        .properties(width=90 * len(columns), height=13 * len(cases.names))
    )
    return Drawn(
        id=f"terms-{ran.asked.id}",
        title=f"Which case is in which term of the solution of {side.outcome}",
        subtitle="The darker, the further in. A dark cell in a term beside a pale one in the outcome is a case against it.",
        source=_source(ran),
        chart=chart,
        frame=wide,
        alt="Membership of each case in each term and in the outcome.",
        folded=True,
    )


def _truth_table(ran: Ran, side: Side) -> Table:
    assert side.solution is not None
    table = side.solution.table
    frame = table_frame(table).with_columns(
        cases=pl.Series([paragraphs.named(row.cases, most=99) for row in rows_in_order(table)]),
        deviant=pl.Series([paragraphs.named(row.deviant, most=99) for row in rows_in_order(table)]),
    )
    headings = {name: name for name in table.cases.conditions}
    return Table(
        id=f"truth-{ran.asked.id}",
        title=f"Truth table of {side.outcome}",
        note=f"One row for each combination that some case is in; {table.remainders} more have none. Out is 1 from inclusion "
        f"{table.inclusion_cut:g}"
        + (f" and PRI {table.pri_cut:g}" if table.pri_cut is not None else "")
        + " on.",
        source=_source(ran),
        frame=frame,
        headings={
            **headings,
            "out": "out",
            "n": "cases",
            "inclusion": "inclusion",
            "pri": "PRI",
            "cases": "which",
            "deviant": "against",
        },
        most=12,
    )


def _sets(ran: Ran) -> Table:
    rows = [
        {
            "set": one.id,
            "says": one.says,
            "indicator": one.indicator,
            "anchors": ", ".join(f"{point:g}" for point in one.anchors or one.thresholds),
            "varied": "; ".join(
                [
                    *(", ".join(f"{point:g}" for point in other) for other in one.other_anchors),
                    *one.other_indicators,
                ]
            ),
            "reason": one.reason,
        }
        for one in ran.asked.sets
    ]
    return Table(
        id=f"sets-{ran.asked.id}",
        title="The sets, their anchors and why",
        note=f"Anchors: out, in the balance, in. Spans: {', '.join(ran.asked.periods)}. {ran.asked.why_periods}",
        source=_source(ran),
        frame=pl.DataFrame(rows),
        headings={
            "set": "set",
            "says": "of what is",
            "indicator": "by",
            "anchors": "anchors",
            "varied": "also tried",
            "reason": "reason",
        },
    )


def _scores(ran: Ran) -> Table:
    frame = pl.DataFrame(
        [
            {
                "case": one.case,
                "set": one.set,
                "score": None if one.score is None else round(one.score, 3),
                "raw": None if one.raw is None else round(one.raw, 4),
                "detail": one.detail,
                **(
                    {"rows": one.source.split(" and ")[0].split(", ")}
                    if ran.asked.cases == "body-members"
                    else {}
                ),
            }
            for one in ran.found.scores
        ],
        infer_schema_length=None,
    )
    return Table(
        id=f"scores-{ran.asked.id}",
        title="Every score and its raw value",
        source=_source(ran),
        frame=frame,
        headings={"case": "case", "set": "set", "score": "score", "raw": "raw value", "detail": "which is"},
        most=MOST_SCORES,
    )


def _source(ran: Ran) -> str:
    if ran.asked.cases == "body-members":
        return "study tables design, memberships, parties, attendance"
    used = origins().filter(pl.col("indicator").is_in([one.indicator for one in ran.asked.sets]))
    return "; ".join(
        dict.fromkeys(
            f"{dataset} {version}" for dataset, version in used.select("dataset", "version").iter_rows()
        )
    )


def _drawn() -> Table:
    known = regions()
    frame = pl.DataFrame(
        {
            "region": list(known),
            "name": [one.name for one in known.values()],
            "reason": [one.reason for one in known.values()],
        }
    )
    return Table(
        id="regions-compared",
        title="The regions, and why they are drawn so",
        note="chaikhana compare --regions --csv has the years of every member, and what each was checked against.",
        source="the workbench's own table of regions",
        frame=frame,
        headings={"region": "region", "name": "name", "reason": "drawn so because"},
    )


def _datasets(cited: set[str]) -> Table:
    frame = (
        origins()
        .filter(pl.col("indicator").is_in(list(cited)))
        .group_by("dataset", "version", "citation", "licence", maintain_order=True)
        .agg(pl.col("indicator").str.join(", "))
    )
    return Table(
        id="datasets-compared",
        title="The datasets that the scores come from",
        source="the workbench's own table of origins",
        frame=frame,
        headings={"dataset": "dataset", "version": "version", "indicator": "for", "citation": "citation"},
    )
