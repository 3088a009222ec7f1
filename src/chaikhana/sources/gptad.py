"""Global Preferential Trade Agreements Database (GPTAD), the list of agreements with their members as text.

Reference: World Bank and Center for International Business, Tuck School of Business at Dartmouth College, *Global
Preferential Trade Agreements Database*. Reads the list as CSV. Returns `agreements` and `members`, which are cut out of one
cell a treaty: ``Club (Norway, …, Sweden), Chile``. How a cell is cut is ours. Not a list of treaties in force today: it
ends early in 2010, after which the version is named here; some agreements stand twice, and a group may be given without its
members.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import words
from chaikhana.sources.manifest import Csv, Dataset, Kind, Part, Release, States, Tables, Terms
from chaikhana.sources.states import state_names

ID = "gptad"
_ASIDE = r"\([^,;()]*\)"
_OF_A_GROUP = rf"((?:[^,;()]|{_ASIDE})*)\(((?:[^()]|{_ASIDE})*[,;](?:[^()]|{_ASIDE})*)\)"
_JOINT = r"(?:,? and | - | )"


def read_agreements(raw: pl.DataFrame) -> Tables:
    """Tidy the list.

    Parameters
    ----------
    raw : polars.DataFrame
        Columns Common.Name, Membership, Type, Date.of.Signature, Date.of.Entry.into.Force, WTO.notified, In.force.status.

    Returns
    -------
    Tables
        `agreements`: agreement (the row's number in the file, from 1), name, type, signed, signed_missing, in_force,
        in_force_missing, wto_notified, status. A date that the list does not give is null, with a word beside it.
        `members`: agreement, member, group (the organisation in whose brackets it stands, else null), year (of signature,
        else of entry into force, else null). Members stand once each. An agreement without members has no row.

    Raises
    ------
    SourceError
        If a date is neither month/day/year nor a word for *not given*.
    """
    signed, in_force = _date(raw, "Date.of.Signature"), _date(raw, "Date.of.Entry.into.Force")
    listed = raw.with_row_index("agreement", offset=1).select(
        pl.col("agreement").cast(pl.Int32),
        name=_plain("Common.Name"),
        members=_plain("Membership").str.replace_all(r"\(+", "("),
        type="Type",
        signed=signed,
        signed_missing=_word(raw, "Date.of.Signature"),
        in_force=in_force,
        in_force_missing=_word(raw, "Date.of.Entry.into.Force"),
        wto_notified=pl.col("WTO.notified").replace_strict(
            {"yes": True, "no": False}, return_dtype=pl.Boolean
        ),
        status="In.force.status",
    )
    return {"agreements": listed.drop("members"), "members": _members(listed)}


def _members(listed: pl.DataFrame) -> pl.DataFrame:
    cells = listed.drop_nulls("members").select(
        "agreement", "members", year=pl.coalesce("signed", "in_force").dt.year()
    )
    groups = (
        cells.with_columns(found=pl.col("members").str.extract_all(_OF_A_GROUP))
        .explode("found")
        .drop_nulls("found")
        .select(
            "agreement",
            "year",
            members=pl.col("found").str.extract(_OF_A_GROUP, 2),
            group=_trimmed(pl.col("found").str.extract(_OF_A_GROUP, 1)),
        )
    )
    alone = cells.select(
        "agreement",
        "year",
        members=pl.col("members").str.replace_all(_OF_A_GROUP, ","),
        group=pl.lit(None, dtype=pl.String),
    )
    pieces = (
        pl.concat([groups, alone])
        .with_columns(member=pl.col("members").str.replace_all(";", ",").str.split(","))
        .explode("member")
        .with_columns(_trimmed(pl.col("member")))
        .filter(pl.col("member") != "")
    )
    return (
        pieces.with_columns(_cut(pl.col("member")))
        .explode("member")
        .unique(["agreement", "member"], keep="first", maintain_order=True)
        .select("agreement", "member", "group", "year")
        .sort("agreement", maintain_order=True)
    )


def _cut(member: pl.Expr) -> pl.Expr:
    """A piece as a list: cut where it is a row of states' names that lost its commas, else whole.

    ``Norway and Switzerland`` and ``Finland France`` are cut; ``Trinidad and Tobago``, itself a state's name, is not.
    """
    names = state_names()["name"].str.to_lowercase().unique().to_frame()
    by_length = names.sort(pl.col("name").str.len_chars(), "name", descending=[True, False])["name"]
    known = f"(?i)(?:{'|'.join(by_length.str.escape_regex())})"
    marked = member.str.replace_all(known, "\0")
    row_of_names = marked.str.contains(f"^\0(?:{_JOINT}\0)+$")
    return pl.when(row_of_names).then(member.str.extract_all(known)).otherwise(pl.concat_list(member))


def _plain(column: str) -> pl.Expr:
    """A cell without the line ends that the file spells out."""
    return pl.col(column).str.replace_all(r"\\[rn]", " ").str.replace_all(r"\s+", " ").str.strip_chars()


def _trimmed(text: pl.Expr) -> pl.Expr:
    """A name without what joined it to its neighbour, and without a full stop."""
    return text.str.strip_chars(" .").str.replace(r"^and\s+", "").str.strip_chars(" .")


def _date(raw: pl.DataFrame, column: str) -> pl.Series:
    given = pl.when(~pl.col(column).is_in(list(words(ID, column)))).then(pl.col(column))
    return raw.select(given.str.to_date("%m/%d/%Y")).to_series()


def _word(raw: pl.DataFrame, column: str) -> pl.Series:
    return raw[column].replace_strict(words(ID, column), default=None, return_dtype=pl.String)


DATASET = Dataset(
    id=ID,
    title="Global Preferential Trade Agreements Database",
    authors="World Bank; Tuck School of Business at Dartmouth",
    citation="World Bank and Center for International Business, Tuck School of Business at Dartmouth College. Global "
    "Preferential Trade Agreements Database.",
    licence="terms not seen (the package that carries it is CC BY 4.0); not ours to hand on",
    terms=Terms.UNSEEN,
    page="https://wits.worldbank.org/gptad/library.aspx",
    bring="the list of agreements, as CSV (Common.Name, Membership, Type …)",
    gives="a second list of trade agreements and their members, to set against DESTA",
    beware="Some agreements stand twice or thrice, with different dates. Members are names in a cell of text, of groups "
    "sometimes only the group. Of two dates that contradict each other, both are as printed.",
    parts=(
        Part(
            name="agreements",
            columns=dict.fromkeys(
                (
                    "Common.Name",
                    "Membership",
                    "Type",
                    "Date.of.Signature",
                    "Date.of.Entry.into.Force",
                    "WTO.notified",
                    "In.force.status",
                ),
                Kind.TEXT,
            ),
            keys=("Common.Name",),
            form=Csv(blanks=("", "NA")),
            read=read_agreements,
            states=(States(table="members", code="member", regime="name"),),
            releases=(
                Release(
                    version="2010",
                    sha256="3497e8e573197cbeaef49c409eb02c41c0f1215e8dbdfb89ec8f2563b9590b25",
                    rows=352,
                ),
            ),
        ),
    ),
)
