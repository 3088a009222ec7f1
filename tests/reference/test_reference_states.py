"""The crosswalk against the datasets as published: what it leaves unresolved in each is listed here, with the reason."""

from __future__ import annotations

import csv
import gzip
import io
import re
import time
from pathlib import Path

import polars as pl
import pytest

from chaikhana.sources.states import resolve, states, unresolved

Lost = dict[str, tuple[int, int]]

# no states: World Bank's aggregates of states, and territories
WORLD_BANK = set(
    re.findall(
        "[A-Z]+",
        "AFE AFW ARB CEB CSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBD IBT IDA IDB IDX INX LAC LCN LDC LIC LMC LMY LTE "
        "MEA MIC MNA NAC OED OSS PRE PSS PST SAS SSA SSF SST TEA TEC TLA TMN TSA TSS UMC WLD "
        "ABW ASM BMU CHI CUW CYM FRO GIB GRL GUM HKG IMN MAC MAF MNP NCL PRI PSE PYF SXM TCA VGB VIR",
    )
)
# territories that sign trade agreements, or to which one applies
DESTA = set(
    re.findall(
        "[0-9]+",
        "86 92 136 175 184 234 238 239 258 260 275 304 344 446 500 530 533 540 570 612 654 660 666 732 796 876",
    )
)
SIPRI = {
    "Aruba", "Biafra", "Katanga", "Libya GNC", "Northern Cyprus", "Palestine", "Western Sahara",
    "unknown recipient(s)", "unknown supplier(s)",
}  # fmt: skip

EVERY_ROW = [
    # regime, file, columns, year
    ("cow", "cow_trade_v4/cow_trade_dyadic_v4.csv.gz", ["ccode1", "ccode2"], "year"),
    ("cow", "cow_contiguity_v32/contdird.csv.gz", ["state1no", "state2no"], "year"),
    ("cow", "cow_nmc/NMC_5_0.csv.gz", ["ccode"], "year"),
    ("cow", "cow_nmc/cow_nmc.csv.gz", ["ccode"], "year"),
    ("cow", "cow_mids_dyadic/cow_mid_dirdisps.csv.gz", ["ccode1", "ccode2"], "year"),
    ("cow", "cow_igo_v3/state_year_format3.csv.gz", ["ccode"], "year"),
    ("cow", "iigo/MIGO_memberships.csv.gz", ["cowID"], "Year"),
    ("name", "iigo/MIGO_memberships.csv.gz", ["StateName"], "Year"),
    ("name", "iigo/IIGO_memberships.csv.gz", ["StateName"], "Year"),
    ("name", "cow_alliances_v41/cow_alliance_dyad_spells.csv.gz", ["state_name1", "state_name2"], "start"),
    ("iso3", "icews_dyad_year/icews_dyad_year.csv.gz", ["i_iso3c", "j_iso3c"], "year"),
    ("name", "icews_dyad_year/icews_dyad_year.csv.gz", ["i", "j"], "year"),
    ("iso3", "un-general-debate/speeches.csv.gz", ["iso3"], "year"),
    ("name", "un-general-debate/speeches.csv.gz", ["country"], "year"),
    ("name", "polity5/p5v2018.csv.gz", ["country"], "year"),
]
SOME_ROWS: list[tuple[str, str, list[str], str, Lost]] = [
    (
        "cow",
        "cow_alliances_v41/cow_alliance_dyad_year.csv.gz",
        ["ccode1", "ccode2"],
        "year",
        {
            "260": (1991, 2012),  # the Federal Republic once more: 255 has the same alliances
            "316": (1992, 1992), "317": (1992, 1992),  # a year before they are states
            "60": (1981, 1982), "522": (1975, 1976), "616": (1953, 1955), "625": (1955, 1955),
            "652": (1945, 1945), "663": (1945, 1945), "696": (1953, 1970),  # members of a league before independence
        },
    ),
    (
        "cow",
        "atop_v5/atop_alliance_dyad_year.csv.gz",
        ["ccode1", "ccode2"],
        "year",
        {
            # before the table begins, 1816
            **dict.fromkeys(
                re.findall("[0-9]+", "200 210 220 240 245 255 267 269 271 273 275 280 300 329 337 365"), (1815, 1815)
            ),
            "315": (1993, 1993),  # a year after its end
            "316": (1992, 1992), "317": (1992, 1992), "60": (1981, 1982), "645": (1930, 1931),
            "652": (1945, 1945), "663": (1945, 1945), "780": (1947, 1947), "835": (1979, 1983),  # before independence
        },
    ),
    (
        "cow",
        "sipri_arms_transfers/sipri-exports-processed.csv.gz",
        ["supplier_cown", "recipient_cown"],
        "year",
        {
            # deliveries before independence
            "475": (1959, 1959), "540": (1974, 1974), "552": (1950, 1953), "615": (1961, 1961),
            "694": (1968, 1970), "696": (1968, 1970), "830": (1956, 1956), "835": (1965, 1983),
        },
    ),
    (
        "polity",
        "polity5/p5v2018.csv.gz",
        ["ccode"],
        "year",
        {"255": (1800, 1815), "305": (1800, 1815), "99": (1831, 1832)},  # before the table begins; after its end
    ),
    (
        "vdem",
        "vdem_simple/vdem_simple.csv.gz",
        ["country_text_id"],
        "year",
        {
            # codes of several states, before the first of them or between two
            "AUT": (1789, 1815), "DEU": (1789, 1815), "KOR": (1789, 1947), "RUS": (1789, 1815),
            "SRB": (1804, 1877), "VDR": (1802, 1953), "YEM": (1789, 1850),
            "ZZB": (1965, 2024),  # within Tanzania
            # German states that neither COW nor GW lists, and territories
            "BRW": (1789, 1867), "HRG": (1789, 1867), "NSS": (1806, 1866), "OLD": (1789, 1867), "SAX": (1809, 1867),
            "HKG": (1900, 2024), "PSB": (1918, 1948), "PSE": (1948, 2024), "PSG": (1948, 2024), "SML": (1900, 2024),
        },
    ),
]  # fmt: skip


