"""SIPRI arms transfers: the trade register, and trend-indicator values by supplier, recipient and year.

Reference: SIPRI Arms Transfers Database, Stockholm International Peace Research Institute; method in Holtom, Bromley and
Simmel (2012), *Measuring International Arms Transfers*, SIPRI Fact Sheet. Reads the register, the provider's export tables (one
a supplier), and a table that 360info has made of those. Returns `register`, `export_tables` and `transfers`. A trend-indicator
value (TIV) measures military capability that changed hands, not money; it is printed in whole millions, so it is an interval.
"""

from __future__ import annotations

import csv
import io
import re
from importlib.resources import files

import polars as pl

from chaikhana.errors import SourceError, shorten
from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Csv, Dataset, Kind, Part, Release, States, Tables, Terms

ID = "sipri-arms"
HALF = 0.5  # of a million: what rounding to whole millions hides
TITLE = r"TIV of arms exports from (.+), \d{4}-\d{4}"
TOTAL = "Total"


def read_register(raw: pl.DataFrame) -> Tables:
    """Tidy the register: one row an order.

    Returns
    -------
    Tables
        `register`: recipient, supplier, ordered (year); designation, description; number_ordered, number_delivered; each
        with `_uncertain`, the register's question mark; deliveries (its years, as printed), first_delivery and
        last_delivery (null if none was identified), status (*new*, *second-hand*, *second-hand-modernised*), comments;
        tiv_unit, tiv_order, tiv_delivered in millions, to two decimals. The file prints 0 where its preamble promises a
        blank: such a 0 is null here (of a unit: nothing was delivered either, so that it has no value yet; of an order: the
        number or the unit is unknown). Any other 0 is one, or less than half a hundredth.
    """
    years = pl.col("Year(s) of delivery")
    unvalued = (pl.col("SIPRI TIV per unit") == 0) & (pl.col("SIPRI TIV of delivered weapons") == 0)
    uncounted = pl.col("Number ordered").is_null()
    return {
        "register": raw.select(
            recipient="Recipient",
            supplier="Supplier",
            ordered="Year of order",
            ordered_uncertain=_doubted("blank_1"),
            designation="Weapon designation",
            description="Weapon description",
            number_ordered="Number ordered",
            number_ordered_uncertain=_doubted("blank_2"),
            number_delivered="Number delivered",
            number_delivered_uncertain=_doubted("blank_3"),
            deliveries="Year(s) of delivery",
            first_delivery=years.str.extract(r"^(\d{4})").cast(pl.Int32),
            last_delivery=years.str.extract(r"(\d{4})$").cast(pl.Int32),
            status=translate(ID, "status", raw["status"]),
            comments="Comments",
            tiv_unit=pl.when(~unvalued).then("SIPRI TIV per unit"),
            tiv_order=pl.when(~unvalued & ~uncounted).then("SIPRI TIV for total order"),
            tiv_delivered="SIPRI TIV of delivered weapons",
        )
    }


def read_transfers(raw: pl.DataFrame) -> Tables:
    """Tidy the table that 360info has made: supplier, recipient, year, tiv, tiv_low, tiv_high."""
    return {"transfers": _bounded(raw.rename({"value": "tiv"}))}


def read_export_table(raw: pl.DataFrame) -> Tables:
    """Tidy the provider's table of one supplier, whose name is in the title line: the same columns as `transfers`.

    Raises
    ------
    SourceError
        If the title is not that of a supplier's exports (tables of imports have the same headings), or the values do not
        add up to the printed totals, as far as their rounding allows.
    """
    title = str(raw["title"][0]).strip()
    if not re.fullmatch(TITLE, title):
        raise SourceError(
            f"The title ‘{shorten(title)}’ is not that of a table of one supplier's exports: it reads ‘TIV of arms "
            "exports from SUPPLIER, YEAR-YEAR’. Bring the tables of exports, one a supplier."
        )
    years = [name for name in raw.columns if name.isdigit()]
    values = (
        raw.select(*years, supplier=pl.col("title").str.strip_chars().str.extract(TITLE), recipient="blank_1")
        .unpivot(years, index=["supplier", "recipient"], variable_name="year", value_name="tiv")
        .drop_nulls("tiv")
        .with_columns(pl.col("year").cast(pl.Int32), pl.col("tiv").cast(pl.Float64))
    )
    _adds_up(values)
    return {"export_tables": _bounded(values.filter(pl.col("recipient") != TOTAL))}


def _adds_up(values: pl.DataFrame) -> None:
    """Each cell of a year, and its total, may be off by half a million."""
    total = pl.col("recipient") == TOTAL
    years = values.group_by("year", maintain_order=True).agg(
        printed=pl.col("tiv").filter(total).first(),
        sum=pl.col("tiv").filter(~total).sum(),
        room=HALF * pl.len(),
    )
    wrong = years.filter(
        ((pl.col("sum") - pl.col("printed")).abs() <= pl.col("room")).fill_null(False).not_()
    )
    if values.is_empty() or wrong.height:
        year = wrong["year"][0] if wrong.height else "any year"
        raise SourceError(
            f"The values of {year} do not add up to a row ‘{TOTAL}’: the file is damaged or cut short. Bring it again."
        )


