"""Commitment: how far each member of the region is committed to each body it has a tie to, or had, within bounds.

Reference: Talka 2018 (master's thesis, University of Helsinki), sections 6.7.1 and 7.4, proposes political commitment towards
each organisation as a thing to measure and names no indicators; these are ours. Reads memberships, parties, agreements,
meetings, attendance and episodes. Five dimensions: status and its length, ratifications, withdrawals and
suspensions, attendance and its rank, support of the body's line. Reservations are not in the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from chaikhana.core.measured import Measured
from chaikhana.core.truth import Truth
from chaikhana.core.vocabulary import FORMAL_FORMS, INFORMAL_FORMS, INSIDE_STATUSES, LEVELS
from chaikhana.errors import UnknownNameError
from chaikhana.methods.interval_index import Dimensions, each_left_out, interval_index, varied_index
from chaikhana.study.membership import living_bodies
from chaikhana.study.study import Study, holds_on

FIVE: Dimensions = {
    "status": ("status", "length"),
    "ratifications": ("ratifications",),
    "staying": ("staying",),
    "attendance": ("attendance", "rank"),
    "support": ("support",),
}
WEIGHTINGS: dict[str, Dimensions] = {"equal": FIVE, **each_left_out(FIVE)}
INDICATORS = tuple(one for several in FIVE.values() for one in several)
# How close each status is; in an informal body, which has no members in law, a partner counts like a member.
CLOSENESS = {
    "founder-member": 1.0,
    "member": 1.0,
    "associate": 2 / 3,
    "observer": 1 / 3,
    "partner": 1 / 3,
    "candidate": 1 / 3,
    "signatory": 1 / 3,
    "suspended": 0.0,
    "withdrawn": 0.0,
}
GONE = ("suspended", "withdrawn")
GIVEN = ("support",)
WITHHELD = ("refusal", "abstention", "criticism", "protest", "non-recognition")
PAIR = ("actor", "body")


def commitment(study: Study, day: date, weighting: str = "equal") -> Measured:
    """Commitment of each member of the region to each living body it has, or had, a tie to, from 0 to 1.

    Parameters
    ----------
    weighting : str
        One of `WEIGHTINGS`.

    Returns
    -------
    Measured
        Columns actor, body, form, commitment_low, commitment_high (0 to 1), known (indicators known to a point), of
        (indicators that apply), varied_low, varied_high (over all weightings), rows.

    Raises
    ------
    UnknownNameError
        If there is no such weighting.
    """
    if weighting not in WEIGHTINGS:
        raise UnknownNameError("weighting", weighting, WEIGHTINGS)
    values = indicators(study, day)
    counted = [one for several in WEIGHTINGS[weighting].values() for one in several]
    rows = (
        values.filter(pl.col("indicator").is_in(counted))
        .group_by(*PAIR, maintain_order=True)
        .agg(rows=pl.col("rows").explode().drop_nulls().unique(maintain_order=True))
    )
    frame = (
        interval_index(values, (*PAIR, "form"), WEIGHTINGS[weighting])
        .join(_varied(study, day), on=PAIR, how="left")
        .join(rows, on=PAIR, how="left")
        .select(
            *PAIR,
            "form",
            commitment_low=pl.col("low").round(4),
            commitment_high=pl.col("high").round(4),
            known="known",
            of="of",
            varied_low=pl.col("varied_low").round(4),
            varied_high=pl.col("varied_high").round(4),
            rows="rows",
        )
        .sort("body", "actor")
    )
    return Measured(
        name="commitment",
        title=f"How committed each state is to each body on {day}",
        definition="The mean of five dimensions, each from 0 to 1: status (how close) and its length (share of "
        "the time it could have been inside), ratifications (share of the treaties made under the body to "
        "which it is a party), no withdrawal or suspension, attendance and its rank (shares of meetings), "
        "support (share of the acts in which it gave rather than withheld support). What is unknown is set "
        "to 0, then to 1.",
        reference="Talka 2018, sections 6.7.1 and 7.4 (proposed there, not done)",
        frame=frame,
        assumptions=(
            f"Indicators and equal weights are ours; here: {weighting}. Varied over: {', '.join(WEIGHTINGS)}.",
            "Closeness: member 1, associate ⅔, observer, partner, candidate or signatory ⅓, suspended or "
            "withdrawn 0; a partner in an informal body counts like a member (ours).",
            "A state that was never inside cannot leave and need not ratify: neither then applies (ours).",
            "Ratifications do not apply to informal bodies; a treaty whose ratification has no date may be "
            "ratified or not.",
            "Acts of support or its refusal are those that the study tells of, not a census.",
            "Reservations and contributions to a budget are not in the tables and are left out.",
        ),
    )


@lru_cache(maxsize=64)
def _varied(study: Study, day: date) -> pl.DataFrame:
    """The ends over all weightings, the same whichever is asked for."""
    return varied_index(indicators(study, day), PAIR, WEIGHTINGS)


@lru_cache(maxsize=64)
def indicators(study: Study, day: date) -> pl.DataFrame:
    """The bounds of every indicator of commitment.

    Returns
    -------
    polars.DataFrame
        Columns actor, body, form, indicator, low, high, rows; bounds are 0 and 1 where nothing is known, null where the
        indicator does not apply.
    """
    spells = _spells(study, day)
    ever = pl.col("inside") | pl.col("status").is_in(GONE)
    pairs = spells.group_by(*PAIR, "form", maintain_order=True).agg(ever_inside=ever.any())
    found = pl.concat(
        [
            _status(spells),
            _length(spells, study, day),
            _staying(spells, study, day),
            _ratifications(study, day),
            *_attendance(study, day),
            _support(study, day),
        ]
    )
    every = pairs.join(pl.DataFrame({"indicator": INDICATORS}), how="cross")
    outside = ~pl.col("ever_inside") & (
        (pl.col("indicator") == "staying")
        | ((pl.col("indicator") == "ratifications") & pl.col("low").is_null())
    )
    informal = (pl.col("indicator") == "ratifications") & ~pl.col("form").is_in(FORMAL_FORMS)
    return (
        every.join(found, on=[*PAIR, "indicator"], how="left")
        .with_columns(away=outside | informal)
        .select(
            *PAIR,
            "form",
            "indicator",
            *(
                pl.when("away").then(None).otherwise(pl.col(end).fill_null(value)).alias(end)
                for end, value in (("low", 0.0), ("high", 1.0))
            ),
            pl.col("rows").fill_null([]),
        )
        .sort(*PAIR, "indicator")
    )


def _spells(study: Study, day: date) -> pl.DataFrame:
    """The spells, begun by the day as far as known, of the region's members in bodies that live or may live on it."""
    alive = living_bodies(study, day).select(
        body="id", form="form", born="from_earliest", born_by="from_latest"
    )
    spells = study.table("memberships").filter(
        pl.col("actor").is_in(study.about.members) & (pl.col("from_earliest") <= day)
    )
    inside = pl.col("status").is_in(INSIDE_STATUSES) | (
        (pl.col("status") == "partner") & pl.col("form").is_in(INFORMAL_FORMS)
    )
    return spells.join(alive, on="body").with_columns(
        inside=inside,
        closeness=pl.when(inside & (pl.col("status") == "partner"))
        .then(1.0)
        .otherwise(pl.col("status").replace_strict(CLOSENESS, return_dtype=pl.Float64)),
        holds=holds_on(day, study.about.last_day),
    )


