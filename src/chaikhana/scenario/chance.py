"""What a scenario moves beyond chance: the same edits on bodies drawn at random, and what these move.

What it is: a null for any measure and finding. A removal takes as many bodies of those that are alive on the day; a membership
that begins or ends does so in another body that allows it. Everything else of the scenario stays. Each counterpart is laid and
measured whole, so that this costs seconds a draw; only what the scenario moved is asked again. Ours.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chaikhana.core.dates import parse_moment
from chaikhana.core.vocabulary import INSIDE_STATUSES
from chaikhana.errors import BadValueError, ScenarioError
from chaikhana.frameworks.catalogue import framework
from chaikhana.measures.catalogue import measure
from chaikhana.scenario.edits import Edit, Remove, Spell
from chaikhana.scenario.laying import Laid, lay
from chaikhana.scenario.moves import Flip, Move, Moved, moved
from chaikhana.scenario.over_draws import Say, in_range
from chaikhana.scenario.scenario import Scenario
from chaikhana.study.membership import living_bodies

MOST = 1_000
TRIES = 20
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What became of one value or finding under the counterparts.

    Attributes
    ----------
    draws : int
        How many counterparts were laid.
    changed : float
        The share of them in which it changed at all.
    as_large : float or None
        The share in which a number changed by as much or more, in either direction; none for what is no number.
    low, high : float or None
        The least and the greatest change of a number.
    """

    draws: int
    changed: float
    as_large: float | None = None
    low: float | None = None
    high: float | None = None


def counterpart(laid: Laid, day: date, rng: random.Random) -> Scenario:
    """The scenario with its bodies drawn anew.

    Raises
    ------
    BadValueError
        If none of its edits names a body that another could stand for.
    """
    edits: list[Edit] = []
    alive = sorted(set(living_bodies(laid.base, day)["id"]))
    swapped = False
    for edit in laid.scenario.edits:
        if isinstance(edit, Remove):
            if not swapped:
                edits.append(
                    Remove(do="remove", bodies=tuple(rng.sample(alive, min(len(laid.removed), len(alive)))))
                )
            swapped = True
        elif isinstance(edit, Spell):
            edits.append(edit.model_copy(update={"body": rng.choice(_others(laid, edit))}))
            swapped = True
        else:
            edits.append(edit)
    if not swapped:
        raise BadValueError(
            "Chance stands for bodies that are removed, joined or left; this scenario has none."
        )
    return Scenario(title=f"{laid.scenario.title}, by chance", edits=tuple(edits))


def _others(laid: Laid, edit: Spell) -> list[str]:
    """Bodies that the edit could be about as well: those that the actor is outside, or inside, on that day."""
    day = parse_moment(edit.on).latest
    alive = set(living_bodies(laid.base, day)["id"])
    held = laid.base.on("memberships", day)
    inside = {
        row["body"]
        for row in held.iter_rows(named=True)
        if row["actor"] == edit.actor and row["holds"] != "no" and row["status"] in INSIDE_STATUSES
    }
    chosen = alive & inside if edit.do in ("leave", "suspend") else alive - inside
    if not chosen:
        raise BadValueError(f"There is no other body that {edit.actor} could {edit.do} on {edit.on}.")
    return sorted(chosen)


def against_chance(
    laid: Laid, found: Moved, draws: int, seed: int = 1, say: Say = lambda *_: None
) -> tuple[Mapping[Key, Chance], Mapping[Key, Chance]]:
    """How much of what moved moves under counterparts.

    Returns
    -------
    (mapping, mapping)
        For moves and for flips, by `key_of_move` and `key_of_flip`.

    Raises
    ------
    BadValueError
        If the number cannot be, or chance has no counterpart to the scenario.
    """
    in_range(draws, MOST, "counterparts are laid")
    rng = random.Random(seed)
    measures = [measure(name) for name in dict.fromkeys(one.measure for one in found.moves)]
    frameworks = [framework(name) for name in dict.fromkeys(one.framework for one in found.flips)]
    moves: list[dict[Key, Move]] = []
    flips: list[set[Key]] = []
    for number in range(draws):
        again = moved(
            _laid_by_chance(laid, found.on, rng), found.on, measures=measures, frameworks=frameworks
        )
        moves.append({key_of_move(one): one for one in again.moves})
        flips.append({key_of_flip(one) for one in again.flips if one.flipped})
        say(number + 1, draws)
    return (
        {key_of_move(one): _chance(one, moves) for one in found.moves},
        {
            key_of_flip(one): Chance(
                draws=draws, changed=sum(key_of_flip(one) in each for each in flips) / draws
            )
            for one in found.flips
        },
    )


def _laid_by_chance(laid: Laid, day: date, rng: random.Random) -> Laid:
    """A counterpart that can be laid; one that contradicts itself is drawn again."""
    for _ in range(TRIES):
        try:
            return lay(laid.base, counterpart(laid, day, rng))
        except ScenarioError:
            continue
    raise BadValueError(f"Of {TRIES} counterparts drawn by chance none can be laid over the study.")


def key_of_move(one: Move) -> Key:
    """What a move is of: the measure, the row, the column."""
    return (one.measure, tuple(one.key.items()), one.column)


def key_of_flip(one: Flip) -> Key:
    """What a flip is of: the framework and its subject."""
    return (one.framework, one.subject)


def _chance(one: Move, again: list[dict[Key, Move]]) -> Chance:
    key = key_of_move(one)
    same = [each.get(key) for each in again]
    changed = sum(move is not None for move in same) / len(again)
    if one.difference is None:
        return Chance(draws=len(again), changed=changed)
    changes = [_middle(move.difference) if move and move.difference else 0.0 for move in same]
    size = abs(_middle(one.difference))
    return Chance(
        draws=len(again),
        changed=changed,
        as_large=sum(abs(change) >= size for change in changes) / len(again),
        low=min(changes),
        high=max(changes),
    )


def _middle(ends: tuple[float, float]) -> float:
    return (ends[0] + ends[1]) / 2
