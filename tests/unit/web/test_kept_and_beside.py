"""What is kept between runs, and the second process: limits, errors, its end."""

from __future__ import annotations

import stat
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from chaikhana.errors import ChaikhanaError, OutputError
from chaikhana.study.study import Study
from chaikhana.web.answers import Answers
from chaikhana.web.beside import Beside, BusyError, TooLongError
from chaikhana.web.kept import Kept, kept_of
from chaikhana.web.opening import keep, opened

NORDIC = Path(__file__).parents[2] / "studies" / "nordic"


def test_what_is_kept_is_there_the_next_time_and_for_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "explorer" / "x.sqlite"
    kept = Kept(path)
    kept.put("a", {"b": [1, None, "ü"]})
    kept.close()
    again = Kept(path)
    assert again.get("a") == {"b": [1, None, "ü"]} and again.get("c") is None and again.keys() == {"a"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again.close()


def test_a_spoilt_file_is_made_anew_and_a_folder_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"no database at all" * 100)
    kept = Kept(path)
    kept.put("a", 1)
    assert kept.get("a") == 1
    kept.close()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="set CHAIKHANA_HOME"):
        Kept(tmp_path / "file" / "x.sqlite")


def test_an_edited_study_reads_nothing_of_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    folder = copytree(NORDIC, tmp_path / "study")
    first = kept_of(folder)
    study = opened(folder, first)
    keep(first, study)
    assert isinstance(first.get("study"), Study) and kept_of(folder).path == first.path
    title = study.about.title
    about = folder / "study.toml"
    about.write_text(about.read_text(encoding="utf-8").replace(title, f"{title}, again"), encoding="utf-8")
    second = kept_of(folder)
    assert second.path != first.path and second.get("study") is None
    assert opened(folder, second).about.title == f"{title}, again"


def test_only_the_last_few_states_of_a_study_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    folder = copytree(NORDIC, tmp_path / "study")
    for number in range(5):
        (folder / "notes.txt").write_text(str(number), encoding="utf-8")
        kept_of(folder).close()
    assert len(list((tmp_path / "home" / "explorer").glob("*.sqlite"))) == 3


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beside]:
    one = Beside(NORDIC, tmp_path_factory.mktemp("beside") / "kept.sqlite", idle=1.0)
    yield one
    one.close()


def test_a_second_process_answers_refuses_is_stopped_and_ends_when_idle(
    beside: Beside, nordic: Study
) -> None:
    day = nordic.about.last_day
    names, rows = beside.ask("sql", "SELECT count(*) AS n FROM bodies", day, limit=30)
    assert (names, rows) == (["n"], [(nordic.table("bodies").height,)])
    with pytest.raises(ChaikhanaError, match="one SELECT"):
        beside.ask("sql", "DROP TABLE bodies", day, limit=30)
    for text in (
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT getenv('HOME')",
    ):
        with pytest.raises(ChaikhanaError):
            beside.ask("sql", text, day, limit=30)
    first = beside.pid
    with pytest.raises(TooLongError, match=r"stopped after 0\.5 seconds"):
        beside.ask("sql", "SELECT count(*) FROM range(100000000000)", day, limit=0.5)
    assert beside.ask("sql", "SELECT 1 AS n", day, limit=30) == (["n"], [(1,)])
    assert beside.pid != first
    until = time.monotonic() + 20
    while beside.pid is not None and time.monotonic() < until:
        time.sleep(0.1)
    assert beside.pid is None


def test_an_answer_that_takes_a_while_is_fetched_later_and_an_error_asked_for_anew() -> None:
    answers = Answers()
    begun: list[int] = []

    def slow() -> str:
        begun.append(1)
        time.sleep(0.4)
        return "there"

    assert answers.to("a", slow, 0.05) == (False, None)
    assert answers.to("a", slow, 5) == (True, "there")
    assert begun == [1]

    def wrong() -> str:
        begun.append(2)
        raise BusyError("no")

    for _ in range(2):
        with pytest.raises(BusyError):
            answers.to("b", wrong, 5)
    assert begun == [1, 2, 2]
    answers.close()
