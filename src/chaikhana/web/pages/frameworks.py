"""Frameworks: the list, and one of them: its plane or ledger, a finding with its trace, and sliders for the choices that are
ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from chaikhana.core.choices import Choice, Value
from chaikhana.core.findings import Finding, Framework
from chaikhana.core.truth import Truth
from chaikhana.web import pictures
from chaikhana.web.asked import Asked, address
from chaikhana.web.cells import subject_name
from chaikhana.web.findings import all_judged, facts, judged, key_of_found, score
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import LIGHT, Site

WAITING = "What this framework reads is being gathered. The page opens by itself."
PLANES = {"embedded-revisionism": ("access", "brokerage")}  # rules whose values span a plane
SECONDS = 60.0


def frameworks(site: Site, asked: Asked) -> Page:
    """The list."""
    asked.only(())
    every, waiting = all_judged(site)
    records = []
    rows: dict[str, None] = {}
    for one, found in every.items():
        counted = Counter(finding.verdict.value for finding in found.values())
        rows |= dict.fromkeys(row for finding in found.values() for row in finding.evidence.rows)
        records.append(
            {
                "framework": one.name,
                "asks": one.asks,
                "about": one.about,
                "paper": one.paper,
                "choices": len(one.choices),
                **{word: counted[word] for word in ("holds", "mixed", "fails", "undetermined")},
            }
        )
    return Page(
        title="Frameworks",
        section="frameworks",
        template="listed.html",
        says=f"{len(every)} published theories, written as rules and put to the study on {site.last}.",
        listings=(
            Listing(
                id="frameworks",
                title="Frameworks and their findings",
                columns={
                    "framework": ("framework", "framework"),
                    "asks": ("asks", "text"),
                    "about": ("of", "text"),
                    "paper": ("read from", "source"),
                    "holds": ("holds", "number"),
                    "mixed": ("mixed", "number"),
                    "fails": ("fails", "number"),
                    "undetermined": ("undetermined", "number"),
                    "choices": ("choices", "number"),
                },
                records=records,
                note="Under the default choices. Undetermined: the study lacks what would decide.",
            ),
        ),
        waiting=WAITING + site.progress() if waiting else "",
        rows=list(rows),
    )


def framework(site: Site, name: str, asked: Asked) -> Page:
    """One framework under any choices, on any year's last day.

    Raises
    ------
    UnknownNameError
        If there is no such framework, subject or choice.
    """
    # A quarter of a second, for which the first page does not wait.
    from chaikhana.frameworks.catalogue import framework

    one = framework(name)
    ids = {f"choice.{choice.id}": choice for choice in one.choices}
    asked.only(("subject", "on", "robust", *ids))
    on = site.year_end(asked.day("on", site.first, site.last))
    given: dict[str, Value] = {
        choice.id: asked.text(id)
        for id, choice in ids.items()
        if asked.text(id) and asked.text(id) != str(choice.default)
    }
    about = {"on": on.isoformat(), **{f"choice.{id}": value for id, value in given.items()}}
    gathered = facts(site, one, on)
    if not gathered:
        return Page(
            title=one.title,
            section="frameworks",
            template="framework_waits.html",
            says=one.asks,
            about={"subject": asked.text("subject"), **about},
            data={"subjects": None if gathered is None else 0},
            waiting=WAITING + site.progress() if gathered is None else "",
            drawn=lambda: {"framework": one},
        )
    found = judged(site, one, on, given) or {}
    subject = asked.word("subject", found, next(iter(found), ""))
    finding = found[subject]
    default = (judged(site, one, on) or {})[subject]
    robust = asked.word("robust", ("yes",))
    there, varied = True, None
    if robust and site.beside is not None:
        key = ("robust", name, subject, on, tuple(sorted(given.items())))
        there, varied = site.ask(key, "robust", name, subject, on, given, limit=SECONDS)
    course = _course(site, one, subject)
    steps = [
        {
            "rule": step.rule,
            "outcome": step.outcome.value,
            "found": step.sentence,
            "locator": step.locator,
            "rows": list(step.evidence.rows),
        }
        for step in finding.steps
        if step.outcome is not Truth.NOT_APPLICABLE
    ]
    ledger = [
        {
            "subject": {"href": _at(name, id, about), "text": subject_name(site, id)},
            "id": id,
            "verdict": each.verdict.value,
            "label": each.label,
            "score": score(each),
            "rows": list(each.evidence.rows),
        }
        for id, each in found.items()
    ]
    flat = given and (finding.verdict, finding.label) != (default.verdict, default.label)
    every = Listing(
        id="ledger",
        title=f"All subjects on {on}",
        columns={
            "subject": ("subject", "link"),
            "verdict": ("verdict", "verdict"),
            "label": ("found", "text"),
            "score": (finding.scored or "score", "text"),
            "rows": ("rows", "rows"),
        },
        records=ledger,
        most=80,
    )
    # Among files the ledger stands on the framework's own page alone, and not again on that of each subject.
    listed = [every] if site.live or not asked.text("subject") else []
    return Page(
        title=one.title,
        section="frameworks",
        template="framework.html",
        says=f"{subject_name(site, subject)} on {on}: {finding.verdict.value}{', ' + finding.label if finding.label else ''}"
        + (
            f" (by default {default.verdict.value}{', ' + default.label if default.label else ''})."
            if flat
            else "."
        ),
        about={"subject": subject, **about, "robust": robust},
        data={
            "framework": name,
            "asks": one.asks,
            "reference": one.reference,
            "subject": subject,
            "on": on.isoformat(),
            "verdict": finding.verdict.value,
            "label": finding.label,
            "score": [finding.score.low, finding.score.high] if finding.score else None,
            "scored": finding.scored,
            "chosen": dict(finding.chosen),
            "missing": list(finding.missing),
            "assumptions": list(finding.assumptions),
            **({"robustness": varied} if varied else {}),
        },
        listings=(
            Listing(
                id="trace",
                title="How it was found",
                columns={
                    "rule": ("rule", "word"),
                    "outcome": ("outcome", "word"),
                    "found": ("what was found", "text"),
                    "locator": ("where the paper puts it", "text"),
                    "rows": ("rows", "rows"),
                },
                records=steps,
                most=60,
            ),
            *listed,
            Listing(
                id="course",
                title="Through the years",
                columns={
                    "on": ("on", "date"),
                    "verdict": ("verdict", "verdict"),
                    "label": ("found", "text"),
                    "low": ("at least", "number"),
                    "high": ("at most", "number"),
                },
                records=course,
                note="Under the default choices."
                + (
                    ""
                    if len(course) == len(site.years)
                    else f" {len(site.years) - len(course)} years are still being read."
                ),
                most=40,
            ),
        ),
        drawn=lambda: {
            "framework": one,
            "subjects": [(id, subject_name(site, id)) for id in found],
            "years": [(day.isoformat(), str(day.year)) for day in site.years],
            "sliders": [_slider(choice, finding.chosen[choice.id]) for choice in one.choices],
            "plane": _plane(site, name, found) if listed else {},
            "ledger_picture": pictures.bounds(
                [
                    (id, subject_name(site, id), each.score.low, each.score.high, each.verdict.value)
                    for id, each in found.items()
                    if each.score is not None and listed
                ],
                finding.scored,
            ),
            "course_picture": _strip(course, finding.scored, on),
            "at": lambda id: _at(name, id, about),
            "varied": varied,
            "changed": bool(given),
        },
        waiting="" if there else "Every specification is being run. The answer comes by itself.",
        rows=list(finding.evidence.rows),
    )


def _at(name: str, subject: str, about: dict[str, Any]) -> str:
    return address(f"/frameworks/{name}", {"subject": subject, **about})


def _slider(choice: Choice, value: Value) -> dict[str, Any]:
    """A choice as a slider of its values, or a list where they are words."""
    values = list(dict.fromkeys([*choice.values, value]))
    numeric = all(isinstance(one, (int, float)) for one in values)
    if numeric:
        values = sorted(values, key=float)
    return {
        "id": choice.id,
        "name": f"choice.{choice.id}",
        "says": choice.says,
        "ours": choice.basis == "ours",
        "locator": choice.locator,
        "numeric": numeric,
        "values": [str(one) for one in values],
        "place": [str(one) for one in values].index(str(value)),
        "value": str(value),
        "default": str(choice.default),
    }


def _course(site: Site, one: Framework, subject: str) -> list[dict[str, Any]]:
    """The finding on each year's last day, as far as it has been read."""
    found = []
    for day in site.years:
        kept = site.looked_up(key_of_found(one.name, day), LIGHT)
        if kept is None or subject not in kept:
            continue
        verdict, label, ends = kept[subject]
        found.append(
            {
                "on": day.isoformat(),
                "verdict": verdict,
                "label": label,
                "low": ends[0] if ends else None,
                "high": ends[1] if ends else None,
            }
        )
    return found


def _strip(course: Sequence[dict[str, Any]], scored: str, on: date) -> dict[str, Any]:
    """The score through the years, at least and at most."""
    numbers = {
        name: [(float(one["on"][:4]), one[key]) for one in course]
        for name, key in (("at most", "high"), ("at least", "low"))
    }
    if all(one["low"] == one["high"] for one in course):
        numbers = {"score": numbers["at least"]}
    return pictures.lines(numbers, str, float(on.year), scored)


def _plane(site: Site, name: str, found: dict[str, Finding]) -> dict[str, Any]:
    """Subjects in the plane of two rules, where the framework has one."""
    if name not in PLANES:
        return {}
    across, up = PLANES[name]
    values = []
    for id, finding in found.items():
        steps = {step.rule: step.value for step in finding.steps}
        a: Any = steps.get(across)
        b: Any = steps.get(up)
        if all(isinstance(one, (list, tuple)) and len(one) == 2 and None not in one for one in (a, b)):
            values.append(
                (
                    id,
                    subject_name(site, id),
                    (float(a[0]), float(a[1])),
                    (float(b[0]), float(b[1])),
                    finding.verdict.value,
                )
            )
    return pictures.plane(values, across, up)
