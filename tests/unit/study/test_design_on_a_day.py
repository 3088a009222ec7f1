"""The design of bodies on a day: grades as numbers, and what dates and unknowns leave open."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.errors import BadValueError
from chaikhana.study.design import design_on

DAY = date(1995, 6, 30)
BODIES = (
    "id,name,form,from,to\norg,Org,formal-organisation,1990-01-01,..\ngone,Gone,formal-organisation,1990,1992"
)


def bounds(tiny, rows: str, attribute: str, undated: str = "stands", day: date = DAY):
    study = tiny(bodies=BODIES, design=f"body,attribute,value,from,to\n{rows}")
    frame = design_on(study, day, [attribute], undated)  # type: ignore[arg-type]
    assert frame["body"].to_list() == ["org"]
    return frame.row(0, named=True)


@pytest.mark.parametrize(
    ("attribute", "value", "low", "high"),
    [
        ("charter", "yes", 1, 1),
        ("charter", "no", 0, 0),
        ("charter", "unknown", 0, 1),
        ("charter", "not-applicable", None, None),
        ("delegation", "none", 0, 0),
        ("delegation", "low", 1 / 3, 1 / 3),
        ("delegation", "high", 1, 1),
        ("precision", "low", 0, 0),
        ("precision", "medium", 0.5, 0.5),
        ("dispute-settlement", "arbitration", 2 / 3, 2 / 3),
        ("dispute-settlement", "court", 1, 1),
    ],
)
def test_a_value_is_a_number(attribute: str, value: str, low: float, high: float, tiny) -> None:
    row = bounds(tiny, f"org,{attribute},{value},1990-01-01,..", attribute)
    assert (row["low"], row["high"]) == (low, high)
    assert row["rows"] == ["bodies:2", "design:2"]


def test_without_a_row_nothing_is_known(tiny) -> None:
    row = bounds(tiny, "org,charter,yes,1990-01-01,..", "secretariat")
    assert (row["low"], row["high"], row["rows"]) == (0, 1, ["bodies:2"])


@pytest.mark.parametrize("dates", [",", ",..", "1990-01-01,"])
def test_a_statement_without_dates_stands_or_is_unknown(dates: str, tiny) -> None:
    row = f"org,pooling,medium,{dates}"
    stands, unknown = bounds(tiny, row, "pooling"), bounds(tiny, row, "pooling", "unknown")
    assert (stands["low"], stands["high"]) == pytest.approx((2 / 3, 2 / 3))
    assert (unknown["low"], unknown["high"]) == (0, 1)
    away = f"org,pooling,not-applicable,{dates}"
    assert bounds(tiny, away, "pooling")["low"] is None
    assert bounds(tiny, away, "pooling", "unknown")["low"] == 0


@pytest.mark.parametrize("undated", ["stands", "unknown"])
def test_on_the_days_of_a_change_both_values_are_possible(undated: str, tiny) -> None:
    """Known to the year 1995 only: on a day of it, the old grade or the new."""
    rows = "org,pooling,none,1990-01-01,1995\norg,pooling,medium,1995,.."
    found = bounds(tiny, rows, "pooling", undated)
    if undated == "stands":
        assert (found["low"], found["high"]) == pytest.approx((0, 2 / 3))
    else:
        assert (found["low"], found["high"]) == (0, 1)
    for day, value in ((date(1994, 12, 31), 0), (date(1996, 1, 1), 2 / 3)):
        exact = bounds(tiny, rows, "pooling", undated, day)
        assert (exact["low"], exact["high"]) == pytest.approx((value, value))


def test_a_row_that_does_not_apply_gives_way_to_one_that_may(tiny) -> None:
    rows = "org,charter,not-applicable,,..\norg,charter,yes,1990-01-01,.."
    found = bounds(tiny, rows, "charter")
    assert (found["low"], found["high"]) == (1, 1)


def test_strange_attributes_and_readings_are_told(tiny) -> None:
    study = tiny(bodies=BODIES)
    with pytest.raises(BadValueError, match=r"no design attribute ‘chatter’.*charter"):
        design_on(study, DAY, ["chatter"])
    with pytest.raises(BadValueError, match="Allowed: stands, unknown"):
        design_on(study, DAY, ["charter"], "perhaps")  # type: ignore[arg-type]
