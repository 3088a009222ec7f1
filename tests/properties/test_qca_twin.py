"""The set-theoretic engine against a slow, obvious twin: every prime implicant and every model, on thousands of random tables."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.methods import qca
from chaikhana.methods.qca.implicants import FREE, covering, within, without

FEW = 14  # primes above which the twin's every subset is too much


def holds(term, row):
    return all(t in (FREE, r) for t, r in zip(term, row, strict=True))


def twin_primes(positive, allowed, levels):
    """Every term in which a positive row lies and all of whose rows are allowed, unless one with a condition less is such too."""

    def rows_of(term):
        return product(*(range(level) if t == FREE else (t,) for t, level in zip(term, levels, strict=True)))

    implicants = {
        term
        for term in product(*((FREE, *range(level)) for level in levels))
        if any(holds(term, row) for row in positive) and all(row in allowed for row in rows_of(term))
    }
    return {
        term
        for term in implicants
        if not any(
            (*term[:j], FREE, *term[j + 1 :]) in implicants for j in range(len(term)) if term[j] != FREE
        )
    }


def twin_covers(primes, positive, every):
    """Every subset of primes in size order; with `every`, all those that no smaller one lies in, else all of the first size."""
    found = []
    for size in range(1, len(primes) + 1):
        for chosen in combinations(primes, size):
            if all(any(holds(term, row) for term in chosen) for row in positive) and not any(
                set(smaller) <= set(chosen) for smaller in found
            ):
                found.append(chosen)
        if found and not every:
            break
    return {frozenset(chosen) for chosen in found}


def random_table(rng, levels, share):
    """Distinct rows, each positive, negative or not observed."""
    rows = list(product(*(range(level) for level in levels)))
    seen = [rows[i] for i in rng.choice(len(rows), max(2, int(share * len(rows))), replace=False)]
    cut = max(1, int(rng.integers(1, len(seen))))
    return seen[:cut], seen[cut:]


def as_rows(rows, width):
    return np.array(rows, dtype=np.int8).reshape(-1, width)


def as_set(found):
    return {tuple(int(v) for v in row) for row in found}


@pytest.mark.parametrize("seed", range(20))
def test_all_primes_of_random_tables_binary_and_multi_value(seed: int) -> None:
    """2,400 tables of up to five conditions, with two to four values each."""
    rng = np.random.default_rng(seed)
    for _ in range(60):
        levels = tuple(int(v) for v in rng.integers(2, 5, size=rng.integers(1, 6)))
        if np.prod(levels) > 120:
            levels = (2,) * len(levels)
        positive, negative = random_table(rng, levels, rng.uniform(0.1, 1))
        every = set(product(*(range(level) for level in levels)))
        free = without(as_rows(positive, len(levels)), as_rows(negative, len(levels)))
        if negative:
            assert as_set(free) == twin_primes(positive, every - set(negative), levels)
        assert len(free) == len(as_set(free))
        strict = within(as_rows(positive, len(levels)), np.array(levels))
        assert as_set(strict) == twin_primes(positive, set(positive), levels)


@pytest.mark.parametrize("seed", range(6))
def test_all_primes_up_to_seven_conditions(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    for width in (6, 7):
        levels = (2,) * width
        positive, negative = random_table(rng, levels, rng.uniform(0.1, 0.6))
        every = set(product(range(2), repeat=width))
        free = without(as_rows(positive, width), as_rows(negative, width))
        assert as_set(free) == twin_primes(positive, every - set(negative), levels)
        assert as_set(within(as_rows(positive, width), np.array(levels))) == twin_primes(
            positive, set(positive), levels
        )


def test_primes_searched_whole_are_those_that_are_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two ways to the conservative primes, forced on the same tables."""
    from chaikhana.methods.qca import implicants

    rng = np.random.default_rng(3)
    for _ in range(40):
        levels = tuple(int(v) for v in rng.integers(2, 4, size=4))
        positive, _ = random_table(rng, levels, 0.8)
        rows = as_rows(positive, 4)
        around = rows[::2]
        merged = within(rows, np.array(levels), around)
        with monkeypatch.context() as patch:
            patch.setattr(implicants, "MANY", 0)
            assert (within(rows, np.array(levels), around) == merged).all()


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_all_models_of_random_tables(seed: int, every: bool) -> None:
    """1,200 charts: every model of the fewest terms, and every one from which no term can be left out."""
    rng = np.random.default_rng(1000 + seed)
    tried = 0
    while tried < 60:
        levels = tuple(int(v) for v in rng.integers(2, 4, size=rng.integers(2, 8)))
        if np.prod(levels) > 130:
            levels = (2,) * len(levels)
        positive, negative = random_table(rng, levels, min(1, 14 / np.prod(levels)) * rng.uniform(0.4, 1))
        rows = as_rows(positive, len(levels))
        primes = without(rows, as_rows(negative, len(levels)))
        if not negative or len(primes) > FEW:
            continue
        tried += 1
        found = qca.covers(covering(primes, rows), len(rows), every=every, most=10_000, seconds=60)
        terms = [tuple(int(v) for v in row) for row in primes]
        assert found.complete and found.count == len(found.listed) == len(set(found.listed))
        assert {frozenset(terms[i] for i in cover) for cover in found.listed} == twin_covers(
            terms, positive, every
        )
        assert found.fewest <= min(map(len, found.listed))


