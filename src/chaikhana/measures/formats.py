"""Formats: which of the region's states met or signed, and with whom.

Reference: the formats named by Moldashev and Qoraboyev (2018): all members, all but some, and members with
outsiders. Reads meetings and attendance, agreements and parties. The format is computed from who took part,
never taken from a title; members whose presence is not known stand apart.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.study import Study


@lru_cache(maxsize=4)
def formats(study: Study) -> Measured:
    """The format of every meeting and agreement with at least two known participants."""
    meetings = study.table("meetings").select(
        "id",
        "title",
        "body",
        "issues",
        date="date",
        earliest="date_earliest",
        own="row",
        kind=pl.lit("meeting"),
    )
    agreements = study.table("agreements").select(
        "id",
        "title",
        "issues",
        body="under",
        date="signed",
        earliest="signed_earliest",
        own="row",
        kind=pl.lit("agreement"),
    )
    came = study.table("attendance").select(
        id="meeting", actor="actor", present="present", row="row", kind=pl.lit("meeting")
    )
    signed = study.table("parties").select(
        id="agreement", actor="actor", present=pl.lit("yes"), row="row", kind=pl.lit("agreement")
    )
    events = pl.concat([meetings, agreements.select(meetings.columns)])
    took_part = pl.concat([came, signed]).filter(pl.col("actor") != "")
    inside = pl.col("actor").is_in(study.about.members)
    yes, unknown = pl.col("present") == "yes", pl.col("present") == "unknown"
    counted = took_part.group_by("kind", "id", maintain_order=True).agg(
        members=pl.col("actor").filter(inside & yes).sort(),
        uncertain=pl.col("actor").filter(inside & unknown).sort(),
        outsiders=pl.col("actor").filter(~inside & yes).sort(),
        away=pl.col("actor").filter(inside & (pl.col("present") == "no")).sort(),
        rows=pl.col("row"),
    )
    size, short = len(study.about.members), study.about.short
    present = pl.col("members").list.len()
    outside = pl.col("outsiders").list.len()
    frame = (
        events.join(counted, on=["kind", "id"])
        .filter(present + outside >= 2)
        .join(pl.DataFrame({"region": [list(study.about.members)]}), how="cross")
        .with_columns(
            without=pl.col("region").list.set_difference(pl.concat_list("members", "uncertain")).list.sort(),
            format=pl.when(present == 0)
            .then(pl.lit("outsiders only"))
            .otherwise(
                pl.format(
                    "{}-{}{}",
                    pl.lit(short),
                    present.cast(pl.String),
                    pl.when(outside > 0).then(pl.format("+{}", outside)).otherwise(pl.lit("")),
                )
            ),
            complete=present == size,
            rows=pl.concat_list(pl.concat_list("own"), "rows"),
        )
        .select(
            "kind",
            "id",
            "date",
            pl.col("earliest").dt.year().alias("year"),
            "body",
            "title",
            "format",
            "members",
            "uncertain",
            "without",
            "away",
            "outsiders",
            "complete",
            "issues",
            "rows",
        )
        .with_columns(year=pl.when(pl.col("date") == "").then(None).otherwise("year"))
        .sort("year", "date", "id", nulls_last=True)
    )
    return Measured(
        name="formats",
        title="Who met and who signed: formats",
        definition=f"{short}-n: n members of the region took part; +m: with m outsiders among the actors of "
        f"the study.",
        reference="Moldashev & Qoraboyev 2018",
        frame=frame,
        assumptions=(
            "Without: members of the region for which no row says that they took part; away: those for "
            "which a row "
            "says that they did not.",
        ),
    )
