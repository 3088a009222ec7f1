"""A study whose texts are markup, quotes, one endless word, Arabic or emoji: they are read as text and break nothing."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from chaikhana.study.loading import load_study

pytestmark = pytest.mark.browser

NORDIC = Path(__file__).parent.parent / "studies" / "nordic"
MARKUP = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'> \"q\" & <!-- <b>"
LONG = "Zwischenstaatlichkeits" * 12
ARABIC = "مجلس التعاون الشمالي"
EMOJI = "🇳🇴🧵 Nörden 👩‍🚀"


def _rewrite(path, changes):
    """Set cells: column to (row number from 0, or every row) to text."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    for (at, column), text in changes.items():
        lines[at][column] = text
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, lines[0].keys())
        writer.writeheader()
        writer.writerows(lines)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory, built, once):
    folder = shutil.copytree(NORDIC, tmp_path_factory.mktemp("hostile study") / "nordic <b>")
    about = (folder / "study.toml").read_text(encoding="utf-8")
    about = about.replace('title = "Nordic cooperation since 1946"', f"title = '''{MARKUP} {ARABIC}'''")
    about = about.replace('region = "Nordic region"', f"region = '''{EMOJI} {MARKUP}'''")
    (folder / "study.toml").write_text(about, encoding="utf-8")
    _rewrite(
        folder / "actors.csv", {(0, "name"): f"Denmark {MARKUP}", (1, "name"): LONG, (2, "name"): ARABIC}
    )
    _rewrite(
        folder / "bodies.csv",
        {
            (0, "name"): MARKUP,
            (0, "acronym"): MARKUP,
            (1, "name"): LONG,
            (1, "acronym"): LONG,
            (2, "name"): ARABIC,
            (2, "acronym"): ARABIC,
            (3, "acronym"): EMOJI,
        },
    )
    _rewrite(
        folder / "agreements.csv",
        {(0, "title"): MARKUP, (1, "title"): LONG, (2, "title"): ARABIC, (0, "note"): MARKUP},
    )
    _rewrite(folder / "meetings.csv", {(0, "title"): MARKUP, (1, "title"): LONG, (2, "title"): EMOJI})
    _rewrite(folder / "memberships.csv", {(0, "note"): MARKUP, (1, "note"): LONG})
    _rewrite(folder / "statements.csv", {(0, "gist"): MARKUP, (1, "gist"): ARABIC})
    _rewrite(folder / "figures.csv", {(2, "reason"): MARKUP, (2, "side"): MARKUP, (2, "quantity"): LONG})
    _rewrite(folder / "figures.csv", {(3, "quantity"): LONG})
    bib = (folder / "sources.bib").read_text(encoding="utf-8")
    first = bib.index("title = {") + len("title = {")
    bib = bib[:first] + "</li><script>window.hacked = 3</script> " + bib[first:]
    (folder / "sources.bib").write_text(bib, encoding="utf-8")
    study = load_study(folder)
    return type(built("nordic"))(study=study, path=once("the hostile one", study))


@pytest.mark.parametrize("width", [1280, 390])
def test_no_script_of_a_text_runs_and_the_page_works(open_report, hostile, width):
    opened = open_report(hostile, width=width)
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("document.querySelectorAll('button[data-table]').forEach((one) => one.click())")
    for table in ("agreements", "bodies", "statements", "memberships"):
        page.select_option("#finder-table", table)
    page.locator("#matrix td button").first.evaluate("node => node.click()")
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert opened.complaints == []
    assert page.locator("main > section").count() >= 12
    assert page.locator("img, main script:not([type='application/json'])").count() == 0


def test_texts_are_shown_as_they_stand_in_the_file(open_report, hostile):
    page = open_report(hostile).page
    one_line = " ".join(f"{MARKUP} {ARABIC}".split())
    assert page.locator("h1").inner_text() == one_line
    assert one_line in page.title()
    heads = page.locator("#matrix thead th span").all_text_contents()
    assert heads[:3] == [f"Denmark {MARKUP}", LONG, ARABIC]
    names = page.locator("#matrix button.name").all_text_contents()
    assert {MARKUP, LONG, ARABIC, EMOJI} <= set(names)
    page.select_option("#finder-table", "agreements")
    said = page.locator("#finder-rows dd").all_inner_texts()
    assert {MARKUP, LONG, ARABIC} <= set(said)
    legend = page.locator("#fig-membership-counts svg .role-legend text").all_text_contents()
    assert ARABIC in legend


def test_texts_come_back_from_the_csv(open_report, hostile):
    page = open_report(hostile).page
    page.select_option("#finder-table", "agreements")
    with page.expect_download() as waiting:
        page.click("#finder-csv")
    with Path(waiting.value.path()).open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["title"] for line in lines[:3]] == [MARKUP, LONG, ARABIC]


def test_an_endless_name_does_not_cover_the_matrix(open_report, hostile):
    page = open_report(hostile).page
    head = page.locator("#matrix thead").bounding_box()
    box = page.locator("#matrix .scroll").bounding_box()
    assert head["height"] < box["height"] / 2


@pytest.mark.parametrize("width", [1280, 390])
def test_an_endless_word_does_not_widen_the_page(open_report, hostile, width):
    page = open_report(hostile, width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_an_endless_word_does_not_widen_the_drawer(open_report, hostile, width):
    page = open_report(hostile, width=width, fragment="bodies:3").page
    assert page.locator("#drawer").is_visible()
    assert page.eval_on_selector("#drawer", "node => node.scrollWidth <= node.clientWidth + 1")


def test_text_from_right_to_left_keeps_its_own_direction(open_report, hostile):
    """An Arabic title amid English must not turn the words beside it: it stands in its own direction."""
    page = open_report(hostile, fragment="agreements:4").page
    cell = page.locator("#drawer dd", has_text=ARABIC)
    assert cell.inner_text() == ARABIC
    assert page.eval_on_selector("#drawer dd", "node => getComputedStyle(node).unicodeBidi") in (
        "isolate",
        "plaintext",
    )
