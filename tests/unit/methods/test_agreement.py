"""Agreement between voters: numbers worked by hand after Häge (2011), doi:10.1093/pan/mpr023."""

from __future__ import annotations

import numpy as np
import pytest

from chaikhana.methods.agreement import all_pairs, median_choice

NO, ABSTAIN, YES, ABSENT = 0, 1, 2, -1


def table(*rows: list[int]) -> np.ndarray:
    return np.array(rows, dtype=np.int8)


def test_two_voters_without_abstentions_give_the_textbook_kappa_and_pi() -> None:
    """Observed agreement 3/4; by chance 1/2 (kappa), 17/32 (pi): Cohen's 1/2 and Scott's 7/15."""
    found = all_pairs(table([YES, YES, NO, NO], [YES, NO, NO, NO]))
    assert found.votes[0, 1] == 4
    assert found.share[0, 1] == pytest.approx(3 / 4)
    assert found.agreement[0, 1] == pytest.approx(3 / 4)
    assert found.kappa[0, 1] == pytest.approx(1 / 2)
    assert found.pi[0, 1] == pytest.approx(7 / 15)


def test_an_abstention_is_half_way() -> None:
    """Distances ½, 0, 1; expected disagreement 7/18 (kappa) and 13/36 (pi)."""
    found = all_pairs(table([YES, ABSTAIN, NO], [ABSTAIN, ABSTAIN, YES]))
    assert found.share[0, 1] == pytest.approx(1 / 3)
    assert found.agreement[0, 1] == pytest.approx(1 / 2)
    assert found.kappa[0, 1] == pytest.approx(-2 / 7)
    assert found.pi[0, 1] == pytest.approx(-5 / 13)


def test_only_roll_calls_on_which_both_voted_count() -> None:
    with_gaps = all_pairs(table([YES, YES, NO, NO, YES, ABSENT], [YES, NO, NO, NO, ABSENT, NO]))
    without = all_pairs(table([YES, YES, NO, NO], [YES, NO, NO, NO]))
    for name in ("votes", "share", "agreement", "kappa", "pi"):
        assert getattr(with_gaps, name)[0, 1] == pytest.approx(getattr(without, name)[0, 1])


def test_those_who_never_voted_together_have_no_number() -> None:
    found = all_pairs(table([YES, ABSENT], [ABSENT, NO]))
    assert found.votes[0, 1] == 0
    assert all(np.isnan(getattr(found, name)[0, 1]) for name in ("share", "agreement", "kappa", "pi"))


def test_unanimity_leaves_nothing_to_correct_for_chance() -> None:
    found = all_pairs(table([YES, YES, YES], [YES, YES, YES]))
    assert found.agreement[0, 1] == found.share[0, 1] == 1
    assert np.isnan(found.kappa[0, 1])
    assert np.isnan(found.pi[0, 1])


def test_perfect_agreement_and_perfect_opposition() -> None:
    found = all_pairs(table([YES, NO, YES, NO], [YES, NO, YES, NO], [NO, YES, NO, YES]))
    assert found.kappa[0, 1] == found.pi[0, 1] == pytest.approx(1)
    assert found.agreement[0, 2] == found.share[0, 2] == 0
    assert found.kappa[0, 2] == found.pi[0, 2] == pytest.approx(-1)


def test_every_matrix_is_symmetric() -> None:
    found = all_pairs(np.random.default_rng(1).integers(-1, 3, (6, 20)).astype(np.int8))
    for name in ("votes", "share", "agreement", "kappa", "pi"):
        matrix = getattr(found, name)
        assert matrix.shape == (6, 6)
        np.testing.assert_allclose(matrix, matrix.T)


@pytest.mark.parametrize(
    ("votes", "median"),
    [
        ([YES, YES, NO], YES),
        ([YES, ABSTAIN, NO], ABSTAIN),
        ([YES, NO], ABSTAIN),
        ([YES, ABSTAIN], ABSTAIN),
        ([NO, ABSTAIN], ABSTAIN),
        ([YES, ABSENT, ABSENT], YES),
        ([YES, YES, ABSTAIN, ABSTAIN], ABSTAIN),
        ([ABSENT, ABSENT], ABSENT),
        ([NO, NO, NO, YES], NO),
    ],
)
def test_median_choice(votes: list[int], median: int) -> None:
    found = median_choice(np.array([[vote] for vote in votes], dtype=np.int8))
    assert found.dtype == np.int8
    assert found.tolist() == [median]


def test_median_of_several_roll_calls() -> None:
    assert median_choice(table([YES, ABSENT, NO], [YES, ABSENT, YES], [NO, ABSENT, NO])).tolist() == [
        YES,
        ABSENT,
        NO,
    ]
