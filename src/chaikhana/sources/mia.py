"""Measure of International Authority (MIA), May 2021: how much states delegate to an organisation, and pool in it.

Reference: Hooghe, Marks, Lenz, Bezuijen, Ceka and Derderyan (2017), *Measuring International Authority*, Oxford University
Press; Hooghe, Lenz and Marks (2019), *A Theory of International Organization*, Oxford University Press. Reads the
authority file for Stata. Returns `authority`, one row an organisation and year. Not a census: 76 organisations, which are
the standing ones of some size. The raw scores by body and decision are in another file.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, Stata, Tables, Terms

ID = "mia"
DIMENSIONS = ("delegation", "pooling", "DS_sum_st")
DECISIONS = ("access", "suspens", "constit", "budget", "compliance", "policy")
STAGES = ("del_agenda", "del_final", "poolagenda", "poolfinal")
COMPONENTS = (*(f"{kind}{one}" for kind in ("del", "pool") for one in DECISIONS), *STAGES)
_COURTS = ("coverage", "thirdparty", "tribunal", "binding", "nonstate", "remedy", "preliminary")
DISPUTES = (*(f"{one}{place}" for place in (1, 2, 3) for one in (*_COURTS, "DS_sum")),)


def read_authority(raw: pl.DataFrame) -> Tables:
    """Tidy the file.

    Returns
    -------
    Tables
        `authority`: body (the acronym as printed, with former ones, ``OAU/ AU``), name (the file's short name, ``AU``),
        year, delegation, pooling (each from 0 to 1), general_purpose, inception (year), then the components under the
        provider's names: delegation and pooling by decision (``delaccess`` … ``poolpolicy``) and by stage, dispute
        settlement in all (``DS_sum_st``, 0 to 1) and of each of up to three mechanisms (``coverage1`` … ``DS_sum3``).
        Null where the organisation has no such mechanism, or the file is blank.
    """
    return {
        "authority": raw.select(
            "year",
            "inception",
            *DIMENSIONS,
            *COMPONENTS,
            *DISPUTES,
            body="acronym",
            name="ioname",
            general_purpose=pl.col("typeI") == "general purpose",
        )
        .select(
            "body",
            "name",
            "year",
            "delegation",
            "pooling",
            "general_purpose",
            "inception",
            *DIMENSIONS[2:],
            *COMPONENTS,
            *DISPUTES,
        )
        .sort("body", "year")
    }


DATASET = Dataset(
    id=ID,
    title="Measure of International Authority",
    authors="Hooghe, Lenz, Marks",
    citation="Hooghe, Liesbet, Gary Marks, Tobias Lenz, Jeanine Bezuijen, Besir Ceka and Svet Derderyan. 2017. Measuring "
    "International Authority: A Postfunctionalist Theory of Governance, vol. III. Oxford University Press; Hooghe, Liesbet, "
    "Tobias Lenz and Gary Marks. 2019. A Theory of International Organization. Oxford University Press.",
    licence="terms not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://garymarks.web.unc.edu/data/international-authority/",
    bring="DP_May 2021.dta",
    gives="delegation and pooling in 76 international organisations, 1950 to 2019, as a yardstick for bodies of a region",
    beware="Authority by the letter of charters and rules, not by practice. Only 76 organisations: that a body is missing "
    "says nothing of it. Numbers are kept in single precision.",
    parts=(
        Part(
            name="authority",
            columns={
                "ioname": Kind.TEXT,
                "acronym": Kind.TEXT,
                "ionumber": Kind.WHOLE,
                "year": Kind.WHOLE,
                "inception": Kind.WHOLE,
                "typeI": Kind.TEXT,
                **dict.fromkeys((*DIMENSIONS, *COMPONENTS, *DISPUTES), Kind.NUMBER),
            },
            keys=("ioname", "acronym", "year", "delegation", "pooling"),
            year="year",
            form=Stata(),
            read=read_authority,
            releases=(
                Release(
                    version="2021-05",
                    sha256="e428aefc82f4b4dcb1884f4b1be128cea0c1e8f0dd76ec4855a8e221a216d120",
                    rows=3961,
                    years=(1950, 2019),
                ),
            ),
        ),
    ),
)
