"""Reading a provider's file: which part of which dataset it is, which release, and its tidy tables.

What it is: the way of a file from the disk to tables with an origin, before anything is stored. A file is known by its
columns; a release by its digest, or else by its number of records and its years. A file of no known release is
refused unless its version is named, since it is cut, cut out, or newer than what was seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from chaikhana.core.evidence import Origin
from chaikhana.errors import SourceError, allowed_values
from chaikhana.sources.catalogue import DATASETS
from chaikhana.sources.corrections import correct
from chaikhana.sources.manifest import Dataset, Part, Release, Stata, Tables
from chaikhana.sources.raw import again, expected, headings, records, typed, unpacked
from chaikhana.sources.states import resolve, unresolved

SUFFIXES = (".csv", ".csv.gz", ".dta")
UNRESOLVED = {"column": pl.String, "code": pl.String, "first": pl.Int64, "last": pl.Int64, "rows": pl.Int64}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A part as it was read.

    Attributes
    ----------
    tables : mapping
        Its tidy tables.
    strangers : polars.DataFrame
        Codes that stand for no state in their year: column, code, first, last, rows.
    """

    part: Part
    origin: Origin
    tables: Tables
    strangers: pl.DataFrame


def files_in(path: Path) -> list[Path]:
    """The files at a place: itself, or those of a folder (and of its folders) that may be a provider's."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.name.lower().endswith(SUFFIXES))


def read_all(known: Dataset, path: Path, version: str = "") -> list[Read]:
    """Every part of a dataset that is found at a place.

    Parameters
    ----------
    path : Path
        A file of the provider, plain or gzipped, or a folder that holds some.
    version : str
        The version of a file that is of no known release.

    Raises
    ------
    SourceError
        If a file is missing, damaged, of another version, or not a part of that dataset.
    """
    if not path.exists():
        raise SourceError(f"There is no file {path}. {known.title} is offered at {known.page}")
    gathered: dict[tuple[str, str], list[Read]] = {}
    for file in files_in(path):
        data = unpacked(known, file)
        if part := _part_of(known, file, data, strict=not path.is_dir()):
            read = _read(known, part, file, data, version)
            gathered.setdefault((part.name, read.origin.version), []).append(read)
    if not gathered:
        raise SourceError(f"No file in {path} is a part of {known.id}. {expected(known)}")
    return [_together(reads) for reads in gathered.values()]


def _together(reads: Sequence[Read]) -> Read:
    """One part from its several files; of a part that is one file, the last that was found."""
    last = reads[-1]
    if len(reads) == 1 or not last.part.many:
        return last
    digest = hashlib.sha256("".join(read.origin.sha256 for read in reads).encode()).hexdigest()
    years = [year for read in reads for year in read.origin.years.split("–") if year]
    origin = Origin(
        **{
            **{name: getattr(last.origin, name) for name in Origin.__slots__},
            "brought_from": f"{len(reads)} files",
            "sha256": digest,
            "rows": sum(read.origin.rows for read in reads),
            "years": f"{min(years)}–{max(years)}" if years else "",
        }
    )
    return Read(
        part=last.part,
        origin=origin,
        tables={name: pl.concat([read.tables[name] for read in reads]) for name in last.tables},
        strangers=pl.concat([read.strangers for read in reads])
        .group_by("column", "code", maintain_order=True)
        .agg(pl.col("first").min(), pl.col("last").max(), pl.col("rows").sum())
        .sort("column", "rows", "code", descending=[False, True, False]),
    )


def _part_of(known: Dataset, file: Path, data: bytes, *, strict: bool) -> Part | None:
    seen = [(part, headings(part, data)) for part in known.parts if _of_form(part, file)]
    for part, header in seen:
        if header is not None and set(part.columns) <= set(header):
            return part
    if not strict:
        return None
    if alike := _alike(known, file, data):
        raise SourceError(
            f"{file} has the headings of several parts of {known.id}, which are told apart by the name of the file. "
            f"It must hold one of: {', '.join(part.file for part in alike)}. Rename it to what it is."
        )
    readable = [(part, header) for part, header in seen if header]
    if not readable:
        raise SourceError(f"{file} has no headings that {known.id} is known by. {expected(known)}")
    nearest, header = max(readable, key=lambda one: len(set(one[0].columns) & set(one[1])))
    lacking = [column for column in nearest.columns if column not in header]
    near = "; ".join(f"{column}: {allowed_values(column, header, most=6)}" for column in lacking[:3])
    raise SourceError(
        f"{file} is not a part of {known.id}. {_owner(file, data)}As its part ‘{nearest.name}’ it lacks the columns "
        f"{', '.join(lacking[:6])}{' …' if len(lacking) > 6 else ''} ({near}) {expected(known)}"
    )


def _of_form(part: Part, file: Path) -> bool:
    name = file.name.lower()
    return isinstance(part.form, Stata) == name.endswith(".dta") and part.file in name


def _alike(known: Dataset, file: Path, data: bytes) -> list[Part]:
    """The parts that the file would be if it were named so."""
    return [
        part
        for part in known.parts
        if part.file and set(part.columns) <= set(headings(part, data) or ()) and not _of_form(part, file)
    ]


def _owner(file: Path, data: bytes) -> str:
    """Whose file it seems to be."""
    for other in DATASETS:
        for part in other.parts:
            header = headings(part, data) if _of_form(part, file) else None
            if header is not None and set(part.columns) <= set(header):
                return f"It looks like the part ‘{part.name}’ of {other.id}. "
    return ""


def _read(known: Dataset, part: Part, file: Path, data: bytes, version: str) -> Read:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    text = records(known, part, file, data)
    if text.height == 0:
        raise SourceError(f"{file} has 0 rows. {again(known)}")
    text, applied, stale = correct(known.id, part.name, text)
    raw = typed(known, part, file, text)
    years = _years(part, raw)
    release = _release(known, part, file, digest, raw.height, years, version)
    try:
        tables = dict(part.read(raw))
    except SourceError as error:
        raise SourceError(f"{error}" if str(file) in str(error) else f"{file}: {error}") from error
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0]
        raise SourceError(
            f"{file} cannot be read as the part ‘{part.name}’ of {known.id}: {reason}. {again(known)}"
        ) from error
    strangers = []
    for column in part.states:
        frame = resolve(tables[column.table], column.regime, column.code, column.year, into=column.into)
        tables[column.table] = frame
        lost = unresolved(frame, column.code, column.into, column.year)
        strangers.append(
            lost.select(
                pl.lit(f"{column.table}.{column.code}").alias("column"), "code", "first", "last", "rows"
            ).cast(UNRESOLVED)  # type: ignore[arg-type]
        )
    origin = Origin(
        dataset=known.id,
        version=release,
        title=known.title,
        authors=known.authors,
        citation=known.citation,
        licence=known.licence,
        brought_from=file.name,
        brought_on=date.today().isoformat(),
        sha256=digest,
        rows=raw.height,
        years=f"{years[0]}–{years[1]}" if years else "",
        corrections=tuple(str(entry) for entry in applied),
        stale=tuple(str(entry) for entry in stale),
    )
    return Read(
        part=part,
        origin=origin,
        tables=tables,
        strangers=pl.concat(strangers) if strangers else pl.DataFrame(schema=UNRESOLVED),
    )


def _years(part: Part, raw: pl.DataFrame) -> tuple[int, int] | None:
    found = raw[part.year].drop_nulls() if part.year else None
    return None if found is None or found.is_empty() else (int(str(found.min())), int(str(found.max())))


def _release(
    known: Dataset,
    part: Part,
    file: Path,
    digest: str,
    rows: int,
    years: tuple[int, int] | None,
    version: str,
) -> str:
    """The version of a file.

    Raises
    ------
    SourceError
        If it is of no known release and no version was named, or another was named than it is.
    """
    found = next((one for one in part.releases if digest in (one.sha256, one.plain)), None)
    if found and found.rows != rows:
        raise SourceError(f"{file} has {rows:,} rows, not the {found.rows:,} of its release. {again(known)}")
    if not part.many:  # one of many small files is known by its digest alone: others have as many rows
        found = found or next((one for one in part.releases if (one.rows, one.years) == (rows, years)), None)
    if found and version not in ("", found.version):
        raise SourceError(
            f"{file} is version {found.version} of {known.id}, not {version}: leave --version out."
        )
    if found:
        return found.version
    if version:
        return version
    seen = "; ".join(_described(one) for one in part.releases[:3])
    seen += f" and {len(part.releases) - 3} more" if len(part.releases) > 3 else ""
    raise SourceError(
        f"{file} has {rows:,} rows{f' of the years {years[0]}–{years[1]}' if years else ''}, and is no version of "
        f"{known.id}, {part.name}, that is known ({seen}). If it was cut short, bring it again from {known.page} "
        f"If it is another version, or an extract of yours, name it: chaikhana sources add {known.id} FILE --version NAME"
    )


def _described(release: Release) -> str:
    span = f", {release.years[0]}–{release.years[1]}" if release.years else ""
    return f"{release.version}: {release.rows:,} rows{span}"
