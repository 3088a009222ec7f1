"""Fixtures that several folders of tests share: two loaded studies, a study written in the test, the datasets."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import copytree
from textwrap import dedent

import pytest

from chaikhana.errors import Fault
from chaikhana.study.about import About
from chaikhana.study.bibliography import Source
from chaikhana.study.catalogue import open_study
from chaikhana.study.cells import ID_TABLES, Context, check_cells
from chaikhana.study.loading import as_frame, load_study
from chaikhana.study.reading import RawTable, parse_table
from chaikhana.study.rules import RULES
from chaikhana.study.schema import BY_NAME, TABLES
from chaikhana.study.study import Study

ROOT = Path(__file__).parent.parent
NORDIC = ROOT / "tests" / "studies" / "nordic"
DATA = Path(os.environ.get("CHAIKHANA_DATA") or ROOT.parent / "shared" / "data")
TEST = Source(key="test", kind="misc", authors=(), year="2000", title="A test", fields={}, bibtex="")
ABOUT = {
    "id": "tiny",
    "title": "A study of three",
    "version": "0",
    "licence": "CC-BY-4.0",
    "region": "Tiny",
    "short": "T",
    "members": ("aaa", "bbb", "ccc"),
    "begins": "1990-01-01",
    "ends": "2000-12-31",
    "issues": {"trade": "trade", "security": "security"},
}
Tiny = Callable[..., Study]


@pytest.fixture(scope="session")
def nordic() -> Study:
    """The small study of the tests."""
    return load_study(NORDIC)


@pytest.fixture(scope="session")
def central_asia() -> Study:
    """The study that ships."""
    return open_study("central-asia")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of published datasets."""
    if not (DATA / "cow_igo_v3").is_dir():
        pytest.skip(
            f"the published datasets are not in {DATA}; set CHAIKHANA_DATA to the folder that has them"
        )
    return DATA


@pytest.fixture(scope="session")
def shipped_report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """The shipped report with its figures: file, folder of figures, what the command said."""
    return _reported(tmp_path_factory, "central-asia", "central asia", "--figures")


@pytest.fixture(scope="session")
def nordic_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the small study."""
    return _reported(tmp_path_factory, NORDIC, "nordic")[0]


def _reported(
    folders: pytest.TempPathFactory, study: object, name: str, *more: str
) -> tuple[Path, Path, str]:
    """A report written once a session by the command, by whichever process of the tests comes first."""
    base = folders.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    report, figures, said = folder / "region.html", folder / "figures", folder.with_name(f"{name}.txt")
    try:
        folder.mkdir()
    except FileExistsError:
        return report, figures, _when_it_is_there(said)
    where = [report, *more, *([figures] if more else [])]
    command = [sys.executable, "-m", "chaikhana.cli.main", "report", study, "-o", *where]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    draft = said.with_suffix(".part")
    draft.write_text(ran.stdout if ran.returncode == 0 else f"FAILED\n{ran.stderr}", encoding="utf-8")
    draft.rename(said)
    return report, figures, _when_it_is_there(said)


def _when_it_is_there(said: Path, seconds: float = 600) -> str:
    """What a command said, once it has ended."""
    last = time.monotonic() + seconds
    while not said.exists():
        assert time.monotonic() < last, f"{said} did not come."
        time.sleep(0.2)
    text = said.read_text(encoding="utf-8")
    assert not text.startswith("FAILED"), text
    return text


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an explorer of the shipped study, served by the command once a session for all processes of the tests."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "explorer"
    said = folder.with_name("explorer.txt")
    try:
        folder.mkdir()
    except FileExistsError:
        return _when_it_is_there(said).strip()
    return serve(["central-asia"], folder, said)


def serve(study: list[str], folder: Path, said: Path) -> str:
    """Begin to serve a study, and write the address into a file; it ends with the session, or when nobody reads what it says."""
    command = [sys.executable, "-m", "chaikhana.cli.main", "explore", *study, "--port", "0"]
    environment = {**os.environ, "CHAIKHANA_HOME": str(folder), "PYTHONUNBUFFERED": "1"}
    log = folder / "said.txt"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
    (folder / "pid").write_text(str(process.pid), encoding="utf-8")
    last = time.monotonic() + 60
    while not (found := re.search(r"http://\S+:\d+/", log.read_text(encoding="utf-8"))):
        assert process.poll() is None and time.monotonic() < last, log.read_text(encoding="utf-8")
        time.sleep(0.1)
    draft = said.with_suffix(".part")
    draft.write_text(found[0].rstrip("/"), encoding="utf-8")
    draft.rename(said)
    return found[0].rstrip("/")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the explorer, once every process of the tests has ended."""
    if hasattr(session.config, "workerinput"):
        return
    factory = getattr(session.config, "_tmp_path_factory", None)
    for pid in factory.getbasetemp().glob("explorer/pid") if factory else ():
        with suppress(ProcessLookupError):
            os.kill(int(pid.read_text(encoding="utf-8")), signal.SIGTERM)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last years of the small study as a site of files; beside it the study, and the folder of what is kept."""
    folder = tmp_path_factory.mktemp("files")
    copytree(NORDIC, folder / "study")
    about = folder / "study" / "study.toml"
    text = about.read_text(encoding="utf-8")
    about.write_text(re.sub(r'(?m)^begins = ".*"', 'begins = "2021-01-01"', text), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "chaikhana.cli.main",
        "explore",
        folder / "study",
        "--export",
        folder / "site",
    ]
    environment = {**os.environ, "CHAIKHANA_HOME": str(folder / "home")}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 0 and "http.server" in ran.stdout, ran.stderr
    return folder / "site"


@pytest.fixture(autouse=True)
def _own_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the source store of whoever runs it."""
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path_factory.getbasetemp() / "store-of-nobody"))


