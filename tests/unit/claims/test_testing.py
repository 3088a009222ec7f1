"""Verdicts, readings and what they hang on, on a study of three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from chaikhana.claims.comparing import moved
from chaikhana.claims.database import Database, Reading
from chaikhana.claims.python_tests import phases_begin, rises_around, trend
from chaikhana.claims.registry import Claim
from chaikhana.claims.testing import Examiner
from chaikhana.claims.verdicts import Point, rows_of, verdict
from chaikhana.core.truth import Truth
from chaikhana.errors import BadValueError
from chaikhana.study.assemble import build
from chaikhana.study.reopening import BuildError, reopen
from chaikhana.study.study import Study

Tiny = Callable[..., Study]
DAY = date(1995, 6, 1)
BODIES = """
id,name,form,from,to
club,The Club,formal-organisation,1990,..
"""


def claim(test: str, **more: object) -> Claim:
    return Claim(
        id="one", paper="test", locator="p. 1", says="So.", kind="count", expected="so", test=test, **more
    )  # type: ignore[arg-type]


def found(study: Study, test: str, day: date = DAY) -> str:
    return Examiner(study).result(claim(test), day, day, hangs=False).verdict


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), "undetermined"),
        ((Truth.YES,), "supported"),
        ((Truth.NO, Truth.NO), "contradicted"),
        ((Truth.YES, Truth.NO), "mixed"),
        ((Truth.YES, Truth.UNKNOWN), "undetermined"),
        ((Truth.NO, Truth.UNKNOWN), "undetermined"),
        ((Truth.YES, Truth.NO, Truth.UNKNOWN), "mixed"),
    ],
)
def test_a_verdict_is_what_all_points_say(answers: tuple[Truth, ...], expected: str):
    assert verdict(Point(what="x", holds=one) for one in answers) == expected


def test_rows_are_named_once():
    points = (
        Point(what="a", holds=Truth.YES, rows=("t:2", "t:3")),
        Point(what="b", holds=Truth.YES, rows=("t:2",)),
    )
    assert rows_of(points) == ("t:2", "t:3")


def test_membership_has_three_answers(tiny: Tiny):
    study = tiny(
        bodies=BODIES,
        memberships="""
        actor,body,status,from,to
        aaa,club,member,1991-01-01,..
        bbb,club,member,1995,..
        ccc,club,member,1991-01-01,1994-01-01
        """,
    )
    ask = "SELECT * FROM membership(['{}'], 'club', $day)"
    assert found(study, ask.format("aaa")) == "supported"
    assert found(study, ask.format("bbb")) == "undetermined"  # known to the year alone
    assert found(study, ask.format("ccc")) == "contradicted"
    assert found(study, ask.format("xxx")) == "contradicted"  # the body has members, and it is none of them
    assert found(study, "SELECT * FROM membership(['aaa'], 'no-such-body', $day)") == "undetermined"
    assert found(study, "SELECT * FROM membership(['xxx'], 'club', $day, wanted := false)") == "supported"


def test_a_list_of_acts_is_not_closed(tiny: Tiny):
    study = tiny(
        episodes="""
        id,date,act,actors,target,summary
        one,1995-01-01,refusal,aaa,bbb,It refused.
        """
    )
    ask = "SELECT * FROM acts(['refusal'], ['{}'], ['bbb'], '1995-01-01', '1995-12-31')"
    assert found(study, ask.format("aaa")) == "supported"
    assert found(study, ask.format("ccc")) == "undetermined"


def disputed(tiny: Tiny) -> Study:
    return tiny(
        bodies="""
        id,name,form,from,to,rival,side,prefer,reason
        club,The Club,formal-organisation,1990-01-01,..,club-start,record,yes,it has the text
        club,The Club,formal-organisation,1992-01-01,..,club-start,test,no,
        """
    )


def test_a_verdict_that_turns_with_a_source_says_so(tiny: Tiny):
    study = disputed(tiny)
    one = Examiner(study).result(claim("SELECT * FROM founded('club', '1992-01-01', '1992-12-31')"), DAY, DAY)
    assert one.verdict == "contradicted"
    assert [(turn.dispute, turn.side, turn.verdict) for turn in one.turns] == [
        ("club-start", "test", "supported")
    ]


def test_a_paper_is_not_its_own_witness_unseen(tiny: Tiny):
    study = tiny(
        episodes="""
        id,date,act,actors,summary
        one,1995-01-01,refusal,aaa,It refused.
        """
    )
    one = Examiner(study).result(claim("SELECT * FROM act('one', '1995-01-01', '1995-12-31')"), DAY, DAY)
    assert (one.verdict, one.verdict_without, one.alone, one.own) == ("supported", "undetermined", True, 1)


def test_then_and_now(tiny: Tiny):
    study = tiny(
        bodies=BODIES, memberships="actor,body,status,from,to\naaa,club,member,1991-01-01,1994-01-01\n"
    )
    one = Examiner(study).result(
        claim("SELECT * FROM membership(['aaa'], 'club', $day)"), date(1993, 1, 1), DAY
    )
    assert (one.verdict, one.verdict_then) == ("contradicted", "supported")


def test_readings_do_not_leak_into_one_another(tiny: Tiny):
    database = Database(disputed(tiny))
    sql = 'SELECT "from" FROM bodies'
    turned = Reading(sides={"club-start": "test"})
    for _ in range(2):
        assert database.ask(sql, DAY)[1] == [("1990-01-01",)]
        assert database.ask(sql, DAY, turned)[1] == [("1992-01-01",)]


def test_a_study_without_a_series_has_the_other_words(nordic: Study):
    database = Database(nordic)
    assert database.ask("SELECT len(region())", DAY)[1] == [(5,)]


def test_trend_wants_a_column_and_a_way(central_asia: Study):
    with pytest.raises(BadValueError, match="Write: trend"):
        trend(central_asia, DAY, ["trade_within", "share"])
    with pytest.raises(BadValueError, match="has no column actr"):
        trend(central_asia, date(2014, 1, 1), ["trade_within", "share", "up", "actr=region"])
    assert trend(central_asia, DAY, ["no_such", "share", "up"]) == ()
    (up,) = trend(central_asia, date(2014, 12, 31), ["trade_within", "share", "up", "actor=region"])
    (down,) = trend(central_asia, date(2014, 12, 31), ["trade_within", "share", "down", "actor=region"])
    assert {up.holds, down.holds} == {Truth.YES, Truth.NO}


def test_phases_begin_reads_years(central_asia: Study):
    with pytest.raises(BadValueError, match="‘soon’ is not a year"):
        phases_begin(central_asia, DAY, ["soon"])
    holds = [one.holds for one in phases_begin(central_asia, date(2024, 12, 31), ["1999", "2017"])]
    assert holds[0] is not Truth.YES


def test_rises_around_counts_either_side(tiny: Tiny):
    lines = "".join(f"after{n},199{n},protest,aaa,It protested.\n" for n in range(6, 10))
    many = "".join(f"more{n},1996,protest,bbb,It protested.\n" for n in range(12))
    study = tiny(episodes="id,date,act,actors,summary\nshock,1995-06-01,crisis,,It came.\n" + lines + many)
    (one,) = rises_around(study, date(2000, 12, 31), ["shock", "5", "protest"])
    assert one.holds is Truth.YES
    assert one.found.startswith("0 before, 16 after")
    assert rises_around(study, DAY, ["no-such", "5", "protest"]) == ()


def test_a_build_opens_as_the_study_it_was(central_asia: Study, tmp_path: Path):
    again = reopen(build(central_asia, tmp_path / "study.duckdb"))
    assert again.about == central_asia.about
    assert again.bibliography == central_asia.bibliography
    assert all(again.frames[name].equals(frame) for name, frame in central_asia.frames.items())
    assert all(again.derived[name].frame.equals(one.frame) for name, one in central_asia.derived.items())
    assert {name: dict(one.origin) for name, one in again.derived.items()} == {
        name: dict(one.origin) for name, one in central_asia.derived.items()
    }


def test_what_is_no_build_is_told(tmp_path: Path):
    path = tmp_path / "notes.duckdb"
    path.write_text("no database", "utf-8")
    with pytest.raises(BuildError, match="it cannot be read as a DuckDB file"):
        reopen(path)
    import duckdb

    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()
    with pytest.raises(BuildError, match=r"it has no table texts.*Build it again"):
        reopen(empty)


CLAIMS = """
paper = "one2000"
written = "1995"

