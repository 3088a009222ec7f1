"""Frame shares in speeches: how often states use the phrases of a way of speaking, per thousand words, and where.

Reference: Baturo, Dasandi & Mikhaylov (2017), *Understanding state preferences with text as data: introducing the UN
General Debate corpus*, Research & Politics 4(2), doi:10.1177/2053168017712821, for the speeches; the counting is that of
`methods.passages`. Reads the table of speeches of the source store and the frames of a study (`frames` in study.toml).
Returns counts, rates, and the passages. It counts words, not stances; the frames' phrases are the study's own.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError
from chaikhana.methods.passages import counted, lower, pattern, places, whole, word_count
from chaikhana.study.about import Frame
from chaikhana.study.study import Study

DATASET = "un-general-debate"
SERIES = "speech_frames"
COLUMNS = ("actor", "year", "words", "frame", "count", "per_thousand")
PERIOD = 5


def speech_frames(study: Study) -> Measured:
    """The derived series of the study.

    Raises
    ------
    SourceError
        If the study carries none.
    """
    series = study.series(SERIES, dataset=DATASET)
    later = sorted(set(study.about.frames) - set(series.frame["frame"]))
    return Measured(
        name="speech-frames",
        title="What states speak of in the General Debate",
        definition="How often the phrases of a frame stand in a state's speech of that year, and that number per "
        "thousand words of the speech.",
        reference="Baturo, Dasandi & Mikhaylov 2017, doi:10.1177/2053168017712821, for the speeches; the frames' phrases "
        "are the study's own",
        frame=series.frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
        assumptions=(
            "A phrase counts wherever it stands, affirmed, denied or quoted; a name and its acronym beside it are two "
            "places; frames may share a place (ours).",
            "Line breaks are taken out before counting, and words broken at a line's end joined (ours).",
            "A year without a speech in the dataset has no row: what the state would have said is unknown, not nothing.",
            "A speech that a state gave for a group, or that its predecessor gave under the same code, counts as its own.",
            *(
                (f"The series is older than these frames, which it lacks: {', '.join(later)}.",)
                if later
                else ()
            ),
            f"Computed from {series.origin['dataset']}, {series.origin['version']}.",
        ),
    )


def world(speeches: pl.DataFrame, frames: Mapping[str, Frame]) -> pl.DataFrame:
    """Every frame in every speech.

    Parameters
    ----------
    speeches : polars.DataFrame
        Columns state, iso3, year, session, text; one row a speech.
    frames : mapping
        Frames by id.

    Returns
    -------
    polars.DataFrame
        Columns state, iso3, year, session, words (of the speech), frame, count, per_thousand (words; null for a speech of
        none); one row a speech and frame, sorted by iso3 and session, frames in the order in which they are given. A
        speech whose text is null has null counts.
    """
    texts = _whole(speeches, frames).with_columns(
        words=word_count(pl.col("text")), text=lower(pl.col("text"))
    )
    rate = pl.when(pl.col("words") > 0).then(1000 * pl.col("count") / pl.col("words"))
    pieces = [
        texts.select(
            "state",
            "iso3",
            "year",
            "session",
            "words",
            frame=pl.lit(name),
            count=counted(pl.col("text"), _found_by(frame)),
        ).with_columns(per_thousand=rate)
        for name, frame in frames.items()
    ]
    if not pieces:
        raise BadValueError(
            "The study names no frames to seek. Add them to study.toml: [frames.ID] with words."
        )
    return pl.concat(pieces).sort("iso3", "session", maintain_order=True)


def passages(speeches: pl.DataFrame, frames: Mapping[str, Frame], around: int = 80) -> pl.DataFrame:
    """Every place at which a frame's phrase stands, with what is said around it.

    The texts are the dataset's own, so that a study does not carry them: they are found where the dataset is at hand.

    Parameters
    ----------
    speeches : polars.DataFrame
        As for `world`.
    around : int
        Most characters to either side.

    Returns
    -------
    polars.DataFrame
        Columns state, iso3, year, session, frame, before, match, after; by frame in the order given, then by iso3, session
        and place in the speech.
    """
    texts = _whole(speeches, frames).sort("iso3", "session", maintain_order=True)
    named = ["state", "iso3", "year", "session"]
    pieces = [
        places(texts.select(*named, "text", frame=pl.lit(name)), _found_by(frame), around)
        for name, frame in frames.items()
    ]
    if not pieces:
        raise BadValueError(
            "The study names no frames to seek. Add them to study.toml: [frames.ID] with words."
        )
    return pl.concat(pieces)


def region(study: Study, speeches: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """What the study carries: the frames in the speeches of its members, and of the powers and others that speak.

    Parameters
    ----------
    speeches : polars.DataFrame
        As for `world`.

    Returns
    -------
    dict
        `speech_frames`: columns actor, year, words, frame, count, per_thousand (4 decimals), over the study's years; several
        speeches of an actor in a year are taken together.
    """
    about = study.about
    actors = [*about.members, *about.powers, *about.others]
    ours = speeches.filter(
        pl.col("state").is_in(actors) & pl.col("year").is_between(about.first_day.year, about.last_day.year)
    )
    order = {name: place for place, name in enumerate(about.frames)}
    frame = (
        world(ours, about.frames)
        .filter(pl.col("words") > 0)
        .group_by(pl.col("state").alias("actor"), "year", "frame", maintain_order=True)
        .agg(pl.col("words").sum(), pl.col("count").sum())
        .with_columns(per_thousand=(1000 * pl.col("count") / pl.col("words")).round(4))
        .sort(
            pl.col("actor").replace_strict(
                {name: place for place, name in enumerate(actors)}, return_dtype=pl.Int32
            ),
            "year",
            pl.col("frame").replace_strict(order, return_dtype=pl.Int32),
        )
    )
    return {SERIES: frame.select(COLUMNS)}


def by_period(series: pl.DataFrame, years: int = PERIOD) -> pl.DataFrame:
    """The series over spells of some years: places and words taken together, so that a long speech weighs more.

    Parameters
    ----------
    series : polars.DataFrame
        Columns actor, year, words, frame, count.
    years : int
        Length of a spell; spells begin in years that it divides (1990, 1995 …).

    Returns
    -------
    polars.DataFrame
        Columns actor, frame, period (its first year), speeches (years with one), words, count, per_thousand; sorted by
        frame as first met, actor as first met, period. A spell without a speech has no row.
    """
    return (
        series.with_columns(period=pl.col("year") // years * years)
        .group_by("frame", "actor", "period", maintain_order=True)
        .agg(speeches=pl.len().cast(pl.Int64), words=pl.col("words").sum(), count=pl.col("count").sum())
        .with_columns(per_thousand=1000 * pl.col("count") / pl.col("words"))
        .select("actor", "frame", "period", "speeches", "words", "count", "per_thousand")
    )


def _whole(speeches: pl.DataFrame, frames: Mapping[str, Frame]) -> pl.DataFrame:
    phrases = [phrase for frame in frames.values() for phrase in (*frame.words, *frame.but_not)]
    return speeches.with_columns(text=whole(speeches["text"], phrases))


def _found_by(frame: Frame) -> str:
    return pattern(frame.words, frame.but_not)
