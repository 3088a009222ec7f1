"""Fetching a dataset's files from where its terms allow.

What it is: downloads that go on where they were broken off, are tried again when a server falters, and are checked
against the digest of the file that was seen before anything is read. Where the terms do not allow a download, or were
not seen, it says which page to visit and which file to bring. Not a mirror: nothing is fetched that is not asked for.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from chaikhana.errors import SourceError
from chaikhana.sources import store
from chaikhana.sources.catalogue import dataset
from chaikhana.sources.manifest import Release
from chaikhana.sources.place import home
from chaikhana.sources.reading import Read

Progress = Callable[[str, int, int | None], object]
ATTEMPTS = 5
PATIENCE = 30.0
PAUSE = 1.0
_PIECE = 1 << 16
_FALTERING = (408, 425, 429, 500, 502, 503, 504)


def get(name: str, told: Progress, *, patience: float = PATIENCE, pause: float = PAUSE) -> list[Read]:
    """Fetch every file of a dataset that may be fetched, and add it to the store.

    Parameters
    ----------
    told : callable
        Is told the file's name, the bytes that are there, and how many there will be (None if unknown).
    patience, pause : float
        Seconds to wait for an answer, and before the first new attempt (doubled at each).

    Raises
    ------
    SourceError
        If no file may be fetched, the machine is offline, or what came is not the file that was seen. What has come
        so far is kept, and the next call goes on from there; the store is unchanged.
    """
    known = dataset(name)
    wanted = [release for part in known.parts for release in part.releases if release.url]
    if not wanted:
        raise SourceError(
            f"{known.id} cannot be fetched by a program: {known.terms.value}. Visit {known.page} and bring "
            f"{known.bring}, then: chaikhana sources add {known.id} FILE"
        )
    folder = home() / ".fetched" / known.id
    folder.mkdir(parents=True, exist_ok=True)
    added: list[Read] = []
    for release in wanted:
        target = folder / release.url.rsplit("/", 1)[-1]
        fetch(release, target, told, patience=patience, pause=pause)
        added += store.add(known.id, target)
        target.unlink()
    return added


def fetch(release: Release, target: Path, told: Progress, *, patience: float, pause: float) -> None:
    """Bring one file, in as many attempts as it takes, and check its digest.

    Raises
    ------
    SourceError
        If it does not come, or is not the file that was seen.
    """
    partial = target.with_name(target.name + ".part")
    last: Exception | None = None
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        try:
            _go_on(release.url, partial, told, patience)
        except urllib.error.HTTPError as error:
            if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                partial.unlink(missing_ok=True)
            elif error.code not in _FALTERING:
                raise SourceError(
                    f"{release.url} answers {error.code} ({error.reason}). The file may have moved: see the dataset's "
                    "page (chaikhana sources show ID)."
                ) from error
            last = error
            continue
        except (OSError, http.client.HTTPException) as error:
            last = error
            continue
        if store.digest_of(partial) == release.plain:
            partial.replace(target)
            return
        partial.unlink()
        last = None
    if last is None:
        raise SourceError(
            f"What {release.url} sends is not the file that was seen (its digest differs), in {ATTEMPTS} attempts. "
            "Something on the way changes it, or the provider has replaced it: see the dataset's page."
        )
    raise SourceError(
        f"{release.url} could not be fetched in {ATTEMPTS} attempts ({_reason(last)}). Is this machine online? "
        "What has come is kept; the same command goes on from there. Or bring the file yourself: "
        "chaikhana sources add ID FILE"
    )


def _go_on(url: str, partial: Path, told: Progress, patience: float) -> None:
    """Bring what is still lacking of a file.

    Raises
    ------
    OSError, http.client.HTTPException
        If the answer breaks off.
    """
    have = partial.stat().st_size if partial.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    with urllib.request.urlopen(request, timeout=patience) as answer:
        if have and answer.status != http.client.PARTIAL_CONTENT:
            have = 0
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length else None
        with partial.open("ab" if have else "wb") as file:
            while piece := answer.read(_PIECE):
                file.write(piece)
                have += len(piece)
                told(url.rsplit("/", 1)[-1], have, total)
    if total is not None and have < total:
        raise http.client.IncompleteRead(b"", total - have)


def _reason(error: Exception | None) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return str(reason) or type(error).__name__
