"""The design of bodies on a day: each attribute as a number from 0 to 1, known within bounds.

What it is: the as-of question that the indices of institutional design start from. A yes is 1, a no is 0, a grade its place on
its scale (none, low, medium, high: 0, ⅓, ⅔, 1). Many sources state an attribute without saying since when or until
when; two readings of such rows are offered, and the caller says which. Ours: grades are equally far apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

import polars as pl

from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import GRADED_ATTRIBUTES, YES_NO_ATTRIBUTES
from chaikhana.errors import BadValueError, allowed_values
from chaikhana.study.membership import living_bodies
from chaikhana.study.study import Study

Undated = Literal["stands", "unknown"]


def design_on(
    study: Study, day: date, attributes: Sequence[str], undated: Undated = "stands"
) -> pl.DataFrame:
    """The bounds of attributes of every living body.

    Parameters
    ----------
    attributes : sequence of str
        Which attributes.
    undated : {"stands", "unknown"}
        How a row is read whose dates leave the day open (no beginning, or no end, is given): as a statement that stands
        until another row replaces it, or as no knowledge of the day.

    Returns
    -------
    polars.DataFrame
        Columns body, form, attribute, low, high, rows; one row a body and attribute. Bounds are 0 and 1 where nothing is
        known, null where the attribute does not apply; where several rows may hold, they enclose them all.

    Raises
    ------
    BadValueError
        If there is no such attribute or reading.
    """
    known = (*YES_NO_ATTRIBUTES, *GRADED_ATTRIBUTES)
    for attribute in attributes:
        if attribute not in known:
            raise BadValueError(
                f"There is no design attribute ‘{attribute}’. {allowed_values(attribute, known)}"
            )
    if undated not in ("stands", "unknown"):
        raise BadValueError(f"‘{undated}’ is not a reading of undated rows. Allowed: stands, unknown.")
    return _bounds_on(study, day, tuple(attributes), undated)


@lru_cache(maxsize=64)
def _bounds_on(study: Study, day: date, attributes: tuple[str, ...], undated: Undated) -> pl.DataFrame:
    stated = (
        study.on("design", day)
        .filter(pl.col("attribute").is_in(attributes) & (pl.col("holds") != Truth.NO.value))
        .join(_scale(), on=["attribute", "value"], how="left")
    )
    open_day = (pl.col("holds") == Truth.YES.value).any().not_() & pl.lit(undated == "unknown")
    away = pl.col("value") == Truth.NOT_APPLICABLE.value
    silent = pl.col("value") == Truth.UNKNOWN.value
    summed = stated.group_by("body", "attribute", maintain_order=True).agg(
        low=pl.when(silent.any() | open_day).then(0.0).otherwise(pl.col("number").min()),
        high=pl.when(silent.any() | open_day).then(1.0).otherwise(pl.col("number").max()),
        away=away.all() & open_day.not_(),
        design_rows=pl.col("row"),
    )
    bodies = living_bodies(study, day).select(body="id", form="form", own="row")
    return (
        bodies.join(
            pl.DataFrame({"attribute": list(dict.fromkeys(attributes))}, schema={"attribute": pl.String}),
            how="cross",
        )
        .join(summed, on=["body", "attribute"], how="left")
        .with_columns(
            *(
                pl.when(pl.col("away").fill_null(False))
                .then(None)
                .otherwise(pl.col(end).fill_null(value))
                .alias(end)
                for end, value in (("low", 0.0), ("high", 1.0))
            ),
            rows=pl.concat_list("own", pl.col("design_rows").fill_null([])),
        )
        .select("body", "form", "attribute", "low", "high", "rows")
        .sort("body", "attribute")
    )


@lru_cache(maxsize=1)
def _scale() -> pl.DataFrame:
    """The number that each value of each attribute stands for."""
    graded = [
        (attribute, grade, place / (len(grades) - 1))
        for attribute, grades in GRADED_ATTRIBUTES.items()
        for place, grade in enumerate(grades)
    ]
    plain = [
        (attribute, word, number)
        for attribute in YES_NO_ATTRIBUTES
        for word, number in ((Truth.YES.value, 1.0), (Truth.NO.value, 0.0))
    ]
    return pl.DataFrame(
        [*plain, *graded],
        schema={"attribute": pl.String, "value": pl.String, "number": pl.Float64},
        orient="row",
    )
