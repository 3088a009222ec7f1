"""The report: one HTML file with everything in it.

What it is: chapters in order, rendered through one template with its style and script inside, written whole
or not at all. Figures go to files as SVG and PNG where asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chaikhana import __version__
from chaikhana.core.measured import ROWS
from chaikhana.core.vocabulary import BASES
from chaikhana.errors import OutputError
from chaikhana.report import beside, drawing
from chaikhana.report.blocks import Block, Chapter, Figure, Part, Prose, Table
from chaikhana.report.chapters import (
    agreements,
    arms,
    balancing,
    claims,
    compared,
    doubts,
    factors,
    findings,
    glance,
    groups,
    lenses,
    meetings,
    memberships,
    open_regionalism,
    order,
    overlap,
    positions,
    regimes,
    regionness,
    revisionism,
    security_regionalism,
    soft_institutionalism,
    speech,
    trade,
    votes,
    what_if,
)
from chaikhana.report.names import Names, names_of
from chaikhana.report.trace import data_of, embed, rows_of
from chaikhana.study.bibliography import entries_for
from chaikhana.study.study import Study
from chaikhana.study.writing import replace_whole

LONG_TEXT = 28
_DATE = re.compile(r"\d{4}(-\d\d){0,2}[~?]?$")
Say = Callable[[str], object]
CHAPTERS = (
    glance.chapter,
    memberships.chapter,
    groups.chapter,
    overlap.chapter,
    meetings.chapter,
    agreements.chapter,
    votes.chapter,
    positions.chapter,
    trade.chapter,
    arms.chapter,
    regimes.chapter,
    speech.chapter,
    findings.chapter,
    revisionism.chapter,
    balancing.chapter,
    order.chapter,
    regionness.chapter,
    factors.chapter,
    lenses.chapter,
    open_regionalism.chapter,
    soft_institutionalism.chapter,
    security_regionalism.chapter,
    claims.chapter,
    compared.chapter,
    what_if.chapter,
    doubts.disagreements,
    doubts.unverified,
    doubts.datasets,
)


def write_report(study: Study, target: Path, figures: Path | None = None, say: Say = lambda _: None) -> int:
    """Write the report, and its figures where a folder is given.

    Returns
    -------
    int
        How many picture files were written.

    Raises
    ------
    OutputError
        If a place cannot be written to; an earlier report stays as it was.
    """
    if figures:
        _make_folder(figures)
    names = names_of(study)
    waiting = {what_if.chapter: beside.begun(what_if.chapter, study)} if what_if.takes_long(study) else {}
    chapters = []
    for make in CHAPTERS:
        chapters.append(waiting[make]() if make in waiting else make(study, names))
        say(f"Chapter {len(chapters)} of {len(CHAPTERS)}: {chapters[-1].title}")
    html = render(study, names, chapters, say)
    replace_whole(target, html)
    return write_figures(chapters, figures, say) if figures else 0


def write_figures(chapters: Sequence[Chapter], folder: Path, say: Say) -> int:
    """Write each figure as SVG and PNG; returns the number of files."""
    written = 0
    for figure in (block for chapter in chapters for block in chapter.blocks if isinstance(block, Figure)):
        say(f"Figure {figure.id}")
        titled = figure.chart.properties(title=drawing.headline(figure.title, figure.subtitle))
        try:
            (folder / f"{figure.id}.svg").write_text(drawing.as_svg(titled), encoding="utf-8")
            (folder / f"{figure.id}.png").write_bytes(drawing.as_png(titled))
        except OSError as error:
            raise OutputError(
                f"{error.filename} could not be written: {error.strerror}. The report itself is written."
            ) from error
        written += 2
    return written


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be a folder for figures: {error.strerror}. Name another."
        ) from error


def render(study: Study, names: Names, chapters: Sequence[Chapter], say: Say = lambda _: None) -> str:
    """The page as text."""
    environment = Environment(
        loader=PackageLoader("chaikhana.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    data: dict[str, object] = {}
    written = []
    for chapter in chapters:
        say(f"Drawing: {chapter.title}")
        written.append(
            {
                "id": chapter.id,
                "title": chapter.title,
                "blocks": [_block(block, environment, names, data) for block in chapter.blocks],
            }
        )
    keys = {
        citation.split(",", 1)[0].strip()
        for frame in study.frames.values()
        for cite in frame["cite"]
        for citation in cite.split(";")
    }
    keys |= {series.origin["dataset"] for series in study.derived.values()}
    return environment.get_template("page.html").render(
        about=study.about,
        version=__version__,
        chapters=written,
        members=[names.actor(actor) for actor in study.about.members],
        sources=entries_for(study.bibliography, keys),
        bases=BASES,
        style=_asset(environment, "page.css"),
        script=_asset(environment, "page.js"),
        data=Markup(embed(data)),
        rows=Markup(embed(rows_of(study))),
        row_count=sum(frame.height for frame in study.frames.values()),
    )


def _asset(environment: Environment, name: str) -> Markup:
    """One of our own files, put into the page as it is."""
    assert environment.loader is not None
    return Markup(environment.loader.get_source(environment, name)[0])


def _block(block: Block, environment: Environment, names: Names, data: dict[str, object]) -> Markup:
    if isinstance(block, Prose):
        return Markup("".join(Markup("<p>{}</p>").format(text) for text in block.paragraphs))
    if isinstance(block, Part):
        return Markup(environment.get_template(block.template).render(**block.values))
    data[block.id] = data_of(block.frame)
    if isinstance(block, Figure):
        svg = Markup(drawing.as_inline_svg(block.chart))
        return Markup(environment.get_template("figure.html").render(figure=block, svg=svg))
    return Markup(environment.get_template("table.html").render(table=block, rows=_cells(block, names)))


def _cells(table: Table, names: Names) -> list[dict[str, object]]:
    """The shown rows of a table: cells as text, and the ids of the rows behind them."""
    shown = table.frame.head(table.most)
    traced = shown[ROWS].to_list() if ROWS in shown.columns else [[]] * shown.height
    texts = [[_text(row[name], names) for name in table.headings] for row in shown.iter_rows(named=True)]
    classes = [
        _column_class(shown.schema[name].is_numeric(), [row[place] for row in texts])
        for place, name in enumerate(table.headings)
    ]
    return [
        {"cells": list(zip(row, classes, strict=True)), "rows": " ".join(traced[place] or [])}
        for place, row in enumerate(texts)
    ]


def _column_class(numeric: bool, cells: Sequence[str]) -> str:
    """How a column is set: numbers to the right, dates unbroken, long texts wide."""
    if numeric:
        return "n"
    if all(_DATE.match(cell) for cell in cells if cell):
        return "d"
    return "t" if max(map(len, cells), default=0) > LONG_TEXT else ""


def _text(value: object, names: Names) -> str:
    if isinstance(value, list):
        return " ".join(str(part).upper() if part in names.actors else str(part) for part in value)
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)
