"""The book has a place for each command, measure, framework, table and error; and a command that breaks, breaks it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from chaikhana.cli.main import app
from chaikhana.errors import ChaikhanaError
from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.measures.catalogue import MEASURES
from chaikhana.study.schema import TABLES

DOCS = Path(__file__).parents[2] / "docs"
sys.path.insert(0, str(DOCS / "_ext"))
import reference  # noqa: E402

JOBS = ("read-a-region", "check-claims", "classify", "compare-regions", "ask-what-if", "start-your-own-study",
        "take-it-away", "use-it-from-r", "use-it-from-stata")  # fmt: skip


def headings(name: str) -> list[str]:
    return re.findall(r"^## (.+)$", (DOCS / name).read_text("utf-8"), re.MULTILINE)


def test_every_command_has_its_place() -> None:
    names = [name for name, _ in reference._commands(typer.main.get_command(app), "chaikhana")]
    assert len(names) > 25 and headings("reference/commands.md") == names


def test_every_measure_framework_and_table_has_its_place() -> None:
    assert headings("reference/measures.md") == [entry.name for entry in MEASURES]
    assert set(headings("explanation/frameworks.md")) == {one.name for one in FRAMEWORKS}
    assert {f"{table.name}.csv" for table in TABLES} <= set(headings("study-format.md"))


def test_every_explained_framework_says_the_four_things() -> None:
    text = (DOCS / "explanation" / "frameworks.md").read_text("utf-8")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        told = " ".join(part.split()).lower()
        for said in ("**the paper**", "**we compute**", "**we depart**", "**what would change our mind**"):
            assert said in told, part[:40]


def test_every_error_has_its_place() -> None:
    kinds = {
        ChaikhanaError.__name__,
        *(kind.__name__ for kind in ChaikhanaError.__subclasses__() if kind.__module__ == "chaikhana.errors"),
    }
    assert kinds <= set(headings("reference/errors.md"))
    text = (DOCS / "reference" / "errors.md").read_text("utf-8")
    for rule in (
        "unknown-actor",
        "two-tables",
        "day-number",
        "differs-from-study",
        "broken-bibtex",
        "double-row",
    ):
        assert f"`{rule}`" in text, rule


def test_every_page_is_in_the_book_and_every_job_has_one() -> None:
    index = (DOCS / "index.md").read_text("utf-8")
    pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")} - {"index"}
    pages = {page for page in pages if not page.startswith("_")}
    assert pages == {line for line in index.splitlines() if line in pages}
    assert all(f"how-to/{job}" in pages for job in JOBS)


def test_pages_of_reference_are_as_the_code_has_them() -> None:
    for name, text in (
        ("commands", reference.commands()),
        ("measures", reference.measures()),
        ("errors", reference.error_page()),
    ):
        assert (DOCS / "reference" / f"{name}.md").read_text("utf-8") == text.rstrip("\n") + "\n", (
            f"run make docs: {name}"
        )


@pytest.mark.parametrize(
    ("command", "whole"), [("chaikhana study list", True), ("chaikhana studdy list", False)]
)
def test_a_broken_command_in_a_page_ends_the_build(tmp_path: Path, command: str, whole: bool) -> None:
    book = tmp_path / "book"
    book.mkdir()
    extension = str(DOCS / "_ext")
    conf = f"import sys\nsys.path.insert(0, {extension!r})\nextensions = ['myst_parser', 'running']\nhtml_theme = 'basic'\n"
    (book / "conf.py").write_text(conf, "utf-8")
    (book / "index.md").write_text(f"# A page\n\n```{{run}}\n{command}\n```\n", "utf-8")
    build = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(book), str(tmp_path / "html")]
    built = subprocess.run(build, capture_output=True, text=True, check=False)
    assert (built.returncode == 0) is whole, built.stderr
    if whole:
        assert "central-asia" in (tmp_path / "html" / "index.html").read_text("utf-8")
    else:
        assert "No such command" in built.stderr
