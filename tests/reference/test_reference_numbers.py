"""Eleven datasets as published, by their own readers: rows and years of the source, and facts known from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from chaikhana.sources import store
from chaikhana.sources.catalogue import dataset
from chaikhana.sources.corrections import corrections
from chaikhana.sources.reading import Read

FIVE = ("kaz", "kgz", "tjk", "tkm", "uzb")
FOLDERS = {
    "cow-trade-v4": "cow_trade_v4",
    "sipri-arms": "sipri_arms_transfers",
    "vdem": "vdem_simple",
    "polity5": "polity5",
    "un-general-debate": "un-general-debate",
    "world-bank": "world_bank",
    "cow-mids": "cow_mids_dyadic",
    "ucdp-acd": "ucdp_acd",
    "cow-nmc": "cow_nmc",
    "icews-dyad-year": "icews_dyad_year",
    "tss-rivalries": "tss_rivalries",
}


@pytest.fixture(scope="session")
def read(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Read]]:
    """Every part of the eleven, by dataset."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAIKHANA_HOME", str(tmp_path_factory.mktemp("numbers")))
        for name, folder in FOLDERS.items():
            if (data / folder).is_dir():
                found[name] = store.add(name, data / folder)
    return found


@pytest.fixture(scope="session")
def table(read: dict[str, list[Read]]):
    """A tidy table of a dataset, of its newest version unless one is named."""

    def table(name: str, which: str, version: str = "") -> pl.DataFrame:
        if name not in read:
            pytest.skip(f"{FOLDERS[name]} is not among the published datasets")
        reads = [one for one in read[name] if which in one.tables and version in ("", one.origin.version)]
        return reads[-1].tables[which]

    return table


def test_every_file_is_the_one_that_was_seen(read: dict[str, list[Read]]) -> None:
    """Each part has the digest, the rows and the years of a release; no correction is stale."""
    for name, reads in read.items():
        for one in reads:
            assert one.origin.stale == (), name
            if one.part.many:
                assert one.origin.rows == sum(release.rows for release in one.part.releases)
                continue
            [release] = [entry for entry in one.part.releases if entry.sha256 == one.origin.sha256]
            assert one.origin.rows == release.rows
            assert one.origin.years == (f"{release.years[0]}–{release.years[1]}" if release.years else "")
        parts = {part.name for part in dataset(name).parts}
        applied = sum(len(one.origin.corrections) for one in reads)
        assert applied == sum(entry.dataset == name for entry in corrections()), name
        assert {one.part.name for one in reads} == parts


def test_no_state_is_lost(read: dict[str, list[Read]]) -> None:
    """What these datasets name is in the table of states, or no state; for the others see the tests below."""
    for name in ("cow-trade-v4", "un-general-debate", "cow-mids", "cow-nmc", "icews-dyad-year"):
        for one in read.get(name, []):
            assert one.strangers.is_empty(), name


# --- trade


def test_american_imports_from_canada_in_1920(table) -> None:
    """About 612 million dollars, says the packager's own check of the file."""
    trade = table("cow-trade-v4", "trade")
    [found] = trade.filter(
        (pl.col("ccode1") == 2) & (pl.col("ccode2") == 20) & (pl.col("year") == 1920)
    ).rows()
    assert found == (2, 20, 1920, 612.0, 735.0, 612.0, 735.0, "usa", "can")


def test_the_packaged_trade_is_rounded_and_leaves_out_what_is_wholly_unknown(table) -> None:
    """So that 0 is anything below half a million, and a pair without a row is unknown."""
    trade = table("cow-trade-v4", "trade")
    flows = trade.select("imports1", "imports2", "smooth1", "smooth2")
    assert flows.select((pl.all().drop_nulls() % 1 == 0).all()).row(0) == (True,) * 4
    assert not trade.select((pl.col("imports1").is_null() & pl.col("imports2").is_null()).any()).item()
    assert trade.select((pl.col("ccode1") < pl.col("ccode2")).all()).item()


# --- arms


