"""Formats that could work, as tables for eyes and as plain data for tools.

What it is: the one place where an answer about an initiative becomes frames, sentences and JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from chaikhana.scenario.obstacles import Obstacle
from chaikhana.scenario.precedents import Precedent
from chaikhana.scenario.viability import Answered, Format


def formats_frame(answered: Answered) -> pl.DataFrame:
    """Every format, those with least in the way first, with how many things of each kind stand in it."""
    return pl.DataFrame(
        [
            {
                "format": one.name,
                "who": ", ".join((*one.members, *one.outsiders)),
                "without": ", ".join(one.without),
                **one.counts,
                "speak_for": len(one.speaks_for),
                "could_join": ", ".join(one.could_join),
                "vote_alike": one.vote,
            }
            for one in answered.formats
        ],
        infer_schema_length=None,
    )


def joining_frame(answered: Answered) -> pl.DataFrame:
    """Each state of the region, and what weighs most against it at each depth; a dot where nothing does."""
    return pl.DataFrame(
        [
            {"state": actor, **{depth: kind or None for depth, kind in kinds.items()}}
            for actor, kinds in answered.by_depth.items()
        ],
        schema={"state": pl.String, **dict.fromkeys(next(iter(answered.by_depth.values())), pl.String)},
    )


def reasons(one: Format) -> list[str]:
    """What stands in the way of a format, a line each."""
    return [f"{obstacle.kind}: {sentence(obstacle.says)}" for obstacle in one.in_the_way]


def sentence(says: str) -> str:
    """A clause with its full stop, of which it has one perhaps."""
    return says if says.endswith(".") else f"{says}."


def precedent(one: Precedent) -> str:
    """A precedent in a sentence, with the parts of its distance and what became of it."""
    old = one.candidate
    issue = "same issue" if one.same_issue else "another issue"
    depth = (
        f"{one.depth} {'step' if one.depth == 1 else 'steps'} of depth away" if one.depth else "same depth"
    )
    return (
        f"{old.name} ({old.id}, {old.began}): {issue}, {depth}, {100 * (1 - one.participants):.0f} per cent of participants "
        f"alike; {old.became}."
    )


def formats_data(answered: Answered, cited: Mapping[str, list[str]]) -> dict[str, Any]:
    """The answer as plain data; `cited` gives what each row cites."""
    asked = answered.asked
    return {
        "initiative": {
            "title": asked.title,
            "issue": asked.issue,
            "depth": asked.depth,
            "on": asked.on.isoformat(),
            "open": asked.open,
            "with": list(asked.invited),
            "lead": asked.lead,
        },
        "assumptions": list(answered.assumptions),
        "by_depth": {actor: dict(kinds) for actor, kinds in answered.by_depth.items()},
        "formats": [_format_data(answered, one, cited) for one in answered.formats],
    }


def _format_data(answered: Answered, one: Format, cited: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "format": one.name,
        "members": list(one.members),
        "outsiders": list(one.outsiders),
        "without": list(one.without),
        "counts": one.counts,
        "shared": list(one.shared),
        "could_join": list(one.could_join),
        "vote_alike": one.vote,
        "in_the_way": [_obstacle_data(obstacle, cited) for obstacle in one.in_the_way],
        "speaks_for": [_obstacle_data(obstacle, cited) for obstacle in one.speaks_for],
        "said": [_obstacle_data(obstacle, cited) for obstacle in one.said],
        "precedents": [
            {
                "id": past.candidate.id,
                "name": past.candidate.name,
                "kind": past.candidate.kind,
                "began": past.candidate.began,
                "depth": past.candidate.depth,
                "became": past.candidate.became,
                "distance": past.distance,
                "participants": past.participants,
                "steps_of_depth": past.depth,
                "same_issue": past.same_issue,
                "rows": list(past.candidate.rows),
            }
            for past in answered.precedents[(*one.members, *one.outsiders)]
        ],
    }


def _obstacle_data(one: Obstacle, cited: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "actor": one.actor,
        "kind": one.kind,
        "says": one.says,
        "locator": one.locator,
        "source": one.source,
        "rows": list(one.rows),
        "cites": list(dict.fromkeys(cite for row in one.rows for cite in cited.get(row, ()))),
    }