[[claim]]
id = "club-member"
locator = "p. 1"
says = "The first is in the club."
kind = "membership"
expected = "a member"
test = "SELECT * FROM membership(['isl'], 'nordic-council', $day)"
"""


def test_a_moved_verdict_says_which_row_moved_it(nordic: Study, tmp_path: Path):
    import shutil

    folders = []
    for name in ("before", "after"):
        folder = tmp_path / name
        shutil.copytree(nordic.folder, folder)
        (folder / "claims").mkdir()
        key = next(iter(nordic.bibliography))
        (folder / "claims" / "own.toml").write_text(CLAIMS.replace("one2000", key), "utf-8")
        folders.append(folder)
    from chaikhana.study.loading import load_study

    first = load_study(folders[0])
    path = folders[1] / "memberships.csv"
    kept = [
        line
        for line in path.read_text("utf-8").splitlines(keepends=True)
        if not line.startswith("isl,nordic-council,")
    ]
    assert len(kept) < len(path.read_text("utf-8").splitlines())
    path.write_text("".join(kept), "utf-8")
    second = load_study(folders[1])
    builds = [reopen(build(study, tmp_path / f"{n}.duckdb")) for n, study in enumerate((first, second))]
    (one,) = moved(*builds)
    assert (one.before, one.after) == ("supported", "contradicted")
    assert any(told.startswith("Gone: memberships (isl, nordic-council") for told in one.why)
    assert moved(first, first) == []


@pytest.mark.parametrize(
    "day", [date(1994, 6, 1), date(2004, 10, 18), date(2018, 6, 30), date(2026, 11, 21), date(2030, 1, 1)]
)
@pytest.mark.parametrize("table", ["memberships", "bodies", "design", "leads"])
def test_the_macro_of_days_answers_as_the_study_does(central_asia: Study, table: str, day: date):
    words = {True: "yes", False: "no", None: "unknown"}
    sql = f'SELECT "row", on_day(from_earliest, from_latest, to_earliest, to_latest, $day) FROM {table}'
    _, rows = Database(central_asia).ask(sql, day)
    expected = dict(central_asia.on(table, day).select("row", "holds").iter_rows())
    assert {row: words[holds] for row, holds in rows} == expected
