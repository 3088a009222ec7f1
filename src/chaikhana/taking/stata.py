"""A study as a folder of Stata files, with labels on every variable and on the words of closed lists.

What it is: `.dta` (Stata 15 and later, UTF-8), one file a frame, written with pyreadstat. A column of a closed list is a number
with value labels; lists are text parted by semicolons; days are Stata dates. Stata has no text that is missing: it is blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from chaikhana.taking.folders import folder_at
from chaikhana.taking.package import Package, Taken, flat

VERSION = 15
LONGEST_NAME, LONGEST_LABEL = 32, 80
_RESERVED = frozenset(
    ("_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N", "_pi", "_pred",
     "_rc", "_skip", "strL", "using", "with")
)  # fmt: skip


def write_stata(package: Package, target: Path) -> int:
    """Write each frame as a `.dta` file; the number of files.

    Raises
    ------
    OutputError
        If the folder is there already, or cannot be written.
    """
    with folder_at(target) as draft:
        for taken in package.frames:
            write_dta(taken, draft / f"{taken.file}.dta")
    return len(package.frames)


def write_dta(taken: Taken, path: Path) -> None:
    """Write one frame."""
    import pyreadstat  # only for whoever uses Stata

    frame = flat(taken.frame)
    names = stata_names(frame.columns)
    labels: dict[str, dict[Any, str]] = {}
    columns: list[pl.Series] = []
    for column, name in names.items():
        values = frame[column]
        words = taken.words.get(column)
        if words:
            codes = {word: code for code, word in enumerate(words, 1)}
            columns.append(values.replace_strict({**codes, "": None}, return_dtype=pl.Int32).alias(name))
            labels[name] = {code: word for word, code in codes.items()}
        elif values.dtype == pl.Boolean:
            columns.append(values.cast(pl.Int32).alias(name))
            labels[name] = {0: "no", 1: "yes"}
        elif values.dtype in (pl.String, pl.Categorical, pl.Enum):
            columns.append(values.cast(pl.String).fill_null("").alias(name))
        elif values.dtype == pl.Null:
            columns.append(values.cast(pl.Float64).alias(name))
        else:
            columns.append(values.alias(name))
    said: dict[str, str | None] = {
        name: taken.says.get(column, column.replace("_", " "))[:LONGEST_LABEL]
        for column, name in names.items()
    }
    pyreadstat.write_dta(
        pl.DataFrame(columns),
        str(path),
        file_label=taken.title[:LONGEST_LABEL],
        column_labels=said,
        variable_value_labels=labels,
        version=VERSION,
    )


def stata_names(columns: Sequence[str]) -> dict[str, str]:
    """Columns to names that Stata takes: letters, digits, underscores, at most 32, none of its own words, none twice."""
    found: dict[str, str] = {}
    for column in columns:
        name = re.sub(r"\W", "_", column, flags=re.ASCII)
        name = f"_{name}" if name[:1].isdigit() or name in _RESERVED else name
        name = name[:LONGEST_NAME]
        number = 2
        while name in found.values():
            name = f"{name[: LONGEST_NAME - 2]}_{number}"
            number += 1
        found[column] = name
    return found
