"""Who is in what, when: the matrix of states by bodies on any date, and a timeline for each state."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from chaikhana.core.vocabulary import BODY_FORMS, FULL_STATUSES, STATUSES
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.report.blocks import Block, Chapter, Figure, Part, Prose
from chaikhana.report.drawing import WIDTH
from chaikhana.report.names import FORMS, Names
from chaikhana.study.study import Study

SIGNS = {
    "founder-member": "●",
    "member": "●",
    "associate": "◐",
    "observer": "○",
    "partner": "○",
    "candidate": "◌",
    "signatory": "◌",
    "suspended": "✕",
    "withdrawn": "✕",
}
KINDS = {
    "founder-member": "full member",
    "member": "full member",
    "associate": "associate or signatory",
    "signatory": "associate or signatory",
    "observer": "observer, partner or candidate",
    "partner": "observer, partner or candidate",
    "candidate": "observer, partner or candidate",
    "suspended": "suspended",
}
KIND_COLOURS = {
    "full member": "#0072B2",
    "associate or signatory": "#56B4E9",
    "observer, partner or candidate": "#E69F00",
    "suspended": "#999999",
}


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    blocks: list[Block] = [
        Prose(
            paragraphs=(
                "Move the date: the table shows who was in what on that day. A question mark is a spell whose "
                "dates leave the day open. Every sign opens the rows that it rests on. Bodies that are most the "
                "region's own stand first.",
            )
        ),
        Part(template="matrix.html", values=_matrix(study, names)),
    ]
    blocks += [_timeline(study, names, actor) for actor in study.about.members]
    return Chapter(id="memberships", title="Who is in what, when", blocks=tuple(blocks))


def _matrix(study: Study, names: Names) -> dict[str, object]:
    spells = study.table("memberships")
    members = list(study.about.members)
    outsiders = [actor for actor in (*study.about.powers, *study.about.others) if actor in names.actors]
    shown = spells.filter(pl.col("actor").is_in(members))["body"].unique().to_list()
    nearest = exclusivity(study, study.about.last_day).frame.select(
        "body", sure=pl.col("region_low") > 1, own=pl.col("exclusivity_low"), covered=pl.col("coverage_high")
    )
    bodies = (
        study.table("bodies")
        .filter(pl.col("id").is_in(shown))
        .join(nearest, left_on="id", right_on="body", how="left")
        .sort(
            "sure",
            "own",
            "covered",
            "to_latest",
            "from_earliest",
            "id",
            descending=[True, True, True, True, False, False],
            nulls_last=True,
        )
    )
    columns = [*members, *outsiders]
    cells: dict[str, list[list[Any]]] = {}
    order = {status: place for place, status in enumerate(STATUSES)}
    lives = bodies.select(body="id", begins="from_earliest", ends="to_latest")
    held = spells.filter(pl.col("actor").is_in(columns)).join(lives, on="body")
    for row in held.iter_rows(named=True):
        bounds = [
            max(row["from_earliest"], row["begins"]),
            row["from_latest"],
            row["to_earliest"],
            min(row["to_latest"], row["ends"]),
        ]
        cells.setdefault(f"{row['body']} {row['actor']}", []).append(
            [*(bound.toordinal() for bound in bounds), order[row["status"]], row["row"]]
        )
    now = {cell: _sign(spells, study.about.last_day.toordinal()) for cell, spells in cells.items()}
    grouped = []
    for form in BODY_FORMS:
        inside = bodies.filter(pl.col("form") == form)
        if inside.height:
            grouped.append(
                (
                    FORMS[form],
                    [
                        {"id": key, "short": names.short(key), "name": name, "row": row}
                        for key, name, row in inside.select("id", "name", "row").iter_rows()
                    ],
                )
            )
    return {
        "groups": grouped,
        "columns": [(actor, names.actor(actor), actor in members) for actor in columns],
        "cells": cells,
        "now": now,
        "statuses": list(STATUSES),
        "signs": [SIGNS[status] for status in STATUSES],
        "first": study.about.first_day,
        "last": study.about.last_day,
    }


def _sign(spells: list[list[Any]], day: int) -> tuple[str, str, str] | None:
    """The sign of a cell on a day, its word and its rows, by the rule that the page's script follows."""
    order = list(STATUSES)
    holding = sorted(
        (not (since_latest <= day < until_earliest), status, row)
        for since, since_latest, until_earliest, until, status, row in spells
        if since <= day < until
    )
    if not holding:
        return None
    doubtful, status, _ = holding[0]
    word = order[status]
    return (
        "?" if doubtful else SIGNS[word],
        f"perhaps {word}" if doubtful else word,
        " ".join(row for *_, row in holding),
    )


