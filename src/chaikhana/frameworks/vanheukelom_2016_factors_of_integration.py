"""Factors of integration: what enables and what inhibits it, by five groups, four vectors and three other lenses.

Reference: Vanheukelom and others 2016 (ECDPM), as Talka (2018, sections 2.2.1 to 2.2.4 and 2.4) reads it beside the World Bank,
Mansfield and others, and Schneider. Reads codings, design and the series on contiguity, wealth, trade, regimes and disputes.
Subjects are the region, the groups, the vectors and the members. The thesis tells factors and no numbers: weights, cuts, and
which group belongs to which part of another lens, are ours. A balance of factors is a summary of arguments, not a measurement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, at_least, narrowed
from chaikhana.core.findings import NOT_ASKED, Answer, Finding, Framework, Rule, Verdict, step
from chaikhana.core.measured import bounds_of
from chaikhana.core.remembering import recalled
from chaikhana.core.truth import Truth
from chaikhana.frameworks import running
from chaikhana.measures import factors as of
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.hardness import hardness
from chaikhana.measures.own_organisations import own_organisations
from chaikhana.study.study import Study

NAME = of.FRAMEWORK
REFERENCE = "Vanheukelom et al. 2016, as read in Talka 2018, section 2.2.4"
LEVELS: Mapping[str, str] = {
    "enables": "what enables integration outweighs",
    "inhibits": "what inhibits it outweighs",
    "both": "neither outweighs",
}
LENSES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "schneider": {
        "internal stakeholders": ("sectors",),
        "external stakeholders": ("outside",),
        "government responsiveness": ("actors-incentives", "institutional"),
    },
    "world-bank": {
        "economic reasons": ("sectors", "foundational"),
        "politics and security": ("actors-incentives", "institutional", "outside"),
    },
    "mansfield": {
        "interest groups": ("sectors", "actors-incentives"),
        "foreign-policy strategies": ("outside",),
        "domestic politics": ("institutional", "foundational"),
    },
}
# Where the thesis sums up a whole vector: set beside the balance, and no factor of its own.
SUMMARIES = {
    "intraregional-elites": "vector-intraregional",
    "intraregional-nationalism": "vector-intraregional",
    "interregional-hegemons": "vector-interregional",
}
SPANS = (5, 10)
MOST_ROWS = 60
CHOICES = (
    Choice(id="evidence", says="what counts: factors that coders find, what series tell, or both", default="both",
           values=("both", "coded", "measured")),
    Choice(id="weights", says="whether a coded factor weighs by the coder's confidence", default="confidence",
           values=("confidence", "equal")),
    Choice(id="undated", says="how a factor without dates counts", default="stands", values=("stands", "left-out")),
    Choice(id="both", says="how a factor that works both ways counts", default="half", values=("half", "left-out")),
    Choice(id="units", says="whether factors of single states and bodies count beside those of the region", default="all",
           values=("all", "region")),
    Choice(id="outweighs", says="the share from which a side outweighs", default=0.6, values=(0.55, 0.6, 0.67)),
    Choice(id="trade", says="from which share trade within the region enables", default=0.15, values=(0.1, 0.15, 0.25)),
    Choice(id="gap", says="from which ratio the wealth of members inhibits", default=5.0, values=(3.0, 5.0, 8.0)),
    Choice(id="likeness", says="from which likeness on regimes enable", default=0.8, values=(0.7, 0.8, 0.9)),
    Choice(id="disputes", says="from how many pairs in armed dispute on these inhibit", default=1, values=(1, 2, 3)),
    Choice(id="hard", says="from which hardness on an own organisation enables", default=0.5, values=(0.4, 0.5, 0.6)),
    Choice(id="span", says="against how many years before factors are compared", default=SPANS[1], values=SPANS),
    Choice(id="lens", says="which other lens is shown", default="schneider", values=tuple(LENSES)),
    UNKNOWNS,
)  # fmt: skip
CUTS = {"trade-within": "trade", "regime-likeness": "likeness", "own-hard-body": "hard"}
BURDENS = {"development-gap": "gap", "armed-disputes": "disputes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Factors and indicators on the day, and some years before (0, 5, 10)."""

    factors: Mapping[int, tuple[of.Factor, ...]]
    indicators: Mapping[int, tuple[of.Indicator, ...]]
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read of one subject."""

    subject: str
    on: date
    kind: str
    region: str
    shared: Shared


def subjects(study: Study) -> tuple[str, ...]:
    """The region, the groups, the vectors, and the members."""
    groups = (f"group-{group}" for group in of.GROUPS)
    return (study.about.id, *groups, *(f"vector-{vector}" for vector in of.VECTORS), *study.about.members)


def share(study: Study, on: date) -> Shared:
    """Factors and indicators, now and before."""
    first = study.about.first_day
    days = {0: on, **{span: max(first, date(on.year - span, on.month, min(on.day, 28))) for span in SPANS}}
    return Shared(
        factors={span: of.factors(study, day) for span, day in days.items()},
        indicators={span: of.indicators(study, day, _own(study, day)) for span, day in days.items()},
        known=bool(study.table("codings").height or study.derived),
    )


def _own(study: Study, day: date) -> float | None:
    """The middle of the hardness of the hardest organisation of the region's own that may hold most of its states."""
    held = own_organisations(study, day, exclusivity(study, day).frame)
    wide = [one.id for one in held if one.coverage.high > 0.5]
    if not wide:
        return None
    hard = bounds_of(hardness(study, day), "hardness", "body")
    return max((hard[one][0].low + hard[one][0].high) / 2 for one in wide)


