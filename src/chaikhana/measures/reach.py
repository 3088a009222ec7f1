"""Reach: in which platforms states take part, and what these bring: stated norms, leading powers, fields of gain.

Reference: Tskhay & Costa Buranelli 2020, section *Balancing Regionalism and its Operation* (three aims) and the section on
the region (four pathways by which costs rise). Reads memberships, bodies, design, leads. The indicators are
ours; what a state gets is not what it wants.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.study.design import design_on
from chaikhana.study.membership import taking_part
from chaikhana.study.study import Study

NORMS = ("sovereignty-norm", "non-interference-norm", "democracy-norm")
GAINS = frozenset({"trade", "economy", "finance", "investment", "transport", "energy", "development"})
Rows = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What the platforms of some states bring.

    Attributes
    ----------
    bodies : frozenset of str
        In which they take part, or may.
    norms, powers : (names, rows)
        The norms that these state, and the powers of the study that lead them.
    insulation, gains, standing : (number, rows)
        How many are not led by a given power, are for trade and the like, and state a norm.
    """

    bodies: frozenset[str]
    norms: tuple[Rows, Rows]
    powers: tuple[Rows, Rows]
    insulation: tuple[int, Rows]
    gains: tuple[int, Rows]
    standing: tuple[int, Rows]


def reach(study: Study, own: frozenset[str], on: date, power: str, most_rows: int) -> Reach:
    """What the platforms bring in which any of `own` takes part on a day, with insulation from one power."""
    part = taking_part(study, [on]).filter(pl.col("actor").is_in(own))
    bodies = frozenset(part["body"])
    stated = design_on(study, on, NORMS).filter(pl.col("body").is_in(bodies) & (pl.col("low") == 1.0))
    norm_rows = tuple(dict.fromkeys(row for rows in stated["rows"] for row in rows))[:most_rows]
    led = study.on("leads", on).filter((pl.col("holds") != "no") & pl.col("body").is_in(bodies))
    by_powers = led.filter(pl.col("actor").is_in(study.about.powers))
    issues = {body: set(held) for body, held in study.table("bodies").select("id", "issues").iter_rows()}
    free = bodies - set(led.filter(pl.col("actor") == power)["body"])
    gainful = frozenset(body for body in bodies if issues[body] & GAINS)

    def rows(wanted: frozenset[str]) -> Rows:
        return tuple(part.filter(pl.col("body").is_in(wanted))["row"])[:most_rows]

    return Reach(
        bodies=bodies,
        norms=(tuple(sorted(set(stated["attribute"]))), norm_rows),
        powers=(tuple(sorted(set(by_powers["actor"]))), tuple(by_powers["row"])[:most_rows]),
        insulation=(len(free), rows(free)),
        gains=(len(gainful), rows(gainful)),
        standing=(stated["body"].n_unique(), norm_rows),
    )
