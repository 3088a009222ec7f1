"""What if: what the other platforms change for a power, the study's scenarios worked through, and formats that could work."""

from __future__ import annotations

import re
from collections.abc import Sequence

import altair as alt
import polars as pl

from chaikhana.errors import BadValueError
from chaikhana.report.blocks import Block, Chapter, Figure, Prose, Table
from chaikhana.report.drawing import COLOURS, FAINT, INK
from chaikhana.report.names import Names, listed
from chaikhana.scenario import central_claim as claim
from chaikhana.scenario import formats_told, telling
from chaikhana.scenario.drawn_moves import positions
from chaikhana.scenario.initiative import DEPTHS, Initiative
from chaikhana.scenario.laying import Laid, lay
from chaikhana.scenario.moves import Moved, moved
from chaikhana.scenario.obstacles import WEIGHED
from chaikhana.scenario.shelf import carried, initiatives, scenarios
from chaikhana.scenario.viability import Answered, Format, formats
from chaikhana.study.study import Study

DRAWS = 200
"""For positions before and after, and for the central claim of a study that carries no scenarios, so that its report is quick."""
SHOWN, REASONS, PAST = 8, 20, 4
HIGH, WIDE = 130, 190
NO_SCENARIOS = (
    "This study carries no scenarios. The command whatif supposes that a state joins or leaves, a body is not there, a date is "
    "another, and shows which measures and findings move; a scenario saved in the folder ‘scenarios’ of the study is worked "
    "through here."
)


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    blocks = [*_claimed(study), *_supposed(study, names), *_proposed(study, names)]
    return Chapter(id="what-if", title="What if", blocks=tuple(blocks))


def takes_long(study: Study) -> bool:
    """Whether there is so much to work through that it is better done beside the other chapters."""
    return not study.reading and bool(carried(study))


def _claimed(study: Study) -> list[Block]:
    """The central claim, where a power leads any platform."""
    try:
        played = claim.play(study, draws=claim.DRAWS if carried(study) else DRAWS)
    except BadValueError:
        return []
    told = claim.told(played)
    others = [line for line in told if claim.SETS["led by other powers"] in line]
    title = f"What the other platforms change for {played.name}"
    frame = claim.by_year(played).filter(pl.col("without") != "").with_columns(pl.col(pl.Float64).round(3))
    return [
        Prose(
            paragraphs=(
                f"That many platforms make a power's access and brokerage harder is the claim at the centre of the paper on "
                f"balancing regionalism; it gives no number. {played.draws:,} networks that the study allows were drawn; "
                f"{played.name} was measured in each with all platforms, without some, and without as many taken at random.",
                *others,
            )
        ),
        Figure(
            id="central-claim",
            title=title,
            subtitle="change in access and brokerage where some platforms are taken away (blue), and where as many are taken at "
            "random (grey): median and the middle 95 per cent of the draws",
            source="Tskhay & Costa Buranelli 2020, section Branding; computed from memberships, leads, design, meetings",
            chart=_years(frame),
            frame=frame,
            alt=f"{title}: {' '.join(told)}",
        ),
        Table(
            id="central-claim-overall",
            title=f"{title}, in per cent of its position with all platforms",
            source="the draws of the figure above, mean over years",
            frame=_overall(played),
            headings={
                "position": "position",
                "without": "without",
                "change": "change",
                "chance": "by chance",
                "beyond": "beyond chance in",
                "verdict": "the claim is",
            },
            note="Median and the middle 95 per cent of the draws. Beyond chance: the share of draws in which the position "
            "rises more than where as many bodies are taken at random. " + " ".join(claim.assumptions()),
        ),
    ]


