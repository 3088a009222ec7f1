"""Networks: each fast algorithm against one that a reader can follow, and what holds whatever the ties."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations, product
from math import isnan
from statistics import median

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chaikhana.measures import joint_memberships
from chaikhana.methods.brokerage import betweenness_across, constraint, constraint_of_list, roles
from chaikhana.methods.communities import communities, modularity
from chaikhana.methods.network import joint_counts, lengths, one_mode, pairs
from chaikhana.methods.positions import above_median, access, bounded, share_of_ties

Matrix = np.ndarray
LEVELS = st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def networks(draw, most: int = 7) -> Matrix:
    """Symmetric whole ties from 0 to 6, more often none."""
    size = draw(st.integers(1, most))
    ties = np.zeros((size, size))
    for i, j in combinations(range(size), 2):
        ties[i, j] = ties[j, i] = draw(st.sampled_from([0, 0, 1, 2, 3, 6]))
    return ties


def labels(size: int) -> st.SearchStrategy[Matrix]:
    return arrays(np.int64, size, elements=st.integers(0, 2))


@st.composite
def grouped(draw, most: int = 5) -> tuple[Matrix, Matrix]:
    ties = draw(networks(most))
    return ties, draw(labels(len(ties)))


@st.composite
def held(draw, actors: int = 3, bodies: int = 3) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Ties with the unknown ones absent, and present; bounds of weights."""
    high = draw(arrays(np.float64, (actors, bodies), elements=LEVELS))
    unknown = draw(arrays(np.bool_, (actors, bodies)))
    light = draw(arrays(np.float64, bodies, elements=st.sampled_from([0.0, 1.0, 2.0])))
    more = draw(arrays(np.float64, bodies, elements=st.sampled_from([0.0, 1.0, 3.0])))
    return np.where(unknown, 0.0, high), high, light, light + more


# ----- joint memberships


@given(
    arrays(np.uint8, st.tuples(st.integers(0, 8), st.integers(0, 70)), elements=st.integers(0, 1)), st.data()
)
def test_joint_counts_agree_with_their_slow_twin(table: Matrix, data) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(table)), max_size=3))
    starts = np.array([0, *sorted(cuts), len(table)])
    for diagonal in (False, True):
        expected = [
            (i, j, int((table[i] & table[j]).sum()))
            for begin, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
            for i in range(begin, end)
            for j in range(i if diagonal else i + 1, end)
        ]
        first, second = pairs(starts, diagonal=diagonal)
        counts = joint_counts(table, starts, diagonal=diagonal)
        assert list(zip(first.tolist(), second.tolist(), counts.tolist(), strict=True)) == expected


MEMBERSHIPS = st.dictionaries(
    st.tuples(st.sampled_from([2, 20, 200]), st.sampled_from([1990, 1991]), st.sampled_from(["a", "b", "c"])),
    st.sampled_from(["member", "associate", "observer", "missing"]),
    max_size=18,
)
STATES = pl.DataFrame({"ccode": [2, 20, 200, 2, 20, 200], "year": [1990] * 3 + [1991] * 3})


def table_of(rows: dict[tuple[int, int, str], str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(*key, status) for key, status in rows.items()],
        schema={"ccode": pl.Int32, "year": pl.Int32, "body": pl.String, "status": pl.String},
        orient="row",
    )


@given(MEMBERSHIPS)
def test_joint_memberships_agree_with_sets_of_bodies(rows: dict[tuple[int, int, str], str]) -> None:
    def bodies(ccode: int, year: int, *statuses: str) -> set[str]:
        return {
            what
            for (who, when, what), status in rows.items()
            if (who, when) == (ccode, year) and status in statuses
        }

    frame = joint_memberships.world(table_of(rows), STATES, bounds=True)
    assert frame.rows() == [
        (
            one,
            other,
            year,
            len(bodies(one, year, "member") & bodies(other, year, "member")),
            len(bodies(one, year, "member", "missing") & bodies(other, year, "member", "missing")),
        )
        for year in (1990, 1991)
        for one, other in combinations((2, 20, 200), 2)
    ]


