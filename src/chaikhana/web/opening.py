"""Opening a study quickly: as it was read the last time, if not a byte of it has changed; else its sources beside the rest.

What it is: reading a bibliography of a thousand entries takes as long as all tables. A process of its own reads it while this
one loads what it is made of.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from chaikhana.study.bibliography import read_bibliography

if TYPE_CHECKING:
    from chaikhana.errors import Fault
    from chaikhana.study.bibliography import Source
    from chaikhana.study.loading import Sources
    from chaikhana.study.study import Study
    from chaikhana.web.kept import Kept

STUDY = "study"


def begun(folder: Path) -> Sources:
    """Begin to read the bibliography of a folder; what is returned waits for it."""
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    reading = pool.submit(read_bibliography, folder)
    pool.shutdown(wait=False)

    def wait(_: Path) -> tuple[dict[str, Source] | None, list[Fault], list[Fault]]:
        try:
            return reading.result()
        except BrokenProcessPool:  # it died without a word: read here
            return read_bibliography(folder)

    return wait


def opened(folder: Path, kept: Kept, sources: Sources = read_bibliography) -> Study:
    """The study of a folder: as it is kept, or read with every check. `keep` keeps it for the next time.

    Raises
    ------
    StudyError
        If it cannot be used as it stands.
    """
    from chaikhana.study.loading import load_study
    from chaikhana.study.study import Study

    study = kept.get(STUDY)
    if not isinstance(study, Study):
        study = load_study(folder, sources)
    return study


def keep(kept: Kept, study: Study) -> None:
    """Keep a study as it was read, unless it is kept already."""
    if not kept.has(STUDY):
        kept.put(STUDY, study)
