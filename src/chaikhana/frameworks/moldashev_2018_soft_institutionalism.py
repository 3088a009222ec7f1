"""Hard and soft institutionalism: how hard a body is, which obligations exclude each other, and in which phase the region is.

Reference: Moldashev & Qoraboyev 2018, after Acharya, Börzel and Söderbaum. Reads design, agreements, parties, memberships,
meetings, attendance, lineage, codings. Subjects are bodies (hard, soft, or mixed), members (whether their obligations are
compatible) and the region (its phase). Both kinds are ideal types. Cut-offs, weights and series are ours; what would be
viable is not asked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, at_least, narrowed, settled
from chaikhana.core.findings import Answer, Finding, Framework, Rule, Verdict, step
from chaikhana.core.measured import Known, bounds_of
from chaikhana.core.truth import Truth
from chaikhana.frameworks import running
from chaikhana.measures.compatibility import CUSTOMS, Conflict, Obligation, Since, conflicts, obligations
from chaikhana.measures.formats import formats
from chaikhana.measures.hardness import WEIGHTINGS, hardness
from chaikhana.measures.phases import (
    CHANGES,
    PHASES,
    SERIES,
    TOGETHER,
    Act,
    Phases,
    names_of,
    own_acts,
    phases,
)
from chaikhana.study.codings import codings_on
from chaikhana.study.study import Study

NAME = "soft-institutionalism"
REFERENCE = "Moldashev & Qoraboyev 2018"
INTRODUCTION = "moldashev2018, introduction, paragraph 4"
SINCE_1991 = "moldashev2018, section Central Asian Regionalism since 1991"
SOFT = "moldashev2018, section Soft Regionalism for Central Asia"
DEBATE = "moldashev2018, section Is a New Edition of the Central Asian Regionalism Debate in the Making?"
LEVELS: Mapping[str, str] = {
    "hard": "formal structures, delegated power and legal agreements prevail",
    "soft": "informality, pragmatism and consensus prevail",
    "mixed": "both modes, as in most bodies; the dominant one is named",
    "compatible": "no obligation of the state excludes another",
    "incompatible": "two of its obligations exclude each other",
    "beginnings": "the years before",
    "hard attempts": "years in which the region's states often met and signed among themselves, and founded hard bodies",
    "scepticism": "years in which they seldom did",
    "optimism": "years in which they do so again",
}
ARGUMENTS = ("unity", "transition", "geopolitics")
MOST_ROWS = 60
READINGS = ("stands", "unknown")
SINCE: tuple[Since, ...] = ("signed", "in-force")
CHOICES = (
    Choice(id="hard", says="from which hardness on a body is hard", default=0.6, values=(0.5, 0.6, 0.7)),
    Choice(id="soft", says="up to which hardness a body is soft", default=0.4, values=(0.3, 0.4, 0.5)),
    Choice(
        id="weights",
        says="how the dimensions of hardness are weighed",
        default="equal",
        values=tuple(WEIGHTINGS),
    ),
    Choice(
        id="undated",
        says="how statements of design without dates are read",
        default="stands",
        values=READINGS,
    ),
    Choice(id="since", says="from when a treaty binds", default="signed", values=SINCE),
    Choice(id="series", says="what is counted for the phases", default=SERIES[0], values=SERIES),
    Choice(
        id="together", says="how many members act together at least", default=TOGETHER[0], values=TOGETHER
    ),
    Choice(id="changes", says="how many times the phase changed", default=2, values=CHANGES),
    UNKNOWNS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is the same for every subject of a day."""

    hard: Mapping[tuple[str, str], Mapping[str, Known]]
    conflicts: Mapping[str, tuple[Conflict, ...]]
    obligations: Mapping[str, tuple[Obligation, ...]]
    acts: tuple[Act, ...]
    phases: Mapping[tuple[str, int, int], Phases]
    codings: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read of one subject."""

    subject: str
    on: date
    kind: str
    shared: Shared
    known: bool


def subjects(study: Study) -> tuple[str, ...]:
    """The region, its members, and the bodies of which the study knows some design and two members of the region."""
    designed = set(study.table("design")["body"])
    inside = study.table("memberships").filter(pl.col("actor").is_in(study.about.members))
    wide = inside.group_by("body").agg(pl.col("actor").n_unique()).filter(pl.col("actor") > 1)["body"]
    bodies = [body for body in study.table("bodies")["id"] if body in designed and body in set(wide)]
    return (study.about.id, *study.about.members, *bodies)


def share(study: Study, on: date) -> Shared:
    """Hardness of all bodies, obligations of all members, and the region's phases."""
    hard = {}
    for weights in WEIGHTINGS:
        for undated in READINGS:
            found = hardness(study, on, weights, undated)  # type: ignore[arg-type]
            hard[weights, undated] = bounds_of(found, "hardness", "body")
    acts = own_acts(study, formats(study).frame)
    codings = codings_on(study, NAME, on)
    return Shared(
        hard=hard,
        conflicts={since: conflicts(study, on, since) for since in SINCE},
        obligations={since: obligations(study, on, since) for since in SINCE},
        acts=acts,
        phases=phases(study, acts),
        codings=tuple(codings.select("unit", "code", "value", "row").iter_rows()),
    )


