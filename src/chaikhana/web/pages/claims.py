"""Claims of papers put to the study: the list, and one claim with its verdict, its rows and its query, which may be changed
and run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from chaikhana.core.vocabulary import CLAIM_KINDS, CLAIM_VERDICTS
from chaikhana.errors import BadValueError, UnknownNameError
from chaikhana.web.asked import Asked
from chaikhana.web.page import Listing, Page
from chaikhana.web.site import CLAIMS, Site

WAITING = "The claims are being put to the study. The page opens by itself."
SECONDS = 30.0
# What a claim that has no test does not tell.
NOTHING: Mapping[str, Any] = {
    "explains": "", "note": "", "against": [], "own_rows": 0, "readings": {"turns": []}, "test": "",
}  # fmt: skip
COLUMNS = {
    "id": ("claim", "claim"),
    "paper": ("paper", "source"),
    "locator": ("where", "text"),
    "says": ("says", "text"),
    "kind": ("kind", "word"),
    "verdict": ("verdict", "verdict"),
    "verdict_then": ("when it was written", "verdict"),
}


def claims(site: Site, asked: Asked) -> Page:
    """The list."""
    asked.only(("paper", "verdict", "kind", "q"))
    every: Sequence[Mapping[str, Any]] | None = site.looked_up(CLAIMS)
    verdict = asked.word("verdict", (*CLAIM_VERDICTS, "untested"))
    kind = asked.word("kind", CLAIM_KINDS)
    papers = list(dict.fromkeys(one["paper"] for one in every or ()))
    paper = asked.word("paper", papers) if every is not None else asked.text("paper")
    q = asked.text("q").casefold()
    found = [
        one
        for one in every or ()
        if (not paper or one["paper"] == paper)
        and (not verdict or one["verdict"] == verdict)
        and (not kind or one["kind"] == kind)
        and (not q or q in f"{one['id']} {one['says']}".casefold())
    ]
    counted = Counter(one["verdict"] for one in found)
    told = ", ".join(f"{counted[word]} {word}" for word in (*CLAIM_VERDICTS, "untested") if counted[word])
    return Page(
        title="Claims",
        section="claims",
        template="claims.html",
        says=f"{len(found)} claims: {told}." if found else "" if every is None else "No claim is like that.",
        about={"paper": paper, "verdict": verdict, "kind": kind, "q": asked.text("q")},
        data={"counts": dict(counted)},
        listings=(
            Listing(
                id="claims",
                title="What papers claim, and what the rows say",
                columns=COLUMNS,
                records=[{name: one.get(name, "") for name in COLUMNS} for one in found],
                most=400,
                empty="" if every is None else "No claim is like that.",
            ),
        ),
        drawn=lambda: {
            "papers": papers,
            "verdicts": (*CLAIM_VERDICTS, "untested"),
            "kinds": tuple(CLAIM_KINDS),
        },
        waiting=WAITING + site.progress() if every is None else "",
        rows=[row for one in found for each in one["evidence"] for row in each["rows"]],
    )


def claim(site: Site, id: str, asked: Asked) -> Page:
    """One claim.

    Raises
    ------
    UnknownNameError
        If there is none of that id.
    """
    asked.only(("query", "day"))
    every: Sequence[Mapping[str, Any]] | None = site.looked_up(CLAIMS)
    if every is None:
        return Page(
            title="A claim", section="claims", template="listed.html", waiting=WAITING + site.progress()
        )
    known = {one["id"]: one for one in every}
    if id not in known:
        raise UnknownNameError("claim", id, known)
    one: dict[str, Any] = {**NOTHING, **known[id]}
    query = asked.text("query")
    day = asked.day("day", site.first, site.last)
    there, tried = True, None
    if query:
        if one["verdict"] == "untested":
            raise BadValueError(f"The claim {id} has no test to change. It would need: {one['needs']}")
        there, tried = site.ask(("claim", id, query, day), "try-claim", id, query, day, limit=SECONDS)
    test = one.get("test", "")
    listings = [_evidence(one, "evidence", "What was found")]
    if tried:
        listings.insert(0, _evidence(tried, "yours", f"With your query: {tried['verdict']}"))
    rows = [row for each in [*one["evidence"], *(tried["evidence"] if tried else ())] for row in each["rows"]]
    return Page(
        title=one["says"],
        section="claims",
        template="claim.html",
        says=f"{one['verdict'].capitalize()}"
        + (
            f" as of {one['as_of']}; {one['verdict_then']} on {one['written']}, when it was written."
            if "as_of" in one
            else f". What would test it: {one['needs']}"
        ),
        about={"query": query, "day": day.isoformat() if query else ""},
        data={"claim": one, "day": day.isoformat(), **({"yours": tried} if tried else {})},
        listings=tuple(listings),
        drawn=lambda: {
            "query": query or test,
            "runs": test.lower().lstrip().startswith(("select", "with")),
            "tried": bool(tried),
        },
        waiting="" if there else "The query is running. The answer comes by itself.",
        rows=list(dict.fromkeys(rows)),
    )


def _evidence(one: Mapping[str, Any], id: str, title: str) -> Listing:
    return Listing(
        id=id,
        title=title,
        columns={
            "what": ("what was tested", "text"),
            "holds": ("holds", "word"),
            "found": ("found", "text"),
            "rows": ("rows that decide", "rows"),
        },
        records=[dict(each) for each in one["evidence"]],
        most=60,
        empty="Nothing at hand tests it.",
    )
