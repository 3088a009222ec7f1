"""Institutions through two lenses: a coalition against a threat, and a shared identity, side by side.

Reference: Talka 2018, sections 2.3.1, 2.3.2, 2.4, 6.7.2 and 6.7.3, after Morgenthau and constructivist theory. Reads design,
leads, memberships, episodes, statements, codings, votes on roll calls of interest. Subjects are the bodies that a coder reads,
and formal ones with a lead in which the region weighs a fifth or more. The thesis reads by argument: every indicator, window
and cut is ours. Neither lens weighs more than the other, and a body may fail both and be useful.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, settled
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
from chaikhana.core.vocabulary import FULL_STATUSES
from chaikhana.frameworks import running
from chaikhana.measures.branding import Brand, brands
from chaikhana.measures.coalition import FRAMEWORK as NAME
from chaikhana.measures.coalition import Coalition, coalitions
from chaikhana.study.codings import codings_on
from chaikhana.study.membership import weighty_bodies
from chaikhana.study.study import Study

REFERENCE = "Talka 2018"
LEVELS: Mapping[str, str] = {
    "coalition and identity": "members stand together against a threat, and speak of themselves as one",
    "coalition without identity": "members stand together, and do not speak of themselves as one",
    "identity without coalition": "members speak of themselves as one, and do not stand together",
    "neither": "neither holds",
}
SCORES = {"with": 1.0, "apart": 0.0, "against": 0.0}
ABSENT = ("absent", "attempted-not-achieved", "not-viable")
FAILED = ("failed", "no")
CHOICES = (
    Choice(id="window", says="how many years back acts, votes and joinings still count", default=15, values=(10, 15, 35)),
    Choice(id="line", says="by what a common line is told: votes, acts, or both", default="both",
           values=("both", "votes", "acts")),
    Choice(id="together", says="the share of stands with the lead from which members hold its line", default=0.6,
           values=(0.5, 0.6, 0.75)),
    Choice(id="abstaining", says="whether an abstention beside the lead's vote counts half", default="no", values=("no", "half")),
    Choice(id="threat", says="by what a posited threat is told: collective defence in the design, coders, or either",
           default="either", values=("either", "design", "coders")),
    Choice(id="realist", says="how many of threat, line and gains make a coalition", default=3, values=(2, 3)),
    Choice(id="gains", says="how many joinings more than departures are a gain", default=1, values=(1, 2)),
    Choice(id="spoken", says="how many times members must speak in the body's identity", default=2, values=(1, 2, 3)),
    Choice(id="speakers", says="how many members must speak so", default=2, values=(1, 2, 3)),
    UNKNOWNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is the same for every body of a day."""

    coalitions: Mapping[str, Coalition]
    spoken: Mapping[str, tuple[tuple[float, str, tuple[str, ...]], ...]]
    coded: Mapping[str, tuple[tuple[str, str, str], ...]]
    rival: tuple[tuple[str, str], ...]
    speaks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read of one body."""

    subject: str
    on: date
    kind: str
    body: Coalition | None
    spoken: tuple[tuple[float, str, tuple[str, ...]], ...]
    coded: tuple[tuple[str, str, str], ...]
    rival: tuple[tuple[str, str], ...]
    speaks: bool


def subjects(study: Study) -> tuple[str, ...]:
    """The bodies that a coder reads, then formal ones with a lead in which two of the region's states weigh a fifth or more."""
    units = study.table("codings").filter(pl.col("framework") == NAME)["unit"]
    coded = [unit.partition(":")[2] for unit in units if unit.startswith("bodies:")]
    weighty = weighty_bodies(study, FULL_STATUSES)
    leads = study.table("leads")
    ranked = [*study.about.powers, *study.about.others]
    led = set(leads.filter(pl.col("actor").is_in(ranked))["body"]) if leads.height else weighty
    formal = study.table("bodies").filter(pl.col("form") == "formal-organisation")["id"]
    return tuple(dict.fromkeys([*coded, *(one for one in formal if one in weighty & led)]))


def share(study: Study, on: date) -> Shared:
    """Coalitions, what members spoke, and what coders say, of all bodies."""
    wanted = subjects(study)
    held, branded = codings_on(study, NAME, on), brands(study)
    own = held.filter(pl.col("unit") == f"region:{study.about.id}")
    return Shared(
        coalitions=coalitions(study, on, wanted),
        spoken={body: _spoken(branded, body, on) for body in wanted},
        coded={
            str(key[0]): tuple(group.select("code", "value", "row").iter_rows())
            for key, group in held.group_by(["unit"], maintain_order=True)
        },
        rival=tuple(
            own.filter(pl.col("code") == "constructivist-rival-identity").select("value", "row").iter_rows()
        ),
        speaks=bool(
            study.about.frames and (study.table("statements").height or study.table("episodes").height)
        ),
    )


