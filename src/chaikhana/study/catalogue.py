"""The studies that ship with the package, and how a study is named on the command line."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from chaikhana.errors import UnknownNameError

if TYPE_CHECKING:
    from chaikhana.study.study import Study


def shipped() -> dict[str, Path]:
    """Id to folder of each study of the package."""
    root = Path(str(files("chaikhana"))) / "studies"
    folders = sorted(path.parent for path in root.glob("*/study.toml"))
    return {folder.name.replace("_", "-"): folder for folder in folders}


def find(name: str) -> Path:
    """The folder of a shipped study, or of one given by its path.

    Raises
    ------
    UnknownNameError
        If it is neither.
    """
    known = shipped()
    if name in known:
        return known[name]
    path = Path(name)
    if path.is_dir():
        return path
    raise UnknownNameError("study or folder", name, known)


def open_study(name: str) -> Study:
    """Load a shipped study by its id, or one from its folder."""
    from chaikhana.study.loading import (
        load_study,  # half a second, for which whoever only seeks a folder does not wait
    )

    return load_study(find(name))
