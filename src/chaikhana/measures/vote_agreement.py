"""Vote agreement in the General Assembly: the region's members among themselves, with powers, and with a bloc's median.

Reference: Häge (2011), doi:10.1093/pan/mpr023, for the four figures; Voeten (2013) for the data. Computes from a
table of votes, which a reader of the source store supplies, and reads the derived series of a study where no
dataset is at hand. All roll calls count, the unanimous among them; a bloc's median is taken over those of its
members (as of the vote) that voted.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import FULL_STATUSES
from chaikhana.methods.agreement import all_pairs, each_pair, median_choice
from chaikhana.study.study import Study, holds_on

SERIES = "vote_agreement"
_PANEL = {
    "iso3_1": pl.String,
    "iso3_2": pl.String,
    "session": pl.Int32,
    "votes": pl.Int64,
    **dict.fromkeys(("share", "agreement", "kappa", "pi"), pl.Float64),
}
FIGURES = ("votes", "share", "agreement", "kappa", "pi")
CHOICES = {"no": 0, "abstain": 1, "yes": 2}


def vote_agreement(study: Study) -> Measured:
    """The derived series of the study.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset="un-votes")
    return Measured(
        name="vote-agreement",
        title="How alike states vote in the General Assembly",
        definition="Over the roll calls of a session on which both voted: share of the same vote; one "
        "minus the mean distance "
        "on the scale no 0, abstain ½, yes 1; the same corrected for chance (kappa, pi).",
        reference="Häge 2011, doi:10.1093/pan/mpr023",
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=(
            "Unanimous roll calls are kept, so that levels are high and differences count (ours).",
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def world(seats: pl.DataFrame) -> pl.DataFrame:
    """Agreement of every pair of states in every session.

    Parameters
    ----------
    seats : polars.DataFrame
        Columns rcid, session, vote, iso3, as `un_votes.by_seat` gives them; votes of no known state are left out.

    Returns
    -------
    polars.DataFrame
        Columns iso3_1, iso3_2, session, votes, share, agreement, kappa, pi; one row a pair that voted together, the
        first before the second in the alphabet. Kappa and pi are null where chance alone leaves nothing to explain.
    """
    pieces = []
    known = seats.filter(pl.col("iso3").is_not_null()).select("rcid", "session", "vote", actor="iso3")
    for (session,), frame in sorted(known.partition_by("session", as_dict=True).items(), key=itemgetter(0)):
        actors, choices = as_matrix(frame)
        found = each_pair(choices)
        together = found.votes > 0
        names = pl.Series(actors)
        pieces.append(
            pl.DataFrame(
                {
                    "iso3_1": names.gather(found.first[together]),
                    "iso3_2": names.gather(found.second[together]),
                    "session": np.full(together.sum(), session, dtype=np.int32),
                    **{name: getattr(found, name)[together] for name in FIGURES},
                }
            )
        )
    return pl.concat([pl.DataFrame(schema=_PANEL), *pieces]).fill_nan(None)


def from_votes(study: Study, votes: pl.DataFrame) -> pl.DataFrame:
    """Agreement per session of every pair of members of the region, and of each with references and blocs.

    Parameters
    ----------
    votes : polars.DataFrame
        Columns rcid, session, date, actor (study id), vote (yes, abstain, no; anything else is no vote).

    Returns
    -------
    polars.DataFrame
        Columns actor_1, actor_2, session, votes, share, agreement, kappa, pi.
    """
    about = study.about
    named = [*about.members, *about.votes.references]
    pieces = []
    for (session,), frame in votes.group_by("session", maintain_order=True):
        actors, choices = as_matrix(frame)
        rows = {actor: choices[place] for place, actor in enumerate(actors)}
        present = [actor for actor in named if actor in rows]
        table = [rows[actor] for actor in present]
        for bloc in about.votes.blocs:
            inside = _bloc_members(study, bloc, frame)
            chosen = [rows[actor] for actor in inside if actor in rows]
            if chosen:
                present.append(f"{bloc}-median")
                table.append(median_choice(np.stack(chosen)))
        if table:
            pieces.append(_pairs(int(str(session)), present, np.stack(table), about.members))
    return pl.concat(pieces or [_pairs(0, [], np.empty((0, 0), dtype=np.int8), about.members)]).sort(
        "session", "actor_1", "actor_2"
    )


def as_matrix(votes: pl.DataFrame) -> tuple[list[str], NDArray[np.int8]]:
    """Votes as a matrix: the actors, and their choices (rows) by roll call (columns), -1 for no vote."""
    coded = votes.with_columns(
        choice=pl.col("vote").cast(pl.String).replace_strict(CHOICES, default=None, return_dtype=pl.Int8)
    )
    actors = coded["actor"].unique().sort()
    calls = coded["rcid"].unique().sort()
    matrix = np.full((len(actors), len(calls)), -1, dtype=np.int8)
    cast = coded.filter(pl.col("choice").is_not_null())
    matrix[actors.search_sorted(cast["actor"]).to_numpy(), calls.search_sorted(cast["rcid"]).to_numpy()] = (
        cast["choice"]
    )
    return actors.to_list(), matrix


def _bloc_members(study: Study, bloc: str, votes: pl.DataFrame) -> list[str]:
    """Members of a bloc in the middle of a session's votes."""
    day = votes["date"].sort()[votes.height // 2]
    return (
        study.table("memberships")
        .filter((pl.col("body") == bloc) & pl.col("status").is_in(FULL_STATUSES))
        .filter(holds_on(day, study.about.last_day) == "yes")["actor"]
        .unique()
        .sort()
        .to_list()
    )


def _pairs(
    session: int, actors: Sequence[str], choices: NDArray[np.int8], members: Sequence[str]
) -> pl.DataFrame:
    found = all_pairs(choices)
    keep = [
        (i, j)
        for i, first in enumerate(actors)
        for j, second in enumerate(actors)
        if first in members and (second not in members or i < j) and found.votes[i, j] > 0
    ]
    where = tuple(np.array(keep).T) if keep else (np.array([], int), np.array([], int))
    return pl.DataFrame(
        {
            "actor_1": [actors[i] for i, _ in keep],
            "actor_2": [actors[j] for _, j in keep],
            "session": pl.Series([session] * len(keep), dtype=pl.Int64),
            "votes": found.votes[where],
            **{
                name: np.round(getattr(found, name)[where], 4)
                for name in ("share", "agreement", "kappa", "pi")
            },
        },
        schema_overrides={"actor_1": pl.String, "actor_2": pl.String},
    )