def _spoken(found: tuple[Brand, ...], body: str, on: date) -> tuple[tuple[float, str, tuple[str, ...]], ...]:
    """Each time a member of the region promoted an identity with the body: years before the day, who, rows."""
    return tuple(
        ((on - one.date).days / 365.25, one.actor, one.rows)
        for one in found
        if one.date is not None and one.date <= on and body in one.groupings and one.beyond
    )


def gather(_: Study, subject: str, on: date, shared: Shared) -> Facts:
    """What the rules read of a body."""
    return Facts(
        subject=subject,
        on=on,
        kind="body",
        body=shared.coalitions.get(subject),
        spoken=shared.spoken.get(subject, ()),
        coded=shared.coded.get(f"bodies:{subject}", ()),
        rival=shared.rival,
        speaks=shared.speaks,
    )


def _threat(facts: Facts, chosen: Chosen) -> Answer:
    """Whether an outside threat is posited."""
    if facts.body is None:
        return undecided("the body does not stand on the day")
    by, coded = chosen["threat"], facts.body.threats
    outcome = facts.body.defends if by != "coders" else Truth.UNKNOWN
    if by != "design" and coded:
        outcome = Truth.YES
    told = f"collective defence {facts.body.defends.value}; coders: {', '.join(value for value, _ in coded) or 'none named'}"
    rows = (*facts.body.design_rows[:12], *(row for _, row in coded))
    return Answer(
        value=[value for value, _ in coded], outcome=settled(outcome, chosen), rows=rows, words={"told": told}
    )


def _line(facts: Facts, chosen: Chosen) -> Answer:
    """Whether members stand with the lead on what it cares for."""
    window = float(chosen["window"])
    stands = facts.body.stands if facts.body else ()
    kept = [one for one in stands if one.age <= window and chosen["line"] in ("both", one.source)]
    if not kept:
        outcome = settled(Truth.UNKNOWN, chosen)
        return Answer(
            value=None,
            outcome=outcome,
            words={"told": "no stand of a member is known", "window": chosen["window"]},
        )
    half = 0.5 if chosen["abstaining"] == "half" else 0.0
    share = sum(half if one.alike == "apart" else SCORES[one.alike] for one in kept) / len(kept)
    number = {name: sum(one.alike == name for one in kept) for name in SCORES}
    told = f"{number['with']} with the lead, {number['apart']} apart, {number['against']} against"
    rows = tuple(dict.fromkeys(one.row for one in kept if one.row))
    outcome = Truth.YES if share >= float(chosen["together"]) else Truth.NO
    return Answer(
        value=round(share, 3), outcome=outcome, rows=rows, words={"told": told, "window": chosen["window"]}
    )


def _gains(facts: Facts, chosen: Chosen) -> Answer:
    """Whether more states came than went."""
    if facts.body is None:
        return undecided("", {"joined": 0, "left": 0, "window": chosen["window"], "coded": ""})
    window = float(chosen["window"])
    joined = [row for age, row in facts.body.joined if age <= window]
    left = [row for age, row in facts.body.left if age <= window]
    coded = [(value, row) for code, value, row in facts.coded if code == "realist-gains-members"]
    note = f"; the paper adds: {', '.join(value for value, _ in coded)}" if coded else ""
    outcome = Truth.YES if len(joined) - len(left) >= float(chosen["gains"]) else Truth.NO
    words = {"joined": len(joined), "left": len(left), "window": chosen["window"], "coded": note}
    return Answer(
        value=len(joined) - len(left),
        outcome=outcome,
        rows=(*joined, *left, *(row for _, row in coded)),
        words=words,
    )


def _spoke(facts: Facts, chosen: Chosen) -> Answer:
    """Whether members speak in the identity of the body."""
    kept = [one for one in facts.spoken if one[0] <= float(chosen["window"])]
    who = sorted({actor for _, actor, _ in kept})
    enough = len(kept) >= float(chosen["spoken"]) and len(who) >= float(chosen["speakers"])
    outcome = (
        Truth.YES
        if enough
        else Truth.NO
        if facts.speaks and facts.body is not None
        else settled(Truth.UNKNOWN, chosen)
    )
    rows = tuple(dict.fromkeys(row for _, _, own in kept for row in own))
    words = {"number": len(kept), "who": ", ".join(who) or "none", "window": chosen["window"]}
    return Answer(value=len(kept), outcome=outcome, rows=rows, words=words)


