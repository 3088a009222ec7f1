"""The order of the house: which way imports go, what no line of code names, and that ARCHITECTURE.md is true."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns

import polars as pl
import pytest

from chaikhana.sources.catalogue import DATASETS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "chaikhana"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
# each contract: a module, and the line that breaks the contract there
VIOLATIONS = {
    "layers": [
        ("errors.py", "from chaikhana.core.truth import Truth"),
        ("core/dates.py", "from chaikhana.methods import agreement"),
        ("methods/agreement.py", "from chaikhana.core import truth"),
        ("sources/states.py", "from chaikhana.study import schema"),
        ("measures/groups.py", "from chaikhana.frameworks import running"),
        ("measures/groups.py", "from chaikhana.report import names"),
        ("report/names.py", "from chaikhana.web import page"),
        ("web/page.py", "from chaikhana.cli import output"),
        ("report/names.py", "def hidden():\n    from chaikhana.cli import output\n    return output"),
    ],
    "measures": [("measures/exclusivity.py", "from chaikhana.measures import groups")],
    "frameworks": [
        ("frameworks/hettne_2000_regionness.py", "from chaikhana.frameworks import robustness"),
        ("frameworks/hettne_2000_regionness.py", "import chaikhana.frameworks.catalogue"),
    ],
    "readers": [("sources/cow_igo.py", "from chaikhana.sources import un_votes")],
    "pages": [("web/pages/sql.py", "from chaikhana.web.pages import claims")],
    "chapters": [("report/chapters/agreements.py", "from chaikhana.report.chapters import groups")],
    "store": [("study/about.py", "from chaikhana.sources import cow_igo")],
    "drawing": [("core/truth.py", "import altair"), ("measures/groups.py", "import jinja2")],
}
BREACHES = [(contract, *breach) for contract, breaches in VIOLATIONS.items() for breach in breaches]
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
# tables of all states, and of cells of published datasets
TABLES = ("sources/states.csv", "sources/state_names.csv", "sources/corrections.csv")
SOURCES = sorted(
    path
    for path in PACKAGE.rglob("*")
    if path.is_file()
    and not {"studies", "corpus", "comparisons", "tables"} & set(path.relative_to(PACKAGE).parts)
    and "__pycache__" not in path.parts
    and path.relative_to(PACKAGE).as_posix() not in TABLES
)


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package that lies under `folder`."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())",
            "--no-cache",
            *options,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    copytree(PACKAGE, tmp_path / "src" / "chaikhana", ignore=ignore_patterns("*.csv", "*.bib", "__pycache__"))
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tmp_path


def test_imports_go_one_way() -> None:
    ran = lint(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


def test_every_contract_has_its_violation() -> None:
    assert set(VIOLATIONS) == {contract["id"] for contract in CONTRACTS["contracts"]}


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_a_violation_is_caught(contract: str, module: str, line: str, copy: Path) -> None:
    path = copy / "src" / "chaikhana" / module
    assert path.exists()
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    ran = lint(copy, "--contract", contract)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "0 kept, 1 broken" in ran.stdout
    assert f"chaikhana.{module.removesuffix('.py').replace('/', '.')}" in ran.stdout


def test_the_copy_itself_breaks_nothing(copy: Path) -> None:
    assert lint(copy).returncode == 0


def words_of_the_study() -> Iterator[str]:
    """Names that can mean nothing but the region, its states or its own bodies."""
    folder = PACKAGE / "studies" / "central_asia"
    actors, bodies = (
        pl.read_csv(folder / f"{table}.csv", infer_schema=False).fill_null("")
        for table in ("actors", "bodies")
    )
    members = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["members"]
    own = actors.filter(pl.col("id").is_in(members))
    yield from ("central asia", "eurasian", "shanghai five", *members, *own["name"])
    yield from ("kazakh", "kyrgyz", "tajik", "turkmen", "uzbek")
    for row in bodies.iter_rows(named=True):
        plain = {
            "un",
            "eu",
            "msc",
            "cu",
            "au",
            "eco",
            "who",
            "nam",
            "ida",
            "ses",
            *(part for known in DATASETS for part in known.id.split("-")),
        }  # words, of the whole world, or the name of a dataset
        yield from (
            word for word in (row["id"], row["acronym"]) if len(word) > 2 and word.lower() not in plain
        )
        if len(row["name"].split()) > 1 and row["id"] not in plain:
            yield row["name"]


WORDS = re.compile(
    r"(?<![a-z0-9])(?:"
    + "|".join(
        sorted(
            {re.escape(word.lower()).replace(r"\ ", r"[\s_-]+") for word in words_of_the_study()},
            key=len,
            reverse=True,
        )
    )
    + r")(?![a-z0-9])"
)


def test_the_words_are_those_meant() -> None:
    for text in (
        "Central Asia",
        "central_asia",
        "KAZAKHSTAN",
        "csto",
        "SCO",
        "the EAEU's",
        '"uzb"',
        "Kyrgyz",
    ):
        assert WORDS.search(text.lower()), text
    for text in ("score", "economic", "whole", "disco", "Europe", "United Nations votes", "who is in what"):
        assert not WORDS.search(text.lower()), text


CITING = ("obstacles.py",)  # modules that name the place in a paper beside each thing that they find


def without_citations(text: str) -> str:
    """The text of a module without its header and the places that it cites, which name a paper's own title and sections.

    Only where citing is what a module is for: a locator is ``key, section …`` inside quotation marks.
    """
    header = ast.get_docstring(ast.parse(text), clean=False) or ""
    return re.sub(r'"[a-z]+\d{4}, [^"\n]*"', '""', text.replace(header, "", 1))


def test_only_citations_are_left_out() -> None:
    module = '"""After Mayer on Central Asia."""\nA = "mayer2021, section Central Asia"\nB = "Central Asia"\n'
    assert WORDS.findall(without_citations(module).lower()) == ["central asia"]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_code_knows_the_region(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "frameworks" or path.name in CITING:
        text = without_citations(text)
    found = [
        f"line {text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for match in WORDS.finditer(text.lower())
    ]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_and_every_public_function_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.name != "__init__.py" or tree.body:
        assert ast.get_docstring(tree), "the module has no docstring"
    public = [node for node in tree.body if not getattr(node, "name", "_").startswith("_")]
    public += [
        inner
        for node in public
        if isinstance(node, ast.ClassDef)
        for inner in node.body
        if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_")
    ]
    silent = [
        node.name
        for node in public
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_studies_hold_no_code() -> None:
    assert [name(path) for path in (PACKAGE / "studies").rglob("*.py")] == ["studies/__init__.py"]


def test_packages_hold_no_code_beyond_exports() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)], name(
            path
        )


def inventory() -> set[str]:
    """The modules that ARCHITECTURE.md names, from the package's root."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w./-])((?:[\w-]+/)*\w+\.py)\b", text))
    elsewhere = ("tests/", "benchmarks/", "docs/")
    return {
        path.removeprefix("src/").removeprefix("chaikhana/")
        for path in named
        if not path.startswith(elsewhere)
    }


def test_architecture_names_every_module() -> None:
    modules = {name(path) for path in MODULES if path.name != "__init__.py"}
    assert modules - inventory() == set()


def test_every_module_that_architecture_names_exists() -> None:
    modules = {name(path) for path in MODULES}
    assert inventory() - modules == set()
