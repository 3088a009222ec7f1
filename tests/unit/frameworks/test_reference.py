"""The page of frameworks: every framework, rule and choice stands on it, and its tables are whole."""

from __future__ import annotations

from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.frameworks.reference import as_markdown


def test_everything_stands_on_the_page():
    page = as_markdown()
    for one in FRAMEWORKS:
        section = page.split(f"\n## {one.name}\n")[1].split("\n## ")[0]
        for level in one.levels:
            assert f"| {level} |" in section
        for rule in one.rules:
            assert f"| {rule.id} | {rule.locator} |" in section
        for choice in one.choices:
            assert f"| {choice.id} | {choice.says} | {choice.default} |" in section


def test_no_cell_breaks_a_table():
    for line in as_markdown().splitlines():
        if line.startswith("|"):
            assert line.endswith("|")
            assert line.count("|") in (3, 4, 5, 6), line
