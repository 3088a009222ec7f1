"""What an actor deals in with others, from the series that a study carries: votes, trade, arms, and what it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import ChaikhanaError
from chaikhana.measures.arms_suppliers import arms_suppliers
from chaikhana.measures.speech_frames import speech_frames
from chaikhana.measures.trade_partners import trade_partners
from chaikhana.measures.vote_agreement import vote_agreement
from chaikhana.web.site import Site

YEARS_OF_VOTES = 5  # sessions over which agreement is averaged (ours)
MOST_LINES = 6


def _measured(site: Site, name: str, compute: Callable[..., Measured]) -> pl.DataFrame | None:
    """A measure of a series, where the study carries it."""

    def find() -> pl.DataFrame | None:
        try:
            return compute(site.study).frame
        except ChaikhanaError:
            return None

    found: pl.DataFrame | None = site.remembered(("measure", name), find)
    return found


def votes(site: Site, id: str) -> dict[str, Any] | None:
    """How alike an actor votes with others: by partner, and lines through the sessions; None where no series has it."""
    frame = _measured(site, "vote-agreement", vote_agreement)
    if frame is None:
        return None
    own = frame.filter((pl.col("actor_1") == id) | (pl.col("actor_2") == id)).with_columns(
        partner=pl.when(pl.col("actor_1") == id).then("actor_2").otherwise("actor_1")
    )
    if own.is_empty():
        return None
    records = []
    lines: dict[str, list[tuple[float, float | None]]] = {}
    for partner in own["partner"].unique(maintain_order=True):
        some = own.filter(pl.col("partner") == partner).sort("session")
        last = some.tail(YEARS_OF_VOTES)
        records.append(
            {
                "partner": partner,
                "sessions": f"{last['session'][0]} to {last['session'][-1]}",
                "agreement": last["agreement"].mean(),
                "against_chance": last["kappa"].mean(),
                "votes": last["votes"].sum(),
            }
        )
        lines[partner] = [
            (1945.0 + session, value) for session, value in some.select("session", "agreement").iter_rows()
        ]
    records.sort(key=lambda one: -(one["agreement"] or 0))
    outside = [one["partner"] for one in records if one["partner"] not in site.study.about.members]
    return {"records": records, "lines": {one: lines[one] for one in outside[:MOST_LINES]}}


def trade(site: Site, id: str) -> dict[str, Any] | None:
    """With whom an actor trades: ranks by year, and lines of the largest partners; None where no series has it."""
    frame = _measured(site, "trade-partners", trade_partners)
    if frame is None:
        return None
    own = frame.filter(pl.col("state") == id)
    if own.is_empty():
        return None
    last = int(own["year"].max())  # type: ignore[arg-type]
    ranked = own.sort("year", "rank").select("year", "rank", "partner", "name", "share").to_dicts()
    top = [one["partner"] for one in ranked if one["year"] == last][:MOST_LINES]
    lines: dict[str, list[tuple[float, float | None]]] = {one: [] for one in top}
    for one in ranked:
        if one["partner"] in lines:
            lines[one["partner"]].append((float(one["year"]), one["share"]))
    return {
        "records": [one | {"year": one["year"], "partner": one["partner"] or one["name"]} for one in ranked],
        "lines": lines,
        "last": last,
    }


def arms(site: Site, id: str) -> list[dict[str, Any]]:
    """From whom an actor receives arms."""
    frame = _measured(site, "arms-suppliers", arms_suppliers)
    if frame is None:
        return []
    own = frame.filter(pl.col("recipient") == id).sort("rank")
    return [one | {"supplier": one["supplier"] or one["name"]} for one in own.to_dicts()]


def speech(site: Site, id: str) -> dict[str, Any] | None:
    """What an actor speaks of: by frame, and lines of the most frequent; None where no series has it."""
    frame = _measured(site, "speech-frames", speech_frames)
    if frame is None:
        return None
    own = frame.filter(pl.col("actor") == id).sort("year")
    if own.is_empty():
        return None
    last = own["year"].max()
    records = [
        {
            "frame": name,
            "year": str(last),
            "per_thousand": own.filter((pl.col("frame") == name) & (pl.col("year") == last))[
                "per_thousand"
            ].sum(),
            "mean": own.filter(pl.col("frame") == name)["per_thousand"].mean(),
        }
        for name in own["frame"].unique(maintain_order=True)
    ]
    records.sort(key=lambda one: -one["mean"])
    lines = {
        str(one["frame"]): [
            (float(year), value)
            for year, value in own.filter(pl.col("frame") == one["frame"])
            .select("year", "per_thousand")
            .iter_rows()
        ]
        for one in records[:MOST_LINES]
    }
    return {"records": records, "lines": lines}


def vote_agreement_of(site: Site, a: str, b: str) -> float | None:
    """The mean agreement of two actors over the last sessions that both voted in, where the study carries it."""
    found = site.remembered(("votes", a), lambda: votes(site, a))
    return next(
        (one["agreement"] for one in (found or {"records": []})["records"] if one["partner"] == b), None
    )
