"""Correlates of War, national material capabilities: six indicators of what states have, and their composite index.

Reference: Singer, Bremer and Stuckey (1972), *Capability Distribution, Uncertainty, and Major Power War, 1820–1965*, in Russett
(ed.), Peace, War, and Numbers, Sage, 19–48. Reads version 5.0 as the project offers it (to 2012, -9 for missing), and the later
release to 2022 as peacesciencer packages it. Returns `capabilities`, one row a state and year. CINC is a state's mean share of
the world's total in the indicators that are known, so that it depends on who is in the system.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "cow-nmc"
INDICATORS = ("milex", "milper", "irst", "pec", "tpop", "upop")


def read_capabilities(raw: pl.DataFrame) -> Tables:
    """Tidy the indicators.

    Returns
    -------
    Tables
        `capabilities`: ccode, year; milex (military expenditure, thousands: of British pounds to 1913, of current US dollars
        from 1914), milper (military personnel, thousands), irst (iron and steel, thousands of tons), pec (primary energy,
        thousands of coal-ton equivalents), tpop and upop (total and urban population, thousands), cinc (0 to 1). Null is
        unknown.
    """
    return {"capabilities": raw.select("ccode", "year", *INDICATORS, "cinc").sort("ccode", "year")}


DATASET = Dataset(
    id=ID,
    title="Correlates of War National Material Capabilities",
    authors="Singer, Bremer, Stuckey",
    citation="Singer, J. David, Stuart Bremer and John Stuckey. 1972. Capability Distribution, Uncertainty, and Major Power "
    "War, 1820–1965. In Bruce Russett (ed.), Peace, War, and Numbers. Beverly Hills: Sage, 19–48.",
    licence="free for scholarly use with citation; not ours to hand on",
    terms=Terms.SCHOLARLY,
    page="https://correlatesofwar.org/data-sets/national-material-capabilities/",
    bring="NMC_5_0.csv, or the table cow_nmc of the R package peacesciencer, as CSV",
    gives="how strong each member and power is, 1816 to 2022: who is the leading state of a region, and by how much",
    beware="The release to 2022 does not say its number; peacesciencer's script names 7.0. In neither does CINC sum to 1 "
    "over the world, but to as much as 1.07, since it is a mean of the shares that are known. Military expenditure is in "
    "pounds to 1913, in dollars since. CINC weighs people and steel, not technology.",
    parts=(
        Part(
            name="capabilities",
            columns={
                "ccode": Kind.WHOLE,
                "year": Kind.WHOLE,
                **dict.fromkeys((*INDICATORS, "cinc"), Kind.NUMBER),
            },
            keys=("ccode", "year", "cinc"),
            year="year",
            read=read_capabilities,
            states=(States(table="capabilities", code="ccode", regime="cow"),),
            releases=(
                Release(
                    version="5.0",
                    sha256="f5e0776dd0ab8e1f59bda1a04b02dd30f2056067602998208c5b59e4f8509a47",
                    rows=15171,
                    years=(1816, 2012),
                ),
                Release(
                    version="2022",
                    sha256="f05f9a26fcb3973c2f6d169e3b9501b7b542cc3984f8867879fd1e78ea1c5244",
                    rows=17121,
                    years=(1816, 2022),
                ),
            ),
        ),
    ),
)
