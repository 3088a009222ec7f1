"""The page as a whole: quiet, self-contained, no wider than the window, with landmarks, names and contrast."""

from __future__ import annotations

from itertools import pairwise

import pytest

pytestmark = pytest.mark.browser

WIDER = """() => {
  const inScroller = (node) => {
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement)
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((node) => !node.closest('svg') || node.tagName === 'svg')
    .filter((node) => node.getClientRects().length && node.getBoundingClientRect().right > innerWidth + 1)
    .filter((node) => !inScroller(node))
    .map((node) => `${node.tagName}#${node.id}.${node.className.baseVal ?? node.className}`);
}"""
CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const behind = (node) => {
    let over = [255, 255, 255];
    const layers = [];
    for (let up = node; up; up = up.parentElement) {
      const colour = numbers(getComputedStyle(up).backgroundColor);
      const alpha = colour.length > 3 ? colour[3] : 1;
      if (alpha > 0) layers.unshift([colour, alpha]);
    }
    for (const [colour, alpha] of layers) over = over.map((v, i) => alpha * colour[i] + (1 - alpha) * v);
    return over;
  };
  const worst = new Map();
  for (const node of document.body.querySelectorAll('p, li, a, td, th, button, summary, dt, dd, h1, h2, h3, h4, label, '
      + 'span, output, figcaption, code, cite, small, strong, footer, input, select')) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own && !['INPUT', 'SELECT'].includes(node.tagName)) continue;
    if (!node.getClientRects().length || node.closest('svg') || node.closest('.skip') || node.type === 'range') continue;
    const style = getComputedStyle(node), ink = luminance(numbers(style.color)), paper = luminance(behind(node));
    const ratio = (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
    const kind = `${node.tagName.toLowerCase()}.${node.className} in ${node.parentElement.tagName.toLowerCase()}`
      + `.${node.parentElement.className} of ${node.parentElement.parentElement.className}, ${style.color}`;
    if (ratio < 4.5 && !(worst.get(kind) < ratio)) worst.set(kind, Math.round(ratio * 100) / 100);
  }
  return [...worst].map(([kind, ratio]) => `${kind}: ${ratio}`);
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_opens_quietly_and_fits_its_window(open_report, report, width):
    opened = open_report(report, width=width)
    assert opened.complaints == []
    assert opened.outside == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate(WIDER) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_fits_its_window_with_everything_open(standing, report, width):
    page = standing(report, width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(WIDER) == []


def test_every_link_of_the_navigation_has_its_section(seen):
    links = seen.page.eval_on_selector_all(
        "nav a",
        "nodes => nodes.map((node) => [node.getAttribute('href'), node.title || node.textContent.trim()])",
    )
    sections = seen.page.eval_on_selector_all("main > section", "nodes => nodes.map((node) => node.id)")
    assert [href for href, _ in links] == [f"#{section}" for section in sections]
    assert len(sections) >= 12
    for href, text in links:
        assert seen.page.locator(f"{href} > h2").inner_text().strip().endswith(text)


def test_a_link_of_the_navigation_leads_there(opened):
    opened.page.click("nav a[href='#votes']")
    top = opened.page.eval_on_selector("#votes h2", "node => node.getBoundingClientRect().top")
    below = opened.page.eval_on_selector("nav", "node => node.getBoundingClientRect().bottom")
    assert below <= top < 500


def test_every_id_stands_once_and_every_reference_to_an_id_is_met(seen):
    twice = seen.page.evaluate(
        """() => { const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
        return ids.filter((id, at) => ids.indexOf(id) !== at && !id.startsWith('ref-')); }"""
    )
    assert [id_ for id_ in twice if not id_.startswith("clip")] == []
    lost = seen.page.evaluate(
        """() => ['aria-labelledby', 'aria-describedby', 'for'].flatMap((name) =>
        [...document.querySelectorAll(`[${name}]`)].map((node) => node.getAttribute(name)))
        .filter((id) => !document.getElementById(id))"""
    )
    assert lost == []
    assert (
        seen.page.evaluate(
            """() => [...document.querySelectorAll('a[href^="#"]')].map((node) => node.getAttribute('href').slice(1))
            .filter((id) => !document.getElementById(id))"""
        )
        == []
    )


def test_landmarks_and_headings_in_order(seen):
    page = seen.page
    for landmark in ("main", "nav", "h1"):
        assert page.locator(landmark).count() == 1, landmark
    assert page.locator("nav").get_attribute("aria-label")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title().startswith(seen.report.study.about.title)
    levels = page.eval_on_selector_all(
        "header h1, main h1, main h2, main h3, main h4, main h5",
        "nodes => nodes.filter((node) => !node.closest('#finder-rows')).map((node) => Number(node.tagName[1]))",
    )
    assert levels[0] == 1
    jumps = [(one, two) for one, two in pairwise(levels) if two > one + 1]
    assert jumps == []


def test_every_control_has_a_name(seen):
    nameless = seen.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, a[href], summary, [role=img], [role=region]')]
        .filter((node) => !(node.getAttribute('aria-label') || node.getAttribute('aria-labelledby')
            || (node.matches('input, select') ? [...(node.labels || [])].map((label) => label.textContent).join('')
               : node.getAttribute('role') ? '' : node.textContent)).trim())
        .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def test_every_table_header_has_a_scope(seen):
    assert seen.page.locator("table").count() > 5
    assert seen.page.locator("th:not([scope])").count() == 0
    headless = seen.page.evaluate(
        "() => [...document.querySelectorAll('table')].filter((t) => !t.querySelector('th[scope=col]')).length"
    )
    assert headless == 0


def test_scrolling_boxes_are_reached_by_keyboard_and_have_a_name(seen):
    boxes = seen.page.evaluate(
        """() => [...document.querySelectorAll('.scroll, .references-box')]
        .filter((node) => node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)
        .filter((node) => node.tabIndex < 0 || !node.getAttribute('aria-label'))
        .map((node) => node.closest('[id]').id)"""
    )
    assert boxes == []


@pytest.mark.parametrize("width", [1280, 390])
def test_text_and_buttons_stand_out_from_their_ground(standing, report, width):
    page = standing(report, width).page
    assert page.evaluate(CONTRAST) == []


def test_text_and_buttons_of_the_drawer_stand_out(opened):
    opened.page.locator("#matrix td button").first.click()
    assert opened.page.evaluate(CONTRAST) == []
