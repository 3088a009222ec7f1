"""Balancing regionalism: countering a preponderant neighbour by acting through several regional groups, not by arms or wealth.

Reference: Tskhay & Costa Buranelli 2020, sections Balancing Regionalism and its Operation, and Central Asia and Balancing
Regionalism. Reads memberships, leads, episodes, statements, meetings, attendance, design, and frames in speeches. Returns
whether the three mechanisms are found, and what would speak against. The paper shows instances and gives no thresholds: all
numbers are ours. It claims no concert of the states, and neither does a finding on one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from chaikhana.core.bounds import Bounds
from chaikhana.core.choices import UNKNOWNS, Choice, Chosen, settled
from chaikhana.core.findings import Answer, Finding, Framework, Rule, Verdict, step
from chaikhana.core.instances import Instances, Passes, instances
from chaikhana.core.remembering import recalled
from chaikhana.core.truth import Truth
from chaikhana.frameworks import running
from chaikhana.measures.branding import Brand, brands
from chaikhana.measures.bridging import Bridge, bridges, close
from chaikhana.measures.dovetailing import WINDOWS, Pair, near, pairs
from chaikhana.measures.preponderance import Preponderance, preponderance
from chaikhana.measures.reach import reach
from chaikhana.measures.shocks import around_shocks, told
from chaikhana.methods.before_after import Change
from chaikhana.study.codings import codings_on
from chaikhana.study.study import Study

NAME = "balancing-regionalism"
REFERENCE = "Tskhay & Costa Buranelli 2020"
OPERATION = "tskhay2020, section Balancing Regionalism and its Operation"
ARGUMENT = "tskhay2020, section Central Asia and Balancing Regionalism"
LEVELS: Mapping[str, str] = {
    "bridging": "suggesting dialogue and cooperation between platforms to which the state belongs or with which it cooperates",
    "dovetailing": "taking the same cooperation to two or more groups at once, above all if different powers lead them",
    "branding": "promoting an identity that is tied to a grouping, at a particular moment",
    "not balancing": "none of these, or one power leads nearly all of the platforms",
}
MECHANISMS = ("bridging", "dovetailing", "branding")
MOST_ROWS = 60
AROUND = (3, 6)
CHOICES = (
    Choice(id="years", says="how many years back an instance counts", default=10, values=(3, 5, 10, 35)),
    Choice(id="least", says="how many instances make a mechanism", default=2, values=(1, 2, 4)),
    Choice(
        id="mechanisms",
        says="how many of the three mechanisms make it balancing",
        default=2,
        values=(1, 2, 3),
    ),
    Choice(
        id="standing",
        says="how the state must stand to two platforms that it bridges: at a common table (1), tied (2), inside (3)",
        default=1,
        values=(1, 2, 3),
        basis="paper",
        locator=OPERATION,
    ),
    Choice(
        id="window", says="within how many days an issue is taken to two groups", default=90, values=WINDOWS
    ),
    Choice(
        id="issues",
        says="whether issues of nearly every agenda count",
        default="specific",
        values=("specific", "all"),
    ),
    Choice(
        id="leads",
        says="who must lead two groups that dovetail",
        default="any",
        values=("any", "differ", "apart"),
        basis="paper",
        locator=OPERATION,
    ),
    Choice(
        id="names", says="whether a grouping's own name makes an identity", default="no", values=("no", "yes")
    ),
    Choice(
        id="alone",
        says="the share of led platforms that one power leads from which nothing is balanced",
        default=0.75,
        values=(0.5, 0.75, 0.9),
    ),
    Choice(id="around", says="how many years around a shock are compared", default=6, values=AROUND),
    UNKNOWNS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is the same for every subject of a day."""

    bridged: tuple[Bridge, ...]
    paired: tuple[Pair, ...]
    branded: tuple[Brand, ...]
    power: Preponderance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules read."""

    subject: str
    on: date
    known: Mapping[str, bool]
    found: Mapping[str, Instances]
    undated: int
    power: Preponderance | None
    pathways: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    aims: Mapping[str, tuple[int, tuple[str, ...]]]
    shocks: Mapping[int, tuple[tuple[str, Change], ...]]
    shock_rows: tuple[str, ...]
    coded: tuple[str, ...]
    coded_rows: tuple[str, ...]


def subjects(study: Study) -> tuple[str, ...]:
    """The region, and each of its members."""
    return (study.about.id, *study.about.members)


def share(study: Study, on: date) -> Shared:
    """Every act that bridges, pairs or brands, by whomever, and the preponderant power."""
    return Shared(
        bridged=bridges(study),
        paired=pairs(study),
        branded=brands(study),
        power=preponderance(study, on),
    )


def gather(study: Study, subject: str, on: date, shared: Shared) -> Facts:
    """Everything that the rules read of a state, or of all members, up to a day."""
    own = frozenset(study.about.members if subject == study.about.id else (subject,))
    bridged = [one for one in shared.bridged if one.actor in own]
    paired = [one for one in shared.paired if one.actor in own and one.date <= on]
    branded = [one for one in shared.branded if one.actor in own and one.date and one.date <= on]
    power = shared.power
    speaks = bool(study.table("episodes").height or study.table("statements").height)
    codings = codings_on(study, NAME, on, f"region:{study.about.id}", ("mechanism",))
    acts = {(one.id, one.date) for one in bridged if one.date} | {
        (one.id, one.date) for one in branded if one.date
    }
    shocks, shock_rows = around_shocks(study, NAME, [day for _, day in acts], on, AROUND)
    reached = reach(study, own, on, power.power if power else "", MOST_ROWS)
    identities = tuple(sorted({frame for one in branded for frame in one.frames}))
    agendas = tuple(sorted({" and ".join(sorted(one.bodies)) for one in paired}))
    return Facts(
        subject=subject,
        on=on,
        known={
            "bridging": speaks,
            "dovetailing": bool(study.table("attendance").height),
            "branding": speaks and bool(study.about.frames),
        },
        found={
            "bridging": instances(
                (
                    (one.date or on, (sorted(one.low)[-2], sorted(one.high)[-2]), one.rows)
                    for one in bridged
                    if one.date
                ),
                on,
            ),
            "dovetailing": instances(
                ((one.date, (one.gap_low, one.gap_high, one.broad, one.leads), one.rows) for one in paired),
                on,
            ),
            "branding": instances(
                ((one.date or on, (one.beyond,), one.rows) for one in branded if one.date), on
            ),
        },
        undated=sum(one.date is None for one in bridged),
        power=power,
        pathways={
            "norms": reached.norms,
            "powers": reached.powers,
            "identities": (identities, ()),
            "agendas": (agendas, ()),
        },
        aims={"insulation": reached.insulation, "gains": reached.gains, "standing": reached.standing},
        shocks=shocks,
        shock_rows=shock_rows,
        coded=tuple(codings["value"]),
        coded_rows=tuple(codings["row"]),
    )


def _passes(mechanism: str, chosen: Chosen) -> Passes:
    """How instances of a mechanism are tested under the choices that bear on it."""
    if mechanism == "bridging":
        standing = int(chosen["standing"])
        return lambda test, _: close(test, standing)
    if mechanism == "branding":
        named = chosen["names"] == "yes"
        return lambda test, _: (bool(test[0]) or named,) * 2
    window, leads, broad = int(chosen["window"]), str(chosen["leads"]), chosen["issues"] == "all"
    return lambda test, _: near(test, window, leads, broad=broad)


def _count(facts: Facts, chosen: Chosen, mechanism: str) -> tuple[int, int, tuple[str, ...]]:
    passes = _passes(mechanism, chosen)
    return facts.found[mechanism].count(float(chosen["years"]), passes, chosen, MOST_ROWS)


def _mechanism(facts: Facts, chosen: Chosen, mechanism: str) -> Answer:
    sure, may, rows = recalled(chosen, ("count", mechanism), partial(_count, facts, chosen, mechanism))
    least = float(chosen["least"])
    answer = Truth.YES if sure >= least else Truth.UNKNOWN if may >= least else Truth.NO
    if answer is Truth.NO and not facts.known[mechanism]:
        answer = Truth.UNKNOWN
    words = {"years": chosen["years"], "window": chosen["window"], "may": may, "undated": facts.undated}
    return Answer(value=sure, outcome=settled(answer, chosen), rows=rows, words=words)


def _plural(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the platforms are led by more than one: what would count as not balancing is the opposite."""
    power = facts.power
    if power is None or not power.of:
        return Answer(
            value=None, outcome=settled(Truth.UNKNOWN, chosen), words={"power": "no power", "led": 0, "of": 0}
        )
    share = power.led / power.of
    return Answer(
        value=round(share, 3),
        outcome=Truth.NO if share >= float(chosen["alone"]) else Truth.YES,
        rows=power.rows[:MOST_ROWS],
        words={"power": power.power, "led": power.led, "of": power.of},
    )


