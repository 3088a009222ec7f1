"""A replication archive: one zip with the study, what was computed of it, its report and figures, and how each was made.

What it is: `study/` (a study folder), `study.duckdb`, `report.html`, `figures/` (SVG and PNG), `MANIFEST.json` (the workbench,
Python, the packages and the datasets with their versions and digests; each file's sha256 and the command that makes it again) and
`commands.sh`, which makes everything again. Two archives of one study by one installation are the same to the bit but for what
PNG and DuckDB writers put in of their own.
"""

from __future__ import annotations

import hashlib
import json
import platform
import zipfile
from collections.abc import Mapping
from importlib.metadata import distribution, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from chaikhana import __version__
from chaikhana.report.page import write_report
from chaikhana.study.writing import draft_of
from chaikhana.taking.database import write_duckdb
from chaikhana.taking.folders import fill_csv
from chaikhana.taking.package import Package, Say

MANIFEST, COMMANDS = "MANIFEST.json", "commands.sh"
_EPOCH = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the first moment that a zip can tell: an archive does not hang on when it was made


def write_archive(package: Package, target: Path, say: Say = str) -> int:
    """Write the archive; the number of files in it.

    Raises
    ------
    OutputError
        If the place cannot be written to; what stood there before is untouched.
    """
    with TemporaryDirectory(prefix="chaikhana-") as place:
        folder = Path(place)
        (folder / "study").mkdir()
        say("Tables, measures and findings")
        fill_csv(package, folder / "study")
        write_duckdb(package, folder / "study.duckdb")
        write_report(package.study, folder / "report.html", folder / "figures", say)
        (folder / COMMANDS).write_text(commands(package, folder), encoding="utf-8")
        (folder / MANIFEST).write_text(
            json.dumps(manifest(package, folder), ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        with draft_of(target) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in files:
                name = f"{package.study.about.id}/{path.relative_to(folder).as_posix()}"
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes())
    return len(files)


def manifest(package: Package, folder: Path) -> dict[str, Any]:
    """What the archive holds, by what it was made, and how each file is made again."""
    about = package.study.about
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        "study": {
            "id": about.id,
            "title": about.title,
            "version": about.version,
            "licence": about.licence,
            "until": about.ends,
        },
        "made_with": {
            "chaikhana": __version__,
            "python": platform.python_version(),
            "packages": {name: version(name) for name in _packages()},
        },
        "datasets": {one.name: dict(one.origin) for one in package.study.derived.values()},
        "files": [
            {
                "path": (name := path.relative_to(folder).as_posix()),
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "command": made_by(name),
            }
            for path in files
        ],
    }


def made_by(name: str) -> str:
    """The command that makes a file of the archive again, run beside its folder `study`; empty for what is written by hand."""
    stem = Path(name).stem
    if name.startswith("figures/") or name == "report.html":
        return "chaikhana report study -o report.html --figures figures"
    if name == "study.duckdb":
        return "chaikhana export study --format duckdb -o study.duckdb"
    if name.startswith("study/derived/"):
        return "chaikhana study derive study"
    if name.startswith("study/computed/measure_") and stem != "measure_list":
        return f"chaikhana measure {stem.removeprefix('measure_').replace('_', '-')} --study study --csv"
    if name.startswith("study/computed/"):
        return "chaikhana export study --format csv -o again"
    if name == "study/datapackage.json":
        return "chaikhana study describe study"
    return ""


def commands(package: Package, folder: Path) -> str:
    """A script that makes everything of the archive again."""
    made: Mapping[str, None] = dict.fromkeys(
        filter(
            None,
            (
                made_by(path.relative_to(folder).as_posix())
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            ),
        )
    )
    lines = [
        "#!/bin/sh",
        f"# Makes again what the archive of {package.study.about.id} {package.study.about.version} holds.",
        "# Run it beside the folder study.",
        f"# Needs chaikhana {__version__}; chaikhana study derive needs the datasets that {MANIFEST} names.",
        "set -e",
        "chaikhana study check study",
        *(f"# {one}" if one.startswith("chaikhana study derive") else one for one in made),
    ]
    return "\n".join(lines) + "\n"


def _packages() -> list[str]:
    """What the workbench stands on, as its own metadata name it."""
    needed = distribution("chaikhana").requires or []
    return sorted(
        {part.split(";")[0].split(">")[0].split("=")[0].strip() for part in needed if "extra ==" not in part}
    )
