"""Whatever is asked, the explorer answers: no address, however strange, makes it fail, and whatever it gives back is escaped."""

from __future__ import annotations

import json
import tempfile
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.core.vocabulary import BODY_FORMS, CLAIM_KINDS, CLAIM_VERDICTS
from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.web import routes
from chaikhana.web.asked import address
from chaikhana.web.jobs import Desk
from chaikhana.web.kept import Kept
from chaikhana.web.rendering import Renderer
from chaikhana.web.site import Site

NORDIC = Path(__file__).parents[1] / "studies" / "nordic"
HOSTILE = (
    "",
    " ",
    "\x00",
    "..",
    "../../etc/passwd",
    "'; DROP TABLE bodies; --",
    "<script>alert(1)</script>",
    "%00",
    "\ud800",
    "٣",
    "NaN",
    "-1",
    "1e999",
    "9" * 300,
    "nobody",
    "𝔘𝔫𝔦",
    "a" * 400,
    "\r\nX: y",
    "{{7*7}}",
    "${x}",
    "derived:",
    "derived/x:1",
    ":",
    "memberships:",
    "memberships:0",
    "memberships:2.3",
    "0000-00-00",
    "2014-02-30",
    "[1995..",
    "2010~",
    "..",
    "true",
    "null",
)


@lru_cache(maxsize=1)
def asking() -> tuple[Site, Renderer]:
    path = Path(tempfile.mkdtemp()) / "kept.sqlite"
    desk = Desk(NORDIC, path)
    for framework in FRAMEWORKS:
        desk.gather(framework.name, desk.study.about.last_day)
    desk.indexes(desk.study.about.last_day)
    site = Site(desk.study, Kept(path))
    return site, Renderer(site)


def known() -> list[str]:
    site, _ = asking()
    study = site.study
    return [
        *site.names.actors,
        *site.names.bodies,
        *study.frames,
        *study.bibliography,
        *site.disputes,
        *study.about.issues,
        *BODY_FORMS,
        *CLAIM_VERDICTS,
        *CLAIM_KINDS,
        "memberships:2",
        "meetings:2",
        "2014-03-27",
        "1999",
        "0.5",
        "30",
        "1",
        "2",
        "yes",
        "states",
        "bodies",
        "dates",
        "readings",
        *(framework.name for framework in FRAMEWORKS),
        "security-regionalism",
        "embedded-revisionism",
        "open",
        "join",
    ]


NAMES = (
    "on",
    "tie",
    "within",
    "form",
    "issue",
    "kind",
    "a",
    "b",
    "dispute",
    "subject",
    "robust",
    "choice.window",
    "paper",
    "verdict",
    "q",
    "query",
    "day",
    "scenario",
    "edit",
    "do",
    "actor",
    "body",
    "date",
    "word",
    "show",
    "initiative",
    "depth",
    "openness",
    "with",
    "lead",
    "who",
    "page",
    "basis",
    "rows",
    "all",
    "listing",
    "strange",
)
PATHS = [
    pattern.split("|")[-1].replace("([^/]+)", "{}")
    for pattern, _ in routes.PAGES
    if not pattern.startswith("/sql")
]
values = st.one_of(
    st.deferred(lambda: st.sampled_from(known())), st.sampled_from(HOSTILE), st.text(max_size=30)
)


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from([*PATHS, "/{}", "/static/{}", "{}"]),
    values,
    st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), values), max_size=4),
    st.sampled_from(["", ".json", ".csv"]),
)
def test_no_address_makes_it_fail(path: str, id: str, given_: list[tuple[str, str]], form: str) -> None:
    site, renderer = asking()
    at = path.replace("{}", id) + form
    found = routes.answer(site, renderer, at, given_)
    assert found.status in (200, 202, 400, 404), (at, given_, found.body[:300])
    assert (
        found.body and "<script>alert" not in found.body.replace("\\u003c", "<")
    ) or found.kind != routes.HTML
    if found.kind == routes.JSON:
        told = json.loads(found.body)
        assert told.get("error") if found.status >= 400 else told["title"]
    elif found.status >= 400:
        assert len(found.body) > 20


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATHS), st.deferred(lambda: st.sampled_from(known())))
def test_an_address_that_a_page_gives_of_itself_shows_the_same(path: str, id: str) -> None:
    site, renderer = asking()
    at = path.replace("{}", id)
    first = routes.answer(site, renderer, f"{at}.json", [])
    if first.status != 200:
        return
    own = urlsplit(json.loads(first.body)["address"])
    again = routes.answer(site, renderer, unquote(own.path) + ".json", parse_qsl(own.query))
    assert json.loads(again.body) == json.loads(first.body)
    assert address("/x", parse_qsl(own.query)).partition("?")[2] == own.query
