"""A scenario laid over a study: another study, checked like any, and what became of its rows.

What it is: the one way from a supposition to something that measures and frameworks read. The study itself is not touched.
Edits are applied in their order; the result goes through every check of the study format, so that a supposition that
contradicts itself is told as such. Series computed from datasets are what they were: no edit reaches them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chaikhana.errors import ScenarioError, StudyError
from chaikhana.scenario.applying import APPLY
from chaikhana.scenario.removing import left_standing
from chaikhana.scenario.scenario import Scenario
from chaikhana.scenario.sheets import CITE, Change, Sheets
from chaikhana.study.bibliography import Source
from chaikhana.study.loading import Checked, as_frame, check_study, check_tables
from chaikhana.study.schema import TABLES
from chaikhana.study.study import Study


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Laid:
    """A study under a scenario.

    Attributes
    ----------
    study : Study
        The base itself where the scenario changes nothing.
    changes : tuple of Change
        What became of rows, in the order of tables.
    removed : tuple of str
        Bodies that are gone.
    notices : tuple of str
        What stays although one may think that it goes.
    """

    scenario: Scenario
    base: Study
    study: Study
    changes: tuple[Change, ...]
    removed: tuple[str, ...]
    notices: tuple[str, ...]


@lru_cache(maxsize=2)
def checked(study: Study) -> Checked:
    """The study's folder, read and checked again; kept, since several scenarios are laid over one study.

    Raises
    ------
    StudyError
        If the folder has been spoilt since the study was loaded.
    """
    found = check_study(study.folder)
    if found.faults:
        raise StudyError(str(study.folder), found.faults)
    return found


def lay(study: Study, scenario: Scenario, *, check: bool = True) -> Laid:
    """Lay a scenario over a study.

    Parameters
    ----------
    check : bool
        Whether the result is checked; removals of bodies alone cannot break a rule.

    Raises
    ------
    ScenarioError
        If an edit names what is not there or changes nothing, or the result is no study that could be.
    """
    read = checked(study)
    sheets = Sheets(read.tables)
    for number, edit in enumerate(scenario.edits, start=1):
        try:
            APPLY[edit.do](sheets, edit, number)
        except ScenarioError as error:
            raise ScenarioError(f"Edit {number} ({edit.told}): {error}") from None
    tables, changes = sheets.finished()
    if not changes:
        return Laid(scenario=scenario, base=study, study=study, changes=(), removed=(), notices=())
    bibliography = {**read.bibliography, CITE: _source(scenario)}
    if check and (faults := check_tables(tables, set(), study.about, bibliography)):
        touched = {change.row: change.edits for change in changes}
        told = [
            _blamed(str(fault), touched.get(f"{fault.file[:-4]}:{fault.row}", ()), scenario)
            for fault in faults
        ]
        raise ScenarioError(
            "\n".join(["This cannot be laid over the study as it stands:", *dict.fromkeys(told)])
        )
    frames = {
        table.name: study.frames[table.name]
        if tables.get(table.name) is read.tables.get(table.name)
        else as_frame(table, tables.get(table.name))
        for table in TABLES
    }
    stay = sheets.ids("bodies")
    names = {
        row["id"]: [row["acronym"], row["name"]]
        for row in study.table("bodies").iter_rows(named=True)
        if row["id"] not in stay
    }
    return Laid(
        scenario=scenario,
        base=study,
        study=replace(study, frames=frames, bibliography=bibliography),
        changes=changes,
        removed=tuple(names),
        notices=tuple(left_standing(sheets, names)),
    )


def _blamed(fault: str, edits: Sequence[int], scenario: Scenario) -> str:
    whose = " and ".join(f"edit {number} ({scenario.edits[number - 1].told})" for number in edits)
    return f"  {whose}: {fault}" if whose else f"  {fault}"


def _source(scenario: Scenario) -> Source:
    title = f"Supposed by the scenario ‘{scenario.title}’"
    return Source(
        key=CITE,
        kind="misc",
        authors=(),
        year="",
        title=title,
        fields={"title": title},
        bibtex=f"@misc{{{CITE},\n  title = {{{title}}}\n}}",
    )
