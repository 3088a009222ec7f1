"""The measures that are computed from published datasets, for the whole world or for named states.

What it is: for each measure, the datasets that it can be computed from and how its panel is made from the tables of one of
them. What a study carries of it as a derived series is made in `derive`. Nothing here depends on a study, but for the frames
of speech, which are a study's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.measures import (
    access_brokerage,
    arms_suppliers,
    cohesion,
    disputes,
    ideal_points,
    joint_memberships,
    regime_likeness,
    speech_frames,
    trade_partners,
    trade_within,
    vote_agreement,
)
from chaikhana.sources import un_votes
from chaikhana.sources.states import states
from chaikhana.sources.store import Kept
from chaikhana.study.study import Study

GROUP = "states"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a measure is asked for.

    Attributes
    ----------
    states : tuple of str
        Ids of states; empty for all.
    session : int or None
        A session of the General Assembly.
    first, last : int or None
        Years, both included.
    study : Study or None
        Whose words are looked for in speeches.
    """

    states: tuple[str, ...] = ()
    session: int | None = None
    first: int | None = None
    last: int | None = None
    study: Study | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMeasure:
    """A measure over datasets.

    Attributes
    ----------
    panels : mapping
        Dataset to how the panel is made from it.
    sessions : bool
        Whether it is of sessions of the General Assembly.
    grouped : bool
        Whether it is of a set of states, which must be named.
    """

    name: str
    says: str
    definition: str
    reference: str
    panels: Mapping[str, Callable[[Kept, Asked], pl.DataFrame]]
    sessions: bool = False
    grouped: bool = False


def on_source(name: str, kept: Kept, asked: Asked) -> Measured:
    """Compute a measure from a dataset of the store.

    Raises
    ------
    UnknownNameError
        If there is no such measure, it is not computed from that dataset, or a state is not known.
    BadValueError
        If it is asked for what it has not: a session, or no states where it needs some.
    """
    by_name = {entry.name: entry for entry in SOURCE_MEASURES}
    if name not in by_name:
        raise UnknownNameError("measure that is computed from a dataset", name, by_name)
    entry = by_name[name]
    if kept.dataset not in entry.panels:
        raise UnknownNameError(f"dataset of the measure {name}", kept.dataset, entry.panels)
    if asked.session is not None and not entry.sessions:
        raise BadValueError(f"The measure {name} is not of sessions: use --from and --to.")
    if entry.grouped and not asked.states:
        raise BadValueError(
            f"The measure {name} is of a set of states: name them (--states fra,deu) or a study (--study)."
        )
    known = set(states()["id"])
    for state in asked.states:
        if state not in known:
            raise UnknownNameError("state", state, known)
    frame = _within(entry, entry.panels[kept.dataset](kept, asked), asked)
    if frame.is_empty():
        raise BadValueError(f"{kept.dataset} {kept.version} has nothing of what was asked of {name}.")
    versions = {origin.sha256[:12]: part for part, origin in kept.parts}
    return Measured(
        name=name,
        title=entry.says[0].upper() + entry.says[1:],
        definition=entry.definition,
        reference=entry.reference,
        frame=frame,
        assumptions=(
            f"Computed from {kept.dataset}, version {kept.version} ("
            + ", ".join(f"{part}: sha256 {digest}…" for digest, part in versions.items())
            + ").",
        ),
    )


