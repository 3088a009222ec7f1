"""Speeches in the General Debate: with which worlds the region's states name themselves, and of what they speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import altair as alt
import polars as pl

from chaikhana.measures.speech_frames import DATASET, PERIOD, SERIES, by_period, speech_frames
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import colour_scale
from chaikhana.report.names import Names, listed
from chaikhana.study.study import Study

TITLE = "Speeches in the General Debate"
LEAST_PLACES = 10  # of a state in the spells that are compared, for a change to be told of
LEAST_SHOWN = 20  # of all the region's states together, for a frame to have a panel
MOST_PANELS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """What the chapter tells of: the series of members and of all, the members' spells of years, and how all is called."""

    names: Names
    members: tuple[str, ...]
    outsiders: tuple[str, ...]
    frames: dict[str, str]
    every: pl.DataFrame
    own: pl.DataFrame
    pooled: pl.DataFrame
    first: int
    last: int
    source: str

    def years(self, period: int) -> str:
        """How a spell is called: its years, as far as there are speeches."""
        spoken = self.own["year"].to_list()
        first, last = max(period, min(spoken)), min(period + PERIOD - 1, max(spoken))
        return str(first) if first == last else f"{first}–{last % 100:02d}"


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter; without the derived series it says what would fill it."""
    if SERIES not in study.derived:
        return _empty(
            f"This study carries no count of speeches. With the dataset {DATASET} in the source store (chaikhana sources "
            f"add {DATASET} FILE), chaikhana study derive adds of what its states spoke."
        )
    spoken = _spoken(study, names)
    if spoken is None:
        return _empty(
            "The series of this study has no speech of the region's states in which a frame of study.toml was sought. "
            "Compute it again: chaikhana study derive."
        )
    blocks: list[Block] = [
        Prose(paragraphs=tuple(_words(spoken))),
        *_figures(spoken, list(study.about.identity_frames)),
        _changes(spoken),
    ]
    if spoken.outsiders:
        blocks.append(_beside(spoken))
    return Chapter(id="speech", title=TITLE, blocks=tuple(blocks))


def _empty(text: str) -> Chapter:
    return Chapter(id="speech", title=TITLE, blocks=(Prose(paragraphs=(text,)),))


def _spoken(study: Study, names: Names) -> _Spoken | None:
    about = study.about
    measured = speech_frames(study)
    every = measured.frame.filter(pl.col("frame").is_in(list(about.frames)))
    own = every.filter(pl.col("actor").is_in(about.members))
    if own.is_empty():
        return None
    actors = set(every["actor"])
    pooled = by_period(own)
    periods = pooled["period"].to_list()
    origin = study.derived[SERIES].origin
    return _Spoken(
        names=names,
        members=tuple(actor for actor in about.members if actor in actors),
        outsiders=tuple(actor for actor in (*about.powers, *about.others) if actor in actors),
        frames={name: frame.name for name, frame in about.frames.items()},
        every=every,
        own=own,
        pooled=pooled,
        first=min(periods),
        last=max(periods),
        source=f"{origin['citation'].rstrip('.')} (version {origin['version']}); {measured.reference}",
    )


def _rates(frame: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Speeches taken together: places, words, and places in a thousand words."""
    return (
        frame.group_by(*by, maintain_order=True)
        .agg(pl.col("count").sum(), pl.col("words").sum())
        .with_columns(rate=1000 * pl.col("count") / pl.col("words"))
    )


def _words(spoken: _Spoken) -> Iterator[str]:
    speeches = spoken.own.select("actor", "year", "words").unique()
    years = sorted(set(speeches["year"].to_list()))
    number = dict(speeches.group_by("actor").len().iter_rows())
    held = listed([f"{number[actor]} of {spoken.names.actor(actor)}" for actor in spoken.members])
    span = (
        f"the {years[-1] - years[0] + 1} years from {years[0]} to {years[-1]}"
        if years[1:]
        else f"the year {years[0]}"
    )
    yield (
        f"The dataset holds {speeches.height} speeches by the region's states, of {speeches['words'].sum():,} words in all: of "
        f"{span}, {held}. What a state would have said in a year without a speech is unknown, not zero. Counted are the "
        "phrases by which the study knows each frame, whatever was meant by them."
    )
    told = list(_told_of_each(spoken))
    if told:
        yield f"Over all years, in times per thousand words: {' '.join(told)}"
    changes = list(_told_of_changes(spoken))
    if changes:
        yield (
            f"What changed most from {spoken.years(spoken.first)} to {spoken.years(spoken.last)}: {'; '.join(changes)}. Only "
            f"frames for which a state has at least {LEAST_PLACES} places in the two spells together are told of (ours); one "
            "long speech on one matter can make such a change."
        )


