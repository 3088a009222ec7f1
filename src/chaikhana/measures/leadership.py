"""Leadership within a region: which members propose, found and invite, and whether one stands out.

Reference: Mayer 2021, section 6, paragraph 5, after Kindleberger: cooperation needs one stabiliser, whom the others accept. Reads
episodes and leads of bodies. A state is a candidate by its share of the region's initiatives; whether others accept it is
not in the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.study.study import Study

INITIATIVES = ("proposal", "creation", "invitation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiatives:
    """The initiatives of members up to a day: years before it, who, the row."""

    found: tuple[tuple[float, str, str], ...]

    def candidates(self, window: float, least: float) -> tuple[Mapping[str, float], tuple[str, ...]]:
        """Members with a share of `least` or more in the initiatives of the last years, each with its share; and all rows."""
        kept = [(actor, row) for age, actor, row in self.found if age <= window]
        counted = Counter(actor for actor, _ in kept)
        shares = {actor: number / len(kept) for actor, number in counted.most_common()}
        rows = tuple(dict.fromkeys(row for _, row in kept))
        return {actor: share for actor, share in shares.items() if share >= least}, rows


def initiatives(study: Study, on: date) -> Initiatives:
    """Proposals, foundings and invitations by single members; what several do together tells of no leader."""
    ours = set(study.about.members)
    acts = study.table("episodes").filter(
        pl.col("act").is_in(INITIATIVES)
        & (pl.col("date") != "")
        & (pl.col("date_latest") <= on)
        & (pl.col("date_latest") >= study.about.first_day)
    )
    return Initiatives(
        found=tuple(
            ((on - day).days / 365.25, actors[0], row)
            for day, actors, row in acts.select("date_latest", "actors", "row").iter_rows()
            if len(actors) == 1 and actors[0] in ours
        )
    )
