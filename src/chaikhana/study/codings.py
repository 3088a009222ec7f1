"""Judgements of coders on a day, and how far the coders agree.

What it is: the table of codings as frameworks read it. A coding without dates stands for as long as the study speaks (ours); one
with dates holds within them. Agreement is Krippendorff's alpha over units and codes that two coders or more have judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from chaikhana.methods.reliability import Reliability, krippendorff_alpha
from chaikhana.study.study import Study


def codings_on(
    study: Study, framework: str, day: date, unit: str = "", codes: Sequence[str] = ()
) -> pl.DataFrame:
    """The codings in a framework's terms that hold, or may hold, on a day.

    Parameters
    ----------
    unit : str, optional
        What is judged: ``region:ID``, ``bodies:ID``; by default anything.
    codes : sequence of str, optional
        The questions wanted; by default all.

    Returns
    -------
    polars.DataFrame
        Columns unit, code, value, coder, confidence, holds (yes or unknown), row.
    """
    held = study.on("codings", day)
    undated = (pl.col("from") == "") & pl.col("to").is_in(["", ".."])
    wanted = pl.col("framework") == framework
    if unit:
        wanted &= pl.col("unit") == unit
    if codes:
        wanted &= pl.col("code").is_in(list(codes))
    return (
        held.with_columns(holds=pl.when(undated).then(pl.lit("yes")).otherwise("holds"))
        .filter(wanted & (pl.col("holds") != "no"))
        .select("unit", "code", "value", "coder", "confidence", "holds", "row")
    )


def agreement(codings: pl.DataFrame) -> Reliability:
    """How far coders agree: nominal alpha over units and codes; a coder's several answers to one question count each."""
    judged = codings.group_by("unit", "code", maintain_order=True).agg(
        "value", coders=pl.col("coder").n_unique()
    )
    several = judged.filter(pl.col("coders") > 1)["value"].to_list()
    return krippendorff_alpha(several, draws=1000, seed=1)
