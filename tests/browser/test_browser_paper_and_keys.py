"""The report on paper, by keyboard alone, and without scripts."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def report(built):
    """What does not hang on the size of a study is tried on the small one."""
    return built("nordic")


PAPER = 718  # A4 between margins of a centimetre, in CSS pixels


def test_paper_has_no_controls(opened):
    page = opened.page
    page.locator("#matrix td button").first.click()
    page.emulate_media(media="print")
    for selector in ("nav", ".slider", "#drawer", ".finder", "#rows", ".skip"):
        assert page.locator(selector).first.is_hidden(), selector
    assert [button for button in page.locator("figcaption button").all() if button.is_visible()] == []
    assert page.locator("#matrix td button").first.is_visible()  # a sign is content
    assert page.locator(".references li").last.is_visible()


def test_paper_shows_everything_that_scrolls_on_the_screen(open_report, report):
    page = open_report(report, width=PAPER).page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((node) => node.getClientRects().length
        && !node.closest('svg') && getComputedStyle(node).overflowY !== 'visible'
        && (node.scrollHeight > node.clientHeight + 2 || node.scrollWidth > node.clientWidth + 2))
        .map((node) => `${node.className} ${node.scrollWidth}>${node.clientWidth}`)"""
    )
    assert hidden == []


def test_paper_is_wide_enough(open_report, report):
    page = open_report(report, width=PAPER).page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER


def test_prints_to_pdf(opened):
    pdf = opened.page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\\s*/Page\\b", pdf)) >= 5 or len(pdf) > 200_000


def test_the_keyboard_reaches_everything(opened):
    page = opened.page
    met = []
    for _ in range(90):
        page.keyboard.press("Tab")
        met.append(
            page.evaluate(
                """() => { const node = document.activeElement;
                return node.id || node.dataset.csv && `csv ${node.dataset.csv}`
                    || node.dataset.table && `table ${node.dataset.table}` || node.className || node.getAttribute('href'); }"""
            )
        )
        if "matrix-date" in met:
            break
    assert met[0] == "skip"
    assert "#references" in met
    assert "chart" in met
    assert "csv membership-counts" in met
    assert "table membership-counts" in met
    assert met.index("table membership-counts") < met.index("matrix-day") < met.index("matrix-date")


def test_the_keyboard_works_the_data_of_a_chart(opened):
    page = opened.page
    page.focus("button[data-table='membership-counts']")
    page.keyboard.press("Enter")
    assert page.locator("#numbers-membership-counts").is_visible()
    page.keyboard.press("Tab")  # the box that scrolls
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.rows !== undefined")
    page.keyboard.press("Enter")
    assert page.locator("#drawer").is_visible()
    page.focus("button[data-csv='membership-counts']")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "membership-counts.csv"


def test_the_focus_is_seen(opened):
    page = opened.page
    for selector in ("#matrix-day", "button[data-csv]", "nav a", "#finder-table"):
        page.focus("body")
        page.focus(selector)
        page.keyboard.press("Shift")
        style = page.eval_on_selector(
            selector, "node => [getComputedStyle(node).outlineStyle, getComputedStyle(node).outlineWidth]"
        )
        assert style[0] != "none", selector
        assert style[1] != "0px", selector


def test_the_skip_link_skips(opened):
    page = opened.page
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_without_scripts_figures_tables_and_references_are_there(open_report, report):
    page = open_report(report, scripts=False).page
    assert page.locator("noscript .warn").is_visible()
    assert page.locator("figure .chart svg").count() >= 10
    assert page.locator("#fig-membership-counts svg").bounding_box()["height"] > 100
    assert page.locator("figure.tabled tbody tr").count() > 20
    assert page.locator(".references li").count() > 20
    assert page.locator(".disputes").is_visible()


def test_without_scripts_the_matrix_stands_on_the_last_day(open_report, report):
    """The warning says that its date cannot be moved: so it has one, and shows who is in what."""
    page = open_report(report, scripts=False).page
    signs = page.locator("#matrix td[data-cell]").all_inner_texts()
    assert sum(bool(sign.strip()) for sign in signs) > 20


def test_without_scripts_no_dead_button_is_offered(open_report, report):
    """A button that does nothing promises what the page cannot do."""
    page = open_report(report, scripts=False).page
    assert [one for one in page.locator("button[data-csv]").all()[:5] if one.is_visible()] == []
