"""Everything that is taken out of a study: its tables, series, measures and findings, each with what its columns mean.

What it is: the one thing that every format writes. A measure or framework that the study cannot feed is named with the reason,
not left out in silence. Findings are those of the study's last day, on every subject, with the rules that led to them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from chaikhana.errors import ChaikhanaError
from chaikhana.frameworks import catalogue as frameworks
from chaikhana.frameworks import running
from chaikhana.measures import catalogue as measures
from chaikhana.study.assemble import sources_of
from chaikhana.study.schema import TABLES, Kind
from chaikhana.study.study import Study

Say = Callable[[str], object]
_TEXT, _MANY = pl.String(), pl.List(pl.String)
_FINDING: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("framework", "subject"), _TEXT),
    "on": pl.Date(),
    **dict.fromkeys(("verdict", "label"), _TEXT),
    **dict.fromkeys(("score_low", "score_high"), pl.Float64()),
    "scored": _TEXT,
    **dict.fromkeys(("missing", "assumptions", "rows"), _MANY),
}
_STEP: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("framework", "subject"), _TEXT),
    "on": pl.Date(),
    **dict.fromkeys(("rule", "locator", "outcome", "value", "sentence"), _TEXT),
    "rows": _MANY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One frame to take away.

    Attributes
    ----------
    kind : str
        ``table``, ``series``, ``measure`` or ``finding``; it is part of the frame's file name but for tables.
    title : str
        What one row is, or what is shown.
    says : mapping
        Column to what it means.
    words : mapping
        Column to its closed list, in order.
    """

    kind: str
    name: str
    title: str
    frame: pl.DataFrame
    says: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Its name among files and in a database."""
        return self.name if self.kind == "table" else f"{self.kind}_{self.name.replace('-', '_')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A study with everything that is computed of it."""

    study: Study
    frames: tuple[Taken, ...]

    def of(self, *kinds: str) -> list[Taken]:
        """The frames of some kinds."""
        return [one for one in self.frames if one.kind in kinds]


def gather(study: Study, say: Say = str, *, computed: bool = True) -> Package:
    """Tables and series of a study; with `computed`, its measures and findings too."""
    frames = [*_tables(study), *_series(study)]
    if computed:
        frames += [*_measures(study, say), *_findings(study, say)]
    return Package(study=study, frames=tuple(frames))


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text parted by semicolons, as the tables of a study write them."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("; ") for name in lists)


def _tables(study: Study) -> list[Taken]:
    found = []
    for table in TABLES:
        says: dict[str, str] = {"row": "where the row stands: table and line"}
        for column in table.all_columns:
            says[column.name] = column.says
            if column.kind in (Kind.DATE, Kind.END):
                says[f"{column.name}_earliest"] = f"first day that ‘{column.name}’ may be"
                says[f"{column.name}_latest"] = f"last day that ‘{column.name}’ may be"
        found.append(
            Taken(
                kind="table",
                name=table.name,
                title=f"One row is {table.one_row_is}",
                frame=study.frames[table.name],
                says=says,
                words={c.name: c.allowed for c in table.all_columns if c.kind is Kind.WORD},
            )
        )
    frame = sources_of(study)
    return [
        *found,
        Taken(kind="table", name="sources", title="One row is a cited work or dataset", frame=frame),
    ]


def _series(study: Study) -> list[Taken]:
    return [
        Taken(
            kind="series",
            name=one.name,
            title=f"{one.name.replace('_', ' ')}, computed from {one.origin['dataset']} {one.origin.get('version', '')}".strip(),
            frame=one.frame,
        )
        for one in study.derived.values()
    ]


def _measures(study: Study, say: Say) -> list[Taken]:
    found: list[Taken] = []
    listed: list[dict[str, str]] = []
    for entry in measures.MEASURES:
        say(f"Measure {entry.name}")
        command = f"chaikhana measure {entry.name} --study {study.about.id}"
        try:
            result = measures.run(entry, study)
        except ChaikhanaError as error:
            listed.append(
                {"measure": entry.name, "title": entry.says, "missing": str(error), "command": command}
            )
            continue
        found.append(Taken(kind="measure", name=entry.name, title=result.title, frame=result.frame))
        listed.append(
            {
                "measure": entry.name,
                "title": result.title,
                "definition": result.definition,
                "reference": result.reference,
                "assumptions": " ".join(result.assumptions),
                "command": command,
            }
        )
    columns = ("measure", "title", "definition", "reference", "assumptions", "missing", "command")
    frame = pl.DataFrame(listed, schema=dict.fromkeys(columns, pl.String)).with_columns(
        pl.all().fill_null("")
    )
    return [Taken(kind="measure", name="list", title="One row is a measure", frame=frame), *found]


def _findings(study: Study, say: Say) -> list[Taken]:
    findings: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    for framework in frameworks.FRAMEWORKS:
        say(f"Framework {framework.name}")
        try:
            found = running.of_all(framework, study, study.about.last_day)
        except ChaikhanaError as error:
            findings.append({"framework": framework.name, "missing": [str(error)]})
            continue
        if not found:
            findings.append(
                {"framework": framework.name, "missing": ["a subject: the study has none that it speaks of"]}
            )
        for one in found:
            key = {"framework": framework.name, "subject": one.subject, "on": one.on}
            findings.append(
                {
                    **key,
                    "verdict": one.verdict.value,
                    "label": one.label,
                    "score_low": None if one.score is None else one.score.low,
                    "score_high": None if one.score is None else one.score.high,
                    "scored": one.scored,
                    "missing": list(one.missing),
                    "assumptions": list(one.assumptions),
                    "rows": list(one.evidence.rows),
                }
            )
            steps += [
                {
                    **key,
                    "rule": step.rule,
                    "locator": step.locator,
                    "outcome": step.outcome.value,
                    "value": json.dumps(step.value, ensure_ascii=False, default=str),
                    "sentence": step.sentence,
                    "rows": list(step.evidence.rows),
                }
                for step in one.steps
            ]
    return [
        Taken(
            kind="finding",
            name="list",
            title="One row is a framework's finding on a subject",
            frame=pl.DataFrame(findings, schema=dict(_FINDING)),
        ),
        Taken(
            kind="finding",
            name="steps",
            title="One row is a rule as it went on a subject",
            frame=pl.DataFrame(steps, schema=dict(_STEP)),
        ),
    ]
