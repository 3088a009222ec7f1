"""Openness of bodies: by hand, and the order in which the thesis that proposes the measure puts four of them."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.errors import UnknownNameError
from chaikhana.measures.openness import WEIGHTINGS, openness
from chaikhana.study.study import Study

DAY = date(1995, 6, 30)
DOUBTFUL = ("without-no-single-lead",)
BODIES = "id,name,form,from,to\norg,Org,formal-organisation,1990-01-01,..\nbare,Bare,informal-platform,1990-01-01,.."
DESIGN = """
body,attribute,value,from,to
org,open-accession,yes,1990-01-01,..
org,geographic-limit,yes,1990-01-01,..
org,binding-decisions,no,1990-01-01,..
org,delegation,low,1990-01-01,..
org,common-external-tariff,not-applicable,1990-01-01,..
org,free-trade-area,yes,1990-01-01,..
"""
OBSERVER = "actor,body,status,from,to\naaa,org,member,1990-01-01,..\nxxx,org,observer,1991-01-01,.."


def row(tiny, body: str = "org", **tables: str) -> dict:
    frame = openness(tiny(**{"bodies": BODIES, "design": DESIGN, **tables}), DAY).frame
    return frame.filter(frame["body"] == body).row(0, named=True)


def test_by_hand(tiny) -> None:
    """Discrimination: free trade 0, bases 0 to 1: 0 to ½. Accession: 1, 0, 1 (an observer): ⅔. Obligations: 1, 0 to 1, ⅔:
    5/9 to 8/9. Lead: 0 to 1. The tariff does not apply: over four."""
    found = row(tiny, memberships=OBSERVER)
    assert found["openness_low"] == pytest.approx((2 / 3 + 5 / 9) / 4, abs=1e-4)
    assert found["openness_high"] == pytest.approx((1 / 2 + 2 / 3 + 8 / 9 + 1) / 4, abs=1e-4)
    assert (found["known"], found["of"]) == (6, 9)
    assert "memberships:3" in found["rows"]


def test_that_no_outsider_is_seen_at_the_table_does_not_say_there_is_none(tiny) -> None:
    found = row(tiny)
    assert found["openness_low"] == pytest.approx((1 / 3 + 5 / 9) / 4, abs=1e-4)
    assert found["openness_high"] == row(tiny, memberships=OBSERVER)["openness_high"]


@pytest.mark.parametrize(
    ("leads", "low", "high"),
    [
        ("org,xxx,1990-01-01,..,dominant", 0, 0),
        ("org,xxx,1990-01-01,..,dominant\norg,yyy,1990-01-01,..,co-lead", 1, 1),
        ("org,xxx,1990-01-01,..,co-lead", 0, 1),
        ("org,xxx,1990-01-01,..,founder", 0, 1),
        ("org,xxx,1990-01-01,1992-01-01,dominant", 0, 1),
        ("bare,xxx,1990-01-01,..,dominant", 0, 1),
    ],
)
def test_a_single_lead_where_design_is_silent(leads: str, low: float, high: float, tiny) -> None:
    """Compared with the same study without leads, in which the lead lies between 0 and 1."""
    silent, told = row(tiny), row(tiny, leads=f"body,actor,from,to,kind\n{leads}")
    assert told["openness_low"] - silent["openness_low"] == pytest.approx(low / 4, abs=1e-4)
    assert silent["openness_high"] - told["openness_high"] == pytest.approx((1 - high) / 4, abs=1e-4)
    assert any(name.startswith("leads:") for name in told["rows"]) is (low == high)


def test_design_is_heard_before_the_leads(tiny) -> None:
    said = DESIGN + "org,single-lead,no,1990-01-01,..\n"
    dominant = "body,actor,from,to,kind\norg,xxx,1990-01-01,..,dominant"
    assert row(tiny, design=said, leads=dominant) == row(tiny, design=said)
    assert row(tiny, design=said)["openness_low"] > row(tiny)["openness_low"]


def test_of_a_body_without_rows_nothing_is_known(tiny) -> None:
    found = row(tiny, "bare")
    assert (found["openness_low"], found["openness_high"], found["known"], found["of"]) == (0, 1, 0, 10)


def test_weightings(tiny) -> None:
    study = tiny(bodies=BODIES, design=DESIGN)
    found = openness(study, DAY, "without-weak-obligations").frame
    value = found.filter(found["body"] == "org")["openness_low"][0]
    assert value == pytest.approx((1 / 3) / 3, abs=1e-4)
    with pytest.raises(UnknownNameError, match="weighting"):
        openness(study, DAY, "unequal")


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_the_order_of_the_thesis(weighting: str, central_asia: Study) -> None:
    """Talka 2018, sections 6.7.4 and 7.2: SCO and ECO are open, CSTO and the Eurasian union closed.

    For SCO it holds whatever dimension is left out; for ECO, of which less is known, against the union always, and against
    CSTO unless the single lead is left out.
    """
    frame = openness(central_asia, date(2018, 5, 1), weighting).frame
    found = {row["body"]: row for row in frame.iter_rows(named=True)}

    def surely(open_: str, closed: str) -> bool:
        return bool(found[open_]["openness_low"] > found[closed]["openness_high"])

    assert surely("sco", "csto")
    assert surely("sco", "eaeu")
    assert surely("eco", "eaeu")
    assert surely("eco", "csto") is (weighting not in DOUBTFUL)


def test_the_small_study(nordic: Study) -> None:
    """EFTA is a free-trade area (0 to ½) without a common tariff (1); all else is open: 0.2 to 0.9."""
    frame = openness(nordic, date(2016, 12, 31)).frame
    found = frame.filter(frame["body"] == "efta").row(0, named=True)
    assert (found["openness_low"], found["openness_high"]) == (0.2, 0.9)
