"""Agreement of all pairs by matrix products, against loops that a reader can follow."""

from __future__ import annotations

from collections import Counter
from math import isnan, nan
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chaikhana.methods.agreement import all_pairs, median_choice

Table = np.ndarray
tables = st.tuples(st.integers(1, 5), st.integers(0, 12)).flatmap(
    lambda shape: arrays(np.int8, shape, elements=st.integers(-1, 2))
)


def slow_pair(one: list[int], other: list[int]) -> dict[str, float]:
    """Häge (2011): one minus observed over expected disagreement, vote by vote."""
    both = [(a, b) for a, b in zip(one, other, strict=True) if a >= 0 and b >= 0]
    total = len(both)
    if not total:
        return {"votes": 0, "share": nan, "agreement": nan, "kappa": nan, "pi": nan}
    observed = sum(abs(a - b) / 2 for a, b in both) / total
    first, second = Counter(a for a, _ in both), Counter(b for _, b in both)
    by_own = by_pool = 0.0
    for a in range(3):
        for b in range(3):
            distance = abs(a - b) / 2
            by_own += distance * (first[a] / total) * (second[b] / total)
            pooled = [(first[value] + second[value]) / (2 * total) for value in (a, b)]
            by_pool += distance * pooled[0] * pooled[1]
    return {
        "votes": total,
        "share": sum(a == b for a, b in both) / total,
        "agreement": 1 - observed,
        "kappa": 1 - observed / by_own if by_own else nan,
        "pi": 1 - observed / by_pool if by_pool else nan,
    }


@given(tables)
def test_all_pairs_agrees_with_its_slow_twin(choices: Table) -> None:
    found = all_pairs(choices)
    for i, one in enumerate(choices.tolist()):
        for j, other in enumerate(choices.tolist()):
            for name, value in slow_pair(one, other).items():
                fast = float(getattr(found, name)[i, j])
                assert fast == pytest.approx(value, abs=1e-9, nan_ok=True), (name, i, j)


@given(tables)
def test_bounds_of_the_figures(choices: Table) -> None:
    found = all_pairs(choices)
    for i in range(len(choices)):
        for j in range(len(choices)):
            share, agreement = found.share[i, j], found.agreement[i, j]
            if isnan(share):
                assert found.votes[i, j] == 0
                continue
            assert 0 <= share <= agreement + 1e-9 <= 1 + 2e-9
            for corrected in (found.kappa[i, j], found.pi[i, j]):
                assert isnan(corrected) or corrected <= agreement + 1e-9
            assert (
                isnan(found.pi[i, j])
                or isnan(found.kappa[i, j])
                or found.pi[i, j] <= found.kappa[i, j] + 1e-9
            )


@given(tables, st.randoms(use_true_random=False))
def test_relabelling_voters_and_roll_calls_changes_nothing(choices: Table, random) -> None:
    voters, calls = list(range(choices.shape[0])), list(range(choices.shape[1]))
    random.shuffle(voters)
    random.shuffle(calls)
    before, after = all_pairs(choices), all_pairs(choices[voters][:, calls])
    for name in ("votes", "share", "agreement", "kappa", "pi"):
        np.testing.assert_allclose(
            getattr(after, name), getattr(before, name)[np.ix_(voters, voters)], atol=1e-9
        )


@given(tables)
def test_turning_yes_and_no_round_changes_nothing(choices: Table) -> None:
    turned = np.where(choices >= 0, 2 - choices, choices).astype(np.int8)
    for name in ("votes", "share", "agreement", "kappa", "pi"):
        np.testing.assert_allclose(
            getattr(all_pairs(turned), name), getattr(all_pairs(choices), name), atol=1e-9
        )


@given(tables)
def test_median_choice_agrees_with_its_slow_twin(choices: Table) -> None:
    expected = []
    for column in choices.T.tolist():
        cast = [vote for vote in column if vote >= 0]
        middle = median(cast) if cast else -1
        expected.append({0.5: 1, 1.5: 1}.get(middle, int(middle)))
    assert median_choice(choices).tolist() == expected
