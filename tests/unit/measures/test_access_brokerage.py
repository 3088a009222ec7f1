"""Access and brokerage: a study of three bodies worked by hand, its unknowns, and a small world."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import polars as pl
import pytest

from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.measures.access_brokerage import (
    ACCESS_BY,
    AGAINST,
    BROKERAGE_BY,
    BY,
    COLUMNS,
    DEFAULT,
    DOMINANTS,
    NETWORKS,
    SERIES,
    SPECIFICATIONS,
    access_brokerage,
    region,
    world,
)
from chaikhana.study.derived import Derived
from chaikhana.study.network import depth, led_by, meeting_rate, two_mode
from chaikhana.study.study import Study

DAY = date(1998, 12, 31)
# xxx leads org and plat, yyy hosts own; own holds the outsiders together.
BODIES = """
id,name,form,from,to
org,Org,formal-organisation,1990-01-01,..
plat,Plat,informal-platform,1990-01-01,..
own,Own,formal-organisation,1990-01-01,..
"""
MEMBERSHIPS = """
actor,body,status,from,to
aaa,org,founder-member,1990-01-01,..
aaa,plat,observer,1990-01-01,..
bbb,org,member,1998,..
bbb,org,observer,1990-01-01,1998-06-01
ccc,plat,partner,1990-01-01,..
xxx,org,member,1990-01-01,..
xxx,plat,member,1990-01-01,..
xxx,own,associate,1990-01-01,..
yyy,own,member,1990-01-01,..
ccc,own,member,1990-01-01,1995-01-01
"""
LEADS = """
body,actor,kind,from,to
org,xxx,dominant,1990-01-01,..
plat,xxx,founder,1990-01-01,..
own,yyy,host,1990-01-01,..
own,xxx,co-lead,1990-01-01,1991-01-01
"""
DESIGN = """
body,attribute,value,from,to
org,delegation,high,1990-01-01,..
org,pooling,low,1990-01-01,..
"""
MEETINGS = """
id,title,body,date,level,issues
one,One,org,1995-03-01,ministers,trade
two,Two,org,1997,ministers,trade
three,Three,plat,1998-12-01,ministers,trade
old,Old,plat,1991-02-01,ministers,trade
later,Later,org,1999-02-01,ministers,trade
"""


@pytest.fixture(scope="module")
def study(tiny) -> Study:
    return tiny(
        bodies=BODIES,
        memberships=MEMBERSHIPS,
        leads=LEADS,
        design=DESIGN,
        meetings=MEETINGS,
        powers=("xxx",),
        others=("yyy",),
    )


def only(frame: pl.DataFrame, **chosen: str) -> pl.DataFrame:
    """The rows of the default specification, changed as asked."""
    wanted = {**asdict(DEFAULT), **chosen}
    return frame.filter(*(pl.col(name) == value for name, value in wanted.items()))


def access_of(frame: pl.DataFrame, actor: str, **chosen: str) -> tuple[float, float]:
    low, high = (
        only(frame, **chosen).filter(pl.col("actor") == actor).select("access_low", "access_high").row(0)
    )
    return low, high


# ----- the network of the study


def test_ties_by_status_with_their_doubts(study: Study) -> None:
    """A partner of a platform is a member of it; bbb may have become a member during 1998, and is observer no more."""
    held = two_mode(study, DAY, ("formal-organisation", "informal-platform"), besides=("zzz",))
    assert held.actors == ("aaa", "bbb", "ccc", "xxx", "yyy", "zzz")
    assert held.bodies == ("org", "own", "plat")
    assert held.low.tolist() == [[1, 0, 0.25], [1, 0, 0], [0, 0, 1], [1, 0.5, 1], [0, 1, 0], [0, 0, 0]]
    early = two_mode(study, date(1998, 5, 1), ("formal-organisation",))
    place = early.actors.index("bbb")
    assert (early.low[place, 0], early.high[place, 0]) == (0.25, 1)
    assert sorted(early.rows["bbb"]) == ["memberships:4", "memberships:5"]


def test_depth_and_meetings(study: Study) -> None:
    """Org: (1 + ⅓)/2, and two meetings in five years, the most; plat: nothing is known of its depth; own: nothing at all."""
    bodies = ("own", "org", "plat")
    low, high = depth(study, DAY, bodies)
    assert low.tolist() == pytest.approx([0, 2 / 3, 0])
    assert high.tolist() == pytest.approx([1, 2 / 3, 1])
    low, high = meeting_rate(study, DAY, bodies)
    assert low.tolist() == [0, 1, 0.5]
    assert high.tolist() == [1, 1, 0.5]


def test_a_host_does_not_lead_nor_does_who_led_before(study: Study) -> None:
    assert led_by(study, DAY, ("xxx", "yyy")) == ("org", "plat")
    assert led_by(study, date(1990, 6, 1), ("xxx",)) == ("org", "own", "plat")


# ----- access


def test_access_where_every_body_counts_alike(study: Study) -> None:
    """Declared: org and plat. aaa: (1 + ¼)/2; the lead has all; yyy none."""
    frame = access_brokerage(study, DAY).frame
    assert access_of(frame, "aaa", access_by="ties") == (0.625, 0.625)
    assert access_of(frame, "xxx", access_by="ties") == (1, 1)
    assert access_of(frame, "yyy", access_by="ties") == (0, 0)


def test_access_by_depth(study: Study) -> None:
    """Org weighs 5/3, plat from 1 to 2; aaa: (5/3 + ¼·plat) over (5/3 + plat)."""
    frame = access_brokerage(study, DAY).frame
    assert access_of(frame, "aaa", access_by="depth") == pytest.approx(
        ((5 / 3 + 0.5) / (5 / 3 + 2), (5 / 3 + 0.25) / (5 / 3 + 1))
    )


def test_access_by_depth_and_meetings(study: Study) -> None:
    """Org weighs 5/3·2, plat from 1·3/2 to 2·3/2."""
    frame = access_brokerage(study, DAY).frame
    assert access_of(frame, "aaa") == pytest.approx(
        ((10 / 3 + 0.75) / (10 / 3 + 3), (10 / 3 + 0.375) / (10 / 3 + 1.5))
    )


def test_an_unknown_membership_widens_access(study: Study) -> None:
    """On 1 May 1998 bbb is observer of org, or a member already."""
    frame = access_brokerage(study, date(1998, 5, 1)).frame
    assert access_of(frame, "bbb", access_by="ties") == (0.125, 0.5)


def test_a_declared_network_of_the_caller(study: Study) -> None:
    frame = access_brokerage(study, DAY, dominant=("own",)).frame
    assert access_of(frame, "xxx", access_by="ties") == (0.5, 0.5)
    assert access_of(frame, "aaa", access_by="ties") == (0, 0)
    informal = only(frame, network="regional-informal", access_by="ties")
    assert informal["access_low"].is_null().all()  # own is no platform: there is nothing to have access to
    assert set(informal["access"]) == {"undetermined"}
    with pytest.raises(UnknownNameError, match="body ‘orgg’"):
        access_brokerage(study, DAY, dominant=("orgg",))


TWO_GROUPS = """
actor,body,status,from,to
aaa,org,member,1990-01-01,..
bbb,org,member,1990-01-01,..
ccc,org,member,1990-01-01,..
xxx,org,observer,1990-01-01,..
xxx,own,member,1990-01-01,..
yyy,own,member,1990-01-01,..
zzz,own,member,1990-01-01,..
yyy,plat,member,1990-01-01,..
aaa,plat,member,1990-01-01,..
"""


@pytest.fixture(scope="module")
def two_groups(tiny) -> Study:
    """aaa, bbb and ccc in org; xxx, yyy and zzz in own; xxx looks on in org, and aaa and yyy meet in plat."""
    return tiny(
        actors="aaa bbb ccc xxx yyy zzz",
        bodies=BODIES,
        memberships=TWO_GROUPS,
        powers=("xxx", "yyy", "zzz"),
        design="body,attribute,value,from,to\norg,pooling,high,1990-01-01,..\norg,delegation,high,1990-01-01,..",
    )


def test_a_body_that_does_not_meet_as_far_as_we_know(study: Study) -> None:
    """Of own neither depth nor meetings are known: it weighs 1 to 4, org 5/3·2. yyy has own alone."""
    frame = access_brokerage(study, DAY, dominant=("org", "own")).frame
    assert access_of(frame, "yyy") == pytest.approx((1 / (1 + 10 / 3), 4 / (4 + 10 / 3)))


def test_a_body_of_unknown_members_may_not_count(tiny) -> None:
    """Nobody is known to be in plat, which aaa may be in: a share of one body, or half of two."""
    study = tiny(
        bodies=BODIES,
        memberships="actor,body,status,from,to\nxxx,org,member,1990-01-01,..\naaa,plat,member,,..",
        powers=("xxx",),
    )
    frame = access_brokerage(study, DAY, dominant=("org", "plat")).frame
    assert access_of(frame, "xxx", access_by="ties") == (0.5, 1)
    assert access_of(frame, "aaa", access_by="ties") == (0, 0.5)


def test_access_to_the_densest_community(two_groups: Study) -> None:
    """Of the first three's seats org has 3 and plat 1; one's own is left out."""
    frame = only(access_brokerage(two_groups, DAY).frame, dominant="densest", access_by="ties")
    assert dict(frame.select("actor", "access_low").iter_rows()) == pytest.approx(
        {"aaa": 1, "bbb": 2 / 3, "ccc": 2 / 3, "xxx": 0.25 * 3 / 4, "yyy": 1 / 4, "zzz": 0}
    )
    assert frame["access_low"].to_list() == frame["access_high"].to_list()
    powers = dict(frame.select("actor", "access").iter_rows())
    assert powers == {"aaa": "high", "bbb": "high", "ccc": "high", "xxx": "low", "yyy": "high", "zzz": "low"}


def test_depth_weighs_seats_too(two_groups: Study) -> None:
    """Org is as deep as can be and weighs 2, plat from 1 to 2: bbb has org's 2·2 of 4 and plat's one seat."""
    frame = access_brokerage(two_groups, DAY).frame
    assert access_of(frame, "bbb", dominant="densest", access_by="depth") == pytest.approx((4 / 6, 4 / 5))


def test_brokers_between_the_groups(two_groups: Study) -> None:
    """All ways between the groups lead through xxx (¼ to org), or aaa and yyy, who are tied by 1: the shorter."""
    frame = access_brokerage(two_groups, DAY).frame
    found = dict(only(frame).select("actor", "brokerage_low").iter_rows())
    # from bbb or ccc to yyy, zzz (or xxx over yyy and own: 1 + 1 + 1 is shorter than 4): all through aaa
    assert found == pytest.approx({"aaa": 1, "bbb": 0, "ccc": 0, "xxx": 0, "yyy": 1, "zzz": 0})
    holes = dict(only(frame, brokerage_by="structural-holes").select("actor", "brokerage_low").iter_rows())
    assert max(holes, key=lambda actor: holes[actor]) in ("aaa", "yyy")
    formal = only(frame, network="regional-formal")
    found = dict(formal.select("actor", "brokerage_low", "brokerage").rows_by_key("actor", unique=True))
    assert found["xxx"] == (1, "high")
    assert {found[actor] for actor in ("aaa", "bbb", "ccc", "yyy", "zzz")} == {(0, "low")}


# ----- the frame


def test_every_specification_stands_in_the_frame(study: Study) -> None:
    measured = access_brokerage(study, DAY)
    frame = measured.frame
    assert frame.columns == [
        "actor", *BY, "access_low", "access_high", "access", "brokerage_low", "brokerage_high", "brokerage", "rows",
    ]  # fmt: skip
    regional = [one for one in SPECIFICATIONS if one.network != "world"]
    assert frame.select(BY).unique().height == len(regional) == 3 * 2 * 3 * 3 * 2
    assert tuple(frame.row(0, named=True)[name] for name in BY) == tuple(asdict(DEFAULT).values())
    assert only(frame)["actor"].to_list() == ["aaa", "bbb", "ccc", "xxx", "yyy"]
    assert "yyy" not in only(frame, network="regional-informal")["actor"].to_list()  # it sits in no platform
    assert set(frame["access"]) | set(frame["brokerage"]) <= {"high", "low", "undetermined"}
    assert any("ours" in line for line in measured.assumptions)


def test_choices_say_whose_they_are() -> None:
    for choices in (NETWORKS, DOMINANTS, ACCESS_BY, BROKERAGE_BY, AGAINST):
        assert all(
            choice.says and choice.basis in ("theirs", "critics", "ours") for choice in choices.values()
        )
    assert ACCESS_BY[DEFAULT.access_by].basis == NETWORKS["world"].basis == "theirs"
    assert len(SPECIFICATIONS) == len(set(SPECIFICATIONS)) == 3 * 36 + 12


def test_rows_are_the_actors_own(study: Study) -> None:
    frame = access_brokerage(study, DAY).frame
    rows = {actor: set(found) for actor, found in only(frame).select("actor", "rows").iter_rows()}
    assert rows["aaa"] == {"memberships:2", "memberships:3"}
    formal = only(frame, network="regional-formal")
    assert formal.filter(pl.col("actor") == "aaa")["rows"].to_list() == [["memberships:2"]]


def test_who_has_no_tie_has_no_constraint(study: Study) -> None:
    """In the formal bodies ccc has none: no access, nobody to broker between."""
    row = only(
        access_brokerage(study, DAY).frame,
        network="regional-formal",
        brokerage_by="structural-holes",
        access_by="ties",
    ).filter(pl.col("actor") == "ccc")
    assert row.select("access_high", "brokerage_low", "brokerage_high", "brokerage").row(0) == (
        0,
        None,
        None,
        "undetermined",
    )


def test_a_study_without_memberships_or_powers(tiny) -> None:
    frame = access_brokerage(tiny(), DAY).frame
    assert set(frame["actor"]) == {"aaa", "bbb", "ccc"}
    assert frame["access_low"].is_null().all()
    assert set(frame["brokerage"]) <= {"undetermined", "low"}


# ----- the world

ROWS = [
    *((code, "nato", "member") for code in (2, 20, 200)),
    (2, "un", "member"),
    (365, "un", "member"),
    (365, "cis", "member"),
    (710, "cis", "observer"),
    (200, "cis", "missing"),
]
SCHEMA = {"ccode": pl.Int32, "body": pl.String, "status": pl.String}
MEMBERS = pl.DataFrame(ROWS, schema=SCHEMA, orient="row").with_columns(year=pl.lit(1998, dtype=pl.Int32))
STATES = pl.DataFrame(
    {"ccode": [2, 20, 200, 365, 710, 700, 700], "year": [1998] * 6 + [1999]},
    schema={"ccode": pl.Int32, "year": pl.Int32},
)


def test_the_world_by_hand() -> None:
    frame = world(MEMBERS, STATES, 1998, ("un", "cis"))
    assert frame["ccode"].to_list() == [2, 20, 200, 365, 700, 710]
    found = {row["ccode"]: row for row in frame.iter_rows(named=True)}
    assert (found[200]["access_declared_low"], found[200]["access_declared_high"]) == (0, 0.5)
    assert found[365]["access_declared_low"] == 1
    assert found[710]["access_declared_low"] == 0.125
    assert found[700]["access_declared_high"] == 0
    assert found[700]["structural_holes_low"] is None
    assert [code for code, row in found.items() if row["in_densest"]] == [2, 20, 200]
    # seats of 2, 20 and 200: un 1, nato 3, and cis 1 if 200 is in it
    assert (found[365]["access_densest_low"], found[365]["access_densest_high"]) == pytest.approx(
        (1 / 4, 2 / 5)
    )
    assert (found[710]["access_densest_low"], found[710]["access_densest_high"]) == pytest.approx((0, 0.05))


def test_all_years_and_a_world_without_a_declared_network() -> None:
    frame = world(MEMBERS, STATES)
    assert frame.select("year", "ccode").rows()[-1] == (1999, 700)
    assert frame["access_declared_low"].is_null().all()
    assert frame.filter(pl.col("year") == 1999)["betweenness_low"].to_list() == [None]
    assert world(MEMBERS, STATES, 1998).equals(frame.filter(pl.col("year") == 1998))


def test_faults_of_the_world() -> None:
    with pytest.raises(UnknownNameError, match="body in the memberships ‘natoo’"):
        world(MEMBERS, STATES, dominant=("natoo",))
    with pytest.raises(BadValueError, match=r"no state in 1700\. It has 1998 to 1999"):
        world(MEMBERS, STATES, 1700)
    with pytest.raises(BadValueError, match="the state 365 in 1998"):
        world(MEMBERS, STATES.filter(pl.col("ccode") != 365))
    with pytest.raises(BadValueError, match="‘membr’ is not a status"):
        world(MEMBERS.with_columns(status=pl.lit("membr")), STATES)


def test_the_series_and_its_place_in_the_frame(tiny) -> None:
    study = tiny(
        actors="usa can gbr rus chn",
        members=("can", "gbr"),
        powers=("usa", "rus"),
        bodies="id,name,form,from,to,cow_igo\nnato,NATO,formal-organisation,1949,..,nato\ncis,CIS,formal-organisation,1991,..,cis",
        leads="body,actor,kind,from,to\nnato,usa,dominant,1949,..",
    )
    frame = region(study, MEMBERS, STATES)
    assert tuple(frame.columns) == COLUMNS
    assert set(frame["actor"]) == {"can", "gbr", "rus", "usa"}
    assert frame.height == 4 * 2 * 3 * 2
    declared = frame.filter((pl.col("dominant") == "declared") & (pl.col("against") == "powers"))
    access = {row["actor"]: row["access_low"] for row in declared.iter_rows(named=True)}
    assert access == {"can": 1, "gbr": 1, "rus": 0, "usa": 1}
    assert region(study, MEMBERS, STATES, ("cis",)).filter(pl.col("actor") == "rus")["access_low"].max() == 1
    series = Derived(name=SERIES, frame=frame, origin={"dataset": "cow-igo-v3", "version": "3.0"})
    with_world = access_brokerage(replace(study, derived={SERIES: series}), DAY).frame.filter(
        pl.col("network") == "world"
    )
    assert with_world.height == frame.height
    assert set(with_world["access_by"]) == {"ties"}
    assert with_world["rows"].to_list()[0] == [f"derived:{SERIES}"]
    later = access_brokerage(replace(study, derived={SERIES: series}), date(2000, 1, 1)).frame
    assert "world" not in set(later["network"])  # a year that the dataset does not have
