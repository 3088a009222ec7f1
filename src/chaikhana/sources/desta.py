"""Design of Trade Agreements (DESTA), the list of treaties and their members, to 2020.

Reference: Dür, Baccini and Elsig (2014), *The Design of International Trade Agreements: Introducing a New Dataset*, Review
of International Organizations 9(3), 353–375, doi:10.1007/s11558-013-9179-8. Reads the list as CSV, in which each member is
a column. Returns `treaties`, `members` of what was signed and `negotiators` of what was not. Not the coding of the
treaties' design, and no list of who is a member today: accessions and withdrawals are entries of their own.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Csv, Dataset, Kind, Part, Release, States, Tables, Terms

ID = "desta"
MEMBERS = tuple(f"c{place}" for place in range(1, 92))
SIDES = tuple(f"m{column}" for column in MEMBERS)
NEGOTIATION, ACCESSION, WITHDRAWAL = "negotiation", "accession", "withdrawal"


def read_treaties(raw: pl.DataFrame) -> Tables:
    """Tidy the list.

    Parameters
    ----------
    raw : polars.DataFrame
        Columns number, base_treaty, name, entry_type, …, c1 to c91 (members, numeric ISO codes), mc1 to mc91 (sides).

    Returns
    -------
    Tables
        `treaties`: number, base_treaty (the number of the treaty that an entry changes, or its own), name, entry_type (as
        printed), consolidated, year (of signature; null for a negotiation), in_force (year; null where the list has
        none), language, type, region, wto_listed, wto_name.
        `members`: number, iso_n, year, side, role, of all entries that were signed. An accession lists the old members
        with the new; `role` tells them apart (*acceding*, *leaving*, *party*), by the lower of the two sides that the
        entry has (ours, from the file: no codebook was seen). Null where the file gives no side.
        `negotiators`: number, iso_n, of talks without a treaty.

    Raises
    ------
    SourceError
        If the type of a membership is not known.
    """
    entries = raw.select("number", "entry_type", "year")
    listed = _long(raw, MEMBERS, "iso_n").join(_long(raw, SIDES, "side"), on=["number", "place"], how="left")
    listed = (
        listed.join(entries, on="number", how="left", maintain_order="left")
        .unique(["number", "iso_n"], keep="first", maintain_order=True)
        .with_columns(changes=pl.col("side") == pl.col("side").min().over("number"))
    )
    role = (
        pl.when(~pl.col("entry_type").is_in([ACCESSION, WITHDRAWAL]) | ~pl.col("changes"))
        .then(pl.lit("party"))
        .when("changes")
        .then(
            pl.when(pl.col("entry_type") == ACCESSION).then(pl.lit("acceding")).otherwise(pl.lit("leaving"))
        )
    )
    talks = pl.col("entry_type") == NEGOTIATION
    return {
        "treaties": raw.select(
            "number",
            "base_treaty",
            "name",
            "entry_type",
            "consolidated",
            "year",
            "language",
            "wto_name",
            in_force="entryforceyear",
            type=translate(ID, "typememb", raw["typememb"]),
            region="regioncon",
            wto_listed=pl.col("wto_listed").replace_strict({0: False, 1: True}, return_dtype=pl.Boolean),
        ).select(
            "number",
            "base_treaty",
            "name",
            "entry_type",
            "consolidated",
            "year",
            "in_force",
            "language",
            "type",
            "region",
            "wto_listed",
            "wto_name",
        ),
        "members": listed.filter(~talks).select("number", "iso_n", "year", "side", role=role),
        "negotiators": listed.filter(talks).select("number", "iso_n"),
    }


def _long(raw: pl.DataFrame, columns: tuple[str, ...], name: str) -> pl.DataFrame:
    """One row an entry and place that is not blank: number, place, and the whole number that stands there."""
    return (
        raw.select("number", *columns)
        .unpivot(columns, index="number", variable_name="place", value_name=name)
        .with_columns(pl.col("place").str.strip_chars_start("mc").cast(pl.Int32), pl.col(name).cast(pl.Int32))
        .drop_nulls(name)
        .join(raw.select("number").with_row_index("_row"), on="number")
        .sort("_row", "place")
        .drop("_row")
    )


DATASET = Dataset(
    id=ID,
    title="Design of Trade Agreements",
    authors="Dür, Baccini, Elsig",
    citation="Dür, Andreas, Leonardo Baccini and Manfred Elsig. 2014. The Design of International Trade Agreements: "
    "Introducing a New Dataset. Review of International Organizations 9(3): 353–375.",
    licence="terms not seen (the package that carries it is CC BY 4.0); not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://www.designoftradeagreements.org/downloads/",
    bring="the list of treaties, as CSV with semicolons",
    gives="every trade agreement since 1948 with its members, accessions and withdrawals, whether notified or not",
    beware="Members are those at signature, by today's numeric ISO codes, also of states that then had another or were part "
    "of another. An accession or withdrawal lists the other members too. What became of an agreement is not told.",
    parts=(
        Part(
            name="treaties",
            columns={
                "number": Kind.TEXT,
                "base_treaty": Kind.WHOLE,
                "name": Kind.TEXT,
                "entry_type": Kind.TEXT,
                "consolidated": Kind.WHOLE,
                "year": Kind.WHOLE,
                "entryforceyear": Kind.WHOLE,
                "language": Kind.TEXT,
                "typememb": Kind.TEXT,
                "regioncon": Kind.TEXT,
                "wto_listed": Kind.WHOLE,
                "wto_name": Kind.TEXT,
                **dict.fromkeys((*MEMBERS, *SIDES), Kind.WHOLE),
            },
            keys=("number", "base_treaty", "name", "entry_type", "typememb"),
            year="year",
            form=Csv(separator=";", blanks=("", "NA")),
            read=read_treaties,
            states=(
                States(table="members", code="iso_n", regime="iso_n"),
                States(table="negotiators", code="iso_n", regime="iso_n", year=None),
            ),
            releases=(
                Release(
                    version="2020",
                    sha256="9c9cc38584c8604959f60363ad4041406a9b2ea9b6955e8f5a6194237b2b343c",
                    rows=1217,
                    years=(1948, 2020),
                ),
            ),
        ),
    ),
)
