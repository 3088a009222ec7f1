"""Positions from votes made of known positions: what is recovered, how sure it is, and what must not matter."""

from __future__ import annotations

import numpy as np
import pytest

from chaikhana.errors import BadValueError
from chaikhana.methods import ordinal_probit
from chaikhana.methods.ideal_points import Session, moving_positions
from chaikhana.methods.ordinal_probit import Items, Positions, session_positions

NO, ABSTAIN, YES, ABSENT = 0, 1, 2, -1


def cast_votes(
    positions: np.ndarray, votes: int, rng: np.random.Generator, absent: float = 0.1
) -> np.ndarray:
    """Choices of voters that stand where they stand, under the model; every vote is contested."""
    columns: list[np.ndarray] = []
    while len(columns) < votes:
        slope, middle, gap = rng.normal(0, 1.2), rng.normal(0, 1), rng.uniform(0.2, 1.2)
        answer = slope * positions + rng.normal(size=positions.size)
        column = np.digitize(answer, [middle - gap / 2, middle + gap / 2])
        column[rng.random(positions.size) < absent] = ABSENT
        if np.unique(column[column != ABSENT]).size > 1:
            columns.append(column)
    return np.stack(columns, axis=1).astype(np.int8)


def standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def flat(voters: int) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(voters), np.ones(voters)


def names(voters: int) -> list[str]:
    return [f"v{place:03}" for place in range(voters)]


def moving(
    seed: int, voters: int = 50, sessions: int = 6, step: float = 0.25
) -> tuple[list[np.ndarray], list[Session]]:
    """True positions that wander, and the votes cast from them."""
    rng = np.random.default_rng(seed)
    true = [standard(rng.normal(size=voters))]
    for _ in range(sessions - 1):
        true.append(standard(true[-1] + rng.normal(0, step, voters)))
    return true, [Session(voters=names(voters), choices=cast_votes(place, 40, rng)) for place in true]


def ends(true: np.ndarray) -> tuple[str, str]:
    return names(true.size)[int(true.argmax())], names(true.size)[int(true.argmin())]


def test_known_positions_are_recovered() -> None:
    rng = np.random.default_rng(1)
    true = rng.normal(size=80)
    found = session_positions(cast_votes(true, 60, rng), *flat(80))
    assert found.converged
    assert abs(np.corrcoef(true, found.estimate)[0, 1]) > 0.97


def test_positions_that_move_are_followed() -> None:
    true, sessions = moving(2)
    found = moving_positions(sessions, *ends(true[0]))
    for place, session in zip(true, found, strict=True):
        assert np.corrcoef(place, session.estimate)[0, 1] > 0.96


def test_within_a_session_the_mean_is_nought_and_the_deviation_one() -> None:
    for session in moving_positions(moving(3, sessions=3)[1], "v000", "v001"):
        assert session.estimate.mean() == pytest.approx(0, abs=1e-9)
        assert session.estimate.std() == pytest.approx(1)


def test_nineteen_intervals_in_twenty_hold_the_truth() -> None:
    """Somewhat fewer, since the votes' parameters are taken as known; 1,200 positions, so that 0.91 is no chance."""
    inside = []
    for seed in range(15):
        rng = np.random.default_rng(100 + seed)
        true = standard(rng.normal(size=80))
        found = session_positions(cast_votes(true, 50, rng), true * 0.01, np.ones(80))
        spread = found.estimate.std()
        off = standard(found.estimate) - true
        inside.append(np.abs(off) < 1.96 * found.sd / spread)
    assert 0.91 < np.mean(inside) < 0.985


def test_the_fewer_votes_the_wider_the_interval() -> None:
    rng = np.random.default_rng(4)
    choices = cast_votes(rng.normal(size=60), 60, rng, absent=0)
    some = choices.copy()
    some[0, 10:] = ABSENT
    all_votes, few = session_positions(choices, *flat(60)), session_positions(some, *flat(60))
    assert few.sd[0] > 1.5 * all_votes.sd[0]
    assert np.median(few.sd[1:] / all_votes.sd[1:]) == pytest.approx(1, abs=0.02)


def test_who_casts_no_vote_stays_at_the_prior() -> None:
    rng = np.random.default_rng(5)
    choices = cast_votes(rng.normal(size=30), 30, rng)
    choices[7] = ABSENT
    mean = rng.normal(0, 0.3, 30)
    found = session_positions(choices, mean, np.full(30, 0.5))
    assert found.estimate[7] == pytest.approx(mean[7], abs=1e-6)
    assert found.sd[7] == pytest.approx(0.5, abs=1e-4)