def gather(study: Study, subject: str, on: date, shared: Shared) -> Facts:
    """What the rules read of the region, a group, a vector or a member."""
    kind = "member" if subject in study.about.members else subject.partition("-")[0]
    kind = "region" if subject == study.about.id else kind
    return Facts(subject=subject, on=on, kind=kind, region=f"region:{study.about.id}", shared=shared)


def direction(one: of.Indicator, chosen: Chosen) -> str:
    """What a number says under the cuts chosen; empty where it says nothing or is not known."""
    if one.id == "contiguity":
        return "" if one.value is None else of.ENABLES if one.value else of.INHIBITS
    if one.id in BURDENS:
        return of.INHIBITS if one.value is not None and one.value >= float(chosen[BURDENS[one.id]]) else ""
    if one.value is None:
        return of.INHIBITS if one.id == "own-hard-body" else ""
    return of.ENABLES if one.value >= float(chosen[CUTS[one.id]]) else of.INHIBITS


def _belongs(facts: Facts, group: str, vector: str, unit: str) -> bool:
    """Whether a factor is one of the subject."""
    name = facts.subject.partition("-")[2]
    return {
        "group": group == name,
        "vector": vector == name,
        "member": unit == f"actors:{facts.subject}",
    }.get(facts.kind, True)


Row = tuple[str, str, str, str, float, bool, str]


def counted(facts: Facts, chosen: Chosen, span: int = 0) -> list[Row]:
    """What counts: id, direction, group, vector, weight, whether it is sure, row (empty of a number)."""
    found: list[Row] = recalled(chosen, ("counted", span), lambda: _counted(facts, chosen, span))
    return found


def _counted(facts: Facts, chosen: Chosen, span: int) -> list[Row]:
    found: list[Row] = []
    by_confidence = chosen["weights"] == "confidence"
    if chosen["evidence"] != "measured":
        own_alone, dated_alone = chosen["units"] == "region", chosen["undated"] == "left-out"
        for one in facts.shared.factors[span]:
            alone = own_alone and facts.kind != "member" and one.unit != facts.region
            undated = dated_alone and not one.dated
            if (
                one.code in SUMMARIES
                or alone
                or undated
                or not _belongs(facts, one.group, one.vector, one.unit)
            ):
                continue
            weight = one.weight if by_confidence else 1.0
            found.append(
                (f"{one.unit} {one.code}", one.direction, one.group, one.vector, weight, one.sure, one.row)
            )
    if chosen["evidence"] != "coded" and facts.kind != "member":
        for told in facts.shared.indicators[span]:
            says = direction(told, chosen) if facts.shared.known else ""
            if says and _belongs(facts, told.group, told.vector, ""):
                weight = of.WEIGHTS["high"] if by_confidence else 1.0
                found.append((told.id, says, told.group, told.vector, weight, True, ""))
    return found


