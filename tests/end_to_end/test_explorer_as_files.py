"""The explorer as files: every internal link resolves, it opens from a plain file server, and it stays small."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

NORDIC = Path(__file__).parents[1] / "studies" / "nordic"
CHROMIUM = Path("/usr/bin/chromium")
MOST = 25_000_000


class Links:
    """The links of a page, the ids that links may lead to, and its forms."""

    def __init__(self, text: str) -> None:
        self.links = {unescape(found) for found in re.findall(r' (?:href|src)="([^"]*)"', text)}
        self.ids = set(re.findall(r' id="([^"]*)"', text))
        self.forms = re.findall(r"<form [^>]*>", text)


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
        assert all('id="static-search"' in form for form in page.forms), here
        for link in page.links:
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


@pytest.fixture(scope="module")
def shipped_site(explorer: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped study, with what the session's explorer has computed of it."""
    assert explorer
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "explorer"
    folder = tmp_path_factory.mktemp("shipped")
    export("central-asia", folder / "site", home)
    return folder / "site"


def test_every_link_of_a_small_study_resolves(small_site: Path) -> None:
    assert check(small_site) > 500


def test_an_export_is_written_anew_over_itself_and_over_nothing_else(
    small_site: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    home = small_site.parent / "home"
    command = [
        sys.executable,
        "-m",
        "chaikhana.cli.main",
        "explore",
        str(small_site.parent / "study"),
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
    (small_site / "region.html").unlink()
    export(str(small_site.parent / "study"), small_site, home)
    assert (small_site / "region.html").is_file()


def test_the_shipped_study_is_small_and_every_link_resolves(shipped_site: Path) -> None:
    size = sum(path.stat().st_size for path in shipped_site.rglob("*") if path.is_file())
    assert size <= MOST
    assert check(shipped_site) > 20_000
    framework = (shipped_site / "frameworks" / "security-regionalism.html").read_text(encoding="utf-8")
    assert "still being read" not in framework and framework.count("<tr>") > 60
