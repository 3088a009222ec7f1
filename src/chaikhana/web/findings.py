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
from chaikhana.errors import SourceError
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
    """What the framework reads of each of its subjects on a year's last day; None where it is not gathered yet.

    Raises
    ------
    SourceError
        If the study lacks what the framework reads.
    """
    found = site.looked_up(key_of(framework.name, day))
    if isinstance(found, str):
        raise SourceError(f"{framework.title} cannot be asked of this study. {found}")
    gathered: Mapping[str, Any] | None = found
    return gathered


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


def all_judged(site: Site) -> tuple[dict[Framework, dict[str, Finding]], bool]:
    """Every framework's findings of the last day, under the default choices, and whether some are still to come.

    A framework that cannot be asked of the study is left out.
    """
    # A quarter of a second, for which the first page does not wait.
    from chaikhana.frameworks.catalogue import FRAMEWORKS

    found: dict[Framework, dict[str, Finding]] = {}
    waiting = False
    for framework in FRAMEWORKS:
        try:
            each = judged(site, framework, site.last)
        except SourceError:
            continue
        if each is None:
            waiting = True
        else:
            found[framework] = each
    return found, waiting


def of_subject(site: Site, subjects: Sequence[str]) -> Listing:
    """What every framework finds of a subject on the study's last day."""
    every, waiting = all_judged(site)
    records = [
        {
            "framework": one.framework,
            "subject": one.subject,
            "verdict": one.verdict.value,
            "label": one.label,
            "score": score(one),
            "scored": one.scored,
            "rows": list(one.evidence.rows),
        }
        for found in every.values()
        for subject, one in found.items()
        if subject in subjects
    ]
    still = " Some frameworks are still being read; reload in a moment." if waiting else ""
    return Listing(
        id="findings",
        title="What theories say of it",
        columns=COLUMNS,
        records=records,
        note=f"On {site.last}, under the default choices. A framework's page has its trace and moves its choices.{still}",
        empty=f"No framework judges it.{still}",
    )
