"""Why so little security regionalism? Five explanations as expectations, held against what each state does.

Reference: Mayer 2021, section 6, which discusses the five and leaves their weight open. Reads memberships, parties, episodes,
design, leads, codings, the series on regimes. Subjects are the five explanations, the members and the region. What each predicts
is the paper's; how willing a state is, which body is deep, and who leads, are indicators of ours. That rows agree with an
explanation does not make it the cause, and several may agree at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, at_least, narrowed, settled
from chaikhana.core.findings import (
    NOT_ASKED,
    Answer,
    Finding,
    Framework,
    Rule,
    Verdict,
    step,
    undecided,
    verdict_of,
)
from chaikhana.core.remembering import recalled
from chaikhana.core.truth import Truth
from chaikhana.frameworks import running
from chaikhana.measures import security_placements as of
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.formats import formats
from chaikhana.measures.leadership import Initiatives, initiatives
from chaikhana.measures.security_placements import Placement, placements
from chaikhana.measures.security_stance import Stance, stances
from chaikhana.study.codings import codings_on
from chaikhana.study.design import design_on
from chaikhana.study.series import regimes_on
from chaikhana.study.study import Study

NAME = "absence-of-security-regionalism"
REFERENCE = "Mayer 2021"
EXPLANATIONS: Mapping[str, str] = {
    "autocratic-hesitance": "autocracies go along little, democracies more",
    "protective-integration": "autocracies deepen defensive bodies of their own and turn from liberal ones",
    "illiberal-solidarism": "autocracies shield themselves in an exclusive body of their own",
    "cooperative-gains": "states rely on outsiders, who offer more at less cost",
    "hegemonic-stability": "little comes about where no single member leads",
}
LEVELS: Mapping[str, str] = {
    **EXPLANATIONS,
    "agrees": "the rows are as the explanation expects, for most members",
    "agrees for some": "for some members they are, for others not",
    "does not agree": "for most they are not",
}
ISSUES = {"narrow": of.NARROW, "wide": of.WIDE}
ELECTORAL = (0.4, 0.5)
MOST_ROWS = 60
CHOICES = (
    Choice(id="issues", says="which issues are security", default="wide", values=tuple(ISSUES)),
    Choice(id="window", says="how many years back acts and initiatives count", default=5, values=(3, 5, 10)),
    Choice(id="by", says="by what a state's willingness is told: joining, acts, or both", default="both",
           values=("both", "joining", "acts")),
    Choice(id="weight", says="how much acts weigh beside joining", default=1.0, values=(0.5, 1.0, 2.0)),
    Choice(id="willing", says="from which willingness on a state goes along", default=0.75, values=(0.67, 0.75, 0.8)),
    Choice(id="electoral", says="below which electoral democracy a state is an autocracy", default=0.5, values=ELECTORAL),
    Choice(id="deep", says="from which depth on a body is deep", default=0.5, values=(0.4, 0.5, 0.6)),
    Choice(id="outsiders", says="from which share of its security frameworks with outsiders on a state relies on them",
           default=0.5, values=(0.5, 0.6)),
    Choice(id="leader", says="from which share of initiatives on a member is a candidate for leading", default=0.33,
           values=(0.25, 0.33, 0.5)),
    Choice(id="agree", says="the share of members for which an explanation must agree", default=0.67, values=(0.5, 0.67, 0.8)),
    UNKNOWNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is the same for every subject of a day."""

    members: tuple[str, ...]
    placed: tuple[Placement, ...]
    stances: Mapping[str, Mapping[str, Stance]]
    regimes: Mapping[str, float]
    liberal: Mapping[str, tuple[str, ...]]
    leads: Mapping[str, tuple[str, ...]]
    initiatives: Initiatives
    coded: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read of one subject."""

    subject: str
    on: date
    kind: str
    unit: str
    shared: Shared


def subjects(study: Study) -> tuple[str, ...]:
    """The region, the explanations, and the members."""
    return (study.about.id, *EXPLANATIONS, *study.about.members)


def share(study: Study, on: date) -> Shared:
    """Placements, stances, regimes and leads on the day."""
    placed = placements(study, on, formats(study).frame, exclusivity(study, on).frame)
    kept = [one for one in placed if one.kind != "meeting" and len(one.members) > 1]
    stated = design_on(study, on, ["democracy-norm"]).filter(pl.col("low") == 1)
    leads = study.on("leads", on).filter(pl.col("holds") != "no")
    coded = codings_on(study, NAME, on)
    return Shared(
        members=study.about.members,
        placed=tuple(one for one in kept if one.reach != of.WORLDWIDE),
        stances={
            name: stances(study, on, [(one.members, one.rows) for one in kept if one.issues & issues], issues)
            for name, issues in ISSUES.items()
        },
        regimes=regimes_on(study, on)[0],
        liberal={row["body"]: tuple(row["rows"]) for row in stated.iter_rows(named=True)},
        leads={
            str(key[0]): tuple(own["actor"]) for key, own in leads.group_by(["body"], maintain_order=True)
        },
        initiatives=initiatives(study, on),
        coded={
            (str(key[0]), str(key[1])): tuple(own.select("value", "row").iter_rows())
            for key, own in coded.group_by(["unit", "code"], maintain_order=True)
        },
        known=bool(study.table("agreements").height or study.table("episodes").height),
    )


def gather(study: Study, subject: str, on: date, shared: Shared) -> Facts:
    """What the rules read of the region, an explanation or a member."""
    kind = "region" if subject == study.about.id else "explanation" if subject in EXPLANATIONS else "member"
    unit = f"actors:{subject}" if kind == "member" else f"region:{study.about.id}"
    return Facts(subject=subject, on=on, kind=kind, unit=unit, shared=shared)


def _autocratic(facts: Facts, chosen: Chosen, actor: str) -> Truth:
    value = facts.shared.regimes.get(actor)
    return Truth.UNKNOWN if value is None else Truth.YES if value < float(chosen["electoral"]) else Truth.NO


def _hesitance(facts: Facts, chosen: Chosen, state: str) -> Answer:
    """Autocracies go along little, democracies more."""
    stance = facts.shared.stances[str(chosen["issues"])][state]
    willing = stance.willing(str(chosen["by"]), float(chosen["window"]), float(chosen["weight"]))
    regime = _autocratic(facts, chosen, state)
    if willing is None or regime is Truth.UNKNOWN:
        return undecided(f"{state} not known")
    goes = willing >= float(chosen["willing"])
    agrees = goes is (regime is Truth.NO)
    told = f"{state} {'autocratic' if regime is Truth.YES else 'democratic'}, willing {willing:.2f}"
    rows = (*stance.rows[:12], *(row for age, _, row in stance.acts if age <= float(chosen["window"])))
    return Answer(
        value=round(willing, 4), outcome=Truth.YES if agrees else Truth.NO, rows=rows, words={"told": told}
    )


def _protective(facts: Facts, chosen: Chosen, state: str) -> Answer:
    """Autocracies deepen defensive bodies of their own and turn from liberal ones."""
    mine = [
        one
        for one in facts.shared.placed
        if one.kind == "body" and state in one.members and one.issues & ISSUES[str(chosen["issues"])]
    ]
    own = [
        one
        for one in mine
        if one.depth
        and one.id not in facts.shared.liberal
        and any(_autocratic(facts, chosen, lead) is Truth.YES for lead in facts.shared.leads.get(one.id, ()))
    ]
    liberal = [one for one in mine if one.id in facts.shared.liberal]
    if not mine:
        return undecided(f"{state} not known")
    depths = [at_least(narrowed(one.depth, chosen), float(chosen["deep"])) for one in own if one.depth]
    deep = Truth.YES if Truth.YES in depths else Truth.UNKNOWN if Truth.UNKNOWN in depths else Truth.NO
    outcome = Truth.NO if liberal else deep
    names = ", ".join(one.title for one in liberal) or "none"
    told = f"{state} in liberal bodies: {names}; a deep one of autocracies: {deep.value}"
    return Answer(
        value=[len(liberal), deep.value],
        outcome=outcome,
        rows=of.rows_of([*liberal, *own]),
        words={"told": told},
    )


def _illiberal(facts: Facts, chosen: Chosen, state: str) -> Answer:
    """Autocracies shield themselves in an exclusive body of their own."""
    issues = ISSUES[str(chosen["issues"])]
    own = [
        one
        for one in facts.shared.placed
        if one.organised and one.issues & issues and one.reach == of.WITHIN and state in one.members
    ]
    outcome = Truth.YES if own else Truth.NO if facts.shared.known else settled(Truth.UNKNOWN, chosen)
    told = f"{state} in an exclusive security body: {', '.join(one.title for one in own) or 'none'}"
    return Answer(value=[one.id for one in own], outcome=outcome, rows=of.rows_of(own), words={"told": told})


def _gains(facts: Facts, chosen: Chosen, state: str) -> Answer:
    """States rely on outsiders, who offer more at less cost."""
    issues = ISSUES[str(chosen["issues"])]
    mine = [
        one
        for one in facts.shared.placed
        if one.issues & issues and state in one.members and one.reach != of.UNSEEN
    ]
    if not mine:
        return undecided(f"{state} not known")
    beyond = [one for one in mine if one.reach == of.OUTSIDE]
    share = len(beyond) / len(mine)
    outcome = Truth.YES if share >= float(chosen["outsiders"]) else Truth.NO
    told = f"{state} {len(beyond)} of {len(mine)} with outsiders"
    return Answer(value=round(share, 4), outcome=outcome, rows=of.rows_of(beyond), words={"told": told})


def _hegemonic(facts: Facts, chosen: Chosen, _: str) -> Answer:
    """Little comes about where no single member leads; there is little where no exclusive body is deep."""
    led, rows = facts.shared.initiatives.candidates(float(chosen["window"]), float(chosen["leader"]))
    if not rows:
        return undecided("no initiative of a member is known")
    own = [
        one
        for one in facts.shared.placed
        if one.organised and one.reach == of.WITHIN and one.depth and one.issues & of.WIDE
    ]
    deep = any(
        at_least(narrowed(one.depth, chosen), float(chosen["deep"])) is Truth.YES for one in own if one.depth
    )
    single = len(led) == 1
    names = ", ".join(f"{actor} {share:.0%}" for actor, share in led.items()) or "none"
    told = f"candidates for leading: {names}; a deep security body of the region's own: {'yes' if deep else 'no'}"
    return Answer(
        value=dict(led),
        outcome=Truth.YES if single is deep else Truth.NO,
        rows=rows[:MOST_ROWS],
        words={"told": told},
    )


TESTS = {
    "autocratic-hesitance": _hesitance,
    "protective-integration": _protective,
    "illiberal-solidarism": _illiberal,
    "cooperative-gains": _gains,
    "hegemonic-stability": _hegemonic,
}


def _explained(facts: Facts, chosen: Chosen, name: str) -> Answer:
    """Whether the rows are as an explanation expects: of a member, or of the share of members that is asked for."""
    states = (facts.subject,) if facts.kind == "member" else facts.shared.members
    if name == "hegemonic-stability":
        states = states[:1]  # it expects the same of all
    each = [recalled(chosen, (name, state), partial(TESTS[name], facts, chosen, state)) for state in states]
    yes = sum(one.outcome is Truth.YES for one in each)
    may = yes + sum(one.outcome is Truth.UNKNOWN for one in each)
    bounds = Bounds(low=yes / len(each), high=may / len(each))
    told = "; ".join(str(one.words["told"]) for one in each)
    rows = tuple(dict.fromkeys(row for one in each for row in one.rows))[:MOST_ROWS]
    value = [bounds.low, bounds.high]
    outcome = at_least(bounds, float(chosen["agree"])) if len(each) > 1 else each[0].outcome
    return Answer(value=value, outcome=outcome, rows=rows, words={"told": told, "yes": yes, "of": len(each)})


def _coded(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the paper judges the explanations of the subject in the same way; shown, and not deciding."""
    names = (facts.subject,) if facts.kind == "explanation" else tuple(EXPLANATIONS)
    fits = {
        "fits": Truth.YES,
        "could-in-part-explain": Truth.YES,
        "does-not-fit": Truth.NO,
        "cannot-be-sustained": Truth.NO,
    }
    found = [
        (name, value, row)
        for name in names
        for value, row in facts.shared.coded.get((facts.unit, name), ())
        if value in fits
    ]
    if not found:
        return NOT_ASKED
    ours = {
        name: recalled(chosen, f"all {name}", partial(_explained, facts, chosen, name)).outcome
        for name, _, _ in found
    }
    apart = [name.replace("-", " ") for name, value, _ in found if ours[name] is not fits[value]]
    told = ", ".join(f"{name.replace('-', ' ')} {value.replace('-', ' ')}" for name, value, _ in found)
    words = {"told": told, "apart": f"; otherwise here: {', '.join(apart)}" if apart else ""}
    return Answer(
        value=told,
        outcome=Truth.NO if apart else Truth.YES,
        rows=tuple(row for *_, row in found),
        words=words,
    )


