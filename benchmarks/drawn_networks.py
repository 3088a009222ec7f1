"""A power's access and brokerage through time in drawn networks, whole and with platforms taken away: by the compiled core, and
by the measures of every actor in each network by itself.

The draws are those of `chaikhana whatif central-asia --central-claim`: a network a year, seven times (whole, three sets taken
away, and as many bodies by chance).
"""

from __future__ import annotations

from time import perf_counter

import numpy as np

from chaikhana.methods.drawn_networks import Drawn, measured
from chaikhana.methods.positions import brokers, share_of_ties
from chaikhana.scenario.central_claim import power_sets
from chaikhana.scenario.draws import Ground, drawn, ground, settle
from chaikhana.study.catalogue import open_study
from chaikhana.study.membership import year_ends

DRAWS, SEED, POWER = 6, 1, "rus"


def one_by_one(held: Ground, draw: Drawn) -> None:
    """Every network made anew and every actor measured, as the measure access-brokerage does."""
    for at, day in enumerate(held.days):
        today = day.toordinal()
        there = (draw.begins <= today) & (today < draw.ends)
        there &= (held.lives[held.body, 0] <= today) & (today < held.lives[held.body, 1])
        ties = np.zeros((len(held.actors), len(held.bodies)))
        np.maximum.at(ties, (held.actor[there], held.body[there]), draw.weight[there])
        ties[:, ~draw.inside] = 0.0
        alive = np.flatnonzero((ties > 0).any(axis=0))
        gone: list[np.ndarray] = [alive[:0]]
        for without in draw.without:
            some = np.flatnonzero(without & (ties > 0).any(axis=0))
            gone += [some, draw.shuffled[np.isin(draw.shuffled, alive)][: len(some)]]
        for taken in gone:
            left = ties.copy()
            left[:, taken] = 0.0
            share_of_ties(left, left, draw.counts[at], draw.counts[at])
            brokers(left, left)


def main() -> None:
    """Print the two times and their ratio."""
    study = open_study("central-asia")
    held = ground(study, year_ends(study))
    days = np.array([day.toordinal() for day in held.days], dtype=np.int64)
    me = held.actors.index(POWER)
    draws = []
    for number in range(DRAWS):
        chosen, rng = settle(number, SEED)
        draws.append(drawn(held, chosen, rng, power_sets(held, POWER, chosen, rng)))
    for draw in draws[:3]:
        measured(draw, held.actor, held.body, held.lives, days, held.always, me)
    begun = perf_counter()
    for draw in draws:
        measured(draw, held.actor, held.body, held.lives, days, held.always, me)
    ours = (perf_counter() - begun) / DRAWS
    begun = perf_counter()
    for draw in draws:
        one_by_one(held, draw)
    theirs = (perf_counter() - begun) / DRAWS
    print(
        f"One draw of {len(held.days)} years: {1000 * ours:.0f} ms compiled for one power, {1000 * theirs:,.0f} ms one by one "
        f"for all; {theirs / ours:,.0f} times"
    )


if __name__ == "__main__":
    main()
