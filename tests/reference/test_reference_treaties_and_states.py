"""Treaties, organisations and state systems as published: known facts, what the papers print, and one list by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from chaikhana.sources import store
from chaikhana.sources.store import Kept

FOLDERS = {
    "atop-v5": "atop_v5",
    "cow-alliances": "cow_alliances_v41",
    "cow-contiguity": "cow_contiguity_v32",
    "cow-states": "cow_states",
    "desta": "desta",
    "digo": "digo",
    "gatt-wto": "gatt_wto",
    "gptad": "gptad",
    "gw-states": "gw_states",
    "iigo": "iigo",
    "mia": "mia",
    "vigo": "vigo",
}
FIVE = ["kaz", "kgz", "tjk", "tkm", "uzb"]
Published = Callable[[str], Kept]


@pytest.fixture(scope="module")
def published(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Reads a published dataset into a store of this module, once."""
    home = tmp_path_factory.mktemp("treaties-and-states")

    def read(name: str) -> Kept:
        folder = data / FOLDERS[name]
        if not folder.is_dir():
            pytest.skip(f"there is no {folder}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CHAIKHANA_HOME", str(home))
            if store.newest(name) is None:
                store.add(name, folder)
            kept = store.newest(name)
        assert kept is not None
        return kept

    return read


@pytest.mark.parametrize(
    ("name", "part", "version", "rows", "years"),
    [
        ("atop-v5", "dyad-years", "5.1", 273296, "1815–2018"),
        ("cow-alliances", "dyad-years", "4.1", 120784, "1816–2012"),
        ("cow-alliances", "spells", "4.1", 414, ""),
        ("cow-contiguity", "dyad-years", "3.2", 82498, "1816–2016"),
        ("cow-contiguity", "spells", "3.2", 847, ""),
        ("cow-states", "states", "2016", 243, ""),
        ("cow-states", "state-years", "2016", 15951, "1816–2016"),
        ("cow-states", "capitals", "2016", 242, ""),
        ("desta", "treaties", "2020", 1217, "1948–2020"),
        ("digo", "organisations", "1.0", 561, ""),
        ("gatt-wto", "accessions", "1994", 128, ""),
        ("gptad", "agreements", "2010", 352, ""),
        ("gw-states", "states", "2017", 216, ""),
        ("iigo", "iigo-memberships", "2022", 3502, "2017–2017"),
        ("iigo", "iigo-organisations", "2022", 149, ""),
        ("iigo", "migo-memberships", "2022", 80624, "1925–2010"),
        ("mia", "authority", "2021-05", 3961, "1950–2019"),
        ("vigo", "vitality", "2017", 1662, "1948–2013"),
    ],
)
def test_a_published_file_is_known_and_whole(
    name: str, part: str, version: str, rows: int, years: str, published: Published
) -> None:
    kept = published(name)
    origin = dict(kept.parts)[part]
    assert (origin.version, origin.rows, origin.years) == (version, rows, years)
    assert not origin.stale


# Trade agreements.


def test_who_signed_the_treaty_on_the_eurasian_economic_union(published: Published) -> None:
    """Belarus, Kazakhstan and Russia, on 29 May 2014; Armenia and Kyrgyzstan acceded later that year."""
    kept = published("desta")
    treaties, members = kept.table("treaties"), kept.table("members")
    union = treaties.filter(pl.col("base_treaty") == 1040)
    assert union["year"].to_list() == [2014, 2014, 2014]
    assert union["in_force"].to_list() == [2015, 2015, 2015]
    joined = members.filter(pl.col("number").is_in(union["number"].to_list()))
    assert joined.filter(pl.col("number") == "1040")["state"].to_list() == ["blr", "kaz", "rus"]
    assert joined.filter(pl.col("role") == "acceding")["state"].to_list() == ["arm", "kgz"]


def test_who_joined_and_left_the_eurasian_economic_community(published: Published) -> None:
    """Uzbekistan acceded in 2006 and suspended its membership in 2008."""
    changes = (
        published("desta")
        .table("members")
        .filter(pl.col("number").is_in(["434+1", "434_1"]) & (pl.col("role") != "party"))
        .sort("year")
    )
    assert changes.select("state", "year", "role").rows() == [
        ("uzb", 2006, "acceding"),
        ("uzb", 2008, "leaving"),
    ]


