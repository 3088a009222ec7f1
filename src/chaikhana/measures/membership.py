"""Membership: who is in what, as what, on a date.

Reads memberships. Returns one row an actor and body with its status and whether that is certain. The status is the
closest tie that holds; spells whose dates leave the day open are given as *unknown*.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.study.membership import ties
from chaikhana.study.study import Study


def membership(study: Study, day: date) -> Measured:
    """Every tie of every actor on `day`."""
    frame = ties(study, [day]).with_columns(rows=pl.concat_list("row")).drop("row", "day")
    return Measured(
        name="membership",
        title=f"Who is in what on {day}",
        definition="The closest status that an actor holds in a body on the day.",
        reference="study table memberships",
        frame=frame.sort("actor", "body"),
        assumptions=("A pair without a row is taken as outside.",),
    )
