"""Hardness of bodies: by hand on a body of four known attributes, and what the papers say of bodies that they name."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.errors import UnknownNameError
from chaikhana.measures.hardness import WEIGHTINGS, hardness
from chaikhana.study.study import Study

DAY = date(1995, 6, 30)
BODIES = """
id,name,form,from,to
org,Org,formal-organisation,1990-01-01,..
bare,Bare,informal-platform,1990-01-01,..
gone,Gone,formal-organisation,1990-01-01,1992-01-01
"""
DESIGN = """
body,attribute,value,from,to
org,delegation,medium,1990-01-01,..
org,pooling,none,1990-01-01,..
org,secretariat,yes,1990-01-01,..
org,sanctions,no,1990-01-01,..
org,dispute-settlement,not-applicable,1990-01-01,..
org,consensus-rule,yes,1990-01-01,..
gone,delegation,high,1990-01-01,..
"""


def test_by_hand(tiny) -> None:
    """Delegation ⅔, pooling 0, bindingness 0 to 1, secretariat 1, enforcement 0 to ½; disputes do not apply: over five."""
    frame = hardness(tiny(bodies=BODIES, design=DESIGN), DAY).frame
    assert frame["body"].to_list() == ["org", "bare"]
    row = frame.row(0, named=True)
    assert row["hardness_low"] == pytest.approx((2 / 3 + 1) / 5, abs=1e-4)
    assert row["hardness_high"] == pytest.approx((2 / 3 + 1 + 1 + 0.5) / 5, abs=1e-4)
    assert (row["known"], row["of"]) == (4, 6)
    assert sorted(row["rows"]) == ["bodies:2", *(f"design:{line}" for line in range(2, 7))]
    assert "design:7" not in row["rows"]  # consensus does not count among the six


def test_of_a_body_without_rows_nothing_is_known(tiny) -> None:
    row = hardness(tiny(bodies=BODIES, design=DESIGN), DAY).frame.row(1, named=True)
    assert (row["hardness_low"], row["hardness_high"], row["known"], row["of"]) == (0, 1, 0, 7)
    assert row["rows"] == ["bodies:3"]


def test_weightings(tiny) -> None:
    """Legalisation: obligation 0 to 1, precision 0 to 1, delegation ⅔ alone. With consensus: a seventh dimension of 0."""
    study = tiny(bodies=BODIES, design=DESIGN)
    law = hardness(study, DAY, "legalisation").frame.row(0, named=True)
    assert (law["hardness_low"], law["hardness_high"]) == pytest.approx((2 / 9, 8 / 9), abs=1e-4)
    seven = hardness(study, DAY, "seven-with-consensus").frame.row(0, named=True)
    assert seven["hardness_low"] == pytest.approx((2 / 3 + 1) / 6, abs=1e-4)
    bare = hardness(study, DAY, "seven-with-consensus").frame.row(1, named=True)
    assert (bare["hardness_low"], bare["hardness_high"], bare["of"]) == (0, 1, 8)
    alone = hardness(study, DAY, "without-secretariat").frame.row(0, named=True)
    assert alone["hardness_low"] == pytest.approx((2 / 3) / 4, abs=1e-4)
    ends = [hardness(study, DAY, name).frame.row(0, named=True) for name in WEIGHTINGS]
    assert ends[0]["varied_low"] == min(row["hardness_low"] for row in ends)
    assert ends[0]["varied_high"] == max(row["hardness_high"] for row in ends)
    assert all(row["varied_low"] == ends[0]["varied_low"] for row in ends)
    with pytest.raises(UnknownNameError, match="equal"):
        hardness(study, DAY, "equall")


def test_what_the_papers_say_of_bodies(central_asia: Study) -> None:
    """Moldashev and Qoraboyev 2018: the EU and the EAEU embody hard regionalism, ASEAN soft (introduction, par. 3 and 4)."""
    found = {
        row["body"]: row for row in hardness(central_asia, date(2018, 12, 31)).frame.iter_rows(named=True)
    }
    for hard in ("eaeu", "eu"):
        for soft in ("asean", "ca-consultative-meeting"):
            assert found[hard]["hardness_low"] > found[soft]["hardness_high"]
    assert found["sco"]["hardness_high"] < found["csto"]["hardness_low"] < found["eaeu"]["hardness_low"]


def test_the_small_study(nordic: Study) -> None:
    """The NB8 has no secretariat and no separate structures; its other attributes are unknown."""
    found = {row["body"]: row for row in hardness(nordic, date(2016, 12, 31)).frame.iter_rows(named=True)}
    assert (found["nb8"]["hardness_low"], found["nb8"]["hardness_high"]) == (0, 0.6667)
    assert found["nb8"]["hardness_high"] < found["cbss"]["hardness_high"] == 1
    assert found["nb8"]["known"] == 2


def test_the_strict_reading_is_never_narrower(central_asia: Study) -> None:
    day = date(2016, 12, 31)
    lax, strict = (
        hardness(central_asia, day, undated=reading).frame.sort("body") for reading in ("stands", "unknown")
    )
    assert lax["body"].to_list() == strict["body"].to_list()
    assert (
        strict["hardness_high"] - strict["hardness_low"] >= lax["hardness_high"] - lax["hardness_low"]
    ).all()
    assert strict["known"].sum() < lax["known"].sum()