def _overall(played: claim.Played) -> pl.DataFrame:
    rows = []
    for row in claim.overall(played).iter_rows(named=True):
        if row["change"] is not None:
            rows.append(
                {
                    "position": row["position"],
                    "without": claim.SETS[row["without"]],
                    "change": claim.ranged(row, "change").replace("per cent", "%"),
                    "chance": claim.ranged(row, "chance").replace("per cent", "%"),
                    "beyond": f"{100 * row['beyond']:.0f} %",
                    "verdict": claim.verdict(row),
                }
            )
    return pl.DataFrame(
        rows,
        schema=dict.fromkeys(("position", "without", "change", "chance", "beyond", "verdict"), pl.String),
    )


def _years(frame: pl.DataFrame) -> alt.TopLevelMixin:
    """Small multiples: a row for each position, a column for each set of platforms."""
    rows = []
    for place, position in enumerate(claim.POSITIONS):
        panels = []
        for number, name in enumerate(claim.SETS):
            some = frame.filter((pl.col("position") == position) & (pl.col("without") == name))
            base = alt.Chart(some).encode(
                x=alt.X(
                    "year:Q",
                    axis=alt.Axis(format="d", title=None, tickCount=4),
                    scale=alt.Scale(nice=False, zero=False),
                )
            )
            left = number == 0
            axis = alt.Axis(
                title=f"change in {position}" if left else None, labels=left, ticks=left, tickCount=4
            )
            top = f"without {claim.SETS[name]}" if place == 0 else ""
            bands = [
                base.mark_area(opacity=0.25, color=colour, clip=True).encode(
                    y=alt.Y(f"{of}_low:Q", axis=axis), y2=f"{of}_high:Q"
                )
                for of, colour in (("chance", FAINT), ("change", COLOURS[0]))
            ]
            lines = [
                base.mark_line(color=colour, strokeWidth=width, clip=True).encode(y=f"{of}:Q")
                for of, colour, width in (("chance", FAINT, 1), ("change", COLOURS[0], 2))
            ]
            title = alt.TitleParams(text=top, fontSize=12, fontWeight="normal", color=INK)
            panels.append(alt.layer(*bands, *lines).properties(width=WIDE, height=HIGH, title=title))
        rows.append(alt.hconcat(*panels, spacing=14).resolve_scale(y="shared"))
    return alt.vconcat(*rows, spacing=10)


def _supposed(study: Study, names: Names) -> list[Block]:
    """Each scenario of the study: what it says, findings that flip, and positions before and after."""
    known = scenarios(study)
    if not known:
        return [Prose(paragraphs=(NO_SCENARIOS,))]
    blocks: list[Block] = []
    drawn = []
    for name, scenario in known.items():
        laid = lay(study, scenario)
        found = moved(laid)
        blocks.append(Prose(paragraphs=_scenario_words(laid, found, names)))
        flips = telling.flips_frame(flip for flip in found.flips if flip.before and flip.after)
        if flips.height:
            blocks.append(
                Table(
                    id=f"flips-{name}",
                    title=f"{scenario.title}: findings that flip",
                    source=f"every framework on {found.on}, with and without",
                    frame=flips.with_columns(
                        subject=pl.col("subject").replace(names.actors | names.short_bodies)
                    ),
                    headings={
                        "framework": "framework",
                        "subject": "subject",
                        "before": "before",
                        "after": "after",
                        "by_the_rules": "by the rules",
                    },
                )
            )
        drawn.append(positions(laid, draws=DRAWS).with_columns(scenario=pl.lit(scenario.title)))
    return [*blocks, _side_by_side(pl.concat(drawn), names)]


