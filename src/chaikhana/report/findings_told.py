"""Findings where they are read: the trace of one as a table, and its sentences."""

from __future__ import annotations

import polars as pl

from chaikhana.core.findings import Finding
from chaikhana.core.truth import Truth
from chaikhana.report.blocks import Table

HEADINGS = {"outcome": "outcome", "found": "what was found", "locator": "where the paper puts it"}


def trace(finding: Finding, id: str, title: str, note: str = "") -> Table:
    """The steps of a finding: each rule that applies, with outcome, sentence, place in the paper and rows."""
    frame = pl.DataFrame(
        [
            {
                "rule": step.rule,
                "outcome": step.outcome.value.replace("-", " "),
                "found": step.sentence,
                "locator": step.locator,
                "rows": list(step.evidence.rows),
            }
            for step in finding.steps
            if step.outcome is not Truth.NOT_APPLICABLE
        ],
        schema={
            "rule": pl.String,
            "outcome": pl.String,
            "found": pl.String,
            "locator": pl.String,
            "rows": pl.List(pl.String),
        },
    )
    return Table(
        id=id,
        title=title,
        source=finding.framework,
        frame=frame,
        headings=HEADINGS,
        note=note or missing(finding),
    )


def missing(finding: Finding) -> str:
    """What would decide an undetermined finding, as a sentence; empty where nothing is missing."""
    return f"Undetermined without: {'; '.join(finding.missing)}." if finding.missing else ""
