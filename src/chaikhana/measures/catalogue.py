"""The measures by name: what each says, and what it is asked for (a day, a span of years, or nothing)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.measures.access_brokerage import access_brokerage
from chaikhana.measures.agreements_width import agreements_width
from chaikhana.measures.arms_suppliers import arms_concentration, arms_suppliers
from chaikhana.measures.body_overlap import body_overlap
from chaikhana.measures.branding import branding
from chaikhana.measures.bridging import bridging
from chaikhana.measures.cohesion import agreement_by_issue, cohesion
from chaikhana.measures.commitment import commitment
from chaikhana.measures.compatibility import compatibility
from chaikhana.measures.contiguity import contiguity
from chaikhana.measures.development_gap import development_gap
from chaikhana.measures.disputes import disputes
from chaikhana.measures.dovetailing import dovetailing
from chaikhana.measures.exclusivity import exclusivity
from chaikhana.measures.formats import formats
from chaikhana.measures.groups import groups
from chaikhana.measures.hardness import hardness
from chaikhana.measures.ideal_points import ideal_points
from chaikhana.measures.joint_memberships import joint_memberships
from chaikhana.measures.lead_diversity import lead_diversity
from chaikhana.measures.meeting_attendance import meeting_attendance
from chaikhana.measures.meeting_frequency import meeting_frequency
from chaikhana.measures.meeting_regularity import meeting_regularity
from chaikhana.measures.membership import membership
from chaikhana.measures.membership_counts import membership_counts
from chaikhana.measures.openness import openness
from chaikhana.measures.regime_likeness import regime_likeness
from chaikhana.measures.rule_ledger import rule_ledger
from chaikhana.measures.source_differences import source_differences
from chaikhana.measures.speech_frames import speech_frames
from chaikhana.measures.state_overlap import state_overlap
from chaikhana.measures.trade_partners import trade_concentration, trade_partners
from chaikhana.measures.trade_within import trade_within
from chaikhana.measures.vote_agreement import vote_agreement
from chaikhana.study.study import Study


class Asks(StrEnum):
    """What a measure is asked for."""

    DAY = "a day"
    SPAN = "a span"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure of the catalogue."""

    name: str
    says: str
    asks: Asks
    compute: Callable[..., Measured]


def _entry(compute: Callable[..., Measured], asks: Asks, says: str) -> Measure:
    return Measure(name=compute.__name__.replace("_", "-"), says=says, asks=asks, compute=compute)


MEASURES: tuple[Measure, ...] = (
    _entry(membership, Asks.DAY, "who is in what, as what"),
    _entry(membership_counts, Asks.SPAN, "in how many bodies each state is, by form and year"),
    _entry(groups, Asks.DAY, "formal and informal groups by lead power"),
    _entry(body_overlap, Asks.DAY, "which bodies share members and issues"),
    _entry(state_overlap, Asks.DAY, "in how many bodies two actors sit together"),
    _entry(exclusivity, Asks.DAY, "how far each body is the region's own, and how much of it it holds"),
    _entry(lead_diversity, Asks.SPAN, "how many powers' tables each state sits at, by year"),
    _entry(formats, Asks.NOTHING, "who met and who signed, in which format"),
    _entry(agreements_width, Asks.NOTHING, "agreements by width, reach and issue"),
    _entry(meeting_frequency, Asks.SPAN, "meetings a year, by rank and company"),
    _entry(meeting_attendance, Asks.NOTHING, "who came, and at what rank"),
    _entry(meeting_regularity, Asks.NOTHING, "how regularly bodies meet"),
    _entry(hardness, Asks.DAY, "how hard each body is, from its design"),
    _entry(openness, Asks.DAY, "how open each body is to outsiders"),
    _entry(commitment, Asks.DAY, "how far each state is bound to each body, and shows it"),
    _entry(access_brokerage, Asks.DAY, "access to the dominant network, and brokerage between networks"),
    _entry(compatibility, Asks.DAY, "which obligations of a state exclude one another"),
    _entry(bridging, Asks.NOTHING, "who proposes that two platforms work together"),
    _entry(dovetailing, Asks.NOTHING, "who takes one issue to several groups near in time"),
    _entry(branding, Asks.NOTHING, "which identity its states speak of, and when it rises"),
    _entry(rule_ledger, Asks.NOTHING, "acts that keep or break the rules of the order, and what answered"),
    _entry(vote_agreement, Asks.NOTHING, "how alike states vote in the General Assembly, by session"),
    _entry(joint_memberships, Asks.NOTHING, "in how many organisations its states are together, by year"),
    _entry(ideal_points, Asks.NOTHING, "where states stand in the General Assembly, by session"),
    _entry(cohesion, Asks.NOTHING, "how far the region votes as one, by session"),
    _entry(agreement_by_issue, Asks.NOTHING, "on what its states agree in the General Assembly"),
    _entry(trade_within, Asks.NOTHING, "trade within the region: share, intensity, introversion"),
    _entry(trade_partners, Asks.NOTHING, "its states' trade partners: shares and ranks"),
    _entry(trade_concentration, Asks.NOTHING, "how concentrated its states' trade is"),
    _entry(arms_suppliers, Asks.NOTHING, "from whom its states receive major arms"),
    _entry(arms_concentration, Asks.NOTHING, "how concentrated the suppliers of their arms are"),
    _entry(regime_likeness, Asks.NOTHING, "how alike its states' regimes are, and to the powers'"),
    _entry(disputes, Asks.NOTHING, "militarised disputes and armed conflicts of its states"),
    _entry(contiguity, Asks.NOTHING, "which of its states border one another by land"),
    _entry(development_gap, Asks.NOTHING, "how far its states' wealth per head lies apart"),
    _entry(speech_frames, Asks.NOTHING, "what its states speak of in the General Debate"),
    _entry(source_differences, Asks.NOTHING, "where the study and COW IGO differ on membership"),
)


def measure(name: str) -> Measure:
    """The measure of that name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    by_name = {entry.name: entry for entry in MEASURES}
    if name not in by_name:
        raise UnknownNameError("measure", name, by_name)
    return by_name[name]


def run(
    entry: Measure, study: Study, day: date | None = None, first: date | None = None, last: date | None = None
) -> Measured:
    """Compute a measure for what was asked: the day (by default the study's last), or the span.

    Raises
    ------
    BadValueError
        If a day is asked of a measure of spans, or a span of a measure of days.
    """
    if day and (first or last):
        raise BadValueError("Ask for a day (--on) or for a span (--from, --to), not for both.")
    if entry.asks is Asks.DAY:
        if first or last:
            raise BadValueError(f"The measure {entry.name} is of one day: use --on DATE.")
        return entry.compute(study, day or study.about.last_day)
    if entry.asks is Asks.SPAN:
        if first and last and first > last:
            raise BadValueError(f"The span ends ({last}) before it begins ({first}).")
        return entry.compute(study, day or first, day or last)
    if day or first or last:
        raise BadValueError(
            f"The measure {entry.name} takes the whole study: leave --on, --from and --to out."
        )
    return entry.compute(study)
