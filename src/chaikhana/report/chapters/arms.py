"""Arms: from whom the region's states received major arms, over five-year windows and over the whole time."""

from __future__ import annotations

import altair as alt
import polars as pl

from chaikhana.measures.arms_suppliers import (
    CONCENTRATION,
    SERIES,
    UNKNOWN,
    arms_concentration,
    arms_suppliers,
)
from chaikhana.report.blocks import Chapter, Figure, Prose, Table
from chaikhana.report.drawing import COLOURS, FAINT, RULE
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

OTHERS = "others"
SHOWN = 7  # suppliers with a colour of their own; the eighth and ninth are the others and the unknown
MANY = 3  # so many states are counted in a title, fewer are named
PANEL = 265  # two of them, with their labels and totals, are as wide as a page
_SPAN = ["recipient", "first", "last"]


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter; without the derived series it says what would fill it."""
    if SERIES not in study.derived or not study.derived[SERIES].frame.height:
        words = (
            "This study carries no arms transfers. With the dataset sipri-arms in the source store (chaikhana sources "
            "add sipri-arms FILE), chaikhana study derive adds from whom its states received major arms."
        )
        return Chapter(id="arms", title="Arms suppliers", blocks=(Prose(paragraphs=(words,)),))
    frame = arms_suppliers(study).frame.sort(*_SPAN, "rank", "supplier", nulls_last=True)
    whole, windows = _whole_and_windows(frame)
    return Chapter(
        id="arms",
        title="Arms suppliers",
        blocks=(
            Prose(paragraphs=tuple(_words(study, names, whole, windows))),
            _bars(study, names, whole, windows, frame),
            _table(study, names, whole),
        ),
    )


def _whole_and_windows(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The span that holds all others, and the others; where there is but one it is both."""
    longest = (pl.col("first") == pl.col("first").min()) & (pl.col("last") == pl.col("last").max())
    whole = frame.filter(longest)
    windows = frame.filter(~longest)
    return whole, windows if windows.height else whole


def _told(share: float | None, low: float, high: float) -> str:
    """A share in per cent, with what rounding leaves open in brackets."""
    ends = f"{100 * low:.0f}–{100 * high:.0f}"
    if share is None:
        return f"{100 * high:.0f} per cent" if low == high else f"{ends} per cent"
    return f"{100 * share:.0f} per cent" + (f" [{ends}]" if f"{100 * low:.0f}" != f"{100 * high:.0f}" else "")


def _amount(tiv: float) -> str:
    return f"{tiv:,.0f} million" if tiv >= 1 else "less than a million"


def _words(study: Study, names: Names, whole: pl.DataFrame, windows: pl.DataFrame) -> list[str]:
    amounts = whole.group_by("recipient", maintain_order=True).agg(pl.col("tiv").sum())
    first, last = whole.select(pl.col("first").min(), pl.col("last").max()).row(0)
    leading = whole.filter(pl.col("rank") == 1).unique("recipient", keep="first", maintain_order=True)
    told = [
        f"{names.actor(row['recipient'])}'s was {row['name']} "
        f"({_told(row['share'], row['share_low'], row['share_high'])} of {_amount(row['whole'])})"
        for row in leading.join(amounts.rename({"tiv": "whole"}), on="recipient")
        .sort("whole", "recipient", descending=[True, False])
        .iter_rows(named=True)
    ]
    silent = [names.actor(actor) for actor in study.about.members if actor not in set(whole["recipient"])]
    return [
        text
        for text in (
            f"The largest supplier of major arms from {first} to {last}, by volume (trend-indicator values, TIV): "
            f"{'; '.join(told)}."
            if told
            else "",
            _latest(names, windows),
            _hanging(study, names, first, last),
            f"No delivery to {listed(silent)} is known." if silent else "",
            "A TIV measures military capability and not money; small arms and most ammunition are left out. Yearly values are "
            "printed in whole millions; brackets give what that leaves open. A state that succeeded another is another "
            "supplier: what a dissolved union delivered is not counted as its successor's.",
        )
        if text
    ]


