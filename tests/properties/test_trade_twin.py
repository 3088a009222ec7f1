"""Trade and arms against loops that a reader can follow, and their bounds against every way of filling the gaps."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaikhana.measures import arms_suppliers, trade_partners, trade_within
from chaikhana.measures.arms_suppliers import UNKNOWN

STATES = ("aaa", "bbb", "ccc", "xxx", "yyy")
YEARS = (1995, 1996)
GROUPS = {"three": ("aaa", "bbb", "ccc"), "two": ("aaa", "xxx"), "one": ("yyy",)}
SCHEMA = {
    "year": pl.Int32,
    "state1": pl.String,
    "state2": pl.String,
    "imports1": pl.Float64,
    "imports2": pl.Float64,
}
Flows = dict[
    tuple[int, str, str], float | None
]  # (year, importer, exporter); a dyad without a row is not in it
flow = st.one_of(st.none(), st.integers(0, 6).map(float))


@st.composite
def worlds(draw: st.DrawFn) -> Flows:
    """A random world: some dyads have no row, some flows are missing."""
    pairs = [(year, *pair) for year in YEARS for pair in combinations(STATES, 2)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs)))
    flows: Flows = {}
    for year, one, other in chosen:
        flows[year, one, other], flows[year, other, one] = draw(flow), draw(flow)
    return flows


def table(flows: Flows) -> pl.DataFrame:
    rows = [
        (year, one, other, value, flows[year, other, one])
        for (year, one, other), value in flows.items()
        if one < other
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def present(flows: Flows, year: int) -> list[str]:
    return sorted({state for when, *pair in flows if when == year for state in pair})


def known(flows: Flows, year: int, one: str, other: str) -> list[float]:
    """The known flows of a dyad, in both directions."""
    both = (flows.get((year, one, other)), flows.get((year, other, one)))
    return [value for value in both if value is not None]


def ratio(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def same(found: Any, expected: float | None) -> bool:
    return found is None if expected is None else found == pytest.approx(expected, abs=1e-9)


def slow_partners(flows: Flows) -> dict[tuple[int, str, str], tuple[float | None, float | None, int | None]]:
    """Flow, share and rank of every partner."""
    result = {}
    for year, state, partner in flows:
        sums = {
            other: sum(values) if (values := known(flows, year, state, other)) else None
            for (when, one, other) in flows
            if (when, one) == (year, state)
        }
        amounts = [value for value in sums.values() if value is not None]
        mine = sums[partner]
        rank = None if mine is None else 1 + sum(value > mine for value in amounts)
        result[year, state, partner] = (mine, ratio(mine, sum(amounts)), rank)
    return result


def slow_within(flows: Flows, year: int, members: list[str]) -> dict[str, float | None]:
    """Frankel's and Iapadre's indices, term by term."""
    everyone = present(flows, year)
    outsiders = [state for state in everyone if state not in members]

    def between(some: list[str], others: list[str]) -> float:
        return sum(sum(known(flows, year, one, other)) for one in some for other in others if one != other)

    inner_known = any(known(flows, year, one, other) for one, other in combinations(members, 2))
    t_ii = between(members, members) if inner_known else None
    t_i, t_o, t_w = (between(some, everyone) for some in (members, outsiders, everyone))
    t_oi = None if t_ii is None else between(outsiders, members)
    share, weight = ratio(t_ii, t_i), ratio(t_oi, t_o)
    introversion = None
    if share is not None and weight is not None and (share or weight):
        if weight in (0, 1):  # HI or HE has no end: the limit
            introversion = 1.0 if share > weight else -1.0 if share < weight else None
        else:
            within, without = share / weight, (1 - share) / (1 - weight)
            introversion = (within - without) / (within + without)
    return {"share": share, "intensity": ratio(share, ratio(t_i, t_w)), "introversion": introversion}


@given(worlds())
def test_partners_agree_with_their_slow_twin(flows: Flows) -> None:
    frame = trade_partners.world(table(flows))
    expected = slow_partners(flows)
    assert frame.height == len(expected)
    for row in frame.iter_rows(named=True):
        amount, share, rank = expected[row["year"], row["state"], row["partner"]]
        assert same(row["flow"], amount)
        assert same(row["share"], share)
        assert row["rank"] == rank


@given(worlds())
def test_what_holds_of_partners(flows: Flows) -> None:
    frame = trade_partners.world(table(flows))
    assert frame.equals(frame.sort("year", "state", "partner"))
    sums = frame.group_by("year", "state").agg(pl.col("share").sum(), traded=pl.col("flow").sum() > 0)
    for share, traded in sums.select("share", "traded").iter_rows():
        assert share == pytest.approx(1 if traded else 0)
    for row in trade_partners.concentration(frame).iter_rows(named=True):
        assert row["known"] + row["missing"] == 2 * (len(present(flows, row["year"])) - 1)
        if row["herfindahl"] is not None:
            assert 1 / row["partners"] - 1e-9 <= row["herfindahl"] <= row["largest_share"] + 1e-9
        if row["normalised"] is not None:
            assert -1e-9 <= row["normalised"] <= 1 + 1e-9


@given(worlds())
def test_trade_within_agrees_with_its_slow_twin(flows: Flows) -> None:
    frame = trade_within.world(table(flows), GROUPS)
    expected = {
        (group, year)
        for group, states in GROUPS.items()
        for year in YEARS
        if {*states} & {*present(flows, year)}
    }
    assert set(frame.select("group", "year").rows()) == expected
    for row in frame.iter_rows(named=True):
        members = [state for state in GROUPS[row["group"]] if state in present(flows, row["year"])]
        assert row["members"] == len(members)
        for name, value in slow_within(flows, row["year"], members).items():
            assert same(row[name], value), (name, row, value)


@given(worlds())
def test_what_holds_of_trade_within(flows: Flows) -> None:
    frame = trade_within.world(table(flows), GROUPS)
    for row in frame.iter_rows(named=True):
        assert 0 <= row["intra_zero"] <= row["intra_known"] <= row["intra_flows"] <= row["flows"]
        assert row["intra_known"] <= row["known"] <= row["flows"]
        if row["share"] is not None:
            assert 0 <= row["share_low"] <= row["share"] <= row["share_high"] <= 1
        if row["introversion"] is not None:
            assert -1 - 1e-9 <= row["introversion"] <= 1 + 1e-9


@given(worlds(), st.lists(st.integers(0, 50).map(float), min_size=40, max_size=40))
def test_however_the_gaps_are_filled_the_share_stays_within_its_bounds(
    flows: Flows, fill: list[float]
) -> None:
    filled: Flows = {}
    amounts = iter(fill)
    for year in YEARS:
        for one, other in combinations(present(flows, year), 2):
            for pair in ((one, other), (other, one)):
                value = flows.get((year, *pair))
                filled[year, *pair] = next(amounts) if value is None else value
    complete = {
        (row["group"], row["year"]): row
        for row in trade_within.world(table(filled), GROUPS).iter_rows(named=True)
    }
    for row in trade_within.world(table(flows), GROUPS).iter_rows(named=True):
        share = complete[row["group"], row["year"]]["share"]
        if row["share"] is not None:
            assert row["share_low"] - 1e-9 <= share <= row["share_high"] + 1e-9


@given(worlds())
def test_a_member_with_the_rest_is_its_part_of_the_whole(flows: Flows) -> None:
    each = trade_within.by_state(table(flows), GROUPS).filter("member")
    sums = each.group_by("group", "year").agg(pl.col("intra").sum(), pl.col("total").sum())
    whole = trade_within.world(table(flows), GROUPS).join(sums, on=["group", "year"])
    for row in whole.iter_rows(named=True):
        assert row["intra_right"] == pytest.approx(2 * (row["intra"] or 0))
        assert row["total_right"] == pytest.approx(row["total"] or 0)


suppliers = st.sampled_from(("aaa", "bbb", "xxx", UNKNOWN))
deliveries = st.dictionaries(
    st.tuples(suppliers, st.sampled_from(("ccc", "yyy")), st.sampled_from(YEARS)),
    st.sampled_from((0.0, 0.0, 1.0, 2.0, 7.0)),
    min_size=1,
)
SPAN = (YEARS[0], YEARS[-1])


def as_transfers(cells: dict[tuple[str, str, int], float]) -> pl.DataFrame:
    frame = pl.DataFrame(
        [(*key, value) for key, value in cells.items()],
        schema={"supplier": pl.String, "recipient": pl.String, "year": pl.Int32, "tiv": pl.Float64},
        orient="row",
    )
    return frame.with_columns(
        tiv_low=pl.max_horizontal(pl.col("tiv") - 0.5, 0.0),
        tiv_high=pl.col("tiv") + 0.5,
        recipient_state="recipient",
        supplier_state=pl.when(pl.col("supplier") != UNKNOWN).then("supplier"),
    )


@given(deliveries, st.randoms(use_true_random=False))
def test_whatever_the_zeros_stand_for_shares_and_index_stay_within_their_bounds(cells, random) -> None:
    """Each value becomes one that is printed so, each unknown supplier somebody."""
    exact: dict[tuple[str, str], float] = {}
    for (supplier, recipient, _), value in cells.items():
        amount = value + random.choice((0.001, 0.2, 0.4999)) * (random.choice((-1, 1)) if value else 1)
        giver = random.choice(("aaa", "bbb", "xxx", "new")) if supplier == UNKNOWN else supplier
        exact[recipient, giver] = exact.get((recipient, giver), 0) + amount
    frame = arms_suppliers.world(as_transfers(cells), [SPAN])
    for row in arms_suppliers.concentration(frame).iter_rows(named=True):
        amounts = [value for (recipient, _), value in exact.items() if recipient == row["recipient"]]
        index = sum((value / sum(amounts)) ** 2 for value in amounts)
        assert row["herfindahl_low"] - 1e-9 <= index <= row["herfindahl_high"] + 1e-9
        assert row["tiv_low"] - 1e-9 <= sum(amounts) <= row["tiv_high"] + 1e-9
        if row["certain"]:
            assert exact[row["recipient"], row["largest"]] == max(amounts)
    if not any(supplier == UNKNOWN for supplier, *_ in cells):
        for row in frame.iter_rows(named=True):
            whole = sum(value for (recipient, _), value in exact.items() if recipient == row["recipient"])
            share = exact[row["recipient"], row["supplier"]] / whole
            assert row["share_low"] - 1e-9 <= share <= row["share_high"] + 1e-9


@given(deliveries)
def test_sums_of_years_are_sums_over_the_span(cells) -> None:
    transfers = as_transfers(cells)
    yearly = (
        arms_suppliers.world(transfers)
        .group_by("recipient", "supplier")
        .agg(pl.col("tiv", "tiv_low", "tiv_high").sum())
    )
    over = arms_suppliers.world(transfers, [SPAN]).join(yearly, on=["recipient", "supplier"])
    for row in over.iter_rows(named=True):
        assert row["tiv_low"] == row["tiv_low_right"]
        assert row["tiv_high"] == row["tiv_high_right"]
        assert row["tiv"] == sum(
            value for (supplier, recipient, _), value in cells.items()
            if (supplier, recipient) == (row["supplier"], row["recipient"])
        )  # fmt: skip
