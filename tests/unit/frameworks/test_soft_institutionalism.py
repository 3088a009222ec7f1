"""Hard, soft and mixed bodies; compatible members; phases; and unknown attributes that only widen."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.core.findings import Verdict
from chaikhana.frameworks import moldashev_2018_soft_institutionalism as soft
from chaikhana.measures.formats import formats
from chaikhana.measures.phases import names_of, own_acts, phases

DAY = date(1999, 12, 31)
BODIES = "id,name,form,from,to\norg,The Organisation,formal-organisation,1990-01-01,.."
MEMBERS = "actor,body,status,from,to\naaa,org,member,1990-01-01,..\nbbb,org,member,1990-01-01,.."
YES = {
    "delegation": "high",
    "pooling": "high",
    "binding-decisions": "yes",
    "dispute-settlement": "court",
    "secretariat": "yes",
    "sanctions": "yes",
    "expulsion-or-suspension-clause": "yes",
}
NO = {name: {"high": "none", "court": "none", "yes": "no"}[value] for name, value in YES.items()}


def body(tiny, design, given=None):
    lines = "\n".join(f"org,{name},{value},1990-01-01,.." for name, value in design.items())
    study = tiny(bodies=BODIES, memberships=MEMBERS, design=f"body,attribute,value,from,to\n{lines}")
    return soft.classify(study, "org", DAY, given)


def test_hard_soft_and_mixed(tiny):
    assert (body(tiny, YES).label, body(tiny, YES).verdict) == ("hard", Verdict.HOLDS)
    assert (body(tiny, NO).label, body(tiny, NO).verdict) == ("soft", Verdict.FAILS)
    half = {**NO, "delegation": "high", "pooling": "high", "secretariat": "yes"}
    found = body(tiny, half)
    assert (found.label, found.verdict) == ("mixed, hard mode dominant", Verdict.MIXED)
    assert body(tiny, half, {"hard": 0.5}).label == "hard"


def test_little_known_is_undetermined_and_names_the_design(tiny):
    found = body(tiny, {"secretariat": "yes"})
    assert found.verdict is Verdict.UNDETERMINED
    assert "design" in found.missing[0]
    assert body(tiny, {"secretariat": "yes"}, {"unknowns": "high"}).label == "hard"
    assert body(tiny, {"secretariat": "yes"}, {"unknowns": "low"}).label == "soft"


@settings(max_examples=25, deadline=None)
@given(
    st.fixed_dictionaries({name: st.sampled_from([YES[name], NO[name]]) for name in YES}),
    st.sampled_from(list(YES)),
)
def test_forgetting_an_attribute_only_widens(tiny, design, forgotten):
    known, less = body(tiny, design), body(tiny, {**design, forgotten: "unknown"})
    assert less.score.low <= known.score.low <= known.score.high <= less.score.high
    turned = {Verdict.HOLDS: Verdict.FAILS, Verdict.FAILS: Verdict.HOLDS}
    assert less.verdict is not turned.get(known.verdict)


def test_memberships_alone(tiny):
    study = tiny(bodies=BODIES, memberships=MEMBERS)
    for subject in soft.subjects(study):
        found = soft.classify(study, subject, DAY)
        assert found.verdict is Verdict.UNDETERMINED
        assert found.missing


def meetings(years):
    header = "id,title,date,level,issues"
    rows = [f"m{place},Meeting {place},{year}-03-01,ministers," for place, year in enumerate(years)]
    came = [f"m{place},{actor},,yes" for place in range(len(years)) for actor in ("aaa", "bbb")]
    return {
        "meetings": "\n".join([header, *rows]),
        "attendance": "\n".join(["meeting,actor,level,present", *came]),
    }


def test_phases_are_found_and_named(tiny):
    years = [1990, 1990, 1991, 1991, 1992, 1992, *([1999] * 3), *([2000] * 3), *([1998] * 3)]
    study = tiny(**meetings(years))
    found = phases(study, own_acts(study, formats(study).frame))["meetings", 2, 2]
    assert found.starts() == (1990, 1993, 1998)
    assert names_of(found) == ("hard attempts", "scepticism", "optimism")
    assert soft.classify(study, "tiny", date(1995, 1, 1)).label == "scepticism"


def test_a_low_beginning_is_no_scepticism(tiny):
    study = tiny(**meetings([*([1995] * 3), *([1996] * 3), *([1997] * 3), *([1998] * 3)]))
    names = names_of(phases(study, own_acts(study, formats(study).frame))["meetings", 2, 2])
    assert names == ("beginnings", "hard attempts", "scepticism")


def test_a_meeting_with_an_outsider_or_of_experts_is_not_the_regions_own(tiny):
    texts = meetings([1995])

    def own(**changed):
        study = tiny(**{**texts, **changed})
        return own_acts(study, formats(study).frame)

    assert len(own()) == 1
    assert own(attendance=texts["attendance"] + "\nm0,xxx,,yes") == ()
    assert own(meetings=texts["meetings"].replace("ministers", "experts")) == ()
