"""The explorer as files: every page that needs nobody to answer it, with links that lead from file to file.

What it is: the pages of `routes.answer`, found by following links from the region. Links are made relative, so that the
folder may stand anywhere on any web server; a link to what is not among the files leads to the nearest that is. The forms
that compute are left out.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from chaikhana.errors import OutputError
from chaikhana.web import routes
from chaikhana.web.asked import address
from chaikhana.web.beside import Beside
from chaikhana.web.compiling import Compiling
from chaikhana.web.kept import kept_of
from chaikhana.web.opening import opened
from chaikhana.web.pages.search import entries
from chaikhana.web.rendering import Renderer
from chaikhana.web.site import Site
from chaikhana.web.telling import page_of

PROCESSES = 2  # nobody is answered meanwhile
MARK = ".chaikhana-explorer"  # a folder with it was written by an export, and may be written again
_LINK = re.compile(r'<a ([^>]*?)href="(/[^"]*)"([^>]*)>|(href|src)="(/static/[^"]*)"')
_FIRST = re.compile(r' data-first="([^"]*)"')
_LIVE_ALONE = re.compile(
    r' data-(?:keep|joined)="[^"]*"| data-live(?=[ >])'
)  # what the script of a served page reads
_BETWEEN = re.compile(r">\s*\n\s*<")
_ACTION = re.compile(r'<form [^>]*(?:data-live-form|role="search")[^>]*>.*?</form>', re.DOTALL)
FRONT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=region.html"><title>Explorer</title></head>
<body><a href="region.html">To the region</a></body></html>
"""
Tell = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written."""

    pages: int
    size: int


def write_site(folder: Path, target: Path, tell: Tell = lambda _done, _of: None) -> Exported:
    """Write the site of a study into a folder, whole or not at all.

    Raises
    ------
    OutputError
        If the folder holds anything that is not an earlier export, or cannot be written to.
    StudyError
        If the study cannot be used as it stands.
    """
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / MARK).exists())):
        raise OutputError(f"{target} holds other things. Name a folder that is empty, or not there yet.")
    if not target.resolve().parent.is_dir():
        raise OutputError(
            f"There is no folder {target.resolve().parent}. Make it first, or name another place."
        )
    kept = kept_of(folder)
    site = Site(opened(folder, kept), kept, live=False)
    compiling = Compiling(site, [Beside(folder, kept.path) for _ in range(PROCESSES)], lambda: None)
    compiling.start()
    while not compiling.wait(0.5):
        tell(*compiling.counted)
    try:
        return _written(site, target, tell)
    except OSError as error:
        raise OutputError(
            f"{target} could not be written: {error.strerror or error}. What stood there is untouched."
        ) from error
    finally:
        kept.close()


def _written(site: Site, target: Path, tell: Tell) -> Exported:
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".explorer-") as place:
        draft = Path(place) / "site"
        draft.mkdir()
        (draft / MARK).write_text("Written by chaikhana explore --export.\n", encoding="utf-8")
        _static(site, draft)
        count = 0
        for file, text in _pages(site, tell):
            path = draft / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            count += 1
        size = sum(path.stat().st_size for path in draft.rglob("*") if path.is_file())
        if target.exists():
            shutil.rmtree(target)
        draft.rename(target)
    return Exported(pages=count, size=size)


def _static(site: Site, draft: Path) -> None:
    (draft / "static").mkdir()
    for one in (files("chaikhana.web") / "static").iterdir():
        (draft / "static" / one.name).write_bytes(one.read_bytes())
    listed = [
        (" ".join(one.words), one.kind, one.text, one.says, _file(site, one.at) + _anchor(one.at))
        for one in entries(site)
    ]
    (draft / "search.json").write_text(json.dumps(listed, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _pages(site: Site, tell: Tell) -> Iterator[tuple[str, str]]:
    """Every file and its text: pages found from link to link, the region at each year's end among them."""
    renderer = Renderer(site)
    waiting = deque(["/region", *(f"/region?on={day}" for day in site.years)])
    known = {_file(site, one) for one in waiting}
    while waiting:
        at = waiting.popleft()
        parts = urlsplit(at)
        answer = routes.answer(site, renderer, unquote(parts.path), parse_qsl(parts.query))
        if answer.status != 200:
            raise OutputError(f"The page {at} could not be made: it gives {answer.status}.")
        file = _file(site, at)
        text, linked = _relative(site, file, answer.body)
        for link in linked:
            there = _file(site, link)
            if there not in known:
                known.add(there)
                waiting.append(_canonical(site, link))
        yield file, text
        tell(len(known) - len(waiting), len(known))
    for name in site.study.derived:
        yield (
            f"series/{name}.csv",
            routes.answer(site, renderer, f"/series/{name}.csv", [("all", "yes")]).body,
        )
    yield "index.html", FRONT


