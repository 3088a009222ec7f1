"""A scenario: edits under a name, read from a small file or from flags, and written to a file again.

What it is: the edge at which somebody's supposition comes in. A file is TOML with a title and a list of ``[[edit]]``, each with
what to ``do``; every fault of it is told at once. Which actors and bodies there are is asked by `laying`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from chaikhana.errors import ScenarioError, allowed_values, shorten
from chaikhana.scenario.edits import EDITS, Edit, as_data

LARGEST = 1_000_000  # bytes of a file; a scenario of a thousand edits has a tenth of that


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is supposed.

    Attributes
    ----------
    id : str
        The name of its file, or empty.
    why : str
        What is asked by it, in a sentence or two.
    """

    title: str
    edits: tuple[Edit, ...]
    why: str = ""
    id: str = ""


def read_scenario(path: Path) -> Scenario:
    """The scenario in a file.

    Raises
    ------
    ScenarioError
        If the file is not as it should be, with everything that is wrong.
    """
    data = read_toml(path, "scenario")
    faults = [
        f"there is no key ‘{key}’. {allowed_values(key, ('title', 'why', 'edit'))}"
        for key in data
        if key not in ("title", "why", "edit")
    ]
    faults += [f"{key}: it is not text" for key in ("title", "why") if not isinstance(data.get(key, ""), str)]
    if not data.get("title"):
        faults.append("title: it is missing")
    listed = data.get("edit", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        faults.append("edit: write each edit as a table headed [[edit]]")
        listed = []
    edits: list[Edit] = []
    for number, one in enumerate(listed, start=1):
        try:
            edits.append(edit_of(one))
        except ScenarioError as error:
            faults += [f"edit {number}: {line}" for line in str(error).splitlines()]
    if faults:
        raise ScenarioError(
            f"{path.name} is no scenario as it stands:\n" + "\n".join(f"  {fault}" for fault in faults)
        )
    return Scenario(title=data["title"], edits=tuple(edits), why=data.get("why", ""), id=path.stem)


def edit_of(data: Mapping[str, Any]) -> Edit:
    """The edit that a table of a file describes.

    Raises
    ------
    ScenarioError
        With a line for each thing that is wrong with it.
    """
    kind = data.get("do", "")
    if kind not in EDITS:
        said = f"there is no edit ‘{shorten(str(kind))}’" if kind else "do: it is missing"
        raise ScenarioError(f"{said}. {allowed_values(str(kind), tuple(EDITS), most=20)}")
    try:
        return EDITS[kind].model_validate(data)
    except ValidationError as error:
        raise ScenarioError("\n".join(told_faults(error, EDITS[kind]))) from None


def told_faults(error: ValidationError, record: type[Any]) -> list[str]:
    """The faults that pydantic found, each as a line: where, what, what is allowed."""
    keys = [field.alias or name for name, field in record.model_fields.items()]
    lines = []
    for fault in error.errors():
        place = ", ".join(str(part) for part in fault["loc"])
        what = str(fault["msg"]).removeprefix("Value error, ")
        if fault["type"] == "missing":
            what = "it is missing"
        elif fault["type"] == "extra_forbidden":
            what = f"there is no such key. {allowed_values(place, keys, most=20)}"
        elif fault["type"] == "string_pattern_mismatch":
            what = f"‘{shorten(str(fault['input']))}’ is not an id: lower case, digits, hyphens"
        elif fault["type"] != "value_error":
            what = f"{what} (it is ‘{shorten(str(fault['input']))}’)"
        lines.append(f"{place}: {what}" if place else what)
    return lines


def read_toml(path: Path, what: str) -> dict[str, Any]:
    """The contents of a TOML file.

    Raises
    ------
    ScenarioError
        If there is none, or it cannot be read.
    """
    if not path.is_file():
        raise ScenarioError(f"There is no file {path}. Give the path of a {what}, a TOML file.")
    if path.stat().st_size > LARGEST:
        raise ScenarioError(f"{path.name} is larger than {LARGEST:,} bytes: it is no {what}.")
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ScenarioError(f"{path.name} is not TOML: {error}.") from None


def written(scenario: Scenario) -> str:
    """The scenario as the text of its file; `read_scenario` reads it back the same."""
    lines = [f"title = {_value(scenario.title)}"]
    lines += [f"why = {_value(scenario.why)}"] if scenario.why else []
    for edit in scenario.edits:
        lines += ["", "[[edit]]", *(f"{key} = {_value(value)}" for key, value in as_data(edit).items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    """A value as TOML writes it; a basic string of TOML is a string of JSON."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_value(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


# A flag's text is parted by colons into these keys; those in brackets may be left out.
FLAGS: Mapping[str, tuple[str, ...]] = {
    "join": ("actor", "body", "on", "[status]"),
    "leave": ("actor", "body", "on"),
    "suspend": ("actor", "body", "on", "[until]"),
    "status": ("actor", "body", "status", "on"),
    "end-body": ("body", "on"),
    "design": ("body", "attribute", "value", "on"),
    "lead": ("body", "actor", "on", "[kind]"),
    "unlead": ("body", "actor", "on"),
    "drop-agreement": ("agreement",),
}


def from_flag(kind: str, text: str) -> Edit:
    """The edit that a flag gives: ``--join ACTOR:BODY:2021-01-01``.

    Raises
    ------
    ScenarioError
        If it has too few or too many parts, or one of them is wrong.
    """
    keys = FLAGS[kind]
    parts = [part.strip() for part in text.split(":")]
    least = sum(not key.startswith("[") for key in keys)
    if not least <= len(parts) <= len(keys):
        shape = ":".join(key.strip("[]").upper().replace("ON", "DATE") for key in keys[:least])
        more = "".join(f"[:{key.strip('[]').upper()}]" for key in keys[least:])
        raise ScenarioError(f"--{kind} {shorten(text)}: write --{kind} {shape}{more}.")
    given = {key.strip("[]"): part for key, part in zip(keys, parts, strict=False)}
    try:
        return edit_of({"do": kind, **given})
    except ScenarioError as error:
        raise ScenarioError(f"--{kind} {shorten(text)}: {error}") from None


def move_from_flag(text: str) -> Edit:
    """The edit of ``--move TABLE:ID:COLUMN:DATE``, for tables whose rows have an id.

    Raises
    ------
    ScenarioError
        If it has not four parts, or one of them is wrong.
    """
    parts = [part.strip() for part in text.split(":")]
    if len(parts) != 4:
        raise ScenarioError(
            f"--move {shorten(text)}: write --move TABLE:ID:COLUMN:DATE, for instance --move "
            "agreements:some-treaty:signed:2016. For rows without an id write a scenario file with ‘where’."
        )
    table, row, column, to = parts
    try:
        return edit_of({"do": "move", "table": table, "where": {"id": row}, "column": column, "to": to})
    except ScenarioError as error:
        raise ScenarioError(f"--move {shorten(text)}: {error}") from None


def composed(scenarios: Sequence[Scenario]) -> Scenario:
    """Several scenarios as one, their edits one after another."""
    return Scenario(
        title="; ".join(one.title for one in scenarios),
        edits=tuple(edit for one in scenarios for edit in one.edits),
        why=" ".join(one.why for one in scenarios if one.why),
        id="+".join(one.id for one in scenarios if one.id),
    )
