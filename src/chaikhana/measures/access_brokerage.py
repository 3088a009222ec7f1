"""Access and brokerage: each actor's place in the network of institutional ties, under every specification.

Reference: Goddard (2018), *Embedded revisionism: Networks, institutions, and challenges to world order*, International
Organization 72(4), 763–797; on regional networks in the plural Tskhay and Costa Buranelli
(2020). Reads the two-mode network of the study, or the tidy tables of ``cow-igo-v3`` for the world. Goddard names the
two notions and gives no formula: formulas, weights and thresholds are ours and stand beside each other as
specifications. Her four types of revisionists are not drawn here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Literal

import numpy as np
import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import BODY_FORMS, FORMAL_FORMS, INFORMAL_FORMS
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.methods.arrays import Floats
from chaikhana.methods.positions import (
    KINDS,
    Bounded,
    Brokers,
    Ends,
    Flags,
    above_median,
    access,
    brokers,
    seats,
    share_of_ties,
)
from chaikhana.sources.igo_network import by_year
from chaikhana.sources.states import resolve
from chaikhana.study.network import TwoMode, depth, led_by, meeting_rate, two_mode
from chaikhana.study.study import Study

SERIES = "access_brokerage"
DATASET = "cow-igo-v3"
WORLD, DECLARED, DENSEST, TIES = "world", "declared", "densest", "ties"
Basis = Literal["theirs", "critics", "ours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way of taking a step, and whose it is: Goddard's, that of her critics of 2020, or ours."""

    says: str
    basis: Basis


def _choices(choices: Mapping[str, tuple[str, Basis]]) -> Mapping[str, Choice]:
    return MappingProxyType({name: Choice(says=says, basis=basis) for name, (says, basis) in choices.items()})


