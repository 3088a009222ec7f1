"""Kinds of revisionism: is a power content with the order, and with the distribution of power? Asked at each level apart.

Reference: Cooley, Nexon & Ward 2019, *Review of International Studies* 45 (4), doi:10.1017/S0260210519000019, as Tskhay &
Costa Buranelli 2020 use it. Reads codings of several coders, norm pairs, votes. Returns one of four kinds, and how far the
coders agree. That the levels are asked apart is the paper's own point. A kind is a judgement: votes stand beside it and
never decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, settled
from chaikhana.core.findings import Answer, Finding, Framework, Rule, Verdict, step
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import CONFIDENCES
from chaikhana.frameworks import running
from chaikhana.methods.reliability import Reliability
from chaikhana.study.codings import agreement, codings_on
from chaikhana.study.study import Study

NAME = "kinds-of-revisionism"
REFERENCE = "Cooley, Nexon & Ward 2019, as used in Tskhay & Costa Buranelli 2020"
PLACE = "tskhay2020, section Conceptualising Revisionism in Eurasia"
STAGES = ("international", "regional")
LEVELS: Mapping[str, str] = {
    "status-quo": "content with the order and with the distribution of power",
    "reformist": "content with the distribution of power, not with the order",
    "positionalist": "content with the order, not with the distribution of power",
    "revolutionary": "content with neither",
}
KINDS = {
    (Truth.YES, Truth.YES): "status-quo",
    (Truth.NO, Truth.YES): "reformist",
    (Truth.YES, Truth.NO): "positionalist",
    (Truth.NO, Truth.NO): "revolutionary",
}
ANSWERS = {"content": Truth.YES, "not-content": Truth.NO}
COUNTER_ORDER = "counter-order-revisionism"
FIRST_SESSION = 1945  # a session of the General Assembly opens so many years after, plus its number
CHOICES = (
    Choice(
        id="combine",
        says="how several coders make one answer: by majority, only if unanimous, or by any who sees discontent",
        default="majority",
        values=("majority", "unanimous", "any-discontent"),
    ),
    Choice(
        id="confidence",
        says="which confidence a coding must have at least",
        default="low",
        values=("low", "medium", "high"),
    ),
    Choice(
        id="tie",
        says="what coders who balance one another make",
        default="unknown",
        values=("unknown", "content", "not-content"),
    ),
    Choice(
        id="reported",
        says="whether judgements that a paper reports of others count beside its own",
        default="yes",
        values=("yes", "no"),
    ),
    Choice(
        id="acts",
        says="whether an act that a coder takes for a sign counts as a judgement",
        default="no",
        values=("no", "yes"),
    ),
    Choice(
        id="memory",
        says="how many years a judgement still counts after its end",
        default=0,
        values=(0, 3, 10),
    ),
    Choice(
        id="open",
        says="whether a coding counts whose dates leave the day open",
        default="yes",
        values=("yes", "no"),
    ),
    Choice(
        id="agreement",
        says="the alpha of the coders below which nothing is found",
        default=-1.0,
        values=(-1.0, 0.0, 0.667),
    ),
    UNKNOWNS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A coder's answer to one of the two questions at a level."""

    question: str
    value: str
    coder: str
    confidence: str
    certain: bool
    years_since: float
    act: bool
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read."""

    subject: str
    on: date
    level: str
    judged: tuple[Judged, ...]
    agreement: Reliability
    norms: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    kind_rows: tuple[str, ...]
    votes: Mapping[str, float]


def subjects(study: Study) -> tuple[str, ...]:
    """Every power at each level: ``power@international``, ``power@regional``."""
    return tuple(f"{power}@{level}" for power in study.about.powers for level in STAGES)


def gather(study: Study, subject: str, on: date) -> Facts:
    """Every judgement of a power at a level up to a day, and what stands beside it."""
    actor, _, level = subject.partition("@")
    now = codings_on(study, NAME, on)
    asked = tuple(f"{question}-{level}" for question in ("order", "power"))
    of_all = now.filter(pl.col("code").str.contains("^(order|power)-"))
    kinds = now.filter((pl.col("unit") == f"actors:{actor}") & (pl.col("code") == level))
    norms = now.filter((pl.col("unit") == f"actors:{actor}") & (pl.col("code") == f"norm-{level}"))
    return Facts(
        subject=subject,
        on=on,
        level=level,
        judged=tuple(_judged(study, actor, asked, level, on)),
        agreement=agreement(of_all.filter(pl.col("value").is_in(list(ANSWERS)))),
        norms=tuple(norms.select("value", "row").iter_rows()),
        kinds=tuple(kinds["value"]),
        kind_rows=tuple(kinds["row"]),
        votes=_votes(study, actor, on),
    )


def _judged(study: Study, actor: str, asked: Sequence[str], level: str, on: date) -> Iterator[Judged]:
    """Codings of the two questions that began by the day, also those that have ended; and acts that signal."""
    codings = study.table("codings").filter((pl.col("framework") == NAME) & (pl.col("from_earliest") <= on))
    own = codings.filter((pl.col("unit") == f"actors:{actor}") & pl.col("code").is_in(list(asked)))
    for row in own.iter_rows(named=True):
        since = max(0.0, (on - row["to_earliest"]).days / 365.25)
        ended = row["to_latest"] <= on
        certain = row["from_latest"] <= on and (row["to_earliest"] > on or ended)
        yield Judged(
            question=row["code"].partition("-")[0],
            value=row["value"],
            coder=row["coder"],
            confidence=row["confidence"] or CONFIDENCES[-1],
            certain=certain,
            years_since=since if ended else 0.0,
            act=False,
            row=row["row"],
        )
    if level != STAGES[1]:
        return
    acts = {row["id"]: row for row in study.table("episodes").iter_rows(named=True)}
    for row in codings.filter((pl.col("code") == "signals") & (pl.col("value") == COUNTER_ORDER)).iter_rows(
        named=True
    ):
        act = acts.get(row["unit"].partition(":")[2])
        if act and actor in act["actors"] and act["date_latest"] <= on:
            yield Judged(
                question="order",
                value="not-content",
                coder=f"{row['coder']}, of an act",
                confidence=row["confidence"] or CONFIDENCES[-1],
                certain=True,
                years_since=0.0,
                act=True,
                row=row["row"],
            )


def _votes(study: Study, actor: str, on: date) -> dict[str, float]:
    """Proxies from the General Assembly's last session by the day: distance from its centre, and from each other power."""
    found: dict[str, float] = {}
    session = on.year - FIRST_SESSION
    if (points := study.derived.get("ideal_points")) is not None:
        own = (
            points.frame.filter((pl.col("actor") == actor) & (pl.col("session") <= session))
            .sort("session")
            .tail(1)
        )
        if own.height:
            found["distance from the centre"] = round(abs(float(own["estimate"][0])), 3)
    if (votes := study.derived.get("vote_agreement")) is not None:
        pairs = votes.frame.filter(
            ((pl.col("actor_1") == actor) | (pl.col("actor_2") == actor)) & (pl.col("session") <= session)
        )
        latest = max(pairs["session"], default=0)
        for row in pairs.filter(pl.col("session") == latest).iter_rows(named=True):
            other = row["actor_1"] if row["actor_2"] == actor else row["actor_2"]
            found[f"agreement with {other}"] = round(float(row["agreement"]), 3)
    return found


