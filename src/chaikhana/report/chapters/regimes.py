"""Regimes and disputes: how the region is ruled, how alike its regimes are to others', and whom its states fell out with."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.measures import regime_likeness as likeness_
from chaikhana.measures.disputes import SERIES as DISPUTES
from chaikhana.report import disputes_told
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import colour_scale
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

ID, TITLE = "regimes", "Regimes and disputes"
INDICES = {"polyarchy": "V-Dem's index of electoral democracy", "polity": "Polity5's score"}
THE_REST = "one another"


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter; of each derived series that is missing it says what would fill it."""
    blocks: list[Block] = []
    told: list[str] = []
    if likeness_.REGIMES in study.derived and likeness_.SERIES in study.derived:
        regimes, alike = study.derived[likeness_.REGIMES].frame, likeness_.regime_likeness(study).frame
        told += [_words_of_regimes(study, regimes, names), _words_of_likeness(alike, names)]
        blocks += _polyarchy(study, regimes, names)
        blocks += _likeness(study, alike, names)
        blocks += _with_powers(study, alike, names)
    else:
        told.append(_missing("how its states are ruled", "vdem", "polity5", "the two indices of regimes"))
    if DISPUTES in study.derived:
        told.append(disputes_told.words(study, names))
        blocks += disputes_told.table(study, names)
    else:
        told.append(
            _missing("whom its states fell out with", "cow-mids", "ucdp-acd", "disputes and armed conflicts")
        )
    prose = Prose(paragraphs=tuple(text for text in told if text))
    return Chapter(id=ID, title=TITLE, blocks=(prose, *blocks))


def _missing(what: str, first: str, second: str, gives: str) -> str:
    return (
        f"This study carries nothing on {what}. With the datasets {first} and {second} in the source store "
        f"(chaikhana sources add {first} FILE, chaikhana sources add {second} FILE), chaikhana study derive adds "
        f"{gives}."
    )


def _shown(regimes: pl.DataFrame, study: Study, names: Names) -> pl.DataFrame:
    """The members' polyarchy by window, with names."""
    bounds = ("polyarchy", "polyarchy_low", "polyarchy_high")
    return (
        regimes.filter(pl.col("actor").is_in(list(study.about.members)) & pl.col("polyarchy").is_not_null())
        .with_columns(
            pl.col(bounds).cast(pl.Float64),
            state=pl.col("actor").replace(names.actors),
            window=pl.format("{}–{}", "first", "last"),
            rows=pl.lit([f"derived:{likeness_.REGIMES}"]),
        )
        .sort("first", "state")
    )


def _last(shown: pl.DataFrame) -> pl.DataFrame:
    """The last window, the highest state first."""
    return shown.filter(pl.col("last") == pl.col("last").max()).sort(
        "polyarchy", "state", descending=[True, False]
    )


def _words_of_regimes(study: Study, regimes: pl.DataFrame, names: Names) -> str:
    shown = _shown(regimes, study, names)
    if shown.is_empty():
        return ""
    last = _last(shown)
    ends = [f"{row['state']} ({_told(row)})" for row in last.iter_rows(named=True)]
    text = (
        f"On V-Dem's index of electoral democracy, from 0 to 1, the region's states stood on average over "
        f"{last['window'][0]}, the last years with data, in this order: {'; '.join(ends)}. "
    )
    return text + _changes(shown)


def _told(row: dict[str, float | None]) -> str:
    low, high = row["polyarchy_low"], row["polyarchy_high"]
    between = f", between {low:.2f} and {high:.2f}" if low is not None and high is not None else ""
    return f"{row['polyarchy']:.2f}{between}"


def _changes(shown: pl.DataFrame) -> str:
    """Who clearly moved from the first window to the last; nothing where no state has two."""
    moved = (
        shown.group_by("state", maintain_order=True)
        .agg(
            since=pl.col("window").first(),
            windows=pl.len(),
            first_low=pl.col("polyarchy_low").first(),
            first_high=pl.col("polyarchy_high").first(),
            last_low=pl.col("polyarchy_low").last(),
            last_high=pl.col("polyarchy_high").last(),
        )
        .filter(pl.col("windows") > 1)
        .sort("state")
    )
    if moved.is_empty():
        return ""
    start = (
        f"over {moved['since'][0]}" if moved["since"].n_unique() == 1 else "over its first years with data"
    )
    up = moved.filter(pl.col("last_low") > pl.col("first_high"))["state"].to_list()
    down = moved.filter(pl.col("last_high") < pl.col("first_low"))["state"].to_list()
    changes = [
        f"{listed(states)} {'stands' if len(states) == 1 else 'stand'} clearly {where} than {start}"
        for states, where in ((up, "higher"), (down, "lower"))
        if states
    ]
    if not changes:
        return f"None stands clearly higher or lower than {start}: the ranges overlap."
    rest = sorted(set(moved["state"]) - {*up, *down})
    closing = f"; of {listed(rest)} it cannot be said, since the ranges overlap" if rest else ""
    return f"{' and '.join(changes)}{closing}."


