"""Several faults at once, faults that drag others after them, runaway cells, and reads that must not hang."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_faults import FAULTS, Wrong
from bad_study import GOOD, line_after

from chaikhana.errors import StudyError
from chaikhana.study.loading import check_study
from chaikhana.study.schema import BY_NAME

Lay = Callable[..., Path]
LONG = "x" * 90_000
FILE_ORDER = ["study.toml", "sources.bib", *(f"{name}.csv" for name in BY_NAME)]


def _expected(*faults: str) -> list[tuple[str, str, int | None]]:
    found = [
        (wrong.rule, wrong.file, wrong.row and line_after(fault, wrong.file, wrong.row))
        for fault in faults
        for wrong in FAULTS[fault]
    ]
    return sorted(found, key=lambda place: (FILE_ORDER.index(place[1]), place[2] or 0))


SEVERAL = (
    ("not-an-actor", "entry-without-title", "state-code", "leads-before-body", "lineage-circle", "unknown-actor",
     "signed-before-opened", "meeting-before-body", "unknown-meeting", "unknown-issue", "bad-unit-without-id",
     "not-a-number"),
    ("bad-id", "contradicting-spells", "design-before-body", "in-force-before-signed", "unknown-agreement"),
    ("utf-16", "unknown-column", "broken-cite", "double-id", "not-allowed-design-value"),
    ("meeting-after-body", "bad-id", "double-id", "control-character-escape"),
)  # fmt: skip


@pytest.mark.parametrize("faults", SEVERAL, ids=lambda faults: f"{len(faults)}-of-{faults[0]}")
def test_all_faults_of_all_files_come_in_one_go_and_in_the_order_of_files(
    faults: tuple[str, ...], lay: Lay
) -> None:
    one_each: dict[str, str] = {}
    for fault in faults:  # where two would replace one file, the later stays
        for wrong in FAULTS[fault]:
            one_each[f"{wrong.file}{fault if wrong.file == 'meetings.csv' else ''}"] = fault
    laid = tuple(dict.fromkeys(one_each.values()))
    checked = check_study(lay(*laid))
    found = [(fault.rule, fault.file, fault.row) for fault in checked.faults]
    files = [FILE_ORDER.index(file) for _, file, _ in found]
    assert files == sorted(files)
    expected = _expected(*laid)
    added_to_one_file = [fault for fault in laid if FAULTS[fault][0].file == "meetings.csv"]
    if len(added_to_one_file) > 1:  # each pushes the next one line down
        expected = [
            (rule, file, row + _before(rule, added_to_one_file) if row and file == "meetings.csv" else row)
            for rule, file, row in expected
        ]
        expected.sort(key=lambda place: (FILE_ORDER.index(place[1]), place[2] or 0))
    assert found == expected


def _before(rule: str, laid: list[str]) -> int:
    return next(place for place, fault in enumerate(laid) if FAULTS[fault][0].rule == rule)


@pytest.mark.parametrize("broken", ["broken-toml", "toml-missing-key", "missing-study-toml"])
def test_a_broken_study_toml_hides_no_fault_of_the_tables(broken: str, lay: Lay) -> None:
    checked = check_study(lay(broken, "contradicting-spells", "lineage-circle", "unknown-meeting"))
    found = [fault.rule for fault in checked.faults]
    assert found == [
        FAULTS[broken][0].rule, "lineage-circle", "lineage-circle", "contradicting-spells", "unknown-meeting",
    ]  # fmt: skip


@pytest.mark.parametrize("broken", ["utf-16", "missing-table", "broken-quotes"])
def test_a_table_that_cannot_be_read_hides_no_fault_of_the_others(broken: str, lay: Lay) -> None:
    checked = check_study(lay(broken, "double-id", "lineage-circle"))
    assert [fault.rule for fault in checked.faults] == [
        "lineage-circle", "lineage-circle", FAULTS[broken][0].rule, "double-id",
    ]  # fmt: skip


def test_faults_of_one_table_stand_in_the_order_of_its_rows(lay: Lay) -> None:
    folder = lay()
    cite = '"tiatira-nato, first paragraph",document'
    (folder / "memberships.csv").write_text(
        "actor,body,status,from,to,cite,basis\n"
        f"est,un,member,1985-01-01,..,{cite}\n"
        f"dnk,nato,member,1996-4,..,{cite}\n"
        f"dnl,nato,membr,1949-04-04,..,{cite}\n"
        "dnk,nato,member,1949-04-04\n"
        f"dnk,nato,member,1973-01-01,1960-05-03,{cite}\n",
        encoding="utf-8",
    )
    assert [(fault.row, fault.column, fault.rule) for fault in check_study(folder).faults] == [
        (2, "from", "membership-before-actor"),
        (3, "from", "broken-date"),
        (4, "actor", "unknown-actor"),
        (4, "status", "not-allowed"),
        (5, None, "too-few-cells"),
        (6, "to", "end-before-start"),
    ]


def test_rows_are_counted_past_blank_lines_and_cells_of_several_lines(lay: Lay) -> None:
    folder = lay()
    (folder / "memberships.csv").write_text(
        "actor,body,status,from,to,cite,basis,note\n"
        '\ndnk,nato,member,1949-04-04,..,"tiatira-nato, first paragraph",document,"over\nthree\nlines"\n\n'
        'nor,nato,membr,1949-04-04,..,"tiatira-nato, first paragraph",document,\n',
        encoding="utf-8",
    )
    assert [(fault.row, fault.column) for fault in check_study(folder).faults] == [(7, "status")]


@pytest.mark.parametrize(
    ("table", "spoil"),
    [
        ("actors", lambda text: text.replace(",", ";")),
        ("actors", lambda text: text.replace("dnk,Denmark,DNK", "dnk,Denmark")),
        ("bodies", lambda text: text + '"'),
        ("bodies", lambda text: text.replace("id,name", "id,nme", 1)),
        ("agreements", lambda text: text.replace("id,title", "di,title", 1)),
        ("meetings", lambda _: ""),
    ],
    ids=["actors-semicolons", "actors-a-short-row", "bodies-quote", "bodies-column", "agreements-column", "meetings-empty"],
)  # fmt: skip
def test_a_table_that_cannot_be_read_drags_no_faults_of_others_after_it(
    table: str, spoil: Callable[[str], str], lay: Lay
) -> None:
    folder = lay()
    file = folder / f"{table}.csv"
    file.write_text(spoil(file.read_text(encoding="utf-8")), encoding="utf-8")
    checked = check_study(folder)
    assert checked.faults
    assert {fault.file for fault in checked.faults[:50]} == {file.name}


@pytest.mark.parametrize("fault", ["broken-bibtex", "double-key", "missing-bibliography", "double-field"])
def test_a_bibliography_that_cannot_be_read_drags_no_faults_of_cites_after_it(fault: str, lay: Lay) -> None:
    assert {found.file for found in check_study(lay(fault)).faults[:50]} == {"sources.bib"}


@pytest.mark.parametrize(
    ("table", "cell"),
    [
        ("bodies", "nordic-council"), ("bodies", "formal-organisation"), ("bodies", "political; law; culture"),
        ("leads", "1952"), ("leads", "dnk"), ("leads", '"wwdeux-nordic, Nordic Council"'), ("leads", "document"),
        ("codings", "region:nordic"), ("figures", "53.5"), ("design", "yes"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("long", [LONG, LONG.upper()], ids=["lower", "upper"])
def test_a_runaway_cell_is_not_read_out(table: str, cell: str, long: str, lay: Lay) -> None:
    folder = lay()
    file = folder / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert cell in text
    file.write_text(text.replace(cell, long, 1), encoding="utf-8")
    began = time.process_time()
    found = [fault for fault in check_study(folder).faults if fault.file == file.name]
    assert time.process_time() - began < 5
    assert found
    assert max(len(str(fault)) for fault in found) < 1000


@pytest.mark.parametrize(
    "fault", ["line-too-long", "file-too-large", "bibliography-too-large", "study-toml-too-large"]
)
def test_a_runaway_line_is_answered_at_once(fault: str, lay: Lay) -> None:
    folder = lay(fault)
    began = time.process_time()
    told = [str(found) for found in check_study(folder).faults]
    assert time.process_time() - began < 5
    assert "xxx" not in "".join(told)


@pytest.mark.parametrize(
    ("name", "opening"), [("study.toml", 'x = "'), ("sources.bib", "@misc{new-work,\n  title = {")]
)
def test_a_runaway_line_of_no_table_is_answered_at_once(name: str, opening: str, lay: Lay) -> None:
    folder = lay()
    with (folder / name).open("a", encoding="utf-8") as stream:
        stream.write(opening + "x" * 5_000_000)
    began = time.process_time()
    told = str(check_study(folder).faults[0])
    assert time.process_time() - began < 5
    assert told.startswith(name)
    assert len(told) < 1000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
@pytest.mark.parametrize("name", ["memberships.csv", "study.toml", "derived/votes.csv"])
def test_a_pipe_does_not_hang_the_check(name: str, lay: Lay) -> None:
    folder = lay()
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    if name.startswith("derived"):
        from bad_study import ORIGIN

        (folder / "derived" / "votes.origin.toml").write_text(ORIGIN, encoding="utf-8")
    os.mkfifo(folder / name)
    rules: list[str] = []
    reader = threading.Thread(
        target=lambda: rules.extend(fault.rule for fault in check_study(folder).faults), daemon=True
    )
    reader.start()
    reader.join(5)
    hung = reader.is_alive()
    if hung:  # let it go
        os.close(os.open(folder / name, os.O_WRONLY | os.O_NONBLOCK))
        reader.join(5)
    assert not hung
    assert "unreadable-file" in rules


def test_a_path_that_is_no_folder(tmp_path: Path) -> None:
    for place in (tmp_path / "nothing", GOOD / "study.toml"):
        with pytest.raises(StudyError, match="is not a folder") as refused:
            check_study(place)
        assert [fault.rule for fault in refused.value.faults] == ["no-folder"]


def test_an_empty_folder_lacks_everything_at_once(tmp_path: Path) -> None:
    assert [(fault.rule, fault.file) for fault in check_study(tmp_path).faults] == [
        ("missing-study-toml", "study.toml"),
        ("missing-bibliography", "sources.bib"),
        ("missing-table", "actors.csv"),
        ("missing-table", "bodies.csv"),
        ("missing-table", "memberships.csv"),
    ]


def test_what_is_wrong_is_a_record() -> None:
    """The expectations themselves: each has a rule in the form of rule ids."""
    for wrongs in FAULTS.values():
        assert all(isinstance(wrong, Wrong) and wrong.rule == wrong.rule.lower() for wrong in wrongs)
