"""Where things are kept on this machine: `CHAIKHANA_HOME`, else the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The folder of everything that is kept."""
    if chosen := os.environ.get("CHAIKHANA_HOME"):
        return Path(chosen)
    return Path(os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")) / "chaikhana"


def home() -> Path:
    """The folder of the store of datasets."""
    return data_folder() / "sources"
