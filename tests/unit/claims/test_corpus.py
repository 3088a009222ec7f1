"""The registered claims of the shipped study: enough, of every kind, in order, and none that cannot fail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from chaikhana.claims.registry import Claim, corpora
from chaikhana.claims.testing import Examiner, Result, _point, results
from chaikhana.claims.verdicts import verdict
from chaikhana.core.vocabulary import CLAIM_KINDS
from chaikhana.study.study import Study

LEAST, LEAST_EACH = 220, 30


@pytest.fixture(scope="session")
def tried(central_asia: Study) -> list[Result]:
    """Every claim, tried once."""
    return results(central_asia, corpora(central_asia))


def test_there_are_enough_in_every_paper_and_of_every_kind(central_asia: Study, tried: list[Result]):
    counted = Counter(one.claim.paper for one in tried)
    assert sum(counted.values()) >= LEAST
    assert set(counted) == set(central_asia.about.papers)
    assert min(counted.values()) >= LEAST_EACH
    assert {one.claim.kind for one in tried} == set(CLAIM_KINDS)


def test_some_are_contradicted_and_some_disagree_across_papers(tried: list[Result]):
    by_id = {one.claim.id: one for one in tried}
    assert sum(one.verdict == "contradicted" for one in tried) > 20
    across = [
        (one.claim.id, other)
        for one in tried
        for other in one.claim.against
        if by_id[other].claim.paper != one.claim.paper
    ]
    assert len(across) >= 10


def test_a_contradiction_says_what_could_explain_it(tried: list[Result]):
    told = ("Definition:", "Date:", "Source:")
    bare = [
        one.claim.id
        for one in tried
        if {one.verdict, one.verdict_then} & {"contradicted", "mixed"}
        and not one.claim.explains.startswith(told)
    ]
    assert not bare


def test_every_deciding_row_is_a_row(central_asia: Study, tried: list[Result]):
    known = {row for frame in central_asia.frames.values() for row in frame["row"]}
    known |= {
        f"derived/{name}:{line}"
        for name, derived in central_asia.derived.items()
        for line in range(2, derived.frame.height + 2)
    }
    # Findings name the series as a whole.
    strange = {
        (one.claim.id, row)
        for one in tried
        for row in one.rows
        if row not in known and not row.startswith("derived:")
    }
    assert not strange


def test_what_cannot_be_tested_says_what_would(central_asia: Study):
    waiting = [claim for corpus in corpora(central_asia) for claim in corpus.claims if not claim.testable]
    assert waiting
    assert all(claim.needs for claim in waiting)


def test_locators_name_a_place(central_asia: Study):
    for corpus in corpora(central_asia):
        for claim in corpus.claims:
            assert any(mark.isalpha() for mark in claim.locator), claim.id


def _parts(rows: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What is taken away in turn: all rows, either half, those of each table, each by itself."""
    yield rows
    yield rows[: len(rows) // 2]
    yield rows[len(rows) // 2 :]
    tables: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        tables[row.partition(":")[0]].append(row)
    yield from map(tuple, tables.values())
    yield from ((row,) for row in rows[:60])


def _after(examiner: Examiner, claim: Claim, day: date, gone: tuple[str, ...]) -> str:
    """The verdict once these rows are deleted; they are put back."""
    connection = examiner.database.connection
    tables: dict[str, list[str]] = defaultdict(list)
    for row in gone:
        tables[row.partition(":")[0].replace("derived/", "derived_")].append(row)
    connection.execute("BEGIN")
    try:
        for table, ids in tables.items():
            connection.execute(f'DELETE FROM "{table}" WHERE "row" IN (SELECT unnest($ids))', {"ids": ids})
        parameters = {"day": day} if "$day" in claim.test else None
        found = connection.execute(claim.test, parameters)
        names = [column[0] for column in found.description]
        return verdict(_point(claim, dict(zip(names, row, strict=True))) for row in found.fetchall())
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize(
    "paper", ["costaburanelli2021", "mayer2021", "moldashev2018", "thesis2018", "tskhay2020"]
)
def test_the_verdict_moves_when_deciding_rows_go(central_asia: Study, paper: str):
    examiner = Examiner(central_asia)
    fixed = []
    for corpus in corpora(central_asia):
        for claim in corpus.claims if corpus.paper == paper else ():
            if not claim.testable or claim.computed:
                continue
            one = examiner.result(claim, corpus.written)
            moves = bool(one.turns) or any(
                _after(examiner, claim, one.on, part) != one.verdict for part in _parts(one.rows) if part
            )
            if not moves:
                fixed.append(claim.id)
    examiner.close()
    assert not fixed


def _mutated(study: Study, gone: set[str], *, whole: bool = False) -> Study:
    """The study without these rows, or without any row of any table and any series.

    Rows that others point to stay, or the study would be none.
    """
    frames = {
        name: frame
        if name in ("actors", "bodies")
        else frame.clear()
        if whole
        else frame.filter(~pl.col("row").is_in(list(gone)))
        for name, frame in study.frames.items()
    }
    lost = {row.removeprefix("derived/").removeprefix("derived:").partition(":")[0] for row in gone}
    derived = {name: one for name, one in study.derived.items() if name not in lost and not whole}
    return replace(study, frames=frames, derived=derived)


@pytest.mark.parametrize("part", range(4))
def test_the_verdict_on_what_is_computed_moves_when_its_rows_go(
    central_asia: Study, tried: list[Result], part: int
):
    computed = [one for one in tried if one.claim.computed][part::4]
    fixed = []
    for one in computed:
        half = len(one.rows) // 2
        every = set(one.rows)
        for changed in (
            _mutated(central_asia, every),
            _mutated(central_asia, set(one.rows[:half])),
            _mutated(central_asia, set(one.rows[half:])),
            _mutated(central_asia, every, whole=True),
        ):
            examiner = Examiner(changed)
            after = examiner.result(one.claim, one.written, one.on, hangs=False).verdict
            examiner.close()
            if after != one.verdict:
                break
        else:
            fixed.append(one.claim.id)
    assert not fixed
