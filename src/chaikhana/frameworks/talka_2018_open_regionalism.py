"""Open regionalism and commitment: are open bodies kept better than closed ones? The study that the thesis proposes and did not
do.

Reference: Talka 2018, sections 2.1.3, 2.1.4, 6.7.4, 7.2 to 7.4, after Garnaut. Reads openness, commitment, design,
memberships, trade, codings. Subjects are bodies (open or closed, new or old), members and the region (the cross-table of
the two). All indicators, weights and cuts are ours: the thesis proposes to operationalise both and leaves how open. It
shows association alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, at_least, narrowed
from chaikhana.core.findings import NOT_ASKED, Answer, Finding, Framework, Rule, Verdict, step, undecided
from chaikhana.core.measured import Known, bounds_of
from chaikhana.core.remembering import recalled
from chaikhana.core.truth import Truth, all_of
from chaikhana.frameworks import running
from chaikhana.measures import commitment as committed
from chaikhana.measures import cross_table
from chaikhana.measures import openness as opened
from chaikhana.measures.joining import Joined, grown, joined
from chaikhana.measures.new_regionalism import Marks, answers, marks
from chaikhana.study.codings import codings_on
from chaikhana.study.design import Undated
from chaikhana.study.study import Study

NAME = "open-regionalism"
REFERENCE = "Talka 2018"
LEVELS: Mapping[str, str] = {
    "open": "cooperation of some without discrimination against others, which limits no other choice",
    "closed": "the old kind, which limits the alternatives of its members",
    "open bodies preferred": "states are more committed to open bodies than to closed ones",
    "open bodies not less kept": "states are no less committed to open bodies than to closed ones",
    "open bodies less kept": "states are less committed to open bodies",
}
MOST_ROWS = 60
READINGS: tuple[Undated, ...] = ("stands", "unknown")
SPANS = (3, 5)
CHOICES = (
    Choice(
        id="openness-weights",
        says="how the dimensions of openness are weighed",
        default="equal",
        values=tuple(opened.WEIGHTINGS),
    ),
    Choice(
        id="commitment-weights",
        says="how the dimensions of commitment are weighed",
        default="equal",
        values=tuple(committed.WEIGHTINGS),
    ),
    Choice(id="undated", says="how undated statements of design are read", default="stands", values=READINGS),
    Choice(id="open", says="from which openness on a body is open", default=0.5, values=(0.4, 0.5, 0.6)),
    Choice(id="kept", says="from which commitment on a body is kept", default=0.6, values=(0.5, 0.6, 0.7)),
    Choice(id="margin", says="what difference in commitment counts", default=0.1, values=(0.0, 0.05, 0.1)),
    Choice(id="bodies", says="which bodies are compared", default="named", values=("named", "all")),
    Choice(
        id="strangers",
        says="how a state counts that has no tie to a body",
        default="left-out",
        values=("left-out", "none"),
    ),
    Choice(
        id="correlation",
        says="the rank correlation shown",
        default="kendall",
        values=tuple(cross_table.CORRELATIONS),
    ),
    Choice(id="years", says="how many years around joining are compared", default=SPANS[0], values=SPANS),
    UNKNOWNS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is the same for every subject of a day."""

    openness: Mapping[tuple[str, str], Mapping[str, Known]]
    commitment: Mapping[str, Mapping[tuple[str, str], Known]]
    named: tuple[str, ...]
    every: tuple[str, ...]
    members: tuple[str, ...]
    marks: Mapping[str, Marks]
    joined: tuple[Joined, ...]
    coded: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read of one subject."""

    subject: str
    on: date
    kind: str
    shared: Shared
    known: bool


def subjects(study: Study) -> tuple[str, ...]:
    """The region, its members, and the bodies compared: those that a coder calls open or closed first."""
    return (study.about.id, *study.about.members, *_every(study))


def _named(study: Study) -> tuple[str, ...]:
    """The bodies that a coder calls open or closed."""
    coded = study.table("codings").filter((pl.col("framework") == NAME) & (pl.col("code") == "openness"))
    units = [unit.partition(":") for unit in coded["unit"]]
    return tuple(dict.fromkeys(body for table, _, body in units if table == "bodies"))


def _every(study: Study) -> tuple[str, ...]:
    """Formal organisations with a known design in which two members of the region or more and an outsider are or were."""
    own = pl.col("actor").is_in(study.about.members)
    counted = (
        study.table("memberships")
        .group_by("body")
        .agg(own=pl.col("actor").filter(own).n_unique(), others=(~own).sum())
    )
    wide = set(counted.filter((pl.col("own") > 1) & (pl.col("others") > 0))["body"])
    formal = study.table("bodies").filter(pl.col("form") == "formal-organisation")["id"]
    designed = set(study.table("design")["body"])
    return tuple(dict.fromkeys([*_named(study), *(one for one in formal if one in wide and one in designed)]))


def share(study: Study, on: date) -> Shared:
    """Openness, commitment, and what stands beside them, for all bodies and members."""
    named, every = _named(study), _every(study)
    codings = codings_on(study, NAME, on, codes=("openness", "open-preferred-by-smaller-members"))
    weighed = [(weights, undated) for weights in opened.WEIGHTINGS for undated in READINGS]
    return Shared(
        openness={by: bounds_of(opened.openness(study, on, *by), "openness", "body") for by in weighed},
        commitment={
            weights: bounds_of(committed.commitment(study, on, weights), "commitment", "body", "actor")
            for weights in committed.WEIGHTINGS
        },
        named=named or every,
        every=every,
        members=study.about.members,
        marks=marks(study, on, every),
        joined=joined(study, on, SPANS),
        coded={
            str(key[0]).partition(":")[2]: tuple(group.select("value", "row").iter_rows())
            for key, group in codings.group_by(["unit"], maintain_order=True)
        },
    )


def gather(study: Study, subject: str, on: date, shared: Shared) -> Facts:
    """What the rules read of a body, a member or the region."""
    kind = "region" if subject == study.about.id else "member" if subject in study.about.members else "body"
    return Facts(subject=subject, on=on, kind=kind, shared=shared, known=bool(study.table("design").height))


def cells_of(facts: Facts, chosen: Chosen) -> list[cross_table.Cell]:
    """Each pair compared of a body and a state."""
    found: list[cross_table.Cell] = recalled(chosen, "cells", lambda: _cells(facts, chosen))
    return found


def _cells(facts: Facts, chosen: Chosen) -> list[cross_table.Cell]:
    wanted = facts.shared.named if chosen["bodies"] == "named" else facts.shared.every
    open_ = facts.shared.openness[str(chosen["openness-weights"]), str(chosen["undated"])]
    kept = facts.shared.commitment[str(chosen["commitment-weights"])]
    states = facts.shared.members if facts.kind == "region" else (facts.subject,)
    none: Known | None = (Bounds(low=0.0, high=0.0), ()) if chosen["strangers"] == "none" else None
    return [
        cross_table.Cell(
            body=body,
            state=state,
            openness=narrowed(open_[body][0], chosen),
            commitment=narrowed(held[0], chosen),
            rows=(*open_[body][1][:8], *held[1][:8]),
        )
        for body in wanted
        for state in states
        if body in open_ and (held := kept.get((body, state), none)) is not None
    ]


def _is_open(facts: Facts, chosen: Chosen) -> Answer:
    if facts.kind != "body":
        return NOT_ASKED
    found = facts.shared.openness[str(chosen["openness-weights"]), str(chosen["undated"])].get(facts.subject)
    if found is None or not facts.known:
        return undecided("not known on the day")
    bounds = narrowed(found[0], chosen)
    words = {"told": f"{bounds.low:.2f} to {bounds.high:.2f}, open from {chosen['open']}"}
    outcome = at_least(bounds, float(chosen["open"]))
    return Answer(value=[bounds.low, bounds.high], outcome=outcome, rows=found[1][:MOST_ROWS], words=words)


def _is_new(facts: Facts, chosen: Chosen) -> Answer:
    """The four marks of new regionalism: trade creating, deep, heterogeneous, open; shown, and not deciding."""
    if facts.kind != "body":
        return NOT_ASKED
    found = facts.shared.marks.get(facts.subject)
    told = {**answers(found, float(chosen["open"]), chosen), "open": _is_open(facts, chosen).outcome}
    return Answer(
        value={name: answer.value for name, answer in told.items()},
        outcome=all_of(told.values()),
        rows=found.rows if found else (),
        words={"told": "; ".join(f"{name}: {answer.value}" for name, answer in told.items())},
    )


def _kept(facts: Facts, chosen: Chosen) -> Answer:
    """How committed the region's states are to a body."""
    if facts.kind != "body":
        return NOT_ASKED
    kept = facts.shared.commitment[str(chosen["commitment-weights"])]
    own = {state: held for (body, state), held in kept.items() if body == facts.subject}
    if not own or not facts.known:
        return undecided("no state of the region has a tie to it")
    ends = {state: narrowed(held[0], chosen) for state, held in own.items()}
    told = ", ".join(f"{state} {one.low:.2f} to {one.high:.2f}" for state, one in sorted(ends.items()))
    return Answer(
        value={state: [one.low, one.high] for state, one in ends.items()},
        outcome=at_least(cross_table.mean(list(ends.values())), float(chosen["kept"])),
        rows=tuple(dict.fromkeys(row for held in own.values() for row in held[1][:12])),
        words={"told": told},
    )


