"""Rows: the drawer, their addresses, and the finder."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from chaikhana.study.schema import BY_NAME

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def report(built):
    """What does not hang on the size of a study is tried on the small one."""
    return built("nordic")


IN_SIGHT = """(id) => {
  const node = document.getElementById(id), box = node.getBoundingClientRect();
  const hit = document.elementFromPoint(box.left + 12, box.top + 8);
  return Boolean(hit && (hit === node || node.contains(hit)));
}"""


def test_every_citation_of_a_row_has_its_reference(seen):
    wanted = {
        citation.split(",", 1)[0].strip()
        for frame in seen.report.study.frames.values()
        for cite in frame["cite"]
        for citation in cite.split(";")
    }
    there = set(
        seen.page.eval_on_selector_all(
            ".references li", "nodes => nodes.map((node) => node.id.replace('ref-', ''))"
        )
    )
    assert wanted - there == set()


def test_the_drawer_links_its_citations_closes_and_gives_the_focus_back(opened):
    page = opened.page
    opener = page.locator("#matrix td button").nth(3)
    opener.focus()
    page.keyboard.press("Enter")
    assert page.locator("#drawer").is_visible()
    assert page.evaluate("document.activeElement.id") == "drawer-title"
    links = page.locator("#drawer dd a")
    assert links.count() >= 1
    for link in links.all():
        href = link.get_attribute("href")
        assert href.startswith("#ref-")
        assert page.locator(f"[id='{href[1:]}']").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()
    assert opener.evaluate("node => node === document.activeElement")
    opener.click()
    page.click("#drawer-close")
    assert page.locator("#drawer").is_hidden()
    assert opener.evaluate("node => node === document.activeElement")


def test_the_drawer_is_the_next_stop_of_the_keyboard(opened):
    page = opened.page
    page.locator("#matrix td button").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "drawer-close"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#drawer') !== null")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_citation_leads_to_a_reference_that_can_be_seen(open_report, report, width):
    page = open_report(report, width=width).page
    page.locator("#matrix td button").nth(2).click()
    link = page.locator("#drawer dd a").first
    key = link.get_attribute("href")[1:]
    link.click()
    page.wait_for_timeout(100)
    assert page.evaluate(IN_SIGHT, key)


def test_an_address_names_a_row(open_report, report):
    opened = open_report(report, fragment="memberships:12")
    page, frame = opened.page, report.study.frames["memberships"]
    record = frame.filter(frame["row"] == "memberships:12").to_dicts()[0]
    assert page.locator("#drawer").is_visible()
    assert page.locator("#drawer h4").inner_text().startswith("memberships, row 12")
    said = dict(
        zip(
            page.locator("#drawer dt").all_inner_texts(),
            page.locator("#drawer dd").all_inner_texts(),
            strict=True,
        )
    )
    assert (said["actor"], said["body"], said["status"]) == (
        record["actor"],
        record["body"],
        record["status"],
    )
    page.evaluate("location.hash = '#bodies:3'")
    page.wait_for_function("document.querySelector('#drawer h4').textContent.startsWith('bodies, row 3')")


@pytest.mark.parametrize(
    "fragment", ["memberships:999999", "nothing:3", "%E0%A4%A", "memberships:", "constructor:1"]
)
def test_an_address_that_names_no_row_does_no_harm(open_report, built, fragment):
    opened = open_report(built("nordic"), fragment=fragment)
    complaints = list(opened.complaints)
    opened.complaints.clear()
    assert complaints == []
    assert opened.page.locator("#finder-rows .row").count() > 0


def test_the_finder_filters_by_table_and_words(opened):
    page, study = opened.page, opened.report.study
    for table, words in (
        ("memberships", "observer"),
        ("bodies", "council"),
        ("meetings", "summit 19"),
        ("agreements", "zzzz"),
    ):
        page.select_option("#finder-table", table)
        page.fill("#finder-text", "")
        frame = study.frames[table]
        assert page.inner_text("#finder-count").startswith(f"{frame.height} of {frame.height} rows")
        assert page.locator("#finder-rows .row").count() == min(50, frame.height)
        page.fill("#finder-text", words)
        columns = [column.name for column in BY_NAME[table].all_columns]
        hits = [
            record["row"]
            for record in frame.to_dicts()
            if all(
                any(
                    word
                    in (
                        "; ".join(record[column])
                        if isinstance(record[column], list)
                        else str(record[column] or "")
                    ).lower()
                    for column in columns
                )
                for word in words.split()
            )
        ]
        assert page.inner_text("#finder-count").startswith(f"{len(hits)} of {frame.height} rows")
        read = [
            f"{head.split(', row ')[0]}:{head.split(', row ')[1].split()[0]}"
            for head in page.locator("#finder-rows h4").all_inner_texts()
        ]
        assert read == hits[:50]


def test_the_finder_lists_every_table_with_rows(seen):
    values = seen.page.eval_on_selector_all(
        "#finder-table option", "nodes => nodes.map((node) => node.value)"
    )
    assert values == [name for name, frame in seen.report.study.frames.items() if frame.height]


def test_the_csv_of_a_table_holds_all_its_rows(opened):
    page = opened.page
    page.select_option("#finder-table", "attendance")
    with page.expect_download() as waiting:
        page.click("#finder-csv")
    with Path(waiting.value.path()).open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    frame = opened.report.study.frames["attendance"]
    assert len(lines) - 1 == frame.height
    assert [line[0] for line in lines[1:]] == frame["meeting"].to_list()