def _words_of_likeness(alike: pl.DataFrame, names: Names) -> str:
    told = []
    for index, source in INDICES.items():
        means = alike.filter(
            (pl.col("index") == index)
            & (pl.col("actor") == likeness_.REGION)
            & pl.col("likeness").is_not_null()
        )
        if means.is_empty():
            continue
        last = means.filter(pl.col("year") == pl.col("year").max()).sort(
            "likeness", "group", descending=[True, False]
        )
        order = [
            f"{_group(group, names)} ({value:.2f})"
            for group, value in last.select("group", "likeness").iter_rows()
        ]
        told.append(f"By {source}, in {last['year'][0]} they were most like {', then '.join(order)}.")
    if not told:
        return ""
    return (
        "How alike the region's regimes are to one another's and to the powers', where 1 is the same score and 0 the "
        f"two ends of the scale: {' '.join(told)[0].lower()}{' '.join(told)[1:]}"
    )


def _group(group: str, names: Names) -> str:
    return THE_REST if group == likeness_.REGION else names.actor(group)


def _polyarchy(study: Study, regimes: pl.DataFrame, names: Names) -> list[Block]:
    shown = _shown(regimes, study, names)
    if shown.is_empty():
        return []
    order = [names.actor(actor) for actor in study.about.members]
    data = shown.select("state", "first", "last", "polyarchy", "polyarchy_low", "polyarchy_high", "years")
    top = min(1.0, float(shown.select(pl.max_horizontal("polyarchy", "polyarchy_high").max()).item()) + 0.05)
    scale = alt.Scale(domain=[0, top])
    base = alt.Chart(
        data.with_columns(begin=pl.col("first") - 0.5, end=pl.col("last") + 0.5).drop(
            "first", "last", "years"
        )
    ).encode(
        x=alt.X(
            "begin:Q",
            title=None,
            axis=alt.Axis(format="d", grid=False, tickCount=4, tickMinStep=1),
            scale=alt.Scale(zero=False, nice=False),
        ),
        x2="end:Q",
        color=alt.Color("state:N", scale=colour_scale(order), legend=None),
    )
    sparse = alt.Axis(tickCount=3)
    band = (
        base.transform_filter("datum.polyarchy_low != null && datum.polyarchy_high != null")
        .mark_rect(opacity=0.22, strokeWidth=0)
        .encode(y=alt.Y("polyarchy_low:Q", title=None, scale=scale, axis=sparse), y2="polyarchy_high:Q")
    )
    steps = base.mark_rule(strokeWidth=2.4).encode(
        y=alt.Y("polyarchy:Q", title=None, scale=scale, axis=sparse)
    )
    chart = (
        alt.layer(band, steps)
        .properties(width=195, height=150)
        .facet(
            facet=alt.Facet("state:N", sort=order, title=None, header=alt.Header(labelAnchor="start")),
            columns=3,
        )
    )
    last = _last(shown)
    highest = f"{last['state'][0]} stands highest on electoral democracy"
    return [
        Figure(
            id="polyarchy",
            title=f"{highest} over {last['window'][0]}, {last['state'][-1]} lowest"
            if last.height > 1
            else f"How {last['state'][0]} stands on electoral democracy",
            subtitle=f"Means over windows of {likeness_.WINDOW} years{_shorter(data)}, of V-Dem's index of electoral "
            "democracy (polyarchy), 0 to 1; each line is as long as its window. The band is the mean of the yearly "
            "bounds (one standard deviation, about two chances in three), as wide as if all years erred together.",
            source=_source(study, likeness_.REGIMES),
            chart=chart,
            frame=data.with_columns(rows=pl.lit([f"derived:{likeness_.REGIMES}"])),
            alt="Small charts, one a state of the region: means of the index of electoral democracy over windows of "
            "years, as steps, with a band for their uncertainty.",
        )
    ]


def _shorter(data: pl.DataFrame) -> str:
    """Which windows are cut short."""
    spans = data.filter(pl.col("last") - pl.col("first") + 1 < likeness_.WINDOW).select("first", "last")
    told = [f"{first}–{last}" for first, last in spans.unique().sort("first").iter_rows()]
    return f" ({listed(told)} {'is' if len(told) == 1 else 'are'} shorter)" if told else ""


