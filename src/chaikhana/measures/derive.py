"""Derived series of a study, computed from the datasets in the source store.

What it is: the one place where a study's measures meet the store. It writes `derived/` so that the report has votes, trade,
arms, regimes and speech on a machine without any dataset, each series with its origin; and it can compare what a study
carries with what its datasets give now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from chaikhana.errors import BadValueError, SourceError
from chaikhana.measures import (
    access_brokerage,
    arms_suppliers,
    cohesion,
    contiguity,
    development_gap,
    disputes,
    ideal_points,
    joint_memberships,
    regime_likeness,
    source_differences,
    speech_frames,
    trade_partners,
    trade_within,
    vote_agreement,
)
from chaikhana.sources import un_votes
from chaikhana.sources.store import Kept, newest
from chaikhana.study.derived import as_read, write_derived
from chaikhana.study.study import Study

Say = Callable[[str], object]
Store = Mapping[str, Kept]
Series = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """Series that a study carries of one measure.

    Attributes
    ----------
    says : str
        What is being done, for the progress bar.
    datasets : tuple of str
        The datasets that they are computed from, each with the part that matters; the measure makes do with those that
        are in the store, if it has the first or `any_of` them.
    compute : callable
        From the study and the datasets to series by name.
    """

    measure: str
    says: str
    datasets: tuple[tuple[str, str], ...]
    compute: Callable[[Study, Store], Series]
    any_of: bool = False


def derive_all(study: Study, say: Say) -> list[Path]:
    """Compute every series for which the store has the dataset, and write it into the study's folder.

    Raises
    ------
    SourceError
        If the store has none of the datasets.
    """
    written: list[Path] = []
    for origin, series in _computed(study, say):
        written += [write_derived(study.folder, name, frame, origin) for name, frame in series.items()]
    if not written:
        raise _nothing()
    return written


def stale(study: Study, say: Say) -> dict[str, str]:
    """Compute every series anew without writing any, and tell which of those that the study carries differ.

    Returns
    -------
    dict
        Each series that could be computed, to how it differs from what the study carries; empty if it does not.

    Raises
    ------
    SourceError
        If the store has none of the datasets.
    """
    found: dict[str, str] = {}
    for origin, series in _computed(study, say):
        for name, frame in series.items():
            found[name] = _difference(study, name, as_read(frame), origin)
    if not found:
        raise _nothing()
    return found


def _difference(study: Study, name: str, frame: pl.DataFrame, origin: Mapping[str, str]) -> str:
    if name not in study.derived:
        return "the study does not carry it"
    carried = study.derived[name]
    if carried.frame.columns != frame.columns:
        return f"its columns are {', '.join(carried.frame.columns)}, not {', '.join(frame.columns)}"
    if carried.frame.height != frame.height:
        return f"{carried.frame.height:,} rows are carried, {frame.height:,} computed"
    try:
        assert_frame_equal(carried.frame, frame, check_dtypes=False, abs_tol=5e-4, rel_tol=0)
    except AssertionError as error:
        return str(error).splitlines()[0]
    if carried.origin["sha256"] != origin["sha256"]:
        return "the same values, from another file"
    return ""


def _nothing() -> SourceError:
    known = ", ".join(dict.fromkeys(dataset for one in DERIVATIONS for dataset, _ in one.datasets))
    return SourceError(
        f"The store has no dataset to derive from. Add one: chaikhana sources add ID FILE, where ID is one of {known}."
    )


def _computed(study: Study, say: Say) -> list[tuple[dict[str, str], Series]]:
    found = []
    for one in DERIVATIONS:
        have = {dataset: kept for dataset, _ in one.datasets if (kept := newest(dataset))}
        if have and (one.any_of or one.datasets[0][0] in have):
            say(one.says)
            found.append((_origin(one, have), one.compute(study, have)))
    return found


def _origin(one: Derivation, have: Store) -> dict[str, str]:
    """Where the series come from; of several datasets, the texts one after the other."""
    parts = dict(one.datasets)
    origins = [dict(kept.parts).get(parts[dataset], kept.parts[0][1]) for dataset, kept in have.items()]

    def joined(values: list[str]) -> str:
        return "; ".join(dict.fromkeys(values))

    return {
        "measure": one.measure,
        "dataset": joined([origin.dataset for origin in origins]),
        "version": joined([origin.version for origin in origins]),
        "sha256": joined([origin.sha256 for origin in origins]),
        "computed": date.today().isoformat(),
        "citation": joined([origin.citation for origin in origins]),
        "licence": joined([origin.licence for origin in origins]),
    }


def _differences(study: Study, store: Store) -> Series:
    igo = store["cow-igo-v3"]
    compared = source_differences.compare(
        study, *(igo.table(name) for name in ("memberships", "body_years", "state_years"))
    )
    summary = compared.group_by("body", maintain_order=True).agg(
        state_years=pl.len(),
        agreeing=pl.col("agree").sum(),
        first=pl.col("year").min(),
        last=pl.col("year").max(),
    )
    return {
        source_differences.SERIES: source_differences.spans(
            compared, study.table("corrections"), igo.dataset
        ),
        source_differences.SUMMARY: summary.sort("body"),
    }


def _joint(study: Study, store: Store) -> Series:
    memberships, years = (store["cow-igo-v3"].table(name) for name in ("memberships", "state_years"))
    return {
        joint_memberships.SERIES: joint_memberships.region(study, memberships, years),
        access_brokerage.SERIES: access_brokerage.region(study, memberships, years),
    }


def _votes(study: Study, store: Store) -> Series:
    votes, calls = _seats(store["un-votes"])
    ours = votes.filter(pl.col("actor").is_in(study.table("actors")["id"].implode()))
    since = calls.filter(pl.col("date") >= study.about.first_day)["session"].min()
    pairs = vote_agreement.from_votes(study, ours.filter(pl.col("session") >= since))
    return {vote_agreement.SERIES: pairs}


def _roll_calls(study: Study, store: Store) -> Series:
    kept = store["un-votes"]
    chosen = kept.table("roll_calls").filter(pl.col("resolution").is_in(list(study.about.votes.roll_calls)))
    every = un_votes.with_absences(kept.table("votes"), kept.table("roll_calls"))
    votes = un_votes.by_seat(
        every.select("rcid", "country", "iso2", "vote").join(chosen.select("rcid"), on="rcid", how="semi"),
        chosen,
    )
    shown = [*study.about.members, *study.about.votes.references]
    return {
        "votes": votes.filter(pl.col("actor").is_in(shown))
        .join(chosen.select("rcid", "resolution", "date"), on="rcid")
        .with_columns(
            title=pl.col("resolution").replace_strict(dict(study.about.votes.roll_calls), default="")
        )
        .select("resolution", "date", "title", "actor", "vote")
        .sort("date", "resolution", "actor")
    }


def _seats(kept: Kept) -> tuple[pl.DataFrame, pl.DataFrame]:
    calls = kept.table("roll_calls")
    votes = un_votes.by_seat(kept.table("votes"), calls).join(calls.select("rcid", "date"), on="rcid")
    return votes.filter(pl.col("actor").is_not_null()), calls


def _cohesion(study: Study, store: Store) -> Series:
    calls = store["un-votes"].table("roll_calls")
    votes = un_votes.every_seat(store["un-votes"].table("votes"), calls)
    issues = _NO_ISSUES if "issues" not in store["un-votes"].tables() else store["un-votes"].table("issues")
    return cohesion.region(study, votes.drop("session"), calls, issues)


def _positions(study: Study, store: Store) -> Series:
    kept = store["un-votes"]
    try:
        placed = ideal_points.region(study, kept.table("votes"), kept.table("roll_calls"))
    except BadValueError:  # an extract on which no scale can be settled: the study carries no positions
        return {}
    return {ideal_points.SERIES: placed}


def _trade(study: Study, store: Store) -> Series:
    trade = store["cow-trade-v4"].table("trade")
    return {trade_within.SERIES: trade_within.region(study, trade), **trade_partners.region(study, trade)}


def _arms(study: Study, store: Store) -> Series:
    return arms_suppliers.region(study, store["sipri-arms"].first_of("export_tables", "transfers"))


def _regimes(study: Study, store: Store) -> Series:
    tables = [store[name].table("regimes") if name in store else None for name in ("vdem", "polity5")]
    return regime_likeness.region(study, *tables)


def _disputes(study: Study, store: Store) -> Series:
    tables = [
        store[name].table(table) if name in store else None
        for name, table in (("cow-mids", "disputes"), ("ucdp-acd", "conflicts"))
    ]
    return {disputes.SERIES: disputes.region(study, *tables)}


def _contiguity(study: Study, store: Store) -> Series:
    return {contiguity.SERIES: contiguity.region(study, store["cow-contiguity"].table("contiguity"))}


def _gap(study: Study, store: Store) -> Series:
    kept = store["world-bank"]
    if not {"gdp", "population"} <= set(
        kept.tables()
    ):  # one of the two files alone gives no product per head
        return {}
    return {
        development_gap.SERIES: development_gap.region(study, kept.table("gdp"), kept.table("population"))
    }


def _speech(study: Study, store: Store) -> Series:
    return speech_frames.region(study, store["un-general-debate"].table("speeches"))


_UN = (("un-votes", "votes"),)
_NO_ISSUES = pl.DataFrame(schema={"rcid": pl.Int32, "short": pl.String, "issue": pl.String})
DERIVATIONS: tuple[Derivation, ...] = (
    Derivation(
        measure="source-differences",
        says="Setting memberships against COW IGO",
        datasets=(("cow-igo-v3", "state-year"),),
        compute=_differences,
    ),
    Derivation(
        measure="joint-memberships, access-brokerage",
        says="Placing states in the network of organisations",
        datasets=(("cow-igo-v3", "state-year"),),
        compute=_joint,
    ),
    Derivation(measure="vote-agreement", says="Comparing votes", datasets=_UN, compute=_votes),
    Derivation(
        measure="votes on roll calls of interest",
        says="Finding the roll calls of interest",
        datasets=_UN,
        compute=_roll_calls,
    ),
    Derivation(measure="cohesion", says="Measuring cohesion", datasets=_UN, compute=_cohesion),
    Derivation(measure="ideal-points", says="Estimating ideal points", datasets=_UN, compute=_positions),
    Derivation(
        measure="trade", says="Measuring trade", datasets=(("cow-trade-v4", "dyadic"),), compute=_trade
    ),
    Derivation(
        measure="arms-suppliers",
        says="Measuring arms",
        datasets=(("sipri-arms", "export-tables"),),
        compute=_arms,
    ),
    Derivation(
        measure="regime-likeness",
        says="Comparing regimes",
        datasets=(("vdem", "country-year"), ("polity5", "annual")),
        compute=_regimes,
        any_of=True,
    ),
    Derivation(
        measure="disputes",
        says="Finding disputes",
        datasets=(("cow-mids", "directed-disputes"), ("ucdp-acd", "conflicts")),
        compute=_disputes,
        any_of=True,
    ),
    Derivation(
        measure="contiguity",
        says="Finding borders",
        datasets=(("cow-contiguity", "dyad-years"),),
        compute=_contiguity,
    ),
    Derivation(
        measure="development-gap",
        says="Comparing wealth",
        datasets=(("world-bank", "gdp"),),
        compute=_gap,
    ),
    Derivation(
        measure="speech-frames",
        says="Reading speeches",
        datasets=(("un-general-debate", "speeches"),),
        compute=_speech,
    ),
)
