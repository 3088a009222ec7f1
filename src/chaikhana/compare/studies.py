"""Studies side by side: what each region's measures and findings come to, one line a thing, one column a study.

What it is: numbers of the region as a whole on each study's last day (or the last year that its series reach), as bounds where
rows are partly unknown, and each framework's finding on the region. It sets them beside one another and ranks nothing; a study
that cannot feed a line says so. What differs may lie in the studies' own reach: each counts the bodies that its authors listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from chaikhana.errors import BadValueError, ChaikhanaError
from chaikhana.frameworks import catalogue as frameworks
from chaikhana.frameworks import running
from chaikhana.measures import catalogue as measures
from chaikhana.study.study import Study

NOTHING = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing set side by side: what it is, and how it is read off a study."""

    what: str
    read: Callable[[Study], str]


def beside(studies: Sequence[Study]) -> pl.DataFrame:
    """Measures and findings of several studies.

    Returns
    -------
    polars.DataFrame
        One row a thing: `kind` (study, measure, finding), `what`, and a column a study, named by its id.

    Raises
    ------
    BadValueError
        If there are fewer than two studies, or one is named twice.
    """
    ids = [study.about.id for study in studies]
    if len(ids) < 2 or len(set(ids)) < len(ids):
        raise BadValueError("Name two studies or more, each once: --studies one,other.")
    lines = [("study", line) for line in _STUDY] + [("measure", line) for line in _MEASURES]
    rows = [(kind, line.what, *(_tried(line, study) for study in studies)) for kind, line in lines]
    for framework in frameworks.FRAMEWORKS:
        rows.append(("finding", framework.name, *(_finding(framework.name, study) for study in studies)))
    return pl.DataFrame(rows, schema=dict.fromkeys(("kind", "what", *ids), pl.String), orient="row")


def _tried(line: Line, study: Study) -> str:
    try:
        return line.read(study)
    except ChaikhanaError:
        return NOTHING


def _finding(name: str, study: Study) -> str:
    """The finding on the region; where a framework judges only its parts, how many came out how."""
    framework = frameworks.framework(name)
    subjects = framework.subjects(study)
    if not subjects:
        return "no subject in this study"
    found = running.of_all(framework, study, study.about.last_day)
    whole = next((one for one in found if one.subject == study.about.id), None)
    if whole is not None:
        return f"{whole.verdict.value}: {whole.label}" if whole.label else whole.verdict.value
    verdicts = [one.verdict.value for one in found]
    return ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys(verdicts))


def _rows(name: str) -> Callable[[Study], str]:
    return lambda study: f"{study.table(name).height:,}"


def _unverified(study: Study) -> str:
    frames = [frame for frame in study.frames.values() if frame.height]
    every = sum(frame.height for frame in frames)
    bad = sum(frame.filter(pl.col("basis") == "unverified").height for frame in frames)
    return f"{100 * bad / every:.1f} %" if every else NOTHING


def _last(name: str, column: str, digits: int, **where: str) -> Callable[[Study], str]:
    """The newest value of a series of the region, with its year or session."""

    def read(study: Study) -> str:
        frame = measures.run(measures.measure(name), study).frame
        for key, value in where.items():
            frame = frame.filter(pl.col(key) == value)
        frame = frame.filter(pl.col(column).is_not_null())
        if frame.is_empty():
            return NOTHING
        time = "session" if "session" in frame.columns else "year"
        row = frame.sort(time).to_dicts()[-1]
        when = f"session {row[time]}" if time == "session" else row[time]
        return f"{row[column]:.{digits}f} ({when})"

    return read


def _own(study: Study) -> str:
    """Bodies that hold members alone: surely, and perhaps."""
    frame = measures.run(measures.measure("exclusivity"), study).frame
    held = frame.filter(pl.col("region_low") >= 2)
    sure, perhaps = (held.filter(pl.col(f"exclusivity_{end}") == 1.0).height for end in ("low", "high"))
    return f"{sure}" if sure == perhaps else f"{sure} to {perhaps}"


def _memberships(study: Study) -> str:
    """Bodies a member state is in, on the mean: surely, and perhaps."""
    frame = measures.run(measures.measure("membership-counts"), study).frame
    frame = frame.filter(
        (pl.col("year") == pl.col("year").max()) & pl.col("actor").is_in(study.about.members)
    )
    if frame.is_empty():
        return NOTHING
    low, high = (frame[end].sum() / len(study.about.members) for end in ("low", "high"))
    return f"{low:.1f} to {high:.1f} ({study.about.last_day.year})"


def _summits(study: Study) -> str:
    """Meetings of heads that the study holds, of the last ten years."""
    frame = study.table("meetings").filter(pl.col("level").is_in(("heads-of-state", "heads-of-government")))
    first = study.about.last_day.year - 10
    return f"{frame.filter(pl.col('date_earliest').dt.year() >= first).height:,}"


_STUDY = (
    Line(what="member states", read=lambda study: f"{len(study.about.members)}"),
    Line(what="bodies", read=_rows("bodies")),
    Line(what="spells of membership", read=_rows("memberships")),
    Line(what="agreements", read=_rows("agreements")),
    Line(what="meetings", read=_rows("meetings")),
    Line(what="rows that are unverified", read=_unverified),
)
_MEASURES = (
    Line(what="bodies a state is in, mean", read=_memberships),
    Line(what="bodies of its states alone", read=_own),
    Line(what="summits of the last ten years", read=_summits),
    Line(
        what="agreement in the General Assembly", read=_last("cohesion", "mean_agreement", 3, group="region")
    ),
    Line(what="trade within, share", read=_last("trade-within", "share", 3, actor="region")),
    Line(
        what="regime likeness, polyarchy",
        read=_last("regime-likeness", "likeness", 3, actor="region", group="region", index="polyarchy"),
    ),
    Line(what="richest to poorest, per head", read=_last("development-gap", "ratio", 1)),
    Line(what="pairs that share a border", read=_last("contiguity", "joined", 0)),
)
