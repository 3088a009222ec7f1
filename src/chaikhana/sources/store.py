"""The source store: published datasets on this machine, read once and kept as Parquet with their origin.

What it is: a folder (`CHAIKHANA_HOME`, else the user's data folder) with one folder a dataset and version. A file
is read and checked whole before anything in the store changes; versions live side by side.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from chaikhana.core.evidence import Origin
from chaikhana.errors import SourceError, allowed_values, shorten
from chaikhana.sources.catalogue import DATASETS, dataset
from chaikhana.sources.manifest import Dataset, Part, Tables

_SUFFIXES = (".csv", ".csv.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A dataset in the store: the origin of each of its parts."""

    dataset: str
    version: str
    folder: Path
    parts: tuple[tuple[str, Origin], ...]

    def table(self, name: str) -> pl.DataFrame:
        """One of its tidy tables.

        Raises
        ------
        SourceError
            If the part that holds it has not been added.
        """
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            have = ", ".join(part for part, _ in self.parts)
            raise SourceError(
                f"{self.dataset}: the table {name} is not in the store, which has {have}. "
                f"Add the file that holds it: chaikhana sources add {self.dataset} FILE."
            )
        try:
            return pl.read_parquet(path)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _spoilt("table", path, error) from error


def home() -> Path:
    """The folder of the store."""
    if chosen := os.environ.get("CHAIKHANA_HOME"):
        return Path(chosen) / "sources"
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "chaikhana" / "sources"


def kept(name: str | None = None) -> list[Kept]:
    """What the store holds, of one dataset or of all."""
    return [entry for known in DATASETS if name in (None, known.id) for entry in _versions(known)]


def newest(name: str) -> Kept | None:
    """The version of a dataset that was added last, if any."""
    entries = kept(name)
    return (
        max(entries, key=lambda entry: (max(origin.brought_on for _, origin in entry.parts), entry.version))
        if entries
        else None
    )


def add(name: str, path: Path) -> list[tuple[str, Origin]]:
    """Read a file of a dataset, or a folder of its files, into the store.

    Parameters
    ----------
    name : str
        Id of the dataset.
    path : Path
        A CSV file of the provider, plain or gzipped, or a folder that holds some.

    Returns
    -------
    list of (str, Origin)
        Each part that was added.

    Raises
    ------
    SourceError
        If the file is missing, damaged, or not a part of that dataset; the store stays as it was.
    """
    known = dataset(name)
    if not path.exists():
        raise SourceError(f"There is no file {path}. {known.title} is offered at {known.page}")
    found: list[tuple[Part, Origin, Tables]] = []
    for file in _files(path):
        text = _text(known, file)
        header = _header(known, file, text)
        if part := _part_of(known, file, header, strict=not path.is_dir()):
            found.append((part, *_read(known, part, file, text, len(header))))
    if not found:
        raise SourceError(f"No file in {path} is a part of {known.id}. {_expected(known)}")
    return _keep(known, found)


