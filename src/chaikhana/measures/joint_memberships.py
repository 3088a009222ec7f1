"""Joint memberships: of how many intergovernmental bodies two states are members in the same year.

Reference: the dyadic count of shared memberships in Russett, Oneal and Davis (1998), *The Third Leg of the Kantian Tripod
for Peace*, International Organization 52(3), 441–467; data: Pevehouse and others (2020), doi:10.1177/0022343319881175. Reads
the tidy tables of ``cow-igo-v3``. Returns every non-directed dyad-year of states in the system, with 0 where they share
none. A membership coded missing is unknown: it does not count, and makes the upper bound.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import UnknownNameError
from chaikhana.sources.igo_network import MISSING, STATUSES, incidence, panel
from chaikhana.sources.states import resolve
from chaikhana.study.study import Study

SERIES = "joint_memberships"
DATASET = "cow-igo-v3"
COLUMNS = ("state1", "state2", "year", "joint", "joint_high")


def world(
    memberships: pl.DataFrame,
    state_years: pl.DataFrame,
    statuses: Sequence[str] = ("member",),
    *,
    bounds: bool = False,
    diagonal: bool = False,
) -> pl.DataFrame:
    """Joint memberships of every dyad of states, every year.

    Parameters
    ----------
    memberships : polars.DataFrame
        Columns ccode, year, body, status (member, associate, observer, missing).
    state_years : polars.DataFrame
        Columns ccode, year: the states in the system in each year.
    statuses : sequence of str
        Which statuses of both states count; by default full membership alone.
    bounds : bool
        Whether to add joint_high, for which a membership coded missing counts as one.
    diagonal : bool
        Whether to add a row for each state with itself: its own number of memberships.

    Returns
    -------
    polars.DataFrame
        Columns ccode1, ccode2 (the greater code), year, joint (bodies in which both are known to have one of the statuses),
        and joint_high if asked for. Sorted by year, ccode1 and ccode2.

    Raises
    ------
    UnknownNameError
        If a status is none of `STATUSES`.
    BadValueError
        If a membership is of a state and year that `state_years` does not have.
    """
    for status in statuses:
        if status not in STATUSES:
            raise UnknownNameError("status that can be counted", status, STATUSES)
    from chaikhana.methods.network import joint_counts, pairs  # compiled, and so loaded when it is needed

    rows, starts = panel(state_years)
    first, second = pairs(starts, diagonal=diagonal)
    counts = {"joint": joint_counts(incidence(memberships, rows, statuses), starts, diagonal=diagonal)}
    if bounds:
        held = incidence(memberships, rows, (*statuses, MISSING))
        counts["joint_high"] = joint_counts(held, starts, diagonal=diagonal)
    codes, years = rows["ccode"].to_numpy(), rows["year"].to_numpy()
    return pl.DataFrame({"ccode1": codes[first], "ccode2": codes[second], "year": years[first], **counts})


def region(study: Study, memberships: pl.DataFrame, state_years: pl.DataFrame) -> pl.DataFrame:
    """The series of the study: its members with each other, and with its powers and other outsiders, over its years.

    Parameters
    ----------
    memberships, state_years : polars.DataFrame
        As for `world`.

    Returns
    -------
    polars.DataFrame
        The columns `COLUMNS`: state1 a member, state2 another (each pair once, in alphabetical order) or an outsider; full
        memberships. Sorted by state1, state2 and year.
    """
    about = study.about
    members = about.members
    named = dict.fromkeys((*members, *about.powers, *about.others, *about.votes.references))
    years = pl.col("year").is_between(about.first_day.year, about.last_day.year)
    known = resolve(state_years.filter(years).select("ccode", "year"), "cow", "ccode", into="state").filter(
        pl.col("state").is_in(list(named))
    )
    counted = world(memberships.join(known, on=["ccode", "year"], how="semi"), known, bounds=True)
    ours, theirs = pl.col("state1").is_in(members), pl.col("state2").is_in(members)
    turned = (theirs & ~ours) | (theirs & ours & (pl.col("state2") < pl.col("state1")))
    return (
        counted.join(known.rename({"ccode": "ccode1", "state": "state1"}), on=["ccode1", "year"])
        .join(known.rename({"ccode": "ccode2", "state": "state2"}), on=["ccode2", "year"])
        .filter(ours | theirs)
        .with_columns(
            state1=pl.when(turned).then("state2").otherwise("state1"),
            state2=pl.when(turned).then("state1").otherwise("state2"),
        )
        .select(COLUMNS)
        .sort("state1", "state2", "year")
    )


def joint_memberships(study: Study) -> Measured:
    """The derived series of the study.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="joint-memberships",
        title="Of how many intergovernmental organisations two states are members together",
        definition="The number of organisations of which both states are full members in the year: those known, and at most "
        "these and the ones in which a membership is coded missing.",
        reference="Russett, Oneal & Davis 1998, International Organization 52(3): 441–467; data: Pevehouse and others "
        "2020, doi:10.1177/0022343319881175",
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=(
            "A membership coded missing is unknown: it is left out of the count and makes its upper end (ours).",
            "Associates and observers do not count. Only organisations of three or more states are in the dataset.",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )
