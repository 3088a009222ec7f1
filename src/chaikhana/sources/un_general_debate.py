"""United Nations General Debate Corpus: what states say of themselves and of the world, once a year.

Reference: Baturo, Dasandi and Mikhaylov (2017), *Understanding State Preferences With Text As Data*, Research & Politics 4(2),
doi:10.1177/2053168017712821; corpus: Harvard Dataverse, doi:10.7910/DVN/0TJX8Y. Reads one table with a row a speech, its text
over many lines. Returns `speeches`, the texts as they are: their hard line wraps and broken hyphens are undone by whoever
counts words. A state without a row for a session is unknown: it did not speak, or the corpus has not got it.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "un-general-debate"


def read_speeches(raw: pl.DataFrame) -> Tables:
    """Tidy the speeches.

    Returns
    -------
    Tables
        `speeches`: iso3, session, year, country, speaker, post (null where the corpus names none), text.
    """
    return {
        "speeches": raw.select("iso3", "session", "year", "country", "speaker", "post", "text").sort(
            "iso3", "session"
        )
    }


DATASET = Dataset(
    id=ID,
    title="United Nations General Debate Corpus",
    authors="Jankin, Baturo, Dasandi",
    citation="Jankin, Slava, Alexander Baturo and Niheer Dasandi. 2017. United Nations General Debate Corpus 1946–2024, "
    "V13. Harvard Dataverse; Baturo, Alexander, Niheer Dasandi and Slava J. Mikhaylov. 2017. Understanding State "
    "Preferences With Text As Data: Introducing the UN General Debate Corpus. Research & Politics 4(2).",
    licence="CC0 was seen for an earlier version; the terms of this one were not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://doi.org/10.7910/DVN/0TJX8Y",
    bring="a CSV of its texts with the columns iso3, session, year, country, speaker, post, text",
    gives="what each state says in the General Debate, 1990 to 2024: which region and which bodies it speaks of",
    beware="An extract of 36 states. Texts of 1992 to 2014 have hard line wraps and broken hyphens: join them before "
    "counting. The Soviet Union stands under RUS. A few speeches speak for a group. Country, speaker and post are unverified.",
    parts=(
        Part(
            name="speeches",
            columns={
                "iso3": Kind.TEXT,
                "session": Kind.WHOLE,
                "year": Kind.WHOLE,
                "country": Kind.TEXT,
                "speaker": Kind.TEXT,
                "post": Kind.TEXT,
                "text": Kind.TEXT,
            },
            keys=("iso3", "session", "year", "text"),
            year="year",
            read=read_speeches,
            states=(States(table="speeches", code="iso3", regime="iso3"),),
            releases=(
                Release(
                    version="13",
                    sha256="82cc6e4392ed3063c956eb0d67aa912854d3836dae04f3c4e70b72e7e790a44c",
                    rows=1227,
                    years=(1990, 2024),
                ),
            ),
        ),
    ),
)