def _harder(facts: Facts, _: Chosen) -> Answer:
    """What the other platforms change for the preponderant power; shown, and not deciding."""
    if facts.power is None:
        return Answer(value=None, outcome=Truth.NOT_APPLICABLE, words={"told": "No power leads any platform"})
    return Answer(
        value=facts.power.access(),
        outcome=facts.power.lowered(),
        rows=facts.power.rows[:MOST_ROWS],
        words={"told": facts.power.told()},
    )


def _pathway(facts: Facts, _: Chosen, of: str) -> Answer:
    """An indicator of a pathway: present where there are two at least, since one alone cannot clash or be linked."""
    found, rows = facts.pathways[of]
    more = f" and {len(found) - 6} more" if len(found) > 6 else ""
    words = {"told": ", ".join(found[:6]) + more or "none"}
    return Answer(value=len(found), outcome=Truth.YES if len(found) > 1 else Truth.NO, rows=rows, words=words)


def _aim(facts: Facts, _: Chosen, of: str) -> Answer:
    """An indicator of an aim; shown, and not deciding, since what a state gets is not what it wants."""
    number, rows = facts.aims[of]
    return Answer(value=number, outcome=Truth.YES if number else Truth.NO, rows=rows)


def _shocks(facts: Facts, chosen: Chosen) -> Answer:
    """Acts that bridge or brand before and after each shock that the paper starts from; shown, and not deciding."""
    found = facts.shocks.get(int(chosen["around"]), ())
    rose = [
        Truth.YES if change.low > 1 else Truth.NO if change.high < 1 else Truth.UNKNOWN for _, change in found
    ]
    return Answer(
        value=[[day, change.before, change.after] for day, change in found],
        outcome=Truth.NOT_APPLICABLE if not found else rose[0] if len(set(rose)) == 1 else Truth.UNKNOWN,
        rows=facts.shock_rows,
        words={"told": told(found), "around": chosen["around"]},
    )


