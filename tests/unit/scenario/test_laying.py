"""Scenarios laid over the small study: what each edit does to rows, and what it leaves alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from chaikhana.errors import ScenarioError
from chaikhana.measures.membership import membership
from chaikhana.scenario.laying import Laid, lay
from chaikhana.scenario.scenario import Scenario, edit_of, from_flag
from chaikhana.scenario.sheets import Sheets, carve
from chaikhana.study.reading import RawTable, Row
from chaikhana.study.schema import BY_NAME
from chaikhana.study.study import Study

DAY = date(2020, 6, 30)


def suppose(study: Study, *edits: dict[str, Any] | str) -> Laid:
    """Lay edits, given as a file's tables or as ``--flag=text``."""
    made = [
        edit_of(one) if isinstance(one, dict) else from_flag(*one.removeprefix("--").split("=", 1))
        for one in edits
    ]
    return lay(study, Scenario(title="A test", edits=tuple(made)))


def status(study: Study, actor: str, body: str, day: date = DAY) -> list[tuple[str, str]]:
    """Every status that an actor has, or may have, in a body on a day."""
    held = study.on("memberships", day).filter(
        (pl.col("actor") == actor) & (pl.col("body") == body) & (pl.col("holds") != "no")
    )
    return sorted(held.select("status", "holds").iter_rows())


def test_the_study_itself_is_not_touched(nordic: Study) -> None:
    before = {name: frame.clone() for name, frame in nordic.frames.items()}
    suppose(nordic, {"do": "remove", "bodies": ["nato"]})
    assert all(nordic.frames[name].equals(frame) for name, frame in before.items())


def test_who_joins_is_a_member_from_that_day_on(nordic: Study) -> None:
    laid = suppose(nordic, "--join=nor:eu:2010-01-01")
    assert status(laid.study, "nor", "eu", date(2009, 12, 31)) == []
    assert status(laid.study, "nor", "eu", date(2010, 1, 1)) == [("member", "yes")]
    assert [(change.table, change.what) for change in laid.changes] == [("memberships", "new")]


def test_what_a_scenario_says_is_cited_to_it_and_unverified(nordic: Study) -> None:
    laid = suppose(nordic, "--join=nor:eu:2010-01-01")
    evidence = laid.study.evidence([laid.changes[0].row])
    assert [citation.key for citation in evidence.citations] == ["what-if"]
    assert evidence.unverified == (laid.changes[0].row,)
    assert "A test" in laid.study.bibliography["what-if"].title


def test_joining_ends_the_looser_tie(nordic: Study) -> None:
    laid = suppose(nordic, "--join=usa:cbss:2005-07-01")
    assert status(laid.study, "usa", "cbss", date(2005, 6, 30)) == [("observer", "yes")]
    assert status(laid.study, "usa", "cbss") == [("member", "yes")]


def test_a_status_for_a_while_parts_the_old_one(nordic: Study) -> None:
    laid = suppose(nordic, "--suspend=dnk:nato:2000-01-01:2001-01-01")
    days = [date(1999, 12, 31), date(2000, 6, 1), date(2001, 1, 1)]
    found = [status(laid.study, "dnk", "nato", day)[0][0] for day in days]
    assert found == ["founder-member", "suspended", "founder-member"]


def test_an_end_that_is_not_known_stays_unknown_before_the_cut(nordic: Study) -> None:
    unknown = nordic.table("memberships").filter((pl.col("to") == "") & (pl.col("from") != ""))
    actor, body = unknown.select("actor", "body").row(0)
    laid = suppose(nordic, f"--leave={actor}:{body}:2015-01-01")
    was = dict(status(nordic, actor, body, date(2014, 12, 31)))
    assert dict(status(laid.study, actor, body, date(2014, 12, 31))) == was
    assert set(was.values()) == {"unknown"}
    assert status(laid.study, actor, body, date(2015, 1, 1)) == [("withdrawn", "yes")]


def test_a_body_that_never_was_takes_everything_done_in_it_along(nordic: Study) -> None:
    laid = suppose(nordic, {"do": "remove", "bodies": ["efta"]})
    assert laid.removed == ("efta",)
    for table, column in (
        ("bodies", "id"), ("memberships", "body"), ("design", "body"), ("agreements", "under"), ("meetings", "body"),
    ):  # fmt: skip
        assert "efta" not in set(laid.study.table(table)[column])
    assert "efta-convention-1960" not in set(laid.study.table("parties")["agreement"])
    left = set(laid.study.table("bodies")["id"])
    assert left == set(nordic.table("bodies")["id"]) - {"efta"}


def test_a_row_that_speaks_of_others_too_loses_the_name_alone(central_asia: Study) -> None:
    several = central_asia.table("episodes").filter(pl.col("bodies").list.len() > 1)
    row = several.row(0, named=True)
    gone, *kept = row["bodies"]
    laid = suppose(central_asia, {"do": "remove", "bodies": [gone]})
    again = laid.study.table("episodes").filter(pl.col("id") == row["id"]).row(0, named=True)
    assert again["bodies"] == kept
    assert again["cite"] == row["cite"]  # it is documented as before


