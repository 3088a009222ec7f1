"""Armed conflicts: rows that are combinations put together again, the two forms of the file, sides without states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from chaikhana.errors import SourceError
from chaikhana.sources import store
from chaikhana.sources.store import Kept
from chaikhana.sources.ucdp_acd import ID
from samples.ucdp_acd import SAMPLES

NUMBERS = {
    "territory,": "1,", "government,": "2,", "both,": "3,",
    ",extrasystemic,": ",1,", ",interstate,": ",2,", ",intrastate,": ",3,", ",II,": ",4,",
}  # fmt: skip


@pytest.fixture
def kept(add_sample) -> Kept:
    return add_sample(ID, SAMPLES)


def test_one_row_a_conflict_and_year(kept: Kept) -> None:
    conflicts = kept.table("conflicts")
    assert conflicts.columns == [
        "conflict_id", "year", "incompatibility", "intensity", "type", "side_a", "side_a_2nd", "side_b", "side_b_2nd",
        "started", "started_precision", "episode_started", "episode_started_precision", "ended", "episode_ended",
    ]  # fmt: skip
    assert conflicts.select(conflicts.columns[:9]).rows() == [
        (9001, 1965, "government", "war", "internationalised-intrastate", [678], [], [], [651]),
        (9001, 1966, "government", "minor", "internationalised-intrastate", [678], [], [], [651]),
        (9002, 1999, "territory", "minor", "intrastate", [345], [], [], []),
        (9003, 2001, "government", "war", "interstate", [700], [], [2, 200], []),
        (9004, 1985, "both", "war", "internationalised-intrastate", [700], [365], [], []),
        (9005, 1992, "government", "war", "internationalised-intrastate", [702], [365, 704], [], []),
        (9006, 1947, "territory", "minor", "extrasystemic", [210], [], [], []),
        (9007, 1947, "territory", "minor", "interstate", [751], [], [750], []),
    ]


def test_when_it_began_and_when_it_ended(kept: Kept) -> None:
    assert kept.table("conflicts").select(pl.col("started") == pl.col("episode_started")).to_series().all()
    assert kept.table("conflicts").select(
        "started", "started_precision", "episode_started_precision", "ended", "episode_ended"
    ).rows()[:3] == [
        (date(1962, 11, 15), 2.0, 3.0, False, None),
        (date(1962, 11, 15), 2.0, 3.0, True, date(1966, 12, 31)),
        (date(1998, 3, 6), 1.0, 1.0, True, date(1999, 6, 9)),
    ]


def test_the_states_in_a_conflict(kept: Kept) -> None:
    parties = kept.table("parties")
    assert parties.columns == ["conflict_id", "year", "side", "gw", "state"]
    assert parties.select("conflict_id", "side", "gw", "state").unique(maintain_order=True).rows() == [
        (9001, "side_a", 678, "yar"),
        (9001, "side_b_2nd", 651, "egy"),
        (9002, "side_a", 345, "scg"),
        (9003, "side_a", 700, "afg"),
        (9003, "side_b", 2, "usa"),
        (9003, "side_b", 200, "gbr"),
        (9004, "side_a", 700, "afg"),
        (9004, "side_a_2nd", 365, "sun"),
        (9005, "side_a", 702, "tjk"),
        (9005, "side_a_2nd", 365, "rus"),
        (9005, "side_a_2nd", 704, "uzb"),
        (9006, "side_a", 210, "nld"),
        (9007, "side_a", 751, None),
        (9007, "side_b", 750, "ind"),
    ]
    assert kept.unresolved().rows() == [("parties.gw", "751", 1947, 1947, 1)]


def test_ucdp_s_own_form_says_the_same(kept: Kept, tmp_path: Path) -> None:
    """One row a conflict and year, with lists in its cells and numbers for words."""
    header, *rows = SAMPLES["conflicts"].decode().splitlines()
    rows = [row for row in rows if not row.startswith(("9003,2001,700,,2,", "9005,1992,702,365"))]
    text = "\n".join([header, *rows, ""])
    text = text.replace("700,,200,", '700,,"2, 200",').replace("702,704,", '702,"704, 365",')
    for word, number in NUMBERS.items():
        text = text.replace(word, number)
    path = tmp_path / "own.csv"
    path.write_text(text)
    [read] = store.add(ID, path, version="own")
    for table in ("conflicts", "parties"):
        assert read.tables[table].rows() == kept.table(table).rows()


def test_rows_of_one_conflict_that_contradict_each_other(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(SAMPLES["conflicts"].replace(b"700,,2,,government,2", b"700,,2,,government,1"))
    with pytest.raises(SourceError, match="rows of conflict 9003 in 2001 differ in more than their states"):
        store.add(ID, path, version="bad")
    assert [entry.version for entry in store.kept(ID)] == [kept.version]
