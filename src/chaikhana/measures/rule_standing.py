"""How rules and institutions stand by the ledger: acts for and against, and breaches acknowledged or openly disregarded.

Reference: Costa Buranelli 2021, section 3: whenever the rules were broken, states justified themselves or denied it, and so
acknowledged the rules. Takes the entries of the ledger as instances. What a breach without a recorded answer says is a
reading (ours).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import Chosen, at_least, narrowed, settled
from chaikhana.core.findings import Answer, Verdict, undecided
from chaikhana.core.instances import Instances, Test
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import BREACH_ANSWERS

Entries = Mapping[tuple[str, str], Instances]
Rows = tuple[str, ...]
FOR, AGAINST, BREACH = "for", "against", "breach"
NONE: Chosen = {}
WORDS = {
    "rule": ("upheld", "contested", "collapsed", "no test seen"),
    "institution": ("stands", "disputed", "does not stand", "no practice seen"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the ledger is read.

    Attributes
    ----------
    window : float
        Years back that still count.
    evidence : {"both", "coded", "found"}
        Entries that a paper codes, that patterns find, or both.
    wide : bool
        Whether entries count that the strict reading leaves out.
    within : float
        Years within which an act answers a breach.
    settled : bool
        Whether settling acknowledges the rule.
    unanswered : {"left-out", "unknown", "disregarded"}
        How a breach counts of which no answer is recorded.
    """

    window: float
    evidence: str
    wide: bool
    within: float
    settled: bool
    unanswered: str
    most_rows: int

    def counts(self, test: Test) -> bool:
        """Whether an entry counts; `test` is its source, whether it is strict, and its answers as (kind, years)."""
        source, strict, _ = test
        return (self.evidence == "both" or source in ("both", self.evidence)) and (self.wide or bool(strict))

    def answered(self, test: Test) -> str:
        """``acknowledged``, ``disregarded``, or empty."""
        answers: Any = test[2]
        kinds = {kind for kind, years in answers if years <= self.within}
        accepted, settling, open_ = BREACH_ANSWERS[:3]
        if accepted in kinds or (self.settled and settling in kinds):
            return accepted
        return open_ if open_ in kinds else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaches:
    """Breaches of a rule: how many, how many acknowledged, how many openly disregarded; the share acknowledged, if any counts."""

    number: int
    acknowledged: int
    disregarded: int
    share: Bounds | None
    rows: Rows

    @property
    def told(self) -> str:
        """In running text."""
        if not self.number:
            return "no breach is seen"
        silent = self.number - self.acknowledged - self.disregarded
        return (
            f"of {self.number} breaches {self.acknowledged} acknowledged, {self.disregarded} openly disregarded, {silent} "
            "without a recorded answer"
        )


def acts(entries: Entries, code: str, side: str, reading: Reading) -> tuple[int, Rows]:
    """How many acts on one side of a rule or institution, and their rows."""
    held = entries.get((code, side))
    if held is None:
        return 0, ()

    def passes(test: Test, _: Chosen) -> tuple[bool, bool]:
        counted = reading.counts(test)
        return counted, counted

    number, _, rows = held.count(reading.window, passes, NONE, reading.most_rows)
    return number, rows


def breaches(entries: Entries, code: str, reading: Reading) -> Breaches:
    """The breaches of a rule and what became of them."""
    number, rows = acts(entries, code, BREACH, reading)
    if not number:
        return Breaches(number=0, acknowledged=0, disregarded=0, share=None, rows=())
    held = entries[code, BREACH]
    counted = {
        kind: held.count(reading.window, _answering(kind, reading), NONE, 0)[0]
        for kind in (BREACH_ANSWERS[0], BREACH_ANSWERS[2])
    }
    owned, open_ = counted.values()
    silent = number - owned - open_
    against = open_ + (silent if reading.unanswered == "disregarded" else 0)
    unsure = silent if reading.unanswered == "unknown" else 0
    total = owned + against + unsure
    return Breaches(
        number=number,
        acknowledged=owned,
        disregarded=open_,
        share=Bounds(low=owned / total, high=(owned + unsure) / total) if total else None,
        rows=rows,
    )


def _answering(kind: str, reading: Reading) -> Any:
    def passes(test: Test, _: Chosen) -> tuple[bool, bool]:
        found = reading.counts(test) and reading.answered(test) == kind
        return found, found

    return passes


def practised(entries: Entries, code: str, reading: Reading, balance: float, chosen: Chosen) -> Answer:
    """Acts for a rule or institution, set against those against it: yes where they are `balance` of all, or more."""
    yes, rows = acts(entries, code, FOR, reading)
    no, others = acts(entries, code, AGAINST, reading)
    outcome = settled(Truth.UNKNOWN, chosen)
    if yes + no:
        outcome = Truth.YES if yes and yes / (yes + no) >= balance else Truth.NO
    words = {"for": yes, "against": no, "window": f"{reading.window:g}"}
    return Answer(value=[yes, no], outcome=outcome, rows=(*rows, *others), words=words)


def acknowledged(entries: Entries, code: str, reading: Reading, share: float, chosen: Chosen) -> Answer:
    """Whether the share of breaches that were acknowledged reaches `share`; not applicable where none counts."""
    found = breaches(entries, code, reading)
    words = {"told": found.told}
    if found.share is None:
        return Answer(value=None, outcome=Truth.NOT_APPLICABLE, rows=found.rows, words=words)
    bounds = narrowed(found.share, chosen)
    return Answer(
        value=[bounds.low, bounds.high], outcome=at_least(bounds, share), rows=found.rows, words=words
    )


def engaged(held: Mapping[str, tuple[float, Rows]], members: int, least: float) -> Answer:
    """Whether most members sit at the tables of several powers: the diversity of each reaches `least`."""
    if not held:
        return undecided("not known")
    many = [actor for actor, (value, _) in held.items() if value >= least]
    each = ", ".join(f"{actor} {value:.2f}" for actor, (value, _) in sorted(held.items()))
    return Answer(
        value=len(many),
        outcome=Truth.YES if len(many) * 2 > members else Truth.NO,
        rows=tuple(dict.fromkeys(row for _, own in held.values() for row in own[:8])),
        words={"told": f"{each}; {len(many)} of {members} reach {least:g}"},
    )


def adopted(regimes: Mapping[str, float], years: str, members: Sequence[str], below: float) -> Answer:
    """Whether most of the members of which it is known are ruled without free elections."""
    known = [actor for actor in members if actor in regimes]
    if not known:
        return undecided("not known")
    which = [actor for actor in known if regimes[actor] < below]
    told = f"{len(which)} of {len(known)} ({', '.join(which) or 'none'}), {years}"
    return Answer(
        value=len(which),
        outcome=Truth.YES if len(which) * 2 > len(known) else Truth.NO,
        words={"told": told},
    )


def verdict_on(kind: str, practice: Answer, answered: Truth, beside: Truth) -> tuple[Verdict, str]:
    """From practice, answers to breaches and what series tell, to a verdict on a rule or institution and the author's word.

    It holds where all that is known speaks for it, fails where nothing does, and wavers otherwise.
    """
    stands, wavers, falls, unseen = WORDS[kind]
    known = {one for one in (practice.outcome, answered, beside) if one in (Truth.YES, Truth.NO)}
    if not known:
        return Verdict.UNDETERMINED, unseen
    if known == {Truth.YES}:
        return (Verdict.UNDETERMINED, "") if answered is Truth.UNKNOWN else (Verdict.HOLDS, stands)
    return (Verdict.MIXED, wavers) if Truth.YES in known or practice.value[0] else (Verdict.FAILS, falls)
