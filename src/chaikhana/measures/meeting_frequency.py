"""Meeting frequency and level: how many meetings a year, of whom, at what rank.

Reads meetings and attendance. Counts meetings in which at least one member of the region took part, by the rank
of those who met and by whether outsiders sat at the table.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.study import Study


def meeting_frequency(study: Study, first: date | None = None, last: date | None = None) -> Measured:
    """Meetings per year, level, and company (the region alone, or with outsiders)."""
    inside = pl.col("actor").is_in(study.about.members)
    came = (
        study.table("attendance")
        .filter(pl.col("present") == "yes")
        .group_by(id="meeting", maintain_order=True)
        .agg(
            members=inside.sum(),
            outsiders=(~inside).sum(),
            attendance_rows=pl.col("row"),
        )
    )
    begins, ends = first or study.about.first_day, last or study.about.last_day
    frame = (
        study.table("meetings")
        .join(came, on="id")
        .filter((pl.col("members") > 0) & pl.col("date_earliest").is_between(begins, ends))
        .with_columns(
            year=pl.col("date_earliest").dt.year(),
            company=pl.when(pl.col("outsiders") == 0)
            .then(pl.lit("the region alone"))
            .otherwise(pl.lit("with outsiders")),
        )
        .group_by("year", "level", "company", maintain_order=True)
        .agg(
            meetings=pl.len(),
            ids=pl.col("id"),
            rows=pl.concat([pl.col("row"), pl.col("attendance_rows").explode()]),
        )
        .sort("year", "level", "company")
    )
    return Measured(
        name="meeting-frequency",
        title="Meetings a year, by rank and company",
        definition="Meetings that at least one member of the region is known to have attended; with "
        "outsiders where an "
        "actor from outside the region is known to have attended.",
        reference="study tables meetings, attendance",
        frame=frame,
        assumptions=("The study lists meetings that its sources name; it is no complete register.",),
    )
