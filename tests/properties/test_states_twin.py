"""The crosswalk's join against a slow, obvious look-up of each code, row by row; and the order of its tables."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from functools import lru_cache
from importlib.resources import files

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.sources.states import REGIMES, resolve


@lru_cache(maxsize=2)
def table(file: str) -> list[dict[str, str]]:
    with (files("chaikhana.sources") / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def rows_of(kind: str) -> list[dict[str, str]]:
    return table("state_names.csv" if kind == "name" else "states.csv")


def plain(kind: str, code: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", code).split())
    if kind == "name":
        return text.lower()
    return text.lstrip("0") if text.isdigit() and kind in ("iso_n", "cow", "gw", "polity") else text


def slowly(kind: str, code: str, year: int | None) -> str | None:
    """The rules of `resolve` for one code, row by row, with the calendar of the standard library."""
    rows = rows_of(kind)
    spells: list[tuple[date, date, str]] = []
    for row in rows:
        held = row[kind]
        usual = not row["note"].startswith(("alias:", "outside:"))
        if not held and usual and kind in ("cow", "gw"):
            others = {
                other[kind]
                for other in rows
                if other["id"] == row["id"] and not other["note"].startswith(("alias:", "outside:"))
            } - {""}
            held = others.pop() if len(others) == 1 else ""
        if held and plain(kind, held) == plain(kind, code):
            begins, ends = (
                date.min if row["from"] in ("", "..") else date.fromisoformat(row["from"]),
                date.max if row["to"] in ("", "..") else date.fromisoformat(row["to"]),
            )
            spells.append((begins, ends, row["id"]))
    holders = {holder for *_, holder in spells}
    if year is None or (kind in ("polity", "vdem") and len(holders) == 1):
        ended = year is not None and spells and date(year, 1, 1) >= max(ends for _, ends, _ in spells)
        return holders.pop() if len(holders) == 1 and not ended else None
    within = [
        (begins, holder)
        for begins, ends, holder in spells
        if begins <= date(year, 12, 31) and ends > date(year, 1, 1)
    ]
    return max(within)[1] if within else None


CODES = [
    (kind, code)
    for kind in REGIMES
    for code in [*sorted({row[kind] for row in rows_of(kind)}), "999", "XX", "XXX", "Atlantis"]
    if code
]
WHEN = st.one_of(
    st.none(),
    st.integers(1780, 2030),
    # the years in which something changed, and those beside them
    st.sampled_from(
        sorted(
            {int(row[end][:4]) for row in table("states.csv") for end in ("from", "to") if row[end] != ".."}
        )
    ).flatmap(lambda year: st.integers(year - 1, year + 1)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CODES), WHEN), min_size=1, max_size=25))
def test_the_join_agrees_with_a_slow_twin(asked: list[tuple[tuple[str, str], int | None]]) -> None:
    for kind in REGIMES:
        mine = [(code, year) for (regime, code), year in asked if regime == kind]
        frame = pl.DataFrame(mine, schema={"code": pl.String, "year": pl.Int32}, orient="row")
        found = resolve(frame, kind, "code")
        assert found.select("code", "year").equals(frame)
        assert found["actor"].to_list() == [slowly(kind, code, year) for code, year in mine]


@pytest.mark.parametrize("file", ["states.csv", "state_names.csv"])
def test_the_tables_are_in_order(file: str) -> None:
    rows = table(file)
    keys = [
        (row["name"].casefold(), row["from"])
        if file == "state_names.csv"
        else (row["id"], row["note"].startswith("alias:"), row["from"], row["iso2"], row["note"])
        for row in rows
    ]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert all(value == value.strip() for row in rows for value in row.values())
