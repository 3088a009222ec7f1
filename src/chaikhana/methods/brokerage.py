"""Brokerage in networks: Burt's constraint, betweenness across groups, and the roles of Gould and Fernandez.

References: Burt (1992), *Structural Holes*, equation 2.4; Brandes (2008), *On variants of shortest-path betweenness centrality
and their generic computation*, Social Networks 30(2), 136–145, doi:10.1016/j.socnet.2007.11.001; Gould and Fernandez
(1989), *Structures of mediation*, Sociological Methodology 19, 89–126, doi:10.2307/270949. Reads matrices of ties
and labels of groups; returns one value an actor. Raw counts only: no expectation under a random network is taken off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chaikhana.methods.arrays import Floats, Whole

Flags = NDArray[np.bool_]
# Two paths are equally long if they differ by less than this share: sums of thirds and sevenths do not add up exactly.
TOLERANCE = 1e-9
# Where the mean actor is tied to more than this share of all, whole rows are added instead of single ties.
_CROWDED = 0.125


def constraint(ties: Floats) -> Floats:
    """Burt's constraint of every actor: how far all its relations lead to the same few contacts.

    The constraint of i is the sum over its contacts j of (p(i,j) + Σ p(i,q)·p(q,j))², with q all others and p(i,j) the
    share of j in all of i's ties, both directions added.

    Parameters
    ----------
    ties : array, shape (actors, actors)
        Strength of each tie, at least 0; the diagonal does not count.

    Returns
    -------
    array, shape (actors,)
        Above 0; above 1 in small dense networks; not a number for an actor without ties.
    """
    mutual: Floats = np.ascontiguousarray(ties + ties.T, dtype=np.float64)
    np.fill_diagonal(mutual, 0.0)
    if np.count_nonzero(mutual) <= _CROWDED * mutual.size:
        first, second = np.nonzero(np.triu(mutual))
        return constraint_of_list(first, second, mutual[first, second], len(mutual))
    out = np.full(len(mutual), np.nan)
    _constraint_dense(mutual, out)
    return out


def constraint_of_list(first: Whole, second: Whole, strength: Floats, actors: int) -> Floats:
    """Burt's constraint from a list of undirected ties, for networks in which most pairs have none.

    Parameters
    ----------
    first, second : array of int, shape (ties,)
        The two actors of each tie, from 0; each pair at most once, nobody with themselves.
    strength : array, shape (ties,)
        Above 0.
    actors : int
        How many there are.

    Returns
    -------
    array, shape (actors,)
        As `constraint`.
    """
    out = np.full(actors, np.nan)
    _constraint_sparse(first, second, strength, out)
    return out


def betweenness_across(lengths: Floats, groups: Whole) -> Floats:
    """The share of pairs of different groups whose shortest paths lead through an actor.

    Parameters
    ----------
    lengths : array, shape (actors, actors)
        Symmetric; positive length of each tie, infinite where there is none.
    groups : array of int, shape (actors,)
        The group of each actor.

    Returns
    -------
    array, shape (actors,)
        From 0 to 1: the sum over pairs (of two other actors in two groups) of the part of their shortest paths that lead
        through the actor, over the number of such pairs; not a number where there are none.
    """
    found = np.zeros(len(lengths))
    _brandes(np.ascontiguousarray(lengths, dtype=np.float64), groups.astype(np.int64), TOLERANCE, found)
    size = len(groups)
    _, label, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    others = size - sizes[label]
    across = (size**2 - (sizes**2).sum()) / 2 - others
    shares = np.full(size, np.nan)
    np.divide(found / 2, across, out=shares, where=across > 0)
    return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """In how many triads each actor brokers, by role; arrays of shape (actors,).

    Attributes
    ----------
    coordinator : array of int
        Source, broker and receiver are of one group.
    itinerant : array of int
        Source and receiver are of one group, the broker of another.
    gatekeeper : array of int
        Broker and receiver are of one group, the source of another.
    representative : array of int
        Source and broker are of one group, the receiver of another.
    liaison : array of int
        All three are of different groups.
    """

    coordinator: Whole
    itinerant: Whole
    gatekeeper: Whole
    representative: Whole
    liaison: Whole

    @property
    def across(self) -> Whole:
        """All roles but the coordinator's, which does not leave the group."""
        return self.itinerant + self.gatekeeper + self.representative + self.liaison


def roles(tied: Flags, groups: Whole) -> Roles:
    """Gould and Fernandez's five roles of every actor.

    Parameters
    ----------
    tied : array of bool, shape (actors, actors)
        Whether the row is tied to the column. The diagonal does not count. Where ties have no direction, each open triad
        counts in both, so that gatekeepers and representatives are equally many.
    groups : array of int, shape (actors,)
        The group of each actor.

    Returns
    -------
    Roles
        Counts of ordered pairs of a source and a receiver that are not tied themselves, both tied through the broker.
    """
    out = np.zeros((5, len(tied)), dtype=np.int64)
    plain = np.array(tied, dtype=np.bool_)
    np.fill_diagonal(plain, False)
    _roles(plain, groups.astype(np.int64), out)
    return Roles(
        coordinator=out[0], itinerant=out[1], gatekeeper=out[2], representative=out[3], liaison=out[4]
    )