def _status(spells: pl.DataFrame) -> pl.DataFrame:
    """The closest status that holds for certain, and the closest that may."""
    certain, possible = pl.col("holds") == Truth.YES.value, pl.col("holds") != Truth.NO.value
    return _indicator(
        "status",
        spells.group_by(*PAIR, maintain_order=True).agg(
            low=pl.col("closeness").filter(certain).max().fill_null(0.0),
            high=pl.col("closeness").filter(possible).max().fill_null(0.0),
            rows=pl.col("row"),
        ),
    )


def _length(spells: pl.DataFrame, study: Study, day: date) -> pl.DataFrame:
    """Days inside as a share of the days on which both the body and the state existed, shortest and longest."""
    born = study.table("actors").select(actor="id", own="from_earliest", own_by="from_latest")
    after, known = pl.lit(day + timedelta(days=1)), min(day, study.about.last_day) + timedelta(days=1)
    start = pl.max_horizontal("from_earliest", "born", "own")
    start_by = pl.max_horizontal("from_latest", "born", "own")
    summed = (
        spells.join(born, on="actor")
        .with_columns(
            least=_days(start_by, pl.min_horizontal("to_earliest", pl.lit(known))),
            most=_days(start, pl.min_horizontal("to_latest", after)),
            longest=_days(pl.max_horizontal("born", "own"), after),
            shortest=_days(pl.max_horizontal("born_by", "own_by"), after),
        )
        .group_by(*PAIR, maintain_order=True)
        .agg(
            pl.col("least", "most").filter(pl.col("inside")).sum(),
            pl.col("longest", "shortest").first(),
            rows=pl.col("row"),
        )
    )
    return _indicator(
        "length",
        summed.with_columns(
            low=(pl.col("least") / pl.col("longest")).fill_nan(0.0).clip(0, 1),
            high=pl.when(pl.col("most") >= pl.col("shortest"))
            .then((pl.col("most") > 0).cast(pl.Float64))
            .otherwise(pl.col("most") / pl.col("shortest")),
        ),
    )


