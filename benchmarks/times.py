"""How long the commands take here, beside what they may take.

Run with `make bench`. A time on one machine says little of another, so nothing here is a test: each is printed
with its limit, the best of three runs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chaikhana.study.catalogue import shipped

LIMITS = (
    ("--help", ["--help"], 0.4),
    ("study check", ["study", "check", "STUDY"], 2.0),
    ("report", ["report", "STUDY", "-o", "OUT"], 10.0),
)
REPEATS = 3


def main() -> None:
    """Print the times."""
    command = str(Path(sys.executable).with_name("chaikhana"))
    study = next(iter(shipped()))
    with tempfile.TemporaryDirectory() as folder:
        places = {"STUDY": study, "OUT": str(Path(folder) / "report.html")}
        for label, words, limit in LIMITS:
            arguments = [command, *(places.get(word, word) for word in words)]
            took = min(_seconds(arguments) for _ in range(REPEATS))
            print(f"{label:12} {took:6.2f} s   (at most {limit:g} s)")


def _seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(arguments, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
