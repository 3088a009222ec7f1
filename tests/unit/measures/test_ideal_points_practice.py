"""Ideal points from tables of votes: what is left out, and what comes out. The votes are invented."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import polars as pl
import pytest

from chaikhana.errors import BadValueError, SourceError
from chaikhana.measures import ideal_points
from chaikhana.study.derived import Derived
from chaikhana.study.study import Study

WORDS = np.array(["no", "abstain", "yes"])
SEATS = {
    "US": "United States",
    "GB": "United Kingdom",
    "SE": "Sweden",
    "IN": "India",
    "EG": "Egypt",
    "BR": "Brazil",
}
SEATS |= {"ZA": "South Africa", "PL": "Poland", "RU": "Russia"}
PLACES = dict(zip(SEATS, np.linspace(2, -2, len(SEATS)), strict=True))


def tables(
    sessions: tuple[int, ...] = (17, 18, 19, 48), calls: int = 12
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Votes and roll calls in the columns of the store; a higher rcid is a later call."""
    rng = np.random.default_rng(0)
    votes: list[dict[str, object]] = []
    roll_calls: list[dict[str, object]] = []
    for session, call in product(sessions, range(calls)):
        rcid = 100 * session + call
        roll_calls.append(
            {
                "rcid": rcid,
                "session": session,
                "date": f"{1945 + session}-10-01",
                "paragraph": None,
                "amendment": None,
            }
        )
        slope, middle = (1 if call % 2 else -1) * rng.uniform(1, 2), rng.normal(0, 1.5)
        for iso2, country in SEATS.items():
            answer = slope * PLACES[iso2] + rng.normal(0, 0.7) - middle
            word = WORDS[int(np.digitize(answer, [-0.5, 0.5]))]
            votes.append({"rcid": rcid, "country": country, "iso2": iso2, "vote": word})
    schema = {
        "rcid": pl.Int32,
        "session": pl.Int32,
        "date": pl.String,
        "paragraph": pl.Boolean,
        "amendment": pl.Boolean,
    }
    return (
        pl.DataFrame(votes, schema_overrides={"rcid": pl.Int32}),
        pl.DataFrame(roll_calls, schema=schema).with_columns(pl.col("date").str.to_date()),
    )


def pairs(found: pl.DataFrame, iso3: str) -> list[int]:
    return found.filter(pl.col("iso3") == iso3)["session"].to_list()


def test_the_order_of_states_is_found() -> None:
    found = ideal_points.world(*tables())
    assert found.columns == ["iso3", "ccode", "session", "estimate", "lower", "upper"]
    first = found.filter(pl.col("session") == 17).sort("estimate", descending=True)
    assert first["iso3"][0] in ("USA", "GBR", "SWE")
    assert first["iso3"][-1] in ("RUS", "POL", "ZAF")
    assert (first["lower"] < first["estimate"]).all()
    assert (first["estimate"] < first["upper"]).all()


def test_session_19_and_south_africa_in_48_are_left_out() -> None:
    found = ideal_points.world(*tables())
    assert found["session"].unique().sort().to_list() == [17, 18, 48]
    assert pairs(found, "ZAF") == [17, 18]
    assert pairs(found, "SWE") == [17, 18, 48]