def test_the_prior_holds_the_more_the_narrower() -> None:
    rng = np.random.default_rng(6)
    true = standard(rng.normal(size=40))
    choices = cast_votes(true, 25, rng)
    mean = true.copy()
    mean[0] += 2
    free, held = (session_positions(choices, mean, np.full(40, sd)).estimate for sd in (1.0, 0.1))
    assert abs(standard(held)[0] - standard(mean)[0]) < abs(standard(free)[0] - standard(mean)[0])


@pytest.mark.parametrize("lacking", [NO, ABSTAIN, YES])
def test_a_vote_may_lack_a_choice(lacking: int) -> None:
    rng = np.random.default_rng(7)
    true = rng.normal(size=50)
    choices = cast_votes(true, 40, rng)
    other = YES if lacking == NO else NO if lacking == YES else YES
    choices[:, :10] = np.where(choices[:, :10] == lacking, other, choices[:, :10])
    kept = choices[:, [len(np.unique(column[column >= 0])) > 1 for column in choices.T]]
    found = session_positions(kept, *flat(50))
    assert found.converged
    assert all(np.isfinite(part).all() for part in (found.estimate, found.sd, *found.items))
    assert (found.items.cut_low < found.items.cut_high).all()
    assert abs(np.corrcoef(true, found.estimate)[0, 1]) > 0.93


def test_a_session_of_two_votes_leaves_everyone_near_the_last_position() -> None:
    """The authors' variance, 0.5 × 2 / (2 + m) after m votes in the last session, is small where the votes are few."""
    true, sessions = moving(8, sessions=3)
    few = Session(voters=sessions[1].voters, choices=sessions[1].choices[:, :2])
    found = moving_positions([sessions[0], few, sessions[2]], *ends(true[0]))
    assert found[1].estimate == pytest.approx(found[0].estimate, abs=0.3)
    assert np.corrcoef(true[2], found[2].estimate)[0, 1] > 0.96


def test_unanimity_says_nothing_of_positions() -> None:
    rng = np.random.default_rng(9)
    choices = cast_votes(rng.normal(size=40), 40, rng)
    more = np.concatenate([choices, np.full((40, 5), YES, dtype=np.int8)], axis=1)
    mean = rng.normal(size=40)
    one, other = (session_positions(table, mean, np.ones(40)) for table in (choices, more))
    assert standard(other.estimate) == pytest.approx(standard(one.estimate), abs=0.05)


def test_the_order_of_voters_and_votes_does_not_matter() -> None:
    rng = np.random.default_rng(10)
    _, sessions = moving(10, sessions=3)
    mixed, orders = [], []
    for session in sessions:
        voters, votes = (rng.permutation(size) for size in session.choices.shape)
        mixed.append(
            Session(
                voters=[session.voters[place] for place in voters], choices=session.choices[voters][:, votes]
            )
        )
        orders.append(voters)
    for one, other, order in zip(
        moving_positions(sessions, "v000", "v001"),
        moving_positions(mixed, "v000", "v001"),
        orders,
        strict=True,
    ):
        assert other.estimate == pytest.approx(one.estimate[order], abs=2e-3)
        assert other.sd == pytest.approx(one.sd[order], abs=2e-3)


def test_turning_every_vote_round_turns_the_votes_and_not_the_voters() -> None:
    true, sessions = moving(11, sessions=3)
    turned = [
        Session(
            voters=session.voters,
            choices=np.where(session.choices >= 0, 2 - session.choices, ABSENT).astype(np.int8),
        )
        for session in sessions
    ]
    for one, other in zip(
        moving_positions(sessions, *ends(true[0])), moving_positions(turned, *ends(true[0])), strict=True
    ):
        assert other.estimate == pytest.approx(one.estimate, abs=5e-3)
        assert other.items.discrimination == pytest.approx(-one.items.discrimination, abs=2e-2)
        assert other.items.cut_low == pytest.approx(-one.items.cut_high, abs=5e-2)


def test_the_two_anchors_settle_the_direction_only() -> None:
    true, sessions = moving(12, sessions=3)
    high, low = ends(true[0])
    for one, other in zip(
        moving_positions(sessions, high, low), moving_positions(sessions, low, high), strict=True
    ):
        assert other.estimate == pytest.approx(-one.estimate, abs=5e-3)
        assert other.sd == pytest.approx(one.sd, abs=5e-3)