def balance(rows: list[Row], chosen: Chosen) -> Bounds | None:
    """The share of what enables, by weight, over the ways in which unsure factors may fall; none where nothing counts."""
    sides = {of.ENABLES: [0.0, 0.0], of.INHIBITS: [0.0, 0.0]}
    half = 0.5 if chosen["both"] == "half" else 0.0
    for _, says, _, _, weight, sure, _ in rows:
        for side in sides if says == of.BOTH else (says,):
            part = weight * (half if says == of.BOTH else 1.0)
            sides[side][0] += part * sure
            sides[side][1] += part
    (least, most), (few, many) = sides.values()
    if not most + many:
        return None
    low = least / (least + many) if least + many else 0.0
    return narrowed(Bounds(low=low, high=most / (most + few) if most + few else 1.0), chosen)


def _side(bounds: Bounds | None, chosen: Chosen) -> str:
    """The author's word for a balance; empty where it is not known."""
    if bounds is None:
        return ""
    cut = float(chosen["outweighs"])
    over = (at_least(bounds, cut), at_least(Bounds(low=1 - bounds.high, high=1 - bounds.low), cut))
    if Truth.UNKNOWN in over:
        return ""
    return "enables" if over[0] is Truth.YES else "inhibits" if over[1] is Truth.YES else "both"


def _answer(rows: list[Row], chosen: Chosen) -> Answer:
    bounds = balance(rows, chosen)
    side = _side(bounds, chosen)
    number = {says: sum(one[1] == says for one in rows) for says in (of.ENABLES, of.INHIBITS, of.BOTH)}
    outcome = {"enables": Truth.YES, "": Truth.UNKNOWN}.get(side, Truth.NO)
    ends = (
        "not known"
        if bounds is None
        else f"{bounds.low:.0%}"
        if bounds.low == bounds.high
        else f"{bounds.low:.0%} to {bounds.high:.0%}"
    )
    return Answer(
        value=None if bounds is None else [round(bounds.low, 4), round(bounds.high, 4)],
        outcome=outcome,
        rows=tuple(dict.fromkeys(one[6] for one in rows if one[6]))[:MOST_ROWS],
        words={**number, "share": ends, "side": side or "not decided"},
    )


def _balance(facts: Facts, chosen: Chosen) -> Answer:
    return _answer(counted(facts, chosen), chosen)


def _part(facts: Facts, chosen: Chosen, place: int, name: str) -> Answer:
    """The balance of one group (place 2) or vector (place 3)."""
    return _answer([one for one in counted(facts, chosen) if one[place] == name], chosen)


def _lens(facts: Facts, chosen: Chosen) -> Answer:
    """The balance of each part of another lens; shown, and not deciding."""
    rows = counted(facts, chosen)
    parts = {
        part: _side(balance([one for one in rows if one[2] in groups], chosen), chosen)
        for part, groups in LENSES[str(chosen["lens"])].items()
    }
    told = "; ".join(f"{part}: {side or 'not decided'}" for part, side in parts.items())
    return Answer(
        value=parts,
        outcome=Truth.YES if any(parts.values()) else Truth.UNKNOWN,
        words={"told": told, "lens": chosen["lens"]},
    )


def _measured(facts: Facts, chosen: Chosen) -> Answer:
    """What each series tells; shown, and counted with the rest."""
    held = [one for one in facts.shared.indicators[0] if _belongs(facts, one.group, one.vector, "")]
    if not held or facts.kind == "member":
        return NOT_ASKED
    told = "; ".join(f"{one.id} {direction(one, chosen) or 'says nothing'} ({one.told})" for one in held)
    known = any(one.value is not None for one in held)
    return Answer(
        value={one.id: one.value for one in held},
        outcome=Truth.YES if known else Truth.UNKNOWN,
        words={"told": told},
    )


