"""Security regionalism in the strict sense: formal, among three states of the region or more, without outsiders; and how deep.

Reference: Mayer 2021, sections 2 to 5. Reads agreements, bodies, meetings and their parties, design, codings, leads, the series
on arms and regimes. Subjects are the region, its members, and the security bodies. The paper defines the strict sense and
names the axes of depth; it judges the degree in words. Which issues are security, windows, the cut of depth and the
indicators of demand are ours. Cooperation with outsiders is not worth less; it is another thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, at_least, narrowed
from chaikhana.core.findings import NOT_ASKED, Answer, Finding, Framework, Rule, Verdict, step, undecided
from chaikhana.core.remembering import recalled
from chaikhana.core.truth import Truth, all_of
from chaikhana.core.vocabulary import FORMAL_FORMS
from chaikhana.frameworks import running
from chaikhana.measures import security_placements as of
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.formats import formats
from chaikhana.measures.security_demand import REASONS, Reason, demand, enough
from chaikhana.measures.security_placements import Placement, placements
from chaikhana.study.codings import codings_on
from chaikhana.study.design import Undated
from chaikhana.study.membership import weighty_bodies
from chaikhana.study.study import Study

NAME = "security-regionalism"
REFERENCE = "Mayer 2021"
LEVELS: Mapping[str, str] = {
    "absent": "no formal security institution of the region's own stands",
    "modest": "some stand, and none that holds all members is deep",
    "considerable": "one that holds all members is deep",
    "regionalism in the strict sense": "a formal institution of three members or more, without outsiders",
    "with outsiders": "an institution that reaches beyond the region",
    "informal": "among members, without a treaty",
    "bilateral": "between two members",
    "within the region": "a member cooperates on security more within the region than with outsiders",
    "beyond the region": "it cooperates more with outsiders",
}
MOST_ROWS = 60
READINGS: tuple[Undated, ...] = ("stands", "unknown")
ISSUES = {"narrow": of.NARROW, "wide": of.WIDE}
CHOICES = (
    Choice(id="issues", says="which issues are security", default="wide", values=tuple(ISSUES)),
    Choice(id="members", says="how many members make regionalism", default=3, values=(3, 4, 5), basis="paper",
           locator="mayer2021, section 2 par 3, note 19"),
    Choice(id="window", says="how many years back agreements without an end, and meetings, still count", default=35,
           values=(10, 20, 35)),
    Choice(id="meetings", says="whether meetings count in shares", default="no", values=("no", "yes")),
    Choice(id="worldwide", says="whether world-wide bodies count as cooperation with outsiders", default="no",
           values=("no", "yes")),
    Choice(id="programmes", says="whether programmes and exercises count as bodies", default="yes", values=("yes", "no")),
    Choice(id="deep", says="from which depth on a body is deep", default=0.5, values=(0.4, 0.5, 0.6)),
    Choice(id="undated", says="how undated statements of design are read", default="stands", values=READINGS),
    Choice(id="coverage", says="the share of members that an organisation of all holds", default=1.0, values=(0.8, 1.0)),
    Choice(id="reasons", says="how many of four reasons make a demand", default=3, values=(2, 3, 4)),
    Choice(id="across", says="above which share an indicator of demand shows its reason", default=0.33, values=(0.25, 0.33, 0.5)),
    UNKNOWNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is the same for every subject of a day."""

    placed: Mapping[str, tuple[Placement, ...]]
    programmes: frozenset[str]
    demand: Mapping[str, Reason]
    leads: Mapping[str, tuple[str, ...]]
    coded: Mapping[str, tuple[tuple[str, str, str], ...]]
    members: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read of one subject."""

    subject: str
    on: date
    kind: str
    shared: Shared


def subjects(study: Study) -> tuple[str, ...]:
    """The region, its members, and security bodies: those that the paper places, then those where two weigh a fifth."""
    weighty = weighty_bodies(study)
    issued = (
        study.table("bodies").filter(pl.col("form").is_in(FORMAL_FORMS)).select("id", "issues").iter_rows()
    )
    bodies = [key for key, issues in issued if of.NARROW & set(issues) and key in weighty]
    coded = study.table("codings").filter(pl.col("framework") == NAME)["unit"]
    named = [unit.partition(":")[2] for unit in coded if unit.startswith("bodies:")]
    own = study.table("memberships").filter(pl.col("actor").is_in(study.about.members))
    inside = set(own.group_by("body").agg(pl.col("actor").n_unique()).filter(pl.col("actor") > 1)["body"])
    bodies = [*(one for one in named if one in inside), *bodies]
    return (study.about.id, *study.about.members, *dict.fromkeys(bodies))


def share(study: Study, on: date) -> Shared:
    """Every placement on the day, under both readings of design; demand, leads and what the paper says."""
    formed, exclusive = formats(study).frame, exclusivity(study, on).frame
    placed = {str(undated): placements(study, on, formed, exclusive, undated) for undated in READINGS}
    codings = codings_on(study, NAME, on)
    leads = study.on("leads", on).filter(pl.col("holds") != "no")
    loose = study.table("bodies").filter(pl.col("form").is_in(["programme", "exercise"]))
    return Shared(
        placed=placed,
        programmes=frozenset(loose["id"]),
        demand=demand(study, on),
        leads={
            str(key[0]): tuple(own["actor"]) for key, own in leads.group_by(["body"], maintain_order=True)
        },
        coded={
            str(key[0]): tuple(own.select("code", "value", "row").iter_rows())
            for key, own in codings.group_by(["unit"], maintain_order=True)
        },
        members=study.about.members,
        known=bool(study.table("agreements").height or study.table("design").height),
    )


def gather(study: Study, subject: str, on: date, shared: Shared) -> Facts:
    """What the rules read of the region, a member or a body."""
    kind = "region" if subject == study.about.id else "member" if subject in study.about.members else "body"
    return Facts(subject=subject, on=on, kind=kind, shared=shared)


def counted(facts: Facts, chosen: Chosen) -> list[Placement]:
    """The placements that count under the choices."""
    found: list[Placement] = recalled(chosen, "counted", lambda: _counted(facts, chosen))
    return found


def _counted(facts: Facts, chosen: Chosen) -> list[Placement]:
    issues, window = ISSUES[str(chosen["issues"])], float(chosen["window"])
    loose = facts.shared.programmes if chosen["programmes"] == "no" else frozenset()
    return [
        one
        for one in facts.shared.placed[str(chosen["undated"])]
        if one.issues & issues
        and one.age <= window
        and (one.kind != "meeting" or chosen["meetings"] == "yes")
        and (one.reach != of.WORLDWIDE or chosen["worldwide"] == "yes")
        and one.id not in loose
        and (facts.kind != "member" or facts.subject in one.members)
    ]


def strict(one: Placement, chosen: Chosen) -> Truth:
    """Whether it is regionalism in the strict sense."""
    if one.reach == of.UNSEEN:
        return Truth.UNKNOWN
    enough = Truth.YES if len(one.members) >= float(chosen["members"]) else Truth.NO
    alone = Truth.NO if one.reach != of.WITHIN else Truth.YES if one.sure else Truth.UNKNOWN
    return all_of([enough, alone, Truth.YES if one.formal else Truth.NO])


def _strict(facts: Facts, chosen: Chosen) -> Answer:
    """Which institutions are regionalism in the strict sense, of all on security."""
    held = counted(facts, chosen)
    answers = [(one, strict(one, chosen)) for one in held]
    sure = [one for one, answer in answers if answer is Truth.YES]
    may = [one for one, answer in answers if answer is Truth.UNKNOWN]
    outcome = Truth.YES if sure else Truth.UNKNOWN if may or not (held or facts.shared.known) else Truth.NO
    names = ", ".join(one.title for one in sure[:6]) + (f" and {len(sure) - 6} more" if len(sure) > 6 else "")
    words = {"sure": len(sure), "may": len(may), "of": len(held), "names": names or "none"}
    return Answer(
        value=[len(sure), len(sure) + len(may), len(held)],
        outcome=outcome,
        rows=of.rows_of(sure),
        words=words,
    )


def _deep(facts: Facts, chosen: Chosen) -> Answer:
    """Whether an exclusive organisation of all members is deep."""
    every = float(chosen["coverage"]) * len(facts.shared.members)
    held = [
        one for one in counted(facts, chosen) if one.organised and one.depth and len(one.members) >= every
    ]
    kept = [one for one in held if strict(one, chosen) is not Truth.NO]
    if not kept:
        outcome = Truth.NO if facts.shared.known else Truth.UNKNOWN
        return Answer(value=None, outcome=outcome, words={"told": "there is none"})
    depths = {one: narrowed(one.depth, chosen) for one in kept if one.depth}
    outcomes = [at_least(depth, float(chosen["deep"])) for depth in depths.values()]
    told = ", ".join(f"{one.title} {depth.low:.2f} to {depth.high:.2f}" for one, depth in depths.items())
    outcome = Truth.YES if Truth.YES in outcomes else Truth.UNKNOWN if Truth.UNKNOWN in outcomes else Truth.NO
    return Answer(value=told, outcome=outcome, rows=of.rows_of(kept), words={"told": told})


def _of_all(facts: Facts, chosen: Chosen) -> Answer:
    return of.treaties_of_all(counted(facts, chosen), facts.shared.members)


def _width(facts: Facts, chosen: Chosen) -> Answer:
    return of.main_width(counted(facts, chosen))


def _remain(facts: Facts, chosen: Chosen) -> Answer:
    return of.remaining(counted(facts, chosen))


def _nurtured(facts: Facts, chosen: Chosen) -> Answer:
    return of.nurtured(counted(facts, chosen), facts.shared.leads, facts.shared.members)


def _reason(facts: Facts, chosen: Chosen, name: str) -> Answer:
    return facts.shared.demand[name].answer(float(chosen["across"]))


def _demand(facts: Facts, chosen: Chosen) -> Answer:
    return enough(facts.shared.demand, float(chosen["across"]), float(chosen["reasons"]))


def _own(facts: Facts, chosen: Chosen) -> Placement | None:
    return next(
        (
            one
            for one in facts.shared.placed[str(chosen["undated"])]
            if one.kind == "body" and one.id == facts.subject
        ),
        None,
    )


def _placed(facts: Facts, chosen: Chosen) -> Answer:
    """Where a body stands: width, reach, form, depth."""
    one = _own(facts, chosen)
    if one is None:
        return undecided("it does not stand on the day, or no two members are known")
    depth = narrowed(one.depth, chosen) if one.depth else None
    deep = f"{depth.low:.2f} to {depth.high:.2f}" if depth else "not known"
    told = f"{one.width}, {one.reach}, {one.form}, {len(one.members)} members of {one.parties}, depth {deep}"
    return Answer(value=told, outcome=strict(one, chosen), rows=one.rows[:MOST_ROWS], words={"told": told})


def _coded(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the paper places a body, or judges the degree, in the same way; shown, and not deciding."""
    if facts.kind == "region":
        unit, ours = f"region:{facts.subject}", {"degree": degree(facts, chosen)}
        ours |= {
            "main-width-of-agreements": "bilateral"
            if _width(facts, chosen).outcome is Truth.YES
            else "multilateral"
        }
    else:
        unit, one = f"bodies:{facts.subject}", _own(facts, chosen)
        if one is None:
            return NOT_ASKED
        reach = "intraregional" if one.reach == of.WITHIN else "with-outsiders"
        ours = {"width": one.width, "reach": reach, "form": one.form}
    found = [(code, value, row) for code, value, row in facts.shared.coded.get(unit, ()) if code in ours]
    if not found:
        return NOT_ASKED
    apart = [f"{code.replace('-', ' ')} {ours[code]}" for code, value, _ in found if ours[code] != value]
    told = ", ".join(f"{code.replace('-', ' ')} {value}" for code, value, _ in found)
    words = {"told": told, "apart": f"; here: {', '.join(apart)}" if apart else ""}
    return Answer(
        value=told,
        outcome=Truth.NO if apart else Truth.YES,
        rows=tuple(row for *_, row in found),
        words=words,
    )


