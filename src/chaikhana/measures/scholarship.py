"""Scholarship: which tendencies coders find in the works on a region, by the year of the work.

Reference: Costa Buranelli 2021, section 1, four considerations on how the word regionalism is used. Reads codings whose unit is
a source, a statement or an episode, and the years of sources. A work may show several tendencies. The corpus is what
was coded, no sample of the literature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from chaikhana.core.findings import Answer
from chaikhana.core.truth import Truth
from chaikhana.study.study import Study

FRAMEWORK, CODE = "regional-order", "scholarship-tendency"
TENDENCIES: Mapping[str, str] = {
    "formal-organisation": "regionalism taken for a formal organisation",
    "exclusive-identity": "regionalism taken for an exclusive identity",
    "end-point": "a region as the end at which states arrive",
    "prescription": "regionalism as what states ought to do",
    "european-yardstick": "measured by Europe",
    "other-formal-yardstick": "measured by another formal organisation",
}
# The paper counts four: formal organisation or identity; end; prescription; yardstick.
FOUR: Mapping[str, tuple[str, ...]] = {
    "organisation-or-identity": ("formal-organisation", "exclusive-identity"),
    "end-point": ("end-point",),
    "prescription": ("prescription",),
    "yardstick": ("european-yardstick", "other-formal-yardstick"),
}
SAYS: Mapping[str, str] = {
    "organisation-or-identity": "Regionalism equated with a formal organisation or an exclusive identity",
    "end-point": "Regionalism as an end point",
    "prescription": "Regionalism as a prescription",
    "yardstick": "Regionalism by a foreign yardstick",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A text and what coders find in it.

    Attributes
    ----------
    kind : str
        The table that it stands in: ``sources``, ``statements``, ``episodes``.
    found : mapping
        Tendency to (coders, rows).
    """

    key: str
    kind: str
    year: int
    called: str
    found: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


def works(study: Study) -> tuple[Work, ...]:
    """Every text coded for its tendencies, by year; one whose year is not known is left out."""
    codings = study.table("codings").filter(
        (pl.col("framework") == FRAMEWORK)
        & (pl.col("code") == CODE)
        & pl.col("value").is_in(list(TENDENCIES))
    )
    years = _years(study)
    found = []
    for (unit,), group in codings.group_by(["unit"], maintain_order=True):
        kind, _, key = str(unit).partition(":")
        if (year := years.get(str(unit))) is None:
            continue
        source = study.bibliography.get(key)
        found.append(
            Work(
                key=key,
                kind=kind,
                year=year,
                called=source.short if source else key,
                found={
                    str(value): (tuple(dict.fromkeys(own["coder"])), tuple(own["row"]))
                    for (value,), own in group.group_by(["value"], maintain_order=True)
                },
            )
        )
    return tuple(sorted(found, key=lambda work: (work.year, work.key)))


def tendency(read: Sequence[Work], name: str, least: float) -> Answer:
    """Whether one of the four is found in `least` works or more; unknown where no work was read."""
    found = [work for work in read if work.found.keys() & set(FOUR[name])]
    rows = (row for work in found for code in FOUR[name] if code in work.found for row in work.found[code][1])
    told = "; ".join(work.called for work in found) or "none"
    outcome = Truth.YES if len(found) >= least else Truth.NO
    return Answer(
        value=len(found),
        outcome=outcome if read else Truth.UNKNOWN,
        rows=tuple(rows),
        words={"number": len(found), "of": len(read), "told": told},
    )


def _years(study: Study) -> dict[str, int]:
    years = {
        f"sources:{key}": int(source.year)
        for key, source in study.bibliography.items()
        if source.year[:4].isdigit() and len(source.year) == 4
    }
    for name in ("statements", "episodes"):
        dated = study.table(name).filter(pl.col("date") != "")
        years |= {f"{name}:{key}": day.year for key, day in dated.select("id", "date_latest").iter_rows()}
    return years
