"""The ledger of a regional order: for every rule and institution, the dated acts that keep it, break it, and answer a breach.

Reference: Costa Buranelli 2021, sections 2 and 3: a rule stands where those who break it justify themselves or deny it, and an
institution is a practice rather than an organisation. Reads episodes, meetings, agreements, statements and the codings of
papers. An entry is either coded, as a paper judges the row, or found: an act of the kinds that `PATTERNS` lists by the
parties that it names. Which acts bear on which rule is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.vocabulary import BREACH_ANSWERS
from chaikhana.study.study import Study

FRAMEWORK = "regional-order"
RULES: Mapping[str, str] = {
    "rule-non-intervention": "not to interfere in one another's affairs",
    "rule-uti-possidetis": "to keep the borders as they were inherited",
    "rule-omni-balancing": "to engage several powers at once",
    "rule-avtoritet-stabilnost": "to uphold the standing of leaders and the stability of their rule",
}
INSTITUTIONS: Mapping[str, str] = {
    "institution-sovereignty": "sovereignty",
    "institution-diplomacy": "diplomacy",
    "institution-international-law": "international law",
    "institution-authoritarianism": "authoritarianism",
    "institution-great-power-management": "great power management",
}
GOALS: Mapping[str, str] = {
    "goal-life": "preservation of life",
    "goal-control-of-violence": "control of violence",
    "goal-keeping-of-promises": "keeping of promises",
}
ALL: Mapping[str, str] = {**RULES, **INSTITUTIONS, **GOALS}
FOR, AGAINST, BREACH = "for", "against", "breach"
CODED, FOUND, BOTH = "coded", "found", "both"
ACKNOWLEDGED, SETTLED, DISREGARDED, PROTESTED = BREACH_ANSWERS
HIGH = ("heads-of-state", "heads-of-government", "ministers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Acts that bear on a rule or institution.

    Attributes
    ----------
    by, to : str
        Who acts, and on whom: ``member``, ``power``, ``anyone``; ``another-member`` asks for two members among all parties.
    strict : bool
        Whether it counts in the strict reading too.
    """

    of: str
    side: str
    acts: frozenset[str]
    by: str = "anyone"
    to: str = "anyone"
    issues: frozenset[str] = frozenset()
    strict: bool = True


def _pattern(of: str, side: str, acts: str, issues: str = "", **rest: Any) -> Pattern:
    return Pattern(of=of, side=side, acts=frozenset(acts.split()), issues=frozenset(issues.split()), **rest)


