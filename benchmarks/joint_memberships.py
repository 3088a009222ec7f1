"""Joint memberships of every dyad of states since 1816: ours against a self-join in DuckDB and in pandas.

Run with `python benchmarks/joint_memberships.py`, with cow-igo-v3 in the source store; pandas is a peer where it is installed.
*Kernel*: from encoded numbers (ours: a 0/1 table of state-years by bodies; theirs: whole-number columns year, state and body,
sorted, in the contender's own memory) to arrays of counts, zeros left out on the peers' side. *Frame*: from the tidy
tables to every dyad-year with its zeros, sorted. *Written*: the frame as a Parquet file. Results are asserted equal
before any time is printed; best of several runs, the contenders in turn, DuckDB with as many threads as it likes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from chaikhana.measures.joint_memberships import world
from chaikhana.methods.network import joint_counts, pairs
from chaikhana.sources.igo_network import incidence, panel
from chaikhana.sources.store import newest

DATASET = "cow-igo-v3"
RUNS = {"kernel": 7, "frame": 5, "written": 3}
LIMITS = {"kernel": 50, "frame": 10}
KEYS = ["year", "ccode1", "ccode2"]
SELF_JOIN = """
    SELECT a.year, a.ccode AS ccode1, b.ccode AS ccode2, count(*) AS joint
    FROM encoded a JOIN encoded b ON a.year = b.year AND a.body = b.body AND a.ccode < b.ccode GROUP BY ALL
"""
FRAME = """
    WITH members AS (SELECT ccode, year, body FROM memberships WHERE status = 'member'),
    dyads AS (
        SELECT a.ccode AS ccode1, b.ccode AS ccode2, a.year
        FROM state_years a JOIN state_years b ON a.year = b.year AND a.ccode < b.ccode
    ), shared AS (
        SELECT a.ccode AS ccode1, b.ccode AS ccode2, a.year, count(*) AS joint
        FROM members a JOIN members b ON a.year = b.year AND a.body = b.body AND a.ccode < b.ccode GROUP BY ALL
    )
    SELECT ccode1, ccode2, year, coalesce(joint, 0)::INTEGER AS joint
    FROM dyads LEFT JOIN shared USING (ccode1, ccode2, year) ORDER BY year, ccode1, ccode2
