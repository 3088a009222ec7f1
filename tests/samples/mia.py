"""Invented scores in the form of the file for Stata: empty columns of headings, mechanisms that are not there."""

import tempfile
from pathlib import Path

import polars as pl
import pyreadstat

_COURTS = ("coverage", "thirdparty", "tribunal", "binding", "nonstate", "remedy", "preliminary")
_DECISIONS = ("access", "suspens", "constit", "budget", "compliance", "policy")


def _file() -> bytes:
    body = {
        "ioname": ["CIS", "CIS", "AU", "OPEC"],
        "acronym": ["CIS/SNG", "CIS/SNG", "OAU/ AU", "OPEC"],
        "ionumber": [1230, 1230, 3760, 3840],
        "year": [1993, 1992, 2000, 2000],
        "inception": [1992, 1992, 1963, 1960],
        "initial": [None, 1, None, None],
        "end": [1, None, None, None],
        "typeI": ["general purpose", "general purpose", "general purpose", "task-specific"],
        "contract": ["general purpose", "general purpose", "general purpose", "task specific"],
        "DIMENSIONS": [None, None, None, None],
        "delegation": [0.25, 0.125, 0.375, 0.0],
        "pooling": [0.5, 0.5, 0.75, 0.0],
        "DS_sum_st": [0.0, 0.0, 0.5, 0.0],
        "COMPONENTS": [None, None, None, None],
        **{f"{kind}{one}": [0.25, 0.125, 0.5, 0.0] for kind in ("del", "pool") for one in _DECISIONS},
        **{one: [0.5, 0.5, 0.25, 0.0] for one in ("del_agenda", "del_final", "poolagenda", "poolfinal")},
        **{f"{one}1": [0.0, None, 1.0, 0.0] for one in _COURTS},
        **{f"{one}2": [0.0, None, 0.0, 0.0] for one in _COURTS},
        **{f"DS_sum{place}": [0.0, 0.0, 3.5, 0.0] for place in (1, 2, 3)},
        **{f"{one}3": [None, None, 1.0, None] for one in _COURTS},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.dta"
        pyreadstat.write_dta(
            pl.DataFrame(body, strict=False).cast({"DIMENSIONS": pl.Float64, "COMPONENTS": pl.Float64}), path
        )
        return path.read_bytes()


SAMPLES: dict[str, bytes] = {"authority": _file()}
