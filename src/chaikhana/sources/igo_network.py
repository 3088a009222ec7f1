"""The two-mode network of states and intergovernmental organisations, from the tidy tables of ``cow-igo-v3``.

What it is: memberships and state-years as matrices, for the whole panel at once (who is in what, with the statuses that count)
or year by year (how close each tie is). A membership coded missing is unknown: it does not count among the certain ties.
The weights of the statuses are ours. A state of a year without any membership has a row of zeros.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.errors import BadValueError, allowed_values

MISSING = "missing"
STATUSES = ("member", "associate", "observer")
# How close a tie each status is, at least and at most (ours).
WEIGHTS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"member": (1.0, 1.0), "associate": (0.5, 0.5), "observer": (0.25, 0.25), MISSING: (0.0, 1.0)}
)
Matrix = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfBodies:
    """The states of a year by the bodies in which any of them has, or may have, a membership.

    Attributes
    ----------
    codes : array of int, shape (states,)
        COW codes, ascending.
    bodies : tuple of str
        In alphabetical order.
    low, high : array, shape (states, bodies)
        How close each tie is, from 0 to 1, with those coded missing absent, and present.
    """

    year: int
    codes: NDArray[np.int32]
    bodies: tuple[str, ...]
    low: Matrix
    high: Matrix


def panel(state_years: pl.DataFrame) -> tuple[pl.DataFrame, Places]:
    """The state-years in order, and where each year begins among them.

    Returns
    -------
    (polars.DataFrame, array of int)
        Columns ccode and year, sorted by year and ccode, each once; the first row of each year and, at last, the number of
        rows.
    """
    rows = state_years.select("ccode", "year").unique().sort("year", "ccode")
    years = rows["year"].to_numpy()
    return rows, np.append(np.flatnonzero(np.diff(years, prepend=np.iinfo(years.dtype).min)), len(years))


def incidence(memberships: pl.DataFrame, rows: pl.DataFrame, statuses: Sequence[str]) -> NDArray[np.uint8]:
    """Which state-years are in which bodies.

    Parameters
    ----------
    memberships : polars.DataFrame
        Columns ccode, year, body, status.
    rows : polars.DataFrame
        As `panel` gives them.
    statuses : sequence of str
        Which statuses count.

    Returns
    -------
    array of uint8, shape (state-years, bodies)
        1 or 0; bodies in alphabetical order, as far as they have a membership that counts.

    Raises
    ------
    BadValueError
        If a membership is of a state and year that `rows` does not have.
    """
    counted = memberships.filter(pl.col("status").is_in(list(statuses)))
    place = _places(counted, rows)
    bodies = counted["body"].unique().sort()
    table = np.zeros((rows.height, len(bodies)), dtype=np.uint8)
    table[place, _codes(counted["body"], bodies)] = 1
    return table


def by_year(
    memberships: pl.DataFrame, state_years: pl.DataFrame, year: int | None = None
) -> Iterator[YearOfBodies]:
    """The network of each year, in order.

    Parameters
    ----------
    memberships : polars.DataFrame
        Columns ccode, year, body, status (a word of `WEIGHTS`).
    state_years : polars.DataFrame
        Columns ccode, year.
    year : int, optional
        One year alone.

    Raises
    ------
    BadValueError
        If a membership has another status, or is of a state and year that `state_years` does not have.
    """
    if year is not None:
        memberships, state_years = (
            frame.filter(pl.col("year") == year) for frame in (memberships, state_years)
        )
    rows, starts = panel(state_years)
    statuses = memberships["status"].cast(pl.String)
    for odd in sorted(set(statuses.unique()) - set(WEIGHTS)):
        raise BadValueError(f"‘{odd}’ is not a status of a membership. {allowed_values(odd, list(WEIGHTS))}")
    place = _places(memberships, rows)
    weights = [
        statuses.replace_strict(
            {word: ends[end] for word, ends in WEIGHTS.items()}, return_dtype=pl.Float64
        ).to_numpy()
        for end in (0, 1)
    ]
    names = memberships["body"].unique().sort()
    body = _codes(memberships["body"], names)
    order = np.argsort(place, kind="stable")
    cuts = np.searchsorted(place[order], starts)
    for begin, end, first, last in zip(starts[:-1], starts[1:], cuts[:-1], cuts[1:], strict=True):
        here = order[first:last]
        present, column = np.unique(body[here], return_inverse=True)
        ties = np.zeros((2, end - begin, len(present)))
        for matrix, weight in zip(ties, weights, strict=True):
            np.maximum.at(matrix, (place[here] - begin, column), weight[here])
        yield YearOfBodies(
            year=int(rows["year"][int(begin)]),
            codes=rows["ccode"].to_numpy()[begin:end],
            bodies=tuple(names.gather(present)),
            low=ties[0],
            high=ties[1],
        )


def _codes(column: pl.Series, names: pl.Series) -> Places:
    return column.cast(pl.Enum(names)).to_physical().to_numpy().astype(np.int64)


def _places(memberships: pl.DataFrame, rows: pl.DataFrame) -> Places:
    """The row of each membership's state and year.

    Sought by state and then year, the order of the tables, in which neighbours are found near each other.
    """
    width = max(int(frame["year"].to_numpy().max(initial=0)) for frame in (memberships, rows)) + 1
    keys, wanted = (
        frame["ccode"].to_numpy().astype(np.int64) * width + frame["year"].to_numpy()
        for frame in (rows, memberships)
    )
    order = np.argsort(keys)
    place = np.searchsorted(keys, wanted, sorter=order)
    found = order[np.minimum(place, len(keys) - 1)] if len(keys) else np.zeros(len(wanted), dtype=np.int64)
    known = keys[found] == wanted if len(keys) else np.zeros(len(wanted), dtype=np.bool_)
    if not known.all():
        ccode, year = memberships.select("ccode", "year").row(int(np.flatnonzero(~known)[0]))
        raise BadValueError(
            f"There is a membership of the state {ccode} in {year}, in which it is not among the state-years. "
            "Give the state-years of the same version of the dataset."
        )
    return found