def _preferred(facts: Facts, chosen: Chosen) -> Answer:
    if facts.kind == "body":
        return NOT_ASKED
    cells = cells_of(facts, chosen)
    found, yes, no = cross_table.difference(cells, float(chosen["open"]))
    words: dict[str, object] = {"open": yes, "closed": no, "margin": chosen["margin"]}
    if found is None or not facts.known:
        return undecided("cannot be compared", words)
    margin = float(chosen["margin"])
    outcome = Truth.YES if found.low >= -margin else Truth.NO if found.high < -margin else Truth.UNKNOWN
    words["told"] = f"differs by {found.low:+.2f} to {found.high:+.2f}"
    ends = [round(found.low, 4), round(found.high, 4)]
    rows = tuple(dict.fromkeys(row for cell in cells for row in cell.rows))
    return Answer(value=ends, outcome=outcome, rows=rows[:MOST_ROWS], words=words)


def _table(facts: Facts, chosen: Chosen) -> Answer:
    """The cross-table with Fisher's exact test, by the middle of the bounds; shown, and not deciding."""
    if facts.kind == "body":
        return NOT_ASKED
    table = cross_table.two_by_two(cells_of(facts, chosen), float(chosen["open"]), float(chosen["kept"]))
    if not facts.known or not all(map(sum, table)):
        return undecided("one side is empty")
    chance = float(cross_table.as_many_open_and_kept(table))
    told = f"{cross_table.told_of(table)}; exact probability of as many or more open and kept {chance:.3f}"
    outcome = Truth.YES if table[0][0] * table[1][1] > table[0][1] * table[1][0] else Truth.NO
    return Answer(value={"table": table, "p": round(chance, 4)}, outcome=outcome, words={"told": told})