def test_a_newcomer_begins_where_its_second_session_puts_it() -> None:
    """With one vote in the first session, nearly all that is known comes from the second."""
    true, sessions = moving(13, sessions=4, step=0.0)
    late = int(np.argsort(true[0])[3])
    choices = [session.choices.copy() for session in sessions]
    choices[0][late] = ABSENT
    choices[1][late, 1:] = ABSENT
    choices[1][late, 0] = choices[1][late, 0] if choices[1][late, 0] != ABSENT else YES
    changed = [Session(voters=names(50), choices=table) for table in choices]
    once = moving_positions(changed, *ends(true[0]), passes=1)[1].estimate[late]
    twice = moving_positions(changed, *ends(true[0]), passes=2)[1].estimate[late]
    assert abs(twice - true[0][late]) < abs(once - true[0][late])


def test_a_voter_takes_its_last_position_over_a_gap() -> None:
    true, sessions = moving(14, sessions=3, step=0.0)
    absent = Session(voters=names(50)[:-1], choices=sessions[1].choices[:-1])
    last = Session(voters=names(50), choices=sessions[2].choices.copy())
    last.choices[-1] = ABSENT
    found = moving_positions([sessions[0], absent, last], *ends(true[0]))
    assert found[2].estimate[-1] == pytest.approx(found[0].estimate[-1], abs=0.25)


def test_the_same_votes_give_the_same_numbers() -> None:
    one, other = (moving_positions(moving(15, sessions=2)[1], "v000", "v001") for _ in range(2))
    for first, second in zip(one, other, strict=True):
        assert (first.estimate == second.estimate).all()
        assert (first.sd == second.sd).all()


def test_another_scale_says_the_same() -> None:
    """2 × (3 − 1) − 1 = 3: on the new scale 1 × ... , the answer and its cut points keep their distances."""
    items = Items(np.array([2.0]), np.array([1.0]), np.array([2.5]))
    found = Positions(
        estimate=np.array([3.0]), sd=np.array([0.5]), items=items, converged=True, iterations=1
    ).rescaled(1.0, -2.0)
    assert found.estimate[0] == -1.0
    assert found.sd[0] == 0.25
    for cut, moved in ((items.cut_low, found.items.cut_low), (items.cut_high, found.items.cut_high)):
        assert cut[0] - 2.0 * 3.0 == pytest.approx(
            moved[0] - found.items.discrimination[0] * found.estimate[0]
        )


def test_a_perfect_divide_gives_finite_positions() -> None:
    """Two blocs that never mix: nothing bounds the discriminations but their prior."""
    choices = np.where(np.arange(30)[:, None] < 15, NO, YES).astype(np.int8).repeat(20, axis=1)
    found = session_positions(choices, *flat(30))
    assert np.isfinite(found.estimate).all()
    assert abs(found.estimate[0] - found.estimate[-1]) > 1
    assert np.ptp(found.estimate[:15]) < 1e-6


def test_a_lone_dissenter_is_held_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """As by the authors' sampler, which cuts answers at ±9; without, an answer goes as far as the priors let it."""
    rng = np.random.default_rng(16)
    true = np.append(rng.normal(size=60), 3.5)
    alone = np.full((61, 40), YES, dtype=np.int8)
    alone[-1] = NO
    choices = np.concatenate([cast_votes(true, 30, rng, absent=0), alone], axis=1)
    held = session_positions(choices, true, np.ones(61))
    reach = np.abs(held.estimate[-1] * held.items.discrimination).max()
    monkeypatch.setattr(ordinal_probit, "LIMIT", 1e9)
    free = session_positions(choices, true, np.ones(61))
    assert reach < 9.5 < np.abs(free.estimate[-1] * free.items.discrimination).max()
    assert np.corrcoef(held.estimate[:-1], free.estimate[:-1])[0, 1] > 0.999


def test_what_does_not_fit_is_refused() -> None:
    table = np.array([[YES, NO], [NO, YES]], dtype=np.int8)
    with pytest.raises(BadValueError, match="do not fit priors"):
        session_positions(table, *flat(3))
    with pytest.raises(BadValueError, match="another number"):
        session_positions(table + 2, *flat(2))
    with pytest.raises(BadValueError, match="nobody cast"):
        session_positions(np.array([[YES, ABSENT], [NO, ABSENT]], dtype=np.int8), *flat(2))
    with pytest.raises(BadValueError, match="no votes"):
        session_positions(np.empty((2, 0), dtype=np.int8), *flat(2))
    with pytest.raises(BadValueError, match="not above zero"):
        session_positions(table, np.zeros(2), np.array([1.0, 0.0]))
    one = Session(voters=["a", "b"], choices=table)
    with pytest.raises(BadValueError, match="never vote in the same session"):
        moving_positions([one], "a", "c")
    with pytest.raises(BadValueError, match="twice"):
        moving_positions([Session(voters=["a", "a"], choices=table)], "a", "b")
    with pytest.raises(BadValueError, match="above zero"):
        moving_positions([one], "a", "b", smoothing=0)
