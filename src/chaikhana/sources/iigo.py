"""Informal intergovernmental organisations, by two rival definitions, as the package manyios harmonises them.

Reference: Vabulas and Snidal (2021), *Cooperation under autonomy: Building and analyzing the Informal Intergovernmental
Organizations 2.0 dataset*, Journal of Peace Research 58(4), 859–869, doi:10.1177/0022343320943920 (IIGO: no treaty, no
secretariat); Roger and Rowan (2023), *The New Terrain of Global Governance: Mapping Membership in Informal International
Organizations*, Journal of Conflict Resolution 67(6), 1248–1269, doi:10.1177/00220027221139431 (MIGO: founded by an
instrument that does not bind). Returns `memberships` and `organisations` of the first, `migo_memberships` of the second.
Not one list: the two count different bodies. IIGO has no accession dates.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "iigo"
_BODY = pl.coalesce("igoID", "Title")


def read_memberships(raw: pl.DataFrame) -> Tables:
    """Tidy the memberships by Vabulas and Snidal.

    Returns
    -------
    Tables
        `memberships`: body (the package's id, or the title where it has none), state_code, name (of the state), first, last
        (years of the body, not of the membership; null last: it went on), year (of which the membership is told: the
        body's last, or 2017), title. Some ids stand for two bodies: a body is its id and its title.
    """
    return {
        "memberships": raw.select(
            body=_BODY,
            state_code="stateID",
            name="StateName",
            first="Begin",
            last="End",
            year=pl.coalesce("End", "Year"),
            title="Title",
        ).sort("body", "title", "name")
    }


def read_organisations(raw: pl.DataFrame) -> Tables:
    """Tidy the bodies by Vabulas and Snidal.

    Returns
    -------
    Tables
        `organisations`: body, title, first, last (years), fate (*continues*, *formalised*, *ended*; the words are ours,
        from the columns beside it), regional, domain (lower case), members (states in 2017 or at the end),
        secretariat_year and treaty_year (in which it got either), follow_on (in the authors' words), number (in their
        appendix).

    Raises
    ------
    SourceError
        If the reason of an end is not known.
    """
    return {
        "organisations": raw.select(
            body=_BODY,
            title="Title",
            first="Begin",
            last="End",
            fate=translate(ID, "End_reason", raw["End_reason"]),
            regional=pl.col("Regional").replace_strict({0: False, 1: True}, return_dtype=pl.Boolean),
            domain=pl.col("Domain").str.to_lowercase(),
            members="Nbr State Mbrs 2017 (or end)",
            secretariat_year="Ind. Sec. Year",
            treaty_year="Formal Treaty Year",
            follow_on=pl.when(pl.col("Follow-on IGO") != "0").then("Follow-on IGO"),
            number="Nbr.",
        ).sort("body", "title")
    }


def read_migo_memberships(raw: pl.DataFrame) -> Tables:
    """Tidy the memberships by Roger and Rowan.

    Returns
    -------
    Tables
        `migo_memberships`: body (the package's id), state_code, name, year, membership (*member*, *associate*, *observer*),
        active, cow. The state is resolved by the COW number, since two states have no other code. The years Begin and
        End are left out: they are those of the state in the file, not of its membership.

    Raises
    ------
    SourceError
        If a code of membership is not known.
    """
    return {
        "migo_memberships": raw.select(
            "active",
            body="igoID",
            state_code="stateID",
            name="StateName",
            year="Year",
            membership=translate(ID, "membership", raw["membership"]),
            cow="cowID",
        )
        .select(
            "body",
            "state_code",
            "name",
            "year",
            "membership",
            pl.col("active") == 1,
            "cow",
        )
        .sort("body", "cow", "year")
    }


DATASET = Dataset(
    id=ID,
    title="Informal Intergovernmental Organizations (IIGO 2.0 and MIGO)",
    authors="Vabulas, Snidal; Roger, Rowan; harmonised by the manyios project",
    citation="Vabulas, Felicity and Duncan Snidal. 2021. Cooperation under autonomy: Building and analyzing the Informal "
    "Intergovernmental Organizations 2.0 dataset. Journal of Peace Research 58(4): 859–869; Roger, Charles B. and Sam S. "
    "Rowan. 2023. The New Terrain of Global Governance: Mapping Membership in Informal International Organizations. Journal "
    "of Conflict Resolution 67(6): 1248–1269.",
    licence="terms of the data not seen (the package manyios is CC BY 4.0); not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://github.com/globalgov/manyios",
    bring="the tables IIGO and MIGO of its memberships, and IIGO of its organizations, as CSV",
    gives="memberships in informal bodies, which the Correlates of War do not count",
    beware="Two rival definitions: no treaty and no secretariat, or no binding founding instrument. IIGO tells the members of "
    "2017 or of the end, not since when; lists of bodies that became formal may be of later years, and many lists are a few "
    "states longer or shorter than the authors count. MIGO ends in 2010. Ids are the package's; some stand for two bodies.",
    parts=(
        Part(
            name="iigo-memberships",
            columns={
                "stateID": Kind.TEXT,
                "StateName": Kind.TEXT,
                "igoID": Kind.TEXT,
                "Title": Kind.TEXT,
                "Begin": Kind.WHOLE,
                "End": Kind.WHOLE,
                "Year": Kind.WHOLE,
            },
            keys=("StateName", "Title", "Year"),
            year="Year",
            read=read_memberships,
            states=(States(table="memberships", code="state_code", regime="iso3"),),
            releases=(
                Release(
                    version="2022",
                    sha256="0e6eaa2552358ae326ba11dd0265d882aa0736efe212da1982063112bbf5d97c",
                    rows=3502,
                    years=(2017, 2017),
                ),
            ),
        ),
        Part(
            name="iigo-organisations",
            columns={
                "igoID": Kind.TEXT,
                "Title": Kind.TEXT,
                "Begin": Kind.WHOLE,
                "End": Kind.WHOLE,
                "End_reason": Kind.TEXT,
                "Regional": Kind.WHOLE,
                "Nbr.": Kind.WHOLE,
                "Domain": Kind.TEXT,
                "Nbr State Mbrs 2017 (or end)": Kind.WHOLE,
                "Ind. Sec. Year": Kind.WHOLE,
                "Formal Treaty Year": Kind.WHOLE,
                "Follow-on IGO": Kind.TEXT,
            },
            keys=("Title", "Begin", "End_reason"),
            read=read_organisations,
            releases=(
                Release(
                    version="2022",
                    sha256="49a321f725aafa214b4ff1fca54028fedcb147821a428217bdb5e2996697b466",
                    rows=149,
                ),
            ),
        ),
        Part(
            name="migo-memberships",
            columns={
                "igoID": Kind.TEXT,
                "stateID": Kind.TEXT,
                "StateName": Kind.TEXT,
                "membership": Kind.TEXT,
                "Year": Kind.WHOLE,
                "cowID": Kind.WHOLE,
                "active": Kind.WHOLE,
            },
            keys=("igoID", "StateName", "membership", "Year", "cowID"),
            year="Year",
            read=read_migo_memberships,
            states=(States(table="migo_memberships", code="cow", regime="cow"),),
            releases=(
                Release(
                    version="2022",
                    sha256="a9cf7c2b18ecf282d0e398d6592959e6493ccb3b4526e651231f7bf59b1e9c92",
                    rows=80624,
                    years=(1925, 2010),
                ),
            ),
        ),
    ),
)
