"""Claims put to the data: the verdict, the rows that decide, and what it hangs on.

What it is: each claim is asked as of the study's last day and as of the day on which its paper was written (true when written, no
longer). It is asked again without the rows that its own paper alone states, so that no paper is its own witness
unseen; and under the other sides of every dispute in which a deciding row stands.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

from chaikhana.claims.database import AS_PREFERRED, LIMIT, Database, Reading
from chaikhana.claims.python_tests import PYTHON_TESTS
from chaikhana.claims.registry import Claim, Corpus
from chaikhana.claims.verdicts import Point, rows_of, verdict
from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError, ChaikhanaError, UnknownNameError
from chaikhana.study.study import Study

NEEDED = ("what", "holds", "rows")
_TRUTHS = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}


Say = Callable[[int, int], None]


def quiet(_done: int, _of: int) -> None:
    """Say nothing of how far it has come."""


class ClaimError(ChaikhanaError):
    """A claim's test that cannot be run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A reading of the facts under which the verdict is another."""

    dispute: str
    side: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A claim with what the data say of it.

    Attributes
    ----------
    verdict, verdict_then : str
        As of the day asked (by default the study's last), and as of the day the paper was written.
    tested : tuple of Point
        As of the day asked.
    alone : bool
        Whether nothing but the paper's own word decides: without its rows the verdict is *undetermined*.
    verdict_without : str
        The verdict without the rows that the paper alone states; empty where it was not tried.
    own : int
        How many of the deciding rows the paper alone states.
    turns : tuple of Turn
        Readings of the facts under which the verdict is another.
    disputes : tuple of str
        Every dispute that was tried.
    varied : bool
        Whether it was asked again under other readings. A claim on a measure or a finding is not: the framework's own
        robustness varies these (`chaikhana classify NAME --robust`).
    """

    claim: Claim
    on: date
    written: date
    verdict: str
    verdict_then: str
    tested: tuple[Point, ...]
    verdict_without: str = ""
    own: int = 0
    turns: tuple[Turn, ...] = ()
    disputes: tuple[str, ...] = ()
    varied: bool = False

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that decide."""
        return rows_of(self.tested)

    @property
    def alone(self) -> bool:
        """Whether the verdict rests on the paper's own word."""
        return self.verdict != "undetermined" and self.verdict_without == "undetermined"


def examine(
    database: Database, claim: Claim, day: date, reading: Reading = AS_PREFERRED
) -> tuple[Point, ...]:
    """What a claim's test finds as of a day, in a reading of the facts.

    Raises
    ------
    ClaimError
        If its test is refused, fails, goes beyond a limit, or gives other columns than it should.
    """
    if claim.python:
        name, *words = claim.python.split()
        try:
            return PYTHON_TESTS[name](database.under(reading), day, words)
        except BadValueError as error:
            raise ClaimError(f"{claim.place}: the test of ‘{claim.id}’ cannot be run. {error}") from error
    try:
        names, rows = database.ask(claim.test, day, reading, LIMIT)
    except (BadValueError, UnknownNameError) as error:
        raise ClaimError(
            f"{_place(claim, str(error))}: the test of ‘{claim.id}’ cannot be run. {error}"
        ) from error
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise ClaimError(
            f"{claim.place}: the test of ‘{claim.id}’ gives no column {', '.join(missing)}. It gives {', '.join(names)}; "
            "a test gives what, holds (true, false or NULL) and rows (a list of row ids), and found if it likes."
        )
    return tuple(_point(claim, dict(zip(names, row, strict=True))) for row in rows)


def _point(claim: Claim, row: Mapping[str, Any]) -> Point:
    holds, rows, found = row["holds"], row["rows"], row.get("found")
    if holds not in (True, False, None) or not isinstance(holds, bool | None):
        raise ClaimError(
            f"{claim.place}: in ‘{claim.id}’, holds is {holds!r}. It must be true, false or NULL."
        )
    if rows is not None and not isinstance(rows, list):
        raise ClaimError(f"{claim.place}: in ‘{claim.id}’, rows is {rows!r}. It must be a list of row ids.")
    return Point(
        what=str(row["what"]),
        holds=_TRUTHS[holds],
        found="" if found is None else f"{found:.6g}" if isinstance(found, float) else str(found),
        rows=tuple(dict.fromkeys(str(one) for one in rows or () if one is not None)),
    )


def _place(claim: Claim, told: str) -> str:
    """The line of the file at which DuckDB saw the fault, where it says so."""
    mark = told.find("LINE ")
    if mark < 0 or not claim.test_line:
        return claim.place
    number = told[mark + 5 :].partition(":")[0]
    file = claim.place.rpartition(", line ")[0]
    return f"{file}, line {claim.test_line + int(number) - 1}" if number.isdigit() else claim.place


class Examiner:
    """Everything that is needed to try the claims of a study.

    Parameters
    ----------
    study : Study
        Is not touched.
    """

    def __init__(self, study: Study) -> None:
        self.database = Database(study)
        self.study = study
        self._dispute_of, self._sides = _disputed(study)
        most = max((len(sides) for sides in self._sides.values()), default=1)
        # In the n-th reading every dispute takes its n-th other side: what no such reading moves, no single one does.
        self._others = [
            {slug: sides[n] for slug, sides in self._sides.items() if n < len(sides)} for n in range(most - 1)
        ]

    def result(self, claim: Claim, written: date, day: date | None = None, *, hangs: bool = True) -> Result:
        """The verdict on one claim; with `hangs` false, without the date of the paper, its own rows and other readings.

        Raises
        ------
        ClaimError
            If its test cannot be run.
        """
        on = day or self.study.about.last_day
        tested = examine(self.database, claim, on)
        now = verdict(tested)
        if not hangs:
            return Result(claim=claim, on=on, written=written, verdict=now, verdict_then=now, tested=tested)
        varied = not claim.computed
        tried, turns = self._turns(claim, on, tested, now) if varied else ((), ())
        return Result(
            claim=claim,
            on=on,
            written=written,
            verdict=now,
            verdict_then=self._verdict(claim, written) if not varied or "$day" in claim.test else now,
            verdict_without=self._without(claim, on, tested, now) if varied else "",
            own=len(self.database.sole[claim.paper] & set(rows_of(tested))),
            tested=tested,
            turns=turns,
            disputes=tried,
            varied=varied,
        )

    def _verdict(self, claim: Claim, day: date, reading: Reading = AS_PREFERRED) -> str:
        return verdict(examine(self.database, claim, day, reading))

    def _without(self, claim: Claim, on: date, tested: tuple[Point, ...], now: str) -> str:
        """The verdict without the rows that the paper alone states; the same where none of them decides."""
        if not self.database.sole[claim.paper] & set(rows_of(tested)):
            return now
        return self._verdict(claim, on, Reading(without=claim.paper))

    def _turns(
        self, claim: Claim, on: date, tested: tuple[Point, ...], now: str
    ) -> tuple[tuple[str, ...], tuple[Turn, ...]]:
        """The disputes that bear on a claim, and the sides under which its verdict is another."""
        touched = {self._dispute_of[row] for row in rows_of(tested) if row in self._dispute_of}
        others: list[str] = []
        # A dispute that bears on the claim shows in what decides it, or in what decides it once every dispute is turned; more
        # sides than two are turned one after the other. Where all turned at once leave the verdict, none is tried by itself:
        # two that undo one another would be missed.
        for turned, sides in enumerate(self._others):
            if turned and not any(len(self._sides[slug]) > turned + 1 for slug in touched):
                break
            found = examine(self.database, claim, on, Reading(sides=sides))
            others.append(verdict(found))
            touched |= {self._dispute_of[row] for row in rows_of(found) if row in self._dispute_of}
        tried = tuple(sorted(touched))
        turns: list[Turn] = []
        if all(other == now for other in others):
            return tried, ()
        for slug in tried:
            for turned, side in enumerate(self._sides[slug][:-1]):
                alone = len(tried) == 1 and turned < len(others)
                other = others[turned] if alone else self._verdict(claim, on, Reading(sides={slug: side}))
                if other != now:
                    turns.append(Turn(dispute=slug, side=side, verdict=other))
        return tried, tuple(turns)

    def close(self) -> None:
        """Let go of the memory."""
        self.database.close()


def results(
    study: Study,
    found: Iterable[Corpus],
    day: date | None = None,
    wanted: Callable[[Claim], bool] = lambda _: True,
    say: Say = quiet,
    *,
    hangs: bool = True,
) -> list[Result]:
    """Every claim that can be tested, tried, in the order of the files; with `hangs` false, for the verdict alone.

    Two threads share them; what is computed (measures, findings) stays with one, so that nothing is computed twice.

    Raises
    ------
    ClaimError
        If a test cannot be run; the others are tried first, and every fault is told.
    """
    asked = [
        (claim, corpus.written)
        for corpus in found
        for claim in corpus.claims
        if claim.testable and wanted(claim)
    ]
    done = itertools.count(1)
    answers: dict[str, Result | ClaimError] = {}
    waiting = [one for one in asked if not one[0].computed]

    def tried(first: list[tuple[Claim, date]]) -> None:
        examiner = Examiner(study)
        while first or waiting:
            try:
                claim, written = (first or waiting).pop()
            except IndexError:  # the other thread took the last one
                break
            try:
                answers[claim.id] = examiner.result(claim, written, day, hangs=hangs)
            except ClaimError as error:
                answers[claim.id] = error
            say(next(done), len(asked))
        examiner.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tried, ([one for one in asked if one[0].computed], [])))
    wrong = [str(answer) for answer in answers.values() if isinstance(answer, ClaimError)]
    if wrong:
        raise ClaimError("\n".join(wrong))
    return [answer for claim, _ in asked if isinstance(answer := answers[claim.id], Result)]


def _disputed(study: Study) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Row to its dispute, and dispute to its sides, the one that the study prefers last."""
    of: dict[str, str] = {}
    preferred: dict[str, str] = {}
    for frame in study.frames.values():
        for row, slug, side, prefer in frame.select("row", "rival", "side", "prefer").iter_rows():
            if slug:
                of[row] = slug
                if prefer == "yes":
                    preferred[slug] = side
    sides = {}
    for slug, known in study.disputes().items():
        last = preferred.get(slug, known[0])
        sides[slug] = [*(side for side in known if side != last), last]
    return of, sides
