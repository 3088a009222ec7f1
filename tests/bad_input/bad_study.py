"""Bad files laid over the good study.

What it is: `files/FAULT/` holds what is wrong. A file there takes the place of the good one of its name; the rows of
`add-TABLE.csv` and the entries of `add-sources.bib` come after the good ones; the lines of `add-study.toml` take
the place of those with the same key. What git cannot hold, or nobody should, is made here at test time.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

FILES = Path(__file__).parent / "files"
GOOD = Path(__file__).parents[1] / "studies" / "nordic"
ADDED = "add-"
ORIGIN = """measure = "vote-agreement"
dataset = "un-votes"
version = "2021-03"
sha256 = "0"
computed = "2026-01-01"
citation = "Voeten"
licence = "none"
"""


def overlay(fault: str, folder: Path) -> None:
    """Put the fault of that name into a copy of the good study."""
    if fault in MADE:
        MADE[fault](folder)
        return
    for bad in sorted(path for path in (FILES / fault).rglob("*") if path.is_file()):
        target = folder / bad.relative_to(FILES / fault)
        target.parent.mkdir(exist_ok=True)
        if bad.name.startswith(ADDED):
            _add(bad, folder / bad.name.removeprefix(ADDED))
        else:
            shutil.copyfile(bad, target)


def line_after(fault: str, file: str, line: int) -> int:
    """The line of the laid-over file at which a line of the bad file comes to stand."""
    if not (FILES / fault / f"{ADDED}{file}").exists():
        return line
    header = 0 if file.endswith(".bib") else 1
    return (GOOD / file).read_text(encoding="utf-8").count("\n") + line - header


def _add(bad: Path, target: Path) -> None:
    old, new = target.read_text(encoding="utf-8"), bad.read_text(encoding="utf-8")
    if target.suffix == ".toml":
        for line in new.splitlines():
            old = re.sub(rf"(?m)^{re.escape(line.split(' =')[0])} = .*\n", "", old)
        target.write_text(new + old, encoding="utf-8")
    elif target.suffix == ".csv":
        columns = old.split("\n", 1)[0].split(",")
        header, *rows = new.splitlines()
        places = [columns.index(name) for name in header.split(",")]
        assert places == sorted(places), f"{bad}: keep the order of the good table's columns"
        target.write_text(old + "".join(_spread(row, places, len(columns)) for row in rows), encoding="utf-8")
    else:
        target.write_text(old + new, encoding="utf-8")


def _spread(row: str, places: list[int], width: int) -> str:
    """A row of some of the columns as one of all of them."""
    cells = re.findall(r'"[^"]*"|[^,]+|(?<=,)(?=,|$)|^(?=,)', row)
    assert len(cells) == len(places), row
    spread = [""] * width
    for place, cell in zip(places, cells, strict=True):
        spread[place] = cell
    return ",".join(spread) + "\n"


def _gone(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _linked(name: str, to: str) -> Callable[[Path], None]:
    def link(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(to)

    return link


def _outside(name: str) -> Callable[[Path], None]:
    """A link to a file that is there, beside the study's folder."""

    def link(folder: Path) -> None:
        other = folder.with_name("elsewhere")
        other.mkdir(exist_ok=True)
        if (folder / name).exists():
            shutil.move(folder / name, other / Path(name).name)
        else:
            (other / Path(name).name).write_text("a\n1\n", encoding="utf-8")
        _linked(name, str(other / Path(name).name))(folder)

    return link


def _filled(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def _big(name: str, megabytes: int) -> Callable[[Path], None]:
    """One line of that many megabytes, after the header."""

    def write(folder: Path) -> None:
        header = (folder / name).read_bytes().split(b"\n", 1)[0]
        with (folder / name).open("wb") as stream:
            stream.write(header + b"\n")
            for _ in range(megabytes):
                stream.write(b"x" * 1_000_000)

    return write


def _folder_in_place(name: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return make


def _renamed(old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: (folder / old).rename(folder / new)


def _derived_with_a_quote(folder: Path) -> None:
    (folder / "derived").mkdir()
    (folder / "derived" / 'vote"agreement.csv').write_text("a\n1\n", encoding="utf-8")
    (folder / "derived" / 'vote"agreement.origin.toml').write_text(ORIGIN, encoding="utf-8")


def _toml_first(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        file = folder / "study.toml"
        file.write_text(text + "\n" + file.read_text(encoding="utf-8"), encoding="utf-8")

    return write


MADE: Mapping[str, Callable[[Path], None]] = {
    "missing-study-toml": _gone("study.toml"),
    "missing-bibliography": _gone("sources.bib"),
    "missing-table": _gone("memberships.csv"),
    "missing-actors": _gone("actors.csv"),
    "line-too-long": _big("memberships.csv", 50),
    "file-too-large": _big("memberships.csv", 100),
    "bibliography-too-large": _big("sources.bib", 100),
    "study-toml-too-large": _big("study.toml", 100),
    "path-leaves-study": _outside("memberships.csv"),
    "path-leaves-study-toml": _outside("study.toml"),
    "path-leaves-study-bib": _outside("sources.bib"),
    "path-leaves-study-derived": _outside("derived/votes.csv"),
    "link-to-nothing": _linked("lineage.csv", "nowhere.csv"),
    "link-to-itself": _linked("lineage.csv", "lineage.csv"),
    "derived-link-to-itself": _linked("derived/votes.csv", "votes.csv"),
    "unreadable-file": _folder_in_place("memberships.csv"),
    "unreadable-study-toml": _folder_in_place("study.toml"),
    "extension-in-capitals": _renamed("lineage.csv", "lineage.CSV"),
    "derived-bad-name": _derived_with_a_quote,
    "toml-nested-too-deep": _toml_first("summary_ = " + "[" * 5000 + "]" * 5000),
    "toml-number-too-long": _toml_first("summary_ = " + "1" * 5000),
}
