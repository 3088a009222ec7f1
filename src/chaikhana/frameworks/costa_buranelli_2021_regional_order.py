"""Regional order: whether its rules stand, its institutions are practised, and whether there is regionalism besides.

Reference: Costa Buranelli 2021, sections 1 to 3, after Bull and Buzan. Reads the ledger of acts (episodes, meetings, agreements,
statements, codings), violence, own organisations, the series on regimes and trade. Subjects are the region, its rules and
institutions, and the scholarship on it. The paper names goals, rules and institutions and tells of acts; which acts bear on
which rule, and every cut and window, is ours. Order needs neither organisation nor identity: its absence is another matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, at_least, narrowed, settled
from chaikhana.core.findings import (
    NOT_ASKED,
    Answer,
    Finding,
    Framework,
    Rule,
    Step,
    Verdict,
    step,
    verdict_of,
)
from chaikhana.core.instances import Instances, Test, instances
from chaikhana.core.remembering import recalled
from chaikhana.core.truth import Truth, any_of
from chaikhana.frameworks import running
from chaikhana.measures import rule_ledger as of
from chaikhana.measures import rule_standing as by
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.lead_diversity import lead_diversity
from chaikhana.measures.own_organisations import Own, enough, own_organisations
from chaikhana.measures.scholarship import FOUR, SAYS, Work, tendency, works
from chaikhana.measures.symptoms import SYMPTOMS, Symptom, symptoms
from chaikhana.measures.violence import Violence, violence
from chaikhana.study.codings import codings_on
from chaikhana.study.series import regimes_on
from chaikhana.study.study import Study

NAME = of.FRAMEWORK
REFERENCE = "Costa Buranelli 2021"
SCHOLARSHIP = "scholarship"
LEVELS: Mapping[str, str] = {
    "order without regionalism": "a stable and predictable set of relations, and no region of advanced cooperation",
    "order and regionalism": "such relations, and advanced cooperation in a bounded area besides",
    "order in dispute": "some goals, rules or institutions hold and others do not",
    "no order": "none of them holds",
    "upheld": "a rule that is kept, or whose breakers justify themselves or deny it",
    "contested": "a rule with acts for it, that is broken or passed over more often",
    "collapsed": "a rule that is openly disregarded, and no longer kept",
    "no test seen": "a rule on which no act bears",
    "stands": "an institution that is practised",
    "disputed": "an institution with acts for it and more against it",
    "does not stand": "an institution with acts against it alone",
    "no practice seen": "an institution of which no act is known",
}
MOST_ROWS = 40
Judged = tuple[Verdict, str, tuple[str, ...]]
NUMBERS = ("none", "one", "two", "three", "four")
CHOICES = (
    Choice(id="window", says="how many years back acts still count", default=10, values=(5, 10, 15, 35)),
    Choice(id="evidence", says="whose judgement of acts counts: papers' codings, patterns over rows, or both",
           default="both", values=("both", "coded", "found")),
    Choice(id="breaches", says="whether closed borders and held-up trade break a rule (wide) or not (strict)",
           default="wide", values=("wide", "strict")),
    Choice(id="within", says="within how many years an act answers a breach", default=2, values=(1, 2, 5)),
    Choice(id="settlement", says="whether settling a clash acknowledges the rule", default="counts",
           values=("counts", "does-not")),
    Choice(id="unanswered", says="how a breach counts of which no answer is recorded", default="left-out",
           values=("left-out", "unknown", "disregarded")),
    Choice(id="share", says="the share of breaches acknowledged from which a rule stands", default=0.5, values=(0.5, 0.67, 0.8)),
    Choice(id="balance", says="the share of acts for it from which it is practised", default=0.5, values=(0.5, 0.67)),
    Choice(id="standing", says="the share of rules, and of institutions, that must stand for an order", default=0.75,
           values=(0.5, 0.75, 1.0)),
    Choice(id="pervasive", says="the share of pairs of members in armed clashes from which violence is pervasive",
           default=0.4, values=(0.3, 0.4, 0.5)),
    Choice(id="life", says="whether war within a state breaks an order of states", default="states", values=("states", "all")),
    Choice(id="electoral", says="below which electoral democracy a state is ruled without free elections", default=0.5,
           values=(0.4, 0.5)),
    Choice(id="diversity", says="from which diversity of lead powers on a state engages several", default=0.5,
           values=(0.4, 0.5, 0.6)),
    Choice(id="coverage", says="the share of members that an organisation of regionalism holds", default=1.0,
           values=(0.6, 0.8, 1.0)),
    Choice(id="breadth", says="on how many fields it works", default=4, values=(3, 4, 6)),
    Choice(id="works", says="how many works must show a tendency", default=2, values=(1, 2, 3)),
    UNKNOWNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is the same for every subject of a day."""

    entries: Mapping[tuple[str, str], Instances]
    violence: Violence
    own: tuple[Own, ...]
    symptoms: Mapping[str, Symptom]
    regimes: tuple[Mapping[str, float], str]
    diversity: Mapping[str, tuple[float, tuple[str, ...]]]
    coded: Mapping[str, tuple[tuple[str, str], ...]]
    members: tuple[str, ...]
    works: tuple[Work, ...]
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read of one subject."""

    subject: str
    on: date
    kind: str
    shared: Shared


def subjects(study: Study) -> tuple[str, ...]:
    """The region, its rules and institutions, and the scholarship on it."""
    return (study.about.id, *of.RULES, *of.INSTITUTIONS, SCHOLARSHIP)


def share(study: Study, on: date) -> Shared:
    """The ledger up to the day, and what stands beside it."""
    grouped: dict[tuple[str, str], list[tuple[date, Test, tuple[str, ...]]]] = {}
    for one in of.ledger(study):
        grouped.setdefault((one.of, one.side), []).append((one.day, one.tested(on), one.rows))
    coded = codings_on(study, NAME, on, unit=f"region:{study.about.id}")
    diverse = lead_diversity(study, on, on).frame
    return Shared(
        entries={key: instances(found, on) for key, found in grouped.items()},
        violence=violence(study),
        own=own_organisations(study, on, exclusivity(study, on).frame),
        symptoms=symptoms(study, on),
        regimes=regimes_on(study, on),
        diversity={
            actor: (value, tuple(rows)) for actor, value, rows in diverse.select("actor", "diversity", "rows").iter_rows()
        },
        coded={
            str(key[0]): tuple(group.select("value", "row").iter_rows())
            for key, group in coded.group_by(["code"], maintain_order=True)
        },
        members=study.about.members,
        works=tuple(work for work in works(study) if work.year <= on.year),
        known=bool(study.table("episodes").height),
    )  # fmt: skip


def gather(study: Study, subject: str, on: date, shared: Shared) -> Facts:
    """What the rules read of the region, a rule, an institution or the scholarship."""
    kind = {study.about.id: "region", SCHOLARSHIP: "scholarship"}.get(subject, subject.partition("-")[0])
    return Facts(subject=subject, on=on, kind=kind, shared=shared)


def _reading(chosen: Chosen, *, answers: bool = True) -> by.Reading:
    """How the ledger is read; what bears on answers alone is left out where none is asked for."""
    return by.Reading(
        window=float(chosen["window"]),
        evidence=str(chosen["evidence"]),
        wide=chosen["breaches"] == "wide",
        within=float(chosen["within"]) if answers else 0.0,
        settled=answers and chosen["settlement"] == "counts",
        unanswered=str(chosen["unanswered"]) if answers else "left-out",
        most_rows=MOST_ROWS,
    )


def _practised(facts: Facts, chosen: Chosen) -> Answer:
    reading = _reading(chosen, answers=False)
    return by.practised(facts.shared.entries, facts.subject, reading, float(chosen["balance"]), chosen)


def _acknowledged(facts: Facts, chosen: Chosen, code: str = "") -> Answer:
    reading, code = _reading(chosen), code or facts.subject
    return by.acknowledged(facts.shared.entries, code, reading, float(chosen["share"]), chosen)


def _engaged(facts: Facts, chosen: Chosen) -> Answer:
    return by.engaged(facts.shared.diversity, len(facts.shared.members), float(chosen["diversity"]))


def _adopted(facts: Facts, chosen: Chosen) -> Answer:
    return by.adopted(*facts.shared.regimes, facts.shared.members, float(chosen["electoral"]))


def _tension(facts: Facts, chosen: Chosen) -> Answer:
    """Acts that keep sovereignty by refusing the management of a great power; shown, and not deciding."""
    reading = _reading(chosen, answers=False)
    keeps = by.acts(facts.shared.entries, "institution-sovereignty", of.FOR, reading)[1]
    refuses = by.acts(facts.shared.entries, "institution-great-power-management", of.AGAINST, reading)[1]
    both = tuple(row for row in keeps if row in refuses and row.startswith("episodes:"))
    outcome = Truth.YES if both else Truth.NO
    return Answer(value=len(both), outcome=outcome, rows=both, words={"number": len(both)})


def _violence(facts: Facts, chosen: Chosen) -> Answer:
    """Whether armed clashes between members are less than pervasive, or are answered."""
    found, members = facts.shared.violence, len(facts.shared.members)
    spread, told = found.between_members(
        facts.on, float(chosen["window"]), members, float(chosen["pervasive"])
    )
    answered = _acknowledged(facts, chosen, "goal-control-of-violence").outcome
    return replace(
        told, outcome=any_of([~spread, answered]) if found.known else settled(Truth.UNKNOWN, chosen)
    )


def _life(facts: Facts, chosen: Chosen) -> Answer:
    """Whether no member was at war within; it decides only where an order of states is held to need it."""
    told = facts.shared.violence.inside(facts.on, float(chosen["window"]))
    return told if facts.shared.violence.known else replace(told, outcome=settled(Truth.UNKNOWN, chosen))


def _standing(facts: Facts, chosen: Chosen, codes: tuple[str, ...]) -> Answer:
    each = {code: _judged(facts.shared, code, facts.on, chosen) for code in codes}
    sure = [code for code, one in each.items() if one[0] is Verdict.HOLDS]
    may = [code for code, one in each.items() if one[0] is Verdict.UNDETERMINED]
    bounds = narrowed(Bounds(low=len(sure) / len(each), high=(len(sure) + len(may)) / len(each)), chosen)
    told = "; ".join(f"{code.partition('-')[2]} {label}" for code, (_, label, _) in each.items())
    rows = tuple(dict.fromkeys(row for _, _, own in each.values() for row in own[:12]))
    outcome = at_least(bounds, float(chosen["standing"]))
    return Answer(value=len(sure), outcome=outcome, rows=rows, words={"told": told})


def _judged(shared: Shared, code: str, on: date, chosen: Chosen) -> Judged:
    """A rule or institution by itself: its verdict, its label, its rows."""
    found: tuple[Verdict, str, tuple[str, ...]] = recalled(
        chosen, code, lambda: _judge(shared, code, on, chosen)
    )
    return found


def _judge(shared: Shared, code: str, on: date, chosen: Chosen) -> Judged:
    facts = Facts(subject=code, on=on, kind=code.partition("-")[0], shared=shared)
    own = [recalled(chosen, ("practised", code), partial(_practised, facts, chosen))]
    own.append(recalled(chosen, ("owned", code), partial(OWNED[facts.kind], facts, chosen)))
    own.append(BESIDE[code](facts, chosen) if code in BESIDE else NOT_ASKED)
    rows = tuple(row for one in own for row in one.rows)
    return (*by.verdict_on(facts.kind, own[0], own[1].outcome, own[2].outcome), rows)


def _regionalism(facts: Facts, chosen: Chosen) -> Answer:
    """Whether an organisation of the region's own is wide and broad enough; it names the order and does not decide on it."""
    own = facts.shared.own
    outcome, kept = enough(own, chosen, float(chosen["coverage"]), float(chosen["breadth"]))
    names, wide = ([one.id for one in several] for several in (own, kept))
    words = {"own": ", ".join(names) or "none", "names": ", ".join(wide) or "none"}
    rows = tuple(row for one in own for row in one.rows[:8])
    outcome = outcome if facts.shared.known else Truth.UNKNOWN
    return Answer(value=wide, outcome=outcome, rows=rows, words=words)