def _latest(names: Names, windows: pl.DataFrame) -> str:
    """Who led in the last window, where that is not who led in the one before in which anything came."""
    last = windows["last"].max()
    told = []
    for (recipient,), rows in windows.filter(pl.col("rank") == 1).group_by("recipient", maintain_order=True):
        leads = rows.unique(["first", "last"], keep="first", maintain_order=True).sort("last")
        if leads["last"][-1] != last or leads.height < 2:
            continue
        now, before = leads.row(-1, named=True), leads.row(-2, named=True)
        if now["supplier"] != before["supplier"]:
            told.append(
                f"{names.actor(str(recipient))}'s was {now['name']} ({_told(now['share'], now['share_low'], now['share_high'])}) "
                f"in {now['first']}–{now['last']}, after {before['name']} in {before['first']}–{before['last']}"
            )
    return f"The lead changed lately: {'; '.join(told)}." if told else ""


def _hanging(study: Study, names: Names, first: int, last: int) -> str:
    """Where deliveries over the whole time are most and least concentrated."""
    if CONCENTRATION not in study.derived:
        return ""
    frame = (
        arms_concentration(study)
        .frame.filter((pl.col("first") == first) & (pl.col("last") == last))
        .sort("herfindahl_low", "recipient", descending=[True, False])
    )
    if frame.height < 2:
        return ""
    most, least = (
        f"{names.actor(row['recipient'])} (Herfindahl index {_index(row['herfindahl_low'], row['herfindahl_high'])})"
        for row in (frame.row(0, named=True), frame.row(-1, named=True))
    )
    return f"Over the whole time supplies hang most on few suppliers in {most}, least in {least}; 1 is one supplier alone."


def _index(low: float, high: float) -> str:
    return f"{low:.2f}" if f"{low:.2f}" == f"{high:.2f}" else f"{low:.2f} to {high:.2f}"


def _bars(
    study: Study, names: Names, whole: pl.DataFrame, windows: pl.DataFrame, frame: pl.DataFrame
) -> Figure:
    unknown = pl.col("supplier") == UNKNOWN
    order = (
        whole.filter(~unknown)
        .group_by("supplier", "name", maintain_order=True)
        .agg(pl.col("tiv").sum())
        .sort("tiv", "supplier", descending=[True, False])
    )
    own = dict(order.head(SHOWN).select("supplier", "name").iter_rows())
    rest = [OTHERS] if order.height > SHOWN else []
    loose = [UNKNOWN] if windows.filter(unknown).height else []
    groups = [*own.values(), *rest, *loose]
    label = pl.format("{}–{}", "first", "last")
    drawn = (
        windows.with_columns(
            who=pl.when(unknown)
            .then(pl.lit(UNKNOWN))
            .otherwise(pl.col("supplier").replace_strict(own, default=OTHERS)),
            window=label,
        )
        .group_by("recipient", "window", "who", maintain_order=True)
        .agg(pl.col("share").sum())
        .with_columns(place=pl.col("who").replace_strict({who: place for place, who in enumerate(groups)}))
    )
    spans = windows.select("first", "last").unique().sort("first").with_columns(window=label)
    totals = (
        pl.DataFrame(
            {"recipient": [actor for actor in study.about.members if actor in set(windows["recipient"])]}
        )
        .join(spans, how="cross")
        .join(
            windows.group_by(_SPAN).agg(pl.col("tiv").sum(), pl.col("tiv_high").sum()), on=_SPAN, how="left"
        )
        .with_columns(
            total=pl.when(pl.col("tiv").is_null())
            .then(pl.lit("none known"))
            .when(pl.col("tiv") == 0)
            .then(pl.format("< {}", "tiv_high"))
            .otherwise(pl.col("tiv").round().cast(pl.Int64).cast(pl.String)),
            at=pl.when(pl.col("tiv") > 0).then(1.0).otherwise(0.0),
        )
    )
    shown = pl.concat(
        [drawn, totals.select("recipient", "window", "total", "at")], how="diagonal"
    ).with_columns(state=pl.col("recipient").replace(names.actors))
    scale = alt.Scale(
        domain=groups, range=[*COLOURS[: len(own)], *([FAINT] if rest else []), *([RULE] if loose else [])]
    )
    rows = alt.Y(
        "window:O", title=None, sort=spans["window"].to_list(), axis=alt.Axis(domain=False, ticks=False)
    )
    base = alt.Chart(shown.select("state", "window", "who", "share", "place", "total", "at"))
    bars = (
        base.transform_filter("datum.share != null")
        .mark_bar(height=14)
        .encode(
            y=rows,
            x=alt.X(
                "share:Q",
                title=None,
                stack="zero",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", values=[0, 0.5, 1]),
            ),
            color=alt.Color("who:N", scale=scale, legend=alt.Legend(title=None, columns=5)),
            order="place:Q",
        )
    )
    text = (
        base.transform_filter("datum.total != null")
        .mark_text(align="left", dx=4, fontSize=11, color=FAINT)
        .encode(y=rows, x="at:Q", text="total:N")
    )
    chart = (
        alt.layer(bars, text)
        .properties(width=PANEL, height=22 * max(spans.height, 1))
        .facet(
            facet=alt.Facet(
                "state:N",
                title=None,
                sort=[names.actor(actor) for actor in study.about.members],
                header=alt.Header(labelAnchor="start"),
            ),
            columns=2,
            spacing={"row": 24, "column": 70},
        )
    )
    origin = study.derived[SERIES].origin
    return Figure(
        id="arms-suppliers",
        title=_headline(names, whole),
        subtitle="Each supplier's share of the volume of major arms delivered in a window of years (TIV, as printed). The number "
        "at the end of a bar is the whole of its window in millions of TIV.",
        source=f"{origin['citation']} (version {origin['version']})",
        chart=chart,
        frame=frame,
        alt="Stacked bars, one a window of years and state of the region: the suppliers' shares of arms delivered.",
    )