def test_what_the_table_of_360info_has_lost(table) -> None:
    """Of the provider's 22,225 cells it lacks 901, 841 of them of Germany until 1990; the others agree."""
    keys = ["supplier", "recipient", "year"]
    exports = table("sipri-arms", "export_tables")
    transfers = table("sipri-arms", "transfers")
    assert (exports.height, transfers.height) == (22225, 21324)
    assert transfers.join(exports, on=[*keys, "tiv"], how="anti").is_empty()
    lost = exports.join(transfers, on=keys, how="anti")
    assert lost.height == 901
    german = lost.filter(pl.any_horizontal(pl.col("supplier", "recipient") == "Germany"))
    assert (german.height, german["year"].max()) == (841, 1990)


def test_export_tables_add_up_to_their_printed_totals(data: Path, table) -> None:
    """Each supplier's total of all years, as far as the rounding of its cells allows (the reader checks each year)."""
    exports = table("sipri-arms", "export_tables")
    printed = {}
    for path in sorted((data / "sipri_arms_transfers" / "TIV-Export-raw").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        title = re.match(r'"?TIV of arms exports from (.+), \d{4}-\d{4}', text)
        total = re.search(r"^Total,.*,(\d+)$", text, re.MULTILINE)
        assert title and total, path.name
        printed[title[1]] = int(total[1])
    bounds = exports.group_by("supplier").agg(pl.col("tiv_low").sum() - 1, pl.col("tiv_high").sum() + 1)
    assert set(bounds["supplier"]) == set(printed)
    assert len(printed) == 134
    assert all(low <= printed[supplier] <= high for supplier, low, high in bounds.iter_rows())


def test_kazakhstan_is_armed_by_russia(table) -> None:
    """Some 86 per cent of what it received from 1992 to 2021, in the provider's tables."""
    received = table("sipri-arms", "export_tables").filter(
        pl.col("recipient_state") == "kaz", pl.col("year") >= 1992
    )
    [russia] = received.filter(pl.col("supplier_state") == "rus").select(pl.col("tiv").sum()).to_series()
    assert (russia, received["tiv"].sum()) == (2594, 3027)


def test_only_what_was_delivered_has_years_of_delivery(table) -> None:
    """29,519 lines make 29,515 orders, since four were broken over two lines."""
    register = table("sipri-arms", "register")
    assert register.height == 29515
    assert register.filter(pl.col("deliveries").is_null() != (pl.col("number_delivered") == 0)).is_empty()
    assert register.select((pl.col("first_delivery") >= pl.col("ordered")).all()).item()
    assert register.select((pl.col("first_delivery") <= pl.col("last_delivery")).all()).item()


def test_what_was_delivered_is_worth_its_number_times_its_unit(table) -> None:
    """As far as the unit's two decimals allow; and no weapon that was delivered is without a value."""
    register = table("sipri-arms", "register")
    delivered = register.filter(pl.col("number_delivered") > 0)
    assert delivered["tiv_unit"].null_count() == 0
    off = (pl.col("tiv_unit") * pl.col("number_delivered") - pl.col("tiv_delivered")).abs()
    assert delivered.select((off <= 0.0051 * pl.col("number_delivered") + 0.0051).all()).item()
    assert register["tiv_unit"].null_count() == 185


def test_what_is_unresolved_in_arms_is_no_state(read: dict[str, list[Read]]) -> None:
    """Rebels and organisations carry asterisks; the rest are territories, governments that were rivals, and unknowns."""
    if "sipri-arms" not in read:
        pytest.skip("the arms transfers are not among the published datasets")
    names = {code for one in read["sipri-arms"] for code in one.strangers["code"]}
    assert {name for name in names if not name.endswith("*")} == {
        "Aruba", "Biafra", "Katanga", "Libya GNC", "Northern Cyprus", "Palestine", "Western Sahara",
        "Unknown recipient(s)", "Unknown supplier(s)", "unknown recipient(s)", "unknown supplier(s)",
    }  # fmt: skip


# --- regimes


def test_each_index_of_democracy_is_within_its_bounds(table) -> None:
    regimes = table("vdem", "regimes")
    for index in ("polyarchy", "libdem", "partipdem", "delibdem", "egaldem"):
        known = regimes.drop_nulls(index)
        assert known.height > 19_000
        assert known.select(pl.col(index).is_between(f"{index}_low", f"{index}_high").all()).item()


def test_the_first_of_2024_and_the_last(table) -> None:
    """Of 179 countries one is most, and two are least, of an electoral democracy, as read off the provider's file."""
    regimes = table("vdem", "regimes").filter(pl.col("year") == 2024).sort("polyarchy")
    assert regimes.height == 179
    assert regimes["state"].to_list()[:2] == ["sau", "eri"]
    assert regimes["state"].to_list()[-1] == "dnk"


def test_polity_of_the_five_in_2018(table) -> None:
    regimes = table("polity5", "regimes")
    scores = dict(regimes.filter(pl.col("year") == 2018).select("state", "polity").rows())
    assert {state: scores[state] for state in (*FIVE, "mng")} == {
        "kaz": -6, "kgz": 8, "tjk": -3, "tkm": -8, "uzb": -9, "mng": 10,
    }  # fmt: skip


def test_polity_is_democracy_less_autocracy(table) -> None:
    """The users' manual; and it is null where, and only where, one of the three codes stands."""
    regimes = table("polity5", "regimes")
    assert regimes.select((pl.col("democ") - pl.col("autoc") == pl.col("polity")).all()).item()
    assert regimes.filter(pl.col("polity").is_null() != pl.col("polity_missing").is_not_null()).is_empty()
    assert dict(regimes["polity_missing"].drop_nulls().value_counts().rows()) == {
        "interruption": 260, "interregnum": 237, "transition": 312,
    }  # fmt: skip


# --- speeches


def test_how_often_the_five_speak_of_central_asia(table) -> None:
    """689 times in 156 speeches, as counted when the extract was made; 637 if line wraps are left as they are."""
    speeches = table("un-general-debate", "speeches").filter(pl.col("state").is_in(FIVE))
    assert speeches.height == 156
    assert speeches["text"].str.count_matches("Central Asia").sum() == 637
    joined = speeches["text"].str.replace_all(r"(\w)-\s*\n\s*(\w)", "$1$2").str.replace_all(r"\s+", " ")
    assert joined.str.count_matches(r"(?i)central[ -]asia").sum() == 689


# --- World Bank


def test_gdp_over_population_is_gdp_per_capita(table) -> None:
    """The two long tables are of 2024 and later revisions, the wide one of 2018: nine in ten within a quarter."""
    keys = ["iso3", "year"]
    both = (
        table("world-bank", "gdp")
        .drop_nulls("state")
        .join(table("world-bank", "population").select(*keys, "population"), on=keys)
        .join(table("world-bank", "gdp_per_capita").select(*keys, "gdp_per_capita"), on=keys)
        .select(pl.col("gdp") / pl.col("population") / pl.col("gdp_per_capita"))
        .to_series()
    )
    assert both.len() > 8000
    assert both.is_between(0.75, 1.25).mean() > 0.9
    assert both.min() > 0.05


def test_people_of_the_world_in_2024(table) -> None:
    """8.1 billion, and no state."""
    world = table("world-bank", "population").filter(pl.col("iso3") == "WLD", pl.col("year") == 2024)
    assert world.select("population", "state").row(0) == (pytest.approx(8.14e9, rel=0.01), None)


# --- disputes, conflicts, rivalries


def test_disputes_stand_twice_and_say_the_same(table) -> None:
    """2,436 disputes in version 5.0 between two states that overlap, each pair and year from either side."""
    disputes = table("cow-mids", "disputes")
    assert disputes["dispnum"].n_unique() == 2436
    turned = disputes.join(
        disputes,
        left_on=["dispnum", "year", "ccode1", "ccode2", "fatality1", "highest_action1", "hostility1"],
        right_on=["dispnum", "year", "ccode2", "ccode1", "fatality2", "highest_action2", "hostility2"],
        nulls_equal=True,
    )
    assert turned.height == disputes.height == 11390


def test_the_clashes_on_the_kyrgyz_and_tajik_border(table) -> None:
    """A dispute of both years in which shots were exchanged, January 2014 among them."""
    disputes = table("cow-mids", "disputes").filter(pl.col("state1") == "tjk", pl.col("state2") == "kgz")
    found = disputes.filter(pl.col("year") >= 2013).select("dispnum", "year", "hostility1", "highest_action1")
    assert found.rows() == [(4693, 2013, "use", "clash"), (4693, 2014, "use", "clash")]


def test_conflicts_of_2024(table) -> None:
    """UCDP counted 61 conflicts that involve a state, the most since 1946, 11 of them wars (its release of June 2025)."""
    conflicts = table("ucdp-acd", "conflicts")
    assert conflicts.height == conflicts.select("conflict_id", "year").n_unique() == 2752
    last = conflicts.filter(pl.col("year") == 2024)
    assert (last.height, last.filter(pl.col("intensity").cast(pl.String) == "war").height) == (61, 11)
    assert conflicts.group_by("year").len()["len"].max() == 61


def test_the_civil_war_in_tajikistan(table) -> None:
    """From 1992 to 1998, with the troops of its neighbour and of Russia in the first years."""
    war = table("ucdp-acd", "conflicts").filter(pl.col("conflict_id") == 395, pl.col("year") < 2000)
    assert war["year"].to_list() == list(range(1992, 1999))
    assert war["side_a_2nd"].to_list() == [[704], [365, 704], [365, 704], [365], [365], [], []]
    assert set(war["side_a"].explode()) == {702}


def test_the_two_strongest(table) -> None:
    """China has overtaken the United States by this index: 0.218 and 0.139 in 2012, version 5.0."""
    in_2012 = (
        table("cow-nmc", "capabilities", "5.0").filter(pl.col("year") == 2012).sort("cinc", descending=True)
    )
    assert in_2012.select("state", pl.col("cinc").round(3)).rows()[:2] == [("chn", 0.218), ("usa", 0.139)]


def test_the_two_releases_of_capabilities_are_near_each_other(table) -> None:
    """State-years of both, up to 2012: revised in places, but the same series."""
    old, new = (table("cow-nmc", "capabilities", version) for version in ("5.0", "2022"))
    both = old.join(new, on=["ccode", "year"])
    assert both.height > 15_000
    assert both.select(((pl.col("cinc") - pl.col("cinc_right")).abs() < 0.01).mean()).item() > 0.99


def test_shares_of_capabilities_sum_to_one_and_a_little(table) -> None:
    """Each is a mean of those shares that are known, so that their sum is above 1 wherever something is unknown."""
    for version in ("5.0", "2022"):
        sums = table("cow-nmc", "capabilities", version).group_by("year").agg(pl.col("cinc").sum())["cinc"]
        assert 0.999 < sums.min() <= sums.max() < 1.075


def test_every_pair_of_152_states_has_every_year(table) -> None:
    events = table("icews-dyad-year", "events")
    assert events.height == 152 * 151 * 13
    assert events.select("iso3_1", "iso3_2", "year").n_unique() == events.height


def test_in_2014_russia_s_conflict_by_deed_is_with_ukraine(table) -> None:
    events = table("icews-dyad-year", "events").filter(pl.col("state1") == "rus", pl.col("year") == 2014)
    assert events.sort("material_conflict", descending=True)["state2"].to_list()[0] == "ukr"


def test_rivalries_within_central_asia(table) -> None:
    """Two of 264, both of Uzbekistan, both ended in 2017."""
    rivalries = table("tss-rivalries", "rivalries")
    assert rivalries.height == 264
    found = rivalries.filter(pl.col("state1").is_in(FIVE) & pl.col("state2").is_in(FIVE))
    assert found.select("state1", "state2", "first", "last", "spatial", "principal").rows() == [
        ("uzb", "kaz", 1991, 2017, True, True),
        ("kgz", "uzb", 2005, 2017, True, False),
    ]
