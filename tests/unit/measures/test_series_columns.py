"""The columns by which a study knows a series are those that its measure computes."""

from __future__ import annotations

import pytest

from chaikhana.measures import (
    access_brokerage,
    arms_suppliers,
    cohesion,
    contiguity,
    development_gap,
    disputes,
    ideal_points,
    joint_memberships,
    regime_likeness,
    speech_frames,
    trade_partners,
    trade_within,
)
from chaikhana.study.derived import COLUMNS

SERIES = {
    joint_memberships.SERIES: joint_memberships.COLUMNS,
    access_brokerage.SERIES: access_brokerage.COLUMNS,
    ideal_points.SERIES: ideal_points.COLUMNS,
    cohesion.SERIES: cohesion.COLUMNS,
    cohesion.ISSUES: cohesion.ISSUE_COLUMNS,
    trade_within.SERIES: trade_within.COLUMNS,
    trade_partners.SERIES: trade_partners.COLUMNS,
    trade_partners.CONCENTRATION: trade_partners.CONCENTRATION_COLUMNS,
    arms_suppliers.SERIES: arms_suppliers.COLUMNS,
    arms_suppliers.CONCENTRATION: arms_suppliers.CONCENTRATION_COLUMNS,
    regime_likeness.SERIES: regime_likeness.COLUMNS,
    regime_likeness.REGIMES: regime_likeness.REGIMES_COLUMNS,
    disputes.SERIES: disputes.COLUMNS,
    contiguity.SERIES: contiguity.COLUMNS,
    development_gap.SERIES: development_gap.COLUMNS,
    speech_frames.SERIES: speech_frames.COLUMNS,
}


@pytest.mark.parametrize("name", SERIES)
def test_the_columns_are_the_same(name: str) -> None:
    assert COLUMNS[name] == SERIES[name]


@pytest.mark.parametrize("name", SERIES)
def test_the_shipped_study_carries_the_series(name: str, central_asia) -> None:
    assert tuple(central_asia.derived[name].frame.columns) == SERIES[name]
    assert central_asia.derived[name].frame.height
