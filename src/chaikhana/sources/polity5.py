"""Polity5: authority characteristics of states of half a million people or more, 1800 to 2018.

Reference: Marshall and Gurr (2020), *Polity5: Political Regime Characteristics and Transitions, 1800–2018. Dataset Users'
Manual*, Center for Systemic Peace. Reads the annual file p5v2018. Returns `regimes`. The codes -66, -77 and -88 are no
scores: they are null here, and `polity_missing` says which of the three it was. `polity2` is the providers' own way to fill
them (an interregnum is 0, a transition is interpolated): for series over time only, not for what a regime was.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "polity5"
SCORES = ("democ", "autoc", "polity", "polity2", "durable")
COMPONENTS = ("xrreg", "xrcomp", "xropen", "xconst", "parreg", "parcomp", "exrec", "exconst", "polcomp")


def read_regimes(raw: pl.DataFrame) -> Tables:
    """Tidy the annual file.

    Returns
    -------
    Tables
        `regimes`: ccode (Polity's own numbers, which are not always those of COW), scode, country, year; `democ` and
        `autoc` (0 to 10), `polity` (-10 to 10), `polity_missing` (*interruption*, *interregnum*, *transition*, or null),
        `polity2` (the same, filled by the providers), `durable` (years since the last change of regime); the components
        `xconst` (constraints on the executive, 1 to 7), `xrreg`, `xrcomp`, `xropen`, `parreg`, `parcomp`, and the
        concepts `exrec`, `exconst`, `polcomp`; `fragment` (0 none, 1 slight, 2 moderate, 3 serious; rarely coded before 2000).
    """
    return {
        "regimes": raw.select(
            "ccode",
            "scode",
            "country",
            "year",
            "democ",
            "autoc",
            "polity",
            pl.col("polity_missing"),
            "polity2",
            "durable",
            "xconst",
            *(name for name in COMPONENTS if name != "xconst"),
            "fragment",
        ).sort("ccode", "year")
    }


DATASET = Dataset(
    id=ID,
    title="Polity5: Political Regime Characteristics and Transitions",
    authors="Marshall, Gurr",
    citation="Marshall, Monty G. and Ted Robert Gurr. 2020. Polity5: Political Regime Characteristics and Transitions, "
    "1800–2018. Center for Systemic Peace.",
    licence="its terms were not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://www.systemicpeace.org/inscrdata.html",
    bring="p5v2018 (Polity5 annual time-series), as CSV",
    gives="what kind of regime each member has and had, 1800 to 2018, and how long it lasted",
    beware="A score of -66, -77 or -88 is none (foreign interruption, collapse, transition); polity2 fills them in. States "
    "under half a million people are left out. One state has odd rows of 1776, 2019 and 2020.",
    parts=(
        Part(
            name="annual",
            columns={
                "ccode": Kind.WHOLE,
                "scode": Kind.TEXT,
                "country": Kind.TEXT,
                "year": Kind.WHOLE,
                "fragment": Kind.NUMBER,
                **dict.fromkeys((*SCORES, *COMPONENTS), Kind.NUMBER),
            },
            keys=("ccode", "scode", "country", "year"),
            year="year",
            read=read_regimes,
            states=(States(table="regimes", code="ccode", regime="polity"),),
            releases=(
                Release(
                    version="p5v2018",
                    sha256="92763dc5e30483fecd6fcc62a92c6f735f814b5135f65fd59e43da983e316337",
                    rows=17574,
                    years=(1776, 2020),
                ),
            ),
        ),
    ),
)
