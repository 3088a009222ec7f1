"""Figures: each has its words, its picture, its source, its data and the rows behind them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
# Each text of a chart as four corners on the screen, its box trimmed to the letters.
TEXTS = """(node) => {
  const box = node.getBoundingClientRect();
  return { box: [box.left, box.top, box.right, box.bottom],
    texts: [...node.querySelectorAll('text')].filter((text) => text.textContent.trim()
        && getComputedStyle(text).opacity !== '0' && text.getAttribute('opacity') !== '0').map((text) => {
      const b = text.getBBox(), m = text.getScreenCTM(), trim = b.height * .2;
      const at = (x, y) => { const p = new DOMPoint(x, y).matrixTransform(m); return [p.x, p.y]; };
      const corners = [at(b.x, b.y + trim), at(b.x + b.width, b.y + trim),
        at(b.x + b.width, b.y + b.height - trim), at(b.x, b.y + b.height - trim)];
      return { text: text.textContent, corners, legend: Boolean(text.closest('.role-legend')) };
    }) };
}"""
TOLERANCE = 3.0
# Numbers and words on a coloured cell, against the cell.
ON_CELLS = """(node) => {
  const luminance = (colour) => {
    const [x, y, z] = colour.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
      .map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const cells = [...node.querySelectorAll('.mark-rect.role-mark path')].map((cell) => [cell, cell.getBoundingClientRect()]);
  const faint = [];
  for (const text of cells.length ? node.querySelectorAll('.mark-text.role-mark text') : []) {
    const box = text.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    const hit = cells.find(([, c]) => c.left <= x && x <= c.right && c.top <= y && y <= c.bottom);
    if (!hit) continue;
    const a = luminance(getComputedStyle(text).fill), b = luminance(getComputedStyle(hit[0]).fill);
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) faint.push(`${text.textContent}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


def _figures(page):
    found = page.locator("figure:not(.tabled)").all()
    assert len(found) >= 10
    return found


def _lapping(one, two):
    """Whether two convex shapes overlap by more than the tolerance on every axis of separation."""
    for shape in (one, two):
        for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
            length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
            normal = ((y1 - y2) / length, (x2 - x1) / length)
            a = [x * normal[0] + y * normal[1] for x, y in one]
            b = [x * normal[0] + y * normal[1] for x, y in two]
            if min(max(a), max(b)) - max(min(a), min(b)) <= TOLERANCE:
                return False
    return True


def _same_place(one, two):
    return one["text"] == two["text"] and all(
        abs(a - b) < 1
        for p, q in zip(one["corners"], two["corners"], strict=True)
        for a, b in zip(p, q, strict=True)
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_every_figure_has_words_a_picture_a_source_and_its_data(standing, report, width):
    found = standing(report, width).page.evaluate(
        """() => [...document.querySelectorAll('figure:not(.tabled)')].map((figure) => {
        const svg = figure.querySelector('.chart svg').getBoundingClientRect(), caption = figure.querySelector('figcaption');
        const heading = figure.querySelector('h3') || figure.parentElement.querySelector(':scope > summary');
        return { id: figure.id, heading: heading && heading.textContent.trim(), width: svg.width, height: svg.height,
          label: figure.querySelector('.chart').getAttribute('aria-label'), caption: caption.textContent,
          buttons: ['csv', 'table'].map((kind) => caption.querySelectorAll(`button[data-${kind}]`).length) }; })"""
    )
    assert len(found) >= 10
    for figure in found:
        assert len(figure["heading"] or "") > 5, figure
        assert figure["width"] > 100, figure
        assert figure["height"] > 40, figure
        assert figure["label"], figure
        assert len(figure["caption"].split("Source:")[1].split("CSV")[0].strip(" .\n")) > 5, figure
        assert figure["buttons"] == [1, 1], figure


def test_every_figure_draws_something(seen):
    for figure in _figures(seen.page):
        marks = figure.locator(
            ".chart svg .role-mark:not(.mark-group) path, .chart svg .role-mark:not(.mark-group) line, "
            ".chart svg .role-mark:not(.mark-group) text"
        )
        assert marks.count() > 0, f"{figure.get_attribute('id')} is empty"


def test_titles_of_figures_hold_no_gaps(seen):
    titles = seen.page.locator("figure h3, details.folded > summary").all_inner_texts()
    for title in titles:
        assert not any(word in title for word in ("None", "nan", "null", "  ")), title
        assert title[0].isupper() or title[0].isdigit(), title


def test_every_table_has_a_heading_rows_a_source_and_its_data(opened):
    tables = opened.page.locator("figure.tabled").all()
    assert len(tables) >= 5
    for table in tables:
        name = table.get_attribute("id").removeprefix("tab-")
        assert len(table.locator("h3").inner_text()) > 5
        assert "Source:" in table.locator("figcaption").inner_text()
        shown = table.locator(":scope > .scroll tbody tr").count()
        whole = len(opened.report.data[name]["values"])
        assert 0 < shown <= whole or whole == 0, name
        if shown < whole:
            assert f"The first {shown} of {whole:,}" in table.locator("figcaption").inner_text()
            assert table.locator("button[data-table]").count() == 1


def _download(page, button):
    """What a click brings; a busy headless browser drops one of many in a row, so a second click is allowed."""
    try:
        with page.expect_download(timeout=20_000) as waiting:
            button.click()
    except TimeoutError:
        with page.expect_download() as waiting:
            button.click()
    return waiting


def sampled(buttons, most=20):
    """All of a small page; of a large one every second or third, from first to last."""
    return buttons[:: -(-len(buttons) // most)] if buttons else []


def test_every_csv_holds_the_embedded_data(opened):
    opened.page.evaluate(OPEN_ALL)
    buttons = opened.page.locator("button[data-csv]").all()
    assert {button.get_attribute("data-csv") for button in buttons} == set(opened.report.data)
    for button in sampled(buttons):
        name = button.get_attribute("data-csv")
        waiting = _download(opened.page, button)
        assert waiting.value.suggested_filename == f"{name}.csv"
        with Path(waiting.value.path()).open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        lines = list(csv.reader(io.StringIO(text)))
        embedded = opened.report.data[name]
        traced = embedded.get("rows")
        assert lines[0] == [*embedded["columns"], *(["rows"] if traced is not None else [])]
        assert len(lines) - 1 == len(embedded["values"]), name
        for place, (line, values) in enumerate(zip(lines[1:], embedded["values"], strict=True)):
            for cell, value in zip(line, values, strict=False):
                if value is None:
                    assert cell == ""
                elif isinstance(value, float):
                    assert float(cell) == value
                else:
                    assert cell == str(value).replace("True", "true").replace("False", "false")
            if traced is not None:
                assert line[-1] == traced[place]


def test_numbers_and_rows_open_the_right_rows(opened):
    page = opened.page
    records = {
        name: {record["row"]: record for record in frame.to_dicts()}
        for name, frame in opened.report.study.frames.items()
    }
    page.evaluate(OPEN_ALL)
    tried = 0
    for button in sampled(page.locator("figure:not(.tabled) button[data-table]").all()):
        name = button.get_attribute("data-table")
        place = page.locator(f"#numbers-{name}")
        assert place.is_hidden()
        button.evaluate("node => node.click()")
        assert place.is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        embedded = opened.report.data[name]
        assert place.locator("tbody tr").count() == len(embedded["values"])
        openers = place.locator("button[data-rows]")
        traced = [rows for rows in embedded.get("rows", []) if rows]
        assert openers.count() == len(traced), name
        for at in [len(traced) // 2] if traced else []:
            ids = traced[at].split(" ")
            told = openers.nth(at).evaluate("node => { node.click(); return node.textContent; }")
            assert told == str(len(ids))
            _assert_drawer_shows(page, records, ids)
            page.keyboard.press("Escape")
            tried += 1
        button.evaluate("node => node.click()")
        assert place.is_hidden()
        assert button.get_attribute("aria-expanded") == "false"
    assert tried > 8


def _assert_drawer_shows(page, records, ids):
    shown = page.evaluate(
        """() => ({ hidden: document.getElementById('drawer').hidden,
        title: document.getElementById('drawer-title').textContent,
        rows: [...document.querySelectorAll('#drawer .row')].map((row) => ({
            head: (row.querySelector('h4') || { textContent: '' }).textContent,
            terms: [...row.querySelectorAll('dt')].map((node) => node.textContent),
            values: [...row.querySelectorAll('dd')].map((node) => node.textContent) })) })"""
    )
    assert not shown["hidden"]
    assert shown["title"] == ("1 row" if len(ids) == 1 else f"{len(ids)} rows")
    assert len(shown["rows"]) == min(len(ids), 150)
    for row, said in zip(ids[:150], shown["rows"], strict=True):
        table, _, line = row.partition(":")
        if table == "derived":
            continue
        assert said["head"].startswith(f"{table}, row {line} "), row
        record = records[table][row]
        assert {"cite"} <= set(said["terms"])
        for column, text in zip(said["terms"], said["values"], strict=True):
            value = record[column]
            assert text == ("; ".join(value) if isinstance(value, list) else str(value)), (row, column)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_a_chart_leaves_its_picture(standing, report, width):
    cut = []
    for figure in _figures(standing(report, width).page):
        found = figure.locator(".chart svg").evaluate(TEXTS)
        left, top, right, bottom = found["box"]
        for text in found["texts"]:
            xs, ys = zip(*text["corners"], strict=True)
            if (
                min(xs) < left - TOLERANCE
                or max(xs) > right + TOLERANCE
                or min(ys) < top - TOLERANCE
                or max(ys) > bottom + TOLERANCE
            ):
                cut.append(f"{figure.get_attribute('id')}: {text['text']}")
    assert cut == []


def test_no_text_of_a_chart_covers_another(seen):
    covered = []
    for figure in _figures(seen.page):
        texts = figure.locator(".chart svg").evaluate(TEXTS)["texts"]
        for place, one in enumerate(texts):
            for two in texts[place + 1 :]:
                if not _same_place(one, two) and _lapping(one["corners"], two["corners"]):
                    covered.append(f"{figure.get_attribute('id')}: {one['text']} | {two['text']}")
    assert covered == []


def test_legends_do_not_cover_one_another(seen):
    for figure in _figures(seen.page):
        texts = [t for t in figure.locator(".chart svg").evaluate(TEXTS)["texts"] if t["legend"]]
        for place, one in enumerate(texts):
            for two in texts[place + 1 :]:
                assert not _lapping(one["corners"], two["corners"]), (figure.get_attribute("id"), one, two)


def test_labels_of_an_axis_tell_its_places_apart(seen):
    """A label that is cut may not read as another one."""
    for figure in _figures(seen.page):
        for axis in figure.locator(".chart svg .role-axis-label").all():
            texts = [text for text in axis.locator("text").all_text_contents() if text]
            assert len(texts) == len(set(texts)), figure.get_attribute("id")


def test_numbers_on_coloured_cells_can_be_read(seen):
    faint = {
        figure.get_attribute("id"): found
        for figure in _figures(seen.page)
        if (found := figure.locator(".chart svg").evaluate(ON_CELLS))
    }
    assert faint == {}