def _correlated(facts: Facts, chosen: Chosen) -> Answer:
    """The rank correlation of openness and commitment, by the middle of the bounds; shown, and not deciding."""
    if facts.kind == "body":
        return NOT_ASKED
    cells = cells_of(facts, chosen)
    found = cross_table.correlation(cells, str(chosen["correlation"])) if facts.known else None
    outcome = Truth.UNKNOWN if found is None else Truth.YES if found > 0 else Truth.NO
    told = "not defined" if found is None else f"{found:+.2f}"
    words = {"by": chosen["correlation"], "told": told, "pairs": len(cells)}
    return Answer(value=found, outcome=outcome, words=words)


def _multilateral(facts: Facts, chosen: Chosen) -> Answer:
    """Whether wider memberships and trade beyond the region grew after joining; shown, and not deciding."""
    own = [
        one
        for one in facts.shared.joined
        if one.years == chosen["years"]
        and one.body in facts.shared.every
        and (facts.kind == "region" or facts.subject in (one.body, one.actor))
    ]
    grew, wider, traded = grown(own)
    return Answer(
        value=[grew, len(own), wider, traded],
        outcome=Truth.UNKNOWN if not own else Truth.YES if grew * 2 > len(own) else Truth.NO,
        rows=tuple(dict.fromkeys(one.row for one in own))[:MOST_ROWS],
        words={"joined": len(own), "grew": grew, "wider": wider, "traded": traded, "years": chosen["years"]},
    )


