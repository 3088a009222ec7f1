"""The World Bank's values: two tables with the same headings, a wide one, and what stands for no state."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaikhana.errors import SourceError
from chaikhana.sources import store
from chaikhana.sources.world_bank import ID
from samples.world_bank import SAMPLES


def test_gdp(add_sample) -> None:
    gdp = add_sample(ID, SAMPLES).table("gdp")
    assert gdp.columns == ["iso3", "country", "year", "gdp", "state"]
    assert gdp.rows() == [
        ("DEU", "Germany", 1975, 490000000000.25, "deu"),
        ("KAZ", "Kazakhstan", 1990, 26900000000.0, None),
        ("KAZ", "Kazakhstan", 1995, 20400000000.0, "kaz"),
        ("WLD", "World", 1995, 31000000000000.5, None),
        ("YEM", "Yemen, Rep.", 1990, 5600000000.0, "yem"),
        ("YEM", "Yemen, Rep.", 1991, 5900000000.0, "yem"),
    ]


def test_population(add_sample) -> None:
    population = add_sample(ID, SAMPLES).table("population")
    assert population.columns == ["iso3", "country", "year", "population", "state"]
    assert population.select("iso3", "year", "population", "state").rows() == [
        ("DEU", 1975, 78674000.0, "deu"),
        ("HIC", 1995, 1100000000.0, None),
        ("KAZ", 1995, 15816000.0, "kaz"),
        ("SDN", 2010, 34000000.0, "sdn"),
        ("SSD", 2010, 9500000.0, None),
        ("SSD", 2012, 10100000.0, "ssd"),
    ]


def test_a_blank_cell_of_the_wide_table_is_no_row(add_sample) -> None:
    """The bank's download begins with a byte-order mark and a preamble, and ends each line in a comma."""
    values = add_sample(ID, SAMPLES).table("gdp_per_capita")
    assert values.columns == ["iso3", "country", "year", "gdp_per_capita", "state"]
    assert values.rows() == [
        ("FRA", "France", 1960, 1340.5, "fra"),
        ("FRA", "France", 1962, 1600.0, "fra"),
        ("KEN", "Kenya", 1961, 95.0, None),
        ("KEN", "Kenya", 1962, 100.75, None),
        ("KEN", "Kenya", 1963, 103.0, "ken"),
        ("WLD", "World", 1960, 450.0, None),
    ]


def test_groups_and_territories_are_listed(add_sample) -> None:
    assert add_sample(ID, SAMPLES).unresolved().sort("column", "code").rows() == [
        ("gdp.iso3", "KAZ", 1990, 1990, 1),
        ("gdp.iso3", "WLD", 1995, 1995, 1),
        ("gdp_per_capita.iso3", "KEN", 1961, 1962, 2),
        ("gdp_per_capita.iso3", "WLD", 1960, 1960, 1),
        ("population.iso3", "HIC", 1995, 1995, 1),
        ("population.iso3", "SSD", 2010, 2010, 1),
    ]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHAIKHANA_HOME", str(tmp_path / "home"))
    return tmp_path


def test_a_file_whose_name_does_not_tell_what_it_is(home: Path) -> None:
    path = home / "values.csv"
    path.write_bytes(SAMPLES["gdp"])
    with pytest.raises(
        SourceError, match=r"told apart by the name of the file\. It must hold one of: gdp, population"
    ):
        store.add(ID, path, version="sample")
    assert store.kept(ID) == []


def test_another_indicator_is_refused(home: Path) -> None:
    path = home / "API_SP.POP.TOTL_DS2.csv"
    path.write_bytes(SAMPLES["gdp-per-capita"].replace(b"NY.GDP.PCAP.CD", b"SP.POP.TOTL"))
    with pytest.raises(SourceError, match=r"indicator ‘SP\.POP\.TOTL’, not NY\.GDP\.PCAP\.CD"):
        store.add(ID, path, version="sample")
