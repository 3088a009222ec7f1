"""Calibration, cases, expectations, exclusions, necessity and robustness, by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaikhana.errors import BadValueError, ComparisonError, UnknownNameError
from chaikhana.methods import qca
from chaikhana.methods.qca.implicants import in_order
from chaikhana.methods.qca.terms import parsed, read_literal, written

DATA = {
    "case": ["a", "b", "c", "d", "e", "f"],
    "A": [1, 1, 1, 0, 0, 0],
    "B": [1, 0, 0, 1, 0, 1],
    "C": [0, 0, 1, 1, 0, 0],
    "Y": [1, 1, 0, 0, 0, 1],
}
RISING = qca.Anchors(out=0, crossover=5, full=10, reason="by hand")


def made(**changed: list[float]) -> qca.Cases:
    return qca.cases(DATA | changed, "Y", ["A", "B", "C"], case="case")


def terms(found: qca.Solution) -> list[list[str]]:
    return [[term.term for term in model.terms] for model in found.models]


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_direct_calibration_rises_with_the_raw_value_and_falls_with_falling_anchors(
    low: float, high: float
) -> None:
    low, high = sorted((low, high))
    scores = qca.direct([low, high], RISING).scores
    assert 0 < scores[0] <= scores[1] < 1
    falling = qca.direct([low, high], qca.Anchors(out=10, crossover=5, full=0, reason="by hand")).scores
    assert np.allclose(falling, 1 - scores[::1], atol=1e-12)


def test_direct_calibration_at_its_anchors_and_of_the_unknown() -> None:
    found = qca.direct([0, 5, 10, np.nan], RISING)
    assert np.allclose(found.scores[:3], [0.05, 0.5, 0.95])
    assert np.isnan(found.scores[3])
    assert found.method == "direct: out at 0, crossover at 5, in at 10"


@pytest.mark.parametrize("points", [(0, 0, 10), (0, 11, 10), (0, 5, float("inf"))])
def test_anchors_that_are_none(points: tuple[float, float, float]) -> None:
    with pytest.raises(BadValueError, match="anchor"):
        qca.direct([1.0], qca.Anchors(out=points[0], crossover=points[1], full=points[2], reason="by hand"))


def test_anchors_want_a_reason() -> None:
    with pytest.raises(BadValueError, match="Anchors want a reason"):
        qca.direct([1.0], qca.Anchors(out=0, crossover=5, full=10, reason=" "))


def test_thresholds_recoding_and_the_indirect_method() -> None:
    assert qca.multi_value([1, 5, 9, np.nan], (5, 8), "by hand").scores.tolist()[:3] == [0, 1, 2]
    assert qca.crisp([1, 5], 5, "by hand").scores.tolist() == [0, 1]
    assert qca.recoded([1, 2], {1: 0.0, 2: 0.67}, "by hand").scores.tolist() == [0, 0.67]
    with pytest.raises(BadValueError, match=r"The value 3 has no score\. Scored: 1, 2"):
        qca.recoded([3], {1: 0.0, 2: 0.67}, "by hand")
    found = qca.indirect(np.arange(20.0), (3, 7, 11, 15, 18), "by hand").scores
    assert (np.diff(found) > 0).all() and found[0] < 0.15 and found[-1] > 0.85
    with pytest.raises(BadValueError, match="one degree"):
        qca.indirect([1.0, 2.0], (5,), "by hand")
    with pytest.raises(BadValueError, match="numbers that rise"):
        qca.multi_value([1.0], (5, 5), "by hand")


def test_a_frame_of_numbers_or_of_text_says_the_same() -> None:
    as_text = {name: [str(value) for value in values] for name, values in DATA.items()}
    numbers, text = made(), qca.cases(pl.DataFrame(as_text), "Y", ["A", "B", "C"], case="case")
    assert (numbers.scores == text.scores).all() and numbers.kinds == text.kinds == ("crisp",) * 3


def test_missing_is_refused_or_left_out_and_told() -> None:
    holes = DATA | {"A": [None, 1, 1, 0, 0, 0]}
    with pytest.raises(BadValueError, match="row 1, a: A"):
        qca.cases(holes, "Y", ["A", "B"], case="case")
    kept = qca.cases(holes, "Y", ["A", "B"], case="case", drop_missing=True)
    assert kept.dropped == ("a",) and kept.notes[0] == "Left out, since a score is missing: a."


def test_neither_in_nor_out_is_in_no_row_and_still_counts_in_the_fit() -> None:
    given_cases = made(A=[0.5, 0.9, 0.8, 0.1, 0.2, 0.3])
    table = qca.truth_table(given_cases)
    assert table.unplaced == ("a",)
    assert "A is exactly 0.5 in a" in " ".join(given_cases.notes)


def test_either_value_stands_in_both_rows() -> None:
    table = qca.truth_table(made(C=["dc", 0, 1, 1, 0, 0]))  # type: ignore[arg-type]
    assert [row.values for row in table.rows if "a" in row.cases] == [(1, 1, 0), (1, 1, 1)]


def test_an_outcome_by_its_value_or_its_negation() -> None:
    many = DATA | {"Y": [2, 2, 1, 0, 0, 2]}
    assert qca.cases(many, "Y{2}", ["A"], case="case").result.tolist() == [1, 1, 0, 0, 0, 1]
    assert qca.cases(DATA, "~Y", ["A"], case="case").result.tolist() == [0, 0, 1, 1, 1, 0]
    assert qca.negated(qca.negated(made())).outcome == "Y"


def test_expectations_between_the_two_other_solutions() -> None:
    """Nothing expected is the conservative solution; what is expected must be among the values."""
    table = qca.truth_table(made(), inclusion_cut=1)
    strict = qca.solve(table, "conservative")
    assert terms(qca.solve(table, "intermediate")) == terms(strict)
    with pytest.raises(BadValueError, match="values 0 to 1"):
        qca.solve(table, "intermediate", expect={"A": 2})
    with pytest.raises(UnknownNameError):
        qca.solve(table, "intermediate", expect={"Z": 1})


def test_what_is_excluded_is_not_assumed() -> None:
    few = qca.chosen_cases(made(), lambda name: name in "abcd")
    table = qca.truth_table(few, inclusion_cut=1)
    free = qca.solve(table)
    assert terms(free) == [["~C"]]
    assumed = {tuple(row) for model in free.models for row in free.simplifying(model).tolist()}
    assert assumed
    barred = next(iter(assumed))
    text = written(barred, table.cases.conditions, False)
    held = qca.solve(table, exclude=[text])
    assert all(
        barred not in {tuple(row) for row in held.simplifying(model).tolist()} for model in held.models
    )


def test_the_enhanced_solution_assumes_nothing_twice() -> None:
    """No remainder is assumed of the outcome and of its negation at once."""
    given_cases = made()
    other = qca.truth_table(qca.negated(given_cases), inclusion_cut=1)
    of_outcome = qca.solve(qca.truth_table(given_cases, inclusion_cut=1), "enhanced")
    of_negation = qca.solve(other)
    for model in of_outcome.models:
        mine = {tuple(row) for row in of_outcome.simplifying(model).tolist()}
        for against in of_negation.models:
            assert not mine & {tuple(row) for row in of_negation.simplifying(against).tolist()}


def test_necessity_by_hand() -> None:
    """Inclusion, coverage and relevance of a fuzzy condition as their formulas say."""
    a, y = np.array([0.9, 0.8, 0.6, 0.2]), np.array([0.8, 0.9, 0.3, 0.1])
    given_cases = qca.cases({"A": a, "B": [1, 0, 1, 0], "Y": y}, "Y", ["A", "B"])
    one = next(one for one in qca.necessity(given_cases) if one.expression == "A")
    both = np.minimum(a, y)
    assert one.inclusion == pytest.approx(both.sum() / y.sum())
    assert one.coverage == pytest.approx(both.sum() / a.sum())
    assert one.relevance == pytest.approx((1 - a).sum() / (1 - both).sum())
    found = qca.necessity(given_cases, inclusion_cut=0.9, relevance_cut=0)
    passing = [set(one.expression.split(" + ")) for one in found if one.passes]
    assert not any(small < large for small in passing for large in passing)


def test_robustness_runs_every_change_and_says_what_fails() -> None:
    found = qca.solve(qca.truth_table(made(), inclusion_cut=0.9))
    swapped = {"by hand": {"other A": made(A=[0, 1, 1, 0, 0, 1])}}
    tried = qca.robustness(found, inclusion_cuts=(0.8, 1.0), n_cuts=(1, 3), variants=swapped)
    assert {run.changed for run in tried.runs} == {
        "cut-offs", "a case left out", "a condition left out", "by hand",
    }  # fmt: skip
    assert sum(run.changed == "a case left out" for run in tried.runs) == 6
    assert any(run.failed for run in tried.runs if run.what == "inclusion 1, cases 3")
    for one in tried.terms:
        assert one.every <= one.some <= one.related <= len(tried.runs)
        assert sum(stands for _, stands, _ in one.by_change) == one.some


def test_terms_are_read_as_they_are_written() -> None:
    names = ("A", "B", "C")
    assert read_literal("~A") == ("A", 0) and read_literal("A{2}") == ("A", 2)
    read = parsed("A*~B + C{2}", names, (2, 2, 3))
    assert [written(tuple(row), names, True) for row in read] == ["A{1}*B{0}", "C{2}"]
    assert written((-1, -1, -1), names, False) == "1"


def test_order_of_terms_with_many_values_is_that_with_few() -> None:
    """The number that terms are sorted by would not fit; the slower way gives the same order."""
    rng = np.random.default_rng(2)
    few = rng.integers(-1, 2, (50, 6)).astype(np.int8)
    wide = np.concatenate([few, np.full((50, 40), -1, dtype=np.int8)], axis=1)
    wide[0, 6:] = 19
    few_sorted = [tuple(row) for row in in_order(few[1:])]
    assert [tuple(row[:6]) for row in in_order(wide) if (row[6:] == -1).all()] == few_sorted


def test_a_bound_on_time_is_kept_and_told() -> None:
    """All irredundant models of a crowded table: more than the listing, counted as at least so many."""
    rng = np.random.default_rng(4)
    data = {name: rng.integers(0, 2, 120).tolist() for name in "ABCDEFGH"}
    data["Y"] = rng.integers(0, 2, 120).tolist()
    table = qca.truth_table(qca.cases(data, "Y", list("ABCDEFGH")), inclusion_cut=1)
    found = qca.solve(table, every=True, most=20, seconds=0.5)
    assert not found.enumerated and len(found.models) == 20 <= found.count
    assert found.fewest <= min(len(model.terms) for model in found.models)


def test_too_many_conditions_are_refused_before_any_search() -> None:
    data = {f"C{i}": [0, 1] for i in range(25)} | {"Y": [0, 1]}
    with pytest.raises(BadValueError, match="25 conditions are too many"):
        qca.cases(data, "Y", [f"C{i}" for i in range(25)])


def test_no_positive_row_names_the_nearest() -> None:
    with pytest.raises(ComparisonError, match=r"the nearest is ~A with 0\.333"):
        qca.solve(qca.truth_table(qca.cases(DATA | {"Y": [0, 0, 0, 1, 0, 0]}, "Y", ["A"], case="case")))
