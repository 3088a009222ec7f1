"""From an address to its answer: which page it names, in which form, and what is said where there is none.

What it is: one pure function, so that the server, the static export and the tests answer alike. Nothing of a path or a
parameter reaches the file system: pages look ids up among those that the study has.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from chaikhana.errors import BadValueError, ChaikhanaError, UnknownNameError, shorten
from chaikhana.web import rendering
from chaikhana.web.asked import Asked
from chaikhana.web.page import Page
from chaikhana.web.pages import (
    bodies,
    claims,
    compare,
    formats,
    frameworks,
    region,
    rows,
    search,
    sources,
    sql,
    states,
    tables,
    whatif,
)
from chaikhana.web.site import Site

HTML, JSON, CSV = "text/html; charset=utf-8", "application/json; charset=utf-8", "text/csv; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
FORMS = {".json": JSON, ".csv": CSV}
LISTING = "listing"
LOG = logging.getLogger(__name__)
Make = Callable[..., Page]

# A page is a pattern of the path; what it captures is given to the page before the parameters.
PAGES: Sequence[tuple[str, Make]] = (
    (r"/|/region", region.region),
    (r"/states", states.states),
    (r"/state/([^/]+)", states.state),
    (r"/bodies", bodies.bodies),
    (r"/body/([^/]+)", bodies.body),
    (r"/compare", compare.compare),
    (r"/frameworks", frameworks.frameworks),
    (r"/frameworks/([^/]+)", frameworks.framework),
    (r"/claims", claims.claims),
    (r"/claims/([^/]+)", claims.claim),
    (r"/whatif", whatif.whatif),
    (r"/formats", formats.formats),
    (r"/rows", search.search),
    (r"/table/([^/]+)", tables.table),
    (r"/row/([^/]+)", rows.row),
    (r"/evidence", rows.evidence),
    (r"/source/([^/]+)", sources.source),
    (r"/series/([^/]+)", tables.series),
    (r"/sql", sql.sql),
)
_COMPILED = tuple((re.compile(pattern), make) for pattern, make in PAGES)


class NotFoundError(UnknownNameError):
    """A page that there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back."""

    status: int
    kind: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(site: Site, renderer: rendering.Renderer, path: str, given: Sequence[tuple[str, str]]) -> Answer:
    """The answer to an address.

    Parameters
    ----------
    path : str
        Decoded, without parameters.
    given : sequence of (str, str)
        The parameters.
    """
    bare, form = _split(path)
    try:
        page = page_of(site, bare, [one for one in given if one[0] != LISTING])
        return _written(
            renderer, page, bare, form, next((value for name, value in given if name == LISTING), "")
        )
    except UnknownNameError as error:
        missing = isinstance(error, NotFoundError) or _names_path(bare, error.name)
        return refused(renderer, 404 if missing else 400, str(error), form)
    except ChaikhanaError as error:
        return refused(renderer, 400, str(error), form)
    except Exception:
        LOG.exception("The page %s could not be made", shorten(bare))
        return refused(
            renderer, 500, "The page could not be made. What went wrong is written in the terminal.", form
        )


def page_of(site: Site, path: str, given: Sequence[tuple[str, str]]) -> Page:
    """The page that a path names.

    Raises
    ------
    NotFoundError
        If there is none.
    ChaikhanaError
        If its parameters cannot be taken.
    """
    if "\x00" in path or len(path) > 300:
        raise BadValueError(
            "The path of an address has at most 300 characters, and none that cannot be printed."
        )
    for pattern, make in _COMPILED:
        if found := pattern.fullmatch(path):
            return make(site, *found.groups(), Asked(given))
    raise NotFoundError("page", path, _paths())


def _paths() -> list[str]:
    return ["/region", *(at for _, at, _ in rendering.SECTIONS if at != "/region")]


def _split(path: str) -> tuple[str, str]:
    """A path without the ending of its form, and the form."""
    for ending, kind in FORMS.items():
        if path.endswith(ending):
            bare = path.removesuffix(ending)
            return ("/region" if bare in ("", "/", "/index") else bare, kind)
    return ("/region" if path == "/" else path, HTML)


def _names_path(path: str, name: str) -> bool:
    return bool(name) and name in path.rpartition("/")[2]


def _written(renderer: rendering.Renderer, page: Page, path: str, form: str, listing: str) -> Answer:
    headers = {"Retry-After": "3"} if page.waiting else {}
    if form == JSON:
        status = 202 if page.waiting else 200
        return Answer(status=status, kind=JSON, body=renderer.json(page, path), headers=headers)
    if form == CSV:
        ids = [one.id for one in page.listings]
        if not ids:
            raise NotFoundError("listing", listing or path, ["none on this page"])
        if listing and listing not in ids:
            raise UnknownNameError("listing", listing, ids)
        body = rendering.csv_text(page.listing(listing or ids[0]))
        return Answer(status=202 if page.waiting else 200, kind=CSV, body=body, headers=headers)
    return Answer(status=200, kind=HTML, body=renderer.html(page, path), headers=headers)


TITLES = {
    400: "That could not be read",
    403: "Refused",
    404: "There is no such page",
    405: "This site is only read",
    413: "Too large",
    431: "Too large",
    500: "Something went wrong",
    503: "Too much at once",
}


def refused(renderer: rendering.Renderer, status: int, told: str, form: str = HTML) -> Answer:
    """A plain page that says what was wrong, in the form that was asked for."""
    if form == JSON:
        return Answer(status=status, kind=JSON, body=rendering.json_text({"error": told, "status": status}))
    if form == CSV:
        return Answer(status=status, kind=PLAIN, body=f"{told}\n")
    return Answer(status=status, kind=HTML, body=renderer.error(TITLES.get(status, "Refused"), told))
