"""Derived series: tables computed from a published dataset that is not ours to hand on.

What it is: `derived/NAME.csv` beside `derived/NAME.origin.toml`, which says what was computed, from which
version and file of which dataset. A report thus has votes and trade on a machine without any dataset.
"""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from chaikhana.errors import Fault, allowed_values, shorten
from chaikhana.study.reading import UnusableFileError, is_there, read_text
from chaikhana.study.writing import replace_whole

FOLDER = "derived"
# The columns by which measures know the series that they compute; a study may carry others of its own.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "vote_agreement": ("actor_1", "actor_2", "session", "votes", "share", "agreement", "kappa", "pi"),
    "votes": ("resolution", "date", "title", "actor", "vote"),
    "membership_differences": (
        "actor",
        "body",
        "first",
        "last",
        "years",
        "study",
        "cow",
        "status",
        "explanation",
        "rows",
    ),
    "membership_comparison": ("body", "state_years", "agreeing", "first", "last"),
    "contiguity": ("year", "members", "pairs", "joined", "connected", "apart"),
    "development_gap": ("year", "known", "of", "ratio", "richest", "poorest"),
    "joint_memberships": (
        "state1",
        "state2",
        "year",
        "joint",
        "joint_high",
    ),
    "access_brokerage": (
        "actor",
        "year",
        "dominant",
        "brokerage_by",
        "against",
        "access_low",
        "access_high",
        "access",
        "brokerage_low",
        "brokerage_high",
        "brokerage",
    ),
    "ideal_points": (
        "actor",
        "session",
        "estimate",
        "lower",
        "upper",
    ),
    "cohesion": (
        "group",
        "session",
        "voters",
        "roll_calls",
        "agreement_index",
        "mean_agreement",
        "agreement_low",
        "agreement_high",
    ),
    "agreement_by_issue": (
        "actor_1",
        "actor_2",
        "issue",
        "first",
        "last",
        "votes",
        "agreement",
    ),
    "trade_within": (
        "year",
        "actor",
        "members",
        "intra",
        "total",
        "share",
        "share_low",
        "share_high",
        "intensity",
        "introversion",
        "flows",
        "known",
        "intra_flows",
        "intra_known",
        "intra_zero",
    ),
    "trade_partners": (
        "year",
        "state",
        "partner",
        "name",
        "kind",
        "known",
        "flows",
        "share",
        "rank",
    ),
    "trade_concentration": (
        "year",
        "state",
        "total",
        "partners",
        "known",
        "missing",
        "largest",
        "largest_share",
        "herfindahl",
        "normalised",
    ),
    "arms_suppliers": (
        "recipient",
        "supplier",
        "name",
        "first",
        "last",
        "tiv",
        "tiv_low",
        "tiv_high",
        "share",
        "share_low",
        "share_high",
        "rank",
    ),
    "arms_concentration": (
        "recipient",
        "first",
        "last",
        "tiv",
        "tiv_low",
        "tiv_high",
        "suppliers",
        "largest",
        "largest_share",
        "largest_low",
        "largest_high",
        "certain",
        "herfindahl_low",
        "herfindahl_high",
    ),
    "regime_likeness": (
        "actor",
        "group",
        "index",
        "year",
        "likeness",
        "low",
        "high",
        "pairs",
        "of",
    ),
    "regimes": (
        "actor",
        "first",
        "last",
        "polyarchy",
        "polyarchy_low",
        "polyarchy_high",
        "libdem",
        "libdem_low",
        "libdem_high",
        "polity",
        "years",
        "libdem_years",
        "polity_years",
        "polity_missing",
    ),
    "disputes": (
        "kind",
        "actors",
        "reach",
        "type",
        "first",
        "last",
        "number",
        "years",
        "level",
        "data_end",
    ),
    "speech_frames": (
        "actor",
        "year",
        "words",
        "frame",
        "count",
        "per_thousand",
    ),
}
_NAME = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
ORIGIN_KEYS = ("measure", "dataset", "version", "sha256", "computed", "citation", "licence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """One derived series and where it comes from."""

    name: str
    frame: pl.DataFrame
    origin: Mapping[str, str]


def read_derived(folder: Path) -> tuple[dict[str, Derived], list[Fault]]:
    """Read every derived series of a study folder."""
    series: dict[str, Derived] = {}
    faults: list[Fault] = []
    for path in sorted((folder / FOLDER).glob("*.csv")):
        name = f"{FOLDER}/{path.name}"
        if not _NAME.fullmatch(path.stem):
            near = re.sub(r"[^a-z0-9_]+", "-", path.stem.lower()).strip("-")
            faults.append(
                Fault(
                    rule="bad-id",
                    file=name,
                    message="is not the name of a series.",
                    remedy=f"Use lower-case letters, digits and hyphens, for instance {near}.csv.",
                )
            )
            continue
        try:
            text, _ = read_text(folder, name)
        except UnusableFileError as error:
            faults.append(error.fault)
            continue
        origin, more = _read_origin(folder, path.stem)
        faults += more
        try:
            frame = pl.read_csv(io.StringIO(text), infer_schema_length=None)
        except pl.exceptions.PolarsError as error:
            faults.append(_broken(name, f"cannot be read ({str(error).splitlines()[0]})."))
            continue
        lacking = [column for column in COLUMNS.get(path.stem, ()) if column not in frame.columns]
        if lacking:
            faults.append(
                _broken(name, f"lacks the column ‘{lacking[0]}’. {allowed_values(lacking[0], frame.columns)}")
            )
        elif not more:
            series[path.stem] = Derived(name=path.stem, frame=frame, origin=origin)
    return series, faults


def _broken(name: str, message: str) -> Fault:
    return Fault(
        rule="broken-derived", file=name, message=message, remedy="Compute it again from its dataset."
    )


def write_derived(folder: Path, name: str, frame: pl.DataFrame, origin: Mapping[str, str]) -> Path:
    """Write a derived series and its origin; returns the path of the table."""
    target = folder / FOLDER / f"{name}.csv"
    target.parent.mkdir(exist_ok=True)
    replace_whole(target, frame.write_csv())
    lines = [f"{key} = {_quoted(origin[key])}" for key in ORIGIN_KEYS]
    replace_whole(folder / FOLDER / f"{name}.origin.toml", "\n".join(lines) + "\n")
    return target


def as_read(frame: pl.DataFrame) -> pl.DataFrame:
    """A series as it comes back from its file."""
    return pl.read_csv(io.StringIO(frame.write_csv()), infer_schema_length=None)


def _quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does, and DEL besides."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read_origin(folder: Path, stem: str) -> tuple[dict[str, str], list[Fault]]:
    name = f"{FOLDER}/{stem}.origin.toml"
    if not is_there(folder, name):
        return {}, [
            Fault(
                rule="derived-without-origin",
                file=f"{FOLDER}/{stem}.csv",
                message="has no origin.",
                remedy=f"Write {name} with {', '.join(ORIGIN_KEYS)}.",
            )
        ]
    try:
        text, _ = read_text(folder, name)
        origin = tomllib.loads(text)
    except UnusableFileError as error:
        return {}, [error.fault]
    except (ValueError, RecursionError) as error:
        return {}, [
            Fault(
                rule="broken-toml",
                file=name,
                message=f"is not TOML: {shorten(str(error), 120)}.",
                remedy="Write texts in quotes.",
            )
        ]
    lacking = [key for key in ORIGIN_KEYS if not isinstance(origin.get(key), str)]
    if lacking:
        return {}, [
            Fault(
                rule="derived-without-origin",
                file=name,
                message=f"does not say {', '.join(lacking)}.",
                remedy="Each is a text.",
            )
        ]
    return {key: str(origin[key]) for key in ORIGIN_KEYS}, []
