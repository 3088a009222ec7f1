"""Trade: how much the region's states trade with one another, who their main partners are, and how much hangs on one."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.measures import trade_partners as partners_of
from chaikhana.measures import trade_within as within_of
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import COLOURS, INK, WIDTH, colour_scale
from chaikhana.report.names import Names
from chaikhana.report.trade_words import abrupt, blocs, complete, ends_of, largest, last_year, moved, within
from chaikhana.study.derived import Derived
from chaikhana.study.study import Study

WHOLE, REST = "the whole region", "the rest of the region"
SHOWN = 5
_ORDINALS = ("largest", "second", "third", "fourth", "fifth")


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter; without the derived series it says what would fill it."""
    blocks: list[Block] = []
    if series := _carried(study, within_of.SERIES):
        frame = within_of.trade_within(study).frame
        blocks += [Prose(paragraphs=tuple(within(frame, names))), _lines(study, names, series, frame)]
    if series := _carried(study, partners_of.SERIES):
        frame = partners_of.trade_partners(study).frame
        told = [blocs(frame, names), abrupt(frame, names)]
        tables = [_top(names, series, frame)]
        if concentration := _carried(study, partners_of.CONCENTRATION):
            called, measured = _called(frame, names), partners_of.trade_concentration(study).frame
            told.insert(0, largest(measured, called, names))
            tables.append(_concentration(concentration, measured, called, names))
        if any(told):
            blocks.append(Prose(paragraphs=tuple(text for text in told if text)))
        blocks += [_panels(study, names, series, frame), *tables]
    if not blocks:
        blocks.append(
            Prose(
                paragraphs=(
                    "This study carries no trade. With the dataset cow-trade-v4 in the source store (chaikhana sources "
                    "add cow-trade-v4 FILE), chaikhana study derive adds how much its states trade with one another "
                    "and with whom else.",
                )
            )
        )
    return Chapter(id="trade", title="Trade", blocks=tuple(blocks))


def _carried(study: Study, name: str) -> Derived | None:
    """The series, unless the study lacks it or it has no row."""
    series = study.derived.get(name)
    return series if series is not None and series.frame.height else None


def _lines(study: Study, names: Names, series: Derived, frame: pl.DataFrame) -> Figure:
    shown = complete(frame).with_columns(
        who=pl.when(pl.col("actor") == within_of.REGION)
        .then(pl.lit(WHOLE))
        .otherwise(pl.col("actor").replace(names.actors))
    )
    members = [names.actor(actor) for actor in study.about.members]
    scale = alt.Scale(
        domain=[*members, WHOLE],
        range=[*(COLOURS[place % (len(COLOURS) - 1)] for place in range(len(members))), INK],
    )
    chart = (
        alt.Chart(shown.select("year", "who", "share"))
        .mark_line()
        .encode(
            x=alt.X(
                "year:Q",
                axis=alt.Axis(format="d", title=None, grid=False, tickCount=8),
                scale=alt.Scale(nice=False),
            ),
            y=alt.Y(
                "share:Q",
                title="share of all known trade",
                axis=alt.Axis(format=".0%"),
                scale=alt.Scale(zero=True),
            ),
            color=alt.Color("who:N", scale=scale, legend=alt.Legend(title=None)),
            strokeWidth=alt.condition(f"datum.who == '{WHOLE}'", alt.value(4), alt.value(1.8)),
        )
        .properties(width=WIDTH - 60, height=300)
    )
    ends = ends_of(complete(frame), within_of.REGION)
    title = "How much of its trade each state has with the rest of the region"
    if ends:
        told = moved(ends[0]["share"], ends[1]["share"])
        title = f"Trade within the region {told} of its states' trade, {ends[0]['year']} to {ends[1]['year']}"
    return Figure(
        id="trade-within",
        title=title,
        subtitle="Imports and exports with the rest of the region as a share of all known trade of a state; for the region, "
        "twice its inner trade over all trade of its states. Years in which a flow within the region is unknown are "
        "left out.",
        source=_source(series, within_of.trade_within(study).reference),
        chart=chart,
        frame=frame,
        alt="Lines by year, one a state and a thick one for the region: the share of trade that stays within the region.",
    )


def _source(series: Derived, reference: str) -> str:
    return f"{series.origin['citation']} (version {series.origin['version']}); {reference}"


def _called(frame: pl.DataFrame, names: Names) -> dict[str, str]:
    """What each partner is called: by the study, or else by the series."""
    return {**dict(frame.select("partner", "name").unique(maintain_order=True).iter_rows()), **names.actors}


