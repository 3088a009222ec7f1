"""Malformed scenarios and initiatives, each with its message; nothing half-written, no traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chaikhana.errors import ScenarioError
from chaikhana.scenario.initiative import read_initiative
from chaikhana.scenario.laying import lay
from chaikhana.scenario.scenario import read_scenario
from chaikhana.study.study import Study

Command = Callable[..., tuple[int, str, str]]
JOIN = '[[edit]]\ndo = "join"\nactor = "nor"\nbody = "eu"\non = "1995"\n'
HEAD = 'title = "A test"\n'

# What is wrong with a scenario's file, and what is said of it.
FILES = {
    "not TOML": ("title = ", "is not TOML"),
    "no title": (JOIN, "title: it is missing"),
    "a title that is no text": ("title = 3\n" + JOIN, "title: it is not text"),
    "an unknown key": (HEAD + 'author = "me"\n' + JOIN, "there is no key ‘author’"),
    "edits that are no list": (HEAD + 'edit = "join"', "write each edit as a table headed [[edit]]"),
    "an edit without do": (HEAD + '[[edit]]\nactor = "nor"', "edit 1: do: it is missing"),
    "an unknown edit": (HEAD + '[[edit]]\ndo = "joins"', "there is no edit ‘joins’. Did you mean ‘join’"),
    "an edit without a body": (HEAD + '[[edit]]\ndo = "join"\nactor = "nor"\non = "1995"', "edit 1: join, body: it is missing"),
    "an unknown key of an edit": (HEAD + JOIN + 'as = "member"', "there is no such key"),
    "no date": (HEAD + JOIN.replace("1995", ".."), "An edit needs a day, a month or a year"),
    "a date that is none": (HEAD + JOIN.replace("1995", "1995-13"), "1995-13"),
    "an unknown status": (HEAD + JOIN + 'status = "friend"', "there is no ‘friend’ here"),
    "a status for who leaves": (HEAD + JOIN.replace('"join"', '"leave"') + 'status = "member"', "to leave takes no status"),
    "no status to change to": (HEAD + JOIN.replace('"join"', '"status"'), "say which status"),
    "an id that is none": (HEAD + JOIN.replace('"eu"', '"The EU"'), "‘The EU’ is not an id"),
    "a removal of nothing": (HEAD + '[[edit]]\ndo = "remove"', "say which bodies"),
    "alone without a lead": (HEAD + '[[edit]]\ndo = "remove"\nbodies = ["eu"]\nalone = true', "alone belongs to led-by"),
    "a form that is none": (HEAD + '[[edit]]\ndo = "remove"\nform = "loose"', "there is no ‘loose’ here"),
    "an attribute that is none": (
        HEAD + '[[edit]]\ndo = "design"\nbody = "eu"\nattribute = "charm"\nvalue = "yes"\non = "2000"',
        "there is no ‘charm’ here",
    ),
    "a value that an attribute has not": (
        HEAD + '[[edit]]\ndo = "design"\nbody = "eu"\nattribute = "delegation"\nvalue = "yes"\non = "2000"',
        "delegation has no value ‘yes’",
    ),
    "an agreement of one": (
        HEAD + '[[edit]]\ndo = "add-agreement"\nagreement = "pact"\ntitle = "Pact"\non = "2000"\nparties = ["nor"]',
        "at least 2 items",
    ),
    "a column that is no date": (
        HEAD + '[[edit]]\ndo = "move"\ntable = "bodies"\ncolumn = "name"\nto = "2000"\nwhere = { id = "eu" }',
        "bodies has no date ‘name’",
    ),
    "a where that names no column": (
        HEAD + '[[edit]]\ndo = "move"\ntable = "bodies"\ncolumn = "from"\nto = "2000"\nwhere = { called = "eu" }',
        "bodies has no column ‘called’",
    ),
}  # fmt: skip

# What cannot be laid over the study, although its file is as it should be.
LAID = {
    "an unknown actor": (JOIN.replace("nor", "nrw"), "there is no actor ‘nrw’. Did you mean"),
    "an unknown body": (JOIN.replace('"eu"', '"euu"'), "there is no body ‘euu’. Did you mean"),
    "a body that an edit before takes away": (
        '[[edit]]\ndo = "remove"\nbodies = ["eu"]\n' + JOIN,
        "Edit 2 (nor joins eu on 1995 as member): there is no body ‘eu’: an edit before this one takes it away",
    ),
    "a member who joins": (JOIN.replace("nor", "swe").replace("1995", "2005"), "already: nothing would change"),
    "before the body is there": (JOIN.replace("1995", "1980"), "before eu does"),
    "after the study": (JOIN.replace("1995", "2040"), "lies after the study's last day"),
    "a body that there is": (
        '[[edit]]\ndo = "add-body"\nbody = "eu"\nname = "EU"\nform = "programme"\non = "2000"',
        "the study has the body ‘eu’ already",
    ),
    "an unknown issue": (
        '[[edit]]\ndo = "add-body"\nbody = "new"\nname = "New"\nform = "programme"\non = "2000"\nissues = ["fun"]',
        "‘fun’",
    ),
    "an agreement that there is not": ('[[edit]]\ndo = "drop-agreement"\nagreement = "pact"', "there is no agreement ‘pact’"),
    "no lead to remove": ('[[edit]]\ndo = "remove"\nled-by = "can"', "the study has no such body: nothing would change"),
    "rows that are not there": (
        '[[edit]]\ndo = "move"\ntable = "memberships"\ncolumn = "from"\nto = "2000"\nwhere = { actor = "can", body = "eu" }',
        "no row of memberships has actor = can, body = eu",
    ),
    "too many rows": (
        '[[edit]]\ndo = "move"\ntable = "memberships"\ncolumn = "from"\nto = "2000"\nwhere = { body = "nato" }',
        "Say more in ‘where’",
    ),
    "a beginning after the end": (
        '[[edit]]\ndo = "move"\ntable = "bodies"\ncolumn = "to"\nto = "1950"\nwhere = { id = "efta" }',
        "edit 1",
    ),
}  # fmt: skip

INITIATIVE = 'title = "A test"\nissue = "trade"\ndepth = "treaty"\n'
INITIATIVES = {
    "no issue": (INITIATIVE.replace('issue = "trade"\n', ""), "issue: it is missing"),
    "an unknown issue": (INITIATIVE.replace("trade", "trad"), "there is no issue ‘trad’ in nordic. Did you mean ‘trade’"),
    "an unknown depth": (INITIATIVE.replace("treaty", "union"), "there is no depth ‘union’"),
    "neither open nor closed": (INITIATIVE + 'open-or-closed = "ajar"', "‘ajar’ is neither open nor closed"),
    "an unknown key": (INITIATIVE + 'budget = "1"', "there is no such key"),
    "an unknown outsider": (INITIATIVE + 'with = ["xyz"]', "there is no actor ‘xyz’"),
    "an outsider of the region": (INITIATIVE + 'with = ["nor"]', "nor is of the region"),
    "an outsider twice": (INITIATIVE + 'with = ["rus", "rus"]', "an outsider is invited twice"),
    "an unknown lead": (INITIATIVE + 'lead = "xyz"', "there is no actor ‘xyz’ to lead it"),
    "a day that is none": (INITIATIVE + 'on = "soon"', "on: ‘soon’ is not a date"),
    "a day beyond the study": (INITIATIVE + 'on = "2040"', "the study speaks of"),
    "a number for a text": (INITIATIVE.replace('"A test"', "3"), "title: Input should be a valid string"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FILES)
def test_a_file_that_is_no_scenario(fault: str, tmp_path: Path) -> None:
    text, said = FILES[fault]
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as error:
        read_scenario(path)
    assert said.removeprefix("edit 1: join, ") in str(error.value)
    assert "mine.toml" in str(error.value)


@pytest.mark.parametrize("fault", LAID)
def test_a_scenario_that_cannot_be_laid(fault: str, tmp_path: Path, nordic: Study) -> None:
    text, said = LAID[fault]
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + text, "utf-8")
    with pytest.raises(ScenarioError) as error:
        lay(nordic, read_scenario(path))
    assert said in str(error.value)


@pytest.mark.parametrize("fault", INITIATIVES)
def test_an_initiative_that_cannot_be_put(fault: str, tmp_path: Path, nordic: Study) -> None:
    text, said = INITIATIVES[fault]
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as error:
        read_initiative(nordic, path)
    assert said in str(error.value)


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[edit]]\ndo = "join"\n[[edit]]\ndo = "jump"', "utf-8")
    with pytest.raises(ScenarioError) as error:
        read_scenario(path)
    told = str(error.value)
    for said in (
        "title: it is missing",
        "edit 1: actor",
        "edit 1: body",
        "edit 1: on",
        "edit 2: there is no edit ‘jump’",
    ):
        assert said in told


def test_a_file_that_is_too_large_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ScenarioError, match="larger than"):
        read_scenario(path)
    with pytest.raises(ScenarioError, match="There is no file"):
        read_scenario(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--join", "nor:eu"), "write --join ACTOR:BODY:DATE[:STATUS]"),
        (("--join", "nor:eu:1995:member:now"), "write --join ACTOR:BODY:DATE[:STATUS]"),
        (("--leave", "nor:eu:never"), "--leave nor:eu:never: on: ‘never’ is not a date"),
        (("--move", "bodies:eu:from"), "write --move TABLE:ID:COLUMN:DATE"),
        (("--move", "votes:eu:from:2000"), "there is no ‘votes’ here"),
        (("--remove-form", "loose"), "there is no ‘loose’ here"),
        (("--remove-body", "eeu"), "there is no body ‘eeu’"),
        (("--scenario", "mine"), "There is no scenario ‘mine’"),
        (("--join", "nor:eu:1995", "--on", "2040"), "speaks of"),
        (("--join", "nor:eu:1995", "--from", "2000", "--to", "1990"), "ends (1990-12-31) before it begins"),
        (("--join", "nor:eu:1995", "--show", "hardnes"), "There is no measure ‘hardnes’"),
        (("--join", "nor:eu:1995", "--draws", "999999999"), "Between 1 and"),
        (("--central-claim", "--join", "nor:eu:1995"), "leave the edits out"),
        (("--actor", "rus"), "belongs to --central-claim"),
        (("--central-claim", "--actor", "xyz"), "There is no power of the study ‘xyz’"),
    ],
)
def test_slips_at_the_command_of_scenarios(args: tuple[str, ...], said: str, command: Command) -> None:
    code, out, err = command("whatif", "tests/studies/nordic", *args)
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--issue", "trade"), "An initiative needs --depth"),
        (("--depth", "treaty"), "An initiative needs --issue"),
        (("--initiative", "mine"), "There is no initiative ‘mine’"),
        (("--initiative", "mine", "--issue", "trade"), "not both"),
        (("--issue", "trade", "--depth", "treaty", "--who", "nor"), "No format has exactly nor"),
        (("--issue", "trade", "--depth", "treaty", "--on", "soon"), "--on: ‘soon’ is not a date"),
    ],
)
def test_slips_at_the_command_of_formats(args: tuple[str, ...], said: str, command: Command) -> None:
    code, out, err = command("formats", "tests/studies/nordic", *args)
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_a_scenario_that_cannot_be_saved_is_told_and_nothing_is_run(tmp_path: Path, command: Command) -> None:
    code, out, err = command(
        "whatif", "tests/studies/nordic", "--join", "nor:eu:1995", "--save", tmp_path / "none" / "mine.toml"
    )
    assert (code, out) == (1, "")
    assert "There is no folder" in err
