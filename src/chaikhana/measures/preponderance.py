"""What the other platforms change for a preponderant power: its access to the region's platforms and its brokerage, with and
without.

Reference: Tskhay & Costa Buranelli 2020, sections on the region and *Branding* (access and
brokerage are made more difficult). Reads memberships, bodies, leads. Which power is preponderant is counted: the one that
leads most bodies in which the region takes part. Removing platforms leaves all else as it is; it does not say what states
would have done instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.core.bounds import Bounds
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import BODY_FORMS, FORMAL_FORMS
from chaikhana.methods.positions import BETWEENNESS, HOLES, brokers
from chaikhana.study.membership import taking_part
from chaikhana.study.network import LEADING, two_mode
from chaikhana.study.study import Study

WITHOUT = ("led-by-others", "the-region's-own", "informal")
KINDS = (HOLES, BETWEENNESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A power's place with some platforms left out.

    Attributes
    ----------
    without : str
        What is left out: nothing, or one of `WITHOUT`.
    bodies : int
        How many platforms of the region remain.
    access : Bounds
        Share of them at whose table the power has a tie, weighted by how close it is; from 0 to 1.
    brokerage : mapping
        By kind (`methods.positions`); absent where not defined.
    """

    without: str
    bodies: int
    access: Bounds
    brokerage: dict[str, Bounds]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preponderance:
    """The preponderant power on a day, the share of the region's led platforms that it leads, and its positions."""

    power: str
    led: int
    of: int
    alone: int
    positions: tuple[Position, ...]
    rows: tuple[str, ...]

    def access(self) -> dict[str, list[float]]:
        """Bounds of access with all platforms (``all``), and without each set of them."""
        return {
            one.without or "all": [round(one.access.low, 3), round(one.access.high, 3)]
            for one in self.positions
        }

    def lowered(self) -> Truth:
        """Whether the platforms led by others surely lower the power's access to the region's platforms."""
        whole, without = self.positions[0].access, self.positions[1].access
        if without.low > whole.high:
            return Truth.YES
        return Truth.NO if without.high < whole.low else Truth.UNKNOWN

    def told(self) -> str:
        """Its access in running text."""
        whole = self.positions[0].access
        others = ", ".join(
            f"without {one.without.replace('-', ' ')} {one.access.low:.2f} to {one.access.high:.2f}"
            for one in self.positions[1:]
        )
        return f"{self.power} holds {whole.low:.2f} to {whole.high:.2f} of the ties to the region's platforms; {others}"


def preponderance(study: Study, day: date) -> Preponderance | None:
    """The power that leads most of the platforms in which the region takes part, with and without the other platforms.

    Returns
    -------
    Preponderance or None
        None where no power of the study leads any. `led` counts the platforms that it leads, alone or with others, `of`
        those with
        a known lead, `alone` those that it leads alone.
    """
    part = taking_part(study, [day])
    ours = set(part.filter(pl.col("actor").is_in(study.about.members))["body"])
    leads = study.on("leads", day).filter(
        (pl.col("holds") != "no") & pl.col("kind").is_in(list(LEADING)) & pl.col("body").is_in(ours)
    )
    by = {body: frozenset(actors) for body, actors in leads.group_by("body").agg("actor").iter_rows()}
    counted = {
        power: sum(power in actors for actors in by.values())
        for power in (*study.about.powers, *study.about.others)
    }
    if not counted or max(counted.values()) == 0:
        return None
    power = max(counted, key=lambda one: counted[one])
    members = frozenset(study.about.members)
    informal = study.table("bodies").filter(~pl.col("form").is_in(FORMAL_FORMS))["id"]
    left_out = {
        "": frozenset[str](),
        WITHOUT[0]: frozenset(body for body in ours if power not in by.get(body, ())),
        WITHOUT[1]: frozenset(body for body, actors in by.items() if actors <= members),
        WITHOUT[2]: frozenset(informal),
    }
    held = two_mode(study, day, tuple(BODY_FORMS), besides=(*study.about.members, power))
    place = held.actors.index(power)
    positions = []
    for name, gone in left_out.items():
        kept = np.array([body not in gone for body in held.bodies], dtype=np.bool_)
        region = np.array([body in ours and body not in gone for body in held.bodies], dtype=np.bool_)
        positions.append(
            Position(
                without=name,
                bodies=int(region.sum()),
                access=_share(held.low[place], held.high[place], region),
                brokerage=_brokerage(held.low[:, kept], held.high[:, kept], place),
            )
        )
    return Preponderance(
        power=power,
        led=counted[power],
        of=len(by),
        alone=sum(actors == {power} for actors in by.values()),
        positions=tuple(positions),
        rows=tuple(leads["row"]),
    )


def _share(low: NDArray[np.float64], high: NDArray[np.float64], region: NDArray[np.bool_]) -> Bounds:
    number = int(region.sum())
    if not number:
        return Bounds(low=0.0, high=0.0)
    return Bounds(low=float(low[region].sum()) / number, high=float(high[region].sum()) / number)


def _brokerage(low: NDArray[np.float64], high: NDArray[np.float64], place: int) -> dict[str, Bounds]:
    if not low.shape[1]:
        return {}
    found = brokers(low, high).values
    return {
        kind: Bounds(low=float(found[kind].low[place]), high=float(found[kind].high[place]))
        for kind in KINDS
        if not np.isnan(found[kind].low[place])
    }
