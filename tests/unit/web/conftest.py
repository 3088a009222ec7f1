"""A site of each study, without a server: addresses are answered by the function that the server calls."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.study.study import Study
from chaikhana.web import routes
from chaikhana.web.findings import key_of
from chaikhana.web.kept import Kept
from chaikhana.web.rendering import Renderer
from chaikhana.web.site import CLAIMS, Site


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A site, and how it is asked."""

    site: Site
    renderer: Renderer

    def __call__(self, at: str) -> routes.Answer:
        parts = urlsplit(at)
        return routes.answer(self.site, self.renderer, unquote(parts.path), parse_qsl(parts.query))

    def json(self, at: str) -> dict[str, Any]:
        path, mark, query = at.partition("?")
        answer = self(f"{path}.json{mark}{query}")
        assert answer.status == 200, answer.body
        found: dict[str, Any] = json.loads(answer.body)
        return found


def _asking(study: Study, folder: Path) -> Asking:
    site = Site(study, Kept(folder / "kept.sqlite"))
    return Asking(site=site, renderer=Renderer(site))


@pytest.fixture(scope="session")
def small(nordic: Study, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """The small study."""
    asking = _asking(nordic, tmp_path_factory.mktemp("small"))
    yield asking
    asking.site.kept.close()


@pytest.fixture(scope="session")
def shipped(central_asia: Study, explorer: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """The study that ships, with what the session's explorer has computed of it: its last day, and its claims."""
    assert explorer
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "explorer"
    kept = Kept(next((home / "explorer").glob("*.sqlite")))
    until = time.monotonic() + 400
    last = central_asia.about.last_day
    while not {CLAIMS, *(key_of(one.name, last) for one in FRAMEWORKS)} <= kept.keys():
        assert time.monotonic() < until, "The explorer does not come to the claims."
        time.sleep(0.3)
    site = Site(central_asia, kept)
    yield Asking(site=site, renderer=Renderer(site))
    kept.close()


@pytest.fixture(scope="session")
def ask_both(small: Asking, shipped: Asking) -> Callable[[str], Asking]:
    """Either study by name."""
    return {"nordic": small, "central-asia": shipped}.__getitem__
