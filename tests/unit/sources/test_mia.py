"""International authority: dimensions, components under the provider's names, mechanisms that an organisation has not."""

from __future__ import annotations

from chaikhana.sources.mia import COMPONENTS, DISPUTES, ID
from samples.mia import SAMPLES


def test_authority_cell_by_cell(add_sample) -> None:
    authority = add_sample(ID, SAMPLES).table("authority")
    first = ["body", "name", "year", "delegation", "pooling", "general_purpose", "inception", "DS_sum_st"]
    assert authority.columns == [*first, *COMPONENTS, *DISPUTES]
    assert authority.select(first).rows() == [
        ("CIS/SNG", "CIS", 1992, 0.125, 0.5, True, 1992, 0.0),
        ("CIS/SNG", "CIS", 1993, 0.25, 0.5, True, 1992, 0.0),
        ("OAU/ AU", "AU", 2000, 0.375, 0.75, True, 1963, 0.5),
        ("OPEC", "OPEC", 2000, 0.0, 0.0, False, 1960, 0.0),
    ]
    assert authority.select(
        "delpolicy", "poolbudget", "del_final", "coverage1", "tribunal3", "DS_sum3"
    ).rows() == [
        (0.125, 0.125, 0.5, None, None, 0.0),
        (0.25, 0.25, 0.5, 0.0, None, 0.0),
        (0.5, 0.5, 0.25, 1.0, 1.0, 3.5),
        (0.0, 0.0, 0.0, 0.0, None, 0.0),
    ]


def test_components_are_the_six_decisions_and_two_stages_twice() -> None:
    assert COMPONENTS == (
        "delaccess", "delsuspens", "delconstit", "delbudget", "delcompliance", "delpolicy",
        "poolaccess", "poolsuspens", "poolconstit", "poolbudget", "poolcompliance", "poolpolicy",
        "del_agenda", "del_final", "poolagenda", "poolfinal",
    )  # fmt: skip
    assert len(DISPUTES) == 24