def _scenario_words(laid: Laid, found: Moved, names: Names) -> tuple[str, ...]:
    scenario = laid.scenario
    edits = "; ".join(_named(edit.told, names) for edit in scenario.edits)
    counts = telling.measures_frame(found)
    widest = [
        f"{row['measure'].replace('-', ' ')} ({row['new'] + row['changed'] + row['gone']:,} values)"
        for row in counts.sort(pl.col("changed") + pl.col("gone") + pl.col("new"), descending=True)
        .head(5)
        .iter_rows(named=True)
    ]
    flipped = [flip for flip in found.flips if flip.flipped]
    both = sum(flip.before is not None and flip.after is not None for flip in flipped)
    gone = sum(flip.after is None for flip in flipped)
    subjects = f", and {gone} lose their subject" if gone else ""
    asked = sum(found.compared.get(name, 0) for name in {flip.framework for flip in found.flips})
    return (
        f"{scenario.title}. {scenario.why} Supposed: {edits}. {len(laid.changes)} rows change, come or go; of "
        f"{len(found.compared)} measures and frameworks compared {counts.height} measures move, most of all {listed(widest)}. "
        f"Of the {asked} findings of frameworks that it touches {both or 'none'} {'flips' if both == 1 else 'flip'}{subjects}. "
        f"{' '.join(laid.notices)}".strip(),
    )


def _named(text: str, names: Names) -> str:
    """The text with the names of actors and bodies for their ids."""
    called = names.actors | names.short_bodies
    return re.sub(r"[a-z0-9]+(?:-[a-z0-9]+)*", lambda found: called.get(found[0], found[0]), text)


def _side_by_side(drawn: pl.DataFrame, names: Names) -> Figure:
    """Positions before and after, scenario by scenario."""
    frame = drawn.with_columns(
        pl.col(pl.Float64).round(3),
        name=pl.col("actor").replace(names.actors),
        beyond_chance=(pl.col("change_low") > 0) | (pl.col("change_high") < 0),
    )
    title = "Access and brokerage before and after each scenario"
    order = frame["name"].unique(maintain_order=True).to_list()
    rows = []
    for place, position in enumerate(claim.POSITIONS):
        panels = []
        for number, scenario in enumerate(frame["scenario"].unique(maintain_order=True)):
            some = frame.filter((pl.col("position") == position) & (pl.col("scenario") == scenario))
            axis = alt.Axis(title=position if number == 0 else None, labels=number == 0, ticks=number == 0)
            base = alt.Chart(some).encode(y=alt.Y("name:N", sort=order, axis=axis))
            marks = [
                base.mark_rule(color=FAINT).encode(
                    x=alt.X("before:Q", axis=alt.Axis(title=None, tickCount=4)), x2="after:Q"
                ),
                base.mark_point(color=FAINT, filled=False, size=42).encode(x="before:Q"),
                base.mark_point(color=COLOURS[0], filled=True, size=42, opacity=1).encode(x="after:Q"),
            ]
            top = alt.TitleParams(
                text=_broken(scenario) if place == 0 else "",
                fontSize=12,
                fontWeight="normal",
                color=INK,
                anchor="start",
            )
            panels.append(alt.layer(*marks).properties(width=170, height=16 * len(order), title=top))
        rows.append(alt.hconcat(*panels, spacing=14).resolve_scale(x="shared"))
    return Figure(
        id="scenarios-before-and-after",
        title=title,
        subtitle=f"medians of {DRAWS} networks drawn on the last day: before (ring) and after (dot), from 0 to 1",
        source="computed from memberships, leads, design, meetings, with and without each scenario",
        chart=alt.vconcat(*rows, spacing=10),
        frame=frame,
        alt=f"{title}: for each state and power two dots, joined by a line.",
    )


def _broken(title: str, width: int = 30) -> list[str]:
    """A title in lines."""
    lines = [""]
    for word in title.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _proposed(study: Study, names: Names) -> list[Block]:
    """Each initiative of the study: who could join in which form, formats, reasons and precedents."""
    known = initiatives(study)
    blocks: list[Block] = []
    for place, (name, asked) in enumerate(known.items()):
        answered = formats(study, asked)
        if place == 0:
            blocks.append(_by_depth(answered, names))
        whole = next((one for one in answered.formats if not one.without and not one.outsiders), None)
        blocks.append(Prose(paragraphs=(_initiative_words(asked, answered, whole, names),)))
        blocks.append(_formats(name, answered))
        if whole is not None:
            blocks.append(_reasons(name, answered, whole, study, names))
    return blocks


