"""Regimes, disputes and cohesion on the datasets as published: counts, cells, and loops over the raw rows."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from chaikhana.measures import cohesion, disputes, regime_likeness
from chaikhana.sources import store
from chaikhana.sources.states import actors_by_iso2
from chaikhana.sources.store import Kept
from chaikhana.sources.un_votes import with_absences
from chaikhana.study.study import Study

FOLDERS = {"vdem": "vdem_simple", "polity5": "polity5", "cow-mids": "cow_mids_dyadic", "ucdp-acd": "ucdp_acd"}
FIVE = {"kaz": 705, "kgz": 703, "tjk": 702, "tkm": 701, "uzb": 704}
LEVELS = {1: "none", 2: "threat", 3: "display", 4: "use", 5: "war"}


@pytest.fixture(scope="session")
def kept(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kept]:
    """The four datasets, read by the project's own readers."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAIKHANA_HOME", str(tmp_path_factory.mktemp("home-of-regimes")))
        for name, folder in FOLDERS.items():
            if not (data / folder).is_dir():
                pytest.skip(f"there is no {data / folder}")
            store.add(name, data / folder)
            newest = store.newest(name)
            assert newest is not None
            found[name] = newest
    return found


def raw(data: Path, path: str) -> pl.DataFrame:
    return pl.read_csv(data / path, infer_schema_length=None)


def test_likeness_of_regimes_against_the_raw_rows(data: Path, kept: dict[str, Kept]) -> None:
    """All pairs of the five in 2016, with V-Dem's own codes and columns; one of them by hand, 1 - (0.452 - 0.169)."""
    found = {
        row[:2]: row[3:]
        for row in regime_likeness.world(
            kept["vdem"].table("regimes").filter(pl.col("year") == 2016)
        ).iter_rows()
    }
    scores = {
        row["country_text_id"].lower(): row
        for row in raw(data, "vdem_simple/vdem_simple.csv.gz")
        .filter(pl.col("country_text_id").is_in([actor.upper() for actor in FIVE]) & (pl.col("year") == 2016))
        .iter_rows(named=True)
    }
    assert set(scores) == set(FIVE)
    index, low, high = (f"v2x_polyarchy{end}" for end in ("", "_codelow", "_codehigh"))
    for one, other in combinations(sorted(FIVE), 2):
        a, b = scores[one], scores[other]
        least = 1 - max(a[high] - b[low], b[high] - a[low])
        most = 1 - max(a[low] - b[high], b[low] - a[high], 0)
        assert found[one, other] == pytest.approx((1 - abs(a[index] - b[index]), least, most))
    assert found["kgz", "uzb"][0] == pytest.approx(0.717)


def test_the_whole_world_has_every_pair_once(kept: dict[str, Kept]) -> None:
    """As many pairs in a year as the states in it make; V-Dem has one row a state and year."""
    table = kept["vdem"].table("regimes").filter(pl.col("state").is_not_null())
    frame = regime_likeness.world(table)
    counts = dict(table.group_by("year").agg(pl.col("state").n_unique().cast(pl.Int64)).iter_rows())
    assert dict(frame.group_by("year").len().iter_rows()) == {
        year: count * (count - 1) // 2 for year, count in counts.items() if count > 1
    }
    assert frame.height > 1_000_000
    known = frame.drop_nulls("likeness")
    assert known.select((pl.col("low") <= pl.col("likeness") + 1e-9).all()).item()
    assert known.select((pl.col("likeness") <= pl.col("high") + 1e-9).all()).item()


def test_means_over_windows_against_the_raw_rows(
    data: Path, kept: dict[str, Kept], central_asia: Study
) -> None:
    """V-Dem ends in 2024: windows 2020–2024 and so on back to 1991–1994; polyarchy and its bounds."""
    frame = regime_likeness.region(central_asia, kept["vdem"].table("regimes"))["regimes"]
    rows = raw(data, "vdem_simple/vdem_simple.csv.gz").filter(
        pl.col("country_text_id").is_in([actor.upper() for actor in FIVE])
    )
    spans = [(1991, 1994), *((year, year + 4) for year in range(1995, 2021, 5))]
    found = {row[:3]: row[3:] for row in frame.select(
        "actor", "first", "last", "polyarchy", "polyarchy_low", "polyarchy_high", "years"
    ).iter_rows() if row[0] in FIVE}  # fmt: skip
    assert set(found) == {(actor, *span) for actor in FIVE for span in spans}
    for (actor, first, last), (*values, years) in found.items():
        some = rows.filter(
            (pl.col("country_text_id") == actor.upper()) & pl.col("year").is_between(first, last)
        )
        means = [some[f"v2x_polyarchy{end}"].mean() for end in ("", "_codelow", "_codehigh")]
        assert values == pytest.approx(means, abs=5.1e-5)
        assert years == some.height == last - first + 1


