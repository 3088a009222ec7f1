"""The explorer as files, in a browser: it opens from a plain file server, below any path, and asks for nothing else."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route


@pytest.fixture
def served(small_site: Path) -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(small_site.parent))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()


@pytest.mark.browser
def test_it_opens_from_a_plain_file_server_below_any_path(chromium: Browser, served: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800})
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
    page.locator("#static-found a").first.click(timeout=90_000)
    assert page.locator("h1").count() == 1 and page.url.startswith(served)
    assert not complaints and not outside
    context.close()