@pytest.mark.parametrize("every", [False, True])
def test_charts_that_are_no_truth_table(every: bool) -> None:
    """Any chart, with rows and terms that are alike, and parts that share nothing: 600 of them."""
    rng = np.random.default_rng(7)
    for _ in range(300):
        rows, terms = int(rng.integers(1, 9)), int(rng.integers(1, 11))
        held = rng.random((terms, rows)) < rng.uniform(0.15, 0.6)
        held[rng.integers(terms), ~held.any(axis=0)] = True
        chart = np.array([[sum(1 << int(r) for r in np.flatnonzero(row))] for row in held], dtype=np.uint64)
        found = qca.covers(chart, rows, every=every, most=10_000, seconds=60)
        wanted = []
        for size in range(1, terms + 1):
            for chosen in combinations(range(terms), size):
                if held[list(chosen)].any(axis=0).all() and not any(
                    set(one) <= set(chosen) for one in wanted
                ):
                    wanted.append(chosen)
            if wanted and not every:
                break
        assert set(found.listed) == set(wanted)


def test_a_bounded_search_says_so_and_lists_real_covers() -> None:
    """All irredundant covers of a crowded chart: far more than can be listed, so a count at least, and a bound."""
    rng = np.random.default_rng(5)
    held = rng.random((200, 60)) < 0.15
    held[0, ~held.any(axis=0)] = True
    chart = np.array([[sum(1 << int(r) for r in np.flatnonzero(row))] for row in held], dtype=np.uint64)
    found = qca.covers(chart, 60, every=True, most=50, seconds=0.5)
    assert not found.complete
    assert len(found.listed) == 50 <= found.count
    for cover in found.listed:
        assert held[list(cover)].any(axis=0).all()
        for term in cover:
            assert not held[[other for other in cover if other != term]].any(axis=0).all()
    wide = np.tile(rng.integers(1, 2**63, (40_000, 1), dtype=np.uint64), 8)
    wide[0] = np.iinfo(np.uint64).max  # so that every row is held in
    wide[1:] &= ~np.uint64(1)
    wide = np.concatenate([wide, ~wide[1:100]])
    hasty = qca.covers(wide, 512, every=True, most=5, seconds=1e-6)
    assert len(hasty.listed) >= 1 and hasty.fewest == 1  # even so something is listed
    least = qca.covers(chart, 60, every=False, most=50, seconds=20)
    assert least.least and found.fewest <= least.fewest == len(least.listed[0])


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[float]]:
    """Data of five to twelve cases in two to four conditions, crisp or fuzzy, with an outcome that varies."""
    size = draw(st.integers(5, 12))
    fuzzy = draw(st.booleans())
    score = st.sampled_from([0.05, 0.2, 0.4, 0.6, 0.8, 0.95] if fuzzy else [0.0, 1.0])
    names = ["A", "B", "C", "D"][: draw(st.integers(2, 4))]
    data = {name: draw(st.lists(score, min_size=size, max_size=size)) for name in names}
    data["Y"] = draw(
        st.lists(score, min_size=size, max_size=size).filter(lambda scores: len(set(scores)) > 1)
    )
    return data


