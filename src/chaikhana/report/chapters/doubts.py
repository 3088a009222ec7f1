"""Where sources disagree, what is unverified, and what a dataset would add."""

from __future__ import annotations

import polars as pl

from chaikhana.measures.source_differences import SERIES, SUMMARY, source_differences
from chaikhana.report.blocks import Block, Chapter, Part, Prose, Table
from chaikhana.report.names import Names
from chaikhana.sources.catalogue import DATASETS
from chaikhana.study.schema import BY_NAME
from chaikhana.study.study import Study

HIDDEN = {"cite", "basis", "note", "rival", "side", "prefer", "reason", "row"}


def disagreements(study: Study, names: Names) -> Chapter:
    """Rival statements side by side, and the differences with COW IGO."""
    found = _disputes(study)
    blocks: list[Block] = [
        Prose(
            paragraphs=(
                f"In {len(found)} places two sources, or one source in two places, say different things. "
                f"All sides stand in the study; "
                "the first is the one that this report takes, for the reason given. Any measure can be "
                "computed under another reading.",
            )
        ),
        Part(template="disputes.html", values={"disputes": found}),
    ]
    if SERIES in study.derived:
        blocks += _against_cow(study, names)
    return Chapter(id="disagreements", title="Where sources disagree", blocks=tuple(blocks))


def unverified(study: Study, _names: Names) -> Chapter:
    """Every row that nobody has checked against a document."""
    pieces = []
    for name, frame in study.frames.items():
        doubtful = frame.filter(pl.col("basis") == "unverified")
        key = [pl.col(column) for column in BY_NAME[name].key]
        pieces.append(
            doubtful.select(
                table=pl.lit(name),
                what=pl.concat_str(key, separator=" · "),
                settled_by=pl.col("cite"),
                note="note",
                rows=pl.concat_list("row"),
            )
        )
    frame = pl.concat(pieces)
    total = sum(frame.height for frame in study.frames.values())
    return Chapter(
        id="unverified",
        title="What is unverified",
        blocks=(
            Prose(
                paragraphs=(
                    f"{frame.height} of {total:,} rows ({frame.height / total:.1%}) are generally held, and "
                    f"were not checked against a document. "
                    "They are marked wherever they appear.",
                )
            ),
            Table(
                id="unverified-table",
                title="Unverified rows",
                source="all study tables",
                frame=frame,
                most=400,
                headings={
                    "table": "table",
                    "what": "what",
                    "settled_by": "what would settle it",
                    "note": "note",
                },
            ),
        ),
    )


def datasets(study: Study, _names: Names) -> Chapter:
    """What each registered dataset would add."""
    used = {series.origin["dataset"] for series in study.derived.values()}
    frame = pl.DataFrame(
        [
            {
                "dataset": known.id,
                "title": known.title,
                "version": known.version,
                "gives": known.gives,
                "here": "its derived series are in this report" if known.id in used else "not used here",
                "terms": known.licence,
                "page": known.page,
            }
            for known in DATASETS
        ]
    )
    return Chapter(
        id="datasets",
        title="What a dataset would add",
        blocks=(
            Prose(
                paragraphs=(
                    "This report was made from the study's own tables and from series computed earlier. "
                    "With a dataset in the source store "
                    "(chaikhana sources add ID FILE) the series can be computed afresh (chaikhana study "
                    "derive).",
                )
            ),
            Table(
                id="datasets-table",
                title="Datasets that the workbench reads",
                source="their providers",
                frame=frame,
                headings={
                    "dataset": "id",
                    "title": "dataset",
                    "version": "version",
                    "gives": "what it gives",
                    "here": "in this report",
                    "terms": "terms",
                    "page": "where to get it",
                },
            ),
        ),
    )


def _disputes(study: Study) -> list[dict[str, object]]:
    found = []
    for name, frame in study.frames.items():
        rivals = frame.filter(pl.col("rival") != "")
        columns = [column.name for column in BY_NAME[name].columns]
        for (slug,), rows in rivals.group_by("rival", maintain_order=True):
            records = rows.sort(pl.col("prefer") != "yes").to_dicts()
            differing = [column for column in columns if len({str(record[column]) for record in records}) > 1]
            shared = [column for column in BY_NAME[name].key if column not in differing]
            found.append(
                {
                    "slug": slug,
                    "table": name,
                    "reason": next((record["reason"] for record in records if record["reason"]), ""),
                    "subject": " · ".join(str(records[0][column]) for column in shared if records[0][column])
                    or str(slug),
                    "columns": differing,
                    "sides": [
                        {
                            "side": record["side"],
                            "taken": record["prefer"] == "yes",
                            "cite": record["cite"],
                            "row": record["row"],
                            "basis": record["basis"],
                            "cells": [_shown(record[column]) for column in differing],
                        }
                        for record in records
                    ],
                }
            )
    return sorted(found, key=lambda dispute: (str(dispute["table"]), str(dispute["subject"])))


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    return str(value) if value not in (None, "") else "not given"


def _against_cow(study: Study, names: Names) -> list[Block]:
    measured = source_differences(study)
    frame = measured.frame.with_columns(
        state=pl.col("actor").replace(names.actors),
        name=pl.col("body").map_elements(names.short, return_dtype=pl.String),
    )
    summary = study.derived[SUMMARY].frame if SUMMARY in study.derived else None
    told = ""
    if summary is not None and summary.height:
        years, agreeing = int(summary["state_years"].sum()), int(summary["agreeing"].sum())
        open_ = frame.filter(pl.col("status") == "open")
        told = (
            f"Set against the Correlates of War data on intergovernmental organisations: of {years:,} "
            f"actor-body-years in {summary.height} bodies that both "
            f"know, the two agree in {agreeing / years:.1%}. {frame.height} runs of years differ; "
            f"{frame.height - open_.height} are explained, "
            f"{open_.height} are open."
        )
    return [
        Prose(paragraphs=(told,) if told else ()),
        Table(
            id="source-differences",
            title=measured.title,
            source=measured.reference,
            frame=frame,
            most=400,
            headings={
                "state": "actor",
                "name": "body",
                "first": "from",
                "last": "to",
                "study": "the study",
                "cow": "COW IGO",
                "status": "what we make of it",
                "explanation": "why",
            },
            note=f"{measured.definition} {' '.join(measured.assumptions)}",
        ),
    ]
