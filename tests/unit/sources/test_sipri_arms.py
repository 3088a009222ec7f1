"""Arms transfers: broken records, marks of doubt, zeros that are none, values as intervals, tables of one supplier each."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from chaikhana.errors import SourceError
from chaikhana.sources import store
from chaikhana.sources.sipri_arms import DATASET, ID
from samples.sipri_arms import SAMPLES

COLUMNS = ["supplier", "recipient", "year", "tiv", "tiv_low", "tiv_high", "supplier_state", "recipient_state"]


@pytest.fixture
def register(add_sample) -> pl.DataFrame:
    return add_sample(ID, SAMPLES).table("register")


def test_orders(register: pl.DataFrame) -> None:
    assert register.select(
        "recipient", "supplier", "ordered", "number_ordered", "number_delivered", "status"
    ).rows() == [
        ("Kazakhstan", "Russia", 2010, 12.0, 12.0, "new"),
        ("Yugoslavia", "Soviet Union", 1975, 4.0, 4.0, "second-hand"),
        ("Serbia", "Germany", 2020, None, 0.0, "new"),
        ("Yemen", "United States", 2005, 10.0, 8.0, "second-hand-modernised"),
        ("Ukraine", "Sweden", 2024, 3.0, 0.0, "new"),
        ("Egypt", "France", 1980, 100.0, 100.0, "new"),
        ("Some rebels*", "unknown supplier(s)", 1990, 2.0, 2.0, "new"),
    ]


def test_a_record_broken_over_two_lines_is_one(register: pl.DataFrame) -> None:
    assert register["comments"].to_list() == [
        "Bü version; aid", None, "Contract not yet signed", "Aid", None, None, None,
    ]  # fmt: skip


def test_marks_of_doubt(register: pl.DataFrame) -> None:
    doubts = [name for name in register.columns if name.endswith("_uncertain")]
    assert register.select(doubts).rows() == [
        (False, True, False),
        (True, False, True),
        (True, False, False),
        (False, False, False),
        (False, False, False),
        (False, False, False),
        (True, True, True),
    ]


def test_years_of_delivery(register: pl.DataFrame) -> None:
    assert register.select("deliveries", "first_delivery", "last_delivery").rows()[:3] == [
        ("2011; 2012; 2014", 2011, 2014),
        ("1977", 1977, 1977),
        (None, None, None),
    ]


def test_a_value_that_is_not_known_yet_is_null_and_no_delivery_is_zero(register: pl.DataFrame) -> None:
    assert register.select("tiv_unit", "tiv_order", "tiv_delivered").rows() == [
        (1.5, 18.0, 18.0),
        (2.0, 8.0, 8.0),
        (0.25, None, 0.0),
        (0.4, 4.0, 3.2),
        (None, None, 0.0),
        (0.0, 0.4, 0.4),
        (0.1, 0.2, 0.2),
    ]


def test_states_of_the_register(register: pl.DataFrame) -> None:
    assert register.select("supplier_state", "recipient_state").rows() == [
        ("rus", "kaz"), ("sun", "yug"), ("deu", "srb"), ("usa", "yem"), ("swe", "ukr"), ("fra", "egy"), (None, None),
    ]  # fmt: skip


def test_values_by_year_are_intervals(add_sample) -> None:
    transfers = add_sample(ID, SAMPLES).table("transfers")
    assert transfers.columns == COLUMNS
    assert transfers.rows() == [
        ("Germany", "Serbia", 2010, 3.0, 2.5, 3.5, "deu", "srb"),
        ("Russia", "Kazakhstan", 1995, 0.0, 0.0, 0.5, "rus", "kaz"),
        ("Soviet Union", "Yugoslavia", 1990, 12.0, 11.5, 12.5, "sun", "yug"),
        ("Unknown supplier(s)", "Some rebels*", 1990, 1.0, 0.5, 1.5, None, None),
    ]


def test_an_export_table(add_sample) -> None:
    exports = add_sample(ID, SAMPLES).table("export_tables")
    assert exports.columns == COLUMNS
    assert exports.rows() == [
        ("Soviet Union", "Some rebels*", 1991, 2.0, 1.5, 2.5, "sun", None),
        ("Soviet Union", "Yemen", 1990, 0.0, 0.0, 0.5, "sun", "yem"),
        ("Soviet Union", "Yugoslavia", 1990, 12.0, 11.5, 12.5, "sun", "yug"),
        ("Soviet Union", "Yugoslavia", 1991, 7.0, 6.5, 7.5, "sun", "yug"),
    ]


def test_several_export_tables_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    folder = tmp_path / "tables"
    folder.mkdir()
    for supplier in ("Soviet Union", "Sweden"):
        content = SAMPLES["export-tables"].replace(b"Soviet Union", supplier.encode())
        (folder / f"{supplier}.csv").write_bytes(content)
    [read] = store.add(ID, folder, version="sample")
    assert read.tables["export_tables"]["supplier"].value_counts(sort=True).sort("supplier").rows() == [
        ("Soviet Union", 4),
        ("Sweden", 4),
    ]
    assert read.origin.rows == 8  # three recipients each, and the totals


def test_a_table_of_imports_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    path = tmp_path / "imports.csv"
    path.write_bytes(SAMPLES["export-tables"].replace(b"arms exports from", b"arms imports to"))
    with pytest.raises(
        SourceError, match=r"arms imports to Soviet Union.* is not that of a table of one supplier"
    ):
        store.add(ID, path, version="sample")


def test_a_table_of_many_is_known_by_its_digest_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some table that was seen has as many rows; this is none of those for that."""
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    [part] = [part for part in DATASET.parts if part.many]
    assert 4 in {release.rows for release in part.releases}
    path = tmp_path / "new.csv"
    path.write_bytes(SAMPLES["export-tables"])
    with pytest.raises(SourceError, match=r"4 rows, and is no version .* and 131 more"):
        store.add(ID, path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n,,,,,,\nTotal,12,9,,,21", b""),
        (b"Total,12,9", b"Total,12,19"),
        (b"Yugoslavia,12,7", b"Yugoslavia,,7"),
    ],
    ids=["cut at the end of a line", "another total", "a value lost"],
)
def test_a_table_that_does_not_add_up_is_refused(
    old: bytes, new: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    assert old in SAMPLES["export-tables"]
    path = tmp_path / "damaged.csv"
    path.write_bytes(SAMPLES["export-tables"].replace(old, new))
    with pytest.raises(SourceError, match=r"values of 199[01] do not add up to a row ‘Total’"):
        store.add(ID, path, version="sample")
    assert store.kept(ID) == []
