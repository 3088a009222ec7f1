"""Correlates of War, formal alliances, version 4.1: which states are bound to one another, by what pledges, when.

Reference: Gibler (2009), *International Military Alliances, 1648–2008*, CQ Press. Reads the directed dyad-years as
peacesciencer packages them, and a list of the spells of pairs of states by name. Returns `alliances` and `spells`. Not a
list of treaties: a pair's alliances of a year are one row with the pledges of all of them, and the spells are those of
alliances of two states only.
"""

from __future__ import annotations

import polars as pl

from chaikhana.sources.codes import translate
from chaikhana.sources.manifest import Dataset, Kind, Part, Release, States, Tables, Terms

ID = "cow-alliances"
YEARLY = {
    "defence": "cow_defense",
    "neutrality": "cow_neutral",
    "nonaggression": "cow_nonagg",
    "entente": "cow_entente",
}
SPELLS = {
    "defence": "defense",
    "neutrality": "neutrality",
    "nonaggression": "nonaggression",
    "entente": "entente",
}


def read_alliances(raw: pl.DataFrame) -> Tables:
    """Tidy the dyad-years.

    Returns
    -------
    Tables
        `alliances`: ccode1, ccode2, year, defence, neutrality, nonaggression, entente (to consult in a crisis). Every
        pair stands in both directions. Where a pair has an alliance and none of the four pledges, which no type of the
        project's alliances allows, all four are null: the packagers summed blanks to 0 (ours).

    Raises
    ------
    SourceError
        If a pledge is neither 0 nor 1.
    """
    pledged = pl.any_horizontal(*YEARLY)
    return {
        "alliances": _pledges(raw, YEARLY, "ccode1", "ccode2", "year")
        .with_columns(pl.when(pledged).then(pl.col(pledge)).alias(pledge) for pledge in YEARLY)
        .sort("ccode1", "ccode2", "year")
    }


def read_spells(raw: pl.DataFrame) -> Tables:
    """Tidy the spells of two-state alliances: name1, name2, first, last (years), last_missing and the four pledges.

    The first and the last year of the data, 1816 and 2012, are where the list begins and ends, not the alliance.

    Raises
    ------
    SourceError
        If a pledge is neither 0 nor 1.
    """
    named = raw.rename({"state_name1": "name1", "state_name2": "name2", "start": "first", "end": "last"})
    named = named.rename({"end_missing": "last_missing"})
    return {"spells": _pledges(named, SPELLS, "name1", "name2", "first", "last", "last_missing")}


def _pledges(raw: pl.DataFrame, columns: dict[str, str], *kept: str) -> pl.DataFrame:
    return raw.select(
        *kept,
        **{
            pledge: translate(ID, "pledge", raw[column]).cast(pl.String) == "pledged"
            for pledge, column in columns.items()
        },
    )


DATASET = Dataset(
    id=ID,
    title="Correlates of War Formal Alliances",
    authors="Gibler",
    citation="Gibler, Douglas M. 2009. International Military Alliances, 1648–2008. CQ Press.",
    licence="free for scholarly use with citation; not ours to hand on",
    terms=Terms.SCHOLARLY,
    page="https://correlatesofwar.org/data-sets/formal-alliances/",
    bring="the dyad-years of version 4.1 with the columns of peacesciencer (ccode1, cow_defense …), and if at hand the "
    "spells of two-state alliances (state_name1, start, end …)",
    gives="which states are allied, 1816 to 2012, by defence pact, neutrality, nonaggression or entente",
    beware="The data end in 2012; what holds on then is not known from them. All alliances of a pair in a year are one row. "
    "After 1990 some pairs stand a second time under the number of a state that had ended; those rows have no state. "
    "The keeper of the data has asked that software should not add them to other data on its own (so the documentation "
    "of peacesciencer, which withdrew them): take them from the project's page, for scholarly use, and cite them.",
    parts=(
        Part(
            name="dyad-years",
            columns={
                "ccode1": Kind.WHOLE,
                "ccode2": Kind.WHOLE,
                "year": Kind.WHOLE,
                **dict.fromkeys(YEARLY.values(), Kind.TEXT),
            },
            keys=("ccode1", "ccode2", "year"),
            year="year",
            read=read_alliances,
            states=(
                States(table="alliances", code="ccode1", regime="cow", into="state1"),
                States(table="alliances", code="ccode2", regime="cow", into="state2"),
            ),
            releases=(
                Release(
                    version="4.1",
                    sha256="ba7dfb68511767ed13a251bc527d0c24ced8bdc28cb2d66fe9c6f8b120251d1d",
                    rows=120784,
                    years=(1816, 2012),
                ),
            ),
        ),
        Part(
            name="spells",
            columns={
                "id": Kind.WHOLE,
                "state_name1": Kind.TEXT,
                "state_name2": Kind.TEXT,
                "start": Kind.WHOLE,
                "end": Kind.WHOLE,
                **dict.fromkeys(SPELLS.values(), Kind.TEXT),
            },
            keys=("id", "state_name1", "state_name2", "start"),
            read=read_spells,
            states=(
                States(table="spells", code="name1", regime="name", into="state1", year="first"),
                States(table="spells", code="name2", regime="name", into="state2", year="first"),
            ),
            releases=(
                Release(
                    version="4.1",
                    sha256="eca2a97cd60e58f23823c918beea0dd2859ae7f4b7418ee38cc2b6a04dd55b3a",
                    rows=414,
                ),
            ),
        ),
    ),
)
