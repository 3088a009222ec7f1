"""Why states should cooperate on security: four reasons, each with an indicator.

Reference: Mayer 2021, section 3, paragraph 5: problems that cross borders, their complexity and speed, scarce resources, and
legitimacy. Reads agreements, meetings, episodes and the series on arms and regimes. The paper argues the four and measures
none: every indicator is ours and covers its reason in part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.findings import Answer
from chaikhana.core.truth import Truth
from chaikhana.study.series import members_below
from chaikhana.study.study import Study

REASONS: Mapping[str, str] = {
    "cross-border": "Security matters that cross borders",
    "complexity": "Security matters that touch further fields",
    "scarce-resources": "Arms that come from outside",
    "legitimacy": "Members ruled without free elections, which multilateral recognition serves",
}
SECURITY = frozenset(
    {
        "security",
        "defence",
        "terrorism",
        "nuclear",
        "drugs",
        "borders",
        "conflict",
        "afghanistan",
        "disasters",
    }
)
ACROSS = frozenset({"terrorism", "drugs", "borders", "afghanistan", "disasters"})
ELECTORAL = 0.5
MOST_ROWS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason and its indicator.

    Attributes
    ----------
    share : float, optional
        0 to 1; none where nothing tells.
    """

    share: float | None
    told: str
    rows: tuple[str, ...] = ()

    def answer(self, above: float) -> Answer:
        """Whether its indicator shows it: the share lies above a number."""
        outcome = Truth.UNKNOWN if self.share is None else Truth.YES if self.share > above else Truth.NO
        return Answer(
            value=self.share, outcome=outcome, rows=self.rows[:MOST_ROWS], words={"told": self.told}
        )


def enough(found: Mapping[str, Reason], above: float, needed: float) -> Answer:
    """Whether so many of the reasons show."""
    answers = [reason.answer(above).outcome for reason in found.values()]
    sure, may = answers.count(Truth.YES), answers.count(Truth.YES) + answers.count(Truth.UNKNOWN)
    outcome = Truth.YES if sure >= needed else Truth.UNKNOWN if may >= needed else Truth.NO
    return Answer(value=[sure, may], outcome=outcome, words={"sure": sure})


def demand(study: Study, on: date) -> dict[str, Reason]:
    """The four reasons on a day."""
    matters = _matters(study, on)
    across = [row for issues, row in matters if issues & ACROSS]
    further = [row for issues, row in matters if issues - SECURITY]
    return {
        "cross-border": _of(across, matters),
        "complexity": _of(further, matters),
        "scarce-resources": _arms(study, on),
        "legitimacy": _unfree(study, on),
    }


def _matters(study: Study, on: date) -> list[tuple[frozenset[str], str]]:
    """Agreements, meetings and acts on security up to the day in which a member took part."""
    ours = list(study.about.members)
    found = []
    for name, who, key, day in (
        ("agreements", "parties", "agreement", "signed_latest"),
        ("meetings", "attendance", "meeting", "date_latest"),
    ):
        own = study.table(who).filter(pl.col("actor").is_in(ours))[key].unique()
        held = study.table(name).filter(pl.col("id").is_in(own.implode()) & (pl.col(day) <= on))
        found += [(frozenset(issues), row) for issues, row in held.select("issues", "row").iter_rows()]
    acts = study.table("episodes").filter(
        (pl.col("date") != "")
        & (pl.col("date_latest") <= on)
        & (pl.col("date_latest") >= study.about.first_day)
        & (pl.col("actors").list.set_intersection(ours).list.len() > 0)
    )
    found += [(frozenset(issues), row) for issues, row in acts.select("issues", "row").iter_rows()]
    return [(issues, row) for issues, row in found if issues & SECURITY]


def _of(rows: list[str], matters: list[tuple[frozenset[str], str]]) -> Reason:
    if not matters:
        return Reason(share=None, told="no agreement, meeting or act on security is known")
    share = len(rows) / len(matters)
    told = f"{len(rows)} of {len(matters)} agreements, meetings and acts ({share:.0%})"
    return Reason(share=share, told=told, rows=tuple(rows))


def _arms(study: Study, on: date) -> Reason:
    series = study.derived.get("arms_suppliers")
    if series is None:
        return Reason(share=None, told="no series on arms")
    held = series.frame.filter(
        pl.col("recipient").is_in(study.about.members)
        & (pl.col("first") <= on.year)
        & (pl.col("last") - pl.col("first") <= 10)
    )
    newest = held.filter(pl.col("first") == pl.col("first").max())
    total = float(newest["tiv"].sum())
    if not total:
        return Reason(share=None, told="no deliveries are known")
    outside = float(newest.filter(~pl.col("supplier").is_in(study.about.members))["tiv"].sum())
    years = f"{newest['first'][0]} to {newest['last'][0]}"
    return Reason(share=outside / total, told=f"{outside / total:.0%} of what the members received, {years}")


def _unfree(study: Study, on: date) -> Reason:
    below, known, years = members_below(study, on, ELECTORAL)
    if not known:
        return Reason(share=None, told="no series on regimes")
    return Reason(share=below / known, told=f"{below} of {known}, {years}")