def _headline(names: Names, whole: pl.DataFrame) -> str:
    leading = whole.filter(pl.col("rank") == 1).unique("recipient", keep="first", maintain_order=True)
    if not leading.height:
        return "No supplier is known by name"
    counts = (
        leading.group_by("name", maintain_order=True)
        .agg(pl.col("recipient"))
        .sort(pl.col("recipient").list.len(), "name", descending=[True, False])
    )
    total = leading["recipient"].n_unique()
    told = [
        f"to {listed([names.actor(state) for state in states])}"
        if len(states) < MANY
        else f"to {len(states)} of {total} states"
        for states in counts["recipient"]
    ]
    (first, *others), (where, *elsewhere) = counts["name"].to_list(), told
    rest = "".join(f"; {name} {to}" for name, to in zip(others, elsewhere, strict=True))
    return f"{first} is the largest supplier of major arms {where}{rest}"


def _table(study: Study, names: Names, whole: pl.DataFrame) -> Table:
    percent = [(100 * pl.col(share)).round(1).alias(share) for share in ("share", "share_low", "share_high")]
    first, last = whole.select(pl.col("first").min(), pl.col("last").max()).row(0)
    origin = study.derived[SERIES].origin
    return Table(
        id="arms-suppliers-whole",
        title=f"Suppliers of each state from {first} to {last}",
        source=f"{origin['citation']} (version {origin['version']})",
        frame=whole.select(
            pl.col("recipient").replace(names.actors),
            *("rank", "name", "tiv", "tiv_low", "tiv_high"),
            *percent,
            pl.format("{}–{}", *percent[1:]).alias("ends"),
            "rows",
        ),
        headings={
            "recipient": "state",
            "rank": "rank",
            "name": "supplier",
            "tiv": "million TIV",
            "share": "share, %",
            "ends": "with rounding, %",
        },
        note="With rounding: what is left open if each yearly value is up to half a million more or less than printed. Unknown "
        "suppliers count in the whole and have no rank.",
    )
