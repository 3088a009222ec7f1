"""Ideal points: where states stand in the General Assembly on one dimension, by session, with uncertainty.

Reference: Bailey, Strezhnev and Voeten (2017), *Estimating Dynamic State Preferences from United Nations Voting Data*, Journal
of Conflict Resolution 61(2), 430–456, doi:10.1177/0022002715595700. Computes from tables of votes, which a reader supplies,
and reads the derived series of a study. Which votes are left out is their practice (`PRACTICE`); the estimation is that
of `methods.ideal_points`, not their sampler. Bounds hold 95 % of the posterior, given the votes' parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError
from chaikhana.methods.ideal_points import SMOOTHING, Session, moving_positions
from chaikhana.methods.ordinal_probit import ABSENT
from chaikhana.sources.un_votes import by_seat
from chaikhana.study.study import Study

DATASET = "un-votes"
SERIES = "ideal_points"
COLUMNS = ("actor", "session", "estimate", "lower", "upper")
CHOICES = {"no": 0, "abstain": 1, "yes": 2}
# which way the scale runs is a choice (the authors', and common): the United States stand above the Soviet, then Russian seat
HIGH, LOW = "USA", "RUS"
WIDTH = 1.959964  # standard deviations on each side that hold 95 %
PRACTICE: Mapping[str, str] = MappingProxyType(
    {
        "unanimous": "roll calls on which all that voted cast the same vote",
        "part": "votes on paragraphs and amendments from session 45 (1990) on",
        "session": "session 19, in which a single contested vote was taken",
        "seat": "the seat of Zanzibar; that of South Africa in session 48",
    }
)
PARTS_SINCE, NO_SESSION = 45, 19
NO_SEATS = pl.DataFrame(
    {"actor": ["zaf", "zan"], "session": [48, 18]}, schema={"actor": pl.String, "session": pl.Int32}
)


def world(votes: pl.DataFrame, roll_calls: pl.DataFrame, smoothing: float = SMOOTHING) -> pl.DataFrame:
    """Positions of every state in every session.

    Parameters
    ----------
    votes, roll_calls : polars.DataFrame
        Of the dataset un-votes; roll calls with the columns paragraph and amendment.
    smoothing : float
        How far a position may go from one session to the next; see `methods.ideal_points`.

    Returns
    -------
    polars.DataFrame
        Columns iso3, ccode, session, estimate, lower, upper; one row a state and session in which it cast a contested vote.
        0 is the mean of the states of a session, 1 their standard deviation.

    Raises
    ------
    BadValueError
        If the roll calls do not tell votes on paragraphs and amendments, or the two states by which the direction of the
        scale is settled cast no contested vote.
    """
    found = positions(votes, roll_calls, smoothing)
    return found.select("iso3", "ccode", "session", "estimate", "lower", "upper")


def positions(votes: pl.DataFrame, roll_calls: pl.DataFrame, smoothing: float = SMOOTHING) -> pl.DataFrame:
    """The same with the column actor (the state's id) before the others."""
    contested = _contested(votes, roll_calls)
    sessions, seats = [], []
    for (number,), frame in contested.group_by("session", maintain_order=True):
        actors = frame["actor"].unique().sort()
        calls = frame["rcid"].unique().sort()
        choices = np.full((len(actors), len(calls)), ABSENT, dtype=np.int8)
        choices[
            actors.search_sorted(frame["actor"]).to_numpy(), calls.search_sorted(frame["rcid"]).to_numpy()
        ] = frame["choice"]
        codes = frame.select("actor", "iso3", "ccode").unique("actor", keep="first").sort("actor")
        # whoever takes over a number moves on from where the last holder stood, as in the reference
        sessions.append(Session(voters=codes["ccode"].cast(pl.String).to_list(), choices=choices))
        seats.append(codes.with_columns(session=pl.lit(number, dtype=pl.Int32)))
    numbers = {iso3: str(ccode) for iso3, ccode in contested.select("iso3", "ccode").unique().iter_rows()}
    if not {HIGH, LOW} <= numbers.keys():
        raise BadValueError(
            f"These votes hold none of {HIGH}, or none of {LOW}, by which the scale's direction is settled. Use the votes of all."
        )
    if not {HIGH, LOW} <= set(numbers):
        raise BadValueError(
            f"These votes have none of {HIGH} or of {LOW}, by which the direction of the scale is known. Add the whole of "
            "the dataset."
        )
    estimated = moving_positions(sessions, numbers[HIGH], numbers[LOW], smoothing=smoothing)
    return pl.concat(
        [
            seat.with_columns(
                estimate=pl.Series(one.estimate),
                lower=pl.Series(one.estimate - WIDTH * one.sd),
                upper=pl.Series(one.estimate + WIDTH * one.sd),
            )
            for seat, one in zip(seats, estimated, strict=True)
        ]
    )


def region(study: Study, votes: pl.DataFrame, roll_calls: pl.DataFrame) -> pl.DataFrame:
    """The series of the study: its members, references, powers and others, in the sessions since it begins.

    Returns
    -------
    polars.DataFrame
        The columns `COLUMNS`; figures to four decimals.
    """
    about = study.about
    since = roll_calls.filter(pl.col("date") >= about.first_day)["session"].min()
    wanted = [*about.members, *about.votes.references, *about.powers, *about.others]
    return (
        positions(votes, roll_calls)
        .filter(pl.col("actor").is_in(list(dict.fromkeys(wanted))) & (pl.col("session") >= since))
        .select("actor", "session", pl.col("estimate", "lower", "upper").round(4))
        .sort("session", "actor")
    )


def ideal_points(study: Study) -> Measured:
    """The derived series of the study.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="ideal-points",
        title="Where states stand in the General Assembly",
        definition="Position on one dimension, from an ordinal probit model of the contested votes of a session whose prior "
        "is each state's last position. 0 is the mean of all states of the session, 1 their standard deviation; lower and "
        "upper hold 95 % of the posterior.",
        reference="Bailey, Strezhnev and Voeten 2017, doi:10.1177/0022002715595700",
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=(
            "Left out, as in the reference: " + "; ".join(PRACTICE.values()) + ".",
            f"The prior of a position is the state's last one, in its first session the second, with a variance of {SMOOTHING} "
            "× n / (n + m) for n votes in this session and m in the other, as in the reference: few votes leave a state where "
            "it was, and the bounds do not widen.",
            "Sessions are estimated one after another, and votes on one text in several sessions are not tied together (ours).",
            "The votes' own parameters are taken as known, so that the bounds are somewhat narrow (ours).",
            "The scale is fixed anew in each session: a move is one among the states of the day.",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def _contested(votes: pl.DataFrame, roll_calls: pl.DataFrame) -> pl.DataFrame:
    """The votes that tell positions apart: columns rcid, session, choice, actor, iso3, ccode."""
    if not {"paragraph", "amendment"} <= set(roll_calls.columns):
        raise BadValueError(
            "These roll calls do not tell votes on paragraphs and amendments, which are left out. Use the version 2021-03 "
            "of un-votes or a later one."
        )
    part = pl.col("paragraph").fill_null(value=False) | pl.col("amendment").fill_null(value=False)
    calls = roll_calls.filter(
        (pl.col("session") != NO_SESSION) & ~(part & (pl.col("session") >= PARTS_SINCE))
    )
    cast = by_seat(votes.join(calls.select("rcid"), on="rcid", how="semi"), calls)
    return (
        cast.drop_nulls("actor")
        .join(NO_SEATS, on=["actor", "session"], how="anti")
        .with_columns(
            choice=pl.col("vote").cast(pl.String).replace_strict(CHOICES, default=None, return_dtype=pl.Int8)
        )
        .drop_nulls("choice")
        .filter(pl.col("choice").n_unique().over("rcid") > 1)
        .sort("session", "rcid", "actor")
    )