@pytest.fixture(scope="session")
def tiny() -> Tiny:
    """A study from the text of its tables; `cite` and `basis` are filled in, and every check must pass.

    Members are aaa, bbb and ccc; xxx and yyy are outsiders. Row ids count from 2, as in a file.
    """
    return write_study


def write_study(*, actors: str = "aaa bbb ccc xxx yyy", check: bool = True, **texts: object) -> Study:
    """Make a study in memory; keywords in lower case are tables, or keys of `study.toml`."""
    about = About.model_validate({**ABOUT, **{key: texts[key] for key in texts if key in About.model_fields}})
    texts.setdefault(
        "actors_table",
        "id,name,kind,from,to\n" + "\n".join(f"{actor},{actor},state,1800,.." for actor in actors.split()),
    )
    texts["actors"] = texts.pop("actors_table")
    texts.setdefault("bodies", "id,name,form,from,to")
    texts.setdefault("memberships", "actor,body,status,from,to")
    tables = {name: _raw(name, str(texts[name])) for name in BY_NAME if name in texts}
    if check:
        faults = [str(fault) for fault in _faults(tables, about)]
        assert not faults, faults
    return Study(
        folder=Path("tiny"),
        about=about,
        frames={table.name: as_frame(table, tables.get(table.name)) for table in TABLES},
        bibliography={"test": TEST},
        derived={},
    )


def _raw(name: str, text: str) -> RawTable:
    header, *lines = dedent(text).strip().split("\n")
    if "cite" not in header.split(","):
        header, lines = f"{header},cite,basis", [f"{line},test,document" for line in lines]
    raw, faults = parse_table(BY_NAME[name], f"{name}.csv", "\n".join([header, *lines]))
    assert raw is not None, faults
    assert not faults, faults
    return raw


def _faults(tables: dict[str, RawTable], about: About) -> list[Fault]:
    ids = {
        name: frozenset(row["id"] for row in tables[name].rows) if name in tables else frozenset()
        for name in ID_TABLES
    }
    context = Context(ids, {"test": TEST}, about)
    found = [fault for raw in tables.values() for fault in check_cells(raw, context)]
    return found + [fault for rule in RULES for fault in rule(tables, about)]
