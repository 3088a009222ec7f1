"""A new study: a folder that checks clean and makes a report from the first minute.

What it is: `study.toml`, `sources.bib` and every table with its header line, filled as far as the datasets of the source
store go: states, bodies, memberships and trade agreements, each row citing its dataset. The folder is written beside its
place and moved there whole; a folder that is there already is never written into.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl

from chaikhana.core.dates import parse_moment
from chaikhana.errors import BadValueError, OutputError, StudyError, UnknownNameError
from chaikhana.filling import from_datasets
from chaikhana.sources.states import state_names, states
from chaikhana.study.cells import as_id
from chaikhana.study.datapackage import write_datapackage
from chaikhana.study.loading import load_study
from chaikhana.study.schema import TABLES
from chaikhana.study.tables_text import as_text, full_header

START = "1991-01-01"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffolded:
    """What was written: rows by table, and the datasets that they were read from, by id and version."""

    folder: Path
    counts: Mapping[str, int]
    datasets: Mapping[str, str]


def scaffold(
    folder: Path,
    *,
    region: str,
    members: Sequence[str],
    powers: Sequence[str] = (),
    others: Sequence[str] = (),
    bodies: Sequence[str] = (),
    begins: str = START,
    ends: str = "",
    say: Callable[[str], object] = print,
) -> Scaffolded:
    """Write a new study.

    Parameters
    ----------
    folder : Path
        Where it is to stand; its last name becomes the study's id.
    members, powers, others : sequence of str
        States by ISO code or name: those of the region, great powers, and other outsiders of interest.
    bodies : sequence of str
        Ids of the datasets' bodies to take; all that the members share if none is named.
    begins, ends : str
        The study's span; it ends today if nothing is said.

    Raises
    ------
    OutputError
        If the folder is there already or cannot be written.
    UnknownNameError
        If a member, power or other is no state.
    BadValueError
        If the name makes no id, there are fewer than two members, one is named twice, or the span is none.
    """
    name = folder.name
    if not _ID.fullmatch(name):
        near = as_id(name) or "my-region"
        raise BadValueError(
            f"‘{name}’ cannot be the name of a study. Use lower-case letters, digits and hyphens: {near}."
        )
    if not region.strip():
        raise BadValueError('The region needs a name: --region "My Region".')
    if folder.exists():
        raise OutputError(f"{folder} is there already. Name another, or take it away first.")
    if not folder.parent.is_dir():
        raise OutputError(f"There is no folder {folder.parent}. Make it first, or name another place.")
    ids = {what: tuple(map(state_id, named)) for what, named in
           (("members", members), ("powers", powers), ("others", others))}  # fmt: skip
    every = [state for group in ids.values() for state in group]
    if double := next((state for state in every if every.count(state) > 1), None):
        raise BadValueError(f"‘{double}’ is named twice among members, powers and others. Name it once.")
    if len(ids["members"]) < 2:
        raise BadValueError("A region has two members at least: --members AAA,BBB.")
    ends = ends or date.today().isoformat()
    first, last = parse_moment(begins).earliest, parse_moment(ends).latest
    if not begins or last < first:
        raise BadValueError(f"A study cannot run from ‘{begins}’ to ‘{ends}’. Name two dates in order.")
    words = tomllib.loads((files("chaikhana.filling") / "issues.toml").read_text("utf-8"))
    asked = from_datasets.Region(
        members=ids["members"],
        others=(*ids["powers"], *ids["others"]),
        begins=first.year,
        ends=last.year,
        bodies=frozenset(bodies),
    )
    say("Reading the datasets")
    found = from_datasets.read(asked, words["functions"])
    there = {row["id"] for row in found.rows.get("bodies", [])}
    if lacking := sorted(set(bodies) - there):
        offered = from_datasets.read(replace(asked, bodies=frozenset()), words["functions"])
        raise UnknownNameError(
            "shared body", lacking[0], [row["id"] for row in offered.rows.get("bodies", [])]
        )
    about = _about(name, region, ids, begins, last.isoformat(), words["issues"])
    draft = folder.with_name(f".{name}.{os.getpid()}.part")
    try:
        draft.mkdir()
        (draft / "study.toml").write_text(about, encoding="utf-8")
        (draft / "sources.bib").write_text(from_datasets.bibliography(found.datasets), encoding="utf-8")
        for table in TABLES:
            text = as_text(full_header(table), found.rows.get(table.name, []))
            (draft / f"{table.name}.csv").write_text(text, encoding="utf-8")
        write_datapackage(load_study(draft))
        draft.rename(folder)
    except OSError as error:
        raise OutputError(f"{folder} could not be written: {error.strerror}.") from error
    except StudyError as error:
        raise StudyError(name, error.faults) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Scaffolded(
        folder=folder,
        counts={table: len(rows) for table, rows in found.rows.items()},
        datasets={known: kept.version for known, kept in found.datasets.items()},
    )


def state_id(text: str) -> str:
    """The id of the state that an ISO code, an id or a name stands for.

    Raises
    ------
    UnknownNameError
        If it stands for none, with the nearest that do.
    """
    wanted = text.strip().lower()
    table = states()
    for column in ("id", "iso3", "iso2", "name"):
        hit = table.filter(pl.col(column).str.to_lowercase() == wanted)
        if hit.height:
            return str(hit["id"][-1])
    spelt = state_names().filter(pl.col("name").str.to_lowercase() == wanted)
    if spelt.height:
        return str(spelt["id"][-1])
    raise UnknownNameError("state", text.strip(), _choices(wanted, table))


def _choices(wanted: str, table: pl.DataFrame) -> list[str]:
    """Codes are held against codes, names against names."""
    column = "id" if len(wanted) <= 3 else "name"
    return table[column].drop_nulls().str.to_lowercase().unique().to_list()


def _about(
    name: str,
    region: str,
    ids: Mapping[str, tuple[str, ...]],
    begins: str,
    ends: str,
    issues: Mapping[str, str],
) -> str:
    """The text of `study.toml`; TOML's basic strings are JSON's."""
    own = as_id(region) or name
    short = "".join(word[0] for word in re.split(r"[\s-]+", region) if word).upper()
    lines = [
        f"id = {_quoted(name)}",
        f"title = {_quoted(f'{region} since {begins[:4]}')}",
        f'version = "{ends[:7].replace("-", ".")}"',
        'licence = "CC-BY-4.0"',
        "authors = []",
        f"summary = {_quoted(f'States, bodies, memberships and agreements of {region}, each with its source.')}",
        f"region = {_quoted(region)}",
        f"short = {_quoted(short)}",
        f"members = {json.dumps(ids['members'])}",
        f"begins = {_quoted(begins)}",
        f"ends = {_quoted(ends)}",
        "papers = []  # keys of sources.bib that rows of basis ‘paper’ may cite",
        f"powers = {json.dumps(ids['powers'])}",
        f"others = {json.dumps(ids['others'])}",
        "",
        "[issues]",
        *(f"{issue} = {_quoted(meaning)}" for issue, meaning in issues.items()),
        "",
        "[identity_frames]",
        f"{own} = {_quoted(f'a common belonging to {region}')}",
        "",
        "# Ways of speaking sought in speeches; a star stands for any ending of a word.",
        f"[frames.{own}]",
        f"says = {_quoted(f'{region}, the region under its own name')}",
        f"words = [{_quoted(_phrase(region))}]",
        "",
        "# Whose votes in the General Assembly the members' are set against.",
        "[votes]",
        f"references = {json.dumps(ids['powers'])}",
    ]
    return "\n".join(lines) + "\n"


def _phrase(region: str) -> str:
    """The region's name as a phrase that the search takes: its words, with any ending."""
    return " ".join(re.findall(r"[\w'-]+", region)) + "*"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