def _keep(known: Dataset, found: list[tuple[Part, Origin, Tables]]) -> list[tuple[str, Origin]]:
    """Write all parts into a draft of the version's folder and put it in place whole."""
    target = home() / known.id / known.version
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=target.parent))
    except OSError as error:
        raise SourceError(
            f"The store {home()} cannot be written to ({error.strerror}). Set CHAIKHANA_HOME to a folder "
            "of yours."
        ) from error
    try:
        if target.exists():
            shutil.copytree(target, draft, dirs_exist_ok=True)
        for part, origin, tables in found:
            for table, frame in tables.items():
                frame.write_parquet(draft / f"{table}.parquet")
            (draft / f"{part.name}.origin.json").write_text(
                json.dumps(asdict(origin), indent=1, ensure_ascii=False)
            )
        if target.exists():
            shutil.rmtree(target)
        draft.replace(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return [(part.name, origin) for part, origin, _ in found]


def _versions(known: Dataset) -> Iterator[Kept]:
    for folder in sorted((home() / known.id).glob("[!.]*")):
        parts = tuple(
            (path.name.removesuffix(".origin.json"), _origin(path))
            for path in sorted(folder.glob("*.origin.json"))
        )
        if parts:
            yield Kept(dataset=known.id, version=folder.name, folder=folder, parts=parts)


def _spoilt(what: str, path: Path, error: Exception) -> SourceError:
    return SourceError(
        f"The {what} {path} in the store is spoilt ({shorten(str(error))}). Delete its folder "
        f"{path.parent} and add it again: chaikhana sources add {path.parent.parent.name} FILE."
    )


def _origin(path: Path) -> Origin:
    try:
        return Origin(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise _spoilt("origin", path, error) from error


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.name.lower().endswith(_SUFFIXES))


def _part_of(known: Dataset, file: Path, header: list[str], *, strict: bool) -> Part | None:
    for part in known.parts:
        if set(part.columns) <= set(header):
            return part
    if not strict:
        return None
    nearest = max(known.parts, key=lambda part: len(set(part.columns) & set(header)))
    lacking = [column for column in nearest.columns if column not in header]
    near = "; ".join(f"{column}: {allowed_values(column, header, most=6)}" for column in lacking[:3])
    others = [
        (other.id, part.name)
        for other in DATASETS
        for part in other.parts
        if set(part.columns) <= set(header)
    ]
    owner = f"It looks like the part ‘{others[0][1]}’ of {others[0][0]}. " if others else ""
    raise SourceError(
        f"{file} is not a part of {known.id}. {owner}As its part ‘{nearest.name}’ it lacks the columns "
        f"{', '.join(lacking)} ({near}) {_expected(known)}"
    )


def _expected(known: Dataset) -> str:
    parts = "; ".join(f"{part.name} ({', '.join(part.columns[:4])} …)" for part in known.parts)
    return f"Its parts are: {parts}. {known.title} is offered at {known.page}"


def _text(known: Dataset, file: Path) -> bytes:
    """The file's bytes, unpacked.

    Raises
    ------
    SourceError
        If it cannot be read, is empty, or is no text.
    """
    try:
        data = file.read_bytes()
        text = gzip.decompress(data) if file.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            f"{file} cannot be read as a part of {known.id}: {error}. It may be damaged or cut short: "
            f"bring it again from {known.page}"
        ) from error
    if not text.strip():
        raise SourceError(f"{file} is empty. {_expected(known)}")
    if b"\0" in text:
        raise SourceError(
            f"{file} has bytes that no text has (NUL). It may be damaged: bring it again from {known.page}"
        )
    return text


def _header(known: Dataset, file: Path, text: bytes) -> list[str]:
    first = text.split(b"\n", 1)[0]
    try:
        return next(csv.reader([first.decode("utf-8-sig").strip()]), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            f"{file} cannot be read as a part of {known.id}: {error}. {_expected(known)}"
        ) from error


def _read(known: Dataset, part: Part, file: Path, text: bytes, width: int) -> tuple[Origin, Tables]:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    again = f"It may be damaged or cut short: bring it again from {known.page}"
    last = text.rstrip(b"\r\n").rsplit(b"\n", 1)[-1].decode("utf-8", "replace")
    if len(next(csv.reader([last]), [])) != width and last.count('"') % 2 == 0:
        raise SourceError(f"{file} ends in the middle of a row. {again}")
    encoding: Literal["utf8", "utf8-lossy"] = "utf8" if part.encoding == "utf8" else "utf8-lossy"
    try:
        raw = pl.read_csv(text, infer_schema=False, null_values=[""], encoding=encoding)
        blank = [key for key in part.keys if raw[key].null_count()]
        if raw.height and blank:
            raise SourceError(f"{file} has rows without ‘{blank[0]}’. {again}")
        tables = part.read(raw)
    except SourceError as error:
        raise SourceError(f"{error}" if str(file) in str(error) else f"{file}: {error}") from error
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise SourceError(
            f"{file} cannot be read as the part ‘{part.name}’ of {known.id}: {reason}. {again}"
        ) from error
    expected = part.rows.get(digest)
    if raw.height == 0 or (expected is not None and raw.height != expected):
        raise SourceError(
            f"{file} has {raw.height:,} rows, not the {expected or 'many'} of {known.id} {known.version}. {again}"
        )
    years = [
        year
        for frame in tables.values()
        if "year" in frame.columns
        for year in frame["year"].unique().to_list()
    ]
    return Origin(
        dataset=known.id,
        version=known.version,
        title=known.title,
        authors=known.authors,
        citation=known.citation,
        licence=known.licence,
        brought_from=file.name,
        brought_on=date.today().isoformat(),
        sha256=digest,
        rows=raw.height,
        years=f"{min(years)}–{max(years)}" if years else "",
    ), tables