def read(data: Path, file: str) -> pl.DataFrame:
    if not (data / file).exists():
        pytest.skip(f"there is no {data / file}")
    return pl.read_csv(data / file, infer_schema=False, null_values=[""])


def asked(frame: pl.DataFrame, columns: list[str], year: str) -> pl.DataFrame:
    """Every code and year that several columns have."""
    long = pl.concat(
        [frame.select(code=pl.col(column), year=pl.col(year).cast(pl.Int32)) for column in columns]
    )
    return long.filter(pl.col("code").is_not_null() & (pl.col("code") != "NA"))


def lost(regime: str, frame: pl.DataFrame, columns: list[str], year: str) -> Lost:
    rows = asked(frame, columns, year)
    found = unresolved(resolve(rows, regime, "code"), "code", "actor", "year")
    return {code: (first, last) for code, first, last, _ in found.iter_rows()}


def in_being(kind: str) -> dict[str, int]:
    """The year in which the state of today began, by its code."""
    spells = states().filter((pl.col(kind) != "") & (pl.col("to") == ".."))
    return dict(spells.group_by(kind).agg(pl.col("first").max()).iter_rows())


@pytest.mark.parametrize(
    ("regime", "file", "columns", "year"), EVERY_ROW, ids=[f"{case[1]} {case[0]}" for case in EVERY_ROW]
)
def test_every_row_is_of_a_state(data: Path, regime: str, file: str, columns: list[str], year: str) -> None:
    assert lost(regime, read(data, file), columns, year) == {}


@pytest.mark.parametrize(
    ("regime", "file", "columns", "year", "expected"),
    SOME_ROWS,
    ids=[f"{case[1]} {case[0]}" for case in SOME_ROWS],
)
def test_what_is_no_state_is_listed(
    data: Path, regime: str, file: str, columns: list[str], year: str, expected: Lost
) -> None:
    assert lost(regime, read(data, file), columns, year) == expected


def test_the_alliances_of_260_after_1990_are_those_of_255(data: Path) -> None:
    rows = read(data, "cow_alliances_v41/cow_alliance_dyad_year.csv.gz").filter(
        pl.col("year").cast(pl.Int32) > 1990
    )
    second, first = (rows.filter(pl.col("ccode1") == code) for code in ("260", "255"))
    assert second.height == 197
    assert second.join(first, on=["ccode2", "year"], how="anti").is_empty()


