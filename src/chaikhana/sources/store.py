"""The source store: published datasets on this machine, read once and kept as Parquet with their origin.

What it is: a folder (`CHAIKHANA_HOME`, else the user's data folder) with one folder a dataset and version. A file
is read and checked whole before anything in the store changes; versions live side by side.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from chaikhana.core.evidence import Origin
from chaikhana.errors import SourceError, UnknownNameError, shorten
from chaikhana.sources.catalogue import DATASETS, dataset
from chaikhana.sources.manifest import Dataset
from chaikhana.sources.place import home
from chaikhana.sources.reading import UNRESOLVED, Read, read_all

_ORIGIN, _STRANGERS = ".origin.json", ".unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A version of a dataset in the store: the origin of each of its parts."""

    dataset: str
    version: str
    folder: Path
    parts: tuple[tuple[str, Origin], ...]

    def table(self, name: str) -> pl.DataFrame:
        """One of its tidy tables.

        Raises
        ------
        SourceError
            If the part that holds it has not been added, or its file is spoilt.
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

    def first_of(self, *names: str) -> pl.DataFrame:
        """The first of several tables that say the same which it has.

        Raises
        ------
        SourceError
            If it has none of them.
        """
        have = self.tables()
        return self.table(next((name for name in names if name in have), names[0]))

    def tables(self) -> list[str]:
        """The names of its tidy tables."""
        return sorted(
            path.stem for path in self.folder.glob("*.parquet") if not path.stem.endswith(_STRANGERS)
        )

    def unresolved(self) -> pl.DataFrame:
        """The codes that stand for no state in their year: column, code, first, last, rows."""
        found = [pl.read_parquet(path) for path in sorted(self.folder.glob(f"*{_STRANGERS}.parquet"))]
        return pl.concat(found or [pl.DataFrame(schema=UNRESOLVED)])


def kept(name: str | None = None) -> list[Kept]:
    """What the store holds, of one dataset or of all, each dataset's newest version last."""
    return [entry for known in DATASETS if name in (None, known.id) for entry in _versions(known)]


def newest(name: str) -> Kept | None:
    """The newest version of a dataset that the store holds, if any.

    Versions are in the order of their release; one that the workbench does not know is taken for newer, and among
    several such the one that was added last.
    """
    entries = kept(name)
    return entries[-1] if entries else None


def chosen(name: str) -> Kept:
    """The dataset that ``ID`` or ``ID@VERSION`` names.

    Raises
    ------
    UnknownNameError
        If there is no such dataset, or the store has not that version.
    SourceError
        If the store has no version of it, with how to bring it in.
    """
    name, _, version = name.partition("@")
    known = dataset(name)
    entries = kept(known.id)
    if not entries:
        raise SourceError(
            f"{known.id} ({known.title}) is not in the store. It is offered at {known.page} Bring {known.bring}, "
            f"then: chaikhana sources add {known.id} FILE"
        )
    if not version:
        return entries[-1]
    if version not in {entry.version for entry in entries}:
        raise UnknownNameError(f"version of {known.id} in the store", version, [e.version for e in entries])
    return next(entry for entry in entries if entry.version == version)


def add(name: str, path: Path, version: str = "") -> list[Read]:
    """Read a file of a dataset, or a folder of its files, into the store.

    Parameters
    ----------
    name : str
        Id of the dataset.
    path : Path
        A file of the provider, plain or gzipped, or a folder that holds some.
    version : str
        The version of a file that is of no release that is known.

    Returns
    -------
    list of Read
        Each part that was added.

    Raises
    ------
    SourceError
        If the file is missing, damaged, of another version, or not a part of that dataset; the store stays as it was.
    """
    known = dataset(name)
    if version and not version.replace(".", "").replace("-", "").replace("_", "").isalnum():
        raise SourceError(
            f"‘{shorten(version)}’ is no name of a version: use letters, digits, dots and hyphens."
        )
    found = read_all(known, path, version)
    for one in dict.fromkeys(read.origin.version for read in found):
        _keep(known, one, [read for read in found if read.origin.version == one])
    return found


def faults(entry: Kept) -> list[str]:
    """What is wrong with a version in the store: tables that are gone or changed since they were added."""
    found = []
    for part, origin in entry.parts:
        for table, digest in origin.tables.items():
            path = entry.folder / f"{table}.parquet"
            if not path.exists():
                found.append(f"{part}: the table {table} is gone.")
            elif digest_of(path) != digest:
                found.append(f"{part}: the table {table} is not what was added on {origin.brought_on}.")
    return [f"{fault} Add it again: chaikhana sources add {entry.dataset} FILE" for fault in found]


def _keep(known: Dataset, version: str, found: Sequence[Read]) -> None:
    """Write all parts into a draft of the version's folder and put it in place whole."""
    target = home() / known.id / version
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
        for read in found:
            digests = {}
            for table, frame in read.tables.items():
                frame.write_parquet(draft / f"{table}.parquet")
                digests[table] = digest_of(draft / f"{table}.parquet")
            read.strangers.write_parquet(draft / f"{read.part.name}{_STRANGERS}.parquet")
            (draft / f"{read.part.name}{_ORIGIN}").write_text(
                json.dumps({**asdict(read.origin), "tables": digests}, indent=1, ensure_ascii=False)
            )
        if target.exists():
            shutil.rmtree(target)
        draft.replace(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _versions(known: Dataset) -> list[Kept]:
    def age(entry: Kept) -> tuple[int, str, str]:
        order = known.versions
        place = order.index(entry.version) if entry.version in order else len(order)
        return place, max(origin.brought_on for _, origin in entry.parts), entry.version

    return sorted(_found(known), key=age)


def _found(known: Dataset) -> Iterator[Kept]:
    for folder in sorted((home() / known.id).glob("[!.]*")):
        parts = tuple(
            (path.name.removesuffix(_ORIGIN), _origin(path)) for path in sorted(folder.glob(f"*{_ORIGIN}"))
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
        read = json.loads(path.read_text(encoding="utf-8"))
        return Origin(**{**read, **{name: tuple(read.get(name, ())) for name in ("corrections", "stale")}})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise _spoilt("origin", path, error) from error
