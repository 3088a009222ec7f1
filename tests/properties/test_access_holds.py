"""Access: adding a membership never lowers that of who joins; names of actors change nothing."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.core.choices import filled
from chaikhana.frameworks import goddard_2018_embedded_revisionism as embedded
from chaikhana.frameworks import running
from chaikhana.measures.access_brokerage import access_brokerage

DAY = date(1995, 6, 1)
ACTORS = ("aaa", "bbb", "ccc", "xxx", "yyy")
BODIES = tuple("pqrst")
BODY_TABLE = "id,name,form,from,to\n" + "\n".join(
    f"{one},Body {one},formal-organisation,1990-01-01,.." for one in BODIES
)
LEADS = "body,actor,from,to,kind\np,xxx,1990-01-01,..,dominant\nq,yyy,1990-01-01,..,dominant"
TIES = st.sets(st.tuples(st.sampled_from(ACTORS), st.sampled_from(BODIES)), min_size=4, max_size=20)


def study_of(tiny, ties, names=None):
    called = names or {actor: actor for actor in ACTORS}
    spells = "\n".join(f"{called[actor]},{body},member,1990-01-01,.." for actor, body in sorted(ties))
    leads = LEADS
    for actor in ("xxx", "yyy"):
        leads = leads.replace(actor, f"<{called[actor]}>")
    return tiny(
        bodies=BODY_TABLE,
        memberships=f"actor,body,status,from,to\n{spells}",
        leads=leads.replace("<", "").replace(">", ""),
        members=tuple(called[one] for one in ("aaa", "bbb", "ccc")),
        powers=tuple(called[one] for one in ("xxx", "yyy")),
    )


def accesses(tiny, ties, actor):
    frame = access_brokerage(study_of(tiny, ties), DAY).frame
    own = frame.filter((pl.col("actor") == actor) & (pl.col("dominant") == "declared"))
    return {
        (row["network"], row["access_by"]): (row["access_low"], row["access_high"])
        for row in own.iter_rows(named=True)
    }


@settings(max_examples=25, deadline=None)
@given(TIES, st.sampled_from(ACTORS), st.sampled_from(BODIES))
def test_joining_never_lowers_access(tiny, ties, actor, body):
    before, after = accesses(tiny, ties, actor), accesses(tiny, ties | {(actor, body)}, actor)
    for key, (low, high) in before.items():
        if low is None or after[key][0] is None:
            continue
        # a body that nobody was in before may join the dominant network with the actor alone inside
        if any(one == body for _, one in ties):
            assert after[key][0] >= low - 1e-9, key
            assert after[key][1] >= high - 1e-9, key


@settings(max_examples=20, deadline=None)
@given(TIES, st.permutations(ACTORS))
def test_names_change_nothing(tiny, ties, order):
    names = dict(zip(ACTORS, order, strict=True))
    chosen = filled(embedded.CHOICES)
    one, other = study_of(tiny, ties), study_of(tiny, ties, names)
    found = {finding.subject: finding for finding in running.of_all(embedded.FRAMEWORK, one, DAY, (), chosen)}
    renamed = {
        finding.subject: finding for finding in running.of_all(embedded.FRAMEWORK, other, DAY, (), chosen)
    }
    for actor, finding in found.items():
        twin = renamed[names[actor]]
        assert twin.steps[0].value == finding.steps[0].value
        assert twin.steps[0].outcome == finding.steps[0].outcome
