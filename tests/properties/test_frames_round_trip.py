"""Tables written as CSV and read again are the same frames."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from chaikhana.cli.output import flat
from chaikhana.study.derived import ORIGIN_KEYS, read_derived, write_derived
from chaikhana.study.loading import as_frame
from chaikhana.study.reading import decode, parse_table
from chaikhana.study.schema import BY_NAME, TABLES, Column, Kind
from chaikhana.study.study import Study

plain = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters='"'), max_size=12
).map(str.strip)
quoted = st.text(st.sampled_from("ab ,;\"\n'é—"), max_size=12).map(str.strip)
DATES = st.sampled_from(["", "1996", "1996-04", "1996-04-26", "1996~", "[1996..]", "[..1996]"])


def cells(column: Column) -> st.SearchStrategy[str]:
    if column.kind in (Kind.DATE, Kind.END):
        return DATES
    if column.kind in (Kind.LIST, Kind.LINKS):
        return st.lists(st.sampled_from(["trade", "law", "x-y", "a"]), unique=True, max_size=3).map("; ".join)
    if column.kind is Kind.NUMBER:
        return st.one_of(st.just(""), st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr))
    if column.kind is Kind.WHOLE:
        return st.one_of(st.just(""), st.integers(-999, 999).map(str))
    return st.one_of(plain, quoted)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """The name of a table, and its lines under a full header."""
    table = draw(st.sampled_from(TABLES))
    row = st.tuples(*(cells(column) for column in table.all_columns)).map(list)
    lines = draw(st.lists(row.filter(any), max_size=3))
    return table.name, lines


def as_text(header: list[str], lines: list[list[str]], ending: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ending).writerows([header, *lines])
    return out.getvalue()


@settings(max_examples=60)
@given(written(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_any_spelling_of_a_file_is_the_same_frame(
    given_table: tuple[str, list[list[str]]], ending: str, encoding: str
) -> None:
    name, lines = given_table
    table = BY_NAME[name]
    header = [column.name for column in table.all_columns]
    frames = []
    for text in (as_text(header, lines, "\n"), as_text(header, lines, ending)):
        decoded, _ = decode(f"{name}.csv", text.encode(encoding))
        raw, faults = parse_table(table, f"{name}.csv", decoded)
        assert faults == []
        assert raw is not None
        assert [[row[column] for column in header] for row in raw.rows] == lines
        frames.append(as_frame(table, raw))
    assert frames[0].equals(frames[1])


@settings(max_examples=60)
@given(written())
def test_a_frame_written_as_csv_is_read_as_the_same_frame(given_table: tuple[str, list[list[str]]]) -> None:
    name, lines = given_table
    table = BY_NAME[name]
    header = [column.name for column in table.all_columns]
    raw, _ = parse_table(table, "", as_text(header, lines, "\n"))
    frame = as_frame(table, raw)
    again, faults = parse_table(table, "", flat(frame.select(header)).write_csv())
    assert faults == []
    columns = [name for name in frame.columns if name != "row"]  # lines move where cells hold line ends
    assert as_frame(table, again).select(columns).equals(frame.select(columns))


def test_every_table_of_both_studies_survives(nordic: Study, central_asia: Study) -> None:
    for study in (nordic, central_asia):
        for table in TABLES:
            header = [column.name for column in table.all_columns]
            frame = study.frames[table.name]
            raw, faults = parse_table(table, "", flat(frame.select(header)).write_csv())
            assert faults == []
            columns = [name for name in frame.columns if name != "row"]
            assert as_frame(table, raw).select(columns).equals(frame.select(columns)), table.name


series = st.lists(
    st.fixed_dictionaries(
        {
            "actor": st.sampled_from(["kaz", "eu-median", "aaa"]),
            "session": st.integers(1, 99),
            "share": st.one_of(st.none(), st.floats(0, 1, width=32).map(float)),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25)
@given(series, st.text(max_size=30))
def test_a_derived_series_and_its_origin_survive(rows: list[dict[str, object]], said: str) -> None:
    frame = pl.DataFrame(rows, schema={"actor": pl.String, "session": pl.Int64, "share": pl.Float64})
    origin = {**dict.fromkeys(ORIGIN_KEYS, "x"), "citation": said}
    with tempfile.TemporaryDirectory() as folder:
        write_derived(Path(folder), "series", frame, origin)
        found, faults = read_derived(Path(folder))
    assert faults == []
    assert found["series"].origin == origin
    assert found["series"].frame.with_columns(pl.col("share").cast(pl.Float64)).equals(frame)