def test_every_accession_has_somebody_who_accedes(published: Published) -> None:
    kept = published("desta")
    changes = kept.table("treaties").filter(pl.col("entry_type").is_in(["accession", "withdrawal"]))
    roles = (
        kept.table("members")
        .filter(pl.col("role").is_in(["acceding", "leaving"]))
        .join(changes, on="number")
        .select("number", "entry_type", "role")
        .unique()
    )
    assert roles["number"].n_unique() == changes.height
    assert set(roles.select("entry_type", "role").unique().rows()) == {
        ("accession", "acceding"),
        ("withdrawal", "leaving"),
    }


def test_talks_that_led_to_no_treaty_have_no_year(published: Published) -> None:
    kept = published("desta")
    assert kept.table("members")["year"].null_count() == 0
    talks = kept.table("treaties").filter(pl.col("entry_type") == "negotiation")
    assert talks["year"].null_count() == talks.height == 82
    assert set(kept.table("negotiators")["number"]) == set(talks["number"])


def test_the_two_lists_agree_on_the_treaty_of_the_commonwealth(published: Published) -> None:
    """The free trade agreement of the CIS of April 1994, of which one list has the year and Turkmenistan, the other neither."""
    kept = published("gptad")
    row = kept.table("agreements").filter(pl.col("name").str.contains("Commonwealth of Independent States"))
    assert row.select("signed", "signed_missing", "in_force_missing").rows() == [
        (None, "not-given", "not-given")
    ]
    there = kept.table("members").filter(pl.col("agreement") == row["agreement"][0])["state"].to_list()
    signed = published("desta").table("members").filter(pl.col("number") == "244")
    assert set(signed["year"]) == {1994}
    desta = signed["state"].to_list()
    assert len(there) == 11
    assert set(desta) - set(there) == {"tkm"}
    assert set(there) <= set(desta)


def test_what_a_cell_of_members_becomes(published: Published) -> None:
    """No piece of a cell is left that two states share, and all but territories and unions are states."""
    kept = published("gptad")
    members = kept.table("members")
    one = members.filter(pl.col("agreement") == 161)
    assert one.filter(pl.col("group") == "European Community").height == 27
    assert one.filter(pl.col("group") == "Overseas Countries and Territories")["state"].null_count() == 20
    assert members.filter(pl.col("member").str.contains(r",|;|\(.*,|^and |\.$")).is_empty()
    assert members["state"].null_count() / members.height < 0.03
    assert members["agreement"].n_unique() == 351  # of one the list names no member


def test_the_first_contracting_parties(published: Published) -> None:
    """The Protocol of Provisional Application bound nine states from 1 January 1948; the list is of 128."""
    accessions = published("gatt-wto").table("accessions")
    first = accessions.filter(pl.col("date") == date(1948, 1, 1))
    assert first["state"].to_list() == ["aus", "bel", "can", "cub", "fra", "lux", "nld", "gbr", "usa"]
    assert accessions.filter(pl.col("state").is_null())["country"].to_list() == ["Hong Kong", "Macao"]
    assert accessions["date"].max() == date(1994, 12, 28)


# Alliances.


@pytest.mark.parametrize(("name", "table"), [("atop-v5", "obligations"), ("cow-alliances", "alliances")])
def test_allies_since_1949(name: str, table: str, published: Published) -> None:
    """The North Atlantic Treaty: the United States and Canada owe one another defence in every year since."""
    frame = published(name).table(table)
    pair = frame.filter((pl.col("state1") == "usa") & (pl.col("state2") == "can") & (pl.col("year") >= 1949))
    assert pair["year"].to_list() == list(range(1949, frame["year"].max() + 1))
    assert pair["defence"].all()


