"""Shares over members who may all be in doubt: the ends are taken over the worlds in which the share is defined."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.measures.exclusivity import exclusivity

MIDDLE = date(1995, 6, 30)


@pytest.mark.parametrize(
    ("actors", "low", "high"),
    [(("aaa",), 1, 1), (("xxx",), 0, 0), (("aaa", "xxx"), 0, 1)],
)
def test_where_every_member_is_in_doubt(actors: tuple[str, ...], low: float, high: float, tiny) -> None:
    study = tiny(
        bodies="id,name,form,from,to\norg,Org,formal-organisation,1990,..",
        memberships="\n".join(
            ["actor,body,status,from,to", *(f"{actor},org,member,1995?,.." for actor in actors)]
        ),
    )
    row = exclusivity(study, MIDDLE).frame.row(0, named=True)
    assert (row["exclusivity_low"], row["exclusivity_high"]) == (low, high)
