"""The words that tables, rules and commands share, each with what it means.

What it is: one place for every closed list. A word stands here or it is not allowed.
Design attributes follow the dimensions of institutional design in Koremenos, Lipson and Snidal
(2001, doi:10.1162/002081801317193592) and the hardness criteria of Abbott and Snidal (2000,
doi:10.1162/002081800551280), as far as the frameworks of the studies read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ACTOR_KINDS = ("state", "bloc")
BODY_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "formal-organisation": "founded by a treaty, with organs of its own",
        "treaty-regime": "a treaty and its obligations, without an organisation of its own",
        "informal-platform": "regular meetings without a founding treaty",
        "programme": "projects under a lead body or donor",
        "exercise": "a military or civil-protection exercise, or a series of them",
    }
)
FORMAL_FORMS = ("formal-organisation", "treaty-regime")
LEAD_KINDS = ("founder", "dominant", "co-lead", "host")
LINEAGE_RELATIONS = ("renamed-to", "merged-into", "succeeded-by", "formalised-as", "split-from")
STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "founder-member": "a full member since the founding",
        "member": "a full member",
        "associate": "a member with part of the rights and duties",
        "observer": "takes part without a vote",
        "partner": "dialogue or cooperation partner",
        "candidate": "has applied or is negotiating",
        "signatory": "has signed and not ratified",
        "suspended": "a member on the books that takes no part",
        "withdrawn": "has left",
    }
)
FULL_STATUSES = ("founder-member", "member")
INSIDE_STATUSES = (*FULL_STATUSES, "associate")
INFORMAL_FORMS = tuple(form for form in BODY_FORMS if form not in FORMAL_FORMS)
# Statuses that one actor may hold in one body on the same day; any other pair contradicts itself.
COMPATIBLE_STATUSES = frozenset(
    frozenset(pair)
    for pair in (
        ("signatory", "observer"),
        ("signatory", "partner"),
        ("signatory", "candidate"),
        ("signatory", "associate"),
        ("candidate", "observer"),
        ("candidate", "partner"),
        ("candidate", "associate"),
        ("withdrawn", "observer"),
        ("withdrawn", "partner"),
    )
)
AGREEMENT_FORMS = ("treaty", "declaration", "memorandum", "statement")
LEVELS: Mapping[str, int] = MappingProxyType(
    {
        "heads-of-state": 5,
        "heads-of-government": 4,
        "ministers": 3,
        "parliamentarians": 2,
        "officials": 2,
        "experts": 1,
    }
)
TRUTHS = ("yes", "no", "unknown", "not-applicable")
BASES: Mapping[str, str] = MappingProxyType(
    {
        "paper": "stated by one of the study's papers",
        "dataset": "taken from a published dataset",
        "document": "stated by a treaty, communiqué or page that the locator finds",
        "unverified": "generally held, not checked against a document",
    }
)
ACTS = (
    "proposal", "refusal", "abstention", "vote", "withdrawal", "accession", "suspension", "breach",
    "justification", "denial", "disregard", "protest", "criticism", "support", "mediation-offer",
    "mediation-accepted", "mediation-refused", "exercise", "border-clash", "border-settlement",
    "border-closure",
    "border-opening", "trade-restriction", "sanction", "intervention", "non-intervention", "deployment",
    "base-opening", "base-closure", "creation", "dissolution", "invitation", "declaration", "recognition",
    "non-recognition", "upheaval", "violence", "crisis", "visit", "reform", "dispute", "assistance", "other",
)  # fmt: skip
# What may follow a breach: the breaker owns up to the rule, settles, openly disregards it; the other side protests.
BREACH_ANSWERS = ("acknowledged", "settled", "disregarded", "protested")
YES_NO_ATTRIBUTES = (
    "charter", "secretariat", "legal-personality", "common-budget", "consensus-rule", "majority-voting",
    "binding-decisions", "parliamentary-assembly", "sanctions", "expulsion-or-suspension-clause",
    "withdrawal-clause",
    "open-accession", "geographic-limit", "common-external-tariff", "free-trade-area",
    "free-movement-of-labour",
    "collective-defence", "collective-security", "shared-forces", "joint-exercises", "intelligence-sharing",
    "non-interference-norm", "sovereignty-norm", "democracy-norm", "regular-summits", "single-lead",
    "excludes-outside-bases", "civil-society-access", "permanent-staff-from-members",
)  # fmt: skip
GRADED_ATTRIBUTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "delegation": ("none", "low", "medium", "high"),
        "pooling": ("none", "low", "medium", "high"),
        "precision": ("low", "medium", "high"),
        "dispute-settlement": ("none", "political", "arbitration", "court"),
    }
)
FRAMEWORKS = (
    "embedded-revisionism", "kinds-of-revisionism", "balancing-regionalism", "regional-order", "regionness",
    "factors-of-integration", "institutional-lenses", "open-regionalism", "soft-institutionalism",
    "security-regionalism", "absence-of-security-regionalism",
)  # fmt: skip
CONFIDENCES = ("high", "medium", "low")
FIGURE_RELATIONS = ("exactly", "about", "more-than", "less-than", "rank")
CLAIM_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "membership": "who is in what, or is not",
        "count": "how many there are of something",
        "date": "when something was, began or ended",
        "vote": "how states voted",
        "rank": "who comes first, or before whom",
        "trend": "how something moved through time",
        "typology": "under which word of a framework something falls",
        "mechanism": "how something was done",
        "causal": "what goes with what, or brings it about",
    }
)
CLAIM_VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "supported": "the rows say what the paper says",
        "contradicted": "the rows say otherwise",
        "mixed": "some rows say so, others say otherwise",
        "undetermined": "the rows at hand do not decide",
    }
)
CORRECTION_STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "open": "the two differ and we do not know why",
        "explained": "the two differ by definition, both can stand",
        "corrected": "the dataset is held to be wrong",
    }
)


def attribute_values(attribute: str) -> tuple[str, ...]:
    """The values that a design attribute may take; empty where there is no such attribute."""
    if attribute in YES_NO_ATTRIBUTES:
        return TRUTHS
    grades = GRADED_ATTRIBUTES.get(attribute)
    return (*grades, "unknown", "not-applicable") if grades else ()
