"""What holds of the measures whatever the memberships: names do not matter, doubt is an interval, more is not less."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chaikhana.core.dates import parse_period
from chaikhana.core.truth import Truth, any_of
from chaikhana.core.vocabulary import STATUSES
from chaikhana.measures.body_overlap import body_overlap
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.groups import groups
from chaikhana.measures.lead_diversity import lead_diversity
from chaikhana.measures.membership import membership
from chaikhana.measures.membership_counts import membership_counts
from chaikhana.measures.state_overlap import state_overlap
from chaikhana.study.study import Study

DAY = date(1995, 12, 31)
ACTORS = ("aaa", "bbb", "ccc", "xxx", "yyy")
BODIES = ("org", "treaty", "plat", "exercise")
FORMS = ("formal-organisation", "treaty-regime", "informal-platform", "exercise")
FROMS = ("1990", "1995-01-01", "1995?", "[..1997]", "", "1999", "[1994..]")
TOS = ("..", "", "1994", "1995", "[1993..]", "1998-01-01", "1995?")
Rows = list[tuple[str, str, str, str, str]]
memberships = st.lists(
    st.tuples(
        st.sampled_from(ACTORS),
        st.sampled_from(BODIES),
        st.sampled_from(list(STATUSES)),
        st.sampled_from(FROMS),
        st.sampled_from(TOS),
    ),
    max_size=25,
    unique=True,
)
leads = st.lists(st.tuples(st.sampled_from(BODIES), st.sampled_from(ACTORS)), max_size=6, unique=True)
few = settings(max_examples=30, phases=(Phase.explicit, Phase.generate))  # each example makes a study


@pytest.fixture(scope="session")
def make(tiny) -> Callable[..., Study]:
    """A study of these memberships; they need not make sense together, so that no check is asked."""

    def make(rows: Rows, led: list[tuple[str, str]] = (), names: dict[str, str] | None = None) -> Study:  # type: ignore[assignment]
        called = names or {actor: actor for actor in ACTORS}
        bodies = [f"{body},{body},{form},1980,.." for body, form in zip(BODIES, FORMS, strict=True)]
        return tiny(
            check=False,
            actors=" ".join(called[actor] for actor in ACTORS),
            members=tuple(called[actor] for actor in ("aaa", "bbb", "ccc")),
            bodies="\n".join(["id,name,form,from,to", *bodies]),
            memberships="\n".join(
                ["actor,body,status,from,to", *(",".join((called[a], *rest)) for a, *rest in rows)]
            ),
            leads="\n".join(
                ["body,actor,kind,from,to", *(f"{body},{called[actor]},host,1980,.." for body, actor in led)]
            ),
        )

    return make


def low_and_high(frame: pl.DataFrame) -> list[tuple[float | None, float | None]]:
    pairs = [
        (name, name.removesuffix("low") + "high")
        for name in frame.columns
        if name == "low" or name.endswith("_low")
    ]
    assert pairs
    return [pair for names in pairs for pair in frame.select(names).iter_rows()]


@few
@given(memberships)
def test_low_is_never_above_high(make, rows: Rows) -> None:
    study = make(rows)
    for frame in (
        membership_counts(study, DAY, DAY).frame,
        body_overlap(study, DAY).frame,
        state_overlap(study, DAY).frame,
        exclusivity(study, DAY).frame,
    ):
        for low, high in low_and_high(frame):
            assert (low is None) == (high is None)  # an interval has both its ends or none
            assert low is None or 0 <= low <= high
    for row in exclusivity(study, DAY).frame.iter_rows(named=True):
        assert row["coverage_high"] <= 1
        assert row["exclusivity_high"] is None or row["exclusivity_high"] <= 1


@few
@given(memberships)
def test_counts_agree_with_a_slow_twin(make, rows: Rows) -> None:
    """Pure loops over the periods of the rows."""
    study = make(rows)
    found = {
        (row["actor"], row["form"]): (row["low"], row["high"])
        for row in membership_counts(study, DAY, DAY).frame.iter_rows(named=True)
    }
    for actor in ("aaa", "bbb", "ccc"):
        for form, body in zip(FORMS, BODIES, strict=True):
            answer = any_of(
                parse_period(start, end).on(DAY)
                for who, what, status, start, end in rows
                if (who, what) == (actor, body) and status in ("founder-member", "member", "associate")
            )
            expected = {Truth.YES: (1, 1), Truth.UNKNOWN: (0, 1)}.get(answer)
            assert found.get((actor, form)) == expected


@few
@given(memberships, st.sampled_from(ACTORS[:3]), st.sampled_from(BODIES))
def test_a_certain_membership_more_never_lowers_a_count(
    make,
    rows: Rows,
    actor: str,
    body: str,
) -> None:
    def counts(these: Rows) -> dict[tuple[str, str], tuple[int, int]]:
        frame = membership_counts(make(these), DAY, DAY).frame
        return {(row["actor"], row["form"]): (row["low"], row["high"]) for row in frame.iter_rows(named=True)}

    before, after = counts(rows), counts([*rows, (actor, body, "member", "1980", "..")])
    for key, (low, high) in before.items():
        assert after[key][0] >= low
        assert after[key][1] >= high
    assert after[actor, FORMS[BODIES.index(body)]] == (1, 1)

    def coverage(these: Rows) -> dict[str, float]:
        frame = exclusivity(make(these), DAY).frame
        return dict(frame.select("body", "coverage_low").iter_rows())

    first, then = coverage(rows), coverage([*rows, (actor, body, "member", "1980", "..")])
    assert all(then[name] >= share for name, share in first.items())

    def shared(these: Rows) -> dict[tuple[str, str], int]:
        return {
            (a, b): low
            for a, b, low in state_overlap(make(these), DAY).frame.select("actor", "actor_2", "low").rows()
        }

    first_pairs, then_pairs = shared(rows), shared([*rows, (actor, body, "member", "1980", "..")])
    assert all(then_pairs[pair] >= low for pair, low in first_pairs.items())


NAMES = st.permutations(["ppp", "qqq", "rrr", "sss", "ttt"]).map(
    lambda new: dict(zip(ACTORS, new, strict=True))
)


@few
@given(memberships, leads, NAMES)
def test_relabelling_actors_relabels_the_measures(
    make,
    rows: Rows,
    led: list[tuple[str, str]],
    names: dict[str, str],
) -> None:
    before, after = make(rows, led), make(rows, led, names)

    def told(study: Study, back: dict[str, str]) -> list[object]:
        """Every value with the actors' first names; pairs and lists without their order."""
        pairs = {
            (frozenset((back[a], back[b])), low, high, None if j is None else round(j, 9))
            for a, b, low, high, j in state_overlap(study, DAY)
            .frame.select("actor", "actor_2", "low", "high", "jaccard")
            .iter_rows()
        }
        counts = {
            (back[a], form, low, high)
            for a, form, low, high in membership_counts(study, DAY, DAY)
            .frame.select("actor", "form", "low", "high")
            .iter_rows()
        }
        held = {
            (back[a], *rest)
            for a, *rest in membership(study, DAY)
            .frame.select("actor", "body", "status", "holds")
            .iter_rows()
        }
        diverse = {
            (back[a], round(value, 9), doubt)
            for a, value, doubt in lead_diversity(study, DAY, DAY)
            .frame.select("actor", "diversity", "uncertain_ties")
            .iter_rows()
        }
        grouped = {
            (
                row["body"],
                *(
                    frozenset(back[a] for a in row[part])
                    for part in ("members", "uncertain", "looser", "leads")
                ),
            )
            for row in groups(study, DAY).frame.iter_rows(named=True)
        }
        shares = {
            (row["body"], row["exclusivity_low"], row["exclusivity_high"], row["coverage_low"])
            for row in exclusivity(study, DAY).frame.iter_rows(named=True)
        }
        return [pairs, counts, held, diverse, grouped, shares]

    assert told(before, {actor: actor for actor in ACTORS}) == told(
        after, {new: old for old, new in names.items()}
    )
