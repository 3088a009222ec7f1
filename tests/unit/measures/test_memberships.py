"""Measures of membership on a study of three states, by hand. In 1995 bbb may or may not be in the organisation."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from chaikhana.measures.body_overlap import body_overlap
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.groups import groups
from chaikhana.measures.lead_diversity import lead_diversity
from chaikhana.measures.membership import membership
from chaikhana.measures.membership_counts import membership_counts
from chaikhana.measures.state_overlap import state_overlap
from chaikhana.study.study import Study

MIDDLE = date(1995, 6, 30)
LATER = date(1997, 6, 30)


def rows(*lines: int, table: str = "memberships") -> set[str]:
    return {f"{table}:{line}" for line in lines}


def one(frame: pl.DataFrame, **where: str | int) -> dict[str, object]:
    return frame.filter(*(pl.col(name) == value for name, value in where.items())).row(0, named=True)


def test_membership_gives_every_tie_with_its_row(small: Study) -> None:
    frame = membership(small, MIDDLE).frame
    assert frame.columns == ["actor", "body", "status", "holds", "rows"]
    assert frame.rows() == [
        ("aaa", "org", "founder-member", "yes", ["memberships:2"]),
        ("aaa", "plat", "member", "yes", ["memberships:6"]),
        ("bbb", "org", "member", "unknown", ["memberships:3"]),
        ("bbb", "plat", "associate", "yes", ["memberships:9"]),
        ("ccc", "org", "observer", "yes", ["memberships:4"]),
        ("xxx", "org", "member", "yes", ["memberships:5"]),
        ("xxx", "plat", "partner", "yes", ["memberships:7"]),
        ("yyy", "org", "partner", "yes", ["memberships:8"]),
    ]


def test_the_certain_tie_counts_before_the_unknown_and_the_closer_before_the_looser(tiny) -> None:
    study = tiny(
        bodies="id,name,form,from,to\norg,Org,formal-organisation,1990,..",
        memberships="""
            actor,body,status,from,to
            aaa,org,signatory,1990,..
            aaa,org,observer,1990,..
            bbb,org,signatory,1990,..
            bbb,org,associate,1995?,..
            """,
    )
    frame = membership(study, MIDDLE).frame
    assert frame.select("actor", "status", "holds").rows() == [
        ("aaa", "observer", "yes"),
        ("bbb", "signatory", "yes"),
    ]


def test_beyond_the_study_nothing_is_certain(small: Study) -> None:
    frame = membership(small, date(2001, 6, 30)).frame
    assert set(frame["holds"]) == {"unknown"}


def test_membership_counts_are_intervals(small: Study) -> None:
    frame = membership_counts(small, MIDDLE, LATER).frame
    wanted = {
        (1995, "aaa", "formal-organisation"): (1, 1, rows(2)),
        (1995, "aaa", "informal-platform"): (1, 1, rows(6)),
        (1995, "bbb", "formal-organisation"): (0, 1, rows(3)),
        (1995, "bbb", "informal-platform"): (1, 1, rows(9)),
        (1996, "bbb", "informal-platform"): (1, 1, rows(9)),
        (1997, "aaa", "formal-organisation"): (1, 1, rows(2)),
        (1997, "bbb", "formal-organisation"): (1, 1, rows(3)),
    }
    found = {
        (row["year"], row["actor"], row["form"]): (row["low"], row["high"], set(row["rows"]))
        for row in frame.iter_rows(named=True)
    }
    assert {key: found[key] for key in wanted} == wanted
    assert not [key for key in found if key[1] not in ("aaa", "bbb")]  # an observer is not counted


def test_a_body_that_has_ended_has_no_members(tiny) -> None:
    """The spell's end is not known, but the body's is."""
    study = tiny(
        bodies="id,name,form,from,to\ngone,Gone,formal-organisation,1990-01-01,1995-01-01",
        memberships="actor,body,status,from,to\naaa,gone,member,1990-01-01,",
    )
    assert membership_counts(study, MIDDLE, MIDDLE).frame.is_empty()
    assert membership(study, MIDDLE).frame.is_empty()


def test_a_body_that_has_not_begun_has_no_members(tiny) -> None:
    study = tiny(
        bodies="id,name,form,from,to\ncoming,Coming,formal-organisation,1999-01-01,..",
        memberships="actor,body,status,from,to\naaa,coming,member,,..",
    )
    assert membership_counts(study, MIDDLE, MIDDLE).frame.is_empty()


@pytest.mark.parametrize("compute", [membership_counts, lead_diversity])
def test_a_span_after_the_study_gives_nothing(compute, small: Study) -> None:
    frame = compute(small, date(2030, 1, 1), date(2031, 1, 1)).frame
    assert frame.is_empty()
    assert frame.columns == compute(small).frame.columns


def test_exclusivity_and_coverage_in_the_organisation(small: Study) -> None:
    """aaa and xxx are in, bbb may be: 1 or 2 of the region, 1 outsider; the formal body's partner does not count."""
    row = one(exclusivity(small, MIDDLE).frame, body="org")
    assert (row["region_low"], row["region_high"], row["outside_low"], row["outside_high"]) == (1, 2, 1, 1)
    assert row["exclusivity_low"] == pytest.approx(1 / 2)
    assert row["exclusivity_high"] == pytest.approx(2 / 3)
    assert row["coverage_low"] == pytest.approx(1 / 3)
    assert row["coverage_high"] == pytest.approx(2 / 3)
    assert set(row["rows"]) == rows(2, 3, 5)