def _coded(facts: Facts, chosen: Chosen) -> Answer:
    """Whether the paper names for the region what is found; shown, and not deciding."""
    here = [name for name in MECHANISMS if _mechanism(facts, chosen, name).outcome is Truth.YES]
    alike = sorted(here) == sorted(set(facts.coded) & set(MECHANISMS))
    outcome = Truth.NOT_APPLICABLE if not facts.coded else Truth.YES if alike else Truth.NO
    words = {"coded": ", ".join(facts.coded) or "nothing", "here": ", ".join(here) or "none"}
    return Answer(value=here, outcome=outcome, rows=facts.coded_rows, words=words)


PATHWAYS = (
    ("clashing-norms", "norms", "norms that its groups state at once"),
    ("international-level", "powers", "powers lead groups in which it takes part"),
    ("several-identities", "identities", "identities promoted so far"),
    ("linked-agendas", "agendas", "pairs of groups have met on the same issue within a year so far"),
)
AIMS = (
    ("insulation", "that the preponderant power does not lead"),
    ("gains", "for trade, investment, transport, energy or development"),
    ("standing", "that state a norm of sovereignty, non-interference or democracy"),
)
RULES = (
    Rule(id="bridging", locator="tskhay2020, section Bridging", test=partial(_mechanism, mechanism="bridging"),
         sentence="{value} acts of the last {years} years that bridge platforms to which the state stands close enough; "
         "{undated} without a date are left out."),
    Rule(id="dovetailing", locator="tskhay2020, section Dovetailing", test=partial(_mechanism, mechanism="dovetailing"),
         sentence="{value} times in the last {years} years an issue was surely taken to two groups within {window} days; "
         "{may} if dates known to the month or year are read at their nearest."),
    Rule(id="branding", locator="tskhay2020, section Branding", test=partial(_mechanism, mechanism="branding"),
         sentence="{value} promotions of an identity with a grouping in the last {years} years."),
    Rule(id="several-leads", locator=ARGUMENT, test=_plural,
         sentence="Of {of} platforms with a known lead {power} leads {led}."),
    Rule(id="access-made-harder", locator="tskhay2020, section Branding", sentence="{told}.", test=_harder),
    *(Rule(id=f"pathway-{name}", locator=ARGUMENT, sentence=f"{{value}} {told}: {{told}}.", test=partial(_pathway, of=of))
      for name, of, told in PATHWAYS),
    *(Rule(id=f"aim-{of}", locator=OPERATION, sentence=f"It takes part in {{value}} platforms {told}.", test=partial(_aim, of=of))
      for of, told in AIMS),
    Rule(id="shocks", locator=ARGUMENT, test=_shocks,
         sentence="Acts that bridge or brand in the {around} years before and after the paper's starting points: {told}."),
    Rule(id="as-the-paper-codes", locator=OPERATION, test=_coded,
         sentence="The paper names {coded} for the region; found here: {here}."),
)  # fmt: skip
DECIDING = 4