def _rival(facts: Facts, _: Chosen) -> Answer:
    """Which identity stands against a shared one; shown, and not deciding."""
    if not facts.rival:
        return NOT_ASKED
    told = ", ".join(value for value, _ in facts.rival)
    return Answer(
        value=told, outcome=Truth.YES, rows=tuple(row for _, row in facts.rival), words={"told": told}
    )


def coalition(facts: Facts, chosen: Chosen) -> Truth:
    """Whether enough of threat, line and gains hold."""
    tests = (_threat, _line, _gains)
    answers = [recalled(chosen, test, partial(test, facts, chosen)).outcome for test in tests]
    sure, may = answers.count(Truth.YES), answers.count(Truth.YES) + answers.count(Truth.UNKNOWN)
    needed = int(chosen["realist"])
    return Truth.YES if sure >= needed else Truth.UNKNOWN if may >= needed else Truth.NO


def _coded(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the paper says the same of coalition, line and identity; shown, and not deciding."""
    ours = {
        "realist-coalition": coalition(facts, chosen),
        "realist-common-line": recalled(chosen, _line, partial(_line, facts, chosen)).outcome,
        "constructivist-identity": recalled(chosen, _spoke, partial(_spoke, facts, chosen)).outcome,
    }
    found = [(code, value, row) for code, value, row in facts.coded if code in ours]
    if not found:
        return NOT_ASKED
    theirs = {code: Truth.NO if value in (*FAILED, *ABSENT) else Truth.YES for code, value, _ in found}
    told = "; ".join(f"{code.replace('-', ' ')} {value.replace('-', ' ')}" for code, value, _ in found)
    apart = [code.replace("-", " ") for code, answer in theirs.items() if ours[code] is not answer]
    words = {"told": told, "apart": f"; otherwise here: {', '.join(apart)}" if apart else ""}
    return Answer(
        value=told,
        outcome=Truth.NO if apart else Truth.YES,
        rows=tuple(row for *_, row in found),
        words=words,
    )


REALIST, CONSTRUCTIVIST = "thesis2018, section 6.7.2", "thesis2018, section 6.7.3"
RULES = (
    Rule(id="threat-posited", locator="thesis2018, section 2.4", sentence="A threat from outside: {told}.", test=_threat),
    Rule(id="common-line", locator=REALIST, sentence="Stands of members in {window} years: {told}.", test=_line),
    Rule(id="gains-and-keeps", locator=REALIST, test=_gains,
         sentence="In {window} years {joined} joined and {left} left{coded}."),
    Rule(id="spoken-identity", locator=CONSTRUCTIVIST,
         sentence="In {window} years {number} times a state of the region spoke in its identity ({who}).", test=_spoke),
    Rule(id="rival-identity", locator=CONSTRUCTIVIST, sentence="Against a shared identity stands: {told}.", test=_rival),
    Rule(id="as-the-paper-codes", locator=REALIST, sentence="The paper says: {told}{apart}.", test=_coded),
)  # fmt: skip


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """Holds where both lenses find what they look for, fails where neither does, mixed where one does."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    realist, shared = recalled(chosen, coalition, lambda: coalition(facts, chosen)), steps[3].outcome
    verdict = verdict_of((realist, shared))
    labels = {
        (Truth.YES, Truth.YES): "coalition and identity",
        (Truth.YES, Truth.NO): "coalition without identity",
        (Truth.NO, Truth.YES): "identity without coalition",
        (Truth.NO, Truth.NO): "neither",
    }
    outcomes = [one.outcome for one in steps[:4]]
    sure, may = outcomes.count(Truth.YES), outcomes.count(Truth.YES) + outcomes.count(Truth.UNKNOWN)
    missing = [] if facts.body else ["the body on this day (bodies, memberships)"]
    missing += (
        ["votes on roll calls of interest (un-votes) or acts (episodes)"]
        if outcomes[1] is Truth.UNKNOWN
        else []
    )
    missing += (
        ["whether it defends in common (design) or what threat it posits (codings)"]
        if outcomes[0] is Truth.UNKNOWN
        else []
    )
    missing += ["frames of study.toml, and statements"] if shared is Truth.UNKNOWN else []
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict,
        label=labels.get((realist, shared), ""),
        steps=steps,
        missing=tuple(missing) if verdict is Verdict.UNDETERMINED else (),
        score=Bounds(low=sure, high=may),
        scored="of threat, line, gains and identity: how many hold",
    )


FRAMEWORK = Framework(
    name=NAME,
    title="Institutions through two lenses",
    paper="thesis2018",
    reference=REFERENCE,
    asks="Is a body a coalition against a threat, and do its members speak as one?",
    about="bodies",
    levels=LEVELS,
    needs=("bodies", "memberships", "leads", "design", "episodes", "statements", "codings", "un-votes"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    share=share,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """What is found of a body on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