def test_exclusivity_in_the_platform_counts_its_partner(small: Study) -> None:
    row = one(exclusivity(small, MIDDLE).frame, body="plat")
    assert row["exclusivity_low"] == row["exclusivity_high"] == pytest.approx(2 / 3)
    assert row["coverage_low"] == row["coverage_high"] == pytest.approx(2 / 3)
    assert set(row["rows"]) == rows(6, 7, 9)


def test_uncertain_outsiders_lower_the_low_end(tiny) -> None:
    """One of the region for certain, one outsider perhaps: 1/2 to 1."""
    study = tiny(
        bodies="id,name,form,from,to\norg,Org,formal-organisation,1990,..",
        memberships="actor,body,status,from,to\naaa,org,member,1990,..\nxxx,org,member,1995?,..",
    )
    row = exclusivity(study, MIDDLE).frame.row(0, named=True)
    assert (row["exclusivity_low"], row["exclusivity_high"]) == (0.5, 1)


def test_overlap_of_bodies(small: Study) -> None:
    """aaa and xxx are in both for certain, bbb perhaps; certain members 2 and 3: 2 of 3."""
    frame = body_overlap(small, MIDDLE).frame
    assert frame.height == 1
    row = one(frame, body="org", body_2="plat")
    assert (row["low"], row["high"]) == (2, 3)
    assert row["jaccard"] == pytest.approx(2 / 3)
    assert row["shared"] == ["aaa", "bbb", "xxx"]
    assert row["shared_issues"] == ["trade"]
    assert set(row["rows"]) == rows(2, 3, 5, 6, 7, 9)


@pytest.mark.parametrize(
    ("pair", "low", "high", "jaccard", "lines"),
    [
        (("aaa", "bbb"), 1, 2, 1 / 2, (2, 3, 6, 9)),
        (("aaa", "xxx"), 2, 2, 1, (2, 5, 6, 7)),
        (("bbb", "xxx"), 1, 2, 1 / 2, (3, 5, 7, 9)),
    ],
)
def test_overlap_of_states(
    pair: tuple[str, str], low: int, high: int, jaccard: float, lines: tuple[int, ...], small: Study
) -> None:
    row = one(state_overlap(small, MIDDLE).frame, actor=pair[0], actor_2=pair[1])
    assert (row["low"], row["high"]) == (low, high)
    assert row["jaccard"] == pytest.approx(jaccard)
    assert row["shared"] == ["org", "plat"]
    assert set(row["rows"]) == rows(*lines)


def test_outsiders_among_themselves_are_no_pair_of_the_region(tiny) -> None:
    study = tiny(
        bodies="id,name,form,from,to\norg,Org,formal-organisation,1990,..",
        memberships="actor,body,status,from,to\nxxx,org,member,1990,..\nyyy,org,member,1990,..",
    )
    assert state_overlap(study, MIDDLE).frame.is_empty()


def test_groups(small: Study) -> None:
    frame = groups(small, MIDDLE).frame
    assert frame.select("formal", "body").rows() == [("formal", "org"), ("informal", "plat")]
    org = one(frame, body="org")
    assert (org["members"], org["uncertain"], org["looser"], org["outsiders"], org["leads"]) == (
        ["aaa"], ["bbb"], ["ccc"], ["xxx"], ["xxx"],
    )  # fmt: skip
    assert set(org["rows"]) >= rows(2, 3, 4) | rows(2, table="leads")
    plat = one(frame, body="plat")
    assert (plat["members"], plat["leads"]) == (["aaa", "bbb"], ["xxx", "yyy"])


def test_groups_trace_their_outsiders_too(small: Study) -> None:
    assert set(one(groups(small, MIDDLE).frame, body="org")["rows"]) >= rows(5)


def test_lead_diversity(small: Study) -> None:
    """aaa sits in a body of xxx and in one of xxx and yyy: 3/4 and 1/4, so 1 - 9/16 - 1/16 = 3/8."""
    frame = lead_diversity(small, MIDDLE, LATER).frame
    row = one(frame, actor="aaa", year=1995)
    assert row["diversity"] == pytest.approx(3 / 8)
    assert (row["first_lead"], row["leads"], row["uncertain_ties"]) == ("xxx", ["xxx", "yyy"], 0)
    assert row["first_share"] == pytest.approx(3 / 4)
    assert set(row["rows"]) == rows(2, 6) | rows(2, 3, 4, table="leads")


def test_lead_diversity_leaves_the_uncertain_tie_beside_the_value(small: Study) -> None:
    frame = lead_diversity(small, MIDDLE, LATER).frame
    row = one(frame, actor="bbb", year=1995)
    assert row["diversity"] == pytest.approx(1 / 2)
    assert row["uncertain_ties"] == 1
    assert one(frame, actor="bbb", year=1997)["diversity"] == pytest.approx(3 / 8)
    assert frame.filter(pl.col("actor") == "ccc").is_empty()


def test_a_states_own_lead_does_not_count(tiny) -> None:
    study = tiny(
        bodies="id,name,form,from,to\norg,Org,formal-organisation,1990,..",
        memberships="actor,body,status,from,to\naaa,org,member,1990,..\nbbb,org,member,1990,..",
        leads="body,actor,from,to,kind\norg,aaa,1990,..,dominant",
    )
    frame = lead_diversity(study, MIDDLE, MIDDLE).frame
    assert frame.select("actor", "diversity", "first_lead").rows() == [("bbb", 0.0, "aaa")]
