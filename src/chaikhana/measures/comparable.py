"""The facts of which several sources speak, and what each source says of them.

What it is: for each fact (memberships, trade agreements, regimes, alliances, state systems, capabilities, votes) the
datasets that speak of it, and a study where it does; how their claims are read from their tables; and of which units and
years each speaks at all, so that a missing row is known for a no. `compare_sources` sets them side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from chaikhana.core.vocabulary import FULL_STATUSES
from chaikhana.sources.states import resolve
from chaikhana.sources.store import Kept
from chaikhana.sources.un_votes import by_seat
from chaikhana.study.study import Study

Source = Kept | Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a source says of a fact.

    Attributes
    ----------
    frame : polars.DataFrame
        The fact's keys, and `value`.
    covers : tuple of polars.DataFrame
        Frames of some of the keys: a cell is covered that has a row in each.
    """

    frame: pl.DataFrame
    covers: tuple[pl.DataFrame, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact on which sources can differ.

    Attributes
    ----------
    keys : tuple of str
        What a cell is of; the last is the year, where there is one.
    sources : mapping
        Dataset (or ``study``) to how its claims are read.
    numeric : bool
        Whether the values are numbers.
    """

    says: str
    keys: tuple[str, ...]
    sources: Mapping[str, Callable[[Source], Claims]]
    numeric: bool = False
    assumptions: tuple[str, ...] = ()


def _kept(source: Source) -> Kept:
    assert isinstance(source, Kept)
    return source


def _study(source: Source) -> Study:
    assert isinstance(source, Study)
    return source


def _years(frame: pl.DataFrame) -> pl.DataFrame:
    """The years of which a source speaks at all."""
    return frame.select(year=pl.int_range(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int32))


def _cow_memberships(source: Source) -> Claims:
    kept = _kept(source)
    frame = kept.table("memberships").select("state", "body", "year", value=pl.col("status").cast(pl.String))
    return Claims(
        frame=frame.filter(pl.col("value") != "missing"),
        covers=(kept.table("body_years"), kept.table("state_years").select("state", "year").drop_nulls()),
    )


def _informal_memberships(source: Source) -> Claims:
    """Vabulas and Snidal's informal bodies: full members over the life of a body, as of 2017 or its end."""
    frame = _kept(source).table("memberships").drop_nulls("state")
    lived = frame.select(
        "state",
        body=pl.col("body").str.to_lowercase(),
        year=pl.int_ranges("first", pl.coalesce("last", "year") + 1, dtype=pl.Int32),
    ).explode("year")
    return Claims(
        frame=lived.with_columns(value=pl.lit("member")),
        covers=(lived.select("body", "year"), lived.select("state").unique()),
    )


def _study_memberships(source: Source) -> Claims:
    study = _study(source)
    bodies = study.table("bodies").select(
        "id", code=pl.when(pl.col("cow_igo") != "").then("cow_igo").otherwise("acronym").str.to_lowercase()
    )
    spells = (
        study.table("memberships")
        .filter(pl.col("status").is_in([*FULL_STATUSES, "partner", "associate", "observer"]))
        .join(bodies, left_on="body", right_on="id")
        .select(
            state="actor",
            body="code",
            value=pl.when(pl.col("status").is_in([*FULL_STATUSES, "partner"]))
            .then(pl.lit("member"))
            .otherwise("status"),
            year=pl.int_ranges(
                pl.col("from_earliest").dt.year(), pl.col("to_earliest").dt.year() + 1, dtype=pl.Int32
            ),
        )
        .explode("year")
    )
    return Claims(
        frame=spells.sort("state", "body", "year", "value"),
        covers=(
            spells.select("body").unique(),
            pl.DataFrame({"state": list(study.about.members)}),
            pl.DataFrame(
                {"year": range(study.about.first_day.year, study.about.last_day.year + 1)},
                schema={"year": pl.Int32},
            ),
        ),
    )


def _desta(source: Source) -> Claims:
    kept = _kept(source)
    bases = kept.table("treaties").filter(pl.col("entry_type") == "base_treaty")
    members = kept.table("members").join(bases.select("number"), on="number", how="semi").drop_nulls("state")
    return Claims(frame=_pairs(members.select("state", "number", "year")), covers=(_years(bases),))


def _study_agreements(source: Source) -> Claims:
    study = _study(source)
    agreements = (
        study.table("agreements")
        .filter(pl.col("issues").list.contains("trade") & pl.col("signed_earliest").is_not_null())
        .select(number="id", year=pl.col("signed_earliest").dt.year().cast(pl.Int32))
    )
    parties = study.table("parties").select(number="agreement", state="actor").unique()
    return Claims(
        frame=_pairs(parties.join(agreements, on="number")),
        covers=(
            pl.DataFrame({"state1": list(study.about.members)}),
            pl.DataFrame({"state2": list(study.about.members)}),
        ),
    )


def _pairs(members: pl.DataFrame) -> pl.DataFrame:
    """Pairs of states that signed a treaty together in a year."""
    return (
        members.join(members, on=["number", "year"], suffix="_2")
        .filter(pl.col("state") < pl.col("state_2"))
        .select(state1="state", state2="state_2", year="year")
        .unique()
        .with_columns(value=pl.lit("signed"))
    )


def _vdem(source: Source) -> Claims:
    return Claims(frame=_kept(source).table("regimes").select("state", "year", value="polyarchy"))


def _polity(source: Source) -> Claims:
    return Claims(
        frame=_kept(source)
        .table("regimes")
        .select("state", "year", value=(pl.col("polity").cast(pl.Float64) + 10) / 20)
    )


def _alliances(table: str) -> Callable[[Source], Claims]:
    def read(source: Source) -> Claims:
        frame = _kept(source).table(table).filter(pl.col("state1") < pl.col("state2"))
        return Claims(
            frame=frame.select(
                "state1", "state2", "year", value=pl.when(pl.col("defence")).then(pl.lit("defence pledge"))
            ),
            covers=(_years(frame),),
        )

    return read


def _cow_system(source: Source) -> Claims:
    frame = _kept(source).table("state_years")
    return Claims(frame=frame.select("state", "year", value=pl.lit("in the system")), covers=(_years(frame),))


def _gw_system(source: Source) -> Claims:
    frame = (
        _kept(source)
        .table("states")
        .select(
            "gw",
            year=pl.int_ranges(pl.col("from").dt.year(), pl.col("to").dt.year() + 1, dtype=pl.Int32),
            value=pl.lit("in the system"),
        )
        .explode("year")
    )
    frame = resolve(frame, "gw", "gw", into="state").drop_nulls("state")
    return Claims(frame=frame.select("state", "year", "value"), covers=(_years(frame),))


def _capabilities(source: Source) -> Claims:
    return Claims(frame=_kept(source).table("capabilities").select("state", "year", value="cinc"))


def _votes(source: Source) -> Claims:
    kept = _kept(source)
    votes = by_seat(kept.table("votes"), kept.table("roll_calls"))
    cast = votes.select("rcid", state="actor", value=pl.col("vote").cast(pl.String))
    return Claims(frame=cast.filter(pl.col("value") != "absent"), covers=(cast.select("rcid").unique(),))


FACTS: Mapping[str, Fact] = {
    "memberships": Fact(
        says="who was a member of what",
        keys=("state", "body", "year"),
        sources={
            "study": _study_memberships,
            "cow-igo-v3": _cow_memberships,
            "iigo": _informal_memberships,
        },
        assumptions=(
            "Bodies are matched by their short names; the study's bodies that have a name in COW IGO, by that.",
        ),
    ),
    "trade-agreements": Fact(
        says="pairs of states that signed a trade agreement together",
        keys=("state1", "state2", "year"),
        sources={"desta": _desta, "study": _study_agreements},
        assumptions=("The study's agreements whose issues hold ‘trade’ (ours); DESTA's base treaties.",),
    ),
    "regimes": Fact(
        says="how democratic a state was, from 0 to 1",
        keys=("state", "year"),
        sources={"vdem": _vdem, "polity5": _polity},
        numeric=True,
        assumptions=(
            "V-Dem's polyarchy; Polity's score moved to the scale from 0 to 1 (ours). They measure different things: the "
            "order of states is more alike than the distance.",
        ),
    ),
    "alliances": Fact(
        says="pairs of states bound to defend one another",
        keys=("state1", "state2", "year"),
        sources={"atop-v5": _alliances("obligations"), "cow-alliances": _alliances("alliances")},
    ),
    "states": Fact(
        says="which states were in the system",
        keys=("state", "year"),
        sources={"cow-states": _cow_system, "gw-states": _gw_system},
    ),
    "capabilities": Fact(
        says="composite index of national capability",
        keys=("state", "year"),
        sources={"cow-nmc": _capabilities},
        numeric=True,
        assumptions=("Two versions of one dataset: name them as ID@VERSION.",),
    ),
    "votes": Fact(
        says="how a member voted on a roll call of the General Assembly",
        keys=("rcid", "state"),
        sources={"un-votes": _votes},
        assumptions=("Two versions of one dataset: name them as ID@VERSION. Absences are none.",),
    ),
}
