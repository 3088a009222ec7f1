"""An initiative: something that states could do together, as it is put to the study.

What it is: the description that `formats` answers. The scale of depth is ours, made of the steps that Moldashev and Qoraboyev
2018 speak of (dialogue, consensus, treaties, formal structures, supranational decisions, a common external tariff) and the
joint forces of Mayer 2021, section 3; an initiative without a tariff or a force of its own has no more than binding decisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from chaikhana.core.dates import parse_day
from chaikhana.errors import BadValueError, ScenarioError, allowed_values
from chaikhana.scenario.scenario import read_toml, told_faults
from chaikhana.study.study import Study

DIALOGUE, TARIFF, FORCE = "dialogue", "common-tariff", "joint-force"
DEPTHS: Mapping[str, str] = MappingProxyType(
    {
        DIALOGUE: "talks without a text",
        "declaration": "a text that binds nobody in law",
        "treaty": "a text that binds in law",
        "secretariat": "a treaty with a standing staff",
        "binding-decisions": "organs whose decisions bind their members",
        TARIFF: "one external tariff for all members",
        FORCE: "forces under one command",
    }
)
HIERARCHY = ("binding-decisions", TARIFF, FORCE)
"""Depths with a supranational mode of decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """What is proposed.

    Attributes
    ----------
    issue : str
        One of the study's issues.
    depth : str
        One of `DEPTHS`.
    open : bool
        Whether others of the region may join later.
    invited : tuple of str
        Outsiders that are asked; without any, each outsider of the study is tried.
    lead : str
        Who leads it, empty where nobody does.
    """

    title: str
    issue: str
    depth: str
    on: date
    open: bool = True
    invited: tuple[str, ...] = ()
    lead: str = ""
    why: str = ""
    id: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    title: Annotated[str, Field(min_length=1)]
    why: str = ""
    issue: str
    depth: Annotated[str, AfterValidator(lambda text: _depth(text))]
    openness: Annotated[str, AfterValidator(lambda text: _openness(text))] = Field(
        default="open", alias="open-or-closed"
    )
    invited: list[str] = Field(default_factory=list, alias="with")
    lead: str = ""
    on: str = ""


def _depth(text: str) -> str:
    if text not in DEPTHS:
        raise ValueError(f"there is no depth ‘{text}’. {allowed_values(text, tuple(DEPTHS))}")
    return text


def _openness(text: str) -> str:
    if text not in ("open", "closed"):
        raise ValueError(f"‘{text}’ is neither open nor closed")
    return text


def initiative(
    study: Study,
    *,
    issue: str,
    depth: str,
    on: date | None = None,
    is_open: bool = True,
    invited: Sequence[str] = (),
    lead: str = "",
    title: str = "",
    why: str = "",
    name: str = "",
) -> Initiative:
    """An initiative that the study can be asked about.

    Raises
    ------
    ScenarioError
        With everything that is wrong: an issue, depth or actor that there is not, a day beyond the study.
    """
    about = study.about
    outsiders = (*about.powers, *about.others)
    actors = set(study.table("actors")["id"])
    faults = []
    if issue not in about.issues:
        faults.append(
            f"there is no issue ‘{issue}’ in {about.id}. {allowed_values(issue, sorted(about.issues), most=40)}"
        )
    if depth not in DEPTHS:
        faults.append(f"there is no depth ‘{depth}’. {allowed_values(depth, tuple(DEPTHS))}")
    for actor in invited:
        if actor in about.members:
            faults.append(f"{actor} is of the region, and in the formats anyhow: with names outsiders.")
        elif actor not in actors:
            faults.append(f"there is no actor ‘{actor}’. {allowed_values(actor, sorted(outsiders))}")
    if len(set(invited)) < len(invited):
        faults.append("an outsider is invited twice.")
    if lead and lead not in actors:
        faults.append(
            f"there is no actor ‘{lead}’ to lead it. {allowed_values(lead, sorted((*about.members, *outsiders)))}"
        )
    day = on or about.last_day
    if not about.first_day <= day <= about.last_day:
        faults.append(f"the study speaks of {about.first_day} to {about.last_day}, not of {day}.")
    if faults:
        raise ScenarioError(
            "\n".join(["This cannot be put to the study as it stands:", *(f"  {one}" for one in faults)])
        )
    return Initiative(
        title=title or f"{about.issues[issue].capitalize()}: {DEPTHS[depth]}",
        issue=issue,
        depth=depth,
        on=day,
        open=is_open,
        invited=tuple(invited),
        lead=lead,
        why=why,
        id=name,
    )


def read_initiative(study: Study, path: Path) -> Initiative:
    """The initiative in a file.

    Raises
    ------
    ScenarioError
        If the file is not as it should be, or cannot be put to the study.
    """
    data = read_toml(path, "initiative")
    try:
        found = _File.model_validate(data)
    except ValidationError as error:
        lines = [f"  {line}" for line in told_faults(error, _File)]
        raise ScenarioError("\n".join([f"{path.name} is no initiative as it stands:", *lines])) from None
    try:
        day = parse_day(found.on) if found.on else None
    except BadValueError as error:
        raise ScenarioError(f"{path.name}, on: {error}") from None
    try:
        return initiative(
            study,
            issue=found.issue,
            depth=found.depth,
            on=day,
            is_open=found.openness == "open",
            invited=found.invited,
            lead=found.lead,
            title=found.title,
            why=found.why,
            name=path.stem,
        )
    except ScenarioError as error:
        raise ScenarioError(f"{path.name}: {error}") from None
