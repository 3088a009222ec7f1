"""Terms of a solution, written and read: `A*~B`, or `A{2}*B{0}` where a condition has more than two values.

Reference: Duşa (2019), *QCA with R: a comprehensive resource*, Springer, doi:10.1007/978-3-319-75668-4, chapter 8 (the way to
write expressions). A term is an array with a value for each condition, or `FREE`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from chaikhana.errors import BadValueError, UnknownNameError, shorten
from chaikhana.methods.qca.implicants import FREE, Rows

LITERAL = re.compile(r"^(?P<not>~?)(?P<name>[^~{}*+]+?)(?:\{(?P<value>\d+)\})?$")


def written(values: Sequence[int], conditions: Sequence[str], braces: bool) -> str:
    """A term as text; `1` where every condition is free."""
    return (
        "*".join(
            literal(name, int(v), braces) for name, v in zip(conditions, values, strict=True) if v != FREE
        )
        or "1"
    )


def literal(condition: str, value: int, braces: bool) -> str:
    """One condition with its value."""
    if braces:
        return f"{condition}{{{value}}}"
    return condition if value == 1 else f"~{condition}"


def parsed(text: str, conditions: Sequence[str], levels: Sequence[int]) -> Rows:
    """An expression, terms joined by `+`, as an array of shape (terms, conditions).

    Raises
    ------
    UnknownNameError
        If it names what is no condition.
    BadValueError
        If it cannot be read, or gives a condition a value that it cannot have, or two at once.
    """
    terms = []
    for part in text.split("+"):
        term = np.full(len(conditions), FREE, dtype=np.int8)
        for piece in part.split("*"):
            name, value = read_literal(piece)
            if name not in conditions:
                raise UnknownNameError("condition", name, conditions)
            place = list(conditions).index(name)
            if not 0 <= value < levels[place]:
                raise BadValueError(
                    f"{name} has the values 0 to {levels[place] - 1}; ‘{shorten(piece)}’ asks for {value}."
                )
            if term[place] not in (FREE, value):
                raise BadValueError(
                    f"‘{shorten(part.strip())}’ gives {name} two values at once; no case can have both."
                )
            term[place] = value
        terms.append(term)
    return np.array(terms, dtype=np.int8)


def read_literal(text: str) -> tuple[str, int]:
    """A condition and its value, of `A`, `~A` or `A{2}`.

    Raises
    ------
    BadValueError
        If it is none of these.
    """
    match = LITERAL.match(text.strip())
    if not match or (match["not"] and match["value"] is not None):
        raise BadValueError(
            f"‘{shorten(text.strip())}’ cannot be read as a condition: write A, ~A or A{{2}}, joined by * and +."
        )
    if match["value"] is not None:
        return match["name"].strip(), int(match["value"])
    return match["name"].strip(), 0 if match["not"] else 1
