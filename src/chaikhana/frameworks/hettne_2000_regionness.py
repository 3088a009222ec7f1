"""Regionness: how far a region is a region, in five levels of which each presupposes those below.

Reference: Hettne & Söderbaum 2000, *New Political Economy* 5 (3), doi:10.1080/713687778, as Talka (2018, section 1.1) reads it.
Reads agreements, meetings, episodes, bodies, memberships, design, codings, and a series on contiguity. Returns the level
reached. The thesis names the levels and judges the region by hand; every test and cut-off below is ours and varied. Not a
yardstick: a lower level is another kind of region, not a lesser one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, settled
from chaikhana.core.findings import Answer, Finding, Framework, Rule, Step, step, verdict_of
from chaikhana.core.truth import Truth, all_of, any_of
from chaikhana.frameworks import running
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.formats import formats
from chaikhana.measures.own_organisations import Own, enough, own_organisations
from chaikhana.study.codings import codings_on
from chaikhana.study.study import Study

NAME = "regionness"
REFERENCE = "Hettne & Söderbaum 2000, as read in Talka 2018, section 1.1"
PLACE = "thesis2018, section 1.1"
LEVELS: Mapping[str, str] = {
    "geographic unit": "the states adjoin one another in a space that can be named",
    "security complex": "they depend on one another so far that the security of one touches the others",
    "regional society": "they act together on several fields",
    "regional community": "they have a formal framework of their own",
    "institutionalised policy": "that framework decides for them",
}
WORDS = tuple(LEVELS)
NARROW = frozenset({"security", "defence", "borders", "nuclear", "conflict"})
WIDE = NARROW | {"terrorism", "drugs", "water", "afghanistan", "disasters"}
CLASHES = frozenset({"border-clash", "intervention", "violence", "border-closure"})
CHOICES = (
    Choice(id="window", says="how many years back acts still count", default=10, values=(5, 10, 15, 35)),
    Choice(id="security", says="which issues are security", default="wide", values=("narrow", "wide")),
    Choice(
        id="pairs",
        says="the share of pairs of members tied in security from which they form a complex",
        default=0.7,
        values=(0.5, 0.7, 0.9, 1.0),
    ),
    Choice(
        id="fields",
        says="on how many fields members act together from which they form a society",
        default=5,
        values=(3, 5, 8, 12),
    ),
    Choice(id="together", says="how many members act together", default=3, values=(3, 4, 5)),
    Choice(
        id="coverage",
        says="the share of members that a framework of the region's own holds",
        default=1.0,
        values=(0.6, 0.8, 1.0),
    ),
    Choice(
        id="breadth",
        says="on how many fields a body works from which it is a community's, not a single purpose's",
        default=4,
        values=(1, 3, 4, 6),
    ),
    UNKNOWNS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """An act of several members: how many years ago, who, on which fields."""

    age: float
    members: frozenset[str]
    issues: frozenset[str]
    clash: bool
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read."""

    subject: str
    on: date
    members: tuple[str, ...]
    contiguous: Truth
    contiguous_rows: tuple[str, ...]
    contiguous_from: str
    joint: tuple[Joint, ...]
    known: bool
    bodies: tuple[Own, ...]
    coded: Mapping[str, str]
    coded_rows: tuple[str, ...]


def subjects(study: Study) -> tuple[str, ...]:
    """The region itself."""
    return (study.about.id,)


def gather(study: Study, subject: str, on: date) -> Facts:
    """Everything that the rules read of the region on a day."""
    codings = codings_on(study, NAME, on, unit=f"region:{subject}")
    coded = dict(codings.select("code", "value").iter_rows())
    contiguous, rows, told = _contiguous(study, on, codings)
    return Facts(
        subject=subject,
        on=on,
        members=study.about.members,
        contiguous=contiguous,
        contiguous_rows=rows,
        contiguous_from=told,
        joint=tuple(_joint(study, on)),
        known=bool(study.table("agreements").height or study.table("meetings").height),
        bodies=own_organisations(study, on, exclusivity(study, on).frame),
        coded=coded,
        coded_rows=tuple(codings["row"]),
    )