PLACES = {
    "autocratic-hesitance": "mayer2021, section 6 par 3",
    "protective-integration": "mayer2021, section 6 par 3",
    "illiberal-solidarism": "mayer2021, section 6 par 3, note 82",
    "cooperative-gains": "mayer2021, section 6 par 4, note 83",
    "hegemonic-stability": "mayer2021, section 6 par 5, note 85",
}
RULES = (
    *(Rule(id=name, locator=PLACES[name], asked=("region", "member", name), test=partial(_explained, name=name),
           sentence=f"Expected: {says}. As expected for {{yes}} of {{of}} ({{told}}).") for name, says in EXPLANATIONS.items()),
    Rule(id="as-the-paper-codes", locator="mayer2021, section 7 par 2", test=_coded, sentence="The paper says: {told}{apart}."),
)  # fmt: skip
MISSING = "regimes (vdem), security agreements and bodies (agreements, parties, memberships), acts (episodes)"


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """An explanation: whether the rows are as it expects. A member, or the region: which of the five they agree with."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    asked = [one for one in steps[:-1] if one.outcome is not Truth.NOT_APPLICABLE]
    agreeing = [one.rule for one in asked if one.outcome is Truth.YES]
    score: Bounds | None
    if facts.kind == "explanation":
        low, high = asked[0].value
        score, cut = Bounds(low=low, high=high), float(chosen["agree"])
        verdict = {Truth.YES: Verdict.HOLDS, Truth.UNKNOWN: Verdict.UNDETERMINED}.get(
            asked[0].outcome, Verdict.FAILS
        )
        verdict = Verdict.MIXED if verdict is Verdict.FAILS and low > 1 - cut else verdict
        labels = {Verdict.HOLDS: "agrees", Verdict.MIXED: "agrees for some", Verdict.FAILS: "does not agree"}
        label = labels.get(verdict, "")
    else:
        verdict = verdict_of(tuple(one.outcome for one in asked))
        may = sum(one.outcome is Truth.UNKNOWN for one in asked)
        score = Bounds(low=len(agreeing), high=len(agreeing) + may)
        label = ", ".join(agreeing) or ("none of the five" if verdict is Verdict.FAILS else "")
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict,
        label=label,
        steps=steps,
        missing=(MISSING,) if verdict is Verdict.UNDETERMINED else (),
        score=score,
        scored="share of members for which it agrees"
        if facts.kind == "explanation"
        else "explanations that agree, of five",
    )


FRAMEWORK = Framework(
    name=NAME,
    title="Why so little security regionalism",
    paper="mayer2021",
    reference=REFERENCE,
    asks="Which of five explanations do the rows agree with?",
    about="the region, the explanations, and the members",
    levels=LEVELS,
    needs=("vdem", "memberships", "agreements", "parties", "episodes", "design", "leads", "codings"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    share=share,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """What is found of the region, an explanation or a member on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
