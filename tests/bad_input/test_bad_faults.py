"""Each fault by itself: what `check_study` says of it, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bad_faults import FAULTS, NOTICES, Wrong
from bad_study import FILES, GOOD, MADE, line_after

from chaikhana.errors import Fault, StudyError
from chaikhana.study.loading import check_study, load_study
from chaikhana.study.schema import BY_NAME

Lay = Callable[..., Path]


def test_the_good_study_is_good() -> None:
    checked = check_study(GOOD)
    assert (checked.faults, checked.notices) == ((), ())


def test_every_bad_file_has_its_fault_and_every_fault_its_file() -> None:
    stored = {path.name for path in FILES.iterdir()}
    assert stored | MADE.keys() == FAULTS.keys() | NOTICES.keys()
    assert not stored & MADE.keys()
    assert len(FAULTS) >= 48


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_named_and_placed(fault: str, lay: Lay) -> None:
    checked = check_study(lay(fault))
    assert [_place(found) for found in checked.faults[:20]] == [
        _expected(fault, wrong) for wrong in FAULTS[fault]
    ]
    for found, wrong in zip(checked.faults, FAULTS[fault], strict=True):
        _assert_helpful(found, wrong)


@pytest.mark.parametrize("fault", [fault for place, fault in enumerate(FAULTS) if place % 12 == 0])
def test_a_study_with_a_fault_does_not_load(fault: str, lay: Lay) -> None:
    with pytest.raises(StudyError) as refused:
        load_study(lay(fault))
    assert refused.value.faults
    assert str(refused.value.faults[0]) in str(refused.value)


@pytest.mark.parametrize("fault", NOTICES)
def test_what_can_be_put_right_is_a_notice_and_the_study_loads(fault: str, lay: Lay) -> None:
    folder = lay(fault)
    checked = check_study(folder)
    assert checked.faults == ()
    # the bad file is small, so that sources are cited no more; that is not what is looked at here
    notices = [
        notice for notice in checked.notices if notice.rule != "uncited-source" or notice.value == "new-work"
    ]
    assert [notice.rule for notice in notices] == [wrong.rule for wrong in NOTICES[fault]]
    for notice, wrong in zip(notices, NOTICES[fault], strict=True):
        assert notice.file == wrong.file
        assert all(words in str(notice) for words in wrong.says), str(notice)
    expected = 0 if fault == "header-only" else load_study(GOOD).frames["memberships"].height
    found = load_study(folder).frames["memberships"]
    assert found.height == (expected if fault in ("header-only", "uncited-source") else 1)
    if fault in ("byte-order-mark", "crlf", "old-mac-line-endings"):
        assert found.select("actor", "body", "status", "from", "to", "basis").row(0) == (
            "dnk", "nato", "member", "1949-04-04", "..", "document",
        )  # fmt: skip


@pytest.mark.parametrize("name", ["study.toml", "sources.bib", *(f"{name}.csv" for name in BY_NAME)])
def test_a_byte_order_mark_and_windows_lines_are_read_in_every_file(name: str, lay: Lay) -> None:
    folder = lay()
    file = folder / name
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    checked = check_study(folder)
    assert checked.faults == ()
    assert [(notice.rule, notice.file) for notice in checked.notices] == [
        ("byte-order-mark", name),
        ("crlf", name),
    ]


def _place(fault: Fault) -> tuple[str, str, int | None, str | None]:
    return fault.rule, fault.file, fault.row, fault.column


def _expected(fault: str, wrong: Wrong) -> tuple[str, str, int | None, str | None]:
    row = None if wrong.row is None else line_after(fault, wrong.file, wrong.row)
    return wrong.rule, wrong.file, row, wrong.column


def _assert_helpful(found: Fault, wrong: Wrong) -> None:
    told = str(found)
    assert [words for words in wrong.says if words not in told] == [], told
    assert [words for words in wrong.never if words in told] == [], told
    assert found.remedy or "Allowed" in told, f"it does not say what to do: {told}"
    assert "\n" not in told, f"it runs over several lines: {told}"
    assert len(told) < 600, f"it is too long to read: {len(told)} characters"
    place = (
        found.file
        + (f", row {found.row}" if found.row else "")
        + (f", column {found.column}" if found.column else "")
    )
    assert told.startswith(place + ":")