def test_every_vote_is_of_a_state(data: Path) -> None:
    """By name and, where there is one, by ISO code; the two agree."""
    years = read(data, "un_votes/roll_calls.csv.gz").select("rcid", year=pl.col("date").str.to_date())
    votes = read(data, "un_votes/unvotes.csv.gz").join(years, on="rcid")
    named = resolve(votes, "name", "country", into="by_name")
    both = resolve(named, "iso2", "country_code", into="by_code")
    assert both.height == 870_109
    assert both["by_name"].null_count() == 0
    coded = both.filter(pl.col("country_code").is_not_null())
    assert coded.filter(pl.col("by_code").ne_missing(pl.col("by_name"))).is_empty()
    assert set(both.filter(pl.col("country_code").is_null())["by_name"]) == {"deu", "yar", "zan"}


@pytest.mark.parametrize("file", ["gdp", "population"])
def test_what_the_world_bank_has_beside_states(data: Path, file: str) -> None:
    """Aggregates, territories, and territories that later became states."""
    rows = read(data, f"world_bank/{file}.csv.gz")
    found = lost("iso3", rows, ["Country Code"], "Year")
    known = set(states()["iso3"])
    assert set(found) - known <= WORLD_BANK
    begins = in_being("iso3")
    assert {code for code in set(found) & known if found[code][1] >= begins[code]} == set()
    names = unresolved(
        resolve(asked(rows, ["Country Name"], "Year"), "name", "code"), "code", "actor", "year"
    )
    of_states = rows.filter(~pl.col("Country Code").is_in(list(WORLD_BANK)))["Country Name"]
    assert not set(names["code"]) & set(of_states)


def test_the_members_of_trade_agreements(data: Path) -> None:
    """DESTA gives states the numbers that they have today; left are territories, and states before independence."""
    path = data / "desta" / "DESTA.csv.gz"
    rows = pl.read_csv(path, separator=";", infer_schema=False, null_values="NA")
    found = lost("iso_n", rows.filter(pl.col("year").is_not_null()), [f"c{n}" for n in range(1, 92)], "year")
    begins = in_being("iso_n")
    assert set(found) - set(begins) == DESTA
    early = {code: last for code, (_, last) in found.items() if code in begins}
    assert all(last < begins[code] for code, last in early.items())
    assert max(early.values()) == 2007


def test_the_contracting_parties_of_the_gatt(data: Path) -> None:
    rows = read(data, "gatt_wto/gatt-membership.csv").with_columns(
        pl.col("Date").str.to_date("%d %B %Y", strict=True)
    )
    found = unresolved(resolve(rows, "name", "Country", "Date"), "Country", "actor", "Date")
    assert found.rows() == [("Hong Kong", 1986, 1986, 1), ("Macao", 1991, 1991, 1)]


def test_the_parties_of_conflicts(data: Path) -> None:
    """UCDP lists several governments in one field."""
    rows = read(data, "ucdp_acd/ucdp_acd.csv.gz")
    sides = ["gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd"]
    long = pl.concat([rows.select("year", side=pl.col(side).str.split(",")) for side in sides])
    long = long.explode("side").with_columns(pl.col("side").str.strip_chars())
    assert lost("gw", long, ["side"], "year") == {"751": (1947, 1948)}  # Hyderabad


def test_rivals_since_1816(data: Path) -> None:
    """Thompson et al. begin before the table does, and end some rivalries after their states."""
    rows = read(data, "tss_rivalries/tss_rivalries.csv.gz")
    found = [lost("cow", rows, ["ccode1", "ccode2"], end) for end in ("start", "end")]
    late = [{code: last for code, (_, last) in one.items() if last > 1815} for one in found]
    assert late == [{"140": 1817, "344": 1991, "350": 1827}, {"255": 1955, "300": 1920}]


