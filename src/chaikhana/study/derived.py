"""Derived series: tables computed from a published dataset that is not ours to hand on.

What it is: `derived/NAME.csv` beside `derived/NAME.origin.toml`, which says what was computed, from which
version and file of which dataset. A report thus has votes and trade on a machine without any dataset.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from chaikhana.errors import Fault
from chaikhana.study.reading import read_text

FOLDER = "derived"
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
        origin, more = _read_origin(folder, path.stem)
        name = f"{FOLDER}/{path.name}"
        text, unreadable, _ = read_text(folder, name)
        faults += more + unreadable
        if more or unreadable:
            continue
        try:
            frame = pl.read_csv(io.StringIO(text), infer_schema_length=None)
        except pl.exceptions.PolarsError as error:
            faults.append(
                Fault(
                    rule="broken-derived",
                    file=name,
                    message=f"cannot be read ({error}).",
                    remedy="Compute it again from its dataset.",
                )
            )
            continue
        series[path.stem] = Derived(name=path.stem, frame=frame, origin=origin)
    return series, faults


def write_derived(folder: Path, name: str, frame: pl.DataFrame, origin: Mapping[str, str]) -> Path:
    """Write a derived series and its origin; returns the path of the table."""
    target = folder / FOLDER / f"{name}.csv"
    target.parent.mkdir(exist_ok=True)
    frame.write_csv(target)
    lines = [f"{key} = {_quoted(origin[key])}" for key in ORIGIN_KEYS]
    (folder / FOLDER / f"{name}.origin.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read_origin(folder: Path, stem: str) -> tuple[dict[str, str], list[Fault]]:
    name = f"{FOLDER}/{stem}.origin.toml"
    if not (folder / name).exists():
        return {}, [
            Fault(
                rule="derived-without-origin",
                file=f"{FOLDER}/{stem}.csv",
                message="has no origin.",
                remedy=f"Write {name} with {', '.join(ORIGIN_KEYS)}.",
            )
        ]
    text, faults, _ = read_text(folder, name)
    if faults:
        return {}, faults
    try:
        origin = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [
            Fault(
                rule="broken-toml",
                file=name,
                message=f"is not TOML: {error}.",
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
