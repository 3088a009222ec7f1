"""The chapter on regimes and disputes, on series written by hand: what it says, draws, and asks for."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from chaikhana.measures import disputes, regime_likeness
from chaikhana.report import drawing
from chaikhana.report.blocks import Figure, Prose, Table
from chaikhana.report.chapters.regimes import chapter
from chaikhana.report.names import names_of
from chaikhana.study.derived import Derived, read_derived, write_derived
from chaikhana.study.study import Study

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")
VDEM = pl.DataFrame(
    [
        (state, year, score, score - 0.05, score + 0.05)
        for state, scores in {
            "aaa": (0.2, 0.6),
            "bbb": (0.5, 0.45),
            "ccc": (0.3, 0.1),
            "xxx": (0.6, 0.6),
        }.items()
        for year, score in zip((1990, 1991, 1995, 1996), (*scores[:1] * 2, *scores[1:] * 2), strict=True)
    ],
    schema={
        "state": pl.String,
        "year": pl.Int32,
        "polyarchy": pl.Float64,
        "polyarchy_low": pl.Float64,
        "polyarchy_high": pl.Float64,
    },
    orient="row",
)
POLITY = pl.DataFrame(
    [
        ("aaa", 1995, -7, None),
        ("bbb", 1995, 8, None),
        ("ccc", 1995, None, "transition"),
        ("xxx", 1995, 10, None),
    ],
    schema={"state": pl.String, "year": pl.Int32, "polity": pl.Int64, "polity_missing": pl.String},
    orient="row",
)
MID = "militarised-dispute"
FOUGHT = pl.DataFrame(
    [
        (
            "conflict",
            "ccc",
            "inside",
            "internationalised-intrastate; intrastate",
            1997,
            1999,
            1,
            2,
            "minor",
            1999,
        ),
        ("mid", "aaa; bbb", "between", MID, 1995, 1998, 2, 3, "use", 1998),
        ("mid", "bbb; ccc", "between", MID, 1998, 1998, 1, 1, None, 1998),
        ("mid", "ccc; fra", "crossing", MID, 1998, 1998, 1, 1, "display", 1998),
    ],
    schema=dict(
        zip(
            disputes.COLUMNS,
            [*[pl.String] * 4, *[pl.Int32] * 2, *[pl.Int64] * 2, pl.String, pl.Int32],
            strict=True,
        )
    ),
    orient="row",
)


@pytest.fixture
def carrying(tiny, tmp_path):
    """A study that carries these series, as they come back from their files."""

    def carry(**frames: pl.DataFrame) -> Study:
        for name, frame in frames.items():
            write_derived(tmp_path, name, frame, ORIGIN)
        series, faults = read_derived(tmp_path)
        assert not faults
        assert all(isinstance(one, Derived) for one in series.values())
        return replace(tiny(powers=("xxx",)), derived=series)

    return carry


def series(tiny, vdem: pl.DataFrame | None, polity: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    return regime_likeness.region(tiny(powers=("xxx",)), vdem, polity)


def told(study: Study) -> tuple[str, dict[str, Figure | Table]]:
    made = chapter(study, names_of(study))
    assert (made.id, made.title) == ("regimes", "Regimes and disputes")
    [prose] = [block for block in made.blocks if isinstance(block, Prose)]
    blocks = {block.id: block for block in made.blocks if isinstance(block, Figure | Table)}
    return "\n".join(prose.paragraphs), blocks


def test_without_series_it_says_which_datasets_would_give_them(tiny) -> None:
    text, blocks = told(tiny())
    for dataset in ("vdem", "polity5", "cow-mids", "ucdp-acd"):
        assert f"chaikhana sources add {dataset} FILE" in text
    assert blocks == {}


def test_who_stands_where_and_who_moved(tiny, carrying) -> None:
    """aaa rose from 0.15–0.25 to 0.55–0.65, ccc fell from 0.25–0.35 to 0.05–0.15; the ranges of bbb overlap."""
    text, blocks = told(carrying(**series(tiny, VDEM, POLITY), disputes=FOUGHT))
    assert "stood on average over 1992–1996, the last years with data" in text
    assert text.index("aaa (0.60, between 0.55 and 0.65)") < text.index("bbb (0.45") < text.index("ccc (0.10")
    assert (
        "aaa stands clearly higher than over 1990–1991 and ccc stands clearly lower than over 1990–1991"
        in text
    )
    assert "of bbb it cannot be said, since the ranges overlap" in text
    assert list(blocks) == ["polyarchy", "regime-likeness", "likeness-to-powers", "disputes"]
    figure = blocks["polyarchy"]
    assert figure.title == "aaa stands highest on electoral democracy over 1992–1996, ccc lowest"
    assert figure.subtitle.startswith(
        "Means over windows of 5 years (1990–1991 is shorter), of V-Dem's index"
    )
    assert figure.frame.columns[:3] == ["state", "first", "last"]
    assert figure.frame.filter(pl.col("state") == "ccc")["polyarchy"].to_list() == [0.3, 0.1]


def test_with_one_window_nobody_moved(tiny, carrying) -> None:
    text, _ = told(carrying(**series(tiny, VDEM.filter(pl.col("year") > 1994), None)))
    assert "stood on average over 1992–1996" in text
    assert "clearly" not in text
    assert "overlap" not in text


def test_scores_without_bounds_are_told_without(tiny, carrying) -> None:
    bare = VDEM.with_columns(polyarchy_low=pl.lit(None, pl.Float64), polyarchy_high=pl.lit(None, pl.Float64))
    text, blocks = told(carrying(**series(tiny, bare, None)))
    assert "aaa (0.60); bbb (0.45); ccc (0.10)" in text
    assert drawing.as_svg(blocks["polyarchy"].chart).startswith("<svg")


def test_the_origin_names_every_dataset(tiny, carrying) -> None:
    study = carrying(**series(tiny, VDEM, POLITY), disputes=FOUGHT)
    both = {**ORIGIN, "dataset": "one; other", "version": "15; p5v2018", "citation": "One; Other"}
    study = replace(study, derived={name: replace(one, origin=both) for name, one in study.derived.items()})
    _, blocks = told(study)
    assert len(blocks) == 4
    assert all("One; Other (one; other, version 15; p5v2018)" in block.source for block in blocks.values())


def test_likeness_in_words_and_in_the_table(tiny, carrying) -> None:
    """1996: with xxx 1, 0.85, 0.5, mean 0.78; aaa-bbb 0.85, aaa-ccc 0.5, bbb-ccc 0.65, mean 0.67."""
    text, blocks = told(carrying(**series(tiny, VDEM, POLITY)))
    assert (
        "by V-Dem's index of electoral democracy, in 1996 they were most like xxx (0.78), then one another (0.67)"
        in text
    )
    assert "By Polity5's score, in 1995 they were most like xxx (0.53), then one another (0.25)" in text
    table = blocks["likeness-to-powers"].frame
    assert table.columns == ["state", "the other members", "xxx"]
    assert table.row(0) == ("aaa", "0.68 (0.57–0.78)", "1.00 (0.90–1.00)")


def test_disputes_in_words_and_in_the_table(carrying) -> None:
    text, blocks = told(carrying(disputes=FOUGHT))
    assert "chaikhana sources add vdem FILE" in text
    assert (
        "Up to 1998, where the data end, the dataset has 3 militarised disputes between states of the region"
        in text
    )
    assert "most often aaa and bbb (2), and 1 between a member and an outsider" in text
    assert "Up to 1999, where the data end, the dataset has no armed conflicts" in text
    assert "1 inside one of them" in text
    table = blocks["disputes"]
    assert table.frame.select("who", "reach", "kind", "number", "span", "years", "level").rows() == [
        ("aaa and bbb", "between members", "militarised dispute", 2, "1995–1998", 3, "use of force"),
        ("bbb and ccc", "between members", "militarised dispute", 1, "1998", 1, "unknown"),
        (
            "ccc",
            "inside a member",
            "armed conflict, internationalised intrastate and intrastate",
            1,
            "1997–1999",
            2,
            "minor",
        ),
        ("ccc and France", "with an outsider", "militarised dispute", 1, "1998", 1, "display of force"),
    ]
    assert {*table.headings, "rows"} == set(table.frame.columns)
    assert "militarised disputes to 1998, armed conflicts to 1999" in table.note


def test_no_dispute_is_said_and_not_drawn(carrying) -> None:
    text, blocks = told(carrying(disputes=FOUGHT.clear()))
    assert "have none of the region's states" in text
    assert blocks == {}


def test_polity_alone_will_do(tiny, carrying) -> None:
    text, blocks = told(carrying(**series(tiny, None, POLITY)))
    assert list(blocks) == ["regime-likeness"]
    assert "By Polity5" not in text
    assert "by Polity5's score, in 1995" in text


@pytest.mark.parametrize("figure", ["polyarchy", "regime-likeness"])
def test_the_figures_can_be_drawn_and_lead_to_their_rows(figure: str, tiny, carrying) -> None:
    _, blocks = told(carrying(**series(tiny, VDEM, POLITY)))
    svg = drawing.as_svg(blocks[figure].chart)
    assert svg.startswith("<svg")
    assert svg.count("<path") > 6
    assert blocks[figure].frame.columns[-1] == "rows"
    assert blocks[figure].alt