@pytest.mark.parametrize(("name", "table"), [("atop-v5", "obligations"), ("cow-alliances", "alliances")])
def test_the_collective_security_treaty(name: str, table: str, published: Published) -> None:
    """Signed at Tashkent on 15 May 1992 by Kazakhstan, Kyrgyzstan, Russia, Tajikistan and Uzbekistan among others."""
    year = published(name).table(table).filter((pl.col("year") == 1993) & (pl.col("state1") == "rus"))
    allies = year.filter(pl.col("defence") & pl.col("state2").is_in(FIVE))["state2"].to_list()
    assert set(allies) >= {"kaz", "kgz", "tjk", "uzb"}


def test_alliances_stand_in_both_directions(published: Published) -> None:
    alliances = published("cow-alliances").table("alliances").drop("state1", "state2")
    turned = alliances.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(alliances.columns)
    assert alliances.equals(turned.sort("ccode1", "ccode2", "year"))
    assert alliances["defence"].null_count() == 10


def test_obligations_of_one_side(published: Published) -> None:
    """ATOP's directions may differ, but where one stands the other does."""
    keys = ["ccode1", "ccode2", "year"]
    obligations = published("atop-v5").table("obligations")
    turned = obligations.rename({"ccode1": "ccode2", "ccode2": "ccode1"})
    assert obligations.join(turned, on=keys, how="anti").is_empty()
    both = obligations.join(turned, on=keys)
    assert both.filter(pl.col("defence") != pl.col("defence_right")).height > 0


# Organisations.


def test_the_most_delegating_organisation(published: Published) -> None:
    """76 organisations; Hooghe, Lenz and Marks (2019): the European Union is the one that delegates most."""
    authority = published("mia").table("authority")
    assert authority["body"].n_unique() == 76
    last = authority.filter(pl.col("year") == 2019).sort("delegation", descending=True)
    assert last["name"][0] == "EU"
    assert {"CIS", "SCO"} <= set(authority["name"])
    assert authority.select(pl.col("delegation", "pooling").is_between(0, 1).all()).row(0) == (True, True)


def test_shares_of_the_living_and_the_dead(published: Published) -> None:
    """Gray (2018), abstract: around 52 percent alive, around 10 percent dead, nearly 38 percent zombies."""
    vitality = published("vigo").table("vitality")
    shares = {word: count / vitality.height for word, count in vitality["vitality"].value_counts().rows()}
    assert shares["alive"] == pytest.approx(0.52, abs=0.01)
    assert shares["dead"] == pytest.approx(0.10, abs=0.01)
    assert shares["zombie"] == pytest.approx(0.38, abs=0.01)
    assert vitality["body"].n_unique() == 63


def test_how_many_organisations_have_died(published: Published) -> None:
    """Eilstrup-Sangiovanni: of 561 organisations created since 1815, 218 have ceased to exist."""
    organisations = published("digo").table("organisations")
    assert organisations.height == 561
    assert organisations.filter(~pl.col("living")).height == 218
    assert organisations["ended"].drop_nulls().len() == 218
    league = organisations.filter(pl.col("body") == "LoN").select("founded", "fate", "members_last")
    assert league["founded"].item() == 1920
    assert league["fate"].item() == "dissolved"


def test_a_lifespan_is_the_years_between(published: Published) -> None:
    """In all rows but one, which the file itself contradicts."""
    organisations = published("digo").table("organisations").drop_nulls("lifespan")
    odd = organisations.filter(pl.col("observed_to") - pl.col("founded") != pl.col("lifespan"))
    assert odd["body"].to_list() == ["EAEC"]


def test_who_met_in_shanghai(published: Published) -> None:
    """China, Kazakhstan, Kyrgyzstan, Russia and Tajikistan, 1996 to the Shanghai Cooperation Organisation."""
    kept = published("iigo")
    members = kept.table("memberships").filter(pl.col("body") == "S5")
    assert members["state"].to_list() == ["chn", "kaz", "kgz", "rus", "tjk"]
    body = kept.table("organisations").filter(pl.col("body") == "S5")
    assert body.select("first", "last", "fate", "members").row(0) == (1996, 2002, "formalised", 5)