def _contiguous(study: Study, on: date, codings: pl.DataFrame) -> tuple[Truth, tuple[str, ...], str]:
    """Whether the members adjoin one another: from the series on contiguity, else as coders judge."""
    series = study.derived.get("contiguity")
    if series is not None:
        year = series.frame.filter(pl.col("year") <= on.year).sort("year").tail(1)
        if year.height:
            joined = bool(year["connected"][0])
            return (Truth.YES if joined else Truth.NO), (), f"direct contiguity in {year['year'][0]}"
    judged = codings.filter(pl.col("code") == "level-1-geographic-unit")
    answers = {"yes": Truth.YES, "no": Truth.NO}
    found = [answers.get(value, Truth.UNKNOWN) for value in judged["value"]]
    if not found:
        return Truth.UNKNOWN, (), "no source at hand"
    return any_of(found), tuple(judged["row"]), f"the coding of {', '.join(judged['coder'].unique())}"


def _joint(study: Study, on: date) -> Iterable[Joint]:
    """What several members signed, met for or fought over, up to the day."""
    for row in formats(study).frame.iter_rows(named=True):
        if len(row["members"]) < 2 or row["year"] is None:
            continue
        age = _age(row["date"], on)
        if age >= 0:
            yield Joint(
                age=age,
                members=frozenset(row["members"]),
                issues=frozenset(row["issues"]),
                clash=False,
                rows=tuple(row["rows"]),
            )
    ours = set(study.about.members)
    acts = study.table("episodes").filter(pl.col("act").is_in(list(CLASHES)) & (pl.col("date") != ""))
    for row in acts.iter_rows(named=True):
        between = ours & {*row["actors"], *row["target"]}
        if len(between) > 1 and row["date_latest"] <= on:
            age = (on - row["date_latest"]).days / 365.25
            yield Joint(
                age=age, members=frozenset(between), issues=frozenset(), clash=True, rows=(row["row"],)
            )


def _age(text: str, on: date) -> float:
    """Years from a date, as precise as it is given, to the day; negative where it may lie after."""
    parts = [int(part) for part in text.strip("~?").split("-")]
    day = date(parts[0], parts[1] if len(parts) > 1 else 12, parts[2] if len(parts) > 2 else 28)
    return (on - day).days / 365.25


def _unit(facts: Facts, chosen: Chosen) -> Answer:
    return Answer(
        value=facts.contiguous.value,
        outcome=settled(facts.contiguous, chosen),
        rows=facts.contiguous_rows,
        words={"source": facts.contiguous_from},
    )


def _complex(facts: Facts, chosen: Chosen) -> Answer:
    wanted = WIDE if chosen["security"] == "wide" else NARROW
    tied: set[tuple[str, str]] = set()
    rows: list[str] = []
    for act in facts.joint:
        if act.age <= float(chosen["window"]) and (act.clash or act.issues & wanted):
            tied |= set(combinations(sorted(act.members), 2))
            rows += act.rows
    of = len(facts.members) * (len(facts.members) - 1) // 2
    share = len(tied) / of
    known = Truth.YES if share >= float(chosen["pairs"]) else Truth.NO if facts.known else Truth.UNKNOWN
    return Answer(
        value=round(share, 3),
        outcome=settled(known, chosen),
        rows=tuple(dict.fromkeys(rows)),
        words={"tied": len(tied), "of": of, "window": chosen["window"]},
    )


def _society(facts: Facts, chosen: Chosen) -> Answer:
    fields: set[str] = set()
    rows: list[str] = []
    for act in facts.joint:
        if (
            not act.clash
            and act.age <= float(chosen["window"])
            and len(act.members) >= float(chosen["together"])
        ):
            fields |= act.issues
            rows += act.rows
    enough = len(fields) >= float(chosen["fields"])
    known = Truth.YES if enough else Truth.NO if facts.known else Truth.UNKNOWN
    return Answer(
        value=len(fields),
        outcome=settled(known, chosen),
        rows=tuple(dict.fromkeys(rows)),
        words={"together": chosen["together"], "window": chosen["window"]},
    )


