"""Roll-call votes of the United Nations General Assembly, in the two forms in which they are published.

Reference: Voeten (2013), *Data and Analyses of Voting in the United Nations General Assembly*; Voeten, Strezhnev and Bailey,
Harvard Dataverse, doi:10.7910/DVN/LEJUQZ. Reads the three files of the R package unvotes (version 2021-03), and Voeten's
one file of numeric codes (version 2016). Returns `votes`, `roll_calls` and `issues`. The package has no row for a state that
was absent; `with_absences` adds them (ours: a state is a member from its first recorded vote to its last). Voeten's
file has them, with the day a state was no member; its `year` is the session's.
"""

from __future__ import annotations

from itertools import product

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms
from chaikhana.sources.states import resolve, states

ID = "un-votes"
FIRST_YEAR = (
    1945  # session 1 opened in January 1946, every later one in the September of this plus its number
)
SEATS = {"sun": "RUS"}  # a seat that passed on, under the ISO code by which the data know it throughout
ISSUES = {
    "me": "Palestinian conflict",
    "nu": "Nuclear weapons and nuclear material",
    "di": "Arms control and disarmament",
    "hr": "Human rights",
    "co": "Colonialism",
    "ec": "Economic development",
}


def read_votes(raw: pl.DataFrame) -> Tables:
    """Tidy the votes: one row a vote cast."""
    return {
        "votes": raw.select(
            "rcid",
            "country",
            iso2=pl.col("country_code"),
            vote=translate(ID, "vote", raw["vote"]),
        )
    }