def _told_of_each(spoken: _Spoken) -> Iterator[str]:
    """The frame of which each state speaks most, and the one by which it stands out from the others."""
    others_count = pl.col("count").sum().over("frame") - pl.col("count")
    others_words = pl.col("words").sum().over("frame") - pl.col("words")
    rates = (
        _rates(spoken.own, "actor", "frame")
        .with_columns(others=pl.when(others_words > 0).then(1000 * others_count / others_words))
        .with_columns(ahead=pl.col("rate") - pl.col("others"))
        .filter(pl.col("count") >= LEAST_PLACES)
    )
    for actor in spoken.members:
        of_actor = rates.filter(pl.col("actor") == actor)
        if of_actor.is_empty():
            continue
        most = of_actor.sort("rate", descending=True, maintain_order=True).row(0, named=True)
        text = (
            f"{spoken.names.actor(actor)} speaks most of {spoken.frames[most['frame']]} ({most['rate']:.1f})"
        )
        ahead = of_actor.filter(pl.col("ahead") > 0).sort("ahead", descending=True, maintain_order=True)
        if ahead.height:
            apart = ahead.row(0, named=True)
            same = apart["frame"] == most["frame"]
            text += (
                f", which also sets it apart most (the others {apart['others']:.1f})"
                if same
                else f"; what sets it apart most is {spoken.frames[apart['frame']]} ({apart['rate']:.1f}, the others "
                f"{apart['others']:.1f})"
            )
        yield f"{text}."


def _told_of_changes(spoken: _Spoken) -> Iterator[str]:
    rates = spoken.pooled.select("actor", "frame", "period", "count", rate="per_thousand")
    compared = (
        rates.filter((pl.col("period") == spoken.first) & (pl.col("period") != spoken.last))
        .join(rates.filter(pl.col("period") == spoken.last), on=["actor", "frame"], suffix="_last")
        .filter(pl.col("count") + pl.col("count_last") >= LEAST_PLACES)
        .with_columns(change=pl.col("rate_last") - pl.col("rate"))
        .sort("change", "frame")
    )
    for actor in spoken.members:
        of_actor = compared.filter(pl.col("actor") == actor)
        pieces = [
            f"{way} of {spoken.frames[row['frame']]} ({row['rate']:.1f} to {row['rate_last']:.1f})"
            for way, rows in (
                ("more", of_actor.filter(pl.col("change") > 0).tail(1)),
                ("less", of_actor.filter(pl.col("change") < 0).head(1)),
            )
            for row in rows.iter_rows(named=True)
        ]
        if pieces:
            yield f"{spoken.names.actor(actor)} speaks {' and '.join(pieces)}"


def _figures(spoken: _Spoken, identities: Sequence[str]) -> Iterator[Figure]:
    """Frames that are identities of the region, and those that are not, each as small panels."""
    rates = _rates(spoken.pooled, "frame").sort("rate", descending=True, maintain_order=True)
    is_identity = pl.col("frame").is_in(list(identities))
    for name, part in (("identities", rates.filter(is_identity)), ("themes", rates.filter(~is_identity))):
        often = part.filter(pl.col("count") >= LEAST_SHOWN).head(MOST_PANELS)
        if often.is_empty():
            continue
        shown = often["frame"].to_list()
        left_out = [spoken.frames[frame] for frame in part["frame"] if frame not in shown]
        frame = spoken.pooled.filter(pl.col("frame").is_in(shown))
        least, most = min(frame["speeches"].to_list()), max(frame["speeches"].to_list())
        number = (
            f"{least} to {most} speeches"
            if least < most
            else f"{most} {'speech' if most == 1 else 'speeches'}"
        )
        yield Figure(
            id=f"speech-{name}",
            title=_most_named(spoken, often) if name == "identities" else _most_changed(spoken, frame),
            subtitle=f"How often in a thousand words a state's speeches use the phrases of a frame, over spells of {PERIOD} "
            f"years, the first {spoken.years(spoken.first)}; a point is of {number}. Each panel has a scale "
            "of its own, the most frequent frame first."
            + (f" Too rare to be drawn: {listed(left_out)}." if left_out else ""),
            source=spoken.source,
            chart=_panels(spoken, shown),
            frame=frame.with_columns(rows=pl.lit([f"derived:{SERIES}"])),
            alt="Small charts, one a frame, with a line for each state of the region: rate in its speeches by spell of years.",
        )


def _most_named(spoken: _Spoken, rates: pl.DataFrame) -> str:
    """Which identity is named most, and how far ahead of the next."""
    first, *rest = ((spoken.frames[name], rate) for name, rate in rates.select("frame", "rate").iter_rows())
    if not rest:
        return f"The region's states name {first[0]}"
    ratio = first[1] / rest[0][1]
    ahead = f"{ratio:.0f} times as often as" if ratio >= 1.5 else "and little less"
    return f"The region's states name {first[0]} most, {ahead} {rest[0][0]}"


def _most_changed(spoken: _Spoken, pooled: pl.DataFrame) -> str:
    """What rose and what fell most in the speeches of all together, from the first spell to the last."""
    ends = _rates(pooled.filter(pl.col("period").is_in([spoken.first, spoken.last])), "frame", "period")
    change = (
        ends.group_by("frame", maintain_order=True)
        .agg(
            pl.col("count").sum(),
            change=pl.col("rate").sort_by("period").last() - pl.col("rate").sort_by("period").first(),
        )
        .filter(pl.col("count") >= LEAST_PLACES)
        .sort("change", maintain_order=True)
    )
    told = [
        f"{way} of {spoken.frames[frame]}"
        for way, rows in (
            ("more", change.filter(pl.col("change") > 0).tail(1)),
            ("less", change.filter(pl.col("change") < 0).head(1)),
        )
        for frame in rows["frame"]
    ]
    return f"The region's states have come to speak {' and '.join(told) or 'of the same as ever'}"


