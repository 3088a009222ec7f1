"""Bilateral trade: whose imports are whose, missing flows, states that changed their codes."""

from __future__ import annotations

from chaikhana.sources.cow_trade import ID
from samples.cow_trade import SAMPLES


def test_flows_and_states_cell_by_cell(add_sample) -> None:
    trade = add_sample(ID, SAMPLES).table("trade")
    assert trade.columns == [
        "ccode1", "ccode2", "year", "imports1", "imports2", "smooth1", "smooth2", "state1", "state2",
    ]  # fmt: skip
    assert trade.rows() == [
        (2, 255, 1938, 64.0, 150.0, 64.0, 150.0, "usa", "deu"),
        (2, 255, 1991, 26000.0, 21000.0, 26000.0, 21000.0, "usa", "deu"),
        (2, 260, 1989, 24971.0, 16957.0, 24971.0, 16957.5, "usa", "deu"),
        (2, 999, 2000, 1.0, 1.0, 1.0, 1.0, "usa", None),
        (345, 365, 1988, 300.0, 400.0, 300.0, 400.0, "yug", "sun"),
        (345, 365, 1996, None, 40.0, None, 40.0, "scg", "rus"),
        (365, 705, 2011, 10.0, 20.25, 10.0, 20.0, "rus", "kaz"),
        (625, 678, 1975, None, 3.0, None, 3.0, "sdn", "yar"),
        (678, 679, 1990, 0.0, None, 0.0, None, "yar", "yem"),
    ]


def test_what_stands_for_no_state_is_listed(add_sample) -> None:
    assert add_sample(ID, SAMPLES).unresolved().rows() == [("trade.ccode2", "999", 2000, 2000, 1)]


def test_the_original_file_with_more_columns(add_sample) -> None:
    """The project's own file has the importers' names and the sources of each figure as well."""
    header, *rows = SAMPLES["dyadic"].decode().splitlines()
    wider = "\n".join([f"{header},importer1,source1", *(f"{row},Somewhere,1" for row in rows), ""])
    trade = add_sample(ID, {"dyadic": wider.encode()}).table("trade")
    assert trade.height == len(rows)
    assert "importer1" not in trade.columns