def _symptom(facts: Facts, chosen: Chosen, name: str) -> Answer:
    found = facts.shared.symptoms[name]
    outcome, told = found.shown(float(chosen["window"]))
    return Answer(value=told, outcome=outcome, rows=(*found.coded, *found.rows), words={"told": told})


def _tendency(facts: Facts, chosen: Chosen, name: str) -> Answer:
    return tendency(facts.shared.works, name, float(chosen["works"]))


def _coded(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the paper says the same of the region, a rule or an institution; shown, and not deciding."""
    if facts.kind == "region":
        held, there = _order(facts, chosen) is Verdict.HOLDS, _regionalism(facts, chosen).outcome is Truth.YES
        ours = {"order": "present" if held else "absent", "regionalism": "present" if there else "absent"}
    else:
        held = _judged(facts.shared, facts.subject, facts.on, chosen)[0] is Verdict.HOLDS
        ours = {facts.subject: of.FOR if held else of.AGAINST}
    found = [(code, *one) for code in ours for one in facts.shared.coded.get(code, ())]
    if not found:
        return NOT_ASKED
    outcome = Truth.YES if all(ours[code] == value for code, value, _ in found) else Truth.NO
    told = ", ".join(f"{code.replace('-', ' ')} {value}" for code, value, _ in found)
    return Answer(value=told, outcome=outcome, rows=tuple(row for *_, row in found), words={"told": told})


def _order(facts: Facts, chosen: Chosen) -> Verdict:
    tests = (_violence, _promises, _rules, _institutions, *((_life,) if chosen["life"] == "all" else ()))
    return verdict_of(tuple(recalled(chosen, test, partial(test, facts, chosen)).outcome for test in tests))


_rules = partial(_standing, codes=tuple(of.RULES))
_institutions = partial(_standing, codes=tuple(of.INSTITUTIONS))
_promises = partial(_acknowledged, code="goal-keeping-of-promises")
OWNED: Mapping[str, Callable[[Facts, Chosen], Answer]] = {
    "rule": _acknowledged,
    "institution": lambda *_: NOT_ASKED,
}
BESIDE: Mapping[str, Callable[[Facts, Chosen], Answer]] = {
    "rule-omni-balancing": _engaged,
    "institution-authoritarianism": _adopted,
}
REGION, CODES, SCHOLARS = ("region",), ("rule", "institution"), ("scholarship",)


def _rule(
    id: str, kinds: tuple[str, ...], where: str, sentence: str, test: Callable[[Facts, Chosen], Answer]
) -> Rule:
    return Rule(id=id, locator=f"costaburanelli2021, {where}", sentence=sentence, asked=kinds, test=test)  # fmt: skip


TENSE = ("institution-sovereignty", "institution-great-power-management")
GOALS, WHERE = "section 2, note 48", "section 3, paragraph after note 61"
RULES = (
    _rule("control-of-violence", REGION, GOALS, "Pairs that clashed in {window} years: {pairs} of {of} ({names}).", _violence),
    _rule("preservation-of-life", REGION, GOALS,
          "Members with a conflict within that reached war, in {window} years: {told}.", _life),
    _rule("keeping-of-promises", REGION, GOALS, "Promises: {told}.", _promises),
    _rule("rules", REGION, "section 3, paragraph of note 64", "Rules: {told}.", _rules),
    _rule("institutions", REGION, "section 3, paragraph of note 65", "Institutions: {told}.", _institutions),
    _rule("practised", CODES, WHERE, "In {window} years {for} acts for it, {against} against.", _practised),
    _rule("breaches-acknowledged", ("rule",), WHERE, "Breaches: {told}.", _acknowledged),
    _rule("several-powers", ("rule-omni-balancing",), "section 3, note 63", "Diversity of lead powers: {told}.", _engaged),
    _rule("autocracies", ("institution-authoritarianism",), "section 3, note 71", "No free elections: {told}.", _adopted),
    _rule("tension", TENSE, "section 3, note 74", "Acts that keep sovereignty by refusing a great power: {number}.", _tension),
    _rule("regionalism", REGION, "section 2, note 56", "Own organisations: {own}; wide and broad: {names}.", _regionalism),
    *(_rule(f"symptom-{name}", REGION, f"section 1, note {note}", f"{says}: {{told}}.", partial(_symptom, name=name))
      for (name, says), note in zip(SYMPTOMS.items(), (13, 14, 15, 16), strict=True)),
    *(_rule(f"tendency-{name}", SCHOLARS, f"section 1, note {note}", f"{says}: {{number}} of {{of}} works ({{told}}).",
            partial(_tendency, name=name))
      for (name, says), note in zip(SAYS.items(), (20, 27, 30, 38), strict=True)),
    _rule("as-the-paper-codes", (*REGION, *CODES), "section 3, note 77", "The paper says: {told}.", _coded),
)  # fmt: skip
NEEDS = {
    "region": "episodes, meetings and agreements of the last years (episodes, meetings, attendance, agreements)",
    "rule": "acts on the rule in the last years (episodes), or lead powers (leads)",
    "institution": "acts on the institution in the last years (episodes, meetings, agreements), or vdem-14",
    "scholarship": "codings of works on the region (codings: scholarship-tendency)",
}


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """Whether the order, a rule or an institution stands; of the scholarship, whether all four tendencies are found."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    verdict, label, score, scored = _concluded(facts, chosen, {one.rule: one for one in steps})
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict,
        label=label,
        steps=steps,
        missing=(NEEDS[facts.kind],) if verdict is Verdict.UNDETERMINED else (),
        score=score,
        scored=scored,
    )


