"""The explorer as files: every internal link resolves, it opens from a plain file server, and it stays small."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Route, sync_playwright

NORDIC = Path(__file__).parents[1] / "studies" / "nordic"
CHROMIUM = Path("/usr/bin/chromium")
MOST = 25_000_000


class Links(HTMLParser):
    """The links of a page, and the ids that links may lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.forms: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [given[name] or "" for name in ("href", "src") if name in given]
        self.ids |= {given["id"] or ""} if "id" in given else set()
        self.forms += [given] if tag == "form" else []


def export(study: str, target: Path, home: Path) -> str:
    command = [sys.executable, "-m", "chaikhana.cli.main", "explore", study, "--export", str(target)]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "CHAIKHANA_HOME": str(home)}
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def check(site: Path) -> int:
    """Follow every internal link of every page; returns how many there were."""
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    followed = 0
    for path, page in pages.items():
        here = path.relative_to(site).as_posix()
        assert all(form.get("id") == "static-search" for form in page.forms), here
        for link in set(page.links):
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), (here, link)
                continue
            assert not link.startswith("/"), (here, link, "would leave the folder")
            target = site / unquote(urlsplit(urljoin(f"http://x/{here}", link)).path.lstrip("/"))
            assert target.is_file(), (here, link)
            if parts.fragment:
                assert parts.fragment in pages[target].ids, (here, link)
            followed += 1
    return followed


def _short(folder: Path) -> Path:
    """The small study, of its last years alone."""
    study = folder / "study"
    if not study.exists():
        copytree(NORDIC, study)
        about = study / "study.toml"
        text = about.read_text(encoding="utf-8")
        about.write_text(re.sub(r'(?m)^begins = ".*"', 'begins = "2021-01-01"', text), encoding="utf-8")
    return study


@pytest.fixture(scope="module")
def nordic_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    said = export(str(_short(folder)), folder / "site", folder / "home")
    assert "http.server" in said
    return folder / "site"


@pytest.fixture(scope="module")
def shipped_site(explorer: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped study, with what the session's explorer has computed of it."""
    assert explorer
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "explorer"
    folder = tmp_path_factory.mktemp("shipped")
    export("central-asia", folder / "site", home)
    return folder / "site"


def test_every_link_of_a_small_study_resolves(nordic_site: Path) -> None:
    assert check(nordic_site) > 500


def test_an_export_is_written_anew_over_itself_and_over_nothing_else(
    nordic_site: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    home = nordic_site.parent / "home"
    command = [
        sys.executable,
        "-m",
        "chaikhana.cli.main",
        "explore",
        str(_short(nordic_site.parent)),
        "--export",
    ]
    environment = {**os.environ, "CHAIKHANA_HOME": str(home)}
    refused = subprocess.run(
        [*command, str(tmp_path)], capture_output=True, text=True, check=False, env=environment
    )
    assert (
        refused.returncode == 1
        and "holds other things" in refused.stderr
        and "Traceback" not in refused.stderr
    )
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    (nordic_site / "region.html").unlink()
    export(str(_short(nordic_site.parent)), nordic_site, home)
    assert (nordic_site / "region.html").is_file()


def test_the_shipped_study_is_small_and_every_link_resolves(shipped_site: Path) -> None:
    size = sum(path.stat().st_size for path in shipped_site.rglob("*") if path.is_file())
    assert size <= MOST
    assert check(shipped_site) > 20_000
    framework = (shipped_site / "frameworks" / "security-regionalism.html").read_text(encoding="utf-8")
    assert "still being read" not in framework and framework.count("<tr>") > 60


@pytest.fixture
def served(nordic_site: Path) -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(nordic_site.parent))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()


@pytest.mark.browser
def test_it_opens_from_a_plain_file_server_below_any_path(served: str) -> None:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 390, "height": 800})
        page = context.new_page()
        complaints: list[str] = []
        outside: list[str] = []

        def gate(route: Route) -> None:
            if route.request.url.startswith(served):
                route.continue_()
            else:
                outside.append(route.request.url)
                route.abort()

        context.route("**/*", gate)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(served)
        page.wait_for_url(re.compile("region.html"))
        page.locator("#bodies").get_by_role("link", name="Norway").first.click()
        assert page.locator("h1").inner_text() == "Norway"
        page.locator("#memberships tbody a").first.click()
        page.get_by_role("link", name="Rows and sources").click()
        page.locator("#static-search input").fill("council")
        page.locator("#static-found a").first.click()
        assert page.locator("h1").count() == 1 and page.url.startswith(served)
        assert not complaints and not outside
        browser.close()
