"""Reports built once a session, and pages of Debian's chromium that may not leave the machine."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from chaikhana.report.page import write_report
from chaikhana.study.catalogue import open_study
from chaikhana.study.study import Study

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STUDIES = {
    "nordic": str(Path(__file__).parent.parent / "studies" / "nordic"),
    "central-asia": "central-asia",
}
LOCAL = ("file:", "data:", "blob:", "about:")
HEIGHT = 900


@dataclass(frozen=True, kw_only=True)
class Report:
    """A study and its report on disk."""

    study: Study
    path: Path

    @property
    def address(self) -> str:
        return self.path.as_uri()

    @cached_property
    def html(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def data(self) -> dict[str, Any]:
        """The data of figures and tables, as embedded; rows that are the same for every value stand there once."""
        found: dict[str, Any] = self.embedded("data")
        for one in found.values():
            columns = [unpacked(column) for column in one["cells"]]
            one["values"] = [list(row) for row in zip(*columns, strict=True)]
            if isinstance(one.get("rows"), dict):
                one["rows"] = unpacked(one["rows"])
            if isinstance(one.get("rows"), str):
                one["rows"] = [one["rows"]] * len(one["values"])
            if "rows" in one:
                one["rows"] = [spelt(line) for line in one["rows"]]
        return found

    def embedded(self, name: str) -> Any:
        found = re.search(
            rf'<script type="application/json" id="{name}">(.*?)</script>', self.html, flags=re.DOTALL
        )
        assert found, f"The report embeds no {name}."
        return json.loads(found[1])


def unpacked(column: list[Any] | dict[str, list[Any]]) -> list[Any]:
    """A column as embedded, or each of its values once and which stands where."""
    return [column["of"][place] for place in column["at"]] if isinstance(column, dict) else column


def spelt(line: str) -> str:
    """Row ids of which each table is named once for all that follow, each with its table."""
    ids: list[str] = []
    for one in line.split(" "):
        ids.append(one if ":" in one or not one else f"{ids[-1].partition(':')[0]}:{one}")
    return " ".join(ids)


@dataclass(kw_only=True)
class Opened:
    """A report in the browser, with what the browser complained of."""

    page: Page
    report: Report
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: the report was not tried in a browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS), headless=True)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built(chromium: Browser, request: pytest.FixtureRequest) -> Callable[[str], Report]:
    """The report of a study by name, written once a session, by whichever process of the tests comes first."""
    assert chromium.is_connected()
    made: dict[str, Report] = {}

    def report_of(name: str) -> Report:
        if name not in made:
            study = open_study(STUDIES[name])
            shipped = name == "central-asia"
            path = request.getfixturevalue("shipped_report" if shipped else "nordic_report")
            made[name] = Report(study=study, path=path[0] if shipped else path)
        return made[name]

    return report_of


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Study], Path]:
    """Writes the report of a study, unless another process of the tests has begun it."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def written(name: str, study: Study) -> Path:
        target = folder / f"{name}.html"
        try:
            (folder / f"{name}.begun").touch(exist_ok=False)
        except FileExistsError:
            _wait_for(target)
        else:
            write_report(study, target)  # put in place whole
        return target

    return written


def _wait_for(target: Path, seconds: float = 180) -> None:
    ends = time.monotonic() + seconds
    while not target.exists():
        assert time.monotonic() < ends, f"{target} was begun by another process and never written."
        time.sleep(0.2)


@pytest.fixture(scope="session", params=list(STUDIES))
def report(request: pytest.FixtureRequest, built: Callable[[str], Report]) -> Report:
    return built(request.param)


def _open(
    chromium: Browser, report: Report, width: int = 1280, fragment: str = "", scripts: bool = True
) -> Opened:
    context = chromium.new_context(
        viewport={"width": width, "height": HEIGHT},
        java_script_enabled=scripts,
        accept_downloads=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(90_000)
    page = context.new_page()
    opened = Opened(page=page, report=report)

    def gate(route: Route) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            opened.outside.append(route.request.url)
            route.abort()

    context.route("**/*", gate)
    page.on(
        "console",
        lambda message: (
            opened.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.goto(report.address + (f"#{fragment}" if fragment else ""))
    return opened


@pytest.fixture
def open_report(chromium: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a report in a window of its own; the test fails where it complained or asked for the network."""
    all_opened: list[Opened] = []

    def opens(report: Report, **how: Any) -> Opened:
        all_opened.append(_open(chromium, report, **how))
        return all_opened[-1]

    yield opens
    complaints = [complaint for opened in all_opened for complaint in opened.complaints]
    outside = [url for opened in all_opened for url in opened.outside]
    for opened in all_opened:
        opened.page.context.close()
    assert complaints == []
    assert outside == []


@pytest.fixture(scope="session")
def standing(chromium: Browser) -> Iterator[Callable[..., Opened]]:
    """A report in a window that tests share, with all that folds opened; for tests that only look."""
    windows: dict[tuple[Path, int], Opened] = {}

    def stands(report: Report, width: int = 1280) -> Opened:
        key = (report.path, width)
        if key not in windows:
            windows[key] = _open(chromium, report, width=width)
            windows[key].page.evaluate(
                """() => { document.querySelectorAll('details').forEach((one) => { one.open = true; });
                document.querySelectorAll('button[data-table]').forEach((one) => one.click()); }"""
            )
        return windows[key]

    yield stands
    for window in windows.values():
        window.page.context.close()


@pytest.fixture
def seen(standing: Callable[..., Opened], report: Report) -> Opened:
    """The report with everything open, in the wide window that tests share."""
    return standing(report)


@pytest.fixture
def opened(open_report: Callable[..., Opened], report: Report) -> Opened:
    """The report in a wide window."""
    return open_report(report)
