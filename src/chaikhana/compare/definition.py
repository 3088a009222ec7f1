"""A comparison as a file: what is to be explained, by which conditions, how each is calibrated, and what explanations expect.

What it is: the reader of the TOML files in `comparisons/`, and of a scholar's own. Every set has an indicator, anchors or
thresholds with a reason, and others over which they are varied; an explanation is a relation between sets, with its place in a
paper.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from chaikhana.errors import BadValueError, UnknownNameError, shorten
from chaikhana.methods.qca import Anchors, Calibrated, direct, multi_value
from chaikhana.methods.qca.calibration import Floats

FOLDER = Path(__file__).parent / "comparisons"
Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Three = Annotated[tuple[float, ...], Field(min_length=3, max_length=3)]
Sentence = Annotated[str, Field(min_length=3)]


class Part(BaseModel):
    """Of a comparison; what is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Set(Part):
    """The outcome or a condition: an indicator, and the anchors that make a set of it."""

    id: Name
    says: Sentence
    values: tuple[Sentence, ...] = ()
    indicator: str
    anchors: Three | None = None
    thresholds: tuple[float, ...] = ()
    reason: Sentence
    other_anchors: tuple[Three, ...] = ()
    other_indicators: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Set:
        if (self.anchors is None) == (not self.thresholds):
            raise ValueError("give anchors (out, crossover, in) or thresholds, one of them")
        return self

    def in_words(self, value: int) -> str:
        """What a value of it stands for: `a pair`, `a single leading member`, `not ruled by autocrats`."""
        if value < len(self.values):
            return self.values[value]
        return self.says if value == 1 else f"not {self.says}" if value == 0 else f"{self.says}: {value}"

    def calibrated(self, raw: Floats, anchors: tuple[float, ...] | None = None) -> Calibrated:
        """The scores of raw values, by its own anchors or by others.

        Raises
        ------
        BadValueError
            If the anchors do not rise or fall.
        """
        if self.thresholds:
            return multi_value(raw, self.thresholds, self.reason)
        out, crossover, full = anchors or self.anchors or ()
        return direct(raw, Anchors(out=out, crossover=crossover, full=full, reason=self.reason))


class Explanation(Part):
    """What an explanation expects: where the one is, the other is too."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    says: Sentence
    locator: Sentence
    when: Sentence = Field(alias="if")
    then: Sentence


class Comparison(Part):
    """A comparison as its file has it."""

    title: Sentence
    question: Sentence
    paper: str
    locator: Sentence
    cases: Literal["region-periods", "body-members"]
    periods: Annotated[tuple[str, ...], Field(min_length=1)]
    other_periods: tuple[tuple[str, ...], ...] = ()
    why_periods: Sentence
    caution: str = ""
    solution: Literal["conservative", "parsimonious", "intermediate", "enhanced"] = "parsimonious"
    inclusion_cut: float = 0.8
    pri_cut: float | None = None
    n_cut: int = 1
    outcome: Set
    condition: Annotated[tuple[Set, ...], Field(min_length=1)]
    explanation: tuple[Explanation, ...] = ()
    id: str = ""

    @property
    def sets(self) -> tuple[Set, ...]:
        """The outcome, then the conditions."""
        return (self.outcome, *self.condition)


@cache
def shipped() -> Mapping[str, Path]:
    """The comparisons that ship, by name."""
    return MappingProxyType({path.stem: path for path in sorted(FOLDER.glob("*.toml"))})


def comparison(name: str) -> Comparison:
    """A comparison that ships, by its name, or one's own, by the path of its file.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    BadValueError
        If the file is not as it should be, with everything that is wrong.
    """
    path = Path(name)
    if name not in shipped() and (path.suffix != ".toml" or not path.is_file()):
        raise UnknownNameError("comparison", name, shipped())
    return read(shipped().get(name, path))


def read(path: Path) -> Comparison:
    """The comparison in a file.

    Raises
    ------
    BadValueError
        If the file is not as it should be, with everything that is wrong.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadValueError(f"{path.name} is not TOML: {error}.") from None
    try:
        found = Comparison.model_validate({**data, "id": path.stem})
    except ValidationError as error:
        lines = [f"  {_where(fault['loc'])}: {_what(fault)}" for fault in error.errors()]
        raise BadValueError(f"{path.name} is no comparison as it stands:\n" + "\n".join(lines)) from None
    names = [one.id for one in found.sets]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadValueError(f"{path.name}: two sets are called {twice[0]}. Rename one.")
    return found


def _where(place: tuple[int | str, ...]) -> str:
    """`condition 2, anchors` of ('condition', 1, 'anchors')."""
    said = [f"{part + 1}" if isinstance(part, int) else part for part in place]
    return (
        ", ".join(said).replace("condition, ", "condition ").replace("explanation, ", "explanation ")
        or "the file"
    )


def _what(fault: Mapping[str, object]) -> str:
    kind = str(fault["type"])
    if kind == "missing":
        return "it is missing"
    if kind == "extra_forbidden":
        allowed = sorted({*Comparison.model_fields, *Set.model_fields, "if", "then", "locator"} - {"id"})
        return f"there is no such key. Allowed: {', '.join(allowed)}"
    return f"{fault['msg']} (it is ‘{shorten(str(fault['input']))}’)"
