"""A result told: as data, as a line, and as a trace with the test and the rows that decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from chaikhana.claims.comparing import said
from chaikhana.claims.registry import Claim
from chaikhana.claims.testing import Result
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import CLAIM_VERDICTS
from chaikhana.study.study import Study

MOST_ROWS = 12
MOST_FOUND = 4
SIGNS = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "unknown", Truth.NOT_APPLICABLE: "not applicable"}


def as_data(one: Result) -> dict[str, Any]:
    """Everything of a result, as JSON has it."""
    claim = one.claim
    return _said(claim) | {
        "verdict": one.verdict,
        "as_of": one.on.isoformat(),
        "verdict_then": one.verdict_then,
        "written": one.written.isoformat(),
        "evidence": [
            {"what": each.what, "holds": each.holds.value, "found": each.found, "rows": list(each.rows)}
            for each in one.tested
        ],
        "own_rows": one.own,
        "verdict_without_own_rows": one.verdict_without or None,
        "readings": {
            "tried": list(one.disputes) if one.varied else None,
            "turns": [
                {"dispute": turn.dispute, "side": turn.side, "verdict": turn.verdict} for turn in one.turns
            ],
        },
        "against": list(claim.against),
        "explains": claim.explains,
        "note": claim.note,
        "test": claim.test or claim.python,
    }


def untested_as_data(claim: Claim) -> dict[str, Any]:
    """A claim that nothing at hand tests, as JSON has it."""
    return _said(claim) | {
        "verdict": "untested",
        "verdict_then": "untested",
        "evidence": [],
        "needs": claim.needs,
        "note": claim.note,
    }


def _said(claim: Claim) -> dict[str, Any]:
    """The claim itself, tested or not."""
    return {
        "id": claim.id,
        "paper": claim.paper,
        "locator": claim.locator,
        "says": claim.says,
        "kind": claim.kind,
        "scope": {"actors": list(claim.actors), "bodies": list(claim.bodies), "period": claim.period},
        "expected": claim.expected,
    }


def summary(tried: Sequence[Result]) -> str:
    """How many of each verdict."""
    counted = Counter(one.verdict for one in tried)
    parts = [f"{counted[verdict]} {verdict}" for verdict in CLAIM_VERDICTS if counted[verdict]]
    noun = "claim" if len(tried) == 1 else "claims"
    return f"{len(tried)} {noun}: {', '.join(parts)}, as of {tried[0].on}." if tried else "No claim."


def found_in_short(one: Result) -> str:
    """What was found, in a line: of several things tested those first that do not hold."""
    ordered = sorted(one.tested, key=lambda each: each.holds is Truth.YES)
    return (
        few([f"{each.what}: {each.found or 'nothing'}" for each in ordered], MOST_FOUND)
        or "nothing to test it on"
    )


def few(parts: Sequence[str], most: int) -> str:
    """The first of several parts in running text, and how many more there are."""
    more = [f"and {len(parts) - most} more"] if len(parts) > most else []
    return "; ".join([*parts[:most], *more])


def hangs_on(one: Result) -> tuple[str, ...]:
    """What the verdict hangs on, in few words: the date, the paper's own word, disputes of sources."""
    told = []
    if one.verdict_then != one.verdict:
        told.append(f"date ({one.verdict_then} on {one.written})")
    if one.alone:
        told.append("the paper's own word")
    told += [f"sources ({turn.dispute}: {turn.verdict} by {turn.side})" for turn in one.turns]
    return tuple(told)


def traced(one: Result, study: Study) -> str:
    """A result with its test, what was found, and what the rows that decide say."""
    claim = one.claim
    lines = [
        f"{claim.id}: {one.verdict} as of {one.on} ({one.verdict_then} on {one.written}, when the paper was written)",
        f"  {claim.paper}, {claim.locator} ({claim.kind})",
        f"  Says: {claim.says}",
        f"  Expected: {claim.expected}",
    ]
    if claim.explains and one.verdict != "supported":
        lines.append(f"  What could explain it: {claim.explains}")
    if claim.note:
        lines.append(f"  Note: {claim.note}")
    if claim.against:
        lines.append(f"  Says otherwise: {', '.join(claim.against)}")
    lines.append("  Found:")
    lines += [f"    {SIGNS[each.holds]}: {each.what}: {each.found or 'nothing'}" for each in one.tested]
    lines.append(f"  Rows that decide ({len(one.rows)}):")
    shown = said(study, one.rows[:MOST_ROWS])
    for (table, _), cells in shown.items():
        lines.append(f"    {table}: " + "; ".join(f"{name} {value}" for name, value in cells.items()))
    if len(one.rows) > MOST_ROWS:
        lines.append(f"    … and {len(one.rows) - MOST_ROWS} more: --json has all.")
    lines.append(f"  {_readings(one)}")
    if one.own:
        without = f" Without them: {one.verdict_without}." if one.verdict_without else ""
        lines.append(
            f"  {one.own} of the rows {'is' if one.own == 1 else 'are'} the paper's own word alone.{without}"
        )
    lines.append("  Test:")
    lines += [f"    {line}" for line in (claim.test or f"in Python: {claim.python}").splitlines()]
    return "\n".join(lines)


def _readings(one: Result) -> str:
    if not one.varied:
        return "Rival readings are not tried here: chaikhana classify NAME --robust varies a framework's."
    if not one.disputes:
        return "No dispute of sources bears on it."
    if not one.turns:
        return f"The verdict stands whichever side is taken in: {', '.join(one.disputes)}."
    told = [f"{turn.verdict} by {turn.side} ({turn.dispute})" for turn in one.turns]
    return f"Where sources differ the verdict is another: {'; '.join(told)}."


def untested_told(claim: Claim) -> str:
    """A claim that nothing at hand tests."""
    return (
        f"{claim.id}: untested\n  {claim.paper}, {claim.locator} ({claim.kind})\n  Says: {claim.says}\n"
        f"  Expected: {claim.expected}\n  What would test it: {claim.needs}"
    )