def _changed(facts: Facts, chosen: Chosen) -> Answer:
    """Which factors were not there, or the other way, some years before; shown, and not deciding."""
    span = int(float(chosen["span"]))
    now = {one[0]: one[1] for one in counted(facts, chosen)}
    then = {one[0]: one[1] for one in counted(facts, chosen, span if span in SPANS else SPANS[1])}
    moved = [name for name in {**then, **now} if now.get(name) != then.get(name)]
    names = ", ".join(
        f"{name.rpartition(' ')[2]} ({then.get(name, 'absent')} to {now.get(name, 'absent')})"
        for name in moved
    )
    words = {"span": span, "number": len(moved), "names": names or "none"}
    return Answer(value=moved, outcome=Truth.YES if moved else Truth.NO, words=words)


def _coded(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the thesis sums the vector up in the same way; shown, and not deciding."""
    held = [one for one in facts.shared.factors[0] if SUMMARIES.get(one.code) == facts.subject]
    if not held:
        return NOT_ASKED
    side = _side(balance(counted(facts, chosen), chosen), chosen)
    told = ", ".join(f"{one.code.replace('-', ' ')} {one.direction}" for one in held)
    outcome = Truth.YES if all(one.direction == side for one in held) else Truth.NO
    return Answer(value=told, outcome=outcome, rows=tuple(one.row for one in held), words={"told": told})


BALANCE = "{enables} factors enable, {inhibits} inhibit, {both} do both; by weight {share} enables: {side}."
PLACE, LENS = (
    "thesis2018, section 2.2.4",
    "thesis2018, section 2.2.1; thesis2018, section 2.2.2; thesis2018, section 2.2.3",
)
RULES = (
    Rule(id="balance", locator=PLACE, sentence=BALANCE, test=_balance),
    *(Rule(id=f"group-{group}", locator=PLACE, sentence=f"Group {group.replace('-', ' and ')}: {BALANCE}",
           asked=("region",), test=partial(_part, place=2, name=group)) for group in of.GROUPS),
    *(Rule(id=f"vector-{vector}", locator="thesis2018, section 2.4", sentence=f"The {vector} vector: {BALANCE}",
           asked=("region",), test=partial(_part, place=3, name=vector)) for vector in of.VECTORS),
    Rule(id="other-lens", locator=LENS, sentence="By {lens}: {told}.", asked=("region",), test=_lens),
    Rule(id="measured", locator=PLACE, sentence="By series: {told}.", test=_measured),
    Rule(id="changed", locator="thesis2018, section 2.4", sentence="In {span} years {number} changed: {names}.", test=_changed),
    Rule(id="as-the-paper-codes", locator="thesis2018, section 7.1", sentence="The paper sums up: {told}.", test=_coded),
)  # fmt: skip


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """Holds where what enables outweighs, fails where what inhibits does, mixed where neither."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    bounds = recalled(chosen, "bounds", lambda: balance(counted(facts, chosen), chosen))
    label = _side(bounds, chosen)
    verdicts = {"enables": Verdict.HOLDS, "inhibits": Verdict.FAILS, "both": Verdict.MIXED}
    verdict = verdicts.get(label, Verdict.UNDETERMINED)
    wanted = dict.fromkeys(one.needs for one in facts.shared.indicators[0] if one.value is None)
    lacks = (f"codings of factors (codings), or the datasets {', '.join(wanted) or 'of its series'}",)
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict,
        label=label,
        steps=steps,
        missing=lacks if verdict is Verdict.UNDETERMINED else (),
        score=bounds,
        scored="share of what enables, by weight",
    )


FRAMEWORK = Framework(
    name=NAME,
    title="Factors of integration",
    paper="thesis2018",
    reference=REFERENCE,
    asks="Does what enables integration outweigh what inhibits it?",
    about="the region, groups, vectors, and members",
    levels=LEVELS,
    needs=("codings", "design", "cow-contiguity", "world-bank", "cow-trade-v4", "vdem", "cow-mids"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    share=share,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """What is found of the region, a group, a vector or a member on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
