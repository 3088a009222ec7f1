"""National capabilities: missing indicators, quoted cells, states that changed their codes, two forms side by side."""

from __future__ import annotations

from chaikhana.sources.cow_nmc import ID
from samples.cow_nmc import SAMPLES


def test_indicators_cell_by_cell(add_sample) -> None:
    kept = add_sample(ID, SAMPLES)
    capabilities = kept.table("capabilities")
    assert capabilities.columns == [
        "ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc", "state",
    ]  # fmt: skip
    assert capabilities.rows() == [
        (255, 1938, 7400000.0, 780.0, 22000.0, 250000.0, 68000.0, 21000.0, 0.1780125, "deu"),
        (255, 1995, 41000000.0, 352.0, 42000.0, 470000.0, 81700.0, 26000.0, 0.031, "deu"),
        (260, 1989, 33600000.0, 503.0, 41000.0, 380000.0, 62000.0, 20000.0, 0.0300125, "deu"),
        (365, 1985, 275000000.0, 3900.0, 155000.0, 1900000.0, 277000.0, 99000.0, 0.176, "sun"),
        (365, 2000, 52000000.0, 1520.0, 59000.0, 950000.0, 146000.0, 66000.0, 0.055, "rus"),
        (678, 1980, None, 32.0, 0.0, 900.0, 7000.0, None, 0.001, "yar"),
        (679, 1995, None, None, 0.0, 4500.0, 15000.0, 1200.0, 0.0016, "yem"),
        (999, 2000, 1.0, 1.0, None, None, 10.0, 0.0, 0.000001, None),
    ]
    assert kept.unresolved().rows() == [("capabilities.ccode", "999", 2000, 2000, 1)]


def test_the_packaged_form_says_the_same(add_sample) -> None:
    """Without abbreviations and version, and with blanks for missing."""
    rows = [line.split(",")[1:-1] for line in SAMPLES["capabilities"].decode().splitlines()]
    packaged = "\n".join(",".join("" if cell == "-9" else cell for cell in row) for row in rows) + "\n"
    first = add_sample(ID, SAMPLES).table("capabilities")
    assert add_sample(ID, {"capabilities": packaged.encode()}).table("capabilities").equals(first)
