"""The scenarios and initiatives that a study carries, in its folders `scenarios` and `initiatives`.

What it is: how one is named on the command line, and where the report finds those that it works through.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chaikhana.errors import ScenarioError, allowed_values
from chaikhana.scenario.initiative import Initiative, read_initiative
from chaikhana.scenario.scenario import Scenario, read_scenario
from chaikhana.study.study import Study

SCENARIOS, INITIATIVES = "scenarios", "initiatives"


def carried(study: Study) -> list[Path]:
    """The files of all scenarios and initiatives of a study."""
    return [*_files(study, SCENARIOS), *_files(study, INITIATIVES)]


def scenarios(study: Study) -> Mapping[str, Scenario]:
    """The scenarios of a study's folder by name."""
    return {path.stem: read_scenario(path) for path in _files(study, SCENARIOS)}


def initiatives(study: Study) -> Mapping[str, Initiative]:
    """The initiatives of a study's folder by name."""
    return {path.stem: read_initiative(study, path) for path in _files(study, INITIATIVES)}


def scenario_of(study: Study, name: str) -> Scenario:
    """The scenario of that name in the study's folder, or in a file.

    Raises
    ------
    ScenarioError
        If there is neither, or it is not as it should be.
    """
    return read_scenario(_named(study, SCENARIOS, "scenario", name))


def initiative_of(study: Study, name: str) -> Initiative:
    """The initiative of that name in the study's folder, or in a file.

    Raises
    ------
    ScenarioError
        If there is neither, or it is not as it should be.
    """
    return read_initiative(study, _named(study, INITIATIVES, "initiative", name))


def _files(study: Study, folder: str) -> list[Path]:
    return sorted((study.folder / folder).glob("*.toml"))


def _named(study: Study, folder: str, what: str, name: str) -> Path:
    known = {path.stem: path for path in _files(study, folder)}
    path = known.get(name, Path(name))
    if not path.is_file():
        raise ScenarioError(
            f"There is no {what} ‘{name}’: neither in {study.about.id} nor as a file. {allowed_values(name, sorted(known))}"
        )
    return path