def _concluded(
    facts: Facts, chosen: Chosen, steps: Mapping[str, Step]
) -> tuple[Verdict, str, Bounds | None, str]:
    if facts.kind == "scholarship":
        found = [steps[f"tendency-{name}"].outcome for name in FOUR]
        yes = found.count(Truth.YES)
        label = "" if Truth.UNKNOWN in found else f"{NUMBERS[yes]} of four tendencies"
        return verdict_of(tuple(found)), label, Bounds(low=yes, high=yes), "tendencies, of four"
    if facts.kind == "region":
        verdict = _order(facts, chosen)
        with_it = "and" if steps["regionalism"].outcome is Truth.YES else "without"
        label = {
            Verdict.HOLDS: f"order {with_it} regionalism",
            Verdict.MIXED: "order in dispute",
            Verdict.FAILS: "no order",
        }.get(verdict, "")
        stood = steps["rules"].value + steps["institutions"].value
        return verdict, label, Bounds(low=stood, high=stood), "rules and institutions that stand, of nine"
    verdict, label, _ = _judged(facts.shared, facts.subject, facts.on, chosen)
    yes, no = steps["practised"].value
    score = Bounds(low=yes / (yes + no), high=yes / (yes + no)) if yes + no else None
    return verdict, label, score, "share of acts for it"


FRAMEWORK = Framework(
    name=NAME,
    title="Regional order",
    paper="costaburanelli2021",
    reference=REFERENCE,
    asks="Do the rules of the order stand, are its institutions practised, and is there regionalism besides?",
    about="the region, rules, institutions, and the scholarship on it",
    levels=LEVELS,
    needs=("episodes", "meetings", "attendance", "agreements", "parties", "codings", "leads", "vdem-14"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    share=share,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """What is found of the region, a rule, an institution or the scholarship on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