def test_the_series_carries_no_value_of_the_datasets(kept: dict[str, Kept], central_asia: Study) -> None:
    """No mean is of one year; of Polity the last window has none, its scores ending in 2018 (that of one state in 2020)."""
    tables = [kept[name].table("regimes") for name in ("vdem", "polity5")]
    frame = regime_likeness.region(central_asia, *tables)["regimes"]
    for index, years in (("polyarchy", "years"), ("libdem", "libdem_years"), ("polity", "polity_years")):
        assert frame.filter(pl.col(index).is_not_null())[years].min() >= regime_likeness.LEAST
    last = frame.filter(pl.col("first") == 2020)
    assert last["polity"].null_count() == last.height
    assert last["polity_years"].max() == 1


def test_polity_of_the_five(data: Path, kept: dict[str, Kept], central_asia: Study) -> None:
    """A transition in 2010 is no score: the mean is over six pairs of ten, and its bounds are wide."""
    series = regime_likeness.region(central_asia, None, kept["polity5"].table("regimes"))
    frame = series["regimes"].filter(pl.col("actor").is_in(list(FIVE)))
    scores = raw(data, "polity5/p5v2018.csv.gz").filter(pl.col("ccode").is_in(list(FIVE.values())))
    ours = {FIVE[actor]: actor for actor in FIVE}
    assert frame.height == 5 * 6
    for actor, first, last, mean, years, without in frame.select(
        "actor", "first", "last", "polity", "polity_years", "polity_missing"
    ).iter_rows():
        some = [
            score
            for code, year, score in scores.select("ccode", "year", "polity").iter_rows()
            if ours[code] == actor and first <= year <= last
        ]
        known = [score for score in some if score >= -10]
        assert (years, without) == (len(known), len(some) - len(known))
        assert mean == pytest.approx(sum(known) / len(known), abs=5.1e-5)
    [kyrgyz] = frame.filter((pl.col("actor") == "kgz") & pl.lit(2010).is_between("first", "last")).rows(
        named=True
    )
    assert (kyrgyz["first"], kyrgyz["last"], kyrgyz["polity_missing"]) == (2006, 2010, 1)
    [row] = (
        series["regime_likeness"]
        .filter((pl.col("actor") == "region") & (pl.col("group") == "region") & (pl.col("year") == 2010))
        .rows(named=True)
    )
    assert (row["pairs"], row["of"]) == (6, 10)
    assert row["likeness"] == 0.825
    assert (row["low"], row["high"]) == (0.495, 0.895)


def test_every_dispute_year_of_the_provider_is_counted_once(data: Path, kept: dict[str, Kept]) -> None:
    """SOURCE.md of cow_mids_dyadic: 11,390 directed rows, to 2014; so 5,695 disputes of a pair in a year."""
    frame = disputes.world(kept["cow-mids"].table("disputes"))
    assert frame["disputes"].sum() == 11390 / 2
    assert (frame["year"].min(), frame["year"].max()) == (1816, 2014)
    rows = raw(data, "cow_mids_dyadic/cow_mid_dirdisps.csv.gz")
    one, other = FIVE["kgz"], FIVE["uzb"]
    pair = rows.filter((pl.col("ccode1") == one) & (pl.col("ccode2") == other))
    expected = {
        year: (numbers, LEVELS[level])
        for year, numbers, level in pair.group_by("year")
        .agg(pl.col("dispnum").n_unique(), level=pl.max_horizontal("hostlev1", "hostlev2").max())
        .iter_rows()
    }
    found = frame.filter((pl.col("state1") == "kgz") & (pl.col("state2") == "uzb"))
    assert {row[0]: row[1:] for row in found.select("year", "disputes", "hostility").iter_rows()} == expected
    assert expected[2012] == (1, "use")


