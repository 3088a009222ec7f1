"""What a scenario moved, as tables for eyes and as plain data for tools.

What it is: the one place where differences become frames and JSON, so that the command line and the report say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from chaikhana.core.findings import Finding, Step
from chaikhana.scenario.chance import Chance, Key, key_of_flip, key_of_move
from chaikhana.scenario.laying import Laid
from chaikhana.scenario.moves import CHANGED, GONE, NEW, Flip, Move, Moved

NOT_FOUND = "nothing found"
UNTOUCHED = "Series computed from datasets (votes, trade, arms, regimes, speech, the world's organisations) are what they were."


def rows_frame(laid: Laid) -> pl.DataFrame:
    """How many rows of each table went, came or changed."""
    counted = Counter((change.table, change.what) for change in laid.changes)
    tables = list(dict.fromkeys(change.table for change in laid.changes))
    return pl.DataFrame(
        [
            {"table": table, **{what: counted[table, what] for what in (NEW, CHANGED, GONE)}}
            for table in tables
        ],
        schema={"table": pl.String, NEW: pl.Int64, CHANGED: pl.Int64, GONE: pl.Int64},
    )


def measures_frame(found: Moved) -> pl.DataFrame:
    """Each measure that moved: how many of its rows are new, gone or changed, and its widest change of a number."""
    rows = []
    for name in dict.fromkeys(move.measure for move in found.moves):
        own = [move for move in found.moves if move.measure == name]
        counted = Counter(move.what for move in own)
        widest = max(
            (move for move in own if move.difference),
            key=lambda move: abs(sum(move.difference or ())),
            default=None,
        )
        rows.append(
            {
                "measure": name,
                "rows": found.compared.get(name, 0),
                **{what: counted[what] for what in (NEW, CHANGED, GONE)},
                "widest_change": f"{keyed(widest.key)}, {widest.column}: {value(widest.before)} → {value(widest.after)}"
                if widest
                else "",
            }
        )
    return pl.DataFrame(
        rows,
        schema={
            "measure": pl.String,
            "rows": pl.Int64,
            NEW: pl.Int64,
            CHANGED: pl.Int64,
            GONE: pl.Int64,
            "widest_change": pl.String,
        },
    )


def moves_frame(moves: Iterable[Move], chance: Mapping[Key, Chance] | None = None) -> pl.DataFrame:
    """Every value that moved, one a row."""
    rows = []
    for move in moves:
        low, high = move.difference or (None, None)
        row: dict[str, Any] = {
            "measure": move.measure,
            "what": move.what,
            "of": keyed(move.key),
            "column": move.column,
            "before": value(move.before),
            "after": value(move.after),
            "difference_low": low,
            "difference_high": high,
        }
        if chance is not None:
            one = chance[key_of_move(move)]
            row |= {"changed_by_chance": one.changed, "as_large_by_chance": one.as_large}
        rows.append({**row, "rows": list(move.rows)})
    schema: dict[str, Any] = {
        **dict.fromkeys(("measure", "what", "of", "column", "before", "after"), pl.String),
        **dict.fromkeys(("difference_low", "difference_high"), pl.Float64),
        **(
            dict.fromkeys(("changed_by_chance", "as_large_by_chance"), pl.Float64)
            if chance is not None
            else {}
        ),
        "rows": pl.List(pl.String),
    }
    return pl.DataFrame(rows, schema=schema)


def flips_frame(flips: Iterable[Flip], chance: Mapping[Key, Chance] | None = None) -> pl.DataFrame:
    """Every finding that flipped, with the rules that flipped it."""
    rows = []
    for flip in flips:
        if not flip.flipped:
            continue
        row: dict[str, Any] = {
            "framework": flip.framework,
            "subject": flip.subject,
            "before": finding(flip.before),
            "after": finding(flip.after),
            "by_the_rules": ", ".join(turn.rule for turn in flip.turns),
        }
        if chance is not None:
            row["flips_by_chance"] = chance[key_of_flip(flip)].changed
        rows.append(row)
    schema = dict.fromkeys(("framework", "subject", "before", "after", "by_the_rules"), pl.String)
    return pl.DataFrame(
        rows, schema={**schema, **({"flips_by_chance": pl.Float64} if chance is not None else {})}
    )


def flips_listed(
    flips: Iterable[Flip], chance: Mapping[Key, Chance] | None = None
) -> list[tuple[str, list[str]]]:
    """Every finding that flipped, before and after, each with the rules that flipped it; subjects that are gone have none."""
    listed = []
    for flip in flips:
        if not flip.flipped or flip.before is None or flip.after is None:
            continue
        head = f"{flip.framework}, {flip.subject}: {finding(flip.before)} → {finding(flip.after)}"
        if chance is not None:
            head += f" (flips in {100 * chance[key_of_flip(flip)].changed:.0f} per cent of the counterparts by chance)"
        listed.append(
            (
                head,
                [
                    f"{turn.rule} ({turn.locator}): {_outcome(turn.before)} → {_outcome(turn.after)}. "
                    f"{turn.after.sentence if turn.after else ''}".strip()
                    for turn in flip.turns
                    if (turn.before and turn.before.outcome) != (turn.after and turn.after.outcome)
                ],
            )
        )
    return listed


def _outcome(one: Step | None) -> str:
    return one.outcome.value if one else "not asked"


def subjects_gone(flips: Iterable[Flip]) -> list[str]:
    """Subjects that there are no longer, or newly, with their frameworks."""
    found: dict[str, list[str]] = {}
    for flip in flips:
        if flip.before is None or flip.after is None:
            found.setdefault(f"{flip.subject} {'is new' if flip.before is None else 'is gone'}", []).append(
                flip.framework
            )
    return [f"{what} as a subject of {', '.join(frameworks)}." for what, frameworks in found.items()]


def finding(one: Finding | None) -> str:
    """A finding in a few words."""
    if one is None:
        return "no such subject"
    return f"{one.verdict.value}: {one.label or NOT_FOUND}"


def keyed(key: Mapping[str, Any]) -> str:
    """The place of a value: ``2025, ACTOR, formal-organisation``."""
    return ", ".join(value(part) for part in key.values())


def value(one: Any) -> str:
    """A value as it is read; bounds as a range."""
    if one is None:
        return "·"
    if isinstance(one, dict):
        return ", ".join(
            f"{name.replace('_', ' ')} {value(inner)}" for name, inner in one.items() if inner is not None
        )
    if isinstance(one, float):
        return f"{one:.3g}"
    if isinstance(one, tuple):
        if len(one) == 2 and all(isinstance(end, (int, float)) or end is None for end in one):
            return value(one[0]) if one[0] == one[1] else f"{value(one[0])} to {value(one[1])}"
        return ", ".join(value(part) for part in one)
    return str(one)


def whatif_data(
    laid: Laid,
    found: Moved,
    chance: tuple[Mapping[Key, Chance], Mapping[Key, Chance]] | None,
    drawn: pl.DataFrame | None,
) -> dict[str, Any]:
    """Everything as plain data: the scenario, rows, and per measure and finding before, after, difference, interval, null."""
    of_moves, of_flips = chance or ({}, {})
    return {
        "study": laid.base.about.id,
        "scenario": {
            "title": laid.scenario.title,
            "why": laid.scenario.why,
            "edits": [edit.told for edit in laid.scenario.edits],
        },
        "on": found.on.isoformat(),
        "rows": [
            {
                "row": change.row,
                "what": change.what,
                "edits": list(change.edits),
                "before": dict(change.before),
                "after": dict(change.after),
            }
            for change in laid.changes
        ],
        "notices": list(laid.notices),
        "untouched": UNTOUCHED,
        "compared": dict(found.compared),
        "could_not_be_asked": dict(found.silent),
        "measures": [_move_data(move, of_moves.get(key_of_move(move))) for move in found.moves],
        "findings": [_flip_data(flip, of_flips.get(key_of_flip(flip))) for flip in found.flips],
        "positions": None if drawn is None else drawn.to_dicts(),
    }


def _move_data(move: Move, chance: Chance | None) -> dict[str, Any]:
    middle = None if move.difference is None else sum(move.difference) / 2
    return {
        "measure": move.measure,
        "of": dict(move.key),
        "column": move.column,
        "what": move.what,
        "before": move.before,
        "after": move.after,
        "difference": middle,
        "interval": move.difference,
        "null": _chance_data(chance),
        "rows": list(move.rows),
    }


def _flip_data(flip: Flip, chance: Chance | None) -> dict[str, Any]:
    scores = [one.score if one else None for one in (flip.before, flip.after)]
    interval = (
        (scores[1].low - scores[0].high, scores[1].high - scores[0].low) if scores[0] and scores[1] else None
    )
    return {
        "framework": flip.framework,
        "subject": flip.subject,
        "flipped": flip.flipped,
        "before": _finding_data(flip.before),
        "after": _finding_data(flip.after),
        "difference": None if interval is None else sum(interval) / 2,
        "interval": interval,
        "null": _chance_data(chance),
        "rules": [
            {
                "rule": turn.rule,
                "locator": turn.locator,
                "before": _step_data(turn.before),
                "after": _step_data(turn.after),
            }
            for turn in flip.turns
        ],
    }


def _finding_data(one: Finding | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "verdict": one.verdict.value,
        "label": one.label,
        "score": None if one.score is None else [one.score.low, one.score.high],
        "scored": one.scored,
    }


def _step_data(one: Step | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "value": one.value,
        "outcome": one.outcome.value,
        "sentence": one.sentence,
        "rows": list(one.evidence.rows),
    }


def _chance_data(chance: Chance | None) -> dict[str, Any] | None:
    if chance is None:
        return None
    return {
        "draws": chance.draws,
        "changed": chance.changed,
        "as_large": chance.as_large,
        "low": chance.low,
        "high": chance.high,
    }
