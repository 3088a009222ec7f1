"""Brokerage: networks whose values are known or follow at a glance: Borgatti's example, a star, a bow tie, paths."""

from __future__ import annotations

import numpy as np
import pytest

from chaikhana.methods.brokerage import betweenness_across, constraint, constraint_of_list, roles
from chaikhana.methods.network import lengths

# The example network of Borgatti (1997), Connections 20(1), 35–38, with the values that networkx's own tests hold for it,
# got there by UCINET, igraph and hand.
NODES = "ABCDEFG"
WEIGHTS = {"AB": 2, "AF": 3, "AG": 5, "AE": 2, "EG": 8, "FG": 3, "BG": 4, "BD": 1, "DG": 3, "GC": 10}
TIES = np.zeros((7, 7))
for pair, weight in WEIGHTS.items():
    TIES[NODES.index(pair[0]), NODES.index(pair[1])] = TIES[NODES.index(pair[1]), NODES.index(pair[0])] = (
        weight
    )
STAR = np.zeros((5, 5))
STAR[0, 1:] = STAR[1:, 0] = 1
BOW = np.zeros((5, 5))
for i, j in ((0, 1), (0, 2), (1, 2), (2, 3), (2, 4), (3, 4)):
    BOW[i, j] = BOW[j, i] = 1


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        (TIES > 0, {"G": 0.400, "A": 0.595, "C": 1.0}),
        (TIES, {"G": 0.299, "A": 0.795, "C": 1.0}),
    ],
)
def test_constraint_in_borgattis_example(ties: np.ndarray, expected: dict[str, float]) -> None:
    found = constraint(ties.astype(float))
    for node, value in expected.items():
        assert found[NODES.index(node)] == pytest.approx(value, abs=1e-3)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [((1, 1, 1, 1), (1.003, 1.003, 1.389)), ((2, 2, 1, 1), (0.840, 1.143, 1.378))],
)
def test_constraint_of_ties_with_a_direction(weights: tuple[int, ...], expected: tuple[float, ...]) -> None:
    """The directed example of networkx's tests: 0→1, 0→2, 1→0, 2→1."""
    ties = np.zeros((3, 3))
    ties[[0, 0, 1, 2], [1, 2, 0, 1]] = weights
    assert constraint(ties) == pytest.approx(expected, abs=1e-3)


def test_constraint_of_a_star() -> None:
    """The centre spreads its ties over four strangers, 4·(1/4)²; each leaf has one contact: 1."""
    assert constraint(STAR) == pytest.approx([0.25, 1, 1, 1, 1])


def test_a_list_of_ties_gives_what_a_matrix_gives() -> None:
    first, second = np.nonzero(np.triu(TIES))
    assert constraint_of_list(first, second, TIES[first, second], 7) == pytest.approx(constraint(TIES))
    large = np.zeros((40, 40))  # thin enough that the matrix is read as a list
    large[:7, :7] = TIES
    found = constraint(large)
    assert found[:7] == pytest.approx(constraint(TIES))
    assert np.isnan(found[7:]).all()


def test_an_isolate_has_no_constraint_and_the_diagonal_does_not_count() -> None:
    ties = np.zeros((3, 3))
    ties[0, 1] = ties[1, 0] = 3
    ties[2, 2] = 9
    found = constraint(ties)
    assert found[:2].tolist() == [1, 1]
    assert np.isnan(found[2])


def test_betweenness_of_a_star_and_a_bow_tie() -> None:
    """Every pair of other communities passes the centre, and none a leaf."""
    assert betweenness_across(lengths(STAR), np.arange(5)).tolist() == [1, 0, 0, 0, 0]
    assert betweenness_across(lengths(BOW), np.array([0, 0, 0, 1, 1])).tolist() == [0, 0, 1, 0, 0]


def test_only_pairs_of_different_groups_count() -> None:
    """Leaves 1 and 2 are of one group, 3 and 4 of another: four pairs, all through 0. Alike: nothing to bridge."""
    assert betweenness_across(lengths(STAR), np.array([2, 0, 0, 1, 1]))[0] == 1
    assert np.isnan(betweenness_across(lengths(STAR), np.zeros(5, dtype=np.int64))).all()


def test_equal_paths_share_a_pair_and_strong_ties_are_preferred() -> None:
    """From 0 to 3 over 1 or 2: half each. With stronger ties over 1: all."""
    square = np.zeros((4, 4))
    for i, j in ((0, 1), (0, 2), (1, 3), (2, 3)):
        square[i, j] = square[j, i] = 1
    groups = np.array([0, 1, 1, 2])
    # others' pairs of different groups: for actor 1 they are 0–2, 0–3 and 2–3, of which half of 0–3
    assert betweenness_across(lengths(square), groups)[1] == pytest.approx(0.5 / 3)
    square[0, 1] = square[1, 0] = 2
    assert betweenness_across(lengths(square), groups)[1:3] == pytest.approx([1 / 3, 0])


@pytest.mark.parametrize("strengths", [(10, 15, 6), (6, 30, 5), (3, 6, 2)])
def test_sums_that_rounding_would_tell_apart_are_equal(strengths: tuple[int, int, int]) -> None:
    """1/10 + 1/15 is 1/6, and 1/6 + 1/30 is 1/5, but not to the last bit: too long by it, and too short."""
    ties = np.zeros((3, 3))
    for (i, j), strength in zip(((0, 1), (1, 2), (0, 2)), strengths, strict=True):
        ties[i, j] = ties[j, i] = strength
    assert betweenness_across(lengths(ties), np.arange(3)).tolist() == [0, 0.5, 0]


def test_who_cannot_be_reached_lies_on_no_path() -> None:
    ties = np.zeros((4, 4))
    ties[0, 1] = ties[1, 0] = ties[1, 2] = ties[2, 1] = 1
    assert betweenness_across(lengths(ties), np.arange(4)).tolist() == [0, pytest.approx(1 / 3), 0, 0]


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ([0, 0, 0], "coordinator"),
        ([0, 1, 0], "itinerant"),
        ([0, 1, 1], "gatekeeper"),
        ([0, 0, 1], "representative"),
        ([0, 1, 2], "liaison"),
    ],
)
def test_the_five_roles(groups: list[int], role: str) -> None:
    """Gould and Fernandez (1989): a path from source to broker to receiver, by the groups of the three."""
    path = np.zeros((3, 3), dtype=bool)
    path[0, 1] = path[1, 2] = True
    found = roles(path, np.array(groups))
    names = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
    assert {name: getattr(found, name).tolist() for name in names} == {
        name: [0, int(name == role), 0] for name in names
    }
    assert found.across.tolist() == [0, int(role != "coordinator"), 0]


def test_a_tie_between_source_and_receiver_leaves_nothing_to_broker() -> None:
    triangle = np.ones((3, 3), dtype=bool)  # its diagonal does not count
    assert roles(triangle, np.arange(3)).liaison.tolist() == [0, 0, 0]


def test_roles_in_a_bow_tie() -> None:
    """Two triangles joined at 2: four pairs each way. Of the left group it guards the way in and speaks outwards."""
    found = roles(BOW > 0, np.array([0, 0, 0, 1, 1]))
    assert found.gatekeeper.tolist() == found.representative.tolist() == [0, 0, 4, 0, 0]
    alone = roles(BOW > 0, np.array([0, 0, 2, 1, 1]))
    assert alone.liaison.tolist() == [0, 0, 8, 0, 0]
