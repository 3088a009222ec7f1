"""The chapter on what if: made here or in a process of its own, and what a scenario that cannot be does to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chaikhana.errors import ChaikhanaError
from chaikhana.report import beside
from chaikhana.report.blocks import Figure, Prose, Table
from chaikhana.report.chapters import what_if
from chaikhana.report.names import names_of
from chaikhana.study.loading import load_study
from chaikhana.study.study import Study

NORDIC = Path(__file__).parent.parent.parent / "studies" / "nordic"
SCENARIO = 'title = "Norway joins"\nwhy = "It voted twice."\n[[edit]]\ndo = "join"\nactor = "nor"\nbody = "eu"\non = "1995"\n'
INITIATIVE = 'title = "A customs union"\nissue = "trade"\ndepth = "common-tariff"\nwith = ["eu"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small study with a scenario and an initiative."""
    copy = Path(shutil.copytree(NORDIC, tmp_path / "nordic"))
    for where, text in (("scenarios/norway.toml", SCENARIO), ("initiatives/union.toml", INITIATIVE)):
        (copy / where).parent.mkdir()
        (copy / where).write_text(text, encoding="utf-8")
    return copy


def test_a_study_without_scenarios_says_what_they_would_be(nordic: Study) -> None:
    assert not what_if.takes_long(nordic)
    blocks = what_if.chapter(nordic, names_of(nordic)).blocks
    words = [text for block in blocks if isinstance(block, Prose) for text in block.paragraphs]
    assert any("carries no scenarios" in text for text in words)
    assert any(isinstance(block, Figure) and block.id == "central-claim" for block in blocks)


def test_a_chapter_made_beside_has_scenarios_and_initiatives_worked_through(folder: Path) -> None:
    study = load_study(folder)
    assert what_if.takes_long(study)
    chapter = beside.begun(what_if.chapter, study)()
    ids = {block.id for block in chapter.blocks if isinstance(block, (Figure, Table))}
    assert {
        "central-claim",
        "scenarios-before-and-after",
        "who-could-join",
        "formats-union",
        "in-the-way-union",
    } <= ids
    words = " ".join(
        text for block in chapter.blocks if isinstance(block, Prose) for text in block.paragraphs
    )
    assert "Norway joins EU on 1995 as member" in words
    assert "A customs union" in words


def test_a_scenario_that_cannot_be_stops_the_report_with_its_message(folder: Path) -> None:
    (folder / "scenarios" / "norway.toml").write_text(SCENARIO.replace('"eu"', '"euu"'), encoding="utf-8")
    wait = beside.begun(what_if.chapter, load_study(folder))
    with pytest.raises(ChaikhanaError, match="there is no body ‘euu’"):
        wait()
