"""`datapackage.json`: the study described in the Frictionless standard (Data Package v1), made from the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chaikhana.study.schema import TABLES, Column, Kind, Table
from chaikhana.study.study import Study
from chaikhana.study.writing import replace_whole

FILE = "datapackage.json"
_TYPES = {Kind.NUMBER: "number", Kind.WHOLE: "integer"}
_LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}


def describe(study: Study) -> dict[str, Any]:
    """The data package of a study."""
    about = study.about
    return {
        "profile": "tabular-data-package",
        "name": about.id,
        "title": about.title,
        "version": about.version,
        "description": about.summary,
        "licenses": [{"name": about.licence, "path": _LICENCES[about.licence]}]
        if about.licence in _LICENCES
        else [{"name": about.licence}],
        "contributors": [{"title": author, "role": "author"} for author in about.authors],
        "resources": [
            _resource(study, table) for table in TABLES if (study.folder / f"{table.name}.csv").exists()
        ],
    }


def as_json(study: Study) -> str:
    """The data package as the file holds it."""
    return json.dumps(describe(study), ensure_ascii=False, indent=1) + "\n"


def write_datapackage(study: Study) -> Path:
    """Write `datapackage.json` into the study's folder."""
    path = study.folder / FILE
    replace_whole(path, as_json(study))
    return path


def _resource(study: Study, table: Table) -> dict[str, Any]:
    header = (study.folder / f"{table.name}.csv").read_text(encoding="utf-8-sig").split("\n", 1)[0]
    present = [cell.strip().strip('"') for cell in header.split(",")]
    schema: dict[str, Any] = {
        "fields": [_field(table.column(name)) for name in present],
        "missingValues": [""],
        "foreignKeys": [
            {"fields": column.name, "reference": {"resource": column.to[0], "fields": "id"}}
            for column in table.columns
            if column.kind is Kind.LINK and column.needed and column.name in present
        ],
    }
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": f"One row is {table.one_row_is}",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.needed else {}
    if column.kind is Kind.WORD:
        constraints["enum"] = list(column.allowed)
    described: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.says,
    }
    return {**described, "constraints": constraints} if constraints else described
