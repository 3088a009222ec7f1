"""The chapter on speeches: what it tells of a series written by hand, and what it says without one."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from chaikhana.measures.speech_frames import COLUMNS, SERIES
from chaikhana.report.blocks import Chapter, Figure, Prose, Table
from chaikhana.report.chapters.speech import chapter
from chaikhana.report.drawing import as_svg
from chaikhana.report.names import names_of
from chaikhana.study.derived import Derived
from chaikhana.study.study import Study

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")
# actor, year, then places of nordic, baltic, arctic, peace-keeping in a speech of 1000 words
SPOKEN = [
    ("dnk", 1991, 12, 1, 0, 6),
    ("dnk", 1996, 2, 9, 1, 0),
    ("dnk", 2001, 2, 19, 1, 6),
    ("swe", 1993, 15, 0, 0, 9),
    ("swe", 2004, 15, 0, 0, 0),
    ("usa", 1993, 0, 1, 0, 50),
]
FRAMES = ("nordic", "baltic", "arctic", "peace-keeping")


def told(nordic: Study, spoken: list[tuple[str | int, ...]]) -> Chapter:
    rows = [
        (actor, year, 1000, frame, count, float(count))
        for actor, year, *counts in spoken
        for frame, count in zip(FRAMES, counts, strict=True)
    ]
    frame = pl.DataFrame(rows, schema=list(COLUMNS), orient="row")
    carried = Derived(name=SERIES, frame=frame, origin=ORIGIN)
    study = replace(nordic, derived={SERIES: carried})
    return chapter(study, names_of(study))


def prose(of: Chapter) -> str:
    return " ".join(text for block in of.blocks if isinstance(block, Prose) for text in block.paragraphs)


def test_without_a_series_it_names_the_dataset(nordic: Study) -> None:
    empty = chapter(nordic, names_of(nordic))
    assert (empty.id, len(empty.blocks)) == ("speech", 1)
    assert "chaikhana sources add un-general-debate" in prose(empty)


def test_a_series_without_the_regions_states(nordic: Study) -> None:
    assert "no speech of the region's states" in prose(told(nordic, SPOKEN[-1:]))


def test_words_from_the_numbers(nordic: Study) -> None:
    text = prose(told(nordic, SPOKEN))
    assert (
        "5 speeches by the region's states, of 5,000 words in all: of the 14 years from 1991 to 2004" in text
    )
    assert "3 of Denmark and 2 of Sweden" in text
    # Denmark: baltic 29, nordic 16, peace-keeping 12 of 3000 words; Sweden: nordic 30, peace-keeping 9 of 2000
    assert "Denmark speaks most of the Baltic (9.7), which also sets it apart most (the others 0.0)." in text
    assert "Sweden speaks most of Norden (15.0), which also sets it apart most (the others 5.3)." in text
    # 1991–94 to 2000–04; peace-keeping of Sweden falls by nine places only, and Norden's share stays
    assert "from 1991–94 to 2000–04: Denmark speaks more of the Baltic (1.0 to 19.0)" in text
    assert "and less of Norden (12.0 to 2.0)." in text
    assert "Sweden speaks" not in text.split("What changed most")[1]


def test_figures_have_their_title_from_the_numbers_and_can_be_drawn(nordic: Study) -> None:
    figures = [block for block in told(nordic, SPOKEN).blocks if isinstance(block, Figure)]
    assert [figure.id for figure in figures] == ["speech-identities", "speech-themes"]
    identities, themes = figures
    # 46 and 29 places of 5000 words
    assert identities.title == "The region's states name Norden most, 2 times as often as the Baltic"
    assert "Too rare to be drawn: the Arctic." in identities.subtitle
    assert "a point is of 1 speech." in identities.subtitle
    assert themes.title == "The region's states have come to speak less of peace-keeping"
    assert set(identities.frame["frame"]) == {"nordic", "baltic"}
    for figure in figures:
        svg = as_svg(figure.chart)
        assert "Denmark" in svg
        assert "NaN" not in svg


def test_a_spell_without_a_speech_breaks_the_line(nordic: Study) -> None:
    """Sweden's 1995–99 has no rate, and is not drawn as zero."""
    figure = next(block for block in told(nordic, SPOKEN).blocks if isinstance(block, Figure))
    [values] = figure.chart.to_dict()["datasets"].values()
    of_sweden = {
        (row["called"], row["middle"]): row["per_thousand"] for row in values if row["state"] == "Sweden"
    }
    assert of_sweden["Norden", 1997.0] is None
    assert of_sweden["the Baltic", 1992.0] == 0


def test_tables(nordic: Study) -> None:
    changes, beside = (block for block in told(nordic, SPOKEN).blocks if isinstance(block, Table))
    assert changes.frame.select("called", "dnk", "swe").rows()[:2] == [
        ("Norden", "12.00 (12) → 2.00 (2)", "15.00 (15) → 15.00 (15)"),
        ("the Baltic", "1.00 (1) → 19.00 (19)", "0.00 (0) → 0.00 (0)"),
    ]
    assert beside.frame.select("called", "region", "usa").rows()[:2] == [
        ("Norden", 46 / 5, 0.0), ("the Baltic", 29 / 5, 1.0),
    ]  # fmt: skip


def test_one_spell_and_one_state(nordic: Study) -> None:
    one = told(nordic, [("dnk", 1991, 30, 0, 0, 0), ("swe", 2004, 30, 0, 0, 0)])
    table = next(block for block in one.blocks if isinstance(block, Table))
    assert table.frame["dnk"][0] == "30.00 (30) → no speech"
    single = told(nordic, [("dnk", 1991, 30, 0, 0, 0)])
    assert "What changed" not in prose(single)
    assert "of the year 1991, 1 of Denmark." in prose(single)
    assert (
        next(block for block in single.blocks if isinstance(block, Figure)).title
        == "The region's states name Norden"
    )
