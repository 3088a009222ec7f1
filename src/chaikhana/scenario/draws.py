"""What a study leaves open of its network, drawn: dates, rival rows, designs, weights, and which network it is.

What it is: from a study to thousands of networks that it allows. Every draw settles all that is unknown or contested once for
the whole span, so that its years belong together: each unknown end of a spell falls on a day, each dispute on a side, each
unknown depth or rate of meetings on a value between its bounds, and the weights, formulas and bounds of the network on one of
those that are declared here. All of it is ours: no paper gives any of these a distribution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.core.dates import FIRST_DAY, LAST_DAY
from chaikhana.core.vocabulary import FULL_STATUSES, INFORMAL_FORMS
from chaikhana.measures.access_brokerage import ACCESS_BY, BROKERAGE_BY, DOMINANTS
from chaikhana.methods.arrays import Floats, Whole
from chaikhana.methods.drawn_networks import DECLARED, DENSEST, Drawn
from chaikhana.study.membership import taking_part, weighty_bodies
from chaikhana.study.network import LEADING, depth, led_by, meeting_rate
from chaikhana.study.study import Study

Flags = NDArray[np.bool_]
NETWORKS: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "all bodies": (0, "all bodies of the study"),
        "a fifth": (
            5,
            "bodies in which two of the region's states or more are, or were, a fifth or more of all",
        ),
        "a third": (
            3,
            "bodies in which two of the region's states or more are, or were, a third or more of all",
        ),
    }
)
ASSOCIATE, LOOSE, PARTNER = (0.25, 0.5, 0.75), (0.0, 0.25, 0.5), (0.5, 1.0)
LEADS_COUNT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"founders too": LEADING, "leads only": ("dominant", "co-lead")}
)
SHARED: Mapping[str, bool] = MappingProxyType({"shared leads too": True, "not shared with it": False})
OTHERS = ("powers", "outsiders")
STILL = 0.5
"""How often an end that nobody knows is taken to lie after the study's last day."""
KINDS = tuple(BROKERAGE_BY)
BY = tuple(ACCESS_BY)
REGION = "region"
ACCESS_TO: Mapping[str, str] = MappingProxyType(
    {
        REGION: "the platforms at whose table one of the region's states sits",
        **{name: choice.says for name, choice in DOMINANTS.items()},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How a draw has settled what is not a fact of the study."""

    network: str
    access_to: str
    access_by: str
    brokerage_by: str
    associate: float
    loose: float
    partner: float
    leads: str
    shared: str
    others: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """What all draws of a study share.

    Attributes
    ----------
    there : array of bool, shape (rows,)
        Which rows are this study's; others are those of a study that it is compared with.
    status : array of int, shape (rows,)
        0 full, 1 associate, 2 looser, 3 partner of an informal body.
    bounds : array of int, shape (rows, 4)
        First and last day of the beginning, and of the end, each as the ordinal of a date.
    dispute, side : array of int, shape (rows,)
        Which dispute, and which of its sides; -1 where there is none.
    deep, often : array, shape (2, days, bodies)
        Bounds of depth and of the rate of meetings.
    declared, region : array of bool, shape (days, bodies)
        Bodies that a power leads or has founded; bodies in which the region takes part.
    """

    study: Study
    days: tuple[date, ...]
    actors: tuple[str, ...]
    bodies: tuple[str, ...]
    actor: Whole
    body: Whole
    there: Flags
    status: Whole
    bounds: Whole
    dispute: Whole
    side: Whole
    sides: Whole
    lives: Whole
    deep: Floats
    often: Floats
    declared: Flags
    region: Flags
    informal: Flags
    networks: Mapping[str, Flags]
    always: Flags


def ground(study: Study, days: Sequence[date]) -> Ground:
    """Gather what draws of a study are made from."""
    return grounds((study,), days)[0]


def grounds(studies: Sequence[Study], days: Sequence[date]) -> tuple[Ground, ...]:
    """Gather the same of several studies that differ by a scenario: their rows together, each knowing which are its own.

    A draw of one then settles for all whatever they have in common, so that they differ by the scenario alone.
    """
    columns = [name for name in studies[0].frames["memberships"].columns if name != "row"]
    own = [
        study.frames["memberships"]
        .filter(~pl.col("status").is_in(["suspended", "withdrawn"]))
        .select(columns)
        for study in studies
    ]
    spells = pl.concat(own).unique(maintain_order=True)
    about = studies[0].about
    bodies = tuple(sorted(set(spells["body"])))
    kept = (*about.members, *about.powers)
    actors = tuple(sorted({*spells["actor"], *kept}))
    slugs = sorted({slug for slug in spells["rival"] if slug})
    named = {slug: sorted(set(spells.filter(pl.col("rival") == slug)["side"])) for slug in slugs}
    place = {name: at for at, name in enumerate(actors)}
    spot = {name: at for at, name in enumerate(bodies)}
    shared: dict[str, Any] = {
        "days": tuple(days),
        "actors": actors,
        "bodies": bodies,
        "actor": np.array([place[name] for name in spells["actor"]], dtype=np.int64),
        "body": np.array([spot[name] for name in spells["body"]], dtype=np.int64),
        "bounds": np.array(
            [
                [day.toordinal() for day in row]
                for row in spells.select(
                    "from_earliest", "from_latest", "to_earliest", "to_latest"
                ).iter_rows()
            ],
            dtype=np.int64,
        ).reshape(-1, 4),
        "dispute": np.array([slugs.index(slug) if slug else -1 for slug in spells["rival"]], dtype=np.int64),
        "side": np.array(
            [
                named[slug].index(side) if slug else -1
                for slug, side in spells.select("rival", "side").iter_rows()
            ],
            dtype=np.int64,
        ),
        "sides": np.array([len(named[slug]) for slug in slugs], dtype=np.int64),
        "always": np.isin(actors, kept),
    }
    return tuple(
        Ground(study=study, **shared, **_of_study(study, days, bodies, spells, rows))
        for study, rows in zip(studies, own, strict=True)
    )


def _of_study(
    study: Study, days: Sequence[date], bodies: Sequence[str], spells: pl.DataFrame, own: pl.DataFrame
) -> dict[str, Any]:
    """What one of several studies has of its own."""
    about = study.about
    life = {
        row["id"]: (row["from_earliest"].toordinal(), row["to_latest"].toordinal())
        for row in study.table("bodies").iter_rows(named=True)
    }
    informal = set(study.table("bodies").filter(pl.col("form").is_in(INFORMAL_FORMS))["id"])
    there = set(own.iter_rows())
    deep, often = np.zeros((2, 2, len(days), len(bodies)))
    declared, region = np.zeros((2, len(days), len(bodies)), dtype=np.bool_)
    tables = taking_part(study, days).filter(pl.col("actor").is_in(about.members))
    for at, day in enumerate(days):
        deep[:, at] = depth(study, day, bodies)
        often[:, at] = meeting_rate(study, day, bodies)
        declared[at] = np.isin(bodies, led_by(study, day, about.powers))
        region[at] = np.isin(bodies, tables.filter(pl.col("day") == day)["body"].unique().to_list())
    return {
        "there": np.array([row in there for row in spells.iter_rows()], dtype=np.bool_),
        "status": np.array(
            [
                _closeness(status, body in informal)
                for status, body in spells.select("status", "body").iter_rows()
            ],
            dtype=np.int64,
        ),
        "lives": np.array([life.get(name, (0, 0)) for name in bodies], dtype=np.int64).reshape(-1, 2),
        "deep": deep,
        "often": often,
        "informal": np.isin(bodies, sorted(informal)),
        "declared": declared,
        "region": region,
        "networks": {
            name: np.isin(bodies, sorted(weighty_bodies(study, part=part)))
            if part
            else np.ones(len(bodies), dtype=np.bool_)
            for name, (part, _) in NETWORKS.items()
        },
    }


def _closeness(status: str, informal: bool) -> int:
    if status in FULL_STATUSES:
        return 0
    if status == "associate":
        return 1
    return 3 if status == "partner" and informal else 2


def settle(number: int, seed: int) -> tuple[Choices, np.random.Generator]:
    """The choices of one draw, each as likely as another; kinds of brokerage take turns, so that each has its third."""
    rng = np.random.default_rng((seed, number))

    def any_of(values: Sequence[str] | Sequence[float]) -> str | float:
        return values[int(rng.integers(len(values)))]

    return (
        Choices(
            network=str(any_of(tuple(NETWORKS))),
            access_to=str(any_of(tuple(ACCESS_TO))),
            access_by=str(any_of(BY)),
            brokerage_by=KINDS[number % len(KINDS)],
            associate=float(any_of(ASSOCIATE)),
            loose=float(any_of(LOOSE)),
            partner=float(any_of(PARTNER)),
            leads=str(any_of(tuple(LEADS_COUNT))),
            shared=str(any_of(tuple(SHARED))),
            others=str(any_of(OTHERS)),
        ),
        rng,
    )


def drawn(held: Ground, chosen: Choices, rng: np.random.Generator, without: Flags) -> Drawn:
    """A network that the study allows, under choices made.

    Parameters
    ----------
    without : array of bool, shape (sets, bodies)
        The sets of bodies that are taken away in turn.
    """
    weight = np.array([1.0, chosen.associate, chosen.loose, chosen.partner])[held.status]
    begins, ends = _dates(held, rng)
    taken = rng.integers(held.sides) if len(held.sides) else np.zeros(0, dtype=np.int64)
    away = ~held.there
    if len(taken):
        away = away | ((held.dispute >= 0) & (taken[held.dispute] != held.side))
    begins = np.where(away, ends, begins)
    at_depth, at_rate = rng.random((2, len(held.bodies)))
    counts = np.ones(held.deep.shape[1:])
    if chosen.access_by != "ties":
        counts *= 1 + held.deep[0] + at_depth * (held.deep[1] - held.deep[0])
    if chosen.access_by == "depth-and-meetings":
        counts *= 1 + held.often[0] + at_rate * (held.often[1] - held.often[0])
    return Drawn(
        begins=begins,
        ends=ends,
        weight=weight,
        counts=counts,
        declared=held.region if chosen.access_to == REGION else held.declared,
        inside=held.networks[chosen.network],
        without=without,
        shuffled=rng.permutation(len(held.bodies)),
        order=rng.permutation(len(held.actors)),
        dominant=DENSEST if chosen.access_to == "densest" else DECLARED,
        kind=KINDS.index(chosen.brokerage_by),
    )


def _dates(held: Ground, rng: np.random.Generator) -> tuple[Whole, Whole]:
    """A day for each beginning and each end, any day of those that it may be being as likely as another."""
    at_start, at_end, still = rng.random((3, len(held.actor)))
    first, last = held.study.about.first_day.toordinal(), held.study.about.last_day.toordinal()
    born = np.maximum(held.lives[held.body, 0], FIRST_DAY.toordinal())
    early, late, least, most = held.bounds.T
    nobody_knows = early == FIRST_DAY.toordinal()
    low = np.where(nobody_knows, np.minimum(np.maximum(born, first), late), early)
    high = np.minimum(late, np.maximum(last, low))
    begins = low + np.floor(at_start * (high - low + 1)).astype(np.int64)
    open_end = most == LAST_DAY.toordinal()
    low = np.maximum(least, begins)
    high = np.where(open_end, np.maximum(last, low), most)
    ends = low + np.floor(at_end * (high - low + 1)).astype(np.int64)
    ends = np.where(open_end & ((least == most) | (still < STILL)), most, ends)
    return begins, np.maximum(ends, begins)


@lru_cache(maxsize=4)
def _leads(study: Study) -> tuple[list[tuple[str, str, str, str, str]], dict[str, list[str]]]:
    """Who leads which body how, with dispute and side; and the sides of each dispute. Asked for in every draw."""
    leads = study.frames["leads"]
    sides: dict[str, set[str]] = {}
    for slug, side in leads.select("rival", "side").iter_rows():
        sides.setdefault(slug, set()).add(side)
    rows = list(leads.select("body", "actor", "kind", "rival", "side").iter_rows())
    return rows, {slug: sorted(found) for slug, found in sides.items()}


def led(held: Ground, actors: Sequence[str], kinds: Sequence[str], rng: np.random.Generator) -> Flags:
    """The bodies that any of some actors leads at any time, of each dispute over a lead one side being taken."""
    rows, sides = _leads(held.study)
    taken: dict[str, str] = {}
    kept = []
    for body, actor, kind, slug, side in rows:
        if actor not in actors or kind not in kinds:
            continue
        if slug and slug not in taken:
            taken[slug] = sides[slug][int(rng.integers(len(sides[slug])))]
        if not slug or taken[slug] == side:
            kept.append(body)
    return np.isin(held.bodies, kept)
