"""Rules of identity: doubles, circles of descent, rival statements, who is an actor.

What it is: one function a rule, each from the tables to its faults.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chaikhana.errors import Fault, allowed_values
from chaikhana.study.about import About
from chaikhana.study.reading import Row
from chaikhana.study.rows import Tables, at, preferred


def double_rows(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """No two rows of a table share a key, rival statements apart."""
    for raw in tables.values():
        seen: dict[tuple[str, ...], Row] = {}
        rule = "double-id" if raw.table.key == ("id",) else "double-row"
        for row in raw.rows:
            key = tuple(row[column] for column in raw.table.key)
            if row["prefer"] == "no":  # rivals may share the key, but no two rows everything
                key = (*(row[column.name] for column in raw.table.columns), row["rival"], row["side"])
            if key in seen:
                told = " · ".join(filter(None, (row[column] for column in raw.table.key)))
                yield at(
                    raw,
                    row,
                    rule,
                    f"says again what row {seen[key].line} says of {told}.",
                    "Keep one (its cite may name several sources), or mark both as rival statements.",
                    column=raw.table.key[0],
                    value=row[raw.table.key[0]],
                )
            else:
                seen[key] = row


def lineage_circle(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """No body descends from itself."""
    raw = tables.get("lineage")
    if raw is None:
        return
    children: dict[str, list[Row]] = defaultdict(list)
    for row in preferred(raw):
        children[row["body"]].append(row)
    for row in preferred(raw):
        trail, reached = [row["other"]], {row["other"]}
        while trail:
            for step in children.get(trail.pop(), ()):
                if step["other"] not in reached:
                    reached.add(step["other"])
                    trail.append(step["other"])
        if row["body"] in reached:
            yield at(
                raw,
                row,
                "lineage-circle",
                f"{row['body']} descends from itself.",
                "A body cannot come after what came after it: turn or delete a row.",
                column="other",
                value=row["other"],
            )


def rivals(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """A dispute has two sides at least, and one that the default reading takes, with its reason."""
    for raw in tables.values():
        disputes: dict[str, list[Row]] = defaultdict(list)
        for row in raw.rows:
            if row["rival"]:
                disputes[row["rival"]].append(row)
                if not row["prefer"] or not row["side"]:
                    yield at(
                        raw,
                        row,
                        "rival-without-side",
                        "is one side of a dispute that says neither which nor whether it is preferred.",
                        "Fill in ‘side’, and ‘yes’ or ‘no’ in ‘prefer’.",
                        column="side" if row["prefer"] else "prefer",
                    )
            elif row["prefer"] or row["side"]:
                yield at(
                    raw,
                    row,
                    "prefer-without-rival",
                    "takes a side, but names no dispute.",
                    "Name it in the column ‘rival’, or clear ‘side’ and ‘prefer’.",
                    column="prefer" if row["prefer"] else "side",
                )
        for slug, rows in disputes.items():
            sides = {row["side"] for row in rows}
            chosen = {row["side"] for row in rows if row["prefer"] == "yes"}
            if len(sides) < 2:
                yield at(
                    raw,
                    rows[0],
                    "rival-alone",
                    "is a dispute with one side only.",
                    "Write the other side's row, with its own label in ‘side’.",
                    column="rival",
                    value=slug,
                )
            elif len(chosen) != 1:
                found = "no side is preferred" if not chosen else f"{len(chosen)} sides are preferred"
                yield at(
                    raw,
                    rows[0],
                    "rival-preference",
                    f"is a dispute in which {found}.",
                    "Put ‘yes’ in ‘prefer’ on the rows of exactly one side.",
                    column="rival",
                    value=slug,
                )
            elif not any(row["reason"] for row in rows):
                yield at(
                    raw,
                    rows[0],
                    "rival-without-reason",
                    "is a dispute decided without a reason.",
                    "Say in ‘reason’ why that side is preferred.",
                    column="rival",
                    value=slug,
                )


def members_are_actors(tables: Tables, about: About | None) -> Iterator[Fault]:
    """Whoever `study.toml` names is an actor of the study."""
    if about is None or "actors" not in tables:
        return
    actors = sorted({row["id"] for row in tables["actors"].every})
    named = {
        "members": about.members,
        "powers": about.powers,
        "others": about.others,
        "votes.references": about.votes.references,
        "votes.blocs": about.votes.blocs,
    }
    for key, names in named.items():
        for name in names:
            if name not in actors:
                yield Fault(
                    rule="not-an-actor",
                    file="study.toml",
                    column=key,
                    value=name,
                    message="is no actor of the study.",
                    remedy=f"Add it to actors.csv, or correct the name. {allowed_values(name, actors)}",
                )


def state_codes(tables: Tables, _about: About | None) -> Iterator[Fault]:
    """The id of a state with an alpha-3 code is that code in lower case."""
    raw = tables.get("actors")
    for row in raw.rows if raw else ():
        if raw and row["kind"] == "state" and row["iso3"] and row["iso3"].lower() != row["id"]:
            yield at(
                raw,
                row,
                "state-code",
                f"is not the code of the state ‘{row['id']}’.",
                "A state's id is its ISO 3166 alpha-3 code in lower case.",
                column="iso3",
                value=row["iso3"],
            )