def _canonical(site: Site, at: str) -> str:
    """The address of the page of which a link's file is written: with those parameters alone that have files of their own."""
    parts = urlsplit(at)
    path = unquote(parts.path)
    given = dict(parse_qsl(parts.query))
    if path == "/region":
        on = given.get("on", "")
        return address(path, {"on": on if on in {str(day) for day in site.years[:-1]} else ""})
    if path.startswith("/row/"):
        table = path.removeprefix("/row/").partition(":")[0]
        return address(f"/table/{table}", {"page": page_of(site, table, path.removeprefix("/row/"))})
    if path.startswith("/table/"):
        return address(path, {"page": given.get("page", "")})
    if path == "/compare":
        return address(
            path, {"kind": given.get("kind", "")} if given.get("kind", "states") != "states" else {}
        )
    if path.startswith("/frameworks/"):
        return address(path, {"subject": given.get("subject", "")})
    return address(path)


def _file(site: Site, at: str) -> str:
    """The file of an address."""
    parts = urlsplit(_canonical(site, at))
    name = unquote(parts.path).strip("/") or "region"
    extra = "-".join(value for _, value in parse_qsl(parts.query))
    safe = re.sub(r"[^A-Za-z0-9/_.-]", "-", f"{name}{'--' + extra if extra else ''}")
    return f"{safe}.html"


def _anchor(at: str) -> str:
    path = unquote(urlsplit(at).path)
    return f"#r{path.rpartition(':')[2]}" if path.startswith("/row/") else ""


def _relative(site: Site, file: str, text: str) -> tuple[str, list[str]]:
    """A page with links between files, and the addresses that it links to."""
    folder = posixpath.dirname(file) or "."
    linked: list[str] = []

    def to(path: str) -> str:
        return quote(posixpath.relpath(path, folder))

    def link(found: re.Match[str]) -> str:
        if found[4]:
            return f'{found[4]}="{to(found[5].strip("/"))}"'
        at = html.unescape(found[2])
        first = _FIRST.search(found[3])
        if urlsplit(at).path == "/evidence":
            at = html.unescape(first[1]) if first else "/rows"
        elif (path := urlsplit(at).path).startswith("/series/") and path.endswith(".csv"):
            return f'<a {found[1]}href="{to(path.strip("/"))}"{found[3]}>'
        linked.append(at)
        return f'<a {found[1]}href="{to(_file(site, at))}{_anchor(at)}"{found[3]}>'

    text = re.sub(r'<meta name="description"[^>]*>\s*', "", text)
    text = re.sub(r'<p class="ways">(?:This address|As data).*?</p>', "", text, flags=re.DOTALL)
    text = _ACTION.sub(_kept_form, text)
    text = _LIVE_ALONE.sub("", _BETWEEN.sub(">\n<", text))
    text = text.replace("<html ", f'<html data-root="{posixpath.relpath(".", folder)}/" ', 1)
    return _FIRST.sub("", _LINK.sub(link, text)), linked


def _kept_form(found: re.Match[str]) -> str:
    """The search of the site of files stays; forms that ask a server go."""
    return found[0] if 'id="static-search"' in found[0] else ""
