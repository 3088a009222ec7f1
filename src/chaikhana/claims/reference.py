"""What became of each paper's claims, as pages that are read on their own; and how a claim is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chaikhana.claims.database import LIMIT, MEMORY, names_to_read
from chaikhana.claims.registry import Corpus
from chaikhana.claims.telling import SIGNS, few, hangs_on, summary
from chaikhana.claims.testing import Result
from chaikhana.claims.verdicts import ORDER
from chaikhana.claims.words import MACROS
from chaikhana.core.vocabulary import CLAIM_KINDS, CLAIM_VERDICTS
from chaikhana.study.study import Study

MADE = "<!-- Written by `make docs` from the claims and the study's data; not edited by hand. -->\n"
MOST_FOUND = 8
MOST_SOURCES = 6


def pages(study: Study, found: Sequence[Corpus], tried: Sequence[Result]) -> dict[str, str]:
    """File name to text: a page per paper, and an index."""
    by_paper = {corpus.paper: [one for one in tried if one.claim.paper == corpus.paper] for corpus in found}
    made = {
        f"{corpus.paper}.md": _page(
            study, corpus, by_paper[corpus.paper], {one.claim.id: one for one in tried}
        )
        for corpus in found
    }
    lines = [
        MADE,
        f"# Claims on {study.about.region}, re-tested",
        "",
        f"{summary(tried)} A claim is what a paper says in passing and rows can contradict; each is in our own words, with "
        "its place. *Then* is the verdict as of the day up to which the paper could know. A contradiction is no reproach: "
        "it may come from a definition, a date or a source, and the page says which we think of.",
        "",
        "| paper | claims | " + " | ".join(CLAIM_VERDICTS) + " | not testable here |",
        "| --- | --- | " + " | ".join("---" for _ in CLAIM_VERDICTS) + " | --- |",
    ]
    for corpus in found:
        verdicts = [one.verdict for one in by_paper[corpus.paper]]
        counts = " | ".join(str(verdicts.count(word)) for word in CLAIM_VERDICTS)
        untested = sum(not claim.testable for claim in corpus.claims)
        short = study.bibliography[corpus.paper].short
        lines.append(f"| [{short}]({corpus.paper}.md) | {len(verdicts)} | {counts} | {untested} |")
    made["README.md"] = "\n".join(lines) + "\n"
    return made


def _page(study: Study, corpus: Corpus, tried: Sequence[Result], every: dict[str, Result]) -> str:
    source = study.bibliography[corpus.paper]
    lines = [
        MADE,
        f"# {source.short}: claims re-tested",
        "",
        source.full + (f" <{source.address}>" if source.address else ""),
        "",
        f"{summary(tried)} The paper could know what happened up to {corpus.written} ({corpus.why}).",
    ]
    for verdict in ORDER:
        some = [one for one in tried if one.verdict == verdict]
        if some:
            lines += ["", f"## {verdict.capitalize()} ({len(some)}): {CLAIM_VERDICTS[verdict]}"]
            for one in some:
                lines += ["", *_claim(one, study, every)]
    untested = [claim for claim in corpus.claims if not claim.testable]
    if untested:
        lines += ["", f"## Not testable here ({len(untested)})", ""]
        lines += [
            f"- **{claim.says}** ({claim.locator}) What would test it: {claim.needs}." for claim in untested
        ]
    return "\n".join(lines) + "\n"


def _claim(one: Result, study: Study, every: dict[str, Result]) -> Iterable[str]:
    claim = one.claim
    yield f"### {claim.id}"
    yield ""
    yield f"**{claim.says}** ({claim.locator}; {claim.kind})"
    yield ""
    then = f" Then: {one.verdict_then}." if one.verdict_then != one.verdict else ""
    yield f"- Expected: {claim.expected}.{then}"
    found = [f"{SIGNS[each.holds]}, {each.what}: {each.found or 'nothing'}" for each in one.tested]
    yield f"- Found: {few(found, MOST_FOUND)}. Rows that decide: {len(one.rows)}, by {_sources(one, study)}."
    if claim.explains and one.verdict != "supported":
        yield f"- What could explain it: {claim.explains}"
    elif claim.explains:
        yield f"- At the time: {claim.explains}"
    if hung := [each for each in hangs_on(one) if not each.startswith("date")]:
        yield f"- Hangs on: {'; '.join(hung)}."
    for other in claim.against:
        rival = every[other]
        short = study.bibliography[rival.claim.paper].short
        yield f"- Said otherwise: {short}, `{other}` ({rival.verdict}): {rival.claim.says}"
    if claim.note:
        yield f"- Note: {claim.note}"


def _sources(one: Result, study: Study) -> str:
    """Who says what decides: the works cited by the rows, and the series that are read."""
    keys = dict.fromkeys(str(citation.key) for citation in study.evidence(one.rows).citations)
    told = [study.bibliography[key].short for key in keys if key in study.bibliography]
    series = dict.fromkeys(
        row.partition(":")[0].partition("/")[2] for row in one.rows if row.startswith("derived/")
    )
    told += [f"the series {name} ({study.derived[name].origin.get('dataset', '')})" for name in series]
    return few(told, MOST_SOURCES) or "the study as a whole"


def how_to_write(study: Study) -> str:
    """How a claim file is written: its keys, the contract of a test, the macros, the tables."""
    lines = [
        MADE.replace("the claims and the study's data", "the code"),
        "# Writing claims",
        "",
        "A claim is what a paper says in passing and rows can contradict. One TOML file holds the claims of a paper. "
        "`chaikhana claims new KEY` writes one to start from; `chaikhana claims STUDY --file FILE` tries it alone, with "
        "`--id` a single claim and with `--trace` its rows. Files in the folder `claims` of a study are run with every call.",
        "",
        "## Keys",
        "",
        "At the head: `paper` (a key of `sources.bib`), `written` (the day up to which the paper could know), "
        "`written_because`, and `study` where a file is of one study alone. Then one `[[claim]]` after the other:",
        "",
        "| key | what |",
        "| --- | --- |",
        "| `id` | small letters, digits, hyphens |",
        "| `locator` | where the paper says so |",
        "| `says` | what it says, in your own words |",
        f"| `kind` | one of: {', '.join(CLAIM_KINDS)} |",
        "| `expected` | what the rows should show if it holds |",
        "| `test` | one SELECT, see below |",
        "| `python` | instead: the name of a test in Python |",
        "| `needs` | instead: what would test it, where nothing at hand can |",
        "| `actors`, `bodies`, `period` | what it is about |",
        "| `explains` | what could explain a contradiction: definition, date, source |",
        "| `against` | claims that say otherwise; they name each other |",
        "| `note` | anything a reader should know |",
        "",
        "## The test",
        "",
        "One SELECT that gives a row for each thing tested, with the columns `what` (text), `holds` (true, false, or NULL for "
        "unknown), `rows` (a list of the ids of the rows that decide) and, if you like, `found` (what was found). All true is "
        "*supported*, all false *contradicted*, some of each *mixed*; unknown among answers that otherwise agree, or no row "
        "at all, is *undetermined*. `$day` is the day as of which it is asked: the study's last, and once more "
        "the day on which the paper was written. List every row that decides: what rival sources "
        "say, and what the paper alone states, is tried by these rows.",
        "",
        f"A test reads and does nothing else: no files, no network, no settings; it is stopped after {LIMIT:g} seconds or "
        f"{MEMORY} of memory.",
        "",
        "## Macros",
        "",
    ]
    for says, sql in MACROS:
        name = " ".join(sql.split()).removeprefix("CREATE MACRO ").partition(" AS ")[0]
        lines.append(f"- `{name}`: {says[:1].lower()}{says[1:]}")
    lines += [
        "",
        "## Tables",
        "",
        "Every table of the study in the reading in force, with the bounds of its dates (`from_earliest`, `from_latest`, …) and "
        "`row`, its id; every derived series as `derived_NAME`; measures and findings as they stand on `$day`, as "
        "`measure_NAME` and `finding_NAME`. Of a finding there are `subject`, `verdict`, `label`, `score_low`, "
        "`score_high` and `rows`.",
        "",
        ", ".join(f"`{name}`" for name in names_to_read(study)) + ".",
        "",
    ]
    return "\n".join(lines)
