"""Embedded revisionism: where a state stands in the network of institutional ties, and what kind of revision that place favours.

Reference: Goddard 2018, *International Organization* 72 (4), doi:10.1017/S0020818318000206, as Tskhay & Costa Buranelli
2020 use and criticise it. Reads access and brokerage under every specification, norms of bodies, codings. Returns one of
four types per network. Goddard gives two notions and no formula; every formula and cut is ours and varied. A type says what
revision would cost, not that the state is a revisionist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, narrowed
from chaikhana.core.findings import Answer, Finding, Framework, Rule, Step, Verdict, step
from chaikhana.core.truth import Truth
from chaikhana.frameworks import running
from chaikhana.measures.access_brokerage import (
    ACCESS_BY,
    AGAINST,
    BROKERAGE_BY,
    DECLARED,
    DENSEST,
    DOMINANTS,
    NETWORKS,
    TIES,
    WORLD,
    access_brokerage,
)
from chaikhana.measures.reach import reach
from chaikhana.study.codings import codings_on
from chaikhana.study.study import Study

NAME = "embedded-revisionism"
REFERENCE = "Goddard 2018, as used in Tskhay & Costa Buranelli 2020"
PLACE = "tskhay2020, section Conceptualising Revisionism in Eurasia"
LEVELS: Mapping[str, str] = {
    "bridging": "access and brokerage are both high",
    "integrated": "access is high, brokerage is low",
    "isolated": "access is low, brokerage is high",
    "rogue": "access and brokerage are both low",
}
TYPES = {
    (Truth.YES, Truth.YES): "bridging",
    (Truth.YES, Truth.NO): "integrated",
    (Truth.NO, Truth.YES): "isolated",
    (Truth.NO, Truth.NO): "rogue",
}
MOST_ROWS = 60
MEDIAN = 0.5
CHOICES = (
    Choice(
        id="network",
        says="which network is read",
        default="regional",
        values=tuple(NETWORKS),
        basis="paper",
        locator=PLACE,
    ),
    Choice(
        id="dominant",
        says="which network is dominant: the bodies that powers lead, or the seats of the densest community",
        default=DECLARED,
        values=tuple(DOMINANTS),
    ),
    Choice(
        id="access",
        says="what a body counts for access",
        default="depth-and-meetings",
        values=tuple(ACCESS_BY),
    ),
    Choice(
        id="brokerage", says="how brokerage is measured", default="betweenness", values=tuple(BROKERAGE_BY)
    ),
    Choice(id="against", says="whom a state is held against", default="powers", values=tuple(AGAINST)),
    Choice(
        id="cut",
        says="the quantile of those above which a value is high",
        default=MEDIAN,
        values=(0.4, MEDIAN, 0.6),
    ),
    UNKNOWNS,
)
Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A state's access and brokerage under one specification, and those of the others that it is held against."""

    flags: tuple[str, str]
    own: tuple[Bounds | None, Bounds | None]
    others: tuple[tuple[Bounds, ...], tuple[Bounds, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All actors under one specification: their rows, and access and brokerage of those that a state is held against."""

    rows: Mapping[str, dict[str, Any]]
    others: tuple[tuple[Bounds, ...], tuple[Bounds, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read."""

    subject: str
    on: date
    places: Mapping[Key, Place]
    rows: Mapping[str, tuple[str, ...]]
    weighed: bool
    norms: tuple[tuple[str, ...], tuple[str, ...]]
    coded: tuple[str, ...]
    coded_rows: tuple[str, ...]


def subjects(study: Study) -> tuple[str, ...]:
    """The powers, and the region's members."""
    return tuple(dict.fromkeys((*study.about.powers, *study.about.members)))


def share(study: Study, on: date) -> Mapping[Key, Network]:
    """Access and brokerage of all actors under every specification, on a day."""
    found: dict[Key, list[dict[str, Any]]] = {}
    for row in access_brokerage(study, on).frame.iter_rows(named=True):
        key = (row["network"], row["dominant"], row["access_by"], row["brokerage_by"], row["against"])
        found.setdefault(key, []).append(row)
    powers = set(study.about.powers)
    networks = {}
    for key, several in found.items():
        among = [row for row in several if key[-1] != "powers" or row["actor"] in powers]
        networks[key] = Network(
            rows={row["actor"]: row for row in several},
            others=(_known(among, "access"), _known(among, "brokerage")),
        )
    return networks


def gather(study: Study, subject: str, on: date, shared: Mapping[Key, Network]) -> Facts:
    """The places of a state, and of those that it is held against."""
    places: dict[Key, Place] = {}
    rows: dict[str, tuple[str, ...]] = {}
    for key, network in shared.items():
        own = network.rows.get(subject)
        if own is None:
            continue
        places[key] = Place(
            flags=(own["access"], own["brokerage"]),
            own=(_bounds(own, "access"), _bounds(own, "brokerage")),
            others=network.others,
        )
        rows[key[0]] = tuple(own["rows"])[:MOST_ROWS]
    codings = codings_on(study, NAME, on, f"actors:{subject}")
    return Facts(
        subject=subject,
        on=on,
        places=places,
        rows=rows,
        weighed=bool(study.table("design").height or study.table("meetings").height),
        norms=reach(study, frozenset({subject}), on, "", MOST_ROWS).norms,
        coded=tuple(f"{code} {value}" for code, value in codings.select("code", "value").iter_rows()),
        coded_rows=tuple(codings["row"]),
    )


def _bounds(row: Mapping[str, object], name: str) -> Bounds | None:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return (
        Bounds(low=float(low), high=float(high))
        if isinstance(low, float) and isinstance(high, float)
        else None
    )


def _known(rows: list[dict[str, object]], name: str) -> tuple[Bounds, ...]:
    found = [_bounds(row, name) for row in rows]
    return tuple(one for one in found if one is not None)


def _place(facts: Facts, chosen: Chosen, network: str = "") -> tuple[Place | None, str]:
    """The place under the choices, and which network was taken for dominant.

    Where neither depth nor meetings are known, as of the world, every body counts alike; where no power leads a body the
    densest community stands in.
    """
    network = network or str(chosen["network"])
    access = TIES if network == WORLD or not facts.weighed else str(chosen["access"])
    for dominant in dict.fromkeys((str(chosen["dominant"]), DENSEST)):
        place = facts.places.get(
            (network, dominant, access, str(chosen["brokerage"]), str(chosen["against"]))
        )
        if place is not None and place.own[0] is not None:
            return place, dominant
    return None, str(chosen["dominant"])


def _high(place: Place, which: int, chosen: Chosen) -> Truth:
    """Whether the value is high: above the quantile of those that the state is held against."""
    own = place.own[which]
    if own is None or not place.others[which]:
        return Truth.UNKNOWN
    cut = float(chosen["cut"])
    if chosen["unknowns"] == "unknown" and cut == MEDIAN:
        return {"high": Truth.YES, "low": Truth.NO}.get(place.flags[which], Truth.UNKNOWN)
    mine = narrowed(own, chosen)
    others = [narrowed(one, chosen) for one in place.others[which]]
    if mine.low > _quantile([one.high for one in others], cut):
        return Truth.YES
    return Truth.NO if mine.high <= _quantile([one.low for one in others], cut) else Truth.UNKNOWN


def _quantile(values: list[float], share: float) -> float:
    """The quantile of a few values, with straight lines between them."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def _value(facts: Facts, chosen: Chosen, which: int) -> Answer:
    place, dominant = _place(facts, chosen)
    rows = facts.rows.get(str(chosen["network"]), ())
    words = {
        "network": chosen["network"],
        "against": chosen["against"],
        "by": chosen["brokerage"],
        "dominant": dominant,
    }
    own = place.own[which] if place else None
    if place is None or own is None:
        return Answer(value=None, outcome=Truth.UNKNOWN, rows=rows, words={**words, "told": "not known"})
    told = {"told": f"{own.low:.3f} to {own.high:.3f}"}
    return Answer(
        value=[round(own.low, 4), round(own.high, 4)],
        outcome=_high(place, which, chosen),
        rows=rows,
        words={**words, **told},
    )


def _access(facts: Facts, chosen: Chosen) -> Answer:
    return _value(facts, chosen, 0)


def _brokerage(facts: Facts, chosen: Chosen) -> Answer:
    return _value(facts, chosen, 1)


def _type(facts: Facts, chosen: Chosen, network: str) -> str:
    place, _ = _place(facts, chosen, network)
    if place is None:
        return "no such network"
    return TYPES.get((_high(place, 0, chosen), _high(place, 1, chosen)), "undetermined")


def _plural(facts: Facts, chosen: Chosen) -> Answer:
    """The first criticism of the paper: regional networks are several, and a state may be another in each; not deciding."""
    found = {network: _type(facts, chosen, network) for network in NETWORKS}
    types = {one for one in found.values() if one in LEVELS}
    outcome = Truth.UNKNOWN if not types else Truth.YES if len(types) > 1 else Truth.NO
    told = "; ".join(f"{network}: {one}" for network, one in found.items())
    return Answer(value=found, outcome=outcome, words={"told": told})


def _norms(facts: Facts, _: Chosen) -> Answer:
    """The second criticism: norms keep networks together and make revision dearer; not deciding."""
    stated, rows = facts.norms
    told = ", ".join(one.removesuffix("-norm").replace("-", " ") for one in stated) or "none that is known"
    return Answer(
        value=list(stated), outcome=Truth.YES if stated else Truth.UNKNOWN, rows=rows, words={"told": told}
    )


def _coded(facts: Facts, _: Chosen) -> Answer:
    outcome = Truth.YES if facts.coded else Truth.NOT_APPLICABLE
    told = "; ".join(facts.coded).replace("-", " ") or "nothing of this state's place"
    return Answer(value=list(facts.coded), outcome=outcome, rows=facts.coded_rows, words={"told": told})


RULES = (
    Rule(
        id="access",
        locator=PLACE,
        sentence="Access to the dominant network ({dominant}) in the network {network}: {told}; high above the cut of {against}.",
        test=_access,
    ),
    Rule(
        id="brokerage",
        locator=PLACE,
        sentence="Brokerage by {by} in the network {network}: {told}; high above the cut of {against}.",
        test=_brokerage,
    ),
    Rule(
        id="several-networks",
        locator=PLACE,
        sentence="Its type differs by network. {told}.",
        test=_plural,
    ),
    Rule(
        id="norms",
        locator=PLACE,
        sentence="Norms that the bodies state in which it takes part: {told}.",
        test=_norms,
    ),
    Rule(
        id="as-the-paper-codes",
        locator="tskhay2020, section Branding",
        sentence="The paper says: {told}.",
        test=_coded,
    ),
)


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """Holds where one of the four types fits; undetermined where access or brokerage lies on both sides of the cut."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    label = TYPES.get((steps[0].outcome, steps[1].outcome), "")
    place, _ = _place(facts, chosen)
    own = place.own[0] if place else None
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=Verdict.HOLDS if label else Verdict.UNDETERMINED,
        label=label or _halves(steps),
        steps=steps,
        missing=() if label else _missing(chosen, place),
        score=narrowed(own, chosen) if own else None,
        scored="access to the dominant network, 0 to 1",
    )


def _halves(steps: tuple[Step, ...]) -> str:
    """What is left of the four types where one half is known."""
    left = [
        name
        for (access, brokerage), name in TYPES.items()
        if steps[0].outcome in (access, Truth.UNKNOWN) and steps[1].outcome in (brokerage, Truth.UNKNOWN)
    ]
    return "" if len(left) == len(TYPES) else " or ".join(left)


def _missing(chosen: Chosen, place: Place | None) -> tuple[str, ...]:
    if place is not None:
        return (
            "exact dates of memberships, and the depth and meetings of bodies (memberships, design, meetings)",
        )
    if chosen["network"] == WORLD:
        return ("the series access_brokerage of the world, which cow-igo-v3 gives to 2014",)
    return ("memberships of the state in this network (memberships)",)


FRAMEWORK = Framework(
    name=NAME,
    title="Embedded revisionism",
    paper="tskhay2020",
    reference=REFERENCE,
    asks="Which kind of revision does the state's place in the network of institutional ties favour?",
    about="the powers and the region's members",
    levels=LEVELS,
    needs=("memberships", "bodies", "leads", "design", "meetings", "cow-igo-v3"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    share=share,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """The type of a state on a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
