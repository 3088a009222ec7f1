"""Findings as the explorer has them: facts that were gathered beside, judged here under any choices.

What it is: what a framework reads of each subject at each year's end is gathered in a process of its own and kept; a
judgement takes a thousandth of a second, so that a slider answers at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chaikhana.core.choices import Chosen, filled
from chaikhana.core.findings import Finding, Framework
from chaikhana.web.page import Listing
from chaikhana.web.site import HEAVY, Site

COLUMNS = {
    "framework": ("framework", "framework"),
    "subject": ("subject", "subject"),
    "verdict": ("verdict", "verdict"),
    "label": ("found", "text"),
    "score": ("score", "text"),
    "scored": ("what the score is", "text"),
    "rows": ("rows", "rows"),
}


def key_of(framework: str, day: date) -> str:
    """Under which facts are kept."""
    return f"facts/{framework}/{day}"


def key_of_found(framework: str, day: date) -> str:
    """Under which the findings of a year's last day, under the default choices, are kept."""
    return f"found/{framework}/{day}"


def facts(site: Site, framework: Framework, day: date) -> Mapping[str, Any] | None:
    """What the framework reads of each of its subjects on a year's last day; None where it is not gathered yet."""
    found: Mapping[str, Any] | None = site.looked_up(key_of(framework.name, day))
    return found


def judged(
    site: Site, framework: Framework, day: date, given: Chosen | None = None
) -> dict[str, Finding] | None:
    """Every subject's finding under the choices made."""
    gathered = facts(site, framework, day)
    if gathered is None:
        return None
    chosen = filled(framework.choices, given)
    key = ("judged", framework.name, day, tuple(sorted(chosen.items())))
    found: dict[str, Finding] = site.remembered(
        key, lambda: {subject: framework.judge(one, chosen) for subject, one in gathered.items()}, HEAVY
    )
    return found


def score(finding: Finding) -> str:
    """The score in a few words; empty where there is none."""
    if finding.score is None:
        return ""
    low, high = finding.score.low, finding.score.high
    return f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"


def of_subject(site: Site, subjects: Sequence[str]) -> Listing:
    """What every framework finds of a subject on the study's last day."""
    from chaikhana.frameworks.catalogue import (
        FRAMEWORKS,  # numba comes with it, which the first page does not wait for
    )

    records = []
    waiting = 0
    for framework in FRAMEWORKS:
        found = judged(site, framework, site.last)
        if found is None:
            waiting += 1
            continue
        records += [
            {
                "framework": framework.name,
                "subject": one.subject,
                "verdict": one.verdict.value,
                "label": one.label,
                "score": score(one),
                "scored": one.scored,
                "rows": list(one.evidence.rows),
            }
            for subject, one in found.items()
            if subject in subjects
        ]
    note = (
        f"On {site.last}, under the default choices. A framework's page has its trace and moves its choices."
    )
    if waiting:
        note += f" {waiting} frameworks are still being read; reload in a moment."
    return Listing(
        id="findings",
        title="What theories say of it",
        columns=COLUMNS,
        records=records,
        note=note,
        empty="No framework judges it."
        if not waiting
        else "The frameworks are being read. Reload in a moment.",
    )
