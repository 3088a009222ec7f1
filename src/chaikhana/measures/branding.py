"""Branding: a state promotes an identity that is tied to a grouping, at a particular moment.

Reference: Tskhay & Costa Buranelli 2020, section *Balancing Regionalism and its Operation*, third mechanism. Reads
statements and episodes, and the study's own phrases for its identity frames. Returns each saying or act in which a frame's
phrase stands beside a grouping to which the state has a tie. Which phrases make a frame is the study's choice; that an act
must propose, found or declare is ours. It reads what rows say in their own words, so a row that does not name the identity
is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.methods.passages import counted, lower, pattern
from chaikhana.study.standing import NONE, ties_of
from chaikhana.study.study import Study

ACTS = ("proposal", "creation", "declaration", "invitation")
REFERENCE = "Tskhay & Costa Buranelli 2020, section Balancing Regionalism and its Operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """An identity promoted with a grouping.

    Attributes
    ----------
    date : date, optional
        The latest day on which it may have been; none where the source gives no date.
    beyond : bool
        Whether a frame is named in other words than the groupings' own names, or something is founded.
    tied : int
        How close the state surely is to the closest of the groupings (`study.standing`).
    """

    kind: str
    id: str
    date: date | None
    actor: str
    frames: tuple[str, ...]
    groupings: tuple[str, ...]
    beyond: bool
    tied: int
    rows: tuple[str, ...]


def brands(study: Study) -> tuple[Brand, ...]:
    """Every promotion of an identity frame with a grouping by a member of the region."""
    held = ties_of(study)
    own = frozenset(study.about.members)
    blocs = frozenset(study.table("actors").filter(pl.col("kind") == "bloc")["id"])
    found = []
    for row, actors, frames, beyond in _worded(study):
        groupings = [
            name
            for name in dict.fromkeys((*row["bodies"], *row.get("target", ())))
            if name in held.bodies or name in blocs
        ]
        if not groupings or not frames:
            continue
        dated = bool(row["date"])
        day = row["date_latest"] if dated else study.about.last_day
        for actor in sorted(own.intersection(actors)):
            ties = [held.standing(actor, name, day) for name in groupings]
            if max(tie.high for tie in ties) == NONE:
                continue
            found.append(
                Brand(
                    kind=row["row"].partition(":")[0].removesuffix("s"),
                    id=row["id"],
                    date=day if dated else None,
                    actor=actor,
                    frames=frames,
                    groupings=tuple(groupings),
                    beyond=beyond,
                    tied=max(tie.low for tie in ties) if dated else 0,
                    rows=(row["row"], *dict.fromkeys(line for tie in ties for line in tie.rows[:1])),
                )
            )
    return tuple(found)


def branding(study: Study) -> Measured:
    """Identities that the region's states promoted with a grouping.

    Returns
    -------
    Measured
        Columns kind, id, date, actor, frames, groupings, rows.
    """
    frame = pl.DataFrame(
        [
            {
                "kind": one.kind,
                "id": one.id,
                "date": one.date.isoformat() if one.date else "",
                "actor": one.actor,
                "frames": list(one.frames),
                "groupings": list(one.groupings),
                "rows": list(one.rows),
            }
            for one in brands(study)
        ],
        schema={
            "kind": pl.String,
            "id": pl.String,
            "date": pl.String,
            "actor": pl.String,
            "frames": pl.List(pl.String),
            "groupings": pl.List(pl.String),
            "rows": pl.List(pl.String),
        },
    )
    return Measured(
        name="branding",
        title="Identities that the region's states promoted with a grouping",
        definition="A statement for a state, or a proposal, founding, invitation or declaration of its, in whose words "
        "a phrase of an identity frame stands, and which concerns a body or bloc to which the state has a tie.",
        reference=REFERENCE,
        frame=frame.sort("date", "id", "actor"),
        assumptions=(
            "The phrases are the study's own (study.toml); they are sought in the rows' own words, and for a founding in the "
            "name of what is founded too.",
            f"Acts that promote: {', '.join(ACTS)} (ours).",
        ),
    )


def _worded(study: Study) -> Iterator[tuple[Mapping[str, Any], list[str], tuple[str, ...], bool]]:
    """Statements and promoting acts: who made them, the identity frames in their words, whether beyond mere names."""
    names = {row["id"]: row for row in study.table("bodies").iter_rows(named=True)}
    wanted = {
        name: pattern(frame.words, frame.but_not)
        for name, frame in study.about.frames.items()
        if name in study.about.identity_frames
    }
    told = [
        (row, list(row["actors"]), _told(row, names), row["act"] == "creation")
        for row in study.table("episodes").filter(pl.col("act").is_in(ACTS)).iter_rows(named=True)
    ]
    told += [
        (row, [row["actor"]], row["gist"], False) for row in study.table("statements").iter_rows(named=True)
    ]
    texts = pl.DataFrame(
        {
            "text": [text for _, _, text, _ in told],
            "bare": [_bare(text, row, names) for row, _, text, _ in told],
        },
        schema={"text": pl.String, "bare": pl.String},
    )
    hits = texts.select(
        (counted(lower(pl.col(column)), found_by) > 0).alias(f"{column}:{name}")
        for name, found_by in wanted.items()
        for column in texts.columns
    ).to_dicts()
    for (row, actors, _, founding), hit in zip(told, hits or [{}] * len(told), strict=True):
        frames = tuple(name for name in wanted if hit[f"text:{name}"])
        yield row, actors, frames, founding or any(hit[f"bare:{name}"] for name in wanted)


def _told(row: Mapping[str, Any], names: Mapping[str, Mapping[str, Any]]) -> str:
    """An act's words; of a founding, the name of what is founded too."""
    founded = [names[body]["name"] for body in row["bodies"]] if row["act"] == "creation" else []
    return " ".join([row["summary"], *founded])


def _bare(text: str, row: Mapping[str, Any], names: Mapping[str, Mapping[str, Any]]) -> str:
    """The words without the names of the groupings that the row concerns."""
    for body in row["bodies"]:
        for name in (names[body]["name"], names[body]["acronym"]):
            if name:
                text = re.sub(rf"\b{re.escape(name)}\b", " ", text, flags=re.IGNORECASE)
    return text
