"""How many disputes and armed conflicts, between whom, in running text and as a table, with the years in which the data end."""

from __future__ import annotations

import polars as pl

from chaikhana.measures.disputes import SERIES, disputes
from chaikhana.report.blocks import Block, Table
from chaikhana.report.names import Names, listed, plain
from chaikhana.sources.states import states
from chaikhana.study.study import Study

LEVELS = {
    "none": "no militarised act",
    "threat": "threat of force",
    "display": "display of force",
    "use": "use of force",
    "war": "war",
}
KINDS = {"mid": "militarised dispute", "conflict": "armed conflict"}
REACHES = {"between": "between members", "inside": "inside a member", "crossing": "with an outsider"}


def words(study: Study, names: Names) -> str:
    """How many disputes and conflicts the datasets have, between whom, and where they end."""
    frame = disputes(study).frame
    told = []
    for kind, word in KINDS.items():
        some = frame.filter(pl.col("kind") == kind)
        if some.is_empty():
            continue
        end = max(some["data_end"].to_list())
        between = some.filter(pl.col("reach") == "between")
        counted, inside, crossing = (_number(some, reach) for reach in REACHES)
        further = [
            f"{inside} inside one of them" if inside else "",
            f"{crossing} between a member and an outsider" if crossing else "",
        ]
        rest = [text for text in further if text]
        told.append(
            f"Up to {end}, where the data end, the dataset has {counted or 'no'} "
            f"{word}{'' if counted == 1 else 's'} between states of the region{_most(between, names)}"
            + (f", and {listed(rest)}" if rest else "")
            + "."
        )
    if not told:
        return "The datasets on disputes and armed conflicts have none of the region's states in these years."
    return " ".join([*told, "After those years there may be others, of which the datasets do not speak."])


def table(study: Study, names: Names) -> list[Block]:
    """How many each set of states had, with years and level; no table where there is none."""
    frame = disputes(study).frame
    if frame.is_empty():
        return []
    conflict = pl.col("kind") == "conflict"
    types = plain(pl.col("type").cast(pl.String).str.replace_all("; ", " and ", literal=True))
    place = {reach: number for number, reach in enumerate(REACHES)}
    shown = frame.sort(
        pl.col("reach").replace_strict(place, default=len(place)),
        -pl.col("number"),
        "first",
        "kind",
        "actors",
        "type",
    ).select(
        who=pl.col("actors").map_elements(lambda actors: _parties(actors, names), return_dtype=pl.String),
        reach=pl.col("reach").replace(REACHES),
        kind=pl.col("kind").replace(KINDS)
        + pl.when(conflict & types.is_not_null()).then(pl.format(", {}", types)).otherwise(pl.lit("")),
        number="number",
        span=pl.when(pl.col("first") == pl.col("last"))
        .then(pl.col("first").cast(pl.String))
        .otherwise(pl.format("{}–{}", "first", "last")),
        years="years",
        level=plain(pl.col("level").cast(pl.String).replace(LEVELS).fill_null("unknown")),
        rows="rows",
    )
    origin = study.derived[SERIES].origin
    ends = frame.group_by("kind").agg(pl.col("data_end").max()).sort("kind", descending=True).rows()
    until = ", ".join(f"{KINDS.get(kind, kind)}s to {end}" for kind, end in ends)
    return [
        Table(
            id="disputes",
            title="Disputes and armed conflicts of the region's states",
            source=f"{origin['citation']} ({origin['dataset']}, version {origin['version']}); "
            "doi:10.1177/0738894221995743, doi:10.1177/0022343302039005007",
            frame=shown,
            headings={
                "who": "parties",
                "reach": "where",
                "kind": "what",
                "number": "how many",
                "span": "from–to",
                "years": "years with one",
                "level": "highest level",
            },
            note=f"The data end: {until}. Each dispute or conflict counts once, under all its parties. The level is the "
            "highest known of any of them: what a side did in a dispute, or how intense a conflict was in a year.",
        )
    ]


def _number(some: pl.DataFrame, reach: str) -> int:
    return int(some.filter(pl.col("reach") == reach)["number"].sum())


def _most(between: pl.DataFrame, names: Names) -> str:
    """Who had the most disputes, where no others had as many."""
    counts = (
        between.group_by("actors")
        .agg(pl.col("number").sum())
        .sort("number", "actors", descending=[True, False])
    )
    if counts.height < 2 or counts["number"][0] == counts["number"][1]:
        return ""
    return f", most often {_parties(counts['actors'][0], names)} ({counts['number'][0]})"


def _parties(actors: str, names: Names) -> str:
    """The names of states; of those that the study does not know, by the crosswalk of all states."""
    called = {**dict(states().select("id", "name").iter_rows()), **names.actors}
    return listed([called.get(actor, actor) for actor in actors.split("; ")])
