"""The region beside others: what was found and not found, the picture, the truth table, and every score one click away."""

from __future__ import annotations

import pytest

from chaikhana.compare import paragraphs
from chaikhana.compare.definition import comparison, shipped
from chaikhana.compare.running import run

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def report(built):
    """Comparisons are shown for a region that is among those compared."""
    return built("central-asia")


def test_every_comparison_that_ships_is_told(seen):
    for name in shipped():
        section = seen.page.locator(f".comparison[aria-labelledby=comparison-{name}]")
        text = section.inner_text()
        assert comparison(name).title in text
        assert "Found" in text and "Not found" in text


def test_the_paragraphs_are_those_that_are_computed(seen):
    ran = run(comparison("leader-or-pair"), seen.report.study, robust=True)
    section = seen.page.locator(".comparison[aria-labelledby=comparison-leader-or-pair]")
    shown = " ".join(section.inner_text().split())
    for text in (*paragraphs.found(ran), *paragraphs.not_found(ran), *paragraphs.peers(ran, "central-asia")):
        assert " ".join(text.split()) in shown


def test_scores_open_whole_and_lead_to_the_rows_of_a_study(seen):
    table = seen.page.locator("#tab-scores-openness-and-commitment")
    assert table.locator("> .scroll tbody tr").count() == 8
    # The page is shared, and a drawer that another test opened may lie over the table.
    table.locator("button.rows").first.dispatch_event("click")
    assert seen.page.locator("#drawer .row").count() > 0
    assert "There is no row" not in seen.page.locator("#drawer").inner_text()
    seen.page.keyboard.press("Escape")
    whole = table.locator(".numbers tbody tr")
    if whole.count() == 0:  # the page is shared, and another test may have opened it
        table.locator("button[data-table]").click()
    assert whole.count() == len(run(comparison("openness-and-commitment"), seen.report.study).found.scores)


def test_the_picture_names_the_cases_that_are_against(seen):
    figure = seen.page.locator("#fig-xy-security-regionalism")
    assert figure.locator("svg").is_visible()
    assert "eu 2008–2014" in figure.inner_text()