def gather(study: Study, subject: str, on: date, shared: Shared) -> Facts:
    """What the rules read of a body, a member or the region."""
    kind = "region" if subject == study.about.id else "member" if subject in study.about.members else "body"
    known = {
        "region": bool(study.table("meetings").height or study.table("agreements").height),
        "member": bool(study.table("agreements").height and study.table("parties").height),
        "body": bool(study.table("design").height),
    }[kind]
    return Facts(subject=subject, on=on, kind=kind, shared=shared, known=known)


def _away(told: str, outcome: Truth = Truth.NOT_APPLICABLE) -> Answer:
    return Answer(value=None, outcome=outcome, words={"told": told})


def _hardness(facts: Facts, chosen: Chosen) -> tuple[Bounds | None, tuple[str, ...]]:
    of = facts.shared.hard[str(chosen["weights"]), str(chosen["undated"])]
    found = of.get(facts.subject)
    return (narrowed(found[0], chosen), found[1]) if found else (None, ())


def _mode(facts: Facts, chosen: Chosen, mode: str) -> Answer:
    """Whether the hard or the soft mode prevails in a body."""
    if facts.kind != "body":
        return _away("asked of bodies only")
    bounds, rows = _hardness(facts, chosen)
    if bounds is None:
        return Answer(
            value=None, outcome=Truth.UNKNOWN, words={"told": "the body is not known to exist on the day"}
        )
    cut = float(chosen[mode])
    outcome = at_least(bounds, cut)
    if mode == "soft":
        outcome = Truth.YES if bounds.high <= cut else Truth.NO if bounds.low > cut else Truth.UNKNOWN
    told = f"{bounds.low:.2f} to {bounds.high:.2f}, against {cut:g}"
    return Answer(
        value=[bounds.low, bounds.high], outcome=outcome, rows=rows[:MOST_ROWS], words={"told": told}
    )


def _compatible(facts: Facts, chosen: Chosen) -> Answer:
    """No two obligations exclude each other."""
    if facts.kind != "member":
        return _away("asked of members only")
    found = [one for one in facts.shared.conflicts[str(chosen["since"])] if one.actor == facts.subject]
    told = "; ".join(f"{one.first.by} and {one.second.by} ({one.kind.replace('-', ' ')})" for one in found)
    known = Truth.NO if found else Truth.YES if facts.known else Truth.UNKNOWN
    return Answer(
        value=[[one.first.by, one.second.by, one.kind] for one in found],
        outcome=settled(known, chosen),
        rows=tuple(dict.fromkeys(row for one in found for row in one.rows)),
        words={"told": told or "none that the rows show"},
    )


