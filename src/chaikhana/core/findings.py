"""What a framework concludes, and how it got there.

What it is: the one result type of the workbench. A rule is data with a sentence; a step is a rule as it went on
one subject and date, with the rows that it rests on; a finding gathers the steps under one verdict of four.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from chaikhana.core.evidence import Evidence, union
from chaikhana.core.truth import Truth


class Verdict(StrEnum):
    """How a finding came out."""

    HOLDS = "holds"
    FAILS = "fails"
    MIXED = "mixed"
    UNDETERMINED = "undetermined"


NOTHING = Evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One test that a paper puts, and where it puts it.

    Attributes
    ----------
    id : str
        Short and stable.
    locator : str
        The place in the paper, for instance ``mayer2021, section 3``.
    sentence : str
        A template for the trace, with ``{value}`` and other fields of the step.
    test : callable
        Takes whatever the framework reads and answers with a `Step`.
    """

    id: str
    locator: str
    sentence: str
    test: Callable[..., Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A rule as it went."""

    rule: str
    locator: str
    value: Any
    outcome: Truth
    sentence: str
    evidence: Evidence = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A framework's conclusion on one subject and date.

    Attributes
    ----------
    label : str
        The paper's own word for what was found, empty where nothing was.
    missing : tuple of str
        The tables or datasets that would decide an undetermined finding.
    assumptions : tuple of str
        The choices that the paper leaves open, as they were made here.
    """

    framework: str
    subject: str
    on: date
    verdict: Verdict
    label: str
    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def evidence(self) -> Evidence:
        """Everything that the steps rest on."""
        return union(step.evidence for step in self.steps)


def verdict_of(outcomes: tuple[Truth, ...]) -> Verdict:
    """The verdict over several steps, none weighing more than another.

    Holds where all that apply are yes, fails where all are no, mixed where both occur; undetermined where any
    is unknown or none applies.
    """
    met = {outcome for outcome in outcomes if outcome is not Truth.NOT_APPLICABLE}
    if not met or Truth.UNKNOWN in met:
        return Verdict.UNDETERMINED
    if met == {Truth.YES}:
        return Verdict.HOLDS
    return Verdict.FAILS if met == {Truth.NO} else Verdict.MIXED
