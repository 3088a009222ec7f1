"""Regularity: at what intervals a body meets, and how evenly.

Reads meetings. The coefficient of variation of the gaps between successive meetings of a body at one level: 0 is a
clock; above 1 is burstier than chance (an exponential gap has 1).
"""

from __future__ import annotations

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.study import Study

LONGEST_DOUBT = 3 * 366  # a date more open than about three years dates nothing (ours)


def meeting_regularity(study: Study) -> Measured:
    """Gaps between meetings for each body and level with at least three dated meetings."""
    known = pl.col("date_latest") - pl.col("date_earliest") <= pl.duration(days=LONGEST_DOUBT)
    meetings = study.table("meetings").filter((pl.col("body") != "") & known)
    middle = pl.col("date_earliest") + (pl.col("date_latest") - pl.col("date_earliest")) / 2
    frame = (
        meetings.with_columns(middle=middle, exact=pl.col("date_earliest") == pl.col("date_latest"))
        .sort("body", "level", "middle")
        .with_columns(gap=(pl.col("middle").diff().over("body", "level")).dt.total_days() / 365.25)
        .group_by("body", "level", maintain_order=True)
        .agg(
            meetings=pl.len(),
            first=pl.col("date").first(),
            last=pl.col("date").last(),
            mean_gap_years=pl.col("gap").mean(),
            longest_gap_years=pl.col("gap").max(),
            variation=pl.col("gap").std() / pl.col("gap").mean(),
            inexact_dates=(~pl.col("exact")).sum(),
            rows=pl.col("row"),
        )
        .filter(pl.col("meetings") >= 3)
        .sort("meetings", "body", descending=[True, False])
    )
    return Measured(
        name="meeting-regularity",
        title="How regularly bodies meet",
        definition="Mean and longest gap between successive meetings in years, and the gaps' standard "
        "deviation over their "
        "mean (0: as a clock; 1: as chance; more: in bursts).",
        reference="coefficient of variation of inter-event times",
        frame=frame,
        assumptions=(
            "A meeting known to the month or year counts at the middle of it (ours).",
            "Meetings that the study does not list make gaps look longer.",
        ),
    )