def _bound(facts: Facts, chosen: Chosen) -> Answer:
    """Whether one customs territory binds already, so that another is barred; shown, and not deciding."""
    if facts.kind != "member":
        return _away("asked of members only")
    held = [
        one
        for one in facts.shared.obligations[str(chosen["since"])]
        if one.actor == facts.subject and one.kind == CUSTOMS
    ]
    names = list(dict.fromkeys(one.by for one in held))
    return Answer(
        value=names,
        outcome=Truth.YES if held else Truth.NO if facts.known else Truth.UNKNOWN,
        rows=tuple(dict.fromkeys(row for one in held for row in one.rows)),
        words={"told": ", ".join(names) or "no customs territory"},
    )


def _phase(facts: Facts, chosen: Chosen) -> Answer:
    """The phase of the day by change points, over the whole series: seen from its end, not from the day."""
    if facts.kind != "region":
        return _away("asked of the region only")
    found = _divided(facts, chosen)
    if found is None:
        return Answer(
            value=None, outcome=Truth.UNKNOWN, words={"told": "no meetings or agreements to divide"}
        )
    place = found.of(facts.on.year)
    names = names_of(found)
    rates = found.division.rates
    told = "; ".join(
        f"from {start} {name}, {rate:.1f} a year"
        + ("" if at == 0 else f" (between {found.interval(at - 1)[0]} and {found.interval(at - 1)[1]})")
        for at, (start, name, rate) in enumerate(zip(found.starts(), names, rates, strict=True))
    )
    rows = [row for one in facts.shared.acts if one.year == facts.on.year for row in one.rows]
    return Answer(
        value={
            "starts": list(found.starts()),
            "rates": [round(rate, 2) for rate in rates],
            "phase": names[place],
        },
        outcome=Truth.YES if names[place] in PHASES[::2] else Truth.NO,
        rows=tuple(dict.fromkeys(rows))[:MOST_ROWS],
        words={"told": told},
    )


def _divided(facts: Facts, chosen: Chosen) -> Phases | None:
    key = (str(chosen["series"]), int(chosen["together"]), int(chosen["changes"]))
    return facts.shared.phases.get(key)