@given(MEMBERSHIPS, st.sampled_from([2, 20, 200]), st.sampled_from(["a", "b", "c"]))
def test_one_more_membership_never_lowers_a_count(
    rows: dict[tuple[int, int, str], str], ccode: int, body: str
) -> None:
    before = joint_memberships.world(table_of(rows), STATES, bounds=True)
    after = joint_memberships.world(table_of({**rows, (ccode, 1990, body): "member"}), STATES, bounds=True)
    for column in ("joint", "joint_high"):
        assert (after[column] >= before[column]).all()
    assert (before["joint"] <= before["joint_high"]).all()


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(0, 6)), elements=LEVELS), st.data())
def test_one_mode_agrees_with_its_matrix_product(table: Matrix, data) -> None:
    weights = data.draw(arrays(np.float64, table.shape[1], elements=st.sampled_from([0.0, 1.0, 2.0])))
    expected = table @ np.diag(weights) @ table.T
    np.fill_diagonal(expected, 0)
    ties = one_mode(table, weights)
    np.testing.assert_allclose(ties, expected)
    assert (ties == ties.T).all()


# ----- brokerage


@given(networks())
def test_constraint_agrees_with_networkx_and_with_burts_sum(ties: Matrix) -> None:
    found = constraint(ties)
    graph = nx.from_numpy_array(ties)
    listed = constraint_of_list(*np.nonzero(np.triu(ties)), ties[np.nonzero(np.triu(ties))], len(ties))
    theirs = nx.constraint(graph, weight="weight")
    shares = [[tie / sum(row) if sum(row) else 0.0 for tie in row] for row in ties.tolist()]
    for i, row in enumerate(ties.tolist()):
        contacts = [j for j, tie in enumerate(row) if tie]
        burt = sum(
            (shares[i][j] + sum(shares[i][q] * shares[q][j] for q in contacts if q != j)) ** 2
            for j in contacts
        )
        for value in (listed[i], theirs[i], burt if contacts else float("nan")):
            assert float(found[i]) == pytest.approx(value, nan_ok=True)


def slow_betweenness(ties: Matrix, groups: Matrix) -> list[float]:
    """Every simple path of every pair, its length in exact fractions."""
    size = len(ties)
    length = [[Fraction(1, int(tie)) if tie else None for tie in row] for row in ties.tolist()]
    through = [Fraction(0)] * size
    across = [0] * size
    for s, t in combinations(range(size), 2):
        if groups[s] == groups[t]:
            continue
        others = [v for v in range(size) if v not in (s, t)]
        for v in others:
            across[v] += 1
        found: list[tuple[Fraction, tuple[int, ...]]] = []
        for count in range(len(others) + 1):
            for middle in permutations(others, count):
                steps = [length[a][b] for a, b in zip((s, *middle), (*middle, t), strict=True)]
                if None not in steps:
                    found.append((sum(steps), middle))  # type: ignore[arg-type]
        shortest = [middle for total, middle in found if total == min(found)[0]]
        for middle in shortest:
            for v in middle:
                through[v] += Fraction(1, len(shortest))
    return [
        float(part / pairs) if pairs else float("nan") for part, pairs in zip(through, across, strict=True)
    ]


@given(grouped())
def test_betweenness_agrees_with_counting_every_path(network: tuple[Matrix, Matrix]) -> None:
    ties, groups = network
    assert betweenness_across(lengths(ties), groups).tolist() == pytest.approx(
        slow_betweenness(ties, groups), nan_ok=True
    )


@given(networks(), st.data())
def test_roles_agree_with_counting_every_triad(ties: Matrix, data) -> None:
    size = len(ties)
    groups = data.draw(labels(size))
    tied = data.draw(arrays(np.bool_, (size, size)))  # with a direction
    found = roles(tied, groups)
    names = {(True, True): "coordinator", (True, False): "representative", (False, True): "gatekeeper"}
    counts = {
        name: [0] * size for name in ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
    }
    for source, broker, receiver in permutations(range(size), 3):
        if tied[source, broker] and tied[broker, receiver] and not tied[source, receiver]:
            own = (groups[source] == groups[broker], groups[broker] == groups[receiver])
            outer = "itinerant" if groups[source] == groups[receiver] else "liaison"
            counts[names.get(own, outer)][broker] += 1
    assert {name: getattr(found, name).tolist() for name in counts} == counts
    straight = roles(ties > 0, groups)
    assert straight.gatekeeper.tolist() == straight.representative.tolist()


