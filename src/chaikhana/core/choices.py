"""Choices that a framework makes: what a paper gives, and what it leaves open and is ours.

What it is: a threshold, weight or window as data, with the values over which it is varied. A finding says under which choices it
was made; its robustness is how often it survives when all of them vary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from chaikhana.core.bounds import Bounds
from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError, UnknownNameError

Value = str | float | int
Chosen = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice.

    Attributes
    ----------
    says : str
        What is chosen, as a clause: ``from which hardness on a body counts as hard``.
    default : str, float or int
        The value taken where nothing else is said.
    values : tuple
        The values over which it is varied, the default among them.
    basis : {"ours", "paper"}
        Whether the paper leaves it open, or names the alternatives itself.
    locator : str
        Where the paper names them; empty for ours.
    """

    id: str
    says: str
    default: Value
    values: tuple[Value, ...]
    basis: Literal["ours", "paper"] = "ours"
    locator: str = ""

    def told(self, value: Value) -> str:
        """The choice as it was made, as a sentence."""
        others = ", ".join(str(one) for one in self.values if one != value)
        whose = "ours" if self.basis == "ours" else self.locator
        return f"{self.says[:1].upper()}{self.says[1:]}: {value} ({whose}; varied over {others})."


UNKNOWNS = Choice(
    id="unknowns",
    says="how an unknown fact counts: as unknown, as no (low) or as yes (high)",
    default="unknown",
    values=("unknown", "low", "high"),
)


def filled(choices: Sequence[Choice], given: Chosen | None = None) -> dict[str, Value]:
    """Every choice with its value: the given one, else the default.

    A number may be any; a word must be one of those that the choice names.

    Raises
    ------
    UnknownNameError
        If there is no such choice.
    BadValueError
        If the value is of another kind, or a word that the choice does not name.
    """
    known = {choice.id: choice for choice in choices}
    made: dict[str, Value] = {choice.id: choice.default for choice in choices}
    for name, value in (given or {}).items():
        if name not in known:
            raise UnknownNameError("choice", name, known)
        made[name] = _fitting(known[name], value)
    return made


def _fitting(choice: Choice, value: Value) -> Value:
    allowed = ", ".join(str(one) for one in choice.values)
    if isinstance(choice.default, str):
        if value not in choice.values:
            raise BadValueError(f"‘{value}’ is not a value of the choice {choice.id}. Allowed: {allowed}.")
        return value
    try:
        number = float(value)
    except ValueError:
        raise BadValueError(
            f"The choice {choice.id} takes a number, not ‘{value}’. For instance: {allowed}."
        ) from None
    if number != number or abs(number) == float("inf"):
        raise BadValueError(f"The choice {choice.id} takes a finite number. For instance: {allowed}.")
    return int(number) if isinstance(choice.default, int) and number.is_integer() else number


def settled(answer: Truth, chosen: Chosen) -> Truth:
    """An answer as the choice `unknowns` has it: unknown stays, or counts as no or as yes."""
    if answer is not Truth.UNKNOWN:
        return answer
    return {"low": Truth.NO, "high": Truth.YES}.get(str(chosen[UNKNOWNS.id]), Truth.UNKNOWN)


def narrowed(bounds: Bounds, chosen: Chosen) -> Bounds:
    """Bounds as the choice `unknowns` has them: both ends, or one of them."""
    end = chosen[UNKNOWNS.id]
    if end == "low":
        return Bounds(low=bounds.low, high=bounds.low)
    return Bounds(low=bounds.high, high=bounds.high) if end == "high" else bounds


def at_least(bounds: Bounds, least: float) -> Truth:
    """Whether a number known within bounds reaches `least`."""
    if bounds.low >= least:
        return Truth.YES
    return Truth.UNKNOWN if bounds.high >= least else Truth.NO
