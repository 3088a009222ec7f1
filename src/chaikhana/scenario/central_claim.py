"""What the other platforms change for a power: its access and brokerage through time, with and without them, and against chance.

Reference: Tskhay & Costa Buranelli 2020, the sections on the region's balancing and *Branding*: that access and brokerage of
the preponderant power are made more difficult by the many platforms. The paper gives no number. Ours: each of many draws
(`draws`) settles what is unknown, contested or a matter of definition, and measures the power in the whole network, without
three sets of bodies, and without as many bodies taken at random. What a set of platforms does is what its removal changes
beyond that chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.measures.preponderance import preponderance
from chaikhana.methods.arrays import Floats
from chaikhana.methods.drawn_networks import measured
from chaikhana.scenario.draws import (
    ACCESS_TO,
    ASSOCIATE,
    KINDS,
    LEADS_COUNT,
    LOOSE,
    NETWORKS,
    PARTNER,
    SHARED,
    STILL,
    Choices,
    Flags,
    Ground,
    drawn,
    ground,
    led,
    settle,
)
from chaikhana.scenario.over_draws import (
    DRAWN,
    LEVEL,
    MOST,
    Say,
    each_draw,
    in_range,
    interval,
    named,
    share_above,
)
from chaikhana.study.membership import year_ends
from chaikhana.study.study import Study

LOCATOR = "tskhay2020, section Branding, last paragraph before table 1"
SETS: Mapping[str, str] = MappingProxyType(
    {
        "led by other powers": "those that other powers lead",
        "the region's own": "those that the region's states lead",
        "informal": "the informal ones",
    }
)
POSITIONS = ("access", "brokerage")
DRAWS, SEED = 1_000, 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Played:
    """A power in every draw.

    Attributes
    ----------
    values : array, shape (draws, years, 7, 2)
        Whole; then without each set, and without as many bodies by chance. The last axis is access and brokerage.
    choices : tuple of Choices
        How each draw was settled.
    """

    actor: str
    name: str
    days: tuple[date, ...]
    seed: int
    values: Floats
    choices: tuple[Choices, ...]

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.choices)


def play(
    study: Study,
    actor: str = "",
    first: date | None = None,
    last: date | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    say: Say = lambda *_: None,
) -> Played:
    """Measure a power in many networks that the study allows.

    Parameters
    ----------
    actor : str
        By default the power that leads most platforms of the region on the last day (`measures.preponderance`).
    first, last : date, optional
        The span of years; by default the study's.
    draws : int
        How many networks are drawn, each for the whole span.
    say : callable
        Told how many of how many draws are done.

    Raises
    ------
    UnknownNameError
        If the actor is no power, other outsider or member of the study.
    BadValueError
        If no power leads any platform, or the number of draws or the span cannot be.
    """
    in_range(draws, MOST, DRAWN)
    about = study.about
    days = year_ends(study, first, last)
    if not days:
        raise BadValueError(
            f"The study {about.id} has no year there: it speaks of {about.first_day} to {about.last_day}."
        )
    who = actor or _preponderant(study, days[-1])
    known = (*about.powers, *about.others, *about.members)
    if who not in known:
        raise UnknownNameError("power of the study", who, known)
    held = ground(study, days)
    if who not in held.actors:
        raise BadValueError(f"{who} has no tie to any body of the study.")
    me = held.actors.index(who)
    always = held.always.copy()
    always[me] = True
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)

    def one(number: int) -> tuple[Choices, Floats]:
        chosen, rng = settle(number, seed)
        draw = drawn(held, chosen, rng, power_sets(held, who, chosen, rng))
        return chosen, measured(draw, held.actor, held.body, held.lives, ordinals, always, me)

    found = each_draw(one, draws, say)
    names = dict(study.table("actors").select("id", "name").iter_rows())
    return Played(
        actor=who,
        name=names.get(who, who),
        days=tuple(days),
        seed=seed,
        values=np.stack([values for _, values in found]),
        choices=tuple(chosen for chosen, _ in found),
    )


def _preponderant(study: Study, day: date) -> str:
    found = preponderance(study, day)
    if found is None:
        raise BadValueError(f"No power of the study leads a platform on {day}: name one with --actor.")
    return found.power


def power_sets(held: Ground, actor: str, chosen: Choices, rng: np.random.Generator) -> Flags:
    """The three sets of bodies that are taken away, as the draw draws their bounds."""
    about = held.study.about
    outsiders = (*about.powers, *about.others) if chosen.others == "outsiders" else about.powers
    kinds = LEADS_COUNT[chosen.leads]
    own = led(held, [actor], kinds, rng)
    theirs = led(held, [one for one in outsiders if one != actor], kinds, rng)
    region = led(held, [one for one in about.members if one != actor], kinds, rng)
    if not SHARED[chosen.shared]:
        theirs, region = theirs & ~own, region & ~own
    return np.array([theirs, region, held.informal])


def by_year(played: Played) -> pl.DataFrame:
    """Access and brokerage per year, whole and without each set.

    Returns
    -------
    polars.DataFrame
        Columns year, position, without (empty for the whole), median, low, high: the middle and the middle 95 per cent of draws;
        change, change_low, change_high: what the removal changes within a draw; chance, chance_low, chance_high: what the removal
        of as many bodies by chance changes; beyond: the share of draws in which it changes more than chance does. Null
        where nothing is removed.
    """
    rows = []
    for at, day in enumerate(played.days):
        for which, position in enumerate(POSITIONS):
            whole = played.values[:, at, 0, which]
            rows.append({"year": day.year, "position": position, "without": "", **named("", interval(whole))})
            for number, name in enumerate(SETS):
                left, lost = (played.values[:, at, place + 2 * number, which] for place in (1, 2))
                rows.append(
                    {
                        "year": day.year,
                        "position": position,
                        "without": name,
                        **named("", interval(left)),
                        **named("change", interval(left - whole)),
                        **named("chance", interval(lost - whole)),
                        "beyond": share_above(left - lost),
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col(pl.Float64).fill_nan(None))


def overall(played: Played, part: Sequence[bool] | Flags | None = None) -> pl.DataFrame:
    """What each set changes over the whole span, in per cent of the power's position in the whole network.

    Parameters
    ----------
    part : array of bool, shape (draws,), optional
        Only these draws.

    Returns
    -------
    polars.DataFrame
        Columns position, without, draws, change, change_low, change_high, chance, chance_low, chance_high, excess, excess_low,
        excess_high (change less chance within a draw), all in per cent of the mean over years; beyond: the share of draws where
        excess is above 0; given: the share of the median change that chance already gives, null where the two go opposite ways
        or nothing changes.
    """
    chosen = np.ones(played.draws, dtype=np.bool_) if part is None else np.asarray(part)
    means = np.full((int(chosen.sum()), *played.values.shape[2:]), np.nan)
    values = played.values[chosen]
    known = ~np.isnan(values[:, :, :1]) & ~np.isnan(values)  # the same years with and without
    counted = known.sum(axis=1)
    np.divide(np.where(known, values, 0).sum(axis=1), counted, out=means, where=counted > 0)
    base = np.full_like(means, np.nan)
    np.divide(np.where(known, values[:, :, :1], 0).sum(axis=1), counted, out=base, where=counted > 0)
    change = np.full_like(means, np.nan)
    np.divide(100 * (means - base), base, out=change, where=base > 0)
    rows = []
    for which, position in enumerate(POSITIONS):
        for number, name in enumerate(SETS):
            left, lost = (change[:, place + 2 * number, which] for place in (1, 2))
            moved, chance = interval(left), interval(lost)
            given = chance[0] / moved[0] if moved[0] and chance[0] / moved[0] >= 0 else None
            rows.append(
                {
                    "position": position,
                    "without": name,
                    "draws": int((~np.isnan(left)).sum()),
                    **named("change", moved),
                    **named("chance", chance),
                    **named("excess", interval(left - lost)),
                    "beyond": share_above(left - lost),
                    "given": given,
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col(pl.Float64).fill_nan(None))


def by_choice(played: Played) -> pl.DataFrame:
    """`overall` for the draws in which a matter of definition was settled one way: which of them moves the answer.

    Returns
    -------
    polars.DataFrame
        Columns choice, value, then those of `overall`.
    """
    pieces = []
    for choice in ("network", "access_to", "access_by", "brokerage_by", "leads", "shared", "others"):
        settled = [asdict(one)[choice] for one in played.choices]
        for value in dict.fromkeys(sorted(settled)):
            part = np.array([one == value for one in settled])
            pieces.append(
                overall(played, part).select(
                    pl.lit(choice.replace("_", " ")).alias("choice"),
                    pl.lit(str(value)).alias("value"),
                    pl.all(),
                )
            )
    return pl.concat(pieces, how="vertical_relaxed")


def verdict(row: Mapping[str, object]) -> str:
    """What a row of `overall` says of the claim that these platforms make a position harder.

    ``supported`` where their removal raises it more than chance does in 95 per cent of the draws or more, ``contradicted``
    where in 5 per cent or fewer, else ``undetermined`` (ours).
    """
    beyond = row["beyond"]
    if not isinstance(beyond, float):
        return "undetermined"
    return "supported" if beyond >= LEVEL else "contradicted" if beyond <= 1 - LEVEL else "undetermined"


def told(played: Played) -> list[str]:
    """The result in sentences, one for each set and position."""
    lines = []
    for row in overall(played).iter_rows(named=True):
        if row["change"] is None:
            continue
        moves, chance = (ranged(row, name) for name in ("change", "chance"))
        given = (
            ""
            if row["given"] is None or row["given"] > 1
            else f", {100 * row['given']:.0f} per cent of that change"
        )
        lines.append(
            f"Without {SETS[row['without']]}, {played.name}'s {row['position']} changes by {moves}; as many bodies taken at "
            f"random change it by {chance}{given}. Beyond chance it is raised in {100 * row['beyond']:.0f} per cent of the "
            f"draws: {verdict(row)}."
        )
    return lines


def ranged(row: Mapping[str, Any], name: str) -> str:
    """A change in per cent with its interval: ``+15 per cent (+2 to +71)``."""
    middle, low, high = (_signed(row[key]) for key in (name, f"{name}_low", f"{name}_high"))
    return f"{middle} per cent ({low} to {high})"


def _signed(value: float) -> str:
    whole = round(value)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def assumptions() -> tuple[str, ...]:
    """What the paper does not give and is settled here."""
    return (
        "Each draw settles at random, once for all years: the day of each unknown beginning or end, the side of each dispute "
        "over a membership or lead, depth and meetings between their bounds; an end that nobody knows lies after the study in "
        f"{100 * STILL:.0f} per cent of the draws.",
        f"Weights: full members 1, associates {_list(ASSOCIATE)}, looser ties {_list(LOOSE)}, partners of informal bodies "
        f"{_list(PARTNER)}.",
        f"Networks: {'; '.join(says for _, says in NETWORKS.values())}. Access to: {'; '.join(ACCESS_TO.values())}. Brokerage: "
        f"{', '.join(KINDS)} by turns.",
        "Led by: founders too, or those that lead alone; with or without bodies that the power leads as well; other powers, or "
        "all outsiders of the study.",
        "By chance: as many bodies as the set has in that year, of all that have ties then, each as likely as another.",
        "Supported: raised beyond chance in 95 per cent of the draws or more; contradicted: in 5 or fewer.",
        "Removing bodies leaves all else as it is; it does not say what states would have done instead.",
    )


def _list(values: Sequence[float]) -> str:
    return " or ".join(f"{value:g}" for value in values)


def data(played: Played) -> dict[str, object]:
    """Everything as plain data."""
    return {
        "actor": played.actor,
        "draws": played.draws,
        "seed": played.seed,
        "locator": LOCATOR,
        "told": told(played),
        "assumptions": list(assumptions()),
        "overall": [{**row, "verdict": verdict(row)} for row in overall(played).iter_rows(named=True)],
        "by_year": by_year(played).to_dicts(),
        "by_choice": by_choice(played).to_dicts(),
    }
