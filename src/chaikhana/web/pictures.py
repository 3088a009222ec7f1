"""Pictures of the explorer: a network that keeps its places, spells on a time line, lines through years, bounds, and a plane.

What it is: plain data in, an SVG fragment's parts out; the templates write the elements, so that everything is escaped in one
place and a page needs no script to show them. Colours and names of forms are the report's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.core.vocabulary import INFORMAL_FORMS, INSIDE_STATUSES
from chaikhana.study.membership import weighty_bodies
from chaikhana.study.study import Study

WIDE, HIGH = 900, 560  # the network's box
LEAST_TIE = 0.2  # share of members in common from which two bodies pull one another (ours)
STEPS = 180
ROUND = 11  # how far the largest body reaches from its place
LINE_WIDE, LINE_HIGH, LEFT, RIGHT, TOP, BOTTOM = 720, 220, 44, 130, 12, 26
COLOURS = ("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7")
DAYS = 365.25
Places = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A bar of a time line: from when until when, and whether an end is open to doubt."""

    begins: date
    ends: date
    kind: str
    told: str
    row: str
    doubtful: bool


def places(study: Study, label: Callable[[str], str]) -> tuple[Places, frozenset[str]]:
    """Where each weighty body of a study stands, over its whole life, so that a date changes ties and never places.

    Bodies are drawn together by the share of members that they ever had in common, in the manner of Fruchterman and Reingold
    (1991, doi:10.1002/spe.4380211102), from where their members put them.

    Returns
    -------
    places : mapping
        Body to x and y within the box.
    labelled : frozenset
        The bodies whose names can be written without one covering another.
    """
    bodies, ever = _ever(study)
    if not bodies:
        return {}, frozenset()
    shared = ever @ ever.T
    sizes = np.diag(shared)
    alike = shared / np.maximum(sizes[:, None] + sizes[None, :] - shared, 1)
    np.fill_diagonal(alike, 0)
    at = _drawn(np.where(alike >= LEAST_TIE, alike, 0), ever)
    low, high = at.min(axis=0), at.max(axis=0)
    at = (at - low) / np.maximum(high - low, 1e-9) * (WIDE - 130, HIGH - 60) + (50, 30)
    at = _apart(at)
    found = {body: (round(float(x), 1), round(float(y), 1)) for body, (x, y) in zip(bodies, at, strict=True)}
    return found, frozenset(_uncovered(found, label))


def _ever(study: Study) -> tuple[list[str], NDArray[np.float64]]:
    """Weighty bodies, and which actors ever sat in each; partners too in informal bodies."""
    weighty = weighty_bodies(study, (*INSIDE_STATUSES, "partner"))
    forms = dict(study.table("bodies").select("id", "form").iter_rows())
    held = study.table("memberships").filter(
        pl.col("body").is_in(list(weighty))
        & (
            pl.col("status").is_in(list(INSIDE_STATUSES))
            | (
                (pl.col("status") == "partner")
                & pl.col("body").replace_strict(forms).is_in(list(INFORMAL_FORMS))
            )
        )
    )
    bodies = sorted(set(held["body"]))
    actors = sorted(set(held["actor"]))
    ever = np.zeros((len(bodies), len(actors)))
    row, column = {one: n for n, one in enumerate(bodies)}, {one: n for n, one in enumerate(actors)}
    for body, actor in held.select("body", "actor").iter_rows():
        ever[row[body], column[actor]] = 1
    return bodies, ever


def _drawn(alike: NDArray[np.float64], ever: NDArray[np.float64]) -> NDArray[np.float64]:
    count = len(alike)
    start, _, _ = np.linalg.svd(ever - ever.mean(axis=0), full_matrices=False)
    at = np.zeros((count, 2))
    at[:, : min(2, start.shape[1])] = start[:, :2]
    angle = np.arange(count) * 2.399963  # the golden angle, so that bodies alike do not start in one place
    at += 0.05 * np.column_stack([np.cos(angle), np.sin(angle)])
    ideal = 1.15 / np.sqrt(count)
    for step in range(STEPS):
        apart = at[:, None] - at[None, :]
        length = np.maximum(np.sqrt((apart**2).sum(-1)), 0.01)
        push = ideal**2 / length**2 - alike * length / ideal * 0.55
        move = (apart * push[..., None]).sum(1) - 0.25 * at
        size = np.maximum(np.sqrt((move**2).sum(-1, keepdims=True)), 1e-9)
        at = at + move / size * np.minimum(size, 0.12 * (1 - step / STEPS) + 0.002)
    return at


