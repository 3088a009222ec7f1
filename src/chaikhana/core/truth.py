"""The four answers: yes, no, unknown, not applicable.

What it is: a truth value that keeps ignorance apart from absence, with Kleene's strong connectives
(Kleene 1952, *Introduction to Metamathematics*, section 64); *not applicable* drops out of a conjunction or
disjunction, as a question that was never put.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Truth(StrEnum):
    """An answer to a question of fact."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"

    def __invert__(self) -> Truth:
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(self, self)

    def __and__(self, other: object) -> Truth:
        return all_of([self, Truth(str(other))])

    def __or__(self, other: object) -> Truth:
        return any_of([self, Truth(str(other))])


def all_of(answers: Iterable[Truth]) -> Truth:
    """Conjunction: no if any is no, else unknown if any is unknown, else yes.

    Answers that do not apply are left out; where none applies the result is *not applicable*.
    """
    return _fold(answers, decisive=Truth.NO, otherwise=Truth.YES)


def any_of(answers: Iterable[Truth]) -> Truth:
    """Disjunction: yes if any is yes, else unknown if any is unknown, else no."""
    return _fold(answers, decisive=Truth.YES, otherwise=Truth.NO)


def _fold(answers: Iterable[Truth], *, decisive: Truth, otherwise: Truth) -> Truth:
    met = {answer for answer in answers if answer is not Truth.NOT_APPLICABLE}
    if not met:
        return Truth.NOT_APPLICABLE
    if decisive in met:
        return decisive
    return Truth.UNKNOWN if Truth.UNKNOWN in met else otherwise