def _timeline(study: Study, names: Names, actor: str) -> Figure:
    today = study.about.last_day
    begins = study.about.first_day
    frame = (
        study.table("memberships")
        .filter((pl.col("actor") == actor) & pl.col("status").is_in(list(KINDS)))
        .join(study.table("bodies").select(body="id", begun="from_earliest", ended="to_latest"), on="body")
        .with_columns(
            start=pl.max_horizontal("from_latest", pl.lit(begins)),
            end=pl.min_horizontal("to_earliest", pl.lit(today)),
            maybe_start=pl.max_horizontal("from_earliest", "begun", pl.lit(begins)),
            maybe_end=pl.min_horizontal("to_latest", "ended", pl.lit(today)),
            kind=pl.col("status").replace_strict(KINDS),
        )
        .with_columns(name=pl.col("body").map_elements(names.short, return_dtype=pl.String))
        .sort("maybe_start", "name")
    )
    certain = frame.filter(pl.col("start") < pl.col("end")).select("name", "kind", "start", "end")
    maybe = frame.select("name", "kind", start="maybe_start", end="maybe_end").filter(
        pl.col("start") < pl.col("end")
    )
    order = frame["name"].unique(maintain_order=True).to_list()
    sure = pl.col("status").is_in(FULL_STATUSES) & (pl.col("start") < pl.col("end"))
    full = frame.filter(sure)["body"].n_unique()
    return Figure(
        id=f"timeline-{actor}",
        title=f"{names.actor(actor)}: certainly a full member of {full} bodies at some time since {begins.year}",
        subtitle="Spells of membership in the order of their beginning. Pale: days that the dates leave "
        "open.",
        source="study table memberships",
        chart=_bars(maybe, certain, order, begins, today),
        frame=frame.select("body", "status", "from", "to", "basis", "cite", rows=pl.concat_list("row")),
        alt=f"Bars, one a body, of the years in which {names.actor(actor)} has been in it.",
        folded=actor != study.about.members[0],
    )


def _bars(
    maybe: pl.DataFrame, certain: pl.DataFrame, order: list[str], begins: date, today: date
) -> alt.TopLevelMixin:
    x = alt.X(
        "start:T",
        title=None,
        scale=alt.Scale(domain=[begins.isoformat(), today.isoformat()]),
        axis=alt.Axis(orient="top", format="%Y", tickCount=8),
    )
    y = alt.Y(
        "name:N", sort=order, title=None, axis=alt.Axis(grid=False, ticks=False, domain=False, labelLimit=200)
    )
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(KIND_COLOURS), range=list(KIND_COLOURS.values())),
        legend=alt.Legend(title=None),
    )
    return alt.layer(
        alt.Chart(_dated(maybe)).mark_bar(height=9, opacity=0.28).encode(x=x, x2="end:T", y=y, color=colour),
        alt.Chart(_dated(certain)).mark_bar(height=9).encode(x=x, x2="end:T", y=y, color=colour),
    ).properties(width=WIDTH - 240, height=alt.Step(15))


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("start", "end").cast(pl.String))