def _by_depth(answered: Answered, names: Names) -> Table:
    words = {"bars": "barred", "doctrine": "doctrine", "renegotiate": "renegotiate"}
    frame = pl.DataFrame(
        [
            {"state": names.actor(actor), **{depth: words.get(kind, "—") for depth, kind in kinds.items()}}
            for actor, kinds in answered.by_depth.items()
        ]
    )
    return Table(
        id="who-could-join",
        title=f"Who could join in which form on {answered.asked.on}",
        source="obligations, doctrines and treaties of the study",
        frame=frame,
        headings={"state": "state", **{depth: depth.replace("-", " ") for depth in DEPTHS}},
        note="What weighs most against each state's taking part, whoever else does; a dash where nothing does that the "
        "study knows. " + " ".join(answered.assumptions),
    )


def _initiative_words(asked: Initiative, answered: Answered, whole: Format | None, names: Names) -> str:
    best = answered.formats[0]
    openness = "open to others" if asked.open else "closed"
    told = f"{asked.title}: {DEPTHS[asked.depth]}, {openness}. {asked.why} Least stands in the way of {_who(best, names)}"
    told += f"; they share {_named(', '.join(best.shared), names)} already." if best.shared else "."
    if whole is None or whole == best:
        return told
    counts = [f"{number} × {kind}" for kind, number in whole.counts.items() if number]
    return f"{told} In the way of all together: {', '.join(counts) or 'nothing that the study knows'}."


def _who(one: Format, names: Names) -> str:
    return f"{one.name} ({listed([names.actor(actor) for actor in (*one.members, *one.outsiders)], most=12)})"


def _formats(name: str, answered: Answered) -> Table:
    chosen = [one for one in answered.formats if not one.outsiders][:SHOWN]
    frame = pl.DataFrame(
        [
            {
                "format": one.name,
                "who": list(one.members),
                **one.counts,
                "could_join": list(one.could_join),
            }
            for one in chosen
        ],
        schema_overrides={"could_join": pl.List(pl.String)},
    )
    return Table(
        id=f"formats-{name}",
        title=f"{answered.asked.title}: formats without outsiders, least in the way first",
        source=f"the {len(answered.formats)} formats that chaikhana formats tries",
        frame=frame,
        headings={
            "format": "format",
            "who": "who",
            **{kind: kind for kind in WEIGHED},
            **({"could_join": "could join later"} if answered.asked.open else {}),
        },
    )


def _reasons(name: str, answered: Answered, whole: Format, study: Study, names: Names) -> Table:
    there = {f"{table}:" for table in study.frames}
    rows = [
        {
            "state": names.actor(one.actor),
            "kind": one.kind,
            "says": formats_told.sentence(_named(one.says, names) if one.kind != "against" else one.says),
            "rows": _known(one.rows, there),
        }
        for one in whole.in_the_way
    ][:REASONS]
    past = answered.precedents[(*whole.members, *whole.outsiders)][:PAST]
    rows += [
        {
            "state": "",
            "kind": "precedent",
            "says": formats_told.precedent(one),
            "rows": _known(one.candidate.rows, there),
        }
        for one in past
    ]
    return Table(
        id=f"in-the-way-{name}",
        title=f"{answered.asked.title}: what stands in the way of all, and what was like it",
        source="obligations, design, episodes, agreements and bodies of the study",
        frame=pl.DataFrame(
            rows,
            schema={"state": pl.String, "kind": pl.String, "says": pl.String, "rows": pl.List(pl.String)},
        ),
        headings={"state": "state", "kind": "what", "says": "in words"},
    )


def _known(rows: Sequence[str], tables: set[str]) -> list[str]:
    """Rows that the report can open."""
    return [row for row in rows if f"{row.partition(':')[0]}:" in tables]
