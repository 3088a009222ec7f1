"""Running a framework: on a subject and day, over years, under choices.

What it is: the one way from a framework to its findings. It fills the choices, gathers once, judges, and looks up what the rows
cite. The modules of frameworks call it; it knows none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from chaikhana.core.choices import Chosen, filled
from chaikhana.core.findings import Finding, Framework
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
    return cited(study, framework.judge(framework.gather(study, subject, on), chosen))


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
        found.append(framework.judge(framework.gather(study, subject, day), chosen))
    return found


def assumptions(framework: Framework, chosen: Chosen) -> tuple[str, ...]:
    """The choices as they were made, each as a sentence."""
    return tuple(choice.told(chosen[choice.id]) for choice in framework.choices)