def test_zanzibar_is_left_out() -> None:
    votes, calls = tables()
    zanzibar = votes.filter((pl.col("rcid") // 100 == 18) & (pl.col("iso2") == "SE")).with_columns(
        country=pl.lit("Zanzibar"), iso2=pl.lit(None, dtype=pl.String)
    )
    with_it, without = (
        ideal_points.world(pl.concat([votes, zanzibar]), calls),
        ideal_points.world(votes, calls),
    )
    assert with_it.equals(without)


def spoil(votes: pl.DataFrame, calls: list[int], change: Callable[[pl.Expr], pl.Expr]) -> pl.DataFrame:
    chosen = pl.col("rcid").is_in(calls)
    return votes.with_columns(vote=pl.when(chosen).then(change(pl.col("vote"))).otherwise(pl.col("vote")))


def opposite(vote: pl.Expr) -> pl.Expr:
    return vote.replace({"yes": "no", "no": "yes"})


@pytest.mark.parametrize("kind", ["paragraph", "amendment"])
def test_parts_of_resolutions_count_before_session_45_only(kind: str) -> None:
    """What is cast on them is changed for two states: it must matter in session 17 and not in 48."""
    votes, calls = tables()
    parts = [1700, 1701, 1702, 4800, 4801, 4802]
    calls = calls.with_columns(pl.when(pl.col("rcid").is_in(parts)).then(True).alias(kind))
    some = pl.col("iso2").is_in(["GB", "IN"])
    for session, matters in ((17, True), (48, False)):
        changed = pl.concat(
            [
                spoil(votes.filter(some), [rcid for rcid in parts if rcid // 100 == session], opposite),
                votes.filter(~some),
            ]
        )
        same = ideal_points.world(votes, calls).equals(ideal_points.world(changed, calls))
        assert same is not matters


def test_unanimous_roll_calls_are_left_out() -> None:
    votes, calls = tables()
    extra = calls.filter(pl.col("rcid") == 1700).with_columns(rcid=pl.lit(1799, dtype=pl.Int32))
    agreed = votes.filter(pl.col("rcid") == 1700).with_columns(
        rcid=pl.lit(1799, dtype=pl.Int32), vote=pl.lit("yes")
    )
    more = ideal_points.world(pl.concat([votes, agreed]), pl.concat([calls, extra]))
    assert more.equals(ideal_points.world(votes, calls))


def test_roll_calls_that_do_not_tell_parts_are_refused() -> None:
    votes, calls = tables()
    with pytest.raises(BadValueError, match="paragraphs and amendments"):
        ideal_points.world(votes, calls.drop("paragraph"))


def test_votes_without_those_that_settle_the_direction_are_refused() -> None:
    votes, calls = tables()
    with pytest.raises(BadValueError, match="none of RUS"):
        ideal_points.world(votes.filter(pl.col("iso2") != "RU"), calls)


def test_the_series_of_a_study_has_its_states_since_it_begins(tiny: Callable[..., Study]) -> None:
    study = tiny(
        actors="swe ind bra usa yyy",
        members=("swe", "ind", "bra"),
        powers=("usa",),
        begins="1963-01-01",
        ends="2000-12-31",
    )
    votes, calls = tables()
    found = ideal_points.region(study, votes, calls)
    assert tuple(found.columns) == ideal_points.COLUMNS
    assert found.select("session", "actor").rows() == list(product((18, 48), ("bra", "ind", "swe", "usa")))
    whole = ideal_points.world(votes, calls).filter((pl.col("iso3") == "SWE") & (pl.col("session") == 48))
    assert found.filter((pl.col("actor") == "swe") & (pl.col("session") == 48))["estimate"][
        0
    ] == pytest.approx(whole["estimate"][0], abs=5e-5)


def test_a_study_without_the_series_says_what_to_add(tiny: Callable[..., Study]) -> None:
    with pytest.raises(SourceError, match="un-votes"):
        ideal_points.ideal_points(tiny())


def test_the_measure_hands_on_the_series(tiny: Callable[..., Study]) -> None:
    study = tiny()
    frame = pl.DataFrame(
        {"actor": ["aaa"], "session": [46], "estimate": [0.1], "lower": [-0.1], "upper": [0.3]}
    )
    origin = {"dataset": "un-votes", "version": "2021-03"}
    series = Derived(name=ideal_points.SERIES, frame=frame, origin=origin)
    object.__setattr__(study, "derived", {ideal_points.SERIES: series})
    found = ideal_points.ideal_points(study)
    assert found.frame.columns == [*ideal_points.COLUMNS, "rows"]
    assert found.frame["rows"].to_list() == [[f"derived:{ideal_points.SERIES}"]]
    assert any("2021-03" in line for line in found.assumptions)
