"""Pages: what they say is what the measures say, in every form alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.claims.registry import corpora
from chaikhana.core.choices import filled
from chaikhana.frameworks.catalogue import framework
from chaikhana.frameworks.running import classify
from chaikhana.measures.body_overlap import body_overlap
from chaikhana.measures.groups import groups

Asking = Any  # a site, and how it is asked: see conftest
PAGES = (
    "/", "/region", "/region?on=2003-05-05&tie=0.5&within=30", "/states", "/bodies", "/bodies?form=informal-platform", "/compare",
    "/compare?kind=bodies", "/compare?kind=dates", "/compare?kind=readings", "/rows", "/rows?q=council", "/table/memberships",
    "/table/meetings?basis=document", "/whatif", "/formats", "/sql",
)  # fmt: skip
SHIPPED = (
    "/state/kaz", "/state/kaz?on=1999", "/state/usa",
    "/body/sco", "/body/caco", "/frameworks", "/frameworks/security-regionalism",
    "/frameworks/embedded-revisionism?subject=kaz", "/claims", "/claims?verdict=contradicted", "/row/memberships:12",
    "/row/meetings:40", "/evidence?rows=memberships:12.15,bodies:3", "/source/tskhay2020", "/source/un-votes", "/series/cohesion",
)  # fmt: skip
VOID = {"meta", "link", "input", "br", "line", "rect", "circle", "polyline", "path"}


class Outline(HTMLParser):
    """What a page must have: each element closed, ids once, every field with a label."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.headings: list[int] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.landmarks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.landmarks += [tag] if tag in ("header", "main", "footer", "nav") else []
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"] or "")
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.fields.append(given | {"inside": "label" if "label" in self.open else ""})
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if any(name.startswith("on") or name == "style" for name in given):
            self.faults.append(f"{tag} has what the policy forbids: {sorted(given)}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, _tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def unlabelled(self) -> list[dict[str, str | None]]:
        return [
            one
            for one in self.fields
            if not (one["inside"] or one.get("aria-label") or one.get("id") in self.labelled)
        ]


@pytest.mark.parametrize("name", ["nordic", "central-asia"])
@pytest.mark.parametrize("at", PAGES)
def test_a_page_is_whole_in_every_form(name: str, at: str, ask_both: Callable[[str], Asking]) -> None:
    _whole(ask_both(name), at)


@pytest.mark.parametrize("at", SHIPPED)
def test_a_page_of_the_shipped_study_is_whole(at: str, shipped: Asking) -> None:
    _whole(shipped, at)


def _whole(asking: Asking, at: str) -> None:
    answer = asking(at)
    assert answer.status == 200, answer.body
    outline = Outline()
    outline.feed(answer.body)
    assert not outline.faults and not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings[0] == 1 and outline.headings.count(1) == 1
    assert {"header", "main", "footer", "nav"} <= set(outline.landmarks)
    assert not outline.unlabelled()
    path, mark, query = at.partition("?")
    path = "/region" if path == "/" else path
    found = asking.json(at)
    assert found["title"] and found["says"]
    for id, listing in found["listings"].items():
        more = f"{mark}{query}&" if query else "?"
        lines = asking(f"{path}.csv{more}listing={id}")
        assert lines.status == 200
        rows = list(csv.reader(io.StringIO(lines.body)))
        assert rows[0] == list(listing["columns"])
        assert len(rows) - 1 == len(listing["records"])


@settings(max_examples=25, deadline=None)
@given(st.dates(date(1991, 8, 31), date(2026, 11, 21)))
def test_what_is_remembered_for_a_span_is_true_of_each_of_its_days(shipped: Asking, day: date) -> None:
    found = shipped.json(f"/region?on={day}")["listings"]["bodies"]["records"]
    fresh = groups(shipped.site.study, day).frame.to_dicts()
    assert [(one["body"], one["members"], one["uncertain"]) for one in found] == [
        (one["body"], one["members"], one["uncertain"]) for one in fresh
    ]


def test_the_picture_has_the_ties_of_the_measure_and_places_that_no_date_moves(shipped: Asking) -> None:
    from chaikhana.web.pages.region import network

    site = shipped.site
    before, after = (network(site, day, 0.7) for day in (date(1999, 6, 1), site.last))
    places = [{one["id"]: (one["x"], one["y"]) for one in each["nodes"]} for each in (before, after)]
    assert places[0] == places[1] and len(set(places[0].values())) == len(places[0])
    pairs = body_overlap(site.study, site.last).frame
    alive = {one["id"] for one in after["nodes"] if one["alive"]}
    tied = {
        f"{a}--{b}"
        for a, b, jaccard in pairs.select("body", "body_2", "jaccard").iter_rows()
        if (jaccard or 0) >= 0.7 and {a, b} <= alive
    }
    assert {one["id"] for one in after["ties"]} == tied
    assert before["ties"] != after["ties"]


def test_what_happened_around_a_day_fell_within_the_window(shipped: Asking) -> None:
    day = date(2014, 5, 29)
    events = {one.row: one for one in shipped.site.events}
    found = shipped.json(f"/region?on={day}&within=30")["listings"]["events"]["records"]
    assert found
    for one in found:
        kinds = [
            event for event in shipped.site.events if event.row == one["row"] and event.kind == one["kind"]
        ]
        assert any(
            event.earliest <= day + timedelta(30) and event.latest >= day - timedelta(30) for event in kinds
        )
    assert events


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("SCO", "/body/sco"),
        ("shanghai cooperation", "/body/sco"),
        ("kazakhstan", "/state/kaz"),
        ("tskhay2020", "/source/tskhay2020"),
    ],
)
def test_a_search_finds_names_acronyms_and_sources_first(q: str, first: str, shipped: Asking) -> None:
    found = shipped.json(f"/rows?q={q}")["listings"]["found"]["records"]
    assert found[0]["what"]["href"] == first