def _kept(facts: Facts, chosen: Chosen, question: str) -> list[Judged]:
    least = CONFIDENCES.index(str(chosen["confidence"]))
    return [
        one
        for one in facts.judged
        if one.question == question
        and CONFIDENCES.index(one.confidence) <= least
        and (chosen["reported"] == "yes" or " " not in one.coder or one.act)
        and (chosen["acts"] == "yes" or not one.act)
        and (chosen["open"] == "yes" or one.certain)
        and one.years_since <= float(chosen["memory"])
    ]


def _combined(answers: list[Truth], chosen: Chosen) -> Truth:
    """Several answers as one; those left open do not count against the rest."""
    told = [answer for answer in answers if answer is not Truth.UNKNOWN]
    yes, no = told.count(Truth.YES), told.count(Truth.NO)
    if not told:
        return Truth.UNKNOWN
    if chosen["combine"] == "any-discontent":
        return Truth.NO if no else Truth.YES
    if chosen["combine"] == "unanimous" and yes and no:
        return Truth.UNKNOWN
    if yes == no:
        return ANSWERS.get(str(chosen["tie"]), Truth.UNKNOWN)
    return Truth.YES if yes > no else Truth.NO


def _question(facts: Facts, chosen: Chosen, question: str) -> Answer:
    kept = _kept(facts, chosen, question)
    alpha = facts.agreement.alpha
    answer = _combined([ANSWERS.get(one.value, Truth.UNKNOWN) for one in kept], chosen)
    if alpha is not None and alpha < float(chosen["agreement"]):
        answer = Truth.UNKNOWN
    told = "; ".join(f"{one.coder}: {one.value.replace('-', ' ')}" for one in kept) or "no coder judges it"
    return Answer(
        value=[one.value for one in kept],
        outcome=settled(answer, chosen),
        rows=tuple(one.row for one in kept),
        words={"level": facts.level, "told": told},
    )


