"""World Bank, World Development Indicators: gross domestic product, population, and product per head.

Reference: World Bank, *World Development Indicators*, series NY.GDP.MKTP.CD, SP.POP.TOTL and NY.GDP.PCAP.CD. Reads the tables
of GDP and of population that Datahub packages (told apart by the file's name, since they have the same headings), and the bank's
own wide download of GDP per head. Returns `gdp`, `population` and `gdp_per_capita`, in current US dollars. Regions and income
groups stand among the countries; their codes resolve to no state.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from chaikhana.errors import SourceError, shorten
from chaikhana.sources.manifest import Csv, Dataset, Kind, Part, Release, States, Tables, Terms

ID = "world-bank"
PER_CAPITA = "NY.GDP.PCAP.CD"


def read_values(name: str) -> Callable[[pl.DataFrame], Tables]:
    """A reader of a table with a row a country and year: iso3, country, year, and the value under that name."""

    def read(raw: pl.DataFrame) -> Tables:
        """Tidy it."""
        return {
            name: raw.select(
                pl.col("Country Code").alias("iso3"),
                pl.col("Country Name").alias("country"),
                pl.col("Year").alias("year"),
                pl.col("Value").alias(name),
            ).sort("iso3", "year")
        }

    return read


def read_per_capita(raw: pl.DataFrame) -> Tables:
    """Tidy the wide download: `gdp_per_capita` with iso3, country, year, gdp_per_capita, without its blank cells.

    Raises
    ------
    SourceError
        If the file is of another indicator: all downloads have the same headings.
    """
    others = raw.filter(pl.col("Indicator Code").ne_missing(PER_CAPITA))["Indicator Code"]
    if others.len():
        raise SourceError(
            f"The file is of the indicator ‘{shorten(str(others[0]))}’, not {PER_CAPITA} (GDP per capita, current US$). "
            "Download that one."
        )
    years = [name for name in raw.columns if name.isdigit()]
    return {
        "gdp_per_capita": raw.unpivot(
            years, index=["Country Code", "Country Name"], variable_name="year", value_name="gdp_per_capita"
        )
        .drop_nulls("gdp_per_capita")
        .select(
            pl.col("Country Code").alias("iso3"),
            pl.col("Country Name").alias("country"),
            pl.col("year").cast(pl.Int32),
            pl.col("gdp_per_capita").cast(pl.Float64),
        )
        .sort("iso3", "year")
    }


def _values(name: str, release: Release) -> Part:
    return Part(
        name=name,
        columns={
            "Country Name": Kind.TEXT,
            "Country Code": Kind.TEXT,
            "Year": Kind.WHOLE,
            "Value": Kind.NUMBER,
        },
        keys=("Country Name", "Country Code", "Year", "Value"),
        year="Year",
        read=read_values(name),
        states=(States(table=name, code="iso3", regime="iso3"),),
        releases=(release,),
        file=name,
    )


DATASET = Dataset(
    id=ID,
    title="World Bank: GDP, population and GDP per capita",
    authors="World Bank; packaged by Datahub",
    citation="World Bank. World Development Indicators. Gross domestic product and population packaged by Datahub "
    "(datasets/gdp, datasets/population).",
    licence="ODC-PDDL for the packaged tables of GDP and population; CC BY 4.0 of the bank was not seen",
    terms=Terms.OPEN,
    page="https://data.worldbank.org/indicator",
    bring="gdp.csv and population.csv of Datahub, and the bank's CSV of GDP per capita (NY.GDP.PCAP.CD)",
    gives="the size and the wealth of each member and power, 1960 to 2024: trade by what the partners' size would lead to "
    "expect",
    beware="Current US dollars, so that a devaluation looks like a collapse. Regions, income groups and "
    "territories, also those that were to become states, stand beside states: take the rows that have a state. In the "
    "download of GDP per capita five values of 1960 are absurd; they are read as unknown, but the groups of that year rest "
    "on them. In gdp.csv, values of about 1990 jump with the rates of exchange.",
    parts=(
        # the older download first: versions are in the order of the parts, and the newest comes last
        Part(
            name="gdp-per-capita",
            columns={
                "Country Name": Kind.TEXT,
                "Country Code": Kind.TEXT,
                "Indicator Name": Kind.TEXT,
                "Indicator Code": Kind.TEXT,
                "1960": Kind.NUMBER,
            },
            keys=("Country Name", "Country Code", "Indicator Code"),
            read=read_per_capita,
            form=Csv(header='"Country Name","Country Code","Indicator Name"'),
            states=(States(table="gdp_per_capita", code="iso3", regime="iso3"),),
            releases=(
                Release(
                    version="2018-10-18",
                    sha256="e550b88df6e43559e4229ecc504ab3b40168e8c41484ed367e2fb5418dfabab7",
                    rows=264,
                ),
            ),
        ),
        _values(
            "gdp",
            Release(
                version="2024",
                sha256="05aa7ca721e12f37f8b230d84d83602380d937f115e07ed02d373e21fbd37eed",
                rows=13979,
                years=(1960, 2023),
                url="https://raw.githubusercontent.com/datasets/gdp/"
                "822019c80142c162e4ca4eb1a63699ae36075078/data/gdp.csv",
                plain="f0a8408195646dbb1a9d7fc4424e2d302ee5380d0ec8834793f12ca25cbd7e2c",
            ),
        ),
        _values(
            "population",
            Release(
                version="2024",
                sha256="42ac61c6c4e8bc3fc8955fc2e61e15c997588118ec134fcddee9c159c05e2f81",
                rows=17195,
                years=(1960, 2024),
                url="https://raw.githubusercontent.com/datasets/population/"
                "425fc447a53a26c767a15a7de60c4cc2478a0595/data/population.csv",
                plain="7d2dd6a17f5ed7916de1f89a9c116791e64d207f2e2f6ce47c57e1ab46f0088a",
            ),
        ),
    ),
)
