"""Robustness: how often a finding survives when every choice that is ours, and every rival reading of its facts, varies.

Reference: the specification curve of Simonsohn, Simmons and Nelson 2020 (doi:10.1038/s41562-020-0912-z). Facts are gathered
once a reading; what varies is judged again, and what a rule found under the choices that it reads is remembered. Where the
grid is larger than is run, specifications are drawn from it without replacement, by a fixed seed, and the result says so. The
finding's own rows name the disputes whose other sides are read.
"""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import Choice, Chosen, Value, filled
from chaikhana.core.findings import Finding, Framework, Verdict
from chaikhana.core.remembering import Memory, Remembering
from chaikhana.frameworks.running import cited, gathered, require
from chaikhana.study.study import Study

MOST = 5_000
READING = "reading"
PREFERRED = "preferred"
MOST_READINGS = 16
SEED = 1
Say = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One specification and what it found."""

    chosen: Chosen
    verdict: Verdict
    label: str
    score: Bounds | None
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How often the finding survives where one choice has one value."""

    choice: str
    value: Value
    specifications: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """A finding, and how it fares over specifications.

    Attributes
    ----------
    finding : Finding
        Under the choices asked for.
    share : float
        Share of specifications with the same verdict and label.
    complete : bool
        Whether the whole grid was run.
    grid : int
        Its size.
    outcomes : tuple
        Verdict, label and number of specifications, the most frequent first.
    moves : tuple of Move
        Each choice at each value; a choice moves the finding where its shares differ.
    curve : tuple of Point
        The specifications in order of their score.
    left_out : tuple of str
        Disputes whose other sides were not read, since there were too many.
    """

    finding: Finding
    share: float
    complete: bool
    grid: int
    outcomes: tuple[tuple[Verdict, str, int], ...]
    moves: tuple[Move, ...]
    curve: tuple[Point, ...]
    left_out: tuple[str, ...]

    @property
    def specifications(self) -> int:
        """How many specifications were run."""
        return len(self.curve)

    def spread(self) -> dict[str, float]:
        """How far each choice moves the finding: the range of its shares, the widest first."""
        shares: dict[str, list[float]] = {}
        for move in self.moves:
            shares.setdefault(move.choice, []).append(move.share)
        ranges = {choice: max(found) - min(found) for choice, found in shares.items()}
        return dict(sorted(ranges.items(), key=lambda item: (-item[1], item[0])))


def robust(
    framework: Framework,
    study: Study,
    subject: str,
    on: date,
    given: Chosen | None = None,
    most: int = MOST,
    seed: int = SEED,
    readings: bool = True,
    facts: Any = None,
    say: Say = lambda *_: None,
) -> Robustness:
    """Judge a subject on a day under every specification, or under `most` of them drawn at random.

    Parameters
    ----------
    given : mapping, optional
        The choices of the finding whose survival is asked.
    facts : optional
        What was gathered of the subject already.
    readings : bool
        Whether the other sides of disputes are read too, each of which gathers anew.
    say : callable
        Told how many of how many specifications are done.

    Raises
    ------
    UnknownNameError, BadValueError
        As `running.classify`.
    """
    require(framework, study, subject, on)
    made = filled(framework.choices, given)
    facts = gathered(framework, study, subject, on) if facts is None else facts
    finding = cited(study, framework.judge(facts, made))
    others, left_out = readings_of(study, finding) if readings else ({PREFERRED: {}}, ())
    reading_choice = Choice(
        id=READING, says="which side of a dispute is read", default=PREFERRED, values=tuple(others)
    )
    axes = (reading_choice, *framework.choices)
    read = {PREFERRED: facts}
    memories: dict[str, Memory] = {}
    points = []
    grid = math.prod(len(axis.values) for axis in axes)
    for done, chosen in enumerate(_specifications(axes, grid, most, seed)):
        reading = str(chosen[READING])
        if reading not in read:
            read[reading] = gathered(framework, study.under(others[reading]), subject, on)
        found = framework.judge(read[reading], Remembering(chosen, memories.setdefault(reading, {})))
        held = (found.verdict, found.label) == (finding.verdict, finding.label)
        points.append(
            Point(chosen=chosen, verdict=found.verdict, label=found.label, score=found.score, held=held)
        )
        if done % 100 == 0:
            say(done, min(grid, most))
    counted = Counter((point.verdict, point.label) for point in points)
    return Robustness(
        finding=finding,
        share=sum(point.held for point in points) / len(points),
        complete=grid <= most,
        grid=grid,
        outcomes=tuple((verdict, label, number) for (verdict, label), number in counted.most_common()),
        moves=tuple(_moves(axes, points)),
        curve=tuple(sorted(points, key=_height)),
        left_out=left_out,
    )


def readings_of(study: Study, finding: Finding) -> tuple[dict[str, Mapping[str, str]], tuple[str, ...]]:
    """The preferred reading, and one for each other side of a dispute in which a row of the finding stands.

    Returns
    -------
    readings : dict
        Name of the reading to what `Study.under` takes.
    left_out : tuple of str
        Further disputes, beyond `MOST_READINGS`.
    """
    sides = study.disputes()
    wanted = set(finding.evidence.rows)
    touched: dict[str, str] = {}
    for frame in study.frames.values():
        inside = frame.select("row", "rival", "side").filter(frame["rival"] != "")
        touched |= {slug: side for row, slug, side in inside.iter_rows() if row in wanted}
    readings: dict[str, Mapping[str, str]] = {PREFERRED: {}}
    left_out = []
    for slug, taken in sorted(touched.items()):
        for side in sides[slug]:
            if side == taken:
                continue
            if len(readings) < MOST_READINGS:
                readings[f"{slug}={side}"] = {slug: side}
            else:
                left_out.append(f"{slug}={side}")
    return readings, tuple(left_out)


def _specifications(axes: Sequence[Choice], grid: int, most: int, seed: int) -> Iterator[dict[str, Value]]:
    """The whole grid, or `most` of its cells drawn without replacement; each reading's in one run."""
    names = [axis.id for axis in axes]
    if grid <= most:
        for values in itertools.product(*(axis.values for axis in axes)):
            yield dict(zip(names, values, strict=True))
        return
    for cell in sorted(random.Random(seed).sample(range(grid), most)):
        places = []
        for axis in reversed(axes):
            cell, place = divmod(cell, len(axis.values))
            places.append(axis.values[place])
        yield dict(zip(names, reversed(places), strict=True))


def _moves(axes: Sequence[Choice], points: Sequence[Point]) -> Iterator[Move]:
    for axis in axes:
        tally: dict[Value, list[bool]] = {}
        for point in points:
            tally.setdefault(point.chosen[axis.id], []).append(point.held)
        for value in axis.values:
            if held := tally.get(value):
                share = sum(held) / len(held)
                yield Move(choice=axis.id, value=value, specifications=len(held), share=share)


def _height(point: Point) -> tuple[float, float, str]:
    if point.score is None:
        return (math.inf, math.inf, point.label)
    return ((point.score.low + point.score.high) / 2, point.score.low, point.label)