def _order(facts: Facts, chosen: Chosen) -> Answer:
    return _question(facts, chosen, "order")


def _power(facts: Facts, chosen: Chosen) -> Answer:
    return _question(facts, chosen, "power")


def _agree(facts: Facts, _: Chosen) -> Answer:
    """How far coders agree on the two questions, over all powers and levels; shown, and not deciding by itself."""
    found = facts.agreement
    if found.alpha is None:
        outcome = Truth.NOT_APPLICABLE if found.units == 0 else Truth.UNKNOWN
        told = f"alpha is not defined over {found.units} questions that several coders judge"
        return Answer(value=None, outcome=outcome, words={"told": told})
    interval = (
        f" ({found.low:.2f} to {found.high:.2f})" if found.low is not None and found.high is not None else ""
    )
    told = f"Krippendorff's alpha {found.alpha:.2f}{interval} over {found.units} questions"
    return Answer(
        value=round(found.alpha, 3), outcome=Truth.YES if found.alpha > 0 else Truth.NO, words={"told": told}
    )


def _norms(facts: Facts, _: Chosen) -> Answer:
    names = [name.replace("-", " ") for name, _ in facts.norms]
    outcome = Truth.YES if names else Truth.NOT_APPLICABLE
    words = {"level": facts.level, "told": ", ".join(names) or "none is coded"}
    return Answer(value=names, outcome=outcome, rows=tuple(row for _, row in facts.norms), words=words)


def _proxies(facts: Facts, _: Chosen) -> Answer:
    told = "; ".join(f"{name} {value:.2f}" for name, value in facts.votes.items())
    outcome = Truth.YES if facts.votes else Truth.UNKNOWN
    return Answer(
        value=dict(facts.votes), outcome=outcome, words={"told": told or "no series of votes is carried"}
    )


def _coded(facts: Facts, chosen: Chosen) -> Answer:
    here = KINDS.get((_order(facts, chosen).outcome, _power(facts, chosen).outcome), "")
    outcome = Truth.NOT_APPLICABLE if not facts.kinds else Truth.YES if here in facts.kinds else Truth.NO
    words = {"coded": ", ".join(facts.kinds) or "no kind", "level": facts.level}
    return Answer(value=list(facts.kinds), outcome=outcome, rows=facts.kind_rows, words=words)


RULES = (
    Rule(
        id="content-with-order",
        locator=PLACE,
        sentence="Content with the {level} order? {told}.",
        test=_order,
    ),
    Rule(
        id="content-with-power",
        locator=PLACE,
        sentence="Content with the {level} distribution of power? {told}.",
        test=_power,
    ),
    Rule(id="coders-agree", locator=PLACE, sentence="Agreement of coders: {told}.", test=_agree),
    Rule(
        id="norms",
        locator=PLACE,
        sentence="Norms that it stands for at the {level} level: {told}.",
        test=_norms,
    ),
    Rule(
        id="votes",
        locator="tskhay2020, section Central Asia and Balancing Regionalism",
        sentence="Beside, and not deciding, the last votes in the General Assembly: {told}.",
        test=_proxies,
    ),
    Rule(
        id="as-the-paper-codes",
        locator=PLACE,
        sentence="The paper calls it {coded} at the {level} level.",
        test=_coded,
    ),
)


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """Holds where both questions have an answer, so that a kind fits; undetermined where one has none."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    kind = KINDS.get((steps[0].outcome, steps[1].outcome), "")
    codings = f"codings of order-{facts.level} and power-{facts.level} for this power and day (codings)"
    answers = [{Truth.YES: 0, Truth.NO: 1}.get(one.outcome) for one in steps[:2]]
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=Verdict.HOLDS if kind else Verdict.UNDETERMINED,
        label=kind,
        steps=steps,
        missing=() if kind else (codings,),
        score=Bounds(
            low=sum(one or 0 for one in answers), high=sum(1 if one is None else one for one in answers)
        ),
        scored="questions answered with discontent, of two",
    )


FRAMEWORK = Framework(
    name=NAME,
    title="Kinds of revisionism",
    paper="tskhay2020",
    reference=REFERENCE,
    asks="Is the power content with the order, and with the distribution of power?",
    about="the powers, at the international and at the regional level",
    levels=LEVELS,
    needs=("codings", "un-votes"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """The kind of a power at a level on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
