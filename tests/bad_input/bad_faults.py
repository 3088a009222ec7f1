"""What must be said of each fault: the rule, the file, the line of the bad file, the column, and words of the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SPELLS = "memberships.csv"
TOML = "study.toml"
BIB = "sources.bib"
SERIES = "derived/vote_agreement.csv"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault to be found.

    Attributes
    ----------
    row : int, optional
        The line in the bad file; where that is added to a good one, it is counted on.
    says, never : tuple of str
        What the message must hold (the value, what is allowed, the nearest allowed value), and what it must not.
    """

    rule: str
    file: str
    row: int | None = None
    column: str | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def _date(value: str, *says: str, never: tuple[str, ...] = ()) -> tuple[Wrong, ...]:
    return (Wrong("broken-date", SPELLS, 2, "from", (f"‘{value}’", "1996-04-26", *says), never),)


def _toml(column: str, *says: str) -> tuple[Wrong, ...]:
    return (Wrong("broken-study-toml", TOML, None, column, says, ("tuple", "validation", "valid string")),)


FAULTS: Mapping[str, tuple[Wrong, ...]] = {
    # what a cell refers to
    "unknown-actor": (Wrong("unknown-actor", SPELLS, 2, "actor", ("‘dnl’", "actors", "‘dnk’")),),
    "unknown-body": (Wrong("unknown-body", SPELLS, 2, "body", ("‘natoo’", "bodies", "‘nato’")),),
    "unknown-agreement": (
        Wrong(
            "unknown-agreement",
            "parties.csv",
            2,
            "agreement",
            ("‘helsinki-treaty-1963’", "agreements", "‘helsinki-treaty-1962’"),
        ),
    ),
    "unknown-meeting": (
        Wrong(
            "unknown-meeting",
            "attendance.csv",
            2,
            "meeting",
            ("‘csce-1975-07-31’", "meetings", "‘csce-1975-07-30’"),
        ),
    ),
    "unknown-episode": (
        Wrong(
            "unknown-episode",
            "codings.csv",
            2,
            "unit",
            ("episodes:2023-04-finland-joins-nat", "‘2023-04-finland-joins-nato’"),
        ),
    ),
    "unknown-statement": (
        Wrong(
            "unknown-statement",
            "codings.csv",
            2,
            "unit",
            ("statements:rus-2022-05-17-cbs", "‘rus-2022-05-17-cbss’"),
        ),
    ),
    "unknown-figure": (
        Wrong("unknown-figure", "codings.csv", 2, "unit", ("figures:nor-no-1973", "‘nor-no-1972’")),
    ),
    "unknown-source-as-unit": (
        Wrong("unknown-key", "codings.csv", 2, "unit", ("sources:strang2017", "sources.bib", "‘strang2016’")),
    ),
    "unknown-actor-in-a-list": (
        Wrong("unknown-actor", "episodes.csv", 2, "actors", ("‘nor; dnl’", "the actor ‘dnl’", "‘dnk’")),
    ),
    "unknown-actor-or-body": (
        Wrong("unknown-actor", "episodes.csv", 2, "target", ("‘natoo’", "actors or bodies", "‘nato’")),
    ),
    "unknown-body-in-a-list": (
        Wrong("unknown-body", "episodes.csv", 2, "bodies", ("‘nato; cbs’", "the body ‘cbs’", "‘cbss’")),
    ),
    "unknown-issue": (
        Wrong(
            "unknown-issue",
            "episodes.csv",
            2,
            "issues",
            ("‘secuity; trade’", "the issue ‘secuity’", "study.toml", "‘security’"),
        ),
    ),
    "double-entry": (
        Wrong("double-entry", "episodes.csv", 2, "issues", ("‘trade; security; trade’", "once")),
    ),
    "bad-unit": (Wrong("bad-unit", "codings.csv", 2, "unit", ("‘bodes:ncm’", "table:id", "‘bodies’")),),
    "bad-unit-without-id": (Wrong("bad-unit", "codings.csv", 2, "unit", ("‘bodies’", "bodies:eu")),),
    "bad-unit-region": (Wrong("bad-unit", "codings.csv", 2, "unit", ("‘region:Nordic’", "region:nordic")),),
    # time
    "end-before-start": (
        Wrong("end-before-start", SPELLS, 2, "to", ("‘to’ 1960-05-03", "before ‘from’ 1973-01-01", "order")),
    ),
    "same-day-start-and-end": (
        Wrong(
            "end-before-start",
            SPELLS,
            2,
            "to",
            ("1960-05-03", "half open", "first day on which it no longer"),
        ),
    ),
    "meeting-until-its-first-day": (
        Wrong("end-before-start", "meetings.csv", 2, "until", ("1990-05-01", "half open")),
    ),
    "in-force-before-signed": (
        Wrong("end-before-start", "agreements.csv", 2, "in_force", ("1990-05-01", "‘signed’ 1990-05-02")),
    ),
    "ended-before-signed": (
        Wrong("end-before-start", "agreements.csv", 2, "ended", ("1989-01-01", "‘signed’ 1990-05-02")),
    ),
    "contradicting-spells": (
        Wrong(
            "contradicting-spells",
            SPELLS,
            3,
            "from",
            ("‘1985-01-01’", "fin is member of efta", "row 2", "associate", "rivals"),
        ),
    ),
    "contradicting-spells-of-one-status": (
        Wrong("contradicting-spells", SPELLS, 3, "from", ("‘1985-01-01’", "fin is member of efta", "row 2")),
    ),
    "membership-before-body": (
        Wrong("membership-before-body", SPELLS, 2, "from", ("‘1948-01-01’", "nato", "1949-04-04")),
    ),
    "after-the-body": (
        Wrong("after-the-body", SPELLS, 2, "from", ("‘1994-01-01’", "eec", "1993-11-01", "later body")),
    ),
    "after-the-body-by-no-day": (
        Wrong("after-the-body", SPELLS, 2, "from", ("‘1993-11-01’", "eec", "later body")),
    ),
    "membership-before-state": (
        Wrong("membership-before-actor", SPELLS, 2, "from", ("‘1985-01-01’", "est", "1991-09-06")),
    ),
    "after-the-state": (Wrong("after-the-actor", SPELLS, 2, "from", ("‘1995-01-01’", "ddr", "1990-10-03")),),
    "leads-before-body": (
        Wrong("leads-before-body", "leads.csv", 2, "from", ("‘1948-01-01’", "nato", "1949-04-04")),
    ),
    "design-before-body": (
        Wrong("design-before-body", "design.csv", 2, "from", ("‘1948-01-01’", "nato", "1949-04-04")),
    ),
    "meeting-before-body": (
        Wrong("meeting-before-body", "meetings.csv", 2, "date", ("‘1948-05-01’", "nato", "1949-04-04")),
    ),
    "meeting-after-body": (
        Wrong("meeting-after-body", "meetings.csv", 2, "date", ("‘1994-05-01’", "eec", "1993-11-01")),
    ),
    "signed-before-opened": (
        Wrong(
            "signed-before-opened",
            "parties.csv",
            2,
            "signed",
            ("‘1961-03-23’", "helsinki-treaty-1962", "1962-03-23"),
        ),
    ),
    "after-the-study": (
        Wrong("after-the-study", SPELLS, 2, "from", ("‘2026-01-01’", "2025-12-31", "study.toml")),
    ),
    # dates
    "broken-date-day-first": _date("01/04/1996", "1996-04-01", "1996-01-04"),
    "broken-date-dots": _date("26.04.1996", "Did you mean 1996-04-26?"),
    "broken-date-impossible-day-first": _date("31/02/1996", never=("Did you mean",)),
    "broken-date-impossible-without-zero": _date("1996-13-1", never=("Did you mean 1996-13-01",)),
    "broken-date-month-13": _date("1996-13", "month"),
    "broken-date-no-such-day": _date("1996-02-30", "day"),
    "broken-date-month-without-zero": _date("1996-4", "Did you mean 1996-04?"),
    "broken-date-day-without-zero": _date("1996-4-6", "Did you mean 1996-04-06?"),
    "broken-date-words": _date("spring 1996"),
    "broken-date-in-end": (Wrong("broken-date", SPELLS, 2, "to", ("‘1997-00’", "month")),),
    "open-start": (Wrong("open-start", SPELLS, 2, "from", ("‘..’", "open end", "empty")),),
    # evidence
    "missing-cite": (Wrong("missing-cite", SPELLS, 2, "cite", ("needed", "bibliography key")),),
    "broken-cite": (
        Wrong("broken-cite", SPELLS, 2, "cite", ("‘Strang 2016, p. 3’", "sources.bib", "comma")),
    ),
    "broken-cite-semicolon": (
        Wrong("broken-cite", SPELLS, 2, "cite", ("‘tiatira-nato, first paragraph;’", "semicolon")),
    ),
    "unknown-key": (
        Wrong("unknown-key", SPELLS, 2, "cite", ("‘strang2017’", "sources.bib", "‘strang2016’")),
    ),
    "basis-paper-without-paper": (
        Wrong("basis-not-cited", SPELLS, 2, "basis", ("‘paper’", "strang2016", "‘document’")),
    ),
    "basis-document-general-knowledge": (
        Wrong("basis-not-cited", SPELLS, 2, "basis", ("‘document’", "general knowledge", "‘unverified’")),
    ),
    "basis-document-of-a-paper": (
        Wrong("basis-not-cited", SPELLS, 2, "basis", ("‘document’", "papers", "‘paper’")),
    ),
    # closed lists and numbers
    "missing-value": (Wrong("missing-value", SPELLS, 2, "status", ("needed", "as what")),),
    "missing-basis": (Wrong("missing-value", SPELLS, 2, "basis", ("needed", "trusted")),),
    "missing-design-value": (Wrong("missing-value", "design.csv", 2, "value", ("needed", "yes, no")),),
    "not-allowed-status": (Wrong("not-allowed", SPELLS, 2, "status", ("‘membr’", "‘member’", "withdrawn")),),
    "not-allowed-status-capital": (Wrong("not-allowed", SPELLS, 2, "status", ("‘Observer’", "‘observer’")),),
    "not-allowed-basis": (
        Wrong("not-allowed", SPELLS, 2, "basis", ("‘documnt’", "‘document’", "unverified")),
    ),
    "not-allowed-prefer": (Wrong("not-allowed", SPELLS, 3, "prefer", ("‘nope’", "yes, no")),),
    "not-allowed-design-value": (
        Wrong("not-allowed", "design.csv", 2, "value", ("‘hihg’", "‘delegation’", "‘high’", "medium")),
    ),
    "not-allowed-design-attribute": (
        Wrong("not-allowed", "design.csv", 2, "attribute", ("‘secretriat’", "‘secretariat’")),
    ),
    "not-a-number": (Wrong("not-a-number", "figures.csv", 2, "value", ("‘53,5’", "decimal point")),),
    "not-a-number-word": (Wrong("not-a-number", "figures.csv", 2, "value", ("‘half’", "digits")),),
    "not-a-number-nan": (Wrong("not-a-number", "figures.csv", 2, "value", ("‘nan’", "digits")),),
    "not-a-number-infinite": (Wrong("not-a-number", "figures.csv", 2, "value", ("‘1e999’", "digits")),),
    "not-a-number-underscore": (Wrong("not-a-number", "figures.csv", 2, "value", ("‘5_3’", "digits")),),
    "not-a-whole-number": (Wrong("not-a-number", "actors.csv", 2, "cow", ("‘12.5’", "whole number")),),
    "number-too-large": (Wrong("not-a-number", "actors.csv", 2, "cow", ("‘99999999999999999999’",)),),
    "bad-id": (
        Wrong("bad-id", "meetings.csv", 2, "id", ("‘NATO Council 1990’", "hyphens", "‘nato-council-1990’")),
    ),
    "control-character": (Wrong("control-character", "actors.csv", 2, "name", ("U+0007",), ("\x07",)),),
    "control-character-escape": (
        Wrong("control-character", "actors.csv", 2, "name", ("U+001B",), ("\x1b",)),
    ),
    "control-character-c1": (Wrong("control-character", "actors.csv", 2, "name", ("U+0096",), ("\x96",)),),
    # identity
    "double-id": (
        Wrong("double-id", "meetings.csv", 2, "id", ("‘csce-1975-07-30’", "row 5", "rival statements")),
    ),
    "double-row": (Wrong("double-row", "design.csv", 3, "body", ("row 2", "nato · charter", "Keep one")),),
    "lineage-circle": (
        Wrong("lineage-circle", "lineage.csv", 2, "other", ("‘osce’", "csce descends from itself")),
        Wrong("lineage-circle", "lineage.csv", 3, "other", ("‘csce’", "osce descends from itself")),
    ),
    "lineage-to-itself": (
        Wrong("lineage-circle", "lineage.csv", 2, "other", ("‘csce’", "csce descends from itself")),
    ),
    "rival-alone": (Wrong("rival-alone", SPELLS, 2, "rival", ("‘dnk-nato’", "one side", "‘side’")),),
    "rival-without-preference": (
        Wrong("rival-preference", SPELLS, 2, "rival", ("‘dnk-nato’", "no side", "exactly one side")),
    ),
    "rival-with-two-preferences": (
        Wrong("rival-preference", SPELLS, 2, "rival", ("‘dnk-nato’", "2 sides", "exactly one side")),
    ),
    "rival-without-reason": (
        Wrong("rival-without-reason", SPELLS, 2, "rival", ("‘dnk-nato’", "reason", "‘reason’")),
    ),
    "rival-without-side": (Wrong("rival-without-side", SPELLS, 2, "side", ("dispute", "‘side’")),),
    "rival-without-prefer": (Wrong("rival-without-side", SPELLS, 3, "prefer", ("dispute", "‘prefer’")),),
    "prefer-without-rival": (Wrong("prefer-without-rival", SPELLS, 2, "prefer", ("dispute", "‘rival’")),),
    "side-without-rival": (Wrong("prefer-without-rival", SPELLS, 2, "side", ("dispute", "‘rival’")),),
    "state-code": (
        Wrong("state-code", "actors.csv", 2, "iso3", ("‘GRD’", "‘grl’", "alpha-3", "lower case")),
    ),
    # files
    "wrong-encoding": (Wrong("wrong-encoding", SPELLS, says=("UTF-8", "line 2", "0xf3", "CSV UTF-8")),),
    "utf-16": (Wrong("utf-16", SPELLS, says=("UTF-16", "CSV UTF-8")),),
    "nul-byte": (Wrong("nul-byte", SPELLS, says=("NUL", "CSV UTF-8"), never=("\0",)),),
    "semicolons": (Wrong("semicolons", SPELLS, says=("semicolons", "commas")),),
    "tabs": (Wrong("tabs", SPELLS, says=("tabs", "commas")),),
    "empty-file": (Wrong("empty-file", SPELLS, says=("empty", "actor, body, status")),),
    "blank-file": (Wrong("empty-file", SPELLS, says=("empty", "actor, body, status")),),
    "blank-first-line": (Wrong("empty-header", SPELLS, 1, says=("first line", "actor, body, status")),),
    "line-too-long": (Wrong("line-too-long", SPELLS, 2, says=("100,000", "quote")),),
    "file-too-large": (Wrong("file-too-large", SPELLS, says=("100 MB", "67 MB")),),
    "bibliography-too-large": (Wrong("file-too-large", BIB, says=("100 MB", "67 MB")),),
    "study-toml-too-large": (Wrong("file-too-large", TOML, says=("100 MB", "67 MB")),),
    "path-leaves-study": (Wrong("path-leaves-study", SPELLS, says=("out of the study", "into the folder")),),
    "path-leaves-study-toml": (Wrong("path-leaves-study", TOML, says=("out of the study",)),),
    "path-leaves-study-bib": (Wrong("path-leaves-study", BIB, says=("out of the study",)),),
    "link-to-nothing": (Wrong("unreadable-file", "lineage.csv", says=("Check that it is a file",)),),
    "link-to-itself": (Wrong("unreadable-file", "lineage.csv", says=("Check that it is a file",)),),
    "unreadable-file": (Wrong("unreadable-file", SPELLS, says=("directory", "Check that it is a file")),),
    "unreadable-study-toml": (Wrong("unreadable-file", TOML, says=("directory", "Check that it is a file")),),
    "broken-quotes": (Wrong("broken-quotes", SPELLS, 3, says=("quote", '("")')),),
    "unclosed-quote-at-the-end": (Wrong("broken-quotes", SPELLS, 3, says=("quote", '("")')),),
    "too-many-cells": (Wrong("too-many-cells", SPELLS, 2, says=("8 cells", "has 7", "quotes")),),
    "too-few-cells": (Wrong("too-few-cells", SPELLS, 2, says=("6 cells", "has 7", "commas")),),
    "unknown-column": (Wrong("unknown-column", SPELLS, says=("‘nte’", "‘note’")),),
    "column-with-a-typo": (
        Wrong("unknown-column", SPELLS, says=("‘statuss’", "‘status’")),
        Wrong("missing-column", SPELLS, says=("‘status’", "as what")),
    ),
    "missing-column": (Wrong("missing-column", SPELLS, says=("‘cite’", "bibliography key", "Add it")),),
    "double-column": (Wrong("double-column", SPELLS, says=("‘from’", "twice", "Keep one")),),
    "unknown-table": (Wrong("unknown-table", "meeting.csv", says=("no table", "‘meetings’")),),
    "table-in-capitals": (Wrong("unknown-table", "Lineage.csv", says=("no table", "‘lineage’")),),
    "extension-in-capitals": (Wrong("unknown-table", "lineage.CSV", says=("no table", "lineage.csv")),),
    "missing-table": (Wrong("missing-table", SPELLS, says=("not there", "spell of one status")),),
    "missing-actors": (Wrong("missing-table", "actors.csv", says=("not there", "a state or bloc")),),
    # study.toml
    "missing-study-toml": (Wrong("missing-study-toml", TOML, says=("not there", "members")),),
    "broken-toml": (Wrong("broken-toml", TOML, says=("not TOML", "line 2", "quotes")),),
    "toml-nested-too-deep": (Wrong("broken-toml", TOML, says=("not TOML",)),),
    "toml-number-too-long": (Wrong("broken-toml", TOML, says=("not TOML",)),),
    "toml-unknown-key": _toml("sumary", "not a key", "‘summary’"),
    "toml-unknown-inner-key": _toml("votes.refernces", "not a key", "‘references’"),
    "toml-missing-key": _toml("licence", "missing", "licence = "),
    "toml-text-for-a-list": _toml("members", "dnk", "list"),
    "toml-number-for-a-text": _toml("begins", "1946", "quotes"),
    "toml-date-for-a-text": _toml("begins", "1946-01-01", "quotes"),
    "toml-one-member": _toml("members", "two", "dnk"),
    "toml-bad-ends": _toml("ends", "31.12.2025", "Did you mean 2025-12-31?"),
    "toml-open-ends": _toml("ends", "‘..’", "2014-03-27"),
    "toml-ends-before-begins": _toml("ends", "2025-12-31", "2030"),
    "toml-id-that-leaves": _toml("id", "‘../nordic’", "hyphens"),
    "toml-member-twice": _toml("members", "‘dnk’", "once"),
    "toml-frame-a-text": _toml("frames.herring", "‘fish’", "a table"),
    "toml-frame-bad-citation": _toml("frames.herring.from", "‘Strang 2016’", "not a citation", "comma"),
    "toml-frame-bad-exclusion": _toml("frames.herring.not", "‘(red) herring’", "one space or hyphen"),
    "toml-frame-bad-id": _toml("frames.Herring", "not an id", "lower-case"),
    "toml-frame-bad-phrase": _toml(
        "frames.herring.words", "‘herring *’", "not a phrase", "‘neutral* state*’"
    ),
    "toml-frame-named-as-another": _toml(
        "frames.cod.says", "‘fish, cold’", "as ‘herring’ does", "a name of its own"
    ),
    "toml-frame-no-words": _toml("frames.herring.words", "no phrase", "one at least"),
    "toml-frame-of-no-paper": _toml(
        "frames.herring.from", "‘strang2017’", "papers", "‘strang2016’", "Leave ‘from’ out"
    ),
    "toml-frame-one-text": _toml("frames.herring.words", "‘herring’", "list in brackets"),
    "toml-frame-phrase-on-both-sides": _toml("frames.herring.not", "‘Herring’", "twice", "alike"),
    "toml-frame-phrase-twice": _toml("frames.herring.words", "‘Herring’", "twice", "alike"),
    "toml-frame-unknown-key": _toml("frames.herring.wrds", "not a key", "‘words’", "from, not, says, words"),
    "toml-frame-without-name": _toml("frames.herring.says", "does not name", "comma"),
    "toml-frame-without-words": _toml("frames.herring.words", "missing", "words = "),
    "toml-unknown-paper": (
        Wrong("unknown-key", TOML, None, "papers", ("‘strang2017’", "sources.bib", "‘strang2016’")),
    ),
    "not-an-actor": (Wrong("not-an-actor", TOML, None, "members", ("‘nort’", "actors.csv", "‘nor’")),),
    # sources.bib
    "missing-bibliography": (Wrong("missing-bibliography", BIB, says=("not there", "cites")),),
    "broken-bibtex": (Wrong("broken-bibtex", BIB, 3, says=("not BibTeX", "comma")),),
    "double-key": (Wrong("double-key", BIB, 1, says=("‘strang2016’", "two entries", "Rename")),),
    "bad-key": (Wrong("bad-key", BIB, 1, says=("‘New_Work’", "hyphens", "‘new-work’")),),
    "entry-without-title": (Wrong("entry-without-title", BIB, 1, says=("‘new-work’", "title = {…}")),),
    "double-field": (Wrong("double-field", BIB, 1, says=("‘new-work’", "title", "twice")),),
    "author-with-commas": (Wrong("broken-author", BIB, 1, says=("‘new-work’", "Olsen", "and")),),
    # derived series
    "derived-without-origin": (
        Wrong("derived-without-origin", SERIES, says=("vote_agreement.origin.toml", "measure, dataset")),
    ),
    "derived-origin-without-key": (
        Wrong("derived-without-origin", "derived/vote_agreement.origin.toml", says=("sha256", "text")),
    ),
    "derived-broken-origin": (
        Wrong("broken-toml", "derived/vote_agreement.origin.toml", says=("line 2", "quotes")),
    ),
    "broken-derived": (
        Wrong("broken-derived", SERIES, says=("Compute it again",), never=("truncate_ragged_lines",)),
    ),
    "broken-derived-empty": (Wrong("broken-derived", SERIES, says=("empty", "Compute it again")),),
    "derived-renamed-column": (Wrong("broken-derived", SERIES, says=("‘votes’", "Compute it again")),),
    "derived-bad-name": (Wrong("bad-id", 'derived/vote"agreement.csv', says=("letters", "vote-agreement")),),
    "derived-link-to-itself": (Wrong("unreadable-file", "derived/votes.csv", says=("Check that it is",)),),
    "path-leaves-study-derived": (
        Wrong("path-leaves-study", "derived/votes.csv", says=("out of the study",)),
    ),
}
NOTICES: Mapping[str, tuple[Wrong, ...]] = {
    "byte-order-mark": (Wrong("byte-order-mark", SPELLS, says=("byte-order mark", "passed over")),),
    "crlf": (Wrong("crlf", SPELLS, says=("line endings", "plain")),),
    "old-mac-line-endings": (Wrong("crlf", SPELLS, says=("line endings", "plain")),),
    "uncited-source": (Wrong("uncited-source", BIB, None, None, ("‘new-work’", "no row")),),
    "header-only": (),
}
