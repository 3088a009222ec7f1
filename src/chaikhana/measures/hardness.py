"""Hardness: how hard a body's institutionalism is, from its design, as an interval where attributes are unknown.

Reference: Moldashev & Qoraboyev 2018, introduction, after Acharya, Börzel and Söderbaum: formal structures, delegated power
and legal agreements make regionalism hard; informality and consensus make it soft. Reads design and bodies. Six
dimensions: delegation, pooling, bindingness, dispute settlement, secretariat, enforcement; equal weights are ours,
and varied. Both kinds are ideal types; a body mixes them, by issue, which one number does not show.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import UnknownNameError
from chaikhana.methods.interval_index import Dimensions, each_left_out, interval_index, varied_index
from chaikhana.study.design import Undated, design_on
from chaikhana.study.study import Study

SIX: Dimensions = {
    "delegation": ("delegation",),
    "pooling": ("pooling",),
    "bindingness": ("binding-decisions",),
    "dispute-settlement": ("dispute-settlement",),
    "secretariat": ("secretariat",),
    "enforcement": ("sanctions", "expulsion-or-suspension-clause"),
}
# The weights that no source gives: each set of dimensions counts its dimensions alike.
WEIGHTINGS: dict[str, Dimensions] = {
    "equal": SIX,
    # Moldashev & Qoraboyev 2018, introduction, fourth paragraph
    "three-marks": {
        "formal-structures": ("charter", "secretariat"),
        "delegation-of-power": ("delegation", "pooling"),
        "legal-agreements": ("binding-decisions", "dispute-settlement"),
    },
    # Abbott & Snidal 2000, doi:10.1162/002081800551280: hard law by obligation, precision, delegation
    "legalisation": {
        "obligation": ("binding-decisions",),
        "precision": ("precision",),
        "delegation": ("delegation", "dispute-settlement"),
    },
    # with the consensus-building of the soft kind
    "seven-with-consensus": {**SIX, "decision-rule": ("no-consensus-rule",)},
    **each_left_out(SIX),
}
TURNED = {"no-consensus-rule": "consensus-rule"}
INDICATORS = tuple(
    dict.fromkeys(one for dims in WEIGHTINGS.values() for several in dims.values() for one in several)
)


def hardness(study: Study, day: date, weighting: str = "equal", undated: Undated = "stands") -> Measured:
    """Hardness of every living body, from 0 (soft) to 1 (hard).

    Parameters
    ----------
    weighting : str
        One of `WEIGHTINGS`.
    undated : {"stands", "unknown"}
        How statements without dates are read; see `study.design.design_on`.

    Returns
    -------
    Measured
        Columns body, form, hardness_low, hardness_high (0 to 1), known (attributes known to a point), of (attributes that
        apply), varied_low, varied_high (over all weightings), rows; the hardest first.

    Raises
    ------
    UnknownNameError
        If there is no such weighting.
    """
    if weighting not in WEIGHTINGS:
        raise UnknownNameError("weighting", weighting, WEIGHTINGS)
    values = _values(study, day, undated)
    index = interval_index(values, ("body", "form"), WEIGHTINGS[weighting])
    counted = [one for several in WEIGHTINGS[weighting].values() for one in several]
    rows = (
        values.filter(pl.col("indicator").is_in(counted))
        .group_by("body", maintain_order=True)
        .agg(rows=pl.col("rows").explode().unique(maintain_order=True))
    )
    frame = (
        index.join(_varied(study, day, undated), on="body", how="left")
        .join(rows, on="body", how="left")
        .select(
            "body",
            "form",
            hardness_low=pl.col("low").round(4),
            hardness_high=pl.col("high").round(4),
            known="known",
            of="of",
            varied_low=pl.col("varied_low").round(4),
            varied_high=pl.col("varied_high").round(4),
            rows="rows",
        )
        .sort("hardness_low", "hardness_high", "body", descending=[True, True, False])
    )
    return Measured(
        name="hardness",
        title=f"How hard each body's institutionalism is on {day}",
        definition="The mean of delegation, pooling, bindingness, dispute settlement, secretariat and "
        "enforcement, each from 0 (none, no) to 1 (high, a court, yes); an unknown attribute is set to 0, "
        "then to 1. Varied: the ends over all weightings.",
        reference="Moldashev & Qoraboyev 2018, introduction (after Acharya, Börzel, Söderbaum)",
        frame=frame,
        assumptions=(
            f"Equal weights of the dimensions are ours; here: {weighting}. Varied over: "
            f"{', '.join(WEIGHTINGS)}.",
            "Grades are equally far apart; enforcement is the mean of sanctions and of a clause on expulsion or "
            "suspension (ours).",
            "A statement without a beginning or an end is read as standing until another replaces it (ours)."
            if undated == "stands"
            else "A statement whose dates leave the day open counts as unknown.",
            "A body of which nothing is known lies between 0 and 1. Its form is shown beside, and does not count.",
        ),
    )


@lru_cache(maxsize=64)
def _varied(study: Study, day: date, undated: Undated) -> pl.DataFrame:
    """The ends over all weightings, the same whichever is asked for."""
    return varied_index(_values(study, day, undated), ("body",), WEIGHTINGS)


@lru_cache(maxsize=64)
def _values(study: Study, day: date, undated: Undated) -> pl.DataFrame:
    """Every indicator of every living body, the turned ones turned: body, form, indicator, low, high, rows."""
    back = {attribute: indicator for indicator, attribute in TURNED.items()}
    found = design_on(study, day, [TURNED.get(one, one) for one in INDICATORS], undated)
    turned = pl.col("attribute").is_in(list(back))
    return found.with_columns(
        indicator=pl.col("attribute").replace(back),
        low=pl.when(turned).then(1 - pl.col("high")).otherwise("low"),
        high=pl.when(turned).then(1 - pl.col("low")).otherwise("high"),
    )
