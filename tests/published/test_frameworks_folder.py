"""Every framework: its rules have a place in the paper, and what is ours is declared, used and varied."""

from __future__ import annotations

import ast
import math
import os
import re
from datetime import date
from pathlib import Path

import pytest

from chaikhana.core.findings import Framework, Verdict
from chaikhana.core.vocabulary import FRAMEWORKS as NAMES
from chaikhana.frameworks import catalogue, running
from chaikhana.frameworks.robustness import robust

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src" / "chaikhana" / "frameworks"
SHARED = ("__init__", "catalogue", "running", "robustness", "reference", "on_sources")
PAPERS = Path(os.environ.get("CHAIKHANA_PAPERS") or ROOT.parent / "shared" / "papers")
TEXTS = {
    "tskhay2020": "tskhay-costa-buranelli-2020.txt",
    "costaburanelli2021": "costa-buranelli-2021.txt",
    "thesis2018": "central-asia-integration-thesis-2018.txt",
    "mayer2021": "mayer-2021.txt",
    "moldashev2018": "moldashev-qoraboyev-2018.txt",
}
MODULES = sorted(path for path in FOLDER.glob("*.py") if path.stem not in SHARED)
RULES = [(framework, rule) for framework in catalogue.FRAMEWORKS for rule in framework.rules]
every_framework = pytest.mark.parametrize("framework", catalogue.FRAMEWORKS, ids=lambda one: one.name)


def test_every_framework_of_the_papers_is_there():
    assert sorted(framework.name for framework in catalogue.FRAMEWORKS) == sorted(NAMES)


def test_every_file_of_the_folder_is_in_the_catalogue():
    assert len(MODULES) == len(catalogue.FRAMEWORKS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_has_the_parts_of_a_framework(path):
    defined = {
        target.id
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        for target in (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        if isinstance(target, ast.Name)
    }
    functions = {
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert {"REFERENCE", "LEVELS", "RULES", "CHOICES"} <= defined
    assert {"classify", "gather", "judge", "subjects"} <= functions


def sections_of(text: str) -> set[str]:
    """The headings of a paper's text: numbers, and titles that stand alone on a line."""
    numbered = set(re.findall(r"^(\d+(?:\.\d+)*)\.? [A-Z(]", text, flags=re.MULTILINE))
    return numbered | {line.strip() for line in text.splitlines() if 3 < len(line.strip()) < 90}


@pytest.mark.parametrize(("_framework", "rule"), RULES, ids=[f"{one.name}-{rule.id}" for one, rule in RULES])
def test_a_rule_has_a_place_that_exists_in_the_paper(_framework: Framework, rule, central_asia):
    for place in rule.locator.split(";"):
        key, _, where = place.strip().partition(", ")
        assert key in central_asia.about.papers, rule.locator
        assert where, f"{rule.id} names no place in {key}"
        if not PAPERS.is_dir():
            pytest.skip(f"the papers' texts are not in {PAPERS}; set CHAIKHANA_PAPERS to their folder")
        text = (PAPERS / TEXTS[key]).read_text(encoding="utf-8")
        headings = sections_of(text)
        found = re.match(r"sections? (.+)", where)
        if found is None:
            assert re.match(r"(introduction|abstract|conclusions?)\b", where, flags=re.IGNORECASE), (
                rule.locator
            )
            continue
        told = found[1]
        number = re.match(r"\d+(?:\.\d+)*", told)
        if number:
            assert number[0] in headings, rule.locator
        else:
            title = re.split(
                r", (?:note|notes|par|paragraph|paragraphs|first|second|third|fourth|fifth|point)\b", told
            )[0]
            flat = " ".join(text.split())
            assert title in flat or title in headings, rule.locator
        for note in re.findall(r"notes? (\d+)", told):
            assert re.search(rf"(?<!\d){note}(?!\d)", text), rule.locator


@every_framework
def test_what_is_ours_is_declared_and_varied(framework):
    assert math.prod(len(choice.values) for choice in framework.choices) >= 1000
    assert len({choice.id for choice in framework.choices}) == len(framework.choices)
    for choice in framework.choices:
        assert choice.default in choice.values
        assert len(set(choice.values)) > 1, choice.id
        assert bool(choice.locator) == (choice.basis == "paper"), choice.id


@every_framework
def test_every_choice_is_read_where_it_is_judged(framework):
    module = next(
        path for path in MODULES if f"module:{framework.judge.__module__}".endswith(f".{path.stem}")
    )
    text = module.read_text(encoding="utf-8")
    for choice in framework.choices:
        if choice.id == "unknowns":
            assert "settled(" in text or "narrowed(" in text or '"unknowns"' in text
        else:
            assert text.count(f'"{choice.id}"') >= 2, f"{choice.id} is declared and not used"


@every_framework
def test_a_thousand_specifications(framework, central_asia):
    subject = framework.subjects(central_asia)[0]
    found = robust(framework, central_asia, subject, date(2018, 12, 31), most=1000)
    assert found.specifications == 1000
    assert 0 < found.share <= 1
    assert found.outcomes[0][2] <= 1000


@every_framework
@pytest.mark.parametrize("year", [1992, 1997, 2002, 2008, 2014, 2019, 2024])
def test_every_subject_has_a_finding(framework, year, central_asia):
    for subject in framework.subjects(central_asia)[:6]:
        found = framework.judge(
            running.gathered(framework, central_asia, subject, date(year, 12, 31)),
            {choice.id: choice.default for choice in framework.choices},
        )
        assert found.framework == framework.name
        assert (found.verdict is Verdict.UNDETERMINED) <= bool(found.missing), (subject, found.label)
        assert found.label or found.verdict is Verdict.UNDETERMINED
        assert {step.rule for step in found.steps} <= {rule.id for rule in framework.rules}


def test_memberships_of_other_states_alone(data):
    from chaikhana.frameworks.on_sources import study_of_states
    from chaikhana.sources import store

    store.add("cow-igo-v3", next((data / "cow_igo_v3").glob("state_year*")))
    study = study_of_states(store.chosen("cow-igo-v3"), ["dnk", "fin", "isl", "nor", "swe"])
    for framework in catalogue.FRAMEWORKS:
        for subject in framework.subjects(study)[:3]:
            found = running.classify(framework, study, subject, date(2010, 12, 31))
            assert found.verdict is not Verdict.UNDETERMINED or found.missing, (framework.name, subject)
    embedded = catalogue.framework("embedded-revisionism")
    for found in running.of_all(embedded, study, date(2010, 12, 31), given={"unknowns": "low"}):
        assert found.label in embedded.levels  # memberships suffice, once unknown ones count as none
