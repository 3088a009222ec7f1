"""What a framework concludes, and how it got there.

What it is: the one result type of the workbench. A rule is data with a sentence; a step is a rule as it went on
one subject and date, with the rows that it rests on; a finding gathers the steps under one verdict of four. A framework is
its rules, the choices that it makes, and two functions: one gathers what it reads, once; one judges it under any choices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import Choice, Chosen
from chaikhana.core.evidence import Evidence, union
from chaikhana.core.remembering import recalled
from chaikhana.core.truth import Truth


class Verdict(StrEnum):
    """How a finding came out."""

    HOLDS = "holds"
    FAILS = "fails"
    MIXED = "mixed"
    UNDETERMINED = "undetermined"


NOTHING = Evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the test of a rule found.

    Attributes
    ----------
    value : Any
        The number, word or list that decided: plain data, fit for JSON.
    rows : tuple of str
        The rows that it rests on, ``table:line``.
    words : mapping
        Further fields of the rule's sentence.
    """

    value: Any
    outcome: Truth
    rows: tuple[str, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)


NOT_ASKED = Answer(value=None, outcome=Truth.NOT_APPLICABLE)
NOT_PUT = "Not asked of this subject."


def undecided(told: str, words: Mapping[str, object] | None = None) -> Answer:
    """An answer that could not be found, and what is told instead."""
    return Answer(value=None, outcome=Truth.UNKNOWN, words={**(words or {}), "told": told})


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
        A template for the trace, with ``{value}`` and the fields of the answer's `words`.
    test : callable
        Takes what the framework gathered and the choices made, and answers.
    asked : tuple of str
        Kinds of subject, or subjects, to which alone it is put; what is gathered then tells `kind` and `subject`.
    """

    id: str
    locator: str
    sentence: str
    test: Callable[[Any, Chosen], Answer]
    asked: tuple[str, ...] = ()


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
    score : Bounds, optional
        The number nearest to the verdict, drawn over specifications and through time.
    scored : str
        What that number is, with its unit.
    chosen : mapping
        Each choice with its value.
    """

    framework: str
    subject: str
    on: date
    verdict: Verdict
    label: str
    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    score: Bounds | None = None
    scored: str = ""
    chosen: Chosen = field(default_factory=dict)

    @property
    def evidence(self) -> Evidence:
        """Everything that the steps rest on."""
        return union(step.evidence for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Framework:
    """A published framework as it is run; it equals itself alone.

    Attributes
    ----------
    name : str
        Its id, one of the vocabulary's `FRAMEWORKS`.
    paper : str
        Bibliography key of the study's paper that it is read from.
    asks : str
        The question that it answers, in plain words.
    about : str
        What its subjects are, in plain words.
    levels : mapping
        The authors' own words for what may be found, each with what it means.
    needs : tuple of str
        The tables, series and datasets that it reads.
    subjects : callable
        Study to the ids of what can be judged.
    gather : callable
        Study, subject and day to everything that the rules read, computed once and free of choices.
    share : callable, optional
        Study and day to what is the same for every subject; `gather` then takes it as its fourth argument.
    judge : callable
        What was gathered, and the choices made, to a finding; quick, since it runs once a specification.
    """

    name: str
    title: str
    paper: str
    reference: str
    asks: str
    about: str
    levels: Mapping[str, str]
    needs: tuple[str, ...]
    choices: tuple[Choice, ...]
    rules: tuple[Rule, ...]
    subjects: Callable[[Any], tuple[str, ...]]
    gather: Callable[..., Any]
    judge: Callable[[Any, Chosen], Finding]
    share: Callable[[Any, date], Any] | None = None


def step(rule: Rule, gathered: Any, chosen: Chosen) -> Step:
    """A rule as it goes on what was gathered, under the choices made; remembered where the choices remember."""
    found: Step = recalled(chosen, rule.id, lambda: _step(rule, gathered, chosen))
    return found


def _step(rule: Rule, gathered: Any, chosen: Chosen) -> Step:
    put = not rule.asked or gathered.kind in rule.asked or gathered.subject in rule.asked
    answer = rule.test(gathered, chosen) if put else NOT_ASKED
    return Step(
        rule=rule.id,
        locator=rule.locator,
        value=answer.value,
        outcome=answer.outcome,
        sentence=rule.sentence.format(value=answer.value, **answer.words)
        if answer.words or answer.outcome is not Truth.NOT_APPLICABLE
        else NOT_PUT,
        evidence=Evidence(rows=answer.rows),
    )


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
