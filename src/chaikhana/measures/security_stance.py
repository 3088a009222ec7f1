"""How far each state goes along with security cooperation: what it joins, what it proposes, what it refuses.

Reference: Mayer 2021, sections 4 and 6, which tells of preferences and derives them from such acts. Reads memberships, parties,
episodes. Only frameworks in which two members of the region or more take part count as offers, whether or not outsiders do.
A state that joins may still want little; a stance is what it does, not what it thinks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.study.study import Study

TOWARDS = ("proposal", "accession", "support", "creation", "invitation", "exercise")
Offer = tuple[tuple[str, ...], tuple[str, ...]]
AWAY = ("refusal", "withdrawal", "suspension", "border-closure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What a state does about security cooperation.

    Attributes
    ----------
    joined, offered : int
        Security bodies and agreements of two members or more that stand: in how many it surely takes part, of how many.
    acts : tuple of (years before the day, +1 or -1, row)
        Its acts towards security cooperation and away from it.
    """

    joined: int
    offered: int
    rows: tuple[str, ...]
    acts: tuple[tuple[float, int, str], ...]

    def willing(self, by: str, window: float, weigh: float) -> float | None:
        """From 0 (joins nothing, refuses) to 1; none where nothing tells.

        Parameters
        ----------
        by : {"joining", "acts", "both"}
        window : float
            Years back in which acts count.
        weigh : float
            The weight of acts beside joining, where both tell.
        """
        joining = self.joined / self.offered if self.offered else None
        kept = [sign for age, sign, _ in self.acts if age <= window]
        acting = sum(sign > 0 for sign in kept) / len(kept) if kept else None
        if by == "joining" or (by == "both" and acting is None):
            return joining
        if by == "acts" or joining is None:
            return acting
        return None if acting is None else (joining + weigh * acting) / (1 + weigh)


def stances(study: Study, on: date, offered: Sequence[Offer], issues: frozenset[str]) -> dict[str, Stance]:
    """The stance of each member on a day.

    Parameters
    ----------
    offered : sequence of (members, rows)
        Security bodies and agreements of two members or more that stand on the day, each with those that surely take part.
    issues : frozenset of str
        Which issues of episodes are security.
    """
    acts = study.table("episodes").filter(
        (pl.col("date") != "")
        & (pl.col("date_latest") <= on)
        & (pl.col("date_latest") >= study.about.first_day)
        & pl.col("act").is_in([*TOWARDS, *AWAY])
        & (pl.col("issues").list.set_intersection(list(issues)).list.len() > 0)
    )
    told = [
        ((on - day).days / 365.25, 1 if act in TOWARDS else -1, set(actors), row)
        for day, act, actors, row in acts.select("date_latest", "act", "actors", "row").iter_rows()
    ]
    return {
        state: Stance(
            joined=sum(state in members for members, _ in offered),
            offered=len(offered),
            rows=tuple(
                dict.fromkeys(row for members, rows in offered if state in members for row in rows[:2])
            ),
            acts=tuple((age, sign, row) for age, sign, actors, row in told if state in actors),
        )
        for state in study.about.members
    }