def test_bodies_that_became_formal_got_a_treaty_or_a_secretariat(published: Published) -> None:
    """By which the words for their fates are known to fit."""
    organisations = published("iigo").table("organisations")
    got = pl.any_horizontal(pl.col("secretariat_year", "treaty_year").is_not_null())
    assert organisations.filter((pl.col("fate") == "formalised") != got).is_empty()
    assert organisations.filter((pl.col("fate") == "continues") & pl.col("last").is_not_null()).is_empty()


def test_the_other_informal_memberships_are_all_of_states(published: Published) -> None:
    memberships = published("iigo").table("migo_memberships")
    assert memberships["state"].null_count() == 0
    cica = memberships.filter((pl.col("body") == "CICA") & (pl.col("year") == 1999))
    assert sorted(set(cica["state"]) & set(FIVE)) == ["kaz", "kgz", "tjk", "uzb"]


# State systems and neighbours.


def test_state_years_follow_from_the_list_of_states(published: Published) -> None:
    kept = published("cow-states")
    spells = kept.table("states").with_columns(
        year=pl.int_ranges(pl.col("from").dt.year(), pl.col("to").dt.year() + 1, dtype=pl.Int32)
    )
    expected = spells.explode("year").select("ccode", "year").unique().sort("ccode", "year")
    assert kept.table("state_years").select("ccode", "year").equals(expected)


def test_how_many_states_there_were(published: Published) -> None:
    """Correlates of War: 23 states in 1816, 195 at the end of 2016; the five of Central Asia from 26 December 1991."""
    kept = published("cow-states")
    state_years = kept.table("state_years")
    assert state_years.filter(pl.col("year") == 1816).height == 23
    assert kept.table("states").filter("goes_on").height == 195
    five = kept.table("states").filter(pl.col("ccode").is_between(701, 705))
    assert five["from"].to_list() == [date(1991, 12, 26)] * 5
    assert state_years["state"].null_count() == 0


def test_the_two_lists_of_states_differ_on_the_five(published: Published) -> None:
    """Gleditsch and Ward count them from their declarations, so all before the Soviet Union ended."""
    five = published("gw-states").table("states").filter(pl.col("gw").is_between(701, 705))
    assert five.select("gw", "from").rows() == [
        (701, date(1991, 10, 27)),
        (702, date(1991, 9, 9)),
        (703, date(1991, 8, 31)),
        (704, date(1991, 8, 31)),
        (705, date(1991, 12, 16)),
    ]


def test_a_capital_that_moved(published: Published) -> None:
    capitals = published("cow-states").table("capitals").filter(pl.col("ccode") == 705)
    assert capitals["capital"].to_list() == ["Almaty", "Astana"]
    assert capitals["latitude"].to_list() == pytest.approx([43.24, 51.12], abs=0.01)


def test_neighbours_of_a_landlocked_state(published: Published) -> None:
    """Kazakhstan borders five states by land, and two across the Caspian."""
    contiguity = published("cow-contiguity").table("contiguity")
    mine = contiguity.filter((pl.col("state1") == "kaz") & (pl.col("year") == 2016))
    by_land = mine.filter(pl.col("kind") == "land")["state2"].to_list()
    assert sorted(by_land) == ["chn", "kgz", "rus", "tkm", "uzb"]
    assert sorted(mine.filter(pl.col("kind") != "land")["state2"]) == ["aze", "irn"]


def test_contiguity_is_mutual_and_follows_from_the_spells(published: Published) -> None:
    kept = published("cow-contiguity")
    contiguity = kept.table("contiguity").select("ccode1", "ccode2", "year", pl.col("kind").cast(pl.String))
    turned = contiguity.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(contiguity.columns)
    assert contiguity.join(turned, on=contiguity.columns, how="anti").is_empty()
    expected = (
        kept.table("spells")
        .with_columns(
            pl.col("kind").cast(pl.String),
            year=pl.int_ranges(pl.col("first").dt.year(), pl.col("last").dt.year() + 1, dtype=pl.Int32),
        )
        .explode("year")
        .select(contiguity.columns)
        .unique()
    )
    lower = contiguity.filter(pl.col("ccode1") < pl.col("ccode2"))
    assert lower.join(expected, on=contiguity.columns, how="anti").is_empty()
    assert expected.join(lower, on=contiguity.columns, how="anti").is_empty()