def judge(facts: Facts, chosen: Chosen) -> Finding:
    """Holds where enough mechanisms are found and no power leads nearly all platforms; fails where too few can be."""
    steps = tuple(step(rule, facts, chosen) for rule in RULES)
    outcomes = Counter(one.outcome for one in steps[:3])
    needed = int(chosen["mechanisms"])
    sure, may = outcomes[Truth.YES], outcomes[Truth.YES] + outcomes[Truth.UNKNOWN]
    plural = steps[3].outcome
    names = [name for name, one in zip(MECHANISMS, steps[:3], strict=True) if one.outcome is Truth.YES]
    missing: tuple[str, ...] = ()
    if may < needed:
        verdict, label = Verdict.FAILS, ", ".join(names) or "not balancing"
    elif plural is Truth.NO:
        verdict, label = Verdict.FAILS, "not balancing"
    elif sure >= needed and plural is Truth.YES:
        verdict, label = Verdict.HOLDS, ", ".join(names)
    else:
        verdict, label = Verdict.UNDETERMINED, ", ".join(names)
        missing = _missing(facts, plural)
    return running.concluded(
        FRAMEWORK,
        facts,
        chosen,
        verdict=verdict,
        label=label,
        steps=steps,
        missing=missing,
        score=Bounds(low=sure, high=may),
        scored="mechanisms found, of three",
    )


def _missing(facts: Facts, plural: Truth) -> tuple[str, ...]:
    tables = {
        "bridging": "episodes, statements",
        "dovetailing": "meetings, attendance",
        "branding": "frames of study.toml",
    }
    lacking = tuple(f"{tables[name]} ({name})" for name in MECHANISMS if not facts.known[name])
    lacking += ("leads (who leads the platforms)",) if plural is Truth.UNKNOWN else ()
    return lacking or ("exact dates of the episodes, meetings and memberships that are known to the year",)


FRAMEWORK = Framework(
    name=NAME,
    title="Balancing regionalism",
    paper="tskhay2020",
    reference=REFERENCE,
    asks="Does the state counter a preponderant neighbour by acting through several regional groups?",
    about="the region and each of its members",
    levels=LEVELS,
    needs=("episodes", "statements", "meetings", "attendance", "memberships", "leads", "design"),
    choices=CHOICES,
    rules=RULES,
    subjects=subjects,
    share=share,
    gather=gather,
    judge=judge,
)


def classify(study: Study, subject: str, on: date, given: Chosen | None = None) -> Finding:
    """Which mechanisms of balancing are found by a day; see `running.classify`."""
    return running.classify(FRAMEWORK, study, subject, on, given)
