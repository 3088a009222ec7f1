"""Cohesion in the General Assembly: how far any set of states votes as one, by session, and on what its states agree.

Reference: Hix, Noury and Roland (2005), doi:10.1017/S0007123405000128, for the agreement index; Häge (2011),
doi:10.1093/pan/mpr023, for pairs; Voeten (2013) for votes and issues. Computes from tables of votes, which a reader
supplies, and reads the derived series of a study. The index is over roll calls on which two of the set voted at
least; all count, the unanimous among them. Small sets score higher by chance: compare like with like.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import FULL_STATUSES
from chaikhana.errors import BadValueError
from chaikhana.methods.agreement import all_pairs
from chaikhana.methods.cohesion import agreement_index, mean_agreement
from chaikhana.study.study import Study, holds_on

SERIES = "cohesion"
ISSUES = "agreement_by_issue"
DATASET = "un-votes"
COLUMNS = (
    "group",
    "session",
    "voters",
    "roll_calls",
    "agreement_index",
    "mean_agreement",
    "agreement_low",
    "agreement_high",
)
ISSUE_COLUMNS = ("actor_1", "actor_2", "issue", "first", "last", "votes", "agreement")
REGION = "region"
WINDOW = 5
CHOICES = {"no": 0, "abstain": 1, "yes": 2}
_TYPES = (pl.String, *[pl.Int64] * 3, *[pl.Float64] * 4)
_ISSUE_TYPES = (*[pl.String] * 3, *[pl.Int64] * 3, pl.Float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roll:
    """Votes as a matrix: actors by roll calls, with the session of each roll call."""

    actors: dict[str, int]
    calls: NDArray[np.int64]
    sessions: NDArray[np.int64]
    choices: NDArray[np.int8]
    seated: NDArray[np.bool_]

    def of(self, actors: Sequence[str]) -> list[int]:
        """The rows of those actors that have any."""
        return [self.actors[actor] for actor in dict.fromkeys(actors) if actor in self.actors]


def world(votes: pl.DataFrame, roll_calls: pl.DataFrame, groups: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Cohesion of any sets of states, by session.

    Parameters
    ----------
    votes : polars.DataFrame
        Columns rcid, actor (state id), vote (yes, abstain, no; a row with another word is a seat without a vote).
    roll_calls : polars.DataFrame
        Columns rcid, session.
    groups : mapping
        Name to state ids.

    Returns
    -------
    polars.DataFrame
        Columns group, session, voters (that voted at all), roll_calls (on which two voted at least), agreement_index (0 to
        1, mean over these), mean_agreement (mean over pairs of one minus the mean distance), agreement_low,
        agreement_high (the same with absences set to disagreement, then to agreement). A session in which no two of
        a group ever voted on one roll call has no row.
    """
    roll = _roll(votes, roll_calls)
    sessions = _sessions(roll)
    return _cohesion(
        roll, {name: dict.fromkeys(sessions, roll.of(actors)) for name, actors in groups.items()}
    )


def by_issue(
    votes: pl.DataFrame,
    roll_calls: pl.DataFrame,
    issues: pl.DataFrame,
    actors: Sequence[str],
    window: int = WINDOW,
) -> pl.DataFrame:
    """Agreement of all pairs of given states by issue, sessions pooled in windows.

    Parameters
    ----------
    issues : polars.DataFrame
        Columns rcid, issue; a roll call may have several issues, or none.
    window : int
        Sessions in a window, counted from the first session of the votes; the last window may be shorter.

    Returns
    -------
    polars.DataFrame
        Columns actor_1, actor_2, issue, first, last (sessions), votes (roll calls on which both voted), agreement (0 to 1).

    Raises
    ------
    BadValueError
        If the window is shorter than a session.
    """
    if window < 1:
        raise BadValueError(f"A window of {window} sessions cannot be. Allowed: 1 or more.")
    roll = _roll(votes.filter(pl.col("actor").is_in(list(actors))), roll_calls)
    none = pl.DataFrame(schema=dict(zip(ISSUE_COLUMNS, _ISSUE_TYPES, strict=True)))
    if not roll.calls.size:
        return none
    names = sorted(roll.actors)
    rows, start, end = roll.of(names), int(roll.sessions.min()), int(roll.sessions.max())
    window_of = start + (roll.sessions - start) // window * window
    one, other = np.triu_indices(len(rows), 1)
    pieces = []
    for (issue,), told in issues.sort("issue").group_by("issue", maintain_order=True):
        about = np.isin(roll.calls, told["rcid"].to_numpy())
        for first in np.unique(window_of[about]).tolist():
            found = all_pairs(roll.choices[rows][:, about & (window_of == first)])
            pieces.append(
                pl.DataFrame(
                    {
                        "actor_1": [names[place] for place in one],
                        "actor_2": [names[place] for place in other],
                        "issue": [str(issue)] * len(one),
                        "first": [first] * len(one),
                        "last": [min(first + window - 1, end)] * len(one),
                        "votes": found.votes[one, other],
                        "agreement": np.round(found.agreement[one, other], 4),
                    },
                    schema=none.schema,
                )
            )
    return (
        pl.concat([none, *pieces])
        .filter(pl.col("votes") > 0)
        .sort("issue", "first", "actor_1", "actor_2")
        .select(ISSUE_COLUMNS)
    )


