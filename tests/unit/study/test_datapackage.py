"""`datapackage.json` is a valid Data Package for the tool that the standard's makers give out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from chaikhana.study.datapackage import FILE, as_json, describe, write_datapackage
from chaikhana.study.loading import load_study
from chaikhana.study.schema import TABLES
from chaikhana.study.study import Study


@pytest.mark.parametrize("name", ["nordic", "central_asia"])
def test_frictionless_finds_it_valid(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    study: Study = request.getfixturevalue(name)
    folder = copytree(study.folder, tmp_path / "study", ignore=lambda *_: {"datapackage.json"})
    write_datapackage(load_study(folder))
    ran = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", FILE, "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(ran.stdout)
    told = [error["message"] for task in report["tasks"] for error in task["errors"]]
    assert report["valid"], [*told, *report["errors"]][:5]
    assert len(report["tasks"]) == len(TABLES)


@pytest.mark.parametrize("name", ["nordic", "central_asia"])
def test_the_committed_one_is_up_to_date(name: str, request: pytest.FixtureRequest) -> None:
    study: Study = request.getfixturevalue(name)
    committed = study.folder / FILE
    if not committed.exists():
        pytest.skip(f"{study.about.id} has no committed {FILE}")
    assert committed.read_text(encoding="utf-8") == as_json(study)


def test_what_it_says(nordic: Study) -> None:
    package = describe(nordic)
    assert (package["name"], package["version"]) == ("nordic", "0.1.0")
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    memberships = next(item for item in package["resources"] if item["name"] == "memberships")
    fields = {field["name"]: field for field in memberships["schema"]["fields"]}
    assert list(fields)[:5] == ["actor", "body", "status", "from", "to"]
    assert fields["status"]["constraints"]["required"]
    assert "founder-member" in fields["status"]["constraints"]["enum"]
    assert memberships["schema"]["foreignKeys"] == [
        {"fields": "actor", "reference": {"resource": "actors", "fields": "id"}},
        {"fields": "body", "reference": {"resource": "bodies", "fields": "id"}},
    ]