def _panels(study: Study, names: Names, series: Derived, frame: pl.DataFrame) -> Figure:
    powers = [power for power in study.about.powers if power in set(frame["partner"])]
    called = _called(frame, names)
    lines = [
        frame.filter(pl.col("partner").is_in(powers)).select(
            "year", "state", "share", who=pl.col("partner").replace(called)
        )
    ]
    if inner := _carried(study, within_of.SERIES):
        rest = complete(inner.frame).filter(pl.col("actor") != within_of.REGION)
        lines.append(
            rest.select(
                pl.col("year").cast(frame.schema["year"]), state="actor", share="share", who=pl.lit(REST)
            )
        )
    shown = pl.concat(lines).with_columns(pl.col("state").replace(names.actors))
    order = [*(called.get(power, power) for power in powers), *([REST] if inner else [])]
    chart = (
        alt.Chart(shown)
        .mark_line(strokeWidth=1.8)
        .encode(
            x=alt.X(
                "year:Q",
                title=None,
                axis=alt.Axis(format="d", grid=False, tickCount=4),
                scale=alt.Scale(zero=False),
            ),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=5)),
            color=alt.Color("who:N", scale=colour_scale(order), legend=alt.Legend(title=None)),
            facet=alt.Facet(
                "state:N",
                columns=3,
                sort=[names.actor(actor) for actor in study.about.members],
                title=None,
                header=alt.Header(labelAnchor="start"),
            ),
        )
        .properties(width=195, height=150)
    )
    return Figure(
        id="trade-partners",
        title=_overtaking(frame, powers, called),
        subtitle="Imports and exports with each power, and with the rest of the region, as a share of all known trade of the "
        "state. A bloc is the sum of its members at the end of the year. A gap is a year in which nothing is known.",
        source=_source(series, partners_of.trade_partners(study).reference),
        chart=chart,
        frame=frame,
        alt="Small charts, one a state of the region, with a line for each power: its share of the state's trade by year.",
    )


def _overtaking(frame: pl.DataFrame, powers: list[str], called: dict[str, str]) -> str:
    """Which power was the largest partner of how many states, half-way and in the last year."""
    leading = frame.filter((pl.col("rank") == 1) & pl.col("partner").is_in(powers))
    if not leading.height:
        return "No power is the largest single partner of a state of the region"
    last = last_year(frame)
    total = frame.filter(pl.col("year") == last)["state"].n_unique()
    counts = (
        leading.filter(pl.col("year") == last)
        .group_by("partner", maintain_order=True)
        .agg(pl.col("state").n_unique())
        .sort("state", "partner", descending=[True, False])
    )
    if not counts.height:
        return f"In {last} no power was the largest single partner of a state of the region"
    partner, number = counts.row(0)
    middle = (int(frame["year"].min()) + last) // 2  # type: ignore[arg-type]
    then = leading.filter((pl.col("year") == middle) & (pl.col("partner") == partner))["state"].n_unique()
    return (
        f"{called.get(partner, partner)} was the largest single partner of {number} of {total} states in {last}, of "
        f"{then or 'none'} in {middle}"
    )


def _top(names: Names, series: Derived, frame: pl.DataFrame) -> Table:
    last = frame.filter(pl.col("year") == last_year(frame))
    called = _called(frame, names)
    top = last.filter((pl.col("rank") <= SHOWN) & (pl.col("share") > 0)).sort("state", "rank", "partner")
    cells = top.with_columns(
        place=pl.int_range(pl.len()).over("state"),
        cell=pl.format(
            "{} {}%", pl.col("partner").replace(called), (100 * pl.col("share")).round().cast(pl.Int64)
        ),
    ).filter(pl.col("place") < SHOWN)
    columns = [
        pl.col("cell").filter(pl.col("place") == place).first().alias(ordinal)
        for place, ordinal in enumerate(_ORDINALS)
    ]
    table = (
        cells.group_by("state", maintain_order=True)
        .agg(*columns, pl.col("rows").first())
        .with_columns(pl.col("state").replace(names.actors))
    )
    return Table(
        id="trade-top",
        title=f"The five largest partners of each state in {last_year(frame)}",
        source=_source(series, "shares of all known trade of the state"),
        frame=table,
        headings={"state": "state", **{ordinal: ordinal for ordinal in _ORDINALS}},
        note="Single states only; a bloc is counted by its members. A partner of which no flow is known cannot stand here.",
    )


def _concentration(series: Derived, frame: pl.DataFrame, called: dict[str, str], names: Names) -> Table:
    last = frame.filter(pl.col("year") == last_year(frame))
    table = last.select(
        pl.col("state").replace(names.actors),
        (pl.col("total") / 1000).round(2),
        pl.col("largest").replace(called),
        (100 * pl.col("largest_share")).round(1).alias("largest_share"),
        pl.col("herfindahl", "normalised").round(3),
        "partners",
        "known",
        "missing",
        "rows",
    )
    return Table(
        id="trade-concentration",
        title=f"How far the trade of each state hung on few partners in {last_year(frame)}",
        source=_source(series, "Hirschman 1945, 1964"),
        frame=table,
        headings={
            "state": "state",
            "total": "trade, US$ bn",
            "largest": "largest",
            "largest_share": "its share, %",
            "herfindahl": "Herfindahl",
            "normalised": "normalised",
            "missing": "flows missing",
        },
        note="The Herfindahl index is the sum of squared shares, 1 where one partner has all; normalised, 0 is all partners "
        "alike. A missing flow is one, of two with each other state of the dataset, that it does not give.",
    )