def solved(
    data: dict[str, list[float]], kind: str = "parsimonious", **options: object
) -> qca.Solution | None:
    try:
        given = qca.cases(data, "Y", [name for name in data if name != "Y"])
        return qca.solve(qca.truth_table(given), kind, **options)
    except Exception as error:
        assert type(error).__name__ == "ComparisonError"
        return None


@settings(max_examples=300, deadline=None)
@given(tables(), st.sampled_from(["conservative", "parsimonious", "intermediate", "enhanced"]))
def test_a_solution_covers_every_positive_row_and_no_negative(
    data: dict[str, list[float]], kind: str
) -> None:
    expected = {"A": 1} if kind in ("intermediate", "enhanced") else {}
    found = solved(data, kind, expect=expected)
    if found is None:
        return
    for model in found.models:
        for row in found.table.positive:
            assert any(holds(term.values, row) for term in model.terms)
        for row in found.table.negative:
            assert not any(holds(term.values, row) for term in model.terms)
        if kind == "conservative":
            assert len(found.simplifying(model)) == 0


@settings(max_examples=200, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_other_names_and_another_order_change_nothing(data: dict[str, list[float]], random: object) -> None:
    """Cases shuffled and conditions renamed give the same models, renamed."""
    found = solved(data)
    size = len(data["Y"])
    order = list(range(size))
    random.shuffle(order)  # type: ignore[attr-defined]
    conditions = [name for name in data if name != "Y"]
    renamed = {f"x{name}": [data[name][i] for i in order] for name in reversed(conditions)}
    again = solved({**renamed, "Y": [data["Y"][i] for i in order]})
    if found is None or again is None:
        assert found is again
        return

    def said(solution: qca.Solution) -> set[frozenset[tuple[frozenset[tuple[str, int]], float]]]:
        names = [name.removeprefix("x") for name in solution.table.cases.conditions]
        return {
            frozenset(
                (
                    frozenset((n, v) for n, v in zip(names, term.values, strict=True) if v != FREE),
                    round(term.inclusion, 9),
                )
                for term in model.terms
            )
            for model in solution.models
        }

    assert said(found) == said(again)
    assert found.count == again.count


@settings(max_examples=150, deadline=None)
@given(tables())
def test_fit_stays_in_its_bounds_and_intermediate_lies_between(data: dict[str, list[float]]) -> None:
    narrow, wide = solved(data, "conservative"), solved(data, "parsimonious")
    between = solved(data, "intermediate", expect={"A": 1, "B": 0})
    if narrow is None or wide is None or between is None:
        return
    for solution in (narrow, wide, between):
        for model in solution.models:
            for value in (model.inclusion, model.coverage):
                assert 0 <= value <= 1 + 1e-12
            assert sum(term.unique_coverage for term in model.terms) <= model.coverage + 1e-9

    def inside(small: qca.Model, large: qca.Model) -> bool:
        return all(any(holds(b.values, a.values) for b in large.terms) for a in small.terms)

    for model in between.models:
        assert any(inside(model, large) for large in wide.models) or wide.count > 1
        assert any(inside(small, model) for small in narrow.models) or narrow.count > 1