def degree(facts: Facts, chosen: Chosen) -> str:
    """How much there is of it; empty where it is not known."""
    some = recalled(chosen, "strict", partial(_strict, facts, chosen)).outcome
    deep = recalled(chosen, "deep", partial(_deep, facts, chosen)).outcome
    if some is not Truth.YES:
        return "absent" if some is Truth.NO else ""
    return {Truth.YES: "considerable", Truth.NO: "modest"}.get(deep, "")


REGION, MEMBERS, BODY = ("region",), ("region", "member"), ("body",)
STRICT, OUTSIDERS = "mayer2021, section 2 par 3, note 19", "mayer2021, section 5 par 11"
RULES = (
    Rule(id="strict-sense", locator=STRICT, asked=MEMBERS, test=_strict,
         sentence="Of {of} security institutions {sure} are formal, the region's own and wide ({names}); {may} more may be."),
    Rule(id="organisation-of-all", locator="mayer2021, section 1 par 2", asked=REGION, test=_deep,
         sentence="A security organisation of all members and no more: {told}."),
    Rule(id="treaties-of-all", locator="mayer2021, section 4 par 6, note 47", asked=REGION, test=_of_all,
         sentence="Security treaties of all members without an outsider: {told}."),
    Rule(id="main-width", locator="mayer2021, section 4 par 6, note 45", asked=REGION, test=_width,
         sentence="Of {of} security agreements within the region {two} are bilateral."),
    Rule(id="without-outsiders", locator=OUTSIDERS, asked=MEMBERS, test=_remain,
         sentence="Without outsiders {own} of {of} would remain ({share})."),
    Rule(id="nurtured-by", locator="mayer2021, section 5 par 1", asked=MEMBERS, test=_nurtured,
         sentence="Outsiders that lead the {of} bodies which reach beyond the region: {told}."),
    *(Rule(id=f"demand-{name}", locator="mayer2021, section 3 par 5", asked=REGION, sentence=f"{says}: {{told}}.",
           test=partial(_reason, name=name)) for name, says in REASONS.items()),
    Rule(id="demand", locator="mayer2021, section 3 par 6", asked=REGION, test=_demand,
         sentence="Of four reasons to cooperate {sure} are seen."),
    Rule(id="placed", locator="mayer2021, section 3 par 1", asked=BODY, test=_placed, sentence="Placed: {told}."),
    Rule(id="as-the-paper-codes", locator="mayer2021, section 7 par 1", asked=(*REGION, *BODY), test=_coded,
         sentence="The paper says: {told}{apart}."),
)  # fmt: skip
NEEDS = {
    "body": "the body on this day with two members that are sure (bodies, memberships)",
    "member": "security agreements and bodies of the state (agreements, parties, memberships)",
    "region": "security agreements and bodies, and their design (agreements, parties, memberships, design)",
}


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """The region: how much there is of it. A body: whether it is regionalism. A member: whether it cooperates more within."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    by = {one.rule: one for one in steps}
    score: Bounds | None = None
    if facts.kind == "region":
        label = degree(facts, chosen)
        verdict = {"considerable": Verdict.HOLDS, "modest": Verdict.MIXED, "absent": Verdict.FAILS}.get(
            label, Verdict.UNDETERMINED
        )
        sure, may, every = by["strict-sense"].value
        score = Bounds(low=sure / every, high=may / every) if every else None
    else:
        outcome = by["placed" if facts.kind == "body" else "without-outsiders"].outcome
        verdict = {Truth.YES: Verdict.HOLDS, Truth.NO: Verdict.FAILS}.get(outcome, Verdict.UNDETERMINED)
        label = "" if verdict is Verdict.UNDETERMINED else _label(facts, chosen, outcome)
        own = _own(facts, chosen)
        share = by["without-outsiders"].value
        score = own.depth if own else None if share is None else Bounds(low=share, high=share)
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict,
        label=label,
        steps=steps,
        missing=(NEEDS[facts.kind],) if verdict is Verdict.UNDETERMINED else (),
        score=score,
        scored={
            "region": "share in the strict sense",
            "member": "share within the region",
            "body": "depth, 0 to 1",
        }[facts.kind],
    )


def _label(facts: Facts, chosen: Chosen, outcome: Truth) -> str:
    if facts.kind == "member":
        return "within the region" if outcome is Truth.YES else "beyond the region"
    one = _own(facts, chosen)
    if outcome is Truth.YES or one is None:
        return "regionalism in the strict sense"
    if one.reach != of.WITHIN:
        return "with outsiders"
    return "informal" if not one.formal else "bilateral"


FRAMEWORK = Framework(
    name=NAME,
    title="Security regionalism",
    paper="mayer2021",
    reference=REFERENCE,
    asks="How much security cooperation is formal, of the region's own and wide, and how deep is it?",
    about="the region, its members, and security bodies",
    levels=LEVELS,
    needs=(
        "agreements",
        "parties",
        "bodies",
        "memberships",
        "meetings",
        "attendance",
        "design",
        "sipri-arms",
        "vdem",
    ),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    share=share,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """What is found of the region, a member or a body on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
