"""Claims: the squares of each paper, the contradictions first, and the rows behind them."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def report(built):
    """Claims are registered for the shipped study."""
    return built("central-asia")


def test_a_square_opens_the_rows_that_decide(seen):
    square = seen.page.locator("#claims .squares .contradicted button:not([disabled])").first
    assert square.get_attribute("aria-label").startswith("contradicted: ")
    wanted = square.get_attribute("data-rows").split()
    square.click()
    drawer = seen.page.locator("#drawer")
    assert drawer.is_visible()
    assert seen.page.locator("#drawer .row").count() == len(wanted)
    assert "There is no row" not in drawer.inner_text()


def test_every_square_names_rows_that_the_page_carries(seen):
    known = {row for frame in seen.report.study.frames.values() for row in frame["row"]}
    named = seen.page.eval_on_selector_all(
        "#claims [data-rows]",
        "nodes => nodes.flatMap((node) => node.dataset.rows.split(' ').filter(Boolean))",
    )
    assert named
    assert {row for row in named if not row.startswith("derived:")} <= known


def test_contradictions_come_first_and_say_what_could_explain_them(seen):
    first = seen.page.locator("#claims details").first
    assert first.locator("summary").inner_text().startswith("Contradicted: ")
    articles = first.locator("article")
    assert articles.count() > 20
    for text in articles.all_inner_texts():
        assert "Expected" in text
        assert "Found" in text
        assert "Perhaps" in text


def test_two_papers_that_disagree_stand_side_by_side(seen):
    pair = seen.page.locator("#claims article.pair").first
    if not pair.is_visible():  # the page is shared, and another test may have opened it
        seen.page.locator("#claims summary", has_text="Where two claims disagree").click()
    assert pair.is_visible()
    assert pair.locator(".says").count() == 2
