"""What a scenario does to access and brokerage in many networks that the study allows, beside what chance would do.

What it is: the positions of the region's members and the powers on a day, before and after, within the same draws (`draws`).
Where the scenario takes bodies away, each draw also takes as many at random.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from chaikhana.methods.arrays import Floats
from chaikhana.methods.drawn_networks import measured
from chaikhana.scenario.central_claim import POSITIONS
from chaikhana.scenario.draws import drawn, grounds, settle
from chaikhana.scenario.laying import Laid
from chaikhana.scenario.over_draws import DRAWN, MOST, Say, each_draw, in_range, interval, named, share_above

DRAWS = 200


def positions(
    laid: Laid, on: date | None = None, draws: int = DRAWS, seed: int = 1, say: Say = lambda *_: None
) -> pl.DataFrame:
    """Access and brokerage of members and powers on a day, before and after, over draws.

    Returns
    -------
    polars.DataFrame
        Columns actor, position (access or brokerage), before, after (medians), change, change_low, change_high (the middle 95 per
        cent of the differences within draws), chance, chance_low, chance_high, beyond (the share of draws in which the scenario
        raises it more than chance does): the last four null where no body is removed.

    Raises
    ------
    BadValueError
        If the number of draws cannot be.
    """
    in_range(draws, MOST, DRAWN)
    about = laid.base.about
    day = on or about.last_day
    before, after = grounds((laid.base, laid.study), [day])
    shown = [actor for actor in (*about.members, *about.powers) if actor in before.actors]
    removed = np.isin(before.bodies, laid.removed)
    sets = removed[None, :] if removed.any() else np.zeros((0, len(removed)), dtype=np.bool_)
    none = np.zeros((0, len(removed)), dtype=np.bool_)
    days = np.array([day.toordinal()], dtype=np.int64)

    def one(number: int) -> Floats:
        chosen, rng = settle(number, seed)
        state = rng.bit_generator.state
        first = drawn(before, chosen, rng, sets)
        rng.bit_generator.state = state
        second = drawn(after, chosen, rng, none)
        found = np.full((len(shown), 3, 2), np.nan)
        for at, actor in enumerate(shown):
            me = before.actors.index(actor)
            was = measured(first, before.actor, before.body, before.lives, days, before.always, me)[0]
            found[at, 0] = was[0]
            found[at, 1] = measured(second, after.actor, after.body, after.lives, days, after.always, me)[
                0, 0
            ]
            if len(sets):
                found[at, 2] = was[2]
        return found

    values = np.stack(each_draw(one, draws, say))
    rows = []
    for at, actor in enumerate(shown):
        for which, position in enumerate(POSITIONS):
            was, is_now, lost = values[:, at, :, which].T
            rows.append(
                {
                    "actor": actor,
                    "position": position,
                    "before": interval(was)[0],
                    "after": interval(is_now)[0],
                    **named("change", interval(is_now - was)),
                    **named("chance", interval(lost - was)),
                    "beyond": share_above(is_now - lost),
                }
            )
    return pl.DataFrame(rows).with_columns(pl.col(pl.Float64).fill_nan(None))
