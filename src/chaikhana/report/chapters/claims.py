"""What the papers claim, put to the rows: verdicts at a glance, contradictions first, and where two papers disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from chaikhana.claims.registry import Corpus, corpora
from chaikhana.claims.telling import found_in_short, hangs_on
from chaikhana.claims.testing import Result, results
from chaikhana.claims.verdicts import ORDER
from chaikhana.report.blocks import Block, Chapter, Part, Prose, Table
from chaikhana.report.names import Names
from chaikhana.study.study import Study

MOST_ROWS = 8
SIGNS = {"supported": "●", "contradicted": "○", "mixed": "◐", "undetermined": "?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A claim as a square of its paper's row."""

    verdict: str
    sign: str
    says: str
    rows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A claim as it is told in full."""

    id: str
    paper: str
    locator: str
    verdict: str
    sign: str
    says: str
    expected: str
    found: str
    explains: str
    hangs: str
    rows: str


def chapter(study: Study, _names: Names) -> Chapter:
    """The chapter; it says so where no claims are registered for the study."""
    found = corpora(study)
    if not found:
        told = (
            "No claims are registered for this study. Papers make checkable claims in passing; the command claims new writes a "
            "file in which they are put down, each with its test, and they are re-run whenever the data change."
        )
        return Chapter(id="claims", title="What the papers claim", blocks=(Prose(paragraphs=(told,)),))
    tried = results(study, found)
    by_id = {one.claim.id: one for one in tried}
    papers = [
        (
            study.bibliography[corpus.paper].short,
            _counts([one for one in tried if one.claim.paper == corpus.paper]),
            [
                _square(one)
                for one in sorted(tried, key=lambda one: ORDER.index(one.verdict))
                if one.claim.paper == corpus.paper
            ],
        )
        for corpus in found
    ]
    pairs = [
        (_shown(one, study), _shown(by_id[other], study))
        for one in tried
        for other in one.claim.against
        if other in by_id and one.claim.id < other
    ]
    blocks: tuple[Block, ...] = (
        Prose(paragraphs=_words(tried, found)),
        Part(
            template="claims.html",
            values={
                "papers": papers,
                "signs": SIGNS,
                "groups": [
                    (verdict, [_shown(one, study) for one in tried if one.verdict == verdict])
                    for verdict in ("contradicted", "mixed")
                ],
                "pairs": pairs,
            },
        ),
        _table(tried, study),
    )
    return Chapter(id="claims", title="What the papers claim", blocks=blocks)


def _counts(some: Sequence[Result]) -> str:
    verdicts = [one.verdict for one in some]
    return ", ".join(f"{verdicts.count(word)} {word}" for word in reversed(ORDER) if word in verdicts)


def _words(tried: Sequence[Result], found: Sequence[Corpus]) -> tuple[str, ...]:
    counts = {word: sum(one.verdict == word for one in tried) for word in ORDER}
    untested = sum(not claim.testable for corpus in found for claim in corpus.claims)
    moved = sum(one.verdict != one.verdict_then for one in tried)
    alone = sum(one.alone for one in tried)
    turned = sum(bool(one.turns) for one in tried)
    return (
        f"{len(tried)} claims of {len(found)} papers were put to the rows of this study, as of {tried[0].on}: "
        f"{counts['supported']} are supported, {counts['contradicted']} contradicted, {counts['mixed']} mixed, and "
        f"{counts['undetermined']} undetermined; {untested} more wait for data that would test them. "
        f"{moved} have another verdict today than when their paper was written.",
        f"A contradiction is no reproach: a definition, a date or a source may explain it, and each is told "
        f"with what may. {turned} verdicts are others if another side is taken where sources differ, and {alone} "
        "rest on the paper's own word, since no other source of the study says the same.",
    )


def _rows(one: Result) -> tuple[str, ...]:
    """The rows that decide as the page knows them; a value of a derived series leads to the series."""
    named = (
        f"derived:{row.removeprefix('derived/').partition(':')[0]}" if row.startswith("derived/") else row
        for row in one.rows
    )
    return tuple(dict.fromkeys(named))[:MOST_ROWS]


def _square(one: Result) -> Square:
    return Square(
        verdict=one.verdict,
        sign=SIGNS[one.verdict],
        says=f"{one.verdict}: {one.claim.says} ({one.claim.locator})",
        rows=" ".join(_rows(one)),
    )


def _shown(one: Result, study: Study) -> Shown:
    return Shown(
        id=one.claim.id,
        paper=study.bibliography[one.claim.paper].short,
        locator=one.claim.locator,
        verdict=one.verdict,
        sign=SIGNS[one.verdict],
        says=one.claim.says,
        expected=one.claim.expected,
        found=found_in_short(one),
        explains=one.claim.explains,
        hangs="; ".join(hangs_on(one)),
        rows=" ".join(_rows(one)),
    )


def _table(tried: Sequence[Result], study: Study) -> Table:
    ordered = sorted(tried, key=lambda one: ORDER.index(one.verdict))
    frame = pl.DataFrame(
        [
            {
                "claim": one.claim.id,
                "paper": study.bibliography[one.claim.paper].short,
                "locator": one.claim.locator,
                "kind": one.claim.kind,
                "says": one.claim.says,
                "expected": one.claim.expected,
                "verdict": one.verdict,
                "then": one.verdict_then,
                "found": found_in_short(one),
                "hangs_on": "; ".join(hangs_on(one)),
                "rows": list(_rows(one)),
            }
            for one in ordered
        ],
        schema_overrides={"rows": pl.List(pl.String)},
    )
    return Table(
        id="claims",
        title="Every claim, its verdict today and when the paper was written",
        source="; ".join(
            study.bibliography[paper].full for paper in dict.fromkeys(one.claim.paper for one in tried)
        ),
        frame=frame,
        headings={"says": "claim", "paper": "paper", "verdict": "verdict", "then": "then", "found": "found"},
        most=12,
        note=f"At most {MOST_ROWS} rows are named here.",
    )
