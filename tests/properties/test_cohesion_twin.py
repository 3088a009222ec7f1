"""Cohesion and agreement by issue by matrix products, against loops that a reader can follow."""

from __future__ import annotations

from itertools import combinations
from math import isnan

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chaikhana.measures.cohesion import by_issue, world
from chaikhana.methods.cohesion import agreement_index, mean_agreement

Table = np.ndarray
# 0 no, 1 abstain, 2 yes, -1 absent, -2 no seat
tables = st.tuples(st.integers(1, 5), st.integers(1, 10)).flatmap(
    lambda shape: arrays(np.int8, shape, elements=st.integers(-2, 2))
)
groups = st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=4)
WORDS = {0: "no", 1: "abstain", 2: "yes", -1: "absent"}


def slow_index(call: list[int]) -> float | None:
    """Hix, Noury and Roland (2005): by counting hands."""
    cast = [vote for vote in call if vote >= 0]
    if len(cast) < 2:
        return None
    most = max(cast.count(vote) for vote in (0, 1, 2))
    return (most - 0.5 * (len(cast) - most)) / len(cast)


def slow_means(choices: list[list[int]]) -> tuple[float | None, float | None, float | None]:
    """Pair by pair, vote by vote."""
    means, lows, highs = [], [], []
    for one, other in combinations(choices, 2):
        agreed, low, high = [], [], []
        for a, b in zip(one, other, strict=True):
            if a == -2 or b == -2:
                continue
            if a == -1 or b == -1:
                low.append(0.0)
                high.append(1.0)
            else:
                agreed.append(1 - abs(a - b) / 2)
                low.append(agreed[-1])
                high.append(agreed[-1])
        if agreed:
            means.append(sum(agreed) / len(agreed))
        if low:
            lows.append(sum(low) / len(low))
            highs.append(sum(high) / len(high))

    def over_pairs(values: list[float]) -> float | None:
        return sum(values) / len(values) if values else None

    return over_pairs(means), over_pairs(lows), over_pairs(highs)


def cut(made_up: list[list[bool]], choices: Table) -> Table:
    """Groups of the voters that there are."""
    return np.array(made_up)[:, : len(choices)]


@given(tables, groups)
def test_the_index_agrees_with_its_slow_twin(choices: Table, made_up: list[list[bool]]) -> None:
    inside = cut(made_up, choices)
    found = agreement_index(np.where(choices == -2, -1, choices).astype(np.int8), inside)
    for values, group in zip(found, inside, strict=True):
        for value, call in zip(values, choices[group].T.tolist(), strict=True):
            expected = slow_index(call)
            assert isnan(value) if expected is None else value == pytest.approx(expected)
            assert expected is None or 0 <= value <= 1


@given(tables, groups)
def test_the_mean_agrees_with_its_slow_twin_and_its_bounds_enclose_it(
    choices: Table, made_up: list[list[bool]]
) -> None:
    inside = cut(made_up, choices)
    found = mean_agreement(np.where(choices == -2, -1, choices).astype(np.int8), choices > -2, inside)
    for place, group in enumerate(inside):
        mean, low, high = slow_means(choices[group].tolist())
        assert isnan(found.mean[place]) if mean is None else found.mean[place] == pytest.approx(mean)
        ends = found.low[place], found.high[place]
        assert ends == ((0, 1) if low is None else pytest.approx((low, high)))
        if mean is not None:
            assert ends[0] - 1e-9 <= found.mean[place] <= ends[1] + 1e-9


def as_frames(choices: Table) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Roll calls in sessions of three."""
    votes = pl.DataFrame(
        [
            (call, f"s{voter}", WORDS[vote])
            for voter, row in enumerate(choices.tolist())
            for call, vote in enumerate(row)
            if vote > -2
        ],
        schema={"rcid": pl.Int32, "actor": pl.String, "vote": pl.String},
        orient="row",
    )
    calls = pl.DataFrame(
        {"rcid": range(choices.shape[1]), "session": [50 + call // 3 for call in range(choices.shape[1])]},
        schema={"rcid": pl.Int32, "session": pl.Int32},
    )
    return votes, calls


@settings(max_examples=60)
@given(tables, st.sets(st.integers(0, 4), min_size=1))
def test_cohesion_of_a_group_agrees_with_its_slow_twin(choices: Table, voters: set[int]) -> None:
    votes, calls = as_frames(choices)
    frame = world(votes, calls, {"group": [f"s{voter}" for voter in sorted(voters)]})
    rows = {row["session"]: row for row in frame.iter_rows(named=True)}
    inside = [row for voter, row in enumerate(choices.tolist()) if voter in voters]
    for session in {50 + call // 3 for call in range(choices.shape[1])}:
        places = [call for call in range(choices.shape[1]) if 50 + call // 3 == session]
        part = [[row[place] for place in places] for row in inside]
        indices = [index for call in zip(*part, strict=True) if (index := slow_index(list(call))) is not None]
        if not indices:
            assert session not in rows
            continue
        row = rows[session]
        assert row["roll_calls"] == len(indices)
        assert row["voters"] == sum(any(vote >= 0 for vote in line) for line in part)
        assert row["agreement_index"] == pytest.approx(sum(indices) / len(indices), abs=1e-4)
        mean, low, high = slow_means(part)
        assert (row["mean_agreement"], row["agreement_low"], row["agreement_high"]) == pytest.approx(
            (mean, low, high), abs=1e-4
        )


@settings(max_examples=60)
@given(tables, st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ab")), unique=True), st.integers(1, 3))
def test_agreement_by_issue_agrees_with_its_slow_twin(
    choices: Table, told: list[tuple[int, str]], window: int
) -> None:
    votes, calls = as_frames(choices)
    issues = pl.DataFrame(told, schema={"rcid": pl.Int32, "issue": pl.String}, orient="row")
    actors = [f"s{voter}" for voter in range(len(choices))]
    frame = by_issue(votes, calls, issues, actors, window)
    seen = [call for call in range(choices.shape[1]) if (choices[:, call] > -2).any()]
    expected = set()
    if seen:
        start, end = (50 + call // 3 for call in (seen[0], seen[-1]))
        for (one, first), (two, second) in combinations(enumerate(choices.tolist()), 2):
            pooled: dict[tuple[str, int], list[float]] = {}
            for call, issue in told:
                if call in seen and first[call] >= 0 and second[call] >= 0:
                    begins = start + (50 + call // 3 - start) // window * window
                    pooled.setdefault((issue, begins), []).append(1 - abs(first[call] - second[call]) / 2)
            expected |= {
                (f"s{one}", f"s{two}", issue, begins, min(begins + window - 1, end), len(values),
                 round(sum(values) / len(values), 3))
                for (issue, begins), values in pooled.items()
            }  # fmt: skip
    assert set(frame.with_columns(pl.col("agreement").round(3)).rows()) == expected
