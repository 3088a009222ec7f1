"""The explorer in a browser: from region to state to body to meeting to source, sliders, addresses, keyboard, a phone, print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

PAGES = (
    "/region", "/states", "/state/kaz", "/bodies", "/body/sco", "/compare", "/compare?kind=bodies&a=sco&b=csto",
    "/compare?kind=dates", "/compare?kind=readings", "/frameworks", "/frameworks/embedded-revisionism?subject=kaz",
    "/frameworks/security-regionalism", "/claims", "/whatif", "/formats", "/rows", "/rows?q=shanghai", "/row/meetings:40",
    "/table/meetings", "/source/tskhay2020", "/series/cohesion", "/sql", "/evidence?rows=memberships:12.15,bodies:3", "/nowhere",
)  # fmt: skip


@dataclass(kw_only=True)
class Visit:
    """A window on the explorer, and what the browser complained of."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def go(self, at: str) -> None:
        self.page.goto(self.address + at)
        self.there()

    def there(self) -> None:
        """Wait until nothing is computed any more; a page that waits asks again by itself."""
        expect(self.page.locator(".waiting")).to_have_count(0, timeout=400_000)

    def moved(self, act: Callable[[], object]) -> None:
        """Do something, and wait until the page has answered it."""
        whole = self.page.locator("html")
        before = whole.get_attribute("data-answered") or "0"
        act()
        expect(whole).to_have_attribute("data-answered", re.compile(rf"^(?!{before}$)\d+$"))
        expect(whole).not_to_have_class(re.compile("busy"))


Opens = Callable[..., Visit]


@pytest.fixture
def visit(chromium: Browser, explorer: str) -> Iterator[Opens]:
    """Opens windows; the test fails where one complained, set a cookie, or asked for anything beyond the machine."""
    opened: list[tuple[BrowserContext, Visit]] = []

    def opens(at: str = "/region", width: int = 1280, scripts: bool = True) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, reduced_motion="reduce"
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        one = Visit(page=page, address=explorer)

        def gate(route: Route) -> None:
            if route.request.url.startswith((explorer, "data:")):
                route.continue_()
            else:
                one.outside.append(route.request.url)
                route.abort()

        context.route("**/*", gate)
        page.on(
            "console",
            lambda said: one.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        opened.append((context, one))
        one.go(at)
        return one

    yield opens
    for context, one in opened:
        complaints = [text for text in one.complaints if "404" not in text]
        assert not complaints and not one.outside
        assert not context.cookies()
        context.close()


@pytest.mark.browser
def test_from_the_region_to_a_state_to_a_body_to_a_meeting_to_a_source(visit: Opens) -> None:
    here = visit().page
    here.locator("#bodies").get_by_role("link", name="Kazakhstan", exact=True).first.click()
    expect(here.get_by_role("heading", level=1)).to_have_text("Kazakhstan")
    here.locator("#memberships summary").click()
    here.locator("#memberships").get_by_role("link", name="SCO", exact=True).first.click()
    expect(here.get_by_role("heading", level=1)).to_have_text("Shanghai Cooperation Organisation")
    here.locator("#meetings").get_by_role("link", name=re.compile(r"meetings:\d+")).first.click()
    expect(here.locator("#attendance-meeting")).to_be_visible()
    here.locator("#who-says-so").get_by_role("link").first.click()
    expect(here).to_have_url(re.compile(r"/source/[a-z0-9-]+$"))
    expect(here.locator("#rows tbody tr").first).to_be_visible()


@pytest.mark.browser
def test_the_slider_moves_the_ties_and_no_place_and_the_address_follows(visit: Opens) -> None:
    one = visit()
    page = one.page
    nodes = "[...document.querySelectorAll('#network .node')]"
    places = f"{nodes}.map(n => [n.dataset.keep, n.firstElementChild.getAttribute('cx')].join())"
    ties = "document.querySelectorAll('#network .tie:not(.going)').length"
    before, tied = page.evaluate(places), page.evaluate(ties)
    node = page.locator("#network .node").first.element_handle()
    slider = page.locator("[data-months]")
    one.moved(lambda: slider.fill("120"))
    assert page.evaluate(places) == before
    assert page.evaluate(ties) < tied
    assert node.evaluate("n => n.isConnected"), "the same element stands there, so that it can move"
    assert page.url.endswith("/region?on=2001-08-31&tie=0.7&within=182")
    assert "On 2001-08-31" in page.locator("#says").inner_text()
    first = page.locator("#says").inner_text()
    one.moved(lambda: slider.press("ArrowRight"))
    assert "on=2001-09-30" in page.url and page.locator("#says").inner_text() != first


@pytest.mark.browser
def test_an_address_that_is_sent_shows_the_same_view(visit: Opens) -> None:
    one = visit("/frameworks/security-regionalism?subject=kaz")
    one.moved(lambda: one.page.locator("[data-for=c-window]").press("ArrowLeft"))
    one.moved(lambda: one.page.get_by_label("which issues are security").select_option("narrow"))
    assert "choice.window=20" in one.page.url and "choice.issues=narrow" in one.page.url
    other = visit(one.page.url.removeprefix(one.address))
    for part in ("#says", "#finding", "#trace", "#ledger", "form"):
        assert one.page.locator(part).last.inner_text() == other.page.locator(part).last.inner_text()
    plain = visit(one.page.url.removeprefix(one.address), scripts=False)
    assert plain.page.locator("#says").inner_text() == other.page.locator("#says").inner_text()


@pytest.mark.browser
def test_forms_answer_without_a_script(visit: Opens) -> None:
    one = visit("/region", scripts=False)
    one.page.locator("input[name=on]").fill("1999-06-01")
    one.page.get_by_role("button", name="Show").click()
    assert "On 1999-06-01" in one.page.locator("#says").inner_text()


@pytest.mark.browser
def test_the_keyboard_alone_walks_and_slides(visit: Opens) -> None:
    one = visit()
    page = one.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen: list[str] = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.name || document.activeElement.tagName"
            )
        )
        if seen[-1] == "months":
            break
    assert "months" in seen, seen
    one.moved(lambda: page.keyboard.press("ArrowLeft"))
    assert "on=2026-10-31" in page.url
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('node')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement.querySelector('circle')).strokeWidth")
    assert outline == "2.5px", "the body in focus shows"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/body/"))