def region(
    study: Study, votes: pl.DataFrame, roll_calls: pl.DataFrame, issues: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """The series that a study carries: cohesion of the region and of its blocs, and agreement by issue.

    Parameters
    ----------
    votes, roll_calls, issues : polars.DataFrame
        See `world` and `by_issue`; `roll_calls` has `date` too.

    Returns
    -------
    dict
        `cohesion` (as `world`; the group ``region``, and each bloc of the study, made up of its full members in the middle
        of the session) and `agreement_by_issue` (as `by_issue`; members with one another, and each with the references).
    """
    about = study.about
    since = roll_calls.filter(pl.col("date") >= about.first_day)["session"].min()
    calls = roll_calls.filter(pl.col("session") >= since) if since is not None else roll_calls.clear()
    roll = _roll(votes, calls)
    middle = _middle_days(votes, calls)
    sessions = _sessions(roll)
    groups = {REGION: dict.fromkeys(sessions, roll.of(about.members))}
    for bloc in about.votes.blocs:
        groups[bloc] = {session: roll.of(_members(study, bloc, middle[session])) for session in sessions}
    shown = [*about.members, *about.votes.references]
    ours = list(about.members)
    inside_1, inside_2 = pl.col("actor_1").is_in(ours), pl.col("actor_2").is_in(ours)
    issue_wise = by_issue(votes, calls, issues, shown).filter(inside_1 | inside_2)
    turned = pl.when(inside_1)
    return {
        SERIES: _cohesion(roll, groups),
        ISSUES: issue_wise.with_columns(
            actor_1=turned.then("actor_1").otherwise("actor_2"),
            actor_2=turned.then("actor_2").otherwise("actor_1"),
        ).sort("issue", "first", "actor_1", "actor_2"),
    }


def cohesion(study: Study) -> Measured:
    """The derived series of cohesion by session.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    return Measured(
        name="cohesion",
        title="How far the region votes as one in the General Assembly",
        definition="Agreement index: on a roll call, the largest of yes, no and abstentions less half of the "
        "others, as a share of all; mean over the roll calls on which two voted at least. Mean agreement: over "
        "pairs, one minus the mean distance (no 0, abstain ½, yes 1); low and high: absences set to "
        "disagreement, then to agreement.",
        reference="Hix, Noury & Roland 2005, doi:10.1017/S0007123405000128; Häge 2011, doi:10.1093/pan/mpr023",
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=(
            "Unanimous roll calls are kept (ours).",
            "A bloc is made up of its full members in the middle of the session (ours).",
            "Two or three voters agree more by chance than thirty: levels of groups of different size do not "
            "compare, their changes do.",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def agreement_by_issue(study: Study) -> Measured:
    """The derived series of agreement by issue.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(ISSUES, dataset=DATASET)
    return Measured(
        name="agreement-by-issue",
        title="On what the region's states agree in the General Assembly",
        definition=f"One minus the mean distance of votes over the roll calls of an issue on which both voted, "
        f"{WINDOW} sessions pooled.",
        reference="Häge 2011, doi:10.1093/pan/mpr023; issues: Voeten 2013",
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{ISSUES}"])),
        assumptions=(
            f"Windows of {WINDOW} sessions are ours; the last may be shorter.",
            "A roll call on several issues counts for each; those without an issue are left out.",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def _roll(votes: pl.DataFrame, roll_calls: pl.DataFrame) -> _Roll:
    calls = roll_calls.select("rcid", "session").unique("rcid", keep="first").sort("rcid")
    cast = (
        votes.select("rcid", "actor", "vote")
        .drop_nulls("actor")
        .join(calls.select("rcid"), on="rcid")
        .with_columns(
            choice=pl.col("vote").cast(pl.String).replace_strict(CHOICES, default=-1, return_dtype=pl.Int8)
        )
        .sort("rcid", "actor", "choice")
    )
    calls = calls.filter(pl.col("rcid").is_in(cast["rcid"].unique().implode()))
    actors = cast["actor"].unique().sort()
    where = (
        actors.search_sorted(cast["actor"]).to_numpy(),
        calls["rcid"].search_sorted(cast["rcid"]).to_numpy(),
    )
    choices = np.full((len(actors), calls.height), -1, dtype=np.int8)
    seated = np.zeros(choices.shape, dtype=np.bool_)
    choices[where], seated[where] = cast["choice"].to_numpy(), True
    return _Roll(
        actors={actor: place for place, actor in enumerate(actors)},
        calls=calls["rcid"].cast(pl.Int64).to_numpy(),
        sessions=calls["session"].cast(pl.Int64).to_numpy(),
        choices=choices,
        seated=seated,
    )


def _sessions(roll: _Roll) -> list[int]:
    return [int(session) for session in np.unique(roll.sessions)]


def _cohesion(roll: _Roll, groups: Mapping[str, Mapping[int, Sequence[int]]]) -> pl.DataFrame:
    """Cohesion of each group, whose rows of the roll may differ from session to session."""
    schema = dict(zip(COLUMNS, _TYPES, strict=True))
    pieces = [pl.DataFrame(schema=schema)]
    for session in _sessions(roll):
        made_up = {name: rows[session] for name, rows in groups.items() if session in rows}
        inside = np.zeros((len(made_up), len(roll.actors)), dtype=np.bool_)
        for place, rows in enumerate(made_up.values()):
            inside[place, rows] = True
        calls = roll.sessions == session
        choices, seated = roll.choices[:, calls], roll.seated[:, calls]
        here = inside.any(axis=0) & seated.any(axis=1)
        choices, seated, inside = choices[here], seated[here], inside[:, here]
        index = agreement_index(choices, inside)
        counted = ~np.isnan(index)
        pairs = mean_agreement(choices, seated, inside)
        found = {
            "group": list(made_up),
            "session": [session] * len(made_up),
            "voters": inside @ (choices >= 0).any(axis=1).astype(np.int64),
            "roll_calls": counted.sum(axis=1),
            "agreement_index": np.where(counted, index, 0).sum(axis=1) / np.maximum(counted.sum(axis=1), 1),
            "mean_agreement": pairs.mean,
            "agreement_low": pairs.low,
            "agreement_high": pairs.high,
        }
        pieces.append(pl.DataFrame(found, schema=schema).filter(pl.col("roll_calls") > 0))
    return pl.concat(pieces).with_columns(pl.col(pl.Float64).round(4)).sort("group", "session")


def _middle_days(votes: pl.DataFrame, roll_calls: pl.DataFrame) -> dict[int, date]:
    """The day of the middle vote of each session."""
    dated = (
        votes.select("rcid")
        .join(roll_calls.select("rcid", "session", "date"), on="rcid")
        .sort("session", "date")
        .group_by("session", maintain_order=True)
        .agg(middle=pl.col("date").gather(pl.len() // 2).first())
    )
    return dict(dated.iter_rows())


def _members(study: Study, bloc: str, day: date) -> list[str]:
    """The full members of a bloc on a day."""
    held = study.table("memberships").filter((pl.col("body") == bloc) & pl.col("status").is_in(FULL_STATUSES))
    certain = held.filter(holds_on(day, study.about.last_day) == "yes")
    return certain["actor"].unique().sort().to_list()
