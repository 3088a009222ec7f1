"""Cohesion and agreement by issue, on votes written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from chaikhana.errors import BadValueError, SourceError
from chaikhana.measures.cohesion import (
    COLUMNS,
    ISSUE_COLUMNS,
    agreement_by_issue,
    by_issue,
    cohesion,
    region,
    world,
)
from chaikhana.study.derived import Derived

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")
WORDS = {"y": "yes", "n": "no", "a": "abstain", "x": "absent"}


def votes(first: int = 0, **cast: str) -> pl.DataFrame:
    """One word an actor, one letter a roll call: y, n, a (abstain), x (absent), a blank for no seat."""
    return pl.DataFrame(
        [
            {"rcid": first + place, "actor": actor, "vote": WORDS[letter]}
            for actor, letters in cast.items()
            for place, letter in enumerate(letters)
            if letter != " "
        ],
        schema={"rcid": pl.Int32, "actor": pl.String, "vote": pl.String},
    )


def calls(*sessions: int, year: int = 1945) -> pl.DataFrame:
    return pl.DataFrame(
        [(place, session, date(year + session, 10, 1)) for place, session in enumerate(sessions)],
        schema={"rcid": pl.Int32, "session": pl.Int32, "date": pl.Date},
        orient="row",
    )


def test_cohesion_by_hand() -> None:
    """Roll call y y n: (2 - ½ × 1) / 3 = ½; y y x: 1; y x x does not count; mean ¾.

    Pairs: aaa-bbb agree on both, aaa-ccc and bbb-ccc never: 1, 0, 0. With the absences of three roll calls set to
    disagreement 2/3, 0, 0, to agreement 1, 2/3, 2/3.
    """
    cast = votes(aaa="yyy", bbb="yyx", ccc="nxx", xxx="nnn")
    [row] = world(cast, calls(50, 50, 50), {"three": ["aaa", "bbb", "ccc", "nobody"]}).rows(named=True)
    assert tuple(row) == COLUMNS
    assert (row["group"], row["session"], row["voters"], row["roll_calls"]) == ("three", 50, 3, 2)
    assert row["agreement_index"] == 0.75
    assert row["mean_agreement"] == pytest.approx(1 / 3, abs=1e-4)
    assert row["agreement_low"] == pytest.approx(2 / 9, abs=1e-4)
    assert row["agreement_high"] == pytest.approx(7 / 9, abs=1e-4)


def test_a_state_without_a_row_had_no_seat() -> None:
    cast = votes(aaa="yyy", bbb="yy ", ccc="n  ")
    [row] = world(cast, calls(50, 50, 50), {"three": ["aaa", "bbb", "ccc"]}).rows(named=True)
    assert row["agreement_low"] == row["mean_agreement"] == row["agreement_high"]


def test_groups_and_sessions_apart() -> None:
    cast = votes(aaa="yy", bbb="yn", xxx="nn")
    frame = world(cast, calls(50, 51), {"two": ["aaa", "bbb"], "all": ["aaa", "bbb", "xxx"], "one": ["aaa"]})
    assert frame.select("group", "session", "agreement_index").rows() == [
        ("all", 50, 0.5), ("all", 51, 0.5), ("two", 50, 1.0), ("two", 51, 0.25),
    ]  # fmt: skip


def test_no_votes_at_all() -> None:
    nothing = votes(aaa="y").clear()
    assert world(nothing, calls(50), {"two": ["aaa", "bbb"]}).is_empty()
    issues = pl.DataFrame(schema={"rcid": pl.Int32, "issue": pl.String})
    assert tuple(by_issue(nothing, calls(50), issues, ["aaa"]).columns) == ISSUE_COLUMNS


ISSUES = pl.DataFrame(
    [(0, "arms"), (1, "arms"), (1, "rights"), (3, "arms"), (4, "rights")],
    schema={"rcid": pl.Int32, "issue": pl.String},
    orient="row",
)


def test_agreement_by_issue_in_windows() -> None:
    """Sessions 50, 50, 51, 52, 55 in windows of three: 50–52 and 53–55; roll call 2 has no issue, 1 has two."""
    cast = votes(aaa="yyyyy", bbb="ynnay", ccc="x  x ")
    frame = by_issue(cast, calls(50, 50, 51, 52, 55), ISSUES, ["bbb", "aaa", "ccc"], window=3)
    assert frame.rows() == [
        ("aaa", "bbb", "arms", 50, 52, 3, 0.5),
        ("aaa", "bbb", "rights", 50, 52, 1, 0.0),
        ("aaa", "bbb", "rights", 53, 55, 1, 1.0),
    ]
    with pytest.raises(BadValueError, match="1 or more"):
        by_issue(cast, calls(50, 50, 51, 52, 55), ISSUES, ["aaa", "bbb"], window=0)


BLOC = {
    "bodies": "id,name,form,from,to\nbloc,Bloc,formal-organisation,1990-01-01,..",
    "memberships": """
        actor,body,status,from,to
        xxx,bloc,member,1990-01-01,..
        yyy,bloc,member,1996-01-01,..
        zzz,bloc,member,1990-01-01,..
        """,
    "actors": "aaa bbb ccc xxx yyy zzz bloc",
    "votes": {"references": ("xxx",), "blocs": ("bloc",)},
}


def test_the_region_and_its_blocs_as_they_were_made_up(tiny) -> None:
    """Sessions 44 (before the study), 50 (October 1995: xxx and zzz make up the bloc) and 52 (yyy too)."""
    cast = votes(aaa="yyy", bbb="yyn", xxx="yyy", yyy="ynn", zzz="yyy")
    series = region(tiny(**BLOC), cast, calls(44, 50, 52), ISSUES)
    assert list(series) == ["cohesion", "agreement_by_issue"]
    assert series["cohesion"].select("group", "session", "voters", "agreement_index").rows() == [
        ("bloc", 50, 2, 1.0), ("bloc", 52, 3, 0.5), ("region", 50, 2, 1.0), ("region", 52, 2, 0.25),
    ]  # fmt: skip
    issue = series["agreement_by_issue"]
    assert set(issue.select("actor_1", "actor_2").rows()) == {("aaa", "bbb"), ("aaa", "xxx"), ("bbb", "xxx")}
    assert issue["first"].min() == 50


def test_a_bloc_is_made_up_as_in_the_middle_of_the_session(tiny) -> None:
    """yyy joins on 1 January 1996, after the first roll call of three and before the second."""
    days = [date(1995, 10, 1), date(1996, 2, 1), date(1996, 3, 1)]
    dated = calls(50, 50, 50).with_columns(date=pl.Series(days))
    found = region(tiny(**BLOC), votes(xxx="yyy", yyy="yyy", zzz="yyy"), dated, ISSUES)["cohesion"]
    assert found.select("group", "voters").rows() == [("bloc", 3)]


def test_a_member_comes_first_in_a_pair_with_an_outsider(tiny) -> None:
    cast = votes(aaa="y", mmm="y", zzz="y")
    study = tiny(actors="aaa mmm zzz", members=("mmm", "zzz"), votes={"references": ("aaa",)})
    arms = pl.DataFrame({"rcid": [0], "issue": ["arms"]}, schema={"rcid": pl.Int32, "issue": pl.String})
    found = region(study, cast, calls(50), arms)["agreement_by_issue"].select("actor_1", "actor_2").rows()
    assert found == [("mmm", "aaa"), ("mmm", "zzz"), ("zzz", "aaa")]


def test_the_measures_read_the_series(tiny) -> None:
    for measure in (cohesion, agreement_by_issue):
        with pytest.raises(SourceError, match="sources add un-votes"):
            measure(tiny())
    series = region(tiny(**BLOC), votes(aaa="yy", bbb="yn"), calls(50, 51), ISSUES)
    derived = {name: Derived(name=name, frame=frame, origin=ORIGIN) for name, frame in series.items()}
    study = replace(tiny(), derived=derived)
    assert cohesion(study).frame["rows"].to_list() == [["derived:cohesion"]] * 2
    assert agreement_by_issue(study).frame["rows"].to_list() == [["derived:agreement_by_issue"]] * 2