def _bounded(transfers: pl.DataFrame) -> pl.DataFrame:
    """Values with what their rounding to whole millions leaves open: 0 is between 0 and half a million, says SIPRI."""
    return transfers.select(
        "supplier",
        "recipient",
        "year",
        "tiv",
        tiv_low=pl.max_horizontal(pl.col("tiv") - HALF, 0.0),
        tiv_high=pl.col("tiv") + HALF,
    ).sort("supplier", "recipient", "year")


def _doubted(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().eq_missing("?")


def _exports() -> tuple[Release, ...]:
    """The provider's tables that were seen, one a supplier, by their digests."""
    text = (files("chaikhana.sources") / "sipri_exports.csv").read_text(encoding="utf-8")
    return tuple(
        Release(version="2022-07", sha256=row["sha256"], rows=int(row["rows"]))
        for row in csv.DictReader(io.StringIO(text))
    )


def _parties(table: str, year: str = "year") -> tuple[States, ...]:
    return tuple(
        States(table=table, code=party, regime="name", into=f"{party}_state", year=year)
        for party in ("supplier", "recipient")
    )


DATASET = Dataset(
    id=ID,
    title="SIPRI Arms Transfers Database",
    authors="Stockholm International Peace Research Institute",
    citation="SIPRI Arms Transfers Database. Stockholm International Peace Research Institute. Trade register generated "
    "13 March 2025; TIV tables generated July 2022, put together by 360info.",
    licence="© SIPRI; its terms of reuse were not seen; not to be published again",
    terms=Terms.NO_REPUBLICATION,
    page="https://www.sipri.org/databases/armstransfers",
    bring="the trade register and the TIV tables of exports, as CSV",
    gives="who arms whom, 1950 to 2024: on which powers the members depend for their weapons",
    beware="A TIV is a volume of capability, not a price. A cell of 0 is between 0 and 0.5 million; a blank cell is no "
    "delivery that was identified. 360info's table (transfers) has lost the rows of states in years in which their "
    "present COW number is not in the state system, 901 cells, most of them of Germany before 1991: use export_tables "
    "where you can. Rebels and "
    "organisations stand among the states, marked with asterisks.",
    parts=(
        Part(
            name="register",
            columns={
                "Recipient": Kind.TEXT,
                "Supplier": Kind.TEXT,
                "Year of order": Kind.WHOLE,
                "blank_1": Kind.TEXT,
                "Number ordered": Kind.NUMBER,
                "blank_2": Kind.TEXT,
                "Weapon designation": Kind.TEXT,
                "Weapon description": Kind.TEXT,
                "Number delivered": Kind.NUMBER,
                "blank_3": Kind.TEXT,
                "Year(s) of delivery": Kind.TEXT,
                "status": Kind.TEXT,
                "Comments": Kind.TEXT,
                "SIPRI TIV per unit": Kind.NUMBER,
                "SIPRI TIV for total order": Kind.NUMBER,
                "SIPRI TIV of delivered weapons": Kind.NUMBER,
            },
            keys=("Recipient", "Supplier", "Year of order", "status"),
            year="Year of order",
            read=read_register,
            form=Csv(encoding="latin-1", header="Recipient,Supplier,", rejoins=True),
            states=_parties("register", year="ordered"),
            releases=(
                Release(
                    version="2025-03-13",
                    sha256="83967fa5613eb881422487545a49fc0261d3964dcf8033c32c2ab893d2b600f1",
                    rows=29515,
                    years=(1940, 2024),
                ),
            ),
        ),
        Part(
            name="tiv",
            columns={
                "supplier": Kind.TEXT,
                "recipient": Kind.TEXT,
                "year": Kind.WHOLE,
                "value": Kind.NUMBER,
                "supplier_cown": Kind.TEXT,
                "recipient_cown": Kind.TEXT,
            },
            keys=("supplier", "recipient", "year", "value"),
            year="year",
            read=read_transfers,
            states=_parties("transfers"),
            releases=(
                Release(
                    version="2022-07",
                    sha256="f573f7c5fc05ab0fdc8927a342f39d626e73aa834b6b5ba464ea3189677bd59d",
                    rows=21324,
                    years=(1950, 2021),
                ),
            ),
        ),
        Part(
            name="export-tables",
            columns={"blank_1": Kind.TEXT, TOTAL: Kind.NUMBER},
            keys=("blank_1", TOTAL),
            read=read_export_table,
            form=Csv(header=",19", gaps=True, title="title"),
            states=_parties("export_tables"),
            releases=_exports(),
            many=True,
        ),
    ),
)
