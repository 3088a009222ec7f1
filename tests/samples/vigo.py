"""Invented lives of organisations in the form of the file for Stata: each state, blank covariates, no region."""

import tempfile
from pathlib import Path

import polars as pl
import pyreadstat


def _file() -> bytes:
    body = {
        "year": [2000.0, 1999.0, 2000.0, 1990.0],
        "numb_mids_sum": [2.0, None, 0.0, None],
        "reo": ["ECO", "ECO", "BA", "CMEA"],
        "mccall": [1.0, 1.0, None, 4.0],
        "pr_integration": [1.0, 1.0, 0.0, None],
        "aut3": [0.25, 0.25, None, 0.5],
        "s3un": [0.75, 0.5, None, 1.0],
        "Europe": [0.0, 0.0, 0.0, None],
        "LAmerica": [0.0, 0.0, 0.0, None],
        "MENA": [0.0, 0.0, 0.0, None],
        "Asia": [1.0, 1.0, 0.0, None],
        "NAmCarib": [0.0, 0.0, 0.0, None],
        "Africa": [0.0, 0.0, 0.0, None],
        "compdummy": [1.0, 1.0, 1.0, None],
        "age": [16.0, 15.0, 26.0, 42.0],
        "competition": [3.0, 3.0, 1.0, 1.0],
        "hardrel": [1.5, None, None, None],
        "itrans": [0.0, 0.0, 0.0, 0.0],
        "desec5f": [-1.0, 0.0, 0.0, 5.0],
        "lngdpsum1": [26.5, None, None, None],
        "dead": [0.0, 0.0, 1.0, 0.0],
        "zombie": [0.0, 1.0, 0.0, 0.0],
        "life": [1.0, 0.0, 0.0, 1.0],
        "vitality": [3.0, 2.0, 1.0, 3.0],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.dta"
        pyreadstat.write_dta(pl.DataFrame(body), path)
        return path.read_bytes()


SAMPLES: dict[str, bytes] = {"vitality": _file()}