def _days(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Days from `start` until the day before `end`, none where they are crossed."""
    return (end - start).dt.total_days().clip(lower_bound=0).cast(pl.Float64)


def _staying(spells: pl.DataFrame, study: Study, day: date) -> pl.DataFrame:
    """1 where the state neither withdrew nor was suspended, nor was inside and no longer is, nor left a treaty of the body."""
    gone, inside = pl.col("status").is_in(GONE), pl.col("inside").any()
    told = spells.group_by(*PAIR, maintain_order=True).agg(
        surely=(gone & (pl.col("from_latest") <= day)).any()
        | (inside & (pl.col("holds") == Truth.NO.value).all()),
        perhaps=gone.any() | (inside & (pl.col("holds") != Truth.YES.value).all()),
        rows=pl.col("row"),
    )
    left = (
        study.table("parties")
        .filter((pl.col("withdrew") != "") & (pl.col("withdrew_earliest") <= day))
        .join(study.table("agreements").select(agreement="id", body="under"), on="agreement")
        .group_by(*PAIR, maintain_order=True)
        .agg(left_by=(pl.col("withdrew_latest") <= day).any(), left_rows=pl.col("row"))
    )
    return _indicator(
        "staying",
        told.join(left, on=PAIR, how="left").with_columns(
            low=(~(pl.col("surely") | pl.col("perhaps") | pl.col("left_by").is_not_null())).cast(pl.Float64),
            high=(~(pl.col("surely") | pl.col("left_by").fill_null(False))).cast(pl.Float64),
            rows=pl.concat_list("rows", pl.col("left_rows").fill_null([])),
        ),
    )


def _ratifications(study: Study, day: date) -> pl.DataFrame:
    """Treaties under the body that it surely, and may have, ratified, as shares of those it is named a party to."""
    treaties = study.table("agreements").filter((pl.col("form") == "treaty") & (pl.col("under") != ""))
    bound = ("ratified", "in_force")
    held = (
        study.table("parties")
        .join(treaties.select(agreement="id", body="under", made="signed_earliest"), on="agreement")
        .filter(pl.max_horizontal("made", "signed_earliest") <= day)
        .with_columns(
            surely=pl.any_horizontal(pl.col(f"{one}_latest") <= day for one in bound),
            perhaps=pl.any_horizontal(pl.col(f"{one}_earliest") <= day for one in bound),
        )
    )
    return _indicator(
        "ratifications",
        held.group_by(*PAIR, maintain_order=True).agg(
            low=pl.col("surely").mean(), high=pl.col("perhaps").mean(), rows=pl.col("row")
        ),
    )


def _attendance(study: Study, day: date) -> Sequence[pl.DataFrame]:
    """The shares of meetings attended, and of these, those attended at the meeting's rank."""
    meetings = study.table("meetings").filter((pl.col("date_latest") <= day) & (pl.col("body") != ""))
    came = study.table("attendance").join(
        meetings.select(meeting="id", body="body", wanted="level"), on="meeting"
    )
    present, open_ = pl.col("present") == "yes", pl.col("present") == "unknown"
    attended = came.group_by(*PAIR, maintain_order=True).agg(
        low=present.mean(), high=(present | open_).mean(), rows=pl.col("row")
    )
    rank = {**LEVELS, "": None}
    own, wanted = (
        pl.col(column).replace_strict(rank, return_dtype=pl.Int8) for column in ("level", "wanted")
    )
    ranked = (
        came.filter(present)
        .with_columns(parity=own >= wanted)
        .group_by(*PAIR, maintain_order=True)
        .agg(
            low=pl.col("parity").fill_null(False).mean(),
            high=pl.col("parity").fill_null(True).mean(),
            rows=pl.col("row"),
        )
    )
    return _indicator("attendance", attended), _indicator("rank", ranked)


def _support(study: Study, day: date) -> pl.DataFrame:
    """Acts that gave support, as a share of those that gave or withheld it, among the acts that concern the body."""
    acts = (
        study.table("episodes")
        .filter(pl.col("act").is_in([*GIVEN, *WITHHELD]) & (pl.col("date_latest") <= day))
        .explode("actors")
        .explode("bodies")
        .select("row", "act", actor="actors", body="bodies")
        .drop_nulls(PAIR)
    )
    given = pl.col("act").is_in(GIVEN).mean()
    return _indicator(
        "support", acts.group_by(*PAIR, maintain_order=True).agg(low=given, high=given, rows="row")
    )


def _indicator(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(*PAIR, indicator=pl.lit(name), low="low", high="high", rows="rows")
