"""A claim file to start from: what each line is for, and one claim that runs in any study."""

from __future__ import annotations

from pathlib import Path

from chaikhana.core.vocabulary import CLAIM_KINDS
from chaikhana.errors import OutputError, UnknownNameError
from chaikhana.study.study import Study
from chaikhana.study.writing import replace_whole

_TEXT = """\
# Claims of {short}.
# Try this file alone:  chaikhana claims {study} --file {file}
# A file in the study's folder claims/ is run with every call.
paper = "{key}"  # a key of the study's sources.bib
written = "{written}"  # the day up to which the paper could know: 2020-09-17, or a year
written_because = "the year in which it appeared"

[[claim]]
id = "{slug}-members"  # small letters, digits, hyphens
locator = "section 1"  # where the paper says so
says = "The region has {count} states."  # in your own words
kind = "count"  # one of: {kinds}
expected = "{count} states of the region stand on the day"
# actors = [], bodies = [], period = "2014/2020": what it is about, where that helps a reader
# A test is one SELECT. It gives a row for each thing tested: what, holds (true, false, NULL for unknown),
# rows (the ids of the rows that decide), and found, if you like. $day is the day as of which it is asked.
# Macros that most tests need are in docs/claims.md: membership, joined, signed, party, attended, acts, ...
test = '''
SELECT 'states of the region' AS what, count(*) AS found, count(*) = {count} AS holds, list("row") AS rows
FROM actors WHERE list_contains(region(), id) HAVING count(*) > 0
'''
# Instead of a test: needs = "what would test it", where nothing at hand can.
# explains = "definition, date or source: what could explain a contradiction"
# against = ["claim-of-another-paper"]: two claims that disagree name each other
"""


def scaffold(study: Study, key: str, target: Path) -> Path:
    """Write a claim file for a paper of the study.

    Raises
    ------
    UnknownNameError
        If the paper is none of the study's sources.
    OutputError
        If there is such a file already; it is untouched.
    """
    if key not in study.bibliography:
        raise UnknownNameError("source", key, study.about.papers or sorted(study.bibliography))
    if target.exists():
        raise OutputError(f"{target} is there already, and untouched. Name another place with --to.")
    source = study.bibliography[key]
    text = _TEXT.format(
        short=source.short,
        study=study.about.id,
        file=target,
        key=key,
        written=source.year or study.about.last_day.year,
        slug="".join(mark for mark in key.lower() if mark.isalnum()),
        count=len(study.about.members),
        kinds=", ".join(CLAIM_KINDS),
    )
    try:
        target.parent.mkdir(exist_ok=True)
        replace_whole(target, text)
    except OSError as error:
        raise OutputError(f"{target} could not be written: {error}.") from error
    return target
