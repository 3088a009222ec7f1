"""Every row of the study inside the page, so that any cell leads to its sources without a network.

What it is: the tables and the data of figures as JSON, put into the page once. The page's script shows rows in a
drawer, makes CSV files from the data, and lists any table; row ids are ``table:line``, as in the study's files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import polars as pl

from chaikhana.core.measured import ROWS
from chaikhana.study.schema import BY_NAME
from chaikhana.study.study import Study

RECURRING = 0.8  # share of distinct values above which a column is written as it is


def rows_of(study: Study) -> dict[str, Any]:
    """Each table: its columns, and its rows as they stand in the files."""
    found: dict[str, Any] = {}
    for name, frame in study.frames.items():
        columns = [column.name for column in BY_NAME[name].all_columns]
        used = [
            column
            for column in columns
            if any(_cell(value) not in ("", None) for value in frame[column].to_list())
        ]
        found[name] = {
            "is": BY_NAME[name].one_row_is,
            "columns": used,
            "lines": [int(row.partition(":")[2]) for row in frame["row"]],
            "cells": [packed([_cell(value) for value in frame[column].to_list()]) for column in used],
        }
    return found


def data_of(frame: pl.DataFrame) -> dict[str, Any]:
    """A figure's or table's data: columns and values, lists joined, row ids kept apart (one text where all are the same)."""
    columns = [name for name in frame.columns if name != ROWS]
    data: dict[str, Any] = {
        "columns": columns,
        "cells": [packed([_cell(value) for value in frame[name].to_list()]) for name in columns],
    }
    if ROWS in frame.columns:
        traced = [
            _told_once(dict.fromkeys(row for row in rows or [] if row)) for rows in frame[ROWS].to_list()
        ]
        # a series of one origin names it once, which spares a page some hundred kilobytes
        data["rows"] = traced[0] if len(set(traced)) == 1 else packed(traced)
    return data


def _told_once(rows: Iterable[str]) -> str:
    """Row ids in a line, each table named once for all that follow: ``memberships:12 15 bodies:3``."""
    parts, before = [], ""
    for row in rows:
        table, _, line = row.partition(":")
        parts.append(line if table == before else row)
        before = table
    return " ".join(parts)


def packed(cells: list[Any]) -> list[Any] | dict[str, list[Any]]:
    """A column for the page: as it is, or, where that is shorter, each value once and which stands where.

    Returns
    -------
    list or dict
        ``{"of": values, "at": places}`` where a value recurs more often than one in five cells; a page of some thousand rows is
        shorter by a third.
    """
    of = list(dict.fromkeys(cells))
    if len(of) > RECURRING * len(cells):
        return cells
    place = {value: number for number, value in enumerate(of)}
    return {"of": of, "at": [place[value] for value in cells]}


def embed(value: Any) -> str:
    """JSON that can stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    if isinstance(value, float):
        return round(value, 4) if value == value else None
    return value if isinstance(value, (int, str)) or value is None else str(value)