def test_who_sends_and_gets_arms(data: Path) -> None:
    """Left are rebels (marked ``*``), organisations (``**``), territories and the unknown."""
    path = data / "sipri_arms_transfers"
    with gzip.open(path / "trade-register.csv.gz", "rt", encoding="utf-8", errors="replace") as file:
        lines = list(csv.reader(io.StringIO(file.read())))
    start = next(place for place, line in enumerate(lines) if line[:2] == ["Recipient", "Supplier"])
    whole = [line for line in lines[start + 1 :] if len(line) > 10 and line[2].strip().isdigit()]
    register = pl.DataFrame(
        [
            (name, int(year))
            for line in whole
            for year in re.findall(r"[0-9]{4}", line[10])
            for name in line[:2]
        ],
        schema={"name": pl.String, "year": pl.Int32},
        orient="row",
    )
    processed = read(data, "sipri_arms_transfers/sipri-exports-processed.csv.gz")
    for found in (
        lost("name", register, ["name"], "year"),
        lost("name", processed, ["supplier", "recipient"], "year"),
    ):
        assert {name for name in found if not name.endswith("*")} <= SIPRI | {
            f"U{name[1:]}" for name in SIPRI if name.startswith("unknown")
        }


def test_who_is_in_a_preferential_agreement(data: Path) -> None:
    """GPTAD's lists of members, once split: left are blocs, territories, and names without a comma between them."""
    lists = read(data, "gptad/GPTAD.csv")["Membership"].drop_nulls().str.replace_all(r"(\\r|\\n)+", " ")
    parts = pl.DataFrame({"name": lists}).select(pl.col("name").str.split(",").explode())
    by_comma = resolve(parts.with_columns(year=2009), "name", "name")
    assert by_comma["actor"].is_not_null().mean() > 0.85
    # semicolons and brackets divide as well, and ‘and’ before the last
    names = (
        pl.DataFrame({"name": lists.str.replace_all(r"[,;()]+(?:\s*and\s)?", "|")})
        .select(pl.col("name").str.split("|").explode().str.strip_chars(" ."), year=2009)
        .filter(pl.col("name") != "")
    )
    found = resolve(names, "name", "name")
    assert found["actor"].is_not_null().mean() > 0.92
    assert {"Finland France", "Spain Sweden", "Thailand Vietnam"} <= set(
        unresolved(found, "name", "actor", "year")["code"]
    )


@pytest.mark.parametrize(
    ("file", "year", "first", "second", "differing"),
    [
        (
            "sipri_arms_transfers/sipri-exports-processed.csv.gz",
            "year",
            ("name", "recipient"),
            ("cow", "recipient_cown"),
            {("sun", "rus")},  # the Soviet Union in its last year
        ),
        ("iigo/MIGO_memberships.csv.gz", "Year", ("cow", "cowID"), ("name", "StateName"), set()),
        (
            "polity5/p5v2018.csv.gz",
            "year",
            ("polity", "ccode"),
            ("name", "country"),
            # the years of succession
            {("srb", "yug"), ("scg", "yug"), ("rus", "sun")},
        ),
        (
            "vdem_simple/vdem_simple.csv.gz",
            "year",
            ("vdem", "country_text_id"),
            ("cow", "vdem_cowcode"),
            {("aut", "aut-hun"), ("col", "gran-colombia"), ("twn", "chn")},
        ),
    ],
)  # fmt: skip
def test_two_columns_of_a_dataset_mean_the_same_state(
    data: Path,
    file: str,
    year: str,
    first: tuple[str, str],
    second: tuple[str, str],
    differing: set[tuple[str, str]],
) -> None:
    rows = read(data, file).select(
        one=pl.col(first[1]), other=pl.col(second[1]), year=pl.col(year).cast(pl.Int32)
    )
    both = resolve(resolve(rows, first[0], "one", into="state1"), second[0], "other", into="state2")
    known = both.drop_nulls(["state1", "state2"])
    assert known.height > 0.6 * rows.height
    apart = known.filter(pl.col("state1") != pl.col("state2"))
    assert set(apart.select("state1", "state2").rows()) == differing
    assert apart.height < 20


def test_the_whole_of_the_trade_data_is_quick(data: Path) -> None:
    rows = pl.read_csv(
        data / "cow_trade_v4" / "cow_trade_dyadic_v4.csv.gz", columns=["ccode1", "ccode2", "year"]
    )
    twice = pl.concat([rows, rows])
    begun = time.perf_counter()
    found = resolve(resolve(twice, "cow", "ccode1", into="state1"), "cow", "ccode2", into="state2")
    took = time.perf_counter() - begun
    assert found.select("ccode1", "ccode2", "year").equals(twice)
    assert twice.height > 1_300_000
    assert took < 10, took