def _dense(mutual: Floats, out: Floats) -> None:
    size = len(mutual)
    shares = np.zeros_like(mutual)
    for i in range(size):
        total = mutual[i].sum()
        if total > 0:
            shares[i] = mutual[i] / total
    for i in range(size):
        if not shares[i].any():
            continue
        bound = shares[i].copy()
        for q in range(size):
            share = shares[i, q]
            if share > 0:
                for j in range(size):
                    bound[j] += share * shares[q, j]
        out[i] = 0.0
        for j in range(size):
            if shares[i, j] > 0:
                out[i] += bound[j] ** 2


def _sparse(first: Whole, second: Whole, strength: Floats, out: Floats) -> None:
    size = len(out)
    begins = np.zeros(size + 1, dtype=np.int64)
    total = np.zeros(size)
    for tie in range(len(first)):
        begins[first[tie] + 1] += 1
        begins[second[tie] + 1] += 1
        total[first[tie]] += strength[tie]
        total[second[tie]] += strength[tie]
    for i in range(size):
        begins[i + 1] += begins[i]
    place = begins[:size].copy()
    contact = np.empty(begins[size], dtype=np.int64)
    share = np.empty(begins[size])
    for tie in range(len(first)):
        i, j = first[tie], second[tie]
        contact[place[i]], share[place[i]] = j, strength[tie] / total[i]
        contact[place[j]], share[place[j]] = i, strength[tie] / total[j]
        place[i] += 1
        place[j] += 1
    bound = np.zeros(size)
    met = np.full(size, -1, dtype=np.int64)
    for i in range(size):
        if begins[i] == begins[i + 1]:
            continue
        for tie in range(begins[i], begins[i + 1]):
            met[contact[tie]] = i
            bound[contact[tie]] = share[tie]
        for tie in range(begins[i], begins[i + 1]):
            q = contact[tie]
            for onward in range(begins[q], begins[q + 1]):
                j = contact[onward]
                if met[j] == i:
                    bound[j] += share[tie] * share[onward]
        out[i] = 0.0
        for tie in range(begins[i], begins[i + 1]):
            out[i] += bound[contact[tie]] ** 2


def _accumulate(lengths: Floats, groups: Whole, tolerance: float, out: Floats) -> None:
    """Brandes (2008) with Dijkstra's search on a full matrix; only ends of another group than the source's count."""
    size = len(lengths)
    order = np.empty(size, dtype=np.int64)
    for source in range(size):
        far = np.full(size, np.inf)
        far[source] = 0.0
        waiting = np.ones(size, dtype=np.bool_)
        reached = 0
        for _ in range(size):
            nearest, least = -1, np.inf
            for v in range(size):
                if waiting[v] and far[v] < least:
                    nearest, least = v, far[v]
            if nearest < 0:
                break
            waiting[nearest] = False
            order[reached] = nearest
            reached += 1
            for v in range(size):
                far[v] = min(far[v], least + lengths[nearest, v])
        paths = np.zeros(size)
        paths[source] = 1.0
        for late in range(1, reached):
            v = order[late]
            limit = far[v] * (1 + tolerance)
            for early in range(late):
                u = order[early]
                if far[u] + lengths[v, u] <= limit:
                    paths[v] += paths[u]
        depends = np.zeros(size)
        for late in range(reached - 1, 0, -1):
            v = order[late]
            part = ((1.0 if groups[v] != groups[source] else 0.0) + depends[v]) / paths[v]
            limit = far[v] * (1 + tolerance)
            for early in range(late):
                u = order[early]
                if far[u] + lengths[v, u] <= limit:
                    depends[u] += paths[u] * part
            out[v] += depends[v]


def _triads(tied: Flags, groups: Whole, out: Whole) -> None:
    size = len(tied)
    for broker in range(size):
        for source in range(size):
            if source == broker or not tied[source, broker]:
                continue
            open_, with_broker, with_source = 0, 0, 0
            for receiver in range(size):
                found = tied[broker, receiver] & (not tied[source, receiver])
                open_ += found
                with_broker += found & (groups[receiver] == groups[broker])
                with_source += found & (groups[receiver] == groups[source])
            back = int(tied[broker, source])  # the source is no receiver
            open_, with_source = open_ - back, with_source - back
            if groups[source] == groups[broker]:
                with_broker -= back
                out[0, broker] += with_broker
                out[3, broker] += open_ - with_broker
            else:
                out[1, broker] += with_source
                out[2, broker] += with_broker
                out[4, broker] += open_ - with_broker - with_source


_constraint_dense: Callable[[Floats, Floats], None] = njit(cache=True)(_dense)
_constraint_sparse: Callable[[Whole, Whole, Floats, Floats], None] = njit(cache=True)(_sparse)
_brandes: Callable[[Floats, Whole, float, Floats], None] = njit(cache=True)(_accumulate)
_roles: Callable[[Flags, Whole, Whole], None] = njit(cache=True)(_triads)