@given(grouped(7), st.randoms(use_true_random=False))
def test_names_do_not_matter(network: tuple[Matrix, Matrix], random) -> None:
    ties, groups = network
    order = list(range(len(ties)))
    random.shuffle(order)
    turned = ties[np.ix_(order, order)]
    np.testing.assert_allclose(constraint(turned), constraint(ties)[order])
    np.testing.assert_allclose(
        betweenness_across(lengths(turned), groups[order]),
        betweenness_across(lengths(ties), groups)[order],
        atol=1e-9,
    )
    assert roles(turned > 0, groups[order]).across.tolist() == roles(ties > 0, groups).across[order].tolist()
    np.testing.assert_allclose(constraint(3 * ties), constraint(ties))


# ----- communities


@given(networks(10))
def test_no_actor_would_gain_by_moving(ties: Matrix) -> None:
    found = communities(ties)
    assert found.tolist() == communities(ties).tolist()
    assert list(dict.fromkeys(found.tolist())) == list(range(len(set(found.tolist()))))
    if not ties.any():
        return
    graph = nx.from_numpy_array(ties)
    groups = [set(np.flatnonzero(found == label).tolist()) for label in set(found.tolist())]
    reached = modularity(ties, found)
    assert reached == pytest.approx(nx.community.modularity(graph, groups))
    assert reached >= -1e-9  # all in one community would have 0
    for i, label in product(range(len(ties)), set(found.tolist())):
        moved = found.copy()
        moved[i] = label
        assert modularity(ties, moved) <= reached + 1e-9


# ----- positions


def corners(low: Matrix, high: Matrix) -> list[Matrix]:
    """Every choice of one end or the other."""
    flat = [sorted(set(ends)) for ends in zip(low.ravel().tolist(), high.ravel().tolist(), strict=True)]
    return [np.array(chosen).reshape(low.shape) for chosen in product(*flat)]


@given(held(actors=1))
def test_the_bounds_of_a_share_are_reached_and_never_passed(world: tuple[Matrix, ...]) -> None:
    low, high, light, heavy = world
    shares = [
        float((row[0] * weight).sum() / weight.sum())
        for row in corners(low, high)
        for weight in corners(light, heavy)
        if weight.sum() > 0
    ]
    least, most = share_of_ties(low, high, light, heavy)
    if not shares:
        assert isnan(least[0])
        assert isnan(most[0])
    else:
        assert (least[0], most[0]) == pytest.approx((min(shares), max(shares)))


@given(held(actors=2, bodies=2))
def test_shares_are_told_apart_in_every_world_or_not_at_all(world: tuple[Matrix, ...]) -> None:
    low, high, light, heavy = world
    differences = [
        float(((ties[0] - ties[1]) * weight).sum())
        for ties in corners(low, high)
        for weight in corners(light, heavy)
    ]
    found = access(low, high, light, heavy)
    known = not isnan(found.low[0])
    assert bool(found.above[0, 1]) == (known and all(value > 1e-9 for value in differences))
    assert bool(found.at_most[0, 1]) == (known and all(value < 1e-9 for value in differences))


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.booleans()), min_size=1, max_size=6),
    st.data(),
)
def test_high_and_low_hold_in_every_world(rows: list[tuple[int, int, bool]], data) -> None:
    low = np.array([begin for begin, _, _ in rows], dtype=float)
    high = low + np.array([width for _, width, _ in rows])
    among = np.array([counts for _, _, counts in rows])
    answers = above_median(bounded(low, high), among)
    chosen = [data.draw(st.integers(int(a), int(b))) for a, b in zip(low, high, strict=True)]
    reference = [value for value, counts in zip(chosen, among.tolist(), strict=True) if counts]
    for answer, value in zip(answers.tolist(), chosen, strict=True):
        if not reference:
            assert answer == "undetermined"
        elif answer != "undetermined":
            assert answer == ("high" if value > median(reference) else "low")
    if reference and (low == high).all():
        assert "undetermined" not in answers.tolist()
