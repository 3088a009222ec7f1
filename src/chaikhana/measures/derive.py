"""Derived series of a study, computed from the datasets in the source store.

What it is: the one place where measures meet the store. It writes `derived/` so that the report has votes and the comparison
with COW on a machine without any dataset, each series with its origin.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from chaikhana.errors import SourceError
from chaikhana.measures import source_differences, vote_agreement
from chaikhana.sources import cow_igo, un_votes
from chaikhana.sources.states import actors_by_iso2
from chaikhana.sources.store import Kept, newest
from chaikhana.study.derived import write_derived
from chaikhana.study.study import Study

Say = Callable[[str], object]


def derive_all(study: Study, say: Say) -> list[Path]:
    """Compute every series for which the store has the dataset.

    Raises
    ------
    SourceError
        If the store has none of the datasets.
    """
    written: list[Path] = []
    if igo := newest(cow_igo.ID):
        say("Setting memberships against COW IGO")
        written += _differences(study, igo)
    if votes := newest(un_votes.ID):
        say("Comparing votes")
        written += _votes(study, votes)
    if not written:
        raise SourceError(
            "The store has no dataset to derive from. Add one: chaikhana sources add "
            f"{cow_igo.ID} FILE, or {un_votes.ID} FOLDER."
        )
    return written


def _differences(study: Study, igo: Kept) -> list[Path]:
    compared = source_differences.compare(
        study, *(igo.table(name) for name in ("memberships", "body_years", "state_years"))
    )
    spans = source_differences.spans(compared, study.table("corrections"), cow_igo.ID)
    summary = compared.group_by("body", maintain_order=True).agg(
        state_years=pl.len(),
        agreeing=pl.col("agree").sum(),
        first=pl.col("year").min(),
        last=pl.col("year").max(),
    )
    return [
        write_derived(
            study.folder, source_differences.SERIES, spans, _origin(igo, "source-differences", "state-year")
        ),
        write_derived(
            study.folder,
            source_differences.SUMMARY,
            summary.sort("body"),
            _origin(igo, "source-differences", "state-year"),
        ),
    ]


def _votes(study: Study, kept: Kept) -> list[Path]:
    full = un_votes.with_absences(kept.table("votes"), kept.table("roll_calls"))
    named = actors_by_iso2(full)
    ours = set(study.table("actors")["id"])
    votes = named.filter(pl.col("actor").is_in(ours))
    first = study.about.first_day
    since = kept.table("roll_calls").filter(pl.col("date") >= first)["session"].min()
    pairs = vote_agreement.from_votes(study, votes.filter(pl.col("session") >= since))
    calls = kept.table("roll_calls").select("rcid", "resolution", "description")
    shown = [*study.about.members, *study.about.votes.references]
    chosen = (
        votes.filter(pl.col("actor").is_in(shown))
        .join(calls.filter(pl.col("resolution").is_in(list(study.about.votes.roll_calls))), on="rcid")
        .with_columns(
            title=pl.col("resolution").replace_strict(dict(study.about.votes.roll_calls), default="")
        )
        .select("resolution", "date", "title", "actor", "vote")
        .sort("date", "resolution", "actor")
    )
    origin = _origin(kept, "vote-agreement", "votes")
    return [
        write_derived(study.folder, vote_agreement.SERIES, pairs, origin),
        write_derived(
            study.folder, "votes", chosen, {**origin, "measure": "votes on roll calls of interest"}
        ),
    ]


def _origin(kept: Kept, measure: str, part: str) -> dict[str, str]:
    origin = dict(kept.parts)[part]
    return {
        "measure": measure,
        "dataset": kept.dataset,
        "version": kept.version,
        "sha256": origin.sha256,
        "computed": date.today().isoformat(),
        "citation": origin.citation,
        "licence": origin.licence,
    }
