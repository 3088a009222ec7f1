"""How long the commands take here, beside what they may take; and the as-of question against the obvious way.

Run with `make bench`. A time on one machine says little of another, so nothing here is a test: each line is printed with its limit,
and the speed claim is a ratio of two ways timed in one run, with equal results.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from chaikhana.core.dates import parse_period
from chaikhana.study.catalogue import open_study, shipped

LIMITS = (
    ("--help", ["--help"], 0.4),
    ("study check", ["study", "check", "STUDY"], 2.0),
    ("report", ["report", "STUDY", "-o", "OUT"], 10.0),
)
REPEATS = 3


def main() -> None:
    """Print the times and the ratio."""
    command = str(Path(sys.executable).with_name("chaikhana"))
    study = next(iter(shipped()))
    with tempfile.TemporaryDirectory() as folder:
        places = {"STUDY": study, "OUT": str(Path(folder) / "report.html")}
        for label, words, limit in LIMITS:
            arguments = [command, *(places.get(word, word) for word in words)]
            took = min(_seconds(arguments) for _ in range(REPEATS))
            print(f"{label:12} {took:6.2f} s   (at most {limit:g} s)")
    _as_of(study)


def _seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(arguments, check=True, capture_output=True)
    return time.perf_counter() - start


def _as_of(name: str) -> None:
    """Who was in what on the last day of each year: vectorised, and period by period."""
    study = open_study(name)
    days = [date(year, 12, 31) for year in range(study.about.first_day.year, study.about.last_day.year)]
    start = time.perf_counter()
    fast = [study.on("memberships", day)["holds"].to_list() for day in days]
    vectorised = time.perf_counter() - start
    rows = study.table("memberships")
    start = time.perf_counter()
    periods = [
        parse_period(first, last) for first, last in rows.select(pl.col("from"), pl.col("to")).iter_rows()
    ]
    slow = [[period.on(day).value for period in periods] for day in days]
    plain = time.perf_counter() - start
    assert fast == slow
    print(
        f"as-of, {len(days)} days × {rows.height:,} spells: {plain / vectorised:.0f} times a loop over periods"
    )


if __name__ == "__main__":
    main()
