"""The matrix: what it shows on a day is what the study says of that day."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from chaikhana.core.vocabulary import STATUSES
from chaikhana.report.chapters.memberships import SIGNS
from chaikhana.study.membership import ties

pytestmark = pytest.mark.browser

CELLS = """() => Object.fromEntries([...document.querySelectorAll('#matrix td[data-cell]')].map((node) => {
  const button = node.querySelector('button');
  return [node.dataset.cell, button && [button.textContent, button.dataset.rows, button.title.split(': ')[1]]];
}))"""
RANK = {status: rank for rank, status in enumerate(STATUSES)}


def _days(study):
    first, last = study.about.first_day, study.about.last_day
    span = (last - first).days
    return [
        first,
        *(first + timedelta(days=span * part // 7) for part in range(1, 7)),
        date(1996, 1, 1),
        date(2014, 3, 27),
        last,
    ]


def _set(page, day):
    page.fill("#matrix-date", day.isoformat())
    page.dispatch_event("#matrix-date", "change")


def _expected(study, day):
    """Each cell's sign, status and rows, from `Study.on`: the certain spell first, then the closer tie.

    Nobody sits in a body before it was born or after it died.
    """
    living = study.on("bodies", day).filter(pl.col("holds") != "no")["id"].to_list()
    held = study.on("memberships", day).filter((pl.col("holds") != "no") & pl.col("body").is_in(living))
    found = {}
    for spell in sorted(
        held.iter_rows(named=True), key=lambda spell: (spell["holds"] != "yes", RANK[spell["status"]])
    ):
        cell = f"{spell['body']} {spell['actor']}"
        sign = SIGNS[spell["status"]] if spell["holds"] == "yes" else "?"
        said = spell["status"] if spell["holds"] == "yes" else f"perhaps {spell['status']}"
        found.setdefault(cell, (sign, said, []))[2].append(spell["row"])
    return found


def test_every_cell_is_what_the_study_says_of_the_day(opened):
    page, study = opened.page, opened.report.study
    for day in _days(study):
        _set(page, day)
        assert page.input_value("#matrix-date") == day.isoformat()
        assert page.inner_text("#matrix-shown") == f"{day:%-d %B %Y}"
        shown, expected = page.evaluate(CELLS), _expected(study, day)
        assert len(shown) > 100
        wrong = []
        for cell, seen in shown.items():
            if cell not in expected:
                if seen is not None:
                    wrong.append((day, cell, seen, "empty"))
                continue
            sign, said, rows = expected[cell]
            if seen is None or (seen[0], seen[2]) != (sign, said) or set(seen[1].split()) != set(rows):
                wrong.append((day, cell, seen, expected[cell]))
        assert wrong == []


def test_every_cell_agrees_with_the_ties_that_measures_count(opened):
    page, study = opened.page, opened.report.study
    days = _days(study)
    counted = ties(study, days)
    for day in days:
        _set(page, day)
        shown = page.evaluate(CELLS)
        held = {
            f"{body} {actor}": (status, holds)
            for body, actor, status, holds in counted.filter(pl.col("day") == day)
            .select("body", "actor", "status", "holds")
            .iter_rows()
        }
        for cell, seen in shown.items():
            if cell in held:
                status, holds = held[cell]
                assert seen is not None, (day, cell)
                assert seen[0] == (SIGNS[status] if holds == "yes" else "?"), (day, cell, seen, held[cell])
            else:
                assert seen is None or seen[2] in ("withdrawn", "perhaps withdrawn"), (day, cell, seen)


def test_every_tie_of_a_state_of_the_region_has_its_cell(seen):
    study = seen.report.study
    held = ties(study, [study.about.last_day]).filter(pl.col("actor").is_in(list(study.about.members)))
    cells = set(seen.page.evaluate(CELLS))
    assert {f"{body} {actor}" for body, actor in held.select("body", "actor").iter_rows()} <= cells


def test_cells_stand_under_the_names_of_their_actors(seen):
    names = dict(seen.report.study.table("actors").select("id", "name").iter_rows())
    heads = seen.page.locator("#matrix thead th span").all_text_contents()
    assert len(set(heads)) == len(heads)
    lines = seen.page.evaluate(
        """() => [...document.querySelectorAll('#matrix tr[data-body]')].map((line) =>
        [line.dataset.body, [...line.querySelectorAll('td')].map((cell) => cell.dataset.cell)])"""
    )
    for body, cells in lines:
        assert [cell.split(" ")[0] for cell in cells] == [body] * len(heads)
        assert [names[cell.split(" ")[1]] for cell in cells] == heads


def test_the_slider_moves_by_keyboard(opened):
    page, study = opened.page, opened.report.study
    day = date(2005, 7, 1)
    _set(page, day)
    page.focus("#matrix-day")
    for key, step in (("ArrowRight", 1), ("ArrowRight", 1), ("ArrowLeft", -1), ("ArrowUp", 1)):
        page.keyboard.press(key)
        day += timedelta(days=step)
        assert page.input_value("#matrix-date") == day.isoformat()
        assert page.inner_text("#matrix-shown") == f"{day:%-d %B %Y}"
    page.keyboard.press("Home")
    assert page.input_value("#matrix-date") == study.about.first_day.isoformat()
    shown, expected = page.evaluate(CELLS), _expected(study, study.about.first_day)
    assert {cell for cell, seen in shown.items() if seen} == set(shown) & set(expected)
    page.keyboard.press("End")
    assert page.input_value("#matrix-date") == study.about.last_day.isoformat()


def test_the_slider_says_its_date_to_those_who_cannot_see_it(opened):
    """A range input reads out its value: a count of days since the year 1 tells nobody anything."""
    opened.page.focus("#matrix-day")
    opened.page.keyboard.press("ArrowLeft")
    said = opened.page.get_attribute("#matrix-day", "aria-valuetext")
    assert said == opened.page.inner_text("#matrix-shown")


def test_a_date_outside_the_study_is_brought_back_to_it(opened):
    last = opened.report.study.about.last_day
    _set(opened.page, date(2190, 1, 1))
    assert opened.page.input_value("#matrix-date") == last.isoformat()


def test_the_day_names_itself_before_anything_is_moved(seen):
    last = seen.report.study.about.last_day
    assert seen.page.inner_text("#matrix-shown") == f"{last:%-d %B %Y}"
    assert seen.page.locator("#matrix td button").count() > 50


def test_signs_open_their_rows(opened):
    page = opened.page
    for at in (0, 7, 21):
        sign = page.locator("#matrix td button").nth(at)
        ids = sign.get_attribute("data-rows").split(" ")
        sign.click()
        assert page.locator("#drawer .row").count() == len(ids)
        assert (
            page.locator("#drawer h4")
            .first.inner_text()
            .startswith(f"memberships, row {ids[0].split(':')[1]}")
        )
        page.keyboard.press("Escape")


def test_signs_name_body_and_actor_in_words(seen):
    """Whoever hears the table hears names, not the ids of the files."""
    study = seen.report.study
    names = dict(study.table("actors").select("id", "name").iter_rows())
    for sign in seen.page.locator("#matrix td button").all()[:12]:
        cell = sign.locator("xpath=..").get_attribute("data-cell")
        assert names[cell.split(" ")[1]] in sign.get_attribute("aria-label")


def test_the_first_column_and_the_head_stay_in_sight(opened):
    page = opened.page
    page.eval_on_selector("#matrix .scroll", "node => { node.scrollTop = 300; node.scrollLeft = 80; }")
    box = page.locator("#matrix .scroll").bounding_box()
    if page.eval_on_selector("#matrix .scroll", "node => node.scrollTop > 0"):
        head = page.locator("#matrix thead th").nth(3).bounding_box()
        assert abs(head["y"] - box["y"]) < 3
    name = page.locator("#matrix tr[data-body] th").nth(12).bounding_box()
    assert abs(name["x"] - box["x"]) < 3