CUT = """() => [...document.querySelectorAll('h1, h2, p, label, summary, button')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 1 || box.left < -1) && !one.closest('.scroll');
}).map(one => one.textContent.slice(0, 60))"""
SMALL = """() => [...document.querySelectorAll('button, select, input:not([type=hidden]):not([type=range])')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && box.height < 24;
}).map(one => one.outerHTML.slice(0, 80))"""
# Words whose contrast with what is behind them is below what WCAG 2.2 (1.4.3) asks.
FAINT = """() => {
  const linear = (part) => part / 255 <= .03928 ? part / 255 / 12.92 : ((part / 255 + .055) / 1.055) ** 2.4;
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(linear);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = (one) => {
    for (; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!colour.endsWith(', 0)')) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const words = 'h1, h2, p, a, td, th, label, small, button, summary, dt, dd, legend, li, .verdict';
  return [...document.querySelectorAll(words)]
    .filter((one) => one.textContent.trim() && one.getBoundingClientRect().width && !one.closest('svg'))
    .map((one) => {
      const a = light(getComputedStyle(one).color), b = light(behind(one));
      return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), one.outerHTML.slice(0, 80)];
    })
    .filter(([ratio]) => ratio < 4.5);
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_fits_and_complains_of_nothing(width: int, visit: Opens) -> None:
    one = visit(width=width)
    faults = {}
    for at in PAGES:
        one.go(at)
        wide = one.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found = [*one.page.evaluate(CUT), *one.page.evaluate(SMALL), *(["too wide"] if wide > 0 else [])]
        if found or one.page.locator("h1").count() != 1:
            faults[at] = found
    assert not faults


@pytest.mark.browser
def test_words_stand_out_from_what_is_behind_them(visit: Opens) -> None:
    for at in ("/frameworks/security-regionalism?subject=kaz", "/region", "/claims", "/row/meetings:40"):
        assert not visit(at).page.evaluate(FAINT)


@pytest.mark.browser
def test_a_query_is_changed_and_run_and_only_reads(visit: Opens) -> None:
    one = visit("/sql")
    one.page.get_by_label("One SELECT").fill("SELECT id, name, \"row\" FROM bodies WHERE id = 'sco'")
    one.page.get_by_role("button", name="Run").click()
    one.there()
    expect(one.page.locator("#result")).to_contain_text("Shanghai Cooperation Organisation")
    one.page.locator("#result").get_by_role("link", name=re.compile("bodies:")).click()
    expect(one.page).to_have_url(re.compile(r"/row/bodies:\d+$"))


@pytest.mark.browser
def test_a_claim_is_opened_its_query_changed_and_its_verdict_turns(visit: Opens) -> None:
    one = visit("/claims?verdict=supported")
    one.page.locator("#claims tbody a").first.click()
    one.there()
    field = one.page.locator("textarea[name=query]")
    field.fill("SELECT 'nothing' AS what, false AS holds, []::VARCHAR[] AS rows")
    one.page.get_by_role("button", name="Run").click()
    one.there()
    expect(one.page.locator("#yours-head")).to_contain_text("contradicted")


@pytest.mark.browser
def test_a_supposition_is_made_sent_and_taken_back(visit: Opens) -> None:
    one = visit("/whatif")
    page = one.page
    page.locator("select[name=do]").select_option("leave")
    page.locator("select[name=actor]").select_option("kgz")
    page.locator("select[name=body]").select_option("eaeu")
    page.locator("input[name=date]").fill("2020-01-01")
    page.get_by_role("button", name="Suppose it").click()
    one.there()
    expect(page.locator("#measures tbody tr").first).to_be_visible()
    shared = page.locator(".ways a").first.get_attribute("href")
    assert shared and "edit=leave+kgz%3Aeaeu%3A2020-01-01" in shared
    other = visit(shared)
    assert other.page.locator("#says").inner_text() == page.locator("#says").inner_text()
    page.get_by_role("link", name=re.compile("Take away")).click()
    expect(page.locator("code").first).not_to_contain_text("leave kgz")


@pytest.mark.browser
def test_an_initiative_is_tried_and_a_format_opened(visit: Opens) -> None:
    one = visit("/formats?issue=water&depth=treaty")
    one.page.locator("#formats tbody th a").nth(3).click()
    one.there()
    assert "who=" in one.page.url
    expect(one.page.locator("#in-the-way-head")).to_be_visible()


@pytest.mark.browser
def test_print_leaves_out_what_nobody_can_press(visit: Opens) -> None:
    page = visit("/state/kaz").page
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert not page.get_by_role("button", name="Show").is_visible()
    assert page.locator("#memberships").is_visible()
    assert len(page.pdf()) > 20_000