def test_bodies_by_who_leads_them_and_by_form(nordic: Study) -> None:
    assert suppose(nordic, {"do": "remove", "led-by": "dnk"}).removed == ("nordic-council", "cbss")
    assert suppose(nordic, {"do": "remove", "led-by": "dnk", "alone": True}).removed == ("nordic-council",)
    forms = dict(nordic.table("bodies").select("id", "form").iter_rows())
    gone = suppose(nordic, {"do": "remove", "form": "informal"}).removed
    assert {forms[body] for body in gone} == {"informal-platform", "programme"}
    assert suppose(nordic, {"do": "remove", "led-by": "dnk", "form": "informal"}).removed == ("cbss",)


def test_a_dispute_that_loses_a_side_is_none(nordic: Study) -> None:
    rival = nordic.frames["memberships"].filter(pl.col("rival") == "finland-nordic-council")
    assert rival.height == 2
    laid = suppose(nordic, "--leave=fin:nordic-council:1955-01-01")
    assert "finland-nordic-council" not in set(laid.study.frames["memberships"]["rival"])


def test_a_body_that_ends_ends_its_spells_and_later_meetings(nordic: Study) -> None:
    laid = suppose(nordic, "--end-body=cbss:2010-01-01")
    assert membership(laid.study, date(2009, 1, 1)).frame.filter(pl.col("body") == "cbss").height
    assert not membership(laid.study, date(2010, 1, 1)).frame.filter(pl.col("body") == "cbss").height
    met = laid.study.table("meetings").filter(pl.col("body") == "cbss")
    assert met.filter(pl.col("date_earliest") >= date(2010, 1, 1)).is_empty()


def test_a_new_body_with_members_design_lead_and_agreement(nordic: Study) -> None:
    laid = suppose(
        nordic,
        {"do": "add-body", "body": "north", "name": "The North", "form": "formal-organisation", "on": "2000-01-01",
         "issues": ["trade"], "members": ["dnk", "nor"]},
        "--design=north:common-external-tariff:yes:2001-01-01",
        "--lead=north:dnk:2000-01-01:founder",
        {"do": "add-agreement", "agreement": "north-2000", "title": "Customs union of the North", "on": "2000-01-01",
         "under": "north", "parties": ["dnk", "nor"], "issues": ["trade"]},
    )  # fmt: skip
    assert status(laid.study, "nor", "north") == [("founder-member", "yes")]
    assert laid.study.table("leads").filter(pl.col("body") == "north")["actor"].to_list() == ["dnk"]
    assert set(laid.study.table("parties").filter(pl.col("agreement") == "north-2000")["actor"]) == {
        "dnk",
        "nor",
    }


def test_a_date_is_moved(nordic: Study) -> None:
    laid = suppose(
        nordic,
        {"do": "move", "table": "memberships", "where": {"actor": "swe", "body": "nato"}, "column": "from",
         "to": "2010-01-01"},
    )  # fmt: skip
    assert status(laid.study, "swe", "nato", date(2015, 1, 1)) == [("member", "yes")]


def test_what_cannot_be_is_told_with_the_edit_that_says_it(nordic: Study) -> None:
    with pytest.raises(
        ScenarioError, match=r"edit 1 \(nor joins eu on 1950-01-01 as member\).*before eu does"
    ):
        suppose(nordic, "--join=nor:eu:1950-01-01")


@pytest.mark.parametrize(
    "edit",
    [
        "--join=dnk:nato:2000-01-01",
        "--leave=can:eu:2010-01-01",
        "--unlead=nato:usa:2000-01-01",
        "--end-body=five-plus-three:2010-01-01",
        "--design=cbss:secretariat:yes:2010-01-01",
    ],
)
def test_an_edit_that_changes_nothing_is_refused(nordic: Study, edit: str) -> None:
    with pytest.raises(ScenarioError, match="nothing would change"):
        suppose(nordic, edit)


def test_what_stays_although_its_name_has_that_of_what_is_gone(central_asia: Study) -> None:
    laid = suppose(central_asia, {"do": "remove", "bodies": ["sco"]})
    assert any("rats" in notice and "sco" in notice for notice in laid.notices)
    assert not suppose(central_asia, {"do": "remove", "bodies": ["eaeu"]}).notices


def test_a_spell_from_before_all_records_is_parted_like_any_other() -> None:
    cells = {"actor": "aaa", "body": "one", "status": "member", "from": "..", "to": ".."}
    raw = RawTable(
        table=BY_NAME["memberships"],
        file="memberships.csv",
        header=tuple(cells),
        rows=(Row(line=2, cells=cells),),
    )
    sheets = Sheets({"memberships": raw})
    carve(sheets, "memberships", 1, lambda line: line["actor"] == "aaa", "2000-01-01", "2001-01-01")
    spells = [(line["from"], line["to"]) for line in sheets.lines("memberships")]
    assert spells == [("..", "2000-01-01"), ("2001-01-01", "..")]
