"""What has been computed of a study once and is kept for the next time: one SQLite file a state of the study.

What it is: the explorer's compiled study. A file is named after the study and the digest of its folder and of the program, so
that an edited study, or another version, never reads what is no longer so. It stands in the user's own data folder and is
read by nobody else (mode 600): its values are Python's own.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sqlite3
import threading
import zlib
from importlib.resources import files
from pathlib import Path
from typing import Any

from chaikhana.errors import OutputError
from chaikhana.sources.place import data_folder

KEPT = 3  # states of one study that are kept


class Kept:
    """The file of one state of a study.

    Parameters
    ----------
    path : Path
        Made where it is not there.

    Raises
    ------
    OutputError
        If its folder cannot be written to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                self._connection = _opened(path)
            except sqlite3.DatabaseError:  # a spoilt file, of what can be computed again
                path.unlink(missing_ok=True)
                self._connection = _opened(path)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"{path.parent} cannot be written to ({error}). What is computed is kept there: set CHAIKHANA_HOME to a "
                "folder of yours."
            ) from error

    def get(self, key: str) -> Any:
        """What is kept under a key, or None."""
        with self._lock:
            found = self._connection.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
        return pickle.loads(zlib.decompress(found[0])) if found else None

    def has(self, key: str) -> bool:
        """Whether anything is kept under a key."""
        with self._lock:
            return self._connection.execute("SELECT 1 FROM kept WHERE key = ?", (key,)).fetchone() is not None

    def put(self, key: str, value: Any) -> None:
        """Keep a value."""
        blob = zlib.compress(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL), 1)
        with self._lock, self._connection:
            self._connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, blob))

    def keys(self) -> set[str]:
        """Everything that is kept."""
        with self._lock:
            return {key for (key,) in self._connection.execute("SELECT key FROM kept")}

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB)")
    connection.commit()
    return connection


def kept_of(folder: Path) -> Kept:
    """What is kept of the study in a folder as it stands now; older states of it are dropped but the last few."""
    shelf = data_folder() / "explorer"
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    kept = Kept(shelf / f"{name}-{_digest(folder)}.sqlite")
    os.utime(kept.path)
    others = sorted(shelf.glob(f"{name}-*.sqlite"), key=lambda path: path.stat().st_mtime)
    for old in others[:-KEPT]:
        for suffix in ("", "-wal", "-shm"):
            old.with_name(old.name + suffix).unlink(missing_ok=True)
    return kept


def _digest(folder: Path) -> str:
    """Of every file of the study and of the program."""
    digest = hashlib.sha256()
    program = Path(str(files("chaikhana")))
    for root, pattern in ((folder, "**/*"), (program, "**/*.py"), (program / "claims", "**/*.toml")):
        for path in sorted(root.glob(pattern)):
            if path.is_file() and not path.name.startswith("."):
                digest.update(str(path.relative_to(root)).encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()[:32]