def _panels(spoken: _Spoken, shown: Sequence[str]) -> alt.TopLevelMixin:
    periods = list(range(spoken.first, spoken.last + 1, PERIOD))
    called = {frame: spoken.frames[frame] for frame in shown}
    kind = spoken.pooled.schema["period"]
    # a spell without a speech is a row without a rate, which breaks the line
    every = (
        pl.DataFrame({"frame": shown})
        .join(pl.DataFrame({"actor": spoken.members}), how="cross")
        .join(pl.DataFrame({"period": periods}, schema={"period": kind}), how="cross")
        .join(spoken.pooled, on=["frame", "actor", "period"], how="left")
        .select(
            "per_thousand",
            middle=pl.col("period") + (PERIOD - 1) / 2,
            state=pl.col("actor").replace_strict(spoken.names.actors),
            called=pl.col("frame").replace_strict(called),
        )
    )
    chart: alt.TopLevelMixin = (
        alt.Chart(every)
        .mark_line(strokeWidth=1.6, point=alt.OverlayMarkDef(size=14))
        .encode(
            x=alt.X(
                "middle:Q",
                title=None,
                axis=alt.Axis(
                    format="d",
                    grid=False,
                    labelFlush=False,
                    values=[year for year in periods if year % 10 == 0],
                ),
                scale=alt.Scale(domain=[spoken.first, spoken.last + PERIOD]),
            ),
            y=alt.Y(
                "per_thousand:Q",
                title=None,
                axis=alt.Axis(tickCount=3, minExtent=26, maxExtent=26),
                scale=alt.Scale(domainMin=0),
            ),
            color=alt.Color(
                "state:N",
                scale=colour_scale([spoken.names.actor(actor) for actor in spoken.members]),
                legend=alt.Legend(title=None),
            ),
            facet=alt.Facet(
                "called:N",
                columns=3,
                sort=list(called.values()),
                title=None,
                header=alt.Header(labelAnchor="start", labelLimit=220),
            ),
        )
        .properties(width=195, height=110)
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )
    return chart


def _changes(spoken: _Spoken) -> Table:
    """First spell against last, a row a frame and a column a state."""
    first, last = spoken.years(spoken.first), spoken.years(spoken.last)
    number = pl.col("per_thousand").map_elements("{:.2f}".format, return_dtype=pl.String)
    cells = spoken.pooled.with_columns(cell=pl.format("{} ({})", number, "count"))
    every = cells.select("frame", "actor").unique(maintain_order=True)
    ends = [spoken.first] if spoken.first == spoken.last else [spoken.first, spoken.last]
    for period in ends:
        of_period = cells.filter(pl.col("period") == period).select(
            "frame", "actor", pl.col("cell").alias(str(period))
        )
        every = every.join(of_period, on=["frame", "actor"], how="left", maintain_order="left")
    told = [pl.col(str(period)).fill_null("no speech") for period in ends]
    wide = (
        every.with_columns(cell=pl.concat_str(told, separator=" → "))
        .pivot(on="actor", index="frame", values="cell", maintain_order=True)
        .with_columns(called=pl.col("frame").replace_strict(spoken.frames))
    )
    return Table(
        id="speech-changes",
        title=f"Their speeches of {first} and of {last}" if len(ends) > 1 else f"Their speeches of {first}",
        source=spoken.source,
        frame=wide.select("called", *spoken.members, "frame"),
        headings={"called": "frame", **{actor: spoken.names.actor(actor) for actor in spoken.members}},
        note="How often in a thousand words, and in brackets the number of places; small numbers can be one speech.",
    )


def _beside(spoken: _Spoken) -> Table:
    """All years together: the region's states as one, and each outsider."""
    inside = pl.col("actor").is_in(spoken.members)
    rates = _rates(
        spoken.every.with_columns(actor=pl.when(inside).then(pl.lit("region")).otherwise("actor")),
        "actor",
        "frame",
    )
    years = spoken.every["year"].to_list()
    return Table(
        id="speech-beside",
        title="Of what the region's states speak, and outsiders beside them",
        source=spoken.source,
        frame=rates.pivot(on="actor", index="frame", values="rate", maintain_order=True)
        .sort("region", descending=True, maintain_order=True)
        .select(
            pl.col("frame").replace_strict(spoken.frames).alias("called"),
            "region",
            *spoken.outsiders,
            "frame",
        ),
        headings={
            "called": "frame",
            "region": "the region's states",
            **{actor: spoken.names.actor(actor) for actor in spoken.outsiders},
        },
        note=f"How often in a thousand words, {min(years)}–{max(years)}, all speeches of a column taken together.",
    )