def _within(entry: SourceMeasure, frame: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """The rows of the years, session and states that were asked for."""
    if asked.session is not None:
        frame = frame.filter(pl.col("session") == asked.session)
    frame = _in_years(frame, asked)
    return frame if entry.grouped or not asked.states else frame.filter(_of(frame, asked.states))


def _in_years(frame: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """The rows of the years that were asked for; a session is of the year in which it opens."""
    for bound, kept in ((asked.first, pl.Expr.ge), (asked.last, pl.Expr.le)):
        if bound is None:
            continue
        if "year" in frame.columns:
            frame = frame.filter(kept(pl.col("year"), bound))
        elif "session" in frame.columns:
            frame = frame.filter(kept(pl.col("session") + un_votes.FIRST_YEAR, bound))
    return frame


def _of(frame: pl.DataFrame, wanted: Sequence[str]) -> pl.Expr:
    """Whether a row is of one of the states, by whichever code it has; of pairs, whether one of the two is."""
    rows = states().filter(pl.col("id").is_in(list(wanted)))
    by_code = {
        "state": list(wanted),
        "recipient": list(wanted),
        "iso3": [*rows["iso3"].unique(), *(un_votes.SEATS[one] for one in wanted if one in un_votes.SEATS)],
        "ccode": [int(code) for code in rows["cow"].unique() if code],
    }
    for code, values in by_code.items():
        columns = [name for name in frame.columns if name.rstrip("12_") == code]
        if columns:
            return pl.any_horizontal(pl.col(columns).is_in(values))
    return pl.lit(value=True)


def _votes(kept: Kept, asked: Asked) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Votes by the states that cast them, and the roll calls; of one session where one is asked for."""
    calls = kept.table("roll_calls")
    if asked.session is not None:
        calls = calls.filter(pl.col("session") == asked.session)
    votes = kept.table("votes").join(calls.select("rcid"), on="rcid", how="semi")
    return un_votes.by_seat(votes, calls), calls


def _agreement(kept: Kept, asked: Asked) -> pl.DataFrame:
    return vote_agreement.world(_votes(kept, asked)[0])


def _cohesion(kept: Kept, asked: Asked) -> pl.DataFrame:
    calls = kept.table("roll_calls")
    votes = un_votes.every_seat(kept.table("votes"), calls)
    if asked.session is not None:
        calls = calls.filter(pl.col("session") == asked.session)
    return cohesion.world(votes.drop("session"), calls, {GROUP: asked.states})


def _by_issue(kept: Kept, asked: Asked) -> pl.DataFrame:
    votes, calls = _votes(kept, asked)
    return cohesion.by_issue(votes.drop("session"), calls, kept.table("issues"), asked.states)


def _positions(kept: Kept, _: Asked) -> pl.DataFrame:
    panel: pl.DataFrame = ideal_points.world(kept.table("votes"), kept.table("roll_calls"))
    return panel


def _joint(kept: Kept, asked: Asked) -> pl.DataFrame:
    memberships, years = (_in_years(kept.table(name), asked) for name in ("memberships", "state_years"))
    return joint_memberships.world(memberships, years)


def _access(kept: Kept, _: Asked) -> pl.DataFrame:
    return access_brokerage.world(kept.table("memberships"), kept.table("state_years"))


def _partners(kept: Kept, asked: Asked) -> pl.DataFrame:
    return trade_partners.world(kept.table("trade"), asked.first, asked.last)


def _partners_concentration(kept: Kept, asked: Asked) -> pl.DataFrame:
    return trade_partners.concentration(_partners(kept, asked))


def _trade_within(kept: Kept, asked: Asked) -> pl.DataFrame:
    return trade_within.world(kept.table("trade"), {GROUP: asked.states})


def _spans(asked: Asked) -> list[tuple[int, int]] | None:
    return [(asked.first, asked.last)] if asked.first is not None and asked.last is not None else None


def _suppliers(kept: Kept, asked: Asked) -> pl.DataFrame:
    return arms_suppliers.world(kept.first_of("export_tables", "transfers"), _spans(asked))


def _suppliers_concentration(kept: Kept, asked: Asked) -> pl.DataFrame:
    return arms_suppliers.concentration(_suppliers(kept, asked))


def _likeness(index: str) -> Callable[[Kept, Asked], pl.DataFrame]:
    return lambda kept, _: regime_likeness.world(kept.table("regimes"), index)


def _disputes(kept: Kept, asked: Asked) -> pl.DataFrame:
    return disputes.world(kept.table("disputes"), asked.first, asked.last)


def _study(asked: Asked) -> Study:
    if asked.study is None:
        raise BadValueError("The frames of speech are a study's own: name it with --study.")
    return asked.study


def _frames(kept: Kept, asked: Asked) -> pl.DataFrame:
    return speech_frames.world(kept.table("speeches"), _study(asked).about.frames)


def _passages(kept: Kept, asked: Asked) -> pl.DataFrame:
    speeches = kept.table("speeches")
    return speech_frames.passages(speeches.filter(_of(speeches, asked.states)), _study(asked).about.frames)


_HAEGE = "Häge 2011, doi:10.1093/pan/mpr023"
_COW = "Pevehouse and others 2020, doi:10.1177/0022343319881175, for the memberships"
_BKP = "Barbieri, Keshk and Pollins 2009, doi:10.1177/0738894209343887, for the flows"
_SIPRI = "SIPRI Arms Transfers Database, Sources and methods"
SOURCE_MEASURES: tuple[SourceMeasure, ...] = (
    SourceMeasure(
        name="joint-memberships",
        says="in how many organisations two states are both full members, by year",
        definition="Every pair of states that were in the system in the year, with the organisations of which both were full "
        "members; none is 0. Memberships coded as missing are not counted.",
        reference=_COW,
        panels={"cow-igo-v3": _joint},
    ),
    SourceMeasure(
        name="access-brokerage",
        says="access to the dominant network of organisations, and brokerage between networks, by year",
        definition="Access: share of the possible ties into the dominant network. Brokerage: ties across networks, by each "
        "specification.",
        reference="Goddard 2018, Embedded Revisionism, International Organization 72(4): 763–797",
        panels={"cow-igo-v3": _access},
    ),
    SourceMeasure(
        name="vote-agreement",
        says="how alike two states vote in the General Assembly, by session",
        definition="Over the roll calls on which both voted, unanimous ones kept: share of the same vote; one minus the mean "
        "distance (no 0, abstain ½, yes 1); the same corrected for chance (kappa, pi).",
        reference=_HAEGE,
        panels={"un-votes": _agreement},
        sessions=True,
    ),
    SourceMeasure(
        name="cohesion",
        says="how far a set of states votes as one in the General Assembly, by session",
        definition="Agreement index, averaged over the roll calls on which two of the set voted at least; mean agreement of "
        "pairs, with its bounds.",
        reference=f"Hix, Noury and Roland 2005, doi:10.1017/S0007123405000128; {_HAEGE}",
        panels={"un-votes": _cohesion},
        sessions=True,
        grouped=True,
    ),
    SourceMeasure(
        name="agreement-by-issue",
        says="how alike states vote in the General Assembly on each issue",
        definition="One minus the mean distance of votes over the roll calls of an issue on which both voted.",
        reference=f"{_HAEGE}; Voeten 2013 for the issues",
        panels={"un-votes": _by_issue},
        sessions=True,
        grouped=True,
    ),
    SourceMeasure(
        name="ideal-points",
        says="where states stand in the General Assembly, by session",
        definition="Positions on one dimension, from an ordinal probit model of the votes of a session whose prior is each "
        "state's last position; 0 is the mean of a session, 1 its standard deviation; bounds hold 95 % of the posterior.",
        reference="Bailey, Strezhnev and Voeten 2017, doi:10.1177/0022002715595700",
        panels={"un-votes": _positions},
        sessions=True,
    ),
    SourceMeasure(
        name="trade-partners",
        says="each state's trade partners, by year: flows, shares and ranks",
        definition="Imports and exports (what the partner reports to import) in current US$ millions; a share is of the known "
        "flows.",
        reference=_BKP,
        panels={"cow-trade-v4": _partners},
    ),
    SourceMeasure(
        name="trade-concentration",
        says="how concentrated each state's trade is, and how far it depends on one partner, by year",
        definition="Herfindahl index of the partners' shares in known trade, and the largest partner's share.",
        reference=f"Hirschman 1945; {_BKP}",
        panels={"cow-trade-v4": _partners_concentration},
    ),
    SourceMeasure(
        name="trade-within",
        says="trade within a set of states, by year: share, intensity, symmetric introversion",
        definition="Trade of the set with itself as a share of its known trade; that share by the set's share of world trade; "
        "symmetric introversion.",
        reference=f"Frankel 1997; Iapadre 2006; {_BKP}",
        panels={"cow-trade-v4": _trade_within},
        grouped=True,
    ),
    SourceMeasure(
        name="arms-suppliers",
        says="from whom states received major arms, by year or over a span",
        definition="Shares of trend-indicator values, as intervals, since a printed 0 is less than half a million.",
        reference=_SIPRI,
        panels={"sipri-arms": _suppliers},
    ),
    SourceMeasure(
        name="arms-concentration",
        says="how concentrated the suppliers of states' major arms are, by year or over a span",
        definition="Herfindahl index of the suppliers' shares of trend-indicator values, as an interval.",
        reference=_SIPRI,
        panels={"sipri-arms": _suppliers_concentration},
    ),
    SourceMeasure(
        name="regime-likeness",
        says="how alike the regimes of two states are, by year",
        definition="One minus the distance of V-Dem's polyarchy, or of Polity's score as a share of its scale.",
        reference="Teorell and others 2019, doi:10.1007/s12116-018-9268-z; Marshall and Gurr 2020",
        panels={"vdem": _likeness("polyarchy"), "polity5": _likeness("polity")},
    ),
    SourceMeasure(
        name="disputes",
        says="militarised disputes of pairs of states, by year",
        definition="Disputes that went on and that began in the year, and the highest hostility that either reached.",
        reference="Palmer and others 2022, doi:10.1177/0738894221995743",
        panels={"cow-mids": _disputes},
    ),
    SourceMeasure(
        name="speech-frames",
        says="how often a study's frames stand in speeches of the General Debate",
        definition="Places of a frame's phrases, and their number per thousand words.",
        reference="Baturo, Dasandi and Mikhaylov 2017, doi:10.1177/2053168017712821, for the speeches",
        panels={"un-general-debate": _frames},
    ),
    SourceMeasure(
        name="speech-passages",
        says="where a study's frames stand in speeches of the General Debate, with what is around them",
        definition="Each place with the words before and after it.",
        reference="Baturo, Dasandi and Mikhaylov 2017, doi:10.1177/2053168017712821, for the speeches",
        panels={"un-general-debate": _passages},
    ),
)