def _apart(at: NDArray[np.float64], least: float = 30.0) -> NDArray[np.float64]:
    """Places moved until no two are nearer than `least`, within the box."""
    for _ in range(120):
        apart = at[:, None] - at[None, :]
        length = np.sqrt((apart**2).sum(-1)) + np.eye(len(at)) * 1e9
        near = np.maximum(least - length, 0)
        at = at + 0.5 * (apart / np.maximum(length, 0.1)[..., None] * near[..., None]).sum(1)
        at = np.clip(at, (20, 16), (WIDE - 76, HIGH - 16))
    return at


def _uncovered(found: Places, label: Callable[[str], str]) -> list[str]:
    """Labels in order of their bodies' names that cover none before them, and no other body."""
    taken: list[tuple[float, float, float, float]] = [
        (x - ROUND, y - ROUND, x + ROUND, y + ROUND) for x, y in found.values()
    ]
    kept = []
    for body in sorted(found, key=lambda one: (len(label(one)), one)):
        x, y = found[body]
        box = (x + ROUND + 1, y - 6, x + ROUND + 3 + 6.6 * len(label(body)), y + 6)
        if len(label(body)) > 14 or box[2] > WIDE:
            continue
        if all(box[2] < a or c < box[0] or box[3] < b or d < box[1] for a, b, c, d in taken):
            taken.append(box)
            kept.append(body)
    return kept


def spell(row: Mapping[str, Any], who: str) -> Spell:
    """A row of memberships as a bar, told of the one at its other end."""
    status = row["status"].replace("-", " ")
    return Spell(
        begins=row["from_earliest"],
        ends=row["to_latest"],
        kind=row["status"],
        told=f"{who}: {status}, {row['from'] or 'unknown'} to {row['to'] or 'unknown'}",
        row=row["row"],
        doubtful=row["from_earliest"] != row["from_latest"] or row["to_earliest"] != row["to_latest"],
    )


def timeline(
    spells: Mapping[str, Sequence[Spell]], first: date, last: date, on: date, label: Callable[[str], str]
) -> dict[str, object]:
    """Spells by line: what a template needs to draw them over one axis of years."""
    left, right, height = 150, 20, 20
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        part = (min(max(day, first), last) - first).days / span
        return round(left + part * (LINE_WIDE - left - right), 1)

    lines = []
    for number, (key, some) in enumerate(spells.items()):
        bars = [
            {
                "x": x(one.begins),
                "wide": max(round(x(one.ends) - x(one.begins), 1), 2.0),
                "kind": one.kind,
                "told": one.told,
                "row": one.row,
                "doubtful": one.doubtful,
            }
            for one in some
            if one.ends > first and one.begins <= last
        ]
        lines.append({"key": key, "label": label(key), "y": 24 + number * height, "bars": bars})
    high = 24 + len(lines) * height + 6
    return {"lines": lines, "wide": LINE_WIDE, "high": high, "now": x(on), "ticks": _ticks(first, last, x)}


def _ticks(first: date, last: date, x: Callable[[date], float]) -> list[tuple[float, str]]:
    years = [year for year in range(first.year, last.year + 1) if year % 5 == 0]
    return [(x(date(year, 1, 1)), str(year)) for year in years if date(year, 1, 1) >= first]