def _framework_of(facts: Facts, chosen: Chosen, pooling: float | None = None) -> tuple[Truth, list[Own]]:
    """Whether a body of the region's own is broad and wide enough, and, if asked, decides by pooled votes."""
    return enough(facts.bodies, chosen, float(chosen["coverage"]), float(chosen["breadth"]), pooling)


def _community(facts: Facts, chosen: Chosen) -> Answer:
    known, kept = _framework_of(facts, chosen)
    shown = kept or facts.bodies
    return Answer(
        value=[body.id for body in kept],
        outcome=known,
        rows=tuple(dict.fromkeys(row for body in shown for row in body.rows)),
        words={"names": ", ".join(body.id for body in kept) or "none", "own": len(facts.bodies)},
    )


def _policy(facts: Facts, chosen: Chosen) -> Answer:
    known, kept = _framework_of(facts, chosen, pooling=2 / 3)
    return Answer(
        value=[body.id for body in kept],
        outcome=known,
        rows=tuple(dict.fromkeys(row for body in kept for row in body.rows)),
        words={"names": ", ".join(body.id for body in kept) or "none"},
    )


RULES = (
    Rule(
        id="geographic-unit",
        locator=PLACE,
        sentence="The members adjoin one another by land: {value} ({source}).",
        test=_unit,
    ),
    Rule(
        id="security-complex",
        locator=PLACE,
        sentence="{tied} of {of} pairs of members are tied by security agreements, meetings or clashes of the "
        "last {window} years.",
        test=_complex,
    ),
    Rule(
        id="regional-society",
        locator=PLACE,
        sentence="Groups of {together} members or more acted together on {value} fields in the last {window} years.",
        test=_society,
    ),
    Rule(
        id="regional-community",
        locator=PLACE,
        sentence="Of {own} formal organisations of the region's own, broad and wide enough for a community: {names}.",
        test=_community,
    ),
    Rule(
        id="institutionalised-policy",
        locator=PLACE,
        sentence="Of these, pooling decisions at a medium grade or more: {names}.",
        test=_policy,
    ),
)


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """The level reached: a level counts only where all below it do."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    reached = level_of(steps)
    label = f"{reached} of 5" if isinstance(reached, int) else f"{reached[0]} to {reached[1]} of 5"
    ends = (reached, reached) if isinstance(reached, int) else reached
    counted = [_counted(steps, place) for place in range(len(steps))]
    missing: tuple[str, ...] = (
        () if facts.known else ("agreements, meetings (of the study; no dataset has them by issue)",)
    )
    if facts.contiguous is Truth.UNKNOWN:
        missing += ("cow-contiguity (level 1)",)
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict_of(tuple(counted)),
        label=f"{label}: {WORDS[ends[0] - 1]}" if ends[0] else label,
        steps=steps,
        missing=missing if verdict_of(tuple(counted)).value == "undetermined" else (),
        score=Bounds(low=ends[0], high=ends[1]),
        scored="levels of regionness, of five",
    )


def _counted(steps: tuple[Step, ...], place: int) -> Truth:
    """A level as it counts: with all those below it."""
    return all_of(one.outcome for one in steps[: place + 1])


def level_of(steps: tuple[Step, ...]) -> int | tuple[int, int]:
    """The highest level whose steps all hold; the least and the most where one is unknown."""
    counted = [_counted(steps, place) for place in range(len(steps))]
    low = sum(answer is Truth.YES for answer in counted)
    high = sum(answer is not Truth.NO for answer in counted)
    return low if low == high else (low, high)


FRAMEWORK = Framework(
    name=NAME,
    title="Regionness",
    paper="thesis2018",
    reference=REFERENCE,
    asks="How far is the region a region, of five cumulative levels?",
    about="the region",
    levels=LEVELS,
    needs=("agreements", "meetings", "bodies", "memberships", "design", "cow-contiguity"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """The level of regionness on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
