"""Before and after joining: other memberships and trade beyond the region, counted by hand."""

from __future__ import annotations

from datetime import date

from chaikhana.measures.joining import Joined, grown, joined


def one(before, after, trade=None):
    return Joined(
        actor="x", body="b", day=date(2000, 1, 1), years=3, others=(before, after), trade=trade, row="r"
    )


def test_what_grew_is_counted():
    assert grown([one(1, 2, (0.5, 0.6)), one(2, 2, (0.6, 0.5)), one(3, 2)]) == (1, 1, 2)
    assert grown([]) == (0, 0, 0)


def test_a_joining_too_near_the_day_is_left_out(central_asia):
    early, late = (joined(central_asia, date(year, 12, 31), [3]) for year in (2003, 2020))
    assert len(early) < len(late)
    assert all(found.day.year + 3 <= 2003 for found in early)


def test_counts_of_one_state_against_its_memberships(central_asia):
    """Kazakhstan and the EAEU: the slow twin counts certain ties on the two days."""
    found = next(
        found
        for found in joined(central_asia, date(2020, 12, 31), [3])
        if (found.actor, found.body) == ("kaz", "eaeu")
    )
    inside = ("founder-member", "member", "associate")
    for day, counted in zip((date(2012, 1, 1), date(2018, 1, 1)), found.others, strict=True):
        bodies = {
            row["body"]
            for row in central_asia.on("memberships", day).iter_rows(named=True)
            if row["actor"] == "kaz"
            and row["status"] in inside
            and row["body"] != "eaeu"
            and row["from_latest"] <= day < row["to_earliest"]
        }
        assert counted == len(bodies)
