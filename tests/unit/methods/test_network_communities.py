"""Communities: cliques that anybody would part, and the karate club."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from chaikhana.methods.communities import communities, densest, modularity


def cliques(*sizes: int, bridge: float = 0.1) -> np.ndarray:
    """Cliques of ties of 1, each tied to the next by one weak tie."""
    ties = np.zeros((sum(sizes), sum(sizes)))
    begins = np.cumsum([0, *sizes])
    for begin, end in pairwise(begins):
        ties[begin:end, begin:end] = 1
    for border in begins[1:-1]:
        ties[border - 1, border] = ties[border, border - 1] = bridge
    np.fill_diagonal(ties, 0)
    return ties


def test_cliques_are_communities() -> None:
    assert communities(cliques(4, 3, 5)).tolist() == [0] * 4 + [1] * 3 + [2] * 5


def test_isolates_and_empty_networks() -> None:
    ties = np.zeros((4, 4))
    assert communities(ties).tolist() == [0, 1, 2, 3]
    ties[1, 2] = ties[2, 1] = 1
    assert communities(ties).tolist() == [0, 1, 1, 2]
    assert communities(np.zeros((0, 0))).tolist() == []


def test_modularity_by_hand() -> None:
    """Two pairs, each tied by 1: all ties within, less ½² + ½². All in one: 1 − 1."""
    ties = np.zeros((4, 4))
    ties[0, 1] = ties[1, 0] = ties[2, 3] = ties[3, 2] = 1
    assert modularity(ties, np.array([0, 0, 1, 1])) == pytest.approx(0.5)
    assert modularity(ties, np.zeros(4, dtype=np.int64)) == pytest.approx(0)
    assert np.isnan(modularity(np.zeros((2, 2)), np.arange(2)))


def test_the_karate_club() -> None:
    """Brandes and others (2008), On modularity clustering: the highest modularity of Zachary's club is 0.4198."""
    ties = nx.to_numpy_array(nx.karate_club_graph(), weight=None)
    assert 0.415 < modularity(ties, communities(ties)) <= 0.4198 + 5e-5


def test_nearly_as_good_as_networkx() -> None:
    """Of ten random networks none falls short of networkx's Louvain by more than a tenth, nor all of them together."""
    rng = np.random.default_rng(5)
    ours, theirs = [], []
    for _ in range(10):
        ties = np.triu(rng.random((40, 40)) < 0.15, 1) * rng.integers(1, 9, (40, 40))
        ties = (ties + ties.T).astype(float)
        ours.append(modularity(ties, communities(ties)))
        graph = nx.from_numpy_array(ties)
        theirs.append(nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1)))
    assert all(own > 0.9 * other for own, other in zip(ours, theirs, strict=True))
    assert sum(ours) > 0.98 * sum(theirs)


def test_the_densest_community() -> None:
    """A clique of weak ties is larger; the pair shares most, and is too small to be a network."""
    ties = np.zeros((9, 9))
    ties[:4, :4], ties[4:7, 4:7], ties[7:, 7:] = 1, 2, 9
    np.fill_diagonal(ties, 0)
    groups = np.array([0] * 4 + [1] * 3 + [2] * 2)
    assert densest(ties, groups).tolist() == [False] * 4 + [True] * 3 + [False] * 2
    assert densest(ties, groups, fewest=2).tolist() == [False] * 7 + [True] * 2
    assert not densest(ties, np.arange(9)).any()
    assert not densest(np.zeros((3, 3)), np.zeros(3, dtype=np.int64)).any()  # without ties nothing is dense