def _as_coded(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the paper says the same of the subject; shown, and not deciding."""
    unit, code = {
        "region": (f"region:{facts.subject}", "phase"),
        "member": (f"actors:{facts.subject}", "compatibility"),
        "body": (f"bodies:{facts.subject}", "hardness"),
    }[facts.kind]
    found = [(value, row) for one, asked, value, row in facts.shared.codings if (one, asked) == (unit, code)]
    if not found:
        return _away("nothing of it")
    here, _ = _label(facts, chosen)
    values = [value.replace("-", " ") for value, _ in found]
    alike = bool(here) and any(value.endswith(here) for value in values)
    outcome = Truth.NOT_APPLICABLE if facts.kind == "member" else Truth.YES if alike else Truth.NO
    return Answer(
        value=values,
        outcome=outcome,
        rows=tuple(row for _, row in found),
        words={"told": ", ".join(values)},
    )


def _arguments(facts: Facts, _: Chosen) -> Answer:
    """The three arguments for the region, by how many works make each; shown, and not deciding."""
    if facts.kind != "region":
        return _away("asked of the region only")
    found = [one for one in facts.shared.codings if one[1] == "argument" and one[0].startswith("sources:")]
    counted = Counter(value for _, _, value, _ in found)
    told = ", ".join(f"{name} {counted[name]}" for name in ARGUMENTS)
    outcome = Truth.YES if all(counted[name] for name in ARGUMENTS) else Truth.NO if found else Truth.UNKNOWN
    return Answer(
        value=dict(counted), outcome=outcome, rows=tuple(row for *_, row in found), words={"told": told}
    )


RULES = (
    Rule(
        id="hard",
        locator=INTRODUCTION,
        sentence="Hard, by its hardness: {told}.",
        test=partial(_mode, mode="hard"),
    ),
    Rule(
        id="soft",
        locator=INTRODUCTION,
        sentence="Soft, by its hardness: {told}.",
        test=partial(_mode, mode="soft"),
    ),
    Rule(
        id="obligations-compatible",
        locator=SINCE_1991,
        sentence="Obligations that exclude each other: {told}.",
        test=_compatible,
    ),
    Rule(id="bound-already", locator=SOFT, sentence="Bound to: {told}.", test=_bound),
    Rule(id="phase", locator=SINCE_1991, sentence="Phases: {told}.", test=_phase),
    Rule(
        id="arguments", locator=DEBATE, sentence="Works for the region by argument: {told}.", test=_arguments
    ),
    Rule(id="as-the-paper-codes", locator=SOFT, sentence="The paper says: {told}.", test=_as_coded),
)


def _label(facts: Facts, chosen: Chosen) -> tuple[str, Verdict]:
    """What is found of the subject, in the authors' words."""
    if facts.kind == "body":
        hard, soft = (_mode(facts, chosen, mode).outcome for mode in ("hard", "soft"))
        if Truth.YES in (hard, soft):
            return (
                "hard" if hard is Truth.YES else "soft"
            ), Verdict.HOLDS if hard is Truth.YES else Verdict.FAILS
        if hard is Truth.NO and soft is Truth.NO:
            bounds, _ = _hardness(facts, chosen)
            middle = (float(chosen["hard"]) + float(chosen["soft"])) / 2
            dominant = (
                "hard"
                if bounds and bounds.low >= middle
                else "soft"
                if bounds and bounds.high < middle
                else "neither"
            )
            return f"mixed, {dominant} mode dominant", Verdict.MIXED
        return (
            "not hard" if hard is Truth.NO else "not soft" if soft is Truth.NO else "",
            Verdict.UNDETERMINED,
        )
    if facts.kind == "member":
        outcome = _compatible(facts, chosen).outcome
        words = {Truth.YES: ("compatible", Verdict.HOLDS), Truth.NO: ("incompatible", Verdict.FAILS)}
        return words.get(outcome, ("", Verdict.UNDETERMINED))
    found = _divided(facts, chosen)
    return (names_of(found)[found.of(facts.on.year)], Verdict.HOLDS) if found else ("", Verdict.UNDETERMINED)


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """Of a body: holds if hard, fails if soft, mixed between. Of a member: holds if compatible. Of the region: its phase."""
    label, verdict = _label(facts, chosen)
    needs = {
        "body": "design of the body on the day: delegation, pooling, binding decisions, dispute settlement (design)",
        "member": "agreements and parties, of which no dataset here has the signatures by state (agreements, parties)",
        "region": "meetings and agreements with who took part (meetings, attendance, agreements, parties)",
    }
    score, scored = _score(facts, chosen)
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict,
        label=label,
        steps=tuple(step(rule, facts, chosen) for rule in RULES),
        missing=(needs[facts.kind],) if verdict is Verdict.UNDETERMINED else (),
        score=score,
        scored=scored,
    )


def _score(facts: Facts, chosen: Chosen) -> tuple[Bounds | None, str]:
    if facts.kind == "body":
        return _hardness(facts, chosen)[0], "hardness, 0 to 1"
    if facts.kind == "member":
        number = len(_compatible(facts, chosen).value)
        return Bounds(low=number, high=number), "pairs of obligations that exclude each other"
    found = _divided(facts, chosen)
    rate = found.division.rates[found.of(facts.on.year)] if found else None
    return (
        Bounds(low=rate, high=rate) if rate is not None else None
    ), "acts of the region's own a year, in its phase"


FRAMEWORK = Framework(
    name=NAME,
    title="Hard and soft institutionalism",
    paper="moldashev2018",
    reference=REFERENCE,
    asks="How hard is a body, are a state's obligations compatible, and in which phase is the region?",
    about="the region, its members, and bodies",
    levels=LEVELS,
    needs=("design", "agreements", "parties", "memberships", "meetings", "attendance"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    share=share,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """What is found of a body, a member or the region on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