def read_roll_calls(raw: pl.DataFrame) -> Tables:
    """Tidy the roll calls; resolution numbers lose their ``R/`` and read as the assembly cites them, ``68/262``."""
    return {
        "roll_calls": raw.select(
            "rcid",
            "session",
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
    return {"issues": raw.select("rcid", short="short_name", issue="issue")}


def read_numeric(raw: pl.DataFrame) -> Tables:
    """Tidy Voeten's file: votes with absences, and from the same rows the roll calls and their issues."""
    calls = raw.unique("rcid", keep="first", maintain_order=True)
    return {
        "votes": raw.select(
            "rcid",
            "session",
            "ccode",
            year=pl.col("date").str.to_date("%m/%d/%Y").dt.year(),
            vote=translate(ID, "vote", raw["vote"]),
        ).filter(pl.col("vote").cast(pl.String) != "not-a-member"),
        "roll_calls": calls.select(
            "rcid",
            "session",
            pl.col("date").str.to_date("%m/%d/%Y"),
            resolution=pl.col("unres").str.replace(r"^[AR]/(?:RES/)?", ""),
            important=pl.col("importantvote") == "1",
        ),
        "issues": calls.unpivot(list(ISSUES), index="rcid", variable_name="short", value_name="flag")
        .filter(pl.col("flag") == "1")
        .select("rcid", "short", issue=pl.col("short").replace_strict(ISSUES))
        .sort("rcid", "short"),
    }


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


def by_seat(votes: pl.DataFrame, roll_calls: pl.DataFrame) -> pl.DataFrame:
    """Every vote with its session and the state whose seat cast it.

    Parameters
    ----------
    votes, roll_calls : polars.DataFrame
        Of either version.

    Returns
    -------
    polars.DataFrame
        Columns rcid, session, vote, actor (null for a seat of no state that is known), iso3, ccode. A session is taken
        at the year in which it opens, since the days of early votes are unreliable; a state that came or left within a
        session is looked for in the year after, and in the year before.
    """
    regimes = {"ccode": "cow"} if "ccode" in votes.columns else {"iso2": "iso2", "country": "name"}
    keys = list(regimes)
    cast = votes.select("rcid", "vote", *keys).join(roll_calls.select("rcid", "session"), on="rcid")
    seats = cast.select("session", *keys).unique(maintain_order=True)
    places = []
    for (column, regime), shift in product(regimes.items(), (0, 1, -1)):
        places.append(f"{column}{shift}")
        year = (FIRST_YEAR + pl.col("session") + shift).cast(pl.Int32).alias("year")
        seats = resolve(seats.with_columns(year), regime, column, into=places[-1])
    seats = seats.select("session", *keys, actor=pl.coalesce(places))
    return (
        cast.join(seats, on=["session", *keys], how="left", nulls_equal=True)
        .join(_codes(seats.drop_nulls("actor")), on=["actor", "session"], how="left")
        .select("rcid", "session", "vote", "actor", "iso3", "ccode")
    )


def every_seat(votes: pl.DataFrame, roll_calls: pl.DataFrame) -> pl.DataFrame:
    """As `by_seat`, with a row for each absence too, whether the version has them or not."""
    if "ccode" not in votes.columns:
        votes = with_absences(votes, roll_calls).select("rcid", "country", "iso2", "vote")
    return by_seat(votes, roll_calls)


def _codes(seats: pl.DataFrame) -> pl.DataFrame:
    """ISO and COW codes of the states that hold seats; of a state that has none that session, those of its nearest years."""
    held = states().filter((pl.col("cow") != "") & ~pl.col("note").str.starts_with("alias:"))
    return (
        seats.select("actor", "session", year=FIRST_YEAR + pl.col("session"))
        .unique()
        .join(held.select("id", "iso3", "cow", "first", "last"), left_on="actor", right_on="id")
        .with_columns(
            off=pl.max_horizontal(pl.col("first") - pl.col("year"), pl.col("year") - pl.col("last"), 0)
        )
        .sort("actor", "session", "off", "first", descending=[False, False, False, True])
        .unique(["actor", "session"], keep="first", maintain_order=True)
        .select(
            "actor",
            "session",
            iso3=pl.col("actor").replace_strict(SEATS, default=pl.col("iso3")),
            ccode=pl.col("cow").cast(pl.Int32),
        )
    )


DATASET = Dataset(
    id=ID,
    title="United Nations General Assembly roll-call votes",
    authors="Voeten, Strezhnev, Bailey; packaged by Robinson",
    citation="Voeten, Erik, Anton Strezhnev and Michael Bailey. United Nations General Assembly Voting Data. Harvard "
    "Dataverse. Packaged as unvotes by David Robinson, 2021.",
    licence="package MIT; the terms of the underlying data were not seen; not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://doi.org/10.7910/DVN/LEJUQZ",
    bring="the three tables of the package unvotes as CSV, or Voeten's UNVotesPublished as CSV",
    gives="how each member voted on every roll call of the General Assembly, 1946 to January 2020",
    beware="Days of votes before 1997 are unreliable: work by session. The package has no row for an absence.",
    parts=(
        Part(
            name="numeric-votes",
            columns={
                "rcid": Kind.WHOLE,
                "session": Kind.WHOLE,
                "vote": Kind.TEXT,
                "ccode": Kind.WHOLE,
                "importantvote": Kind.TEXT,
                "date": Kind.TEXT,
                "unres": Kind.TEXT,
                **dict.fromkeys(ISSUES, Kind.TEXT),
                "year": Kind.WHOLE,
            },
            keys=("rcid", "session", "vote", "ccode"),
            year="year",
            read=read_numeric,
            states=(States(table="votes", code="ccode", regime="cow"),),
            releases=(
                Release(
                    version="2016",
                    sha256="0da46af6e49364504d8a7fbcc94494c5e7fd9339596380fd7fff8270f4b292ce",
                    rows=1066613,
                    years=(1946, 2015),
                ),
            ),
        ),
        Part(
            name="votes",
            columns={
                "rcid": Kind.WHOLE,
                "country": Kind.TEXT,
                "country_code": Kind.TEXT,
                "vote": Kind.TEXT,
            },
            keys=("rcid", "country", "vote"),
            read=read_votes,
            releases=(
                Release(
                    version="2021-03",
                    sha256="4a11b1324746892ae16eda1cdd6340e16ef8beb1f9dacada9124f14a585a746d",
                    rows=870109,
                ),
            ),
        ),
        Part(
            name="roll-calls",
            columns={
                "rcid": Kind.WHOLE,
                "session": Kind.WHOLE,
                **dict.fromkeys(
                    ("importantvote", "date", "unres", "amend", "para", "short", "descr"), Kind.TEXT
                ),
            },
            keys=("rcid", "session", "date"),
            read=read_roll_calls,
            releases=(
                Release(
                    version="2021-03",
                    sha256="7cf3ea3695cb5e2d742ec9dd59142ed75b69568e9650e2560bb6e05344e7f6cb",
                    rows=6203,
                ),
            ),
        ),
        Part(
            name="issues",
            columns={"rcid": Kind.WHOLE, "short_name": Kind.TEXT, "issue": Kind.TEXT},
            keys=("rcid", "short_name", "issue"),
            read=read_issues,
            releases=(
                Release(
                    version="2021-03",
                    sha256="df82233c27db0c45b665374481d808ce19841a5f3fa82d95c150ef38f3c4a968",
                    rows=5745,
                ),
            ),
        ),
    ),
)
