"""A bare study of any set of states, made from memberships in a published dataset, on which every framework can be tried.

What it is: Correlates of War memberships as the tables of a study that they fill, bodies and memberships; all else stays
empty, and the frameworks say what they miss. A year coded *member* holds on its last day; a year coded missing is unknown. Powers
are the major powers of the Correlates of War project as of 2016, but for those among the states asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.sources.cow_igo import ID
from chaikhana.sources.states import states
from chaikhana.sources.store import Kept
from chaikhana.study.about import About
from chaikhana.study.bibliography import Source
from chaikhana.study.loading import as_frame
from chaikhana.study.reading import RawTable, Row
from chaikhana.study.schema import BY_NAME, TABLES
from chaikhana.study.study import Study

POWERS = ("usa", "gbr", "fra", "deu", "rus", "chn", "jpn")
SHORT = "R"


def study_of_states(kept: Kept, members: Sequence[str]) -> Study:
    """A study of these states from the store's version of ``cow-igo-v3``.

    Parameters
    ----------
    members : sequence of str
        Ids of states, as in the project's own table of codes.

    Raises
    ------
    UnknownNameError
        If one is not a state.
    BadValueError
        If the dataset is another one, or fewer than two states are named.
    """
    if kept.dataset != ID:
        raise BadValueError(f"Frameworks are tried on memberships: name --source {ID}, not {kept.dataset}.")
    wanted = tuple(dict.fromkeys(members))
    known = dict(states().select("id", "name").iter_rows())
    for member in wanted:
        if member not in known:
            raise UnknownNameError("state", member, known)
    if len(wanted) < 2:
        raise BadValueError("A region has two states at least: --states dnk,nor,swe, by their ids.")
    powers = tuple(power for power in POWERS if power not in wanted)
    held = kept.table("memberships").filter(pl.col("state").is_not_null())
    others = sorted(set(held["state"].unique()) - {*wanted, *powers})
    years = kept.table("state_years")["year"]
    first, last = int(years.min()), int(years.max())  # type: ignore[arg-type]
    tables = {
        "actors": [{"id": one, "name": known[one], "kind": "state"} for one in (*wanted, *powers, *others)],
        "bodies": list(_bodies(held)),
        "memberships": list(_spells(held, last)),
    }
    about = About(
        id="-".join(wanted),
        title=f"{', '.join(known[one] for one in wanted)} in {kept.dataset} {kept.version}",
        version=kept.version,
        licence=kept.parts[0][1].licence,
        region="the region",
        short=SHORT,
        members=wanted,
        begins=f"{first}-01-01",
        ends=f"{last}-12-31",
        powers=powers,
        issues={},
    )
    return Study(
        folder=Path(about.id),
        about=about,
        frames={
            table.name: as_frame(table, _raw(table.name, tables.get(table.name, []))) for table in TABLES
        },
        bibliography={kept.dataset: _source(kept)},
        derived={},
    )


def _bodies(held: pl.DataFrame) -> Iterator[dict[str, str]]:
    lives = held.group_by("body").agg(first=pl.col("year").min(), last=pl.col("year").max()).sort("body")
    for body, first, last in lives.iter_rows():
        cite = f"{ID}, {body} {first}-{last}"
        yield {"id": _id(body), "name": body, "form": "formal-organisation", "cite": cite}


def _spells(held: pl.DataFrame, last: int) -> Iterator[dict[str, str]]:
    """Runs of years of one status; a run that reaches the data's end is still so on that day."""
    ordered = held.with_columns(pl.col("status").cast(pl.String)).sort("state", "body", "status", "year")
    new = (pl.col("year").diff() != 1) | (
        pl.struct("state", "body", "status") != pl.struct("state", "body", "status").shift()
    )
    runs = (
        ordered.with_columns(run=new.fill_null(True).cum_sum())
        .group_by("run", maintain_order=True)
        .agg(pl.col("state", "body", "status").first(), first=pl.col("year").min(), last=pl.col("year").max())
    )
    for _, state, body, status, first, final in runs.iter_rows():
        row = {"actor": state, "body": _id(body), "cite": f"{ID}, {state.upper()} {first}-{final}"}
        if status == "missing":
            # perhaps a member within these years, and not known to be one on any day of them
            bounds = {"from": f"[{first}..]", "to": f"[..{final}]"}
            yield {**row, **bounds, "status": "member", "note": "coded missing: unknown"}
            continue
        to = ".." if final == last else str(final + 1)
        yield {**row, "status": status, "from": str(first), "to": to}


def _id(body: str) -> str:
    return "".join(mark if mark.isalnum() else "-" for mark in body.lower()).strip("-")


def _raw(name: str, rows: Sequence[dict[str, str]]) -> RawTable:
    filled = [{"basis": "dataset", "cite": ID, **row} for row in rows]
    return RawTable(
        table=BY_NAME[name],
        file=f"{name}.csv",
        header=tuple(column.name for column in BY_NAME[name].all_columns),
        rows=tuple(Row(line=line, cells=cells) for line, cells in enumerate(filled, start=2)),
    )


def _source(kept: Kept) -> Source:
    origin = kept.parts[0][1]
    authors = tuple(origin.authors.split(", "))
    return Source(
        key=kept.dataset,
        kind="misc",
        authors=authors,
        year="",
        title=f"{origin.title}, version {kept.version}",
        fields={"version": kept.version, "licence": origin.licence},
        bibtex="",
    )
