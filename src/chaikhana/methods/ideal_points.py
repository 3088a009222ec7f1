"""Positions that move from session to session: each session's ordinal probit, with the last position carried forward.

Reference: Bailey, Strezhnev and Voeten (2017), *Estimating dynamic state preferences from United Nations voting data*, Journal
of Conflict Resolution 61(2), 430–456, doi:10.1177/0022002715595700, and the authors' code (on GitHub as
evoeten/United-Nations-General-Assembly-Votes-and-Ideal-Points). Reads voters and choices of each session. Knows nothing of
states. Not theirs: sessions are estimated one after another, each on a scale of its own; votes on one text are not tied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chaikhana.errors import BadValueError
from chaikhana.methods.ordinal_probit import ABSENT, Choices, Floats, Positions, session_positions

SMOOTHING = 0.5  # the authors', for all issues taken together
PASSES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The votes of one session.

    Attributes
    ----------
    voters : sequence of str
        Each once; the same name in another session is the same voter.
    choices : array of int8, shape (voters, votes)
        0 no, 1 abstain, 2 yes, -1 no vote.
    """

    voters: Sequence[str]
    choices: Choices


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a voter stood in a session, and on how many votes that rests."""

    position: float
    votes: int


def moving_positions(
    sessions: Sequence[Session],
    high: str,
    low: str,
    *,
    smoothing: float = SMOOTHING,
    passes: int = PASSES,
    tolerance: float = 1e-3,
) -> list[Positions]:
    """Positions of the voters of each session.

    The prior of a position is normal, about the voter's last one, with the variance ``smoothing × n / (n + m)`` where the
    voter cast n votes in this session and m in the last; in the voter's first session, about the second one, found a
    pass before. All this is the authors'. Ours: in the first pass a first position has a standard normal prior; and
    after each session the scale is set anew, to a mean of 0 and a standard deviation of 1 of those who voted, so that
    positions compare within a session, and over time relative to all others.

    Parameters
    ----------
    sessions : sequence of Session
        In order.
    high, low : str
        Two voters: the first is to have the higher position in the first session in which both vote. This settles the
        direction of the scale and nothing else.
    smoothing : float
        The smaller, the closer a position stays to the last.
    passes : int
        Runs through all sessions, one at least.
    tolerance : float
        As in `session_positions`.

    Returns
    -------
    list of Positions
        One a session, its voters in their order. A voter that cast no vote in a session stays where its prior is.

    Raises
    ------
    BadValueError
        If a session has no votes, or votes that nobody cast; if a voter is named twice in one; if the two voters never
        vote in the same session; if `smoothing` or `passes` is not above zero.
    """
    together = _first_together(sessions, high, low)
    if smoothing <= 0 or passes < 1:
        raise BadValueError(
            f"A smoothing of {smoothing} in {passes} passes cannot be. Both have to be above zero."
        )
    fits: list[Positions] = []
    for _ in range(passes):
        fits = _one_pass(sessions, fits, smoothing, tolerance)
        place = dict(zip(sessions[together].voters, fits[together].estimate, strict=True))
        if place[high] < place[low]:
            fits = [fit.rescaled(0.0, -1.0) for fit in fits]
    return [_on_own_scale(fit) for fit in fits]


def _one_pass(
    sessions: Sequence[Session], before: Sequence[Positions], smoothing: float, tolerance: float
) -> list[Positions]:
    """All sessions in their order, each on the scale of its priors; `before` is what the pass before found, if there was one."""
    later = _second_stands(sessions, before) if before else {}
    stands: dict[str, _Stand] = {}
    fits: list[Positions] = []
    for number, session in enumerate(sessions):
        mean, sd = _priors(session, {**later, **stands}, smoothing)
        start = before[number].items if before else None
        fits.append(session_positions(session.choices, mean, sd, start=start, tolerance=tolerance))
        stands |= _stands(session, fits[-1])
    return fits


def _on_own_scale(fit: Positions) -> Positions:
    """Mean 0 and standard deviation 1; if all stand at one place, at 0."""
    return fit.rescaled(float(fit.estimate.mean()), float(fit.estimate.std()) or 1.0)


def _priors(session: Session, stands: Mapping[str, _Stand], smoothing: float) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each voter's prior; standard normal where nothing is known of a voter."""
    known = [stands.get(voter) for voter in session.voters]
    mean = np.array([stand.position if stand else 0.0 for stand in known])
    others = np.array([stand.votes if stand else 0 for stand in known])
    votes = np.maximum(_votes(session), 1)
    return mean, np.sqrt(np.where(others > 0, smoothing * votes / (votes + others), 1.0))


def _stands(session: Session, fit: Positions) -> dict[str, _Stand]:
    """Where those stand that cast a vote."""
    rows = zip(session.voters, _on_own_scale(fit).estimate.tolist(), _votes(session).tolist(), strict=True)
    return {voter: _Stand(position, votes) for voter, position, votes in rows if votes}


def _second_stands(sessions: Sequence[Session], fits: Sequence[Positions]) -> dict[str, _Stand]:
    """Where each voter stood in the second session in which it cast a vote."""
    seen: set[str] = set()
    second: dict[str, _Stand] = {}
    for session, fit in zip(sessions, fits, strict=True):
        stands = _stands(session, fit)
        second = {**{voter: stand for voter, stand in stands.items() if voter in seen}, **second}
        seen |= stands.keys()
    return second


def _votes(session: Session) -> NDArray[np.int64]:
    return np.asarray((session.choices != ABSENT).sum(axis=1))


def _first_together(sessions: Sequence[Session], high: str, low: str) -> int:
    """The first session in which both vote."""
    for number, session in enumerate(sessions):
        if len(set(session.voters)) < len(session.voters):
            raise BadValueError(
                f"Session {number + 1} of {len(sessions)} names a voter twice. Name each once."
            )
        voted = {voter for voter, votes in zip(session.voters, _votes(session), strict=True) if votes}
        if {high, low} <= voted:
            return number
    raise BadValueError(
        f"‘{high}’ and ‘{low}’, which settle the direction of the scale, never vote in the same session. Name others."
    )