def _coded(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the paper says the same; shown, and not deciding."""
    found = facts.shared.coded.get(facts.subject, ())
    if not found:
        return NOT_ASKED
    here = (_is_open if facts.kind == "body" else _preferred)(facts, chosen).outcome
    theirs = {"open": Truth.YES, "yes": Truth.YES, "closed": Truth.NO, "no": Truth.NO}
    outcome = Truth.YES if all(theirs.get(value) is here for value, _ in found) else Truth.NO
    told = ", ".join(value for value, _ in found)
    return Answer(value=told, outcome=outcome, rows=tuple(row for _, row in found), words={"told": told})


PREFERENCE = "thesis2018, section 6.7.4"
RULES = (
    Rule(id="open", locator="thesis2018, section 2.1.3", sentence="Openness: {told}.", test=_is_open),
    Rule(
        id="new-regionalism",
        locator="thesis2018, section 2.1.3",
        sentence="Marks of new regionalism: {told}.",
        test=_is_new,
    ),
    Rule(
        id="kept",
        locator="thesis2018, section 6.7.1",
        sentence="Commitment of the region's states: {told}.",
        test=_kept,
    ),
    Rule(
        id="open-not-less-kept",
        locator=PREFERENCE,
        sentence="Commitment to open bodies ({open} pairs) and to closed ones ({closed}) {told}; less than {margin} counts as "
        "no difference.",
        test=_preferred,
    ),
    Rule(
        id="cross-table",
        locator="thesis2018, section 7.4",
        sentence="By the middle of the bounds: {told}.",
        test=_table,
    ),
    Rule(
        id="rank-correlation",
        locator="thesis2018, section 7.4",
        sentence="Rank correlation of openness and commitment ({by}, {pairs} pairs): {told}.",
        test=_correlated,
    ),
    Rule(
        id="with-multilateralism",
        locator="thesis2018, section 7.3",
        sentence="{years} years after joining against {years} before: other memberships grew in {grew} of {joined} cases, "
        "trade beyond the region in {wider} of {traded}.",
        test=_multilateral,
    ),
    Rule(id="as-the-paper-codes", locator=PREFERENCE, sentence="The paper says: {told}.", test=_coded),
)
SCORED = {"body": "openness, 0 to 1", "rest": "commitment to open less that to closed bodies"}
NEEDS = {
    "body": "design, leads and memberships of the body on the day (design, leads, memberships)",
    "member": "design of the bodies, and the state's memberships, ratifications and attendance (design, memberships, parties)",
    "region": "design of the bodies, and memberships, ratifications and attendance (design, memberships, parties, attendance)",
}


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """Of a body: holds if open, fails if closed. Of the rest: holds if open bodies are kept no less than closed ones."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    deciding = steps[0] if facts.kind == "body" else steps[3]
    verdict = {Truth.YES: Verdict.HOLDS, Truth.NO: Verdict.FAILS}.get(deciding.outcome, Verdict.UNDETERMINED)
    found = deciding.value
    names = (
        ("open", "closed") if facts.kind == "body" else ("open bodies not less kept", "open bodies less kept")
    )
    label = dict(zip((Verdict.HOLDS, Verdict.FAILS), names, strict=True)).get(verdict, "")
    if verdict is Verdict.HOLDS and facts.kind != "body" and found[0] > float(chosen["margin"]):
        label = "open bodies preferred"
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict,
        label=label,
        steps=steps,
        missing=(NEEDS[facts.kind],) if verdict is Verdict.UNDETERMINED else (),
        score=Bounds(low=found[0], high=found[1]) if found else None,
        scored=SCORED["body" if facts.kind == "body" else "rest"],
    )


FRAMEWORK = Framework(
    name=NAME,
    title="Open regionalism and commitment",
    paper="thesis2018",
    reference=REFERENCE,
    asks="Is a body open, and are open bodies kept no less than closed ones?",
    about="the region, its members, and organisations",
    levels=LEVELS,
    needs=("design", "leads", "memberships", "agreements", "parties", "meetings", "attendance", "episodes"),
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
