"""Running a framework: on a subject and day, over years, under choices.

What it is: the one way from a framework to its findings. It fills the choices, gathers once, judges, and looks up what the rows
cite. The modules of frameworks call it; it knows none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from chaikhana.core.choices import Chosen, filled
from chaikhana.core.findings import Finding, Framework
from chaikhana.core.remembering import Remembering
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.study.study import Study


def classify(
    framework: Framework, study: Study, subject: str, on: date, given: Chosen | None = None
) -> Finding:
    """What the framework finds of a subject on a day.

    Parameters
    ----------
    subject : str
        One of the framework's subjects in this study.
    given : mapping, optional
        Choices departed from.

    Raises
    ------
    UnknownNameError
        If the study has no such subject, or the framework no such choice.
    BadValueError
        If a choice does not take the value, or the study does not speak of the day.
    """
    chosen = filled(framework.choices, given)
    require(framework, study, subject, on)
    return cited(study, framework.judge(gathered(framework, study, subject, on), chosen))


def gathered(framework: Framework, study: Study, subject: str, on: date) -> Any:
    """Everything that the rules read of one subject on a day."""
    if framework.share is None:
        return framework.gather(study, subject, on)
    return framework.gather(study, subject, on, shared(framework, study, on))


@lru_cache(maxsize=64)
def shared(framework: Framework, study: Study, on: date) -> Any:
    """What a framework gathers once for every subject of a day; kept, since several findings of one day are asked for."""
    return framework.share(study, on) if framework.share is not None else None


def of_all(
    framework: Framework,
    study: Study,
    on: date,
    subjects: Iterable[str] = (),
    given: Chosen | None = None,
) -> list[Finding]:
    """The findings on several subjects of one day, by default on all; what they share is gathered once, rows are named only."""
    chosen = filled(framework.choices, given)
    return [framework.judge(facts, chosen) for facts in facts_of(framework, study, on, subjects).values()]


def facts_of(framework: Framework, study: Study, on: date, subjects: Iterable[str] = ()) -> dict[str, Any]:
    """What is gathered of several subjects on a day, by default of all."""
    wanted = tuple(subjects) or framework.subjects(study)
    if framework.share is None:
        return {subject: framework.gather(study, subject, on) for subject in wanted}
    held = shared(framework, study, on)
    return {subject: framework.gather(study, subject, on, held) for subject in wanted}


def require(framework: Framework, study: Study, subject: str, on: date) -> None:
    """Refuse a subject that is not one, and a day of which the study does not speak.

    Raises
    ------
    UnknownNameError, BadValueError
    """
    subjects = framework.subjects(study)
    if subject not in subjects:
        raise UnknownNameError(f"subject of {framework.name}", subject, subjects)
    first, last = study.about.first_day, study.about.last_day
    if not first <= on <= last:
        raise BadValueError(
            f"The study {study.about.id} speaks of {first} to {last}, not of {on}. Name a day within."
        )


def cited(study: Study, finding: Finding) -> Finding:
    """The finding with what its rows cite, and which of them are unverified."""
    return replace(
        finding,
        steps=tuple(
            replace(step, evidence=study.evidence(step.evidence.rows)) if step.evidence.rows else step
            for step in finding.steps
        ),
    )


def over(
    framework: Framework, study: Study, subject: str, days: Iterable[date], given: Chosen | None = None
) -> list[Finding]:
    """The finding on each of several days; rows are named and not looked up."""
    chosen = filled(framework.choices, given)
    found = []
    for day in days:
        require(framework, study, subject, day)
        found.append(framework.judge(gathered(framework, study, subject, day), chosen))
    return found


def assumptions(framework: Framework, chosen: Chosen) -> tuple[str, ...]:
    """The choices as they were made, each as a sentence; none for one specification of thousands."""
    if isinstance(chosen, Remembering):
        return ()
    return tuple(choice.told(chosen[choice.id]) for choice in framework.choices)


def concluded(framework: Framework, facts: Any, chosen: Chosen, **found: Any) -> Finding:
    """The finding on what was gathered: `found` has what a framework decides (verdict, label, steps, missing, score, scored)."""
    return Finding(
        framework=framework.name,
        subject=facts.subject,
        on=facts.on,
        assumptions=assumptions(framework, chosen),
        chosen=chosen,
        **found,
    )