def lines(
    series: Mapping[str, Sequence[tuple[float, float | None]]],
    label: Callable[[str], str],
    on: float | None = None,
    unit: str = "",
    least: float | None = 0.0,
    most: float | None = None,
) -> dict[str, object]:
    """Lines through years: points by name, with an axis, and the name at the end of each line.

    Parameters
    ----------
    series : mapping
        Name to points of x (a year, in parts) and value; None breaks the line.
    least, most : float, optional
        Ends of the axis of values, widened to what there is.
    """
    xs = [x for points in series.values() for x, _ in points]
    values = [v for points in series.values() for _, v in points if v is not None]
    if not values:
        return {}
    low = min(values) if least is None else min(least, *values)
    high = max(values) if most is None else max(most, *values)
    high = high if high > low else low + 1
    begin, end = min(xs), max(max(xs), min(xs) + 1)

    def x(value: float) -> float:
        return round(LEFT + (value - begin) / (end - begin) * (LINE_WIDE - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(TOP + (high - value) / (high - low) * (LINE_HIGH - TOP - BOTTOM), 1)

    drawn: list[dict[str, object]] = []
    ends: list[tuple[float, int]] = []
    for number, (name, points) in enumerate(series.items()):
        pieces: list[list[tuple[float, float]]] = [[]]
        for at, value in points:
            if value is None:
                pieces.append([])
            else:
                pieces[-1].append((x(at), y(value)))
        kept = [piece for piece in pieces if piece]
        if not kept:
            continue
        drawn.append(
            {
                "name": name,
                "label": label(name),
                "colour": COLOURS[number % len(COLOURS)],
                "paths": [" ".join(f"{a},{b}" for a, b in piece) for piece in kept if len(piece) > 1],
                "dots": [piece[0] for piece in kept if len(piece) == 1],
                "end": kept[-1][-1],
            }
        )
        ends.append((kept[-1][-1][1], len(drawn) - 1))
    ends.sort()
    for place, (_, which) in zip(_spread([at for at, _ in ends]), ends, strict=True):
        drawn[which]["at"] = place
    marks = [low + (high - low) * part / 4 for part in range(5)]
    return {
        "lines": drawn,
        "wide": LINE_WIDE,
        "high": LINE_HIGH,
        "ticks": [(x(year), str(year)) for year in range(int(begin), int(end) + 1) if year % 5 == 0],
        "marks": [(y(mark), _short(mark)) for mark in marks],
        "now": None if on is None or not begin <= on <= end + 1 else x(min(on, end)),
        "left": LEFT,
        "right": LINE_WIDE - RIGHT,
        "bottom": LINE_HIGH - BOTTOM,
        "unit": unit,
    }


def _spread(at: Sequence[float], least: float = 14.0, bottom: float = LINE_HIGH - 8) -> list[float]:
    """Places in order, moved down until none covers the one before, and up again where they would leave the picture."""
    found: list[float] = []
    for place in at:
        found.append(max(place, found[-1] + least) if found else place)
    floor = bottom
    for number in reversed(range(len(found))):
        found[number] = min(found[number], floor)
        floor = found[number] - least
    return [round(place, 1) for place in found]


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:.2g}"


def bounds(values: Sequence[tuple[str, str, float, float, str]], unit: str) -> dict[str, object]:
    """Bounds of several subjects one under the other: key, label, low, high, kind."""
    if not values:
        return {}
    low = min(0.0, *(one[2] for one in values))
    high = max(one[3] for one in values)
    high = high if high > low else low + 1
    left, right = 200, 60

    def x(value: float) -> float:
        return round(left + (value - low) / (high - low) * (LINE_WIDE - left - right), 1)

    return {
        "lines": [
            {
                "key": key,
                "label": label,
                "x": x(a),
                "wide": max(round(x(b) - x(a), 1), 4.0),
                "kind": kind,
                "told": _short(a) if a == b else f"{_short(a)} to {_short(b)}",
                "y": 14 + 20 * number,
            }
            for number, (key, label, a, b, kind) in enumerate(values)
        ],
        "wide": LINE_WIDE,
        "high": 20 * len(values) + 34,
        "marks": [
            (x(low + (high - low) * part / 4), _short(low + (high - low) * part / 4)) for part in range(5)
        ],
        "unit": unit,
    }


def plane(
    values: Sequence[tuple[str, str, tuple[float, float], tuple[float, float], str]], across: str, up: str
) -> dict[str, object]:
    """Subjects in a plane, each as the box of its bounds: key, label, low and high across, low and high up, kind."""
    if not values:
        return {}
    most_x = max(one[2][1] for one in values) or 1.0
    most_y = max(one[3][1] for one in values) or 1.0
    wide, high, left, bottom = LINE_WIDE, 420, 56, 40

    def x(value: float) -> float:
        return round(left + value / most_x * (wide - left - 120), 1)

    def y(value: float) -> float:
        return round(high - bottom - value / most_y * (high - bottom - 16), 1)

    boxes: list[dict[str, object]] = [
        {
            "key": key,
            "label": label,
            "kind": kind,
            "x": x(a[0]),
            "y": y(b[1]),
            "wide": max(round(x(a[1]) - x(a[0]), 1), 5.0),
            "high": max(round(y(b[0]) - y(b[1]), 1), 5.0),
        }
        for key, label, a, b, kind in values
    ]
    order = sorted((y(b[1]) + 4, number) for number, (_, _, _, b, _) in enumerate(values))
    for place, (_, number) in zip(_spread([at for at, _ in order], bottom=high - bottom), order, strict=True):
        boxes[number]["at"] = place
    return {
        "boxes": boxes,
        "wide": wide,
        "high": high,
        "left": left,
        "bottom": high - bottom,
        "across": across,
        "up": up,
        "xs": [(x(most_x * part / 4), _short(most_x * part / 4)) for part in range(5)],
        "ys": [(y(most_y * part / 4), _short(most_y * part / 4)) for part in range(5)],
    }