def test_a_search_minds_neither_case_nor_accents(small: Asking) -> None:
    plain = small.json("/rows?q=alesund")["listings"]["found"]["records"]
    assert plain == small.json("/rows?q=%C3%85lesund")["listings"]["found"]["records"]


def test_a_framework_answers_as_the_command_does_under_any_choice(shipped: Asking) -> None:
    site = shipped.site
    one = framework("security-regionalism")
    for choices in ({}, {"window": 20, "issues": "narrow"}):
        query = "".join(f"&choice.{name}={value}" for name, value in choices.items())
        found = shipped.json(f"/frameworks/{one.name}?subject=kaz{query}")
        fresh = classify(one, site.study, "kaz", site.last, choices)
        assert (found["verdict"], found["label"]) == (fresh.verdict.value, fresh.label)
        assert found["chosen"] == filled(one.choices, choices)
        trace = {
            step.rule: list(step.evidence.rows)
            for step in fresh.steps
            if step.outcome.value != "not-applicable"
        }
        assert {one["rule"]: one["rows"] for one in found["listings"]["trace"]["records"]} == trace


def test_every_claim_is_there_with_its_verdict(shipped: Asking) -> None:
    every = {claim.id for corpus in corpora(shipped.site.study) for claim in corpus.claims}
    found = shipped.json("/claims")["listings"]["claims"]["records"]
    assert {one["id"] for one in found} == every
    some = shipped.json("/claims?verdict=contradicted")
    assert {one["verdict"] for one in some["listings"]["claims"]["records"]} == {"contradicted"}


def test_a_row_leads_to_what_rests_on_it(shipped: Asking) -> None:
    claim = next(
        one for one in shipped.site.kept.get("claims") if one["evidence"] and one["evidence"][0]["rows"]
    )
    row = next(row for row in claim["evidence"][0]["rows"] if not row.startswith("derived"))
    found = shipped.json(f"/row/{row}")["listings"]
    assert claim["id"] in {one["claim"] for one in found["claims"]["records"]}
    assert found["who-says-so"]["records"]


def test_the_foot_counts_the_sources_and_names_what_is_unverified(shipped: Asking) -> None:
    site = shipped.site
    row = next(row for row, footing in site.footings.items() if footing.basis == "unverified")
    found = shipped.json(f"/evidence?rows={row}")
    assert found["unverified"] == [row]
    assert {one["key"] for one in found["sources"]} == set(site.footings[row].keys)
    assert f">{row}</a>" in shipped(f"/evidence?rows={row}").body.split("Unverified facts")[1]


@pytest.mark.parametrize(
    ("at", "status", "told"),
    [
        ("/nowhere", 404, "There is no page"),
        ("/state/nobody", 404, "There is no actor ‘nobody’"),
        ("/body/nothing", 404, "There is no body"),
        ("/row/meetings:99999", 404, "There is no row of meetings"),
        ("/table/nothing", 404, "There is no table"),
        ("/source/nothing", 404, "There is no source"),
        ("/frameworks/regionnes", 404, "Did you mean ‘regionness’"),
        ("/frameworks/regionness?choice.window=long", 400, "takes a number"),
        ("/frameworks/regionness?subject=mars", 400, "There is no subject"),
        ("/region?on=yesterday", 400, "is not a date"),
        ("/region?onn=2014", 400, "Did you mean ‘on’"),
        ("/region.csv?listing=ships", 400, "There is no listing"),
        ("/compare?kind=ships", 400, "There is no kind"),
        ("/evidence?rows=x", 400, "names no rows"),
        ("/whatif?edit=fly+away", 400, "is no edit"),
        ("/whatif?scenario=../../study.toml", 400, "There is no scenario"),
        ("/formats?initiative=/etc/passwd", 400, "There is no initiative"),
    ],
)
def test_what_cannot_be_answered_is_told(at: str, status: int, told: str, shipped: Asking) -> None:
    answer = shipped(at)
    assert answer.status == status
    assert told in answer.body.replace("&#39;", "'")


def test_where_facts_are_not_gathered_yet_the_page_says_so_and_asks_again(small: Asking) -> None:
    answer = small("/claims")
    assert answer.status == 200 and 'http-equiv="refresh"' in answer.body and "Retry-After" in answer.headers
    assert small("/claims.json").status == 202
