"""Accessions to the General Agreement: days, names of the time, a customs territory that is no state."""

from __future__ import annotations

from datetime import date

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources.gatt_wto import ID
from samples.gatt_wto import SAMPLES


def test_accessions_cell_by_cell(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    accessions = kept.table("accessions")
    assert accessions.columns == ["country", "date", "year", "state"]
    assert accessions.rows() == [
        ("United Kingdom", date(1948, 1, 1), 1948, "gbr"),
        ("Germany", date(1951, 10, 1), 1951, "deu"),
        ("Côte d'Ivoire", date(1963, 12, 31), 1963, "civ"),
        ("Yugoslavia", date(1966, 8, 25), 1966, "yug"),
        ("Korea, Republic of", date(1967, 4, 14), 1967, "kor"),
        ("Zaire", date(1971, 9, 11), 1971, "cod"),
        ("Hong Kong", date(1986, 4, 23), 1986, None),
    ]
    assert kept.unresolved().rows() == [("accessions.country", "Hong Kong", 1986, 1986, 1)]


@pytest.mark.parametrize("day", [b"10/01/1951", b"1 October 195", b"31 June 1951"])
def test_a_day_in_another_form(day: bytes, add_sample) -> None:
    with pytest.raises(SourceError, match="cannot be read as the part ‘accessions’"):
        add_sample(ID, {"accessions": SAMPLES["accessions"].replace(b"1 October 1951", day)})