"""
Contenders = dict[str, Callable[[], Any]]


def main() -> None:
    """Print the times and ratios, or what is lacking for them."""
    kept = newest(DATASET)
    if kept is None:
        print(f"Skipped: the store has no {DATASET}. Add it: chaikhana sources add {DATASET} FILE.")
        return
    memberships, state_years = kept.table("memberships"), kept.table("state_years")
    pandas = _pandas()
    with duckdb.connect() as connection, tempfile.TemporaryDirectory() as folder:
        for stage, contenders in (
            ("kernel", kernels(memberships, state_years, connection, pandas)),
            ("frame", frames(memberships, state_years, connection, pandas)),
            ("written", writers(memberships, state_years, connection, Path(folder))),
        ):
            best = dict.fromkeys(contenders, float("inf"))
            for _ in range(RUNS[stage]):
                for name, run in contenders.items():
                    best[name] = min(best[name], _seconds(run))
            limit = f"   (DuckDB at least {LIMITS[stage]})" if stage in LIMITS else ""
            print(f"{stage}, best of {RUNS[stage]}{limit}")
            for name, took in best.items():
                print(f"  {name:10} {1000 * took:9.1f} ms   {took / best['chaikhana']:6.1f} times ours")


def kernels(memberships: pl.DataFrame, state_years: pl.DataFrame, connection: Any, pandas: Any) -> Contenders:
    """From encoded numbers to arrays."""
    rows, starts = panel(state_years)
    table = incidence(memberships, rows, ("member",))
    place, body = np.nonzero(table)
    years, codes = rows["year"].to_numpy(), rows["ccode"].to_numpy()
    encoded = pl.DataFrame({"year": years[place], "ccode": codes[place], "body": body.astype(np.int32)}).sort(
        "year", "body"
    )
    connection.register("arrow", encoded.to_arrow())
    connection.execute("CREATE TABLE encoded AS SELECT * FROM arrow")
    contenders: Contenders = {
        "chaikhana": lambda: joint_counts(table, starts),
        "DuckDB": lambda: connection.execute(SELF_JOIN).fetchnumpy(),
    }
    first, second = pairs(starts)
    ours = pl.DataFrame(
        {
            "year": years[first],
            "ccode1": codes[first],
            "ccode2": codes[second],
            "joint": contenders["chaikhana"](),
        }
    )
    expected = as_numbers(ours.filter(pl.col("joint") > 0))
    if pandas is not None:
        plain = pandas.DataFrame(encoded.to_dict(as_series=False))

        def joined() -> Any:
            both = plain.merge(plain, on=["year", "body"])
            later = both[both["ccode_x"] < both["ccode_y"]]
            counts = (
                later.groupby(["year", "ccode_x", "ccode_y"], sort=False).size().reset_index(name="joint")
            )
            return counts.rename(columns={"ccode_x": "ccode1", "ccode_y": "ccode2"})

        contenders["pandas"] = joined
    for name in list(contenders)[1:]:
        found = contenders[name]()
        assert_equal(
            expected,
            as_numbers(pl.DataFrame({key: np.asarray(found[key]) for key in [*KEYS, "joint"]})),
            name,
        )
    print(
        f"{len(place):,} memberships, {len(ours):,} dyad-years, {len(expected[0]):,} with a joint one; results are equal."
    )
    return contenders


def frames(memberships: pl.DataFrame, state_years: pl.DataFrame, connection: Any, pandas: Any) -> Contenders:
    """From the tidy tables to every dyad-year."""
    tidy = memberships.with_columns(pl.col("status").cast(pl.String))
    for name, frame in (("memberships", tidy), ("state_years", state_years.select("ccode", "year"))):
        connection.register("arrow", frame.to_arrow())
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow")
    contenders: Contenders = {
        "chaikhana": lambda: world(memberships, state_years),
        "DuckDB": lambda: connection.sql(FRAME).to_arrow_table(),
    }
    if pandas is not None:
        held = pandas.DataFrame(tidy.to_dict(as_series=False))
        states = pandas.DataFrame(state_years.select("ccode", "year").to_dict(as_series=False))

        def joined() -> Any:
            members = held.loc[held["status"] == "member", ["ccode", "year", "body"]]
            both = members.merge(members, on=["year", "body"])
            both = both[both["ccode_x"] < both["ccode_y"]]
            counts = both.groupby(["ccode_x", "ccode_y", "year"], sort=False).size().reset_index(name="joint")
            dyads = states.merge(states, on="year")
            dyads = dyads[dyads["ccode_x"] < dyads["ccode_y"]]
            full = dyads.merge(counts, how="left", on=["ccode_x", "ccode_y", "year"])
            full["joint"] = full["joint"].fillna(0).astype("int32")
            return full.rename(columns={"ccode_x": "ccode1", "ccode_y": "ccode2"}).sort_values(KEYS)

        contenders["pandas"] = joined
    expected = as_numbers(contenders["chaikhana"]())
    for name in list(contenders)[1:]:
        found = contenders[name]()
        table = (
            pl.from_arrow(found)
            if name == "DuckDB"
            else pl.DataFrame({key: found[key].to_numpy() for key in found})
        )
        assert_equal(expected, as_numbers(pl.DataFrame(table)), name)
    return contenders


def writers(
    memberships: pl.DataFrame, state_years: pl.DataFrame, connection: Any, folder: Path
) -> Contenders:
    """From the tidy tables to a file; the tables that `frames` made are there."""
    ours, theirs = folder / "ours.parquet", folder / "theirs.parquet"
    contenders: Contenders = {
        "chaikhana": lambda: world(memberships, state_years).write_parquet(ours, compression="snappy"),
        "DuckDB": lambda: connection.execute(
            f"COPY ({FRAME}) TO '{theirs}' (FORMAT parquet, COMPRESSION snappy)"
        ),
    }
    for run in contenders.values():
        run()
    assert_equal(as_numbers(pl.read_parquet(ours)), as_numbers(pl.read_parquet(theirs)), "DuckDB's file")
    return contenders


def as_numbers(frame: pl.DataFrame) -> list[NDArray[Any]]:
    """The keys and counts in one order and type."""
    ordered = frame.select(pl.col(*KEYS, "joint").cast(pl.Int64)).sort(KEYS)
    return [ordered[name].to_numpy() for name in ordered.columns]


def assert_equal(ours: list[NDArray[Any]], theirs: list[NDArray[Any]], name: str) -> None:
    """Fail where a contender found something else."""
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(one, other, err_msg=name)


def _pandas() -> Any:
    try:
        import pandas
    except ImportError:
        print("pandas is not installed and left out.")
        return None
    return pandas


def _seconds(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