# The first of each is the default.
NETWORKS = _choices(
    {
        "regional": ("all bodies of the study, formal and informal", "critics"),
        "regional-formal": ("its organisations and treaty regimes", "critics"),
        "regional-informal": ("its platforms, programmes and exercises", "critics"),
        WORLD: ("the intergovernmental organisations of the world, by COW", "theirs"),
    }
)
DOMINANTS = _choices(
    {
        DECLARED: ("the bodies that the caller names, else those that a power leads or has founded", "ours"),
        DENSEST: ("the seats of the community of actors whose mean tie is greatest", "ours"),
    }
)
ACCESS_BY = _choices(
    {
        "depth-and-meetings": (
            "density and frequency: a body counts by its depth and how often it meets",
            "theirs",
        ),
        "depth": ("a body counts by its depth: 1 and the mean of delegation and pooling", "ours"),
        TIES: ("every body counts alike", "ours"),
    }
)
BROKERAGE_BY = _choices({kind: (says, "ours") for kind, says in KINDS.items()})
AGAINST = _choices(
    {"powers": ("the median of the great powers", "ours"), "actors": ("the median of all actors", "ours")}
)
_FORMS = {"regional": tuple(BODY_FORMS), "regional-formal": FORMAL_FORMS, "regional-informal": INFORMAL_FORMS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """One choice at each step; see `NETWORKS`, `DOMINANTS`, `ACCESS_BY`, `BROKERAGE_BY` and `AGAINST`."""

    network: str
    dominant: str
    access_by: str
    brokerage_by: str
    against: str


# Of the world's organisations the dataset gives neither depth nor meetings.
SPECIFICATIONS: tuple[Specification, ...] = tuple(
    Specification(network=network, dominant=dominant, access_by=access, brokerage_by=kind, against=against)
    for network, dominant, access, kind, against in product(
        NETWORKS, DOMINANTS, ACCESS_BY, BROKERAGE_BY, AGAINST
    )
    if network != WORLD or access == TIES
)
DEFAULT = SPECIFICATIONS[0]
BY = ("network", "dominant", "access_by", "brokerage_by", "against")
VALUES = ("access_low", "access_high", "access", "brokerage_low", "brokerage_high", "brokerage")
COLUMNS = ("actor", "year", "dominant", "brokerage_by", "against", *VALUES)


def access_brokerage(study: Study, day: date, dominant: Sequence[str] = ()) -> Measured:
    """Access and brokerage of the region's members, the powers and the other outsiders, under every specification.

    Parameters
    ----------
    dominant : sequence of str
        The bodies of the dominant network; by default those that a power leads or has founded.

    Returns
    -------
    Measured
        Columns actor, then the specification (network, dominant, access_by, brokerage_by, against), then access_low and
        access_high (0 to 1; null where the dominant network is empty), access (high, low or undetermined), brokerage_low and
        brokerage_high (null for an actor without ties, where that kind of brokerage is not defined), brokerage, rows. The
        default specification comes first; an outsider without a tie is left out. The network *world* is there if the study
        carries the series for the day's year.

    Raises
    ------
    UnknownNameError
        If the study has no such body.
    """
    about = study.about
    for body in dominant:
        if body not in set(study.table("bodies")["id"]):
            raise UnknownNameError("body", body, study.table("bodies")["id"])
    declared = tuple(dominant) or led_by(study, day, about.powers)
    shown = list(dict.fromkeys((*about.members, *about.powers, *about.others)))
    pieces = [_of_world(study, day.year)]
    for network, forms in _FORMS.items():
        held = two_mode(study, day, forms, besides=(*about.members, *about.powers))
        found = brokers(held.low, held.high)
        frame = _long(
            held.actors, _access(study, day, held, found, declared), found, np.isin(held.actors, about.powers)
        )
        own = pl.DataFrame(
            {"actor": list(held.actors), "rows": [list(held.rows.get(actor, ())) for actor in held.actors]},
            schema={"actor": pl.String, "rows": pl.List(pl.String)},
        )
        pieces.append(
            frame.join(own, on="actor")
            .with_columns(network=pl.lit(network))
            .select("actor", *BY, *VALUES, "rows")
        )
    frame = pl.concat(pieces).filter(pl.col("actor").is_in(shown))
    return Measured(
        name="access-brokerage",
        title=f"Access to the dominant network and brokerage between networks on {day}",
        definition="Access: the share of the possible ties into the dominant network that the actor has, a full membership "
        "counting 1, an associate ½, looser ties ¼; bodies weighted by (1 + depth) × (1 + frequency of meetings), each from 0 "
        f"to 1. Brokerage: {'; '.join(f'{kind}: {choice.says}' for kind, choice in BROKERAGE_BY.items())}. High: above "
        "the median.",
        reference="Goddard 2018, International Organization 72(4); Burt 1992, equation 2.4; Brandes 2008, "
        "doi:10.1016/j.socnet.2007.11.001; Gould & Fernandez 1989, doi:10.2307/270949",
        frame=frame.sort(*(_rank(name) for name in BY), "actor"),
        assumptions=(
            "Goddard's are the two notions, the world network, and density and frequency as what access is measured by; the "
            "regional networks are Tskhay and Costa Buranelli's; every formula, weight and threshold is ours.",
            f"The dominant network, where declared: {', '.join(declared) or 'none'}. The densest community counts by the seats "
            "that its members hold, the actor's own left out; it has three members at least (ours).",
            "A tie between two actors is the sum, over the bodies of both, of the product of their ties to it; its length is one "
            "over that. Communities are Louvain's. For betweenness and the roles the close ties count, no weaker than the median "
            "of all pairs (ours).",
            "Access is an exact interval over unknown memberships, depth and meetings. Brokerage is computed with all unknown "
            "ties absent, and present: a mixture may lie beyond these two ends.",
            "At or below the median is low (ours); where the unknowns leave it open, undetermined.",
            "Rows are the actor's own memberships; brokerage rests on those of all others too.",
        ),
    )


def _rank(name: str) -> pl.Expr:
    """Sorts a choice in the order of its list."""
    order = dict(zip(BY, (NETWORKS, DOMINANTS, ACCESS_BY, BROKERAGE_BY, AGAINST), strict=True))[name]
    return pl.col(name).replace_strict(
        {choice: place for place, choice in enumerate(order)}, return_dtype=pl.Int8
    )


def _of_world(study: Study, year: int) -> pl.DataFrame:
    """The rows of the derived series for a year, none where the study does not carry it."""
    text = dict.fromkeys(("actor", *BY, "access", "brokerage"), pl.String)
    schema = {**text, **{name: pl.Float64 for name in VALUES if name not in text}}
    if SERIES not in study.derived:
        empty = pl.DataFrame(schema=schema).select("actor", *BY, *VALUES)
        return empty.with_columns(rows=pl.lit([], dtype=pl.List(pl.String)))
    return (
        study.derived[SERIES]
        .frame.filter(pl.col("year") == year)
        .with_columns(network=pl.lit(WORLD), access_by=pl.lit(TIES))
        .select(pl.col(name).cast(schema[name]) for name in ("actor", *BY, *VALUES))
        .with_columns(rows=pl.lit([f"derived:{SERIES}"]))
    )


def _access(
    study: Study, day: date, held: TwoMode, found: Brokers, declared: Sequence[str]
) -> dict[tuple[str, str], Bounded]:
    """Access by what is dominant, and by what a body counts."""
    deep, often = depth(study, day, held.bodies), meeting_rate(study, day, held.bodies)
    counts = {
        TIES: (np.ones(len(held.bodies)),) * 2,
        "depth": (1 + deep[0], 1 + deep[1]),
        "depth-and-meetings": ((1 + deep[0]) * (1 + often[0]), (1 + deep[1]) * (1 + often[1])),
    }
    bases = _dominant(held.low, held.high, found, np.isin(held.bodies, declared))
    return {
        (dominant, by): access(held.low, held.high, base[0] * counts[by][0], base[1] * counts[by][1])
        for dominant, base in bases.items()
        for by in ACCESS_BY
    }


def _dominant(low: Floats, high: Floats, found: Brokers, declared: Flags) -> dict[str, Ends]:
    """What each body counts for access to the dominant network, before depth and meetings."""
    surely = (low > 0).any(axis=0)
    perhaps = (high > 0).any(axis=0)
    return {
        DECLARED: ((declared & surely).astype(np.float64), (declared & perhaps).astype(np.float64)),
        DENSEST: seats(found.densest, low, high),
    }


def _long(
    actors: Sequence[str], reached: Mapping[tuple[str, str], Bounded], found: Brokers, powers: Flags
) -> pl.DataFrame:
    """One row an actor and specification, without the network."""
    pieces = []
    among = dict(zip(AGAINST, (powers, np.ones(len(actors), dtype=np.bool_)), strict=True))
    for ((dominant, by), share), (kind, broker), (against, some) in product(
        reached.items(), found.values.items(), among.items()
    ):
        values = {"access": share, "brokerage": broker}
        pieces.append(
            pl.DataFrame(
                {
                    "actor": list(actors),
                    **{f"{name}_low": value.low for name, value in values.items()},
                    **{f"{name}_high": value.high for name, value in values.items()},
                    **{name: above_median(value, some).tolist() for name, value in values.items()},
                },
                schema_overrides={"actor": pl.String, "access": pl.String, "brokerage": pl.String},
            ).with_columns(
                pl.col(pl.Float64).fill_nan(None),
                dominant=pl.lit(dominant),
                access_by=pl.lit(by),
                brokerage_by=pl.lit(kind),
                against=pl.lit(against),
            )
        )
    return pl.concat(pieces)


def world(
    memberships: pl.DataFrame,
    state_years: pl.DataFrame,
    year: int | None = None,
    dominant: Sequence[str] = (),
) -> pl.DataFrame:
    """Access and brokerage of every state of the world, every year, by each specification.

    Parameters
    ----------
    memberships : polars.DataFrame
        Columns ccode, year, body, status (member, associate, observer, missing).
    state_years : polars.DataFrame
        Columns ccode, year: the states in the system in each year.
    year : int, optional
        One year alone.
    dominant : sequence of str
        The codes of the bodies of a declared dominant network; without any, access to it is null.

    Returns
    -------
    polars.DataFrame
        Columns ccode, year, community (by the ties that are known), in_densest (whether it is the densest), access_declared,
        access_densest, betweenness, structural_holes and roles, each with _low and _high; every body counts alike. Sorted by
        year and ccode.

    Raises
    ------
    UnknownNameError
        If a body is not in the memberships.
    BadValueError
        If a membership is of a state and year that `state_years` does not have, or has an unknown status.
    """
    for body in dominant:
        if body not in set(memberships["body"].unique()):
            raise UnknownNameError("body in the memberships", body, memberships["body"].unique())
    pieces = []
    for one in by_year(memberships, state_years, year):
        found = brokers(one.low, one.high)
        bases = _dominant(one.low, one.high, found, np.isin(one.bodies, list(dominant)))
        columns = {f"access_{name}": share_of_ties(one.low, one.high, *base) for name, base in bases.items()}
        columns |= {kind.replace("-", "_"): (value.low, value.high) for kind, value in found.values.items()}
        pieces.append(
            pl.DataFrame(
                {
                    "ccode": one.codes,
                    "year": np.full(len(one.codes), one.year, dtype=np.int32),
                    "community": found.groups,
                    "in_densest": found.densest,
                    **{
                        f"{name}_{end}": ends[at]
                        for name, ends in columns.items()
                        for at, end in enumerate(("low", "high"))
                    },
                }
            )
        )
    if not pieces:
        known = state_years["year"].unique().sort().to_list()
        span = f"It has {known[0]} to {known[-1]}." if known else "It is empty."
        raise BadValueError(
            f"The table of state-years has no state{'' if year is None else f' in {year}'}. {span}"
        )
    return pl.concat(pieces).with_columns(pl.col(pl.Float64).fill_nan(None))


def region(
    study: Study, memberships: pl.DataFrame, state_years: pl.DataFrame, dominant: Sequence[str] = ()
) -> pl.DataFrame:
    """The series of the study: its members and the powers in the network of the world, over its years.

    Parameters
    ----------
    memberships, state_years : polars.DataFrame
        As for `world`.
    dominant : sequence of str
        The study's ids of the bodies of the dominant network; by default those that a power leads or has founded at the end
        of each year. Bodies that the dataset does not have are left out.

    Returns
    -------
    polars.DataFrame
        The columns `COLUMNS`; access with every body counting alike. To four decimals, sorted by actor, year and
        specification. High and low are against the powers among the states of the year, and against all states.
    """
    about = study.about
    shown = list(dict.fromkeys((*about.members, *about.powers)))
    called = study.table("bodies").filter(pl.col("cow_igo") != "").select("id", code="cow_igo")
    span = pl.col("year").is_between(about.first_day.year, about.last_day.year)
    pieces = []
    for one in by_year(memberships.filter(span), state_years.filter(span)):
        states = pl.DataFrame({"ccode": one.codes}).with_columns(year=pl.lit(one.year, dtype=pl.Int32))
        actors = resolve(states, "cow", "ccode")["actor"]
        declared = dominant or led_by(study, min(date(one.year, 12, 31), about.last_day), about.powers)
        named = called.filter(pl.col("id").is_in(list(declared)))["code"].to_list()
        found = brokers(one.low, one.high)
        bases = _dominant(one.low, one.high, found, np.isin(one.bodies, named))
        reached = {(name, TIES): access(one.low, one.high, *base) for name, base in bases.items()}
        powers = actors.is_in(about.powers).fill_null(False).to_numpy()
        pieces.append(
            _long(actors.to_list(), reached, found, powers).with_columns(
                year=pl.lit(one.year, dtype=pl.Int32)
            )
        )
    return (
        pl.concat(pieces)
        .filter(pl.col("actor").is_in(shown))
        .select(COLUMNS)
        .with_columns(pl.col(pl.Float64).round(4))
        .sort("actor", "year", _rank("dominant"), _rank("brokerage_by"), _rank("against"))
    )
