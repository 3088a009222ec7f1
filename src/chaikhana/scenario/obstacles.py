"""What stands in the way of an initiative, actor by actor: obligations, doctrines, positions, and what is not known.

Reference: Moldashev & Qoraboyev 2018, the sections on hard institutionalism (a customs territory is exclusive; in the 1990s two
were possible since neither was carried out) and on soft regionalism (the union's members would have to renegotiate; neutrality
against hierarchy). Reads obligations (`measures.compatibility`), design, memberships, episodes, statements, codings. Ours: what
is in force bars, what stands on paper must be renegotiated; which acts speak for and against. Another source's reading of the
same facts is asked as well, and told as that source's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import polars as pl

from chaikhana.core.evidence import parse_citations
from chaikhana.core.vocabulary import INSIDE_STATUSES
from chaikhana.measures.compatibility import CUSTOMS, Obligation, obligations
from chaikhana.scenario.initiative import FORCE, HIERARCHY, TARIFF, Initiative
from chaikhana.study.design import design_on
from chaikhana.study.network import led_by
from chaikhana.study.study import Study

BARS, DOCTRINE, PAPER, AGAINST, UNKNOWN, FOR = "bars", "doctrine", "renegotiate", "against", "unknown", "for"
WEIGHED: Mapping[str, str] = MappingProxyType(
    {
        BARS: "an obligation in force that excludes it",
        DOCTRINE: "a doctrine that it runs against",
        PAPER: "an obligation that would have to be renegotiated",
        AGAINST: "acts against the like of it",
        UNKNOWN: "something that the study does not know",
    }
)
"""What counts in the order of formats, the weightiest first (ours)."""
FREE_TRADE = "free trade:"
HARD = "moldashev2018, section Central Asian Regionalism since 1991, paragraph 1"
SOFT = "moldashev2018, section Soft Regionalism for Central Asia"
ACTS_AGAINST = ("refusal", "withdrawal", "suspension", "abstention", "non-recognition")
ACTS_FOR = (
    "proposal",
    "accession",
    "support",
    "creation",
    "invitation",
    "mediation-accepted",
    "border-settlement",
)
EXCLUDING = ("common-external-tariff", "free-trade-area", "collective-defence", "excludes-outside-bases")
RIVAL_TABLES = ("memberships", "parties", "agreements", "bodies", "design")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that stands in the way of an actor's taking part, or speaks for it.

    Attributes
    ----------
    kind : str
        One of `WEIGHED`, or ``for``.
    territory : str
        For an obligation, what it is to: another who is bound to the same is no outsider to it.
    source : str
        The key of the source in whose reading alone it stands; empty in the preferred one.
    """

    actor: str
    kind: str
    says: str
    rows: tuple[str, ...]
    locator: str = ""
    territory: str = ""
    source: str = ""


def obstacles(
    study: Study, asked: Initiative, actors: Sequence[str], *, others: bool = True
) -> dict[str, tuple[Obstacle, ...]]:
    """What stands in the way of each actor, whoever else takes part; unless left out, as other sources have it too."""
    found: dict[str, list[Obstacle]] = {actor: [] for actor in actors}
    for one in (
        *_promised(study, asked, actors, others),
        *_neutral(study, asked, actors),
        *_acts(study, asked, actors),
        *_led(study, asked, actors),
    ):
        found[one.actor].append(one)
    bound = {actor for actor, held in found.items() if any(one.kind in (BARS, PAPER) for one in held)}
    for one in _beyond(study, asked, actors, bound):
        found[one.actor].append(one)
    for actor, held in found.items():
        if not any(one.kind in (AGAINST, FOR) for one in held):
            held.append(
                Obstacle(
                    actor=actor,
                    kind=UNKNOWN,
                    says=f"no act of {actor} for or against the like of it is in the study",
                    rows=(),
                )
            )
    return {actor: tuple(held) for actor, held in found.items()}


def _promised(study: Study, asked: Initiative, actors: Sequence[str], others: bool) -> Iterator[Obstacle]:
    """Obligations that the initiative would break or force to be renegotiated, in every source's reading."""
    if asked.depth not in (TARIFF, FORCE):
        return
    ask = _tariff if asked.depth == TARIFF else _force
    seen: set[tuple[str, str, str]] = set()
    for one in ask(study, asked, actors):
        seen.add((one.actor, one.kind, one.territory))
        yield one
    for source, reading in readings(study, actors).items() if others else ():
        for one in ask(study.under(reading), asked, actors, sure=True):
            if one.kind != UNKNOWN and (one.actor, one.kind, one.territory) not in seen:
                seen.add((one.actor, one.kind, one.territory))
                yield replace(one, source=source, says=f"{one.says}, as {source} has it")


