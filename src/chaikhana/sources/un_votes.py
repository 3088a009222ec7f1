"""Roll-call votes of the United Nations General Assembly, as the R package unvotes carries them.

Reference: Voeten (2013), *Data and Analyses of Voting in the UN General Assembly*; Voeten, Strezhnev and Bailey,
Harvard Dataverse, doi:10.7910/DVN/LEJUQZ. Reads the votes, the roll calls and the issues. Returns `votes`
(rcid, country, iso2, vote), `roll_calls` and `issues`. The file has no row for a state that was absent; `with_absences`
adds them. Ours: a state counts as a member from its first recorded vote to its last.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Part, Tables

ID = "un-votes"


def read_votes(raw: pl.DataFrame) -> Tables:
    """Tidy the votes: one row a vote cast."""
    return {
        "votes": raw.select(
            pl.col("rcid").cast(pl.Int32),
            "country",
            iso2=pl.col("country_code"),
            vote=translate(ID, "vote", raw["vote"]),
        )
    }


def read_roll_calls(raw: pl.DataFrame) -> Tables:
    """Tidy the roll calls; resolution numbers lose their ``R/`` and read as the assembly cites them, ``68/262``."""
    return {
        "roll_calls": raw.select(
            pl.col("rcid", "session").cast(pl.Int32),
            pl.col("date").str.to_date("%Y-%m-%d"),
            resolution=pl.col("unres").str.replace(r"^[AR]/(?:RES/)?", ""),
            important=pl.col("importantvote") == "1",
            amendment=pl.col("amend") == "1",
            paragraph=pl.col("para") == "1",
            title=pl.col("short"),
            description=pl.col("descr"),
        )
    }


def read_issues(raw: pl.DataFrame) -> Tables:
    """Tidy the issues: one row an issue of a roll call."""
    return {"issues": raw.select(pl.col("rcid").cast(pl.Int32), short="short_name", issue="issue")}


def with_absences(votes: pl.DataFrame, roll_calls: pl.DataFrame) -> pl.DataFrame:
    """Every member's vote on every roll call, *absent* where it cast none.

    Parameters
    ----------
    votes : polars.DataFrame
        Columns rcid, country, iso2, vote.
    roll_calls : polars.DataFrame
        Columns rcid, session, date.

    Returns
    -------
    polars.DataFrame
        Columns rcid, session, date, country, iso2, vote; one row a member and roll call. A state is a member from the
        day of its first recorded vote to the day of its last.
    """
    dated = votes.join(roll_calls.select("rcid", "session", "date"), on="rcid")
    terms = dated.group_by("country").agg(
        pl.col("iso2").first(), first=pl.col("date").min(), last=pl.col("date").max()
    )
    grid = roll_calls.select("rcid", "session", "date").join(terms, how="cross")
    return (
        grid.filter(pl.col("date").is_between(pl.col("first"), pl.col("last")))
        .drop("first", "last")
        .join(
            votes.select("rcid", "country", pl.col("vote").cast(pl.String)),
            on=["rcid", "country"],
            how="left",
        )
        .with_columns(pl.col("vote").fill_null("absent"))
    )


DATASET = Dataset(
    id=ID,
    title="United Nations General Assembly roll-call votes",
    version="2021-03",
    authors="Voeten, Strezhnev, Bailey; packaged by Robinson",
    citation="Voeten, Erik, Anton Strezhnev and Michael Bailey. United Nations General Assembly Voting "
    "Data. Harvard "
    "Dataverse. Packaged as unvotes by David Robinson, 2021.",
    licence="package MIT; the terms of the underlying data were not seen; not ours to hand on",
    page="https://doi.org/10.7910/DVN/LEJUQZ",
    gives="how each member voted on every roll call of the General Assembly, 1946 to January 2020",
    parts=(
        Part(
            name="votes",
            columns=("rcid", "country", "country_code", "vote"),
            keys=("rcid", "country", "vote"),
            read=read_votes,
            rows={"4a11b1324746892ae16eda1cdd6340e16ef8beb1f9dacada9124f14a585a746d": 870109},
        ),
        Part(
            name="roll-calls",
            keys=("rcid", "session", "date"),
            columns=("rcid", "session", "importantvote", "date", "unres", "amend", "para", "short", "descr"),
            read=read_roll_calls,
            rows={"7cf3ea3695cb5e2d742ec9dd59142ed75b69568e9650e2560bb6e05344e7f6cb": 6203},
        ),
        Part(
            name="issues",
            columns=("rcid", "short_name", "issue"),
            keys=("rcid", "short_name", "issue"),
            read=read_issues,
            rows={"df82233c27db0c45b665374481d808ce19841a5f3fa82d95c150ef38f3c4a968": 5745},
        ),
    ),
)