PATTERNS = (
    _pattern("rule-non-intervention", FOR, "non-intervention", by="member"),
    _pattern("rule-non-intervention", FOR, "protest mediation-refused", by="member"),
    _pattern("rule-non-intervention", BREACH, "intervention", to="member"),
    _pattern("rule-non-intervention", BREACH, "border-closure trade-restriction", by="member", to="another-member", strict=False),
    _pattern("rule-uti-possidetis", FOR, "border-settlement", by="member"),
    _pattern("rule-uti-possidetis", FOR, "non-recognition", by="member"),
    _pattern("rule-uti-possidetis", BREACH, "border-clash", by="member", to="another-member"),
    _pattern("rule-omni-balancing", FOR, "refusal abstention", by="member", to="power"),
    _pattern("rule-omni-balancing", AGAINST, "support", by="member", to="power", issues="conflict defence", strict=False),
    _pattern("rule-avtoritet-stabilnost", FOR, "criticism assistance support", "regime", by="member"),
    _pattern("rule-avtoritet-stabilnost", AGAINST, "upheaval", by="member"),
    _pattern("institution-sovereignty", FOR, "refusal mediation-refused protest", by="member"),
    _pattern("institution-sovereignty", AGAINST, "intervention", to="member"),
    _pattern("institution-diplomacy", FOR, "border-settlement assistance visit mediation-accepted border-opening",
             by="member", to="another-member"),
    _pattern("institution-diplomacy", AGAINST, "border-clash border-closure", by="member", to="another-member"),
    _pattern("institution-international-law", FOR, "border-settlement", by="member"),
    _pattern("institution-international-law", AGAINST, "breach disregard", by="member"),
    _pattern("institution-authoritarianism", FOR, "criticism", "regime", by="member"),
    _pattern("institution-authoritarianism", AGAINST, "upheaval", by="member"),
    _pattern("institution-great-power-management", FOR, "mediation-offer deployment base-opening", by="power"),
    _pattern("institution-great-power-management", FOR, "mediation-accepted", by="member", to="power"),
    _pattern("institution-great-power-management", FOR, "recognition", "security", by="member", to="power"),
    _pattern("institution-great-power-management", AGAINST, "mediation-refused base-closure", by="member", to="power"),
    _pattern("goal-control-of-violence", BREACH, "border-clash violence", by="member", to="another-member"),
    _pattern("goal-keeping-of-promises", BREACH, "breach disregard", by="member"),
    _pattern("goal-keeping-of-promises", BREACH, "trade-restriction", by="member", to="another-member", strict=False),
)  # fmt: skip
ANSWERS = {
    "justification": ACKNOWLEDGED,
    "denial": ACKNOWLEDGED,
    "border-settlement": SETTLED,
    "disregard": DISREGARDED,
    "protest": PROTESTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said or done upon a breach: its kind, how many years later, and the row."""

    kind: str
    years: float
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger.

    Attributes
    ----------
    day : date
        The last day on which it may have been.
    source : str
        ``coded`` by a paper, ``found`` by a pattern, or ``both``.
    strict : bool
        Whether it counts in the strict reading too.
    answers : tuple of Answer
        To a breach, in order of time.
    """

    of: str
    side: str
    source: str
    day: date
    what: str
    rows: tuple[str, ...]
    strict: bool = True
    answers: tuple[Answer, ...] = ()

    def tested(self, on: date) -> tuple[object, ...]:
        """What a reading tests: source, strictness, and the answers that a day has seen, as (kind, years)."""
        age = (on - self.day).days / 365.25
        return (
            self.source,
            self.strict,
            tuple((one.kind, one.years) for one in self.answers if one.years <= age),
        )


def ledger(study: Study) -> tuple[Entry, ...]:
    """Every entry of a study, in order of time; acts without any date, or before the study begins, are left out."""
    acts = [
        _Act.of(row)
        for row in study.table("episodes").iter_rows(named=True)
        if row["date"] and row["date_latest"] >= study.about.first_day
    ]
    entries = _merged([*_found(study, acts), *_meetings(study), *_treaties(study), *_coded(study)])
    return tuple(
        sorted(
            (replace(one, answers=_answers(one, acts)) if one.side == BREACH else one for one in entries),
            key=lambda one: (one.day, one.of, one.side, one.rows),
        )
    )


def _merged(entries: Iterable[Entry]) -> list[Entry]:
    """What is both coded and found as one entry."""
    found: dict[tuple[str, str, str], Entry] = {}
    for one in entries:
        key = (one.of, one.side, one.rows[-1] if one.source == CODED else one.rows[0])
        first = found.get(key)
        if first is None:
            found[key] = one
        elif first.source != one.source:
            found[key] = replace(
                first, source=BOTH, strict=True, rows=tuple(dict.fromkeys((*first.rows, *one.rows)))
            )
    return list(found.values())


def rule_ledger(study: Study) -> Measured:
    """The ledger as a table."""
    frame = pl.DataFrame(
        [
            {
                "date": one.day,
                "of": one.of,
                "side": one.side,
                "source": one.source,
                "what": one.what,
                "answer": ", ".join(dict.fromkeys(answer.kind for answer in one.answers)),
                "rows": [*one.rows, *(answer.row for answer in one.answers)],
            }
            for one in ledger(study)
        ],
        schema={
            "date": pl.Date,
            "of": pl.String,
            "side": pl.String,
            "source": pl.String,
            "what": pl.String,
            "answer": pl.String,
            "rows": pl.List(pl.String),
        },
    )
    return Measured(
        name="rule-ledger",
        title="The ledger of the regional order",
        definition="Dated acts that keep or break each rule and institution, and what answered each breach.",
        reference="Costa Buranelli 2021, sections 2 and 3",
        frame=frame,
        assumptions=(
            "Which acts bear on which rule is ours; entries that a paper codes itself are marked coded.",
            "An answer is an act of the one who broke the rule, or a protest of the one it was broken against, on the same "
            "parties after the breach.",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """An episode, as far as patterns read it."""

    act: str
    earliest: date
    latest: date
    actors: frozenset[str]
    target: frozenset[str]
    issues: frozenset[str]
    bodies: frozenset[str]
    summary: str
    row: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> _Act:
        return cls(
            act=row["act"],
            earliest=row["date_earliest"],
            latest=row["date_latest"],
            actors=frozenset(row["actors"]),
            target=frozenset(row["target"]),
            issues=frozenset(row["issues"]),
            bodies=frozenset(row["bodies"]),
            summary=row["summary"],
            row=row["row"],
        )


def _found(study: Study, acts: Iterable[_Act]) -> Iterable[Entry]:
    groups = {
        "member": frozenset(study.about.members),
        "power": frozenset(study.about.powers),
    }
    by_act: dict[str, list[Pattern]] = {}
    for pattern in PATTERNS:
        for name in pattern.acts:
            by_act.setdefault(name, []).append(pattern)
    for act in acts:
        for pattern in by_act.get(act.act, ()):
            if _fits(act, pattern, groups):
                yield Entry(
                    of=pattern.of,
                    side=pattern.side,
                    source=FOUND,
                    day=act.latest,
                    what=act.summary,
                    rows=(act.row,),
                    strict=pattern.strict,
                )


def _fits(act: _Act, pattern: Pattern, groups: Mapping[str, frozenset[str]]) -> bool:
    if pattern.issues and not act.issues & pattern.issues:
        return False
    if pattern.by != "anyone" and not act.actors & groups[pattern.by]:
        return False
    if pattern.to == "another-member":
        return len((act.actors | act.target) & groups["member"]) > 1
    if pattern.to == "anyone":
        return True
    outsiders = act.target - act.actors if pattern.to == "member" else act.target
    return bool(outsiders & groups[pattern.to])


def _meetings(study: Study) -> Iterable[Entry]:
    """High meetings in which two members or more surely took part: diplomacy."""
    ours = pl.col("actor").is_in(study.about.members) & (pl.col("present") == "yes")
    came = (
        study.table("attendance")
        .filter(ours)
        .group_by("meeting")
        .agg(number=pl.col("actor").n_unique(), came=pl.col("row").sort())
    )
    held = (
        study.table("meetings")
        .filter(pl.col("level").is_in(HIGH) & (pl.col("date") != ""))
        .join(came.filter(pl.col("number") > 1), left_on="id", right_on="meeting")
    )
    for row in held.iter_rows(named=True):
        yield Entry(
            of="institution-diplomacy",
            side=FOR,
            source=FOUND,
            day=row["date_latest"],
            what=row["title"],
            rows=(row["row"], *row["came"]),
        )


def _treaties(study: Study) -> Iterable[Entry]:
    """Treaties among members: international law."""
    signed = (
        study.table("parties")
        .filter(pl.col("actor").is_in(study.about.members))
        .group_by("agreement")
        .agg(number=pl.col("actor").n_unique(), own=pl.col("row").sort())
    )
    treaties = (
        study.table("agreements")
        .filter((pl.col("form") == "treaty") & (pl.col("signed") != ""))
        .join(signed.filter(pl.col("number") > 1), left_on="id", right_on="agreement")
    )
    for row in treaties.iter_rows(named=True):
        yield Entry(
            of="institution-international-law",
            side=FOR,
            source=FOUND,
            day=row["signed_latest"],
            what=row["title"],
            rows=(row["row"], *row["own"]),
        )


def _coded(study: Study) -> Iterable[Entry]:
    """What papers judge of single rows; their judgement of the region as a whole is no entry."""
    tables = {
        "episodes": ("date", "summary"),
        "meetings": ("date", "title"),
        "agreements": ("signed", "title"),
        "statements": ("date", "gist"),
    }
    dated: dict[str, tuple[date, str, str]] = {}
    for name, (when, what) in tables.items():
        known = study.table(name).filter(pl.col(when) != "")
        for key, latest, told, row in known.select("id", f"{when}_latest", what, "row").iter_rows():
            dated[f"{name}:{key}"] = (latest, told, row)
    codings = study.table("codings").filter(
        (pl.col("framework") == FRAMEWORK)
        & pl.col("code").is_in(list(ALL))
        & pl.col("value").is_in([FOR, AGAINST])
    )
    for unit, code, side, row in codings.select("unit", "code", "value", "row").iter_rows():
        if unit in dated:
            day, told, own = dated[unit]
            yield Entry(of=code, side=side, source=CODED, day=day, what=told, rows=(row, own))


def _answers(breach: Entry, acts: Iterable[_Act]) -> tuple[Answer, ...]:
    """Acts of the breaker, or protests of the one it was broken against, on the same parties, from the breach on."""
    own = next((act for act in acts if act.row == breach.rows[0]), None)
    if own is None:
        return ()
    found = []
    both = own.actors | own.target
    for act in acts:
        kind = ANSWERS.get(act.act)
        if kind is None or act.row == own.row or act.latest < own.earliest:
            continue
        same = bool(act.target & both or act.bodies & own.bodies or len(act.actors & both) > 1)
        answers = act.actors & (own.target | (own.actors if len(own.actors) > 1 else frozenset()))
        speaks = answers if kind == PROTESTED else act.actors & own.actors
        if speaks and same and _alike(act, own):
            years = max(0.0, (act.earliest - own.latest).days / 365.25)
            found.append(Answer(kind=kind, years=years, row=act.row))
    return tuple(sorted(found, key=lambda one: (one.years, one.row)))


def _alike(one: _Act, other: _Act) -> bool:
    """Whether two acts share an issue, or one names none."""
    return bool(one.issues & other.issues) or not one.issues or not other.issues
