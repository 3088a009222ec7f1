"""Events between states: who acts on whom, and that no event is a zero."""

from __future__ import annotations

from chaikhana.sources.icews import ID
from samples.icews import SAMPLES


def test_events_cell_by_cell(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    events = kept.table("events")
    assert events.columns == [
        "iso3_1", "iso3_2", "name1", "name2", "year", "verbal_cooperation", "material_cooperation",
        "verbal_conflict", "material_conflict", "state1", "state2",
    ]  # fmt: skip
    korea = "Korea, Democratic People's Republic Of"
    assert events.rows() == [
        ("KAZ", "RUS", "Kazakhstan", "Russian Federation", 2010, 95.0, 4.0, 2.0, 0.0, "kaz", "rus"),
        ("PRK", "SDN", korea, "Sudan", 2010, 0.0, 0.0, 0.0, 0.0, "prk", "sdn"),
        ("RUS", "KAZ", "Russian Federation", "Kazakhstan", 2010, 90.0, 6.0, 3.0, 1.0, "rus", "kaz"),
        ("SDN", "DEU", "Sudan", "Germany", 2012, 12.0, 1.0, 5.0, 0.0, "sdn", "deu"),
        ("YEM", "XXX", "Yemen", "Nowhere", 2014, 1.0, 0.0, 0.0, 0.0, "yem", None),
    ]
    assert kept.unresolved().rows() == [("events.iso3_2", "XXX", 2014, 2014, 1)]
