"""Frame shares in speeches, on four speeches that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from chaikhana.errors import BadValueError, SourceError
from chaikhana.measures.speech_frames import (
    COLUMNS,
    SERIES,
    by_period,
    passages,
    region,
    speech_frames,
    world,
)
from chaikhana.study.derived import Derived
from chaikhana.study.study import Study

ORIGIN = dict.fromkeys(("measure", "dataset", "version", "sha256", "computed", "citation", "licence"), "x")
FRAMES = {
    "lake": {"says": "the Lake, its shores", "words": ("Great Lake", "lake*"), "not": ("lake district*",)},
    "peace": {"says": "peace", "words": ("peacekeeping", "peace")},
}
# ten words each, unless said: the compound at the line's end is one
SPEECHES = pl.DataFrame(
    [
        ("BBB", 50, 1995, "bbb", "We of the Great\nLake seek peace and peace-\nkeeping today."),
        ("AAA", 51, 1996, "aaa", "Lakes, lakes, lakes! The Lake District is not one."),
        ("AAA", 49, 1994, "aaa", "Nothing at all of that sort, said in ten words."),
        ("XXX", 50, 1995, "xxx", "PEACE"),
        ("QQQ", 50, 1995, None, "peace peace"),
    ],
    schema={"iso3": pl.String, "session": pl.Int32, "year": pl.Int32, "state": pl.String, "text": pl.String},
    orient="row",
)


@pytest.fixture
def lakes(tiny) -> Study:
    return tiny(frames=FRAMES, powers=("xxx",), others=("yyy",))


def counts(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    return frame.select("iso3", "year", "words", "frame", "count", "per_thousand").rows()


def test_every_frame_in_every_speech_of_the_world(lakes: Study) -> None:
    frame = world(SPEECHES, lakes.about.frames)
    assert frame.columns == ["state", "iso3", "year", "session", "words", "frame", "count", "per_thousand"]
    assert counts(frame) == [
        ("AAA", 1994, 10, "lake", 0, 0.0),
        ("AAA", 1994, 10, "peace", 0, 0.0),
        ("AAA", 1996, 9, "lake", 3, 1000 * 3 / 9),
        ("AAA", 1996, 9, "peace", 0, 0.0),
        ("BBB", 1995, 10, "lake", 1, 100.0),
        ("BBB", 1995, 10, "peace", 2, 200.0),
        ("QQQ", 1995, 2, "lake", 0, 0.0),
        ("QQQ", 1995, 2, "peace", 2, 1000.0),
        ("XXX", 1995, 1, "lake", 0, 0.0),
        ("XXX", 1995, 1, "peace", 1, 1000.0),
    ]


def test_the_order_of_the_speeches_changes_nothing(lakes: Study) -> None:
    assert world(SPEECHES.reverse(), lakes.about.frames).equals(world(SPEECHES, lakes.about.frames))


def test_a_speech_without_words_has_no_rate_and_one_without_text_no_count(lakes: Study) -> None:
    speeches = SPEECHES.head(2).with_columns(text=pl.Series(["", None], dtype=pl.String))
    assert [row[2:] for row in counts(world(speeches, lakes.about.frames))] == [
        (None, "lake", None, None), (None, "peace", None, None), (0, "lake", 0, None), (0, "peace", 0, None),
    ]  # fmt: skip
    assert region(lakes, speeches)[SERIES].is_empty()


def test_passages_lead_back_to_the_speech(lakes: Study) -> None:
    found = passages(SPEECHES, lakes.about.frames, around=12)
    assert found.columns == ["state", "iso3", "year", "session", "frame", "before", "match", "after"]
    assert found.filter(pl.col("state") == "bbb").select("frame", "before", "match", "after").rows() == [
        ("lake", "We of the ", "Great Lake", " seek peace"),
        ("peace", "Lake seek ", "peace", " and"),
        ("peace", "peace and ", "peacekeeping", " today."),
    ]
    by_world = world(SPEECHES, lakes.about.frames).select(pl.col("count").sum()).item()
    assert found.height == by_world == 9


def test_the_study_carries_its_members_and_the_outsiders_that_speak(lakes: Study) -> None:
    """Counts by state and year; the state that the study does not know is left out, and no text is carried."""
    series = region(lakes, SPEECHES)
    assert list(series) == [SERIES]
    frame = series[SERIES]
    assert tuple(frame.columns) == COLUMNS
    assert frame.select("actor", "year", "frame", "count").rows() == [
        ("aaa", 1994, "lake", 0), ("aaa", 1994, "peace", 0), ("aaa", 1996, "lake", 3), ("aaa", 1996, "peace", 0),
        ("bbb", 1995, "lake", 1), ("bbb", 1995, "peace", 2), ("xxx", 1995, "lake", 0), ("xxx", 1995, "peace", 1),
    ]  # fmt: skip
    assert frame["per_thousand"].to_list()[2] == 333.3333


def test_only_the_studys_years_and_one_row_a_state_and_year(lakes: Study) -> None:
    early = SPEECHES.with_columns(year=pl.lit(1989, dtype=pl.Int32))
    assert region(lakes, early)[SERIES].is_empty()
    two = SPEECHES.filter(pl.col("state").is_in(["aaa", "bbb"])).with_columns(
        state=pl.lit("ccc"), year=pl.lit(1995, dtype=pl.Int32)
    )
    assert region(lakes, two)[SERIES].rows() == [
        ("ccc", 1995, 29, "lake", 4, round(4000 / 29, 4)),
        ("ccc", 1995, 29, "peace", 2, round(2000 / 29, 4)),
    ]


def test_periods_pool_places_and_words(lakes: Study) -> None:
    """1990–94: 0 of 10; 1995–99: 3 of 9. No row where nobody spoke."""
    pooled = by_period(region(lakes, SPEECHES)[SERIES])
    of_a = pooled.filter((pl.col("actor") == "aaa") & (pl.col("frame") == "lake"))
    assert of_a.rows() == [
        ("aaa", "lake", 1990, 1, 10, 0, 0.0),
        ("aaa", "lake", 1995, 1, 9, 3, 1000 * 3 / 9),
    ]
    longer = by_period(region(lakes, SPEECHES)[SERIES], years=10)
    of_a = longer.filter((pl.col("actor") == "aaa") & (pl.col("frame") == "lake"))
    assert of_a.select("period", "speeches", "words", "count").rows() == [(1990, 2, 19, 3)]
    assert pooled.filter(pl.col("actor") == "bbb")["period"].to_list() == [1995, 1995]


def test_the_measure_reads_what_the_study_carries(lakes: Study) -> None:
    with pytest.raises(SourceError, match="chaikhana sources add un-general-debate"):
        speech_frames(lakes)
    carried = Derived(name=SERIES, frame=region(lakes, SPEECHES)[SERIES], origin=ORIGIN)
    measured = speech_frames(replace(lakes, derived={SERIES: carried}))
    assert measured.name == "speech-frames"
    assert measured.frame.columns == [*COLUMNS, "rows"]
    assert set(measured.frame["rows"].explode()) == {"derived:speech_frames"}
    assert not any("lacks" in text for text in measured.assumptions)
    older = Derived(name=SERIES, frame=carried.frame.filter(pl.col("frame") == "lake"), origin=ORIGIN)
    told = speech_frames(replace(lakes, derived={SERIES: older})).assumptions
    assert any("lacks: peace" in text for text in told)


def test_a_study_that_names_no_frames(tiny) -> None:
    for compute in (world, passages):
        with pytest.raises(BadValueError, match="names no frames"):
            compute(SPEECHES, tiny().about.frames)
