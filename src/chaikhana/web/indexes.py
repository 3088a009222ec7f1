"""How hard and how open each body is at a year's end: two measures, asked once a year and kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from chaikhana.measures.hardness import hardness
from chaikhana.measures.openness import openness
from chaikhana.study.study import Study


def key_of_indexes(day: date) -> str:
    """Under which they are kept."""
    return f"indexes/{day}"


def indexes(study: Study, day: date) -> dict[str, dict[str, dict[str, Any]]]:
    """Body to index to its bounds, how many attributes are known, and the rows behind."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for name, measure in (("hardness", hardness), ("openness", openness)):
        for row in measure(study, day).frame.iter_rows(named=True):
            found.setdefault(row["body"], {})[name] = {
                "low": row[f"{name}_low"],
                "high": row[f"{name}_high"],
                "known": f"{row['known']} of {row['of']}",
                "rows": list(row["rows"]),
            }
    return found
