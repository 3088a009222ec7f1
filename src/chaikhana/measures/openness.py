"""Openness of a body in the sense of open regionalism: cooperation of some that shuts out neither others nor other choices.

Reference: Talka 2018 (master's thesis, University of Helsinki), sections 2.1.3 and 6.7.4, after Garnaut. Reads design,
leads and memberships. Five dimensions: no discrimination against outsiders, open accession, weak obligations, no single
dominant lead, no common external tariff. An unknown indicator makes the index an interval. The thesis proposes the
operationalisation (7.4) and does not make it: indicators and equal weights are ours.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.truth import Truth
from chaikhana.errors import UnknownNameError
from chaikhana.methods.interval_index import Dimensions, each_left_out, interval_index, varied_index
from chaikhana.study.design import Undated, design_on
from chaikhana.study.membership import ties
from chaikhana.study.study import Study

FIVE: Dimensions = {
    "no-discrimination": ("no-free-trade-area", "no-excluded-bases"),
    "open-accession": ("open-accession", "no-geographic-limit", "outsiders-at-the-table"),
    "weak-obligations": ("no-binding-decisions", "no-sanctions", "no-delegation"),
    "no-single-lead": ("no-single-lead",),
    "no-common-external-tariff": ("no-common-external-tariff",),
}
WEIGHTINGS: dict[str, Dimensions] = {"equal": FIVE, **each_left_out(FIVE)}
# Each attribute of design, and the indicator of openness that it is, or that its contrary is.
STRAIGHT = {"open-accession": "open-accession"}
TURNED = {
    "free-trade-area": "no-free-trade-area",
    "excludes-outside-bases": "no-excluded-bases",
    "geographic-limit": "no-geographic-limit",
    "binding-decisions": "no-binding-decisions",
    "sanctions": "no-sanctions",
    "delegation": "no-delegation",
    "single-lead": "no-single-lead",
    "common-external-tariff": "no-common-external-tariff",
}
OUTSIDERS = ("observer", "partner", "candidate", "associate")


def openness(study: Study, day: date, weighting: str = "equal", undated: Undated = "stands") -> Measured:
    """Openness of every living body, from 0 (closed) to 1 (open).

    Parameters
    ----------
    weighting : str
        One of `WEIGHTINGS`.
    undated : {"stands", "unknown"}
        How statements without dates are read; see `study.design.design_on`.

    Returns
    -------
    Measured
        Columns body, form, openness_low, openness_high (0 to 1), known (indicators known to a point), of (indicators that
        apply), varied_low, varied_high (over all weightings), rows; the most open first.

    Raises
    ------
    UnknownNameError
        If there is no such weighting.
    """
    if weighting not in WEIGHTINGS:
        raise UnknownNameError("weighting", weighting, WEIGHTINGS)
    values = _values(study, day, undated)
    counted = [one for several in WEIGHTINGS[weighting].values() for one in several]
    rows = (
        values.filter(pl.col("indicator").is_in(counted))
        .group_by("body", maintain_order=True)
        .agg(rows=pl.col("rows").explode().unique(maintain_order=True))
    )
    frame = (
        interval_index(values, ("body", "form"), WEIGHTINGS[weighting])
        .join(_varied(study, day, undated), on="body", how="left")
        .join(rows, on="body", how="left")
        .select(
            "body",
            "form",
            openness_low=pl.col("low").round(4),
            openness_high=pl.col("high").round(4),
            known="known",
            of="of",
            varied_low=pl.col("varied_low").round(4),
            varied_high=pl.col("varied_high").round(4),
            rows="rows",
        )
        .sort("openness_low", "openness_high", "body", descending=[True, True, False])
    )
    return Measured(
        name="openness",
        title=f"How open each body is on {day}",
        definition="The mean of five dimensions, each from 0 to 1: no discrimination against outsiders (no "
        "free-trade area, no bar to outside bases), open accession (open by its rules, no geographic limit, "
        "outsiders at the table), weak obligations (no binding decisions, no sanctions, no delegation), no "
        "single dominant lead, no common external tariff. Unknown indicators are set to 0, then to 1.",
        reference="Talka 2018, sections 2.1.3, 6.7.4 and 7.4",
        frame=frame,
        assumptions=(
            f"Indicators and equal weights are ours; here: {weighting}. Varied over: {', '.join(WEIGHTINGS)}.",
            "Preferences among members count as discrimination, whatever the tariff towards others (ours).",
            "Outsiders are at the table where the body has an associate, observer, partner or candidate; where "
            "the study has none it is unknown whether there are (ours).",
            "Where design does not say whether there is a single lead, the table of leads does: one dominant "
            "lead alone, or two leads at least (ours).",
            "A statement without a beginning or an end is read as standing until another replaces it (ours)."
            if undated == "stands"
            else "A statement whose dates leave the day open counts as unknown.",
            "That members' barriers to outsiders fell is not in the tables and is left out.",
        ),
    )


@lru_cache(maxsize=64)
def _varied(study: Study, day: date, undated: Undated) -> pl.DataFrame:
    """The ends over all weightings, the same whichever is asked for."""
    return varied_index(_values(study, day, undated), ("body",), WEIGHTINGS)


@lru_cache(maxsize=64)
def _values(study: Study, day: date, undated: Undated) -> pl.DataFrame:
    """Every indicator of every living body: body, form, indicator, low, high, rows."""
    found = design_on(study, day, [*STRAIGHT, *TURNED], undated)
    turned = pl.col("attribute").is_in(list(TURNED))
    designed = found.select(
        "body",
        "form",
        indicator=pl.col("attribute").replace({**STRAIGHT, **TURNED}),
        low=pl.when(turned).then(1 - pl.col("high")).otherwise("low"),
        high=pl.when(turned).then(1 - pl.col("low")).otherwise("high"),
        rows="rows",
    )
    bodies = found.select("body", "form").unique(maintain_order=True)
    own = found.group_by("body", maintain_order=True).agg(own=pl.col("rows").list.first().first())
    seated = (
        bodies.join(own, on="body")
        .join(_outsiders(study, day), on="body", how="left")
        .select(
            "body",
            "form",
            indicator=pl.lit("outsiders-at-the-table"),
            low=pl.col("certain").fill_null(False).cast(pl.Float64),
            high=pl.lit(1.0),
            rows=pl.concat_list("own", pl.col("seat_rows").fill_null([])),
        )
    )
    return pl.concat([_with_leads(designed, _leads(study, day, undated)), seated]).sort("body", "indicator")


def _outsiders(study: Study, day: date) -> pl.DataFrame:
    """Bodies at whose table an outsider may sit: body, certain, seat_rows."""
    return (
        ties(study, [day], OUTSIDERS)
        .group_by("body", maintain_order=True)
        .agg(certain=(pl.col("holds") == Truth.YES.value).any(), seat_rows=pl.col("row"))
    )


def _leads(study: Study, day: date, undated: Undated) -> pl.DataFrame:
    """What the leads say of a single dominant lead: body, no_single (0 or 1; no row where they leave it open), lead_rows."""
    standing = (Truth.YES.value, Truth.UNKNOWN.value) if undated == "stands" else (Truth.YES.value,)
    return (
        study.on("leads", day)
        .filter(pl.col("kind").is_in(["dominant", "co-lead"]) & pl.col("holds").is_in(standing))
        .group_by("body", maintain_order=True)
        .agg(
            actors=pl.col("actor").n_unique(),
            dominant=(pl.col("kind") == "dominant").any(),
            lead_rows=pl.col("row"),
        )
        .filter((pl.col("actors") > 1) | pl.col("dominant"))
        .select("body", "lead_rows", no_single=(pl.col("actors") > 1).cast(pl.Float64))
    )


def _with_leads(designed: pl.DataFrame, leads: pl.DataFrame) -> pl.DataFrame:
    """The indicators, with that of a single lead taken from the leads where design knows nothing."""
    filled = (
        (pl.col("indicator") == "no-single-lead")
        & (pl.col("low") == 0)
        & (pl.col("high") == 1)
        & pl.col("no_single").is_not_null()
    )
    return designed.join(leads, on="body", how="left").select(
        "body",
        "form",
        "indicator",
        low=pl.when(filled).then("no_single").otherwise("low"),
        high=pl.when(filled).then("no_single").otherwise("high"),
        rows=pl.when(filled)
        .then(pl.concat_list("rows", pl.col("lead_rows").fill_null([])))
        .otherwise("rows"),
    )
