"""Rows of a new study, read off the datasets that the store holds.

What it is: for a list of states, the bodies in which they meet (Correlates of War, Death of IGOs, IIGO), their spells of
membership, and the trade agreements among them (DESTA), as rows that cite their dataset and the place in it. Ours: a body
comes in where at least two of the region's members were in it within the study's span; spells end where the dataset's record
does, unknown thereafter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from chaikhana.sources.catalogue import dataset
from chaikhana.sources.manifest import Dataset
from chaikhana.sources.states import states
from chaikhana.sources.store import Kept, newest
from chaikhana.study.cells import as_id

LEAST_MEMBERS = 2
STATES, IGO, DEATHS, INFORMAL, TREATIES = "cow-states", "cow-igo-v3", "digo", "iigo", "desta"
Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Whose rows are sought.

    Attributes
    ----------
    members, others : tuple of str
        Ids of states: those of the region, and the outsiders of interest.
    begins, ends : int
        The years of the study's span.
    bodies : frozenset of str
        Ids of the bodies to take, if not all.
    """

    members: tuple[str, ...]
    others: tuple[str, ...]
    begins: int
    ends: int
    bodies: frozenset[str] = frozenset()

    @property
    def everyone(self) -> tuple[str, ...]:
        """Members, then the outsiders."""
        return (*self.members, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Rows by table, and the datasets that they cite."""

    rows: dict[str, list[Cells]] = field(default_factory=dict)
    datasets: dict[str, Kept] = field(default_factory=dict)


def read(region: Region, functions: Mapping[str, str]) -> Found:
    """The rows that the store's datasets give.

    Parameters
    ----------
    functions : mapping
        A dataset's word for what a body is for, to an issue of the study.

    Raises
    ------
    SourceError
        If a file of the store is spoilt.
    """
    found = Found(rows={"actors": list(_actors(region))})
    held = {name: entry for name in (IGO, DEATHS, INFORMAL, TREATIES) if (entry := newest(name))}
    entered = {row["id"]: int(row["from"][:4]) for row in found.rows["actors"]}
    if IGO in held:
        bodies, spells = _organisations(region, held, functions)
        _add(found, region, bodies, spells, entered, held, IGO, DEATHS)
    if INFORMAL in held:
        bodies, spells = _informal(region, held[INFORMAL], functions)
        _add(found, region, bodies, spells, entered, held, INFORMAL)
    if TREATIES in held:
        agreements, parties = _treaties(region, held[TREATIES], entered)
        found.rows["agreements"], found.rows["parties"] = agreements, parties
        found.datasets[TREATIES] = held[TREATIES]
    return found


def bibliography(datasets: Mapping[str, Kept]) -> str:
    """The datasets as BibTeX, each with its version, licence and the digest of the file that was read.

    The list of states is cited whether the store holds it or not: the dates of states come with the workbench.
    """
    names = dict.fromkeys((STATES, *datasets))
    return "\n".join(_entry(dataset(name), datasets.get(name)) for name in names)


def _add(
    found: Found,
    region: Region,
    bodies: list[Cells],
    spells: list[Cells],
    entered: Mapping[str, int],
    held: Mapping[str, Kept],
    *names: str,
) -> None:
    there = {row["id"] for row in found.rows.setdefault("bodies", [])}
    taken = {row["id"] for row in bodies} - there
    taken = taken & region.bodies if region.bodies else taken
    found.rows["bodies"] += [row for row in bodies if row["id"] in taken]
    found.rows.setdefault("memberships", []).extend(
        row
        for row in spells
        if row["body"] in taken and (not row["from"] or int(row["from"][:4]) >= entered[row["actor"]])
    )
    found.datasets.update({name: held[name] for name in names if name in held})


def _actors(region: Region) -> Iterator[Cells]:
    """The newest codes of each state in the project's own table, and the day from which it has stood without a break."""
    table = states().filter(pl.col("id").is_in(region.everyone)).sort("from")
    newest_row: dict[str, dict[str, str]] = {}
    since: dict[str, str] = {}
    for row in table.iter_rows(named=True):
        if (row["note"] or "").startswith("alias:"):
            continue
        before = newest_row.get(row["id"])
        if before is None or before["to"] < row["from"]:
            since[row["id"]] = row["from"]
        newest_row[row["id"]] = row
    for name in region.everyone:
        row = newest_row[name]
        yield {
            "id": name,
            "name": row["name"],
            "iso3": row["iso3"] or "",
            "cow": _text(row["cow"]),
            "gw": _text(row["gw"]),
            "kind": "state",
            "from": since[name],
            "to": row["to"],
            "cite": f"{STATES}, {row['cow_abb'] or name.upper()}",
            "basis": "dataset",
        }


def _organisations(
    region: Region, held: Mapping[str, Kept], functions: Mapping[str, str]
) -> tuple[list[Cells], list[Cells]]:
    kept = held[IGO]
    coded = (
        kept.table("memberships")
        .filter(pl.col("state").is_in(region.everyone))
        .with_columns(pl.col("status").cast(pl.String))
    )
    last = int(kept.table("state_years")["year"].max())  # type: ignore[arg-type]
    names = {row["body"]: row for row in kept.table("organisations").iter_rows(named=True)}
    deaths = (
        {row["body"].lower(): row for row in held[DEATHS].table("organisations").iter_rows(named=True)}
        if DEATHS in held
        else {}
    )
    wanted = _met(coded.filter(pl.col("status") != "missing"), region)
    codes = {row["id"]: row["cow_abb"] for row in states().iter_rows(named=True) if row["cow_abb"]}
    bodies = []
    for body in wanted:
        row, death = names.get(body), deaths.get(body)
        if row is None:
            continue
        ended = death["ended"] if death else None
        bodies.append(
            {
                "id": as_id(body),
                "name": row["name"],
                "acronym": body.upper(),
                "form": "formal-organisation",
                "issues": functions.get((death or {}).get("function") or "", ""),
                "from": str((death or {}).get("founded") or row["first"]),
                "to": str(ended) if ended and ended <= last else f"[{last + 1}..]",
                "cow_igo": body,
                "cite": f"{IGO}, {body.upper()} {row['first']}-{row['last']}"
                + (f"; {DEATHS}, {death['body']}" if death else ""),
                "basis": "dataset",
                "note": f"The name is the dataset's; its record ends in {last}.",
            }
        )
    begins = {row["id"]: int(row["from"]) for row in bodies}
    ends = {row["id"]: row["to"] for row in bodies}
    spells = []
    for state, body, status, first, through in _runs(coded.filter(pl.col("body").is_in(wanted))):
        key = as_id(body)
        if key not in begins or status == "missing" or through < begins[key]:
            continue
        end = f"[{last + 1}..]" if through >= last else str(through + 1)
        if ends[key].isdigit() and through + 1 > int(ends[key]):
            end = ends[key]
        if end.isdigit() and int(end) <= max(first, begins[key]):
            continue
        spells.append(
            {
                "actor": state,
                "body": key,
                "status": status,
                "from": str(max(first, begins[key])),
                "to": end,
                "cite": f"{IGO}, {codes.get(state, state.upper())} {body.upper()} {first}-{through}",
                "basis": "dataset",
                "note": f"The data end in {last}." if through >= last else "",
            }
        )
    return bodies, spells


def _informal(region: Region, kept: Kept, functions: Mapping[str, str]) -> tuple[list[Cells], list[Cells]]:
    members = kept.table("memberships").filter(pl.col("state").is_in(region.everyone))
    wanted = _met(members.filter(pl.col("year") >= region.begins), region)
    bodies: list[Cells] = []
    for row in kept.table("organisations").filter(pl.col("body").is_in(wanted)).iter_rows(named=True):
        observed = max(members.filter(pl.col("body") == row["body"])["year"].to_list())
        bodies.append(
            {
                "id": as_id(row["body"]),
                "name": row["title"],
                "acronym": row["body"],
                "form": "informal-platform",
                "issues": functions.get(row["domain"] or "", ""),
                "from": _text(row["first"]),
                "to": _text(row["last"] + 1) if row["last"] else f"[{observed + 1}..]",
                "cite": f"{INFORMAL}, IIGO {row['body']}",
                "basis": "dataset",
                "note": f"The record of its members ends in {observed}.",
            }
        )
    founded = {row["id"]: row["from"] for row in bodies}
    ends = {row["id"]: row["to"] for row in bodies}
    spells = []
    for row in members.filter(pl.col("body").is_in(wanted)).iter_rows(named=True):
        key = as_id(row["body"])
        if key not in founded:
            continue
        first = max(row["first"] or 0, int(founded[key] or 0)) if row["first"] else 0
        end = str(row["last"] + 1) if row["last"] else f"[{row['year'] + 1}..]"
        if ends[key].isdigit():
            end = min(end, ends[key]) if end.isdigit() else ends[key]
        if end.isdigit() and int(end) <= first:
            continue
        spells.append(
            {
                "actor": row["state"],
                "body": key,
                "status": "member",
                "from": str(first) if first else "",
                "to": end,
                "cite": f"{INFORMAL}, IIGO_memberships {row['body']} {row['state_code']}",
                "basis": "dataset",
                "note": ""
                if row["first"]
                else f"Member as of {row['year']}; the year of joining is not in the dataset.",
            }
        )
    return bodies, spells


def _treaties(region: Region, kept: Kept, entered: Mapping[str, int]) -> tuple[list[Cells], list[Cells]]:
    members = kept.table("members").filter(pl.col("state").is_in(region.everyone))
    treaties = kept.table("treaties").filter(
        (pl.col("entry_type") == "base_treaty") & pl.col("year").is_between(region.begins, region.ends)
    )
    shared = _met(members.rename({"number": "body"}), region)
    agreements: list[Cells] = []
    parties: list[Cells] = []
    taken: set[str] = set()
    for row in treaties.filter(pl.col("number").is_in(shared)).sort("year").iter_rows(named=True):
        key = as_id(row["name"])
        key = key if key not in taken else f"{key}-{row['number']}"
        taken.add(key)
        agreements.append(
            {
                "id": key,
                "title": row["name"],
                "signed": _text(row["year"]),
                "in_force": _text(row["in_force"]),
                "form": "treaty",
                "issues": "trade",
                "cite": f"{TREATIES}, treaty {row['number']}",
                "basis": "dataset",
                "note": "The title is the dataset's.",
            }
        )
        parties += [
            {
                "agreement": key,
                "actor": state,
                "signed": _text(row["year"]),
                "cite": f"{TREATIES}, treaty {row['number']}",
                "basis": "dataset",
            }
            for state in members.filter(pl.col("number") == row["number"])["state"].unique().sort()
            if row["year"] >= entered[state]
        ]
    return agreements, parties


def _met(coded: pl.DataFrame, region: Region) -> list[str]:
    """The bodies in which enough of the region's members were, within the span."""
    return (
        coded.filter(
            pl.col("state").is_in(region.members) & pl.col("year").is_between(region.begins, region.ends)
        )
        .group_by("body")
        .agg(pl.col("state").n_unique().alias("members"))
        .filter(pl.col("members") >= LEAST_MEMBERS)["body"]
        .sort()
        .to_list()
    )


def _runs(coded: pl.DataFrame) -> Iterator[tuple[str, str, str, int, int]]:
    """Unbroken runs of years of one status: state, body, status, first year, last year."""
    ordered = coded.sort("state", "body", "year").with_columns(
        (
            (pl.col("year").diff() != 1)
            | (pl.col("status") != pl.col("status").shift())
            | (pl.col("body") != pl.col("body").shift())
            | (pl.col("state") != pl.col("state").shift())
        )
        .fill_null(True)
        .cum_sum()
        .alias("run")
    )
    runs = ordered.group_by("run", maintain_order=True).agg(
        pl.col("state", "body", "status").first(), first=pl.col("year").min(), last=pl.col("year").max()
    )
    yield from runs.select("state", "body", "status", "first", "last").iter_rows()


def _entry(known: Dataset, kept: Kept | None) -> str:
    people = re.split(r", | and ", known.authors.split(";")[0])
    authors = " and ".join(f"{{{name.strip()}}}" for name in people)
    year = re.search(r"\b(?:19|20)\d\d\b", known.citation)
    fields = {
        "author": authors,
        "title": known.title,
        "year": year[0] if year else "",
        "version": kept.version if kept else known.version,
        "howpublished": f"Dataset. {known.citation}",
        "licence": known.licence,
        "url": known.page,
        "urldate": next((origin.brought_on for _, origin in kept.parts), "") if kept else "",
        "note": "; ".join(f"sha256 of {part}: {origin.sha256}" for part, origin in kept.parts)
        if kept
        else "",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{known.id},\n" + ",\n".join(lines) + "\n}\n"


def _text(value: object) -> str:
    return "" if value is None else str(value)
