"""Attendance: how often each member of the region came, and at what rank, body by body.

Reads meetings and attendance. The share is an interval: *unknown* counts as away, then as present. Parity of rank: whether
the person who came had the rank of the meeting.
"""

from __future__ import annotations

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import LEVELS
from chaikhana.study.study import Study


def meeting_attendance(study: Study) -> Measured:
    """Attendance of each member of the region per body, over all meetings with a row for it."""
    joined = (
        study.table("attendance")
        .filter(pl.col("actor").is_in(study.about.members))
        .join(study.table("meetings").select(meeting="id", body="body", wanted="level"), on="meeting")
        .filter(pl.col("body") != "")
    )
    rank = {**LEVELS, "": None}
    present = pl.col("present") == "yes"
    frame = (
        joined.with_columns(
            lower=pl.col("level").replace_strict(rank, return_dtype=pl.Int8)
            < pl.col("wanted").replace_strict(rank, return_dtype=pl.Int8)
        )
        .group_by("body", "actor", maintain_order=True)
        .agg(
            meetings=pl.len(),
            came=present.sum(),
            unknown=(pl.col("present") == "unknown").sum(),
            below_rank=(present & pl.col("lower")).sum(),
            rows=pl.col("row"),
        )
        .with_columns(
            share_low=pl.col("came") / pl.col("meetings"),
            share_high=(pl.col("came") + pl.col("unknown")) / pl.col("meetings"),
        )
        .select(
            "body", "actor", "meetings", "came", "unknown", "below_rank", "share_low", "share_high", "rows"
        )
        .sort("body", "actor")
    )
    return Measured(
        name="meeting-attendance",
        title="Who came, and at what rank",
        definition="Meetings attended as a share of the meetings for which the study has a row for the "
        "state; below rank: "
        "came at a lower rank than the meeting's.",
        reference="study tables meetings, attendance",
        frame=frame,
        assumptions=("A state without a row for a meeting is not counted as away.",),
    )