def test_disputes_and_conflicts_of_the_region(kept: dict[str, Kept], central_asia: Study) -> None:
    """As counted in the providers' files: fourteen disputes between two of the five, one armed conflict, in 2021 and 2022."""
    frame = disputes.region(
        central_asia, kept["cow-mids"].table("disputes"), kept["ucdp-acd"].table("conflicts")
    )
    assert tuple(frame.columns) == disputes.COLUMNS
    between = frame.filter(pl.col("reach") == "between")
    assert between.filter(pl.col("kind") == "mid").select("actors", "number").rows() == [
        ("kgz; tjk", 2), ("kgz; uzb", 6), ("tjk; uzb", 6),
    ]  # fmt: skip
    counts = ("actors", "first", "last", "number", "years", "level")
    assert between.filter(pl.col("kind") == "conflict").select(counts).rows() == [
        ("kgz; tjk", 2021, 2022, 1, 2, "minor")
    ]
    inside = frame.filter((pl.col("reach") == "inside") & (pl.col("actors") == "tjk"))
    assert inside.select(counts[1:]).rows() == [(1992, 2011, 1, 10, "war"), (2018, 2019, 1, 2, "minor")]
    ends = dict(frame.group_by("kind").agg(pl.col("data_end").max()).iter_rows())
    assert ends == {"mid": 2014, "conflict": 2024}


def test_every_dispute_of_the_five_counts_once(
    data: Path, kept: dict[str, Kept], central_asia: Study
) -> None:
    """As many as have one of them on a side since 1991 in the provider's rows."""
    frame = disputes.region(central_asia, kept["cow-mids"].table("disputes"))
    rows = raw(data, "cow_mids_dyadic/cow_mid_dirdisps.csv.gz").filter(pl.col("year") >= 1991)
    ours = rows.filter(pl.col("ccode1").is_in(list(FIVE.values())))
    assert frame["number"].sum() == ours["dispnum"].n_unique()
    both = ours.filter(pl.col("ccode2").is_in(list(FIVE.values())))
    assert frame.filter(pl.col("reach") == "between")["number"].sum() == both["dispnum"].n_unique() == 14


def test_cohesion_of_a_session_against_a_loop(un: Kept) -> None:
    """Session 74, vote by vote: the agreement index of the five (Hix, Noury and Roland 2005), and the mean of their pairs."""
    calls = un.table("roll_calls").filter(pl.col("session") == 74)
    full = actors_by_iso2(with_absences(un.table("votes"), calls)).filter(
        pl.col("rcid").is_in(calls["rcid"].implode())
    )
    [row] = cohesion.world(full, calls, {"five": list(FIVE)}).rows(named=True)
    number = {"no": 0.0, "abstain": 0.5, "yes": 1.0}
    cast = {
        (rcid, actor): number[vote]
        for rcid, actor, vote in full.select("rcid", "actor", pl.col("vote").cast(pl.String)).iter_rows()
        if actor in FIVE and vote in number
    }
    indices, agreed = [], {pair: [] for pair in combinations(sorted(FIVE), 2)}
    for rcid in calls["rcid"]:
        hands = [cast[rcid, actor] for actor in FIVE if (rcid, actor) in cast]
        if len(hands) >= 2:
            most = max(hands.count(value) for value in number.values())
            indices.append((most - (len(hands) - most) / 2) / len(hands))
        for one, other in agreed:
            if (rcid, one) in cast and (rcid, other) in cast:
                agreed[one, other].append(1 - abs(cast[rcid, one] - cast[rcid, other]))
    means = [sum(values) / len(values) for values in agreed.values()]
    assert row["roll_calls"] == len(indices) == 89
    assert row["agreement_index"] == pytest.approx(sum(indices) / len(indices), abs=1e-4)
    assert row["mean_agreement"] == pytest.approx(sum(means) / len(means), abs=1e-4)
    assert (row["agreement_index"], row["mean_agreement"]) == (0.948, 0.979)
    assert row["agreement_low"] < row["mean_agreement"] < row["agreement_high"]


def test_the_series_of_votes_stay_small(un: Kept, central_asia: Study) -> None:
    calls = un.table("roll_calls")
    recent = calls.filter(pl.col("session") >= 70)
    full = actors_by_iso2(with_absences(un.table("votes"), recent)).filter(pl.col("session") >= 70)
    series = cohesion.region(central_asia, full, recent, un.table("issues"))
    assert set(series["cohesion"]["group"]) == {"region", "eu"}
    eu = series["cohesion"].filter((pl.col("group") == "eu") & (pl.col("session") == 70))
    assert eu["voters"].to_list() == [28]
    by_issue = series["agreement_by_issue"]
    assert by_issue.select("actor_1", "actor_2").unique().height == 10 + 5 * 3
    assert by_issue["issue"].n_unique() == 6
    assert by_issue.height <= 2 * 6 * 25
