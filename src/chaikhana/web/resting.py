"""What rests on a row: findings that its rules read, claims that it decides.

What it is: the way back from a row to what was made of it, so that whoever doubts a row sees what falls with it.
"""

from __future__ import annotations

from chaikhana.web.findings import all_judged
from chaikhana.web.page import Listing
from chaikhana.web.site import CLAIMS, Site


def on_row(site: Site, row: str) -> list[Listing]:
    """What rests on a row, as far as it has been computed."""
    findings = _findings(site)
    claims = _claims(site)
    unread = [] if findings is not None else ["the frameworks"]
    unread += [] if claims is not None else ["the claims"]
    note = f"Still being read: {', '.join(unread)}. Reload in a moment." if unread else ""
    return [
        Listing(
            id="findings",
            title="Findings that rest on it",
            columns={
                "framework": ("framework", "framework"),
                "subject": ("subject", "subject"),
                "rule": ("rule", "word"),
                "outcome": ("outcome", "word"),
            },
            records=(findings or {}).get(row, []),
            note=note or f"On {site.last}, under the default choices.",
            empty=note or "No finding of the last day rests on it.",
        ),
        Listing(
            id="claims",
            title="Claims that it decides",
            columns={
                "claim": ("claim", "claim"),
                "says": ("says", "text"),
                "verdict": ("verdict", "verdict"),
            },
            records=(claims or {}).get(row, []),
            empty=note or "No claim is decided by it.",
        ),
    ]


def _findings(site: Site) -> dict[str, list[dict[str, str]]] | None:
    every, waiting = all_judged(site)
    if waiting:
        return None

    def find() -> dict[str, list[dict[str, str]]]:
        rows: dict[str, list[dict[str, str]]] = {}
        for framework, found in every.items():
            for subject, finding in found.items():
                for step in finding.steps:
                    for row in step.evidence.rows:
                        rows.setdefault(row, []).append(
                            {
                                "framework": framework.name,
                                "subject": subject,
                                "rule": step.rule,
                                "outcome": step.outcome.value,
                            }
                        )
        return rows

    known: dict[str, list[dict[str, str]]] = site.remembered("findings-on-rows", find)
    return known


def _claims(site: Site) -> dict[str, list[dict[str, str]]] | None:
    kept = site.looked_up(CLAIMS)
    if kept is None:
        return None

    def find() -> dict[str, list[dict[str, str]]]:
        rows: dict[str, list[dict[str, str]]] = {}
        for one in kept:
            decided = dict.fromkeys(row for each in one["evidence"] for row in each["rows"])
            for row in decided:
                rows.setdefault(row, []).append(
                    {"claim": one["id"], "says": one["says"], "verdict": one["verdict"]}
                )
        return rows

    known: dict[str, list[dict[str, str]]] = site.remembered("claims-on-rows", find)
    return known
