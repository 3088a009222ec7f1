"""What theory makes of the region: every framework on every subject, its verdict, and how often that survives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.findings import Verdict
from chaikhana.frameworks import running
from chaikhana.frameworks.catalogue import FRAMEWORKS
from chaikhana.frameworks.robustness import Robustness, robust
from chaikhana.report.blocks import Block, Chapter, Part, Prose, Table
from chaikhana.report.names import Names
from chaikhana.study.study import Study

SPECIFICATIONS = 50  # drawn for each finding of the page; the command runs the whole grid
MOST_ROWS = 30
MOST_CHIPS = 14  # of a framework; the table has all
SIGNS = {Verdict.HOLDS: "●", Verdict.MIXED: "◐", Verdict.FAILS: "○", Verdict.UNDETERMINED: "?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One finding as it stands in the summary."""

    name: str
    sign: str
    verdict: str
    label: str
    share: str
    rows: str


def chapter(study: Study, names: Names) -> Chapter:
    """The chapter."""
    day = study.about.last_day
    found = {
        framework.name: [
            robust(framework, study, subject, day, most=SPECIFICATIONS, readings=False, facts=facts)
            for subject, facts in running.facts_of(framework, study, day).items()
        ]
        for framework in FRAMEWORKS
    }
    every = [one for several in found.values() for one in several]
    blocks: tuple[Block, ...] = (
        Prose(paragraphs=_words(every, day)),
        Part(
            template="findings.html",
            values={"groups": [(one, *_shown(found[one.name], study, names)) for one in FRAMEWORKS]},
        ),
        _table(every, study, names),
    )
    return Chapter(id="findings", title="What theory makes of it", blocks=blocks)


def _words(every: list[Robustness], day: date) -> tuple[str, ...]:
    counted = {verdict: sum(one.finding.verdict is verdict for one in every) for verdict in Verdict}
    firm = sum(one.share >= 0.9 for one in every)
    return (
        f"{len(FRAMEWORKS)} published frameworks give {len(every)} findings on {day}: "
        f"{counted[Verdict.HOLDS]} hold, {counted[Verdict.MIXED]} are mixed, {counted[Verdict.FAILS]} fail, and "
        f"{counted[Verdict.UNDETERMINED]} are undetermined for want of data. What a framework finds depends on "
        f"choices that its authors left open; {firm} of the findings stand in nine of ten specifications or more.",
        "A percentage is the share of specifications, with every such choice varied, that give the same verdict and "
        f"label; here over {SPECIFICATIONS} drawn at random by a fixed seed. The command classify, with --robust, "
        "runs the whole grid and the rival readings of facts as well.",
    )


def called(subject: str, study: Study, names: Names) -> str:
    """A subject as it is read: an actor, a body, the region, or a word; parts of one after a mark follow in brackets."""
    if subject == study.about.id:
        return study.about.region
    plain, mark, rest = subject.partition("@")
    stands = plain in (*study.about.members, *study.about.powers, *study.about.others)
    if stands or (plain in names.actors and plain not in names.bodies):
        name = names.actor(plain)
    else:
        name = names.short(plain) if plain in names.bodies else plain.replace("-", " ")
    return f"{name} ({rest.replace('-', ' ')})" if mark else name


def _shown(found: list[Robustness], study: Study, names: Names) -> tuple[list[Chip], int]:
    """The chips that are shown, the decided before the rest, and how many are left to the table."""
    decided = [one for one in found if one.finding.verdict is not Verdict.UNDETERMINED]
    ranked = [*decided, *(one for one in found if one.finding.verdict is Verdict.UNDETERMINED)]
    first = {one.finding.subject for one in ranked[:MOST_CHIPS]}
    kept = [one for one in found if one.finding.subject in first]
    return _chips(kept, study, names), len(found) - len(kept)


def _chips(found: list[Robustness], study: Study, names: Names) -> list[Chip]:
    return [
        Chip(
            name=called(one.finding.subject, study, names),
            sign=SIGNS[one.finding.verdict],
            verdict=one.finding.verdict.value,
            label=one.finding.label,
            share=f"{one.share:.0%}",
            rows=" ".join(one.finding.evidence.rows[:MOST_ROWS]),
        )
        for one in found
    ]


def _table(every: list[Robustness], study: Study, names: Names) -> Table:
    titles = {framework.name: framework.title for framework in FRAMEWORKS}
    frame = pl.DataFrame(
        [
            {
                "framework": titles[one.finding.framework],
                "subject": called(one.finding.subject, study, names),
                "verdict": one.finding.verdict.value,
                "label": one.finding.label,
                "share": one.share,
                "moves": ", ".join(choice for choice, width in one.spread().items() if width > 0.1),
                "missing": "; ".join(one.finding.missing),
                "rows": list(one.finding.evidence.rows[:MOST_ROWS]),
            }
            for one in every
        ],
        schema_overrides={"rows": pl.List(pl.String)},
    )
    return Table(
        id="findings",
        title="Every finding, how often it survives, and the choices that move it",
        source="; ".join(dict.fromkeys(framework.reference for framework in FRAMEWORKS)),
        frame=frame,
        headings={
            "framework": "framework",
            "subject": "subject",
            "verdict": "verdict",
            "label": "in the authors' words",
            "share": "share",
            "moves": "moved by",
        },
        most=12,
        note=f"At most {MOST_ROWS} rows of evidence are named here; each framework's own section has its rules.",
    )