def _source(study: Study, series: str) -> str:
    """What a series was computed from: all its datasets, as its origin has them."""
    origin = study.derived[series].origin
    return f"{origin['citation']} ({origin['dataset']}, version {origin['version']})"


def _likeness(study: Study, alike: pl.DataFrame, names: Names) -> list[Block]:
    means = (
        alike.filter(pl.col("actor") == likeness_.REGION)
        .drop_nulls("likeness")
        .with_columns(
            to=pl.col("group").map_elements(lambda group: _group(group, names), return_dtype=pl.String),
            source=pl.col("index").replace(INDICES),
        )
        .sort("index", "to", "year", descending=[True, False, False])
    )
    if means.is_empty():
        return []
    groups = [THE_REST, *sorted(set(means["to"]) - {THE_REST})]
    data = means.select("source", "to", "year", "likeness", "low", "high", "pairs", "of")
    base = alt.Chart(data.drop("pairs", "of")).encode(
        x=alt.X(
            "year:Q",
            title=None,
            axis=alt.Axis(format="d", grid=False, tickCount=4),
            scale=alt.Scale(zero=False),
        ),
        color=alt.Color("to:N", scale=colour_scale(groups), legend=alt.Legend(title=None)),
    )
    scale = alt.Scale(domain=[0, 1])
    band = base.mark_area(opacity=0.16, strokeWidth=0).encode(
        y=alt.Y("low:Q", title=None, scale=scale), y2="high:Q"
    )
    line = base.mark_line(strokeWidth=1.8).encode(y=alt.Y("likeness:Q", title=None, scale=scale))
    chart = (
        alt.layer(band, line)
        .properties(width=310, height=220)
        .facet(
            facet=alt.Facet(
                "source:N", sort=list(INDICES.values()), title=None, header=alt.Header(labelAnchor="start")
            ),
            columns=2,
        )
    )
    nearest = (
        means.filter(pl.col("index") == means["index"][0])
        .group_by("to", maintain_order=True)
        .agg(pl.col("likeness").mean())
        .sort("likeness", "to", descending=[True, False])["to"]
        .to_list()
    )
    return [
        Figure(
            id="regime-likeness",
            title=f"The region's regimes were most like {_of(nearest[0])}, least like {_of(nearest[-1])}",
            subtitle="One minus the difference of the scores, as a share of the scale; mean over pairs. The bands are "
            "what the bounds of the scores, and missing scores, leave open. The title goes by the mean of the first "
            "index over the years.",
            source=_source(study, likeness_.SERIES),
            chart=chart,
            frame=data.with_columns(rows=pl.lit([f"derived:{likeness_.SERIES}"])),
            alt="Lines by year, one a partner: how alike the region's regimes are to one another and to each power, "
            "by V-Dem and by Polity5.",
        )
    ]


def _of(name: str) -> str:
    return name if name == THE_REST else f"that of {name}"


def _with_powers(study: Study, alike: pl.DataFrame, names: Names) -> list[Block]:
    members = list(study.about.members)
    known = alike.filter(
        (pl.col("index") == "polyarchy") & pl.col("actor").is_in(members) & pl.col("likeness").is_not_null()
    )
    if known.is_empty():
        return []
    last = known.filter(pl.col("year") == pl.col("year").max())
    cells = last.with_columns(
        cell=pl.struct("likeness", "low", "high").map_elements(
            lambda of: f"{of['likeness']:.2f} ({of['low']:.2f}–{of['high']:.2f})", return_dtype=pl.String
        ),
        to=pl.when(pl.col("group") == likeness_.REGION)
        .then(pl.lit("the other members"))
        .otherwise(pl.col("group").replace(names.actors)),
    )
    wide = cells.pivot(on="to", index="actor", values="cell").with_columns(
        state=pl.col("actor").replace(names.actors)
    )
    others = sorted(set(wide.columns) - {"actor", "state", "the other members"})
    columns = [name for name in ("the other members", *others) if name in wide.columns]
    return [
        Table(
            id="likeness-to-powers",
            title=f"How alike each state's regime is to others' in {last['year'][0]}",
            source=_source(study, likeness_.SERIES),
            frame=wide.select("state", *columns).sort("state"),
            headings={"state": "state", **{name: name for name in columns}},
            note="V-Dem's index of electoral democracy: one minus the difference, and in brackets the least and the "
            "greatest likeness that the bounds of both scores allow.",
        )
    ]