@lru_cache(maxsize=16)
def _readings(study: Study, actors: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    bodies = set(study.frames["design"].filter(pl.col("attribute").is_in(EXCLUDING))["body"])
    promised = study.frames["agreements"].filter(pl.col("form") == "treaty")
    bodies |= set(promised["under"]) - {""}
    treaties = set(promised["id"])
    found: dict[str, dict[str, str]] = {}
    for name in RIVAL_TABLES:
        for row in study.frames[name].filter(pl.col("rival") != "").iter_rows(named=True):
            about = row.get("body") or row.get("agreement") or row["id"]
            if (
                row["prefer"] == "no"
                and row.get("actor", actors[0]) in actors
                and about in (bodies | treaties)
            ):
                for citation in parse_citations(row["cite"]):
                    found.setdefault(citation.key, {}).setdefault(row["rival"], row["side"])
    alike: dict[frozenset[tuple[str, str]], list[str]] = {}
    for source, reading in found.items():
        alike.setdefault(frozenset(reading.items()), []).append(source)
    return {" and ".join(sources): dict(reading) for reading, sources in alike.items()}


def readings(study: Study, actors: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What each source has otherwise of these actors and of bodies and treaties that may exclude, as a reading of the study."""
    return _readings(study, tuple(actors))


def _tariff(
    study: Study, asked: Initiative, actors: Sequence[str], *, sure: bool = False
) -> Iterator[Obstacle]:
    """Customs territories, by membership in force and by treaty; free trade that a common tariff would touch; tariffs unknown."""
    bodies = set(study.table("bodies")["id"])
    held: dict[tuple[str, str], list[Obligation]] = {}
    for one in obligations(study, asked.on, of=actors, sure=sure):
        if one.kind == CUSTOMS:
            held.setdefault((one.actor, one.territory), []).append(one)
    for (actor, territory), several in held.items():
        in_force = [one for one in several if one.by in bodies]
        chosen = in_force or several
        by = ", ".join(dict.fromkeys(one.by for one in chosen))
        yield Obstacle(
            actor=actor,
            kind=BARS if in_force else PAPER,
            says=f"{actor} is in the customs territory of {by}"
            if in_force
            else f"{actor} has promised a customs territory by {by}, without a common tariff in force",
            rows=tuple(dict.fromkeys(row for one in chosen for row in one.rows)),
            locator=f"{SOFT}, paragraph 10" if in_force else HARD,
            territory=territory,
        )
    stated = design_on(study, asked.on, ("common-external-tariff", "free-trade-area"))
    tariff = stated.filter(pl.col("attribute") == "common-external-tariff")
    silent = tariff.filter((pl.col("low") == 0) & (pl.col("high") == 1) & (pl.col("rows").list.len() > 1))
    has = set(tariff.filter(pl.col("low") == 1)["body"])
    free = stated.filter(
        (pl.col("attribute") == "free-trade-area") & (pl.col("low") == 1) & ~pl.col("body").is_in(list(has))
    )
    inside = study.on("memberships", asked.on).filter(
        pl.col("holds").is_in(["yes"] if sure else ["yes", "unknown"])
        & pl.col("status").is_in(INSIDE_STATUSES)
        & pl.col("actor").is_in(list(actors))
    )
    for frame, kind, says in (
        (
            free,
            PAPER,
            "{actor} has free trade with the others of {body}, which a common tariff would have to keep",
        ),
        (silent, UNKNOWN, "whether {body}, to which {actor} belongs, has a common tariff"),
    ):
        joined = inside.select("actor", "body", own="row").join(frame.select("body", "rows"), on="body")
        for row in joined.iter_rows(named=True):
            yield Obstacle(
                actor=row["actor"],
                kind=kind,
                says=says.format(actor=row["actor"], body=row["body"]),
                rows=(row["own"], *row["rows"]),
                locator=f"{SOFT}, paragraph 10" if kind == PAPER else "",
                territory=f"{FREE_TRADE} {row['body']}" if kind == PAPER else "",
            )
    yield from _blocs(study, actors, tariff)
    for row in inside.filter((pl.col("holds") == "unknown") & pl.col("body").is_in(list(has))).iter_rows(
        named=True
    ):
        yield Obstacle(
            actor=row["actor"],
            kind=UNKNOWN,
            says=f"whether {row['actor']} was inside {row['body']} on that day",
            rows=(row["row"],),
        )


def _blocs(study: Study, actors: Sequence[str], tariff: pl.DataFrame) -> Iterator[Obstacle]:
    """Blocs that are a customs territory themselves, and those of which the study does not say whether they are."""
    stated = {row["body"]: row for row in tariff.iter_rows(named=True)}
    kinds = dict(study.table("actors").select("id", "kind").iter_rows())
    for actor in actors:
        if kinds[actor] != "bloc":
            continue
        own = stated.get(actor)
        if own is not None and own["low"] == 1:
            yield Obstacle(
                actor=actor,
                kind=BARS,
                says=f"{actor} is a customs territory of its own",
                rows=tuple(own["rows"]),
                locator=HARD,
                territory=actor,
            )
        elif own is None or own["high"] != 0:
            yield Obstacle(
                actor=actor,
                kind=UNKNOWN,
                says=f"whether {actor}, a bloc, is a customs territory of its own",
                rows=tuple(own["rows"]) if own is not None else (),
            )


def _beyond(study: Study, asked: Initiative, actors: Sequence[str], bound: set[str]) -> Iterator[Obstacle]:
    """Outsiders of whom no obligation is known: the study follows them in its own bodies alone."""
    for actor in actors:
        if asked.depth in (TARIFF, FORCE) and actor not in study.about.members and actor not in bound:
            yield Obstacle(
                actor=actor,
                kind=UNKNOWN,
                says=f"what {actor} has promised outside the bodies of the study",
                rows=(),
            )


def _force(
    study: Study, asked: Initiative, actors: Sequence[str], *, sure: bool = False
) -> Iterator[Obstacle]:
    """Alliances whose members would serve under another command, and those that keep outsiders' forces out."""
    for one in obligations(study, asked.on, of=actors, sure=sure):
        if one.kind == "against neutrality":
            says = f"{one.actor} is in the collective defence of {one.by}, whose other members are not asked"
        elif one.kind == "against outside base":
            says = f"{one.actor} has promised in {one.by} that outsiders' forces come with its consent alone"
        else:
            continue
        yield Obstacle(
            actor=one.actor,
            kind=PAPER,
            says=says,
            rows=one.rows,
            territory=f"{one.kind}: {one.territory}",
        )


def _neutral(study: Study, asked: Initiative, actors: Sequence[str]) -> Iterator[Obstacle]:
    """A neutrality that was recognised or declared, against a supranational mode of decision."""
    if asked.depth not in HIERARCHY:
        return
    acts = dict(study.table("episodes").select("id", "act").iter_rows())
    held: dict[str, list[str]] = {}
    for one in obligations(study, asked.on, of=actors):
        if one.kind == "neutrality" and acts[one.by] != "refusal":
            held.setdefault(one.actor, []).extend(one.rows)
    codings = study.on("codings", asked.on).filter(pl.col("holds") != "no")
    for actor, rows in held.items():
        said = codings.filter(
            (pl.col("unit") == f"actors:{actor}")
            & (pl.col("code").str.contains("neutral") | pl.col("value").str.contains("neutral"))
        )
        yield Obstacle(
            actor=actor,
            kind=DOCTRINE,
            says=f"the neutrality of {actor} does not go with organs that decide over it",
            rows=(*rows, *said["row"]),
            locator=f"{SOFT}, paragraph 9",
        )


def _acts(study: Study, asked: Initiative, actors: Sequence[str]) -> Iterator[Obstacle]:
    """What actors did for or against cooperation on the issue, and for neutrality's sake before it was a doctrine."""
    done = study.table("episodes").filter((pl.col("date") != "") & (pl.col("date_latest") <= asked.on))
    for row in done.iter_rows(named=True):
        kind = AGAINST if row["act"] in ACTS_AGAINST else FOR if row["act"] in ACTS_FOR else ""
        on_issue = asked.issue in row["issues"]
        shy = kind == AGAINST and "neutral" in row["summary"].lower() and asked.depth in HIERARCHY
        if not kind or not (on_issue or shy):
            continue
        for actor in row["actors"]:
            if actor in actors:
                yield Obstacle(
                    actor=actor,
                    kind=kind,
                    says=f"{row['date']}, {row['act']}: {row['summary']}",
                    rows=(row["row"],),
                )
    said = study.table("statements").filter(
        pl.col("actor").is_in(list(actors)) & pl.col("issues").list.contains(asked.issue)
    )
    for row in said.iter_rows(named=True):
        if not row["date"] or row["date_latest"] <= asked.on:
            yield Obstacle(
                actor=row["actor"],
                kind="said",
                says=f"{row['date'] or 'undated'}: {row['gist']}",
                rows=(row["row"],),
            )


def _led(study: Study, asked: Initiative, actors: Sequence[str]) -> Iterator[Obstacle]:
    """How actors stand to what the lead of the initiative leads already."""
    if not asked.lead:
        return
    bodies = led_by(study, asked.on, [asked.lead])
    held = study.table("memberships").filter(
        pl.col("body").is_in(list(bodies))
        & pl.col("actor").is_in([one for one in actors if one != asked.lead])
        & (pl.col("from_latest") <= asked.on)
    )
    for row in held.iter_rows(named=True):
        if row["status"] in ("withdrawn", "suspended"):
            yield Obstacle(
                actor=row["actor"],
                kind=AGAINST,
                says=f"{row['from']}: {row['actor']} {'left' if row['status'] == 'withdrawn' else 'was suspended in'} "
                f"{row['body']}, which {asked.lead} leads",
                rows=(row["row"],),
            )
        elif row["status"] in INSIDE_STATUSES and row["to_earliest"] > asked.on:
            yield Obstacle(
                actor=row["actor"],
                kind=FOR,
                says=f"{row['actor']} is inside {row['body']}, which {asked.lead} leads",
                rows=(row["row"],),
            )
