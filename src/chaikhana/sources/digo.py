"""Death of international governmental organisations (DIGO 1.0): every formal one since 1815, its life and its end.

Reference: Eilstrup-Sangiovanni (2020), *Death of International Organizations: The Organizational Ecology of
Intergovernmental Organizations, 1815–2015*, Review of International Organizations 15(2), 339–370,
doi:10.1007/s11558-018-9340-5. Reads the data of the paper as CSV. Returns `organisations`, one row each. Not a list of
members, and no judgement of the living: an organisation that is not dead may do nothing.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Csv, Dataset, Kind, Part, Release, Tables, Terms

ID = "digo"
WORDS = {
    "region": "region",
    "fate": "Fate/death_reason",
    "function": "function_c",
    "scope": "scope_c",
}
NOBODY_KNOWN = 213


def read_organisations(raw: pl.DataFrame) -> Tables:
    """Tidy the file.

    Returns
    -------
    Tables
        `organisations`: body (the acronym), name, founded, ended (years; null while it lives, or where the file does not
        say), observed_to (the year of the end, or 2016), region, living, fate, function, scope, mandate (in the file's own
        words), lifespan (years), then event and event_1 (whether it died; the second does not count what was absorbed or
        succeeded), life_1 (the lifespan by that reckoning), membership_form (the file's code; no codebook was seen), wwi and
        wwii (whether it lived through them), members_first and members_last (full members when it began and when it
        ended). Of a blank region, fate, function or scope a column ``…_missing`` says why: *living* has no fate.

        Counts of members are null where the file counts nearly all states of the world as missing (ours: 213 and more):
        a 0 that stands there is not a count.

    Raises
    ------
    SourceError
        If a code is not known.
    """
    coded = raw.with_columns(
        pl.when(pl.col("Living") == 1)
        .then(pl.col(WORDS["fate"]).fill_null("living"))
        .otherwise(pl.col(WORDS["fate"]))
        .alias(WORDS["fate"])
    )
    kept = {}
    for name, column in WORDS.items():
        word = translate(ID, column, coded[column].fill_null("")).cast(pl.String)
        missing = word.is_in(["missing", "living"])
        kept[name] = word.to_frame().select(pl.when(~missing).then(word)).to_series().alias(name)
        kept[f"{name}_missing"] = word.to_frame().select(pl.when(missing).then(word)).to_series()
    return {
        "organisations": raw.select(
            _name("ioname").alias("body"),
            _name("orgname").alias("name"),
            founded="sdate",
            ended=pl.when(pl.col("Living") == 0).then("ddate"),
            observed_to="ddate",
            region=kept["region"],
            living=pl.col("Living") == 1,
            fate=kept["fate"],
            function=kept["function"],
            scope=kept["scope"],
            lifespan="lifespan",
            mandate=pl.col("Mandate/Function").str.strip_chars(),
            event=pl.col("event") == 1,
            event_1=pl.col("event_1") == 1,
            life_1="life_1",
            membership_form="memb_form",
            wwi=pl.col("WWI") == 1,
            wwii=pl.col("WWII") == 1,
            members_first=_counted("full_membership_start", "missing_data_start"),
            members_last=_counted("full_membership_end", "missing_data_end"),
            region_missing=kept["region_missing"],
            fate_missing=kept["fate_missing"],
            function_missing=kept["function_missing"],
            scope_missing=kept["scope_missing"],
        ).sort("body")
    }


def _name(column: str) -> pl.Expr:
    """A name without the marks of footnotes that end some of them."""
    return pl.col(column).str.replace(r"[«\x90]?_$", "").str.strip_chars()


def _counted(count: str, missing: str) -> pl.Expr:
    return pl.when(pl.col(missing) < NOBODY_KNOWN).then(pl.col(count))


DATASET = Dataset(
    id=ID,
    title="Death of International Governmental Organizations",
    authors="Eilstrup-Sangiovanni",
    citation="Eilstrup-Sangiovanni, Mette. 2020. Death of International Organizations: The Organizational Ecology of "
    "Intergovernmental Organizations, 1815–2015. Review of International Organizations 15(2): 339–370.",
    licence="terms not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://doi.org/10.1007/s11558-018-9340-5",
    bring="io_dataDID-1.0-RIO.csv",
    gives="when each formal organisation since 1815 began and ended, and how: dissolved, absorbed, succeeded, asleep",
    beware="The living are watched until 2016. Informal bodies are left out. Names are short and some are not names. A fate "
    "is one word: an organisation that was succeeded counts as dead, unless by event_1.",
    parts=(
        Part(
            name="organisations",
            columns={
                "ioname": Kind.TEXT,
                "orgname": Kind.TEXT,
                "sdate": Kind.WHOLE,
                "ddate": Kind.WHOLE,
                "region": Kind.TEXT,
                "memb_form": Kind.WHOLE,
                "Mandate/Function": Kind.TEXT,
                "Living": Kind.WHOLE,
                "Fate/death_reason": Kind.TEXT,
                "function_c": Kind.TEXT,
                "scope_c": Kind.TEXT,
                **dict.fromkeys(("lifespan", "event", "event_1", "life_1", "WWI", "WWII"), Kind.WHOLE),
                **dict.fromkeys(("full_membership_start", "missing_data_start"), Kind.WHOLE),
                **dict.fromkeys(("full_membership_end", "missing_data_end"), Kind.WHOLE),
            },
            keys=("ioname", "orgname", "sdate"),
            form=Csv(encoding="latin-1", blanks=("", "NA")),
            read=read_organisations,
            releases=(
                Release(
                    version="1.0",
                    sha256="ee32c102e4924f64d9ff4a9cc69b0924560c8d3f9ae745f94e539d2e15d93505",
                    rows=561,
                ),
            ),
        ),
    ),
)
