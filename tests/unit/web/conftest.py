"""A site of each study, without a server: addresses are answered by the function that the server calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.study.study import Study
from chaikhana.web import routes
from chaikhana.web.kept import Kept
from chaikhana.web.rendering import Renderer
from chaikhana.web.site import Site


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
def shipped(central_asia: Study, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """The study that ships, with what its frameworks read on its last day and with its claims."""
    from chaikhana.web.jobs import Desk

    folder = tmp_path_factory.mktemp("shipped")
    asking = _asking(central_asia, folder)
    asking.site.kept.put("study", central_asia)
    desk = Desk(central_asia.folder, folder / "kept.sqlite")
    for framework in FRAMEWORKS:
        desk.gather(framework.name, asking.site.last)
    desk.claims()
    yield asking
    asking.site.kept.close()


@pytest.fixture(scope="session")
def ask_both(small: Asking, shipped: Asking) -> Callable[[str], Asking]:
    """Either study by name."""
    return {"nordic": small, "central-asia": shipped}.__getitem__
